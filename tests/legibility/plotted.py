"""The texts of a plot: numbers and words of its axes."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.plot import Plot
from tests.legibility.painted import SLACK
from tests.legibility.rules import Fault


def texts_of(plot: "Plot[Any]") -> Iterator[tuple[str, QRect, int]]:
    """Words, place in the plot and size of the type of all that stands at its axes."""
    scrap = QImage(1, 1, QImage.Format.Format_RGB32)
    with QPainter(scrap) as painter:
        for axes in plot.axes:
            for side in ("left", "bottom"):
                axis = axes.item.getAxis(side)
                font = axis.style["tickFont"]
                if not axis.isVisible() or font is None:
                    continue
                painter.setFont(font)
                specs = axis.generateDrawSpecs(painter)
                for rect, _, words in specs[2] if specs else ():
                    place = axes.widget.mapFromScene(axis.mapRectToScene(rect)).boundingRect()
                    yield words, _in_plot(axes.widget, place, plot), font.pixelSize()
                if axis.label.isVisible() and axis.labelText:
                    place = axes.widget.mapFromScene(
                        axis.label.mapRectToScene(axis.label.boundingRect())
                    ).boundingRect()
                    inked = QRect(_in_plot(axes.widget, place, plot))
                    yield axis.labelText, inked.adjusted(4, 4, -4, -4), font.pixelSize()


def _in_plot(widget: QWidget, place: QRect, plot: QWidget) -> QRect:
    return place.translated(widget.mapTo(plot, QRectF().topLeft().toPoint()))


def faults_of(plot: "Plot[Any]") -> Iterator[Fault]:
    """What leaves the plot."""
    room = plot.rect().adjusted(-round(SLACK), -round(SLACK), round(SLACK), round(SLACK))
    for words, place, _ in texts_of(plot):
        if not room.contains(place):
            yield Fault("clipped", words, "leaves its plot")
