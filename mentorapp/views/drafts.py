"""The form editor: a part of a draft with its cards, saving as it is typed, adding and moving cards, taking steps back."""

import re
from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, sheetpage
from mentorapp.database import db, writing
from mentorapp.domain import draft, formwrite
from mentorapp.domain.draft import Gone
from mentorapp.domain.formspec import OWNERS
from mentorapp.domain.permissions import Action
from mentorapp.domain.questionnaire import PHASES, QUESTIONNAIRE_ROLES
from mentorapp.drafting import beginnings, cards, levels, parts, pasting, places, saving, shown
from mentorapp.drafting.fields import sides_named
from mentorapp.drafting.parts import Part
from mentorapp.drafting.tables import Pasted
from mentorapp.models import FormDraft, FormVersion, MentoringForm, drafts, journal
from mentorapp.models.drafts import Draft, Step
from mentorapp.models.pairs import NotNow
from mentorapp.models.sheets import Outcome
from mentorapp.views import draft_cards
from mentorapp.views.draft_cards import Done

bp = Blueprint("drafts", __name__, url_prefix="/forms/<form_id>/draft")


def read(form_id: str) -> Draft:
    """The draft of that form as it is. 404 where there is none, NotAllowed unless the person may change the form."""
    _demand(form_id)
    return access.found(drafts.draft_of(form_id))


def load(form_id: str) -> FormDraft:
    """The same to be changed, inside writing()."""
    _demand(form_id)
    return access.found(drafts.to_change(form_id))


def _demand(form_id: str) -> None:
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT, form_id)


