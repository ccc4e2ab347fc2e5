"""*What is this?*: everything on screen has words, and the help says something of all of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from nnviz.ui.app.help import HelpWindow
from nnviz.ui.app.help_excerpts import excerpt
from nnviz.ui.app.help_topics import (
    DETAILS,
    EVERYWHERE,
    OF_PARTS,
    OF_PICTURES,
    Place,
    topic_of,
    topic_of_view,
)
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.what_is_said import DETAILS as DETAILS_LINK
from nnviz.ui.app.what_is_said import MORE, Said, thing_at, told_of
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot
from tests.gallery.collecting import every_kind
from tests.ui.conftest import Opened, Show
from tests.ui.test_all_pictures import is_control

VIEWS = [(kind, view) for kind in PAGES for view in kind.views or ("",)]


@pytest.mark.parametrize(("kind", "view"), VIEWS, ids=lambda each: getattr(each, "id", each))
def test_the_help_tells_of_every_view_and_of_its_statistics(kind, view: str) -> None:
    topic = topic_of_view(kind, view)
    assert len(excerpt(topic.places[0])) > 40
    assert topic.details is not None
    assert len(excerpt(topic.details, whole=True)) > 200


@pytest.mark.parametrize(
    "place", sorted({*OF_PARTS.values(), *OF_PICTURES.values(), EVERYWHERE}, key=str), ids=str
)
def test_what_the_tables_name_is_there(place: Place) -> None:
    assert len(excerpt(place)) > 40


def test_the_tables_name_only_what_exists() -> None:
    assert OF_PICTURES.keys() <= {getattr(kind, "id", "") for kind in every_kind().values()}
    known = {f"{kind.id}/{view}" for kind, view in VIEWS} | {kind.id for kind in PAGES}
    assert DETAILS.keys() <= known
    assert excerpt(Place("pages.md", "no-such-heading")) == ""
    assert excerpt(Place("pages.md", "votes", "No such view")) == ""


def things(opened: Opened) -> Iterator[QWidget]:
    """All controls and pictures of the window as it is."""
    for widget in opened.window.findChildren(QWidget):
        if widget.isVisible() and (is_control(widget) or isinstance(widget, Picture | Plot)):
            yield widget


def test_every_control_and_every_picture_says_what_it_is(show: Show) -> None:
    opened = show(trained=True)
    named = set()
    for kind in PAGES:
        opened.session.change(page=kind.id)
        for thing in things(opened):
            found = thing_at(thing)
            assert found is not None, thing.objectName()
            told = told_of(found, QPointF(found.rect().center()), opened.session.state)
            assert told.title, thing.objectName()
            assert told.part or told.tip or told.shows, thing.objectName()
            assert excerpt(told.topic.places[0]), thing.objectName()
            named.add(told.topic.places[0])
    assert len(named) > len(PAGES) + 3


def test_a_click_tells_and_the_help_goes_on(show: Show) -> None:
    opened = show(trained=True)
    window, state = opened.window, opened.session.state
    window.actions_by_text["What is this?"].trigger()
    assert QWhatsThis.inWhatsThisMode()
    picture = window.findChild(Picture, "network-picture")
    region = next(iter(picture.regions(picture.view)))
    opened.bot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=region.place.center().toPoint())
    assert not QWhatsThis.inWhatsThisMode()
    assert opened.session.state is state  # it was not chosen
    said = window.findChild(Said)
    text = said.text.toPlainText()
    assert picture.words(picture.view) in text
    assert "weight times activity" in text
    assert "δ" not in text
    assert topic_of(picture, state).details is not None
    said._follow(QUrl(DETAILS_LINK))
    assert len(said.text.toPlainText()) > len(text) + 200
    said._follow(QUrl(MORE))
    opened.bot.waitUntil(lambda: bool(window.findChildren(HelpWindow)))
    assert window.findChild(HelpWindow).windowTitle() == "Pages and views"


def test_keys_ask_of_what_has_the_focus(show: Show) -> None:
    opened = show(trained=True)
    window = opened.window
    run = window.parts.top_bar.run
    run.setFocus(Qt.FocusReason.TabFocusReason)
    window.ask_what()  # from the menu: the pointer asks
    assert QWhatsThis.inWhatsThisMode()
    QTest.keyClick(run, Qt.Key.Key_Escape)
    assert not QWhatsThis.inWhatsThisMode()
    assert window.asking is not None
    window.asking.ask(by_key=True)
    said = window.findChild(Said)
    assert said.told.title == run.accessibleName()
    QTest.keyClick(said.text, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not [each for each in window.findChildren(Said) if each.isVisible()]
    window.page.setFocus()
    window.asking.ask(by_key=True)
    assert QWhatsThis.inWhatsThisMode()
    opened.bot.mouseClick(window.parts.stack, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    QWhatsThis.leaveWhatsThisMode()
