"""Saving the film of a run as an animated GIF, in a thread, with progress and cancel."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QInputDialog, QProgressDialog, QWidget

from nnviz.learning.refusal import Refusal
from nnviz.session import Session
from nnviz.ui.theme import Theme

PATIENCE = 1000
"""Milliseconds after which progress is shown."""
LOOKED_AT = 50
"""Milliseconds between two looks at the thread."""


class FilmExport(QObject):
    """What the menu entry does."""

    def __init__(self, session: Session, window: QWidget, theme: Callable[[], Theme]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._theme = theme
        self._thread: threading.Thread | None = None
        self._trouble = ""
        self._name = ""
        self._done = 0
        self._wanted = False
        self._progress: QProgressDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKED_AT)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        return self._thread is not None

    def choose(self) -> None:
        """Asks for a file and a size, then saves."""
        if not self._session.story.film:
            self._session.say("info", "There is no film yet: Run records one.")
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save film", "film.gif", "Animated pictures (*.gif)"
        )
        if name:
            path = Path(name)
            self._ask_size(path if path.suffix else path.with_suffix(".gif"))

    def _ask_size(self, path: Path) -> None:
        from nnviz.ui.film_gif import SIZES

        dialog = QInputDialog(self._window)
        dialog.setObjectName("film-size")
        dialog.setWindowTitle("Save film")
        dialog.setLabelText("Size of the pictures in pixels:")
        dialog.setComboBoxItems(SIZES)
        dialog.setTextValue(SIZES[1])
        dialog.textValueSelected.connect(lambda size: self.save(path, size))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path, size: str = "960x540", fps: int = 10) -> None:
        """Saves in the theme on screen; what went wrong is said on the banner."""
        from nnviz.ui.film_gif import Cancelled, Look, save_gif

        if self._thread is not None:
            self._session.say("info", "A film is being saved already.")
            return
        width, height = (int(number) for number in size.split("x"))
        look = Look(width, height, self._theme().name, fps)
        story, digits = self._session.story, self._session.state.digits

        def work() -> None:
            try:
                save_gif(story, path, digits.inked, digits.shape, look, self._told)
            except Cancelled:
                self._wanted = False
            except Refusal as error:
                self._trouble = str(error)
            except Exception as error:  # noqa: BLE001 - the window must hear of it
                self._trouble = f"The film cannot be saved: {error!r}."

        self._name, self._trouble, self._done, self._wanted = path.name, "", 0, True
        progress = QProgressDialog(
            f"Saving {path.name}", "Cancel", 0, len(story.film), self._window
        )
        progress.setObjectName("film-progress")
        progress.setWindowModality(Qt.WindowModality.NonModal)
        progress.setMinimumDuration(PATIENCE)
        progress.setAutoReset(False)
        progress.setAutoClose(False)
        progress.canceled.connect(self.cancel)
        self._progress = progress
        self._thread = threading.Thread(target=work, name="film", daemon=True)
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
            self._session.say("info", f"Saved {self._name}.")
