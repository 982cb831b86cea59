"""Making a pair from the two bases, and moving the dates of its plans when its period moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import PlanState
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models.forms import FormVersion
from mentorapp.models.pairs import Pair, PairState, Participant, running_twin
from mentorapp.models.people import BaseEntry, Person
from mentorapp.models.plans import Plan, PlanItem, area_texts, rule_texts


class WrongPair(Exception):
    """These two cannot be a pair. str() is the sentence for the curator."""


class WrongPeriod(WrongPair):
    """They cannot be a pair from that day to that."""


def candidates(side: Side, spec: FormSpec, year: SchoolYear) -> list[tuple[BaseEntry, int]]:
    """Who of a base may stand on that side of the form, by name, with the number of running pairs on that side."""
    kinds = (spec.mentor if side is Side.MENTOR else spec.mentee).kinds
    load = (
        sa.select(sa.func.count())
        .select_from(Participant)
        .join(Pair, Participant.pair_id == Pair.id)
        .where(Participant.person_id == BaseEntry.person_id, Participant.side == side, Participant.until.is_(None))
        .where(Pair.state != PairState.FINISHED, Pair.archived_at.is_(None))
        .scalar_subquery()
    )
    query = (
        sa.select(BaseEntry, load)
        .join(Person, BaseEntry.person_id == Person.id)
        .options(
            sa.orm.contains_eager(BaseEntry.person).options(
                sa.orm.selectinload(Person.enrolments), sa.orm.selectinload(Person.consents), sa.orm.selectinload(Person.organisation)
            )
        )
        .where(
            BaseEntry.year == year.first,
            BaseEntry.side == side,
            BaseEntry.left_on.is_(None),
            Person.archived_at.is_(None),
            Person.kind.in_(kinds),
        )
        .order_by(Person.search_key, BaseEntry.id)
    )
    return [(entry, count) for entry, count in db.session.execute(query)]


def make_pair(
    version: FormVersion,
    mentor: Person,
    mentee: Person,
    year: SchoolYear,
    starts_on: date,
    ends_on: date,
    today: date,
    subtype: str = "",
    model: str = "",
    area: str = "",
) -> Pair:
    """A proposed pair with its plans filled from the form. Raises WrongPair; added to the session, not committed."""
    check_area(version.spec, area)
    _check(version.spec, mentor, mentee, year, starts_on, ends_on, today)
    if twin := running_twin(version.form_id, year.first, [(mentor.id, Side.MENTOR), (mentee.id, Side.MENTEE)]):
        raise WrongPair(f"Такая пара уже есть: {twin.title}, пара {twin.id} в списке пар. Если она закончилась, сначала завершите её.")
    pair = Pair(
        year=year.first, form_id=version.form_id, form_version=version, subtype=subtype, model=model, starts_on=starts_on, ends_on=ends_on,
        state=PairState.PROPOSED, state_reason="", order_number="", area=area, control={},
    )  # fmt: skip
    mentee_row = Participant(person=mentee, side=Side.MENTEE, since=starts_on)
    pair.participants = [Participant(person=mentor, side=Side.MENTOR, since=starts_on), mentee_row]
    db.session.add(pair)
    for owner, template in version.spec.plans.items():
        plan = Plan(pair=pair, owner=owner, participant=mentee_row if owner == "mentee" else None, form_version_id=version.id)
        plan.fill_from(template, starts_on, ends_on, year, area)
        db.session.add(plan)
    db.session.flush()
    return pair


def _check(spec: FormSpec, mentor: Person, mentee: Person, year: SchoolYear, starts_on: date, ends_on: date, today: date) -> None:
    if mentor.id == mentee.id:
        raise WrongPair("Один человек не может стоять с обеих сторон пары. Выберите другого наставника или наставляемого.")
    for person, side, base in ((mentor, Side.MENTOR, "наставников"), (mentee, Side.MENTEE, "наставляемых")):
        if not any(entry.side is side and entry.year == year.first and entry.left_on is None for entry in person.base_entries):
            raise WrongPair(f"{person.short_name}: этого человека нет в базе {base} {year.label}. Сначала внесите его в базу.")
        if gap := person.consent_gap(today):
            raise WrongPair(f"{person.short_name}: {gap}. Пару можно составить, когда согласие будет.")
        if person.kind not in (spec.mentor if side is Side.MENTOR else spec.mentee).kinds:
            raise WrongPair(f"{person.short_name}: форма «{spec.title}» не для этого вида участников.")
    check_period(year, starts_on, ends_on)


def usual_period(year: SchoolYear, today: date) -> tuple[date, date]:
    """What a new pair is offered: from today to the end of lessons; when that is over, to the end of closing work, then of the year."""
    starts_on = min(max(today, year.starts_on), year.ends_on - timedelta(days=1))
    return starts_on, next(day for day in (year.half(2)[1], year.closes_on, year.ends_on) if day > starts_on)


def check_period(year: SchoolYear, starts_on: date, ends_on: date) -> None:
    """A pair lives inside one school year. Raises WrongPair."""
    if ends_on <= starts_on:
        raise WrongPeriod("Конец периода раньше начала. Проверьте обе даты.")
    if not (year.contains(starts_on) and year.contains(ends_on)):
        raise WrongPeriod(f"Период пары должен лежать внутри учебного года {year.label}: с 1 сентября по 31 августа.")


class NoArea(WrongPair):
    """The form's plans speak of a competence area, and none was chosen."""


