"""Data sets in the forms of others come back bit for bit, and what cannot be read says why."""

import gzip
import io
import os
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import sklearn
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.digits import DigitSet, Source, open_digits
from nnviz.data.forms.content import MOST
from nnviz.data.forms.labels import alone, meant
from nnviz.data.forms.names import ENDINGS_OF, named
from nnviz.data.forms.pairing import has_forms
from nnviz.data.forms.table import FORMS as TABLE
from nnviz.data.forms.turning import WAYS, turned
from nnviz.data.idx import DigitsError, idx_bytes
from nnviz.data.own_digits import opening
from nnviz.questions.piecemeal import at_once
from tests.forms.written import FORMS, TEST, TRAIN, Digits, few, keras, parquet, plain_csv


def opened(path: Path, **more: object) -> DigitSet:
    return open_digits(Source("folder", str(path), **more))  # type: ignore[arg-type]


def refusal(path: Path) -> str:
    with pytest.raises(DigitsError) as caught:
        opened(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def same(found: DigitSet, digits: Digits) -> None:
    assert found.class_names == tuple("0123456789")
    for got, wanted in (
        (found.train_images.reshape(-1, 28, 28), digits.train),
        (found.train_labels, digits.train_labels),
        (found.test_images.reshape(-1, 28, 28), digits.test),
        (found.test_labels, digits.test_labels),
    ):
        assert got.dtype == np.uint8
        assert got.flags.writeable  # which torch asks for
        np.testing.assert_array_equal(got, wanted)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_comes_back_bit_for_bit(tmp_path, form):
    path = FORMS[form](tmp_path, few())
    found = opened(path)
    same(found, few())
    assert found.kind == "mnist"
    assert bool(found.notes) == (form == "padded")
    # and as test digits in place of the bundled ones
    own, left_out = at_once(opening(Source(tests=str(path.parent if path.is_file() else path))))
    np.testing.assert_array_equal(own.test_images.reshape(-1, 28, 28), few().test)
    assert not left_out


def test_parquet_comes_back_with_its_names(tmp_path):
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    found = opened(parquet(tmp_path, few()))
    assert found.class_names == tuple(f"digit {n}" for n in range(10))
    np.testing.assert_array_equal(found.train_images.reshape(-1, 28, 28), few().train)
    np.testing.assert_array_equal(found.test_labels, few().test_labels)


def test_parquet_without_its_reader_says_what_installs_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "train-00000-of-00001.parquet").write_bytes(b"PAR1")
    assert "uv sync --extra parquet installs it" in refusal(tmp_path)


def test_a_named_test_file_is_read_without_the_training_file_beside_it(tmp_path):
    plain_csv(tmp_path, few())
    own, _ = at_once(opening(Source(tests=str(tmp_path / "mnist_train.csv"))))
    np.testing.assert_array_equal(own.test_images.reshape(-1, 28, 28), few().train)


def test_the_digits_of_scikit_learn_are_scaled_and_a_part_is_kept_back(tmp_path):
    path = Path(sklearn.__file__).parent / "datasets" / "data" / "digits.csv.gz"
    found = opened(path)
    assert len(found.train_labels) + len(found.test_labels) == 1797
    _, of_class = np.unique(found.test_labels, return_counts=True)
    assert (of_class > 25).all()
    scaled, kept_back = found.notes
    assert "8 x 8 pixels were scaled to 28 x 28" in scaled
    assert f"{len(found.test_labels)} in all" in kept_back
    table = np.loadtxt(path, delimiter=",")
    assert sorted([*found.train_labels, *found.test_labels]) == sorted(table[:, 64])


def test_unlabelled_test_images_are_left_aside_and_said(tmp_path):
    plain_csv(tmp_path, few())
    (tmp_path / "mnist_train.csv").rename(tmp_path / "train.csv")
    rows = (tmp_path / "mnist_test.csv").read_text().splitlines()
    (tmp_path / "mnist_test.csv").unlink()
    header = ",".join(f"pixel{k}" for k in range(784))
    bare = [header, *(row.partition(",")[2] for row in rows)]
    (tmp_path / "test.csv").write_text("\n".join(bare))
    (tmp_path / "sample_submission.csv").write_text("ImageId,Label\n1,0\n")
    found = opened(tmp_path)
    assert "test.csv has no labels" in found.notes[0]
    assert "holds no test digits" in found.notes[1]
    assert len(found.train_labels) + len(found.test_labels) == TRAIN


