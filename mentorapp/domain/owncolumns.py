"""What the program keeps of every row of a plan by itself, under the headings that tables on paper give it."""

import re

_NUMBER = "номер строки программа ставит сама"
_MARK = "состояние, отметку о выполнении и её дату программа ведёт сама в каждой строке"

_KNOWN = (
    (re.compile(r"(№|n)\s*(п\s*/?\s*п)?\.?|номер( строки)?|порядковый номер"), _NUMBER),
    (
        re.compile(r"(отметка|сведения|информация) о (выполнении|исполнении|проведении)|отметка|выполнени[ея]|выполнено|исполнени[ея]|"
                   r"статус( выполнения)?|состояние|факт(ическ\w+)?( (дата|срок)\w*)?( выполнения)?|дата (выполнения|исполнения)"),
        _MARK,
    ),
)  # fmt: skip


# Such a column has room for a day, not for what became of the row.
_OF_DAYS = re.compile(r"дат|срок")


def takes_mark(title: object) -> bool:
    """Whether the paper has room under this heading for what became of a row, so that it needs no column for it beside."""
    return doubles(title) == _MARK and not _OF_DAYS.search(str(title).casefold())


def counts_rows(title: object) -> bool:
    """Whether a column with this heading holds nothing but the numbers of the rows."""
    return doubles(title) == _NUMBER


def doubles(title: object) -> str:
    """What of the program's own a column with this heading would repeat, as a sentence without its stop, or nothing."""
    said = " ".join(str(title or "").casefold().split()).rstrip(".:")
    return next((what for known, what in _KNOWN if known.fullmatch(said)), "")
