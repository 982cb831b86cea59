"""From a questionnaire and its answers to what its paper shows."""

from collections.abc import Mapping

from mentorapp import words
from mentorapp.domain import answers
from mentorapp.domain.answers import Answers, People
from mentorapp.domain.kinds import Limits
from mentorapp.domain.permissions import Side
from mentorapp.domain.questionnaire import MATRIX, Part, Question, Questionnaire
from mentorapp.domain.school_year import short_date
from mentorapp.models import Participant, School, Submission
from mentorapp.models.submissions import SubmissionState
from mentorapp.papers.heads import foot_of, head_of, pair_rows
from mentorapp.papers.sheet_pages import (
    Choice,
    MatrixRow,
    PartOut,
    QuestionnairePaper,
    QuestionOut,
)

PeopleOf = Mapping[str, People]  # question id → who can be chosen
NO_ANSWERS: Answers = {}
LINES = {"long": 4, "text": 2}  # to write on
MOST_NAMES = 12  # so many people are listed to choose from; more are written by hand
EMPTY = "—"
PERSONAL = "личное, на бумаге не показывается"


def blank_questionnaire(
    school: School, participant: Participant, questionnaire: Questionnaire, people: PeopleOf, *, code: str, address: str
) -> QuestionnairePaper:
    """An empty questionnaire for one person; `code` and the square code of `address` say where it is typed in."""
    return QuestionnairePaper(
        school=head_of(school),
        title=questionnaire.title,
        intro=questionnaire.intro,
        rows=_who(school, participant),
        parts=parts_of(questionnaire, people),
        foot=foot_of(questionnaire.title, participant),
        code=code,
        address=address,
    )


def filled_questionnaire(school: School, submission: Submission, given: Answers, people: PeopleOf) -> QuestionnairePaper:
    """The answers of one person: questions that were asked, in their order and with their numbers."""
    asked = submission.questionnaire
    return QuestionnairePaper(
        school=head_of(school),
        title=asked.title,
        intro="",
        rows=_who(school, submission.participant),
        parts=parts_of(asked, people, given),
        filled=True,
        status=_status(submission),
        foot=foot_of(asked.title, submission.participant),
    )


def _who(school: School, participant: Participant) -> list[tuple[str, str]]:
    """Who answers, and with whom he works; a mentee's sheet does not name the others of a group."""
    pair = participant.pair
    if participant.side is Side.MENTEE:
        mentor, mentee, year = pair_rows(school, pair, participant)
        return [mentee, mentor, year]
    return pair_rows(school, pair, participant)


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
    if filled and question.sensitive:
        kind, choices, value = "text", [], ""
    return QuestionOut(
        number=asked.numbers[question.id],
        text=question.text,
        kind=kind,
        short=question.kind in ("number", "date"),
        hints=[] if filled else _hints(question, asked),
        optional=not question.required,
        choices=choices,
        rows=_matrix_rows(question, NO_ANSWERS if filled and question.sensitive else given),
        lines=LINES.get(question.kind, 1),
        low=f"{limits.low} — {question.low_label}" if question.low_label else "",
        high=f"{limits.high} — {question.high_label}" if question.high_label else "",
        answer=(PERSONAL if question.sensitive else answers.shown(question, value, people) or EMPTY) if filled else "",
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
