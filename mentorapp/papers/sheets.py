"""From evaluations and lists of deficits to what their papers show."""

from collections.abc import Mapping, Sequence

from mentorapp import words
from mentorapp.domain import rubric
from mentorapp.domain.deficits import MENTEE, MENTOR, RANK, DeficitCatalogue
from mentorapp.domain.permissions import Side
from mentorapp.domain.rubric import NOT_APPLICABLE, WHY, IndicatorGroup, Rubric, Score
from mentorapp.domain.school_year import short_date
from mentorapp.models import DeficitList, Evaluation, Pair, Participant, PlanItem, School
from mentorapp.models.evaluations import is_group
from mentorapp.papers.heads import capital, foot_of, head_of, pair_rows
from mentorapp.papers.sheet_pages import (
    BOX,
    TICKED,
    DeficitGroup,
    DeficitRow,
    DeficitsPaper,
    EvaluationPaper,
    MarkGroup,
    MarkRow,
)

Rows = Sequence[tuple[str, str]]
LINE = "________________________"  # to be written by hand
NO_MARKS: Mapping[str, str] = {}

# --- Evaluations ---


def blank_evaluation(school: School, pair: Pair, criteria: Rubric) -> EvaluationPaper:
    """An empty sheet; who rates and when is written by hand, for a group also about whom."""
    *people, year = pair_rows(school, pair)
    # One line more would put the signature overleaf; the year of a group's sheet is told by the date beside it.
    return _evaluation(school, [*people, ("О ком", LINE) if is_group(pair) else year], pair.title, criteria)


def evaluation_blank(school: School, people: Rows, criteria: Rubric) -> EvaluationPaper:
    """The same for no pair: `people` are the lines on which its people are written by hand."""
    return _evaluation(school, people, "", criteria)


def filled_evaluation(school: School, evaluation: Evaluation, marks: Mapping[str, str], score: Score) -> EvaluationPaper:
    """A sheet with its marks, the level and what the level means. Of a group one about one mentee names no other."""
    pair, only = evaluation.pair, evaluation.participant
    mentor, (side, names), *rest = pair_rows(school, pair, only)
    whole = [("О ком", evaluation.whom)] if evaluation.whom and not only else []
    people = [mentor, ("О ком" if only else side, names), *rest, *whole]
    whose = only.person.short_name if only else pair.title
    return _evaluation(school, people, whose, evaluation.rubric, marks, evaluation, score)


def _evaluation(
    school: School,
    people: Rows,
    whose: str,
    criteria: Rubric,
    marks: Mapping[str, str] = NO_MARKS,
    sheet: Evaluation | None = None,
    score: Score | None = None,
) -> EvaluationPaper:
    numbers = {one.id: number for number, one in enumerate(criteria.indicators, 1)}
    level = sheet.level(score) if sheet and score else ""
    band = next((band for band in criteria.bands if band.title == level), None)
    return EvaluationPaper(
        school=head_of(school),
        title=criteria.title,
        rows=[*people, ("Контроль", words.OCCASIONS[sheet.occasion] if sheet else LINE)],
        heads=[_mark(value) for value in criteria.options],
        groups=[_group(group, criteria, marks, numbers, is_filled=sheet is not None) for group in criteria.groups],
        meanings="; ".join(f"{_mark(value)} — {label}" for value, label in criteria.options.items()),
        rule="" if sheet else _how_counted(criteria),
        total=_sum_words(score) if score else "",
        level=_level_words(sheet, score, level) if sheet and score else "",
        explanation=band.text if band else "",
        bands=[(f"{band.low}–{band.high}", band.title, band.text) for band in sorted(criteria.bands, key=lambda one: -one.low)],
        rater=sheet.rater.full_name if sheet else "",
        date_text=short_date(sheet.rated_on) if sheet else "",
        filled=sheet is not None,
        foot=f"{criteria.title}: {whose}" if whose else criteria.title,
    )


def _mark(value: str) -> str:
    return "н/п" if value == NOT_APPLICABLE else value


