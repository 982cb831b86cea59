"""From the texts that a form brings to its papers: programme, agreement, order, and what stands above the table of a plan."""

from collections.abc import Mapping
from datetime import date

from mentorapp import words
from mentorapp.domain.documents import DOCUMENT_KINDS, Document, filled
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import short_date
from mentorapp.models import Pair, School
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.partners import agreement_words
from mentorapp.papers.heads import capital, head_of
from mentorapp.papers.pages import DocumentPaper

# The kind that is no paper of its own: its paragraphs stand above the table of each plan.
ABOVE_THE_PLAN = "plan"


def documents_of(pair: Pair) -> Mapping[str, Document]:
    """Kind → the text as the form had it when the pair was made; what the form has learned since is taken from today's version."""
    version_id = current_version(pair.form_id)
    found = {**(spec_of(version_id).documents if version_id else {}), **pair.spec.documents}
    return {kind: found[kind] for kind in DOCUMENT_KINDS if kind in found}


def values_for(school: School, pair: Pair) -> dict[str, str]:
    """Placeholder → what stands for it, empty where nothing does. What a later part of the product knows is added here."""
    subtype = next((subtype.title for subtype in pair.spec.subtypes if subtype.id == pair.subtype), "")
    mentors, mentees = (", ".join(person.full_name for person in pair.people(side)) for side in (Side.MENTOR, Side.MENTEE))
    return {
        "школа": school.full_name,
        "школа кратко": school.short_name,
        "город": school.town,
        "директор": school.director,
        "должность директора": school.director_post,
        "форма": pair.spec.short_title,
        "вид": subtype,
        "наставник": mentors,
        "наставляемый": mentees,
        "область": pair.area,
        "начало": short_date(pair.starts_on),
        "конец": short_date(pair.ends_on),
        "год": pair.school_year.long_label,
        "приказ": pair.order_number,
        "дата приказа": short_date(pair.order_on) if pair.order_on else "",
        **_of_the_mentors_organisation(pair),
    }


def _of_the_mentors_organisation(pair: Pair) -> dict[str, str]:
    """Of several mentors each organisation once; an agreement that one of them lacks is a gap, and not left out."""
    found = list(dict.fromkeys(map(agreement_words, pair.people(Side.MENTOR))))
    return {
        "организация": ", ".join(one.organisation for one in found) if all(one.organisation for one in found) else "",
        "договор": ", ".join(one.agreement for one in found) if all(one.agreement for one in found) else "",
    }


def document_paper(school: School, pair: Pair, kind: str, document: Document, today: date) -> DocumentPaper:
    """One paper with its signature lines. Raises Unfilled."""
    return DocumentPaper(
        school=head_of(school),
        title=document.title,
        paragraphs=filled(document, values_for(school, pair)),
        signatures=_signatures(school, pair, document, today),
        foot=f"{document.title}: {pair.title}",
        order=_order_line(pair) if kind == "order" else "",
    )


def _order_line(pair: Pair) -> str:
    """An order is printed before it has a number, too: what is not known is written by hand."""
    on = short_date(pair.order_on) if pair.order_on else "«____» ______________ 20____\u00a0г."
    return f"от {on} №\u00a0{pair.order_number or '________'}"


def intro_of_plans(school: School, pair: Pair) -> list[str]:
    """The paragraphs above the table of each plan; none where the form has no such text. Raises Unfilled."""
    document = documents_of(pair).get(ABOVE_THE_PLAN)
    return filled(document, values_for(school, pair)) if document else []


def _signatures(school: School, pair: Pair, document: Document, today: date) -> list[tuple[str, str]]:
    """(who signs, the name); whose name the program does not know writes it by hand."""
    return [line for signer in document.signs for line in _lines_of(signer, school, pair, today)]


def _lines_of(signer: str, school: School, pair: Pair, today: date) -> list[tuple[str, str]]:
    if signer == "director":
        return [(school.director_post, school.director)]
    if signer == "curator":
        return [("Куратор", "")]
    if signer == "parent":
        minors = [person for person in pair.people(Side.MENTEE) if person.is_minor(today)]
        word = capital(words.SIGNERS[signer])
        return [(f"{word}: {person.short_name}" if len(minors) > 1 else word, "") for person in minors]
    side = Side(signer)
    word = capital(words.side_words(pair.spec, school, side)["nominative"])
    return [(word, person.full_name) for person in pair.people(side)]
