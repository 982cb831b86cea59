"""What a workbook looks like: its sheets, and the columns of each with the words that people read and may write instead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from mentorapp import words as said

YES_NO = {"yes": "да", "no": "нет"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a sheet, or one line of a sheet of facts.

    `key` is what the contract calls it; `kind` how its cells are read: text, number, flag (`usual` is what an empty cell means),
    word (one of `words`), words of their own for others. `also` are other ways to write the heading.
    """

    key: str
    title: str
    width: int = 14
    note: str = ""
    kind: str = "text"
    also: tuple[str, ...] = ()
    words: Mapping[str, str] | None = None
    usual: bool = False
    hidden: bool = False

    @property
    def choices(self) -> list[str]:
        """What a cell offers to choose from."""
        return list(self.words.values()) if self.words else list(YES_NO.values()) if self.kind == "flag" else []


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a table under its headings, or facts: a heading in each line and its value beside it."""

    name: str
    headings: tuple[Heading, ...]
    is_facts: bool = False
    samples: tuple[Mapping[str, str], ...] = ()

    def heading(self, key: str) -> Heading:
        """Raises KeyError."""
        for heading in self.headings:
            if heading.key == key:
                return heading
        raise KeyError(key)


class Filled(NamedTuple):
    """A sheet with what stands in its rows, by the keys of its headings; a list where a fact has several lines."""

    sheet: Sheet
    rows: list[dict[str, Any]]


def row_of(sheet: Sheet, content: Mapping[str, Any], written: Callable[[Heading, Any], str]) -> dict[str, Any]:
    """The texts of a row for every heading whose value stands under its own key."""
    return {heading.key: written(heading, content.get(heading.key)) for heading in sheet.headings}


HELP = "Как заполнять"
LISTS = "Списки"
CODE_NOTE = "Служебный код: его ставит программа. Не меняйте его; у новой строки оставьте пустым."


def code(key: str = "id", title: str = "Служебный код", *also: str) -> Heading:
    """A hidden column of ids."""
    return Heading(key, title, 16, CODE_NOTE, "code", also, hidden=True)


# --- Words for kinds

QUESTION_KINDS = {**said.QUESTION_KINDS, "heading": "заголовок"}
COLUMN_KINDS = {
    **{kind: said.QUESTION_KINDS[kind] for kind in ("text", "long", "number", "date")},
    "due": "срок",
    "yes_no": said.QUESTION_KINDS["yes_no"],
    "choice": "один вариант",
    "scale": "шкала",
}
COLUMN_ROLES = {"title": "мероприятие", "due": "срок", "report_due": "срок отчётности"}


# What a word of a list may be instead; keys as `values.same` makes them.
ALSO = {
    "kind": {
        "короткий ответ": "text",
        "короткий текст": "text",
        "текст": "text",
        "одна строка": "text",
        "развернутый ответ": "long",
        "длинный текст": "long",
        "свободный ответ": "long",
        "большой текст": "long",
        "абзац": "long",
        "да нет": "yes_no",
        "один из списка": "single",
        "один ответ": "single",
        "выбор": "single",
        "один из вариантов": "single",
        "несколько ответов": "multi",
        "несколько из списка": "multi",
        "множественный выбор": "multi",
        "оценка": "scale",
        "баллы": "scale",
        "балл": "scale",
        "частота": "frequency",
        "ранжирование": "rank",
        "по порядку": "rank",
        "расставить по порядку": "rank",
        "расставить по важности": "rank",
        "порядок": "rank",
        "таблица": "matrix",
        "сетка": "matrix",
        "матрица": "matrix",
        "человек": "person",
        "раздел": "heading",
        "страница": "heading",
        "подзаголовок": "heading",
    },
    "role": {
        "педагог наставник": "mentor",
        "третье лицо": "third_party",
        "классный руководитель": "third_party",
        "родитель": "third_party",
        "психолог": "third_party",
        "кто знает участника": "third_party",
        "название": "title",
        "дата": "due",
        "отчетность": "report_due",
        "срок отчета": "report_due",
    },
    "phase": {
        "до": "before",
        "после": "after",
        "в начале": "before",
        "в середине работы": "interim",
        "промежуточная": "interim",
        "заявка": "application",
        "предпочтения": "preference",
        "итоговая": "after",
        "входная": "before",
    },
    "owner": {
        "пара": "pair",
        "пары": "pair",
        "общий": "pair",
        "наставник": "mentor",
        "наставника": "mentor",
        "наставляемый": "mentee",
        "наставляемого": "mentee",
        "куратор": "curator",
        "куратора": "curator",
    },
}
# A column of a plan has fewer kinds: what is «один вариант» there is a choice.
ALSO_COLUMN = {"один из списка": "choice", "выбор": "choice", "один ответ": "choice", "один из вариантов": "choice", "дата или срок": "due"}
