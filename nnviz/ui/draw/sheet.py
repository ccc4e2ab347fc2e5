"""What two views have around a pad: undo, redo and clear, and pictures from files, the clipboard,
and what is dropped."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence

from nnviz.data.digits import GREY
from nnviz.data.opened_picture import OpenedPicture
from nnviz.session.history import History
from nnviz.ui.draw import words
from nnviz.ui.draw.pad import Pad
from nnviz.ui.kit.controls import button, name_undo
from nnviz.ui.kit.file_names import network_in
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.picture_source import PictureSource

REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
"""Besides the usual key of the platform."""

Do = Callable[[], object]


class Hand(Protocol):
    """The part of the session that is drawn with."""

    def undo(self) -> Any: ...
    def redo(self) -> Any: ...
    def clear(self) -> Any: ...


class Sheet(QObject):
    """Buttons, keys (before the window has them) and drops of a view, and what they do."""

    found = Signal(object, str)
    """What was made of a picture, and what is said of it (may be empty)"""

    def __init__(
        self,
        view: Page,
        pad: Pad,
        hand: Hand,
        make: Callable[[OpenedPicture], object],
        clear_tip: str,
        open_tip: str,
        refusal: str,
    ) -> None:
        """`make`: see PictureSource; `refusal`: what is said where networks want other digits than
        can be drawn."""
        super().__init__(view)
        self._session, self._pad, self._hand, self._refusal = view.session, pad, hand, refusal
        self.source = PictureSource(view.session, view, make)
        self.source.found.connect(self._take)
        pad.cleared.connect(hand.clear)
        self.undo = button(*words.UNDO, self._undo, "undo")
        self.redo = button(*words.REDO, hand.redo, "redo")
        self.clear = button(words.CLEAR, clear_tip, self._clear, "clear")
        self.choose = self._if_grey(self.source.choose)
        self.open = button(words.OPEN, open_tip, self.choose, "open-image")
        paste = self._if_grey(self.source.paste)
        self.paste = button(*words.PASTE, paste, "paste-image")
        self.buttons = (self.undo, self.redo, self.clear, self.open, self.paste)
        keys = QKeySequence.StandardKey
        self._by_keys: dict[QKeySequence.StandardKey, Do] = {
            keys.Undo: self._undo,
            keys.Redo: hand.redo,
            keys.Paste: paste,
        }
        view.setAcceptDrops(True)
        view.installEventFilter(self)

    def show_history(self, history: History[Any], empty: bool) -> None:
        """What can be taken back, done again and cleared."""
        name_undo(self.undo, history, self.redo)
        self.clear.setEnabled(not empty)

    def _undo(self) -> None:
        self._pad.lift()
        self._hand.undo()

    def _clear(self) -> None:
        self._pad.lift()
        self._hand.clear()

    def _take(self, made: object, notes: str) -> None:
        self._pad.lift()
        self.found.emit(made, notes)

    def _if_grey(self, do: Do) -> Callable[[], None]:
        """Does something with pictures, or says why there can be none."""

        def done() -> None:
            if self._session.state.digits.shape == GREY:
                do()
            else:
                self._session.say("error", self._refusal)

        return done

    def take_dropped(self, data: QMimeData) -> None:
        self._if_grey(lambda: self.source.take(data))()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind, kinds = event.type(), QEvent.Type
        if isinstance(event, QKeyEvent) and kind in (kinds.ShortcutOverride, kinds.KeyPress):
            do = self._done_by(event)
            if do is None:
                return False
            event.accept()  # though it may do something else in the rest of the window
            if kind == kinds.KeyPress:
                do()
        elif isinstance(event, QDropEvent) and kind in (kinds.DragEnter, kinds.Drop):
            if network_in(event.mimeData()) is not None:
                event.ignore()  # the window opens it
                return True
            event.acceptProposedAction()  # what is no picture is told by a sentence
            if kind == kinds.Drop:
                self.take_dropped(event.mimeData())
        else:
            return False
        return True

    def _done_by(self, event: QKeyEvent) -> Do | None:
        if event.keyCombination() == REDO:
            return self._hand.redo
        return next((do for keys, do in self._by_keys.items() if event.matches(keys)), None)
