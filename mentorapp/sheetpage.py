"""What pages of filled-in sheets send and get: one value at a time by the script, the whole page without it."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from flask import Response, request

from mentorapp import clock, hx
from mentorapp.domain.kinds import Kind
from mentorapp.models.sheets import Sent
from mentorapp.templating import clock_time

NOTHING: Mapping[str, bool] = {}


class Place(Protocol):
    """A field of a page, as far as it matters to how it is sent."""

    @property
    def kind(self) -> Kind: ...


P = TypeVar("P", bound=Place)


def sent_value() -> Sent:
    """The one value that the script sends as soon as it is given."""
    return Sent(request.form["value"], request.form.get("seen", ""), request.form.getlist("sent"))


def sent_values(fields: Mapping[str, P]) -> dict[str, tuple[Sent, P]]:
    """The values of a page without script that were changed on it: key → what was sent, with its field.

    What stood on the page has a `seen-…` of its own; several ticks or places come as several values of one name.
    """
    found: dict[str, tuple[Sent, P]] = {}
    for key, field in fields.items():
        if f"seen-{key}" not in request.form:
            continue
        typed = ",".join(request.form.getlist(f"value-{key}")) if _is_list(field) else request.form.get(f"value-{key}", "")
        seen = request.form[f"seen-{key}"]
        if _plain(typed, field) != _plain(seen, field):
            found[key] = Sent(typed, seen), field
    return found


def _is_list(field: Place) -> bool:
    return field.kind.name in ("multi", "rank")


def _plain(text: str, field: Place) -> str:
    """As it is compared: the places of a list that stand empty at its end are none."""
    text = text.replace("\r\n", "\n")
    return text.rstrip(", ") if _is_list(field) else text


def saved(text: str, body: str = "", shown: Mapping[str, bool] = NOTHING) -> Response:
    """«✓ 14:02» for the mark beside the value, what else changes on the page, and for the script the text that is stored now.

    `shown` says of parts of the page, by id, whether they are to be seen with these values.
    """
    # Put together as plain text: a macro's part would escape what is added to it.
    html = f'<span class="saved">✓ {clock_time(clock.now())}</span>{body}'
    return hx.fragment(html, events={"valuesaved": {"text": text, "shown": dict(shown)}})
