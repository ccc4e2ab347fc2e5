"""Letting a window live until something holds."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

PATIENCE = 60
"""Seconds."""


def wait_until(application: QApplication, reached: Callable[[], bool]) -> None:
    """Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not reached():
        application.processEvents()
        time.sleep(0.0005)
        if time.monotonic() > end:
            raise TimeoutError("the training process does not answer")
