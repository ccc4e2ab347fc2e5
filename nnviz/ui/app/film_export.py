"""Saving the film of a run as an animated GIF or as a page; Pillow is imported only for that."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QInputDialog, QWidget

from nnviz.session.session import Session
from nnviz.ui.app import words
from nnviz.ui.app.background_save import BackgroundSave, Told
from nnviz.ui.kit.file_dialogs import ask_save
from nnviz.ui.kit.file_names import film_name
from nnviz.ui.kit.theme import Theme


class FilmExport(BackgroundSave):
    """What the menu entry does."""

    def __init__(self, session: Session, window: QWidget, theme: Callable[[], Theme]) -> None:
        super().__init__(session, window, "film")
        self._theme = theme

    def choose(self) -> None:
        """Asks for a file and a size, then saves."""
        if not self._session.files.story.film:
            self._session.say("passing", words.NO_FILM_YET)
            return
        proposed = f"{film_name(self._session.state)}.gif"
        path, chosen = ask_save(
            self._window, "exports", words.SAVE_FILM, proposed, words.FILM_FILES
        )
        if path is not None:
            ending = ".html" if "html" in chosen else ".gif"
            path = path if path.suffix else path.with_suffix(ending)
            if path.suffix.lower() == ".gif":
                self._ask_size(path)
            else:
                self.save(path)

    def _ask_size(self, path: Path) -> None:
        from nnviz.ui.app.film_gif import SIZES

        dialog = QInputDialog(self._window)
        dialog.setObjectName("film-size")
        dialog.setWindowTitle(words.SAVE_FILM)
        dialog.setLabelText(words.SIZE_OF_PICTURES)
        dialog.setComboBoxItems(SIZES)
        dialog.setTextValue(SIZES[1])
        dialog.textValueSelected.connect(lambda size: self.save(path, size))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path, size: str = "960x540", fps: int = 10) -> None:
        """Saves in the theme on screen; what went wrong is said on the banner."""
        from nnviz.ui.app.film_gif import Cancelled, Look
        from nnviz.ui.app.film_html import save_film

        if self.running:
            self._session.say("passing", words.FILM_BEING_SAVED)
            return
        width, height = (int(number) for number in size.split("x"))
        look = Look(width, height, self._theme().name, fps)
        story, digits = self._session.files.story, self._session.state.digits

        def work(told: Told) -> None:
            with contextlib.suppress(Cancelled):
                save_film(story, path, digits.inked, digits.shape, look, told)

        self.start(path, len(story.film), work)
