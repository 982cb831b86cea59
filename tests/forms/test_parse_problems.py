"""A form with faults is refused with all of them at once, each with its place and a remedy; nothing a form says can raise."""

import copy
from datetime import date
from typing import Any

import pytest

from mentorapp.domain import formcheck
from mentorapp.domain.expect import MOST_UNKNOWN_KEYS, Place
from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import Problem
from tests.forms.forms import (
    PLAN,
    SMALL,
    get,
    leaves,
    one_of_each_shape,
    place,
    problems_of,
    put,
    shipped_content,
    spec_of,
    thinned_content,
    toml,
)

MEETING = '[[meetings]]\nid = "first"\ntitle = "Знакомство"\n'


def places(text: str) -> list[str]:
    return [problem.path for problem in problems_of(text)]


def test_a_small_form_needs_no_more_than_an_id_a_title_and_two_sides():
    spec = spec_of(SMALL)
    assert (spec.short_title, spec.organisation, spec.length_days) == ("Малая форма", ("1:1",), 270)


def test_all_problems_come_at_once_each_with_its_place():
    text = (SMALL + PLAN + MEETING).replace('title = "Малая форма"', "title = 5").replace('"pupil"', '"pupils"')
    text = text.replace('kind = "text"', 'kind = "txt"').replace("after_start = 14", 'after_start = "14"') + "minutes = 0\ncolour = 1\n"
    assert set(places(text)) == {
        "title",
        "mentee.kinds[1]",
        "plans[1].columns[3].kind",
        "plans[1].items[1].due",
        "meetings[1].minutes",
        "meetings[1].colour",
    }


def test_a_problem_reads_as_a_sentence_with_its_place():
    assert str(Problem("plans.toml", "", "не закрыта кавычка", 14)) == "plans.toml, строка 14: не закрыта кавычка"
    assert str(Problem("plans.toml", "plans[1].title", "текст пуст")) == "plans.toml, plans[1].title: текст пуст"
    assert str(Problem("", "", "папка не открывается")) == "папка не открывается"