def check_area(spec: FormSpec, area: str) -> None:
    """Raises NoArea: no plan may be printed with a gap where the area should stand."""
    if spec.needs_area and not area:
        raise NoArea("Впишите область: она стоит в планах этой формы.")


def change_area(pair: Pair, area: str, today: date) -> list[PlanItem]:
    """Another competence area: the rows that still say what the form says get it; a text that somebody changed stays. The items."""
    check_area(pair.spec, area)
    former, pair.area = pair.area, area
    query = sa.select(PlanItem).join(Plan).where(Plan.pair_id == pair.id, Plan.state != "closed", PlanItem.template_row.is_not(None))
    items = db.session.execute(query.options(sa.orm.contains_eager(PlanItem.plan)).order_by(PlanItem.id)).scalars()
    return [item for item in items if former != area and _put_area(item, former, area, pair.school_year, today)]


def _put_area(item: PlanItem, former: str, area: str, year: SchoolYear, today: date) -> bool:
    before, after = (area_texts(item.plan.template, item.template_row or 0, one, year) for one in (former, area))
    stale = [field for field, text in before.items() if item.value(field) == text]
    for field in stale:
        item.put(field, after[field], year, today)
        item.edited_after_approval |= item.plan.state is PlanState.APPROVED
    return bool(stale)


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One date of a plan that the form's rule now puts elsewhere."""

    item: PlanItem
    field: str
    old: str
    new: str


def moved_dates(pair: Pair) -> Iterator[MovedDate]:
    """Dates that nobody typed and that the rules put elsewhere since the pair's period moved; done rows stay."""
    query = (
        sa.select(PlanItem)
        .join(Plan)
        .where(Plan.pair_id == pair.id, Plan.state != "closed", PlanItem.removed_at.is_(None), PlanItem.template_row.is_not(None))
        .options(sa.orm.contains_eager(PlanItem.plan))
        .order_by(Plan.id, PlanItem.position)
    )
    for item in db.session.execute(query).scalars():
        texts = rule_texts(item.plan.template, item.template_row or 0, pair.starts_on, pair.ends_on, pair.school_year)
        for field, by_rule in (("due_text", item.due_by_rule), ("report_text", item.report_by_rule)):
            old = getattr(item, field)
            if by_rule and item.state not in ("done", "cancelled") and old != texts.get(field, old):
                yield MovedDate(item, field, old, texts[field])


def move_dates(pair: Pair, today: date) -> list[PlanItem]:
    """Carry all of them out; they stay dates by rule. Returns the items, for one journal operation."""
    items = []
    for moved in list(moved_dates(pair)):
        moved.item.put(moved.field, moved.new, pair.school_year, today)
        setattr(moved.item, "due_by_rule" if moved.field == "due_text" else "report_by_rule", True)
        moved.item.edited_after_approval |= moved.item.plan.state is PlanState.APPROVED
        items.append(moved.item)
    return list(dict.fromkeys(items))
