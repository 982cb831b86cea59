"""A mentoring form taken apart into things that can be told from each other by their ids, for comparing two versions of it.

Every thing has an address made of ids («questionnaires/before/questions/talk»), so that a correction finds it in any version.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mentorapp.domain import duewords, plainjson
from mentorapp.domain.deficits import DeficitCatalogue
from mentorapp.domain.formspec import Column, FormSpec, ItemTemplate, PlanTemplate
from mentorapp.domain.questionnaire import HEADING, Condition, Question, Questionnaire
from mentorapp.domain.rubric import Band, Rubric

NO_ID = "="  # begins the step of a row of a plan that has no id: then its title says which one it is


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a form: `sort` is what it is, `place` where it stands in words, `title` what it says.

    `texts` are labels, in which a misprint may be mended in all versions; `lists` the same where a label is a list of texts.
    `facts` are what is no wording, `parts` the things inside it, by the step that leads to them.
    """

    id: str
    sort: str
    place: str
    title: str
    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, tuple["Thing", ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that is said in words of other parts of the form: when those change, it is still the same fact."""

    value: Any
    words: str = field(compare=False)

    def __str__(self) -> str:
        return self.words


def step(id: str) -> str:
    """An id as one step of an address."""
    return id.replace("%", "%25").replace("/", "%2F")


def steps(address: str) -> list[str]:
    """The ids of which an address is made."""
    return [part.replace("%2F", "/").replace("%25", "%") for part in address.split("/")]


def take_apart(spec: FormSpec, beside: FormSpec | None = None) -> Thing:
    """The whole form. What another form has just so is left out or only named: nothing in it differs."""
    days = {"length_days": spec.length_days, "meeting_every_days": spec.meeting_every_days, "alert_days": spec.alert_days}
    texts = _of(spec, "title", "short_title", "summary", "source")
    return Thing("", "form", "Форма", spec.title, texts, {"areas": spec.areas},
        {**_of(spec, "organisation", "most_mentors", "most_mentees"), **days, "parents_consent": spec.parents_consent},
        {name: tuple(things(spec, beside)) for name, things in _PARTS.items() if not beside or _differs(name, spec, beside)}
    )  # fmt: skip


def _differs(part: str, spec: FormSpec, beside: FormSpec) -> bool:
    keys = ("mentor", "mentee") if part == "sides" else (part,)
    return any(spec.written_parts.get(key) != beside.written_parts.get(key) for key in keys)


def _alike(one: Any, other: Any) -> bool:
    """Whether two things say the same, in the same order, too."""
    return one == other and plainjson.bare(one) == plainjson.bare(other)


def _plans(spec: FormSpec, beside: FormSpec | None) -> Iterator[Thing]:
    known = beside.plans if beside else {}
    return (_plan(plan, known.get(plan.owner)) for plan in spec.plans.values())


def _questionnaires(spec: FormSpec, beside: FormSpec | None) -> Iterator[Thing]:
    known = {one.id: one for one in beside.questionnaires} if beside else {}
    return (_questionnaire(one, known.get(one.id)) for one in spec.questionnaires)


def _of(thing: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _called(word: str, title: str) -> str:
    """«План «Работа пары»», and no word twice where the title begins with it."""
    return f"«{title}»" if title.casefold().startswith(word.casefold()) else f"{word} «{title}»"


def _titled(thing: Any, sort: str, word: str) -> Thing:
    return Thing(thing.id, sort, f"{word} «{thing.title}»", thing.title, {"title": thing.title})


def _side(name: str, spec: FormSpec) -> Thing:
    side = getattr(spec, name)
    words = _of(side, "nominative", "genitive", "dative", "plural")
    place = f"Сторона «{side.nominative}»"
    return Thing(name, "side", place, side.nominative, words, facts=_of(side, "kinds", "least_age", "most_age"))


# --- Plans and meetings ---


def item_ids(plan: PlanTemplate) -> list[str]:
    """By what each row of a plan is known: its id, or its title where it has none; a title that stands twice is counted."""
    found: list[str] = []
    for item in plan.items:
        id = item.id or NO_ID + item_title(item, plan)
        same = sum(other == id or other.startswith(f"{id}\n") for other in found)
        found.append(f"{id}\n{same + 1}" if same else id)
    return found


def _plan(plan: PlanTemplate, beside: PlanTemplate | None) -> Thing:
    place = _called("План", plan.title)
    if _alike(plan, beside):
        return Thing(plan.owner, "plan", place, plan.title)
    rows = [
        Thing(
            id,
            "item",
            f"{place}, строка {number}",
            item_title(item, plan),
            facts={
                **{f"cells.{name}": text for name, text in item.cells.items()},
                "section": item.section,
                "due": item.due and duewords.to_words(item.due),
                "report_due": item.report_due and duewords.to_words(item.report_due),
                "when": item.when and Said(item.when, _condition(item.when.condition, item.when.condition.question)),
            },
        )
        for number, (id, item) in enumerate(zip(item_ids(plan), plan.items, strict=True), 1)
    ]
    columns = tuple(_column(column, place) for column in plan.columns)
    return Thing(
        plan.owner, "plan", place, plan.title, {"title": plan.title}, {"notes": plan.notes}, {}, {"columns": columns, "items": tuple(rows)}
    )


def item_title(item: ItemTemplate, plan: PlanTemplate) -> str:
    """What a row of a plan is called."""
    column = plan.by_role("title")
    return item.cells.get(column.id, "") if column else ""


def _column(column: Column, place: str) -> Thing:
    bounds = {"low": column.limits.low, "high": column.limits.high, "options": tuple(column.limits.options.values())}
    facts = {**_of(column, "kind", "width", "role", "suggest"), **bounds}
    return Thing(column.id, "column", f"{place}, столбец «{column.title}»", column.title, {"title": column.title}, facts=facts)


def _meeting(one: Any) -> Thing:
    lists, facts = _of(one, "agenda", "interactions", "methods"), _of(one, "minutes", "per_month", "at_least")
    return Thing(one.id, "meeting", _called("Встреча", one.title), one.title, {"title": one.title}, lists, facts)


# --- Questionnaires ---


def _questionnaire(one: Questionnaire, beside: Questionnaire | None) -> Thing:
    place = _called("Анкета", one.title)
    if _alike(one, beside):
        return Thing(one.id, "questionnaire", place, one.title)
    numbers, same = one.numbers, {question.id: question for question in beside.questions} if beside else {}
    questions = tuple(_question(question, one, numbers, place, same.get(question.id)) for question in one.questions)
    texts = _of(one, "title", "intro", "thanks")
    return Thing(one.id, "questionnaire", place, one.title, texts, {}, _of(one, "role", "phase", "minutes"), {"questions": questions})


def _question(question: Question, asked: Questionnaire, numbers: Mapping[str, int], of: str, beside: Question | None) -> Thing:
    place = f"{of}, заголовок" if question.kind == HEADING else f"{of}, вопрос {numbers[question.id]}"
    if beside is not None and question == beside and _order(question) == _order(beside):  # quicker than `_alike`, for the many
        return Thing(question.id, "question", place, question.text)
    facts = {
        "kind": question.kind,
        "low": question.limits.low,
        "high": question.limits.high,
        **_of(question, "required", "pair_key", "reverse", "base", "match", "metric", "sensitive"),
        "show_if": question.show_if and _shown_if(question.show_if, asked),
    }
    labels = _of(question, "text", "hint", "low_label", "high_label")
    options = _labels(question.limits.options.items(), "option", f"{place}, вариант")
    rows = _labels(question.rows.items(), "row", f"{place}, строка таблицы")
    return Thing(question.id, "question", place, question.text, labels, facts=facts, parts={"options": options, "rows": rows})


def _order(question: Question) -> tuple[list[str], list[str]]:
    return list(question.limits.options), list(question.rows)


def _shown_if(condition: Condition, asked: Questionnaire) -> Said:
    looked_at = next((one for one in asked.questions if one.id == condition.question), None)
    options = looked_at.limits.options if looked_at else {}
    said = replace(condition, values=tuple(options.get(value, value) for value in condition.values))
    return Said(condition, _condition(said, f"вопрос {asked.numbers.get(condition.question, '')}"))


def _labels(labels: Iterable[tuple[str, str]], sort: str, place: str) -> tuple[Thing, ...]:
    return tuple(Thing(id, sort, f"{place} {number}", label, {"": label}) for number, (id, label) in enumerate(labels, 1))


def _condition(condition: Condition, question: str) -> str:
    bounds = [(condition.at_least, "не меньше"), (condition.at_most, "не больше")]
    said = [" или ".join(condition.values)] if condition.values else [f"{word} {bound}" for bound, word in bounds if bound is not None]
    return f"{question}: {' и '.join(said)}"


# --- Evaluation, deficits, parameters ---


def _rubric(one: Rubric) -> Thing:
    place = _called("Оценка", one.title)
    parts = {
        "points": tuple(
            Thing(str(point.value), "point", f"{place}, балл {point.value}", point.label, {"label": point.label}) for point in one.points
        ),
        "groups": tuple(_titled(group, "indicator_group", f"{place}, группа") for group in one.groups),
        "indicators": _lines(
            ((Said(group.id, group.title), group.indicators) for group in one.groups), "indicator", f"{place}, показатель", "hint"
        ),
        "bands": tuple(_band(band, place) for band in sorted(one.bands, key=lambda band: -band.low)),
    }
    return Thing("", "rubric", place, one.title, {"title": one.title}, facts={"not_applicable": one.not_applicable}, parts=parts)


def _band(band: Band, of: str) -> Thing:
    """Its title may have been chosen by hand and is then kept in the sheet: it is no label that a correction can mend."""
    bounds = f"{band.low}–{band.high}"
    return Thing(bounds, "band", f"{of}, уровень {bounds}", band.title, _of(band, "text"), facts=_of(band, "title"))


def _lines(groups: Iterable[tuple[Said, tuple[Any, ...]]], sort: str, place: str, second: str) -> tuple[Thing, ...]:
    """The lines of a sheet in whichever group they stand; `second` is what they say besides their title."""
    lines = [(group, line) for group, inside in groups for line in inside]
    return tuple(
        Thing(line.id, sort, f"{place} {number}", line.title, _of(line, "title", second), facts={"group": group})
        for number, (group, line) in enumerate(lines, 1)
    )


def _deficits(one: DeficitCatalogue) -> Thing:
    place = _called("Дефициты", one.title)
    inside = ((Said(group.id, group.title), group.competences) for group in one.groups)
    parts = {
        "groups": tuple(_titled(group, "competence_group", f"{place}, группа") for group in one.groups),
        "competences": _lines(inside, "competence", f"{place}, компетенция", "practice"),
    }
    return Thing("", "deficits", place, one.title, {"title": one.title}, facts={"levels": one.levels, "enough": one.enough}, parts=parts)


def _parameter(one: Any) -> Thing:
    facts = _of(one, "who", "better", "low", "high", "sensitive")
    return Thing(one.id, "parameter", f"Измерение «{one.title}»", one.title, _of(one, "title", "method", "unit"), facts=facts)


# --- All parts, in the order of the form ---


def _subtype(one: Any) -> Thing:
    return Thing(one.id, "subtype", f"Вид пары «{one.title}»", one.title, _of(one, "title", "aim"), {"categories": one.categories})


def _match(one: Any) -> Thing:
    return Thing(
        one.id, "match", "Подбор", one.text, _of(one, "text"), facts=_of(one, "mentee", "mentor", "kind", "weight", "least", "most")
    )


def _control(when: str, way: Any) -> Thing:
    return Thing(f"{when}/{way.id}", "control", "Виды контроля", way.title, facts=_of(way, "title"))


def _document(name: str, one: Any) -> Thing:
    return Thing(name, "document", _called("Бумага", one.title), one.title, _of(one, "title"), _of(one, "paragraphs"), _of(one, "signs"))


_PARTS: Mapping[str, Callable[[FormSpec, FormSpec | None], Iterable[Thing]]] = {
    "sides": lambda spec, _beside: (_side(name, spec) for name in ("mentor", "mentee")),
    "subtypes": lambda spec, _beside: map(_subtype, spec.subtypes),
    "models": lambda spec, _beside: (_titled(one, "model", "Модель") for one in spec.models),
    "plans": _plans,
    "meetings": lambda spec, _beside: map(_meeting, spec.meetings),
    "texts": lambda spec, _beside: (
        Thing(name, "text", "Тексты программы", name, lists={"": points}) for name, points in spec.texts.items()
    ),
    "questionnaires": _questionnaires,
    "matching": lambda spec, _beside: map(_match, spec.matching),
    "parameters": lambda spec, _beside: map(_parameter, spec.parameters),
    "evaluation": lambda spec, _beside: map(_rubric, filter(None, [spec.evaluation])),
    "deficits": lambda spec, _beside: map(_deficits, filter(None, [spec.deficits])),
    "control": lambda spec, _beside: (_control(when, way) for when, ways in spec.control.items() for way in ways),
    "documents": lambda spec, _beside: (_document(name, one) for name, one in spec.documents.items()),
}
