"""The fields of each sort of card in the form editor, in the words of a curator.

A field's `key` is the place of its value in the card's own table («high», «cells.c1»). Which fields a card has depends on what it
is already: a scale has two ends, a choice has options.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mentorapp import words
from mentorapp.domain import draft, owncolumns
from mentorapp.domain.documents import PLACEHOLDERS
from mentorapp.domain.formspec import ORGANISATIONS
from mentorapp.domain.kinds import COLUMN_KINDS
from mentorapp.drafting import shapes
from mentorapp.drafting.fields import ONE_A_LINE, USUAL_WORDS, CardField, Content, numbered, short, side_word, sides_named, small
from mentorapp.drafting.questioncards import conditions
from mentorapp.drafting.shapes import BANDS, LINE, LINES, NUMBER, OPTIONS, PARAGRAPHS, POINTS, PROSE, RULE, TITLED

COLUMN_WORDS = {
    "text": "строка", "long": "текст", "due": "срок", "date": "дата", "number": "число", "yes_no": "да или нет", "choice": "один из списка",
    "scale": "шкала",
}  # fmt: skip
ROLE_WORDS = {"": "обычный столбец", "title": "название мероприятия", "due": "срок выполнения", "report_due": "срок отчёта"}
OWNER_WORDS = {"pair": "План пары", "mentor": "План {mentor}", "mentee": "План {mentee}", "curator": "План куратора"}
ORGANISATION_WORDS = {
    "1:1": "один наставник — один наставляемый",
    "1:N": "один наставник — группа",
    "N:1": "несколько наставников — один наставляемый",
    "N:M": "несколько наставников — группа",
}
TEXT_WORDS = {
    "goal": "Цель", "tasks": "Задачи", "results": "Ожидаемые результаты", "mentor_rights": "Права {mentor}",
    "mentor_duties": "Обязанности {mentor}", "mentee_rights": "Права {mentee}", "mentee_duties": "Обязанности {mentee}",
}  # fmt: skip
_ENDS = ("number", "scale")


def of_side(content: Content, text: str) -> str:
    """One of our own words above with the draft's words for its sides: «План выпускника»."""
    for side in USUAL_WORDS:
        text = text.replace(f"{{{side}}}", side_word(content, side, "genitive"))
    return text


def owner_title(content: Content, owner: str) -> str:
    """What the plan of that owner is called."""
    return of_side(content, OWNER_WORDS.get(owner, owner))


# --- The form as a whole --------------------------------------------------------------------------


def main_fields(_content: Content) -> list[CardField]:
    """Identity: what the form is called and for whom it is."""
    return [
        CardField("title", "Название формы", LINE, "Например: «Выпускник — ученик»."),
        CardField("short_title", "Как писать в приказах", LINE, "Внутри предложения; пусто — как название."),
        CardField("summary", "Для чего форма", PROSE, "Два-три предложения для страницы «Формы»."),
        *_side_fields("mentor", "Наставник"),
        *_side_fields("mentee", "Наставляемый"),
        CardField("parents_consent", "Родители", shapes.flag("до 18 лет нужно согласие законного представителя"), section="Работа"),
        CardField(
            "organisation", "Кто с кем", shapes.ticks({way: ORGANISATION_WORDS[way] for way in ORGANISATIONS}), "Пусто — один на один."
        ),
        CardField("most_mentees", "Наставляемых в группе не больше", NUMBER, "Пусто — сколько угодно; число — от 2 до 50."),
        CardField("most_mentors", "Наставников в группе не больше", NUMBER, "Пусто — сколько угодно; число — от 2 до 50."),
        small("length_days", "Обычный срок, дней", NUMBER, "пусто — 270"),
        small("meeting_every_days", "Встречи раз в … дней", NUMBER, "пусто — 14"),
        small("alert_days", "Тревога, если нет встреч … дней", NUMBER, "пусто — 30"),
        CardField("areas", "Области работы пары", LINES, f"{ONE_A_LINE} Слово «[область]» в плане заменится выбранной."),
        CardField("source", "На что опирается", PROSE, "Нормы и методики, если их нужно назвать."),
    ]


def _side_fields(side: str, title: str) -> list[CardField]:
    cases = {"nominative": "кто", "genitive": "кого", "dative": "кому", "plural": "кто, много"}
    fields = [
        *(small(f"{side}.{case}", question, LINE) for case, question in cases.items()),
        CardField(f"{side}.kinds", "кем может быть", shapes.ticks({str(kind): word for kind, word in words.KINDS.items()})),
        small(f"{side}.least_age", "возраст от", NUMBER, "пусто — любой"),
        small(f"{side}.most_age", "возраст до", NUMBER, "пусто — любой"),
    ]
    return [replace(field, section=title) for field in fields]


