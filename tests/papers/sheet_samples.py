"""Papers of filled-in sheets with every kind of question, wordy and hard to print."""

from dataclasses import replace

from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import FREQUENCY, QUESTION_KINDS, Question, Questionnaire
from mentorapp.papers import questionnaires
from mentorapp.papers.sheet_pages import (
    DeficitGroup,
    DeficitRow,
    DeficitsPaper,
    EvaluationPaper,
    MarkGroup,
    MarkRow,
    QuestionnairePaper,
)
from tests.every_kind import EVERY_KIND, GIVEN
from tests.papers.samples import LONGEST_NAME, NB, SCHOOL

UNBROKEN = "Ы" * 300
HOSTILE = "<pdf:nextpage/> {{7*7}} <img src=x> &amp; </table>"
ESSAY = " ".join(f"слово{number}" for number in range(700))
PEOPLE = {"11": "Соколова Елена Викторовна", "12": LONGEST_NAME}
WHO = [("Наставляемый", LONGEST_NAME), ("Наставник", "Соколова Елена Викторовна"), ("Учебный год", "2026/2027")]


def questionnaire(asked: Questionnaire = EVERY_KIND, given: dict[str, str] | None = None, *, filled: bool = False) -> QuestionnairePaper:
    people = {question.id: PEOPLE for question in asked.asked if question.kind == "person"}
    foot = f"Константинопольская-Задунайская-Черногорская А.-М.{NB}В.: {asked.title}"
    if filled:
        status = "Введено с бумаги 14.10.2026, Громова В. П.; дата на бумаге 12.10.2026"
        return QuestionnairePaper(
            SCHOOL, asked.title, "", WHO, questionnaires.parts_of(asked, people, given or GIVEN), True, status, foot=foot
        )
    address = "http://192.168.1.20:8000/pairs/7/questionnaires#p12"
    return QuestionnairePaper(
        SCHOOL, asked.title, asked.intro, WHO, questionnaires.parts_of(asked, people), code="пара 7", address=address, foot=foot
    )


def of_all_kinds() -> tuple[Questionnaire, dict[str, str]]:
    """Sixty questions of all kinds in six parts, with an answer to each."""
    kinds = [kind for kind in QUESTION_KINDS if kind != "heading"]
    questions: list[Question] = []
    given: dict[str, str] = {}
    for number in range(60):
        if number % 10 == 0:
            questions.append(Question(f"h{number}", "heading", f"Часть{number // 10 + 1}", hint="Отвечайте так, как есть."))
        like = next(one for one in EVERY_KIND.questions if one.kind == kinds[number % len(kinds)])
        question = replace(like, id=f"q{number}", text=f"{like.text} Дело{number}.", show_if=None)
        questions.append(question)
        given |= {key: GIVEN[like.id + key.removeprefix(question.id)] for key in question.keys}
    return Questionnaire("kinds", "mentee", "before", "Шестьдесят вопросов всех видов", tuple(questions)), given


def _wordy(letters: int, last: str) -> str:
    """A text of about that length; its last word stands nowhere else."""
    words = "расскажите подробно о том, как проходит работа с наставником и что в ней помогает "
    return f"{(words * (letters // len(words) + 1))[: letters - len(last) - 1]} {last}"


