"""The drawing kit: views, regions, keys, what is told, tables, and rows of widgets."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.kit import fitted_text, telling
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.controls import Menu, combo_box, offer
from nnviz.ui.kit.layout import column, dress, flow, muted, row, sized
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.table import Column, Row, Table, TableView, Words
from nnviz.ui.kit.theme import Theme

pytestmark = pytest.mark.usefixtures("application")
SIDE = 20


@dataclass(frozen=True)
class Squares:
    """Some numbered squares in rows of three."""

    count: int = 6
    word: str = "six"
    pixels: np.ndarray | None = None


class SquaresPicture(Picture[Squares]):
    title = "Squares"
    tip = "Squares in rows of three, of which one is chosen by a click or by the arrow keys"
    least = (60, 40)

    def regions(self, view: Squares) -> Iterable[Region]:
        for number in range(view.count):
            place = QRectF(number % 3 * SIDE, number // 3 * SIDE, SIDE, SIDE)
            yield Region(number, place, tip="word " * 40 if number else "", words=f"{number}.")

    def paint(self, canvas: Canvas, view: Squares) -> None:
        for region in self.regions(view):
            canvas.box(region.place, "raised", "line")

    def words(self, view: Squares) -> str:
        return view.word


@pytest.fixture
def squares(qtbot: QtBot) -> SquaresPicture:
    picture = SquaresPicture(Theme(), Squares())
    qtbot.addWidget(picture)
    picture.resize(80, 60)
    picture.show()
    picture.activateWindow()
    qtbot.waitUntil(picture.isActiveWindow)
    return picture


def told_by(picture: Picture) -> list[object]:
    told: list[object] = []
    picture.chosen.connect(told.append)
    return told


def test_a_click_tells_the_region_under_it(squares: SquaresPicture) -> None:
    told = told_by(squares)
    QTest.mouseClick(squares, Qt.MouseButton.LeftButton, pos=QPointF(50, 30).toPoint())
    QTest.mouseClick(squares, Qt.MouseButton.RightButton, pos=QPointF(10, 10).toPoint())
    QTest.mouseClick(squares, Qt.MouseButton.LeftButton, pos=QPointF(70, 50).toPoint())
    assert told == [5]
    assert squares.at == 5


@pytest.mark.parametrize("choose_at_once", [False, True])
def test_arrows_walk_and_return_chooses(squares: SquaresPicture, choose_at_once: bool) -> None:
    told = told_by(squares)
    squares.arrows_choose = choose_at_once
    keys = Qt.Key
    ways = [keys.Key_Right, keys.Key_Down, keys.Key_Right, keys.Key_Right, keys.Key_Up]
    at = []
    for key in ways:
        QTest.keyClick(squares, key)
        at.append(squares.at)
    assert at == [1, 4, 5, 5, 2]
    assert told == (at if choose_at_once else [])
    QTest.keyClick(squares, keys.Key_Return)
    assert told[-1] == 2
    squares.show_view(Squares(1))
    assert squares.here.key == 0


def test_a_key_that_means_nothing_goes_on_to_the_page(qtbot: QtBot) -> None:
    heard: list[int] = []

    class Holder(QWidget):
        def keyPressEvent(self, event: object) -> None:
            heard.append(event.key())

    holder = Holder()
    qtbot.addWidget(holder)
    picture = SquaresPicture(Theme(), Squares())
    column(picture, of=holder)
    QTest.keyClick(picture, Qt.Key.Key_T)
    QTest.keyClick(picture, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert heard == [Qt.Key.Key_T, Qt.Key.Key_Control, Qt.Key.Key_Left]


def test_an_alike_view_is_not_drawn_again(squares: SquaresPicture) -> None:
    pixels = np.zeros(4)
    first, alike = Squares(pixels=pixels), Squares(pixels=pixels[:])
    squares.show_view(first)
    squares.show_view(alike)
    assert squares.view is first
    squares.show_view(Squares(pixels=pixels.copy()))
    assert squares.view is not first


def test_a_tooltip_is_that_of_the_region_and_wrapped(squares: SquaresPicture) -> None:
    assert squares.tip_at(QPointF(5, 5)) == squares.toolTip()
    tip = squares.tip_at(QPointF(25, 5))
    assert tip.startswith("word")
    for text in (tip, squares.toolTip()):
        assert max(map(len, text.splitlines())) <= 60


def test_what_it_shows_is_told_at_most_once_a_second(
    squares: SquaresPicture, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(telling.time, "monotonic", lambda: 100.0)
    squares.tell()
    for number in range(5):
        squares.show_view(Squares(word=f"step {number}"))
        assert squares.accessibleDescription() == "six"
    qtbot.waitUntil(lambda: squares.accessibleDescription() == "step 4")
    monkeypatch.setattr(telling.time, "monotonic", lambda: 101.5)
    squares.show_view(Squares(word="after a rest"))
    assert squares.accessibleDescription() == "after a rest"
    squares.move_to(3)
    squares.tell()
    assert squares.accessibleDescription() == "3. after a rest"


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_lines_and_boxes_are_in_units_of_the_design_grid(scale: float) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    theme = Theme("dark", scale)
    image.fill(theme.colour("background"))
    with Canvas(image, theme) as canvas:
        canvas.setRenderHint(Canvas.RenderHint.Antialiasing, False)
        canvas.line(QPointF(0, 50), QPointF(100, 50), "text", width=5)
    inked = [y for y in range(100) if image.pixelColor(50, y) == theme.colour("text")]
    assert len(inked) == theme.px(5)


def test_a_line_too_long_is_cut_off_and_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    image, noted = QImage(60, 30, QImage.Format.Format_RGB32), []
    monkeypatch.setattr(fitted_text, "cut_off", noted)
    with Canvas(image, Theme()) as canvas:
        canvas.text(QRectF(0, 0, 60, 30), "fits", LEFT)
        assert not noted
        canvas.text(QRectF(0, 0, 60, 30), "does not fit into so little room", LEFT)
    assert [words for words, _ in noted] == ["does not fit into so little room"]


def table_view(**how: object) -> TableView:
    columns = (Column("name", 60, stretch=1), Column(("right", "%"), 50, key="right", tip="Sort"))
    rows = tuple(
        Row(name, (Words(name), Words(f"{number}")), words=f"{name} has {number}")
        for number, name in enumerate(("one", "two", "three"))
    )
    return TableView(columns, rows, **how)


def test_a_table_tells_rows_and_headings_that_have_a_key(qtbot: QtBot) -> None:
    table = Table(Theme(), table_view(selected="two"))
    qtbot.addWidget(table)
    table.resize(300, 200)
    told = told_by(table)
    for place in (
        table.row_place(2, table.view),
        table.cell_place(-1, 0, table.view),
        table.cell_place(-1, 1, table.view),
    ):
        QTest.mouseClick(table, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert told == ["three", "right"]
    table.at = None
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.at == "three"
    table.tell()
    assert table.accessibleDescription().startswith("three has 2")


def test_columns_of_a_table_share_what_is_left_and_what_is_missing(qtbot: QtBot) -> None:
    table = Table(Theme(), table_view())
    qtbot.addWidget(table)
    for width in (90, 134, 400):
        table.resize(width, 200)
        places = table.column_places(table.view)
        assert places[-1][0] + places[-1][1] == pytest.approx(width - table.px(8))
    assert places[1][1] == 50
    least = table.minimumSizeHint()
    assert least.width() == 60 + 50 + 3 * 8
    assert least.height() == 2 * 26 + 2 + 3 * 28


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_rows_of_widgets_are_dressed_at_every_scale(qtbot: QtBot, scale: float) -> None:
    holder, label, quiet = QWidget(), QLabel("words"), muted(QLabel("less"))
    press, picture = sized(QPushButton("press"), width=90), SquaresPicture(Theme(), Squares())
    wide = sized(QLabel("large"), text=30, bold=True)
    inner = row(label, press, 1, (picture, 2), None, spacing=5)
    outer = column(inner, flow(quiet, wide), spacing=7, margins=(1, 2, 3, 4), of=holder)
    qtbot.addWidget(holder)
    theme = Theme("light", scale)
    dress(holder, theme)
    assert (inner.spacing(), outer.spacing()) == (theme.px(5), theme.px(7))
    margins = outer.contentsMargins()
    assert (margins.left(), margins.bottom()) == (theme.px(1), theme.px(4))
    assert press.width() == theme.px(90)
    assert label.font().pixelSize() == theme.px(20)
    assert (wide.font().pixelSize(), wide.font().weight()) == (theme.px(30), 600)
    assert picture.theme == theme
    assert quiet.palette().color(quiet.foregroundRole()) == theme.colour("muted")
    assert inner.stretch(3) == 2


def test_nothing_is_painted_before_there_is_a_view(qtbot: QtBot) -> None:
    picture = SquaresPicture(Theme())
    qtbot.addWidget(picture)
    picture.grab()
    QTest.keyClick(picture, Qt.Key.Key_Right)
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton)
    picture.tell()
    assert picture.accessibleDescription() == ""
    QApplication.processEvents()


def test_a_box_gets_smaller_with_its_type(qtbot: QtBot) -> None:
    box = combo_box("box", "Box", "", lambda _: None)
    qtbot.addWidget(box)
    offer(box, [("one of several words", 1)], 1)
    least = []
    for size in (12, 36, 12):
        box.setFont(Theme("dark").font(size))
        least.append(box.minimumSizeHint().width())
    assert least[0] == least[2] < least[1]


def test_an_open_menu_closes_when_its_button_may_not_be_used_any_more(qtbot: QtBot) -> None:
    """It would take no click and no key, and nothing else would get any."""
    used = QToolButton()
    qtbot.addWidget(used)
    menu = Menu(used)
    menu.addAction("an entry")
    used.show()
    menu.popup(used.mapToGlobal(used.rect().center()))
    assert QApplication.activePopupWidget() is menu
    used.setEnabled(False)
    assert QApplication.activePopupWidget() is None
