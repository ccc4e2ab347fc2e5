"""Your own test digits: pictures with their labels, IDX files, and what cannot be read."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.data.digits import COLOUR, GREY, Source
from nnviz.data.idx import DigitsError, idx_bytes
from nnviz.data.own_digits import OwnDigits, Progress, label_of, opening, reading
from nnviz.questions.piecemeal import at_once

NAMES = tuple("0123456789")
WORDS = ("cat", "cattle", "dog")


def write(path: Path, image: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image.reshape(28, 28)).save(path)


def read(path: Path, names=NAMES, shape=GREY) -> OwnDigits:
    return at_once(reading(path, names, shape))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("7/a.png", 7),
        ("mine/7.png", 7),
        ("7-a.png", 7),
        ("7a.png", 7),
        ("7 (2).PNG", 7),
        ("70.png", None),
        ("img_7.png", None),
        ("3/7.png", 3),
    ],
)
def test_the_folder_or_the_beginning_of_the_name_is_the_label(name, label):
    assert label_of(Path("own") / name, NAMES) == label


@pytest.mark.parametrize(
    ("name", "label"),
    [("Cat/1.png", 0), ("cattle2.png", 1), ("cat-2.png", 0), ("cats.png", None), ("dog.png", 2)],
)
def test_classes_with_names_are_found_by_them(name, label):
    assert label_of(Path("own") / name, WORDS) == label


def test_digits_of_mnist_saved_as_pictures_come_back_bit_for_bit(tmp_path, digits):
    for number in range(40):
        label = digits.test_labels[number]
        write(tmp_path / f"{label}" / f"{number:03}.png", digits.test_images[number])
    found = read(tmp_path)
    order = sorted(range(40), key=lambda number: (digits.test_labels[number], number))
    np.testing.assert_array_equal(found.labels, digits.test_labels[order])
    np.testing.assert_array_equal(found.images, digits.test_images[order])
    assert not found.left_out


def test_broken_pictures_are_left_out_and_named(tmp_path, digits):
    for number in range(5):
        write(tmp_path / f"4-{number}.png", digits.test_images[number])
    (tmp_path / "4-empty.png").touch()
    (tmp_path / "4-words.jpg").write_text("not a picture")
    (tmp_path / "4-cut.png").write_bytes((tmp_path / "4-0.png").read_bytes()[:60])
    (tmp_path / "notes.txt").write_text("not even called a picture")
    write(tmp_path / "4-blank.png", np.zeros(784, np.uint8))
    write(tmp_path / "unlabelled.png", digits.test_images[0])
    steps: list[Progress] = []
    found = at_once(reading(tmp_path, NAMES, GREY), steps.append)
    assert len(found.images) == 5
    assert steps[-1] == Progress(10, 10)
    assert [step.done for step in steps] == list(range(1, 11))
    said = "\n".join(found.left_out)
    assert len(found.left_out) == 5
    for words in ("4-empty.png is empty", "4-words.jpg is not a picture", "4-cut.png is damaged"):
        assert words in said
    assert "4-blank.png shows no ink." in said
    assert "unlabelled.png has no label" in said


def test_pictures_without_any_label_say_how_to_label_them(tmp_path, digits):
    write(tmp_path / "photo.png", digits.test_images[0])
    with pytest.raises(DigitsError, match=r"one folder per class, such as 7/a\.png"):
        read(tmp_path)


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(DigitsError, match="holds no picture"):
        read(tmp_path)
    with pytest.raises(DigitsError, match="There is no folder or file"):
        read(tmp_path / "none")


def test_pictures_do_not_go_with_colour(tmp_path, digits):
    write(tmp_path / "4.png", digits.test_images[0])
    with pytest.raises(DigitsError, match="in colour"):
        read(tmp_path, shape=COLOUR)


def write_pair(folder: Path, images: np.ndarray, labels: np.ndarray, stem: str = "my") -> Path:
    path = folder / f"{stem}-images-idx3-ubyte"
    path.write_bytes(idx_bytes(images.reshape(-1, 28, 28)))
    (folder / f"{stem}-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    return path


def test_an_idx_file_with_its_labels_beside_it(tmp_path, digits):
    path = write_pair(tmp_path, digits.test_images[:20], digits.test_labels[:20])
    write_pair(tmp_path, digits.train_images[:5], digits.train_labels[:5], "train")
    for where in (path, tmp_path):
        found = read(where)
        np.testing.assert_array_equal(found.images, digits.test_images[:20])
        np.testing.assert_array_equal(found.labels, digits.test_labels[:20])


def test_labels_of_an_idx_file_that_are_no_class_in_use(tmp_path, digits):
    path = write_pair(tmp_path, digits.test_images[:200], digits.test_labels[:200])
    found = read(path, ("4", "9"))
    wanted = np.isin(digits.test_labels[:200], [4, 9])
    np.testing.assert_array_equal(found.images, digits.test_images[:200][wanted])
    np.testing.assert_array_equal(found.labels, digits.test_labels[:200][wanted] == 9)
    assert found.left_out == (f"{np.count_nonzero(~wanted):,} digits are of no class in use.",)


def test_idx_files_that_do_not_fit_are_refused(tmp_path, digits):
    path = write_pair(tmp_path, digits.test_images[:20], digits.test_labels[:19])
    with pytest.raises(DigitsError, match="20 images but my-labels-idx1-ubyte 19 labels"):
        read(path)
    (tmp_path / "my-labels-idx1-ubyte").unlink()
    with pytest.raises(DigitsError, match="needs a file of labels beside it"):
        read(path)
    path.write_bytes(idx_bytes(np.zeros((3, 20, 90), np.uint8)))
    (tmp_path / "my-labels-idx1-ubyte").write_bytes(idx_bytes(np.zeros(3, np.uint8)))
    with pytest.raises(DigitsError, match="images of 20 x 90 pixels"):
        read(path)
    other = tmp_path / "letter.txt"
    other.write_text("Dear all")
    with pytest.raises(DigitsError, match="holds no data set in a form that nnviz reads"):
        read(other)


def test_own_digits_take_the_place_of_the_test_digits(tmp_path, digits):
    write_pair(tmp_path, digits.train_images[:30], digits.train_labels[:30])
    source = Source(tests=str(tmp_path))
    found, left_out = at_once(opening(source))
    assert found.source == source
    assert not left_out
    np.testing.assert_array_equal(found.train_images, digits.train_images)
    np.testing.assert_array_equal(found.test_images, digits.train_images[:30])
    assert at_once(opening(Source()))[0].source == Source()