# What is written instead of what → every problem that follows: its place and a word of its text.
FAULTS: list[tuple[str, str, dict[str, str]]] = [
    ("api = 1", "api = 2", {"api": "другой версии"}),
    ("api = 1", "api = true", {"api": "ожидается число, а стоит «да» или «нет»"}),
    ("api = 1", "", {"api": "обязателен"}),
    ('id = "small"', 'id = "core"', {"id": "занято"}),
    ('id = "small"', 'id = "../x"', {"id": "нужны латинские"}),
    ('id = "small"', 'id = "Small"', {"id": "нужны латинские"}),
    ('title = "Малая форма"', 'titel = "Малая форма"', {"titel": "имелось в виду «title»", "title": "обязателен"}),
    ('title = "Малая форма"', 'title = "  "', {"title": "текст пуст"}),
    ('title = "Малая форма"', f'title = "{"я" * 201}"', {"title": "длиннее 200"}),
    ('title = "Малая форма"', 'title = "два\\nряда"', {"title": "одна строка"}),
    ('title = "Малая форма"', 'title = "а\\u0000б"', {"title": "управляющий символ"}),
    ('title = "Малая форма"', 'title = "а\\u202Eб"', {"title": "управляющий символ"}),
    ('title = "Малая форма"', 'title = "Малая форма"\nalert_days = 0', {"alert_days": "от 1 до 366"}),
    ('title = "Малая форма"', 'title = "Малая форма"\norganisation = ["1:2"]', {"organisation[1]": "«1:2» не подходит"}),
    ('title = "Малая форма"', 'title = "Малая форма"\norganisation = []', {"organisation": "дополните"}),
    ('title = "Малая форма"', 'title = "Малая форма"\norganisation = ["1:N"]\nmost_mentees = 1', {"most_mentees": "от 2 до 50"}),
    ('title = "Малая форма"', 'title = "Малая форма"\norganisation = ["1:N"]\nmost_mentees = 51', {"most_mentees": "от 2 до 50"}),
    ('title = "Малая форма"', 'title = "Малая форма"\norganisation = ["1:N"]\nmost_mentors = 2', {"most_mentors": "наставник всегда один"}),
    ('title = "Малая форма"', 'title = "Малая форма"\nmost_mentees = 6', {"most_mentees": "наставляемый всегда один"}),
    ('title = "Малая форма"', 'title = "Малая форма"\nvisible_to = ["*"]', {"visible_to": "не известен"}),
    ('title = "Малая форма"', 'title = "Малая форма"\nlessons = []', {"lessons": "не понимает"}),
    ('title = "Малая форма"', 'title = "Малая форма"\nmodels = [{id="a",title="А"},{id="a",title="Б"}]', {"models[2].id": "уже есть выше"}),
    ('genitive = "ученика", ', "", {"mentee.genitive": "обязателен"}),
    ('"teacher"', '"teachers"', {"mentor.kinds[1]": "имелось в виду «teacher»"}),
    ('owner = "pair"', 'owner = "director"', {"plans[1].owner": "подходят: pair, mentor"}),
    ("\n[[plans]]", f"{PLAN}\n[[plans]]", {"plans[2].owner": "уже есть выше"}),
    ('kind = "text"', 'kind = "text", pattern = "(a+)+$"', {"plans[1].columns[3].pattern": "не известен"}),
    ('id = "goal"', 'id = "what"', {"plans[1].columns[3].id": "уже есть выше"}),
    ('id = "goal"', 'id = "Цель"', {"plans[1].columns[3].id": "нужны латинские", "plans[1].items[1].cells.goal": "в плане нет"}),
    (', role = "title"', "", {"plans[1].columns": 'role = "title"'}),
    ('kind = "text"', 'kind = "text", role = "title"', {"plans[1].columns[3].role": "уже у другого столбца"}),
    ('kind = "long", role', 'kind = "number", role', {"plans[1].columns[1].kind": "нужен kind", "plans[1].items[1].cells.what": "число"}),
    ('kind = "due", role', 'kind = "date", role', {"plans[1].columns[2].kind": 'нужен kind = "due"'}),
    ('kind = "text"', 'kind = "text", width = 0', {"plans[1].columns[3].width": "от 1 до 100"}),
    ('kind = "text"', 'kind = "choice"', {"plans[1].columns[3].options": "нет списка"}),
    ('kind = "text"', 'kind = "text", options = { a = "А" }', {"plans[1].columns[3].options": "только у столбца"}),
    ('"Узнать друг друга"', "5", {"plans[1].items[1].cells.goal": "ожидается текст, а стоит число; возьмите текст в кавычки"}),
    (
        'kind = "text"',
        'kind = "choice", options = { "Узнать друг друга" = "А" }',
        {"plans[1].columns[3].options.Узнать друг друга": "нужны латинские"},
    ),
    ('kind = "text"', 'kind = "choice", options = { a = "А" }', {"plans[1].items[1].cells.goal": "в списке нет"}),
    ('kind = "text"', 'kind = "scale", low = 1', {"plans[1].columns[3].high": "обе границы", "plans[1].items[1].cells.goal": "от 1"}),
    (
        'kind = "text"',
        'kind = "number", low = 5, high = 5',
        {"plans[1].columns[3].high": "больше нижней", "plans[1].items[1].cells.goal": "число"},
    ),
    ('kind = "text"', 'kind = "text", high = 5', {"plans[1].columns[3].high": "только у числа"}),
    (
        'kind = "text"',
        'kind = "yes_no", suggest = ["да"]',
        {"plans[1].columns[3].suggest": "только у текста", "plans[1].items[1].cells.goal": "«да» или «нет»"},
    ),
    ('kind = "text"', 'kind = "number"', {"plans[1].items[1].cells.goal": "число"}),
    ('kind = "text"', 'kind = "date"', {"plans[1].items[1].cells.goal": "даты в ячейку"}),
    ("due = {", "report_due = {", {"plans[1].items[1].report_due": "нет столбца"}),
    ("after_start = 14", "after_star = 14", {"plans[1].items[1].due": "after_star"}),
    ("after_start = 14", f'"{"x" * 1000}" = 14', {"plans[1].items[1].due": "слишком сложно"}),
    ("after_start = 14", "after_start = 2026-09-01", {"plans[1].items[1].due": "число дней"}),
    ("goal = ", "gaol = ", {"plans[1].items[1].cells.gaol": "имелось в виду «goal»"}),
    ("goal = ", "date = ", {"plans[1].items[1].cells.date": "столбца «date» в плане нет"}),
    ('what = "Познакомиться", ', "", {"plans[1].items[1].cells.what": "нет названия"}),
    ('cells = { what = "Познакомиться", goal = "Узнать друг друга" }', "", {"plans[1].items[1].cells": "обязателен"}),
    ('title = "План пары"', 'title = "План пары"\nnotes = "одна"', {"plans[1].notes": "ожидается список, а стоит текст"}),
    ('title = "План пары"', f'title = "План пары"\nnotes = ["""\n{("я" * 1000 + chr(10)) * 3}"""]', {"plans[1].notes[1]": "длиннее 2000"}),
]


