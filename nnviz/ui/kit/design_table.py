"""The table of designs: the same digit and all test digits, one row for each design."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip

from nnviz.ui.kit.design_rows import (
    NAME,
    OUTPUTS,
    SIGN,
    VERDICT,
    Column,
    DesignRow,
    draw_answer,
    draw_bars,
    draw_cell,
    draw_lamps,
    draw_name,
    value_places,
)
from nnviz.ui.kit.fitted_text import are_words, draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import Theme

HEADING, ROW, LARGEST_ROW = 58, 46, 66
GAP = 8
Place = tuple[int, int]
"""Row (-1: the headings) and column (0: the design, then the columns of numbers)."""


class DesignTable(KeyCursor):
    """Draws rows; says what was clicked. Words are drawn once, bars and lamps every time.

    `verdict` are the two lines over the answers. Without columns of numbers it does without
    the outputs where it is narrow.
    """

    activated = Signal(int, int)
    """Row and column, see Place."""

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column],
        verdict: tuple[str, str] = ("answer", "≠ baseline"),
    ) -> None:
        super().__init__()
        self.setObjectName("design-table")
        self.setAccessibleName("Table of all designs")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._columns = tuple(columns)
        self._verdict = verdict
        self._rows: tuple[DesignRow, ...] = ()
        self._values: tuple[Sequence[float], ...] = ()
        self._class_names: Sequence[str] = ()
        self._sorted: tuple[str, bool] = ("", False)
        self._words = QPixmap()
        self.cursor_place: Place = (0, 0)

    # ---- what is shown ---------------------------------------------------------------

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._words = QPixmap()
        self.updateGeometry()
        self.update()

    def show_rows(
        self,
        columns: Sequence[Column],
        rows: Sequence[DesignRow],
        class_names: Sequence[str],
        sorted_by: tuple[str, bool],
    ) -> None:
        """Takes new words; `sorted_by` is the id of a column and whether the largest is first."""
        new = (tuple(columns), tuple(rows), class_names, sorted_by)
        if new != (self._columns, self._rows, self._class_names, self._sorted):
            self._columns, self._rows, self._class_names, self._sorted = new
            self._words = QPixmap()
            self._describe()
            self.updateGeometry()
        self.update()

    def show_values(self, values: Sequence[Sequence[float]]) -> None:
        """Takes new outputs or bits of each row, 0..1."""
        self._values = tuple(values)
        self.update()

    @property
    def rows(self) -> tuple[DesignRow, ...]:
        return self._rows

    @property
    def values(self) -> tuple[Sequence[float], ...]:
        return self._values

    def _describe(self) -> None:
        row, _ = self.cursor_place
        shown = self._rows[row].in_words if 0 <= row < len(self._rows) else "Headings"
        self.setAccessibleDescription(shown)

    # ---- where it stands -------------------------------------------------------------

    def row_place(self, row: int) -> QRectF:
        """The whole row; -1 is the row of headings."""
        px = self._theme.px
        if row < 0:
            return QRectF(0, 0, self.width(), px(HEADING))
        height = (self.height() - px(HEADING)) / max(1, len(self._rows))
        height = min(height, px(LARGEST_ROW))
        return QRectF(0, px(HEADING) + row * height, self.width(), height)

    def part_place(self, row: int, part: str) -> QRectF:
        """One of name, verdict, outputs, or the id of a column."""
        return (
            self._parts()[part]
            .translated(0, self.row_place(row).y())
            .adjusted(0, 0, 0, self.row_place(row).height())
        )

    def _parts(self) -> dict[str, QRectF]:
        px = self._theme.px
        widths = {"name": NAME, "verdict": VERDICT}
        if self._shows_outputs:
            widths["outputs"] = OUTPUTS
        widths |= {column.id: column.width for column in self._columns}
        spare = self.width() - sum(px(width) for width in widths.values()) - px(GAP) * 3
        share = max(0.0, spare) / len(widths)
        places, x = {}, 0.0
        for part, width in widths.items():
            places[part] = QRectF(x, 0, px(width) + share, 0)
            x += px(width) + share + (px(GAP) if part in ("verdict", "outputs") else 0)
        return places

    @property
    def _shows_outputs(self) -> bool:
        least = self._theme.px(NAME + VERDICT + OUTPUTS + 3 * GAP)
        return bool(self._columns) or self.width() >= least

    def place_at(self, point: QPoint) -> Place | None:
        """What a click there means."""
        rows = range(-1, len(self._rows))
        row = next((each for each in rows if self.row_place(each).contains(point)), None)
        if row is None:
            return None
        ids = [column.id for column in self._columns]
        hit = next((id for id in ids if self.part_place(row, id).contains(point)), None)
        return row, 0 if hit is None else ids.index(hit) + 1

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        if self._words.isNull():
            self._words = self._drawn_words()
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._words)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, (row, values) in enumerate(zip(self._rows, self._values, strict=False)):
                if not self._shows_outputs:
                    break
                place = self.part_place(number, "outputs")
                if row.bits:
                    draw_lamps(painter, place, self._theme, values, row.marks)
                elif row.answer:
                    draw_bars(painter, place, self._theme, values)
            if self.shows_cursor:
                painter.setPen(QPen(self._theme.colour("focus"), self._theme.px(3)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self._cursor_frame().adjusted(2, 2, -2, -2))

    def _cursor_frame(self) -> QRectF:
        row, column = self.cursor_place
        if column:
            return self.part_place(row, self._columns[column - 1].id)
        last = self.part_place(row, "outputs" if self._shows_outputs else "verdict")
        return self.part_place(row, "name").united(last)

    def _drawn_words(self) -> QPixmap:
        ratio = self.devicePixelRatio()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._theme.colour("panel"))
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_headings(painter)
            for number, row in enumerate(self._rows):
                self._draw_row(painter, number, row)
        return pixmap

    def _draw_headings(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setPen(theme.colour("muted"))
        left = {"name": ("design", ""), "verdict": self._verdict}
        if self._shows_outputs:
            left["outputs"] = ("outputs", "")
        flags = Qt.AlignmentFlag.AlignVCenter
        for part, lines in left.items():
            place = self.part_place(-1, part).adjusted(
                theme.px(10 if part == "name" else 2), 0, 0, 0
            )
            self._two_lines(painter, place, lines, flags)
        if self._shows_outputs and not are_words(self._class_names, theme):
            below = self.part_place(-1, "outputs")
            below.setTop(below.center().y())
            names = self._class_names
            for place, name in zip(value_places(below, len(names)), names, strict=True):
                draw_fitted(painter, place, Qt.AlignmentFlag.AlignCenter, name, theme)
        for column in self._columns:
            place = self.part_place(-1, column.id).adjusted(0, 0, -theme.px(6), 0)
            chosen = column.id == self._sorted[0]
            painter.setPen(theme.colour("text" if chosen else "muted"))
            self._two_lines(painter, place, column.heading, flags | Qt.AlignmentFlag.AlignRight)
            if chosen:
                self._draw_order(painter, place)

    def _draw_order(self, painter: QPainter, place: QRectF) -> None:
        """The triangle of the column that the rows are sorted by."""
        size, sign = self._theme.px(6), 1 if self._sorted[1] else -1
        x, y = place.right() - size, place.bottom() - size * 0.6
        tip, base = y + sign * size / 2, y - sign * size / 2
        painter.setBrush(self._theme.colour("text"))
        painter.setPen(Qt.PenStyle.NoPen)
        corners = [(x - size, base), (x + size, base), (x, tip)]
        painter.drawPolygon(QPolygonF([QPoint(round(a), round(b)) for a, b in corners]))

    def _two_lines(
        self, painter: QPainter, place: QRectF, lines: tuple[str, str], flags: Qt.AlignmentFlag
    ) -> None:
        half = QRectF(place.x(), place.y() + self._theme.px(2), place.width(), 0)
        half.setHeight(self._theme.px(25))
        for number, line in enumerate(lines):
            shown = half.translated(0, number * half.height())
            draw_fitted(painter, shown, flags, line, self._theme)

    def _draw_row(self, painter: QPainter, number: int, row: DesignRow) -> None:
        theme, place = self._theme, self.row_place(number)
        gap = place.adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if row.shown else "background"))
        painter.drawRoundedRect(gap, theme.px(5), theme.px(5))
        if row.shown:
            painter.fillRect(
                QRectF(gap.x(), gap.y(), theme.px(6), gap.height()), theme.colour("focus")
            )
        draw_name(painter, self.part_place(number, "name"), theme, row)
        if not row.answer:
            last = "outputs" if self._shows_outputs else "verdict"
            words = self.part_place(number, "verdict").united(self.part_place(number, last))
            words.adjust(theme.px(SIGN), 0, 0, 0)
            painter.setPen(theme.colour("text"))
            draw_fitted(painter, words, Qt.AlignmentFlag.AlignVCenter, row.nothing, theme)
        else:
            draw_answer(painter, self.part_place(number, "verdict"), theme, row)
        for column, lines in zip(self._columns, row.cells, strict=False):
            cell = self.part_place(number, column.id)
            draw_cell(painter, cell, theme, lines, bold=column is self._columns[0])

    # ---- input -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.cursor_place = place
            self._describe()
            self.activated.emit(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, (row, column) = Qt.Key, self.cursor_place
        moves = {
            keys.Key_Up: (-1, 0),
            keys.Key_Down: (1, 0),
            keys.Key_Left: (0, -1),
            keys.Key_Right: (0, 1),
        }
        if event.key() in (keys.Key_Return, keys.Key_Enter):
            self.activated.emit(row, column)
        elif event.key() in moves:
            down, across = moves[Qt.Key(event.key())]
            self.cursor_place = (
                min(max(row + down, -1), len(self._rows) - 1),
                min(max(column + across, 0), len(self._columns)),
            )
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)

    def tip_at(self, point: QPoint) -> str:
        """What the tooltip says there."""
        place = self.place_at(point)
        if place is None:
            return ""
        row, column = place
        if column:
            found = self._columns[column - 1]
            return found.help + (" Click to sort." if row < 0 else "")
        if row < 0:
            if not self._columns:
                return (
                    "≠: answers otherwise than the design on screen. The percentage is the "
                    "confidence: how much of what was said last speaks for the answer. The bars "
                    "are the outputs as they are."
                )
            return "Click for the usual order."
        return f"{self._rows[row].learns_from} Click a design to show it on every page.".lstrip()

    # ---- Qt's own --------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words = QPixmap()

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        outputs = OUTPUTS if self._columns else 0
        width = px(NAME + VERDICT + outputs + 3 * GAP) + sum(px(c.width) for c in self._columns)
        return QSize(width, px(HEADING) + px(ROW) * max(1, len(self._rows)))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
