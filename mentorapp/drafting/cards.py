"""The fields of each sort of card in the form editor, in the words of a curator.

A field's `key` is the place of its value in the card's own table («high», «cells.c1»). Which fields a card has depends on what it
is already: a scale has two ends, a choice has options.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mentorapp import words
from mentorapp.domain import draft
from mentorapp.domain.documents import PLACEHOLDERS
from mentorapp.domain.formspec import ORGANISATIONS
from mentorapp.domain.kinds import COLUMN_KINDS
from mentorapp.domain.questionnaire import FREQUENCY, PHASES, QUESTION_KINDS, QUESTIONNAIRE_ROLES
from mentorapp.drafting import shapes
from mentorapp.drafting.shapes import BANDS, LINE, LINES, NUMBER, OPTIONS, PARAGRAPHS, POINTS, PROSE, RULE, TITLED, Shape

Content = dict[str, Any]

COLUMN_WORDS = {
    "text": "строка", "long": "текст", "due": "срок", "date": "дата", "number": "число", "yes_no": "да или нет", "choice": "один из списка",
    "scale": "шкала",
}  # fmt: skip
ROLE_WORDS = {"": "обычный столбец", "title": "название мероприятия", "due": "срок выполнения", "report_due": "срок отчёта"}
OWNER_WORDS = {"pair": "План пары", "mentor": "План наставника", "mentee": "План наставляемого", "curator": "План куратора"}
ORGANISATION_WORDS = {
    "1:1": "один наставник — один наставляемый",
    "1:N": "один наставник — группа",
    "N:1": "несколько наставников — один наставляемый",
    "N:M": "несколько наставников — группа",
}
TEXT_WORDS = {
    "goal": "Цель", "tasks": "Задачи", "results": "Ожидаемые результаты", "mentor_rights": "Права наставника",
    "mentor_duties": "Обязанности наставника", "mentee_rights": "Права наставляемого", "mentee_duties": "Обязанности наставляемого",
}  # fmt: skip
_ENDS = ("number", "scale")
ONE_A_LINE = "По одному в строке; список можно вставить целиком."


@dataclass(frozen=True, slots=True)
class CardField:
    """One field: where its value stands, what it is called, how it is written.

    `reshapes`: the card's other fields depend on it. `section` is a heading above it.
    """

    key: str
    label: str
    shape: Shape
    hint: str = ""
    reshapes: bool = False
    wide: bool = True
    section: str = ""

    @property
    def name(self) -> str:
        """What it is called where it stands alone."""
        return f"{self.section}: {self.label}" if self.section else self.label


def _small(key: str, label: str, shape: Shape, hint: str = "", *, reshapes: bool = False) -> CardField:
    return CardField(key, label, shape, hint, reshapes, wide=False)


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
        _small("length_days", "Обычный срок, дней", NUMBER, "пусто — 270"),
        _small("meeting_every_days", "Встречи раз в … дней", NUMBER, "пусто — 14"),
        _small("alert_days", "Тревога, если нет встреч … дней", NUMBER, "пусто — 30"),
        CardField("areas", "Области работы пары", LINES, f"{ONE_A_LINE} Слово «[область]» в плане заменится выбранной."),
        CardField("source", "На что опирается", PROSE, "Нормы и методики, если их нужно назвать."),
    ]


def _side_fields(side: str, title: str) -> list[CardField]:
    cases = {"nominative": "кто", "genitive": "кого", "dative": "кому", "plural": "кто, много"}
    fields = [
        *(_small(f"{side}.{case}", question, LINE) for case, question in cases.items()),
        CardField(f"{side}.kinds", "кем может быть", shapes.ticks({str(kind): word for kind, word in words.KINDS.items()})),
        _small(f"{side}.least_age", "возраст от", NUMBER, "пусто — любой"),
        _small(f"{side}.most_age", "возраст до", NUMBER, "пусто — любой"),
    ]
    return [replace(field, section=title) for field in fields]


def subtype_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [
        CardField("title", "Вид пары", LINE, "Название прочтут обе стороны."),
        CardField("aim", "Зачем такая пара", PROSE),
        CardField("categories", "Кто обычно наставляемый", LINES, ONE_A_LINE),
    ]


# --- Questionnaires -------------------------------------------------------------------------------


def questionnaire_fields(_content: Content) -> list[CardField]:
    sides = {"mentor": "наставник", "mentee": "наставляемый"}
    return [
        CardField("title", "Название анкеты", LINE),
        _small("role", "Кто отвечает", shapes.choice({name: sides.get(name) or words.OTHERS[name] for name in QUESTIONNAIRE_ROLES})),
        _small("phase", "Когда", shapes.choice({phase: words.PHASES[phase] for phase in PHASES})),
        _small("minutes", "Сколько минут занимает", NUMBER, "пусто — 10"),
        CardField("intro", "Что сказать в начале", PROSE, "Кто прочтёт ответы и сколько это займёт."),
        CardField("thanks", "Что сказать после отправки", PROSE),
    ]


def question_fields(content: Content, entry: Content, address: str) -> list[CardField]:
    """Those of its kind. `address` is that of the questionnaire."""
    kind = entry.get("kind", "")
    kinds = {name: words.QUESTION_KINDS.get(name, "заголовок: начинает новую страницу") for name in QUESTION_KINDS}
    fields = [
        CardField("text", "Заголовок" if kind == "heading" else "Вопрос", PROSE),
        _small("kind", "Ответ", shapes.choice(kinds), reshapes=True),
    ]
    fields += _answer_fields(kind)
    fields.append(CardField("hint", "Пояснение под вопросом", LINE))
    if kind == "heading":
        return fields
    return [
        *fields,
        _small("required", "Пропуск", shapes.flag("обязательный вопрос", unless=True)),
        _small("sensitive", "Личное", shapes.flag("не печатать и не сравнивать")),
        CardField("show_if", "Показывать", shapes.condition(conditions(draft.entries(content, f"{address}.questions"), until=entry))),
        *_comparison_fields(content, entry, address),
        _small("metric", "Что показывает", shapes.choice({"": "ничего особенного", **words.METRICS})),
    ]


def _answer_fields(kind: str) -> list[CardField]:
    if kind in ("single", "multi", "rank", "matrix"):
        title = "Уровни, от низшего" if kind == "matrix" else "Варианты"
        rows = [CardField("rows", "Строки таблицы", OPTIONS, ONE_A_LINE)] if kind == "matrix" else []
        bounds = {"multi": [("low", "Отметить не меньше"), ("high", "Отметить не больше")], "rank": [("high", "Сколько мест")]}.get(
            kind, []
        )
        return [
            *rows,
            CardField("options", title, OPTIONS, ONE_A_LINE),
            *(_small(key, label, NUMBER, "пусто — сколько угодно") for key, label in bounds),
        ]
    if kind == "frequency":
        return [CardField("options", "Варианты, от частого", OPTIONS, f"Пусто — {', '.join(FREQUENCY.values())}.")]
    if kind in _ENDS:
        ends = [_small("low", "От", NUMBER), _small("high", "До", NUMBER)]
        labels = [_small("low_label", "Слева", LINE), _small("high_label", "Справа", LINE)] if kind == "scale" else []
        return [*ends, *labels]
    if kind == "person":
        return [_small("base", "Из базы", shapes.choice({"mentors": "наставников", "mentees": "наставляемых"}))]
    return []


def _comparison_fields(content: Content, entry: Content, address: str) -> list[CardField]:
    found = []
    if twins := twin_questions(content, draft.get(content, address) or {}):
        found.append(CardField("pair_key", "Сравнивать с вопросом", shapes.choice({"": "не сравнивать", **twins})))
    if entry.get("kind") in ("number", "scale", "frequency", "matrix"):
        found.append(_small("reverse", "Направление", shapes.flag("меньше — лучше")))
    return found


def twin_questions(content: Content, questionnaire: Content) -> dict[str, dict[str, str]]:
    """Questions of the same side's other phases: questionnaire's title → (`pair_key` or id → number and text)."""
    found = {}
    for other in draft.entries(content, "questionnaires"):
        if other.get("role") == questionnaire.get("role") and other.get("id") != questionnaire.get("id"):
            asked = numbered(draft.entries(other, "questions"))
            found[str(other.get("title", "без названия"))] = {
                str(one.get("pair_key") or one["id"]): f"{number}. {short(one.get('text'))}" for number, one in asked
            }
    return found


def numbered(questions: Iterable[Content]) -> list[tuple[int, Content]]:
    """The questions with the numbers that people see: headings have none."""
    return list(enumerate((one for one in questions if one.get("kind") != "heading"), 1))


def short(text: Any, most: int = 60) -> str:
    """The beginning of a text for a list."""
    line = " ".join(str(text or "без текста").split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def conditions(questions: Iterable[Content], until: Content | None = None, phase: str = "") -> dict[str, Any]:
    """Each answer that can be looked at: «всегда», then question → (condition → answer); only questions above `until`."""
    found: dict[str, Any] = {"": "всегда"}
    for number, question in numbered(questions):
        if until is not None and question.get("id") == until.get("id"):
            break
        if "show_if" not in question and (answers := _answers(question)):
            mark = f"{phase}:" if phase else ""
            heading = f"если ответ на вопрос {number}. {short(question.get('text'), 40)}"
            found[heading] = {f"{mark}{question['id']}{tail}": word for tail, word in answers.items()}
    return found


def _answers(question: Content) -> dict[str, str]:
    kind, options = question.get("kind"), question.get("options")
    if kind == "yes_no":
        return {"=да": "да", "=нет": "нет"}
    if kind in ("single", "multi", "frequency"):
        return {f"={name}": str(label) for name, label in (options or (FREQUENCY if kind == "frequency" else {})).items()}
    low, high = question.get("low"), question.get("high")
    if kind == "scale" and isinstance(low, int) and isinstance(high, int) and 0 < high - low <= 10:
        return {f"<={n}": f"{n} или меньше" for n in range(low, high)} | {f">={n}": f"{n} или больше" for n in range(low + 1, high + 1)}
    return {}


# --- Plans and meetings ---------------------------------------------------------------------------


def plan_fields(_content: Content) -> list[CardField]:
    return [CardField("title", "Название плана", LINE), CardField("notes", "Примечания под таблицей", LINES, ONE_A_LINE)]


def column_fields(_content: Content, entry: Content) -> list[CardField]:
    kind = entry.get("kind", "")
    fields = [
        CardField("title", "Столбец", LINE),
        _small("kind", "Что в нём пишут", shapes.choice({name: COLUMN_WORDS[name] for name in COLUMN_KINDS}), reshapes=True),
        _small("role", "Чем служит", shapes.choice(ROLE_WORDS), "По названию и сроку программа видит, что просрочено."),
        _small("width", "Ширина", NUMBER, "доля от 1 до 100; пусто — 10"),
    ]
    if kind in ("text", "long"):
        fields.append(CardField("suggest", "Подсказки при вводе", LINES, ONE_A_LINE))
    if kind == "choice":
        fields.append(CardField("options", "Варианты", OPTIONS, ONE_A_LINE))
    if kind in _ENDS:
        fields += [_small("low", "От", NUMBER), _small("high", "До", NUMBER)]
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
            fields.append(_small(role, label, RULE, "например, «до 15 октября»"))
    fields.append(_small("section", "Раздел", LINE, "заголовок над этой и следующими строками"))
    if options := _calls(content):
        fields.append(CardField("when", "Нужна", shapes.condition(options), "Строку предложат тем, чей ответ её зовёт."))
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
        _small("minutes", "Минут", NUMBER, "пусто — 45"),
        _small("per_month", "В месяц не меньше", NUMBER, "пусто — без нормы"),
        _small("at_least", "Всего не меньше", NUMBER, "пусто — без нормы"),
        CardField("interactions", "Как можно провести", LINES, ONE_A_LINE),
        CardField("methods", "Приёмы", LINES, ONE_A_LINE),
    ]


# --- Criteria, competences, measurements ----------------------------------------------------------


def evaluation_fields(_content: Content) -> list[CardField]:
    return [
        CardField("title", "Название листа", LINE),
        CardField("points", "Баллы", POINTS, "От лучшего, по одному в строке: «2 — проявляется полностью»."),
        CardField(
            "bands", "Уровни", BANDS, "По одному в строке: «15–18 — оптимальный: что это значит». Вместе — от 0 до наибольшей суммы."
        ),
        CardField("not_applicable", "Строки", shapes.flag("строка может быть «не применимо»")),
    ]


def group_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [CardField("title", "Группа", LINE)]


def indicator_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [CardField("title", "Показатель", LINE), CardField("hint", "На что смотреть", PROSE)]


def deficit_fields(_content: Content) -> list[CardField]:
    return [
        CardField("title", "Название списка", LINE),
        CardField("levels", "Уровни, от низшего", LINES, f"{ONE_A_LINE} Считаются с нуля."),
        _small("enough", "С какого уровня достаточно", NUMBER, "пусто — 2"),
    ]


def competence_fields(_content: Content, _entry: Content) -> list[CardField]:
    return [CardField("title", "Компетенция", LINE), CardField("practice", "Что предложить в план", PROSE)]


def parameter_fields(_content: Content, _entry: Content) -> list[CardField]:
    sides = {"mentor": "наставник", "mentee": "наставляемый"}
    who = ("mentee", "mentor", "curator", "class_teacher", "psychologist")
    return [
        CardField("title", "Что измеряют", LINE),
        CardField("method", "Как измеряют", LINE),
        _small("who", "Кто", shapes.choice({name: sides.get(name) or words.OTHERS[name] for name in who})),
        _small("unit", "Единица", LINE, "балла, часов в неделю"),
        _small("low", "От", NUMBER, "пусто — любое"),
        _small("high", "До", NUMBER, "пусто — любое"),
        _small("better", "Лучше", shapes.choice({"": "когда больше", "less": "когда меньше"})),
        _small("sensitive", "Личное", shapes.flag("видят куратор и тот, кто измеряет")),
    ]


def control_fields(_content: Content) -> list[CardField]:
    return [
        CardField("interim", "Промежуточный контроль: на что смотрят", TITLED, ONE_A_LINE),
        CardField("final", "Итоговый контроль: на что смотрят", TITLED, ONE_A_LINE),
    ]


# --- Matching, papers, texts ----------------------------------------------------------------------


def match_fields(content: Content, entry: Content) -> list[CardField]:
    kind = entry.get("kind", "")
    bounds = [_small("least", "На сколько больше, от", NUMBER), _small("most", "до", NUMBER)] if kind == "gap" else []
    return [
        CardField("text", "Как объяснить куратору", LINE, "«Знает предмет, который труден»"),
        *(CardField(side, f"Вопрос заявки: {word}", shapes.choice(tagged(content, side))) for side, word in _SIDES.items()),
        _small("kind", "Как сравнивать", shapes.choice(words.MATCH_KINDS), reshapes=True),
        *bounds,
        _small("weight", "Вес", NUMBER, "от 1 до 100; пусто — 10"),
    ]


_SIDES: Mapping[str, str] = {"mentee": "наставляемый", "mentor": "наставник"}


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


def text_fields(_content: Content) -> list[CardField]:
    return [CardField(key, word, LINES, "По одному пункту в строке.") for key, word in TEXT_WORDS.items()]
