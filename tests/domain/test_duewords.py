"""A rule of a form is written and read in the words of people."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorapp.domain import due, duewords

DAYS = [f"{day:02}.{month:02}" for month in range(1, 13) for day in range(1, 32)]
RULES: list[dict[str, Any]] = [
    *({key: days} for key in ("after_start", "before_end") for days in range(1001)),
    *({"every": days} for days in range(1, 367)),
    *({key: month} for key in ("month", "last_week") for month in range(1, 13)),
    *({"months": list(months)} for length in (1, 2, 3) for months in permutations(range(1, 13), length)),
    *({"until": day} for day in [*DAYS, "5.9", "1.11"]),
    *({"from": day, "to": day} for day in [*DAYS, "5.9"]),
    {"from": "15.10", "to": "30.10"},
    {"from": "1.12", "to": "15.01"},
    {"half": 1},
    {"half": 2},
    {"year": True},
]
FIRST_RUNS = ("15.09.2026", "15.09.2026 – 25.10.2026", "сентябрь 2026", "до 01.11.2026")


def test_every_rule_is_read_back_as_it_was() -> None:
    right = [rule for rule in RULES if not due.problems(rule)]
    assert len(right) > 4000
    assert [rule for rule in right if duewords.from_words(duewords.to_words(rule)) != rule] == []


@pytest.mark.parametrize("first_run", FIRST_RUNS)
def test_the_first_run_of_every_kind_of_rule_is_kept(first_run: str) -> None:
    for rule in RULES[::97]:
        if not due.problems(rule):
            assert duewords.from_words(duewords.to_words(rule | {"first_run": first_run})) == rule | {"first_run": first_run}


@pytest.mark.parametrize("example", duewords.EXAMPLES)
def test_what_is_offered_as_an_example_is_what_the_program_writes(example: str) -> None:
    rule = duewords.from_words(example)
    assert rule is not None
    assert duewords.to_words(rule) == example


def test_a_rule_with_problems_has_no_words() -> None:
    for rule in ({}, {"month": 13}, {"after_start": "14"}, {"from": "15.10"}, {"month": 9, "half": 1}):
        assert duewords.to_words(rule) == ""


WRITTEN = [
    ("первая неделя сентября", {"from": "01.09", "to": "07.09"}),
    ("вторая четверть", {"from": "01.11", "to": "31.12"}),
    ("в течение 3-й четверти", {"from": "01.01", "to": "31.03"}),
    ("IV четверть", {"from": "01.04", "to": "31.05"}),
    ("в 3-ю неделю мая", {"from": "15.05", "to": "21.05"}),
    ("до конца учебного года", {"until": "31.05"}),
    ("14 дней с начала", {"after_start": 14}),
    ("Через две недели после начала работы пары.", {"after_start": 14}),
    ("через неделю", {"after_start": 7}),
    ("через 1 месяц после начала программы", {"after_start": 30}),
    ("на 14-й день с начала работы", {"after_start": 14}),
    ("через 14 дн. после старта", {"after_start": 14}),
    ("в день начала", {"after_start": 0}),
    ("за неделю до окончания работы", {"before_end": 7}),
    ("не позднее чем за 10 дней до конца", {"before_end": 10}),
    ("10 дн. до завершения", {"before_end": 10}),
    ("в последний день", {"before_end": 0}),
    ("к концу работы", {"before_end": 0}),
    ("к 15 октября", {"until": "15.10"}),
    ("до 15-го октября", {"until": "15.10"}),
    ("не позднее 15.10", {"until": "15.10"}),
    ("до 15.10.2026", {"until": "15.10"}),
    ("ежегодно до 1 июня", {"until": "01.06"}),
    ("к концу мая", {"until": "31.05"}),
    ("до конца первого полугодия", {"until": "31.12"}),
    ("в сентябре", {"month": 9}),
    ("Сентябрь-октябрь", {"from": "01.09", "to": "31.10"}),
    ("с сентября по ноябрь", {"from": "01.09", "to": "30.11"}),
    ("с 1 по 5 октября", {"from": "01.10", "to": "05.10"}),
    ("15.10 – 30.10", {"from": "15.10", "to": "30.10"}),
    ("15-го октября", {"from": "15.10", "to": "15.10"}),
    ("начало октября", {"from": "01.10", "to": "10.10"}),
    ("в конце февраля", {"from": "21.02", "to": "29.02"}),
    ("в декабре, марте и июне", {"months": [12, 3, 6]}),
    ("в последнюю неделю мая", {"last_week": 5}),
    ("каждую неделю", {"every": 7}),
    ("1 раз в две недели", {"every": 14}),
    ("ежемесячно", {"every": 30}),
    ("не реже 1 раза в месяц", {"every": 30}),
    ("во II полугодии", {"half": 2}),
    ("в течение первого полугодия", {"half": 1}),
    ("весь учебный год", {"year": True}),
    ("ПОСТОЯННО", {"year": True}),
    ("15.09 – 25.10.2026, далее ежегодно в сентябре", {"month": 9, "first_run": "15.09 – 25.10.2026"}),
    ("сентябрь (впервые 15.09.2026)", {"month": 9, "first_run": "15.09.2026"}),
]


@pytest.mark.parametrize(("words", "rule"), WRITTEN)
def test_what_people_write_is_understood(words: str, rule: dict[str, Any]) -> None:
    assert duewords.from_words(words) == rule


NO_RULE = (
    "",
    "пятая четверть",
    "когда получится",
    "31.02",
    "до 45 мая",
    "через 5000 дней после начала",
    "с 25.08 по 05.09",
    "до конца года",
    "до октября",
)


@pytest.mark.parametrize("words", [*NO_RULE, "каждые 0 дней", "сентябрь, первый раз когда-нибудь", "сентябрь " * 100])
def test_what_means_no_day_of_a_school_year_is_no_rule(words: str) -> None:
    assert duewords.from_words(words) is None


PIECES = ("через", "за", "до", "к", "с", "по", "в", "14", "15.10", "дней", "начала", "конца", "октября", "май", "-", ",", "каждые")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_whatever_is_typed_gives_a_right_rule_or_none(typed: str) -> None:
    rule = duewords.from_words(typed)
    assert rule is None or (due.problems(rule) == [] and duewords.from_words(duewords.to_words(rule)) == rule)
