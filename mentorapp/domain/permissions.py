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
    FORMS_EDIT = "forms:edit"
    FORMS_OFFER = "forms:offer"
    PEOPLE_VIEW = "people:view"
    PERSON_VIEW = "person:view"
    PERSON_EDIT = "person:edit"
    CLEARANCES_VIEW = "clearances:view"
    ORGANISATIONS_VIEW = "organisations:view"
    ORGANISATIONS_EDIT = "organisations:edit"
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
    QUESTIONNAIRES_LIST = "questionnaires:list"
    QUESTIONNAIRES_VIEW = "questionnaires:view"
    ANSWERS_VIEW = "answers:view"
    ANSWERS_GATHER = "answers:gather"
    ANSWERS_COMPARE = "answers:compare"
    ANSWERS_GIVE = "answers:give"
    ANSWERS_ENTER = "answers:enter"
    ANSWERS_EDIT = "answers:edit"
    ANSWERS_REOPEN = "answers:reopen"
    ANSWERS_PLAN = "answers:plan"
    EVALUATION_VIEW = "evaluation:view"
    EVALUATION_BEGIN = "evaluation:begin"
    EVALUATION_EDIT = "evaluation:edit"
    DEFICITS_VIEW_SOME = "deficits:view_some"
    DEFICITS_VIEW = "deficits:view"
    DEFICITS_BEGIN = "deficits:begin"
    DEFICITS_MARK = "deficits:mark"
    DEFICITS_RANK = "deficits:rank"
    DEFICITS_AGREE = "deficits:agree"
    DEFICITS_AGREE_ON_PAPER = "deficits:agree_on_paper"
    MEASUREMENTS_LIST = "measurements:list"
    MEASUREMENTS_VIEW_SOME = "measurements:view_some"
    MEASUREMENTS_VIEW = "measurements:view"
    MEASUREMENTS_EDIT = "measurements:edit"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role with its scope: one form or all, one class or all."""

    kind: RoleKind
    form_id: str | None = None
    class_id: int | None = None


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What the rules must know of a pair: its form, the asking person's sides and places in it, the classes of its mentees.

    `places` are her participants' ids: in a group each mentee has a plan of her own. Sides and places are those of today;
    `has_left` says that she stood in the pair before. A pair in the archive is not even open to what comes after its end: the last
    questionnaires, the evaluation.
    """

    id: int
    form_id: str
    sides: frozenset[Side]
    places: frozenset[int]
    classes: frozenset[int]
    is_open: bool
    in_archive: bool = False
    has_left: bool = False


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

    @property
    def is_kept(self) -> bool:
        """The pair runs or has ended: its last questionnaires and its evaluation may still be filled in."""
        return self.pair is not None and not self.pair.in_archive

    @property
    def took_part(self) -> bool:
        """She stands in the pair, or stood in it: what is said about its people may be said about her."""
        return self.pair is not None and (bool(self.pair.sides) or self.pair.has_left)

    @property
    def reads_answers(self) -> bool:
        """The curator of the form, but not in a pair that is or was her own: nobody is asked about her mentor by her mentor."""
        return self.curates_pair and not self.took_part


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a pair, as the rules look at it before there is a sheet."""

    participant_id: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One number of one mentee: whose, of which class, who takes it, whether it is personal."""

    participant_id: int
    class_id: int | None
    who: str
    sensitive: bool


# Whose plans each side edits (the curator edits all): the mentor all but the curator's, the mentee her own.
OWNERS_EDITED = {Side.MENTOR: {"pair", "mentor", "mentee"}, Side.MENTEE: {"mentee"}}
# Whose items each side marks as done: a mentee marks what the pair does together, too.
OWNERS_MARKED = {Side.MENTOR: {"pair", "mentor", "mentee"}, Side.MENTEE: {"pair", "mentee"}}
# Plans that a mentee agrees to before they are approved; a curator's plan needs no approval at all.
OWNERS_AGREED = {"pair", "mentee"}
OWNERS_APPROVED = {"pair", "mentor", "mentee"}

Rule = Callable[[Access, Any], bool]


def _edits_form(a: Access, form_id: Any) -> bool:
    """That form, or, without one, the making of a new one: a curator of one form makes no other."""
    return a.is_administrator or (a.is_whole_curator if form_id is None else a.curates(form_id))


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


def _is_hers(a: Access, sheet: Any) -> bool:
    """A sheet of her own place in the pair: her answers, her deficits."""
    return a.pair is not None and sheet.participant_id in a.pair.places


