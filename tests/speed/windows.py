"""Windows to measure in, of the program itself: over many digits, with or without learning."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from nnviz.data.digits import Source, bundled_digits
from nnviz.training.engine import TrainingProcess
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.window import Window
from tests.idx_files import write_folder

DIGITS = 10_000
PATIENCE = 60
"""Seconds."""


def many_digits(folder: Path) -> Source:
    """The bundled digits, of which so many are test digits as it takes."""
    if not any(folder.iterdir()):
        bundled = bundled_digits()
        images = np.resize(bundled.train_images, (DIGITS, bundled.inputs))
        labels = np.resize(bundled.train_labels, DIGITS)
        write_folder(folder, replace(bundled, test_images=images, test_labels=labels))
    return Source("folder", str(folder))


def learning_window(application: QApplication, source: Source) -> Window:
    """A window with a training process that has opened these many digits."""
    window = Window(make_session(TrainingProcess(), bundled_digits().to_look_at()))
    window.resize(1280, 720)
    window.show()
    window.session.process.start(source)
    window.parts.clock.start()
    wait_until(application, lambda: len(window.session.state.digits.labels) == DIGITS)
    return window


def still_window() -> Window:
    """A window over networks that stay as they are."""
    digits = bundled_digits().to_look_at()
    return Window(make_session(StillEngine(digits), digits))


def wait_until(application: QApplication, reached: Callable[[], bool]) -> None:
    """Lets windows live until something holds. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not reached():
        application.processEvents()
        time.sleep(0.0005)
        if time.monotonic() > end:
            raise TimeoutError("the training process does not answer")
