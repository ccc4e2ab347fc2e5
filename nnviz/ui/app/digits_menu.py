"""The menu of data sets: those that are here open at once, the others can be downloaded."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from nnviz.data.catalogue import DATA_SETS, is_fetched
from nnviz.data.digits import Source
from nnviz.data.download import host_of
from nnviz.session.fetching import Fetching
from nnviz.ui.app import words
from nnviz.ui.app.files import Files
from nnviz.ui.kit.tooltips import explain
from nnviz.ui.pages.questions import ask


class DigitsMenu(QMenu):
    """Filled anew whenever it opens, because downloads come and go."""

    def __init__(self, window: QWidget, files: Files, fetching: Fetching) -> None:
        super().__init__(window)
        self.setObjectName("digits-menu")
        self.setToolTipsVisible(True)
        self._window = window
        self._files = files
        self._fetching = fetching
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Looks which data sets are here."""
        files, mnist = self._files, DATA_SETS["mnist"]
        self.clear()
        tip = words.bundled_tip(mnist.credit, mnist.licence)
        self._entry(words.BUNDLED, tip, lambda: files.open_digits(Source()))
        for name, data_set in DATA_SETS.items():
            here, size = is_fetched(name), data_set.megabytes
            loading = name == self._fetching.name
            told = words.data_set(data_set.label, data_set.images, size, here, loading)
            tip = words.data_set_tip(data_set.credit, data_set.licence, size, here)
            self._entry(told, tip, partial(self._choose, name), f"digits-{name}")
        self.addSeparator()
        self._entry(words.FOLDER, words.FOLDER_TIP, files.choose_folder)
        self.addSeparator()
        tip = words.OWN_PICTURES_TIP
        self._entry(words.OWN_PICTURES, tip, files.choose_pictures, "own-pictures")
        self._entry(words.OWN_IDX, words.OWN_IDX_TIP, files.choose_idx, "own-idx")
        if files.own_tests:
            self._entry(words.OWN_END, words.OWN_END_TIP, files.end_own_tests, "own-back")

    def _entry(self, text: str, tip: str, do: Callable[[], object], id: str = "") -> None:
        action = self.addAction(text)
        action.setObjectName(id)
        explain(action, tip)
        action.triggered.connect(lambda: do())

    def _choose(self, name: str) -> None:
        if name == self._fetching.name:
            self._fetching.cancel()
            return
        if is_fetched(name):
            self._files.open_digits(Source(name))
            return
        found = DATA_SETS[name]
        size, host = found.megabytes, host_of(name)
        ask(
            self._window,
            words.ask_download(found.label, found.images, size, host, found.credit, found.licence),
            words.DOWNLOAD,
            lambda: self._fetching.start(name),
            lambda: None,
        )
