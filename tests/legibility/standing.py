"""Labels, buttons, boxes and pictures of a window: whether each has the room that it needs."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from nnviz.ui.kit.contrast import contrast
from nnviz.ui.kit.digit_grid import DigitGrid
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot
from tests.legibility.rules import Fault

WORDED = (QLabel, QAbstractButton, QComboBox, QLineEdit)
SLACK = 2


def words_of(widget: QWidget) -> str:
    """What a widget says."""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.displayText()
    if isinstance(widget, QLabel):
        document = QTextDocument()
        document.setHtml(widget.text()) if "<" in widget.text() else document.setPlainText(
            widget.text()
        )
        return document.toPlainText()
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""


def cut_of(widget: QWidget) -> str:
    """How much of its words has no room, if any."""
    words, metrics = words_of(widget), widget.fontMetrics()
    needed, room = metrics.horizontalAdvance(max(words.split("\n"), key=len)), widget.width()
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        room = widget.style().subControlRect(kind, option, part, widget).width() + SLACK
    elif isinstance(widget, QLabel):
        if widget.wordWrap():
            high = widget.heightForWidth(room)
            return f"{high} px high in {widget.height()}" if high > widget.height() + 3 else ""
        needed = widget.sizeHint().width()
    elif isinstance(widget, QCheckBox | QRadioButton):
        needed = widget.sizeHint().width()
    elif isinstance(widget, QPushButton):
        room -= 2
    if metrics.height() * 0.8 > widget.height():
        return f"{metrics.height()} px high in {widget.height()}"
    return f"{needed} px in {room}" if needed > room + 1 else ""


def seen_part(widget: QWidget) -> tuple[QRect, bool]:
    """Of a widget what its parents let through, and whether the rest can be scrolled to."""
    part, scrolled, at = widget.rect(), False, widget
    offset = QPoint()
    while (above := at.parentWidget()) is not None and not at.isWindow():
        offset += at.pos()
        inside = above.rect().translated(-offset)
        if not inside.contains(part):
            holder = above.parentWidget()
            scrolled |= isinstance(holder, QAbstractScrollArea) and _scrolls(holder)
            part = part.intersected(inside)
        at = above
    return part, scrolled


def _scrolls(area: QAbstractScrollArea) -> bool:
    bars = area.verticalScrollBar(), area.horizontalScrollBar()
    return any(bar.maximum() > bar.minimum() for bar in bars)


def scrolled_areas(root: QWidget) -> Iterator[Fault]:
    """What has to be scrolled to be seen, but for digits, of which lists have more than fit."""
    for area in root.findChildren(QAbstractScrollArea):
        if not area.isVisible() or "PlotWidget" in type(area).__name__:
            continue
        if isinstance(area, DigitGrid):
            continue
        for bar, way in ((area.verticalScrollBar(), "down"), (area.horizontalScrollBar(), "right")):
            if bar.maximum() > bar.minimum():
                inside = area.widget() if hasattr(area, "widget") else None
                name = area.objectName() or type(inside or area).__name__
                yield Fault("scrolls", name, f"{bar.maximum() - bar.minimum()} px {way}")


def cut_away(widget: QWidget) -> Iterator[Fault]:
    """Whether its parents leave out part of it."""
    part, scrolled = seen_part(widget)
    lost = max(widget.width() - part.width(), widget.height() - part.height())
    if lost > SLACK and not scrolled:
        name = words_of(widget) or widget.objectName() or type(widget).__name__
        yield Fault("clipped", name, f"{lost} px outside of its room")


def overlapping(leaves: list[QWidget], root: QWidget) -> Iterator[Fault]:
    """Widgets that lie over each other."""
    places = [(each, QRect(each.mapTo(root, QPoint()), each.size())) for each in leaves]
    for number, (one, place) in enumerate(places):
        for other, beside in places[number + 1 :]:
            both = place.intersected(beside)
            if min(both.width(), both.height()) <= SLACK:
                continue
            if one.isAncestorOf(other) or other.isAncestorOf(one):
                continue
            if not (_seen_in(one, both, root) and _seen_in(other, both, root)):
                continue
            yield Fault("overlap", f"{_name(one)} | {_name(other)}", f"{both.width()} px")


def _seen_in(widget: QWidget, place: QRect, root: QWidget) -> bool:
    part, _ = seen_part(widget)
    both = part.translated(widget.mapTo(root, QPoint())).intersected(place)
    return min(both.width(), both.height()) > SLACK


def _name(widget: QWidget) -> str:
    return words_of(widget)[:40] or widget.objectName() or type(widget).__name__


def is_leaf(widget: QWidget) -> bool:
    """Whether it says something itself."""
    if isinstance(widget, Picture):
        return widget.view is not None
    return isinstance(widget, Plot) or (isinstance(widget, WORDED) and bool(words_of(widget)))


def pixels_of(window: QWidget) -> NDArray[np.uint32]:
    """What a window shows."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = np.frombuffer(image.constBits(), np.uint32)
    return found.reshape(image.height(), image.bytesPerLine() // 4).copy()


def contrast_of(place: QRect, pixels: NDArray[np.uint32]) -> float:
    """Between what most of a place is and the ink that differs most from it."""
    part = pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    if not part.size:
        return 21.0
    colours, many = np.unique(part, return_counts=True)
    ground = QColor.fromRgb(int(colours[many.argmax()]))
    inks = colours  # letters are thin: hardly a pixel has all of their colour
    return max((contrast(ground, QColor.fromRgb(int(each))) for each in inks), default=21.0)
