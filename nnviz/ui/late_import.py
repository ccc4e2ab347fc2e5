"""Importing a large module beside a window that goes on living."""

import importlib
import sys
import threading

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_EVERY = 10
"""Milliseconds."""


class LateImport(QObject):
    """Imports a module of Python code in a thread; says when that has ended, well or not."""

    done = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        # whoever uses the module imports it again, and so meets what went wrong here
        self._thread = threading.Thread(target=_try_import, args=(name,), name=f"import {name}")
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


def _try_import(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception:  # noqa: BLE001 - see above
        sys.modules.pop(name, None)
