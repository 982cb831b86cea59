"""What is wrong with ages, rows that wait for an answer, matching, parameters and papers is told at its place."""

from collections.abc import Callable
from typing import Any

import pytest

from mentorapp.domain import documents
from mentorapp.domain.documents import Document, Unfilled
from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import CalledFor, from_json, to_json
from mentorapp.domain.questionnaire import Condition
from tests.forms.forms import PLAN, SMALL, problems_of, spec_of, toml

Change = Callable[[dict[str, Any]], object]
SUBJECTS = {"maths": "математика", "russian": "русский язык"}


def application(role: str, *questions: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"{role}_application", "role": role, "phase": "application", "title": "Заявка", "questions": list(questions)}


def content() -> dict[str, Any]:
    """Two applications that are compared, two parameters and a paper; right in every place."""
    weak = {"id": "weak", "kind": "multi", "text": "Что трудно?", "options": dict(SUBJECTS), "match": "subject", "sensitive": True}
    strong = {"id": "strong", "kind": "multi", "text": "Что знаете хорошо?", "options": dict(SUBJECTS), "match": "subject"}
    grade = {"id": "grade", "kind": "number", "text": "Класс?", "low": 1, "high": 11, "match": "grade", "metric": "interest"}
    return {
        "questionnaires": [application("mentee", weak, dict(grade)), application("mentor", strong, dict(grade))],
        "matching": [
            {"id": "help", "mentee": "subject", "mentor": "subject", "kind": "complement", "text": "Знает то, что трудно", "weight": 40},
            {"id": "older", "mentee": "grade", "mentor": "grade", "kind": "gap", "text": "Старше на класс", "least": 1, "most": 4},
        ],
        "parameters": [
            {"id": "mark", "title": "Средний балл", "method": "по журналу", "who": "curator", "unit": "балла", "low": 1, "high": 5},
            {"id": "fear", "title": "Тревожность", "method": "опросник", "who": "psychologist", "better": "less", "sensitive": True},
        ],
        "documents": {
            "agreement": {
                "title": "Соглашение",
                "paragraphs": ["[наставник] и [наставляемый] договорились."],
                "signs": ["mentor", "mentee"],
            }
        },
    }


def waiting(**when: Any) -> str:
    """A plan whose row waits for an answer."""
    return PLAN + f'  id = "row"\n  when = {{ {", ".join(f"{key} = {value}" for key, value in when.items())} }}\n'


def at(*path: Any, **changed: Any) -> Change:
    def change(made: dict[str, Any]) -> None:
        found: Any = made
        for key in path:
            found = found[key]
        found.update(changed)

    return change


def test_matching_parameters_and_papers_are_read_and_kept():
    spec = spec_of(SMALL, toml(content()))
    assert spec.matching[0].weight == 40 and spec.matching[1].least == 1
    assert not spec.parameters[1].is_better(3) and spec.parameters[1].is_better(-3) and spec.parameters[0].limits.high == 5
    assert spec.documents["agreement"].signs == ("mentor", "mentee")
    assert from_json(to_json(spec)) == spec


def test_a_row_may_wait_for_an_answer_of_the_mentee():
    spec = spec_of(SMALL, toml(content()), waiting(phase='"application"', question='"weak"', **{"is": '"maths"'}))
    assert spec.plans["pair"].items[0].when == CalledFor("application", Condition("weak", ("maths",)))
    assert spec.plans["pair"].items[0].id == "row"


