"""A window on a view of the Designs page, for the tests of its views."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnviz.ui.pages.views_page import ViewsPage
from tests.ui.conftest import Opened, Show


def opened_at(show: Show, view: str, loaded: bool = False, **how: object) -> tuple[Opened, Any]:
    """A window with the trained network, `loaded`: with those of all designs, and the view."""
    if loaded:
        how["before"] = lambda session: session.designs.load_all()
    opened = show(trained=True, page="designs", view=view, **how)
    page = opened.window.page
    assert isinstance(page, ViewsPage)
    page.load_late()
    page.choose_view(view)
    return opened, page.view


def keys(opened: Opened, picture: QWidget, *pressed: Qt.Key) -> None:
    """Keys of a picture that has the focus."""
    picture.setFocus()
    for key in pressed:
        opened.bot.keyClick(picture, key)
