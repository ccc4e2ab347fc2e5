"""A window on the Elimination page, as its tests look at it and click."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QWidget

from nnviz.ui.elimination.page import EliminationPage
from nnviz.ui.elimination.walk import WalkView
from tests.ui.conftest import Opened


def page_of(opened: Opened) -> EliminationPage:
    page = opened.window.parts.pages["elimination"]
    assert isinstance(page, EliminationPage)
    return page


def walk_of(opened: Opened) -> WalkView:
    view = page_of(opened).shown["walk"]
    assert isinstance(view, WalkView)
    return view


def middle(place: QRectF) -> QPoint:
    return place.center().toPoint()


def click(opened: Opened, widget: QWidget, place: QRectF) -> None:
    opened.bot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle(place))
