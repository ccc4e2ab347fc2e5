"""What holds of every picture and every control of the window, whichever page they are on."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPointF, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QMessageBox,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QToolTip,
    QWidget,
)

from nnviz.ui import designs
from nnviz.ui.app.window import Window
from nnviz.ui.kit.export import painting_of, pixels, svg
from nnviz.ui.kit.picture import ENTER, MOVES, Picture
from nnviz.ui.kit.plot import Plot
from nnviz.ui.kit.telling import wrapped
from tests.gallery.collecting import every_kind, note_pictures, opened_window, settle, visits
from tests.ui.seen_parts import seen_inside
from tests.ui.test_export import colours, drawn_svg, off

UI = Path(__file__).resolve().parent.parent.parent / "nnviz" / "ui"
LONGEST_LINE, WIDEST = 90, 1280
"""Letters and pixels of a tooltip."""
RIGHT = {"RowBoard": ("cuts_moved",), "Pad": ("drawn",)}
"""Picture -> what the right button may do there: take a cut away, and erase."""
ELSEWHERE = {
    "Headline": "its sentence is its name, and it has no keys",
    "Caption": "likewise",
}


@pytest.fixture(scope="module")
def window(application: QApplication) -> Iterator[Window]:
    opened = opened_window(size=(1600, 720))  # as wide as what shows all, beside the settings
    yield opened
    opened.close()
    opened.deleteLater()


@dataclass
class Walked:
    """What one walk through all that the window can show has seen."""

    pictures: dict[str, Picture | Plot] = field(default_factory=dict)
    """The first one of each kind that shows something"""
    tips: dict[str, str] = field(default_factory=dict)
    """Every tooltip, with where it was seen first"""
    bare: set[str] = field(default_factory=set)
    """The controls that have no tooltip or no name"""
    untold: set[str] = field(default_factory=set)
    """Pages and views of pictures of which none can be had as a table"""
    boxes: list[QCheckBox] = field(default_factory=list)
    """Those that can be clicked somewhere"""


@pytest.fixture(scope="module")
def walked(window: Window) -> Walked:
    """The window stays as it is, but for the page."""
    seen, before = Walked(), ""
    window.show_settings(True)
    for where in visits(window):
        note_pictures(window, seen.pictures)
        shown = [each for each in seen_inside(window.page) if isinstance(each, Picture | Plot)]
        shown = [each for each in shown if type(each).__name__ not in ELSEWHERE]
        if shown and not any(each.twin for each in shown):
            seen.untold.add(where)
        parts: list[QWidget | QAction] = list(seen_inside(window))
        if before != (before := where.partition(" ")[0]):  # all others once a design
            hidden = {*window.findChildren(QWidget)} - {*parts}
            parts += [part for part in hidden if not of_pyqtgraph(part)]
            parts += window.findChildren(QAction)
        for part in parts:
            at = f"{where} {type(part).__name__} {part.objectName()}"
            if is_control(part) and is_bare(part):
                seen.bare.add(at)
            for tip in tips_of(part):
                seen.tips.setdefault(tip, at)
        seen.boxes += [
            box
            for box in parts
            if isinstance(box, QCheckBox)
            and box.isVisible()
            and box.isEnabled()
            and box not in seen.boxes
        ]
    window.show_settings(False)
    return seen


@pytest.fixture(scope="module")
def pictures(walked: Walked) -> dict[str, Picture | Plot]:
    return walked.pictures


def is_control(part: QWidget | QAction) -> bool:
    """Whether one clicks or types into it, and it is no part that Qt makes inside one."""
    inner = ("qt_spinbox_lineedit", "qt_menubar_ext_button")
    kinds = QAbstractButton | QComboBox | QAbstractSpinBox | QSlider
    return (
        isinstance(part, kinds)
        and part.objectName() not in inner
        and not isinstance(part.parent(), QMessageBox)
    )


def is_bare(control: QWidget) -> bool:
    """Whether it lacks a tooltip, or a name for a reader or for a test."""
    named = control.accessibleName() or control.property("text")
    return not (named and control.objectName() and control.toolTip())


def tips_of(part: QWidget | QAction) -> Iterator[str]:
    """The tooltips of a widget or an action, of its regions and of its entries."""
    yield part.toolTip()
    if isinstance(part, Picture) and part.isVisible() and part.view is not None:
        yield from {wrapped(region.tip) for region in part.regions(part.view) if region.tip}
    if isinstance(part, QComboBox):
        for entry in range(part.count()):
            yield part.itemData(entry, Qt.ItemDataRole.ToolTipRole) or ""


def of_pyqtgraph(part: QObject) -> bool:
    """Whether it lies in the menu that a plot makes, and that is never opened."""
    above = part.parent()
    while above is not None:
        if type(above).__name__ == "PlotWidget":
            return True
        above = above.parent()
    return False


def painted(picture: QWidget) -> np.ndarray:
    """(height, width) colours of a widget as it looks now."""
    image = picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()


def is_drawn(pixels: np.ndarray) -> bool:
    """Whether there are at least three colours; pixels: (height, width) or with their parts."""
    flat = pixels.reshape(pixels.shape[0] * pixels.shape[1], -1)
    others = flat[(flat != flat[0]).any(axis=1)]
    return bool((others != others[:1]).any())


@pytest.mark.parametrize("name", every_kind())
def test_it_is_shown_somewhere(name: str, pictures: dict[str, Picture | Plot]) -> None:
    assert name in pictures


@pytest.mark.parametrize("name", every_kind())
def test_it_can_be_drawn_alone(name: str, pictures: dict[str, Picture | Plot]) -> None:
    picture = pictures[name]
    made = picture.alone()
    made.use_theme(picture.theme)
    assert is_drawn(painted(made))
    made.deleteLater()


@pytest.mark.parametrize("name", every_kind())
def test_it_can_become_a_drawing(name: str, pictures: dict[str, Picture | Plot]) -> None:
    """Nothing is lost where lines and words are written down instead of painted."""
    with painting_of(pictures[name]) as painting:
        lines, wanted = drawn_svg(svg(painting)), colours(pixels(painting))
    assert is_drawn(lines)
    assert off(wanted, lines) < 0.04


@pytest.mark.parametrize("name", every_kind())
def test_it_has_a_name_and_says_what_it_shows(
    name: str, pictures: dict[str, Picture | Plot]
) -> None:
    picture = pictures[name]
    assert picture.accessibleName()
    assert picture.words(picture.view) or name in ELSEWHERE


@pytest.mark.parametrize("name", every_kind())
def test_it_has_a_table(name: str, pictures: dict[str, Picture | Plot]) -> None:
    twin = pictures[name].twin
    if twin is None:
        assert name in ELSEWHERE
        return
    assert twin.rows
    assert {len(row) for row in twin.rows} == {len(twin.headings)}
    assert len(twin.csv().splitlines()) >= 1 + len(twin.rows)


def test_every_view_can_be_had_as_a_table(walked: Walked) -> None:
    assert not walked.untold


def of_regions(picture: Picture | Plot) -> bool:
    """Whether something in a picture can be chosen."""
    return not isinstance(picture, Plot) and any(True for _ in picture.regions(picture.view))


def copy_of(picture: Picture) -> Picture:
    """An own copy of a picture, on screen."""
    made = picture.alone()
    made.use_theme(picture.theme)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def own_signals(picture: Picture) -> Iterator[SignalInstance]:
    """What a picture tells, but for where the pointer is and what those tell who may."""
    for kind in type(picture).__mro__[: type(picture).__mro__.index(QWidget)]:
        for name, value in vars(kind).items():
            if isinstance(value, Signal) and name not in ("pointed", *RIGHT.get(kind.__name__, ())):
                yield getattr(picture, name)


@pytest.fixture
def chosen_of(pictures: dict[str, Picture | Plot]) -> Iterator[Callable[[str], tuple]]:
    """chosen_of(name) -> a copy of a picture with regions, and what it tells from now."""
    made: list[Picture] = []

    def copy(name: str) -> tuple[Picture, list[object]]:
        picture = copy_of(pictures[name])
        made.append(picture)
        told: list[object] = []
        for signal in own_signals(picture):
            signal.connect(lambda *values: told.append(values))
        return picture, told

    yield copy
    for picture in made:
        picture.close()
        picture.deleteLater()


def press(picture: Picture, button: Qt.MouseButton, place: QPointF) -> None:
    QTest.mouseClick(picture, button, pos=place.toPoint())


@pytest.mark.parametrize("name", every_kind())
def test_buttons_and_keys_choose_in_it_as_everywhere(
    name: str, pictures: dict[str, Picture | Plot], chosen_of: Callable[[str], tuple]
) -> None:
    if not of_regions(pictures[name]):
        pytest.skip("nothing in it can be chosen")
    picture, told = chosen_of(name)
    only_the_left_button_chooses(picture, told)
    if picture.keys:
        the_ring_is_for_the_keyboard(picture)
        arrows_reach_what_a_click_reaches(picture)
        told.clear()
        QTest.keyClick(picture, ENTER[0])
        assert told


def only_the_left_button_chooses(picture: Picture, told: list[object]) -> None:
    before = painted(picture)
    for region in picture.regions(picture.view):
        for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
            press(picture, button, region.place.center())
            QTest.mouseDClick(picture, button, pos=region.place.center().toPoint())
    assert not told
    picture.clearFocus()
    np.testing.assert_array_equal(painted(picture), before)


def the_ring_is_for_the_keyboard(picture: Picture) -> None:
    picture.clearFocus()
    without = painted(picture)
    picture.setFocus(Qt.FocusReason.MouseFocusReason)
    np.testing.assert_array_equal(painted(picture), without)
    picture.clearFocus()
    picture.setFocus(Qt.FocusReason.TabFocusReason)
    assert picture.hasFocus()
    assert (painted(picture) != without).any()


def arrows_reach_what_a_click_reaches(picture: Picture) -> None:
    wanted = {region.key for region in picture.regions(picture.view)}
    start = picture.here.key
    reached, waiting = {start}, [(start, iter(MOVES))]
    while waiting and not reached >= wanted:
        key, arrows = waiting[-1]
        arrow = next(arrows, None)
        if arrow is None:
            waiting.pop()
            continue
        picture.at = key
        QTest.keyClick(picture, arrow)
        if picture.at not in reached:  # on from there at once: most lie in rows
            reached.add(picture.at)
            waiting.append((picture.at, iter(MOVES)))
    assert reached >= wanted


@pytest.mark.parametrize("name", every_kind())
def test_its_size_follows_the_scale(name: str, pictures: dict[str, Picture | Plot]) -> None:
    picture = pictures[name].alone()
    sizes = []
    for scale in (1.0, 2.0):
        picture.use_theme(type(picture.theme)(picture.theme.name, scale))
        sizes.append(picture.minimumSizeHint())
    assert sizes[1].height() == pytest.approx(2 * sizes[0].height(), abs=2)
    picture.deleteLater()


def test_every_control_has_a_tooltip_and_a_name(window: Window, walked: Walked) -> None:
    assert sum(map(is_control, window.findChildren(QWidget))) > 25
    assert not walked.bare


def test_every_tooltip_can_be_read(walked: Walked) -> None:
    metrics = QFontMetrics(QToolTip.font())
    for tip, where in walked.tips.items():
        for line in tip.splitlines():
            assert len(line) <= LONGEST_LINE, where
            assert metrics.horizontalAdvance(line) <= WIDEST, where
    assert len(walked.tips) > 100


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_an_empty_check_box_can_be_seen(theme: str, window: Window, walked: Walked) -> None:
    window.use_theme(theme)
    assert len(walked.boxes) > 5
    for box in walked.boxes:
        box.blockSignals(True)
        checked = box.isChecked()
        box.setChecked(False)
        option = QStyleOptionButton()
        box.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        place = box.style().subElementRect(part, option, box)
        image, paper = box.grab(place).toImage(), box.palette().window().color()
        edge = [image.pixelColor(place.width() // 2, y).getRgbF() for y in range(place.height())]
        box.setChecked(checked)
        box.blockSignals(False)
        assert max(contrast(each, paper.getRgbF()) for each in edge) >= 3, box.text()


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Of two colours in 0..1, by the formula of WCAG 2."""
    linear = [
        [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour]
        for colour in (one[:3], other[:3])
    ]
    light = sorted(np.array(linear) @ (0.2126, 0.7152, 0.0722))
    return (light[1] + 0.05) / (light[0] + 0.05)


