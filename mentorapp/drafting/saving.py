"""Saving a draft: one field at a time as it is typed, or a whole change of its cards; every step can be taken back."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import conflict, draft
from mentorapp.domain.draft import Gone
from mentorapp.domain.formspec import Problem
from mentorapp.domain.kinds import KINDS, Kind, NotUnderstood
from mentorapp.drafting import effects, parts, places, shapes
from mentorapp.drafting.fields import CardField, Content
from mentorapp.drafting.places import Trouble
from mentorapp.models.drafts import DraftStep, FormDraft, Step, last_step, next_step
from mentorapp.models.sheets import Outcome, Sent, ValueChanged

MOST_STEPS = 200
# Saves of one field that follow each other so closely are one step: nobody takes back half a sentence.
ONE_STEP = timedelta(minutes=3)


# What the contract's own sentences, which speak of keys and files, are in the editor.
IN_OUR_WORDS = (
    ("этого ключа нет", "не заполнено"),
    ("текст пуст", "не заполнено"),
    ("нет списка вариантов", "нет ни одного варианта; впишите их по одному в строке"),
    ("нет столбца с названием мероприятия", "ни один столбец не служит названием мероприятия; выберите его в поле «Чем служит»"),
    ("у столбца с role = \"title\"", "столбец с названием мероприятия — это строка или текст; поправьте «Что в нём пишут»"),
    ("role =", "так уже служит другой столбец; оставьте у одного"),
    ("у шкалы нужны обе границы", "у шкалы нужны обе границы, например от 1 до 10"),
    ("у строки нет названия", "не заполнено"),
    ("в списке 0", "здесь пока пусто; добавьте хотя бы одну карточку"),
    ("такая анкета этой стороны уже есть", "такая анкета этой стороны уже есть; смените «Когда» или уберите одну из двух"),
    ("в плане нет столбца для этого срока", "в плане нет столбца для этого срока; выберите столбцу «Чем служит»: срок"),
)  # fmt: skip


NO_COMPARISON, NO_INDICATORS = "нельзя сравнить: ", "самая большая сумма 0"


@dataclass(frozen=True)
class DraftField:
    """A field of the editor at its address, as pages of filled-in sheets want to see a field."""

    address: str
    field: CardField
    value: Any

    @property
    def text(self) -> str:
        """What stands in it."""
        try:
            return self.field.shape.show(self.value)
        except (AttributeError, KeyError, TypeError, ValueError):  # a hand-made file may hold anything there
            return ""

    def parse(self, typed: str) -> str:
        """The text that would stand there after this was typed. Raises NotUnderstood."""
        return self.field.shape.show(self.read(typed))

    def read(self, typed: str) -> Any:
        """The value that was typed; None where nothing was."""
        return self.field.shape.read(shapes.tidy(typed), self.value)

    def shown(self, text: str) -> str:
        """A text of it for people to read."""
        known = {name: word for value, inner in self.field.shape.options.items() for name, word in _flat(value, inner)}
        return ", ".join(known.get(name, name) for name in text.split(",")) if known else text

    def look(self, outcome: Outcome) -> tuple[Any, ...]:
        """All that is shown of it, as `_field.html` takes it: the same values look the same, and are painted once."""
        key, one, shape = self.address, self.field, self.field.shape
        value = outcome.typed.get(key, self.text)
        stray = bool(value) and value not in shape.options and self.shown(value) == value
        conflict = outcome.conflicts.get(key)
        theirs = self.shown(conflict.theirs) if conflict else None
        label, problem = one.label[:1].upper() + one.label[1:], outcome.problems.get(key, "")
        return (
            key,
            self.text,
            value,
            stray,
            label,
            one.name,
            one.hint,
            one.width,
            one.reshapes,
            shape.control,
            shape.listed,
            problem,
            theirs,
        )

    @property
    def kind(self) -> Kind:
        """Ticks are sent as several values of one name."""
        return KINDS["multi" if self.field.shape.control in ("boxes", "tick") else "long"]

    @property
    def is_prose(self) -> bool:
        """Two texts of it can be joined into one."""
        return self.field.shape.control in ("prose", "lines", "long")


def _flat(value: str, inner: Any) -> list[tuple[str, str]]:
    return list(inner.items()) if isinstance(inner, Mapping) else [(value, inner)]


def troubles(content: Content, problems: list[Problem]) -> list[Trouble]:
    """Every problem of a draft with the place at which it is mended, in the words of the editor."""
    return [_worded(content, trouble) for trouble in map(partial(places.trouble, content), problems)]


def _worded(content: Content, trouble: Trouble) -> Trouble:
    try:
        name = field_at(content, trouble.address).field.name
    except Gone:
        name = ""
    text = next((ours for start, ours in IN_OUR_WORDS if trouble.text.startswith(start)), trouble.text)
    if NO_COMPARISON in text:
        reason = text.partition(NO_COMPARISON)[2].partition(";")[0]
        text = f"с выбранным вопросом другой анкеты не сравнить: {reason}; сделайте одинаково или выберите «не сравнивать»"
    if NO_INDICATORS in text:
        text = "показателей ещё нет, и уровням нечего считать; добавьте группу и показатели в ней"
    return replace(trouble, text=f"«{name}»: {text}" if name else text)


def fields_at(content: Content, root: str, fields: list[CardField]) -> dict[str, DraftField]:
    """The fields of a card, or of a part, by address."""
    here, before = draft.get(content, root), f"{root}." if root else ""
    return {before + one.key: DraftField(before + one.key, one, draft.get(here, one.key)) for one in fields}


def field_at(content: Content, address: str) -> DraftField:
    """The field of that address, wherever in the editor it stands. Raises Gone."""
    part = parts.part_at(content, address)
    for listed in part.lists:
        if address.startswith(f"{listed.address}."):
            name = address[len(listed.address) + 1 :].split(".")[0]
            card = f"{listed.address}.{name}"
            if found := fields_at(content, card, listed.fields(draft.get(content, card))).get(address):
                return found
    if found := fields_at(content, part.root, part.fields).get(address):
        return found
    raise Gone(address)


def save(row: FormDraft, address: str, sent: Sent, *, by_id: int, now: datetime) -> tuple[str, bool]:
    """Store one field; the text that stands there now, and whether something was written.

    Raises Gone when its card is no more, NotUnderstood with a sentence for the person, ValueChanged where the draft holds a text
    that the page does not know of.
    """
    place = field_at(row.content, address)
    value, old = place.read(sent.typed), place.text
    if place.field.shape.show(value) == old:
        return old, False
    if not conflict.is_known(old, (sent.seen, *sent.unanswered), place.parse):
        raise ValueChanged(place, sent.typed, old, row.changed_at)

    def give(content: Content) -> None:
        draft.put(content, address, value)
        effects.after(content, address)

    change(row, give, f"«{place.field.name}», {places.place(row.content, address).words}", by_id=by_id, now=now, field=address)
    return field_at(row.content, address).text, True


def save_all(row: FormDraft, sent: Mapping[str, tuple[Sent, Any]], *, by_id: int, now: datetime) -> Outcome:
    """Store what a page without script sent, each field compared alone; what is refused is left as it was."""
    outcome = Outcome()
    for address, (one, _place) in sent.items():
        try:
            _text, written = save(row, address, one, by_id=by_id, now=now)
        except NotUnderstood as problem:
            outcome.problems[address], outcome.typed[address] = str(problem), one.typed
        except ValueChanged as found:
            outcome.conflicts[address], outcome.typed[address] = found, one.typed
        else:
            outcome.written += [address] if written else []
    return outcome


def change(row: FormDraft, act: Callable[[Content], Any], what: str, *, by_id: int, now: datetime, field: str = "", place: str = "") -> Any:
    """Change the content as `act` does it, and remember how to take that back; what `act` gives. Raises what `act` raises.

    `place` is the address that is shown when the step is taken back; else it is where the content changed.
    """
    content = copy.deepcopy(row.content)
    given = act(content)
    back = draft.way_back(row.content, content)
    if back:
        _remember(row, what, {"field": field, "place": place, "steps": back}, by_id, now)
        _store(row, content, by_id, now)
    return given


def replace_all(row: FormDraft, content: Content, what: str, *, by_id: int, now: datetime) -> None:
    """Put another content into the draft as one step that can be taken back."""

    def give(old: Content) -> None:
        old.clear()
        old.update(copy.deepcopy(content))

    change(row, give, what, by_id=by_id, now=now)


def _store(row: FormDraft, content: Content, by_id: int, now: datetime) -> None:
    row.content, row.by_id, row.changed_at = content, by_id, now


def _remember(row: FormDraft, what: str, back: dict[str, Any], by_id: int, now: datetime) -> None:
    db.session.execute(sa.delete(DraftStep).where(DraftStep.draft_id == row.id, DraftStep.undone_at.is_not(None)))
    last, field = last_step(row.id), back["field"]
    if last and field and last.back.get("field") == field and last.by_id == by_id and now - last.at < ONE_STEP:
        return  # the older text is the one to go back to
    db.session.add(DraftStep(draft_id=row.id, at=now, by_id=by_id, what=what, back=back))
    db.session.flush()
    old = sa.select(DraftStep.id).where(DraftStep.draft_id == row.id).order_by(DraftStep.id.desc()).offset(MOST_STEPS)
    db.session.execute(sa.delete(DraftStep).where(DraftStep.id.in_(old)))


def undo(row: FormDraft, step_id: int, *, by_id: int, now: datetime) -> Step | None:
    """Take the last step back. None where another one has become the last; Gone where its place is no more."""
    step = last_step(row.id)
    return _gone_through(row, step, step_id, now, by_id=by_id, now=now)


def redo(row: FormDraft, step_id: int, *, by_id: int, now: datetime) -> Step | None:
    """Do again what was taken back last. None where that is another one, or nothing since the draft was changed."""
    step = next_step(row.id)
    return _gone_through(row, step, step_id, None, by_id=by_id, now=now)


def _gone_through(row: FormDraft, step: Step | None, step_id: int, undone_at: datetime | None, *, by_id: int, now: datetime) -> Step | None:
    """Go through a step in the way it says; from then on it says the other way."""
    if step is None or step.id != step_id:
        return None
    content = copy.deepcopy(row.content)
    draft.go_back(content, [(address, value) for address, value in step.back["steps"]])
    # Typed to and fro within one step, nothing differs; the place is known all the same.
    place = step.back.get("place") or step.back["steps"][0][0]
    turned = step.back | {"place": place, "steps": draft.way_back(row.content, content)}
    db.session.execute(sa.update(DraftStep).where(DraftStep.id == step.id).values(back=turned, undone_at=undone_at))
    _store(row, content, by_id, now)
    return step
