"""Data sets that lie as folders of pictures."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.data.digits import DigitSet, Source, open_digits
from nnviz.data.idx import DigitsError
from nnviz.data.own.reading import Progress
from nnviz.data.own_digits import opening, reading
from nnviz.questions.piecemeal import at_once


def write(folder: Path, images: np.ndarray, labels: np.ndarray, names="0123456789") -> None:
    """A picture for each image, in a folder for each class."""
    for place, (image, label) in enumerate(zip(images, labels, strict=True)):
        path = folder / names[label] / f"{place:03}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image.reshape(28, 28)).save(path)


def opened(folder: Path) -> DigitSet:
    return open_digits(Source("folder", str(folder)))


@pytest.fixture
def folder(tmp_path: Path, digits: DigitSet) -> Path:
    write(tmp_path / "training", digits.train_images[:80], digits.train_labels[:80])
    write(tmp_path / "testing", digits.test_images[:30], digits.test_labels[:30])
    return tmp_path


def of_class(images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return images[np.argsort(labels, kind="stable")]


@pytest.mark.parametrize("names", [("training", "testing"), ("Train", "TEST"), ("train", "val")])
def test_folders_to_train_and_to_test_are_a_data_set_bit_for_bit(folder, digits, names):
    for before, now in zip(("training", "testing"), names, strict=True):
        (folder / before).rename(folder / now)
    steps: list[Progress] = []
    found, left_out = at_once(opening(Source("folder", str(folder))), steps.append)
    assert steps[-1] == Progress(110, 110)
    assert not left_out
    assert not found.notes
    assert found.class_names == digits.class_names
    for part, count in (("train", 80), ("test", 30)):
        images = getattr(digits, f"{part}_images")[:count]
        labels = getattr(digits, f"{part}_labels")[:count]
        np.testing.assert_array_equal(getattr(found, f"{part}_images"), of_class(images, labels))
        np.testing.assert_array_equal(getattr(found, f"{part}_labels"), np.sort(labels))
    assert found.test_files[0].startswith(f"{names[1]}/0/")
    assert found.kind == digits.kind  # digits of MNIST, so its networks are asked about them


def test_the_folder_to_test_is_used_alone_as_your_own_digits(folder, digits):
    found = at_once(reading(folder, digits.class_names, digits.shape))
    assert len(found.labels) == 30


@pytest.mark.parametrize("where", ["anna/{}", "{}/anna", "all/of/them/{}", "train/{}/anna"])
def test_folders_of_classes_are_found_as_deep_as_your_own_digits_are(tmp_path, digits, where):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "read me.txt").write_text("Pictures of digits.")
    for writer in ("anna", "bert"):
        for place, label in enumerate(digits.train_labels[:40]):
            name = where.replace("anna", writer).format(label)
            path = tmp_path / name / f"{writer}{place:03}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(digits.train_images[place].reshape(28, 28)).save(path)
    found = opened(tmp_path)
    assert found.class_names == digits.class_names
    assert len(found.train_labels) + len(found.test_labels) == 80
    own = at_once(reading(tmp_path, digits.class_names, digits.shape))
    assert len(own.labels) == 80


def test_several_sets_in_a_folder_are_not_mixed(tmp_path, digits):
    for name in ("mine", "yours"):
        for part in ("train", "test"):
            write(tmp_path / name / part, digits.train_images[:30], digits.train_labels[:30])
    for read in (opened, lambda path: at_once(reading(path, digits.class_names, digits.shape))):
        with pytest.raises(DigitsError, match=r"more than one data set: .* mine, yours"):
            read(tmp_path)


def test_classes_of_several_writers_are_called_as_their_folders(tmp_path, digits):
    for writer in ("anna", "bert"):
        write(tmp_path / writer, digits.train_images[:40], digits.train_labels[:40], "ABCDEFGHIJ")
    assert opened(tmp_path).class_names == tuple("ABCDEFGHIJ")


def test_a_table_above_the_only_folder_tells_its_labels(tmp_path, digits):
    (tmp_path / "images").mkdir()
    rows = ["file,label"]
    for place, label in enumerate(digits.train_labels[:40]):
        path = tmp_path / "images" / f"{place}.png"
        Image.fromarray(digits.train_images[place].reshape(28, 28)).save(path)
        rows.append(f"{place}.png,{label}")
    (tmp_path / "labels.csv").write_text("\n".join(rows))
    assert len(opened(tmp_path).train_labels) >= 30


def test_without_test_digits_some_are_kept_back(folder, digits):
    found = opened(folder / "training")
    assert len(found.train_labels) + len(found.test_labels) == 80
    assert set(found.test_labels) == set(found.train_labels)
    assert f"{len(found.test_labels)} in all" in found.notes[0]


def test_one_picture_of_each_class_is_too_few(tmp_path, digits):
    write(tmp_path, digits.train_images[:2], np.arange(2))
    with pytest.raises(DigitsError, match="holds one image of each class"):
        opened(tmp_path)


def test_dark_digits_on_light_are_inverted_as_a_set(folder, digits):
    for path in folder.rglob("*.png"):
        Image.fromarray(255 - np.asarray(Image.open(path))).save(path)
    found = opened(folder)
    assert "inverted" in found.notes[0]
    expected = of_class(digits.test_images[:30], digits.test_labels[:30])
    np.testing.assert_array_equal(found.test_images, expected)


def test_larger_digits_are_normalised(tmp_path, digits):
    for part in ("train", "test"):
        write(tmp_path / part, digits.test_images[:6], digits.test_labels[:6])
    for path in tmp_path.rglob("*.png"):
        Image.open(path).resize((84, 84)).save(path)
    found = opened(tmp_path)
    assert "as MNIST's digits were" in found.notes[0]
    expected = of_class(digits.test_images[:6], digits.test_labels[:6]).astype(float)
    assert np.corrcoef(found.test_images.ravel(), expected.ravel())[0, 1] > 0.9


def test_classes_are_called_as_their_folders_and_photographs_stay_whole(tmp_path):
    photo = np.tile(np.linspace(0, 255, 90, dtype=np.uint8), (60, 1))
    for name in ("dog", "cat"):
        for place in range(7):
            path = tmp_path / "pets" / name / f"{place}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(photo).save(path)
    found = opened(tmp_path)
    assert found.class_names == ("cat", "dog")
    assert (len(found.train_labels), len(found.test_labels)) == (12, 2)
    image = found.train_images[0].reshape(28, 28).astype(int)
    assert image[:, 0].max() < 20
    assert image[:, -1].min() > 235


def test_what_is_no_picture_is_named(folder):
    (folder / "training" / "3" / "broken.png").touch()
    (folder / "testing" / "notes.md").write_text("mine")
    _, left_out = at_once(opening(Source("folder", str(folder))))
    assert len(left_out) == 2
    assert "broken.png is empty" in left_out[1] + left_out[0]


def test_a_flat_folder_with_labels_is_a_data_set_and_a_count_is_none(tmp_path, digits):
    for place in range(40):
        image = Image.fromarray(digits.train_images[place].reshape(28, 28))
        image.save(tmp_path / f"{digits.train_labels[place]}-{place:02}.png")
    assert set(opened(tmp_path).class_names) == {str(n) for n in set(digits.train_labels[:40])}
    for place, path in enumerate(sorted(tmp_path.iterdir()), 1):
        path.rename(tmp_path / f"IMG_{place:04}.png")
    with pytest.raises(DigitsError, match="may only count"):
        opened(tmp_path)


@pytest.mark.parametrize("together", [False, True])
def test_tables_around_the_parts_tell_their_labels(folder, digits, together):
    lines = ["id,label"]
    for part in ("training", "testing"):
        for path in sorted((folder / part).rglob("*.png")):
            lines.append(f"{part}/{path.name}" if together else path.stem)
            lines[-1] += f",{path.parent.name}"
            path.rename(folder / part / path.name)
        if not together:
            (folder / f"{part}_labels.csv").write_text("\n".join(lines))
            lines = ["id,label"]
    if together:
        (folder / "labels.csv").write_text("\n".join(lines))
    found, left_out = at_once(opening(Source("folder", str(folder))))
    np.testing.assert_array_equal(found.train_images, digits.train_images[:80])
    np.testing.assert_array_equal(found.train_labels, digits.train_labels[:80])
    np.testing.assert_array_equal(found.test_labels, digits.test_labels[:30])
    assert not left_out
