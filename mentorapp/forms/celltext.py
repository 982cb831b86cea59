"""Texts on their way into the cells of a workbook."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_text(page: "Worksheet", line: int, column: int, text: str, style: Any = None) -> None:
    """Write a text that stays a text, whatever it begins with: no formula, no link, no number.

    XlsxWriter takes what begins with <r> and ends with </r> for XML that it has made itself and writes it as it is. A stranger's
    text could so bring cells of its own; with a space behind it, it is a text like any other.
    """
    page.write_string(line, column, f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text, style)
