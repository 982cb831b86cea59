"""Names as they are shown, searched for and turned into logins."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorapp.domain import names

NBSP = "\u00a0"
# Besides names: letters that change when they are joined or made small, halves of signs, foreign letters and figures.
TYPED = st.text("АБВабвABCabЁёЙйИи\u0306\u0301ьщ-–'’. \u00a0_159ßİẞΐﬁ٣²½क़李😀\ud800\x00\n", max_size=8)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        pytest.param(("Соколова", "Елена", "Викторовна"), "Соколова Е. В.", id="full name"),
        pytest.param(("Соколова", "Елена", None), "Соколова Е.", id="no patronymic"),
        pytest.param(("Соколова", "Елена", ""), "Соколова Е.", id="empty patronymic"),
        pytest.param(("Соколова", "Елена", " - "), "Соколова Е.", id="dash for a patronymic"),
        pytest.param(("Римская-Заречная", "Анна-Мария", "Львовна"), "Римская-Заречная А.-М. Л.", id="double surname and first name"),
        pytest.param(("Римская – Заречная", "Анна", None), "Римская-Заречная А.", id="surname typed with a dash"),
        pytest.param(("Сото Рейес", "Мария Луиза", None), "Сото Рейес М. Л.", id="parts set apart by spaces"),
        pytest.param(("Аскеров", "Тимур", "Рашид оглы"), "Аскеров Т. Р.", id="оглы gives no initial"),
        pytest.param(("Аскерова", "Лейла", "Рашид Кызы"), "Аскерова Л. Р.", id="кызы gives no initial"),
        pytest.param(("  Лукин ", " данил", "ёркинович"), "Лукин Д. Ё.", id="untidy typing"),
        pytest.param(("Лукин", "И\u0306он", None), "Лукин Й.", id="letter in two signs"),
        pytest.param(("Лукин", "", None), "Лукин", id="surname alone"),
    ],
)
def test_initials(parts, shown):
    assert names.initials(*parts) == shown.replace(" ", NBSP)


def test_full_name_has_plain_spaces_and_no_gaps():
    assert names.full_name("Соколова", "Елена", "Викторовна") == "Соколова Елена Викторовна"
    assert names.full_name(" Римская - Заречная ", f"Анна{NBSP}Мария", None) == "Римская-Заречная Анна Мария"


@pytest.mark.parametrize(
    ("stored", "query"),
    [
        pytest.param(("Королёва", "Алёна"), "КОРОЛЕВА алена", id="ё is е"),
        pytest.param(("Королева", "Алена"), "королёва, алёна", id="е is ё"),
        pytest.param(("Римская-Заречная",), "римская  заречная", id="hyphen is a space"),
        pytest.param(("Й\u043eхансен",), "и\u0306\u043eхансен", id="letter in two signs"),
        pytest.param(("О’Нил", None, "Ия"), " о нил ия ", id="apostrophe, no patronymic"),
    ],
)
def test_search_finds_a_name_however_it_is_typed(stored, query):
    assert names.search_key(*stored) == names.search_key(query)


def test_search_key_keeps_words_apart_and_figures_in():
    assert names.search_key("Лукин", "Данил", "9 «А»") == "лукин данил 9 а"
    assert names.search_key("—", None) == ""


@settings(derandomize=True, max_examples=60)
@given(st.lists(TYPED, max_size=3))
def test_search_key_of_a_search_key_is_the_same(parts):
    key = names.search_key(*parts)
    assert names.search_key(key) == key
    assert re.fullmatch(r"[^\W_]+( [^\W_]+)*|", key)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("9а", "9_«А»"),
        ("9А", "9_«А»"),
        ("9A", "9_«А»"),
        ("9 A", "9_«А»"),
        ('9 "А"', "9_«А»"),
        ("9 «а»", "9_«А»"),
        ("9 „А“", "9_«А»"),
        ("9-А", "9_«А»"),
        ("9–а", "9_«А»"),
        ("9/А", "9_«А»"),
        ("  9\u00a0«А» ", "9_«А»"),
        ("9А класс", "9_«А»"),
        ("10 б кл.", "10_«Б»"),
        ("9B", "9_«В»"),
        ("5ё", "5_«Ё»"),
        ("09а", "9_«А»"),
        ("11", "11"),
        ("11 класс", "11"),
        ("9b", "9b"),
        ("9G", "9G"),
        ("10 МИ", "10 МИ"),
        ("2-я группа", "2-я группа"),
        ("  Кружок   робототехники ", "Кружок робототехники"),
        ("Кружок «3D A»", "Кружок «3D A»"),
        ("", ""),
    ],
)
def test_class_is_written_in_one_way(typed, title):
    assert names.class_title(typed) == title.replace("_", NBSP)


@settings(derandomize=True, max_examples=60)
@given(TYPED | st.text('0159 АБабABab«»"- класс', max_size=7))
def test_class_title_of_a_class_title_is_the_same(typed):
    title = names.class_title(typed)
    assert names.class_title(title) == title


@pytest.mark.parametrize(
    ("last", "first", "login"),
    [
        ("Лукин", "Данил", "lukin-d"),
        ("Щёлокова", "Юлия", "shchelokova-yu"),
        ("Римская-Заречная", "Анна-Мария", "rimskaya-zarechnaya-a"),
        ("Ольхович", "Яна", "olkhovich-ya"),
        ("Подъячев", "Эльдар", "podyachev-e"),
        ("Йохансен", "Йон", "iokhansen-i"),
        ("Ғәлиева", "Әлфия", "galieva-a"),
        ("Müller", "Jürgen", "muller-j"),
        ("О’Нил", "", "o-nil"),
        ("", "Данил", "d"),
        ("李", "明", "user"),
        ("", "", "user"),
    ],
)
def test_login_is_offered_in_latin_letters(last, first, login):
    assert names.login_from(last, first) == login


@settings(derandomize=True, max_examples=60)
@given(TYPED, TYPED)
def test_login_is_never_empty_and_never_strange(last, first):
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", names.login_from(last, first))


@settings(derandomize=True, max_examples=60)
@given(TYPED, TYPED, st.none() | TYPED)
def test_any_name_can_be_shown(last, first, patronymic):
    assert " " not in names.initials(last, first, patronymic)
    assert "  " not in names.full_name(last, first, patronymic)


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("пара", (1, 21, 101, 1001, -1)),
        ("пары", (2, 3, 4, 22, 104, -3)),
        ("пар", (0, 5, 11, 12, 13, 14, 20, 111, 112, 1014, -11)),
    ],
)
def test_word_agrees_with_its_number(word, numbers):
    assert {names.plural(n, "пара", "пары", "пар") for n in numbers} == {word}