FORBIDDEN = {
    "QPen": "Canvas gives every line its width on the design grid",
    "mkPen": "line_pen() gives every curve its width on the design grid",
    "QPainter": "a Canvas knows the theme",
    "setAccessibleDescription": "a Teller speaks at most once a second",
    "setToolTip": "explain() keeps the lines short",
    "mousePressEvent": "press() comes for the left button only",
    "mouseDoubleClickEvent": "press_again() comes for the left button only",
    "focusInEvent": "Picture shows the ring to who uses keys",
    "keyPressEvent": "key() comes after the arrows",
}
MAY: dict[tuple[str, str], str] = {
    ("kit/canvas.py", "QPainter"): "a Canvas is one",
    ("kit/canvas.py", "QPen"): "stroke() makes all of them",
    ("kit/plot.py", "QPen"): "line_pen() makes all of them",
    ("kit/line_styles.py", "QPen"): "of a curve, on the design grid",
    ("kit/line_styles.py", "QPainter"): "a type",
    ("kit/fitted_text.py", "QPainter"): "a type",
    ("kit/tile_rows.py", "QPainter"): "a type",
    ("kit/weight_images.py", "QPainter"): "a type",
    ("kit/controls.py", "QPainter"): "a check box has no theme",
    ("kit/controls.py", "QPen"): "as wide as the box is large",
    ("kit/telling.py", "setToolTip"): "explain() itself",
    ("kit/telling.py", "setAccessibleDescription"): "the Teller itself",
    ("kit/picture.py", "setToolTip"): "a copy has that of the picture",
    ("kit/picture.py", "mousePressEvent"): "calls press()",
    ("kit/picture.py", "mouseDoubleClickEvent"): "calls press_again()",
    ("kit/picture.py", "keyPressEvent"): "calls key()",
    ("kit/digit_grid.py", "mousePressEvent"): "it scrolls, so it is no picture",
    ("kit/digit_grid.py", "mouseDoubleClickEvent"): "it scrolls, so it is no picture",
    ("kit/digit_grid.py", "keyPressEvent"): "it scrolls, so it is no picture",
    ("votes/pictures.py", "setAccessibleDescription"): "of a dialog that stays as it is",
    ("app/take_home_dialogs.py", "setAccessibleDescription"): "likewise",
    ("app/help.py", "keyPressEvent"): "Esc puts away what is marked before the window",
    ("app/lecture/picture_zoom.py", "mousePressEvent"): "any click puts it away",
    ("app/lecture/picture_zoom.py", "QPainter"): "lies over the page, whatever that shows",
    ("app/lecture/room_copy.py", "QPainter"): "a copy of what the room sees",
    ("app/lecture/spotlight.py", "QPainter"): "lies over the page, whatever that shows",
    ("app/help_contents.py", "setToolTip"): "of an entry of a tree, wrapped by hand",
    ("app/start_here.py", "keyPressEvent"): "its numbers, and Esc, wherever on it",
    ("app/window.py", "keyPressEvent"): "Space, Esc and B are the window's own",
    ("pages/compared.py", "keyPressEvent"): "a menu that stays open while one ticks",
    ("draw/pad.py", "mousePressEvent"): "the right button erases",
    ("draw/row_board.py", "mousePressEvent"): "the right button takes a cut away",
    ("detectors/book_zero.py", "keyPressEvent"): "arrows move the zero, wherever on the view",
    ("detectors/one_neuron.py", "keyPressEvent"): "arrows go on to the next neuron, wherever",
    ("detectors/without.py", "keyPressEvent"): "arrows go on to the next neuron, wherever",
    ("mistakes/confusion_matrix.py", "mousePressEvent"): "Ctrl+click adds a cell",
    ("mistakes/one_digit.py", "keyPressEvent"): "arrows walk the list, wherever",
}
"""Module and name: why it may all the same."""
NAME_OF = {ast.Name: "id", ast.Attribute: "attr", ast.FunctionDef: "name"}


def test_nothing_is_drawn_or_heard_past_the_kit() -> None:
    found = set()
    for path in UI.rglob("*.py"):
        module = path.relative_to(UI).as_posix()
        text = path.read_text("utf-8")
        if not any(name in text for name in FORBIDDEN):
            continue
        for node in ast.walk(ast.parse(text)):
            name = getattr(node, NAME_OF.get(type(node), ""), "")
            if name in FORBIDDEN:
                found.add((module, name))
    assert found == MAY.keys()


def test_a_view_needs_no_room_for_those_that_are_hidden(window: Window, walked: Walked) -> None:
    """A stack asks hidden views for their height too, once they have been painted."""
    assert walked.pictures
    window.show_film(False)
    window.resize(1280, 720)
    window.session.change(page="designs")
    for view in designs.PAGE.views:
        window.page.choose_view(view)
        settle(window)
        window.grab()
        room = window.parts.stack.currentWidget().viewport().height()
        assert window.page.height() == room, view
