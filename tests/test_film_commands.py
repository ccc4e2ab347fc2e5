"""`nnviz train --film` and `nnviz film`, as a user runs them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.networks.files import load
from nnviz.paths import TRAINED
from tests.program import ran_here

SHIPPED = str(TRAINED / "four-bits.safetensors")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_network_trained_with_its_film_is_the_same_network(tmp_path: Path) -> None:
    settings = ("--epochs", "2", "--images", "300", "--hidden", "5")
    for name, more in (("plain", ()), ("filmed", ("--film",))):
        done = ran_here("train", *settings, "--out", f"{name}.safetensors", *more)
        assert done.status == 0, done.err
    plain, filmed = (load(tmp_path / f"{name}.safetensors") for name in ("plain", "filmed"))
    for name, array in plain.network.weights().items():
        np.testing.assert_array_equal(array, filmed.network.weights()[name])
    assert plain.points[-1] == filmed.points[-1]
    assert not plain.film
    assert [each.number for each in filmed.film.moments] == list(range(len(filmed.points)))


def test_the_film_of_a_file_becomes_an_animated_picture(tmp_path: Path) -> None:
    more = ("--size", "320x240", "--theme", "light", "--fps", "25")
    done = ran_here("film", SHIPPED, "--out", "film.gif", *more)
    assert (done.status, done.out, done.err) == (0, "", "nnviz: saved film.gif.\n")
    with Image.open(tmp_path / "film.gif") as picture:
        assert (picture.size, picture.info["duration"]) == ((320, 240), 40)
        assert picture.n_frames == len(load(Path(SHIPPED)).film)


def test_a_picture_shows_a_moment_of_the_film(tmp_path: Path) -> None:
    for name, more in (("now", ()), ("noise", ("--moment", "0")), ("late", ("--moment", "60"))):
        done = ran_here("picture", "--out", f"{name}.png", *more)
        assert (done.status, done.err) == (0, "")
    pictures = {path.read_bytes() for path in tmp_path.glob("*.png")}
    assert len(pictures) == 3
