"""Drawing a digit of one's own, with undo."""

from nnviz.arrays import Bytes
from nnviz.data.digits import GREY
from nnviz.data.drawing import NOTHING_DRAWN, Drawing, Points
from nnviz.session.operations import Operating

MOST_UNDONE = 50


class Drawings(Operating):
    """Changes the drawing; each stroke can be undone."""

    def draw(
        self, points: Points, radius: float, erasing: bool = False, goes_on: bool = False
    ) -> None:
        """Draws a line through points (points, 2), see `Drawing.stroked`.

        A line that goes on from the one before is undone together with it.
        """
        state = self._state
        drawing = state.drawing.stroked(points, radius, erasing)
        if goes_on:
            self.change(drawing=drawing, drawing_shown=True)
        else:
            self._draw(drawing)

    def draw_picture(self, picture: Bytes) -> None:
        """Puts light ink on black, (height, width) 0..255, in the place of the drawing."""
        self._draw(Drawing.of_picture(picture))

    def draw_shown_digit(self) -> None:
        """Puts the test digit in the place of the drawing, pixel for pixel. It stays what is
        looked at, with its label, until the drawing is changed."""
        digits = self._state.digits
        if digits.shape == GREY:
            pixels = digits.images[self._state.image]
            self._draw(Drawing.of_picture(pixels.reshape(GREY[:2])), shown=False)

    def clear_drawing(self) -> None:
        """An empty square; undo brings the ink back."""
        if not self._state.drawing.empty:
            self._draw(NOTHING_DRAWN)

    def undo_drawing(self) -> None:
        """Takes back the last stroke, or whatever else was done to the drawing."""
        state = self._state
        if state.drawings_before:
            self.change(
                drawing=state.drawings_before[-1],
                drawings_before=state.drawings_before[:-1],
                drawings_undone=(*state.drawings_undone, state.drawing),
                drawing_shown=True,
            )

    def redo_drawing(self) -> None:
        """Does again what was undone last."""
        state = self._state
        if state.drawings_undone:
            self.change(
                drawing=state.drawings_undone[-1],
                drawings_before=(*state.drawings_before, state.drawing),
                drawings_undone=state.drawings_undone[:-1],
                drawing_shown=True,
            )

    def show_drawing(self, shown: bool) -> None:
        """Looks at the drawing on every page, or at the test digit again."""
        self.change(drawing_shown=shown, output=None, step=None)

    def _draw(self, drawing: Drawing, shown: bool = True) -> None:
        state = self._state
        before = (*state.drawings_before, state.drawing)[-MOST_UNDONE:]
        self.change(
            drawing=drawing, drawings_before=before, drawings_undone=(), drawing_shown=shown
        )