def _is_readable(submission: Any) -> bool:
    """What somebody is still thinking about on the screen is nobody else's business."""
    return bool(submission.from_paper or submission.state == "sent")


def _edits_answers(a: Access, submission: Any) -> bool:
    """While it is open: its author on the screen, or the curator what stands on paper."""
    writes = a.reads_answers if submission.from_paper else _is_hers(a, submission)
    return a.is_kept and submission.state == "open" and writes


def _sees_deficits(a: Access, sheet: Any) -> bool:
    return a.is_side(Side.MENTOR) or a.curates_pair or a.is_director or _is_hers(a, sheet)


def _takes(a: Access, one: Measured) -> bool:
    """It is hers to measure. What is personal no curator reads in a pair of her own."""
    if a.pair is None:
        return False
    of_class = one.class_id is not None and a.teaches_class(frozenset((one.class_id,)))
    takes = {
        "mentee": _is_hers(a, one),
        "mentor": a.is_side(Side.MENTOR),
        "class_teacher": of_class,
        "psychologist": a.is_psychologist,
    }
    return takes.get(one.who, False) or (a.reads_answers if one.sensitive else a.curates_pair)


def _reads_measured(a: Access, one: Measured) -> bool:
    of_class = one.class_id is not None and a.teaches_class(frozenset((one.class_id,)))
    in_the_pair = a.pair is not None and (a.is_director or a.is_side(Side.MENTOR) or _is_hers(a, one) or of_class)
    return _takes(a, one) or (in_the_pair and not one.sensitive)


RULES: dict[Action, Rule] = {
    Action.SCHOOL_VIEW: lambda a, _: a.is_administrator or a.is_any_curator or a.is_director,
    Action.SCHOOL_EDIT: lambda a, _: a.is_administrator or a.is_whole_curator,
    Action.ACCOUNTS_VIEW: lambda a, _: a.is_administrator or a.is_whole_curator,
    Action.ACCOUNTS_EDIT: lambda a, _: a.is_administrator or a.is_whole_curator,
    Action.FORMS_VIEW: lambda a, _: a.is_administrator or a.is_any_curator or a.is_director,
    Action.FORMS_EDIT: _edits_form,
    # It changes plans of pairs: a matter of their curator alone.
    Action.FORMS_OFFER: lambda a, form_id: a.curates(form_id),
    Action.PEOPLE_VIEW: lambda a, _: a.is_any_curator or a.is_director or a.is_psychologist or RoleKind.CLASS_TEACHER in a.kinds,
    Action.PERSON_VIEW: _sees_person,
    Action.PERSON_EDIT: lambda a, _: a.is_any_curator,
    # What an external mentor has shown is for whoever keeps it, and for herself: no psychologist, no class teacher, no other side.
    Action.CLEARANCES_VIEW: lambda a, person: a.is_any_curator or a.is_director or person.id == a.person_id,
    Action.ORGANISATIONS_VIEW: lambda a, _: a.is_any_curator or a.is_director,
    Action.ORGANISATIONS_EDIT: lambda a, _: a.is_any_curator,
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
    Action.QUESTIONNAIRES_LIST: lambda a, _: a.is_any_curator or a.is_director,
    # Which questionnaires there are and how far they have come; what was answered is another matter.
    Action.QUESTIONNAIRES_VIEW: lambda a, _: a.pair is not None and (bool(a.pair.sides) or a.curates_pair or a.is_director),
    Action.ANSWERS_VIEW: lambda a, submission: _is_hers(a, submission) or (a.reads_answers and _is_readable(submission)),
    # All answers to a form side by side: its curator alone, and in it only the sheets that answers:view lets her read.
    Action.ANSWERS_GATHER: lambda a, form_id: a.curates(form_id),
    Action.ANSWERS_COMPARE: lambda a, sheet: a.reads_answers or _is_hers(a, sheet),
    Action.ANSWERS_GIVE: lambda a, submission: a.is_kept and _is_hers(a, submission),
    Action.ANSWERS_ENTER: lambda a, _: a.is_kept and a.reads_answers,
    Action.ANSWERS_EDIT: _edits_answers,
    Action.ANSWERS_REOPEN: lambda a, _: a.is_kept and a.reads_answers,
    # That a row is offered tells of an answer, so only who reads answers is offered one.
    Action.ANSWERS_PLAN: lambda a, _: a.is_open and a.reads_answers,
    Action.EVALUATION_VIEW: lambda a, _: a.pair is not None and not a.took_part and (a.curates_pair or a.is_director),
    Action.EVALUATION_BEGIN: lambda a, _: can(a, Action.EVALUATION_VIEW) and a.is_kept,
    Action.EVALUATION_EDIT: lambda a, sheet: (
        can(a, Action.EVALUATION_VIEW) and a.is_kept and a.person_id in (sheet.rater_id, sheet.entered_by_id)
    ),
    Action.DEFICITS_VIEW_SOME: lambda a, _: a.pair is not None and (bool(a.pair.sides) or a.curates_pair or a.is_director),
    Action.DEFICITS_VIEW: _sees_deficits,
    Action.DEFICITS_BEGIN: lambda a, sheet: a.is_open and (_is_hers(a, sheet) or a.is_side(Side.MENTOR) or a.curates_pair),
    Action.DEFICITS_MARK: lambda a, sheet: a.is_open and (_is_hers(a, sheet) or a.curates_pair),
    Action.DEFICITS_RANK: lambda a, _: a.is_open and (a.is_side(Side.MENTOR) or a.curates_pair),
    Action.DEFICITS_AGREE: lambda a, sheet: a.is_open and _is_hers(a, sheet),
    Action.DEFICITS_AGREE_ON_PAPER: lambda a, _: a.is_open and a.curates_pair,
    # Those who measure besides the pair; its own people come by the pair's page.
    Action.MEASUREMENTS_LIST: lambda a, _: a.is_psychologist or RoleKind.CLASS_TEACHER in a.kinds,
    Action.MEASUREMENTS_VIEW_SOME: lambda a, _: _sees_pair(a, None) or (a.pair is not None and a.is_psychologist),
    Action.MEASUREMENTS_VIEW: _reads_measured,
    Action.MEASUREMENTS_EDIT: lambda a, one: a.is_kept and _takes(a, one),
}

