"""Nothing on screen moves under the mouse: whatever comes and goes has a place of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QWidget,
)

from nnviz.session.history import History
from nnviz.session.state import Transfer
from nnviz.ui import detectors
from nnviz.ui.app.pages import PAGES
from nnviz.ui.pages.page import PageKind
from tests.ui.conftest import Opened, Show
from tests.ui.seen_parts import seen_inside
from tests.ui.study_window import worked_out

Places = dict[QWidget, QRect]
LONG = "A sentence that is much too long for one line of this window. " * 6
OFFER = "A race of 2 runs was interrupted 3 hours ago, at epoch 12.4, and 1 other run."


def controls(opened: Opened) -> Iterator[QWidget]:
    """What one clicks on, in the bars and on the page."""
    parts = opened.window.parts
    kinds = QAbstractButton | QAbstractSlider | QAbstractSpinBox | QComboBox
    for each in seen_inside(opened.window, {parts.banner, parts.altered}):
        inner = each.objectName().startswith("qt_") or isinstance(each, QScrollBar)
        if isinstance(each, kinds) and not inner:
            yield each


def places(opened: Opened) -> Places:
    return {
        each: QRect(each.mapTo(opened.window, QPoint()), each.size()) for each in controls(opened)
    }


def settle(opened: Opened, frames: int = 2, seconds: float = 1 / 30) -> None:
    """Lets frames pass, each so long after the one before it."""
    for _ in range(frames):
        opened.window.parts.clock.tick()
        opened.passed += seconds
        QApplication.processEvents()


def at_rest(opened: Opened) -> Places:
    """The same, once the page has heard all that it waits for."""
    found, alike = places(opened), 0
    while alike < 2:
        settle(opened, 2, 0.6)  # a second is over: what is asked once a second has been
        before, found = found, places(opened)
        alike = alike + 1 if opened.engine.idle and found == before else 0
    return found


def covered(opened: Opened) -> list[str]:
    """The controls, and menus, over which the message or the strip lies."""
    menus = opened.window.menuBar()
    corner = menus.mapTo(opened.window, QPoint())
    found = {
        each.text(): menus.actionGeometry(each).translated(corner)
        for each in menus.actions()
        if menus.isVisible()
    }
    found |= {each.objectName(): place for each, place in places(opened).items()}
    altered, banner = opened.window.parts.altered, opened.window.parts.banner
    own = {f"of the strip: {number}": place for number, place in enumerate(altered.taken)}
    covered = []
    for above, below in ((altered, found), (banner, found | own)):
        if above.isVisible():
            assert opened.window.rect().contains(above.geometry())
            covered += [name for name, place in below.items() if above.geometry().intersects(place)]
    return covered


def readable(opened: Opened) -> bool:
    """Whether all of the message is on screen, or it can be read whole in its details."""
    banner = opened.window.parts.banner
    label = banner.sentence
    assert label.heightForWidth(label.width()) <= label.height()
    buttons = (banner.action, banner.details, banner.close_button)
    assert all(banner.rect().contains(each.geometry()) for each in buttons if each.isVisible())
    whole = label.text() == opened.said
    return whole or (label.text().endswith("…") and banner.details.isVisible())


@pytest.mark.parametrize(
    ("size", "pages"), [((1024, 768), PAGES), ((1280, 720), (detectors.PAGE,))]
)
def test_nothing_moves_when_answers_messages_and_operations_come(
    show: Show, size: tuple[int, int], pages: Sequence[PageKind], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers come on every page, the others on some."""
    opened = show(trained=True, size=size)
    session = opened.session
    views = [(page, view) for page in PAGES for view in page.views or [""]]

    def turn(page: PageKind, view: str) -> None:
        session.designs.load_own(page.id)  # as whoever opens it from the list has it
        session.change(page=page.id, notice=None)
        if view:
            opened.window.page.choose_view(view)

    waiting = {}
    with monkeypatch.context() as silent:
        silent.setattr(opened.engine, "heard", lambda: ())
        for page, view in views:
            turn(page, view)
            worked_out(opened)  # rows come from a file
            settle(opened)
            waiting[page.id, view] = places(opened)
    for page, view in views:
        turn(page, view)
        before = at_rest(opened)
        assert places_moved(waiting[page.id, view], before) == {}, (page.id, view)
        if page in pages:
            messages_and_operations_move_and_cover_nothing(opened, before, f"{page.id} {view}")


