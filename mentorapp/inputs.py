"""What the fixed forms of the screens are made of. (*Form* means a mentoring form here; a WTForms class is an *input*.)"""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

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


def not_in_future(_input: Input, field: DayField) -> None:
    """For facts: a consent or a meeting cannot be of tomorrow."""
    if field.data and field.data > clock.today():
        raise ValidationError("Эта дата ещё не наступила. Проверьте день и год.")
