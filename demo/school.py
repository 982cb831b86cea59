"""Building the invented school in an empty database, as if it had been kept since August."""

from collections.abc import Iterable
from datetime import date, datetime
from random import Random

import sqlalchemy as sa

from demo import pairs, partners, people
from demo.days import SchoolDays
from mentorapp import passwords
from mentorapp.database import db, writing
from mentorapp.models import Account, FormVersion, MentoringForm, School

FORM = "teacher-teacher"
# Those that the invented school has switched on.
FORMS = (FORM, "pupil-pupil", "employer-pupil")
# Latin letters: logins are Latin, too, and nobody has to switch the keyboard between the two fields.
PASSWORD = "demo-school"  # noqa: S105  # printed at each start; everything behind it is invented
KEPT = "Учебная школа сохранена с прошлого раза; создать её заново: ./run demo --fresh"
# login → what a visitor sees with it
LOGINS = {
    "gromova-t": "Куратор",
    "vlasova-i": "Директор",
    "sokolova-e": "Наставник, три пары",
    "lukin-d": "Наставляемый",
    "kim-i": "Наставляемый, план ждёт согласия",
    "melnik-d": "Администратор",
    "boiko-k": "Классный руководитель 9 «А»",
}


def is_demo(logins: Iterable[str]) -> bool:
    """Whether accounts with these logins are of the invented school: most of its own are there.

    One alone proves nothing: a curator of flesh and blood may be called gromova-t.
    """
    return 2 * len(LOGINS.keys() & set(logins)) > len(LOGINS)


def ensure(today: date, now: datetime) -> list[str]:
    """Lines to print at the start: who may sign in and with what. An empty database gets the school first, any other is kept.

    Called inside an application context. Everything in the school is counted from `today`; nothing in it is later than `now`.
    """
    kept = db.session.execute(sa.select(Account.id).limit(1)).first() is not None
    if not kept:
        _build(today, now)
    found = _found()
    if not is_demo(login for login, _name in found):
        return ["В этой папке не учебная школа: её логины знает её куратор. Для учебной школы укажите другую папку: --data ПАПКА"]
    lines = [f"{LOGINS[login]}: {name} — логин {login} — пароль {PASSWORD}" for login, name in found]
    return [KEPT if kept else "Учебная школа создана. Все люди в ней выдуманы.", *lines]


def _found() -> list[tuple[str, str]]:
    """Login and name of the people named above, in that order."""
    accounts = db.session.execute(sa.select(Account).where(Account.login.in_(LOGINS))).scalars()
    names = {account.login: account.person.full_name for account in accounts}
    return [(login, names[login]) for login in LOGINS if login in names]


def _build(today: date, now: datetime) -> None:
    hashed = passwords.hash_of(PASSWORD)
    days, rng = SchoolDays(today), Random(14)  # noqa: S311  # the same school each time, no secrets
    with writing() as session:
        session.add(_school())
        cast = people.settle(days, now, rng, session, hashed)
        partners.settle(cast)
        query = sa.select(FormVersion).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id)
        version = session.execute(query.where(FormVersion.form_id == FORM)).scalar_one()
        session.execute(sa.update(MentoringForm).where(MentoringForm.id.in_(FORMS)).values(enabled=True))
        pairs.live(cast, version)


def _school() -> School:
    return School(
        full_name="МБОУ «Средняя общеобразовательная школа № 14»", short_name="Школа № 14", town="Верхнеречье", director="И. К. Власова",
        contact="Громова Т. П., каб. 24",
    )  # fmt: skip
