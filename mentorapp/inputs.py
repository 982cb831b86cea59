"""What the fixed forms of the screens are made of. (*Form* means a mentoring form here; a WTForms class is an *input*.)"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation, ValidationError

from mentorapp import clock
from mentorapp.domain import due, kinds
from mentorapp.domain.school_year import short_date


class Input(FlaskForm):
    """A form of a screen. `once` makes a second sending of the same page harmless (see models.journal.Once)."""

    class Meta:
        csrf = False
        locales = ["ru"]

    once = HiddenField(default=lambda: secrets.token_urlsafe(12))

    def accepted(self) -> bool:
        """It was sent and everything in it can be understood."""
        return bool(self.validate_on_submit())

    def blame(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Put sentences to the fields they are about: those that only the database could tell."""
        for name, sentences in problems.items():
            self[name].errors = [*sentences]


def tidy(value: str | None) -> str:
    """One line without outer or double spaces."""
    return " ".join((value or "").split())


def line(label: str, *, required: str = "", longest: int = 200, description: str = "", **kwargs: Any) -> StringField:
    """A one-line text. `required` is the sentence shown when it is missing."""
    checks = [DataRequired(required)] if required else [Optional()]
    return StringField(
        label,
        [*checks, Length(max=longest, message=f"Слишком длинно: не больше {longest} знаков.")],
        filters=[tidy],
        description=description,
        **kwargs,
    )


def text(label: str, *, required: str = "", longest: int = 2000, description: str = "", rows: int = 3) -> TextAreaField:
    """A text of several lines."""
    checks = [DataRequired(required)] if required else [Optional()]
    too_long = Length(max=longest, message=f"Слишком длинно: не больше {longest} знаков.")
    return TextAreaField(
        label,
        [*checks, too_long],
        filters=[lambda value: (value or "").strip().replace("\r\n", "\n")],
        description=description,
        render_kw={"rows": rows},
    )


class DayField(StringField):
    """A date typed as people write it: 5.9, 05.09.2026, 5 сентября; a missing year is put from the school year."""

    data: Any  # a date or None, where WTForms has said a text

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return short_date(self.data) if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = tidy(valuelist[0]) if valuelist else ""
        try:
            self.data = due.parse_date(typed, year=clock.current_year()) if typed else None
        except kinds.NotUnderstood as problem:
            self.data = None
            raise ValueError(str(problem)) from problem


def day(label: str, *, required: str = "", description: str = "", also: Sequence[Any] = (), **kwargs: Any) -> DayField:
    """A date field; `also` are further checks."""
    checks = [InputRequired(required) if required else Optional(), *also]
    looks = {"inputmode": "numeric", "placeholder": "дд.мм.гггг", "autocomplete": "off"}
    return DayField(label, checks, description=description, render_kw=looks, **kwargs)


def later_than(name: str, sentence: str) -> Callable[[Any, DayField], None]:
    """A check that a day comes after that of the field `name`, where both are known."""

    def check(form: Any, field: DayField) -> None:
        if field.data and form[name].data and field.data <= form[name].data:
            raise ValidationError(sentence)

    return check


def is_a_phone(_input: Any, field: StringField) -> None:
    """It has as many digits as a telephone number has."""
    if not 5 <= len(re.findall("[0-9]", field.data)) <= 20:
        raise ValidationError("В номере не хватает цифр или есть лишние. Проверьте его.")


def is_an_email(_input: Any, field: StringField) -> None:
    """It looks like an address of electronic mail."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", field.data):
        raise ValidationError("Такого адреса почты не бывает. Он пишется так: имя@школа.рф.")


def phone() -> StringField:
    """A telephone number as people write it."""
    return line("Телефон", longest=60)


def email() -> StringField:
    """An address of electronic mail."""
    return line("Почта", longest=120, render_kw={"placeholder": "имя@школа.рф", "inputmode": "email"})


def paper_place() -> StringField:
    """Where a signed paper lies; the paper itself is never taken in."""
    return line("Где лежит бумага", longest=160, render_kw={"placeholder": "папка № 3, кабинет 24"})


def not_in_future(_input: Input, field: DayField) -> None:
    """For facts: a consent or a meeting cannot be of tomorrow."""
    if field.data and field.data > clock.today():
        raise ValidationError("Эта дата ещё не наступила. Проверьте день и год.")


@dataclass(frozen=True, slots=True)
class Offer:
    """One person of a base who may be chosen: the name, what helps to choose, and what is in the way.

    `lacks_consent`: what is in the way is a consent, and a paper may be added. Who `is_barred` lacks it whatever the first day, and
    cannot be chosen; anything else depends on that day, which may yet be another.
    """

    person_id: int
    name: str
    note: str
    gap: str
    lacks_consent: bool = False
    is_barred: bool = False


class PeopleField(Field):
    """One or several people of a base, by their ids.

    `offers` are those who may be chosen, `several` whether more than one, `most` how many then (None: as many as one likes).
    """

    data: Any  # ids of people
    offers: Sequence[Offer] = ()
    several: bool = False
    most: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        chosen = [int(value) for value in valuelist if value.isdecimal() and int(value)]
        self.data = list(dict.fromkeys(chosen))

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])

    def offer(self, offers: Iterable[Offer], *, several: bool, most: int | None = None) -> None:
        """Who stands in the list: those who were chosen first, then those who can be taken at once."""
        self.offers = sorted(offers, key=lambda one: (one.person_id not in self.data, bool(one.gap)))
        self.several, self.most = several, most

    @property
    def has_gaps(self) -> bool:
        """Somebody stands in the list who cannot be taken as things are: a consent or another first day would help."""
        return any(one.gap for one in self.offers)

    @property
    def has_barred(self) -> bool:
        """Somebody stands in the list who cannot be chosen before a consent is there."""
        return any(one.is_barred for one in self.offers)

    @property
    def chosen(self) -> list[Offer]:
        """The people who are chosen now."""
        return [one for one in self.offers if one.person_id in self.data]

    def pre_validate(self, form: BaseForm) -> None:
        if not self.data:
            raise StopValidation("Никто не выбран. Отметьте человека в списке.")
        if len(self.chosen) < len(self.data):
            raise StopValidation("Кого-то из отмеченных уже нельзя выбрать: человек вышел из базы или не подходит к форме. Отметьте снова.")
        if len(self.data) > 1 and not self.several:
            raise StopValidation("По этой форме на этой стороне стоит один человек. Оставьте одного.")
        if self.most and len(self.data) > self.most:
            raise StopValidation(f"По этой форме здесь не больше {self.most}, а отмечено {len(self.data)}. Снимите лишние отметки.")
