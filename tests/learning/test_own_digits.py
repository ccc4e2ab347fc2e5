"""Your own test digits: pictures with their labels, IDX files, and what cannot be read."""

from pathlib import Path, PurePath

import numpy as np
import pytest
from PIL import Image

from nnviz.data.digits import COLOUR, GREY, Source
from nnviz.data.idx import DigitsError, idx_bytes
from nnviz.data.own.names import labels_in
from nnviz.data.own.reading import read_pictures
from nnviz.data.own_digits import OwnDigits, Progress, opening, reading
from nnviz.questions.piecemeal import at_once

NAMES = tuple("0123456789")
WORDS = ("cat", "cattle", "dog")


def write(path: Path, image: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image.reshape(28, 28)).save(path)


def read(path: Path, names=NAMES, shape=GREY) -> OwnDigits:
    return at_once(reading(path, names, shape))


def said(*files: str, names=NAMES, numbers_count=True) -> list[int | str | None]:
    """Of each name its label, or ? for what may only count, or the labels that it says both."""
    found = labels_in([PurePath(file) for file in files], names, numbers_count)
    return [
        "?" if each.counted else "".join(map(str, each.others or ())) or each.label
        for each in found
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("7/a.png", 7),
        ("mine/7.png", 7),
        ("7/on tuesday/IMG_0001.png", 7),
        ("digit_7/a.png", 7),
        ("7-a.png", 7),
        ("7a.png", 7),
        ("7 (2).PNG", 7),
        ("7 - Copy.png", 7),
        ("a-7.png", 7),
        ("anna7.png", 7),
        ("a_label7.png", 7),
        ("scan12_digit-7.png", 7),
        ("7-01.png", 7),
        ("7_20261130.png", 7),
        ("70.png", "?"),
        ("img_7.png", "?"),
        ("IMG_0007.jpg", "?"),
        ("scan7.png", "?"),
        ("Image (7).png", "?"),
        ("3-7.png", "37"),
        ("photo.png", None),
        ("3fa0b9.png", None),
        ("20261130_101500.jpg", None),
        ("3/7.png", 3),
        ("seven/a.png", 7),
        ("one/7-a.png", 7),
        ("eight_2.png", 8),
        ("stone_2.png", 2),
        ("Bildschirmfoto 7.png", "?"),
    ],
)
def test_the_folder_or_an_end_of_the_name_is_the_label(name, label):
    assert said(name) == [label]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        *(("Cat/1.png", 0), ("cattle2.png", 1), ("cat-2.png", 0), ("cats.png", None)),
        *(("dog.png", 2), ("my-dog.png", 2), ("cat-dog.png", "02")),
    ],
)
def test_classes_with_names_are_found_by_them(name, label):
    assert said(name, names=WORDS) == [label]


@pytest.mark.parametrize("pattern", ["{}.png", "IMG_{:04}.jpg", "scan{}.tif", "a-{}.png"])
def test_numbers_that_count_are_no_labels_unless_somebody_says_so(pattern):
    names = [pattern.format(number) for number in range(1, 13)]
    assert said(*names) == ["?"] * 12
    assert said(*names, numbers_count=False) == [*range(1, 10), None, None, None]


def test_numbers_that_do_not_count_are_labels():
    assert said("3.png", "7.png") == [3, 7]
    assert said("anna-3.png", "anna-7.png", "ben-3.png") == [3, 7, 3]
    every = [f"{number}.png" for number in range(10)]
    assert said(*every) == list(range(10))  # each class once, from the first to the last
    assert said(*every[1:]) == ["?"] * 9


def test_of_two_numbers_the_one_that_does_not_count_is_the_label():
    assert said("7-1.png", "7-2.png", "3-1.png") == [7, 7, 3]
    assert said("7-9.png", "7-10.png", "3-8.png") == [7, 7, 3]
    assert said("5-0.png", "0-1.png", "4-2.png", "1-3.png") == [5, 0, 4, 1]
    counted = [f"{number}-{label}.png" for number, label in enumerate("341559264358", 1)]
    assert said(*counted) == [int(label) for label in "341559264358"]
    assert said("3-7.png", "5-5.png", "7-4.png") == ["37", 5, "74"]
    grid = [f"{label}_{count}.png" for label in range(10) for count in range(3)]
    assert said(*grid) == [label for label in range(10) for _ in range(3)]


def test_what_follows_a_date_may_only_count():
    names = [f"2026-05-07 {number}.jpg" for number in (1, 2)]
    assert said(*names) == ["?", "?"]
    assert said(*names, numbers_count=False) == [1, 2]
    assert said("2026-05-07 3.jpg", "2026-05-07 7.jpg") == [3, 7]


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
    assert [step.done for step in steps] == list(range(1, 10))
    assert steps[-1] == Progress(9, 9)
    said = "\n".join(found.left_out)
    assert len(found.left_out) == 6
    assert "1 file is no picture: notes.txt." in said
    for words in ("4-empty.png is empty", "4-words.jpg is not a picture", "4-cut.png is damaged"):
        assert words in said
    assert "4-blank.png shows no ink." in said
    assert "unlabelled.png has no label" in said


def test_pictures_without_any_label_say_how_to_label_them(tmp_path, digits):
    write(tmp_path / "photo.png", digits.test_images[0])
    with pytest.raises(DigitsError, match=r"one folder per class, such as 7/a\.png") as refused:
        read(tmp_path)
    assert not refused.value.counted
    assert len(refused.value.left_out) == 1


