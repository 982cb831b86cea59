"""What a form may say about matching, about what it measures and about its papers: rules, and at the end the tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from mentorapp.domain.documents import DOCUMENT_KINDS, PLACEHOLDERS, SIGNERS, Document, placeholders
from mentorapp.domain.expect import ID, NUMBER, TITLE, WORD, Place, Table, entries, one_of, perhaps, prose, several, shown, whole
from mentorapp.domain.matching import MATCH_KINDS, MatchRule
from mentorapp.domain.parameters import BETTER, MEASURED_BY, Parameter
from mentorapp.domain.questioncheck import flag

# Kinds of question that each way of comparing can look at.
_COMPARABLE = {
    "equal": ("single", "yes_no", "scale", "frequency"),
    "overlap": ("single", "multi"),
    "complement": ("single", "multi"),
    "veto": ("single", "multi", "yes_no"),
    "gap": ("number", "scale"),
}


def _bounds_in_order(parameter: Mapping[str, Any], at: Place) -> None:
    low, high = parameter.get("low"), parameter.get("high")
    if type(low) is int and type(high) is int and low >= high:
        at.key("high").wrong("верхняя граница должна быть больше нижней")


def _gap_has_bounds(rule: Mapping[str, Any], at: Place) -> None:
    bounds = [key for key in ("least", "most") if key in rule]
    if rule.get("kind") != "gap":
        for key in bounds:
            at.key(key).wrong('разница бывает только у kind = "gap"; уберите ключ')
    elif not bounds:
        at.key("least").wrong("напишите, на сколько число наставника должно быть больше: least, most или оба")
    elif len(bounds) == 2 and type(rule["least"]) is int and type(rule["most"]) is int and rule["least"] > rule["most"]:
        at.key("most").wrong("наибольшая разница меньше наименьшей; поменяйте их местами")


def matching_fits(form: Mapping[str, Any], at: Place) -> None:
    """Each rule finds a question with its tag in the application of each side, and both can be compared in that way."""
    tagged = {side: _tagged(form, side) for side in ("mentee", "mentor")}
    for number, rule in entries(form, "matching"):
        place, found = at.key("matching").number(number), {}
        for side, questions in tagged.items():
            tag = rule.get(side)
            if type(tag) is not str:
                continue  # that has been said
            if tag not in questions:
                hint = perhaps(tag, questions) or "; поставьте вопросу match с этим словом"
                place.key(side).wrong(f"в заявке этой стороны нет вопроса с match = «{shown(tag)}»{hint}")
            else:
                found[side] = questions[tag]
        for problem in _incomparable(rule.get("kind"), found):
            place.key("kind").wrong(problem)


def _tagged(form: Mapping[str, Any], side: str) -> dict[str, Mapping[str, Any]]:
    """The questions of the applications of one side, by their tag."""
    found: dict[str, Mapping[str, Any]] = {}
    for _, questionnaire in entries(form, "questionnaires"):
        if questionnaire.get("role") == side and questionnaire.get("phase") == "application":
            found |= {one["match"]: one for _, one in entries(questionnaire, "questions") if type(one.get("match")) is str}
    return found


def _incomparable(kind: Any, found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    fitting = _COMPARABLE.get(kind, ()) if type(kind) is str else ()
    if not fitting or len(found) < 2:
        return
    kinds = [question.get("kind") for question in found.values()]
    if unfit := [shown(one) for one in kinds if one not in fitting]:
        yield f"так не сравнить вопрос вида «{unfit[0]}»; подходят: {', '.join(fitting)}"
    elif kind != "gap":
        lists = [set(question["options"]) for question in found.values() if type(question.get("options")) is dict]
        if len(lists) == 2 and not lists[0] & lists[1]:
            yield "у двух вопросов нет ни одного общего варианта; дайте одинаковым вариантам одинаковые обозначения"


def _paragraph(value: Any, at: Place) -> str | None:
    """A paragraph of a paper: prose whose placeholders are all known."""
    text = prose(4000)(value, at)
    for name in dict.fromkeys(placeholders(text or "")):
        if name not in PLACEHOLDERS:
            hint = perhaps(name, PLACEHOLDERS) or f"; есть: {', '.join(PLACEHOLDERS)}"
            at.wrong(f"такого слова в квадратных скобках нет: «[{shown(name)}]»{hint}")
    return text


MATCH = Table(
    MatchRule,
    {"id": ID, "mentee": ID, "mentor": ID, "kind": one_of(*MATCH_KINDS), "text": TITLE},
    {"weight": whole(1, 100), "least": NUMBER, "most": NUMBER},
    (_gap_has_bounds,),
)
PARAMETER = Table(
    Parameter,
    {"id": ID, "title": TITLE, "method": TITLE, "who": one_of(*MEASURED_BY)},
    {"unit": WORD, "better": one_of(*BETTER), "low": NUMBER, "high": NUMBER, "sensitive": flag},
    (_bounds_in_order,),
)
DOCUMENT = Table(Document, {"title": TITLE, "paragraphs": several(_paragraph, 80, 1)}, {"signs": several(one_of(*SIGNERS), len(SIGNERS))})
DOCUMENTS: Table[dict[str, Document]] = Table(dict, {}, dict.fromkeys(DOCUMENT_KINDS, DOCUMENT))