# What a person reads who may look but not act: who may, and what she can do herself.
REASONS: dict[Action, str] = {
    Action.SCHOOL_EDIT: "Настройки школы меняют администратор и куратор.",
    Action.FORMS_EDIT: "Формы меняют администратор и куратор. Вы можете их читать.",
    Action.FORMS_OFFER: "Изменения формы предлагает парам её куратор.",
    Action.ACCOUNTS_VIEW: "Учётными записями занимаются администратор и куратор.",
    Action.ACCOUNTS_EDIT: "Учётными записями занимаются администратор и куратор.",
    Action.PERSON_EDIT: "Карточки людей меняет куратор. Если здесь ошибка, скажите ему.",
    Action.ORGANISATIONS_EDIT: "Организации ведёт куратор. Вы можете их читать.",
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
    Action.ANSWERS_GATHER: "Ответы на анкеты читает куратор этой формы.",
    Action.ANSWERS_GIVE: "На анкету отвечает тот, кому она адресована.",
    Action.ANSWERS_ENTER: "Анкеты с бумаги вводит куратор, но не в паре, где он сам участник или был им.",
    Action.ANSWERS_EDIT: "Эту анкету сейчас не изменить: она отправлена, её вводят с бумаги или пара в архиве. Ответы целы.",
    Action.ANSWERS_PLAN: "Строки по ответам вносит куратор, пока пара работает.",
    Action.ANSWERS_REOPEN: "Снова открывает анкету куратор.",
    Action.EVALUATION_BEGIN: "Пара в архиве: новый лист оценки не начать. Сначала верните её.",
    Action.EVALUATION_EDIT: "Лист заполняет тот, кто его начал. Вы можете его прочитать и начать свой.",
    Action.DEFICITS_BEGIN: "Чек-лист дефицитов начинают участники пары и куратор, пока пара работает.",
    Action.DEFICITS_MARK: "Свои уровни отмечает наставляемый, с бумаги — куратор, пока пара работает.",
    Action.DEFICITS_RANK: "Уровни и очередь ставят наставник и куратор, пока пара работает. Вы можете их прочитать.",
    Action.DEFICITS_AGREE: "Очередь согласует наставляемый этой пары.",
    Action.DEFICITS_AGREE_ON_PAPER: "Согласие на бумаге отмечает куратор.",
    Action.MEASUREMENTS_EDIT: "Этот замер вносят тот, кто измеряет, и куратор, пока пара не в архиве. Вы можете его прочитать.",
}


def can(access: Access, action: Action, thing: Any = None) -> bool:
    """Whether this person may do this to this thing. `thing` is a plan for plan:*, a person for person:view, an id for forms:*."""
    return RULES[action](access, thing)
