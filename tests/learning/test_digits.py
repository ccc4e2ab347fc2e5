"""IDX files and folders of them: what is read, and what is refused in one sentence."""

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nnviz.data.catalogue import DATA_SETS, fetched_folder
from nnviz.data.digits import CLASS_NAMES, COLOUR, GREY, PARTS, DigitSet, Source, open_digits
from nnviz.data.idx import DigitsError, idx_bytes, read_idx
from nnviz.errors import shortened
from tests.idx_files import idx, write_colour_folder, write_folder

TRAIN_IMAGES, TRAIN_LABELS = PARTS["train"]
TEST_IMAGES, TEST_LABELS = PARTS["test"]


def opened(folder: Path, name: str = "folder") -> DigitSet:
    return open_digits(Source(name, str(folder)))


def refusal(folder: Path) -> str:
    with pytest.raises(DigitsError) as caught:
        opened(folder)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence.startswith(str(folder))
    return sentence


def read_unless_refused(path: Path, dimensions: int) -> np.ndarray | None:
    try:
        return read_idx(path, dimensions)
    except DigitsError:
        return None


def same_digits(one: DigitSet, other: DigitSet) -> bool:
    return one.class_names == other.class_names and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("train_images", "train_labels", "test_images", "test_labels")
    )


@pytest.fixture
def folder(tmp_path, few) -> Path:
    """A sound folder for a test to damage."""
    return write_folder(tmp_path / "digits", few)


# ---- what is read --------------------------------------------------------------------


@pytest.mark.parametrize("dotted", [False, True])
@pytest.mark.parametrize("zipped", [False, True])
def test_plain_gzipped_and_dot_named_files_give_the_same_digits(tmp_path, few, zipped, dotted):
    folder = write_folder(tmp_path / "some", few, zipped, dotted)
    digits = opened(folder)
    assert same_digits(digits, few)
    assert digits.name == "some"
    assert digits.source == Source("folder", str(folder))


def test_a_gzipped_file_without_the_ending_gz_is_read(folder, few):
    path = folder / TRAIN_IMAGES
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert same_digits(opened(folder), few)


def test_a_folder_named_as_mnist_is_called_mnist(folder):
    assert open_digits(Source("mnist", str(folder))).name == "mnist"


