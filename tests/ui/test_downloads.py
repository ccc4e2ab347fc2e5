"""Downloads in the window: asked for, watched, cancelled, opened."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from nnviz.data.catalogue import DATA_SETS, fetched_folder
from nnviz.data.digits import Source
from nnviz.session.state import Transfer
from tests.idx_files import mnist_folder, write_folder
from tests.learning.runs import part_of_set
from tests.loopback import mirror
from tests.ui.conftest import Opened, Show


def entry(opened: Opened, name: str) -> QAction:
    menu = opened.window.parts.footer.digits.menu()
    menu.aboutToShow.emit()
    found = menu.findChild(QAction, f"digits-{name}")
    assert isinstance(found, QAction)
    return found


def answer(opened: Opened, word: str) -> str:
    """Answers the question on screen; -> the question."""
    box = opened.window.findChild(QMessageBox, "question")
    assert isinstance(box, QMessageBox)
    question = box.text()
    next(button for button in box.buttons() if button.text().replace("&", "") == word).click()
    return question


def live(opened: Opened) -> None:
    opened.window.parts.clock.start()


def test_the_menu_tells_what_is_here_and_what_would_be_downloaded(show: Show) -> None:
    opened = show()
    for name, data_set in DATA_SETS.items():
        action = entry(opened, name)
        assert action.text() == (
            f"{data_set.label}: {data_set.images} (download {data_set.megabytes})…"
        )
        assert data_set.credit in " ".join(action.toolTip().split())
        assert data_set.licence in action.toolTip()
    fetched_folder("mnist").mkdir(parents=True)
    assert entry(opened, "mnist").text() == "MNIST: 70,000 handwritten digits"


def test_nothing_is_downloaded_without_a_yes(show: Show) -> None:
    opened = show()
    entry(opened, "cifar-10").trigger()
    question = answer(opened, "Cancel")
    assert question.startswith("Download 170 MB of CIFAR-10 from www.cs.toronto.edu?")
    assert opened.session.state.download is None


def test_a_download_is_watched_and_opened_while_the_window_works(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = show()
    session, banner = opened.session, opened.window.parts.banner
    with mirror({"mnist": mnist_folder()}) as server:
        monkeypatch.setenv("NNVIZ_MIRROR", server.address)
        entry(opened, "mnist").trigger()
        assert "from 127.0.0.1?" in answer(opened, "Download")
        assert banner.isVisible()
        assert banner.sentence.text() == "Downloading MNIST: asking for 11.6 MB."
        assert banner.action.text() == "Cancel"
        session.picking.pick("next")
        assert session.state.image == 1
        heard: list[str] = []
        session.watch(lambda *_: heard.append(banner.sentence.text()))
        live(opened)
        qtbot.waitUntil(lambda: session.state.digits.name == "mnist")
        assert any(" of 11.6 MB." in each for each in heard)
    assert session.state.digits.source == Source("mnist")
    assert session.state.digits.train_count == 60_000
    assert session.state.download is None
    assert not banner.isVisible()


def test_cancel_ends_a_download_half_way(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    # where nobody answers; before it asks, its process has torch to import
    monkeypatch.setenv("NNVIZ_MIRROR", "http://127.0.0.1:9")
    opened = show()
    session, banner = opened.session, opened.window.parts.banner
    opened.window.parts.fetching.start("mnist")
    session.change(download=Transfer("mnist", 4_000_000))  # as if half of it were here
    assert banner.sentence.text() == "Downloading MNIST: 4.0 MB of 11.6 MB."
    assert banner.action.text() == "Cancel"
    opened.window.parts.fetching.start("cifar-10")
    assert banner.sentence.text().startswith("MNIST is still on its way")
    session.change(notice=None)
    assert banner.sentence.text().startswith("Downloading MNIST")
    banner.close_button.click()
    assert not banner.isVisible()
    assert entry(opened, "mnist").text() == "MNIST: cancel its download"
    opened.window.parts.banner.use_theme(opened.window.theme)
    assert not banner.isVisible()
    part = fetched_folder("mnist").parent / ".mnist.part"
    part.mkdir(parents=True, exist_ok=True)
    entry(opened, "mnist").trigger()
    assert opened.window.parts.fetching.name is None
    assert session.state.download is None
    assert banner.sentence.text() == "The download of MNIST was cancelled."
    assert list(fetched_folder("mnist").parent.iterdir()) == []


def test_a_failed_download_is_said_in_words(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "torchvision.py").write_text("import no_such_module")
    monkeypatch.syspath_prepend(tmp_path)
    opened = show()
    opened.window.parts.fetching.start("mnist")
    live(opened)
    qtbot.waitUntil(lambda: opened.session.state.notice is not None)
    assert "no_such_module is not installed, uv sync installs it;" in (
        opened.window.parts.banner.sentence.text()
    )
    assert opened.session.state.download is None


def test_a_fetched_set_opens_at_once_and_one_that_arrives_late_drops_no_run(show: Show) -> None:
    from nnviz.data.digits import bundled_digits

    opened = show()
    fetched_folder("mnist").parent.mkdir(parents=True)
    write_folder(fetched_folder("mnist"), part_of_set(bundled_digits(), 300, 100))
    opened.learn(3)
    opened.window.parts.fetching._arrive("mnist")
    assert "has arrived" in opened.window.parts.banner.sentence.text()
    assert opened.session.state.digits.source == Source()
    opened.session.controls.reset()
    entry(opened, "mnist").trigger()
    opened.ticks_until(lambda: opened.session.state.digits.name == "mnist")
    assert opened.session.state.digits.train_count == 300


def test_the_banner_cancels_at_any_moment(show: Show) -> None:
    opened = show()
    opened.window.parts.fetching.start("cifar-10")
    opened.window.parts.banner.action.click()
    assert opened.session.state.download is None
    assert opened.window.parts.banner.sentence.text() == "The download of CIFAR-10 was cancelled."


def test_closing_the_window_ends_the_download(show: Show) -> None:
    opened = show()
    opened.window.parts.fetching.start("cifar-10")
    opened.window.leave()
    assert opened.window.parts.fetching.name is None
