"""Which controls are there in lecture mode: a room needs none of the operator's, and those of the
picture itself only while the mouse moves."""

from PySide6.QtWidgets import QWidget

ROLE = "in-lectures"
"""Name of the property."""
GONE, AS_MOUSE_MOVES = "gone", "as-mouse-moves"


def for_operator(*widgets: QWidget) -> None:
    """Marks what is gone in lecture mode: sort boxes, ticks, save buttons, filters."""
    for widget in widgets:
        widget.setProperty(ROLE, GONE)


def for_picture(*widgets: QWidget) -> None:
    """Marks what appears in lecture mode while the mouse moves: pen, clear, play, sliders."""
    for widget in widgets:
        widget.setProperty(ROLE, AS_MOUSE_MOVES)
