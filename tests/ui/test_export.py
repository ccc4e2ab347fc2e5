"""Pictures as files look as they do on the screen."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.capture import CaptureError
from nnviz.ui.kit.export import (
    SVG,
    Painting,
    painting_of,
    pdf,
    pixels,
    png,
    save,
    svg,
)
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import Theme

SIZE = QSize(331, 203)
PARTS = {
    "clip": QRectF(10, 10, 100, 50),
    "opacity": QRectF(120, 10, 60, 50),
    "dashes": QRectF(10, 70, 310, 20),
    "words": QRectF(10, 95, 200, 60),
    "image": QRectF(220, 100, 100, 90),
    "turned": QRectF(190, 10, 24, 60),
    "circle": QRectF(10, 165, 200, 30),
}
WORDS = "a & <b> élève"


def paint_everything(canvas: Canvas) -> None:
    """One of each that a picture can be made of."""
    canvas.save()
    canvas.setClipRect(PARTS["clip"])
    canvas.box(QRectF(-50, -50, 110, 90), "positive")
    canvas.restore()
    canvas.save()
    canvas.setOpacity(0.4)
    canvas.fillRect(PARTS["opacity"], canvas.ink("negative"))
    canvas.restore()
    middle = PARTS["dashes"].center().y()
    canvas.line(QPointF(20, middle), QPointF(310, middle), "text", 4, (4, 3))
    canvas.text(PARTS["words"], WORDS, LEFT, size=26, bold=True)
    image = QImage(3, 8, QImage.Format.Format_RGB32)
    for y in range(8):
        for x in range(3):
            image.setPixelColor(x, y, QColor.fromHsv(40 * y, 255 - 100 * x, 200))
    canvas.sharp()
    canvas.drawImage(PARTS["image"], image, QRectF(0, 4, 3, 2))  # a part of it
    canvas.sharp(False)
    canvas.save()
    canvas.translate(PARTS["turned"].bottomLeft())
    canvas.rotate(-90)
    canvas.text(QRectF(0, 0, 60, 24), "true")
    canvas.restore()
    canvas.circle(PARTS["circle"].center(), 14, "focus", "wrong", 3)


class Everything(Picture[str]):
    """With parts that are kept as pixels on a screen."""

    id = "everything"
    title = "one of each"

    def words(self, view: str) -> str:
        return f"It shows {view}."

    def paint(self, canvas: Canvas, view: str) -> None:
        self.still(canvas, view, paint_everything, paper="panel")


@pytest.fixture
def painting(application: QApplication) -> Painting:
    return Painting(SIZE, Theme("light"), paint_everything, "a < b", "words & more")


def colours(image: QImage) -> np.ndarray:
    """(height, width, 3): 0..255"""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = image.height(), image.width(), 4
    found: np.ndarray = np.frombuffer(image.constBits(), np.uint8).reshape(shape)
    return found[..., 2::-1].astype(np.int16)


def drawn_svg(content: bytes) -> np.ndarray:
    """As another program draws it, as large as it says it is."""
    drawing = QSvgRenderer(QByteArray(content))
    assert drawing.isValid()
    image = QImage(drawing.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        drawing.render(painter)
    return colours(image)


def drawn_pdf(content: bytes) -> np.ndarray:
    """Likewise, its only page."""
    document = pypdfium2.PdfDocument(content)
    try:
        assert len(document) == 1
        return np.asarray(document[0].render().to_pil().convert("RGB")).astype(np.int16)
    finally:
        document.close()


def off(one: np.ndarray, other: np.ndarray) -> float:
    """Share of pixels that look otherwise; edges may be smoothed in another way."""
    assert one.shape == other.shape
    return float((np.abs(one - other).max(axis=2) > 64).mean())


@pytest.mark.parametrize(("made", "drawn"), [(svg, drawn_svg), (pdf, drawn_pdf)])
def test_every_part_looks_as_in_pixels(
    made: Callable[[Painting], bytes], drawn: Callable[[bytes], np.ndarray], painting: Painting
) -> None:
    wanted, found = colours(pixels(painting)), drawn(made(painting))
    assert wanted.shape == found.shape
    for name, place in PARTS.items():
        if name == "clip" and made is svg:
            continue  # Qt's own reader knows none: see below
        rows, columns = (
            slice(int(start), int(end))
            for start, end in ((place.top(), place.bottom()), (place.left(), place.right()))
        )
        assert off(wanted[rows, columns], found[rows, columns]) < 0.1, name
        ground = wanted[0, 0]
        assert (np.abs(wanted[rows, columns] - ground).max(axis=2) > 64).any(), name


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_what_is_kept_for_the_screen_is_drawn_itself(
    theme: str, application: QApplication, painting: Painting
) -> None:
    shown = Everything(Theme("dark"), "all")
    shown.resize(SIZE)
    with painting_of(shown, Theme(theme) if theme == "dark" else None) as found:
        content, image = svg(found).decode(), colours(pixels(found))
        assert found.theme == Theme(theme)
    assert content.count("<image") == 1
    assert WORDS in "".join(ElementTree.fromstring(content).itertext())
    assert "It shows all." in content
    if theme == "dark":
        np.testing.assert_array_equal(image, colours(shown.grab().toImage()))
    shown.deleteLater()


def test_an_svg_keeps_its_size_words_and_widths(painting: Painting) -> None:
    root = ElementTree.fromstring(svg(painting))
    assert (root.get("width"), root.get("height")) == ("331", "203")
    assert root.get("viewBox") == "0 0 331 203"
    assert root.get("version") == "1.1"
    assert [root.findtext(f"{{{SVG}}}{name}") for name in ("title", "desc")] == [
        "a < b",
        "words & more",
    ]
    text = next(each for each in root.iter(f"{{{SVG}}}text") if each.text == WORDS)
    assert (text.get("font-size"), text.get("font-family")) == ("26", "Inter")
    width = QFontMetricsF(painting.theme.font(26, bold=True)).horizontalAdvance(WORDS)
    assert float(text.get("textLength", "0")) == pytest.approx(width, abs=0.01)
    assert "Arial" in root.findtext(f"{{{SVG}}}style", "")
    assert not [each for each in root.iter(f"{{{SVG}}}g") if not len(each)]


def test_an_svg_has_its_clips(painting: Painting) -> None:
    root = ElementTree.fromstring(svg(painting))
    clipped = next(each for each in root.iter(f"{{{SVG}}}g") if each.get("clip-path"))
    (inside,) = clipped.iter(f"{{{SVG}}}rect")
    assert inside.get("x") == "-50"
    name = clipped.get("clip-path", "").removeprefix("url(#").removesuffix(")")
    clip = next(each for each in root.iter(f"{{{SVG}}}clipPath") if each.get("id") == name)
    assert clip[0].get("d", "").startswith("M10,10 L110,10 L110,60 L10,60")


def test_a_pdf_has_a_page_as_large_with_fonts_and_words(painting: Painting) -> None:
    content = pdf(painting)
    document = pypdfium2.PdfDocument(content)
    assert document[0].get_size() == (331, 203)
    assert WORDS in document[0].get_textpage().get_text_range()
    document.close()
    assert content.count(b"/FontFile") == 2  # regular and bold
    assert b"/DCTDecode" not in content  # the image is not blurred by JPEG


def test_numbers_in_a_pdf_can_be_found(application: QApplication) -> None:
    """Digits as wide as each other are other signs to what reads a PDF."""
    place, theme = QRectF(0, 0, 300, 40), Theme("light")
    numbers = Painting(QSize(300, 40), theme, lambda canvas: canvas.text(place, "0.1 × 96.04 %"))
    document = pypdfium2.PdfDocument(pdf(numbers))
    assert document[0].get_textpage().get_text_range() == "0.1 × 96.04 %"
    document.close()


def test_a_png_has_as_many_pixels_as_are_wanted(painting: Painting) -> None:
    image = QImage.fromData(QByteArray(png(painting, 2)))
    assert (image.width(), image.height()) == (662, 406)
    assert image.dotsPerMeterX() == pytest.approx(2 * 96 / 0.0254, abs=1)
    half = colours(image).reshape(203, 2, 331, 2, 3).mean(axis=(1, 3))
    assert off(half, colours(pixels(painting))) < 0.02
    assert off(colours(image)[::2, ::2], colours(pixels(painting))) > 0  # finer, not enlarged


def test_a_file_is_what_its_name_says(painting: Painting, tmp_path: Path) -> None:
    for name, start in (("a.SVG", b"<?xml"), ("a.pdf", b"%PDF"), ("a.png", b"\x89PNG")):
        save(tmp_path / name, painting)
        assert (tmp_path / name).read_bytes().startswith(start)
    with pytest.raises(CaptureError, match=re.escape("a.jpg must end in .svg, .pdf or .png.")):
        save(tmp_path / "a.jpg", painting)
    assert not (tmp_path / "a.jpg").exists()
