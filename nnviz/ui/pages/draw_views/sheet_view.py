"""A view with a sheet to draw on: its keys come before those of the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QKeySequence

from nnviz.ui.pages.page import Page

REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
"""Besides the usual key of the platform."""


class SheetView(Page):
    """Undoes, redoes and pastes by the usual keys, and takes what is dropped on it."""

    def _undo(self) -> object:
        raise NotImplementedError

    def _redo(self) -> object:
        raise NotImplementedError

    def _paste(self) -> object:
        raise NotImplementedError

    def _done_by(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here, though it may do something else in the rest of the window."""
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo):
            return self._undo
        if event.matches(keys.Redo) or event.keyCombination() == REDO:
            return self._redo
        if event.matches(keys.Paste):
            return self._paste
        return None

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._done_by(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        do = self._done_by(event)
        if do is None:
            super().keyPressEvent(event)
        else:
            do()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()  # what is no picture is told by a sentence
