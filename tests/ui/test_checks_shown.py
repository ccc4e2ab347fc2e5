"""The row of checks on page Train: there while something is wrong, with one thing to try."""

from PySide6.QtWidgets import QPushButton

from nnviz.networks.curves import Point
from nnviz.networks.settings import Settings
from nnviz.questions.checks.checkup import CheckedUp
from nnviz.questions.checks.course import Course
from nnviz.questions.checks.table import findings
from nnviz.ui.train.checks import MOST, Checks
from tests.checks.going import settings_of
from tests.ui.conftest import Opened, Show

NAMES = tuple("0123456789")


def row_of(opened: Opened) -> Checks:
    return opened.window.page.checks


def gone_wrong(show: Show, **window: object) -> Opened:
    """A window whose run has all outputs near 0 and dead neurons, at rest."""
    opened = show(**window)
    opened.session.controls.set(
        **{
            name: getattr(settings_of("book", rate=100.0, images=400), name)
            for name in ("cost", "initial", "images", "rate")
        }
    )
    opened.learn(41)
    opened.ticks_until(lambda: bool(row_of(opened).findings))
    return opened


def test_it_says_what_is_wrong_and_a_press_tries_what_may_help(show: Show) -> None:
    opened = gone_wrong(show)
    row, session = row_of(opened), opened.session
    assert row.isVisible()
    assert row.shown[0].title.text() == "All outputs near 0"
    opened.click(row.shown[0].title)
    assert opened.said.startswith("All outputs stay near 0: for ")
    session.change(lecturing=True)  # a room does not see it
    assert not row.isVisible()
    session.change(lecturing=False)
    assert row.isVisible()
    before = session.state.work
    opened.click(row.shown[0].trying)
    assert session.state.settings == before.settings.change(rate=3.0)
    assert (session.state.work.position.steps, session.state.running) == (0, False)
    assert not row.isVisible()  # nothing is known of a random start
    opened.click(opened.window.parts.banner.action)
    assert session.state.work.network is before.network
    opened.ticks_until(row.isVisible)


def test_what_has_no_room_stands_in_a_menu(show: Show) -> None:
    opened = show(size=(1024, 768))
    row = row_of(opened)
    looked = CheckedUp(4000, 500, 10, 0.05, 1.0, (), 0, (), 0, 30, 7, 1, 0.0)
    points = (Point(4000, 0.1, 0.1, 0.99, 0.9),)
    found = findings(Course(Settings(), NAMES, "bundled", 4000, 1000, points, looked))
    assert len(found) == 3
    row.show_findings(found)
    assert len(row.shown) == MOST
    assert row.more.text() == "and 1 more"
    entries = [each.text() for each in row.menu().actions() if not each.isSeparator()]
    assert entries == [found[2].title, found[2].tried.label]
    row.resize(260, row.height())
    assert len(row.shown) == 1
    assert row.more.text() == "and 2 more"
    for each in (*row.shown[0].findChildren(QPushButton), row.more):
        assert each.accessibleName()
        assert each.toolTip()
        assert each.objectName()
