"""Pictures on the pad: opened, pasted, dropped, and what cannot be one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QPushButton

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import COLOUR, GREY, Source
from nnviz.ui.app.digit_card import SMALLER, DigitCard
from nnviz.ui.draw.words import NO_PAD
from nnviz.ui.draw.your_digit import YourDigit
from tests.idx_files import write_colour_folder
from tests.ui.conftest import Opened
from tests.ui.draw_window import Show, draw, drop, opened_pad

CTRL = Qt.KeyboardModifier.ControlModifier


def urls(*names: str | Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(n)) if isinstance(n, Path) else QUrl(n) for n in names])
    return data


def settle(opened: Opened, view: YourDigit) -> str:
    """Waits until nothing is read any more; -> what the banner says."""
    opened.bot.waitUntil(lambda: not view.sheet.source.reading)
    notice = opened.session.state.notice
    return "" if notice is None else notice.sentence


@pytest.fixture
def seven(show: Show) -> tuple[Opened, YourDigit, np.ndarray]:
    """A window, and a digit that all designs read, (28, 28)."""
    opened, view = opened_pad(show)
    digits = opened.session.state.digits
    works = opened.session.state.representatives.values()
    sevens = digits.images[digits.labels == 7]
    clear = next(i for i in sevens if all(w.look(i, 10).answer == 7 for w in works))
    return opened, view, clear.reshape(28, 28)


Make = Callable[[np.ndarray], Image.Image]


def large(pixels: np.ndarray) -> np.ndarray:
    return pixels.repeat(12, axis=0).repeat(12, axis=1)


PICTURES: dict[str, tuple[str, Make]] = {
    "as it is": ("png", lambda p: Image.fromarray(p)),
    "dark on light": ("png", lambda p: Image.fromarray(255 - large(p))),
    "light on dark": ("jpg", lambda p: Image.fromarray(large(p))),
    "in colour": ("bmp", lambda p: Image.fromarray(255 - large(p)).convert("RGB")),
    "16 bits": ("png", lambda p: Image.fromarray(large(p).astype(np.uint16) * 257)),
    "transparent": (
        "png",
        lambda p: Image.merge(
            "RGBA", [Image.new("L", (336, 336), 0)] * 3 + [Image.fromarray(large(p))]
        ),
    ),
    "small on a large page": (
        "png",
        lambda p: Image.fromarray(np.pad(255 - large(p), (400, 900), constant_values=255)),
    ),
}


def test_a_digit_is_read_from_any_kind_of_picture(seven, tmp_path: Path) -> None:
    opened, view, pixels = seven
    for kind, (suffix, make) in PICTURES.items():
        path = tmp_path / f"digit.{suffix}"
        make(pixels).save(path)
        drop(view, urls(path))
        settle(opened, view)
        assert [row.answer for row in view.rows] == ["7"] * len(view.rows), kind
        if kind == "as it is":
            np.testing.assert_array_equal(view.seen.view.pixels, pixels.ravel())
        view.sheet.undo.click()
        assert opened.session.state.pad.drawing.empty


def test_a_file_is_opened_and_an_image_pasted(seven, tmp_path: Path, monkeypatch) -> None:
    opened, view, pixels = seven
    path = tmp_path / "seven.png"
    dark = np.ascontiguousarray(255 - large(pixels))
    Image.fromarray(dark).save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(path), ""))
    view.sheet.open.click()
    settle(opened, view)
    assert view.answer.view.answer == "7"
    view.sheet.clear.click()
    image = QImage(dark.data, 336, 336, 336, QImage.Format.Format_Grayscale8)
    QGuiApplication.clipboard().setImage(image.copy())
    opened.bot.keyClick(view.pad, Qt.Key.Key_V, CTRL)
    settle(opened, view)
    assert view.answer.view.answer == "7"
    QGuiApplication.clipboard().clear()
    view.sheet.paste.click()
    assert "clipboard is empty" in settle(opened, view)


def test_of_several_files_the_first_is_read_and_of_several_drops_the_last(
    seven, tmp_path: Path
) -> None:
    opened, view, pixels = seven
    paths = [tmp_path / f"{number}.png" for number in range(4)]
    for path in paths[:3]:
        Image.fromarray(large(pixels)[:, ::-1]).save(path)
    Image.fromarray(pixels).save(paths[3])
    for path in paths:
        drop(view, urls(path))
    settle(opened, view)
    np.testing.assert_array_equal(view.seen.view.pixels, pixels.ravel())
    assert len(opened.session.state.pad.history.before) == 1
    view.sheet.clear.click()
    drop(view, urls(paths[3], paths[0]))
    assert "Of 2 files only the first" in settle(opened, view)
    np.testing.assert_array_equal(view.seen.view.pixels, pixels.ravel())


def test_what_was_done_to_a_picture_is_said_until_the_next_stroke(seven, tmp_path: Path) -> None:
    opened, view, pixels = seven
    path = tmp_path / "huge.png"
    Image.fromarray(255 - pixels.repeat(200, axis=0).repeat(200, axis=1)).save(path)
    drop(view, urls(path))
    assert not settle(opened, view)
    assert "All 8 designs say 7. huge.png was reduced from 5,600 x 5,600" in view.summary.text
    assert view.answer.view.answer == "7"
    opened.session.pad.draw(np.array([[0.5, 0.5]]), 0.05)
    assert "huge.png" not in view.summary.text
    opened.session.pad.undo()
    assert "huge.png" in view.summary.text
    frames = [Image.fromarray(large(each)) for each in (pixels, pixels.T)]
    frames[0].save(tmp_path / "moves.gif", save_all=True, append_images=frames[1:])
    drop(view, urls(tmp_path / "moves.gif"))
    assert not settle(opened, view)
    assert "moves.gif holds 2 pictures; the first one was read" in view.summary.text
    assert view.answer.view.answer == "7"
    Image.fromarray(np.tile(255 - large(pixels), (1, 3))).save(tmp_path / "row.png")
    drop(view, urls(tmp_path / "row.png"))
    settle(opened, view)
    assert "3 digits stand apart" in view.summary.text


def test_long_class_names_leave_the_buttons_beside_the_test_digit_short(seven) -> None:
    opened, _, _ = seven
    names = DATA_SETS["fashion-mnist"].class_names
    opened.session.change(digits=replace(opened.session.state.digits, class_names=names))
    card = opened.window.findChild(DigitCard)
    arrow = card.findChild(QPushButton, "pick-next")
    assert arrow.height() == arrow.maximumHeight() == opened.window.page.view.theme.px(SMALLER)


def bad_files(folder: Path) -> dict[str, tuple[QMimeData, str]]:
    """What is dropped -> what is said."""
    (folder / "empty.png").write_bytes(b"")
    (folder / "text.png").write_text("seven")
    good = folder / "good.png"
    Image.fromarray(np.eye(90, dtype=np.uint8) * 255).save(good)
    (folder / "cut.png").write_bytes(good.read_bytes()[:60])
    Image.new("L", (50, 50), 128).save(folder / "blank.png")
    Image.new("1", (7000, 7000)).save(folder / "far-too-large.png")
    words = QMimeData()
    words.setText("seven")
    return {
        "empty": (urls(folder / "empty.png"), "no bytes"),
        "text in a file": (urls(folder / "text.png"), "not a picture that nnviz can read"),
        "cut off": (urls(folder / "cut.png"), "damaged"),
        "blank": (urls(folder / "blank.png"), "blank.png shows no ink"),
        "far too large": (urls(folder / "far-too-large.png"), "reads up to 40 million"),
        "missing": (urls(folder / "missing.png"), "cannot be opened"),
        "a folder": (urls(folder), "is a folder"),
        "an address": (urls("https://example.org/7.png"), "example.org, not on this computer"),
        "text": (words, "That is text, not an image"),
        "something else": (QMimeData(), "There is no image in it"),
    }


def test_what_is_no_picture_gets_one_sentence_and_loses_nothing(seven, tmp_path: Path) -> None:
    opened, view, _ = seven
    draw(opened, view)
    drawn = opened.session.state.pad.drawing
    for name, (data, said) in bad_files(tmp_path).items():
        opened.session.change(notice=None)
        drop(view, data)
        assert said in settle(opened, view), name
        assert opened.session.state.notice.kind == "error", name
        assert opened.session.state.pad.drawing is drawn, name
    drop(view, urls(tmp_path / "good.png"))
    assert settle(opened, view) == ""  # what is said of another picture does not stay


def test_colour_images_get_a_sentence_instead_of_a_pad(show: Show, tmp_path: Path) -> None:
    opened, view = opened_pad(show)
    draw(opened, view)
    drawn = opened.session.state.pad.drawing
    images = np.random.default_rng(1).integers(0, 255, (20, 32, 32, 3))
    names = DATA_SETS["cifar-10"].class_names
    folder = write_colour_folder(tmp_path / "colour", images, np.arange(20) % 10, names)
    opened.session.digits.open(Source("folder", str(folder)))
    opened.ticks_until(lambda: opened.session.state.digits.shape == COLOUR)
    assert view.summary.text == NO_PAD
    assert not view.pad.isEnabled()
    assert view.answer.view.answer == ""
    path = tmp_path / "digit.png"
    Image.fromarray(drawn.ink).save(path)
    drop(view, urls(path))
    assert opened.said == NO_PAD
    assert opened.session.state.pad.drawing is drawn
    opened.session.digits.open(Source())
    opened.ticks_until(lambda: opened.session.state.digits.shape == GREY)
    assert view.answer.view.answer != ""
