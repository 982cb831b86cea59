"""What is wrong with questionnaires, criteria, competences and controls is told at its place, in words that say what to do."""

from collections.abc import Callable
from typing import Any

import pytest

from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import from_json, to_json
from mentorapp.domain.questionnaire import FREQUENCY
from tests.forms.forms import SMALL, problems_of, spec_of, toml

Change = Callable[[dict[str, Any]], object]
Options = dict[str, str] | None


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


def bands(*bounds: tuple[int, int]) -> Change:
    return sheet(bands=[{"low": low, "high": high, "title": f"уровень {number}"} for number, (low, high) in enumerate(bounds)])


def later(**changed: Any) -> Change:
    """The question after the work of a pair that is compared with the one before it."""
    return lambda made: made["questionnaires"][1]["questions"][0].update(changed)


def tied(first: Options, last: Options, *, kind: str = "single", later_rows: Options = None, **more: Any) -> Change:
    """Two questions with one key that have these options."""

    def change(made: dict[str, Any]) -> None:
        asked = {"id": "talk", "kind": kind, "text": "Легко?", "pair_key": "talk", **more}
        made["questionnaires"][0]["questions"][1] = asked | ({"options": first} if first else {})
        made["questionnaires"][1]["questions"][0] = (
            asked | ({"options": last} if last else {}) | ({"rows": later_rows} if later_rows else {})
        )

    return change


PAIRED = "questionnaires[2].questions[1].pair_key"
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
    "a condition on a later question": (question(2, show_if={"question": "grid", "is": "no"}), f"{Q}[3].show_if", "стоит ниже"),
    "a condition on itself": (question(2, show_if={"question": "near", "is": "a"}), f"{Q}[3].show_if", "смотрит на свой же вопрос"),
    "a condition on no question": (question(2, show_if={"question": "mett", "is": "да"}), f"{Q}[3].show_if", "имелось в виду «met»"),
    "a condition on a heading": (
        lambda made: (question(0, kind="heading")(made), question(2, show_if={"question": "met", "is": "да"})(made)),
        f"{Q}[3].show_if",
        "ответ этого вида сравнить нельзя",
    ),
    "a figure that the scale has not": (
        question(2, show_if={"question": "talk", "is": "11"}),
        f"{Q}[3].show_if",
        "ответа «11» у того вопроса нет",
    ),
    "more than the scale has": (question(2, show_if={"question": "talk", "at_least": 11}), f"{Q}[3].show_if", "не больше 10"),
    "less than the scale has": (question(2, show_if={"question": "talk", "at_most": 0}), f"{Q}[3].show_if", "не меньше 1"),
    "bounds that cross": (question(2, show_if={"question": "talk", "at_least": 5, "at_most": 4}), f"{Q}[3].show_if", "нет числа, которое"),
    "a number beyond its limits": (
        lambda made: (question(0, kind="number", high=40)(made), question(2, show_if={"question": "met", "at_least": 41})(made)),
        f"{Q}[3].show_if",
        "не больше 40",
    ),
    "the answer to a number": (
        lambda made: (question(0, kind="number")(made), question(2, show_if={"question": "met", "is": "5"})(made)),
        f"{Q}[3].show_if",
        "вместо is напишите at_least",
    ),
    "a condition on a conditional one": (question(3, show_if={"question": "near", "is": "a"}), f"{Q}[4].show_if", "сам показан по условию"),
    "a condition without an answer": (question(2, show_if={"question": "met"}), f"{Q}[3].show_if", "напишите или is"),
    "an answer that there is not": (question(2, show_if={"question": "met", "is": "может"}), f"{Q}[3].show_if", "есть: да, нет"),
    "bounds of a yes": (question(2, show_if={"question": "met", "at_least": 1}), f"{Q}[3].show_if", "граница бывает у числа и шкалы"),
    "the same key twice": (question(1, id="met"), f"{Q}[2].id", "уже есть выше"),
    "scales that cannot be compared": (question(1, high=5), PAIRED, "другие границы; сделайте одинаково"),
    "kinds that cannot be compared": (later(kind="number"), PAIRED, "с вопросом questionnaires[1].questions[2]"),
    "another direction": (later(reverse=True), PAIRED, "reverse стоит только у одного"),
    "other options": (tied({"a": "А", "b": "Б"}, {"a": "А", "b": "Бэ"}), PAIRED, "другие варианты"),
    "options in another order": (tied({"a": "А", "b": "Б"}, {"b": "Б", "a": "А"}), PAIRED, "варианты стоят в другом порядке"),
    "other words for how often": (
        tied(None, {"a": "часто", "b": "редко"}, kind="frequency"),
        PAIRED,
        "другие варианты",
    ),
    "other rows": (
        tied({"a": "А", "b": "Б"}, {"a": "А", "b": "Б"}, kind="matrix", rows={"r": "Цель"}, later_rows={"r": "Время"}),
        PAIRED,
        "другие строки",
    ),
    "two first questionnaires": (lambda made: made["questionnaires"][1].update(phase="before"), "questionnaires[2].phase", "уже есть выше"),
    "headings alone": (
        lambda made: made["questionnaires"][1].update(questions=[{"id": "h", "kind": "heading", "text": "Часть"}]),
        "questionnaires[2].questions",
        "одни заголовки",
    ),
    "an unknown phase": (lambda made: made["questionnaires"][1].update(phase="later"), "questionnaires[2].phase", "не подходит"),
    "a gap between bands": (bands((0, 1), (3, 4)), "evaluation.bands[2].low", "сумма 2 — без уровня"),
    "a wide gap between bands": (bands((0, 0), (3, 4)), "evaluation.bands[2].low", "суммы от 1 до 2 — без уровня"),
    "bands that overlap": (bands((0, 3), (3, 4)), "evaluation.bands[2].low", "сумма 3 — сразу в двух уровнях"),
    "a band inside another": (bands((0, 4), (1, 2)), "evaluation.bands[2].low", "суммы от 1 до 2 — сразу в двух уровнях"),
    "bands that begin late": (bands((1, 4)), "evaluation.bands[1].low", "сумма 0 — без уровня"),
    "bands that end early": (bands((0, 3)), "evaluation.bands[1].high", "самая большая сумма 4; поднимите"),
    "bands that end late": (bands((0, 5)), "evaluation.bands[1].high", "самая большая сумма 4; опустите"),
    "a band upside down": (bands((0, 1), (4, 2)), "evaluation.bands[2].high", "поменяйте их местами"),
    "one name of two bands": (
        sheet(bands=[{"low": 0, "high": 2, "title": "Слабый"}, {"low": 3, "high": 4, "title": " слабый"}]),
        "evaluation.bands[2].title",
        "уже есть выше; назовите иначе",
    ),
    "one name of two points": (
        sheet(points=[{"value": 2, "label": "да"}, {"value": 0, "label": "да"}]),
        "evaluation.points[2].label",
        "уже есть выше; назовите иначе",
    ),
    "one name of two levels": (
        lambda made: made["deficits"].update(levels=["нет", "мало", "Нет"]),
        "deficits.levels[3]",
        "уже есть выше; назовите иначе",
    ),
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