def test_the_current_folder_has_a_name(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert open_digits(Source("folder", ".")).name == "digits"


def test_two_classes_keep_their_names_and_are_numbered_from_zero(tmp_path, threes_and_eights):
    digits = opened(write_folder(tmp_path / "two", threes_and_eights))
    assert digits.class_names == ("3", "8")
    assert same_digits(digits, threes_and_eights)
    assert set(digits.train_labels) == {0, 1}


@pytest.mark.parametrize("classes", range(2, 11))
def test_two_to_ten_classes_are_read(folder, few, classes):
    few_classes = few.train_labels % classes
    (folder / TRAIN_LABELS).write_bytes(idx(few_classes))
    (folder / TEST_LABELS).write_bytes(idx(few.test_labels % classes))
    assert opened(folder).class_names == tuple("0123456789"[:classes])


@pytest.mark.parametrize("images", [1, 299])
def test_the_first_images_are_taken_and_all_test_digits_kept(few, images):
    first = few.first(images)
    np.testing.assert_array_equal(first.train_images, few.train_images[:images])
    np.testing.assert_array_equal(first.train_labels, few.train_labels[:images])
    assert len(first.test_labels) == 100


@pytest.mark.parametrize("images", [0, 300, 5000])
def test_none_or_more_than_there_are_means_all_images(few, images):
    assert same_digits(few.first(images), few)


def test_digits_are_taken_out_of_training_wherever_they_stand(few):
    left = few.without([few.train_images[0], few.train_images[299], few.test_images[5]])
    np.testing.assert_array_equal(left.train_images, few.train_images[1:299])
    np.testing.assert_array_equal(left.train_labels, few.train_labels[1:299])
    assert len(left.test_labels) == 100


def test_a_pixel_is_inked_from_one_percent_of_the_training_digits_on(few):
    images = np.zeros_like(few.train_images)
    images[:3, 10] = 1
    images[:2, 11] = 255
    inked = DigitSet(
        few.source, "", few.class_names, images, few.train_labels, images, few.train_labels
    ).inked
    assert inked[10]
    assert not inked[11]
    assert inked.sum() == 1


def test_what_can_be_looked_at_is_the_test_digits(few):
    shown = few.to_look_at()
    assert shown.images is few.test_images
    assert shown.labels is few.test_labels
    assert (shown.classes, shown.inputs, shown.train_count) == (10, 784, 300)


@tries(max_examples=50)
@given(
    array=arrays.arrays(np.uint8, st.tuples(st.integers(0, 5), st.integers(0, 5))),
    zipped=st.booleans(),
)
def test_any_array_comes_back_from_its_file(tmp_path_factory, array, zipped):
    path = tmp_path_factory.getbasetemp() / "round-trip.idx"
    images = array[:, :, None]
    path.write_bytes(gzip.compress(idx(images)) if zipped else idx(images))
    np.testing.assert_array_equal(read_idx(path, 3), images)


# ---- what is refused -----------------------------------------------------------------


@tries(max_examples=200)
@given(
    content=st.one_of(
        st.binary(max_size=40),
        st.binary(max_size=40).map(lambda end: bytes([0, 0, 8, 1]) + end),
        st.binary(max_size=40).map(lambda end: bytes([0, 0, 8, 3]) + end),
        st.binary(max_size=40).map(lambda end: b"\x1f\x8b\x08" + end),
        st.binary(max_size=40).map(gzip.compress),
    ),
    dimensions=st.sampled_from([1, 3]),
)
def test_bytes_of_any_kind_are_read_or_refused(tmp_path_factory, content, dimensions):
    path = tmp_path_factory.getbasetemp() / "any.idx"
    path.write_bytes(content)
    array = read_unless_refused(path, dimensions)
    assert array is None or array.ndim == dimensions


@tries(max_examples=150)
@given(data=st.data(), zipped=st.booleans())
def test_one_changed_byte_or_cut_is_refused_or_changes_nothing_but_pixels(
    tmp_path_factory, data, zipped
):
    images = np.arange(2 * 28 * 28, dtype=np.uint8).reshape(2, 28, 28)
    content = bytearray(gzip.compress(idx(images), mtime=0) if zipped else idx(images))
    where = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[where:]
    else:
        content[where] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.idx"
    path.write_bytes(content)
    array = read_unless_refused(path, 3)
    assert array is None or array.shape == images.shape
    if array is not None and zipped:  # gzip has a checksum
        np.testing.assert_array_equal(array, images)


@pytest.mark.parametrize("place", ["nowhere", "a" * 300, "loop"])
def test_what_is_no_folder_is_refused(folder, place):
    if place == "loop" and os.name != "nt":  # there are no symbolic links there
        (folder.parent / "loop").symlink_to("loop")
    assert refusal(folder.parent / place) == shortened(
        f"There is no folder {folder.parent / place}."
    )


@pytest.mark.parametrize("stem", [TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS])
@pytest.mark.parametrize("folder_instead", [False, True])
def test_each_of_the_four_files_is_needed(folder, stem, folder_instead):
    (folder / stem).unlink()
    if folder_instead:
        (folder / stem).mkdir()
    assert f"has no file {stem} or {stem}.gz" in refusal(folder)


def sized(*sizes: int) -> bytes:
    """The beginning of a file of images of these sizes."""
    return bytes([0, 0, 8, len(sizes)]) + np.array(sizes, ">u4").tobytes()


@pytest.mark.parametrize(
    ("stem", "spoil", "told"),
    [
        (TRAIN_IMAGES, lambda old: b"\0\0\x08\x01" + old[4:], "{} is not an IDX file of images"),
        (TRAIN_IMAGES, lambda old: b"\0\0\x08\x01" + old[4:], "it begins with 00 00 08 01"),
        (TRAIN_IMAGES, lambda old: b"\0\0\x0d\x03" + old[4:], "it begins with 00 00 0d 03"),
        (TRAIN_IMAGES, lambda old: b"\x89PNG" + old[4:], "it begins with 89 50 4e 47"),
        (TRAIN_IMAGES, lambda old: b"", "it begins with nothing"),
        (TRAIN_LABELS, lambda old: sized(300, 28, 28), "is not an IDX file of labels"),
        (TRAIN_IMAGES, lambda old: old[:7], "{} is cut short."),
        (TRAIN_IMAGES, lambda old: old[:-1], "{} is cut short."),
        (TEST_LABELS, lambda old: old[:7], "{} is cut short."),
        (TEST_LABELS, lambda old: old[:-1], "{} is cut short."),
        (TRAIN_IMAGES, lambda old: old + b"\0", "{} has bytes after its end."),
        (TEST_LABELS, lambda old: old + b"\0", "{} has bytes after its end."),
        # refused before memory is taken
        (TRAIN_IMAGES, lambda old: sized(60000, 2**31, 2**31), "more than nnviz reads"),
        (
            TRAIN_IMAGES,
            lambda old: idx(np.zeros((300, 14, 56))),
            "14 x 56 pixels; nnviz reads 28",
        ),
        (TRAIN_IMAGES, lambda old: idx(np.zeros((300, 0, 28))), "0 x 28 pixels; nnviz reads 28"),
        (TRAIN_LABELS, lambda old: idx(np.zeros(99)), f"images but {TRAIN_LABELS} 99 labels"),
        (TEST_LABELS, lambda old: idx(np.zeros(99)), f"images but {TEST_LABELS} 99 labels"),
        (TRAIN_LABELS, lambda old: old[:25] + b"\x0a" + old[26:], "11 classes; nnviz works with 2"),
        (TRAIN_LABELS, lambda old: old[:25] + b"\xff" + old[26:], "--classes 0,1,2 takes some"),
        (TRAIN_LABELS, lambda old: idx(np.full(300, 4)), "name 1 class; nnviz works with 2 to 10"),
        (
            TRAIN_LABELS,
            lambda old: old[:8] + bytes(each % 7 for each in old[8:]),
            "hold the class 7, which the training labels do not have",
        ),
    ],
)
def test_a_spoilt_file_is_refused(folder, stem, spoil, told):
    path = folder / stem
    path.write_bytes(spoil(path.read_bytes()))
    assert told.format(path) in refusal(folder)


def damaged_inside(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("stem", "spoil", "told"),
    [
        (TRAIN_IMAGES, lambda old: old[:5], "it is cut short."),
        (TRAIN_IMAGES, lambda old: old[:2000], "it is cut short."),
        (TRAIN_IMAGES, lambda old: old[:-1], "it is cut short."),
        (TRAIN_IMAGES, damaged_inside, ""),
        (TRAIN_LABELS, lambda old: old + b"more", "it is damaged"),
    ],
)
def test_a_spoilt_gzipped_file_is_refused(tmp_path, few, stem, spoil, told):
    path = write_folder(tmp_path / "digits", few, zipped=True) / f"{stem}.gz"
    path.write_bytes(spoil(path.read_bytes()))
    sentence = refusal(path.parent)
    assert sentence.startswith(f"{path} cannot be read: {told}")
    assert "damaged" in sentence or "cut short" in sentence


@pytest.mark.parametrize("part", ["train", "test"])
def test_a_part_without_images_is_refused(folder, part):
    images, labels = PARTS[part]
    (folder / images).write_bytes(idx(np.zeros((0, 28, 28))))
    (folder / labels).write_bytes(idx(np.zeros(0)))
    assert refusal(folder) == f"{folder / images} holds no image."


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_set_that_was_not_fetched_is_refused_with_the_way_to_get_it(name):
    with pytest.raises(DigitsError, match=f"nnviz digits fetch {name} brings it"):
        open_digits(Source(name))


def test_a_fetched_copy_needs_no_folder(few):
    fetched_folder("mnist").parent.mkdir(parents=True)
    write_folder(fetched_folder("mnist"), few)
    digits = open_digits(Source("mnist"))
    assert same_digits(digits, few)
    assert digits.name == "mnist"


# ---- colour, and names of classes ----------------------------------------------------


@pytest.fixture
def images() -> np.ndarray:
    return np.random.default_rng(2).integers(0, 256, (20, 32, 32, 3)).astype(np.uint8)


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


@pytest.mark.parametrize("shape", [(20, 28, 90, 3), (20, 4, 4, 3), (20, 32, 32, 4)])
def test_colour_images_of_another_shape_are_refused(tmp_path, shape):
    folder = write_colour_folder(tmp_path / "some", np.ones(shape), np.arange(20) % 4)
    with pytest.raises(DigitsError, match="or 32 x 32 x 3 in colour"):
        opened(folder)


def test_what_is_written_is_read_again(tmp_path, images):
    (tmp_path / "file").write_bytes(idx_bytes(images))
    np.testing.assert_array_equal(read_idx(tmp_path / "file", 4), images)


@pytest.mark.parametrize(
    "sizes",
    [
        [2**32 - 1, 2**32 - 1, 0],
        [0, 2**31, 2**31],
        [2**16, 0, 2**32 - 1],
        [2**32 - 1, 2**32 - 1, 2**32 - 1, 0],
    ],
)
def test_sizes_that_no_array_can_have_are_refused_though_their_product_is_0(tmp_path, sizes):
    path = tmp_path / "file"
    path.write_bytes(bytes([0, 0, 8, len(sizes)]) + np.array(sizes, ">u4").tobytes())
    with pytest.raises(DigitsError, match="more than nnviz reads"):
        read_idx(path, len(sizes))