@pytest.mark.parametrize(
    "change,place,words",
    [
        (at("matching", 0, mentee="subjct"), "matching[1].mentee", "имелось в виду «subject»"),
        (at("matching", 0, mentor="talk"), "matching[1].mentor", "нет вопроса с match"),
        (at("matching", 0, kind="gap", least=1), "matching[1].kind", "не сравнить вопрос вида «multi»"),
        (at("matching", 0, least=1), "matching[1].least", "разница бывает только"),
        (at("matching", 1, least=5), "matching[2].most", "меньше наименьшей"),
        (at("matching", 0, weight=0), "matching[1].weight", "от 1 до 100"),
        (at("matching", 0, kind="near"), "matching[1].kind", "подходят: equal"),
        (at("matching", 1, id="help"), "matching[2].id", "уже есть выше"),
        (at("questionnaires", 1, "questions", 0, options={"x": "химия"}), "matching[1].kind", "нет ни одного общего варианта"),
        (at("questionnaires", 0, "questions", 1, match="subject"), "questionnaires[1].questions[2].match", "уже есть выше"),
        (at("questionnaires", 0, "questions", 1, metric="joy"), "questionnaires[1].questions[2].metric", "подходят: satisfaction"),
        (at("parameters", 0, low=9), "parameters[1].high", "больше нижней"),
        (at("parameters", 0, who="parent"), "parameters[1].who", "подходят: mentee"),
        (at("parameters", 0, sensitive="да"), "parameters[1].sensitive", "true («да») или false"),
        (at("documents", "agreement", paragraphs=["[наставница]"]), "documents.agreement.paragraphs[1]", "имелось в виду «наставник»"),
        (at("documents", "agreement", paragraphs=["[подпись врача]"]), "documents.agreement.paragraphs[1]", "; есть: школа"),
        (at("documents", "agreement", signs=["bishop"]), "documents.agreement.signs[1]", "подходят: director"),
        (at("documents", letter={"title": "Письмо", "paragraphs": ["Да"]}), "documents.letter", "не известен"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(change, place, words):
    made = content()
    change(made)
    spec, problems = parse({"form.toml": SMALL, "parts.toml": toml(made)})
    assert spec is None
    assert any(problem.path == place and words in problem.text for problem in problems), [str(problem) for problem in problems]


def test_a_gap_says_how_large_it_is():
    made = content()
    del made["matching"][1]["least"], made["matching"][1]["most"]
    problems = problems_of(SMALL + toml(made))
    assert [(problem.path, "least, most" in problem.text) for problem in problems] == [("matching[2].least", True)]


@pytest.mark.parametrize(
    "when,words",
    [
        ({"phase": '"before"', "question": '"weak"', "is": '"maths"'}, "нет анкеты с phase = «before»"),
        ({"phase": '"application"', "question": '"weka"', "is": '"maths"'}, "имелось в виду «weak»"),
        ({"phase": '"application"', "question": '"weak"', "is": '"physics"'}, "ответа «physics» у того вопроса нет"),
        ({"phase": '"application"', "question": '"grade"', "at_least": 12}, "не больше 11"),
    ],
)
def test_a_row_that_nobody_could_call_for_is_told(when, words):
    _spec, problems = parse({"form.toml": SMALL, "parts.toml": toml(content()), "plans.toml": waiting(**when)})
    assert [(problem.file, problem.path) for problem in problems] == [("plans.toml", "plans[1].items[1].when")]
    assert words in problems[0].text


def test_ages_stand_in_order():
    text = SMALL.replace('kinds = ["pupil"]', 'kinds = ["pupil"], least_age = 15, most_age = 11')
    assert [problem.path for problem in problems_of(text)] == ["mentee.most_age"]


def test_a_paper_is_filled_only_when_nothing_is_missing():
    paper = Document("Соглашение", ("[наставник] и [наставляемый], пункт [1]", "Срок — до [конец]"))
    values = {"наставник": "Соколова", "наставляемый": "Лукин [ученик]", "1": "1", "конец": "31.05.2027"}
    assert documents.filled(paper, values) == ["Соколова и Лукин [ученик], пункт 1", "Срок — до 31.05.2027"]
    with pytest.raises(Unfilled) as found:
        documents.filled(paper, {"наставник": "Соколова", "1": "1", "конец": ""})
    assert found.value.missing == ["наставляемый", "конец"]
