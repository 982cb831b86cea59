"""What templates may use: a few filters, the words of the interface, and the frame of a page (menu, year, school)."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, get_template_attribute, request, url_for
from flask_login import current_user

from mentorapp import access, clock, words
from mentorapp.domain import names, permissions, school_year
from mentorapp.domain.permissions import Access, Action, RoleKind, Side
from mentorapp.models import planpage
from mentorapp.models.parts import parts_for

# (endpoint, word, needed action): what the menu of somebody with a role holds, in this order.
MENU = (
    ("home.start", "Сегодня", None),
    ("bases.page", "Базы", Action.BASES_VIEW),
    ("pairs.index", "Пары", Action.PAIRS_VIEW),
    ("asked.page", "Анкеты", Action.QUESTIONNAIRES_LIST),
    ("measurements.mine", "Замеры", Action.MEASUREMENTS_LIST),
    ("people.index", "Люди", Action.PEOPLE_VIEW),
    ("forms.index", "Формы", Action.FORMS_VIEW),
    ("school.page", "Школа", Action.SCHOOL_VIEW),
)


# Screens that belong to a form, and to a pair.
OF_A_FORM = ("drafts", "draft_look", "draft_books", "new_form", "form_files", "publishing", "versions", "form_offers", "form_answers")
OF_A_PAIR = (
    "plans",
    "rows",
    "new_pair",
    "members",
    "meetings",
    "questionnaires",
    "evaluations",
    "deficits",
    "deficit_plan",
    "documents",
    "called",
    "measurements",
    "pair_papers",
)


@lru_cache(maxsize=2048)
def address(endpoint: str, **parts: Any) -> str:
    """The address of a page, for templates. It is the same whoever asks, and putting one together costs as much as a small query."""
    return url_for(endpoint, **parts)


def menu() -> tuple[tuple[str, str, bool], ...]:
    """(address, word, is it the present place) for the signed-in person."""
    endpoint = request.endpoint or ""
    return _menu(access.access(), "" if endpoint in ("accounts.me", "accounts.change_password") else endpoint.split(".")[0])


@lru_cache(maxsize=256)
def _menu(who: Access, here: str) -> tuple[tuple[str, str, bool], ...]:
    if not who.grants:
        rows = [("home.start", "Мои пары"), ("asked.page", "Анкеты"), ("help.page", "Справка")]
    else:
        rows = [(page, word) for page, word, action in MENU if action is None or permissions.can(who, action)] + [("help.page", "Справка")]
    places = (
        dict.fromkeys(OF_A_PAIR, "pairs")
        | dict.fromkeys(OF_A_FORM, "forms")
        | {
            "answers": "asked",
            "accounts": "school",
            "classes": "school",
            "clearances": "people",
            "organisations": "bases",
        }
    )
    places |= dict.fromkeys(("form_offers", "publishing", "versions"), "forms")
    if not who.grants or "pairs.index" not in dict(rows):
        places |= dict.fromkeys((*OF_A_PAIR, "pairs"), "home")
    if "measurements.mine" in dict(rows):
        places["measurements"] = "measurements"
    here = places.get(here, here)
    return tuple((address(endpoint), word, endpoint.split(".")[0] == here) for endpoint, word in rows)


@lru_cache(maxsize=256)
def tabs_of(who: Access, parts: frozenset[str]) -> tuple[str, ...]:
    """Which pages of a pair this person finds on its tabs, besides those that everybody has."""
    wanted = {
        "plan": True,
        "questionnaires": permissions.can(who, Action.QUESTIONNAIRES_VIEW),
        "deficits": permissions.can(who, Action.DEFICITS_VIEW_SOME),
        "evaluation": permissions.can(who, Action.EVALUATION_VIEW),
        "measurements": permissions.can(who, Action.MEASUREMENTS_VIEW_SOME),
    }
    return tuple(name for name, may_see in wanted.items() if may_see and name in parts)


def kept(template: str, part: str, *values: Any) -> str:
    """A macro's part of a page, painted once for the same values. They must be all that it shows, apart from what never changes."""
    painted = _of_the_editor if template.startswith("drafts/") else _of_all_pages
    return painted(template, part, *values)


def _paint(template: str, part: str, *values: Any) -> str:
    html: str = get_template_attribute(template, part)(*values)
    return html


# A few kilobytes each: as many people as work at one time, the plan templates of a school's forms; and the cards and fields of a draft,
# apart, so that who goes through a form card by card takes nothing from the others.
_of_all_pages, _of_the_editor = lru_cache(maxsize=500)(_paint), lru_cache(maxsize=300)(_paint)


def kept_each(template: str, part: str, first: tuple[Any, ...], rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """The same for many rows: each is painted with the values that come `first` for all."""
    return [kept(template, part, *first, *row) for row in rows]


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a static file with its checksum: browsers may keep it for ever and still get a new one after an update."""
    content = (Path(str(current_app.static_folder)) / name).read_bytes()
    return url_for("static", filename=name, v=hashlib.sha256(content).hexdigest()[:8])


def day(value: date | None) -> str:
    """«27.11.2026», or nothing."""
    return school_year.short_date(value) if value else ""


def saved_mark(value: datetime) -> str:
    """«14:02» of today, «04.09» of another day."""
    return clock_time(value) if value.astimezone().date() == clock.today() else f"{value.astimezone():%d.%m}"


def clock_time(value: datetime) -> str:
    """«14:02» where the school is."""
    return value.astimezone().strftime("%H:%M")


def moment(value: datetime) -> str:
    """«27.11.2026, 14:02» where the school is."""
    local = value.astimezone()
    return f"{school_year.short_date(local.date())}, {local:%H:%M}"


def init(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=day,
        time=clock_time,
        saved_mark=saved_mark,
        moment=moment,
        weekday=school_year.weekday_date,
        day_month=school_year.day_month,
        long_date=school_year.long_date,
        plural=names.plural,
    )
    app.jinja_env.globals.update(
        asset=asset,
        kept=kept,
        kept_each=kept_each,
        url_for=address,
        words=words,
        tabs_of=tabs_of,
        parts_for=parts_for,
        next_meeting=lambda pair_id: planpage.next_meeting(pair_id, clock.today()),
        may=access.may,
        allows=permissions.can,
        Action=Action,
        Side=Side,
        RoleKind=RoleKind,
    )

    # The macros for what every page is built from; an import in each template would cost more than most of them do.
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("_ui.html").module

    @app.context_processor
    def frame() -> dict[str, Any]:
        """For page templates: the menu is asked for by base.html only, so that fragments cost nothing."""
        return {"menu": menu, "today": clock.today, "current_year": clock.current_year, "signed_in": current_user.is_authenticated}
