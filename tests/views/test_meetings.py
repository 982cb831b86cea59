"""Meetings: planned, printed, noted in four fields, moved, missed, corrected."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db
from mentorapp.models import Meeting
from tests.conftest import Browser, Clock
from tests.school import World

AsUser = Callable[[str], Browser]


def plan_meeting(who: Browser, world: World, part: str = "boris", **changed: Any) -> int:
    """Plan one for Friday and return its id."""
    pair_id = world.pairs[part]
    data = {
        "type_id": first_type(who, pair_id),
        "planned_on": "27.11",
        "planned_time": "15.20",
        "place": "каб. 31",
        "plan_item_id": 0,
        "once": "m-1",
    } | changed
    answer = who.post(f"/pairs/{pair_id}/meetings/new", data)
    assert answer.status_code == 303, answer.text
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def first_type(who: Browser, pair_id: int) -> str:
    page = who.get(f"/pairs/{pair_id}/meetings/new").text
    return page.split('<option selected value="')[1].split('"')[0]


def meeting(meeting_id: int) -> Meeting:
    db.session.rollback()
    return db.session.get_one(Meeting, meeting_id, populate_existing=True)


def hold(world: World, **changed: Any) -> dict[str, Any]:
    people = [world.people["anna"], world.people["boris"]]
    return {"held_on": "23.11", "minutes": "40", "done": "Разобрали урок", "next_on": "", "came": people} | changed


def corrected(app: Flask, meeting_id: int, **changed: str) -> dict[str, Any]:
    """What the form of a correction sends."""
    with app.app_context():
        type_id = meeting(meeting_id).type_id
    return {"type_id": type_id, "planned_on": "27.11", "planned_time": "", "place": "", "plan_item_id": 0, "agenda": ""} | changed


def points(app: Flask, meeting_id: int) -> list[str]:
    """The texts of its agenda."""
    with app.app_context():
        return [point["text"] for point in meeting(meeting_id).agenda]


def seen(page: str) -> str:
    """The mark that a page carries: its form sends it beside what was typed."""
    return page.split('name="seen" type="hidden" value="')[1].split('"')[0]


def is_checked(page: str, value: object) -> bool:
    return f'value="{value}" checked' in page


def told(who: Browser, world: World) -> str:
    """What history says of the last act, with its links."""
    page = who.get(f"/pairs/{world.pairs['boris']}/history").text.replace("\u00a0", " ")
    return page.split("<tbody>")[1].split("</tr>")[0]


def undo_last(app: Flask, who: Browser) -> int:
    with app.app_context():
        operation = db.session.execute(sa.text("SELECT max(id) FROM operation")).scalar_one()
    return who.post(f"/operations/{operation}/undo").status_code


def test_a_planned_meeting_has_the_agenda_of_its_type_and_stands_on_the_plan_page(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    with app.app_context():
        found = meeting(meeting_id)
        assert len(found.agenda) >= 4 and found.planned_time == "15:20" and found.code == f"{world.pairs['boris']}-1"
    assert "пт, 27.11" in anna.get(f"/plans/{world.plans['boris_pair']}").text


def test_a_meeting_planned_twice_by_a_double_click_is_one(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    assert plan_meeting(anna, world) == plan_meeting(anna, world)


def test_a_meeting_at_nine_stands_before_one_at_twenty_past_three(as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    late, early = plan_meeting(anna, world, planned_time="15:20"), plan_meeting(anna, world, planned_time="9", once="m-2")
    page = anna.get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert page.index(f'id="m{early}"') < page.index(f'id="m{late}"') and "09:00" in page
    plan_page = anna.get(f"/plans/{world.plans['boris_pair']}").text
    assert f"/meetings/{early}" in plan_page and f"/meetings/{late}" not in plan_page
    home = as_user("vera").get("/").text
    assert home.index(f"/meetings/{early}") < home.index(f"/meetings/{late}")


def test_a_wrong_time_is_explained_and_nothing_is_lost(as_user: AsUser, world: World) -> None:
    anna, pair_id = as_user("anna"), world.pairs["boris"]
    data = {"type_id": first_type(anna, pair_id), "planned_on": "27.11", "planned_time": "25:70", "place": "каб. 31", "plan_item_id": 0}
    answer = anna.post(f"/pairs/{pair_id}/meetings/new", data)
    assert answer.status_code == 422 and "15:20" in answer.text and "каб. 31" in answer.text


def test_four_fields_note_a_held_meeting_and_plan_the_next(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    first, _second, third, *_rest = points(app, meeting_id)
    assert anna.post(f"/meetings/{meeting_id}/held", hold(world, next_on="4.12", ticked=[first, third])).status_code == 303
    with app.app_context():
        found = meeting(meeting_id)
        assert (found.state, found.minutes, found.done) == ("held", 40, "Разобрали урок")
        assert [point["done"] for point in found.agenda][:3] == [True, False, True]
        assert {row.person_id for row in found.attendance} == {world.people["anna"], world.people["boris"]}
        following = db.session.execute(sa.select(Meeting).where(Meeting.number == 2)).scalar_one()
        assert str(following.planned_on) == "2026-12-04" and following.agenda
    page = anna.get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert "Разобрали урок" in page and "0 ч 40 мин" in page


def test_any_kind_may_follow_and_the_likeliest_is_chosen_already(app: Flask, as_user: AsUser, world: World) -> None:
    anna, meeting_id = as_user("anna"), plan_meeting(as_user("anna"), world)
    choice = anna.get(f"/meetings/{meeting_id}").text.split('name="next_type"')[1].split("</select>")[0]
    with app.app_context():
        kinds = [kind.id for kind in meeting(meeting_id).pair.spec.meetings]
    assert choice.count("<option") == len(kinds) and f'<option selected value="{kinds[1]}">' in choice
    sent = hold(world, next_on="4.12", next_type=kinds[0])
    assert anna.post(f"/meetings/{meeting_id}/held", sent | {"next_type": "no-such"}).status_code == 422
    assert anna.post(f"/meetings/{meeting_id}/held", sent).status_code == 303
    with app.app_context():
        assert [one.type_id for one in db.session.execute(sa.select(Meeting).order_by(Meeting.id)).scalars()] == [kinds[0], kinds[0]]


def test_only_members_of_the_pair_can_be_noted_as_present(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world, came=[world.people["boris"], world.people["gleb"]]))
    with app.app_context():
        assert {row.person_id for row in meeting(meeting_id).attendance} == {world.people["boris"]}


def test_who_came_is_named_as_the_pair_is_whoever_was_ticked_first(app: Flask, anna: Browser, world: World) -> None:
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world, came=[world.people["boris"]]))
    with app.app_context():
        seen = meeting(meeting_id).record
    assert anna.post(f"/meetings/{meeting_id}/held", hold(world, seen=seen)).status_code == 303
    page = anna.get(f"/pairs/{world.pairs['boris']}/meetings").text.replace("\u00a0", " ")
    assert "Соколова А. В., Лукин Б. А.</td>" in page and '40<span class="narrow-only"> мин</span>' in page


def test_a_meeting_of_tomorrow_cannot_have_been_held(as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    answer = anna.post(f"/meetings/{plan_meeting(anna, world)}/held", hold(world, held_on="24.11"))
    assert answer.status_code == 422 and "ещё не наступила" in answer.text and "Разобрали урок" in answer.text


def test_a_refused_record_keeps_its_ticks_and_who_was_there(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    first, second, *_rest = points(app, meeting_id)
    page = anna.post(f"/meetings/{meeting_id}/held", hold(world, minutes="", ticked=[second], came=[world.people["boris"]])).text
    assert "сколько минут" in page
    assert is_checked(page, second) and not is_checked(page, first)
    assert is_checked(page, world.people["boris"]) and not is_checked(page, world.people["anna"])


def test_a_tick_stays_at_its_point_when_the_agenda_was_changed_meanwhile(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    mark, (first, second, *_rest) = seen(anna.get(f"/meetings/{meeting_id}").text), points(app, meeting_id)
    as_user("vera").post(f"/meetings/{meeting_id}/edit", corrected(app, meeting_id, agenda=f"Новый пункт\n{second}\n{first}"))
    assert anna.post(f"/meetings/{meeting_id}/held", hold(world, ticked=[first], seen=mark)).status_code == 303
    with app.app_context():
        assert [point["text"] for point in meeting(meeting_id).agenda if point["done"]] == [first]


def test_two_who_note_one_meeting_do_not_overwrite_each_other(app: Flask, as_user: AsUser, world: World) -> None:
    anna, vera = as_user("anna"), as_user("vera")
    meeting_id = plan_meeting(anna, world)
    address = f"/meetings/{meeting_id}"
    mark, point = seen(anna.get(address).text), points(app, meeting_id)[1]
    vera.post(f"{address}/held", hold(world, done="Составили план", seen=seen(vera.get(address).text)))
    refused = anna.post(f"{address}/held", hold(world, ticked=[point], seen=mark))
    assert refused.status_code == 409 and "эту встречу изменили" in refused.text
    assert "Составили план" in refused.text and "Разобрали урок" in refused.text and is_checked(refused.text, point)
    with app.app_context():
        assert meeting(meeting_id).done == "Составили план"
    assert anna.post(f"{address}/held", hold(world, ticked=[point], seen=seen(refused.text))).status_code == 303
    with app.app_context():
        assert meeting(meeting_id).done == "Разобрали урок"


def test_a_record_sent_twice_is_noted_once_and_does_not_conflict_with_itself(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    data = hold(world, next_on="4.12", seen=seen(anna.get(f"/meetings/{meeting_id}").text))
    assert [anna.post(f"/meetings/{meeting_id}/held", data).status_code for _ in range(2)] == [303, 303]
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count(Meeting.id))).scalar_one() == 2
    assert "исправлена" not in anna.get(f"/pairs/{world.pairs['boris']}/history").text


def test_a_missed_or_removed_meeting_is_not_noted_as_held_and_the_text_stays(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    missed, removed = plan_meeting(anna, world), plan_meeting(anna, world, once="m-2")
    anna.post(f"/meetings/{missed}/missed", {"reason": "болел"})
    anna.post(f"/meetings/{removed}/remove")
    for meeting_id, word, button in ((missed, "несостоявшуюся", "Снова впереди"), (removed, "убрали из списка", "Вернуть встречу")):
        answer = anna.post(f"/meetings/{meeting_id}/held", hold(world))
        assert answer.status_code == 409 and word in answer.text and button in answer.text and "Разобрали урок" in answer.text
        with app.app_context():
            assert meeting(meeting_id).held_on is None


def test_a_removed_meeting_is_neither_moved_nor_missed_nor_corrected(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/remove")
    sent = {"move": {"planned_on": "1.12"}, "missed": {"reason": "болел"}, "edit": corrected(app, meeting_id, place="зал")}
    for step, data in sent.items():
        answer = anna.post(f"/meetings/{meeting_id}/{step}", data)
        assert answer.status_code == 409 and "убрали из списка" in answer.text, step


def test_a_record_is_corrected_without_planning_the_next_again(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world))
    anna.post(f"/meetings/{meeting_id}/held", hold(world, minutes="55", next_on="4.12"))
    with app.app_context():
        assert meeting(meeting_id).minutes == 55
        assert db.session.execute(sa.select(sa.func.count(Meeting.id))).scalar_one() == 1


def test_late_entry_is_said(as_user: AsUser, world: World, clock: Clock) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world, held_on="10.11"))
    assert "внесено позже" in anna.get(f"/pairs/{world.pairs['boris']}/meetings").text


def test_a_typo_that_is_mended_later_does_not_make_the_entry_a_late_one(as_user: AsUser, world: World, clock: Clock) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world))
    clock.pass_by(days=10)
    as_user("anna").post(f"/meetings/{meeting_id}/held", hold(world, done="Разобрали два урока"))
    page = as_user("anna").get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert "Разобрали два урока" in page and "внесено позже" not in page


def test_a_meeting_is_moved_and_the_reason_stands_beside_it(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    assert anna.post(f"/meetings/{meeting_id}/move", {"planned_on": "1.12", "planned_time": "", "reason": "карантин"}).status_code == 303
    assert "перенесена: карантин" in anna.get(f"/pairs/{world.pairs['boris']}/meetings").text


def test_a_missed_meeting_needs_a_reason_and_can_be_brought_back(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    assert anna.post(f"/meetings/{meeting_id}/missed", {"reason": ""}).status_code == 422
    assert anna.post(f"/meetings/{meeting_id}/missed", {"reason": "болел"}).status_code == 303
    assert anna.post(f"/meetings/{meeting_id}/move", {"planned_on": "1.12"}).status_code == 409
    assert anna.post(f"/meetings/{meeting_id}/bring-back").status_code == 303
    with app.app_context():
        assert meeting(meeting_id).state == "planned"


def test_the_agenda_is_changed_and_ticks_of_kept_points_stay(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world, ticked=points(app, meeting_id)[:1]))
    with app.app_context():
        kept = meeting(meeting_id).agenda[0]["text"]
    data = corrected(app, meeting_id, agenda=f"Свой пункт\r\n{kept}\r\n")
    assert anna.post(f"/meetings/{meeting_id}/edit", data).status_code == 303
    with app.app_context():
        assert meeting(meeting_id).agenda == [{"text": "Свой пункт", "done": False}, {"text": kept, "done": True}]


def test_two_who_correct_one_meeting_do_not_overwrite_each_other(app: Flask, as_user: AsUser, world: World) -> None:
    anna, vera = as_user("anna"), as_user("vera")
    address = f"/meetings/{(meeting_id := plan_meeting(anna, world))}/edit"
    mark = seen(anna.get(address).text)
    vera.post(address, corrected(app, meeting_id, agenda="Пункт куратора", seen=seen(vera.get(address).text)))
    refused = anna.post(address, corrected(app, meeting_id, agenda="Пункт наставника", seen=mark))
    assert refused.status_code == 409 and "эту встречу изменили" in refused.text
    assert "Пункт куратора" in refused.text and "Пункт наставника" in refused.text
    assert points(app, meeting_id) == ["Пункт куратора"]
    assert anna.post(address, corrected(app, meeting_id, agenda="Пункт наставника", seen=seen(refused.text))).status_code == 303
    assert points(app, meeting_id) == ["Пункт наставника"]


def test_the_form_of_a_correction_shows_what_there_is(as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    page = anna.get(f"/meetings/{plan_meeting(anna, world)}/edit").text
    assert 'value="каб. 31"' in page and 'value="27.11.2026"' in page and "Чего каждый ждёт" in page


def test_a_meeting_planned_by_mistake_is_taken_out_and_brought_back(as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/remove")
    page = as_user("vera").get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert "Встреч пока нет" in page and f'Убранные встречи: <a href="/meetings/{meeting_id}">' in page
    assert "Убранные" not in as_user("boris").get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert "Вернуть встречу" in as_user("vera").get(f"/meetings/{meeting_id}").text
    anna.post(f"/meetings/{meeting_id}/bring-back")
    page = anna.get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert "каб. 31" in page and "Убранные" not in page


def test_history_says_what_was_planned_and_who_was_there_and_leads_to_the_meeting(as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    assert "Встреча назначена: Знакомство, 27.11.2026, 15:20</a>" in told(anna, world)
    assert f'href="/meetings/{meeting_id}"' in told(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world))
    assert "Встреча состоялась: Знакомство, 23.11.2026, 40 мин, были: Соколова А. В., Лукин Б. А.</a>" in told(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world, came=[world.people["boris"]]))
    assert "Запись о встрече исправлена: Знакомство, 23.11.2026, 40 мин, были: Лукин Б. А." in told(anna, world)
    anna.post(f"/meetings/{meeting_id}/remove")
    assert f'<a href="/meetings/{meeting_id}">Встреча убрана' in told(anna, world)


def test_undoing_that_a_meeting_was_planned_takes_it_out_of_the_list(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    assert undo_last(app, anna) == 303
    page = anna.get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert "Встреч пока нет" in page and f"/meetings/{meeting_id}" in page
    assert undo_last(app, anna) == 303
    assert "каб. 31" in anna.get(f"/pairs/{world.pairs['boris']}/meetings").text


def test_undoing_a_record_makes_the_meeting_a_planned_one_again(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    meeting_id = plan_meeting(anna, world)
    anna.post(f"/meetings/{meeting_id}/held", hold(world, ticked=points(app, meeting_id)[:1]))
    assert undo_last(app, anna) == 303
    with app.app_context():
        found = meeting(meeting_id)
        assert found.state == "planned" and found.held_on is None and not found.ticked


def test_the_mentee_reads_meetings_and_does_not_write_them(as_user: AsUser, world: World) -> None:
    meeting_id = plan_meeting(as_user("anna"), world)
    boris = as_user("boris")
    assert boris.get(f"/meetings/{meeting_id}").status_code == 200
    assert boris.post(f"/meetings/{meeting_id}/held", hold(world)).status_code == 403
    assert as_user("gleb").get(f"/meetings/{meeting_id}").status_code == 404


def test_the_pages_say_that_a_pupils_class_teacher_reads_them_too(as_user: AsUser, world: World) -> None:
    zoya = as_user("zoya")
    meeting_id = plan_meeting(zoya, world, part="timur")
    for address in (f"/meetings/{meeting_id}", f"/pairs/{world.pairs['timur']}/meetings"):
        assert as_user("klara").get(address).status_code == 200
        assert "участники пары, куратор, директор, классный руководитель." in zoya.get(address).text
    assert "классный" not in as_user("anna").get(f"/pairs/{world.pairs['boris']}/meetings").text


def test_a_planned_day_that_has_passed_is_told_of_and_who_may_is_asked_to_note_it(as_user: AsUser, world: World) -> None:
    meeting_id = plan_meeting(as_user("anna"), world, planned_on="20.11")
    for address in (f"/meetings/{meeting_id}", f"/pairs/{world.pairs['boris']}/meetings", f"/plans/{world.plans['boris_pair']}"):
        assert "день прошёл, отметьте" in as_user("anna").get(address).text
        boris_page = as_user("boris").get(address).text
        assert "день прошёл" in boris_page and "отметьте" not in boris_page


def test_the_checklist_is_a_pdf_for_those_who_see_the_pair(as_user: AsUser, world: World) -> None:
    meeting_id = plan_meeting(as_user("anna"), world)
    answer = as_user("boris").get(f"/meetings/{meeting_id}/checklist.pdf")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert as_user("gleb").get(f"/meetings/{meeting_id}/checklist.pdf").status_code == 404
