"""The pairs of the invented school, each told to its diary from the day it was made: states, plans, meetings."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from demo import meetings, plans, sheets
from demo.days import Diary, moment
from demo.life import Life, day_of
from demo.people import CURATOR, Cast, read
from mentorapp import words
from mentorapp.domain.permissions import Side
from mentorapp.models import FormVersion, Pair, Plan, journal, pairing
from mentorapp.models.pairs import PairState

DIRECTOR = "vlasova"


def live(cast: Cast, version: FormVersion) -> None:
    """Make all pairs and let them live up to today."""
    texts = read("texts.toml")
    for told in read("pairs.toml")["pair"]:
        life = Life(cast, told, texts, _made(cast, version, told), Diary(cast.rng))
        found = cast.session.execute(sa.select(Plan).where(Plan.pair_id == life.pair.id).order_by(Plan.id)).scalars()
        life.name_plans(found)
        _tell_states(life)
        plans.tell(life)
        meetings.tell(life)
        sheets.tell(life)
        _tell_agreements(life)
        _tell_ending(life)
        life.diary.play()


def _made(cast: Cast, version: FormVersion, told: dict[str, Any]) -> Pair:
    """The pair on the day the curator made it. One that has not begun yet begins in the next days."""
    days, day = cast.days, day_of(cast.days, told["made"], 0)
    begins = days.ahead(3) if told["state"] in ("proposed", "agreed") else day_of(days, told["made"], 4)
    starts_on = min(max(begins, days.year.starts_on), days.ending - timedelta(days=14))
    mentees = [told["mentee"]] if isinstance(told["mentee"], str) else told["mentee"]
    people = {Side.MENTOR: [cast.people[told["mentor"]]], Side.MENTEE: [cast.people[key] for key in mentees]}
    terms = pairing.Terms(days.year, starts_on, days.ending, told["subtype"], told["model"], told["area"])
    pair = pairing.make_group(version, people, terms, day)
    word = "Пара составлена" if len(mentees) == 1 else "Группа составлена"
    journal.record(pair, what=word, by_id=cast.curator_id, now=moment(day, 10 * 60), pair_id=pair.id)
    return pair


def _tell_states(life: Life) -> None:
    if life.told["state"] != "proposed":
        life.diary.add(life.step(2), partial(_go, life, PairState.AGREED))
    if life.worked:
        life.diary.add(life.step(3), partial(_order, life))
        life.diary.add(life.step(4), partial(_go, life, PairState.ACTIVE))


def _go(life: Life, state: PairState, now: datetime, reason: str = "") -> None:
    life.pair.go_to(state, now.date(), reason)
    life.note(life.pair, what=f"Состояние пары: {words.PAIR_STATES[state].lower()}", by=life.cast.curator_id, now=now)


def _order(life: Life, now: datetime) -> None:
    life.pair.control = life.told.get("control", {})
    life.pair.order_number, life.pair.order_on = f"{110 + life.pair.id}-од", now.date()
    life.note(life.pair, what="Пара исправлена", by=life.cast.curator_id, now=now)


def _tell_agreements(life: Life) -> None:
    """`plans` says how far each plan has come; with `paper` both signatures stand on paper."""
    for called, state in life.told["plans"].items():
        plan = life.plans[called]
        if plan.needs_agreement and state in ("agreed", "approved"):
            mentee = called if called in life.mentees else life.mentees[0]
            life.diary.add(life.step(9), partial(_agree, life, plan, mentee))
        if state == "approved":
            life.diary.add(life.step(11), partial(_approve, life, plan))


def _agree(life: Life, plan: Plan, mentee: str, now: datetime) -> None:
    """Who cannot sign in signs on paper."""
    paper = life.told.get("paper", False) or not life.has_account(mentee)
    plan.agree(None if paper else life.person(mentee), now.date(), on_paper=paper)
    by = life.cast.curator_id if paper else life.writer(mentee)
    life.note(plan, what="План согласован на бумаге" if paper else "План согласован", by=by, now=now, plan_id=plan.id)


def _approve(life: Life, plan: Plan, now: datetime) -> None:
    """Nobody approves a plan in which she is the mentor: the curator's own goes to the director."""
    paper = life.told.get("paper", False)
    who = life.cast.people[DIRECTOR if life.told["mentor"] == CURATOR else CURATOR]
    plan.approve(None if paper else who, now.date(), on_paper=paper)
    life.note(plan, what="План утверждён на бумаге" if paper else "План утверждён", by=who.id, now=now, plan_id=plan.id)


def _tell_ending(life: Life) -> None:
    """A pause or an end, with its reason. Plans are closed before the pair ends; only then the mentee may leave the base."""
    if life.told["state"] == "paused":
        life.diary.add(life.until, partial(_go, life, PairState.PAUSED, reason=life.told["reason"]))
    if life.told["state"] == "finished":
        for plan in life.plans.values():
            life.diary.add(life.until, partial(_close, life, plan))
        life.diary.add(life.until, partial(_go, life, PairState.FINISHED, reason=life.told["reason"]))
        life.diary.add(life.until, partial(_leave_base, life))


def _close(life: Life, plan: Plan, now: datetime) -> None:
    plan.close()
    life.note(plan, what="План закрыт", by=life.cast.curator_id, now=now, plan_id=plan.id)


def _leave_base(life: Life, now: datetime) -> None:
    for called in life.mentees:
        entry = life.person(called).base_entries[0]
        entry.left_on = now.date()
        journal.record(entry, what="Запись убрана из базы", by_id=life.cast.curator_id, now=now)
