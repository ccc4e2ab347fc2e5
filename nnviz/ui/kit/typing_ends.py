"""Where a text that is being typed is entered: buttons take no focus from its field."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class TypingEnds(QObject):
    """Has a field enter its text before anything else in its window is pressed, which would act
    on another value than the field shows."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind, field, program = event.type(), self._field, QApplication.instance()
        assert program is not None
        if watched is field and kind == QEvent.Type.FocusIn:
            program.installEventFilter(self)
        elif watched is field and kind == QEvent.Type.FocusOut:
            program.removeEventFilter(self)
        elif kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is field or field.isAncestorOf(watched)
            if watched.window() is field.window() and not inside:
                field.clearFocus()
                # nothing is pressed where that asks whether a run may be lost
                return QApplication.activeModalWidget() not in (None, field.window())
        return False
