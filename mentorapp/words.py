"""What the interface calls things: one Russian word for each state and kind, the same on every page and paper."""

from typing import Any, Protocol

from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.domain.planning import ITEM_STATES, PlanState
from mentorapp.models.meetings import MeetingState
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from mentorapp.models.school import MENTEE_WORDS

KINDS = {
    PersonKind.PUPIL: "обучающийся",
    PersonKind.TEACHER: "педагог",
    PersonKind.STAFF: "сотрудник школы",
    PersonKind.PARENT: "родитель",
    PersonKind.STUDENT: "студент",
    PersonKind.EMPLOYER: "работодатель",
    PersonKind.GRADUATE: "выпускник",
    PersonKind.VETERAN: "ветеран труда",
    PersonKind.EXPERT: "внешний эксперт",
}
SEXES = {"f": "женский", "m": "мужской"}
ROLES = {
    RoleKind.ADMINISTRATOR: "администратор",
    RoleKind.CURATOR: "куратор",
    RoleKind.DIRECTOR: "директор",
    RoleKind.PSYCHOLOGIST: "психолог",
    RoleKind.CLASS_TEACHER: "классный руководитель",
}
PAIR_STATES = {
    PairState.PROPOSED: "Предложена",
    PairState.AGREED: "Согласована",
    PairState.ACTIVE: "Работает",
    PairState.PAUSED: "На паузе",
    PairState.FINISHED: "Завершена",
}
# The step that leads to a state, as a button says it.
PAIR_STEPS = {
    PairState.AGREED: "Отметить согласие сторон",
    PairState.ACTIVE: "Начать работу",
    PairState.PAUSED: "Поставить на паузу",
    PairState.FINISHED: "Завершить",
}
PLAN_STATES = {
    PlanState.DRAFT: "черновик",
    PlanState.AGREED: "согласован",
    PlanState.APPROVED: "утверждён",
    PlanState.CLOSED: "закрыт",
}
MEETING_STATES = {MeetingState.PLANNED: "Впереди", MeetingState.HELD: "Состоялась", MeetingState.MISSED: "Не состоялась"}

# The colour of a state's mark; the word always stands in it.
TINTS = {
    "planned": "",
    "in_progress": "accent",
    "done": "ok",
    "moved": "warn",
    "cancelled": "",
    "overdue": "err",
    "proposed": "",
    "agreed": "accent",
    "active": "ok",
    "paused": "warn",
    "finished": "",
    "draft": "",
    "approved": "ok",
    "closed": "",
    "held": "ok",
    "missed": "warn",
}
ITEMS = dict(ITEM_STATES)


class HasMenteeWords(Protocol):
    """Whatever knows the school's own word for a mentee: the school's row, or the head of a page that has read it along."""

    mentee_words: Any


def side_words(spec: FormSpec, school: HasMenteeWords, side: Side) -> dict[str, str]:
    """What a form calls one side; where it has only the usual word for a mentee, the school's own word stands."""
    words = spec.mentor if side is Side.MENTOR else spec.mentee
    found = {case: getattr(words, case) for case in MENTEE_WORDS}
    if side is Side.MENTEE and found["nominative"].casefold() == MENTEE_WORDS["nominative"]:
        return {**found, **school.mentee_words}
    return found


def owner_names(spec: FormSpec, school: HasMenteeWords) -> dict[str, str]:
    """Owner of a plan → what its tab says, in the words of the form and the school."""
    mentor, mentee = (side_words(spec, school, side)["nominative"] for side in (Side.MENTOR, Side.MENTEE))
    return {"pair": "План пары", "mentor": _capital(mentor), "mentee": _capital(mentee), "curator": "Куратор"}


def plan_names(spec: FormSpec, school: HasMenteeWords) -> dict[str, str]:
    """Owner of a plan → how a list speaks of it: «план наставника»."""
    mentor, mentee = (side_words(spec, school, side)["genitive"] for side in (Side.MENTOR, Side.MENTEE))
    return {"pair": "план пары", "mentor": f"план {mentor}", "mentee": f"план {mentee}", "curator": "план куратора"}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
