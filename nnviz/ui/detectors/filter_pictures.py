"""The filters of a convolutional front beside what they say of the digit, and one of them large."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from nnviz.data.arrays import Bytes, Floats
from nnviz.data.digits import Shape
from nnviz.ui.detectors import words
from nnviz.ui.kit.canvas import CENTRE, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.weight_images import digit_image, own_limits, weight_image

GAP, BETWEEN = 6, 2
"""Between two filters, and between a filter and its map, on the design grid."""
OF_MAP = 0.42
"""Side of a filter, of its map's."""
LINE = 28
"""Height of a line of words."""
BRIGHT = 0.99
"""So many of all places are not the brightest."""
SLICES = 8
"""Slices of a filter that lie side by side."""


@dataclass(frozen=True)
class FiltersView:
    """All filters of one layer."""

    kernels: Floats
    """(filters, side, side, channels): channels 1 or 3, as of an image"""
    maps: Floats
    """(filters, rows, columns): what each says of every place of the digit, 0 or more"""
    selected: int
    said: tuple[str, ...]
    """What is told of each filter."""
    words: str


@dataclass(frozen=True)
class FilterView:
    """One filter, and how it comes to what it says."""

    title: str
    slices: Floats
    """(slices, side, side, channels): what it looks for in each map that it reads"""
    before: Floats
    """(rows, columns)"""
    pooled: Floats | None
    """The same after pooling, where it is pooled"""
    pixels: Bytes
    shape: Shape
    said: str


class FilterGrid(Picture[FiltersView]):
    """Each filter at the left of its map; as large as there is room for all."""

    id = "filter-grid"
    title = words.FILTER_GRID
    tip = words.FILTER_GRID_TIP
    least = (360, 240)
    arrows_choose = True

    def words(self, view: FiltersView) -> str:
        return view.words

    def selected(self, view: FiltersView) -> int:
        return view.selected

    def places(self, count: int) -> list[QRectF]:
        """Of each filter with its map."""
        gap = self.px(GAP)

        def side_of(columns: int) -> float:
            across = (self.width() - gap) / columns - gap - self.px(BETWEEN)
            down = (self.height() - gap) / math.ceil(count / columns) - gap
            return min(across / (1 + OF_MAP), down)

        columns = max(range(1, count + 1), key=side_of)
        side = max(8.0, side_of(columns))
        wide = side * (1 + OF_MAP) + self.px(BETWEEN)
        rows = math.ceil(count / columns)
        left = (self.width() - columns * (wide + gap) + gap) / 2
        top = (self.height() - rows * (side + gap) + gap) / 2
        return [
            QRectF(
                left + at % columns * (wide + gap), top + at // columns * (side + gap), wide, side
            )
            for at in range(count)
        ]

    def regions(self, view: FiltersView) -> Iterable[Region]:
        places = self.places(len(view.maps))
        for at, (place, said) in enumerate(zip(places, view.said, strict=True)):
            yield Region(at, place, said, said)

    def paint(self, canvas: Canvas, view: FiltersView) -> None:
        theme = self.theme
        highest = bright(view.maps)
        for at, place in enumerate(self.places(len(view.maps))):
            side = place.height()
            image = ink_image(view.maps[at], highest, theme.grey_colours)
            canvas.image(QRectF(place.right() - side, place.y(), side, side), image)
            small = side * OF_MAP
            kernel = kernel_image(view.kernels[at], theme.weight_colours)
            canvas.image(QRectF(place.x(), place.center().y() - small / 2, small, small), kernel)
            if at == view.selected:
                edge = self.px(GAP) / 2
                canvas.box(place.adjusted(-edge, -edge, edge, edge), edge="focus", width=3)


class OneFilter(Picture[FilterView]):
    """The digit, the filter and its map from top to bottom, or from left to right."""

    id = "one-filter"
    title = words.ONE_FILTER
    tip = words.ONE_FILTER_TIP
    least = (200, 200)
    keys = False

    def words(self, view: FilterView) -> str:
        return view.said

    def places(self, view: FilterView) -> list[QRectF]:
        """Of the images, each with a line of words below it."""
        count = 3 if view.pooled is None else 4
        top, line, gap = self.px(LINE), self.px(LINE), self.px(GAP)

        def side_of(columns: int) -> float:
            rows = math.ceil(count / columns)
            across = (self.width() + gap) / columns - gap
            return min(across, (self.height() - top) / rows - line)

        columns = max(range(1, count + 1), key=side_of)
        side = max(8.0, side_of(columns))
        left = (self.width() - columns * (side + gap) + gap) / 2
        return [
            QRectF(
                left + at % columns * (side + gap), top + at // columns * (side + line), side, side
            )
            for at in range(count)
        ]

    def paint(self, canvas: Canvas, view: FilterView) -> None:
        theme, line = self.theme, self.px(LINE)
        canvas.text(QRectF(0, 0, self.width(), line), view.title, CENTRE, bold=True)
        highest = bright(view.before)
        images = [
            (digit_image(view.pixels, theme.grey_colours, view.shape), words.THE_DIGIT),
            (slices_image(view.slices, theme.weight_colours), words.THE_FILTER),
            (ink_image(view.before, highest, theme.grey_colours), words.ITS_MAP),
        ]
        if view.pooled is not None:
            image = ink_image(view.pooled, highest, theme.grey_colours)
            images.append((image, words.POOLED_MAP))
        for place, (image, said) in zip(self.places(view), images, strict=True):
            fitted = _within(place.adjusted(1, 1, -1, -1), image.width(), image.height())
            canvas.image(fitted, image)
            canvas.text(QRectF(place.x(), place.bottom(), place.width(), line), said, CENTRE)


def bright(maps: Floats) -> float:
    """What is drawn as the brightest: few places fire much more than all others."""
    return float(np.quantile(maps, BRIGHT)) or float(maps.max(initial=0)) or 1.0


def ink_image(amounts: Floats, highest: float, greys: NDArray[np.uint32]) -> QImage:
    """(rows, columns) from 0 to `highest` as grey."""
    ink = np.rint(np.clip(amounts / highest, 0, 1) * 255).astype(np.uint8)
    return digit_image(ink.reshape(-1), greys, (*amounts.shape, 1))


def kernel_image(kernel: Floats, colours: NDArray[np.uint32]) -> QImage:
    """(side, side, channels) on a colour scale of its own."""
    flat = kernel.reshape(1, -1)
    inked = np.ones(flat.shape[1], bool)
    limit = float(own_limits(flat, inked)[0, 0])
    return weight_image(flat[0], inked, limit, colours, kernel.shape)


def slices_image(slices: Floats, colours: NDArray[np.uint32]) -> QImage:
    """(slices, side, side, channels) as one image, side by side with a gap, on one colour scale."""
    count, side, _, channels = slices.shape
    if count == 1:
        return kernel_image(slices[0], colours)
    rows = math.ceil(count / SLICES)
    step = side + 1
    whole = np.zeros((rows * step - 1, SLICES * step - 1, channels), np.float32)
    for at, each in enumerate(slices):
        down, across = divmod(at, SLICES)
        whole[down * step : down * step + side, across * step : across * step + side] = each
    return kernel_image(whole, colours)


def _within(place: QRectF, width: int, height: int) -> QRectF:
    """The largest place of these proportions in the middle of another."""
    scale = min(place.width() / width, place.height() / height)
    made = QRectF(0, 0, width * scale, height * scale)
    made.moveCenter(place.center())
    return made
