"""What is said before and after publishing: which version it will be, advice on what is new, and what the list of versions tells."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from mentorapp.domain.formspec import Column, FormSpec
from tests.conftest import Browser
from tests.forms import versions
from tests.forms.forms import SMALL
from tests.forms.versions import FORM, School30, draft, publish
from tests.school import World

AsUser = Callable[[str], Browser]
VERSIONS = f"/forms/{FORM}/versions"
MISPRINT_ONLY = "Отмечены только опечатки"


@pytest.fixture
def used(app: Flask, world: World) -> Iterator[School30]:
    yield versions.use(app, world)


def renamed(spec: FormSpec) -> FormSpec:
    first, *rest = spec.meetings
    return replace(spec, meetings=(replace(first, title=f"{first.title} ещё"), *rest))


def with_columns(*titles: str) -> Callable[[FormSpec], FormSpec]:
    def change(spec: FormSpec) -> FormSpec:
        columns = tuple(Column(f"own{number}", title, "text") for number, title in enumerate(titles))
        plan = spec.plans["pair"]
        return replace(spec, plans={**spec.plans, "pair": replace(plan, columns=(*plan.columns, *columns))})

    return change


def page_of(used: School30, vera: Browser, change: Callable[[FormSpec], FormSpec]) -> str:
    draft(used, change)
    return vera.get(f"/forms/{FORM}/publish?source=draft").text


def test_the_sentence_about_misprints_stands_where_something_may_be_one(used: School30, vera: Browser) -> None:
    page = page_of(used, vera, lambda spec: replace(spec, alert_days=spec.alert_days + 1))
    assert "Это будет версия 3." in page and "печатк" not in page
    page = page_of(used, vera, lambda spec: replace(renamed(spec), alert_days=spec.alert_days + 1))
    assert "Отмеченное опечаткой исправится" in page and MISPRINT_ONLY not in page
    assert f'class="as-mended">{MISPRINT_ONLY}' in page_of(used, vera, renamed)


def test_after_misprints_alone_nobody_is_told_of_a_new_version(used: School30, as_user: AsUser) -> None:
    draft(used, renamed)
    [key] = [one.key for one in versions.differences(used)]
    page = as_user("vera").get(publish(as_user, **{f"word-{key}": "misprint"}).location).text
    assert "Опечатка исправлена во всех версиях,</b> версия прежняя" in page and "Опубликовано." not in page


def test_a_version_of_which_nothing_was_written_says_what_changed(used: School30, as_user: AsUser) -> None:
    draft(used, lambda spec: replace(with_columns("Где", "Кто")(renamed(spec)), alert_days=spec.alert_days + 1))
    page = as_user("vera").get(publish(as_user).location).text
    assert "Опубликовано." in page
    assert "общее о форме: изменено; столбцы планов: добавлено 2; виды встреч: изменено 1" in page


def test_what_was_written_stands_as_it_is(used: School30, as_user: AsUser) -> None:
    draft(used, renamed)
    assert "<td>Своими словами</td>" in as_user("vera").get(publish(as_user, note="Своими словами").location).text


def test_the_first_version_says_that_it_is_one(vera: Browser) -> None:
    vera.post("/forms/import", {"file": (io.BytesIO(SMALL.encode()), "form.toml"), "once": "s1"}, content_type="multipart/form-data")
    mark = vera.get("/forms/small/publish").text.split('name="mark" value="')[1].split('"')[0]
    place = vera.post("/forms/small/publish", {"source": "draft", "mark": mark}).location
    assert "<td>первая версия</td>" in vera.get(place).text


def test_advice_on_columns_is_given_once(used: School30, as_user: AsUser) -> None:
    vera = as_user("vera")
    assert "Столбец «Отметка» можно убрать" in page_of(used, vera, with_columns("Отметка"))
    publish(as_user)
    assert "можно убрать" not in page_of(used, vera, renamed)


def test_from_the_versions_the_form_is_edited_on(as_user: AsUser) -> None:
    assert "Править форму" in as_user("vera").get(VERSIONS).text and "Править форму" not in as_user("inna").get(VERSIONS).text
