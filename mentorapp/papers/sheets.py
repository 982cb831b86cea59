"""The papers of filled-in sheets, put together from the models: blank ones to be filled in by hand, and filled ones."""

from collections.abc import Mapping

from mentorapp import words
from mentorapp.domain import answers, rubric
from mentorapp.domain.answers import Answers, People
from mentorapp.domain.deficits import MENTEE, MENTOR, RANK, DeficitCatalogue
from mentorapp.domain.kinds import Limits
from mentorapp.domain.permissions import Side
from mentorapp.domain.questionnaire import MATRIX, Part, Question, Questionnaire
from mentorapp.domain.rubric import NOT_APPLICABLE, WHY, IndicatorGroup, Rubric, Score
from mentorapp.domain.school_year import short_date
from mentorapp.models import DeficitList, Evaluation, Pair, Participant, PlanItem, School, Submission
from mentorapp.models.submissions import SubmissionState
from mentorapp.papers.pages import SchoolHead
from mentorapp.papers.sheet_pages import (
    Choice,
    DeficitGroup,
    DeficitRow,
    DeficitsPaper,
    EvaluationPaper,
    MarkGroup,
    MarkRow,
    MatrixRow,
    PartOut,
    QuestionnairePaper,
    QuestionOut,
)

PeopleOf = Mapping[str, People]  # question id → who can be chosen
NO_ANSWERS: Answers = {}
BOX, TICKED = "☐", "☑"
LINES = {"long": 4, "text": 2}  # to write on
MOST_NAMES = 12  # so many people are listed to choose from; more are written by hand
EMPTY = "—"


def _head(school: School) -> SchoolHead:
    return SchoolHead(school.full_name, school.short_name, school.town, school.director)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


# --- Questionnaires ---


def blank_questionnaire(
    school: School, participant: Participant, questionnaire: Questionnaire, people: PeopleOf, *, code: str, address: str
) -> QuestionnairePaper:
    """An empty questionnaire for one person; `code` and the square code of `address` say where it is typed in."""
    return QuestionnairePaper(
        school=_head(school),
        title=questionnaire.title,
        intro=questionnaire.intro,
        rows=_who(school, participant),
        parts=parts_of(questionnaire, people),
        foot=_foot(questionnaire.title, participant),
        code=code,
        address=address,
    )


def filled_questionnaire(school: School, submission: Submission, given: Answers, people: PeopleOf) -> QuestionnairePaper:
    """The answers of one person: questions that were asked, in their order and with their numbers."""
    asked = submission.questionnaire
    return QuestionnairePaper(
        school=_head(school),
        title=asked.title,
        intro="",
        rows=_who(school, submission.participant),
        parts=parts_of(asked, people, given),
        filled=True,
        status=_status(submission),
        foot=_foot(asked.title, submission.participant),
    )


def _foot(title: str, participant: Participant) -> str:
    """On every page: a sheet that fell out of its staple is known by it."""
    return f"{participant.person.short_name}: {title}"


def _who(school: School, participant: Participant) -> list[tuple[str, str]]:
    """Who answers, and with whom he works; a mentee's sheet does not name the others of a group."""
    pair = participant.pair
    if participant.side is Side.MENTEE:
        mentor, mentee, year = _pair_rows(school, pair, participant)
        return [mentee, mentor, year]
    return _pair_rows(school, pair, participant)


def _status(submission: Submission) -> str:
    if submission.state is not SubmissionState.SENT or submission.sent_at is None:
        return ""
    on = short_date(submission.sent_at.astimezone().date())
    if not submission.from_paper:
        return f"Отправлена {on}"
    by = submission.entered_by.short_name if submission.entered_by else ""
    paper = f"дата на бумаге {short_date(submission.paper_on)}" if submission.paper_on else ""
    return "; ".join(filter(None, [", ".join(filter(None, [f"Введено с бумаги {on}", by])), paper]))


def parts_of(questionnaire: Questionnaire, people: PeopleOf, given: Answers | None = None) -> list[PartOut]:
    """The pages of a questionnaire as they are printed: with answers only what was asked, without them all of it."""
    return [_part(part, questionnaire, people, given or NO_ANSWERS, filled=given is not None) for part in questionnaire.parts]


def _part(part: Part, asked: Questionnaire, people: PeopleOf, given: Answers, *, filled: bool) -> PartOut:
    questions = [one for one in part.questions if not filled or answers.is_asked(one, given)]
    names = people.get
    return PartOut(part.title, part.hint, [_question(one, asked, names(one.id, {}), given, filled=filled) for one in questions])


def _question(question: Question, asked: Questionnaire, people: People, given: Answers, *, filled: bool) -> QuestionOut:
    limits, value = answers.limits_of(question, people), given.get(question.id, "")
    kind, choices = _means(question, people, value, filled=filled)
    return QuestionOut(
        number=asked.numbers[question.id],
        text=question.text,
        kind=kind,
        short=question.kind in ("number", "date"),
        hints=[] if filled else _hints(question, asked),
        optional=not question.required,
        choices=choices,
        rows=_matrix_rows(question, given),
        lines=LINES.get(question.kind, 1),
        low=f"{limits.low} — {question.low_label}" if question.low_label else "",
        high=f"{limits.high} — {question.high_label}" if question.high_label else "",
        answer=answers.shown(question, value, people) or EMPTY if filled else "",
    )