RIGHT: dict[str, Change] = {
    "bands in any order": lambda made: made["evaluation"]["bands"].reverse(),
    "how often in its own words once and once more": tied(None, dict(FREQUENCY), kind="frequency"),
    "a direction that is said and one that is not": later(reverse=False),
    "labels at the ends in other words": later(low_label="было трудно"),
    "a bound at the end of a scale": question(2, show_if={"question": "talk", "at_least": 10}),
    "a bound of a number without limits": lambda made: (
        question(0, kind="number")(made),
        question(2, show_if={"question": "met", "at_most": -5})(made),
    ),
    "the same key of the other side": lambda made: made["questionnaires"].append(
        {**asked(talk={"id": "talk", "kind": "yes_no", "text": "Легко?", "pair_key": "talk"}), "id": "mentors", "role": "mentor"}
    ),
}


@pytest.mark.parametrize("change", RIGHT.values(), ids=RIGHT)
def test_what_can_be_compared_and_reached_is_taken(change: Change) -> None:
    made = content()
    change(made)
    assert problems_of(SMALL + toml(made)) == []


def test_each_gap_and_overlap_is_told_at_once() -> None:
    made = content()
    bands((1, 2), (2, 2), (4, 4))(made)
    assert [problem.text.split(" — ")[0] for problem in problems_of(SMALL + toml(made))] == ["сумма 0", "сумма 2", "сумма 3"]


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
