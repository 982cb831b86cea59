"""What a paper is laid out with: pages that know their number, tables, cells and texts that break where a reader would break them."""

from typing import Any

import xhtml2pdf.reportlab_paragraph
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames
from reportlab.platypus.flowables import KeepTogether, _listWrapOn
from reportlab.platypus.tables import TableStyle
from xhtml2pdf.builders.printmarks import MarkedCanvas
from xhtml2pdf.xhtml2pdf_reportlab import PmlBaseDoc, PmlKeepInFrame, PmlParagraph, PmlTable

FOOT_FONT = "docserif_00"  # the regular face of DocSerif, by xhtml2pdf's own naming
FOOT_ROOM = 25 * mm  # what «стр. 10 из 12» takes
FEW_LINES = 40  # points: as much of a text as should stand together
UNBOUNDED = 0xFFFFFFF  # a height nothing is fitted to
HAIR = 0.01  # a difference in width, in points, that moves no word

Command = tuple[Any, ...]  # reportlab's: a name, the first cell, the last cell, how it looks


class NumberedCanvas(MarkedCanvas):
    """Stamps «стр. X из Y» at the end: `<pdf:pagecount/>` would lay the whole paper out twice.

    On the left of it, where there are several pages, stands the paper's `<meta name="subject">`: whose it is.
    """

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.left_edge = self.right_edge = 0.0
        self.foot = ""
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages = self._pages
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            self._stamp(number, len(pages))
            super().showPage()
        super().save()

    def _stamp(self, number: int, total: int) -> None:
        if FOOT_FONT in getRegisteredFontNames():
            self.setFont(FOOT_FONT, 9)
            self.drawRightString(self.right_edge, 9 * mm, f"стр. {number} из {total}")
            if total > 1:
                self.drawString(self.left_edge, 9 * mm, self._fitting(self.foot, self.right_edge - self.left_edge - FOOT_ROOM))

    def _fitting(self, text: str, room: float) -> str:
        """The text, or as many whole words of it as there is room for."""
        shown = text
        while shown and self.stringWidth(shown, FOOT_FONT, 9) > room:
            text = text.rpartition(" ")[0]
            shown = text and f"{text}…"
        return shown


class NumberedDocument(PmlBaseDoc):
    def _makeCanvas(self, filename: object = None, canvasmaker: object = None) -> NumberedCanvas:
        canvas: NumberedCanvas = super()._makeCanvas(filename=filename, canvasmaker=NumberedCanvas)
        frame = self.pageTemplates[0].frames[0]
        canvas.left_edge, canvas.right_edge = frame._x1, frame._x2
        canvas.foot = self.subject or ""
        self.keepTogetherClass = Leading
        return canvas


class Leading(KeepTogether):
    """Texts that lead on to something stay with its beginning.

    reportlab moves the texts and all that they lead on to overleaf, however much of the page that leaves empty.
    """

    def split(self, width: float, height: float) -> list[Any]:
        *texts, last = self._content
        self.wrap(width, height)
        if not texts or height >= self._H:
            return list(super().split(width, height))
        room = height - _listWrapOn(texts, width, self.canv)[1] - max(texts[-1].getSpaceAfter(), last.getSpaceBefore())
        if room > 0 and len(parts := last.splitOn(self.canv, width, room)) > 1:
            return [*texts, *parts]
        first = min(height, self._H0 - FEW_LINES)  # of a long text all but its end may stay
        if first > FEW_LINES and len(parts := texts[0].splitOn(self.canv, width, first)) > 1:
            return [parts[0], Leading([*parts[1:], *self._content[1:]])]
        return list(super().split(width, height))


class CompanionTable(PmlTable):
    """A table that breaks where a reader would break it.

    A row of one cell over all columns is a heading, a note or the signatures. A heading goes with the row under it.
    And notes and signatures take the last true row along: a page of bare signatures proves nothing.
    """

    def __init__(self, data: list[list[object]], style: TableStyle | None = None, **options: object) -> None:
        super().__init__(data, style=style and TableStyle(merged(ruled(style.getCommands(), len(data), len(data[0])))), **options)

    def _getFirstPossibleSplitRowPosition(self, height: float, ignoreSpans: int = 0) -> int:
        row = int(super()._getFirstPossibleSplitRowPosition(height, ignoreSpans))
        if ignoreSpans or row >= self._nrows:
            return row
        earlier = row
        if all(map(self._is_full_width, range(row, self._nrows))):
            while self._is_full_width(earlier):
                earlier -= 1
        earlier -= self._is_full_width(earlier - 1)
        earlier = int(super()._getFirstPossibleSplitRowPosition(sum(self._rowHeights[:earlier]) + HAIR))  # not through a rowspan
        if earlier > self._repeatCount():
            return earlier
        return row if self._mayCutInsideRow() else 0  # 0: not here, on the next page

    def _is_full_width(self, row: int) -> bool:
        spans = getattr(self, "_spanRanges", {})
        return spans.get((0, row)) == (0, row, self._ncols - 1, row)


