"""The confusion matrix: rows are what the digits are, columns what they are taken for."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy

from nnviz.state import NOT_A_DIGIT_IN_WORDS
from nnviz.ui.pictures.confusion_layout import (
    GAP,
    LEGEND,
    ConfusionLayout,
    ConfusionView,
    lay_out,
    least_size,
)
from nnviz.ui.pictures.key_cursor import KeyCursor
from nnviz.ui.pictures.words import draw_fitted
from nnviz.ui.theme import TEXT, Theme
from nnviz.ui.tooltips import wrapped

EMPHASIS = 0.6
"""Power that makes rare mistakes visible beside the commonest."""
CENTRE = Qt.AlignmentFlag.AlignCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ConfusionMatrix(KeyCursor):
    """Draws a ConfusionView; tells which cell, row or column was chosen."""

    chosen = Signal(object, object)
    """Row and column; None where a heading was chosen."""
    opened = Signal()
    """Return was pressed on what is selected."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("confusion-matrix")
        self.setAccessibleName("Confusion matrix: true class against answer")
        self.setToolTip(
            wrapped(
                "How many digits of each class are taken for each other one. Click a cell, the "
                "heading of a row or of a column to list its digits; arrow keys do the same, Home "
                "lists all, Return goes to the digits."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._view: ConfusionView | None = None
        self._layout: ConfusionLayout | None = None
        self._still = QPixmap()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._lay_out_again()

    def show_view(self, view: ConfusionView) -> None:
        """Draws this from now on."""
        old, self._view = self._view, view
        if old is None or (old.names, old.counts.shape) != (view.names, view.counts.shape):
            self._lay_out_again()
        elif old.rates != view.rates or not np.array_equal(old.counts, view.counts):
            self._still = QPixmap()
        self.setAccessibleDescription(self._sentence(view))
        self.update()

    @property
    def view(self) -> ConfusionView | None:
        return self._view

    @property
    def layout_now(self) -> ConfusionLayout:
        """Where everything lies at the present size."""
        assert self._view is not None
        if self._layout is None:
            columns = self._view.counts.shape[1]
            self._layout = lay_out(
                self.width() - 2, self.height(), self._theme, self._view.names, columns
            )
        return self._layout

    def _lay_out_again(self) -> None:
        self._layout, self._still = None, QPixmap()
        self.updateGeometry()
        self.update()

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        ratio = self.devicePixelRatioF()
        if self._still.isNull():
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            with QPainter(self._still) as painter:
                self._draw(painter, view, self.layout_now)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._still)
            frame = self.layout_now.marked(view.selected)
            if not frame.isEmpty():
                painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
                painter.drawRect(frame.adjusted(1, 1, -2, -2))
            elif self.shows_cursor:
                painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
                painter.drawRect(self.layout_now.place(None, None).adjusted(1, 1, -2, -2))

    def _draw(self, painter: QPainter, view: ConfusionView, layout: ConfusionLayout) -> None:
        theme = self._theme
        values, most = view.values, view.most
        for row in range(layout.rows):
            for column in range(layout.columns):
                place, value = layout.place(row, column), float(values[row, column])
                words = f"{value:.1f}" if view.rates else f"{value:.0f}"
                self._draw_cell(painter, place, value, most, words, right=row == column)
        totals = [(view.counts[row].sum(), (row, layout.columns)) for row in range(layout.rows)]
        said = view.counts.sum(axis=0)
        totals += [(said[column], (layout.rows, column)) for column in range(layout.columns)]
        painter.setPen(theme.colour("muted"))
        for total, where in totals:
            inside = layout.place(*where).adjusted(2, 0, -2, 0)
            draw_fitted(painter, inside, CENTRE, str(total), theme)
        corner = layout.place(layout.rows, layout.columns)
        draw_fitted(painter, corner, CENTRE, str(view.counts.sum()), theme, bold=True)
        self._draw_headings(painter, view, layout)
        self._draw_legend(painter, view, layout)

    def _draw_cell(
        self,
        painter: QPainter,
        place: QRectF,
        value: float,
        most: float,
        words: str,
        right: bool,
    ) -> None:
        theme = self._theme
        inside = place.adjusted(GAP, GAP, -GAP, -GAP)
        fill = theme.colour("panel") if right else self._fill(value, most)
        painter.fillRect(inside, fill)
        if right:
            painter.setPen(QPen(theme.colour("right"), theme.px(2)))
            painter.drawRect(inside.adjusted(1, 1, -1, -1))
        if value:
            painter.setPen(theme.colour("text") if right else self._ink(fill))
            draw_fitted(painter, inside, CENTRE, words, theme, TEXT + 2, bold=True)

    def _fill(self, value: float, most: float) -> QColor:
        """The colour of a cell off the diagonal."""
        amount = (value / most) ** EMPHASIS if most else 0.0
        none, full = self._theme.colour("background"), self._theme.colour("wrong")
        return QColor.fromRgbF(
            none.redF() + (full.redF() - none.redF()) * amount,
            none.greenF() + (full.greenF() - none.greenF()) * amount,
            none.blueF() + (full.blueF() - none.blueF()) * amount,
        )

    def _ink(self, fill: QColor) -> QColor:
        """The one of the two colours of text that stands out more."""
        inks = self._theme.colour("text"), self._theme.colour("on_accent")
        return max(inks, key=lambda ink: abs(ink.lightnessF() - fill.lightnessF()))

    def _draw_headings(
        self, painter: QPainter, view: ConfusionView, layout: ConfusionLayout
    ) -> None:
        theme = self._theme
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
        draw_fitted(painter, line, CENTRE, "taken for →", theme)
        corner = QRectF(2, 0, theme.px(80), layout.caption)
        draw_fitted(painter, corner, MIDDLE, "true ↓", theme)
        total = layout.place(None, layout.columns)
        draw_fitted(painter, total, CENTRE, "digits", theme)

    def _draw_legend(self, painter: QPainter, view: ConfusionView, layout: ConfusionLayout) -> None:
        """What the colours mean; the diagonal has none."""
        theme = self._theme
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
            shades.setColorAt(tenth / 10, self._fill(tenth, 10.0))
        painter.fillRect(bar, shades)
        painter.drawRect(bar)
        rest = QRectF(bar.right() + theme.px(8), line.y(), 0, line.height())
        rest.setRight(line.right())
        end = f"{view.most:.1f} % of the row" if view.rates else f"{view.most:,.0f} digits"
        draw_fitted(painter, rest, MIDDLE, f"{end} misread", theme)

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.layout_now.at(event.position())
        if found is not None:
            self.chosen.emit(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, view = Qt.Key, self._view
        moves = {
            keys.Key_Left: (0, -1),
            keys.Key_Right: (0, 1),
            keys.Key_Up: (-1, 0),
            keys.Key_Down: (1, 0),
        }
        key = event.key()
        if view is None or key not in (*moves, keys.Key_Home, keys.Key_Return, keys.Key_Enter):
            super().keyPressEvent(event)
        elif key in moves:
            limits = view.counts.shape
            here = (-1 if part is None else part for part in view.selected)
            moved = [
                min(limit - 1, max(-1, part + by))
                for part, by, limit in zip(here, moves[keys(key)], limits, strict=True)
            ]
            self.chosen.emit(*(None if part < 0 else part for part in moved))
        elif key == keys.Key_Home:
            self.chosen.emit(None, None)
        else:
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._layout, self._still = None, QPixmap()

    def minimumSizeHint(self) -> QSize:
        if self._view is None:
            return QSize(self._theme.px(500), self._theme.px(380))
        return QSize(*least_size(self._theme, self._view.names, self._view.counts.shape[1]))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _sentence(self, view: ConfusionView) -> str:
        """What a person would say of what is selected."""
        row, column = view.selected
        wrong = view.wrong
        if row is None and column is None:
            return f"All: {wrong.sum():,} of {view.counts.sum():,} digits misread"
        if row is None:
            assert column is not None
            taken = f"taken for {(*view.names, NOT_A_DIGIT_IN_WORDS)[column]}"
            return f"Column: {wrong[:, column].sum():,} digits of other classes {taken}"
        if column is None:
            of = f"{view.counts[row].sum():,} digits of class {view.names[row]}"
            return f"Row: {wrong[row].sum():,} of {of} misread"
        said = (*view.names, NOT_A_DIGIT_IN_WORDS)[column]
        return f"{view.counts[row, column]:,} digits of class {view.names[row]} read as {said}"
