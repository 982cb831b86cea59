"""Papers of filled-in sheets with every kind of question, wordy and hard to print."""

from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import FREQUENCY, Condition, Question, Questionnaire
from mentorapp.papers import sheets
from mentorapp.papers.sheet_pages import (
    DeficitGroup,
    DeficitRow,
    DeficitsPaper,
    EvaluationPaper,
    MarkGroup,
    MarkRow,
    QuestionnairePaper,
)
from tests.papers.samples import LONGEST_NAME, SCHOOL

UNBROKEN = "Ы" * 300
HOSTILE = "<pdf:nextpage/> {{7*7}} <img src=x> &amp; </table>"
ESSAY = " ".join(f"слово{number}" for number in range(700))
OPTIONS = {"a": "Посещать уроки наставника", "b": "Разбирать свои уроки", "c": "Готовить уроки вместе", "d": "Получать материалы"}
LEVELS = {"no": "пока нет", "part": "отчасти", "yes": "уверенно"}
PEOPLE = {"11": "Соколова Елена Викторовна", "12": LONGEST_NAME}
WHO = [("Наставляемый", LONGEST_NAME), ("Пара", "Соколова Е. В. — Лукин Д. А."), ("Учебный год", "2026/2027")]

EVERY_KIND = Questionnaire(
    "sample",
    "mentee",
    "before",
    "Анкета перед началом",
    (
        Question("h1", "heading", "О вас", hint="Здесь нет верных и неверных ответов."),
        Question("met", "yes_no", "Приходилось ли вам раньше работать с наставником?"),
        Question("where", "text", "Где и когда это было?", show_if=Condition("met", ("да",))),
        Question(
            "talk", "scale", "Насколько легко говорить о трудностях?", limits=Limits(low=1, high=10), low_label="трудно", high_label="легко"
        ),
        Question("zero", "scale", "Насколько полезны встречи?", limits=Limits(low=0, high=5)),
        Question("long", "long", "Что мешает на уроке?", required=False),
        Question("h2", "heading", "О работе"),
        Question("often", "frequency", "Как часто вы советуетесь?", limits=Limits(options=FREQUENCY)),
        Question("first", "single", "С чем помочь в первую очередь?", limits=Limits(options=OPTIONS)),
        Question("near", "multi", "Что вам ближе?", limits=Limits(options=OPTIONS, high=2)),
        Question("order", "rank", "Расставьте по важности", limits=Limits(options=OPTIONS, high=3)),
        Question(
            "sure", "matrix", "Насколько вы уверены?", limits=Limits(options=LEVELS), rows={"goal": "Ставить цель", "time": "Считать время"}
        ),
        Question("years", "number", "Сколько лет вы в школе?"),
        Question("since", "date", "Когда вы начали работать здесь?"),
        Question("who", "person", "С кем вы уже работали?", base="mentors"),
    ),
    intro="Ответы видите вы и куратор.",
)
GIVEN = {
    "met": "да",
    "where": "в прошлой школе",
    "talk": "8",
    "zero": "0",
    "long": "Мало времени,\nмного классов",
    "often": "rarely",
    "first": "b",
    "near": "a,d",
    "order": "c,a,b",
    "sure.goal": "part",
    "sure.time": "yes",
    "years": "12",
    "since": "01.09.2024",
    "who": "12",
}


def questionnaire(asked: Questionnaire = EVERY_KIND, given: dict[str, str] | None = None, *, filled: bool = False) -> QuestionnairePaper:
    people = {"who": PEOPLE}
    if filled:
        status = "Введено с бумаги 14.10.2026, Громова В. П.; дата на бумаге 12.10.2026"
        return QuestionnairePaper(SCHOOL, asked.title, "", WHO, sheets.parts_of(asked, people, given or GIVEN), True, status)
    address = "http://192.168.1.20:8000/pairs/7/questionnaires#p12"
    return QuestionnairePaper(SCHOOL, asked.title, asked.intro, WHO, sheets.parts_of(asked, people), code="пара 7", address=address)


def sixty() -> tuple[Questionnaire, dict[str, str]]:
    """Sixty questions in six parts with an answer to each that stands nowhere else."""
    kinds = ("text", "scale", "long", "single", "number", "yes_no")
    questions, given = [], {}
    for number in range(60):
        if number % 10 == 0:
            questions.append(Question(f"h{number}", "heading", f"Часть {number // 10 + 1}"))
        kind, id = kinds[number % len(kinds)], f"q{number}"
        limits = {"scale": Limits(low=1, high=10), "single": Limits(options={"x": f"вариант{number}икс", "y": f"вариант{number}игрек"})}
        questions.append(Question(id, kind, f"Вопрос о деле{number}?", limits=limits.get(kind, Limits())))
        answers = {
            "text": f"ответ{number}",
            "long": f"ответ{number} подробно",
            "scale": "7",
            "single": "y",
            "number": str(1000 + number),
            "yes_no": "да",
        }
        given[id] = answers[kind]
    return Questionnaire("sixty", "mentee", "before", "Шестьдесят вопросов", tuple(questions)), given


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
    )
