"""Draws a confusion matrix: cells coloured by how often, totals, headings and a legend."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.mistakes.confusion_layout import GAP, LEGEND, ConfusionLayout, ConfusionView

EMPHASIS = 0.6
"""Power that makes rare mistakes visible beside the commonest."""
CENTRE = Qt.AlignmentFlag.AlignCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def draw_confusion(
    painter: QPainter, view: ConfusionView, layout: ConfusionLayout, theme: Theme
) -> None:
    """Cells, totals, headings and legend; all but what is selected."""
    values, most = view.values, view.most
    for row in range(layout.rows):
        for column in range(layout.columns):
            place, value = layout.place(row, column), float(values[row, column])
            words = f"{value:.1f}" if view.rates else f"{value:.0f}"
            _draw_cell(painter, theme, place, value, most, words, right=row == column)
    totals = [(view.counts[row].sum(), (row, layout.columns)) for row in range(layout.rows)]
    said = view.counts.sum(axis=0)
    totals += [(said[column], (layout.rows, column)) for column in range(layout.columns)]
    painter.setPen(theme.colour("muted"))
    for total, where in totals:
        inside = layout.place(*where).adjusted(2, 0, -2, 0)
        draw_fitted(painter, inside, CENTRE, f"{total:,}", theme)
    corner = layout.place(layout.rows, layout.columns)
    draw_fitted(painter, corner, CENTRE, f"{view.counts.sum():,}", theme, bold=True)
    _draw_headings(painter, view, layout, theme)
    _draw_legend(painter, view, layout, theme)


def _draw_cell(
    painter: QPainter,
    theme: Theme,
    place: QRectF,
    value: float,
    most: float,
    words: str,
    right: bool,
) -> None:
    inside = place.adjusted(GAP, GAP, -GAP, -GAP)
    fill = theme.colour("panel") if right else _fill(theme, value, most)
    painter.fillRect(inside, fill)
    if right:
        painter.setPen(QPen(theme.colour("right"), theme.px(2)))
        painter.drawRect(inside.adjusted(1, 1, -1, -1))
    if value:
        painter.setPen(theme.colour("text") if right else _ink(theme, fill))
        draw_fitted(painter, inside, CENTRE, words, theme, TEXT + 2, bold=True)


def _fill(theme: Theme, value: float, most: float) -> QColor:
    """The colour of a cell off the diagonal."""
    amount = (value / most) ** EMPHASIS if most else 0.0
    none, full = theme.colour("background"), theme.colour("wrong")
    return QColor.fromRgbF(
        none.redF() + (full.redF() - none.redF()) * amount,
        none.greenF() + (full.greenF() - none.greenF()) * amount,
        none.blueF() + (full.blueF() - none.blueF()) * amount,
    )


def _ink(theme: Theme, fill: QColor) -> QColor:
    """The one of the two colours of text that stands out more."""
    inks = theme.colour("text"), theme.colour("on_accent")
    return max(inks, key=lambda ink: abs(ink.lightnessF() - fill.lightnessF()))


def _draw_headings(
    painter: QPainter, view: ConfusionView, layout: ConfusionLayout, theme: Theme
) -> None:
    painter.setPen(theme.colour("text"))
    for row, name in enumerate(view.names):
        place = layout.place(row, None).adjusted(2, 0, -theme.px(6), 0)
        align = CENTRE if layout.upright else MIDDLE | Qt.AlignmentFlag.AlignRight
        draw_fitted(painter, place, align, name, theme, 24, bold=True)
    for column, name in enumerate(view.heads):
        place = layout.place(None, column)
        if layout.upright:
            draw_fitted(painter, place, CENTRE, name, theme, 24 if len(name) < 3 else 20, True)
            continue
        painter.save()
        painter.translate(place.center().x(), place.bottom() - theme.px(3))
        painter.rotate(-90)
        turned = QRectF(0, -place.width() / 2, place.height(), place.width())
        draw_fitted(painter, turned, MIDDLE, name, theme)
        painter.restore()
    painter.setPen(theme.colour("muted"))
    line = QRectF(layout.cells.x(), 0, layout.cells.width(), layout.caption)
    draw_fitted(painter, line, CENTRE, f"taken by {view.judge} for →", theme)
    corner = QRectF(2, 0, theme.px(80), layout.caption)
    draw_fitted(painter, corner, MIDDLE, "true ↓", theme)
    total = layout.place(None, layout.columns)
    draw_fitted(painter, total, CENTRE, "digits", theme)


def _count(digits: float) -> str:
    return f"{digits:,.0f} digit{'' if digits == 1 else 's'}"


def _draw_legend(
    painter: QPainter, view: ConfusionView, layout: ConfusionLayout, theme: Theme
) -> None:
    """What the colours mean; the diagonal has none."""
    below = layout.place(layout.rows, 0).bottom()
    line = QRectF(2, below, layout.cells.right() + layout.total, theme.px(LEGEND))
    side = theme.px(16)
    box = QRectF(line.x() + 2, line.center().y() - side / 2, side, side)
    painter.setPen(QPen(theme.colour("right"), theme.px(2)))
    painter.drawRect(box)
    painter.setPen(theme.colour("muted"))
    words = QRectF(box.right() + theme.px(7), line.y(), theme.px(60), line.height())
    draw_fitted(painter, words, MIDDLE, "right", theme)
    start = words.right() + theme.px(14)
    painter.drawText(QRectF(start, line.y(), theme.px(16), line.height()), MIDDLE, "0")
    bar = QRectF(start + theme.px(18), line.center().y() - side / 2, theme.px(110), side)
    shades = QLinearGradient(bar.topLeft(), QPointF(bar.right(), bar.y()))
    for tenth in range(11):
        shades.setColorAt(tenth / 10, _fill(theme, tenth, 10.0))
    painter.fillRect(bar, shades)
    painter.drawRect(bar)
    rest = QRectF(bar.right() + theme.px(8), line.y(), 0, line.height())
    rest.setRight(line.right())
    end = f"{view.most:.1f} % of the row" if view.rates else _count(view.most)
    draw_fitted(painter, rest, MIDDLE, f"{end} misread", theme)