def test_usps_counts_from_one_and_its_frames_are_small(tmp_path):
    """Each class is a bar of its own: what is read must be the same bar, and called 0 to 9."""
    lines = []
    for label in range(1, 11):
        image = np.full((16, 16), -1.0)
        image[2:14, label] = 1
        pairs = " ".join(f"{k + 1}:{v:.4f}" for k, v in enumerate(image.flat))
        lines += [f"{label} {pairs}"] * 6
    (tmp_path / "usps").write_text("\n".join(lines))
    (tmp_path / "usps.t").write_text("\n".join(lines[::6]))
    found = opened(tmp_path / "usps")
    assert found.class_names == tuple("0123456789")
    assert len(found.test_labels) == 10
    ink = found.test_images[3].reshape(28, 28)
    assert ink.max() == 255
    assert np.flatnonzero(ink.max(axis=1)).size == 20  # its longer side


# ---- labels and grey levels ----------------------------------------------------------

NAMES = st.text("abcdefghij", min_size=1, max_size=4)


@tries(max_examples=40)
@given(
    classes=st.one_of(
        st.lists(st.integers(-500, 500), min_size=2, max_size=10, unique=True),
        st.lists(NAMES, min_size=2, max_size=10, unique=True),
    ),
    data=st.data(),
)
def test_any_labels_become_classes_that_are_called_so(classes, data):
    chosen = data.draw(st.lists(st.sampled_from(classes), min_size=2, max_size=30))
    (found,), names = meant([alone(np.array(chosen), "x")], (), "", "x")
    called = [names[each] if names else str(each) for each in found]
    assert called == [str(each) for each in chosen]


@pytest.mark.parametrize("labels", [np.arange(1, 11), np.array(list("abcdefghij"))])
def test_ten_numbers_or_names_are_the_classes(tmp_path, labels):
    named_so = Digits(
        few().train, labels[few().train_labels], few().test, labels[few().test_labels]
    )
    found = opened(keras(tmp_path, named_so))
    assert found.class_names == tuple(map(str, labels))
    np.testing.assert_array_equal(found.test_labels, few().test_labels)


def test_words_for_numbers_are_digits():
    np.testing.assert_array_equal(alone(np.array(["seven", " Two"]), "x"), [7, 2])


def test_more_classes_than_a_network_tells_apart_are_refused_unless_some_are_chosen(tmp_path):
    labels = np.arange(TRAIN) % 26 + 1, np.arange(TEST) % 26 + 1
    for part, images, own in zip(("train", "test"), (few().train, few().test), labels, strict=True):
        stem = tmp_path / f"emnist-letters-{part}"
        (Path(f"{stem}-images-idx3-ubyte")).write_bytes(idx_bytes(images))
        (Path(f"{stem}-labels-idx1-ubyte")).write_bytes(idx_bytes(own.astype(np.uint8)))
    assert "holds 26 classes" in refusal(tmp_path)
    found = opened(tmp_path, classes=("c", "a"))
    assert found.class_names == ("a", "c")
    assert found.name
    assert any("EMNIST stores its images transposed" in note for note in found.notes)


GREYS = {
    "bool": lambda images: images > 127,
    "int8, wrapped": lambda images: images.view(np.int8),
    "int8, shifted": lambda images: (images.astype(np.int16) - 128).astype(np.int8),
    "float": lambda images: images.astype(np.float64),
    "-1..1": lambda images: images / 127.5 - 1,
    "16 bit": lambda images: images.astype(np.uint16) * 257,
    "normalised": lambda images: (images / 255 - 0.1307) / 0.3081,
}


@pytest.mark.parametrize("grey", GREYS)
def test_grey_levels_of_any_kind_become_bytes(tmp_path, grey):
    made = few().as_others_have_them(GREYS[grey])
    wanted = few().as_others_have_them(lambda i: np.where(i > 127, 255, 0) if grey == "bool" else i)
    found = opened(keras(tmp_path, made))
    same(found, wanted)
    assert any("became 0 to 255" in note for note in found.notes) == (grey == "normalised")


@pytest.mark.parametrize("way", [*WAYS, "inverted"])
def test_turned_digits_come_back_by_the_way_of_the_source(tmp_path, way):
    """Each way undone by its opposite gives MNIST's digits, and their kind."""
    back = {"left": "right", "right": "left"}.get(way, way)
    made = few().as_others_have_them(lambda images: turned(images, (back,)))
    found = opened(keras(tmp_path, made), turned=(way,))
    same(found, few())
    assert (found.kind, found.source.turned) == ("mnist", (way,))


# ---- what is refused -----------------------------------------------------------------


