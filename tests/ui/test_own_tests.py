"""Own test digits by way of the menu: chosen, shown, told about, and given back."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QPushButton, QTextEdit

from nnviz.data.digits import ShownDigits
from nnviz.questions.listing import Listing
from tests.ui.conftest import Opened, Show


def entry(opened: Opened, name: str) -> QAction | None:
    menu = opened.window.findChild(QMenu, "digits-menu")
    menu.fill()  # type: ignore[attr-defined]
    return next((each for each in menu.actions() if each.objectName() == name), None)


def choose(opened: Opened, name: str) -> None:
    action = entry(opened, name)
    action.trigger()


@pytest.fixture
def folder(tmp_path: Path, digits: ShownDigits) -> Path:
    for number in range(12):
        image = Image.fromarray(digits.images[number].reshape(28, 28))
        image.save(tmp_path / f"{digits.labels[number]}-{number:02}.png")
    (tmp_path / "5-broken.png").touch()
    return tmp_path


def test_a_folder_of_pictures_and_back(
    show: Show, digits: ShownDigits, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = show(trained=True)
    session = opened.session
    session.change(page="mistakes")
    assert entry(opened, "own-back") is None
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    choose(opened, "own-pictures")
    opened.ticks_until(lambda: len(session.state.digits.labels) == 12)
    assert opened.window.parts.footer.digits.text() == "own tests 12 ▾"
    opened.ticks_until(lambda: not session.judgements.missing)
    counts = opened.window.page.view.matrix.view.counts  # type: ignore[attr-defined]
    assert counts.sum() == 12
    view, named = (
        opened.window.page.view,
        sorted(f"{digits.labels[n]}-{n:02}.png" for n in range(12)),
    )
    session.choose("mistakes", listing=Listing("all", order="number"))
    assert [session.state.digits.file_of(image) for image in range(12)] == named
    assert view.grid.view.facts(3).startswith(f"digit 3, {named[3]}: label ")
    session.change(image=3)
    opened.window.page.choose_view("digit")  # type: ignore[attr-defined]
    assert opened.window.page.view.place.text().startswith(f"{named[3]}, 4 of 12 listed")
    opened.window.page.choose_view("confusion")  # type: ignore[attr-defined]
    banner = opened.window.parts.banner
    assert banner.sentence.text().endswith("are the test digits now; 1 was left out.")
    opened.click(banner.details)
    box = opened.window.findChild(QMessageBox)
    assert "5-broken.png is empty" in box.detailedText()
    assert f"{named[3]}: {named[3][0]}" in box.detailedText().splitlines()
    text = box.findChild(QTextEdit)
    assert text.isVisible()
    opened.click(box.findChild(QPushButton, "details-copy"))
    assert "5-broken.png is empty" in QGuiApplication.clipboard().text()
    assert box.isVisible()
    box.close()
    choose(opened, "own-back")
    opened.ticks_until(lambda: len(session.state.digits.labels) == 1000)
    assert opened.window.parts.footer.digits.text() == "bundled 5,000 ▾"


def test_an_idx_file_that_is_none_is_refused(
    show: Show, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = show(trained=True)
    wrong = folder / "5-broken.png"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    choose(opened, "own-idx")
    opened.ticks_until(
        lambda: bool(opened.session.state.notice and opened.session.state.notice.kind == "error")
    )
    assert "is empty" in opened.window.parts.banner.sentence.text()
    assert len(opened.session.state.digits.labels) == 1000


def test_a_count_is_asked_about_and_taken_for_labels_when_it_is_said_so(
    show: Show, tmp_path: Path, digits: ShownDigits, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 13):
        Image.fromarray(digits.images[number].reshape(28, 28)).save(tmp_path / f"{number}.png")
    opened = show(trained=True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    choose(opened, "own-pictures")
    banner = opened.window.parts.banner
    opened.ticks_until(lambda: banner.action.isVisible() and banner.action.text() != "Cancel")
    assert len(opened.session.state.digits.labels) == 1000
    assert banner.action.text() == "They are labels"
    opened.click(banner.action)
    opened.ticks_until(lambda: len(opened.session.state.digits.labels) == 9)
