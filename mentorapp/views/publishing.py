"""Publishing a form: what differs from the published version, what that means for what is there, and then the next version."""

from collections.abc import Collection
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, formwords, hx
from mentorapp.database import db, table_of, writing
from mentorapp.domain import formwrite
from mentorapp.domain.contents import in_short
from mentorapp.domain.names import plural
from mentorapp.domain.permissions import Action
from mentorapp.drafting import advice, saving
from mentorapp.forms import publishing
from mentorapp.forms.publishing import Proposal, Refused, Waiting
from mentorapp.inputs import Input, text
from mentorapp.models import FormVersion, MentoringForm, journal
from mentorapp.models.forms import current_version
from mentorapp.models.pairs import NotNow
from mentorapp.prepared import Prepared

bp = Blueprint("publishing", __name__)

NOTHING_NEW = "Нового здесь нет: такая версия уже опубликована. Обновите страницу «Формы»."
CHANGED_SINCE = (
    "Пока страница была открыта, форму изменили. Ничего не опубликовано: прочитайте, что изменится теперь. Ваши отметки и слова на месте."
)


class PublishInput(Input):
    note = text(
        "Что изменилось",
        description="это прочитают те, кто откроет список версий; если оставить пустым, программа перечислит сама",
        longest=1000,
    )


@bp.get("/forms/<form_id>/publish")
def page(form_id: str) -> ResponseReturnValue:
    """What would change, part by part, before anything does."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT, form_id)
    waiting = access.found(_waiting(form_id, request.args.get("source", "")))
    return _page(waiting, publishing.propose(waiting), PublishInput(formdata=None))


def _waiting(form_id: str, source: str) -> Waiting | None:
    return publishing.waiting_for(form_id, source, current_app.config["PLUGINS"])


def _page(waiting: Waiting, proposal: Proposal | None, form: PublishInput, problem: str = "") -> str:
    effects = proposal.impact.effects if proposal else []
    base = db.session.get(FormVersion, (proposal.base if proposal else current_version(waiting.form_id)) or 0)
    content = waiting.draft.content if waiting.draft else {}
    return render_template(
        "forms/publish.html",
        waiting=waiting,
        proposal=proposal,
        base=base,
        title=waiting.spec.title if waiting.spec else base.spec.title if base else waiting.form_id,
        number=(base.number if base else 0) + 1,
        parts=[(part, list(rows)) for part, rows in groupby(effects, key=lambda effect: effect.difference.part)],
        said=formwords,
        short=in_short(waiting.spec) if waiting.spec and not base else [],
        troubles=saving.troubles(content, list(waiting.problems)),
        advice=_advice(waiting, content, base),
        form=form,
        problem=problem,
        misprints=_chosen("misprint"),
        replaced=set(request.form.getlist("replace")),
    )


_FORMS = table_of(MentoringForm)
_OTHERS = Prepared(sa.select(_FORMS.c.title).where(_FORMS.c.id != sa.bindparam("form_id")))


def _advice(waiting: Waiting, content: dict[str, Any], base: FormVersion | None) -> list[str]:
    """What deserves a second look in a draft. What the published form says, or has not, was decided when it was published."""
    if not content:
        return []
    title = str(content.get("title", ""))
    same = [f"Форма «{title}» у вас уже есть: в списках и приказах их не различить. Смените название."]
    return [
        *(same if title.casefold() in {row.title.casefold() for row in _OTHERS.rows(form_id=waiting.form_id)} else []),
        *(_news(content, base) if base else advice.of_form(content)),
    ]


def _news(content: dict[str, Any], base: FormVersion) -> list[str]:
    if not (found := advice.of_words(content)):
        return []
    known = advice.of_words(formwrite.content_of(base.spec))
    return [one for one in found if one not in known]


def _chosen(word: str) -> set[str]:
    """The keys of the differences of which the page said this word."""
    return {name.removeprefix("word-") for name, value in request.form.items() if name.startswith("word-") and value == word}


@bp.post("/forms/<form_id>/publish")
def publish(form_id: str) -> ResponseReturnValue:
    """Publish what the page showed. Pairs that work keep their version."""
    access.demand(Action.FORMS_EDIT, form_id)
    form = PublishInput()
    if not form.accepted():
        return _again(form_id, form, 422)
    try:
        with writing():
            access.demand(Action.FORMS_EDIT, form_id)
            if place := journal.already_done(form.once.data):
                return hx.go(place)
            place = _publish(form_id, form)
            journal.keep_once(form.once.data, place, clock.now())
    except (_ChangedSince, Refused) as problem:
        return _again(form_id, form, 409, str(problem))
    return hx.go(place)


class _ChangedSince(Exception):
    """The page showed something else than what would be published."""


def _publish(form_id: str, form: PublishInput) -> str:
    waiting = _waiting(form_id, request.form.get("source", ""))
    proposal = waiting and publishing.propose(waiting)
    if not waiting or not proposal:
        raise NotNow(NOTHING_NEW)
    if request.form.get("mark", "") != proposal.mark:
        raise _ChangedSince(CHANGED_SINCE)
    me, now = access.person_id(), clock.now()
    misprints = _chosen("misprint")
    note = form.note.data or _note(proposal, misprints)
    version, mended = publishing.publish(proposal, note=note, misprints=misprints, replaced=_replaced(), by_id=me, now=now)
    title = proposal.new.title
    if mended:
        journal.note(what=f"Форма «{title}»: {mended} {plural(mended, *MENDED)} во всех версиях", by_id=me, now=now)
    if version is not None:
        journal.note(what=f"Форма «{title}»: версия {version.number}", by_id=me, now=now)
    return url_for("versions.index", form_id=form_id, done=1 if version else None, mended=mended or None)


def _note(proposal: Proposal, misprints: Collection[str]) -> str:
    """What the list of versions says of one of which she wrote nothing."""
    if proposal.waiting.is_former:
        return f"возвращена версия {proposal.waiting.source.removeprefix(publishing.VERSION)}"
    return (
        ""
        if not proposal.base
        else formwords.in_short(one for one in proposal.differences if not (one.may_be_misprint and one.key in misprints))
    )


MENDED = ("опечатка исправлена", "опечатки исправлены", "опечаток исправлено")


def _replaced() -> Collection[str]:
    return set(request.form.getlist("replace"))


def _again(form_id: str, form: PublishInput, status: int, problem: str = "") -> ResponseReturnValue:
    """The page as it is now, with what was chosen and typed."""
    waiting = _waiting(form_id, request.form.get("source", ""))
    if waiting is None:
        raise NotNow(NOTHING_NEW)
    return _page(waiting, publishing.propose(waiting), form, problem), status
