"""A form is written out as files that a person reads with pleasure and the program reads back to the letter."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorapp.domain import formcheck, formwrite, tomltext, tomlwrite
from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import FormSpec
from tests.forms import manifests
from tests.forms.forms import PLAN, PLUGINS, SMALL, spec_of

EVERY_KIND = Path(__file__).parent / "every_kind.toml"
SHIPPED = sorted(path.name for path in PLUGINS.iterdir())

LOOK = """# Планы: столбцы и строки, с которых начинает пара.

[[plans]]
owner = "pair"
title = "План пары"
columns = [
  { id = "what", title = "Мероприятие", kind = "long", role = "title" },
  { id = "due", title = "Дата", kind = "due", role = "due" },
  { id = "goal", title = "Цель", kind = "text" },
]

  [[plans.items]]
  due = { after_start = 14 }
  [plans.items.cells]
  what = "Познакомиться"
  goal = "Узнать друг друга"
"""


def comes_back(spec: FormSpec) -> dict[str, str]:
    """The files out of which the form came back."""
    files = formwrite.files_of(spec)
    again, problems = parse(files)
    assert problems == [] and again == spec
    assert again is not None and formwrite.files_of(again) == files
    assert max(len(line) for text in files.values() for line in text.split("\n")) <= tomltext.MOST_IN_LINE
    return files


@pytest.mark.parametrize("form", SHIPPED)
def test_a_shipped_form_comes_back_from_its_files(form: str) -> None:
    spec = spec_of(*(path.read_text("utf-8") for path in sorted((PLUGINS / form).glob("*.toml"))))
    comes_back(spec)
    assert max(len(line) for text in formwrite.files_of(spec).values() for line in text.split("\n")) <= tomlwrite.WIDTH


def test_small_forms_and_one_with_a_question_of_every_kind_come_back() -> None:
    for texts in ([SMALL], [SMALL, PLAN], [EVERY_KIND.read_text("utf-8")]):
        assert "api = 1\n" in comes_back(spec_of(*texts))["form.toml"]


@pytest.mark.parametrize("seed", range(60))
def test_any_right_form_comes_back(seed: int) -> None:
    content = manifests.right(seed)
    spec, problems = formcheck.read(content)
    assert spec, list(map(str, problems))
    comes_back(spec)
    assert parse(tomlwrite.files(content)) == (spec, [])


def test_files_look_as_those_that_are_written_by_hand() -> None:
    files = formwrite.files_of(spec_of(SMALL, PLAN))
    assert list(files) == ["form.toml", "plans.toml"] and files["plans.toml"] == LOOK


ODD_TEXTS = {
    "one word of 4,000 letters": "я" * 4000,
    "4,000 letters in words": "слово " * 666,
    "4,000 blanks inside": "a" + " " * 3998 + "b",
    "quotes": '"' * 200 + "'''" * 50,
    "backslashes": "\\" * 300 + "\\n\\u0041",
    "lines and empty lines": "раз\n\n\n  два\n" + "три " * 100 + "\n \nконец",
    "what looks like TOML": '"""\n[[plans]]\napi = 2 # """',
    "signs nobody sees": "\x00\x07\x1f\x7f\x85\u200b\u202e\u2028\ufeff\U000e0001",
    "pictures": "👩\u200d🏫" * 100,
    "blanks that do not break": "\u00a0".join(["слово"] * 200),
    "nothing": "",
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_any_text_comes_back_to_the_letter(text: str) -> None:
    content = {"a": text, "b": [text, text], "c": {"x": text}, "d": [{"x": text, "y": 1}], "e": {"f": {"g": [{"h": [text]}]}}}
    written = tomlwrite.text(content)
    assert tomllib.loads(written) == content
    assert max(map(len, written.split("\n"))) <= tomltext.MOST_IN_LINE


plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: text.replace("\r\n", "\n"))
long_text = st.tuples(plain, st.integers(1, 40)).map(lambda made: made[0] * made[1])
values = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | plain | long_text,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3) | st.lists(st.dictionaries(plain, inner), max_size=2)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=2000, database=None)
@given(st.dictionaries(plain | st.sampled_from(["plans", "items", "cells", "form"]), values, max_size=5))
def test_any_content_at_all_comes_back(content: dict[str, object]) -> None:
    assert tomllib.loads(tomlwrite.text(content)) == content
    files = tomlwrite.files(content)
    assert {key: value for text in files.values() for key, value in tomllib.loads(text).items()} == content


def huge(pages: int) -> str:
    """Questionnaires of about so many pages of 4 KB each."""
    asked = "\n".join(
        f'[[questionnaires.questions]]\nid = "q{number}"\nkind = "long"\ntext = """\n' + ("слово " * 30 + "\\\n") * 11 + '"""\n'
        for number in range(pages)
    )
    return f'[[questionnaires]]\nid = "all"\nrole = "mentor"\nphase = "before"\ntitle = "Всё"\n{asked}'


def test_what_could_not_be_sent_on_is_not_accepted_either() -> None:
    assert spec_of(SMALL, huge(28))
    content = formwrite.content_of(spec_of(SMALL, huge(28)))
    asked = content["questionnaires"][0]
    content["questionnaires"] = [asked, {**asked, "id": "more", "phase": "after"}]
    spec, [problem] = formcheck.read(content)
    assert spec is None and problem.path == "questionnaires" and "можно не больше 128" in problem.text


def test_all_files_of_a_form_have_a_limit_together() -> None:
    spec, [problem] = parse({f"{number}.toml": "# комментарий\n" * 3000 for number in range(4)})
    assert spec is None and "больше 256 КБ" in problem.text and problem.file == "0.toml"
