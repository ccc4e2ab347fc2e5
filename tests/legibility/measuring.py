"""What cannot be read of what a window shows now."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from nnviz.ui.app.lecture.scene_picture import ScenePicture
from nnviz.ui.app.lecture.strip import SaidPicture
from nnviz.ui.app.window import Window
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot
from nnviz.ui.kit.theme import TEXT
from tests.legibility import painted, plotted, standing
from tests.legibility.rules import ROUNDED, Fault, least_contrast, least_size
from tests.legibility.walking import Mode
from tests.ui.seen_parts import seen_inside


def faults(window: Window, mode: Mode) -> Iterator[Fault]:
    """All of them, of the page and of what stands around it."""
    parts = window.parts
    over = (parts.banner, parts.altered, parts.head.strip)
    leaves = [each for each in seen_inside(parts.body, over) if standing.is_leaf(each)]
    if (window.width(), window.height()) != (mode.wide, mode.high):
        yield Fault("clipped", "the window", f"is {window.width()}x{window.height()}")
    for each in leaves:
        yield from _cut(each)
        if isinstance(each, Picture):
            yield from _picture(each, mode)
        elif isinstance(each, Plot):
            yield from _plot(each, mode)
        else:
            yield from _worded(each, mode)
    yield from standing.overlapping(_without_inner(leaves), parts.body)
    if mode.lecture and mode.scale == 1:  # in larger type rows do not fit
        yield from standing.scrolled_areas(parts.body)
    yield from _contrasts(window, leaves, mode)


def _without_inner(leaves: list[QWidget]) -> list[QWidget]:
    """Qt's own boxes have fields and buttons inside."""
    inside = {each for each in leaves if any(one.isAncestorOf(each) for one in leaves)}
    return [each for each in leaves if each not in inside]


def _cut(widget: QWidget) -> Iterator[Fault]:
    if not isinstance(widget, Picture):
        yield from standing.cut_away(widget)


def _picture(picture: "Picture[object]", mode: Mode) -> Iterator[Fault]:
    found = painted.painted(picture)
    yield from found.faults
    strip = isinstance(picture, SaidPicture)
    scene = isinstance(picture, ScenePicture)
    part, scrolled = standing.seen_part(picture)
    room = part.adjusted(-2, -2, 2, 2)
    for text in found.texts:
        large = strip and text.prominent and text.asked > TEXT
        back_row = text.prominent and not scene and not strip
        least = least_size(mode.lecture, back_row, large, mode.fit)
        needed = least_contrast(mode.lecture, text.pixels)
        yield from painted.faults_of(text, least, needed)
        if not scrolled and text.place.isValid() and not room.contains(text.place):
            yield Fault("clipped", text.words, f"outside of {picture.objectName()}")
    yield from painted.overlaps([(text.words, text.place) for text in found.texts])


def _plot(plot: "Plot[object]", mode: Mode) -> Iterator[Fault]:
    least = least_size(mode.lecture, False, False, mode.fit)
    texts = list(plotted.texts_of(plot))
    yield from plotted.faults_of(plot)
    yield from painted.overlaps([(words, place) for words, place, _ in texts])
    for words, _, pixels in texts:
        if pixels < least - ROUNDED:
            yield Fault("small", words, f"{pixels} px, least {least:.1f}")


def _worded(widget: QWidget, mode: Mode) -> Iterator[Fault]:
    words, pixels = standing.words_of(widget), widget.fontInfo().pixelSize()
    cut = standing.cut_of(widget)
    if cut:
        yield Fault("clipped", words, cut)
    least = least_size(mode.lecture, widget.fontInfo().bold(), False, mode.fit)
    if pixels < least - ROUNDED:
        yield Fault("small", words, f"{pixels} px, least {least:.1f}")


def _contrasts(window: Window, leaves: list[QWidget], mode: Mode) -> Iterator[Fault]:
    """Of what Qt draws itself."""
    asked = [
        each
        for each in leaves
        if not isinstance(each, Picture | Plot) and each.isEnabled() and each.width() > 4
    ]
    if not asked:
        return
    pixels = standing.pixels_of(window)
    for each in asked:
        part, _ = standing.seen_part(each)
        place = QRect(each.mapTo(window, part.topLeft()), part.size())
        found = standing.contrast_of(place, pixels)
        needed = least_contrast(mode.lecture, each.fontInfo().pixelSize())
        if part.height() > each.height() // 2 and found < needed:
            yield Fault("contrast", standing.words_of(each), f"{found:.1f} of {needed:.1f}")
