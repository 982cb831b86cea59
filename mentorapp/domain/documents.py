"""Texts of the papers that a form brings, with placeholders from a closed list («[наставник]»)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DOCUMENT_KINDS = ("programme", "agreement", "plan", "order")
SIGNERS = ("director", "curator", "mentor", "mentee", "parent")
# Placeholder → what stands there in the end.
PLACEHOLDERS: Mapping[str, str] = {
    "школа": "полное название школы",
    "школа кратко": "краткое название школы",
    "город": "населённый пункт школы",
    "директор": "фамилия и инициалы директора",
    "должность директора": "как называется его должность",
    "форма": "название формы для приказов",
    "вид": "вид пары",
    "наставник": "наставник или наставники, полностью",
    "наставляемый": "наставляемый или наставляемые, полностью",
    "область": "область работы пары",
    "начало": "первый день работы пары",
    "конец": "последний день работы пары",
    "год": "учебный год",
    "приказ": "номер приказа о паре",
    "дата приказа": "дата приказа о паре",
    "организация": "организация наставника",
    "договор": "номер и дата соглашения с организацией",
}
_PLACEHOLDER = re.compile(r"\[([^\[\]\n]{1,40})\]")


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its title, its paragraphs in order, and who signs it."""

    title: str
    paragraphs: tuple[str, ...]
    signs: tuple[str, ...] = ()


class Unfilled(Exception):
    """Placeholders of a paper that nothing stands for; `missing` are their names."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def placeholders(text: str) -> Iterator[str]:
    """The names between square brackets in a text, known or not."""
    return (found[1] for found in _PLACEHOLDER.finditer(text))


def missing_in(document: Document, values: Mapping[str, str]) -> list[str]:
    """The placeholders of a paper that nothing stands for, each once and in their order."""
    names = dict.fromkeys(name for text in document.paragraphs for name in placeholders(text))
    return [name for name in names if not values.get(name)]


def filled(document: Document, values: Mapping[str, str]) -> list[str]:
    """The paragraphs with their placeholders filled in. Raises Unfilled with every name that has no value."""
    if missing := missing_in(document, values):
        raise Unfilled(missing)
    return [_PLACEHOLDER.sub(lambda found: values[found[1]], text) for text in document.paragraphs]
