"""What is printed on a plan and on a checklist, put together from the models."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mentorapp import words
from mentorapp.domain import owncolumns, planning
from mentorapp.domain.formspec import CONTROLS, Column
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import short_date, weekday_date
from mentorapp.models import Meeting, Pair, Participant, Plan, School
from mentorapp.papers.documents import intro_of_plans
from mentorapp.papers.heads import capital, head_of, people_rows
from mentorapp.papers.pages import Approval, ChecklistPaper, Head, PairHead, PlanPaper, PlanTable, RowOut

MARK = Head("Отметка о выполнении", 15)


def plan_paper(school: School, pair: Pair, plans: Sequence[Plan]) -> PlanPaper:
    """The plans of one pair, each on pages of its own. Raises Unfilled where the form's words above them have a gap."""
    intro = intro_of_plans(school, pair)
    return PlanPaper(
        school=head_of(school),
        year_label=pair.school_year.long_label,
        pair=_pair(school, pair),
        plans=[replace(_table(school, pair, plan), intro=intro) for plan in plans],
    )


def checklist_paper(school: School, meeting: Meeting, item_title: str, address: str) -> ChecklistPaper:
    """The agenda of one meeting to take along and type back."""
    pair, spec = meeting.pair, meeting.pair.spec
    is_group = len(pair.present) > len(Side)
    when = ", ".join(part for part in (_day(meeting), meeting.planned_time, meeting.place) if part)
    return ChecklistPaper(
        school=head_of(school),
        year_label=pair.school_year.label,
        number=meeting.code,
        title=f"Чек-лист встречи №\u00a0{meeting.number}",
        subtitle=" · ".join(
            part for part in (meeting.type_title, f"форма «{spec.title}»", item_title and f"по плану: {item_title}") if part
        ),
        rows=[*([] if is_group else people_rows(school, pair)), ("Дата и место", when)],
        agenda=[str(point["text"]) for point in meeting.agenda],
        next_types=_next_types(meeting),
        contact=f"Что-то не так или нужен совет? {school.contact}" if school.contact else "",
        signatures=_signatures(school, pair, short=True)[: len(pair.people(Side.MENTOR)) if len(pair.present) > MOST_SIGN else None],
        members=_to_tick(school, pair) if is_group else [],
        address=address,
        ways=_ways(meeting),
    )


# Of a larger group the mentors sign a checklist: who came is ticked, and the sheet stays one page.
MOST_SIGN = 4


def _ways(meeting: Meeting) -> list[tuple[str, str]]:
    """How the form proposes to hold a meeting of that type."""
    kind = meeting.kind
    offered = [("Как взаимодействуют", kind.interactions), ("Методы", kind.methods)] if kind else []
    return [(title, "; ".join(texts)) for title, texts in offered if texts]


def _next_types(meeting: Meeting) -> list[str]:
    """What the next meeting may be: the usual one, then all others in the order of the form."""
    return [kind.title for kind in sorted(meeting.pair.spec.meetings, key=lambda kind: kind.id != meeting.usual_next_type)]


def _day(meeting: Meeting) -> str:
    return f"{weekday_date(meeting.planned_on)}.{meeting.planned_on.year}" if meeting.planned_on else ""


def _signatures(school: School, pair: Pair, *, short: bool, only: Participant | None = None) -> list[tuple[str, str]]:
    """The roles and names of those who sign; what is `only` one person's nobody else of that side signs."""
    spec = pair.spec
    return [
        (words.side_words(spec, school, side)["nominative"], person.short_name if short else person.full_name)
        for side in (Side.MENTOR, Side.MENTEE)
        for person in ([only.person] if only and only.side is side else pair.people(side))
    ]


def _to_tick(school: School, pair: Pair) -> list[tuple[str, list[str]]]:
    """What each side of a group is called, and its people, of whom it is ticked who came."""
    labels = [label for label, _names in people_rows(school, pair)]
    return [(label, [person.short_name for person in pair.people(side)]) for label, side in zip(labels, Side, strict=True)]


def _pair(school: School, pair: Pair, only: Participant | None = None) -> PairHead:
    spec = pair.spec
    mentors, mentees = (", ".join(person.full_name for person in pair.people(side)) for side in (Side.MENTOR, Side.MENTEE))
    subtype = next((subtype.title for subtype in spec.subtypes if subtype.id == pair.subtype), "")
    period = f"с {short_date(pair.starts_on)} по {short_date(pair.ends_on)}"
    return PairHead(mentors, mentees, spec.title, subtype, period, people_rows(school, pair, only), pair.area)


