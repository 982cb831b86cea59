"""Who stands in a pair: its page, and how people come in, are replaced, end their part and are brought back."""

from collections.abc import Iterable
from dataclasses import replace as replace_fields
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import db, writing
from mentorapp.domain import organisation
from mentorapp.domain.permissions import Action, Side
from mentorapp.domain.school_year import short_date
from mentorapp.inputs import Offer
from mentorapp.models import Pair, Participant, Person, School, journal, membership
from mentorapp.models.membership import Step
from mentorapp.models.pairing import WrongPair
from mentorapp.models.pairs import NotNow
from mentorapp.pair_inputs import EndInput, MemberInput
from mentorapp.views.offers import offers

bp = Blueprint("members", __name__, url_prefix="/pairs/<int:pair_id>/members")


@bp.get("")
def page(pair_id: int) -> ResponseReturnValue:
    """Who stands in the pair since when, and who stood in it before."""
    pair, who = access.load_pair(pair_id)
    school = School.get()
    return render_template(
        "members/page.html",
        pair=pair,
        who=who,
        words_of={side: words.side_words(pair.spec, school, side) for side in Side},
        former=[row for row in pair.participants if row.until is not None],
        room={side: membership.has_room(pair, side) for side in Side},
        most={side: organisation.most(pair.spec, side) for side in Side},
        last={row.id for row in pair.present if membership.is_last(row)},
        endings=membership.endings(pair),
        can_edit=who.curates_pair and who.is_open,
    )


def _row(pair: Pair, row_id: int) -> Participant:
    return access.found(next((row for row in pair.participants if row.id == row_id), None))


def _note(pair: Pair, step: Step, what: str) -> None:
    step.note(journal.record(*step.changed, what=what, by_id=access.person_id(), now=clock.now(), pair_id=pair.id))


def _called(row: Participant) -> str:
    """«Лукин Б. А. (наставляемый)», as history names somebody of a pair."""
    return f"{row.person.short_name} ({words.side_words(row.pair.spec, School.get(), row.side)['nominative']})"


# --- Coming in, and taking another's place ---


@bp.get("/new")
def new(pair_id: int) -> ResponseReturnValue:
    """Choose somebody of the base for one more place on a side."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    side = _side(request.args.get("side", ""))
    membership.check_open(pair)
    if not membership.has_room(pair, side):
        raise NotNow(membership.no_room(pair, side))
    return _choice_page(_empty(pair, side), pair, side)


@bp.post("/new")
def add(pair_id: int) -> ResponseReturnValue:
    """Put the person in."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    side = _side(request.form.get("side", ""))
    form = MemberInput()
    if place := journal.already_done(form.once.data):  # by now the person is no more among those who may be chosen
        return hx.go(place)
    _offer(form, pair, side)
    if form.accepted():
        try:
            return hx.go(_add(form, pair_id, side))
        except WrongPair as problem:
            form.blame(problem.problems)
            pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    return _choice_page(form, pair, side), 422


def _add(form: MemberInput, pair_id: int, side: Side) -> str:
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        if place := journal.already_done(form.once.data):
            return place
        step = membership.add(pair, _chosen(form), side, form.since.data, clock.today())
        return _came_in(form, pair, step, "Новый участник")


@bp.get("/<int:row_id>/replace")
def replacement(pair_id: int, row_id: int) -> ResponseReturnValue:
    """Choose who takes her place."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    membership.check_open(pair)
    row = _row(pair, row_id)
    return _choice_page(_empty(pair, row.side), pair, row.side, row)


@bp.post("/<int:row_id>/replace")
def replace(pair_id: int, row_id: int) -> ResponseReturnValue:
    """The other person stands in her place from that day."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    row = _row(pair, row_id)
    form = MemberInput()
    if place := journal.already_done(form.once.data):
        return hx.go(place)
    _offer(form, pair, row.side)
    if form.accepted():
        try:
            return hx.go(_replace(form, pair_id, row_id))
        except WrongPair as problem:
            form.blame(problem.problems)
            pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    return _choice_page(form, pair, row.side, _row(pair, row_id)), 422


def _replace(form: MemberInput, pair_id: int, row_id: int) -> str:
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        if place := journal.already_done(form.once.data):
            return place
        row = _row(pair, row_id)
        step = membership.replace(row, _chosen(form), form.since.data, clock.today())
        return _came_in(form, pair, step, f"Замена: {row.person.short_name} →")