def test_a_count_is_refused_and_says_how_to_say_that_it_is_meant(tmp_path, digits):
    for number in range(1, 13):
        write(tmp_path / f"{number}.png", digits.test_images[number])
    with pytest.raises(DigitsError, match=r"--names-are-labels") as refused:
        read(tmp_path)
    assert refused.value.counted == 12
    found = at_once(reading(tmp_path, NAMES, GREY, numbers_are_labels=True))
    assert sorted(found.labels) == list(range(1, 10))
    assert len(found.left_out) == 3


def test_a_phone_s_folder_is_read_whole_or_named(tmp_path, digits):
    image = Image.fromarray(255 - digits.test_images[0].reshape(28, 28)).resize((280, 280))
    kinds = ("jpg", "jpeg", "jfif", "jpe", "png", "webp", "avif", "bmp", "gif", "tiff")
    for kind in kinds:
        image.convert("RGB").save(tmp_path / f"7-{kind}.{kind}")
    (tmp_path / "7-without").write_bytes((tmp_path / "7-png.png").read_bytes())
    (tmp_path / "7-x.HEIC").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99))
    (tmp_path / "7-x.pdf").write_bytes(b"%PDF-1.7")
    for name in ("7-x.aae", "7-x.mov", ".nomedia", "Thumbs.db", "desktop.ini", "._7-a.png"):
        (tmp_path / name).write_bytes(b"<?xml version='1.0'?>")
    found = read(tmp_path)
    assert len(found.files) == len(kinds) + 1
    assert set(found.labels) == {7}
    assert len(found.left_out) == 3
    said = "\n".join(found.left_out)
    assert "7-x.HEIC is an HEIC picture" in said
    assert "7-x.pdf is a PDF file" in said
    assert "2 files are no pictures: 7-x.aae, 7-x.mov." in said


def test_folders_at_any_depth_are_looked_through(tmp_path, digits):
    write(tmp_path / "mine" / "7" / "monday" / "IMG_0001.png", digits.test_images[0])
    (tmp_path / "mine" / "again").symlink_to(tmp_path / "mine")
    assert read(tmp_path).files == ("mine/7/monday/IMG_0001.png",)


@pytest.mark.parametrize(
    ("name", "lines", "coding"),
    [
        ("labels.csv", "file,label\nIMG_0001.png,7\nIMG_0002.png,2\n", "utf-8"),
        ("labels.csv", "IMG_0001.png,7\nIMG_0002.png,2\n", "utf-8-sig"),
        ("labels.csv", "Label;Datei\r\n7;IMG_0001\r\n2.0;IMG_0002\r\n", "utf-8-sig"),
        ("table.tsv", "name\tx\tclass\nimg_0001.PNG\t1\t7\n.\\img_0002.png\t4\t2\n", "utf-16"),
        ("labels.txt", '"IMG_0001.png", "07"\n"IMG_0002.png", "2"\n', "cp1252"),
        ("labels.txt", "IMG_0001.png seven\nIMG_0002.png  two\n", "utf-8"),
        ("labels.txt", "IMG_0001.png: 7\nIMG_0002.png = 2\n", "utf-8"),
        ("labels.csv", "1,IMG_0001.png,7\n2,IMG_0002.png,2\n", "utf-8"),
        ("labels.csv", "C:\\me\\IMG_0001.png,7\n/home/me/IMG_0002.png,2\n", "utf-8"),
    ],
)
def test_a_table_of_names_and_labels_is_believed(tmp_path, digits, name, lines, coding):
    for number in (1, 2):
        write(tmp_path / f"IMG_000{number}.png", digits.test_images[number])
    (tmp_path / name).write_bytes(lines.encode(coding))
    for path in (tmp_path, tmp_path / name):
        found = read(path)
        assert list(found.labels) == [7, 2]
        assert not found.left_out


def test_what_a_table_says_otherwise_is_told(tmp_path, digits):
    for number in range(1, 6):
        write(tmp_path / f"IMG_000{number}.png", digits.test_images[number])
    lines = "file,label\nIMG_0001.png,7\nIMG_0002.png,x\nIMG_0003.png,1\nIMG_0003.png,2\nno.png,3\n"
    (tmp_path / "labels.csv").write_text(lines + "IMG_0005.png,4\n")
    found = read(tmp_path)
    assert list(found.labels) == [7, 4]
    said = "\n".join(found.left_out)
    assert "IMG_0002.png has the label 'x' in labels.csv, which is none of 0, 1" in said
    assert "IMG_0003.png has several labels in labels.csv: 1, 2." in said
    assert "IMG_0004.png has no label" in said
    assert "labels.csv names 1 picture that is not there: no.png." in said
    assert len(found.left_out) == 4


def test_pictures_of_things_that_nobody_writes_stay_as_they_are(tmp_path):
    image = np.random.default_rng(2).integers(0, 256, 784, np.uint8)
    write(tmp_path / "cat-1.png", image)
    assert np.array_equal(read(tmp_path, WORDS).images[0], image)


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(DigitsError, match="holds no picture"):
        read(tmp_path)
    with pytest.raises(DigitsError, match="There is no folder or file"):
        read(tmp_path / "none")


def test_a_file_that_is_no_table_does_not_stand_for_the_folder_around_it(tmp_path, digits):
    write(tmp_path / "7.png", digits.test_images[0])
    for work in (
        read_pictures(tmp_path / "7.png", NAMES),
        reading(tmp_path / "7.png", NAMES, GREY),
    ):
        with pytest.raises(DigitsError, match="name the folder"):
            at_once(work)


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
