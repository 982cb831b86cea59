"""What is wrong with questionnaires, criteria, competences and controls is told at its place, in words that say what to do."""

from collections.abc import Callable
from typing import Any

import pytest

from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import from_json, to_json
from tests.forms.forms import SMALL, problems_of, spec_of, toml

Change = Callable[[dict[str, Any]], object]


def asked(**questions: Any) -> dict[str, Any]:
    return {"id": "before", "role": "mentee", "phase": "before", "title": "Анкета", "questions": list(questions.values())}


def content() -> dict[str, Any]:
    """A form with one of everything, right in every place."""
    yes = {"id": "met", "kind": "yes_no", "text": "Работали?"}
    talk = {"id": "talk", "kind": "scale", "text": "Легко?", "low": 1, "high": 10, "pair_key": "talk"}
    near = {
        "id": "near",
        "kind": "multi",
        "text": "Ближе?",
        "options": {"a": "А", "b": "Б"},
        "high": 2,
        "show_if": {"question": "met", "is": "да"},
    }
    grid = {"id": "grid", "kind": "matrix", "text": "Уверены?", "options": {"no": "нет", "yes": "да"}, "rows": {"r": "Цель"}}
    lines = [{"id": f"i{number}", "title": "Показатель"} for number in range(2)]
    return {
        "questionnaires": [asked(yes=yes, talk=talk, near=near, grid=grid), {**asked(talk=dict(talk)), "id": "after", "phase": "after"}],
        "evaluation": {
            "title": "Лист",
            "points": [{"value": 2, "label": "да"}, {"value": 0, "label": "нет"}],
            "groups": [{"id": "g", "title": "Г", "indicators": lines}],
            "bands": [{"low": 0, "high": 2, "title": "мало"}, {"low": 3, "high": 4, "title": "хорошо"}],
        },
        "deficits": {
            "title": "Список",
            "levels": ["нет", "мало", "есть"],
            "groups": [{"id": "g", "title": "Г", "competences": [{"id": "c", "title": "К"}]}],
        },
        "control": {"interim": [{"id": "x", "title": "Опрос"}]},
        "areas": ["методика"],
    }


def question(place: int, **changed: Any) -> Change:
    return lambda made: made["questionnaires"][0]["questions"][place].update(changed)


def without(place: int, key: str) -> Change:
    return lambda made: made["questionnaires"][0]["questions"][place].pop(key)


def sheet(**changed: Any) -> Change:
    return lambda made: made["evaluation"].update(changed)


