"""Folders of colour images and of class names: what is read, what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import CLASS_NAMES, COLOUR, GREY, DigitSet, Source, open_digits
from nnviz.data.idx import DigitsError, idx_bytes, read_idx
from tests.idx_files import write_colour_folder, write_folder


@pytest.fixture
def images() -> np.ndarray:
    return np.random.default_rng(2).integers(0, 256, (20, 32, 32, 3)).astype(np.uint8)


def opened(folder: Path, name: str = "folder") -> DigitSet:
    return open_digits(Source(name, str(folder)))


def test_colour_images_are_read_pixel_by_pixel(tmp_path, images):
    digits = opened(write_colour_folder(tmp_path / "some", images, np.arange(20) % 4))
    assert (digits.shape, digits.inputs) == (COLOUR, 3072)
    assert digits.to_look_at().shape == digits.first(3).shape == COLOUR
    assert digits.without([digits.train_images[0]]).shape == COLOUR
    np.testing.assert_array_equal(digits.train_images, images.reshape(20, 3072))
    assert digits.class_names == ("0", "1", "2", "3")


def test_a_folder_can_name_its_classes(tmp_path, images):
    names = ("apple", "pear", "plum", "fig", "unused")
    digits = opened(write_colour_folder(tmp_path / "some", images, np.arange(20) % 4, names))
    assert digits.class_names == names[:4]


def test_names_follow_their_labels_where_some_labels_do_not_occur(tmp_path, images):
    names = ("apple", "pear", "plum", "fig")
    folder = write_colour_folder(tmp_path / "some", images, np.where(images[:, 0, 0, 0] > 99, 3, 1))
    (folder / CLASS_NAMES).write_text(json.dumps(names))
    assert opened(folder).class_names == ("pear", "fig")


def test_the_classes_of_a_known_set_have_names_without_a_file(tmp_path, few):
    digits = opened(write_folder(tmp_path / "clothes", few), "fashion-mnist")
    assert digits.class_names == DATA_SETS["fashion-mnist"].class_names
    assert (digits.name, digits.shape) == ("fashion-mnist", GREY)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[", "is not a list of class names in JSON."),
        (40_000 * "[", "is not a list of class names in JSON."),
        ("\xff", "must be a list of class names"),
        ('"abcd"', "must be a list of class names"),
        ('{"a": 1}', "must be a list of class names"),
        ('["a", "b", "c", 4]', "must be a list of class names"),
        ('["a", "b", "c", " "]', "must be a list of class names"),
        ('["a", "b", "c", "two\\nlines"]', "must be a list of class names"),
        (json.dumps(["a", "b", "c", 41 * "d"]), "must be a list of class names"),
        ('["a", "b", "c"]', "names 3 classes, but there are labels up to 3."),
        ('["a", "b", "c", "a"]', "gives two classes the same name."),
    ],
)
def test_a_bad_list_of_names_is_refused(tmp_path, images, content, told):
    folder = write_colour_folder(tmp_path / "some", images, np.arange(20) % 4)
    (folder / CLASS_NAMES).write_text(content if content != "\xff" else "[1]")
    with pytest.raises(DigitsError) as caught:
        opened(folder)
    assert told in str(caught.value)
    assert str(caught.value).startswith(str(folder / CLASS_NAMES))


@pytest.mark.parametrize("shape", [(20, 28, 28, 3), (20, 32, 32, 1), (20, 32, 32, 4)])
def test_colour_images_of_another_shape_are_refused(tmp_path, shape):
    folder = write_colour_folder(tmp_path / "some", np.ones(shape), np.arange(20) % 4)
    with pytest.raises(DigitsError, match="or 32 x 32 x 3 in colour"):
        opened(folder)


def test_what_is_written_is_read_again(tmp_path, images):
    (tmp_path / "file").write_bytes(idx_bytes(images))
    np.testing.assert_array_equal(read_idx(tmp_path / "file", 4), images)
