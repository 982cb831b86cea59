"""What a mentoring form (форма наставничества) declares, and its one shape as JSON.

A spec is read from the files of a form (`formcheck.parse`), stored as JSON with each published
version, and never changed afterwards. Texts are plain: nothing in them is ever executed or rendered.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mentorapp.domain import plainjson
from mentorapp.domain.deficits import DeficitCatalogue
from mentorapp.domain.documents import Document
from mentorapp.domain.kinds import Limits
from mentorapp.domain.matching import MatchRule
from mentorapp.domain.parameters import Parameter
from mentorapp.domain.questionnaire import Condition, Questionnaire
from mentorapp.domain.rubric import Rubric

API = 1
# Whose plan it is, in the order in which the plans are shown.
OWNERS = ("pair", "mentor", "mentee", "curator")
ORGANISATIONS = ("1:1", "1:N", "N:1", "N:M")
PERSON_KINDS = ("pupil", "teacher", "staff", "parent", "student", "employer", "graduate", "veteran", "expert")
# Columns that the core itself understands: without them there is no "overdue", "next" or progress.
ROLES = ("title", "due", "report_due")
# Stands in the texts of a plan for the competence area that a pair chose.
AREA = "[область]"
# Which controls of its work a pair has.
CONTROLS = ("interim", "final")
TEXT_PARTS = ("goal", "tasks", "results", "mentor_rights", "mentor_duties", "mentee_rights", "mentee_duties")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a form: where it is, what is wrong and what to do, in Russian.

    `path` counts from 1, like the rows of a printed plan: `plans[2].items[3].due` is the due rule
    of the third row of the second plan. `line` is known only where the file could not be read as TOML.
    """

    file: str
    path: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"строка {self.line}" if self.line else self.path
        where = ", ".join(part for part in (self.file, place) if part)
        return f"{where}: {self.text}" if where else self.text


@dataclass(frozen=True, slots=True)
class Side:
    """How one side is called, which kinds of people may stand on it, and between which ages (in whole years)."""

    nominative: str
    genitive: str
    dative: str
    plural: str
    kinds: tuple[str, ...]
    least_age: int | None = None
    most_age: int | None = None


@dataclass(frozen=True, slots=True)
class Subtype:
    """A kind of pair inside the form: who with whom, in the words that both sides read."""

    id: str
    title: str
    aim: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A way of working together («проектная», «реверсивная»)."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ControlWay:
    """One thing that the interim or the final control of a pair may look at."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a plan in the school's own words. `width` is a share, scaled to the page."""

    id: str
    title: str
    kind: str
    width: int = 10
    role: str | None = None
    suggest: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def words(self) -> tuple[str, ...]:
        """What is offered under a field of this column: repeated words, or the whole list of which one must be taken."""
        return tuple(self.limits.options.values()) or self.suggest


@dataclass(frozen=True, slots=True)
class CalledFor:
    """When a row is wanted: an answer of the mentee in one phase fulfils a condition."""

    phase: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class ItemTemplate:
    """A row that a new plan begins with. The dates of a pair come from the two rules (`due.from_rule`).

    `id` tells a row that was reworded from one that is new; `when` keeps it for the mentees whose answers call for it.
    """

    cells: Mapping[str, str]
    section: str = ""
    due: Mapping[str, Any] | None = None
    report_due: Mapping[str, Any] | None = None
    id: str = ""
    when: CalledFor | None = None


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """The plan of one owner: columns in the order in which they are shown and printed, and first rows."""

    owner: str
    title: str
    columns: tuple[Column, ...]
    items: tuple[ItemTemplate, ...] = ()
    notes: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Enough to find what was painted for a template; whether it is the same one is asked of all its parts."""
        return hash((self.owner, self.title))

    def column(self, id: str) -> Column:
        """The column with that id. Raises KeyError."""
        for column in self.columns:
            if column.id == id:
                return column
        raise KeyError(id)

    def by_role(self, role: str) -> Column | None:
        """The column that plays that role, or None."""
        return next((column for column in self.columns if column.role == role), None)


@dataclass(frozen=True, slots=True)
class MeetingType:
    """A kind of meeting with its agenda.

    `per_month` is the norm of such meetings a month, `at_least` how many there must be in the whole work of a pair.
    `interactions` and `methods` are ways in which it may be held, for whoever prepares it.
    """

    id: str
    title: str
    minutes: int = 45
    agenda: tuple[str, ...] = ()
    per_month: int | None = None
    at_least: int | None = None
    interactions: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)  # no slots: it remembers its fingerprint
class FormSpec:
    """A whole mentoring form. Days: usual length, usual gap between meetings, gap that raises an alert.

    `most_mentors` and `most_mentees` bound a side that `organisation` lets have several people.
    """

    id: str
    title: str
    short_title: str
    summary: str = ""
    source: str = ""
    mentor: Side
    mentee: Side
    organisation: tuple[str, ...] = ("1:1",)
    most_mentors: int | None = None
    most_mentees: int | None = None
    models: tuple[Model, ...] = ()
    subtypes: tuple[Subtype, ...] = ()
    length_days: int = 270
    meeting_every_days: int = 14
    alert_days: int = 30
    parents_consent: bool = False
    plans: Mapping[str, PlanTemplate] = field(default_factory=dict)
    meetings: tuple[MeetingType, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    matching: tuple[MatchRule, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    evaluation: Rubric | None = None
    deficits: DeficitCatalogue | None = None
    control: Mapping[str, tuple[ControlWay, ...]] = field(default_factory=dict)

    @property
    def needs_area(self) -> bool:
        """Its plans speak of the pair's competence area, so a pair cannot do without one."""
        return any(AREA in text for plan in self.plans.values() for item in plan.items for text in item.cells.values())

    def __eq__(self, other: object) -> bool:
        """Whether they say the same in the same order: Python takes two tables for equal that differ in their order alone."""
        return isinstance(other, FormSpec) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @cached_property
    def written_parts(self) -> dict[str, str]:
        """Each part as text, without those that are as they are by default: what differs in two forms differs there."""
        return plainjson.bare_fields(self)

    @cached_property
    def written(self) -> str:
        """The whole form as JSON, which is how a version is kept."""
        return "{" + ",".join(f'"{name}":{text}' for name, text in self.written_parts.items()) + "}"

    @cached_property
    def fingerprint(self) -> str:
        """What `content_hash` says, worked out once: one page of publishing compares it several times."""
        return hashlib.sha256(self.written.encode("ascii")).hexdigest()


def to_json(spec: FormSpec) -> str:
    """The spec as JSON; `from_json` gives back an equal spec.

    What is as it is by default is left out, so a default, once released, never changes: it is part of what was published.
    """
    return spec.written


def from_json(text: str) -> FormSpec:
    """The spec that `to_json` wrote. A part that an older version of the product did not know gets its default."""
    return from_plain(json.loads(text))


def from_plain(content: Mapping[str, Any]) -> FormSpec:
    """The same of the values that `to_json` wrote."""
    spec: FormSpec = plainjson.restored(FormSpec, content)
    return spec


def content_hash(spec: FormSpec) -> str:
    """SHA-256 of the content, the same whatever files it was written in.

    What is as it is by default is left out, so that a key which a later version of the product learns does not
    make every form look changed. Keys are not sorted: the order of a column's options is content.
    """
    return spec.fingerprint
