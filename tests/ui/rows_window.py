"""The view of rows of digits on a window, and what one does there."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from nnviz.ui.draw.row_answers import RowAnswer
from nnviz.ui.draw.row_board import CutRow
from nnviz.ui.draw.rows import RowsOfDigits
from tests.ui.conftest import Opened, Show


def opened_rows(show: Show, **how: object) -> tuple[Opened, RowsOfDigits]:
    opened = show(trained=True, page="draw", view="rows", **how)
    opened.window.page.choose_view("rows")
    view = opened.window.page.view
    assert isinstance(view, RowsOfDigits)
    return opened, view


def answer_of(view: RowsOfDigits) -> RowAnswer:
    assert view.answer is not None
    return view.answer


def cut_of(view: RowsOfDigits) -> CutRow:
    """What the picture of the row shows."""
    cut = view.picture.view.cut
    assert isinstance(cut, CutRow)
    return cut


def spelled(opened: Opened, view: RowsOfDigits, text: str, gaps: str = "spaced") -> None:
    opened.session.choose("row", gaps=gaps)
    view.controls.typed.setText(text)
    QTest.keyClick(view.controls.typed, Qt.Key.Key_Return)


def place_of_cut(view: RowsOfDigits, number: int) -> QPoint:
    shown = cut_of(view)
    layout = view.picture.layout_of(shown)
    return QPointF(layout.x_of(shown.columns[number]), layout.row.center().y()).toPoint()