Q = "questionnaires[1].questions"
WRONG: dict[str, tuple[Change, str, str]] = {
    "options are missing": (without(2, "options"), f"{Q}[3].options", "этому виду вопроса он нужен"),
    "rows are missing": (without(3, "rows"), f"{Q}[4].rows", "этому виду вопроса он нужен"),
    "a scale without an end": (without(1, "high"), f"{Q}[2].high", "этому виду вопроса он нужен"),
    "a person from nowhere": (question(0, kind="person"), f"{Q}[1].base", "этому виду вопроса он нужен"),
    "options of a scale": (question(1, options={"a": "А"}), f"{Q}[2].options", "этого ключа нет; уберите его"),
    "end labels of a text": (question(0, kind="text", low_label="мало"), f"{Q}[1].low_label", "этого ключа нет; уберите его"),
    "a scale of twelve": (question(1, high=12), f"{Q}[2].high", "не больше 11 делений"),
    "a scale upside down": (question(1, low=10, high=1), f"{Q}[2].high", "верхняя граница должна быть больше нижней"),
    "more ticks than options": (question(2, high=3), f"{Q}[3].high", "вариантов здесь 2"),
    "a heading that must be answered": (question(0, kind="heading", required=True), f"{Q}[1].required", "заголовок ни о чём не спрашивает"),
    "required as a word": (question(0, required="да"), f"{Q}[1].required", "true («да») или false"),
    "a condition on a later question": (question(2, show_if={"question": "grid", "is": "no"}), f"{Q}[3].show_if", "выше нет"),
    "a condition on a conditional one": (question(3, show_if={"question": "near", "is": "a"}), f"{Q}[4].show_if", "сам показан по условию"),
    "a condition without an answer": (question(2, show_if={"question": "met"}), f"{Q}[3].show_if", "напишите или is"),
    "an answer that there is not": (question(2, show_if={"question": "met", "is": "может"}), f"{Q}[3].show_if", "есть: да, нет"),
    "bounds of a yes": (question(2, show_if={"question": "met", "at_least": 1}), f"{Q}[3].show_if", "граница бывает у числа и шкалы"),
    "the same key twice": (question(1, id="met"), f"{Q}[2].id", "уже есть выше"),
    "scales that cannot be compared": (question(1, high=5), "questionnaires[2].questions[1].pair_key", "нельзя сравнить"),
    "two first questionnaires": (lambda made: made["questionnaires"][1].update(phase="before"), "questionnaires[2].phase", "уже есть выше"),
    "headings alone": (
        lambda made: made["questionnaires"][1].update(questions=[{"id": "h", "kind": "heading", "text": "Часть"}]),
        "questionnaires[2].questions",
        "одни заголовки",
    ),
    "an unknown phase": (lambda made: made["questionnaires"][1].update(phase="later"), "questionnaires[2].phase", "не подходит"),
    "a gap between bands": (
        sheet(bands=[{"low": 0, "high": 1, "title": "м"}, {"low": 3, "high": 4, "title": "х"}]),
        "evaluation.bands",
        "без пропусков и наложений",
    ),
    "bands that overlap": (
        sheet(bands=[{"low": 0, "high": 3, "title": "м"}, {"low": 3, "high": 4, "title": "х"}]),
        "evaluation.bands",
        "без пропусков и наложений",
    ),
    "bands that end early": (sheet(bands=[{"low": 0, "high": 3, "title": "м"}]), "evaluation.bands", "самая большая сумма 4"),
    "one point twice": (
        sheet(points=[{"value": 2, "label": "а"}, {"value": 2, "label": "б"}]),
        "evaluation.points[2].value",
        "такой балл уже есть",
    ),
    "one indicator twice": (
        lambda made: made["evaluation"]["groups"][0]["indicators"][1].update(id="i0"),
        "evaluation.groups[1].indicators[2].id",
        "уже есть выше",
    ),
    "more than the levels": (lambda made: made["deficits"].update(enough=3), "deficits.enough", "число от 1 до 2"),
    "one competence twice": (
        lambda made: made["deficits"]["groups"][0]["competences"].append({"id": "c", "title": "К"}),
        "deficits.groups[1].competences[2].id",
        "уже есть выше",
    ),
    "one way of control twice": (
        lambda made: made["control"]["interim"].append({"id": "x", "title": "О"}),
        "control.interim[2].id",
        "уже есть выше",
    ),
    "an unknown control": (lambda made: made["control"].update(middle=[]), "control.middle", "не известен"),
}


def test_a_form_with_everything_right_is_taken_and_survives_json() -> None:
    spec = spec_of(SMALL, toml(content()))
    assert from_json(to_json(spec)) == spec
    assert spec.questionnaires[0].question("near").show_if is not None and spec.evaluation and spec.evaluation.most == 4


@pytest.mark.parametrize("change,path,words", WRONG.values(), ids=WRONG)
def test_each_fault_is_told_at_its_place(change: Change, path: str, words: str) -> None:
    made = content()
    change(made)
    found = problems_of(SMALL + toml(made))
    # One fault may be the cause of another one, which is told as well: a scale that was changed cannot be compared any more.
    assert (path, True) in [(problem.path, words in problem.text) for problem in found], [str(problem) for problem in found]


@pytest.mark.parametrize("junk", [None, [], {}, "слово", 5, [[]], {"x": {}}, True], ids=repr)
def test_no_value_in_any_place_breaks_the_check(junk: Any) -> None:
    if junk is None:
        return
    for part in content():
        for inner in ("questions", "groups", "bands", "points", "levels", "interim", "id", "role", "phase"):
            made = content()
            made[part] = junk if inner == "id" else [{inner: junk, "id": junk}] if part == "questionnaires" else {inner: junk}
            parse({"form.toml": SMALL + toml(made)})
