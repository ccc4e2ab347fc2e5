"""What the networks see of a drawing, and what was done to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY
from nnviz.data.drawing import Drawing, Frame
from nnviz.data.normalising import Box
from nnviz.ui.draw import words
from nnviz.ui.draw.pad import BLACK, FRAME_COLOUR, paint_frame, paint_pieces
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.fitted_text import SMALLEST, fits
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import sentences

LINE, TWO_LINES, MOST_LINES = 26, 44, 2
WIDTH = 160


@dataclass(frozen=True)
class SeenView:
    """An image, where its ink lies, and what was done in a few lines."""

    pixels: Bytes | None = None
    """(784,) 0..255; None without ink"""
    placed: Box | None = None
    """The box that the ink was brought to, if it was."""
    lines: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    """Where the pieces of a picture lie, in sides of the image"""


class SeenDigit(Picture[SeenView]):
    """The image with sharp pixels, its title above and what was done below."""

    id = "seen-digit"
    title = words.SEEN
    tip = words.SEEN_TIP
    keys = False
    policy = (Policy.Preferred, Policy.Preferred)
    least = (WIDTH, WIDTH + LINE * (1 + MOST_LINES))

    @property
    def place(self) -> QRectF:
        """Where the image lies."""
        side = min(self.width(), self.height() - self._head - self.px(LINE) * MOST_LINES)
        return QRectF((self.width() - side) // 2, self._head, side, side).adjusted(1, 1, -1, -1)

    @property
    def _head(self) -> int:
        """Height of the title: a second line where it needs one."""
        one = fits(words.SEEN_TITLE, self.width(), self.theme, SMALLEST)
        return self.px(LINE if one else TWO_LINES)

    def words(self, view: SeenView) -> str:
        return sentences(*view.lines) or words.NO_INK_SEEN

    def regions(self, view: SeenView) -> Iterable[Region]:
        if view.placed is not None:
            yield Region("frame", self.room, sentences(words.SEEN_TIP, words.SEEN_FRAME))

    def paint(self, canvas: Canvas, view: SeenView) -> None:
        place, line = self.place, QRectF(0, 0, self.width(), self.px(LINE))
        canvas.text(QRectF(0, 0, self.width(), self._head), words.SEEN_TITLE)
        canvas.box(place, BLACK)
        if view.pixels is not None:
            image = digit_image(view.pixels, self.theme.grey_colours, GREY)
            canvas.image(place, image, edge="")
        if view.placed is not None:
            self._paint_box(canvas, place, view.placed)
        paint_pieces(canvas, place, view.frames)
        canvas.box(place, edge="line", width=2)
        line.moveTop(place.bottom() + self.px(2))
        for each in view.lines:
            canvas.text(line, each, ink="muted")
            line.translate(0, line.height())

    def _paint_box(self, canvas: Canvas, place: QRectF, box: Box) -> None:
        """The box of the ink, and its centre of mass."""
        paint_frame(canvas, place, box, GREY[0])
        pixel, arm = place.width() / GREY[1], self.px(8)
        centre = QPointF(
            round(place.x() + 14.5 * pixel),
            round(place.y() + 14.5 * pixel),
        )
        for along in (QPointF(arm, 0), QPointF(0, arm)):
            canvas.line(centre - along, centre + along, FRAME_COLOUR, 3)


def frames_seen(drawing: Drawing, normalising: bool) -> tuple[Frame, ...]:
    """Where the pieces of the picture that a drawing was made from lie in what networks see; a
    single one is the box of the ink itself."""
    done, pixels = drawing.normalised, len(drawing.ink)
    if len(drawing.frames) < 2 or done is None:
        return ()
    if not normalising:
        return drawing.frames
    before, after = done.ink, done.placed
    wide, high = after.width / before.width, after.height / before.height

    def seen(left: float, top: float, right: float, bottom: float) -> Frame:
        across = [(x * pixels - before.left) * wide + after.left for x in (left, right)]
        down = [(y * pixels - before.top) * high + after.top for y in (top, bottom)]
        return (
            across[0] / GREY[1],
            down[0] / GREY[0],
            across[1] / GREY[1],
            down[1] / GREY[0],
        )

    return tuple(seen(*frame) for frame in drawing.frames)
