"""Where a scroll bar stands, kept while its room changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QScrollBar


class ScrollPlace:
    """What lay half-way down lies there again after the room or the type has changed, and exactly
    where it was once both are as before."""

    def __init__(self, bar: QScrollBar) -> None:
        self._bar = bar
        self._share = 0.0
        self._laying_out = False
        bar.valueChanged.connect(self._learn)
        bar.rangeChanged.connect(self._learn)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Around what lays out anew and calls `restore` after it."""
        self._laying_out = True
        try:
            yield
        finally:
            self._laying_out = False

    def restore(self) -> None:
        """Back to the place, within `kept`."""
        self._bar.setValue(round(self._share * self._bar.maximum()))

    def _learn(self) -> None:
        if not self._laying_out:
            self._share = min(1.0, self._bar.value() / max(1, self._bar.maximum()))
