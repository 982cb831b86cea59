"""What people of the invented school filled in: questionnaires, lists of deficits, evaluations.

In pairs.toml `answers` says how far each one's first questionnaire has come (sent, paper, begun, none; sent where nothing is said),
`deficits` how many competences stand in the order of work, and `evaluation` the marks of a sheet, with the occasion it was made for
and, in a group, with the mentee it is about.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random
from typing import Any

from demo.life import Life
from mentorapp.domain import answers
from mentorapp.domain.deficits import MENTEE, MENTOR, RANK
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.models import DeficitList, Evaluation, deficits, submissions
from mentorapp.models.deficits import LEVELS
from mentorapp.models.evaluations import MARKS
from mentorapp.models.forms import spec_of
from mentorapp.models.sheets import Values
from mentorapp.models.submissions import ANSWERS

FIRST, LAST = (3, 7), (6, 10)  # how people answer on a scale of ten: in the beginning, and in the end
Act = Callable[[datetime], None]


def tell(life: Life) -> None:
    """Add to the diary of a pair what was filled in."""
    if not life.worked:
        return
    told: dict[str, str] = life.told.get("answers", {})
    for day, called in ((5, "mentor"), *((6, mentee) for mentee in life.mentees)):
        life.diary.add(life.step(day), partial(_answer, life, called, "before", told.get(called, "sent")))
    for mentee in life.mentees if "deficits" in life.told else ():
        life.diary.add(life.step(8), partial(_rank, life, mentee, life.told["deficits"]))
    if "evaluation" in life.told:
        life.diary.add(min(max(life.step(10), life.days.back(4)), life.until), partial(_evaluate, life, life.told["evaluation"]))
    for mentee in life.mentees if life.told["state"] == "finished" else ():
        life.diary.add(life.until, partial(_answer, life, mentee, "after", "sent"))


def _answer(life: Life, called: str, phase: str, how: str, now: datetime) -> None:
    if how == "none":
        return
    row = life.part(called)
    submission = submissions.begin(row, phase, now)
    by = life.cast.curator_id if how == "paper" else row.person_id
    life.cast.session.flush()
    if how == "paper":
        submissions.take_from_paper(submission, by)
    given = _answers(submission.questionnaire, life.cast.rng, LAST if phase == "after" else FIRST, life.texts["answers"])
    if how == "begun":
        given = dict(list(given.items())[: len(given) // 2])
    _put(ANSWERS, submission.id, given, by, now)
    if how in ("sent", "paper"):
        submission.send(now, now.date() if how == "paper" else None)
        what = "Анкета введена с бумаги" if how == "paper" else "Анкета отправлена"
        life.note(what=f"{what}: «{submission.questionnaire.title}», {row.person.short_name}", by=by, now=now)


def _put(values: Values, sheet_id: int, given: dict[str, str], by: int, now: datetime) -> None:
    for key, value in given.items():
        values.insert.run(**{values.parent: sheet_id, "key": key, "value": value, "saved_at": now, "by_id": by})


def _answers(asked: Questionnaire, rng: Random, scale: tuple[int, int], texts: list[str]) -> dict[str, str]:
    """An answer to everything that is asked; what may stay empty often does."""
    given: dict[str, str] = {}
    for question in asked.asked:
        if answers.is_asked(question, given) and (question.required or rng.random() < 0.4):
            given |= {key: value for key in question.keys if (value := _one(question, rng, scale, texts))}
    return given


def _one(question: Question, rng: Random, scale: tuple[int, int], texts: list[str]) -> str:
    limits, options = question.limits, list(question.limits.options)
    if question.kind == "scale":
        low, high = limits.low or 0, limits.high or 10
        return str(min(high, max(low, round(high * rng.randint(*scale) / 10))))
    if question.kind == "multi":
        return ",".join(name for name in options if name in rng.sample(options, min(limits.high or 2, 2)))
    if question.kind == "rank":
        return ",".join(rng.sample(options, limits.high or len(options)))
    if question.kind == "yes_no":
        return rng.choice(("да", "нет"))
    return rng.choice(options) if options else rng.choice(texts) if question.kind in ("text", "long") else ""


def _rank(life: Life, mentee: str, number: int, now: datetime) -> None:
    """Both mark all competences, the worst ones are put in order, the mentee agrees."""
    row, spec = life.part(mentee), spec_of(life.pair.form_version_id).deficits
    if spec is None:
        return
    made = DeficitList(pair_id=life.pair.id, participant_id=row.id, form_version_id=life.pair.form_version_id)
    life.cast.session.add(made)
    life.cast.session.flush()
    worst = life.cast.rng.sample(list(spec.competences), number)
    given: dict[str, str] = {}
    for one in spec.competences:
        level = life.cast.rng.randint(0, 1) if one in worst else life.cast.rng.randint(1, len(spec.levels) - 1)
        given |= {one.id + MENTEE: str(level), one.id + MENTOR: str(max(0, level - life.cast.rng.randint(0, 1)))}
    given |= {one.id + RANK: str(rank) for rank, one in enumerate(worst, 1)}
    _put(LEVELS, made.id, given, life.writer("pair"), now)
    made.agree(deficits.LEVELS.of(made.id), row.person, now.date())
    life.note(made, what="Очередь дефицитов согласована", by=life.writer(mentee), now=now)


def _evaluate(life: Life, told: dict[str, Any], now: datetime) -> None:
    """The curator's sheet: «marks» line by line, «why» by the number of the line."""
    curator = life.cast.curator_id
    sheet = Evaluation(pair_id=life.pair.id, form_version_id=life.pair.form_version_id, occasion=told["occasion"], rated_on=now.date())
    sheet.rater_id = sheet.entered_by_id = curator
    sheet.level_by_hand = sheet.level_reason = ""
    sheet.participant_id = life.part(told["about"]).id if "about" in told else None
    life.cast.session.add(sheet)
    life.cast.session.flush()
    lines = sheet.rubric.indicators
    given = {line.id: mark for line, mark in zip(lines, told["marks"], strict=False) if mark != "-"}
    given |= {f"{lines[int(number) - 1].id}.why": text for number, text in told.get("why", {}).items()}
    _put(MARKS, sheet.id, given, curator, now)
    if level := told.get("level"):
        sheet.level_by_hand, sheet.level_reason = level, told["reason"]
    life.note(what=f"Лист оценки начат: {'промежуточный' if told['occasion'] == 'interim' else 'итоговый'} контроль", by=curator, now=now)
