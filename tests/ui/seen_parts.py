"""What can be seen of a window: pages that are hidden are not searched."""

from collections.abc import Collection, Iterator

from PySide6.QtWidgets import QWidget


def seen_inside(widget: QWidget, but: Collection[QWidget] = ()) -> Iterator[QWidget]:
    """All that is visible in a widget, but for some with what is in them, and for what a plot
    makes inside, the menu that is never opened among it."""
    for each in widget.children():
        if isinstance(each, QWidget) and each.isVisible() and each not in but:
            yield each
            if type(each).__name__ != "PlotWidget":
                yield from seen_inside(each, but)
