"""The yardstick for printing: the paper of a plan drawn by hand on reportlab's canvas, as fast as that goes.

It puts the same texts into the same columns with the same fonts and spaces as `templates/papers/plan.html`, and knows
nothing of HTML. `./run bench` compares the CPU time of the two within one run.
"""

import io

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mentorapp.papers.pages import PlanPaper, PlanTable
from mentorapp.papers.press import FONTS

PLAIN, BOLD = "CanvasSerif", "CanvasSerifBold"
WIDTH, HEIGHT = landscape(A4)
LEFT, RIGHT, TOP, BOTTOM = 12 * mm, WIDTH - 12 * mm, HEIGHT - 14 * mm, 17 * mm
SIDE, ABOVE, BELOW = 1.2 * mm, 1.4 * mm, 0.5 * mm

rl_config.useA85 = 0  # as in the worker
registerFont(TTFont(PLAIN, FONTS / "DocSerif-Regular.ttf"))
registerFont(TTFont(BOLD, FONTS / "DocSerif-Bold.ttf"))


def draw(paper: PlanPaper) -> bytes:
    """The PDF of all plans of `paper`."""
    sheet = Sheet()
    for plan in paper.plans:
        sheet.plan(paper, plan)
    return sheet.finished()


def pieces(word: str, font: str, size: float, room: float) -> list[str]:
    """A word too wide for its column, cut where the column ends."""
    found, start, used = [], 0, 0.0
    for place, letter in enumerate(word):
        width = stringWidth(letter, font, size)
        used += width
        if used > room and place > start:
            found.append(word[start:place])
            start, used = place, width
    return [*found, word[start:]]


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    space = stringWidth(" ", font, size)
    lines = []
    for part in text.split("\n"):
        line: list[str] = []
        used = -space
        for word in part.split(" "):
            width = stringWidth(word, font, size)
            if used + space + width <= room:
                line.append(word)
                used += space + width
                continue
            if line:
                lines.append(" ".join(line))
            *full, word = pieces(word, font, size, room) if width > room else [word]
            lines.extend(full)
            line, used = [word], stringWidth(word, font, size) if full else width
        lines.append(" ".join(line))
    return lines


class Sheet:
    """A place to write from the top down; each page keeps one text object, its rules and its grey boxes."""

    def __init__(self) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=(WIDTH, HEIGHT))
        self.pages: list[Page] = []
        self.new_page()

    def new_page(self) -> None:
        self.y = TOP
        self.page = Page(self.canvas)
        self.pages.append(self.page)

    def write(self, x: float, text: str, font: str = PLAIN, size: float = 11, down: float = 13) -> None:
        self.page.text.setFont(font, size, size * 1.14)
        self.page.text.setTextOrigin(x, self.y - size)
        self.page.text.textOut(text)
        self.y -= down

    def plan(self, paper: PlanPaper, plan: PlanTable) -> None:
        if self.y < TOP:
            self.new_page()
        self.head(paper, plan)
        grid = Grid(plan)
        grid.draw(self, grid.titles)
        rows = [([row.number, *row.cells], row.section) for row in plan.rows]
        for cells, section in rows + [([" \n"] * len(grid.titles[0]), None)] * plan.blank_rows:
            lines = grid.lines(cells, PLAIN, grid.size)
            above = [[section]] if section else []
            if self.y - sum(map(grid.height, [above, lines] if section else [lines])) < BOTTOM:
                self.new_page()
                grid.draw(self, grid.titles)
            if section:
                grid.draw_section(self, section)
            grid.draw(self, lines)
        self.end(plan)

    def head(self, paper: PlanPaper, plan: PlanTable) -> None:
        for line in wrapped(paper.school.full_name, PLAIN, 11, 160 * mm):
            self.write(LEFT, line)
        self.write(LEFT, paper.school.town)
        if plan.approval:
            self.y = TOP
            name = plan.approval.name or "/ __________________ /"
            for text in (plan.approval.words, plan.approval.post, f"__________________ {name}", plan.approval.date_text):
                self.write(LEFT + 175 * mm, text, down=16)
        self.y -= 4 * mm
        for text in (plan.title, f"на {paper.year_label} учебный год"):
            self.write((WIDTH - stringWidth(text, BOLD, 14)) / 2, text, BOLD, 14, down=17)
        self.y -= 3 * mm
        for label, value in paper.pair.lines:
            self.write(LEFT, label, down=0)
            self.write(LEFT + 55 * mm, value, BOLD, down=15)
        self.y -= 3 * mm

    def end(self, plan: PlanTable) -> None:
        if self.y - (20 + 7 * len(plan.signatures)) * mm < BOTTOM:
            self.new_page()
        self.y -= 3 * mm
        for text in filter(None, (plan.note, plan.agreement)):
            self.write(LEFT, text, down=21)
        for role, name in plan.signatures:
            self.write(LEFT, role, down=0)
            self.write(LEFT + 55 * mm, "______________________", down=0)
            self.write(LEFT + 117 * mm, name, down=0)
            self.write(LEFT + 213 * mm, "«____» __________ 20____ г.", down=21)

    def finished(self) -> bytes:
        for number, page in enumerate(self.pages, start=1):
            page.draw(self.canvas, f"стр. {number} из {len(self.pages)}")
        self.canvas.save()
        return self.file.getvalue()