def header(shape: str, kind: str = "|u1") -> bytes:
    """The beginning of an .npy file."""
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    text += b" " * (64 - (11 + len(text)) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def archive(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, each in members.items():
            file.writestr(f"{name}.npy", each)
    return content.getvalue()


def objects() -> bytes:
    content = io.BytesIO()
    np.savez(content, x_train=np.array([[1], "a"], object), y_train=np.arange(2))
    return content.getvalue()


def photos() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("7/a.png", b"")
    return content.getvalue()


def row(label: object, pixels: int = 784, pixel: object = 0) -> str:
    return ",".join(map(str, [label, *[pixel] * pixels]))


TEXT = "\n".join(row(n % 10) for n in range(20))
SPOILT = {
    "objects.npz": (objects(), "holds Python objects, which nnviz never opens"),
    "huge.npz": (archive(x_train=header("(60000, 99999, 99999)")), "more than nnviz reads"),
    "bomb.npz": (archive(x_train=header(f"({MOST + 1},)") + bytes(10)), "more than nnviz reads"),
    "cut.npz": (archive(x_train=header("(60, 28, 28)") + bytes(99)), "is cut short"),
    "none.npz": (archive(x_train=b"Dear all"), "is no array of NumPy"),
    "open.npz": (archive(x=header("(2, 28, 28)").replace(b"}", b" ")), "is no array of NumPy"),
    "below.npy": (header("(-1, 28, 28)") + bytes(784), "is no array of NumPy"),
    "deep.npy": (header(f"({'1, ' * 70})") + b"1", "is no array of NumPy"),
    "endless.npy": (header(f"(0, {2**70})"), "is no array of NumPy"),
    "nameless.arff": (f"@relation a\n@attribute\n@data\n{TEXT}", "needs a file of labels"),
    "two.npz": (
        archive(x_train=header("(2, 28, 28)") + bytes(1568), images_train=header("(0, 28, 28)")),
        "several arrays that can be meant: x_train, images_train",
    ),
    "unlabelled.npy": (header("(2, 28, 28)") + bytes(1568), "needs a file of labels beside it"),
    "sizes.idx3-ubyte": (b"\0\0\x08\x03" + 12 * b"\xff", "more than nnviz reads"),
    "a.h5": (b"\x89HDF\r\n\x1a\n", "is an HDF5 file"),
    "mnist.pkl.gz": (gzip.compress(b"\x80\x04]\x94."), "is a pickle, which could run any program"),
    "ragged.csv": (f"{TEXT}\n{row(1, 700)}", "another number of columns in its row 21"),
    "words.csv": (f"{TEXT}\n{row(1, pixel='x')}", "no number in its row 21"),
    "narrow.csv": ("\n".join(row(n, 700) for n in range(9)), "has 701 columns"),
    "header.csv": ("label," + ",".join(f"p{k}" for k in range(784)), "holds no image"),
    "long.csv": ("1," * 3_000_000, "has a line that is too long"),
    "digits.mat": (b"MATLAB 5.0 MAT-file" + bytes(120), "scipy.io.loadmat opens it"),
    "sparse.svm": ("1 1:0.5 2:a\n", "is not written as LIBSVM writes"),
    "far.svm": ("1 1:0.5 9999:1\n", "otherwise than from 1 to 3,072"),
    "letter.txt": ("Dear all,\nhow are you?", "holds no data set in a form that nnviz reads"),
    "empty.csv": ("", "is empty: it has no bytes"),
    "missing.csv": (f"7,,{row(0, 782)}\n{TEXT}", "no number in its row 1"),
    "last.csv": (f"{TEXT}\n3,{row(0, 782)},", "no number in its row 21"),
    "single.csv": ("\n".join(row(n) for n in range(9)), "holds one image of each class"),
    "digit.png": (b"\x89PNG\r\n\x1a\n", "is one picture: name the folder that it lies in"),
    "photos.zip": (photos(), "is an archive without a data set"),
    "damaged.csv.gz": (gzip.compress(TEXT.encode())[:-9], "cannot be read: it is cut short"),
    "nan.csv": ("\n".join(row(n % 2, pixel="nan") for n in range(9)), "no finite numbers"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_be_read_says_why(tmp_path, name):
    content, told = SPOILT[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert told in refusal(path)


@pytest.mark.parametrize("form", ["keras", "plain_csv", "sparse"])
@tries(max_examples=10)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path_factory, form, data):
    folder = tmp_path_factory.mktemp("spoilt")
    tiny = Digits(few().train[:20], few().train_labels[:20], few().test[:5], few().test_labels[:5])
    path = FORMS[form](folder, tiny)
    path = path if path.is_file() else next(folder.iterdir())
    content = bytearray(path.read_bytes())
    where = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[where:]
    else:
        content[where] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with suppress(DigitsError):
        assert opened(path).train_images.shape[1:] == (784,)


@pytest.mark.skipif(os.name != "posix", reason="devices")
def test_what_never_ends_is_not_read():
    assert "is not a regular file" in refusal(Path("/dev/zero"))


def test_of_few_digits_some_are_kept_back_too(tmp_path):
    path = tmp_path / "few.csv"
    path.write_text("\n".join(row(n % 10) for n in range(20)))
    assert list(opened(path).test_labels) == list(range(10))


def test_a_folder_of_several_data_sets_names_them(tmp_path):
    for name in ("digits", "mnist"):
        (tmp_path / f"emnist-{name}-train-images-idx3-ubyte").write_bytes(b"")
    assert "several data sets: name one of their files, such as emnist-digits" in refusal(tmp_path)


def test_files_of_one_name_in_several_folders_are_named_with_those(tmp_path):
    for folder in ("anna", "ben"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "train.csv").write_text(TEXT)
    assert refusal(tmp_path).endswith("such as anna/train.csv, ben/train.csv.")


def test_every_form_of_the_table_has_endings():
    assert [form.name for form in TABLE] == list(ENDINGS_OF)


@pytest.mark.parametrize(
    ("name", "group", "part"),
    [
        ("emnist-digits-train-images-idx3-ubyte.gz", "emnist digits", "train"),
        ("t10k-labels.idx1-ubyte", "", "test"),
        ("kmnist-test-imgs.npz", "kmnist", "test"),
        ("train-00000-of-00001.parquet", "", "train"),
        ("usps.t.bz2", "usps", "test"),
        ("mnist_784.arff", "mnist 784", ""),
        ("optdigits.tra", "optdigits", "train"),
    ],
)
def test_names_tell_the_data_set_and_its_part(name, group, part):
    assert (named(name).group, named(name).part) == (group, part)
    assert named("0000.parquet", ("default", "train")).part == "train"


def test_a_folder_of_pictures_with_a_table_of_labels_is_none_of_arrays(tmp_path):
    (tmp_path / "a.png").touch()
    (tmp_path / "labels.csv").write_text("file,label\na.png,7\n")
    assert not has_forms(tmp_path)
    (tmp_path / "a.png").unlink()
    assert has_forms(tmp_path)


# ---- what tutorials and their tools write besides ------------------------------------


def rows_of(first: bool) -> np.ndarray:
    flat = few().train.reshape(TRAIN, -1)
    label = few().train_labels
    return np.column_stack([label, flat] if first else [flat, label])


HEADERS = {
    "counted by pandas": (",".join(map(str, range(785))), True, False),
    "label among numbers": (",".join([*map(str, range(784)), "label"]), False, False),
    "rows and columns": ("label," + ",".join(f"{k}x{k}" for k in range(784)), True, False),
    "an index besides": ("," + ",".join(["class", *map(str, range(784))]), True, True),
    "as NumPy writes it": ("# y;" + ";".join(f"p{k}" for k in range(784)), True, False),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_of_all_kinds_are_told_from_numbers(tmp_path, kind):
    header, first, counted = HEADERS[kind]
    rows = rows_of(first)
    if counted:
        rows = np.column_stack([np.arange(TRAIN), rows])
    separator = ";" if ";" in header else ","
    path = tmp_path / "digits.csv"
    np.savetxt(path, rows, "%d", separator, header=header, comments="")
    found = opened(path)
    assert found.kind == "mnist"
    assert len(found.train_labels) + len(found.test_labels) == TRAIN
    assert found.class_names == tuple("0123456789")


def test_numbers_as_numpy_writes_them_and_names_of_arrays_run_together(tmp_path):
    np.savetxt(tmp_path / "a.txt", rows_of(True)[:60])
    assert opened(tmp_path / "a.txt").kind == "mnist"
    (tmp_path / "b").mkdir()
    told = dict(zip(("trainX", "trainY", "testX", "testY"), vars(few()).values(), strict=True))
    np.savez(tmp_path / "b" / "b.npz", **told, names=np.array(list("abcdefghij")))
    same(opened(tmp_path / "b" / "b.npz"), few())


def test_an_archive_of_several_data_sets_is_to_be_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "gzip.zip", "w") as file:
        for name in ("digits", "mnist"):
            file.writestr(f"gzip/emnist-{name}-train-images-idx3-ubyte.gz", b"")
    assert "several data sets: unpack it" in refusal(tmp_path / "gzip.zip")


def test_an_entry_of_an_archive_without_a_name_is_left_out(tmp_path):
    path = tmp_path / "mnist.zip"
    path.write_bytes(archive(x=b"no digits"))
    content = path.read_bytes()
    assert content.count(b"x.npy") == 2
    path.write_bytes(content.replace(b"x.npy", b"\0.npy"))
    assert refusal(path)
