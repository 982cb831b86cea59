"""The figures beside their goals."""

from typing import NamedTuple

from benchmarks.editor import EditorFigures
from benchmarks.measure import Queries, Ratio


class Figures(NamedTuple):
    """All that was measured, in the order of the table."""

    plan_page_cpu: Ratio
    edit_cpu: Ratio
    answer_cpu: Ratio
    cold_start: Ratio
    plan_pdf_cpu: Ratio
    plan_page_bytes: int
    edit_bytes: int
    queries: Queries
    pss_mb: float
    editor: EditorFigures


class Line(NamedTuple):
    name: str
    value: float
    goal: float
    is_aim: bool = False
    detail: str = ""


def lines(figures: Figures) -> list[Line]:
    """Each figure with its goal; an aim is what we work towards, a goal is what must be reached."""

    def times(ratio: Ratio) -> str:
        return f"x the yardstick ({ratio.product:.2f} : {ratio.yardstick:.2f} ms)"

    def pages(ratio: Ratio) -> str:
        return f"plan pages ({ratio.product:.2f} : {ratio.yardstick:.2f} ms)"

    return [
        Line("plan page, CPU", figures.plan_page_cpu.ratio, 2.0, detail=times(figures.plan_page_cpu)),
        Line("edit of a cell, CPU", figures.edit_cpu.ratio, 3.5, detail=times(figures.edit_cpu)),
        Line("answer to a question, CPU", figures.answer_cpu.ratio, 3.5, detail=times(figures.answer_cpu)),
        Line("plan as PDF, CPU", figures.plan_pdf_cpu.ratio, 10, detail=times(figures.plan_pdf_cpu)),
        Line("part of a draft, CPU", figures.editor.open.ratio, 3.0, detail=pages(figures.editor.open)),
        Line("preview of a draft, CPU", figures.editor.preview.ratio, 3.0, detail=pages(figures.editor.preview)),
        Line("publishing a form, CPU", figures.editor.publish.ratio, 3.0, detail=pages(figures.editor.publish)),
        Line("plan page, bytes", figures.plan_page_bytes, 40_000),
        Line("edit of a cell, bytes", figures.edit_bytes, 1_500, detail="status line, headers and body"),
        Line("plan page, SELECTs", figures.queries.page, 8),
        Line("edit of a cell, statements", figures.queries.edit, 7, detail="besides BEGIN and COMMIT"),
        Line("edit of a cell, COMMITs", figures.queries.edit_commits, 1),
        Line("cold start to the first page", figures.cold_start.ratio, 3.5, is_aim=True, detail=times(figures.cold_start)),
        Line("memory after 1,000 requests, PSS", figures.pss_mb, 70, is_aim=True, detail="MB"),
    ]


def table(figures: Figures) -> str:
    """For people."""
    return "\n".join([f"{'':34}{'measured':>10}{'goal':>9}", *map(_row, lines(figures))])


def _row(line: Line) -> str:
    number = f"{line.value:,.2f}" if isinstance(line.value, float) else f"{line.value:,}"
    reached = ("reached" if line.value <= line.goal else "MISSED") + (" (aim)" if line.is_aim else "")
    return f"{line.name:34}{number:>10}{f'≤ {line.goal:,}':>9}  {reached:13}  {line.detail}".rstrip()


def plain(figures: Figures) -> dict[str, float]:
    """For programs: CPU and start are ratios to the yardstick of the same run."""
    return {
        "plan_page_cpu": round(figures.plan_page_cpu.ratio, 3),
        "edit_cpu": round(figures.edit_cpu.ratio, 3),
        "answer_cpu": round(figures.answer_cpu.ratio, 3),
        "cold_start": round(figures.cold_start.ratio, 3),
        "plan_pdf_cpu": round(figures.plan_pdf_cpu.ratio, 3),
        "plan_page_bytes": figures.plan_page_bytes,
        "edit_bytes": figures.edit_bytes,
        "plan_page_queries": figures.queries.page,
        "pss_mb": round(figures.pss_mb, 1),
        "form_open_cpu": round(figures.editor.open.ratio, 3),
        "form_preview_cpu": round(figures.editor.preview.ratio, 3),
        "form_publish_cpu": round(figures.editor.publish.ratio, 3),
    }
