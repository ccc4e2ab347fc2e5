"""Networks that others trained, in the window: opened, dropped, read otherwise, refused."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.networks.adopted import Said
from nnviz.ui.app.how_read import HowRead
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.file_names import network_in
from tests.learning.foreign_files import net, write
from tests.ui.conftest import Opened, Show


def drop(opened: Opened, path: Path, on: QWidget | None = None) -> bool:
    """Drops a file on the window, or on a part of it; -> whether that would have it."""
    on = on or opened.window
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction
    try:
        enter = QDragEnterEvent(QPointF(50, 50), actions, data, button, keys)
    except TypeError:  # before Qt 6.12 only whole pixels
        enter = QDragEnterEvent(QPoint(50, 50), actions, data, button, keys)
    enter.ignore()
    QApplication.sendEvent(on, enter)
    if enter.isAccepted():
        QApplication.sendEvent(on, QDropEvent(QPointF(50, 50), actions, data, button, keys))
    return enter.isAccepted()


def asked(opened: Opened) -> HowRead | None:
    found = opened.window.findChildren(HowRead, "how-read")
    return next((each for each in found if each.isVisible()), None)


def test_a_dropped_network_is_guessed_and_read_otherwise(show: Show, tmp_path: Path) -> None:
    opened = show()
    session = opened.session
    opened.window.parts.files.choose_how()
    assert "saved by nnviz" in opened.said
    path = write(tmp_path / "theirs.npz", net("relu", "-1..1").arrays)
    assert drop(opened, path)
    assert "theirs.npz guessed: ReLU, pixels -1..1" in opened.said
    assert session.state.work.network.activation == "relu"
    assert session.state.work.title == "theirs.npz"
    banner = opened.window.parts.banner
    assert banner.action.shortcut() == QKeySequence("Ctrl+Return")
    opened.click(banner.action)
    dialog = asked(opened)
    assert dialog is not None
    box = dialog.boxes["activation"]
    box.setCurrentIndex(box.findData("tanh"))
    opened.click(dialog.take)
    assert session.state.work.network.activation == "tanh"
    opened.bot.waitUntil(lambda: asked(opened) is None)
    assert len(session.state.works) == 1
    opened.window.parts.files.choose_how()
    again = asked(opened)
    assert again is not None
    assert again.said.activation == "tanh"
    assert again.said.output == ""
    opened.click(again.cancel)
    assert session.state.work.network.activation == "tanh"


def test_a_file_that_cannot_be_opened_changes_nothing(show: Show, tmp_path: Path) -> None:
    opened = show(trained=True)
    before = opened.session.state.work
    path = tmp_path / "net.pkl"
    path.write_bytes(b"\x80\x04}\x94.")
    assert drop(opened, path)
    assert "is a pickle (.pkl, joblib)" in opened.said
    assert opened.session.state.work is before
    assert not drop(opened, tmp_path / "song.mp3")
    images = {"x_train": np.zeros((9, 28, 28), np.uint8), "y_train": np.zeros(9, np.uint8)}
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path / "mnist.npz", images)))])
    assert network_in(data) is None  # a data set
    opened.session.change(page="draw", notice=None)
    wanting = [each for each in opened.window.page.findChildren(QWidget) if each.acceptDrops()]
    (pad,) = [each for each in wanting if each.isVisible()]
    assert drop(opened, path, on=pad)  # by way of the window
    assert "is a pickle (.pkl, joblib)" in opened.said


def test_what_is_adopted_can_be_trained_further(show: Show, tmp_path: Path) -> None:
    opened = show()
    session = opened.session
    path = write(tmp_path / "theirs.safetensors", net("tanh").arrays)
    opened.window.parts.files.open_network(path)
    weights = session.state.work.network.output_weights
    session.files.train_further()
    opened.ticks_until(lambda: session.state.work.position.steps > 0)
    session.runs.pause()
    opened.ticks_until(lambda: not session.state.running)
    assert (session.state.work.network.output_weights != weights).any()
    assert session.files.save(tmp_path / "further.safetensors")
    assert session.files.open(tmp_path / "further.safetensors")
    before = session.state.work.opened.taught.before
    assert not before.handed.known


def test_what_learns_nothing_here_is_shown_on_every_page_and_makes_way_for_a_run(
    show: Show, tmp_path: Path
) -> None:
    opened = show()
    session = opened.session
    path = write(tmp_path / "theirs.safetensors", net("relu").arrays)
    assert session.files.open(path, said=Said("gelu", "softmax", "0..1", "rows"))
    theirs = session.state.work
    assert theirs.network.activation == "gelu"
    for page in PAGES:
        session.change(page=page.id)
        opened.window.grab()
    session.files.train_further()
    assert "GELU are shown here but learn nothing" in opened.said
    assert session.state.work is theirs
    session.runs.run()
    opened.ticks_until(lambda: session.state.work.position.steps > 0)
    assert session.state.work.network.activation == "sigmoid"
    session.runs.pause()
    opened.ticks_until(lambda: not session.state.running)