def wordy(letters: int, options: int) -> tuple[Questionnaire, dict[str, str]]:
    """Every kind of question, as long as a form may write them, with many long options and answers to each."""
    limits = Limits(options={f"o{number}": _wordy(200, f"вариант{number}") for number in range(options)})
    bounds = {"multi": limits, "single": limits, "frequency": Limits(options=FREQUENCY), "scale": Limits(low=1, high=10)}
    bounds |= {"rank": replace(limits, high=3), "matrix": Limits(options=dict(list(limits.options.items())[:4]))}
    rows = {f"r{number}": _wordy(200, f"строка{number}") for number in range(options)}
    asked = [
        Question(kind, kind, _wordy(letters, f"{kind}?"), limits=bounds.get(kind, Limits()), rows=rows if kind == "matrix" else {})
        for kind in QUESTION_KINDS
        if kind != "heading"
    ]
    asked[0] = replace(asked[0], hint=_wordy(letters, "подсказка"))
    given = {"text": _wordy(500, "строка-конец"), "long": _wordy(5000, "текст-конец"), "number": "12", "date": "01.09.2026", "scale": "7"}
    given |= {"yes_no": "да", "single": "o1", "multi": "o0,o2", "frequency": "often", "rank": "o2,o0,o1", "person": "Тот, кого нет"}
    given |= {f"matrix.{row}": "o1" for row in rows}
    return Questionnaire("wordy", "mentee", "before", "Подробная анкета", tuple(asked), intro=_wordy(letters, "начали.")), given


def hard_questionnaire() -> tuple[Questionnaire, dict[str, str]]:
    """Words that do not fit, an answer longer than a page, text that wants to be more than text."""
    options = {"a": UNBROKEN, "b": HOSTILE, "c": "Короткий"}
    asked = (
        Question("u", "text", UNBROKEN, hint=HOSTILE),
        Question("e", "long", f"Длинный ответ {HOSTILE}"),
        Question("s", "single", "Выберите", limits=Limits(options=options)),
        Question("m", "matrix", HOSTILE, limits=Limits(options={"a": "да", "b": LONGEST_NAME}), rows={"r": UNBROKEN, "t": HOSTILE}),
    )
    return Questionnaire("hard", "mentee", "before", HOSTILE, asked), {"u": UNBROKEN, "e": ESSAY, "s": "b", "m.r": "a", "m.t": "b"}


def evaluation(*, filled: bool = True, comment: str = "Видно по урокам") -> EvaluationPaper:
    marks = ["☑", "☐", "☐", "☐"] if filled else ["☐"] * 4
    rows = [
        MarkRow(number, f"Показатель {number}: соответствие цели", "На что смотреть: план пары", marks, comment) for number in range(1, 10)
    ]
    return EvaluationPaper(
        SCHOOL,
        "Лист оценки работы пары",
        [*WHO, ("Контроль", "итоговый контроль")],
        ["2", "1", "0", "н/п"],
        [
            MarkGroup("Оценка программы", "10 из 10", rows[:5]),
            MarkGroup("Эффективность участников", "", rows[5:7]),
            MarkGroup("Изменения", "4 из 4", rows[7:]),
        ],
        "2 — проявляется полностью; 1 — частично; 0 — не проявляется",
        "18 из 18" if filled else "",
        "оптимальный" if filled else "",
        "Работа идёт как задумано." if filled else "",
        [("15–18", "оптимальный", "Так держать."), ("9–14", "допустимый", "Есть что поправить."), ("0–8", "недопустимый", "Нужна помощь.")],
        LONGEST_NAME if filled else "",
        "20.05.2027" if filled else "",
        filled=filled,
    )


def deficits(*, filled: bool = True, rows: int = 30) -> DeficitsPaper:
    def row(number: int) -> DeficitRow:
        title = f"Умение {number}: ставить цель урока и проверять её"
        return DeficitRow(title, "1", "2", str(number), f"Практикум {number}, 12.11.2026") if filled else DeficitRow(title)

    groups = [
        DeficitGroup(f"Группа {first // 10 + 1}", [row(number) for number in range(first, min(rows, first + 10))])
        for first in range(0, rows, 10)
    ]
    return DeficitsPaper(
        SCHOOL,
        "Чек-лист дефицитов",
        WHO,
        ["Уровень: наставляемый", "Уровень: наставник", "Очередь", "В плане, срок", "Уровень после"],
        groups,
        "0 — пока не умею; 1 — нужна помощь; 2 — умею; 3 — могу научить",
        "Очередь согласована: наставляемый, 20.11.2026." if filled else "",
        [("Наставник", "Соколова Елена Викторовна"), ("Наставляемый", LONGEST_NAME), ("Куратор", "")],
        filled=filled,
    )
