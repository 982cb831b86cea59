"""The lists behind the start page: meetings, overdue items, plans that wait for a decision, papers that run out."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, words
from mentorapp.domain.permissions import Action, Side
from mentorapp.models import School, overview
from mentorapp.models import terms as papers_that_end

bp = Blueprint("lists", __name__, url_prefix="/lists")

ON_A_PAGE = 50
WHEN = {"held": "Состоялись в этом месяце", "coming": "Впереди, 7 дней", "unnoted": "День прошёл, не записаны"}


def _page(total: int) -> tuple[int, int, int]:
    """The page asked for, or the last one; how many rows stand before it; how many pages there are."""
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return page, (page - 1) * ON_A_PAGE, pages


@bp.get("/meetings")
def meetings() -> ResponseReturnValue:
    """Meetings of all pairs that this person sees."""
    access.demand(Action.PAIRS_VIEW)
    when = request.args.get("when", "held")
    when = when if when in WHEN else "held"
    who, year, today = access.access(), clock.current_year(), clock.today()
    counts = overview.count_meetings(who, year, today)
    page, before, pages = _page(counts[when])
    rows = overview.meetings_of(who, year, when, today, ON_A_PAGE, before)
    titles = {pair.id: pair.title for pair in overview.pairs_of((rows,))}
    return render_template("lists/meetings.html", rows=rows, titles=titles, when=when, filters=WHEN, counts=counts, page=page, pages=pages)


@bp.get("/overdue")
def overdue() -> ResponseReturnValue:
    """Overdue items of the running pairs, the longest overdue first."""
    access.demand(Action.PAIRS_VIEW)
    who, year, today = access.access(), clock.current_year(), clock.today()
    total = overview.figures(who, year, today).overdue
    page, before, pages = _page(total)
    rows = overview.overdue_items(who, year, today, ON_A_PAGE, before)
    titles = {pair.id: pair.title for pair in overview.pairs_of((rows,))}
    return render_template("lists/overdue.html", rows=rows, titles=titles, total=total, page=page, pages=pages)


@bp.get("/waiting")
def waiting() -> ResponseReturnValue:
    """Plans that somebody must decide about."""
    access.demand(Action.PAIRS_VIEW)
    who, year, today = access.access(), clock.current_year(), clock.today()
    total = overview.figures(who, year, today).waiting
    page, before, pages = _page(total)
    rows = overview.waiting_plans(who, year, ON_A_PAGE, before)
    pairs, school = overview.pairs_of((rows,)), School.get()
    return render_template(
        "lists/waiting.html",
        rows=rows,
        titles={pair.id: pair.title for pair in pairs},
        plans_of={pair.id: words.plan_names_in(pair, school) for pair in pairs},
        mentored={pair.id for pair in pairs if any(person.id == who.person_id for person in pair.people(Side.MENTOR))},
        total=total,
        page=page,
        pages=pages,
    )


@bp.get("/terms")
def terms() -> ResponseReturnValue:
    """Papers of external mentors and agreements with organisations that run out."""
    access.hide_unless(access.may(Action.ORGANISATIONS_VIEW))
    return render_template("lists/terms.html", rows=papers_that_end.ending(clock.current_year(), clock.today()))
