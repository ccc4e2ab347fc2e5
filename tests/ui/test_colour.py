"""Colour images and class names in the window: what is drawn, and that words fit."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import Source
from nnviz.ui.kit.fitted_text import draw_fitted, fitting_font
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_colours import grey_colours, weight_colours
from nnviz.ui.kit.weight_images import WeightImages, digit_image
from nnviz.ui.train.page import TrainPage
from tests.idx_files import write_colour_folder
from tests.ui.conftest import Opened, Show

NAMES = DATA_SETS["cifar-10"].class_names
COLOUR = (32, 32, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """40 images; those of a class are all of one colour, with a little noise."""
    chance = np.random.default_rng(1)
    labels = np.arange(40) % 10
    colours = chance.integers(20, 230, (10, 3))
    images = colours[labels][:, None, None] + chance.integers(-20, 20, (40, 32, 32, 1))
    return write_colour_folder(tmp_path / "colour", images.clip(0, 255), labels, NAMES)


@pytest.fixture
def coloured(show: Show, folder: Path) -> Show:
    def opened(**how: object) -> Opened:
        window = show(**how)
        window.session.digits.open(Source("folder", str(folder)))
        window.ticks_until(lambda: window.session.state.digits.shape == COLOUR)
        return window

    return opened


def test_a_network_that_was_on_screen_gives_way_to_one_of_3072_inputs(
    coloured: Show, tmp_path: Path
) -> None:
    opened = coloured(trained=True)
    session = opened.session
    assert session.state.work.network.inputs == 3072
    opened.learn(60)
    first, last = session.state.work.points[0], session.state.work.points[-1]
    assert last.train_cost < first.train_cost
    assert session.files.save(tmp_path / "colour.safetensors")
    assert session.files.open(tmp_path / "colour.safetensors")
    assert session.state.work.measured is not None


def test_the_digit_is_drawn_in_its_colours(coloured: Show) -> None:
    opened = coloured()
    page = opened.window.page
    assert isinstance(page, TrainPage)
    place, image = page.picture.places.digit, page.picture.grab().toImage()
    pixels = opened.session.state.digits.images[0].reshape(COLOUR)
    for row, column in ((5, 7), (16, 16), (28, 3)):
        x = place.x() + (column + 0.5) * place.width() / 32
        y = place.y() + (row + 0.5) * place.height() / 32
        expected = QColor(*(int(channel) for channel in pixels[row, column]))
        assert image.pixelColor(int(x), int(y)) == expected


def test_each_weight_moves_its_own_channel_from_mid_grey() -> None:
    weights = np.zeros((2, 2, 1, 3), np.float32)
    weights[1, 0, 0] = (1, -1, 0)
    weights[1, 1, 0] = (0, 0.3, 5)
    images = WeightImages()
    inked = np.ones(6, bool)
    inked[4] = False
    images.colour(
        weights.reshape(2, 6), inked, 1.0, weight_colours(Theme("dark").colours), (2, 1, 3)
    )
    canvas = QImage(1, 2, QImage.Format.Format_RGB32)
    for number, expected in ((0, [(128,) * 3] * 2), (1, [(255, 0, 128), (128, 128, 255)])):
        with QPainter(canvas) as painter:
            images.draw(painter, number, canvas.rect().toRectF())
        found = [canvas.pixelColor(0, row).getRgb()[:3] for row in (0, 1)]
        assert found == expected


def test_a_digit_image_has_the_size_of_its_shape() -> None:
    image = digit_image(np.arange(18, dtype=np.uint8), grey_colours(), (2, 3, 3))
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(1, 1).getRgb()[:3] == (12, 13, 14)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_class_names_stand_in_the_rows_the_card_and_the_filter(
    coloured: Show, theme: str, size: tuple[int, int]
) -> None:
    opened = coloured(theme=theme, size=size)
    window, session = opened.window, opened.session
    labels = window.parts.rail.card.labels
    assert [labels.itemText(i) for i in range(labels.count())] == ["All labels", *NAMES]
    assert labels.width() <= window.parts.rail.width()
    shown = NAMES[session.state.shown_label]
    picture, card = window.page.picture, window.parts.rail.card.picture
    assert f"The label is {shown};" in picture.words(picture.view)
    assert card.words(card.view).startswith(f"label {shown}, read as ")
    session.picking.pick_label(3)
    assert session.state.shown_label == 3
    session.change(neuron=4, dense=True)
    assert not window.page.picture.grab().isNull()
    window.page.picture._hover(("neuron", 2))
    assert not window.page.picture.grab().isNull()


@pytest.mark.parametrize("text", ["cat", "automobile", "T-shirt/top", "an uncommonly long name"])
def test_words_never_leave_their_place(text: str, show: Show) -> None:
    theme = show().window.theme
    metrics = QFontMetricsF(fitting_font(text, 120, theme, bold=True))
    assert metrics.horizontalAdvance(text) <= 120 or text.startswith("an ")
    canvas = QImage(300, 40, QImage.Format.Format_RGB32)
    canvas.fill(Qt.GlobalColor.black)
    with QPainter(canvas) as painter:
        painter.setPen(Qt.GlobalColor.white)
        place = canvas.rect().toRectF().adjusted(90, 0, -90, 0)
        draw_fitted(painter, place, Qt.AlignmentFlag.AlignCenter, text, theme, bold=True)
    lit = [
        x
        for x in range(300)
        for y in range(40)
        if canvas.pixelColor(x, y) != QColor(Qt.GlobalColor.black)
    ]
    assert lit
    assert min(lit) >= 88
    assert max(lit) <= 212