# Beside the number of a row that was changed after the approval, so that no stamp stands over words that nobody approved in silence.
CHANGED = "*"


def _changed(plan: Plan) -> str:
    """The note under a plan that was changed after its approval."""
    if plan.approved_on is None or not any(item.edited_after_approval for item in plan.items):
        return ""
    return f"{CHANGED} Изменено после утверждения {short_date(plan.approved_on)}, изменения ещё не утверждены."


def _control(pair: Pair) -> str:
    """What the pair chose to look at, under its common plan."""
    chosen = [(words.OCCASIONS[name], titles) for name in CONTROLS if (titles := pair.control.get(name))]
    return "\n".join(f"{capital(word)}: {'; '.join(titles)}." for word, titles in chosen)


def heads_of(columns: Sequence[Column]) -> list[Head]:
    """The columns as they are printed. What became of a row has one of its own, unless the form brings one for it."""
    heads = [Head(column.title, column.width, column.kind in ("date", "due")) for column in columns]
    return heads if _own_mark(columns) is not None else [*heads, MARK]


def with_mark(cells: Sequence[str], mark: str, columns: Sequence[Column]) -> list[str]:
    """The cells of a row with what became of it: in the form's own column for it, under what people wrote there, or in ours."""
    place = _own_mark(columns)
    if place is None:
        return [*cells, mark]
    return [_both(cell, mark) if number == place else cell for number, cell in enumerate(cells)]


def _both(cell: str, mark: str) -> str:
    is_said = re.match(rf"{re.escape(mark)}\b", cell, re.IGNORECASE)  # «Не сделано» says something else
    return cell if mark and is_said else "\n".join(filter(None, [cell, mark]))


def _own_mark(columns: Sequence[Column]) -> int | None:
    return next((number for number, column in enumerate(columns) if owncolumns.takes_mark(column.title)), None)


# A plan without rows is printed to be filled in by hand.
ROWS_TO_FILL = 8


def _table(school: School, pair: Pair, plan: Plan) -> PlanTable:
    template = plan.template
    fields = [planning.field_of(column) for column in template.columns]
    live = [item for item in plan.items if item.removed_at is None]
    rows, section = [], ""
    for number, item in enumerate(live, start=1):
        cells = [planning.shown(item, field) for field in fields]
        mark = CHANGED if item.edited_after_approval else ""
        cells = with_mark(cells, _state(item.state, item.note), template.columns)
        rows.append(RowOut(f"{number}{mark}", cells, item.section if item.section != section else None))
        section = item.section
    return PlanTable(
        title=template.title,
        pair=_pair(school, pair, plan.participant),
        columns=heads_of(template.columns),
        rows=rows,
        blank_rows=0 if rows else ROWS_TO_FILL,
        approval=_approval(school, plan),
        agreement=_agreement(school, plan),
        note="\n".join(filter(None, [_changed(plan), " ".join(template.notes), _control(pair) if plan.owner == "pair" else ""])),
        signatures=[("куратор", "")] if plan.owner == "curator" else _signatures(school, pair, short=False, only=plan.participant),
    )


def _state(state: str, note: str) -> str:
    """What became of the item; what is still ahead leaves room to write."""
    word = "" if state == "planned" else planning.ITEM_STATES[state]
    return ". ".join(part for part in (word, note) if part)


def _approval(school: School, plan: Plan) -> Approval | None:
    if not plan.needs_approval:
        return None
    approver = plan.approved_by
    if approver is not None and plan.approved_on is not None:
        place = approver.enrolment(plan.pair.school_year)
        post = place.post.split(",")[0] if place else ""  # the post itself, without what a school adds to it
        return Approval("УТВЕРЖДЕНО", post[:1].upper() + post[1:], approver.short_name, short_date(plan.approved_on))
    date_text = short_date(plan.approved_on) if plan.approved_on else ""
    return Approval("УТВЕРЖДАЮ", school.director_post, school.director, date_text)


def _agreement(school: School, plan: Plan) -> str:
    if plan.agreed_on is None:
        return ""
    word = words.side_words(plan.pair.spec, school, Side.MENTEE)["nominative"]
    if plan.agreed_by is not None and len(plan.pair.people(Side.MENTEE)) > 1:
        word = f"{word} {plan.agreed_by.short_name}"
    return f"Согласовано: {word}, {short_date(plan.agreed_on)}{' (подпись на бумаге)' if plan.agreed_on_paper else ''}"
