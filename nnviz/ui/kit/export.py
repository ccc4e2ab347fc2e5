"""Pictures as files: painted as on the screen, on paper of lines (SVG, PDF) or of pixels (PNG).

A size in pixels is the same in all of them, so that a picture has the same look everywhere. What
Qt writes as SVG is mended: its size is said in pixels, words keep their width where the program's
font is missing, and images keep their sharp pixels.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRect, QSize, QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QPageSize, QPdfWriter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.capture import CaptureError, encoded, rest
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Axes, Plot
from nnviz.ui.kit.theme import FAMILY, Theme
from nnviz.words import one_of_them, tr
from nnviz.writing import write

Flag = QWidget.RenderFlag
KINDS = ("svg", "pdf", "png")
"""Endings of the files that a picture can become."""
STYLE = f"""
@font-face {{ font-family: {FAMILY}; src: local("{FAMILY}"), local("Helvetica"), local("Arial"),
    local("Liberation Sans"), local("DejaVu Sans"); }}
svg {{ font-variant-numeric: tabular-nums; }}
image {{ image-rendering: pixelated; }}
"""
"""Which font words have where that of the program is missing; a list of families in the place of
one would be one long name to some readers, Qt's among them."""
CLIP = re.compile(r"url\(#(\w+)\)")
SHIFT = re.compile(r"matrix\(1,0,0,1,([-\d.]+),([-\d.]+)\)")
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
POINTS = 72
"""In an inch"""
DOTS_PER_INCH = 96
"""A pixel of the picture in what reads a PNG by its length."""
INCH = 0.0254


@dataclass(frozen=True)
class Painting:
    """Something that can be painted on any paper."""

    size: QSize
    """In pixels of the screen."""
    theme: Theme
    paint: Callable[[Canvas], None]
    title: str = ""
    words: str = ""
    """What it shows, as a sentence, for who does not see it."""
    paper: str = "panel"
    """The colour below it."""
    corners: frozenset[tuple[float, float]] = frozenset()
    """Where the widgets begin that it is painted by, if they are several."""


@contextmanager
def painting_of(
    shown: QWidget, theme: Theme | None = None, size: QSize | None = None, paper: str = "panel"
) -> Iterator[Painting]:
    """A picture or a plot by itself, without what the pointer and the keys are on, in the light
    theme unless another is named; any other widget as it is."""
    if not isinstance(shown, Picture | Plot):
        whole = _rendered(shown, Flag.DrawWindowBackground | Flag.DrawChildren)
        with at_once(shown):
            name, ink = shown.accessibleName(), theme or Theme("light")
            yield Painting(shown.size(), ink, whole, name, corners=_corners(shown))
        return
    theme = theme or Theme("light", shown.theme.scale)
    made = shown.alone()
    try:
        made.use_theme(theme)
        made.resize(size or shown.size())
        view = made.view
        words = made.words(view) if view is not None else ""
        yield Painting(made.size(), theme, _paint_of(made), made.accessibleName(), words, paper)
    finally:
        made.deleteLater()


def _corners(shown: QWidget) -> frozenset[tuple[float, float]]:
    """Where all in a widget begins."""
    places = (each.mapTo(shown, QPoint(0, 0)) for each in shown.findChildren(QWidget))
    return frozenset((float(at.x()), float(at.y())) for at in places)


def save(path: Path, painting: Painting, ratio: float = 1) -> None:
    """Saves a painting as what the name of the file says, as a whole or not at all; `ratio`: see
    `png`. Raises CaptureError, NotSaved."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        endings = one_of_them(f".{each}" for each in KINDS)
        raise CaptureError(tr("{name} must end in {endings}.", name=path.name, endings=endings))
    write(path, exported(painting, kind, ratio))


def exported(painting: Painting, kind: str, ratio: float = 1) -> bytes:
    """The content of a file of one of KINDS. Raises CaptureError."""
    if kind == "svg":
        return svg(painting)
    return pdf(painting) if kind == "pdf" else png(painting, ratio)


def svg(painting: Painting) -> bytes:
    """As lines and words, with the size in pixels."""
    buffer = _buffer()
    # the other version, Tiny 1.2, writes no clip
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(painting.size)
    generator.setViewBox(QRect(QPoint(0, 0), painting.size))
    generator.setTitle(painting.title)
    generator.setDescription(painting.words)
    with Canvas(generator, painting.theme) as canvas:
        _paint(canvas, painting)
    return _mended(bytes(buffer.data().data()), painting)


def pdf(painting: Painting) -> bytes:
    """As lines and words, fonts included, on one page as large as the picture: a pixel of it is
    a point of the page."""
    pages = (partial(_paint, painting=painting),)
    return paged(QSizeF(painting.size), pages, painting.theme, painting.title)


def paged(
    size: QSizeF,
    pages: Iterable[Callable[[Canvas], None]],
    theme: Theme,
    title: str,
    dots_per_inch: int = POINTS,
) -> bytes:
    """Pages of a PDF, `size` points large, that are painted in pixels of so many in an inch."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("nnviz")
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", exact))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(dots_per_inch)
    with Canvas(writer, theme) as canvas:
        for number, paint in enumerate(pages):
            if number:
                writer.newPage()
            canvas.save()
            paint(canvas)
            canvas.restore()
    return bytes(buffer.data().data())


