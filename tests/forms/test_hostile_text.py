"""No text, however broken or hostile, stops the reading of a form: it is refused quickly, with its line and a remedy."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorapp.domain import formcheck
from mentorapp.domain.expect import Place
from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import Problem
from tests.forms.forms import PLAN, SMALL, leaves, problems_of, put, shipped_content, shipped_files, spec_of
from tests.pace import timed

BROKEN = [
    ('title = "Форма', 1, "кавычка"),
    ("a = 1\ntitle Форма", 2, "«=»"),
    ("a = [1, 2\nb = 3", 2, "скобка"),
    ("a = {b = 1\n}", 1, "фигурная скобка"),
    ("a = 1\na = 2", 2, "уже записан выше"),
    ("[a]\n[a]", 2, "уже есть выше"),
    ("a = да", 1, "кавычки"),
    ("a = 1 2", 1, "лишнее"),
    ('a = "C:\\школа"', 1, "дважды"),
    ("имя = 1", 1, "латинскими"),
    ("a = 2026-02-31", 1, "такой даты нет"),
    ("[a", 1, "скобка"),
    ("a = 1\x00", 1, ""),
    ('a = """\nбез конца\n\n', 2, "кавычка"),
]


@pytest.mark.parametrize("text,line,word", BROKEN, ids=[repr(broken[0]) for broken in BROKEN])
def test_a_file_that_is_not_toml_is_explained_by_its_line(text, line, word):
    [problem] = [problem for problem in problems_of(text) if not problem.path]
    assert problem.line == line and word in problem.text
    assert str(problem).startswith(f"form.toml, строка {line}: ")


HOSTILE = {
    "a long dotted key": (".".join("a" * 19_500) + " = 1", "точек"),
    "a dotted key of fair width": ("a.b.c.d.e.f.g.h.i.j = 1", "точек"),
    "a dotted key with blanks and quotes": ("a . \"b\" . c.d.e.f.g.h.'i'.j = 1", "точек"),
    "a dotted heading": ("[a.b.c.d.e.f.g.h.i.j]", "точек"),
    "a dotted key after a string with a quote at its end": ('x = {a = """hi"""", a.b.c.d.e.f.g.h.i.j = 1}', "точек"),
    "brackets": ("a = " + "[" * 1900, "скобки"),
    "brackets on many lines": ("a = " + "[\n" * 20_000, "скобки"),
    "braces": ("a = " + "{a=" * 600, "скобки"),
    "a number of 5,000 digits": ("a = " + "9" * 5000, "длиннее 2000"),
    "a large file": ("# комментарий\n" * 10_000, "128 КБ"),
    "half of a sign": ('title = "\ud800"', "испорченный"),
}


@pytest.mark.parametrize("text,word", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_before_the_parser_sees_it(text, word):
    problems, seconds = timed(lambda: problems_of(text))
    assert seconds < 1
    assert any(word in problem.text for problem in problems), problems


# Shapes that pass the guards: the parser and the checks must be quick with the largest of them.
SLOW = {
    "dotted keys": "".join(f"a{n}.b.c.d.e.f.g.h = 1\n" for n in range(5400)),
    "headings": "".join(f"[a.b.c.d.e.f.g.h{n}]\n" for n in range(6000)),
    "tables in an array": "[[plans]]\n" * 12_000,
    "an array of arrays": "plans = [" + "[],\n" * 30_000 + "]",
    "inline tables": "plans = [" + "{id=1},\n" * 15_000 + "]",
    "unclosed quotes": '"""\\"""\n' + '\\"""\n' * 24_000,
    "one quote a line": "'\n" * 60_000,
    "unknown keys": "".join(f"titl{n} = 1\n" for n in range(9500)),
    "hexadecimal": "alert_days = 0x" + "f" * 1900,
    "escapes": 'title = """\n' + ("\\u0041" * 300 + "\n") * 70 + '"""',
    "nothing but dashes": ("-" * 1990 + "\n") * 64,
    "cells": SMALL + PLAN + "[[plans.items]]\n[plans.items.cells]\n" + "".join(f"what{n} = 1\n" for n in range(10_000)),
    "words of a rule": SMALL + PLAN + "[[plans.items]]\n[plans.items.due]\n" + "".join(f"after_star{n} = 1\n" for n in range(6000)),
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_nothing_that_passes_the_guards_takes_long(text):
    problems, seconds = timed(lambda: problems_of(text))
    assert seconds < 2
    assert 0 < len(problems) < 1000 and max(len(str(problem)) for problem in problems) < 500


def test_dots_and_brackets_in_prose_are_only_prose():
    text = SMALL.replace('"Малая форма"', '"и т. д. и т. п. и т. д. и т. п. и т. д. [[[[[[[[[[[[[[[[[[[[[[["')
    assert spec_of(text + "# a.b.c.d.e.f.g.h.i.j.k.l\nsummary = '''а.б.в.г.д.е.ё.ж.з.и.к'''".replace("summary", "\n[texts]\n#"))


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated():
    assert spec_of("\ufeff" + (SMALL + PLAN).replace("\n", "\r\n")) == spec_of(SMALL + PLAN)


def test_templates_in_a_text_stay_a_text():
    assert spec_of(SMALL.replace("Малая форма", "{{7*7}} %s {0} <b>")).title == "{{7*7}} %s {0} <b>"


def test_a_message_shows_little_of_a_strangers_word():
    problems = problems_of(SMALL + f'"{"x" * 1000}\\u0007" = 1')
    assert len(str(problems[0])) < 250 and "\x07" not in str(problems[0])


# --- Anything at all ------------------------------------------------------------------------------

FILES = shipped_files()
CONTENT = shipped_content()
PATHS = list(leaves(CONTENT))
scraps = st.sampled_from(
    ['"', "'''", '"""', "[", "]]", "{", "}", "=", ".", ",", "\n", "#", "\\", "\x00", "\ufeff", "\ud800", "1e999", "nan", "я"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "due", "cells", "what", "x"]), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=30, deadline=2000, database=None)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10_000), st.integers(0, 30), st.lists(scraps | st.text(max_size=5), max_size=4))
def test_a_torn_file_never_raises(file, at, gap, given_scraps):
    text = FILES[file]
    at %= len(text)
    torn = text[:at] + "".join(given_scraps) + text[at + gap :]
    spec, problems = parse(FILES | {file: torn})
    assert (spec is None) == bool(problems)
    assert all(str(problem) for problem in problems)


@settings(max_examples=40, deadline=2000, database=None)
@given(st.data())
def test_any_values_in_any_places_never_raise(data):
    content = copy.deepcopy(CONTENT)
    for path in data.draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=4, unique=True)):
        put(content, path, data.draw(values))
    problems: list[Problem] = []
    spec = formcheck.FORM(content, Place(problems, "form.toml"))
    assert (spec is None) == bool(problems)


@settings(max_examples=200, deadline=2000, database=None)
@given(st.text(max_size=200) | st.lists(scraps | st.text(max_size=5), max_size=60).map("".join))
def test_any_text_never_raises(text):
    spec, problems = parse({"form.toml": text})
    assert spec is None and problems
