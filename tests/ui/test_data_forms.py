"""Data sets in other forms by way of the window: opened, dropped, turned, and turned back."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu

from nnviz.data.digits import Source
from nnviz.data.forms.turning import turned
from tests.forms.written import few, keras, plain_csv
from tests.ui.conftest import Opened, Show


def entry(opened: Opened, name: str) -> QAction | None:
    menu = opened.window.findChild(QMenu, "digits-menu")
    menu.fill()  # type: ignore[attr-defined]
    return next((each for each in menu.actions() if each.objectName() == name), None)


def dropped(opened: Opened, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    opened.window.dropEvent(QDropEvent(QPointF(9, 9), action, data, button, no_key))


def test_a_file_is_opened_and_its_digits_are_turned_by_the_banner(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = keras(tmp_path, few().as_others_have_them(lambda some: turned(some, ("transposed",))))
    opened = show(trained=True)
    session, banner = opened.session, opened.window.parts.banner
    assert entry(opened, "digits-turn") is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    entry(opened, "data-file").trigger()
    opened.ticks_until(lambda: session.state.digits.source.folder == str(path))
    assert "rows and columns exchanged" in banner.sentence.text()
    assert banner.action.text() == "Turn them"
    assert entry(opened, "digits-turn") is not None
    opened.click(banner.action)
    opened.ticks_until(lambda: session.state.digits.source.turned == ("transposed",))
    np.testing.assert_array_equal(session.state.digits.images.reshape(-1, 28, 28), few().test)
    assert entry(opened, "digits-turn") is None
    entry(opened, "digits-turn-back").trigger()
    opened.ticks_until(lambda: session.state.digits.source == Source("folder", str(path)))


def test_a_table_that_is_dropped_on_the_window_is_opened(show: Show, tmp_path: Path) -> None:
    opened = show(trained=True)
    dropped(opened, plain_csv(tmp_path, few()))
    opened.ticks_until(lambda: len(opened.session.state.digits.labels) == len(few().test))
    assert opened.session.state.work.opened is not None  # it was made for such digits
    dropped(opened, tmp_path / "letter.doc")
    assert opened.session.state.digits.source.folder == str(tmp_path / "mnist_train.csv")
