"""What is on screen, taken along: files and the clipboard hold what the window shows."""

import csv
import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu, QTableWidget

from nnviz.ui.app.file_names import film_name, network_name, picture_name
from nnviz.ui.app.picture_dialog import How, PictureDialog
from nnviz.ui.kit.twin import twin_of
from nnviz.ui.votes.page import VotesPage
from tests.ui.conftest import Opened, Show
from tests.ui.test_export import colours, drawn_svg, off

SPOKEN = twin_of(("a", "b"), (("x\ty", 0.25), ("<z>", None), ('"q"', 3)))


@pytest.fixture
def votes(show: Show) -> Opened:
    opened = show(trained=True, size=(1280, 720))
    opened.session.designs.choose("all-pairs")
    opened.session.change(page="votes", image=516)
    opened.window.load_late()
    QApplication.processEvents()
    return opened


def test_a_page_is_the_same_as_pixels_and_as_lines(votes: Opened, tmp_path: Path) -> None:
    take, page = votes.window.parts.take_home, votes.window.page
    before = page.grab().toImage()
    take.save_picture(tmp_path / "page.png")
    plain = QImage(str(tmp_path / "page.png")).convertToFormat(QImage.Format.Format_RGB32)
    assert off(colours(plain), colours(before)) < 0.001
    take.save_picture(tmp_path / "page.svg")
    drawn = (tmp_path / "page.svg").read_bytes()
    assert off(drawn_svg(drawn), colours(before)) < 0.04
    assert b"All digits</text>" in drawn
    take.save_picture(tmp_path / "page.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "page.pdf")[0].get_textpage().get_text_range()
    assert "All digits" in text
    take.save_picture(tmp_path / "fine.png", how=How(pixels=3, white=True))
    fine = QImage(str(tmp_path / "fine.png"))
    assert fine.size() == 3 * before.size()
    assert fine.pixelColor(fine.width() - 1, 0) == QColor("white")
    assert page.grab().toImage() == before  # the page itself is as it was
    take.save_picture(tmp_path / "page.bmp")
    assert "must end in .png, .svg or .pdf" in votes.said


def test_a_picture_has_a_menu_of_its_own(votes: Opened, tmp_path: Path) -> None:
    page, window = votes.window.page, votes.window
    assert isinstance(page, VotesPage)
    matrix = page.pictures.matrix
    at = matrix.mapTo(window, matrix.rect().center())
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(window, QContextMenuEvent(reason, at, window.mapToGlobal(at)))
    menu = window.findChild(QMenu, "picture-menu")
    assert isinstance(menu, QMenu)
    does = {action.text(): action for action in menu.actions()}
    does["Copy picture"].trigger()
    image = QGuiApplication.clipboard().image()
    assert image.size() == 2 * matrix.size()
    does["Copy table"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    line = data.text().splitlines()[1].split("\t")
    assert line[0] == matrix.view.names[0]
    assert float(line[2]) == pytest.approx(100 * matrix.view.beats[0, 1])
    assert data.html().count("<tr>") == 1 + len(matrix.view.names)
    does["Show table"].trigger()
    shown = window.findChild(QTableWidget, "twin-table")
    assert isinstance(shown, QTableWidget)
    cell = shown.item(0, 2)
    assert cell is not None
    assert cell.text() == line[2]
    shown.window().close()
    menu.close()
    matrix.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.parts.take_home.subject is matrix
    file = tmp_path / "votes.csv"
    window.parts.take_home.save_table(file)
    assert next(iter(csv.reader(file.read_text().splitlines())))[1:] == list(matrix.view.names)


def test_how_is_asked_and_remembered(votes: Opened) -> None:
    wanted: list[How] = []
    for _ in range(2):
        dialog = PictureDialog(votes.window, votes.window.theme, wanted.append)
        if not wanted:
            dialog.kind.setCurrentIndex(2)
            dialog.white.setChecked(True)
        dialog.go_on.click()
    assert wanted == [How("png", 3, True)] * 2


def test_names_say_what_files_hold(votes: Opened) -> None:
    state = votes.session.state
    assert picture_name(state, "vote-matrix") == "nnviz-votes-vote-matrix-all-pairs-digit-516"
    assert network_name(state) == "nnviz-all-pairs-8-hidden-30-epochs"
    assert film_name(state) == "nnviz-film-all-pairs-30-epochs"


def test_a_table_survives_any_text() -> None:
    read = list(csv.reader(io.StringIO(SPOKEN.csv().decode())))
    assert read == [["a", "b"], ["x\ty", "0.25"], ["<z>", ""], ['"q"', "3"]]
    assert SPOKEN.tabbed().splitlines()[1] == "x y\t0.25"
    assert "<td>&lt;z&gt;</td><td></td>" in SPOKEN.html()


def test_nothing_opens_where_no_picture_is(votes: Opened) -> None:
    window, bar = votes.window, votes.window.parts.top_bar
    at = bar.mapTo(window, QPoint(1, 1))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, window.mapToGlobal(at))
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()
    assert window.findChild(QMenu, "picture-menu") is None
