"""What time it is. Rules take `today` and `now` as arguments; only requests and commands ask here."""

from datetime import UTC, date, datetime

from flask import current_app

from mentorapp.domain.school_year import SchoolYear


def system_now() -> datetime:
    """The computer's clock, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """This moment by the application's clock (tests and the demo may hand in another one)."""
    moment: datetime = current_app.config["CLOCK"]()
    return moment


def today() -> date:
    """The calendar day where the school is: the time zone of the computer it runs on."""
    return now().astimezone().date()


def current_year() -> SchoolYear:
    """The school year that contains today."""
    return SchoolYear.of(today())
