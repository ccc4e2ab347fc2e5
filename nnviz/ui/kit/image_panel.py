"""One image with a line above it: weights in two colours, or ink in grey."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nnviz.data.digits import Shape
from nnviz.ui.kit.canvas import CENTRE, Canvas
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import Floats, digit_image, weight_image

LINE = 27


@dataclass(frozen=True)
class ImageView:
    """An image and what is said of it."""

    title: str = ""
    shorter: tuple[str, ...] = ()
    """What is said where that is too long for the room"""
    pixels: Floats | None = None
    """(inputs,): weights, orange for and blue against, if `inked` is given; else ink in 0..1"""
    shape: Shape = (28, 28, 1)
    inked: NDArray[np.bool_] | None = None
    limit: float = 1.0
    """End of the colour scale of weights"""
    struck: bool = False
    """Whether it is struck out: nobody hears it."""
    instead: str = ""
    """What is said in the place of an image that there is none of"""


class ImagePanel(Picture[ImageView]):
    """As large as there is room for; its pixels keep sharp edges."""

    id = "image"
    # a page that folds asks for no more than this where it has little room
    least = (76, 76 + LINE)
    keys = False

    def say(self, title: str, *shorter: str) -> None:
        """The line above the image; shorter ones where it is too long for the room."""
        self.show_view(replace(self._shown, title=title, shorter=shorter))

    def fill(self, titles: Sequence[str], **fields: str) -> None:
        """The same from templates."""
        self.say(*(each.format(**fields) for each in titles))

    def show_weights(
        self, weights: Floats, inked: NDArray[np.bool_], limit: float, shape: Shape
    ) -> None:
        """Weights (inputs,), orange for and blue against."""
        shown = replace(
            self._shown, pixels=weights, inked=inked, limit=limit, shape=shape, instead=""
        )
        self.show_view(shown)

    def show_ink(self, inputs: Floats, shape: Shape) -> None:
        """Inputs (inputs,) in 0..1."""
        self.show_view(replace(self._shown, pixels=inputs, inked=None, shape=shape, instead=""))

    def strike(self, struck: bool) -> None:
        """Whether what is shown is struck out."""
        self.show_view(replace(self._shown, struck=struck))

    @property
    def _shown(self) -> ImageView:
        return self.view if self.view is not None else ImageView()

    @property
    def shown_title(self) -> str:
        """The longest line that fits."""
        titles = (self._shown.title, *self._shown.shorter)
        return next((each for each in titles if fits(each, self.width(), self.theme)), titles[-1])

    @property
    def place(self) -> QRectF:
        """Where the image lies."""
        line = self.px(LINE)
        side = max(4, min(self.width(), self.height() - line))
        return QRectF((self.width() - side) // 2, line, side, side).adjusted(1, 1, -1, -1)

    def words(self, view: ImageView) -> str:
        return view.title or view.instead

    def table(self, view: ImageView) -> Twin | None:
        """Each pixel: of one with colours, as bright as its channels are together."""
        if view.pixels is None:
            return super().table(view)
        height, width, channels = view.shape
        pixels = view.pixels.reshape(height, width, channels).mean(axis=2)
        return twin_of([str(column) for column in range(1, width + 1)], pixels.tolist())

    def paint(self, canvas: Canvas, view: ImageView) -> None:
        canvas.text(QRectF(0, 0, self.width(), self.px(LINE)), self.shown_title)
        if view.instead:
            canvas.paragraph(self.room, view.instead, "muted", align=CENTRE)
        elif view.pixels is None:
            canvas.box(self.place, edge="line")
        elif view.inked is None:
            ink = np.rint(np.clip(view.pixels, 0, 1) * 255).astype(np.uint8)
            canvas.image(self.place, digit_image(ink, self.theme.grey_colours, view.shape))
        else:
            colours = self.theme.weight_colours
            image = weight_image(view.pixels, view.inked, view.limit, colours, view.shape)
            canvas.image(self.place, image)
            if view.struck:
                canvas.line(self.place.bottomLeft(), self.place.topRight(), "text", 5)
