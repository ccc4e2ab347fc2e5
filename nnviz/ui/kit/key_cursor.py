"""The frame round what the arrow keys are on, shown only to who uses keys."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class KeyCursor(QWidget):
    """A picture with a cursor that keys move."""

    _by_keys = False

    @property
    def shows_cursor(self) -> bool:
        """Whether the frame is drawn: it would only distract who uses the mouse."""
        return self._by_keys and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_keys = event.reason() in _BY_KEYS

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and not self._by_keys:
            self._by_keys = True
            self.update()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._by_keys = False
        return super().event(event)
