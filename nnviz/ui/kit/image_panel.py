"""One image with a line above it: weights in two colours, or ink in grey."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.data.digits import Shape
from nnviz.ui.kit.fitted_text import draw_fitted, fits
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import Floats, WeightImages, digit_image

LINE = 27


class ImagePanel(QWidget):
    """As large as there is room for; its pixels keep sharp edges."""

    def __init__(self, theme: Theme, name: str, tooltip: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.title = ""
        self._shorter: tuple[str, ...] = ()
        self._weights = WeightImages()
        self._ink: QImage | None = None
        self._empty = True
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def say(self, title: str, *shorter: str) -> None:
        """The line above the image; shorter ones where it is too long for the room."""
        if (title, *shorter) != (self.title, *self._shorter):
            self.title, self._shorter = title, shorter
            self.setAccessibleDescription(title)
            self.update()

    @property
    def shown_title(self) -> str:
        """The longest line that fits."""
        titles = (self.title, *self._shorter)
        return next((each for each in titles if fits(each, self.width(), self._theme)), titles[-1])

    def show_weights(
        self, weights: Floats, inked: NDArray[np.bool_], limit: float, shape: Shape
    ) -> None:
        """Weights (inputs,), orange for and blue against."""
        self._ink, self._empty = None, False
        self._weights.colour(weights[None], inked, limit, self._theme.weight_colours, shape)
        self.update()

    def show_ink(self, inputs: Floats, shape: Shape) -> None:
        """Inputs (inputs,) in 0..1."""
        pixels = np.rint(np.clip(inputs, 0, 1) * 255).astype(np.uint8)
        self._ink, self._empty = digit_image(pixels, self._theme.grey_colours, shape), False
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the image lies."""
        line = self._theme.px(LINE)
        side = max(4, min(self.width(), self.height() - line))
        return QRectF((self.width() - side) // 2, line, side, side).adjusted(1, 1, -1, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, place = self._theme, self.place
        with QPainter(self) as painter:
            painter.setPen(theme.colour("text"))
            title = QRectF(0, 0, self.width(), theme.px(LINE))
            draw_fitted(painter, title, Qt.AlignmentFlag.AlignCenter, self.shown_title, theme, TEXT)
            if self._ink is not None:
                painter.drawImage(place, self._ink)
            elif not self._empty:
                self._weights.draw(painter, 0, place)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(place)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(76), self._theme.px(76 + LINE))

    def sizeHint(self) -> QSize:
        # a page that folds asks for no more than this where it has little room
        return self.minimumSizeHint()
