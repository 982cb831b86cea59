"""Rows that an answer of the mentee calls for: they wait, are offered to who reads answers, and are added once, undoably."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.formspec import from_json
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.domain.school_year import SchoolYear
from mentorapp.forms.host import publish
from mentorapp.models import FormVersion, Operation, Pair, Participant, Person, Plan, PlanItem, Role, pairing, submissions
from mentorapp.models.pairs import PairState
from mentorapp.models.submissions import ANSWERS
from tests.conftest import NOW, Browser
from tests.parts import give_parts, with_calls, without_parts
from tests.queries import selects
from tests.school import AREA, World

AsUser = Callable[[str], Browser]


@pytest.fixture
def pair(app: Flask, world: World) -> int:
    """A new pair of Gleb and Boris by a form with rows that wait; its plans were just made."""
    with app.app_context(), writing() as session:
        content = session.execute(sa.select(FormVersion.written).where(FormVersion.form_id == "teacher-teacher")).scalars().one()
        publish(with_calls(from_json(content)), NOW)
        version = session.execute(
            sa.select(FormVersion).where(FormVersion.form_id == "teacher-teacher", FormVersion.number == 2)
        ).scalar_one()
        gleb, boris = (session.get_one(Person, world.people[name]) for name in ("gleb", "boris"))
        made = pairing.make_pair(
            version, gleb, boris, SchoolYear(2026), NOW.date().replace(day=1), NOW.date().replace(year=2027, month=5), NOW.date(), area=AREA
        )
        made.state = PairState.ACTIVE
        return made.id


def mentee(pair: int) -> Participant:
    query = sa.select(Participant).where(Participant.pair_id == pair, Participant.side == Side.MENTEE)
    return db.session.execute(query.order_by(Participant.id)).scalars().first()  # type: ignore[return-value]


def answer(app: Flask, pair: int, *, send: bool = True, **given: str) -> int:
    """The mentee fills in the questionnaire, and sends it."""
    with app.app_context(), writing():
        row = mentee(pair)
        submission = submissions.begin(row, "before", NOW)
        db.session.flush()
        for key, value in given.items():
            ANSWERS.insert.run(submission_id=submission.id, key=key, value=value, saved_at=NOW, by_id=row.person_id)
        if send:
            submission.send(NOW)
        return submission.id


def titles(app: Flask, pair: int, owner: str = "pair") -> list[str]:
    with app.app_context():
        query = sa.select(PlanItem.title).join(Plan).where(Plan.pair_id == pair, Plan.owner == owner, PlanItem.removed_at.is_(None))
        return list(db.session.execute(query.order_by(PlanItem.position, PlanItem.id)).scalars())


def offered(as_user: AsUser, pair: int, name: str = "vera") -> str:
    return as_user(name).get(f"/pairs/{pair}/questionnaires").text


def keys(page: str) -> list[str]:
    return re.findall(r'name="row" value="([^"]+)"', page)


def add(as_user: AsUser, pair: int, once: str = "", **data: Any) -> Any:
    vera = as_user("vera")
    page = vera.get(f"/pairs/{pair}/called-rows").text
    return vera.post(f"/pairs/{pair}/called-rows", {"row": keys(page), "once": once} | data)


def test_a_new_plan_has_no_row_that_waits_for_an_answer(app: Flask, as_user: AsUser, pair: int) -> None:
    assert "Показать свой урок" not in titles(app, pair) and len(titles(app, pair)) > 3
    assert "Познакомиться с кабинетом" not in titles(app, pair, "mentee")
    assert "предлагают" not in offered(as_user, pair)


def test_an_answer_that_was_sent_calls_for_its_row_and_no_other(app: Flask, as_user: AsUser, pair: int) -> None:
    answer(app, pair, met="да", ease="3")
    assert "Ответы в анкете предлагают добавить строк: 1" in offered(as_user, pair)
    page = as_user("vera").get(f"/pairs/{pair}/called-rows").text
    assert "Показать свой урок" in page and "Познакомиться с кабинетом" not in page
    assert "Легко ли на уроке" not in page  # the page proposes rows, the answer is read where answers are read


@pytest.mark.parametrize("given", [{"met": "да", "ease": "5"}, {"met": "да"}, {}])
def test_another_answer_or_none_calls_for_nothing(app: Flask, as_user: AsUser, pair: int, given: dict[str, str]) -> None:
    answer(app, pair, **given)
    assert "предлагают" not in offered(as_user, pair)


def test_an_answer_that_was_not_sent_or_was_opened_again_calls_for_nothing(app: Flask, as_user: AsUser, pair: int) -> None:
    submission = answer(app, pair, send=False, met="нет", ease="3")
    assert "предлагают" not in offered(as_user, pair)
    as_user("boris").post(f"/answers/{submission}/send")
    assert "добавить строк: 2" in offered(as_user, pair)
    as_user("vera").post(f"/answers/{submission}/reopen", {"reason": "ошибка"})
    assert "предлагают" not in offered(as_user, pair)


def test_chosen_rows_stand_in_their_places_with_dates_by_rule_and_history_does_not_tell(app: Flask, as_user: AsUser, pair: int) -> None:
    answer(app, pair, met="нет", ease="3")
    assert add(as_user, pair).status_code == 303
    assert titles(app, pair)[2] == "Показать свой урок" and titles(app, pair, "mentee")[1] == "Познакомиться с кабинетом"
    with app.app_context():
        item = db.session.execute(sa.select(PlanItem).where(PlanItem.title == "Показать свой урок")).scalar_one()
        assert (item.due_text, item.due_by_rule, item.template_row, item.template_id) == ("01.12.2026", True, 2, "called2")
        said = db.session.execute(sa.select(Operation.what).order_by(Operation.id.desc())).scalars().first()
    assert said == "Строки формы внесены в план: 2"


def test_a_row_is_added_once_however_often_it_is_sent(app: Flask, as_user: AsUser, pair: int) -> None:
    answer(app, pair, met="да", ease="3")
    vera, address = as_user("vera"), f"/pairs/{pair}/called-rows"
    row = keys(vera.get(address).text)
    assert vera.post(address, {"row": row, "once": "a"}).status_code == 303
    assert vera.post(address, {"row": row, "once": "a"}).status_code == 303
    late = vera.post(address, {"row": row, "once": "b"})
    assert late.status_code == 422 and "Ничего ещё не записано" in late.text
    assert titles(app, pair).count("Показать свой урок") == 1
    assert "Добавлять нечего" in vera.get(address).text and "предлагают" not in offered(as_user, pair)


def test_it_is_one_step_that_can_be_undone_and_is_not_offered_again(app: Flask, as_user: AsUser, pair: int) -> None:
    answer(app, pair, met="нет", ease="3")
    before = titles(app, pair), titles(app, pair, "mentee")
    add(as_user, pair)
    with app.app_context():
        last = db.session.execute(sa.select(sa.func.max(Operation.id))).scalar_one()
    assert as_user("vera").post(f"/operations/{last}/undo").status_code == 303
    assert (titles(app, pair), titles(app, pair, "mentee")) == before
    assert "предлагают" not in offered(as_user, pair)  # they lie in the bins of the plans


def test_nothing_chosen_says_so(app: Flask, as_user: AsUser, pair: int) -> None:
    answer(app, pair, met="да", ease="3")
    refused = add(as_user, pair, row=[])
    assert refused.status_code == 422 and "Отметьте хотя бы одну строку" in refused.text and keys(refused.text)


def test_whoever_reads_no_answers_learns_of_no_offer(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    answer(app, pair, met="да", ease="3")
    for name in ("gleb", "boris", "inna"):
        assert "предлагают" not in offered(as_user, pair, name)
        assert as_user(name).get(f"/pairs/{pair}/called-rows").status_code == 404
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["gleb"], kind=RoleKind.CURATOR, since=NOW.date()))
    assert "предлагают" not in offered(as_user, pair, "gleb")  # a curator who is the mentor of this pair
    assert as_user("gleb").get(f"/pairs/{pair}/called-rows").status_code == 404


def test_an_approved_plan_shows_that_the_row_is_new(app: Flask, as_user: AsUser, pair: int) -> None:
    answer(app, pair, met="да", ease="3")
    with app.app_context(), writing():
        plan = db.session.execute(sa.select(Plan).where(Plan.pair_id == pair, Plan.owner == "pair")).scalar_one()
        plan.agree(None, NOW.date(), on_paper=True)
        plan.approve(None, NOW.date(), on_paper=True)
    add(as_user, pair)
    with app.app_context():
        assert db.session.execute(sa.select(PlanItem).where(PlanItem.title == "Показать свой урок")).scalar_one().edited_after_approval


def test_in_a_closed_plan_and_after_the_end_nothing_is_offered(app: Flask, as_user: AsUser, pair: int) -> None:
    answer(app, pair, met="нет", ease="3")
    with app.app_context(), writing():
        db.session.execute(sa.select(Plan).where(Plan.pair_id == pair, Plan.owner == "pair")).scalar_one().close()
    assert "добавить строк: 1" in offered(as_user, pair)
    with app.app_context(), writing() as session:
        session.get_one(Pair, pair).state = PairState.FINISHED
    assert "предлагают" not in offered(as_user, pair)
    assert as_user("vera").get(f"/pairs/{pair}/called-rows").status_code == 403


def test_a_row_of_a_mentees_own_plan_waits_for_her_own_answer(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    """Egor joins the group; what he answers says nothing of Boris's plan, and something of the common one."""
    with app.app_context(), writing() as session:
        egor = Participant(pair_id=pair, person_id=world.people["egor"], side=Side.MENTEE, since=NOW.date())
        session.add(egor)
        session.flush()
        submission = submissions.begin(session.get_one(Participant, egor.id), "before", NOW)
        session.flush()
        for key, value in (("met", "нет"), ("ease", "2")):
            ANSWERS.insert.run(submission_id=submission.id, key=key, value=value, saved_at=NOW, by_id=egor.person_id)
        submission.send(NOW)
    page = as_user("vera").get(f"/pairs/{pair}/called-rows").text
    assert "Показать свой урок" in page and "Познакомиться с кабинетом" not in page


def test_the_page_of_the_form_says_what_calls_for_a_row(as_user: AsUser, pair: int) -> None:
    page = as_user("vera").get("/forms/teacher-teacher").text
    assert "предлагается, если на вопрос 2 ответ не больше 4, «Анкета перед началом»" in page


def test_a_form_without_such_rows_costs_one_query(app: Flask, as_user: AsUser, world: World) -> None:
    give_parts(app, without_parts)
    vera = as_user("vera")
    address = f"/pairs/{world.pairs['boris']}/questionnaires"
    vera.get(address)
    with selects(app) as sent:
        vera.get(address)
    assert sum('FROM "plan"' in one for one in sent) == 1
    assert not any("plan_item" in one for one in sent)
