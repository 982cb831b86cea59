"""The renderer, made to do for our papers what it does not do by itself, and to leave out what they do not need."""

import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.dom import minidom
from xml.parsers.expat import ExpatError

import html5lib
import pypdf
import xhtml2pdf.context
import xhtml2pdf.document
import xhtml2pdf.parser
import xhtml2pdf.properties
import xhtml2pdf.reportlab_paragraph
import xhtml2pdf.tables
from flowables import Cell, CompanionTable, NumberedDocument, Text
from reportlab import rl_config
from xhtml2pdf.config.resources import ResourceAccessPolicy

SECONDS_PER_PAPER = 30
LONGEST_HTML = 2_000_000
BETWEEN_PAPERS = b"\f"  # papers/__init__.py strips it out of all texts


def justify_with_nbsp() -> None:
    """Count no-break spaces as gaps when a line is justified.

    xhtml2pdf 0.2.28 stretches them but leaves them out of the count, and the line sticks out of the margin.
    """
    draw = xhtml2pdf.reportlab_paragraph._justifyDrawParaLineX

    def draw_counted(tx: object, offset: float, line: Any, last: int = 0) -> object:
        texts = (getattr(word, "text", "") or "" for word in line.words)
        text = "".join(part.decode() if isinstance(part, bytes) else str(part) for part in texts)
        counted, line.wordCount = line.wordCount, text.count(" ") + text.count("\xa0") + 1
        try:
            return draw(tx, offset, line, last)
        finally:
            line.wordCount = counted

    xhtml2pdf.reportlab_paragraph._justifyDrawParaLineX = draw_counted


def share_styles() -> None:
    """Let the cells of all rows share what the stylesheet says about them.

    xhtml2pdf remembers it by the very parent, so every row is looked up anew. Tag, class, id and style of the parents
    are all that our rules ask for.
    """
    key_of = xhtml2pdf.parser.getCSSAttrCacheKey

    def key_by_look(node: Any, *names: object) -> object:
        node.look = key_of(node, *names)._replace(parent=getattr(node.parentNode, "look", None))
        return node.look

    xhtml2pdf.parser.getCSSAttrCacheKey = key_by_look


def leave_out_what_we_do_not_need() -> None:
    """Our stylesheet knows no `rem`, for which every value of every element is looked through; widths of words stay as they are."""
    xhtml2pdf.parser.resolveRootEm = lambda attributes, _context: attributes
    xhtml2pdf.document.reset_caches = lambda: None  # The same few fonts as long as this process lives.
    xhtml2pdf.properties.transform_attrs = put_properties
    xhtml2pdf.context.copy_attrs = put_attributes


def put_properties(frag: object, pairs: Iterable[tuple[str, str]], css: Mapping[str, Any], convert: Any, extras: object = None) -> None:
    """xhtml2pdf's own `transform_attrs` without the lists it makes for each property, most of which no element has."""
    for name, word in pairs:
        if word in css:
            setattr(frag, name, convert(css[word]) if extras is None else convert(css[word], extras))


def put_attributes(style: object, frag: object, names: Iterable[str]) -> None:
    """Its `copy_attrs`, asking once for each."""
    for name in names:
        setattr(style, name, getattr(frag, name, None))


class QuickParser(html5lib.HTMLParser):
    """Reads our papers with the standard library's parser, which is written in C: they are well-formed XML.

    What it refuses (a control character that somebody pasted, say) goes the long way, as browsers read pages.
    """

    def parse(self, page: bytes, *args: object, **options: object) -> object:
        try:
            return minidom.parseString(page)  # noqa: S318  # the page is our own: every text in it is escaped, so it declares nothing
        except ExpatError:
            return super().parse(page, *args, **options)


def render_one(html: bytes, fonts: Path) -> bytes:
    """The PDF of one page of HTML; relative addresses in it mean the folder of fonts and nothing else is read."""
    policy = ResourceAccessPolicy.server(fonts, allow_remote=False, max_render_seconds=SECONDS_PER_PAPER, max_document_bytes=LONGEST_HTML)
    paper = io.BytesIO()
    xhtml2pdf.document.pisaDocument(html, paper, path=str(fonts / "paper.html"), encoding="utf-8", default_css="", resource_policy=policy)
    return paper.getvalue()


def render(html: bytes, fonts: Path) -> bytes:
    """One PDF of several papers, each with its own page numbers; between two of them stands a form feed."""
    papers = [render_one(part, fonts) for part in html.split(BETWEEN_PAPERS)]
    if len(papers) == 1:
        return papers[0]
    whole, bound = pypdf.PdfWriter(), io.BytesIO()
    for paper in papers:
        whole.append(io.BytesIO(paper))
    whole.write(bound)
    return bound.getvalue()


def adapt_renderer() -> None:
    rl_config.invariant = int(os.environ.get("MENTORAPP_PDF_INVARIANT") == "1")
    rl_config.useA85 = 0  # a file of plain bytes is a fifth smaller
    xhtml2pdf.document.PmlBaseDoc = NumberedDocument
    xhtml2pdf.tables.PmlTable = CompanionTable
    xhtml2pdf.tables.PmlKeepInFrame = Cell
    xhtml2pdf.context.PmlParagraph = Text
    html5lib.HTMLParser = QuickParser
    justify_with_nbsp()
    share_styles()
    leave_out_what_we_do_not_need()
