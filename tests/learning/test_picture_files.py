"""Picture files: all kinds are read alike, and what is no picture is refused in one sentence."""

import io
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from PIL import Image

from nnviz.data.digits import DigitSet
from nnviz.data.grey_levels import LONGEST, MOST_KEPT, SHORTEST
from nnviz.data.ink import find_ink
from nnviz.data.picture_files import PictureError, picture_of, read_picture
from tests.picture_memory import CASES, measured


@pytest.fixture(scope="module")
def image(digits: DigitSet) -> np.ndarray:
    return digits.test_images[3].reshape(28, 28)


def refusal(path: Path) -> str:
    with pytest.raises(PictureError) as caught:
        read_picture(path)
    sentence = str(caught.value)
    assert sentence.startswith(str(path))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def saved(path: Path, image: Image.Image, **more: object) -> Path:
    image.save(path, **more)
    return path


def ink_in(path: Path) -> np.ndarray:
    ink = find_ink(read_picture(path).levels)
    return ink.picture


# ---- what is read --------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["png", "gif", "bmp", "tif", "pgm"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_digit_comes_out_of_any_lossless_file_as_it_went_in(tmp_path, image, suffix, dark):
    path = saved(tmp_path / f"a.{suffix}", Image.fromarray(255 - image if dark else image))
    assert np.array_equal(ink_in(path), image)
    assert read_picture(path).notes == ()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "CMYK"])
def test_colours_and_opacity_make_no_difference(tmp_path, image, mode):
    picture = Image.fromarray(255 - image).convert(mode)
    path = saved(tmp_path / "a.tif", picture)
    assert np.array_equal(ink_in(path), image)


@pytest.mark.parametrize("suffix", ["jpg", "jpe", "jfif", "webp", "avif"])
def test_lossy_files_are_read(tmp_path, image, suffix):
    path = saved(tmp_path / f"a.{suffix}", Image.fromarray(image), quality=95)
    path = path.rename(tmp_path / "a.png")  # the content tells, whatever its name
    assert np.corrcoef(ink_in(path).ravel(), image.ravel())[0, 1] > 0.97


def test_sixteen_bits_become_eight(tmp_path, image):
    path = saved(tmp_path / "a.png", Image.fromarray(image.astype(np.uint16) * 257))
    assert np.array_equal(read_picture(path).levels, image)


def test_fractions_are_grey_levels(tmp_path, image):
    fractions = image.astype(np.float32) / 255
    fractions[0, 0] = np.nan
    path = saved(tmp_path / "a.tif", Image.fromarray(fractions))
    assert np.array_equal(read_picture(path).levels, image)


@pytest.mark.parametrize("level", [0, 255])
def test_ink_on_nothing_gets_paper_that_it_stands_out_from(tmp_path, image, level):
    layers = np.stack([np.full_like(image, level), image], axis=2)
    path = saved(tmp_path / "a.png", Image.fromarray(layers, "LA"))
    assert np.array_equal(ink_in(path), image)


def test_nothing_at_all_is_white_paper(tmp_path):
    path = saved(tmp_path / "a.png", Image.new("RGBA", (30, 20)))
    assert (read_picture(path).levels == 255).all()


def test_of_an_animation_the_first_picture_is_read(tmp_path, image):
    first, second = Image.fromarray(image), Image.new("L", (28, 28))
    path = saved(tmp_path / "a.gif", first, save_all=True, append_images=[second, first])
    found = read_picture(path)
    assert np.array_equal(found.levels, image)
    assert found.notes == (f"{path} holds 3 pictures; the first one was read.",)