def subtype_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [
        CardField("title", "Вид пары", LINE, "Название прочтут обе стороны."),
        CardField("aim", "Зачем такая пара", PROSE),
        CardField("categories", "Кто обычно наставляемый", LINES, ONE_A_LINE),
    ]


# --- Plans and meetings ---------------------------------------------------------------------------


def plan_fields(_content: Content) -> list[CardField]:
    return [
        CardField("title", "Название плана", LINE, "Номер строки, состояние и отметку о выполнении программа добавит сама."),
        CardField("notes", "Примечания под таблицей", LINES, ONE_A_LINE),
    ]


def column_fields(_content: Content, entry: Content) -> list[CardField]:
    kind, said = entry.get("kind", ""), owncolumns.doubles(entry.get("title"))
    fields = [
        CardField("title", "Столбец", LINE, said and f"Совет: {said}. Столбец можно убрать."),
        small("kind", "Что в нём пишут", shapes.choice({name: COLUMN_WORDS[name] for name in COLUMN_KINDS}), reshapes=True),
        small("role", "Чем служит", shapes.choice(ROLE_WORDS), "По названию и сроку программа видит, что просрочено."),
        small("width", "Ширина", NUMBER, "доля от 1 до 100; пусто — 10"),
    ]
    if kind in ("text", "long"):
        fields.append(CardField("suggest", "Подсказки при вводе", LINES, ONE_A_LINE))
    if kind == "choice":
        fields.append(CardField("options", "Варианты", OPTIONS, ONE_A_LINE))
    if kind in _ENDS:
        fields += [small("low", "От", NUMBER), small("high", "До", NUMBER)]
    return fields


def item_fields(content: Content, _entry: Content, plan: Content) -> list[CardField]:
    """A text for each column, and terms where the plan has columns for them."""
    columns = [one for one in draft.entries(plan, "columns") if draft.id_of(one)]
    fields: list[CardField] = []
    for column in columns:
        if column.get("kind") in ("due", "date"):
            continue
        shape = shapes.choice({"": "", **column.get("options", {})}) if column.get("kind") == "choice" else PROSE
        fields.append(CardField(f"cells.{column['id']}", column.get("title", "Столбец"), shape))
    for role, label in (("due", "Срок"), ("report_due", "Срок отчёта")):
        if any(column.get("role") == role for column in columns):
            fields.append(small(role, label, RULE, "например, «до 15 октября»", width="double"))
    fields.append(small("section", "Раздел", LINE, "заголовок над этой и следующими строками"))
    if options := _calls(content):
        fields.append(
            CardField(
                "when",
                "Когда нужна",
                shapes.condition(options),
                "«Всегда» — стоит в плане сразу; по ответу — её предложат, когда наставляемый так ответит.",
            )
        )
    return fields


def _calls(content: Content) -> dict[str, Any]:
    """Conditions on the answers of the mentee, all questionnaires together."""
    found: dict[str, Any] = {}
    for questionnaire in draft.entries(content, "questionnaires"):
        if questionnaire.get("role") == "mentee" and questionnaire.get("phase"):
            named = conditions(draft.entries(questionnaire, "questions"), phase=questionnaire["phase"])
            title = short(questionnaire.get("title"), 30)
            found |= {f"{title}: {heading}" if heading else "": inner for heading, inner in named.items()}
    return found if len(found) > 1 else {}


def meeting_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [
        CardField("title", "Вид встречи", LINE),
        CardField("agenda", "Пункты чек-листа", LINES, f"{ONE_A_LINE} До девяти помещаются на один лист."),
        small("minutes", "Минут", NUMBER, "пусто — 45"),
        small("per_month", "В месяц не меньше", NUMBER, "пусто — без нормы"),
        small("at_least", "Всего не меньше", NUMBER, "пусто — без нормы"),
        CardField("interactions", "Как можно провести", LINES, ONE_A_LINE),
        CardField("methods", "Приёмы", LINES, ONE_A_LINE),
    ]


# --- Criteria, competences, measurements ----------------------------------------------------------

WHO_RATES_WHOM = (
    "Лист заполняет куратор, директор или другой взрослый не из пары — в середине и в конце работы: о паре в целом, "
    "а в группе — обо всей группе или о каждом отдельно."
)


