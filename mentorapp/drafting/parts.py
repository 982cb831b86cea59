"""The parts of a form as the editor lists them, and the lists of cards in each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mentorapp import words
from mentorapp.domain import draft, owncolumns
from mentorapp.domain.formspec import OWNERS
from mentorapp.domain.questionnaire import PHASES, QUESTIONNAIRE_ROLES
from mentorapp.drafting import cards, questioncards
from mentorapp.drafting.fields import USUAL_WORDS, CardField, Content, numbered, short, side_word
from mentorapp.drafting.shapes import RULE

Fields = Callable[[Content], list[CardField]]


@dataclass(frozen=True, slots=True)
class CardList:
    """A list of cards. `one` names a card on the button that adds one; `name` and `says` are what a closed card shows.

    `title_key` is where a pasted line goes, `letter` begins the ids, `numbered` cards count from 1 (headings of a questionnaire not).
    """

    address: str
    heading: str
    one: str
    fields: Fields
    says: Callable[[Content], str] = field(default=lambda entry: "")
    title_key: str = "title"
    letter: str = "c"
    fresh: Mapping[str, Any] = field(default_factory=dict)
    most: int = 100

    def name(self, entry: Content) -> str:
        """What a closed card is called."""
        return short(draft.get(entry, self.title_key), 120)


# What a part is for, by its name or the beginning of it. One that does not need saying has none.
_ABOUT = {
    "subtypes": "Если пары этой формы бывают разными, назовите виды: вид выбирают, когда составляют пару, и он стоит в её бумагах. "
    "Если все пары одинаковы, оставьте пустым.",
    "plans": "С этими столбцами и строками начнётся план каждой новой пары; дальше она правит его сама.",
    "meetings": "Для каждого вида встречи — чек-лист: его печатают перед встречей и отмечают на ней.",
    "deficits": "Чего наставляемому не хватает: компетенции группами и уровни владения. Наставник и наставляемый отмечают каждый "
    "своё, наставник ставит очередь, и отобранное одной кнопкой переходит в план.",
    "evaluation": "Показатели группами, баллы за каждый и уровни по сумме баллов.",
    "parameters": "То, что измеряют числом: пропуски, средний балл, посещённые занятия. Записывают до работы и после неё, "
    "разницу показывает программа.",
    "control": "Из чего выбирают для пары, как подвести промежуточный итог и чем закончить: отчёт, открытый урок, выступление.",
    "matching": "Какой ответ наставляемого подходит к какому ответу наставника и почему. Правила стоят на странице формы: "
    "по ним решают, кому с кем работать.",
    "documents": "Тексты бумаг, которые печатаются для пары. Слова в квадратных скобках заменятся её именами и сроками.",
    "texts": "Цель, задачи, права и обязанности: стоят на странице формы и в программе пары.",
}


# Lists inside a card of which each entry is a card of its own.
INSIDE_GROUPS = ("indicators", "competences")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form: `root` is where its own fields stand, `count` what stands beside its name in the list of parts.

    All parts are listed on every page, and the fields of one are shown: `own` makes them when they are asked for.
    """

    slug: str
    title: str
    group: str
    root: str = ""
    own: Callable[[], list[CardField]] = list
    lists: tuple[CardList, ...] = ()
    count: int = 0

    @property
    def fields(self) -> list[CardField]:
        """The part's own fields, outside its cards."""
        return self.own()

    @property
    def about(self) -> str:
        """What the part is for, in a sentence or two."""
        return _ABOUT.get(self.slug.partition(".")[0], "")

    def holds(self, address: str) -> bool:
        """Whether that address belongs to this part."""
        roots = {self.root, *(cards.address for cards in self.lists)} - {""}
        if any(address == root or address.startswith(f"{root}.") for root in roots):
            return True
        return not self.root and any(address == one.key or address.startswith(f"{one.key}.") for one in self.fields)


def parts_of(content: Content) -> list[Part]:
    """All parts in the order of the editor's list, those that the form does not use, too."""
    return [
        Part("main", "Название и стороны", "Форма", own=partial(cards.main_fields, content)),
        _plain(
            "subtypes",
            "Виды пар",
            "Форма",
            content,
            CardList("subtypes", "", "Вид пары", partial(cards.subtype_fields, content), letter="s"),
        ),
        *(_questionnaire(content, one) for one in sorted(draft.entries(content, "questionnaires"), key=_order)),
        *(_plan(content, one) for one in sorted(draft.entries(content, "plans"), key=lambda one: _at(OWNERS, one.get("owner")))),
        _plain("meetings", "Встречи", "Работа пары", content, _meetings(content)),
        _deficits(content),
        _evaluation(content),
        _plain("parameters", "Замеры до и после", "Работа пары", content, _parameters(content)),
        _fields_only("control", "Виды контроля", "Работа пары", content, cards.control_fields),
        _plain("matching", "Подбор", "Работа пары", content, _matching(content)),
        _fields_only("documents", "Бумаги", "Тексты", content, cards.document_fields),
        _fields_only("texts", "Тексты программы", "Тексты", content, cards.text_fields),
    ]


def part_of(content: Content, slug: str) -> Part | None:
    """The part of that name."""
    return next((part for part in parts_of(content) if part.slug == slug), None)


def part_at(content: Content, address: str) -> Part:
    """The part to which an address belongs; what belongs to none is told on the first."""
    found = parts_of(content)
    return next((part for part in found[1:] if part.holds(address)), found[0])


# --- The parts ------------------------------------------------------------------------------------


def _plain(slug: str, title: str, group: str, content: Content, cards_of: CardList) -> Part:
    return Part(slug, title, group, lists=(cards_of,), count=len(draft.entries(content, cards_of.address)))