def messages_and_operations_move_and_cover_nothing(
    opened: Opened, before: Places, where: str
) -> None:
    session = opened.session
    session.say("info", OFFER, action="runs.run", action_label="Continue it")
    settle(opened, 1)
    assert places(opened) == before, f"{where}: an offer"
    assert covered(opened) == []
    assert opened.window.parts.banner.sentence.text() == OFFER
    session.operations.change(0, 14, off=True)
    session.say("error", LONG)
    settle(opened, 3)
    assert places(opened).items() >= before.items(), f"{where}: an operation"
    assert covered(opened) == []
    assert readable(opened)
    session.operations.end()
    session.change(work=replace(session.state.work, history=History()))
    session.change(notice=None, download=Transfer("mnist", 10))
    settle(opened)
    assert places(opened) == before, f"{where}: a download"
    session.change(download=None)


def test_what_says_something_else_when_it_is_pressed_moves_nothing(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session
    opened.load_all()
    session.designs.choose("elimination")
    for page, view, names in (
        ("votes", "", ["player-play"] * 2),
        ("elimination", "walk", ["player-play"] * 2),
        ("draw", "morph", ["morph-play"] * 2),
        ("detectors", "settings", ["start-setups", "go-on-setups", "start-setups"]),
    ):
        session.change(page=page)
        if view:
            opened.window.page.choose_view(view)
        before = at_rest(opened)
        for name in names:
            found = opened.window.page.findChildren(QAbstractButton, name)
            next(each for each in found if each.isVisible()).click()
            settle(opened)
            assert places_moved(before, places(opened)) == {}, name
    session.runs.pause()
    session.change(page="mistakes")
    for view in ("confusion", "disagree", "unsure"):
        opened.window.page.choose_view(view)
        session.choose("mistakes", ticked=frozenset())
        before = at_rest(opened)
        listed = session.mistakes.listed(view)
        session.choose("mistakes", ticked=frozenset(listed[:12].tolist()))
        settle(opened)
        moved = places_moved(before, places(opened))
        assert moved.keys() <= {"untick"}, (view, moved)


def places_moved(before: Places, now: Places) -> dict[str, tuple[QRect | None, ...]]:
    """The controls that lie elsewhere now, or are gone."""
    return {
        each.objectName(): (place, now.get(each))
        for each, place in before.items()
        if now.get(each) != place
    }


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_the_bars_stay_where_they_are(show: Show, size: tuple[int, int]) -> None:
    opened = show(trained=True, size=size)
    session = opened.session
    opened.load_all()
    settle(opened)
    names = ("run", "step", "reset", "designs-ten", "designs-bits", "designs-ensemble")
    bar = {each: place for each, place in places(opened).items() if each.objectName() in names}
    assert len(bar) == len(names)

    def stays(what: str) -> None:
        settle(opened)
        now = places(opened)
        assert {each: now[each] for each in bar} == bar, what
        assert opened.window.parts.top_bar.height() == height, what

    height = opened.window.parts.top_bar.height()
    for design in ("bit-layer", "any-code", "plain-ensemble", "one-vs-rest", "ten-outputs"):
        session.designs.choose(design)
        stays(design)
    session.runs.run()
    stays("it runs")
    session.shelf.rename("W" * 40)
    stays("a long name")
    session.runs.pause()
    stays("it pauses")
    assert "…" in opened.window.parts.top_bar.progress.text()
    assert "W" * 40 in opened.window.parts.top_bar.progress.toolTip()


def test_messages_have_a_place_in_lecture_mode(show: Show) -> None:
    opened = show(trained=True)
    opened.window.parts.lecture.enter(full_screen=False)
    settle(opened)
    for page in PAGES:
        opened.session.change(page=page.id, notice=None)
        before = at_rest(opened)
        opened.session.say("info", OFFER, action="runs.run", action_label="Go on")
        settle(opened)
        assert opened.window.parts.banner.isHidden()  # it waits until one leaves
        assert places(opened) == before
        opened.session.say("error", LONG)
        settle(opened)
        assert opened.window.parts.banner.isHidden()
        assert opened.window.parts.lecture.trouble.isVisible()
    opened.window.parts.lecture.leave()
    settle(opened)
    assert readable(opened)
    assert opened.window.parts.head.strip.isHidden()


def test_the_keyboard_does_what_a_message_offers_and_puts_it_away(show: Show) -> None:
    opened = show()
    opened.learn(3)
    banner, session = opened.window.parts.banner, opened.session
    session.controls.reset()
    assert banner.action.shortcut().toString() == "Ctrl+Return"
    assert "Ctrl+Return" in banner.action.toolTip()
    banner.action.setFocus()
    opened.bot.keyClick(banner.action, " ")
    assert session.state.work.position.steps == 3
    session.say("error", "Something.")
    banner.close_button.setFocus()
    opened.bot.keyClick(banner.close_button, " ")
    assert banner.isHidden()
