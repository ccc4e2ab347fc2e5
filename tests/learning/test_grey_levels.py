"""Grey levels of large pictures: no line is lost, and what is transparent or deep stays right."""

import io

import numpy as np
import pytest
from PIL import Image

from nnviz.data import grey_levels
from nnviz.data.grey_levels import LONGEST, levels_of
from nnviz.data.picture_files import picture_of

APART = 12
"""Columns from one line to the next: two are never seen as one."""


@pytest.fixture
def one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture of one row stands for all of its width: those are reduced, too."""
    monkeypatch.setattr(grey_levels, "SHORTEST", 0)


def weakest(width: int, first: int) -> tuple[float, float]:
    """Of lines one pixel wide across a row of so many: the darkest pixel that is left of the
    faintest, and the ink that is left of all; both as shares of what they would be if the ink
    of each lay in one pixel."""
    row = np.full((1, width), 255, np.uint8)
    row[0, first::APART] = 0
    dark = 255 - levels_of(Image.fromarray(row))[0].astype(int)
    assert len(dark) == LONGEST
    ratio = width / LONGEST
    lines = np.arange(first, width, APART)
    places = ((lines + 0.5) / ratio).astype(int)
    around = np.clip(places[:, None] + [-1, 0, 1], 0, LONGEST - 1)
    share = ratio / 255
    return dark[around].max(axis=1).min() * share, dark.sum() * share / len(lines)


@pytest.mark.usefixtures("one_row")
def test_no_width_loses_a_line():
    found = np.array([weakest(width, width % APART) for width in range(1601, 4101)])
    assert found[:, 0].min() > 0.47  # half: a line between two pixels
    assert found[:, 1].min() > 0.94
    assert found[:, 1].max() < 1.06


@pytest.mark.usefixtures("one_row")
@pytest.mark.parametrize("width", [1601, 2400, 3040, 3199, 3201, 4100, 9999, 65_000])
def test_wherever_a_line_lies_it_stays(width):
    found = np.array([weakest(width, first) for first in range(APART)])
    assert found[:, 0].min() > 0.4  # of few levels at last, where rounding counts
    assert found[:, 1].mean() == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize("turned", [False, True])
def test_thin_lines_survive_in_files(kind, turned):
    levels = np.full((1700, 3240), 240, np.uint8)
    levels[::APART] = 20
    if turned:
        levels = levels.T
    file = io.BytesIO()
    Image.fromarray(levels).save(file, kind)
    found = picture_of(file.getvalue(), "it").levels
    across = found if turned else found.T
    profile = 240 - across[10:-10].astype(int).mean(axis=0)
    lines = np.arange(0, 1700, APART) * len(profile) / 1700
    seen = [profile[max(0, int(at) - 1) : int(at) + 3].max() for at in lines]
    assert min(seen) > 0.4 * 220 / 2.1


def test_a_picture_is_the_same_in_one_band_and_in_many(monkeypatch):
    rng = np.random.default_rng(3)
    layers = rng.integers(0, 256, (700, 1701, 4), np.uint8)
    image = Image.fromarray(layers, "RGBA")
    whole = levels_of(image)
    monkeypatch.setattr(grey_levels, "BAND", 9_000)
    assert np.array_equal(levels_of(image), whole)


@pytest.mark.parametrize(("bits", "white"), [(10, 1023), (12, 4095), (16, 65535)])
def test_of_deep_grey_every_level_counts(bits, white):
    ramp = np.linspace(0, white, 256).round().astype(np.uint16)[None].repeat(4, axis=0)
    file = io.BytesIO()
    Image.fromarray(ramp).save(file, "PNG")
    found = picture_of(file.getvalue(), "it").levels
    assert np.abs(found.astype(int) - np.arange(256)).max() <= 1


def test_fractions_below_zero_begin_at_black():
    ramp = np.linspace(-1, 1, 256, dtype=np.float32)[None].repeat(4, axis=0)
    assert np.abs(levels_of(Image.fromarray(ramp)).astype(int) - np.arange(256)).max() <= 1


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "PA", "RGB", "RGBA", "CMYK", "LAB", "I;16"])
def test_every_mode_becomes_grey(mode):
    grey = Image.new("L", (40, 30), 255)
    grey.paste(0, (10, 5, 20, 25))
    image = Image.new("LAB", grey.size) if mode == "LAB" else grey.convert(mode)
    if mode == "LAB":
        image = Image.merge("LAB", (grey, Image.new("L", grey.size), Image.new("L", grey.size)))
    levels = levels_of(image)
    assert np.array_equal(levels > 128, np.asarray(grey) > 128)


def test_a_colour_that_is_transparent_is_paper():
    image = Image.new("P", (40, 30), 1)
    image.putpalette([0, 0, 0, 10, 200, 10, 250, 250, 250])
    image.paste(0, (10, 5, 20, 25))
    file = io.BytesIO()
    image.save(file, "PNG", transparency=1)
    found = picture_of(file.getvalue(), "it").levels
    assert found[0, 0] == 255
    assert found[10, 15] == 0
