"""Who may do what. The only place where this is decided; read it as a table.

A rule gets what the person is (`Access`: roles and sides) and the thing in question, and says yes or no. It asks
no database: a list of a thousand rows costs no query. Things are looked at by a few attributes only, so a model,
a row or a test's own object will do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Side(StrEnum):
    """The two sides of a pair, and the two bases."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class RoleKind(StrEnum):
    """What a person may be besides a side of a pair."""

    ADMINISTRATOR = "administrator"
    CURATOR = "curator"
    DIRECTOR = "director"
    PSYCHOLOGIST = "psychologist"
    CLASS_TEACHER = "class_teacher"


class Action(StrEnum):
    """Named `scope:verb`; every scope has a `view`."""

    SCHOOL_VIEW = "school:view"
    SCHOOL_EDIT = "school:edit"
    ACCOUNTS_VIEW = "accounts:view"
    ACCOUNTS_EDIT = "accounts:edit"
    FORMS_VIEW = "forms:view"
    PEOPLE_VIEW = "people:view"
    PERSON_VIEW = "person:view"
    PERSON_EDIT = "person:edit"
    BASES_VIEW = "bases:view"
    BASES_EDIT = "bases:edit"
    PAIRS_VIEW = "pairs:view"
    PAIRS_CREATE = "pairs:create"
    PAIR_VIEW = "pair:view"
    PAIR_EDIT = "pair:edit"
    PLAN_VIEW = "plan:view"
    PLAN_MARK = "plan:mark"
    PLAN_EDIT = "plan:edit"
    PLAN_AGREE = "plan:agree"
    PLAN_AGREE_ON_PAPER = "plan:agree_on_paper"
    PLAN_APPROVE = "plan:approve"
    PLAN_APPROVE_ON_PAPER = "plan:approve_on_paper"
    PLAN_CLOSE = "plan:close"
    MEETING_VIEW = "meeting:view"
    MEETING_EDIT = "meeting:edit"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role with its scope: one form or all, one class or all."""

    kind: RoleKind
    form_id: str | None = None
    class_id: int | None = None


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What the rules must know of a pair: its form, the asking person's sides and places in it, the classes of its mentees.

    `places` are her participants' ids: in a group each mentee has a plan of her own.
    """

    id: int
    form_id: str
    sides: frozenset[Side]
    places: frozenset[int]
    classes: frozenset[int]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Access:
    """What a signed-in person is today, towards one pair or towards the school."""

    person_id: int
    grants: tuple[Grant, ...] = ()
    pair: PairFacts | None = None
    kinds: frozenset[RoleKind] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", frozenset(grant.kind for grant in self.grants))

    @property
    def is_administrator(self) -> bool:
        return RoleKind.ADMINISTRATOR in self.kinds

    @property
    def is_director(self) -> bool:
        return RoleKind.DIRECTOR in self.kinds

    @property
    def is_psychologist(self) -> bool:
        return RoleKind.PSYCHOLOGIST in self.kinds

    @property
    def is_any_curator(self) -> bool:
        """Curator of some form: may see people and bases, which are common to all forms."""
        return RoleKind.CURATOR in self.kinds

    @property
    def is_whole_curator(self) -> bool:
        """Curator of the whole programme, not of one form."""
        return any(grant.kind is RoleKind.CURATOR and grant.form_id is None for grant in self.grants)

    def curates(self, form_id: str) -> bool:
        return any(grant.kind is RoleKind.CURATOR and grant.form_id in (None, form_id) for grant in self.grants)

    def teaches_class(self, class_ids: frozenset[int]) -> bool:
        return any(grant.kind is RoleKind.CLASS_TEACHER and grant.class_id in class_ids for grant in self.grants)

    @property
    def curates_pair(self) -> bool:
        return self.pair is not None and self.curates(self.pair.form_id)

    def is_side(self, side: Side) -> bool:
        return self.pair is not None and side in self.pair.sides

    @property
    def is_open(self) -> bool:
        """The pair still runs: nothing of a finished one is changed, it is reopened first."""
        return self.pair is not None and self.pair.is_open


# Whose plans each side edits (the curator edits all): the mentor all but the curator's, the mentee her own.
OWNERS_EDITED = {Side.MENTOR: {"pair", "mentor", "mentee"}, Side.MENTEE: {"mentee"}}
# Whose items each side marks as done: a mentee marks what the pair does together, too.
OWNERS_MARKED = {Side.MENTOR: {"pair", "mentor", "mentee"}, Side.MENTEE: {"pair", "mentee"}}
# Plans that a mentee agrees to before they are approved; a curator's plan needs no approval at all.
OWNERS_AGREED = {"pair", "mentee"}
OWNERS_APPROVED = {"pair", "mentor", "mentee"}

Rule = Callable[[Access, Any], bool]


def _sees_pair(a: Access, _thing: Any) -> bool:
    if a.pair is None:
        return False
    return bool(a.pair.sides) or a.curates_pair or a.is_director or a.teaches_class(a.pair.classes)


def _sees_person(a: Access, person: Any) -> bool:
    own_class = a.teaches_class(frozenset(row.class_id for row in person.enrolments if row.class_id))
    return a.is_any_curator or a.is_director or a.is_psychologist or own_class or person.id == a.person_id


