"""Specimens: what each kind is made of, and that a seed makes the same again."""

import dataclasses
import gzip

import numpy as np
import pytest

from nnviz.data import specimens
from nnviz.data.catalogue import fetched_folder
from nnviz.data.specimens import KINDS, Material, kinds_for, material_of, specimen
from tests.idx_files import write_folder


@pytest.fixture
def material(digits) -> Material:
    return material_of(digits)


def made(kind: str, material: Material, seed: int = 1, count: int = 30) -> np.ndarray:
    return np.stack([specimen(kind, number, seed, material) for number in range(count)])


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "clothing"])
def test_a_seed_makes_the_same_again(kind, material):
    assert kind in kinds_for(material)
    first = made(kind, material)
    assert first.shape == (30, 784)
    assert first.dtype == np.uint8
    np.testing.assert_array_equal(first, made(kind, material))
    if kind not in ("empty", "digits"):
        assert (first != made(kind, material, seed=2)).any()


@pytest.mark.parametrize("kind", ["letters", "ten", "scribbles"])
def test_what_is_drawn_has_the_form_of_mnist(kind, material):
    for image in made(kind, material).reshape(-1, 28, 28).astype(np.float64):
        rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 in (19, 20)
        mass = image.sum()
        assert abs((image.sum(axis=1) @ np.arange(28)) / mass - 14) <= 0.5 + 1e-9
        assert abs((image.sum(axis=0) @ np.arange(28)) / mass - 14) <= 0.5 + 1e-9


def test_ten_is_as_wide_as_two_digits(material):
    images = made("ten", material).reshape(-1, 28, 28)
    pieces = [np.flatnonzero(np.diff(image.any(axis=0).astype(int)) == 1) for image in images]
    assert np.mean([len(each) >= 2 for each in pieces]) > 0.8


def test_inverted_digits_are_digits_again_when_inverted(material):
    known = {image.tobytes() for image in material.images}
    assert {(255 - image).tobytes() for image in made("inverted", material)} <= known


def test_shuffling_keeps_the_ink(material):
    known = {np.sort(image).tobytes() for image in material.images}
    images = made("shuffled", material)
    assert {np.sort(image).tobytes() for image in images} <= known
    assert not {image.tobytes() for image in images} & {each.tobytes() for each in material.images}


def test_noise_has_every_darkness_and_an_empty_page_none(material):
    noise = made("noise", material)
    assert set(range(256)) == set(noise.ravel().tolist())
    assert not made("empty", material).any()


@pytest.mark.parametrize("zipped", [False, True])
def test_clothes_are_there_once_they_are_fetched(material, few, monkeypatch, tmp_path, zipped):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    specimens._clothes.cache_clear()
    assert "clothing" not in kinds_for(material)
    folder = fetched_folder("fashion-mnist")
    folder.mkdir(parents=True)
    write_folder(folder, few)
    if zipped:
        for path in folder.glob("*-ubyte"):
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
            path.unlink()
    assert "clothing" in kinds_for(material)
    np.testing.assert_array_equal(specimen("clothing", 3, 1, material), few.test_images[3])
    specimens._clothes.cache_clear()


def test_beside_colours_and_clothes_only_what_can_be_made_is_offered(material):
    colour = dataclasses.replace(
        material,
        images=np.zeros((5, 3072), np.uint8),
        shape=(32, 32, 3),
        labels=material.labels[:5],
    )
    assert set(kinds_for(colour)) == {"digits", "inverted", "shuffled", "noise", "empty"}
    names = tuple("abcdefghij")
    assert "ten" not in kinds_for(dataclasses.replace(material, class_names=names))
