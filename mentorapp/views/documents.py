"""Papers in the form's own words for one pair, and what is said when one of them cannot be printed yet."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, papers
from mentorapp.database import end_reading
from mentorapp.domain import permissions
from mentorapp.domain.documents import PLACEHOLDERS, Unfilled
from mentorapp.domain.permissions import Access, Action, Side
from mentorapp.models import Pair, Person, School
from mentorapp.models.partners import agreement_words
from mentorapp.papers import documents

bp = Blueprint("documents", __name__)

# Placeholder → its field of AgreementWords.
OF_THE_ORGANISATION = {"организация": "organisation", "договор": "agreement"}
OF_THE_SCHOOL = ("школа", "школа кратко", "город", "директор", "должность директора")


@dataclass(frozen=True, slots=True)
class Gap:
    """A placeholder that nothing stands for: what it is, who fills it in, and where, as endpoint and its values."""

    name: str
    means: str
    where: str
    endpoint: str
    values: dict[str, Any]
    may_open: bool


@bp.get("/pairs/<int:pair_id>/documents/<kind>.pdf")
def pdf(pair_id: int, kind: str) -> ResponseReturnValue:
    """One paper of the form on A4. With a gap in it nothing is printed: a page says what to fill in and where."""
    pair, who = access.load_pair(pair_id)
    access.hide_unless(kind != documents.ABOVE_THE_PLAN)
    document, school = access.found(documents.documents_of(pair).get(kind)), School.get()
    try:
        paper = documents.document_paper(school, pair, kind, document, clock.today())
    except Unfilled as found:
        return unfilled(pair, who, document.title, found.missing)
    end_reading()
    return papers.answer(papers.pdf("document.html", paper=paper), f"{kind}-{pair_id}.pdf")


def unfilled(pair: Pair, who: Access, title: str, missing: list[str]) -> ResponseReturnValue:
    """Instead of a paper: what is not known yet, and where each thing is filled in."""
    return render_template("pairs/unfilled.html", pair=pair, title=title, gaps=[_gap(name, pair, who) for name in missing]), 409


def _gap(name: str, pair: Pair, who: Access) -> Gap:
    if name in OF_THE_SCHOOL:
        return Gap(name, PLACEHOLDERS[name], "Школа", "school.page", {}, permissions.can(who, Action.SCHOOL_EDIT))
    if lacking := _lacking(name, pair):
        return _gap_of_organisation(name, lacking, who)
    return Gap(name, PLACEHOLDERS[name], "Настройки пары", "pairs.edit", {"pair_id": pair.id}, permissions.can(who, Action.PAIR_EDIT))


def _lacking(name: str, pair: Pair) -> Person | None:
    """The mentor of whose organisation that is not known."""
    fields = OF_THE_ORGANISATION.get(name)
    return next((person for person in pair.people(Side.MENTOR) if fields and not getattr(agreement_words(person), fields)), None)


def _gap_of_organisation(name: str, mentor: Person, who: Access) -> Gap:
    """Whose organisation it is stands on her card; where that is known, the agreement is written on the organisation's."""
    if mentor.organisation_id:
        values, edits = {"organisation_id": mentor.organisation_id}, permissions.can(who, Action.ORGANISATIONS_EDIT)
        return Gap(name, PLACEHOLDERS[name], "Карточка организации", "organisations.edit", values, edits)
    edits = permissions.can(who, Action.PERSON_EDIT, mentor)
    return Gap(name, PLACEHOLDERS[name], f"Карточка: {mentor.short_name}", "people.edit", {"person_id": mentor.id}, edits)
