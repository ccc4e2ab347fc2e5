"""Files at the edge of what is possible: whatever opens, every page shows without a complaint.

Any warning of numpy or Qt fails a test, so there is nothing to look at but what is told.
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from nnviz.networks.curves import Point, Position
from nnviz.networks.files import TrainedNetwork, save
from nnviz.networks.network import LARGEST_WEIGHT
from nnviz.networks.story import ENORMOUS
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from tests.gallery.collecting import opened_window, settle
from tests.learning.network_files import example

FAR: dict[str, Any] = {
    "trained_on": ENORMOUS,
    "tested_on": ENORMOUS,
    "position": Position(1, 0, ENORMOUS, ENORMOUS, float(ENORMOUS)),
    "points": (Point(0, 1e15, 0, 0, 1), Point(ENORMOUS, 0, 1e15, 1, 0)),
}
SMALL: dict[str, Any] = {
    "trained_on": 1,
    "tested_on": 1,
    "position": Position(),
    "points": (),
    "left_out": "x" * 1000,
}


def largest(trained: TrainedNetwork) -> TrainedNetwork:
    """With weights as large as a file may hold, of either sign."""
    signs, most = np.random.default_rng(1), np.float32(0.999 * LARGEST_WEIGHT)
    arrays: dict[str, Any] = {
        name: most * signs.choice(np.array((-1, 1), np.float32), array.shape)
        for name, array in trained.network.weights().items()
    }
    return dataclasses.replace(trained, network=dataclasses.replace(trained.network, **arrays))


def made(changes: dict[str, Any], **settings: str) -> TrainedNetwork:
    """A network with other facts, which agree."""
    trained = dataclasses.replace(example(**settings), **changes)
    assert trained.handed is not None
    handed = dataclasses.replace(trained.handed, images=trained.trained_on)
    return dataclasses.replace(trained, handed=handed)


ODD = {
    "large": largest(made(FAR)),
    # a hidden neuron of ReLU knows no bound
    "small": largest(made(SMALL, activation="relu")),
}


@pytest.fixture
def window(application: QApplication) -> Iterator[Window]:
    opened = opened_window()
    opened.show_film(False)
    yield opened
    opened.close()
    opened.deleteLater()


def test_what_opens_is_shown_on_every_page(window: Window, tmp_path: Path) -> None:
    session = window.session
    for name, trained in ODD.items():
        path = tmp_path / f"{name}.safetensors"
        save(trained, path)
        assert session.files.open(path), session.state.notice
        for page in PAGES:
            session.change(page=page.id)
            for view in page.views or ("",):
                if view:
                    window.page.choose_view(view)
                settle(window)  # and drawn
        assert session.state.work.file == path.name
