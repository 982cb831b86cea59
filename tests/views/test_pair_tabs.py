"""A pair has tabs for what its form brings, and for what stands in it already."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.formspec import FormSpec
from mentorapp.forms.host import publish
from mentorapp.models import Pair
from mentorapp.models.forms import spec_of
from tests.conftest import NOW, Browser
from tests.parts import give_parts
from tests.school import World

OF_PARTS = ["Анкеты", "Дефициты", "Оценка", "Замеры"]


def bare(spec: FormSpec) -> FormSpec:
    """The form without questionnaires of pairs, deficits, evaluation and measurements."""
    asked = tuple(one for one in spec.questionnaires if one.phase == "application")
    plans = {owner: replace(plan, items=tuple(item for item in plan.items if not item.when)) for owner, plan in spec.plans.items()}
    return replace(spec, questionnaires=asked, deficits=None, evaluation=None, parameters=(), plans=plans)


@pytest.fixture
def tabs(vera: Browser, world: World) -> Callable[[], list[str]]:
    """What the tabs of Boris' pair are called, as the curator sees them."""

    def read() -> list[str]:
        page = vera.get(f"/pairs/{world.pairs['boris']}/meetings").text
        return re.findall(r">([^<>]+)</a>", page.split('aria-label="О паре"')[1].split("</nav>")[0])

    return read


def test_a_form_with_everything_gives_every_tab(tabs: Callable[[], list[str]]) -> None:
    assert tabs()[2:6] == OF_PARTS


def test_parts_that_a_form_does_not_have_have_no_tab(app: Flask, tabs: Callable[[], list[str]]) -> None:
    give_parts(app, bare)
    assert tabs() == ["План", "Встречи", "Бумаги", "Участники", "История", "Настройки пары"]


def test_what_the_form_has_learned_since_has_its_tab(app: Flask, world: World, tabs: Callable[[], list[str]]) -> None:
    with app.app_context():
        full = spec_of(db.session.get_one(Pair, world.pairs["boris"]).form_version_id)
    give_parts(app, bare)
    with app.app_context(), writing():
        publish(replace(full, deficits=None), NOW)
    assert tabs()[2:5] == ["Анкеты", "Оценка", "Замеры"]


def test_what_stands_in_a_pair_keeps_its_tab(app: Flask, vera: Browser, world: World, tabs: Callable[[], list[str]]) -> None:
    with app.app_context():
        row = db.session.get_one(Pair, world.pairs["boris"]).participants[1].id
    assert vera.post(f"/pairs/{world.pairs['boris']}/deficits/{row}").status_code == 303
    give_parts(app, bare)
    assert tabs()[2:4] == ["Дефициты", "Бумаги"]
