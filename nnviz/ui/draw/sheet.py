"""What a view with a sheet to draw on takes: keys, before the window does, and pictures."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
"""Besides the usual key of the platform."""

Do = Callable[[], object]


class SheetKeys(QObject):
    """Undoes, redoes and pastes by the usual keys, and takes what is dropped on a view."""

    def __init__(
        self, view: QWidget, undo: Do, redo: Do, paste: Do, take: Callable[[QMimeData], object]
    ) -> None:
        super().__init__(view)
        self._undo, self._redo, self._paste, self._take = undo, redo, paste, take
        view.setAcceptDrops(True)
        view.installEventFilter(self)

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
            event.acceptProposedAction()  # what is no picture is told by a sentence
            if kind == kinds.Drop:
                self._take(event.mimeData())
        else:
            return False
        return True

    def _done_by(self, event: QKeyEvent) -> Do | None:
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo):
            return self._undo
        if event.matches(keys.Redo) or event.keyCombination() == REDO:
            return self._redo
        if event.matches(keys.Paste):
            return self._paste
        return None
