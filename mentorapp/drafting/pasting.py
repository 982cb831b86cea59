"""Cards out of a pasted list: questions with their answers, groups with what stands in them. Tables of plans are in `tables.py`.

A line that begins with a dash belongs to the line above it, unless it asks something itself. A list of which the first line begins
with one is an ordinary list of bullets: there every line is a card.
"""

import re
from dataclasses import dataclass, field

from mentorapp.domain import draft
from mentorapp.domain.conditioncheck import MOST_SCALE
from mentorapp.domain.draft import new_id
from mentorapp.drafting import beginnings, shapes, tables
from mentorapp.drafting.fields import Content
from mentorapp.drafting.parts import INSIDE_GROUPS, CardList
from mentorapp.drafting.tables import Pasted, TooMany

MOST_LINES = 5000  # a list of a hundred questions with thirty answers each is shorter
# What the editor says beside the field, by the letter of the list.
HINTS = {
    "q": "Ответы можно вписать сразу в конце вопроса: «(1–10)», «(да/нет)», «(число)» или «(дата)»; "
    "варианты — строками с дефисом под вопросом; «(несколько)» — если отмечать можно не один.",
    "g": "Что входит в группу — строками с дефисом под её названием.",
    "m": "Пункты чек-листа — строками с дефисом под названием встречи.",
    "i": "Можно вставить таблицу из Word или Excel — лучше вместе с её заголовками: по ним сложатся столбцы.",
}
_BULLET = re.compile(r"^(?:[-–—•·*▪◦☐□]|[а-яa-z]\))\s*")
_NUMBER = re.compile(r"^\d{1,3}(?:[.)]\s+|[.)]?\t)")
_TRAILING = re.compile(r"\s*\(([^()]{1,40})\)\s*([.?!:]?)$")
_AFTER_QUESTION = re.compile(r"(?<=\?)[\s–—-]*([^()?]{1,40}?)()$")
_BOUNDS = re.compile(r"(?:шкала |балл\w* )?(?:от )?(\d{1,3})\s*(?:[-–—]|до)\s*(\d{1,3})(?: балл\w*)?")
_KIND_WORDS = {
    "да/нет": "yes_no", "да / нет": "yes_no", "да или нет": "yes_no", "да, нет": "yes_no", "число": "number", "дата": "date",
    "строка": "text", "текст": "long", "часто/редко": "frequency",
    "несколько": "multi", "несколько вариантов": "multi", "можно несколько": "multi", "можно выбрать несколько": "multi",
    "один вариант": "single",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its number or dash, and the lines with a dash under it."""

    text: str
    under: list[str] = field(default_factory=list)


def put(content: Content, listed: CardList, pasted: str) -> Pasted:
    """Put what was pasted into a list of cards, behind those that are there. Raises TooMany."""
    there = len(draft.entries(content, listed.address))
    full = TooMany(f"Здесь помещается {listed.most}, уже есть {there}.")
    if len(pasted.splitlines()) > MOST_LINES:
        raise full
    if listed.letter == "i" and "\t" in pasted:
        plan = draft.get(content, listed.address.rpartition(".")[0])
        made = tables.put(plan, pasted)
        if len(plan["items"]) > listed.most:
            raise full
        return made
    cards = _cards_of(content, listed, pasted)
    if there + len(cards) > listed.most:
        raise full
    for card in cards:
        draft.insert(content, listed.address, card)
    return Pasted(len(cards), sum(len(card.get(key, ())) for card in cards for key in ("agenda", *INSIDE_GROUPS)))


def lines_of(pasted: str) -> list[Line]:
    """The lines of a list; those with a dash belong to the one above, where the first has none."""
    found: list[Line] = []
    has_levels = True
    for raw in pasted.splitlines():
        line = " ".join(_NUMBER.sub("", raw.strip()).split())
        bare = _BULLET.sub("", line)
        if not bare:
            continue
        has_levels = has_levels and (bool(found) or bare == line)
        if has_levels and bare != line and not bare.endswith("?"):
            found[-1].under.append(bare)
        else:
            found.append(Line(bare))
    return found


def _cards_of(content: Content, listed: CardList, pasted: str) -> list[Content]:
    if listed.letter == "c":  # the headings of a table stand in one line
        pasted = pasted.replace("\t", "\n")
    lines = lines_of(pasted)
    if listed.letter == "q":
        return _questions(content, listed, lines)
    if listed.letter == "g":
        return [_group(listed, line) for line in lines]
    if listed.letter == "m":
        return [_meeting(listed, line) for line in lines]
    known = draft.entries(content, listed.address)
    flat = [text for line in lines for text in (line.text, *line.under)]
    return [beginnings.new_card(listed, known[-1] if known else None, text) for text in flat]


# --- Questions ------------------------------------------------------------------------------------


def _questions(content: Content, listed: CardList, lines: list[Line]) -> list[Content]:
    """Where no line says how it is answered, all are answered as the last question that is there."""
    read = [_answer(line) for line in lines]
    known = draft.entries(content, listed.address)
    neighbour = known[-1] if known and not any(answer for _text, answer in read) else None
    return [beginnings.new_card(listed, neighbour, text) | answer for text, answer in read]


def _answer(line: Line) -> tuple[str, Content]:
    """The words of a question, and how it is answered as far as the line says so."""
    words = _TRAILING.search(line.text) or _AFTER_QUESTION.search(line.text)
    said = _said(words[1].casefold().strip(" .")) if words and words.start() else {}
    text = f"{line.text[: words.start()].rstrip()}{words[2]}" if words and said else line.text
    if not line.under:
        return text, said
    if [one.casefold() for one in line.under] == ["да", "нет"]:
        return text, {"kind": "yes_no"}
    kind = said.get("kind") if said.get("kind") in ("multi", "frequency") else "single"
    return text, {"kind": kind, "options": shapes.OPTIONS.read("\n".join(line.under), None)}


def _said(words: str) -> Content:
    """What is said in brackets, or after the question mark; nothing where that is a part of the question's words."""
    if bounds := _BOUNDS.fullmatch(words):
        low, high = int(bounds[1]), int(bounds[2])
        kind = "scale" if high - low < MOST_SCALE else "number"
        return {"kind": kind, "low": low, "high": high} if low < high else {}
    return {"kind": _KIND_WORDS[words]} if words in _KIND_WORDS else {}


# --- Groups ---------------------------------------------------------------------------------------


def _group(listed: CardList, line: Line) -> Content:
    """A group of indicators, or of competences, with what stands in it."""
    inner = "competences" if listed.address.startswith("deficits.") else "indicators"
    inside = [{"id": new_id("n"), "title": text} for text in line.under]
    return beginnings.new_card(listed, None, line.text) | ({inner: inside} if inside else {})


def _meeting(listed: CardList, line: Line) -> Content:
    """A meeting with the points of its check-list."""
    return beginnings.new_card(listed, None, line.text) | ({"agenda": line.under} if line.under else {})
