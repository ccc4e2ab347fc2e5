"""A row of widgets that continues in the next line when the window is narrow.

After Qt's own Flow Layout example; Qt ships it only as an example.
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left-aligned; a widget added after `add_spring` is pushed to the right end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._spring = -1
        self._heights: dict[int, int] = {}
        """Width -> height, as long as nothing in it changes: Qt asks again and again."""

    def add_spring(self) -> None:
        """What follows stands at the right end while everything fits in one line."""
        self._spring = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def width_in_one_line(self) -> int:
        """How wide everything is side by side, hidden widgets included."""
        margins = self.contentsMargins()
        widgets = [widget for item in self._items if (widget := item.widget())]
        widths = [
            widget.sizeHint()
            .expandedTo(widget.minimumSize())
            .boundedTo(widget.maximumSize())
            .width()
            for widget in widgets
        ]
        gaps = self.spacing() * (len(widths) - 1)
        return sum(widths) + gaps + margins.left() + margins.right()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, move: bool) -> int:
        margins = self.contentsMargins()
        inside = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        gap = self.spacing()
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            width = item.sizeHint().width()
            if lines[-1] and used + gap + width > inside.width():
                lines.append([])
                used = 0
            used += width + (gap if lines[-1] else 0)
            lines[-1].append(item)
        y = inside.y()
        for line in lines:
            height = max((item.sizeHint().height() for item in line), default=0)
            if move:
                self._place(line, inside, y, height, spread=len(lines) == 1)
            y += height + gap
        return y - gap + margins.bottom() - rect.y()

    def _place(
        self, line: list[QLayoutItem], inside: QRect, y: int, height: int, spread: bool
    ) -> None:
        gap = self.spacing()
        widths = [item.sizeHint().width() for item in line]
        spare = inside.width() - sum(widths) - gap * (len(line) - 1)
        sprung = self._items[self._spring :] if self._spring >= 0 else []
        x, pushed = inside.x(), False
        for item, width in zip(line, widths, strict=True):
            if spread and not pushed and item in sprung:
                x, pushed = x + max(0, spare), True
            hint = item.sizeHint().height()
            item.setGeometry(
                QRect(QPoint(x, y + (height - hint) // 2), QSize(min(width, inside.width()), hint))
            )
            x += width + gap
