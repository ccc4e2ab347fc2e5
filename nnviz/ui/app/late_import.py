"""Importing large modules beside a window that goes on living.

Only modules that know nothing of Qt: importing those of PySide6 in a thread, or what knows them,
ended one start in thirty in a crash.
"""

import importlib
import threading
from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_EVERY = 10
"""Milliseconds."""


class LateImport(QObject):
    """Imports modules in a thread; says when that has ended, well or not."""

    done = Signal()

    def __init__(self, names: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        # whoever uses a module imports it again, and so meets what went wrong here
        self._thread = threading.Thread(target=_try_import, args=(names,), name="import")
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._thread.start()
        self._timer.start()

    def _look(self) -> None:
        if not self._thread.is_alive():
            self._timer.stop()
            self._thread.join()
            self.done.emit()


def _try_import(names: Sequence[str]) -> None:
    for name in names:
        with suppress(Exception):
            importlib.import_module(name)
