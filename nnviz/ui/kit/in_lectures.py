"""Which controls are there in lecture mode: a room needs none of the operator's, and those of the
picture itself only while the mouse moves.

Whoever made a control shows and hides it as always; what is wanted meanwhile is there afterwards.
"""

import weakref

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

GONE, AS_MOUSE_MOVES = "gone", "as-mouse-moves"
"""What a control is there for: the operator, or the picture."""
MODE = "lecture-controls"
"""Property of a window that is in lecture mode, ..."""
NONE, OF_THE_PICTURE = "none", "of-the-picture"
"""... and which controls are there."""
Attribute = Qt.WidgetAttribute
_marked: "weakref.WeakSet[_Marked]" = weakref.WeakSet()


def for_operator(*widgets: QWidget) -> None:
    """Marks what is gone in lecture mode: sort boxes, ticks, save buttons, filters."""
    for widget in widgets:
        _Marked(widget, GONE)


def for_picture(*widgets: QWidget) -> None:
    """Marks what appears in lecture mode while the mouse moves: pen, clear, play, sliders. Its
    place stays free meanwhile, so that nothing moves under the mouse."""
    for widget in widgets:
        _Marked(widget, AS_MOUSE_MOVES)


def wanted(widget: QWidget) -> bool:
    """Whether a widget is there, or would be outside of lecture mode."""
    mark = _mark_of(widget)
    return not widget.isHidden() if mark is None else mark.wanted


def show_controls(window: QWidget, which: str | None) -> None:
    """Shows these controls in a window: NONE or OF_THE_PICTURE in lecture mode; None: all."""
    if window.property(MODE) != which:
        window.setProperty(MODE, which)
        for mark in _inside(window):
            mark.follow()


def of_the_picture(window: QWidget) -> list[QWidget]:
    """Those controls of the picture that can be seen."""
    inside = (each for each in _inside(window) if each.role == AS_MOUSE_MOVES)
    return [each.widget for each in inside if each.widget.isVisible()]


def _mark_of(widget: QWidget) -> "_Marked | None":
    return next((each for each in widget.children() if isinstance(each, _Marked)), None)


def _inside(window: QWidget) -> "list[_Marked]":
    marks = [each for each in _marked if isValid(each)]
    return [each for each in marks if each.widget.window() is window]


class _Marked(QObject):
    """Lets a widget be there only where both its page and its window want it."""

    def __init__(self, widget: QWidget, role: str) -> None:
        before = _mark_of(widget)
        if before is not None:
            widget.removeEventFilter(before)
            before.setParent(None)
        super().__init__(widget)
        self.widget, self.role = widget, role
        self.wanted: bool = not self._put_away if before is None else before.wanted
        self._ours = self._hid = False
        """Whether it is hidden or shown just now, and hidden since, by this alone."""
        self._retains = widget.sizePolicy().retainSizeWhenHidden()
        widget.installEventFilter(self)
        _marked.add(self)
        self.follow()

    @property
    def _put_away(self) -> bool:
        """Whether it was hidden, rather than never shown yet."""
        hidden = self.widget.testAttribute(Attribute.WA_WState_Hidden)
        return hidden and self.widget.testAttribute(Attribute.WA_WState_ExplicitShowHide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._ours:
            return False
        if kind == QEvent.Type.HideToParent:
            self.wanted = self._hid = False
            self.follow()
        elif kind in (QEvent.Type.ShowToParent, QEvent.Type.Show):
            # the latter alone with its page, which was made in lecture mode
            self.wanted = True
            self.follow()
        return False

    def follow(self) -> None:
        """Shows or hides the widget as it is wanted here and now."""
        mode, widget = self.widget.window().property(MODE), self.widget
        picture = self.role == AS_MOUSE_MOVES
        policy = widget.sizePolicy()
        retains = self._retains or (mode is not None and picture and self.wanted)
        if policy.retainSizeWhenHidden() != retains:
            policy.setRetainSizeWhenHidden(retains)
            widget.setSizePolicy(policy)
        there = self.wanted and (mode is None or (picture and mode == OF_THE_PICTURE))
        if there and self._hid:
            self._put(True)
        elif self.wanted and not there and not widget.isHidden():
            self._put(False)
            # else Qt tells of nothing when its page hides what is hidden already
            widget.setAttribute(Attribute.WA_WState_ExplicitShowHide, False)

    def _put(self, there: bool) -> None:
        self._hid, self._ours = not there, True
        self.widget.setVisible(there)
        self._ours = False
