"""What is on screen, taken along: files and the clipboard hold what the window shows."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu, QTableWidget

from nnviz.ui.app.take_home_dialogs import How, PictureDialog
from nnviz.ui.kit.export import SVG
from nnviz.ui.kit.file_names import film_name, network_name, picture_name
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


def words_in_clips(drawn: bytes) -> int:
    """How many words of an SVG begin inside their clip; fails if one does not."""
    root, found = ElementTree.fromstring(drawn), 0
    clips = {f"url(#{clip.get('id')})": clip[0] for clip in root.iter(f"{{{SVG}}}clipPath")}
    for group in root.iter(f"{{{SVG}}}g"):
        clip = clips.get(group.get("clip-path", ""))
        for inner in group if clip is not None else ():
            move = numbers_of(inner.get("transform", "matrix(1,0,0,1,0,0)"))
            shift = numbers_of(clip.get("transform", "translate(0,0)"))
            corners = np.reshape(numbers_of(clip.get("d", "")), (-1, 2)) + shift
            for text in inner.iter(f"{{{SVG}}}text"):
                if move[:4] == [1, 0, 0, 1]:
                    at = np.add(move[4:], [float(text.get("x", 0)), float(text.get("y", 0)) - 4])
                    assert (at + 2 >= corners.min(axis=0)).all(), text.text
                    assert (at - 2 <= corners.max(axis=0)).all(), text.text
                    found += 1
    return found


def numbers_of(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", text)]


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
    assert words_in_clips(drawn) > 0
    take.save_picture(tmp_path / "page.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "page.pdf")[0].get_textpage().get_text_range()
    assert "All digits" in text
    take.save_picture(tmp_path / "fine.png", how=How(pixels=3, white=True))
    fine = QImage(str(tmp_path / "fine.png"))
    assert fine.size() == 3 * before.size()
    assert fine.pixelColor(fine.width() - 1, 0) == QColor("white")
    take.save_picture(tmp_path / "white.svg", how=How(white=True))
    small = fine.scaled(before.size()).convertToFormat(QImage.Format.Format_RGB32)
    assert off(drawn_svg((tmp_path / "white.svg").read_bytes()), colours(small)) < 0.06
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


def test_the_page_too_is_asked_about_and_named(votes: Opened) -> None:
    wanted: list[How] = []
    for _ in range(2):
        dialog = PictureDialog(votes.window, votes.window.theme, wanted.append)
        if not wanted:
            dialog.kind.setCurrentIndex(2)
            dialog.white.setChecked(True)
        dialog.go_on.click()
    assert wanted == [How("png", 3, True)] * 2
    state = votes.session.state
    assert picture_name(state, "vote-matrix") == "nnviz-votes-vote-matrix-all-pairs-digit-516"
    assert network_name(state) == "nnviz-all-pairs-8-hidden-30-epochs"
    assert film_name(state) == "nnviz-film-all-pairs-30-epochs"
    window, bar = votes.window, votes.window.parts.top_bar
    at = bar.mapTo(window, QPoint(1, 1))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, window.mapToGlobal(at))
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()
    assert window.findChild(QMenu, "picture-menu") is None


def test_a_table_survives_any_text() -> None:
    read = list(csv.reader(io.StringIO(SPOKEN.csv().decode())))
    assert read == [["a", "b"], ["x\ty", "0.25"], ["<z>", ""], ['"q"', "3"]]
    assert SPOKEN.tabbed().splitlines()[1] == "x y\t0.25"
    assert "<td>&lt;z&gt;</td><td></td>" in SPOKEN.html()