@pytest.mark.parametrize("was,becomes,expected", FAULTS, ids=[f"{number}-{min(fault[2])}" for number, fault in enumerate(FAULTS)])
def test_each_fault_is_reported_at_its_place_and_nothing_else_is(was, becomes, expected):
    text = (SMALL + PLAN).replace(was, becomes, 1)
    assert text != SMALL + PLAN
    problems = {problem.path: problem.text for problem in problems_of(text)}
    assert problems.keys() == expected.keys(), problems
    assert all(word in problems[path] for path, word in expected.items()), problems


def test_no_list_is_longer_than_a_screen_can_carry():
    item = '\n[[plans.items]]\ncells = { what = "Дело" }\n'
    column = '  { id = "c%d", title = "Столбец", kind = "text" },\n'
    assert places(SMALL + PLAN + item * 60) == ["plans[1].items"]
    assert places(SMALL + PLAN.replace("]\n\n", "".join(column % n for n in range(10)) + "]\n\n", 1)) == ["plans[1].columns"]
    assert places(SMALL + "".join(MEETING.replace("first", f"m{n}") for n in range(31))) == ["meetings"]
    assert places(SMALL + MEETING + f"agenda = {['Пункт'] * 21}") == ["meetings[1].agenda"]
    assert places(SMALL + f"[texts]\ntasks = {['Задача'] * 21}") == ["texts.tasks"]


def test_of_very_many_unknown_keys_the_first_are_shown_and_the_rest_counted():
    problems = problems_of(SMALL.replace("api = 1", "api = 1\n" + "".join(f"k{n} = 1\n" for n in range(5000))))
    assert len(problems) == MOST_UNKNOWN_KEYS + 1
    assert "5000" in problems[-1].text


# --- Several files --------------------------------------------------------------------------------


def test_a_key_in_two_files_names_both():
    spec, problems = parse({"form.toml": SMALL, "more.toml": 'summary = "О форме"\napi = 1'})
    assert spec is None
    assert [str(problem) for problem in problems] == ["more.toml, api: ключ «api» есть и в файле form.toml; оставьте его в одном из двух"]


def test_a_problem_names_the_file_its_key_stands_in():
    _, problems = parse({"form.toml": SMALL, "plans.toml": PLAN.replace('"pair"', '"pairs"'), "texts.toml": "[texts]\ngaol = []"})
    assert [(problem.file, problem.path) for problem in problems] == [("plans.toml", "plans[1].owner"), ("texts.toml", "texts.gaol")]


def test_an_unread_file_hides_no_problem_of_another_and_makes_up_none():
    _, problems = parse({"form.toml": SMALL.replace("api = 1", "api = "), "plans.toml": PLAN.replace('"pair"', '"pairs"')})
    assert [(problem.file, problem.path, problem.line) for problem in problems] == [
        ("form.toml", "", 2),
        ("plans.toml", "plans[1].owner", None),
    ]


def test_a_folder_without_toml_is_explained():
    assert "нет файлов" in parse({})[1][0].text


# --- Every value of the shipped form, replaced ----------------------------------------------------

WRONG: list[Any] = [5, -1.5, True, "", "\u0001", [], [[]], {}, {"x": {}}, 10**40, date(2026, 9, 1)]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_every_value_of_a_wrong_type_is_reported_at_its_place(wrong):
    """All values at once: so no problem hides another."""
    content = shipped_content()
    paths = list(leaves(content))
    assert len(paths) > 1000
    kinds = {path: type(get(content, path)) for path in paths}
    for path in paths:
        put(content, path, copy.deepcopy(wrong))
    _, problems = parse({f"{key}.toml": toml({key: value}) for key, value in content.items()})  # one file may hold 64 KB
    reported = {problem.path for problem in problems}
    silent = [path for path in paths if kinds[path] is not type(wrong) and not {place(path), place(path[:-1])} & reported]
    assert not silent


def test_any_one_wrong_value_is_reported_near_its_place_or_accepted():
    """One value at a time, so that nothing else can be the cause of its problem; the lists are as short as they can be."""
    content = thinned_content()
    assert not problems_in(content)
    for path in one_of_each_shape(leaves(content)):
        before = get(content, path)
        for wrong in (5, "", [[]], {"x": {}}, float("nan"), date(2026, 9, 1)):
            put(content, path, wrong)
            reported = {problem.path for problem in problems_in(content)}
            if type(wrong) is not type(before):
                assert {place(path), place(path[:-1])} & reported, (path, wrong)
        put(content, path, before)


def problems_in(content: dict[str, Any]) -> list[Problem]:
    """What is wrong with a form that is TOML, without writing and reading it."""
    problems: list[Problem] = []
    spec = formcheck.FORM(content, Place(problems, "form.toml"))
    assert (spec is None) == bool(problems)
    return problems