def ruled(commands: list[Command], rows: int, columns: int) -> list[Command]:
    """The border of a table stands between its cells, too, down to the notes and signatures at its end.

    So the stylesheet gives the table its lines; written for each cell they would take a tenth of the time of a paper.
    """
    edge = next((look for name, first, last, *look in commands if (name, first, last) == ("LINEABOVE", (0, 0), (-1, 0))), None)
    if edge is None:
        return commands
    full_width = {first[1] for name, first, last, *_ in commands if name == "SPAN" and first[0] == 0 and last[0] == columns - 1}
    end = rows - 1
    while end in full_width:
        end -= 1
    # Not a GRID: where a row is cut and goes on overleaf, the cut has its lines only from these.
    lines = [(name, (0, 0), (-1, end), *edge) for name in ("LINEABOVE", "LINEBELOW", "LINEBEFORE", "LINEAFTER")]
    return [command for command in commands if not command[0].startswith("LINE")] + lines


def merged(commands: list[Command]) -> list[Command]:
    """The same look in fewer commands: equal ones of neighbouring cells become one over a block of cells.

    xhtml2pdf writes eight for each cell, and each page break of a table goes through all of them.
    """
    wide = [command for command in commands if command[1] != command[2]]
    cells_of: dict[Command, list[tuple[int, int]]] = {}
    for name, start, stop, *rest in commands:
        if start == stop:
            look = (name, *(tuple(part) if isinstance(part, list) else part for part in rest))  # dashes come as a list
            cells_of.setdefault(look, []).append(start)
    narrow = [(name, first, last, *rest) for (name, *rest), cells in cells_of.items() for first, last in blocks(cells)]
    return wide + narrow


def blocks(cells: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Cells, row by row, as rectangles: first what touches in a row, then equal runs of rows that touch."""
    runs: list[list[int]] = []  # first column, last column, row
    for column, row in cells:
        if runs and runs[-1][2] == row and runs[-1][1] == column - 1:
            runs[-1][1] = column
        else:
            runs.append([column, column, row])
    open_blocks: dict[tuple[int, int], list[int]] = {}  # columns to first and last row
    found = []
    for first, last, row in runs:
        block = open_blocks.get((first, last))
        if block and block[1] == row - 1:
            block[1] = row
        else:
            block = open_blocks[first, last] = [row, row]
            found.append((first, last, block))
    return [((first, top), (last, bottom)) for first, last, (top, bottom) in found]


class Cell(PmlKeepInFrame):
    """A table cell at its natural height, whose lines are broken once.

    xhtml2pdf shrinks a cell taller than a page until nobody can read it; ours is cut and goes on overleaf. Its CSS
    for that leaves an empty box in the story for every cell, so the cells are told here. And a table asks all its
    cells for their height again at every page and once more for drawing, each time at a width that differs in the
    last digits: answering with the first width keeps the paragraph's own memory of its lines good.
    """

    _asked_width = 0.0

    def __init__(self, **options: object) -> None:
        super().__init__(**{**options, "mode": "overflow"})

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if abs(width - self._asked_width) > HAIR:
            self.height = self._natural_height(width)
            self._asked_width = self.width = width
        return self.width, self.height

    def drawOn(self, canvas: object, x: float, y: float, _sW: float = 0) -> None:
        if len(self._content) == 1:
            self._content[0].drawOn(canvas, x, y)
        else:
            super().drawOn(canvas, x, y, _sW)

    def _natural_height(self, width: float) -> float:
        if len(self._content) == 1:  # most cells, without the general way's copy of the whole frame
            return float(self._content[0].wrapOn(self.canv, width, UNBOUNDED)[1])
        return float(super().wrap(width, UNBOUNDED)[1])


class Text(PmlParagraph):
    """A paragraph; one without border and background, as most are, is drawn without a state of its own for them."""

    def draw(self) -> None:
        style = self.style
        sides = (self.borderWidthLeft, self.borderWidthRight, self.borderWidthTop, self.borderWidthBottom)
        if style.backColor or style.backgroundImage or any(sides) or getattr(self, "outline", False):
            super().draw()
        else:
            self.canv.translate(style.paddingLeft, -style.paddingTop)
            xhtml2pdf.reportlab_paragraph.Paragraph.draw(self)