def evaluation_fields(_content: Content) -> list[CardField]:
    return [
        CardField("title", "Название листа", LINE, WHO_RATES_WHOM),
        CardField("not_applicable", "Строки", shapes.flag("строка может быть «не применимо»")),
        CardField("points", "Баллы", POINTS, "По одному в строке, в любом порядке: «2 — проявляется полностью»."),
        CardField(
            "bands", "Уровни", BANDS, "По одному в строке: «15–18 — оптимальный: что это значит». Вместе — от 0 до наибольшей суммы."
        ),
    ]


def group_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [CardField("title", "Группа", LINE)]


def indicator_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [CardField("title", "Показатель", LINE), CardField("hint", "На что смотреть", PROSE)]


def deficit_fields(_content: Content) -> list[CardField]:
    return [
        CardField("title", "Название списка", LINE),
        CardField("levels", "Уровни, от низшего", LINES, f"{ONE_A_LINE} Считаются с нуля."),
        small("enough", "С какого уровня достаточно", NUMBER, "пусто — 2"),
    ]


def competence_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [CardField("title", "Компетенция", LINE), CardField("practice", "Что предложить в план", PROSE)]


def parameter_fields(content: Content, _entry: Content) -> list[CardField]:
    sides = sides_named(content)
    who = ("mentee", "mentor", "curator", "class_teacher", "psychologist")
    return [
        CardField("title", "Что измеряют", LINE),
        CardField("method", "Как измеряют", LINE),
        small("who", "Кто", shapes.choice({name: sides.get(name) or words.OTHERS[name] for name in who})),
        small("unit", "Единица", LINE, "балла, часов в неделю"),
        small("low", "От", NUMBER, "пусто — любое"),
        small("high", "До", NUMBER, "пусто — любое"),
        small("better", "Лучше", shapes.choice({"": "когда больше", "less": "когда меньше"})),
        small("sensitive", "Личное", shapes.flag("видят куратор и тот, кто измеряет")),
    ]


def control_fields(_content: Content) -> list[CardField]:
    return [
        CardField("interim", "Промежуточный контроль: на что смотрят", TITLED, ONE_A_LINE),
        CardField("final", "Итоговый контроль: на что смотрят", TITLED, ONE_A_LINE),
    ]


# --- Matching, papers, texts ----------------------------------------------------------------------


def match_fields(content: Content, entry: Content) -> list[CardField]:
    kind = entry.get("kind", "")
    bounds = [small("least", "На сколько больше, от", NUMBER), small("most", "до", NUMBER)] if kind == "gap" else []
    return [
        CardField("text", "Как объяснить куратору", LINE, "«Знает предмет, который труден»"),
        *(
            CardField(side, f"Вопрос заявки: {word}", shapes.choice(tagged(content, side)))
            for side, word in reversed(sides_named(content).items())
        ),
        small("kind", "Как сравнивать", shapes.choice(words.MATCH_KINDS), reshapes=True),
        *bounds,
        small("weight", "Вес", NUMBER, "от 1 до 100; пусто — 10"),
    ]


def tagged(content: Content, side: str) -> dict[str, str]:
    """The questions of one side's application by the tag under which matching finds them; without a tag by their id."""
    found = {"": "выберите вопрос"}
    for questionnaire in draft.entries(content, "questionnaires"):
        if (questionnaire.get("role"), questionnaire.get("phase")) == (side, "application"):
            asked = numbered(draft.entries(questionnaire, "questions"))
            found |= {str(one.get("match") or one["id"]): f"{number}. {short(one.get('text'))}" for number, one in asked}
    return found


def document_fields(_content: Content) -> list[CardField]:
    fields = []
    for kind, word in words.DOCUMENTS.items():
        fields += [
            CardField(f"{kind}.title", f"{word}: заголовок", LINE),
            CardField(f"{kind}.paragraphs", f"{word}: текст", PARAGRAPHS, "Пустая строка разделяет абзацы."),
            CardField(f"{kind}.signs", f"{word}: кто подписывает", shapes.ticks(words.SIGNERS)),
        ]
    return fields


def placeholders() -> Mapping[str, str]:
    """What may stand in square brackets in the text of a paper, and what it becomes."""
    return PLACEHOLDERS


def text_fields(content: Content) -> list[CardField]:
    return [CardField(key, of_side(content, word), LINES, "По одному пункту в строке.") for key, word in TEXT_WORDS.items()]
