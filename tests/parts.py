"""The parts that a form may leave out: what is measured, papers in its own words, rows that an answer calls for, norms of meetings."""

from dataclasses import replace

from flask import Flask

from mentorapp.database import writing
from mentorapp.domain.documents import PLACEHOLDERS, Document
from mentorapp.domain.formspec import FormSpec, from_json, to_json
from mentorapp.domain.parameters import Parameter
from mentorapp.models import FormVersion
from mentorapp.models.forms import spec_of

# One of each who measures; what the psychologist takes is personal, and less of it is better.
PARAMETERS = (
    Parameter("lessons", "Уроки по плану", "Карта наблюдения за месяц", "mentor", unit="урока", low=0, high=20),
    Parameter("ease", "Лёгкость", "Отметка на линейке", "mentee", unit="балла", low=0, high=10),
    Parameter("hours", "Часы", "По журналу", "curator"),
    Parameter("marks", "Отметки", "Средняя за четверть", "class_teacher", low=1, high=5),
    Parameter("worry", "Тревожность", "Опросник психолога", "psychologist", better="less", low=0, high=100, sensitive=True),
    Parameter("doubt", "Сомнения", "Отметка на линейке", "mentee", better="less", low=0, high=10, sensitive=True),
)
EVERY_WORD = " ".join(f"{means}: [{name}]." for name, means in PLACEHOLDERS.items() if name not in ("организация", "договор"))
DOCUMENTS = {
    "programme": Document(
        "Программа работы пары",
        ("Кто работает", "[наставник] и [наставляемый] работают вместе с [начало] по [конец].", "Область работы: [область]."),
        ("director", "curator", "mentor", "mentee"),
    ),
    "agreement": Document("Соглашение о наставничестве", ("Стороны: [наставник] и [наставляемый].",), ("mentor", "mentee", "parent")),
    "plan": Document("План", ("План составлен на [год] учебный год.",)),
    "order": Document("О закреплении наставника", ("На основании приказа [приказ] от [дата приказа] ПРИКАЗЫВАЮ:",), ("director",)),
}


def with_parts(spec: FormSpec) -> FormSpec:
    """The form with all of them."""
    return replace(spec, documents=DOCUMENTS, parameters=PARAMETERS)


def give_parts(app: Flask) -> None:
    """To every published version, as if it had had them from the beginning; the pairs stay as they are."""
    with app.app_context(), writing() as session:
        for version in session.query(FormVersion).all():
            version.content = to_json(with_parts(from_json(version.content)))
    spec_of.cache_clear()
