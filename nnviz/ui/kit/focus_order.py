"""Where Tab and Shift+Tab go: to everything that takes the focus, in its order."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

Reason = Qt.FocusReason


def go_on(window: QWidget, forth: bool) -> bool:
    """Gives the focus to what comes next in a window, or before; -> whether there is anything.

    Qt itself goes on to the focus proxy of whatever comes next: with a page that hands the focus to
    its picture, past every control that stands before that.
    """
    here = QApplication.focusWidget() or window
    at: QWidget | None = here
    while at is not None:
        at = at.nextInFocusChain() if forth else at.previousInFocusChain()
        if at is None or at is here:
            break
        if _takes_focus(at, window):
            at.setFocus(Reason.TabFocusReason if forth else Reason.BacktabFocusReason)
            return True
    return False


def _takes_focus(widget: QWidget, window: QWidget) -> bool:
    if widget.focusProxy() is not None or widget.window() is not window:
        return False
    return _is_there(widget) and _of_its_group(widget) is widget


def _is_there(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()


def _of_its_group(widget: QWidget) -> QWidget:
    """Of buttons of which one is chosen, that one: arrows go on from there."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive():
        return widget
    chosen = group.checkedButton()
    return chosen if chosen is not None and _is_there(chosen) else widget
