"""The Draw page on a window, and a hand that draws on it."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.session.session import Session
from nnviz.ui.draw.pad import Pad
from nnviz.ui.draw.your_digit import YourDigit
from nnviz.ui.pages.page import Page
from tests.ui.conftest import Opened, Show

COPY = Qt.DropAction.CopyAction
View = TypeVar("View", bound=Page)
Stroke = Sequence[tuple[float, float]]
SEVEN: tuple[Stroke, ...] = (((0.3, 0.2), (0.7, 0.2), (0.45, 0.8)),)
FOUR: tuple[Stroke, ...] = (
    ((0.35, 0.2), (0.3, 0.5), (0.7, 0.5)),
    ((0.65, 0.2), (0.6, 0.85)),
)


def opened_pad(show: Show, **how: object) -> tuple[Opened, YourDigit]:
    """A window on the page with all trained networks."""
    before = lambda session: session.designs.load_all()  # noqa: E731 - as long as its name
    opened = show(trained=True, page="draw", before=before, **how)
    opened.ticks_until(lambda: opened.session.runs.settled)
    view = opened.window.page.view
    assert isinstance(view, YourDigit)
    return opened, view


def opened_view(
    show: Show,
    kind: type[View],
    designs: int,
    before: Callable[[Session], object] = lambda session: None,
    **how: object,
) -> tuple[Opened, View]:
    """A window on a view of the page, with so many designs loaded; `before` it is looked at."""

    def ready(session: Session) -> None:
        while len(session.state.representatives) < designs:
            session.designs.load_next()
        before(session)

    opened = show(trained=True, before=ready, **how)
    opened.session.change(page="draw")  # not before: it loads the networks of all designs
    opened.window.page.choose_view(kind.id)
    view = opened.window.page.view
    assert isinstance(view, kind)
    return opened, view


def at(pad: Pad, point: tuple[float, float]) -> QPoint:
    """A point in sides of the square -> in pixels of the widget."""
    place = pad.place
    return QPoint(
        round(place.x() + point[0] * place.width()), round(place.y() + point[1] * place.height())
    )


def draw(opened: Opened, view: YourDigit, strokes: Sequence[Stroke] = SEVEN) -> None:
    """Draws with the left button."""
    pad, bot = view.pad, opened.bot
    for stroke in strokes:
        bot.mousePress(pad, Qt.MouseButton.LeftButton, pos=at(pad, stroke[0]))
        for start, end in pairwise(stroke):
            for share in np.linspace(0, 1, 6)[1:]:
                point = np.array(start) * (1 - share) + np.array(end) * share
                bot.mouseMove(pad, at(pad, (point[0], point[1])))
        bot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at(pad, stroke[-1]))


def drop(widget: QWidget, data: QMimeData) -> None:
    """Drags something over a widget and lets go of it."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    try:
        enters = QDragEnterEvent(QPointF(9, 9), COPY, data, buttons, keys)
    except TypeError:  # before Qt 6.12 only whole pixels
        enters = QDragEnterEvent(QPoint(9, 9), COPY, data, buttons, keys)
    QApplication.sendEvent(widget, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), COPY, data, buttons, keys))
