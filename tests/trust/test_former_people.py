"""Whose part in a pair has ended reads and does nothing there as its member; a curator who stood in it never reads its answers."""

import pytest
import sqlalchemy as sa

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Access, Action, Grant, PairFacts, RoleKind, Side, can
from mentorapp.models import Participant
from tests.conftest import NOW
from tests.trust.stage import Stage
from tests.trust.test_answers_stay import SENT, tell, words_of


def leave(stage: Stage, name: str) -> None:
    """Her part ended yesterday, whatever stood there."""
    with stage.app.app_context(), writing() as session:
        pair_id = stage.props["boris"]["pair"]
        mine = (Participant.pair_id == pair_id, Participant.person_id == stage.world.people[name])
        if session.execute(sa.select(Participant.id).where(*mine)).first() is None:
            session.add(Participant(pair_id=pair_id, person_id=stage.world.people[name], side=Side.MENTOR, since=NOW.date()))
            session.flush()
        session.execute(sa.update(Participant).where(*mine).values(until=NOW.date()))


SHEETS = [
    "/pairs/{pair}", "/pairs/{pair}/members", "/pairs/{pair}/history", "/pairs/{pair}/questionnaires", "/pairs/{pair}/deficits",
    "/pairs/{pair}/papers", "/plans/{plan}", "/plans/{own_plan}", "/meetings/{meeting}", "/answers/{submission}", "/answers/{sent}",
    "/deficits/{deficits}", "/plans/{plan}/plan.pdf", "/evaluations/{evaluation}", "/evaluations/{about_one}",
]  # fmt: skip


@pytest.mark.parametrize("name", ["anna", "boris"])
def test_a_former_member_finds_nothing_of_the_pair(stage: Stage, name: str) -> None:
    leave(stage, name)
    assert {page: stage.send(name, "GET", stage.address(page, "boris")).status_code for page in SHEETS} == dict.fromkeys(SHEETS, 404)


# What Vera, the curator of the form, gets where she stood in the pair herself: everything but what is said about its people.
CURATOR = """
GET  /answers/{sent}                            404
GET  /answers/{sent}/answers.pdf                404
GET  /answers/{paper}                           404
GET  /forms/{form}/answers                      200
POST /answers/{paper}                           404
POST /answers/{sent}/reopen                     404
GET  /pairs/{pair}/questionnaires/{mentee_row}/compare 404
GET  /pairs/{pair}/evaluation                   404
GET  /evaluations/{evaluation}                  404
GET  /evaluations/{about_one}                   404
GET  /pairs/{pair}                              303
GET  /pairs/{pair}/members                      200
GET  /pairs/{pair}/questionnaires               200
GET  /pairs/{pair}/edit                         200
GET  /plans/{plan}                              200
GET  /deficits/{deficits}                       200
POST /pairs/{pair}/questionnaires/{mentee_row}/before 403
"""


def test_a_curator_who_stood_in_the_pair_runs_it_and_reads_no_answers(stage: Stage) -> None:
    leave(stage, "vera")
    for line in CURATOR.strip().splitlines():
        method, template, status = line.split()
        address = stage.address(template, "boris")
        data = stage.filled(stage.endpoint(method, address), "boris") | {"how": "paper"} if method == "POST" else None
        assert stage.send("vera", method, address, data).status_code == int(status), line


def test_she_finds_no_way_to_the_answers_on_the_pages_that_she_reads(stage: Stage) -> None:
    leave(stage, "vera")
    for page in ("/pairs/{pair}/questionnaires", "/pairs/{pair}/papers", "/plans/{plan}", "/questionnaires?state=all"):
        text = stage.send("vera", "GET", stage.address(page.partition("?")[0], "boris"), query=page.partition("?")[2] or None).text
        sent = stage.address("/answers/{sent}", "boris")
        assert sent not in text and stage.address("/pairs/{pair}/evaluation", "boris") not in text, page


def test_no_table_of_answers_and_no_workbook_holds_what_was_said_in_her_pair(stage: Stage) -> None:
    tell(stage, "sent", SENT)
    pages = [f"/forms/{{form}}/answers{what}" for what in ("", ".xlsx", "/mentee_after")]
    before = [SENT in words_of(stage.send("vera", "GET", stage.address(page, "boris"))) for page in pages]
    leave(stage, "vera")
    answers = [words_of(stage.send("vera", "GET", stage.address(page, "boris"))) for page in pages]
    assert before == [False, True, True] and not any(SENT in text for text in answers)
    assert "Из пар, где вы сами участник или были им, отправлена 1 анкета." in answers[0]


def test_the_plan_page_and_the_other_pages_agree_about_who_has_left(stage: Stage) -> None:
    leave(stage, "vera")
    plan, meetings = (stage.send("vera", "GET", stage.address(page, "boris")).text for page in ("/plans/{plan}", "/pairs/{pair}/meetings"))
    tabs = [page.split('aria-label="О паре"')[1].split("</nav>")[0].count("<a ") for page in (plan, meetings)]
    assert tabs[0] == tabs[1]


@pytest.mark.parametrize("role", [RoleKind.CURATOR, RoleKind.DIRECTOR])
def test_who_has_left_does_not_judge_the_work_of_the_pair(role: RoleKind) -> None:
    facts = {"id": 1, "form_id": "any", "sides": frozenset(), "places": frozenset(), "classes": frozenset(), "is_open": True}
    stranger, former = (Access(1, (Grant(role),), PairFacts(**facts, has_left=left)) for left in (False, True))
    assert can(stranger, Action.EVALUATION_VIEW) and not can(former, Action.EVALUATION_VIEW)
    assert can(former, Action.PAIR_VIEW)


def test_who_came_back_is_a_member_again(stage: Stage) -> None:
    leave(stage, "boris")
    with stage.app.app_context(), writing() as session:
        mine = Participant.person_id == stage.world.people["boris"], Participant.pair_id == stage.props["boris"]["pair"]
        session.execute(sa.update(Participant).where(*mine).values(until=None))
        db.session.flush()
    assert stage.send("boris", "GET", stage.address("/answers/{submission}", "boris")).status_code == 200