def _how_counted(criteria: Rubric) -> str:
    """How the sum of a blank is counted by hand, so that it is the one that the screen shows."""
    whole = f"Сложите баллы, когда отмечены все строки: самая большая сумма — {criteria.most}. Пустая строка — не ноль."
    aside = (
        f"Строка «н/п» в сумму не входит: самая большая сумма за каждую такую строку меньше на {criteria.best}, уровень выбирает куратор."
    )
    return f"{whole} {aside}" if criteria.not_applicable else whole


def _sum_words(score: Score) -> str:
    """The sum as far as it is one: of a sheet with gaps it is not measured against the highest."""
    counted = score.filled - score.not_applicable
    if not score.is_whole:
        return (f"пока {score.total}, " if counted else "") + f"отмечено {score.filled} из {score.lines}"
    if not counted:
        return "не применимо"
    aside = f" (не применимо показателей: {score.not_applicable})" if score.not_applicable else ""
    return f"{score.total} из {score.most}{aside}"


def _level_words(sheet: Evaluation, score: Score, level: str) -> str:
    if not score.is_whole:
        return "появится, когда отмечены все строки"
    if score.needs_hand:
        why = f": {sheet.level_reason}" if sheet.level_reason else ""
        return f"{level}, выбран вручную{why}" if level else "ещё не выбран: часть показателей не применима"
    return level


def _group(group: IndicatorGroup, criteria: Rubric, marks: Mapping[str, str], numbers: Mapping[str, int], *, is_filled: bool) -> MarkGroup:
    part = rubric.group_score(criteria, group, marks)
    rows = [
        MarkRow(
            number=numbers[one.id],
            title=one.title,
            hint="" if is_filled else one.hint,
            mark=_mark(marks.get(one.id, "")),
            boxes=[TICKED if is_filled and marks.get(one.id) == value else BOX for value in criteria.options],
            comment=marks.get(one.id + WHY, ""),
        )
        for one in group.indicators
    ]
    return MarkGroup(group.title, _sum_words(part) if is_filled else "", rows)


# --- Deficits ---


def deficits_paper(
    school: School,
    made: DeficitList | None,
    participant: Participant,
    catalogue: DeficitCatalogue,
    values: Mapping[str, str],
    planned: Mapping[str, PlanItem],
) -> DeficitsPaper:
    """The list of one mentee; without values it is a blank."""
    pair = participant.pair
    mentee, mentor = (words.side_words(pair.spec, school, side)["nominative"] for side in (Side.MENTEE, Side.MENTOR))
    signed = [(capital(mentor), person.full_name) for person in pair.people(Side.MENTOR)]
    return DeficitsPaper(
        school=head_of(school),
        title=catalogue.title,
        rows=[*pair_rows(school, pair, participant), *([("Область", pair.area)] if pair.area else [])],
        heads=[f"Уровень: {mentee}", f"Уровень: {mentor}", "Очередь", "В плане, срок", "Уровень после"],
        groups=[
            DeficitGroup(group.title, [_deficit_row(one.id, one.title, values, planned) for one in group.competences])
            for group in catalogue.groups
        ],
        legend="; ".join(f"{value} — {label}" for value, label in catalogue.level_options.items()),
        agreement=_agreement(made, mentee) if made and values else "",
        filled=bool(values),
        foot=foot_of(catalogue.title, participant),
        signatures=[*signed, (capital(mentee), participant.person.full_name), ("Куратор", "")],
    )


def _deficit_row(id: str, title: str, values: Mapping[str, str], planned: Mapping[str, PlanItem]) -> DeficitRow:
    item = planned.get(id)
    where = ", ".join(part for part in (item.title, item.due_text) if part) if item else ""
    return DeficitRow(title, values.get(id + MENTEE, ""), values.get(id + MENTOR, ""), values.get(id + RANK, ""), where)


def _agreement(made: DeficitList, mentee: str) -> str:
    if made.agreed_on is None:
        return "Очередь ещё не согласована."
    return f"Очередь согласована: {mentee}, {short_date(made.agreed_on)}{' (подпись на бумаге)' if made.agreed_on_paper else ''}."