@bp.post("")
def begin(form_id: str) -> ResponseReturnValue:
    """Go on with the draft of a published form, or begin one that says what the form says now."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    with writing() as session:
        access.demand(Action.FORMS_EDIT, form_id)
        form = access.found(session.get(MentoringForm, form_id))
        known = drafts.draft_of(form_id)
        if known and known.base and known.base.id != form.current_version_id and drafts.is_untouched(known):
            drafts.throw_away(form_id)  # it was opened before a later version came
            known = None
        if known is None and form.current_version_id:
            version = session.get_one(FormVersion, form.current_version_id)
            content = draft.with_ids(formwrite.content_of(version.spec))
            add(form_id, content, version)
    return hx.go(url_for("drafts.page", form_id=form_id, part="main"))


def add(form_id: str, content: dict[str, Any], version: FormVersion | None = None, readme: str = "") -> None:
    """A new draft, inside writing()."""
    made = FormDraft(form_id=form_id, content=content, base_version_id=version.id if version else None, trial={})
    made.readme, made.changed_at, made.by_id = readme or (version.readme if version else ""), clock.now(), access.person_id()
    db.session.add(made)
    db.session.flush()


@bp.get("")
def start(form_id: str) -> ResponseReturnValue:
    """The first part of the draft."""
    read(form_id)
    return hx.go(url_for("drafts.page", form_id=form_id, part="main"))


@bp.get("/parts/<part>")
def page(form_id: str, part: str) -> ResponseReturnValue:
    """One part: its own fields, its cards, one of them open, and how it will look."""
    row = read(form_id)
    found = parts.parts_of(row.content)
    here = access.found(next((one for one in found if one.slug == part), None))
    return _page(row, here, request.args.get("card", ""), Outcome(), found)


def _page(row: Draft, part: Part, card: str, outcome: Outcome, all_parts: list[Part] | None = None) -> str:
    spec, problems = drafts.read(row.written)
    lists = shown.lists(row.content, part, card)
    return render_template(
        "drafts/page.html",
        row=row,
        content=row.content,
        part=part,
        parts=all_parts or parts.parts_of(row.content),
        own=saving.fields_at(row.content, part.root, part.fields),
        lists=lists,
        card=card if any(one.open for one in lists) else "",
        troubles=saving.troubles(row.content, problems),
        spec=spec,
        step=drafts.last_step(row.id),
        undone=drafts.next_step(row.id),
        came=_came(),
        from_book=[request.args.get(name, 0, type=int) for name in ("added", "changed", "removed", "other")]
        if "book" in request.args
        else None,
        outcome=outcome,
        current=row.base,
        placeholders=cards.placeholders(),
        roles=QUESTIONNAIRE_ROLES,
        phases=PHASES,
        sides=sides_named(row.content),
        owner_title=cards.owner_title,
        pasted=pasting.HINTS,
        twins=beginnings.twins(row.content, part.slug),
        levels=levels.of(row.content) if part.slug == "evaluation" else None,
        owners=[owner for owner in OWNERS if owner not in {plan.get("owner") for plan in draft.entries(row.content, "plans")}],
    )


def _came() -> Pasted:
    """What came of a list that was just pasted, as the way here says it."""
    number, inside, ours = (request.args.get(name, 0, type=int) for name in ("cards", "inside", "ours"))
    odd = request.args.get("odd", "")
    return Pasted(number, inside, ours, odd if re.fullmatch(r"[\d, ]{0,400}", odd) else "")


@bp.post("/values/<address>")
def save(form_id: str, address: str) -> ResponseReturnValue:
    """Save one field as soon as typing pauses."""
    sent = sheetpage.sent_value()
    with writing():
        row = load(form_id)
        try:
            text, written = saving.save(row, address, sent, by_id=access.person_id(), now=clock.now())
        except Gone:
            raise NotNow(draft_cards.GONE) from None
        step = drafts.last_step(row.id)
    return sheetpage.saved(text, _side(row, step) if written else "")


def _side(row: FormDraft, step: Step | None) -> str:
    """What changes beside the field: what keeps the draft from being published, and what can be taken back."""
    _spec, problems = drafts.read(row.written)
    found, all_parts = saving.troubles(row.content, problems), parts.parts_of(row.content)
    return render_template("drafts/_side.html", form_id=row.form_id, troubles=found, step=step, parts=all_parts, oob=True)


@bp.post("/parts/<part>")
def change(form_id: str, part: str) -> ResponseReturnValue:
    """A button of the part was pressed: save what was changed on the page (without script), then do it."""
    deed, _colon, address = request.form.get("do", "").partition(":")
    with writing():
        row = load(form_id)
        here = access.found(parts.part_of(row.content, part))
        card = request.form.get("card", "")
        outcome = saving.save_all(
            row, sheetpage.sent_values(shown.fields(row.content, here, card)), by_id=access.person_id(), now=clock.now()
        )
        if not outcome.status:
            done = draft_cards.do(row, part, deed, address, card)
    if outcome.status:
        return _page(read(form_id), here, card, outcome), outcome.status
    return _shown(form_id, part, done)


def _shown(form_id: str, part: str, done: Done) -> ResponseReturnValue:
    """A part with that card open, the page at the card of that place, and a word on what was pasted."""
    news = {name: value for name, value in done.pasted._asdict().items() if value} if done.pasted else {}
    anchor = f"c-{done.place}" if done.place else None
    return hx.go(url_for("drafts.page", form_id=form_id, part=part, card=done.card or None, _anchor=anchor, **news))


@bp.post("/questionnaires")
def add_questionnaire(form_id: str) -> ResponseReturnValue:
    """A new questionnaire, empty or with the questions of another one."""
    role, phase, source = (request.form.get(key, "") for key in ("role", "phase", "source"))
    if role not in QUESTIONNAIRE_ROLES or phase not in PHASES:
        abort(400)
    with writing():
        row = load(form_id)
        if any((one.get("role"), one.get("phase")) == (role, phase) for one in draft.entries(row.content, "questionnaires")):
            raise NotNow("Такая анкета у этой стороны уже есть: откройте её в списке частей. Ничего не изменено.")

        def act(content: dict[str, Any]) -> str:
            made = beginnings.new_questionnaire(content, role, phase, source)
            draft.insert(content, "questionnaires", made)
            return str(made["id"])

        try:
            name = draft_cards.change(row, act, "новая анкета")
        except Gone:
            raise NotNow(draft_cards.GONE) from None
    return hx.go(url_for("drafts.page", form_id=form_id, part=f"questionnaires.{name}"))


@bp.post("/plans")
def add_plan(form_id: str) -> ResponseReturnValue:
    """A new plan of an owner who has none."""
    owner = request.form.get("owner", "")
    if owner not in OWNERS:
        abort(400)
    with writing():
        row = load(form_id)
        if any(plan.get("owner") == owner for plan in draft.entries(row.content, "plans")):
            raise NotNow("Такой план уже есть: откройте его в списке частей. Ничего не изменено.")
        draft_cards.change(row, lambda content: draft.insert(content, "plans", beginnings.new_plan(content, owner)), "новый план")
    return hx.go(url_for("drafts.page", form_id=form_id, part=f"plans.{owner}"))


@bp.post("/parts/<part>/remove")
def remove_part(form_id: str, part: str) -> ResponseReturnValue:
    """Take a whole questionnaire or plan out of the draft."""
    if not part.startswith(("questionnaires.", "plans.")):
        abort(404)
    with writing():
        row = load(form_id)
        try:
            draft_cards.change(row, lambda content: draft.remove(content, part), f"убрана часть «{draft_cards.words_of(row, part)}»", part)
        except Gone:
            raise NotNow(draft_cards.GONE) from None
    return hx.go(url_for("drafts.page", form_id=form_id, part="main"))


@bp.post("/undo")
def undo(form_id: str) -> ResponseReturnValue:
    """Take the last step back, or do again what was taken back, and show the part in which it was."""
    again = request.form.get("again", 0, type=int)
    with writing():
        row = load(form_id)
        go = partial(saving.redo, row, again) if again else partial(saving.undo, row, request.form.get("step", 0, type=int))
        try:
            step = go(by_id=access.person_id(), now=clock.now())
        except Gone:
            raise NotNow("Не получилось: того места в черновике уже нет. Черновик остался, как был.") from None
        if step is None:
            raise NotNow("Этого шага уже нет: черновик с тех пор изменили. Обновите страницу, на ней будет последний шаг.")
        found = places.place(row.content, step.back.get("place") or step.back["steps"][0][0])
    return _shown(form_id, found.part.slug, Done(found.card, found.card))


@bp.post("/discard")
def discard(form_id: str) -> ResponseReturnValue:
    """Throw the draft away; what is published stays as it is."""
    with writing() as session:
        row = load(form_id)
        drafts.throw_away(form_id)
        journal.note(what=f"Черновик формы «{row.content.get('title', form_id)}» убран", by_id=access.person_id(), now=clock.now())
        is_published = session.get(MentoringForm, form_id) is not None
    return hx.go(url_for("forms.show", form_id=form_id) if is_published else url_for("forms.index"))