def _fields_only(slug: str, title: str, group: str, content: Content, fields: Fields) -> Part:
    return Part(slug, title, group, root=slug, own=partial(fields, content), count=len(draft.get(content, slug) or {}))


def _order(questionnaire: Content) -> tuple[int, int]:
    return _at(QUESTIONNAIRE_ROLES, questionnaire.get("role")), _at(PHASES, questionnaire.get("phase"))


def _at(known: tuple[str, ...], word: Any) -> int:
    return known.index(word) if word in known else len(known)


def _questionnaire(content: Content, one: Content) -> Part:
    address = f"questionnaires.{one['id']}"
    groups = {side: f"Анкеты {side_word(content, side, 'genitive')}" for side in USUAL_WORDS}
    asked = draft.entries(one, "questions")
    listed = CardList(
        f"{address}.questions",
        "",
        "Вопрос",
        lambda entry: questioncards.question_fields(content, entry, address),
        _question_says,
        title_key="text",
        letter="q",
        fresh={"kind": "long"},
    )
    group = groups.get(one.get("role", ""), "Другие анкеты")
    title = words.PHASES.get(one.get("phase", ""), "без срока")
    if group == "Другие анкеты" and one.get("role") in words.OTHERS:
        title = f"{words.OTHERS[one['role']]}: {title}"
    fields, title = partial(questioncards.questionnaire_fields, content), title[:1].upper() + title[1:]
    return Part(address, title, group, address, fields, (listed,), len(numbered(asked)))


def _question_says(entry: Content) -> str:
    """The kind of answer and what is unusual about the question."""
    kind = str(entry.get("kind", ""))
    said = [words.QUESTION_KINDS.get(kind, "новая страница")]
    if kind in ("scale", "number") and ("low" in entry or "high" in entry):
        said[0] += f" {entry.get('low', '')}–{entry.get('high', '')}"
    if entry.get("options"):
        said.append(short("; ".join(map(str, entry["options"].values()))))
    flags = {
        "required": "необязательно",
        "show_if": "по условию",
        "pair_key": "сравнивается",
        "sensitive": "личное",
        "match": "для подбора",
    }
    said += [word for key, word in flags.items() if key in entry]
    return " · ".join(said)


def _plan(content: Content, plan: Content) -> Part:
    owner = str(plan.get("owner"))
    address = f"plans.{owner}"
    columns = CardList(
        f"{address}.columns",
        "Столбцы",
        "Столбец",
        partial(cards.column_fields, content),
        _column_says,
        letter="c",
        fresh={"kind": "text"},
        most=12,
    )
    title = next((one.get("id") for one in draft.entries(plan, "columns") if one.get("role") == "title"), "what")
    items = CardList(
        f"{address}.items",
        "Строки, с которых план начинается",
        "Строка",
        lambda entry: cards.item_fields(content, entry, plan),
        lambda entry: " · ".join(
            filter(None, [RULE.show(entry.get("due")), entry.get("section", ""), "по ответу" if "when" in entry else ""])
        ),
        title_key=f"cells.{title}",
        letter="i",
        most=60,
    )
    count = len(draft.entries(plan, "items"))
    return Part(
        address, cards.owner_title(content, owner), "Работа пары", address, partial(cards.plan_fields, content), (columns, items), count
    )


def _column_says(column: Content) -> str:
    said = cards.COLUMN_WORDS.get(column.get("kind", "")), _role(column), owncolumns.doubles(column.get("title"))
    return " · ".join(filter(None, said))


def _role(column: Content) -> str:
    return cards.ROLE_WORDS[column["role"]] if column.get("role") in cards.ROLE_WORDS else ""


def _meetings(content: Content) -> CardList:
    def says(entry: Content) -> str:
        return f"{entry.get('minutes', 45)} мин · пунктов {len(entry.get('agenda', ()))}"

    return CardList("meetings", "", "Вид встречи", partial(cards.meeting_fields, content), says, letter="m", most=30)


def _evaluation(content: Content) -> Part:
    lists = _grouped(content, "evaluation", "indicators", "Показатель", cards.indicator_fields)
    count = sum(len(draft.entries(content, one.address)) for one in lists[1:])
    fields = partial(cards.evaluation_fields, content)
    return Part("evaluation", "Лист оценки", "Работа пары", "evaluation", fields, lists, count)


def _deficits(content: Content) -> Part:
    lists = _grouped(content, "deficits", "competences", "Компетенция", cards.competence_fields)
    count = sum(len(draft.entries(content, one.address)) for one in lists[1:])
    return Part("deficits", "Дефициты", "Работа пары", "deficits", partial(cards.deficit_fields, content), lists, count)


def _grouped(content: Content, root: str, inner: str, one: str, fields: Any) -> tuple[CardList, ...]:
    """A list of groups, and then the list of what stands in each."""
    groups = CardList(f"{root}.groups", "Группы", "Группа", partial(cards.group_fields, content), letter="g", most=20)
    inside = [
        CardList(f"{root}.groups.{group['id']}.{inner}", short(group.get("title")), one, partial(fields, content), letter="n", most=40)
        for group in draft.entries(content, groups.address)
        if draft.id_of(group)
    ]
    return (groups, *inside)


def _parameters(content: Content) -> CardList:
    return CardList(
        "parameters", "", "Замер", partial(cards.parameter_fields, content), lambda entry: str(entry.get("method", "")), letter="p",
        fresh={"who": "curator"}, most=20,
    )  # fmt: skip


def _matching(content: Content) -> CardList:
    return CardList(
        "matching", "", "Правило", partial(cards.match_fields, content), lambda entry: words.MATCH_KINDS.get(entry.get("kind", ""), ""),
        title_key="text", letter="r", fresh={"kind": "equal"}, most=20,
    )  # fmt: skip