def _is_live(a: Access, plan: Any) -> bool:
    return a.is_open and plan.state != "closed"


def _owns(a: Access, plan: Any, table: dict[Side, set[str]]) -> bool:
    return a.curates_pair or any(_is_theirs(a, side, plan) and plan.owner in owners for side, owners in table.items())


def _is_theirs(a: Access, side: Side, plan: Any) -> bool:
    """The plan is that side's business, and not another mentee's."""
    if not a.is_side(side) or a.pair is None:
        return False
    return side is Side.MENTOR or plan.participant_id is None or plan.participant_id in a.pair.places


RULES: dict[Action, Rule] = {
    Action.SCHOOL_VIEW: lambda a, _: a.is_administrator or a.is_any_curator or a.is_director,
    Action.SCHOOL_EDIT: lambda a, _: a.is_administrator or a.is_whole_curator,
    Action.ACCOUNTS_VIEW: lambda a, _: a.is_administrator or a.is_whole_curator,
    Action.ACCOUNTS_EDIT: lambda a, _: a.is_administrator or a.is_whole_curator,
    Action.FORMS_VIEW: lambda a, _: a.is_administrator or a.is_any_curator or a.is_director,
    Action.PEOPLE_VIEW: lambda a, _: a.is_any_curator or a.is_director or a.is_psychologist or RoleKind.CLASS_TEACHER in a.kinds,
    Action.PERSON_VIEW: _sees_person,
    Action.PERSON_EDIT: lambda a, _: a.is_any_curator,
    Action.BASES_VIEW: lambda a, _: a.is_any_curator or a.is_director,
    Action.BASES_EDIT: lambda a, _: a.is_any_curator,
    Action.PAIRS_VIEW: lambda a, _: a.is_any_curator or a.is_director or RoleKind.CLASS_TEACHER in a.kinds,
    Action.PAIRS_CREATE: lambda a, _: a.is_any_curator,
    Action.PAIR_VIEW: _sees_pair,
    Action.PAIR_EDIT: lambda a, _: a.curates_pair,
    Action.PLAN_VIEW: _sees_pair,
    Action.PLAN_MARK: lambda a, plan: _is_live(a, plan) and _owns(a, plan, OWNERS_MARKED),
    Action.PLAN_EDIT: lambda a, plan: _is_live(a, plan) and _owns(a, plan, OWNERS_EDITED),
    Action.PLAN_AGREE: lambda a, plan: _is_live(a, plan) and _is_theirs(a, Side.MENTEE, plan) and plan.owner in OWNERS_AGREED,
    Action.PLAN_AGREE_ON_PAPER: lambda a, plan: _is_live(a, plan) and a.curates_pair and plan.owner in OWNERS_AGREED,
    Action.PLAN_APPROVE: lambda a, plan: (
        _is_live(a, plan) and plan.owner in OWNERS_APPROVED and (a.curates_pair or a.is_director) and not a.is_side(Side.MENTOR)
    ),
    Action.PLAN_APPROVE_ON_PAPER: lambda a, plan: _is_live(a, plan) and plan.owner in OWNERS_APPROVED and a.curates_pair,
    Action.PLAN_CLOSE: lambda a, _plan: a.is_open and a.curates_pair,
    Action.MEETING_VIEW: _sees_pair,
    Action.MEETING_EDIT: lambda a, _: a.is_open and (a.curates_pair or a.is_side(Side.MENTOR)),
}

# What a person reads who may look but not act: who may, and what she can do herself.
REASONS: dict[Action, str] = {
    Action.SCHOOL_EDIT: "Настройки школы меняют администратор и куратор.",
    Action.ACCOUNTS_VIEW: "Учётными записями занимаются администратор и куратор.",
    Action.ACCOUNTS_EDIT: "Учётными записями занимаются администратор и куратор.",
    Action.PERSON_EDIT: "Карточки людей меняет куратор. Если здесь ошибка, скажите ему.",
    Action.BASES_EDIT: "Базы ведёт куратор. Вы можете их читать.",
    Action.PAIRS_CREATE: "Пары составляет куратор.",
    Action.PAIR_EDIT: "Пару меняет куратор. Вы можете её открыть и прочитать.",
    Action.PLAN_MARK: "Отмечать выполнение могут наставник, наставляемый и куратор, пока план и пара открыты.",
    Action.PLAN_EDIT: "Этот план правят его автор и куратор, пока план и пара открыты. Вы можете его читать.",
    Action.PLAN_AGREE: "План согласует наставляемый этой пары.",
    Action.PLAN_AGREE_ON_PAPER: "Согласие на бумаге отмечает куратор.",
    Action.PLAN_APPROVE: "План утверждает куратор, а план, где он сам наставник, — директор. Вы можете его читать.",
    Action.PLAN_APPROVE_ON_PAPER: "Утверждение на бумаге отмечает куратор.",
    Action.PLAN_CLOSE: "Закрывает и открывает план куратор.",
    Action.MEETING_EDIT: "Встречи записывают наставник и куратор, пока пара работает.",
}


def can(access: Access, action: Action, thing: Any = None) -> bool:
    """Whether this person may do this to this thing. `thing` is a plan for plan:*, a person for person:view."""
    return RULES[action](access, thing)