@pytest.mark.parametrize("suffix", ["png", "tif", "webp"])
@pytest.mark.parametrize("turn", range(2, 9))
def test_a_turned_photograph_is_turned_back(tmp_path, image, suffix, turn):
    ways = Image.Transpose
    back = {
        2: ways.FLIP_LEFT_RIGHT,
        3: ways.ROTATE_180,
        4: ways.FLIP_TOP_BOTTOM,
        5: ways.TRANSPOSE,
        6: ways.ROTATE_90,
        7: ways.TRANSVERSE,
        8: ways.ROTATE_270,
    }
    lying = Image.fromarray(np.pad(image, ((0, 0), (0, 40)))).transpose(back[turn])
    tags = Image.Exif()
    tags[0x0112] = turn
    path = saved(tmp_path / f"a.{suffix}", lying, exif=tags, lossless=True)
    found = read_picture(path)
    assert (found.width, found.height) == (68, 28)
    assert np.array_equal(found.levels[:, :28], image)


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_a_large_picture_is_reduced_and_says_so(tmp_path, suffix):
    large = Image.new("L", (6000, 3000), 255)
    large.paste(0, (1500, 600, 3000, 2400))
    path = saved(tmp_path / f"a.{suffix}", large)
    found = read_picture(path)
    assert found.levels.shape == (LONGEST // 2, LONGEST)
    assert (found.width, found.height, found.reduced) == (6000, 3000, 6000 / LONGEST)
    assert "6,000 x 3,000" in found.notes[0]
    dark = found.levels < 128
    assert dark.mean() == pytest.approx(0.15, abs=0.002)


@pytest.mark.parametrize("size", [(18_000, 28), (5_000, 120), (28, 4_000)])
def test_a_thin_strip_keeps_its_size(tmp_path, size):
    found = read_picture(saved(tmp_path / "a.png", Image.new("L", size, 255)))
    assert found.levels.shape == size[::-1]
    assert not found.notes


def test_a_large_strip_is_reduced_no_further_than_can_be_read(tmp_path):
    found = read_picture(saved(tmp_path / "a.png", Image.new("L", (20_000, 1_000), 255)))
    assert found.levels.shape == (SHORTEST, 3200)
    longest = read_picture(saved(tmp_path / "b.png", Image.new("L", (200_000, 190), 255)))
    assert longest.levels.size < 1.01 * MOST_KEPT


def test_bytes_are_read_like_files(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    assert np.array_equal(picture_of(file.getvalue(), "The clipboard").levels, image)
    with pytest.raises(PictureError, match=r"^The clipboard is empty"):
        picture_of(b"", "The clipboard")


# ---- what is refused -----------------------------------------------------------------


def test_what_is_no_file_is_refused(tmp_path):
    assert "No such file" in refusal(tmp_path / "none.png")
    assert "is a folder" in refusal(tmp_path)


def test_what_is_no_picture_is_refused(tmp_path):
    path = tmp_path / "a.png"
    path.touch()
    assert "is empty" in refusal(path)
    path.write_text("no picture")
    assert "is not a picture that nnviz can read" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_unopened(tmp_path):
    path = tmp_path / "pipe.png"
    os.mkfifo(path)
    assert "is not a regular file" in refusal(path)


def test_a_picture_of_another_program_is_not_started(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n")
    assert "of the kind PostScript, which nnviz cannot read: save it" in refusal(path)


@pytest.mark.parametrize(
    ("name", "begins", "said"),
    [
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "is an HEIC picture"),
        ("a.jpg", b"\0\0\0\x1cftypmif1\0\0\0\0mif1heic", "Formats, Most Compatible"),
        ("a.heif", b"?", "export it as JPEG"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF file: save its page"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg">', "is an SVG drawing"),
        ("a.dng", b"II*\0\x08\0\0\0", "is a camera's raw file"),
        ("a.cr3", b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "is a camera's raw file"),
        ("a.psd", b"8BPS\0\x01", "of the kind PSD"),
        ("a.jpg", b"\n<!DOCTYPE html><html>", "is a web page"),
        ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "is a film"),
        ("a.jxl", b"\xff\x0a", "of the kind JXL"),
    ],
)
def test_what_is_known_to_be_no_picture_says_how_it_becomes_one(tmp_path, name, begins, said):
    path = tmp_path / name
    path.write_bytes(begins + bytes(100))
    assert said in refusal(path)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((7_000, 7_000), "7,000 x 7,000 pixels; nnviz reads up to 40 million."),
        ((14_000, 14_000), "14,000 x 14,000 pixels; nnviz reads up to 40 million."),
        ((600_000, 1), "600,000 x 1 pixels; nnviz reads up to 500,000 along a side."),
    ],
)
def test_too_many_pixels_are_refused_without_memory_for_them(tmp_path, size, said):
    path = saved(tmp_path / "a.png", Image.new("1", size))
    assert refusal(path).endswith(said)


@pytest.mark.skipif(sys.platform != "linux", reason="needs to be told the most memory")
def test_a_picture_takes_little_memory_beside_its_pixels(tmp_path):
    path = tmp_path / "long.tif"
    path.write_bytes(CASES["tiff-long"]())
    assert measured(path).in_all < 150  # 68 of them are its fractions


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "tif", "webp", "pgm"])
def test_a_file_cut_short_is_refused(tmp_path, image, suffix):
    path = saved(tmp_path / f"a.{suffix}", Image.fromarray(np.kron(image, np.ones((4, 4), "u1"))))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "damaged" in refusal(path)


@pytest.fixture(scope="module", params=["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "AVIF"])
def content(request, image) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, request.param)
    return file.getvalue()


@given(st.data())
@tries(max_examples=60)
def test_a_damaged_file_is_read_or_refused(content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = picture_of(bytes(damaged), "it")
    except PictureError as error:
        assert str(error).startswith("it ")  # noqa: PT017 - reading is as good as refusing
    else:
        assert found.levels.dtype == np.uint8
        assert found.levels.ndim == 2
