"""Evaluation sheets: marks with comments, the sum, the level; several raters, none of them of the pair itself."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import RoleKind
from mentorapp.domain.rubric import Rubric
from mentorapp.models import Evaluation, Operation, Role
from mentorapp.models.evaluations import MARKS
from tests.conftest import NOW, Browser
from tests.school import World

AsUser = Callable[[str], Browser]
FRAGMENT = {"HX-Request": "true"}


def new_sheet(browser: Browser, world: World, rater: str = "vera", **changed: str) -> int:
    data = {"occasion": "final", "rater_id": str(world.people[rater]), "rated_on": "20.11.2026"} | changed
    answer = browser.post(f"/pairs/{world.pairs['boris']}/evaluation", data)
    assert answer.status_code == 303, answer.text
    return int(str(answer.location).rsplit("/", 1)[1])


@pytest.fixture
def sheet(vera: Browser, world: World) -> int:
    return new_sheet(vera, world)


def rubric_of(app: Flask, id: int) -> Rubric:
    with app.app_context():
        return db.session.get_one(Evaluation, id).rubric


def give(browser: Browser, id: int, key: str, value: str, seen: str = "") -> str:
    answer = browser.post(f"/evaluations/{id}/values/{key}", {"value": value, "seen": seen}, headers=FRAGMENT)
    assert answer.status_code == 200, answer.text
    return answer.text


def fill(app: Flask, browser: Browser, id: int, marks: str) -> str:
    """A mark for each line, as «221n12…»; the answer to the last one."""
    last = ""
    for indicator, mark in zip(rubric_of(app, id).indicators, marks, strict=True):
        last = give(browser, id, indicator.id, mark)
    return last


@pytest.mark.parametrize(
    "marks,total,level",
    [
        ("222222210", 15, "оптимальный"),
        ("222222200", 14, "допустимый"),
        ("222111000", 9, "допустимый"),
        ("222110000", 8, "недопустимый"),
        ("000000000", 0, "недопустимый"),
    ],
)
def test_nine_marks_give_the_sum_and_its_level(app: Flask, vera: Browser, sheet: int, marks: str, total: int, level: str) -> None:
    panel = fill(app, vera, sheet, marks)
    assert f'<b class="total">{total}</b> из 18' in panel
    assert f"<span>{level}" in panel.split('class="here"')[1].split("</li>")[0]
    listed = vera.get(f"/pairs/{1}/evaluation").text
    assert f"{total} из 18" in listed and f"<b>{level}</b>" in listed


def test_an_empty_line_is_not_zero_and_there_is_no_level_yet(app: Flask, vera: Browser, sheet: int) -> None:
    lines = rubric_of(app, sheet).indicators
    for indicator in lines[:-1]:
        panel = give(vera, sheet, indicator.id, "2")
    assert "Пока, заполнено 8 из 9" in panel and "16</b> из" not in panel and "пока 2, заполнено 1 из 2" in panel
    assert 'class="here"' not in panel and "пустая строка — не ноль" in panel
    panel = give(vera, sheet, lines[-1].id, "0")
    assert "оптимальный" in panel.split('class="here"')[1]
    assert 'class="here"' not in give(vera, sheet, lines[0].id, "", seen="2")


def test_what_does_not_apply_leaves_the_sum_and_a_person_chooses_the_level(app: Flask, vera: Browser, sheet: int) -> None:
    early = vera.post(f"/evaluations/{sheet}/level", {"level": "допустимый", "reason": "рано"})
    assert early.status_code == 409 and "Уровень считается сам" in early.text
    panel = fill(app, vera, sheet, "2222220n2"[:9])
    assert '<b class="total">14</b> из 16' in panel and 'class="here"' not in panel and "уровень выбирают вручную" in panel
    assert vera.post(f"/evaluations/{sheet}/level", {"level": "допустимый", "reason": ""}).status_code == 422
    assert vera.post(f"/evaluations/{sheet}/level", {"level": "прекрасный", "reason": "так"}).status_code == 422
    assert vera.post(f"/evaluations/{sheet}/level", {"level": "допустимый", "reason": "партнёров нет"}).status_code == 303
    page = vera.get(f"/evaluations/{sheet}").text
    assert "допустимый" in page.split('class="here"')[1].split("</li>")[0]


def test_a_mark_that_the_form_does_not_have_is_refused(vera: Browser, app: Flask, sheet: int) -> None:
    key = rubric_of(app, sheet).indicators[0].id
    answer = vera.post(f"/evaluations/{sheet}/values/{key}", {"value": "3", "seen": ""}, headers=FRAGMENT)
    assert answer.status_code == 422 and "Такого ответа в списке нет" in answer.text


def test_comments_stand_beside_their_marks(app: Flask, vera: Browser, sheet: int) -> None:
    key = rubric_of(app, sheet).indicators[0].id
    give(vera, sheet, f"{key}.why", "Видно по урокам")
    assert 'value="Видно по урокам"' in vera.get(f"/evaluations/{sheet}").text


def test_several_raters_each_have_a_sheet_and_write_in_their_own(
    app: Flask, as_user: AsUser, vera: Browser, world: World, sheet: int
) -> None:
    inna = as_user("inna")
    hers = new_sheet(inna, world, "inna", occasion="interim", rated_on="10.11.2026")
    key = rubric_of(app, sheet).indicators[0].id
    assert inna.post(f"/evaluations/{sheet}/values/{key}", {"value": "1", "seen": ""}, headers=FRAGMENT).status_code == 403
    give(inna, hers, key, "1")
    page = vera.get(f"/pairs/{world.pairs['boris']}/evaluation").text
    assert "20.11.2026" in page and "10.11.2026" in page and "Власова" in page


def test_a_sheet_of_paper_is_typed_in_for_its_rater(vera: Browser, world: World) -> None:
    id = new_sheet(vera, world, "gleb")
    page = vera.get(f"/evaluations/{id}").text
    assert "оценивает Ершов\u00a0Г.\u00a0К., введено с бумаги: Громова" in page


def test_nobody_of_the_pair_rates_it_or_reads_the_sheets(app: Flask, as_user: AsUser, vera: Browser, world: World, sheet: int) -> None:
    refused = vera.post(
        f"/pairs/{world.pairs['boris']}/evaluation", {"occasion": "final", "rater_id": str(world.people["anna"]), "rated_on": "20.11.2026"}
    )
    assert refused.status_code == 422
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["anna"], kind=RoleKind.CURATOR, since=NOW.date()))
    assert as_user("anna").get(f"/evaluations/{sheet}").status_code == 404


def test_a_date_ahead_is_explained(vera: Browser, world: World) -> None:
    data = {"occasion": "final", "rater_id": str(world.people["vera"]), "rated_on": "1.12.2026"}
    answer = vera.post(f"/pairs/{world.pairs['boris']}/evaluation", data)
    assert answer.status_code == 422 and "Эта дата ещё не наступила" in answer.text


def test_a_removed_sheet_counts_nowhere_and_comes_back(app: Flask, vera: Browser, world: World, sheet: int) -> None:
    fill(app, vera, sheet, "222222222")
    assert vera.post(f"/evaluations/{sheet}/remove").status_code == 303
    assert "18 из 18" not in vera.get(f"/pairs/{world.pairs['boris']}/evaluation").text
    assert vera.post(f"/evaluations/{sheet}/bring-back").status_code == 303
    assert "18 из 18" in vera.get(f"/pairs/{world.pairs['boris']}/evaluation").text


def test_without_script_the_whole_sheet_is_saved_by_its_button(app: Flask, vera: Browser, sheet: int) -> None:
    first, second = (indicator.id for indicator in rubric_of(app, sheet).indicators[:2])
    give(vera, sheet, second, "1")
    form = {f"value-{first}": "2", f"seen-{first}": "", f"value-{second}": "0", f"seen-{second}": ""}
    answer = vera.post(f"/evaluations/{sheet}", form)
    assert answer.status_code == 409 and "тем временем записали «" in answer.text
    with app.app_context():
        assert MARKS.of(sheet) == {first: "2", second: "1"}


def test_the_history_of_the_pair_tells_that_it_was_rated_and_not_how(
    app: Flask, as_user: AsUser, vera: Browser, world: World, sheet: int
) -> None:
    fill(app, vera, sheet, "222222210")
    page = as_user("anna").get(f"/pairs/{world.pairs['boris']}/history").text
    assert "Лист оценки начат: итоговый контроль" in page and "15" not in page.split("<tbody>")[1].split("</tbody>")[0].replace("2026", "")
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Operation)).scalar_one() < 5


def test_a_level_chosen_by_hand_falls_with_the_marks_it_was_chosen_for(app: Flask, vera: Browser, world: World, sheet: int) -> None:
    fill(app, vera, sheet, "n22222222")
    best = rubric_of(app, sheet).bands[0].title
    assert vera.post(f"/evaluations/{sheet}/level", {"level": best, "reason": "всё видно"}).status_code == 303
    line = rubric_of(app, sheet).indicators[1].id
    give(vera, sheet, f"{line}.why", "Видел сам")
    assert f"<b>{best}</b>" in vera.get(f"/pairs/{world.pairs['boris']}/evaluation").text
    assert "он ещё не выбран" in give(vera, sheet, line, "0", seen="2")
    assert f"<b>{best}</b>" not in vera.get(f"/pairs/{world.pairs['boris']}/evaluation").text


def test_a_sheet_that_was_put_away_takes_no_marks_and_is_put_away_once(app: Flask, vera: Browser, world: World, sheet: int) -> None:
    for _click in range(2):
        assert vera.post(f"/evaluations/{sheet}/remove").status_code == 303
    line = rubric_of(app, sheet).indicators[0].id
    answer = vera.post(f"/evaluations/{sheet}/values/{line}", {"value": "2", "seen": ""}, headers=FRAGMENT)
    assert answer.status_code == 409 and "лист убран" in answer.text
    assert vera.get(f"/pairs/{world.pairs['boris']}/history").text.count("Лист оценки убран") == 1
