"""In a group a sheet of evaluation is about all or about one mentee: beginning, reading, comparing, printing, and who may not read it."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import RoleKind
from mentorapp.models import Evaluation, Role
from tests.conftest import NOW, Browser
from tests.papers import reading
from tests.queries import selects
from tests.school import World
from tests.views.test_evaluations import fill
from tests.views.test_groups import mentees
from tests.views.test_members import add, end, replace, row_of
from tests.views.test_pair_settings import missing

AsUser = Callable[[str], Browser]
LUKIN, UVAROV = "Лукин\u00a0Б.\u00a0А.", "Уваров\u00a0Е."


@pytest.fixture
def rows(app: Flask, vera: Browser, world: World) -> dict[str, str]:
    """Anna mentors Boris and Egor: whom a sheet may be about, by name."""
    pair = world.pairs["boris"]
    assert add(vera, pair, world.people["egor"]).status_code == 303
    return {name: str(row_of(app, pair, world.people[name])) for name in ("boris", "egor")}


def begin(browser: Browser, world: World, **changed: Any) -> Any:
    data = {"occasion": "final", "rater_id": str(world.people["vera"]), "rated_on": "23.11.2026"} | changed
    return browser.post(f"/pairs/{world.pairs['boris']}/evaluation", data)


def new_sheet(browser: Browser, world: World, whom: str, **changed: Any) -> int:
    answer = begin(browser, world, whom=whom, **changed)
    assert answer.status_code == 303, answer.text
    return int(str(answer.location).rsplit("/", 1)[1])


def sheets(app: Flask) -> list[tuple[int, int | None]]:
    """Each sheet and whom it is about."""
    with app.app_context():
        return [(id, whom) for id, whom in db.session.execute(sa.select(Evaluation.id, Evaluation.participant_id).order_by(Evaluation.id))]


def listed(browser: Browser, world: World) -> str:
    return browser.get(f"/pairs/{world.pairs['boris']}/evaluation").text


# --- Beginning ---


def test_a_pair_with_one_mentee_is_not_asked_about_whom(app: Flask, vera: Browser, world: World) -> None:
    assert begin(vera, world).status_code == 303
    assert "О ком" not in listed(vera, world) and "на каждого" not in listed(vera, world)
    [(id, whom)] = sheets(app)
    assert whom is None and "ком:" not in vera.get(f"/evaluations/{id}").text


def test_of_a_group_the_curator_chooses_all_one_or_each(vera: Browser, world: World, rows: dict[str, str]) -> None:
    field = listed(vera, world).split('name="whom"')[1].split("</select>")[0]
    assert [part.split('"')[0] for part in field.split('value="')[1:]] == ["group", rows["boris"], rows["egor"], "each"]
    assert "Лукин Борис Андреевич" in field and "на каждого — 2 листа сразу" in field


def test_a_sheet_about_one_says_whose_points_they_are(app: Flask, vera: Browser, world: World, rows: dict[str, str]) -> None:
    id = new_sheet(vera, world, rows["egor"])
    panel = fill(app, vera, id, "222222210")
    assert f"О ком: {UVAROV}" in panel and '<b class="total">15</b> из 18' in panel
    page = vera.get(f"/evaluations/{id}").text
    assert f"о ком: <b>{UVAROV}</b>" in page and f": {UVAROV}" in page.split("<title>")[1].split("</title>")[0]
    row = listed(vera, world).split("<tbody>")[1]
    assert f"<td>{UVAROV}</td>" in row and "15 из 18" in row


def test_a_sheet_about_all_says_so_in_a_group(vera: Browser, world: World, rows: dict[str, str]) -> None:
    id = new_sheet(vera, world, "group")
    assert "о ком: <b>вся группа</b>" in vera.get(f"/evaluations/{id}").text and "<td>вся группа</td>" in listed(vera, world)


def test_for_each_one_is_begun_at_once_and_sent_twice_they_are_begun_once(
    app: Flask, vera: Browser, world: World, rows: dict[str, str]
) -> None:
    first, second = (begin(vera, world, whom="each", once="each-1") for _click in range(2))
    assert {first.location, second.location} == {f"/pairs/{world.pairs['boris']}/evaluation"}
    assert sorted(str(whom) for _id, whom in sheets(app)) == sorted(rows.values())
    text = listed(vera, world)
    assert text.index(f"<td>{LUKIN}") < text.index(f"<td>{UVAROV}")


@pytest.mark.parametrize("whom", ["somebody else's", "777777", "a mentor's", "all"])
def test_who_is_no_mentee_of_the_group_gets_no_sheet(app: Flask, vera: Browser, world: World, rows: dict[str, str], whom: str) -> None:
    others = {
        "somebody else's": str(row_of(app, world.pairs["timur"], world.people["timur"])),
        "a mentor's": str(row_of(app, world.pairs["boris"], world.people["anna"])),
    }
    answer = begin(vera, world, whom=others.get(whom, whom))
    assert answer.status_code == 409 and "лист не начат" in answer.text and sheets(app) == []


def test_about_who_has_left_meanwhile_nothing_is_begun(app: Flask, vera: Browser, world: World, rows: dict[str, str]) -> None:
    assert end(vera, world.pairs["boris"], int(rows["egor"])).status_code == 303
    answer = begin(vera, world, whom=rows["egor"])
    assert answer.status_code == 409 and "Состав группы тем временем изменился" in answer.text and sheets(app) == []


# --- Afterwards ---


def test_a_sheet_about_who_has_left_stays_readable_and_in_the_list(app: Flask, vera: Browser, world: World, rows: dict[str, str]) -> None:
    id = new_sheet(vera, world, rows["egor"])
    fill(app, vera, id, "222222210")
    assert end(vera, world.pairs["boris"], int(rows["egor"])).status_code == 303
    page = vera.get(f"/evaluations/{id}").text
    assert f"о ком: <b>{UVAROV}</b>, в группе до 23.11.2026" in page
    assert f"{UVAROV} <span" in listed(vera, world) and "15 из 18" in listed(vera, world)
    field = listed(vera, world).split('name="whom"')[1].split("</select>")[0]
    assert "Лукин" in field and "Уваров" not in field and "на каждого" not in field


@pytest.fixture
def was_group(app: Flask, vera: Browser, world: World) -> str:
    """Egor is with Anna and Boris since 1 October, and will leave: his row in the pair."""
    pair = world.pairs["boris"]
    assert add(vera, pair, world.people["egor"], "1.10.2026").status_code == 303
    return str(row_of(app, pair, world.people["egor"]))


def test_a_sheet_about_all_is_still_about_the_group_when_one_mentee_is_left(vera: Browser, world: World, was_group: str) -> None:
    id = new_sheet(vera, world, "group")
    assert end(vera, world.pairs["boris"], int(was_group)).status_code == 303
    assert "о ком: <b>вся группа</b>" in vera.get(f"/evaluations/{id}").text


def test_on_the_day_of_a_replacement_a_pair_is_no_group(app: Flask, vera: Browser, world: World) -> None:
    pair = world.pairs["boris"]
    assert replace(vera, pair, row_of(app, pair, world.people["boris"]), world.people["egor"], "23.11.2026").status_code == 303
    assert begin(vera, world).status_code == 303
    [(id, _whom)] = sheets(app)
    assert "ком:" not in vera.get(f"/evaluations/{id}").text and "О ком" not in listed(vera, world)
    assert "О ком" not in on_paper(vera, f"/evaluations/{id}/sheet.pdf")


def test_on_the_day_of_a_replacement_a_group_is_still_one(app: Flask, vera: Browser, world: World, rows: dict[str, str]) -> None:
    [newcomer] = mentees(app, 1)
    assert replace(vera, world.pairs["boris"], int(rows["boris"]), newcomer).status_code == 303
    assert "о ком: <b>вся группа</b>" in vera.get(f"/evaluations/{new_sheet(vera, world, 'group')}").text


def test_who_was_a_group_is_offered_a_sheet_about_the_pair(app: Flask, vera: Browser, world: World, was_group: str) -> None:
    new_sheet(vera, world, was_group, rated_on="15.10.2026")
    assert end(vera, world.pairs["boris"], int(was_group), "20.10.2026").status_code == 303
    field = listed(vera, world).split('name="whom"')[1].split("</select>")[0]
    assert ">вся пара<" in field and "вся группа" not in field
    new_sheet(vera, world, "group")
    assert "<td>вся пара</td>" in listed(vera, world) and "вся группа" not in listed(vera, world)


def test_sheets_about_all_stand_beside_each_other_under_what_they_are_about(
    app: Flask, vera: Browser, world: World, was_group: str
) -> None:
    before = new_sheet(vera, world, "group", rated_on="15.10.2026")
    assert end(vera, world.pairs["boris"], int(was_group), "20.10.2026").status_code == 303
    after = new_sheet(vera, world, "group")
    assert "Другие листы всей группы" in vera.get(f"/evaluations/{after}").text
    assert "Другие листы пары" in vera.get(f"/evaluations/{before}").text
    both = vera.get(f"/evaluations/{new_sheet(vera, world, 'group')}").text.split("<h2>Другие листы</h2>")[1].split("</section>")[0]
    assert "вся пара, " in both and "вся группа, " in both


def test_sheets_about_who_left_and_came_back_stand_together_and_count(
    app: Flask, vera: Browser, world: World, rows: dict[str, str]
) -> None:
    pair = world.pairs["boris"]
    first = new_sheet(vera, world, rows["egor"])
    fill(app, vera, first, "222222222")
    assert end(vera, pair, int(rows["egor"])).status_code == 303 and add(vera, pair, world.people["egor"]).status_code == 303
    again = row_of(app, pair, world.people["egor"])
    assert str(again) != rows["egor"]
    lacking = " ".join(missing(vera, world)).partition("нет итоговой оценки с уровнем")[2]
    assert lacking.startswith(": Лукин") and "Уваров" not in lacking
    panel = vera.get(f"/evaluations/{new_sheet(vera, world, str(again))}").text.split(f"Другие листы: {UVAROV}")[1].split("</section>")[0]
    assert f'href="/evaluations/{first}"' in panel


def test_only_sheets_about_the_same_person_stand_beside_each_other(app: Flask, vera: Browser, world: World, rows: dict[str, str]) -> None:
    midway = {whom: new_sheet(vera, world, whom, occasion="interim") for whom in (rows["boris"], rows["egor"], "group")}
    for whom, heading in ((rows["boris"], f"Другие листы: {LUKIN}"), ("group", "Другие листы всей группы")):
        page = vera.get(f"/evaluations/{new_sheet(vera, world, whom)}").text
        panel = page.split(heading)[1].split("</section>")[0]
        assert f'href="/evaluations/{midway[whom]}"' in panel and panel.count("href=") == 1


def test_the_report_lacks_a_last_level_of_each_or_of_all(app: Flask, vera: Browser, world: World, rows: dict[str, str]) -> None:
    def lacking() -> str:
        return " ".join(missing(vera, world)).partition("нет итоговой оценки с уровнем")[2]

    assert "нет итоговой оценки с уровнем" in " ".join(missing(vera, world)) and "Уваров" not in lacking()
    fill(app, vera, new_sheet(vera, world, rows["boris"]), "222222222")
    assert lacking().startswith(": Уваров") and "Лукин" not in lacking()
    fill(app, vera, new_sheet(vera, world, "group"), "222222222")
    assert "итоговой оценки" not in " ".join(missing(vera, world))


def test_papers_tell_whom_each_sheet_is_about_and_name_no_other(vera: Browser, world: World, rows: dict[str, str]) -> None:
    id, whole = new_sheet(vera, world, rows["egor"]), new_sheet(vera, world, "group")
    papers = vera.get(f"/pairs/{world.pairs['boris']}/papers").text
    assert f"о ком: {UVAROV}, 23.11.2026" in papers and "о ком: вся группа, 23.11.2026" in papers
    one, both = (on_paper(vera, f"/evaluations/{sheet}/sheet.pdf") for sheet in (id, whole))
    assert "О ком Уваров Егор" in one and "Лукин" not in one
    assert "О ком вся группа" in both and "Лукин" in both and "Уваров" in both
    assert "О ком ____" in on_paper(vera, f"/pairs/{world.pairs['boris']}/evaluation/blank.pdf")


def on_paper(browser: Browser, address: str) -> str:
    """What a PDF says, on one line."""
    return " ".join(reading.text(browser.get(address).data).split())


# --- Who may not ---


def test_nobody_of_the_group_reads_a_sheet_about_anybody_of_it(app: Flask, as_user: AsUser, world: World, rows: dict[str, str]) -> None:
    vera, pair = as_user("vera"), world.pairs["boris"]
    ids = [new_sheet(vera, world, whom) for whom in (*rows.values(), "group")]
    for name in ("boris", "egor", "anna"):
        assert [as_user(name).get(f"/evaluations/{id}").status_code for id in ids] == [404] * 3, name
        assert as_user(name).get(f"/pairs/{pair}/evaluation").status_code == 404
    assert end(vera, pair, int(rows["egor"])).status_code == 303
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["egor"], kind=RoleKind.CURATOR, since=NOW.date()))
    former = as_user("egor")
    assert [former.get(f"/evaluations/{id}{end}").status_code for id in ids for end in ("", "/sheet.pdf")] == [404] * 6
    assert begin(former, world, whom=rows["boris"]).status_code == 404


def test_the_history_that_the_group_reads_does_not_say_about_whom(as_user: AsUser, world: World, rows: dict[str, str]) -> None:
    new_sheet(as_user("vera"), world, rows["egor"])
    begin(as_user("vera"), world, whom="each")
    page = as_user("boris").get(f"/pairs/{world.pairs['boris']}/history").text
    begun = [row for row in page.split("<tr") if "Лист оценки" in row or "Листы оценки" in row]
    assert len(begun) == 2 and not any("Уваров" in row for row in begun)


# --- As many questions to the database, however many sheets ---


def test_pages_of_sheets_ask_as_often_for_ten_as_for_two(app: Flask, vera: Browser, world: World, rows: dict[str, str]) -> None:
    pages = [f"/pairs/{world.pairs['boris']}/evaluation", f"/pairs/{world.pairs['boris']}/papers"]
    pages.append(f"/evaluations/{new_sheet(vera, world, rows['egor'])}")

    def asked() -> list[int]:
        found = []
        for page in pages:
            assert vera.get(page).status_code == 200
            with selects(app) as sent:
                vera.get(page)
            found.append(len(sent))
        return found

    begin(vera, world, whom="each")
    few = asked()
    for _time in range(4):
        begin(vera, world, whom="each")
    assert asked() == few


def test_who_writes_a_form_reads_who_fills_the_sheet_in_about_whom_and_when(vera: Browser) -> None:
    vera.post("/forms/teacher-teacher/draft")
    page = vera.get("/forms/teacher-teacher/draft/parts/evaluation").text
    assert "не из пары — в середине и в конце работы: о паре в целом, а в группе — обо всей группе или о каждом отдельно." in page
