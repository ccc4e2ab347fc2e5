"""Opening and saving by way of the file dialogs."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings
from PySide6.QtWidgets import QWidget

from nnviz.data.digits import Source
from nnviz.data.forms.names import ENDINGS
from nnviz.networks.files import is_new
from nnviz.paths import TRAINED
from nnviz.session.autosave import LeftBehind
from nnviz.session.session import Session
from nnviz.session.state import Work
from nnviz.ui.app import words
from nnviz.ui.app.how_read import HowRead
from nnviz.ui.app.left_runs import NOTHING_LEFT, LeftRuns
from nnviz.ui.app.part_dialog import PartDialog
from nnviz.ui.app.unsaved import Proceed, Unsaved
from nnviz.ui.app.unsaved_words import OPEN_DIGITS, Ending
from nnviz.ui.kit.file_dialogs import ask_folder, ask_open, ask_save
from nnviz.ui.kit.file_names import network_in, network_name
from nnviz.ui.kit.preferences import preference
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.questions import ask

MOST_RECENT = 8
NETWORKS, DATA_SETS = "recent", "recent-digits"
"""Names of the settings that hold what was opened last."""


class Files:
    """What the File menu and the digits menu do."""

    def __init__(
        self,
        session: Session,
        window: QWidget,
        page: Callable[[], QWidget],
        theme: Callable[[], Theme],
    ) -> None:
        """`page` and `theme` are those of the moment."""
        self._session = session
        self._window = window
        self._page = page
        self._theme = theme
        session.digits.opened.append(self._remember_digits)

    def choose_network(self) -> None:
        path = ask_open(self._window, "networks", words.OPEN_NETWORK, words.NETWORKS_TO_OPEN)
        if path is not None:
            self.open_network(path)

    def open_network(self, path: Path) -> None:
        """Shows a network file beside the networks that are open; one that tells only some of the
        classes apart with the digits of those, after asking about networks that no file holds."""
        part = self._session.digits.part_for(path)
        if part is not None:
            self.unless_lost(
                self._session.state.works,
                OPEN_DIGITS,
                lambda given_up: self._session.digits.open_part(part, path, given_up),
            )
        elif not self._session.files.open(path):
            return
        self.remember(path)

    def open_dragged(self, dragged: QMimeData, dropped: bool) -> bool:
        """Opens a network that is dropped on the window; -> whether that is what is dragged."""
        path = network_in(dragged)
        if path is not None and dropped:
            self.open_network(path)
        return path is not None

    def choose_how(self) -> None:
        """Asks how the file of the network on screen is to be read, if others trained it."""
        work = self._session.state.work
        path, opened = Path(work.path), work.opened
        if opened is None or opened.adopted is None or not is_new(opened, path):
            self._session.say("passing", words.READ_AS_SAVED)
            return
        dialog = HowRead(
            self._window,
            self._theme(),
            opened.adopted,
            lambda said: self._session.files.open(path, said),
        )
        dialog.finished.connect(lambda: self._page().setFocus())
        dialog.open()

    def open_shipped(self) -> None:
        """Shows the trained network of the design."""
        design = self._session.state.settings.design
        self._session.files.open_shipped(TRAINED / f"{design}.safetensors")

    def choose_save(self) -> None:
        proposed = f"{network_name(self._session.state)}.safetensors"
        path, _ = ask_save(self._window, "networks", words.SAVE_NETWORK, proposed, words.NETWORKS)
        if path is not None:
            path = path if path.suffix else path.with_suffix(".safetensors")
            if self._session.files.save(path):
                self.remember(path)

    def recent(self) -> list[Path]:
        """Network files opened or saved last, newest first, as far as they still exist."""
        return [path for path in _recent(NETWORKS) if os.path.isfile(path)]

    def remember(self, path: Path) -> None:
        """Puts a file at the top of the recent ones."""
        _put_first(NETWORKS, path, self.recent())

    def recent_digits(self) -> list[Path]:
        """Where data sets of one's own were opened last, newest first, as far as they still
        exist."""
        return [path for path in _recent(DATA_SETS) if os.path.exists(path)]

    def in_use(self, source: Source) -> bool:
        """Whether the digits in use are of a data set, or a part of it."""
        here = self._session.state.digits.source.training.whole
        if here.folder is None or source.folder is None:
            return here == source
        return Path(here.folder).resolve() == Path(source.folder).resolve()

    def _remember_digits(self) -> None:
        folder = self._session.state.digits.source.folder
        if folder is not None:
            _put_first(DATA_SETS, Path(folder), self.recent_digits())

    def choose_folder(self) -> None:
        folder = ask_folder(self._window, "digits", words.IDX_FOLDER)
        if folder is not None:
            self.open_digits(Source("folder", str(folder)))

    def choose_data_file(self) -> None:
        """A data set in a file."""
        path = ask_open(self._window, "digits", words.DATA_FILE, words.data_files(ENDINGS))
        if path is not None:
            self.open_digits(Source("folder", str(path)))

    def open_dropped(self, path: Path) -> None:
        """A data set in a folder or a file that was dropped."""
        self.open_digits(Source("folder", str(path)))

    def choose_pictures(self) -> None:
        """Own test digits: a folder of pictures."""
        folder = ask_folder(self._window, "own-digits", words.PICTURE_FOLDER)
        if folder is not None:
            self._session.digits.open_tests(folder)

    def choose_idx(self) -> None:
        """Own test digits: a file in any of the forms."""
        path = ask_open(self._window, "own-digits", words.IDX_FILE, words.data_files(ENDINGS))
        if path is not None:
            self._session.digits.open_tests(path)

    @property
    def own_tests(self) -> bool:
        """Whether your own digits are the test digits."""
        return self._session.state.digits.source.tests is not None

    def end_own_tests(self) -> None:
        """The test digits of the data set again."""
        self._session.digits.open_tests(None)

    def choose_part(self) -> None:
        """Asks which part of the digits is wanted."""
        digits = self._session.state.digits
        dialog = PartDialog(self._window, self._theme(), digits, self.open_digits)
        dialog.finished.connect(lambda: self._page().setFocus())
        dialog.open()

    @property
    def part_in_use(self) -> bool:
        """Whether only a part of the data set is in use."""
        source = self._session.state.digits.source
        return source != source.whole

    def open_whole(self) -> None:
        """All digits of the data set again."""
        self.open_digits(self._session.state.digits.source.whole)

    def open_digits(self, source: Source) -> None:
        """Takes another data set, after asking what becomes of networks that no file holds; one
        with the same training digits closes none."""
        if source.training == self._session.state.digits.source.training:
            self._session.digits.open(source)
            return
        self.unless_lost(
            self._session.state.works,
            OPEN_DIGITS,
            lambda given_up: self._session.digits.open(source, given_up),
        )

    def turn_digits(self) -> None:
        """Turns the digits in use so that they are read better, after asking the same."""
        if self._session.digits.upright is not None:
            self.open_digits(self._session.digits.upright)

    @property
    def can_be_turned(self) -> bool:
        """Whether the digits in use would be read better turned."""
        return self._session.digits.upright is not None

    @property
    def turned(self) -> bool:
        """Whether the digits in use are turned."""
        return self._session.digits.as_stored is not None

    def turn_back(self) -> None:
        """The digits in use as they are stored."""
        stored = self._session.digits.as_stored
        if stored is not None:
            self.open_digits(stored)

    def take_up(self, runs: Sequence[LeftBehind] = ()) -> None:
        """Goes on with runs that earlier programs left, those of the newest unless some are named,
        after asking the same where they need other digits."""
        survival = self._session.survival
        closed = self._session.state.works if survival.other_digits(runs) is not None else ()
        self.unless_lost(closed, OPEN_DIGITS, lambda given_up: survival.take_up(given_up, runs))

    def choose_left(self) -> None:
        """Lists the runs that earlier programs left, to go on with them or let them go."""
        survival = self._session.survival
        if not survival.left:
            self._session.say("passing", NOTHING_LEFT)
            return
        dialog = LeftRuns(survival, self._window, self._theme(), self.take_up)
        dialog.finished.connect(lambda: self._page().setFocus())
        dialog.open()

    def open_digits_of_trial(self) -> None:
        """Opens the digits that the networks of a trial tell apart, after asking the same."""
        trials = self._session.studies.trials
        self.unless_lost(self._session.state.works, OPEN_DIGITS, trials.open_digits)

    def unless_lost(self, works: Sequence[Work], ending: Ending, proceed: Proceed) -> None:
        """Does something that closes networks; asks first what becomes of those that no file
        holds."""
        lost = [work for work in works if work.would_be_lost]
        if not lost:
            proceed(())
            return
        asked = self._window.findChild(Unsaved, "unsaved")
        if isinstance(asked, Unsaved) and asked.isVisible():
            return
        asked = Unsaved(
            self._session, self._window, self._theme(), lost, ending, proceed, self.remember
        )
        asked.finished.connect(lambda: self._page().setFocus())  # space runs and pauses again
        asked.open()

    def unless_new_run(
        self, do: Callable[[], object], kept: Callable[[], object] = lambda: None
    ) -> None:
        """Does something that starts the run on screen over; asks first if no file holds it."""
        work = self._session.state.work
        if not work.would_be_lost:
            do()
            return
        box = ask(self._window, words.lost(work), words.NEW_RUN, do, kept)
        box.finished.connect(lambda: self._page().setFocus())  # space runs and pauses again


def _recent(kind: str) -> list[Path]:
    return [Path(name) for name in preference(kind, [])]


def _put_first(kind: str, path: Path, others: Sequence[Path]) -> None:
    names = [str(path.resolve()), *map(str, others)]
    QSettings().setValue(kind, list(dict.fromkeys(names))[:MOST_RECENT])
