"""The menu of open networks, of those that come with the program, and of recent files."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.session.entrants import in_short
from nnviz.session.session import Session
from nnviz.ui.app import words
from nnviz.ui.app.files import Files
from nnviz.ui.app.unsaved_words import CLOSE_NETWORK
from nnviz.ui.kit.controls import Menu
from nnviz.ui.kit.telling import explain
from nnviz.ui.pages.compared import LONGEST, OPEN_NETWORKS, SHIPPED_NETWORKS, ComparedMenu

KEYS = {
    "new": "Ctrl+Shift+N",
    "next": "Ctrl+Tab",
    "back": "Ctrl+Shift+Tab",
    "rename": "F2",
    "compare": "Ctrl+Shift+K",
    "close": "Ctrl+W",
}


class NetworksMenu(QMenu):
    """Made anew each time it opens."""

    def __init__(self, session: Session, window: QWidget, files: Files) -> None:
        super().__init__(words.NETWORK_MENU, window)
        self.setToolTipsVisible(True)
        self._session = session
        self._window = window
        self._files = files
        does: dict[str, Callable[[], object]] = {
            "new": session.shelf.add,
            "next": self.show_next,
            "back": session.shelf.back,
            "rename": self.ask_name,
            "compare": self.compare,
            "close": self.close_network,
        }
        self._commands = [
            self._command(*words.NETWORK_COMMANDS[name], does[name], key)
            for name, key in KEYS.items()
        ]
        self.compared = ComparedMenu(session, self)
        self._recent = Menu(self)
        self._recent.setTitle(words.RECENT_FILES)
        self._recent.setToolTipsVisible(True)
        self.aboutToShow.connect(self._open)
        self.fill()

    def _open(self) -> None:
        self._session.designs.load_all()
        self.fill()

    def fill(self) -> None:
        """Lists the commands, the open networks, those that come with the program and the recent
        files."""
        self.clear()
        self.addActions(self._commands)
        self.addMenu(self.compared)
        self.addSection(OPEN_NETWORKS)
        group = QActionGroup(self)
        state = self._session.state
        for place, work in enumerate(state.works):
            lost = " •" if work.would_be_lost else ""
            title = in_short(work.full_title, LONGEST)
            action = self.addAction(f"{title}{lost}")
            told = words.IN_NO_FILE if lost else words.SHOW_NETWORK
            explain(action, told if title == work.full_title else f"{work.full_title}\n{told}")
            action.setCheckable(True)
            action.setChecked(place == state.place)
            action.triggered.connect(partial(self._session.shelf.switch, place))
            group.addAction(action)
        self._list_shipped()
        recent = self._files.recent()
        self._recent.clear()
        if recent:  # in a menu of their own: with all above a small screen has no room for them
            self.addSeparator()
            self.addMenu(self._recent)
        for path in recent:
            action = self._recent.addAction(path.name)
            explain(action, str(path))
            action.triggered.connect(partial(self._files.open_network, path))

    def _list_shipped(self) -> None:
        self.addSection(SHIPPED_NETWORKS)
        designs = self._session.designs
        for name, design in DESIGNS.items():
            action, why = self.addAction(design.label), designs.why_not(name)
            action.setEnabled(not why)
            explain(action, why or words.SHOW_SHIPPED)
            action.triggered.connect(partial(designs.show_shipped, name))

    def compare(self) -> None:
        """Compares the network on screen from now on, or no longer."""
        state = self._session.state
        self._session.shelf.compare(state.work.key, state.work.key not in state.besides.keys)
        self._session.say("passing", words.compared(self._session.state))

    def show_next(self) -> None:
        state = self._session.state
        self._session.shelf.switch((state.place + 1) % len(state.works))

    def ask_name(self) -> None:
        dialog = QInputDialog(self._window)
        dialog.setObjectName("rename")
        dialog.setWindowTitle(words.RENAME)
        dialog.setLabelText(words.NAME_OF_NETWORK)
        dialog.setTextValue(self._session.state.work.title)
        dialog.textValueSelected.connect(self._session.shelf.rename)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def close_network(self) -> None:
        """Closes the network on screen, after asking if no file holds it."""
        self._files.unless_lost(
            (self._session.state.work,),
            CLOSE_NETWORK,
            lambda _given_up: self._session.shelf.close(),
        )

    def _command(self, text: str, help: str, do: Callable[[], object], key: str) -> QAction:
        action = QAction(text, self)
        explain(action, help)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: do())
        self._window.addAction(action)
        return action