def _came_in(form: MemberInput, pair: Pair, step: Step, how: str) -> str:
    """Note who came in, and where the page of the pair's people is."""
    entered = step.entered
    if entered is not None:
        reason = f" ({form.reason.data})" if form.reason.data else ""
        mark = how if how.endswith("→") else f"{how}:"
        _note(pair, step, f"{mark} {_called(entered)}, с {short_date(entered.since)}{reason}")
    place = url_for("members.page", pair_id=pair.id)
    journal.keep_once(form.once.data, place, clock.now())
    return place


def _side(value: str) -> Side:
    access.hide_unless(value in set(Side))
    return Side(value)


def _empty(pair: Pair, side: Side) -> MemberInput:
    since = min(max(clock.today(), pair.starts_on), pair.ends_on)
    typed = request.args if "since" in request.args else None  # the lists are shown anew, with what was chosen
    form = MemberInput(formdata=typed, since=since, person=request.args.getlist("person", type=int))
    _offer(form, pair, side)
    return form


def _offer(form: MemberInput, pair: Pair, side: Side) -> None:
    """The base without those who stand in the pair; of those who stood in it the list says so."""
    word = words.side_words(pair.spec, School.get(), side)["nominative"]
    form.person.label.text = f"Новый {word}" if word in ("наставник", "наставляемый") else word[:1].upper() + word[1:]
    here = {row.person_id for row in pair.present}
    found = (one for one in offers(side, pair.spec, form.since.data) if one.person_id not in here)
    form.person.offer(_with_former(found, {row.person_id for row in pair.participants}), several=False)


def _with_former(found: Iterable[Offer], ever: set[int]) -> Iterable[Offer]:
    for one in found:
        note = " · ".join(filter(None, ["уже был участником этой пары", one.note])) if one.person_id in ever else one.note
        yield replace_fields(one, note=note)


def _chosen(form: MemberInput) -> Person:
    return access.found(db.session.get(Person, form.person.data[0]))


def _choice_page(form: MemberInput, pair: Pair, side: Side, row: Participant | None = None) -> str:
    return render_template("members/choose.html", form=form, pair=pair, side=side, row=row, **_frame(pair, side))


def _frame(pair: Pair, side: Side) -> dict[str, Any]:
    return {"word": words.side_words(pair.spec, School.get(), side), "has_own_plan": side is Side.MENTEE and "mentee" in pair.spec.plans}


# --- Ending a part, and taking that back ---


@bp.get("/<int:row_id>/end")
def ending(pair_id: int, row_id: int) -> ResponseReturnValue:
    """What the end of her part means, its day and its reason."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    membership.check_open(pair)
    row = _row(pair, row_id)
    return _end_page(EndInput(formdata=None, until=membership.days_of_end(row, clock.today())[1]), row)


@bp.post("/<int:row_id>/end")
def end(pair_id: int, row_id: int) -> ResponseReturnValue:
    """Her part ends."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    row, form = _row(pair, row_id), EndInput()
    if form.accepted():
        try:
            _end(form, pair_id, row_id)
            return hx.go(url_for("members.page", pair_id=pair_id))
        except WrongPair as problem:
            form.blame(problem.problems)
            row = _row(access.load_pair(pair_id, Action.PAIR_EDIT)[0], row_id)
    return _end_page(form, row), 422


def _end(form: EndInput, pair_id: int, row_id: int) -> None:
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        row = _row(pair, row_id)
        step = membership.end(row, form.until.data, clock.today())
        _note(pair, step, f"Участие закончено: {_called(row)}, {short_date(form.until.data)} ({form.reason.data})")


def _end_page(form: EndInput, row: Participant) -> str:
    last = membership.last_of_side(row) if membership.is_last(row) else ""
    return render_template("members/end.html", form=form, pair=row.pair, row=row, last=last, **_frame(row.pair, row.side))


@bp.get("/<int:row_id>/bring-back")
def return_form(pair_id: int, row_id: int) -> ResponseReturnValue:
    """What happens when an ending is taken back."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    membership.check_open(pair)
    row = _row(pair, row_id)
    return render_template("members/bring_back.html", pair=pair, row=row, successor=membership.successor_of(row), **_frame(pair, row.side))


@bp.post("/<int:row_id>/bring-back")
def bring_back(pair_id: int, row_id: int) -> ResponseReturnValue:
    """Her part ended by mistake: she stands in the pair as before."""
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        row = _row(pair, row_id)
        step = membership.bring_back(row, clock.today())
        _note(pair, step, f"Снова в паре: {_called(row)}, участие с {short_date(row.since)}")
    return hx.go(url_for("members.page", pair_id=pair_id))
