"""Drawing a digit of one's own, with undo."""

from dataclasses import replace

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY
from nnviz.data.drawing import NOTHING_DRAWN, Drawing, Points
from nnviz.session.store import Store


class DrawingPad:
    """Changes the drawing; each stroke can be undone."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def draw(
        self, points: Points, radius: float, erasing: bool = False, goes_on: bool = False
    ) -> None:
        """Draws a line through points (points, 2), see `Drawing.stroked`.

        A line that goes on from the one before is undone together with it.
        """
        drawing = self._store.state.pad.drawing.stroked(points, radius, erasing)
        if goes_on:
            self._store.choose("pad", drawing=drawing, shown=True)
        else:
            self._put(drawing, "the last stroke")

    def put_picture(self, picture: Bytes) -> None:
        """Puts light ink on black, (height, width) 0..255, in the place of the drawing."""
        self._put(Drawing.of_picture(picture), "the picture")

    def put_shown_digit(self) -> None:
        """Puts the test digit in the place of the drawing, pixel for pixel. It stays what is
        looked at, with its label, until the drawing is changed."""
        digits = self._store.state.digits
        if digits.shape == GREY:
            pixels = digits.images[self._store.state.image]
            drawing = Drawing.of_picture(pixels.reshape(GREY[:2]))
            self._put(drawing, "the test digit", shown=False)

    def clear(self) -> None:
        """An empty square; undo brings the ink back."""
        if not self._store.state.pad.drawing.empty:
            self._put(NOTHING_DRAWN, "emptying the pad")

    def undo(self) -> None:
        """Takes back the last stroke, or whatever else was done to the drawing."""
        pad = self._store.state.pad
        if pad.history.before:
            drawing, history = pad.history.back(pad.drawing)
            self._store.choose("pad", drawing=drawing, history=history, shown=True)

    def redo(self) -> None:
        """Does again what was undone last."""
        pad = self._store.state.pad
        if pad.history.undone:
            drawing, history = pad.history.forth(pad.drawing)
            self._store.choose("pad", drawing=drawing, history=history, shown=True)

    def show(self, shown: bool) -> None:
        """Looks at the drawing on every page, or at the test digit again."""
        pad = replace(self._store.state.pad, shown=shown)
        self._store.change(pad=pad, output=None, step=None)

    def _put(self, drawing: Drawing, what: str, shown: bool = True) -> None:
        pad = self._store.state.pad
        history = pad.history.after(pad.drawing, what)
        self._store.choose("pad", drawing=drawing, history=history, shown=shown)