def _means(question: Question, people: People, value: str, *, filled: bool) -> tuple[str, list[Choice]]:
    """With what the question is answered on paper, and its options with the numbers they are typed in by."""
    chosen = value.split(",")
    if question.kind == "scale":
        low, high = question.limits.low or 0, question.limits.high or 0
        return "scale", [Choice(str(number), "", str(number) in chosen) for number in range(low, high + 1)]
    if question.kind == MATRIX:
        return "matrix", [Choice(str(place), label) for place, label in enumerate(question.limits.options.values(), 1)]
    if question.kind == "yes_no":
        return "choices", [Choice(str(place), word, word in chosen) for place, word in enumerate(("да", "нет"), 1)]
    options = answers.limits_of(question, people).options
    if question.kind == "rank" and not filled:
        return "places", [Choice(str(place), label) for place, label in enumerate(options.values(), 1)]
    if question.kind in ("single", "multi", "frequency"):
        return "choices", [Choice(str(place), label, name in chosen) for place, (name, label) in enumerate(options.items(), 1)]
    if question.kind == "person" and not filled and 0 < len(options) <= MOST_NAMES:
        return "choices", [Choice(str(place), label) for place, label in enumerate(options.values(), 1)]
    return ("text" if filled else "lines"), []


def _matrix_rows(question: Question, given: Answers) -> list[MatrixRow]:
    places = {name: str(place) for place, name in enumerate(question.limits.options, 1)}
    return [MatrixRow(question.row_of(key), places.get(given.get(key, ""), "")) for key in question.keys] if question.kind == MATRIX else []


def _hints(question: Question, asked: Questionnaire) -> list[str]:
    how = {"multi": words.how_many(question.limits), "rank": _which_places(question.limits), "date": "День, месяц, год."}
    condition = words.condition_words(asked, question)
    found = [condition and f"Отвечайте, {condition}.", question.hint, how.get(question.kind, "")]
    return [hint for hint in found if hint]


def _which_places(limits: Limits) -> str:
    """A ranking without a bound puts all its options in order."""
    last = limits.high or len(limits.options)
    return f"Напишите места от 1 до {last}." if last > 1 else "Напишите 1 у самого важного."


# --- Evaluations ---


def blank_evaluation(school: School, pair: Pair, criteria: Rubric) -> EvaluationPaper:
    """An empty sheet; who rates and when is written by hand."""
    return _evaluation(school, pair, criteria, {}, None)


def filled_evaluation(school: School, evaluation: Evaluation, marks: Mapping[str, str], score: Score) -> EvaluationPaper:
    """A sheet with its marks, the level and what the level means."""
    return _evaluation(school, evaluation.pair, evaluation.rubric, marks, evaluation, score)


def _evaluation(
    school: School, pair: Pair, criteria: Rubric, marks: Mapping[str, str], sheet: Evaluation | None, score: Score | None = None
) -> EvaluationPaper:
    numbers = {one.id: number for number, one in enumerate(criteria.indicators, 1)}
    level = sheet.level(score) if sheet and score else ""
    band = next((band for band in criteria.bands if band.title == level), None)
    return EvaluationPaper(
        school=_head(school),
        title=criteria.title,
        rows=[*_pair_rows(school, pair), ("Контроль", words.OCCASIONS[sheet.occasion] if sheet else "________________________")],
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
        foot=f"{criteria.title}: {pair.title}",
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


def _pair_rows(school: School, pair: Pair, only: Participant | None = None) -> list[tuple[str, str]]:
    """Who works together. On a sheet that is about one of them nobody else of that side is named."""
    found = []
    for side in (Side.MENTOR, Side.MENTEE):
        word = words.side_words(pair.spec, school, side)["nominative"]
        people = [only.person] if only and only.side is side else pair.people(side)
        found.append((_capital(word), ", ".join(person.full_name for person in people)))
    return [*found, ("Учебный год", pair.school_year.long_label)]


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
    signed = [(_capital(mentor), person.full_name) for person in pair.people(Side.MENTOR)]
    return DeficitsPaper(
        school=_head(school),
        title=catalogue.title,
        rows=[*_pair_rows(school, pair, participant), *([("Область", pair.area)] if pair.area else [])],
        heads=[f"Уровень: {mentee}", f"Уровень: {mentor}", "Очередь", "В плане, срок", "Уровень после"],
        groups=[
            DeficitGroup(group.title, [_deficit_row(one.id, one.title, values, planned) for one in group.competences])
            for group in catalogue.groups
        ],
        legend="; ".join(f"{value} — {label}" for value, label in catalogue.level_options.items()),
        agreement=_agreement(made, mentee) if made and values else "",
        filled=bool(values),
        foot=_foot(catalogue.title, participant),
        signatures=[*signed, (_capital(mentee), participant.person.full_name), ("Куратор", "")],
    )


def _deficit_row(id: str, title: str, values: Mapping[str, str], planned: Mapping[str, PlanItem]) -> DeficitRow:
    item = planned.get(id)
    where = ", ".join(part for part in (item.title, item.due_text) if part) if item else ""
    return DeficitRow(title, values.get(id + MENTEE, ""), values.get(id + MENTOR, ""), values.get(id + RANK, ""), where)


def _agreement(made: DeficitList, mentee: str) -> str:
    if made.agreed_on is None:
        return "Очередь ещё не согласована."
    return f"Очередь согласована: {mentee}, {short_date(made.agreed_on)}{' (подпись на бумаге)' if made.agreed_on_paper else ''}."
