"""The fixed forms about pairs: a new one, its settings, its state."""

from collections.abc import Mapping

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf
from wtforms.widgets import CheckboxInput, ListWidget

from mentorapp.domain.formspec import FormSpec
from mentorapp.inputs import Input, PeopleField, day, line
from mentorapp.models.pairs import PairState


class PeriodInput(Input):
    # Where a form declares none of these the page leaves the field out, and it counts as not chosen.
    subtype = SelectField("Вид пары", default="", validators=[])
    model = SelectField("Модель", default="", validators=[])
    area = line("Область компетентности", longest=100, render_kw={"list": "areas"})
    starts_on = day("Начало", required="Впишите день, с которого пара работает.")
    ends_on = day("Конец", required="Впишите день, до которого пара работает.")

    def offer_kinds(self, spec: FormSpec) -> None:
        """Fill the lists of subtypes and models from a mentoring form, and say one of its areas as an example."""
        self.subtype.choices = [("", "не выбран"), *((subtype.id, subtype.title) for subtype in spec.subtypes)]
        self.model.choices = [("", "не выбрана"), *((model.id, model.title) for model in spec.models)]
        self.area.description = f"Например: {spec.areas[0]}" if spec.areas else ""


class NewPairInput(PeriodInput):
    mentor = PeopleField("Наставник")
    mentee = PeopleField("Наставляемый")


class MemberInput(Input):
    """Somebody comes into a pair that exists, or takes another's place."""

    person = PeopleField("Кто")
    since = day("С какого дня", required="Впишите день, с которого человек в паре.")
    reason = line("Причина замены", longest=300)


class EndInput(Input):
    until = day("Последний день", required="Впишите последний день участия.")
    reason = line("Причина", longest=300, required="Напишите в двух словах, почему: это понадобится для отчёта.")


class EditPairInput(PeriodInput):
    interim = SelectMultipleField("Промежуточный контроль", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    final = SelectMultipleField("Итоговый контроль", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    order_number = line("Номер приказа", longest=40)
    order_on = day("Дата приказа")

    def offer_control(self, offered: Mapping[str, list[str]]) -> None:
        """Fill the lists of what the control may look at: «interim» and «final» → titles."""
        self.interim.choices = [(title, title) for title in offered["interim"]]
        self.final.choices = [(title, title) for title in offered["final"]]


class StateInput(Input):
    state = StringField("Состояние", [AnyOf([state.value for state in PairState])])
    reason = line("Причина", longest=300)
