"""Making a pair or a group from the two bases, and moving the dates of its plans when its period moves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import due, organisation
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import PlanState
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import eligibility
from mentorapp.models.forms import FormVersion
from mentorapp.models.pairs import Pair, PairState, Participant, running_twin
from mentorapp.models.people import Person
from mentorapp.models.plans import Plan, PlanItem, area_texts, rule_texts

People = Mapping[Side, Sequence[Person]]


class WrongPair(Exception):
    """These people cannot be a pair like that. `problems`: the field of the form → sentences for the curator; str() is all of them."""

    def __init__(self, problems: Mapping[str, Sequence[str]]) -> None:
        super().__init__(" ".join(sentence for found in problems.values() for sentence in found))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Terms:
    """What a pair works at, and from when to when."""

    year: SchoolYear
    starts_on: date
    ends_on: date
    subtype: str = ""
    model: str = ""
    area: str = ""


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
    """A pair of two: what make_group does."""
    people = {Side.MENTOR: [mentor], Side.MENTEE: [mentee]}
    return make_group(version, people, Terms(year, starts_on, ends_on, subtype, model, area), today)


def make_group(version: FormVersion, people: People, terms: Terms, today: date) -> Pair:
    """A proposed pair with its plans filled from the form, one for each mentee. Raises WrongPair; added to the session, not committed."""
    if problems := _problems(version.form_id, version.spec, people, terms, today):
        raise WrongPair(problems)
    pair = Pair(
        year=terms.year.first, form_id=version.form_id, form_version=version, subtype=terms.subtype, model=terms.model, area=terms.area,
        starts_on=terms.starts_on, ends_on=terms.ends_on, state=PairState.PROPOSED, state_reason="", order_number="", control={},
    )  # fmt: skip
    pair.participants = [Participant(person=person, side=side, since=terms.starts_on) for side in Side for person in people[side]]
    db.session.add(pair)
    db.session.flush()
    for owner in version.spec.plans:
        for row in [row for row in pair.participants if row.side is Side.MENTEE] if owner == "mentee" else [None]:
            add_plan(pair, owner, row)
    db.session.flush()
    return pair


def add_plan(pair: Pair, owner: str, row: Participant | None = None) -> Plan:
    """A plan made from the form that the pair was made with: the pair's, or a mentee's own, from the day on which she joined."""
    plan = Plan(pair=pair, owner=owner, participant=row, form_version_id=pair.form_version_id)
    plan.fill_from(plan.template, plan.begins_on, pair.ends_on, pair.school_year, pair.area)
    db.session.add(plan)
    return plan


def _problems(form_id: str, spec: FormSpec, people: People, terms: Terms, today: date) -> dict[str, list[str]]:
    """All that is wrong, by the fields of the form; only people who fit are looked for in other pairs."""
    found: dict[str, list[str]] = {side.value: [] for side in Side}
    for side, chosen in people.items():
        for person in chosen:
            obstacle = eligibility.obstacle(person, side, spec, terms.year, terms.starts_on, today)
            found[side.value] += [obstacle] if obstacle else []
    if both := [person for person in people[Side.MENTEE] if person in people[Side.MENTOR]]:
        found["mentee"].append(eligibility.both_sides(both[0]))
    numbers = len(people[Side.MENTOR]), len(people[Side.MENTEE])
    if not organisation.may_begin(spec, *numbers):
        found["mentee" if numbers[1] > 1 else "mentor"].append(organisation.refusal(spec, *numbers))
    found |= {"area": list(area_problem(spec, terms.area)), "ends_on": list(period_problem(terms.year, terms.starts_on, terms.ends_on))}
    if not any(found.values()):
        everybody = [(person.id, side) for side, chosen in people.items() for person in chosen]
        found["mentor"] += twin_problem(running_twin(form_id, terms.year.first, everybody))
    return {field: sentences for field, sentences in found.items() if sentences}


def twin_problem(twin: Pair | None) -> list[str]:
    """The sentence about a pair in which these people work together already."""
    if twin is None:
        return []
    return [f"Такая пара уже есть: {twin.title}, пара {twin.id} в списке пар. Если она закончилась, сначала завершите её."]


def passed_rows(spec: FormSpec, year: SchoolYear, starts_on: date, ends_on: date, today: date) -> int:
    """How many rows of the form's plans would be overdue as soon as a pair of that period is made."""
    if any(period_problem(year, starts_on, ends_on)):
        return 0
    rules = (item.due for plan in spec.plans.values() if plan.by_role("due") for item in plan.items if item.due and item.when is None)
    lasts = (due.from_rule(rule, start=starts_on, end=ends_on, year=year).last for rule in rules)
    return sum(last is not None and last < today for last in lasts)


def usual_period(year: SchoolYear, today: date) -> tuple[date, date]:
    """What a new pair is offered: from today to the end of lessons; when that is over, to the end of closing work, then of the year."""
    starts_on = min(max(today, year.starts_on), year.ends_on - timedelta(days=1))
    return starts_on, next(day for day in (year.half(2)[1], year.closes_on, year.ends_on) if day > starts_on)


def period_problem(year: SchoolYear, starts_on: date, ends_on: date) -> Iterator[str]:
    """A pair lives inside one school year."""
    if ends_on <= starts_on:
        yield "Конец периода раньше начала. Проверьте обе даты."
    elif not (year.contains(starts_on) and year.contains(ends_on)):
        yield f"Период пары должен лежать внутри учебного года {year.label}: с 1 сентября по 31 августа."


def area_problem(spec: FormSpec, area: str) -> Iterator[str]:
    """No plan may be printed with a gap where the area should stand."""
    if spec.needs_area and not area:
        yield "Впишите область: она стоит в планах этой формы."


def change_period(pair: Pair, starts_on: date, ends_on: date) -> list[Participant]:
    """Another period. Who began with the pair begins with it still; those rows come back, for the journal. Raises WrongPair."""
    if problem := list(period_problem(pair.school_year, starts_on, ends_on)):
        raise WrongPair({"ends_on": problem})
    with_pair = [row for row in pair.participants if row.since == pair.starts_on]
    for row in with_pair:
        row.since = starts_on if row.until is None else min(starts_on, row.until)
    pair.starts_on, pair.ends_on = starts_on, ends_on
    return with_pair


def change_area(pair: Pair, area: str, today: date) -> list[PlanItem]:
    """Another competence area: the rows that still say what the form says get it, a text that somebody changed stays. The items.

    Raises WrongPair.
    """
    if problem := list(area_problem(pair.spec, area)):
        raise WrongPair({"area": problem})
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
        .options(sa.orm.contains_eager(PlanItem.plan).joinedload(Plan.participant))
        .order_by(Plan.id, PlanItem.position)
    )
    for item in db.session.execute(query).scalars():
        texts = rule_texts(item.plan.template, item.template_row or 0, item.plan.begins_on, pair.ends_on, pair.school_year)
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
