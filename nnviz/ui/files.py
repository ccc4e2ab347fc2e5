"""Opening and saving by way of the file dialogs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from nnviz.folders import TRAINED
from nnviz.learning.digits import Source
from nnviz.session import Session
from nnviz.ui.capture import CaptureError, grab
from nnviz.ui.questions import ask

NETWORKS = "Networks (*.safetensors)"


class Files:
    """What the File menu and the digits menu do."""

    def __init__(self, session: Session, window: QWidget, page: Callable[[], QWidget]) -> None:
        self._session = session
        self._window = window
        self._page = page

    def choose_network(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open network", "", NETWORKS)
        if name:
            self.open_network(Path(name))

    def open_network(self, path: Path) -> None:
        """Shows a network file, after asking if a run would be lost."""
        self.unless_lost("Open the network", lambda: self._session.open_network(path))

    def open_shipped(self) -> None:
        """Shows the trained network of the design."""
        path = TRAINED / f"{self._session.state.settings.design}.safetensors"
        self.unless_lost("Show the network", lambda: self._session.open_shipped(path))

    def choose_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save network", "network.safetensors", NETWORKS
        )
        if name:
            path = Path(name)
            self._session.save_network(path if path.suffix else path.with_suffix(".safetensors"))

    def choose_picture(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save picture", "nnviz.png", "Pictures (*.png *.svg)"
        )
        if name:
            self.save_picture(Path(name))

    def save_picture(self, path: Path) -> None:
        """Saves the page on screen, without the bars."""
        try:
            grab(self._page(), path)
        except CaptureError as error:
            self._session.say("error", str(error))
        else:
            self._session.say("info", f"Saved {path.name}.")

    def digits_menu(self) -> QMenu:
        """The data sets that can be opened."""
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        for text, help, do in (
            ("Bundled: 5,000 MNIST digits", "They come with the program.", self.open_bundled),
            (
                "Open a folder…",
                "A folder with the four IDX files of a data set.",
                self.choose_folder,
            ),
        ):
            action = menu.addAction(text)
            action.setToolTip(help)
            action.triggered.connect(lambda _=False, do=do: do())
        return menu

    def open_bundled(self) -> None:
        self.open_digits(Source())

    def choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, "Folder with IDX files")
        if folder:
            self.open_digits(Source("folder", folder))

    def open_digits(self, source: Source) -> None:
        """Takes another data set, after asking if a run would be lost."""
        self.unless_lost("Open the digits", lambda: self._session.open_digits(source))

    def unless_lost(
        self, what: str, do: Callable[[], object], kept: Callable[[], object] = lambda: None
    ) -> None:
        """Does something that ends the run on screen; asks first if no file holds it."""
        work = self._session.state.work
        if not work.would_be_lost:
            do()
            return
        steps = work.position.steps
        batches = "batch" if steps == 1 else "batches"
        ask(
            self._window,
            f"The run on screen ({steps:,} {batches}) is not saved and will be dropped.",
            what,
            do,
            kept,
        )
