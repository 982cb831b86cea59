"""What publishing a new version of a form would mean for what is there: counts, what stays as it is, and what forbids it.

A fixed number of queries, however many pairs and sheets there are.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import organisation, recount, rubric
from mentorapp.domain.formdiff import Change, Difference
from mentorapp.domain.formparts import steps
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.names import plural
from mentorapp.domain.permissions import Side
from mentorapp.models import eligibility
from mentorapp.models.evaluations import Evaluation, Mark
from mentorapp.models.form_offers import RowOffer, offers_for
from mentorapp.models.forms import FormVersion
from mentorapp.models.formuse import FormUse
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.submissions import Submission, SubmissionState
from mentorapp.prepared import Prepared

KIND_REFUSED = "Вид этого вопроса изменить нельзя: на него уже ответили. Прежние ответы целы; задайте вместо него новый вопрос."
BREAKS_PAIRS = "Так опубликовать нельзя: эти пары работают и перестали бы подходить форме. Завершите их или верните прежнее."


Way = tuple[str, ...]  # an address in its steps


@dataclass(frozen=True, slots=True)
class Effect:
    """What one difference does: sentences, and where it is refused the reason with the pairs that stand in the way."""

    difference: Difference
    notes: tuple[str, ...] = ()
    refusal: str = ""
    pairs: tuple[Pair, ...] = ()

    @property
    def may_be_replaced(self) -> bool:
        """A question of another kind may be asked as a new one beside the former."""
        return bool(self.refusal) and self.difference.change is Change.KIND


@dataclass(frozen=True, slots=True)
class Rebanded:
    """One evaluation as it stands and as the new criteria would count it."""

    sheet: Evaluation
    level: str
    total: int
    again: recount.Recount


class Impact:
    """The effect of each difference, and what holds for all of them, which is counted only where it is shown."""

    def __init__(self, form_id: str, old: FormSpec | None, new: FormSpec, differences: Sequence[Difference]) -> None:
        self._form_id, self._old, self._new = form_id, old, new
        counts = FormUse(form_id, differences)
        pairs = _running_pairs(form_id) if old and any(map(_may_break_pairs, differences)) else []
        reworded = {tuple(steps(one.address)) for one in differences if one.change is Change.REWORDED}
        self.effects = [
            _with_twins(_effect(one, counts, _broken_by(one, pairs, old, new)), new, reworded) if old else Effect(one)
            for one in differences
        ]

    @property
    def refused(self) -> list[Effect]:
        """What must not be published."""
        return [effect for effect in self.effects if effect.refusal]

    @cached_property
    def stays(self) -> list[str]:
        """What was made with earlier versions and stays with them, in sentences."""
        return _what_stays(self._form_id) if self._old else []

    @cached_property
    def rebanded(self) -> list[Rebanded]:
        """Evaluations whose level would be another one by these criteria."""
        return _rebanded(self._form_id, self._new) if self._old and self._old.evaluation != self._new.evaluation else []

    @cached_property
    def offered(self) -> list[RowOffer]:
        """The rows that could be offered to plans of running pairs."""
        offers = offers_for(self._form_id, self._new) if self._old and self._old.plans != self._new.plans else []
        return [row for offer in offers for row in offer.rows]

    @property
    def offered_plans(self) -> int:
        """To how many plans."""
        return len({row.plan.id for row in self.offered})


def _running_pairs(form_id: str) -> list[Pair]:
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    query = sa.select(Pair).where(Pair.form_id == form_id, Pair.state != PairState.FINISHED, Pair.archived_at.is_(None))
    return sorted(db.session.execute(query.options(people)).scalars(), key=lambda pair: (pair.title, pair.id))


_OF_FORM = Pair.form_id == sa.bindparam("form_id")
_BEGUN = Prepared(
    sa.select(Submission.state, FormVersion.number, sa.func.count().label("sheets"))
    .join_from(Submission, Pair)
    .join(FormVersion, Submission.form_version_id == FormVersion.id)
    .where(_OF_FORM, Submission.is_begun())
    .group_by(Submission.state, FormVersion.number)
    .order_by(FormVersion.number)
)
_SHEETS = sa.select(sa.func.count()).select_from(Evaluation).join(Pair).where(_OF_FORM, Evaluation.removed_at.is_(None))
_PAIRS = sa.select(sa.func.count()).select_from(Pair).where(_OF_FORM, Pair.archived_at.is_(None))
_COUNTED = Prepared(sa.select(_SHEETS.scalar_subquery().label("sheets"), _PAIRS.scalar_subquery().label("pairs")))


def _what_stays(form_id: str) -> list[str]:
    """What was made with earlier versions and stays with them."""
    rows = _BEGUN.rows(form_id=form_id)
    sent = sum(row.sheets for row in rows if row.state is SubmissionState.SENT)
    [counted] = _COUNTED.rows(form_id=form_id)
    begun = [
        _many(row.sheets, "начатую анкету", "начатые анкеты", "начатых анкет") + f" дозаполнят по версии {row.number}."
        for row in rows
        if row.state is not SubmissionState.SENT
    ]
    found = (
        (sent, ("заполненная анкета не изменится", "заполненные анкеты не изменятся", "заполненных анкет не изменятся"), ""),
        (
            counted.sheets,
            ("лист оценки останется", "листа оценки останутся", "листов оценки останутся"),
            " при своих баллах и уровнях",
        ),
        (counted.pairs, ("пара останется", "пары останутся", "пар останутся"), " при своих планах: столбцы и строки те же"),
    )
    return [*(_many(number, *forms) + end + "." for number, forms, end in found if number), *begun]


def _many(number: int, one: str, few: str, many: str) -> str:
    return f"{number} {plural(number, one, few, many)}"


# --- What one difference does ---


def _effect(one: Difference, counts: FormUse, broken: list[Pair]) -> Effect:
    if broken:
        return Effect(one, refusal=BREAKS_PAIRS, pairs=tuple(broken))
    way = steps(one.address)
    if one.thing == "question" and one.change in (Change.KIND, Change.WIDENED, Change.REMOVED):
        return _on_question(one, counts.of_question(way[1], way[3]))
    if one.thing == "question" and one.change is Change.ADDED:
        return Effect(one, ("Прежние ответы остаются полными: этого не спрашивали.",))
    return Effect(one, tuple(_note(one, way, counts)))


def _with_twins(effect: Effect, new: FormSpec, reworded: Collection[Way]) -> Effect:
    """A question that says something else is still compared with the one before or after it: they must go on meaning the same."""
    one, way = effect.difference, steps(effect.difference.address)
    if one.thing != "question" or one.change is not Change.REWORDED or one.name != "text":
        return effect
    here = next(asked for asked in new.questionnaires if asked.id == way[1])
    key = next(question.pair_key for question in here.questions if question.id == way[3])
    twins = [
        f"«{question.text}»"
        for asked in new.questionnaires
        if key and asked.role == here.role and asked.id != here.id
        for question in asked.questions
        if question.pair_key == key and ("questionnaires", asked.id, "questions", question.id, "text") not in reworded
    ]
    whom, all_of_them = ("вопросом", "оба") if len(twins) == 1 else ("вопросами", "все")
    note = f"Ответы сравниваются с {whom} {', '.join(twins)}: проверьте, что {all_of_them} об одном."
    return replace(effect, notes=(*effect.notes, note)) if twins else effect


def _on_question(one: Difference, answers: int) -> Effect:
    if not answers:
        return Effect(one)
    ends = {Change.REMOVED: "они остаются среди снятых вопросов", Change.WIDENED: "они остаются как есть", Change.KIND: "они целы"}
    return Effect(one, (f"Ответов уже {answers}: {ends[one.change]}.",), KIND_REFUSED if one.change is Change.KIND else "")


def _note(one: Difference, way: list[str], counts: FormUse) -> Iterator[str]:
    if one.thing == "option" and one.change is not Change.ADDED:
        chosen = counts.choices.get((way[1], way[3], way[-1]), 0)
        yield f"Выбрали: {chosen}." if chosen else "Никто не выбирал."
        if chosen and one.change is Change.REMOVED:
            yield "В новых анкетах его не будет, в прежних ответах он виден."
    elif one.thing == "column" and one.change is not Change.ADDED:
        rows = counts.cells.get((way[1], way[3]), 0)
        yield f"Заполнено строк: {rows}. В нынешних планах столбец остаётся, как есть."
    elif one.thing == "indicator" and one.change is Change.REMOVED:
        yield f"Отметок в прежних листах: {counts.marks.get(way[-1], 0)}, они остаются."
    elif one.thing == "competence" and one.change is Change.REMOVED:
        marked = sum(number for key, number in counts.levels.items() if key.partition(".")[0] == way[-1])
        yield f"Отметок в прежних чек-листах: {marked}, они остаются."
    elif one.change is Change.REMOVED and (number := counts.used(one.thing, way[-1])):
        yield f"Так отмечено: {number}. Прежнее остаётся, для нового не предлагается."


# --- Sides and organisation ---

# What a form says of how many people stand in a pair.
_NUMBERS = ("organisation", *organisation.MOST_OF.values())


def _may_break_pairs(one: Difference) -> bool:
    return (one.thing == "side" and one.change is Change.FACT) or one.name in _NUMBERS


def _broken_by(one: Difference, pairs: list[Pair], old: FormSpec, new: FormSpec) -> list[Pair]:
    """Running pairs that fit the form as it is and would not fit it after this difference."""
    if one.thing == "side" and one.change is Change.FACT:
        side = Side(steps(one.address)[1])
        return [pair for pair in pairs if _side_fits(pair, side, old, one.name) and not _side_fits(pair, side, new, one.name)]
    if one.name in _NUMBERS:
        return [pair for pair in pairs if _has_room(pair, old) and not _has_room(pair, new)]
    return []


def _side_fits(pair: Pair, side: Side, spec: FormSpec, name: str) -> bool:
    people = pair.people(side)
    if name == "kinds":
        return all(person.kind in eligibility.side_of(spec, side).kinds for person in people)
    return not any(eligibility.wrong_age(person, side, spec, pair.starts_on) for person in people)


def _has_room(pair: Pair, spec: FormSpec) -> bool:
    return organisation.has_room(spec, len(pair.people(Side.MENTOR)), len(pair.people(Side.MENTEE)))


# --- Evaluations ---


def _rebanded(form_id: str, new: FormSpec) -> list[Rebanded]:
    """The sheets of which the new criteria would say something else."""
    if new.evaluation is None:
        return []
    people = sa.orm.joinedload(Evaluation.pair).selectinload(Pair.participants).joinedload(Participant.person)
    query = sa.select(Evaluation).join(Pair).where(Pair.form_id == form_id, Evaluation.removed_at.is_(None)).options(people)
    sheets = list(db.session.execute(query.order_by(Evaluation.rated_on, Evaluation.id)).scalars())
    marks: dict[int, dict[str, str]] = {sheet.id: {} for sheet in sheets}
    given = sa.select(Mark.evaluation_id, Mark.key, Mark.value).join(Evaluation).join(Pair)
    for row in db.session.execute(given.where(Pair.form_id == form_id, Mark.value != "")):
        marks.get(row.evaluation_id, {})[row.key] = row.value
    found = []
    for sheet in sheets:
        if recount.differ(sheet.rubric, new.evaluation):
            score = rubric.score(sheet.rubric, marks[sheet.id])
            again = recount.recount(sheet.rubric, new.evaluation, marks[sheet.id])
            if (score.total, score.band and score.band.title) != (again.score.total, again.level or None):
                found.append(Rebanded(sheet, sheet.level(score), score.total, again))
    return found
