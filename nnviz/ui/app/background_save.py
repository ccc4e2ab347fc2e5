"""Saving that can take long: in a thread, with progress and cancel."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from nnviz.errors import Refusal
from nnviz.session.session import Session
from nnviz.ui.app import words
from nnviz.writing import saved

PATIENCE = 1000
"""Milliseconds after which progress is shown."""
LOOKED_AT = 50
"""Milliseconds between two looks at the thread."""

Told = Callable[[int, int], bool]
"""Called with the steps done and all steps; -> whether to go on."""


class BackgroundSave(QObject):
    """Saves one file at a time; what came of it is said on the banner."""

    def __init__(self, session: Session, window: QWidget, kind: str) -> None:
        """`kind` names what is saved, for the objects that tests and screen readers find."""
        super().__init__(window)
        self._session = session
        self._window = window
        self._kind = kind
        self._thread: threading.Thread | None = None
        self._trouble = self._saved = ""
        self._done = 0
        self._wanted = False
        self._progress: QProgressDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKED_AT)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        return self._thread is not None

    def start(self, path: Path, steps: int, save: Callable[[Told], None], done: str = "") -> None:
        """Saves in a thread, and says `done` in the end. `save` ends early, without a file, once
        it is told not to go on; it may raise Refusal."""

        def work() -> None:
            try:
                save(self._told)
            except Refusal as error:
                self._trouble = str(error)
            except Exception as error:  # noqa: BLE001 - the window must hear of it
                self._trouble = words.not_saved(path.name, error)

        self._trouble, self._done, self._wanted = "", 0, True
        self._saved = done or saved(path)
        progress = QProgressDialog(words.saving(path.name), words.CANCEL, 0, steps, self._window)
        progress.setObjectName(f"{self._kind}-progress")
        progress.setWindowModality(Qt.WindowModality.NonModal)
        progress.setMinimumDuration(PATIENCE)
        progress.setAutoReset(False)
        progress.setAutoClose(False)
        progress.canceled.connect(self.cancel)
        self._progress = progress
        self._thread = threading.Thread(target=work, name=self._kind, daemon=True)
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Gives up what is being saved; nothing is left of it."""
        self._wanted = False

    def stop(self) -> None:
        """The same, and waits for the thread. May be called twice."""
        self.cancel()
        if self._thread is not None:
            self._end()

    def _told(self, done: int, _all: int) -> bool:
        self._done = done
        return self._wanted

    def _look(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._end()
        elif self._progress is not None and self._wanted:
            self._progress.setValue(self._done)

    def _end(self) -> None:
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._progress is not None:
            self._progress.blockSignals(True)
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None
        if self._trouble:
            self._session.say("error", self._trouble)
        elif self._wanted:
            self._session.say("passing", self._saved)
