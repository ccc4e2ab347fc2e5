"""The menu of data sets: those that are here open at once, the others can be downloaded."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nnviz.data.catalogue import DATA_SETS, is_fetched
from nnviz.data.digits import Source
from nnviz.session.fetching import Fetching
from nnviz.ui.app import words
from nnviz.ui.app.files import Files
from nnviz.ui.kit.controls import Menu
from nnviz.ui.kit.telling import explain
from nnviz.ui.pages.questions import ask


class DigitsMenu(Menu):
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
        self.clear()
        tip = words.bundled_tip(DATA_SETS["mnist"])
        self._source("", words.BUNDLED, tip, Source())
        for name, data_set in DATA_SETS.items():
            here = is_fetched(name)
            text = words.data_set_entry(data_set, here, loading=name == self._fetching.name)
            tip = words.data_set_tip(data_set, here)
            do = partial(self.choose, name)
            self._source(f"digits-{name}", text, tip, Source(name), do)
        self.addSeparator()
        self._entry("", *words.FOLDER, self._files.choose_folder)
        self._entry("data-file", *words.DATA_FILE_ENTRY, self._files.choose_data_file)
        if self._files.can_be_turned:
            self._entry("digits-turn", *words.TURN, self._files.turn_digits)
        if self._files.turned:
            self._entry("digits-turn-back", *words.TURN_BACK, self._files.turn_back)
        for folder in self._files.recent_digits():
            source = Source("folder", str(folder))
            self._source("recent-digits", words.folder_entry(folder), str(folder), source)
        self.addSeparator()
        self._entry("digits-part", *words.PART, self._files.choose_part)
        if self._files.part_in_use:
            self._entry("digits-whole", *words.WHOLE, self._files.open_whole)
        self.addSeparator()
        self._entry("own-pictures", *words.OWN_PICTURES, self._files.choose_pictures)
        self._entry("own-idx", *words.OWN_IDX, self._files.choose_idx)
        if self._files.own_tests:
            self._entry("own-back", *words.OWN_BACK, self._files.end_own_tests)

    def _source(
        self,
        name: str,
        text: str,
        tip: str,
        source: Source,
        do: Callable[[], object] | None = None,
    ) -> None:
        """An entry for a data set, with a tick where it is in use."""
        action = self._entry(name, text, tip, do or partial(self._files.open_digits, source))
        action.setCheckable(True)
        action.setChecked(self._files.in_use(source))

    def _entry(self, name: str, text: str, tip: str, do: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        action.setObjectName(name)
        explain(action, tip)
        action.triggered.connect(lambda: do())
        return action

    def choose(self, name: str) -> None:
        """Opens a data set, or asks whether to fetch it; one that is being fetched is given up."""
        if name == self._fetching.name:
            self._fetching.cancel()
            return
        if is_fetched(name):
            self._files.open_digits(Source(name))
            return
        self.ask_fetch(name, opens=True)

    def ask_fetch(self, name: str, opens: bool = False) -> None:
        """Asks whether a data set is to be fetched, and `opens` it as soon as it is here."""
        ask(
            self._window,
            words.ask_download(name),
            words.DOWNLOAD,
            lambda: self._fetching.start(name, opens),
            lambda: None,
        )
