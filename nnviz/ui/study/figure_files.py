"""The figures of a study's table as paintings, and its report as a PDF."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from nnviz.ui.kit.canvas import Canvas, plain_signs
from nnviz.ui.kit.export import Painting, paged, painting_of
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import Theme
from nnviz.ui.study import figure_words as words
from nnviz.ui.study.accuracy_figure import AccuracyFigure
from nnviz.ui.study.figures import accuracy_view, called_view, difference_view, reached_view
from nnviz.ui.study.lanes_figure import LanesFigure

if TYPE_CHECKING:  # scipy, which the table is worked out with, takes its time
    from nnviz.study.table import Table

LIGHT = Theme("light")
A4, DOTS = QSizeF(595, 842), 96
"""Points of the page, and pixels of an inch of it"""
MARGIN, GAP = 40, 16
"""Round the page, and between figures, in pixels"""
INSIDE = A4 * (DOTS / 72) - QSizeF(2 * MARGIN, 2 * MARGIN)
INDENT = 12
"""Of a list, in pixels"""
SECTION = 2
"""Level of the headings before the first of which figures stand"""
SECTIONS = re.compile(r"<section>.*?</section>", re.DOTALL)
BESIDE = """<table cellspacing="0" width="100%"><tr>
<td width="50%">{left}</td><td width="50%">{right}</td></tr></table>"""
WITHOUT = re.compile(r"<style>.*?</style>|<figure>.*?</figure>", re.DOTALL)
"""What the page of a browser has of its own"""
SIZES = (13, 12, 11, 10, 9, 8, 7)
"""Of the type in pixels: the largest with which all fits on one page is taken"""
ON_MORE = 10
"""The same where even the smallest is too large for one page"""
HIGHEST = 0.34
"""Part of the page that figures take at most"""
STYLE = """
h1 {{ font-size: 18px; font-weight: 600; margin: 0px; }}
h2 {{ font-size: {heading}px; font-weight: 600; margin-top: 6px; margin-bottom: 1px; }}
p {{ margin-top: 2px; margin-bottom: 2px; }}
ul {{ margin-top: 0px; margin-bottom: 0px; }}
.question {{ color: #4A4F57; }}
.result {{ font-weight: 600; font-size: {heading}px; }}
td, th {{ padding-right: 7px; }}
th {{ font-weight: 600; text-align: left; }}
pre {{ font-family: Inter; margin-top: 1px; margin-bottom: 1px; }}
"""


@contextmanager
def figures_of(table: "Table", theme: Theme = LIGHT) -> Iterator[dict[str, Painting]]:
    """Name of a file (without ending) -> figure, as large as it likes to be; its title says what
    it shows."""
    with ExitStack() as kept:
        found = {}
        for name, made in _pictures(table, theme).items():
            made.resize(made.sizeHint())
            kept.callback(made.deleteLater)
            found[name] = kept.enter_context(painting_of(made, theme))
        yield found


def _pictures(table: "Table", theme: Theme) -> dict[str, Picture]:  # type: ignore[type-arg]
    made: dict[str, Picture] = {}  # type: ignore[type-arg]
    conditions = table.conditions
    accuracy = accuracy_view(table)
    if accuracy is not None:
        made["accuracy"] = AccuracyFigure(theme, accuracy, title=words.ACCURACY_FIGURE)
    elif conditions:
        view = reached_view(table, conditions[0])
        made["accuracy"] = LanesFigure(theme, view, title=words.ACCURACY_FIGURE)
    if table.comparisons:
        made["differences"] = LanesFigure(theme, difference_view(table), title=words.DIFFERENCES)
    called = called_view(table, conditions[-1]) if conditions else None
    if called is not None:
        made["called"] = LanesFigure(theme, called, title=words.CALLED)
    return made


def report_pdf(report: bytes, figures: Mapping[str, Painting], title: str) -> bytes:
    """A report in HTML, with figures of their own in place of pictures, as PDF: a page of A4, or
    more where not even small type brings all on one."""
    shown = list(figures.values())
    document, room = _laid_out(report.decode(), shown)
    top = document.documentLayout().blockBoundingRect(room).top()
    high = document.pageSize().height()

    def paint(canvas: Canvas, page: int) -> None:
        canvas.translate(MARGIN, MARGIN)
        if page == 0:
            for painting, place in zip(shown, _places(shown, top), strict=True):
                _paint_figure(canvas, painting, place)
        inside = QRectF(QPointF(0, page * high), document.pageSize()).adjusted(0, 1, 0, -1)
        canvas.translate(0, -page * high)
        document.drawContents(canvas, inside)

    pages = [partial(paint, page=page) for page in range(document.pageCount())]
    return paged(A4, pages, LIGHT, title, DOTS)


def _laid_out(report: str, figures: list[Painting]) -> tuple[QTextDocument, QTextBlock]:
    """The report in the largest type with which it fits on a page, and the block that keeps room
    for the figures."""
    body = _side_by_side(WITHOUT.sub("", report))
    for size in (*SIZES, ON_MORE):
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(plain_signs(LIGHT.font(size)))
        document.setIndentWidth(INDENT)
        document.setDefaultStyleSheet(STYLE.format(heading=size + 2))
        document.setHtml(body)
        document.setPageSize(INSIDE)
        room = _room_for(document, figures)
        if document.pageCount() == 1:
            break
    return document, room


def _side_by_side(report: str) -> str:
    """Lets the last section, the settings line by line, stand beside the two before it."""
    report = report.replace("<table>", '<table cellspacing="0">')
    last = list(SECTIONS.finditer(report))[-3:]
    if len(last) < 3:
        return report
    left, right = last[0][0] + last[1][0], last[2][0].replace("\n\n[", "\n[")
    both = BESIDE.format(left=left, right=right)
    return report[: last[0].start()] + both + report[last[2].end() :]


def _room_for(document: QTextDocument, figures: list[Painting]) -> QTextBlock:
    """Makes room for figures before the first heading of a section."""
    before = document.begin()
    while before.isValid() and before.blockFormat().headingLevel() != SECTION:
        before = before.next()
    cursor = QTextCursor(before if before.isValid() else document.lastBlock())
    cursor.insertBlock(QTextBlockFormat())
    room = cursor.block().previous()
    needed = max((place.height() for place in _places(figures, 0)), default=0.0)
    kept = QTextBlockFormat()
    kept.setLineHeight(needed + GAP, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    QTextCursor(room).setBlockFormat(kept)
    return room


def _places(figures: list[Painting], top: float) -> list[QRectF]:
    """Where figures lie: side by side, none higher than HIGHEST."""
    if not figures:
        return []
    width = (INSIDE.width() - GAP * (len(figures) - 1)) / len(figures)
    places = []
    for number, each in enumerate(figures):
        scale = min(width / each.size.width(), HIGHEST * INSIDE.height() / each.size.height())
        size = QSizeF(each.size) * scale
        places.append(QRectF(QPointF(number * (width + GAP), top), size))
    return places


def _paint_figure(canvas: Canvas, painting: Painting, place: QRectF) -> None:
    canvas.save()
    canvas.translate(place.topLeft())
    scale = place.width() / painting.size.width()
    canvas.scale(scale, scale)
    painting.paint(canvas)
    canvas.restore()
    canvas.use(LIGHT)
