"""Check boxes whose box can be seen in both themes."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton


class CheckBox(QCheckBox):
    """Fusion darkens the outline, which on a dark panel leaves nothing of an empty box."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        box = QRectF(self.style().subElementRect(part, option, self))
        with QPainter(self) as painter:
            pen = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            pen.setWidthF(max(1.0, box.width() / 9))
            painter.setPen(pen)
            inset = pen.widthF() / 2
            painter.drawRect(box.adjusted(inset, inset, -inset, -inset))
