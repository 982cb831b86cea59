"""The start page: the first steps of a year, «Сегодня» for those with a role, own pairs for mentors and mentees."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, words
from mentorapp.domain.permissions import Access, Action, Side
from mentorapp.domain.school_year import MONTHS_GENITIVE, SchoolYear
from mentorapp.models import Pair, School, overview, terms
from mentorapp.models.asked import Count, missing_counts
from mentorapp.models.own import own_pairs

bp = Blueprint("home", __name__)

WEEKDAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")


@bp.get("/")
def start() -> ResponseReturnValue:
    """What this person has to do today."""
    who, today, year = access.access(), clock.today(), clock.current_year()
    own = own_pairs(who, today)
    school = School.get()
    frame = {"own": own, "heading": day_heading(today), "own_plans": _plan_names([card.pair for card in own.cards], school)}
    if not who.grants:
        return render_template("home/own.html", **frame)
    figures = overview.figures(who, year, today)
    if not figures.school and access.may(Action.SCHOOL_VIEW):
        return render_template("home/first_steps.html", **frame, steps=first_steps(school, year, today))
    if access.may(Action.PAIRS_VIEW):
        return render_template("home/today.html", **frame, **_blocks(figures, school))
    return render_template("home/sections.html", **frame)


def _blocks(figures: Any, school: School) -> dict[str, Any]:
    """The lists of «Сегодня»; an empty one costs no query."""
    who, today, year = access.access(), clock.today(), clock.current_year()
    waiting = overview.waiting_plans(who, year) if figures.waiting else []
    overdue = overview.overdue_items(who, year, today) if figures.overdue else []
    meetings = overview.coming_meetings(who, year, today) if figures.coming else []
    ends = terms.ending(year, today) if figures.terms and access.may(Action.ORGANISATIONS_VIEW) else []
    pairs = overview.pairs_of((waiting, overdue, meetings))
    mentored = {pair.id for pair in pairs if any(person.id == who.person_id for person in pair.people(Side.MENTOR))}
    return {
        "unanswered": _unanswered(who, year.first, today),
        "who": who,
        "figures": figures,
        "waiting": sorted(waiting, key=lambda row: row.pair_id in mentored),  # first what this person may decide herself
        "overdue": overdue,
        "meetings": meetings,
        "titles": {pair.id: pair.title for pair in pairs},
        "plans_of": _plan_names(pairs, school),
        "mentored": mentored,
        "terms": ends[: overview.SHOWN_TERMS],
        "terms_in_all": len(ends),
    }


def _unanswered(who: Access, year: int, today: date) -> list[Count]:
    """Questionnaires that somebody still owes, for who may list them."""
    if not access.may(Action.QUESTIONNAIRES_LIST):
        return []
    return [one for one in missing_counts(Pair.asked_of(who), year, today) if one.missing]


def _plan_names(pairs: list[Pair], school: School) -> dict[int, dict[tuple[str, int | None], str]]:
    """By pair: how a list speaks of each of its plans."""
    return {pair.id: words.plan_names_in(pair, school) for pair in pairs}


def day_heading(today: date) -> str:
    """«Понедельник, 23 ноября»."""
    return f"{WEEKDAYS[today.weekday()]}, {today.day} {MONTHS_GENITIVE[today.month - 1]}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of beginning a year; `address` is empty for who may not take it."""

    is_done: bool
    title: str
    text: str
    address: str


def first_steps(school: School, year: SchoolYear, today: date) -> list[Step]:
    """What a year begins with, in the usual order."""
    count = overview.beginnings(year, today)
    named = " · ".join(part for part in (school.short_name, school.town, school.director) if part)
    bases = f"Наставников: {count.mentors}, наставляемых: {count.mentees}. Добавить — здесь или с карточки человека."
    school_known = bool(school.director and school.contact)
    school_text = named if school_known else f"{named}. Впишите руководителя и кто выдаёт пароли."
    steps = (
        (school_known, "Школа и настройки", school_text, "school.page", Action.SCHOOL_VIEW),
        (
            count.forms > 0,
            "Формы наставничества",
            f"Включено: {count.forms}. Включите свои.",
            "forms.index",
            Action.FORMS_VIEW,
        ),
        (count.classes > 0, f"Классы {year.label}", f"Записано: {count.classes}.", "classes.index", Action.PEOPLE_VIEW),
        (count.people > 1, "Люди", f"Записано: {count.people}. Все, кто будет в программе.", "people.index", Action.PEOPLE_VIEW),
        (count.consents > 0, "Согласия", f"Получено: {count.consents}. Без согласия в базу не войти.", "people.index", Action.PEOPLE_VIEW),
        (bool(count.mentors and count.mentees), "Две базы", bases, "bases.page", Action.BASES_VIEW),
        (
            False,
            "Первая пара",
            "Её составляют из двух баз. Логины обоим даёт «Школа» — «Учётные записи». Потом здесь появится сводка дня.",
            "new_pair.page",
            Action.PAIRS_CREATE,
        ),
    )
    return [Step(done, title, text, url_for(endpoint) if access.may(action) else "") for done, title, text, endpoint, action in steps]