class Page:
    def __init__(self, canvas: Canvas) -> None:
        self.text = canvas.beginText()
        self.rules: list[tuple[float, float, float, float]] = []
        self.boxes: list[tuple[float, float, float, float]] = []

    def draw(self, canvas: Canvas, foot: str) -> None:
        canvas.setFillGray(0.93)
        for box in self.boxes:
            canvas.rect(*box, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setLineWidth(0.5)
        canvas.lines(self.rules)
        canvas.drawText(self.text)
        canvas.setFont(PLAIN, 9)
        canvas.drawRightString(RIGHT, 9 * mm, foot)
        canvas.showPage()


class Grid:
    """The columns of one plan."""

    def __init__(self, plan: PlanTable) -> None:
        self.size = 9 if plan.is_dense else 10
        self.edges = [LEFT]
        for share in plan.widths:
            self.edges.append(self.edges[-1] + (RIGHT - LEFT) * share / 100)
        self.centred = [True, *(head.centred for head in plan.columns)]
        self.titles = self.lines(["№", *(head.title for head in plan.columns)], BOLD, 9)

    def lines(self, cells: list[str], font: str, size: float) -> list[list[str]]:
        rooms = (right - left - 2 * SIDE for left, right in zip(self.edges, self.edges[1:], strict=False))
        return [wrapped(cell, font, size, room) for cell, room in zip(cells, rooms, strict=True)]

    def height(self, cells: list[list[str]]) -> float:
        return max(map(len, cells)) * self.size * 1.14 + ABOVE + BELOW

    def draw(self, sheet: Sheet, cells: list[list[str]]) -> None:
        is_head = cells is self.titles
        font, size = (BOLD, 9) if is_head else (PLAIN, self.size)
        top, bottom = sheet.y, sheet.y - self.height(cells)
        text, rules = sheet.page.text, sheet.page.rules
        text.setFont(font, size, size * 1.14)
        for lines, left, right, centred in zip(cells, self.edges, self.edges[1:], self.centred, strict=False):
            y = top - ABOVE - size
            rules.append((left, top, left, bottom))
            if not (centred or is_head):
                text.setTextOrigin(left + SIDE, y)
                text.textLines(lines, trim=0)
                continue
            for line in lines:
                text.setTextOrigin((left + right - stringWidth(line, font, size)) / 2, y)
                text.textOut(line)
                y -= size * 1.14
        rules += [(RIGHT, top, RIGHT, bottom), (LEFT, top, RIGHT, top), (LEFT, bottom, RIGHT, bottom)]
        if is_head:
            sheet.page.boxes.append((LEFT, bottom, RIGHT - LEFT, top - bottom))
        sheet.y = bottom

    def draw_section(self, sheet: Sheet, title: str) -> None:
        top, bottom = sheet.y, sheet.y - self.height([[title]])
        sheet.page.boxes.append((LEFT, bottom, RIGHT - LEFT, top - bottom))
        sheet.page.rules += [(LEFT, top, LEFT, bottom), (RIGHT, top, RIGHT, bottom), (LEFT, top, RIGHT, top)]
        sheet.y -= ABOVE
        sheet.write(LEFT + SIDE, title, BOLD, self.size, down=0)
        sheet.y = bottom