def png(painting: Painting, ratio: float = 1) -> bytes:
    """As pixels, `ratio` of them for each of the picture. Raises CaptureError."""
    return encoded(pixels(painting, ratio))


def pixels(painting: Painting, ratio: float = 1) -> QImage:
    """The picture as an image, `ratio` pixels for each of its own."""
    image = QImage((QSizeF(painting.size) * ratio).toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    for measure in (image.setDotsPerMeterX, image.setDotsPerMeterY):
        measure(round(DOTS_PER_INCH * ratio / INCH))
    with Canvas(image, painting.theme, once=True) as canvas:
        _paint(canvas, painting)
    return image


def _paint(canvas: Canvas, painting: Painting) -> None:
    canvas.fillRect(QRect(QPoint(0, 0), painting.size), canvas.ink(painting.paper))
    painting.paint(canvas)


def _paint_of(made: Picture[Any] | Plot[Any]) -> Callable[[Canvas], None]:
    if isinstance(made, Plot):
        for axes in made.axes:
            axes.keep_no_pixels()
        return _rendered(made)

    def paint(canvas: Canvas) -> None:
        if made.view is not None:
            made.paint(canvas, made.view)

    return paint


def _rendered(widget: QWidget, flags: Flag = Flag.DrawChildren) -> Callable[[Canvas], None]:
    return lambda canvas: widget.render(canvas, QPoint(0, 0), QRegion(), flags)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


# ---- what Qt's SVG lacks -------------------------------------------------------------


def _mended(content: bytes, painting: Painting) -> bytes:
    """The same picture for whatever reads it: see above."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(content)
    root.set("width", str(painting.size.width()))
    root.set("height", str(painting.size.height()))
    root.set("role", "img")
    ElementTree.SubElement(root, f"{{{SVG}}}style").text = STYLE
    for part in root.iter():
        if part.tag == f"{{{SVG}}}text" and part.text:
            font = Theme().font(float(part.get("font-size", "0")), part.get("font-weight") == "600")
            width = QFontMetricsF(font).horizontalAdvance(part.text)
            part.set("textLength", str(round(width, 2)))
            part.set("lengthAdjust", "spacingAndGlyphs")
    if painting.corners:
        _place_clips(root, painting.corners)
    _drop_empty(root)
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made


def _place_clips(root: ElementTree.Element, corners: frozenset[tuple[float, float]]) -> None:
    """Moves clips to where their widgets are: Qt writes where they lie in those."""
    clips = {part.get("id"): part for part in root.iter(f"{{{SVG}}}clipPath")}
    (definitions,) = root.findall(f"{{{SVG}}}defs")[:1] or [root]
    made: set[str] = set()
    at = (0.0, 0.0)
    for group in root.iter(f"{{{SVG}}}g"):
        at = next((each for each in map(_shift, (group, *group[:1])) if each in corners), at)
        named = CLIP.fullmatch(group.get("clip-path", ""))
        if named is None or at == (0, 0):
            continue
        moved = f"{named[1]}-{round(at[0])}-{round(at[1])}"
        group.set("clip-path", f"url(#{moved})")
        if moved not in made:
            made.add(moved)
            copy = deepcopy(clips[named[1]])
            copy.set("id", moved)
            for path in copy:
                path.set("transform", f"translate({at[0]:g},{at[1]:g})")
            definitions.append(copy)


def _shift(group: ElementTree.Element) -> tuple[float, float] | None:
    """By how much a group is moved, if it is only moved."""
    found = SHIFT.fullmatch(group.get("transform", ""))
    return None if found is None else (float(found[1]), float(found[2]))


def _drop_empty(part: ElementTree.Element) -> None:
    """Takes away groups without anything in them: Qt writes one whenever a pen changes."""
    for inner in list(part):
        _drop_empty(inner)
        if inner.tag == f"{{{SVG}}}g" and not len(inner):
            part.remove(inner)


@contextmanager
def at_once(shown: QWidget) -> Iterator[None]:
    """Has all that lies in a widget stand still and paint itself, with none of the pixels that are
    kept from one time to the next, and without the ring of the keys."""
    rest(shown)
    parts = [shown, *shown.findChildren(QWidget)]
    pictures = [each for each in parts if isinstance(each, Picture)]
    axes = [each for plot in parts if isinstance(plot, Plot) for each in plot.axes]
    _let(pictures, axes, True)
    try:
        yield
    finally:
        _let(pictures, axes, False)


def _let(pictures: Sequence[Picture[Any]], axes: Sequence[Axes], once: bool) -> None:
    for picture in pictures:
        picture.once = once
    for each in axes:
        each.keep_no_pixels(once)
