"""Data sets as others write them: a small one in every form, by the real writers."""

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from nnviz.data.digits import bundled_digits
from nnviz.data.idx import idx_bytes

TRAIN, TEST = 120, 40


@dataclass(frozen=True, eq=False)
class Digits:
    """Images (images, 28, 28) and labels (images,), to train and to test."""

    train: np.ndarray
    train_labels: np.ndarray
    test: np.ndarray
    test_labels: np.ndarray

    @property
    def parts(self) -> Sequence[tuple[str, np.ndarray, np.ndarray]]:
        """Name, images and labels of both parts."""
        train = ("train", self.train, self.train_labels)
        return train, ("test", self.test, self.test_labels)

    def as_others_have_them(self, images: Callable[[np.ndarray], np.ndarray]) -> "Digits":
        """The same with other images."""
        made = images(self.train), images(self.test)
        return Digits(made[0], self.train_labels, made[1], self.test_labels)


@cache
def few() -> Digits:
    """The first of the bundled digits."""
    found = bundled_digits()
    return Digits(
        found.train_images[:TRAIN].reshape(-1, 28, 28),
        found.train_labels[:TRAIN],
        found.test_images[:TEST].reshape(-1, 28, 28),
        found.test_labels[:TEST],
    )


def keras(folder: Path, digits: Digits) -> Path:
    path = folder / "mnist.npz"
    np.savez(
        path,
        x_train=digits.train,
        y_train=digits.train_labels,
        x_test=digits.test,
        y_test=digits.test_labels,
    )
    return path


def floats(folder: Path, digits: Digits) -> Path:
    """Numbers from 0 to 1, a channel, and a column for each class."""
    arrays = {}
    for name, images, labels in digits.parts:
        arrays[f"{name}_images"] = images[..., None].astype(np.float32) / np.float32(255)
        arrays[f"{name}_labels"] = np.eye(10)[labels]
    np.savez_compressed(folder / "ready.npz", **arrays)
    return folder


def four_archives(folder: Path, digits: Digits) -> Path:
    """As KMNIST: one array in each file, without a name."""
    for name, images, labels in digits.parts:
        np.savez_compressed(folder / f"kuzushiji-{name}-imgs.npz", images)
        np.savez_compressed(folder / f"kuzushiji-{name}-labels.npz", labels)
    return folder


def arrays(folder: Path, digits: Digits) -> Path:
    """By columns, signed, and true or false would do as well."""
    for name, images, labels in digits.parts:
        np.save(folder / f"x_{name}.npy", np.asfortranarray(images.astype(np.int64)))
        np.save(folder / f"y_{name}.npy", labels.astype(np.float64)[:, None])
    return folder / "x_train.npy"


def _rows(images: np.ndarray, labels: np.ndarray) -> list[list[int]]:
    return np.column_stack([labels, images.reshape(len(images), -1)]).tolist()


def plain_csv(folder: Path, digits: Digits) -> Path:
    for name, images, labels in digits.parts:
        with (folder / f"mnist_{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(_rows(images, labels))
    return folder / "mnist_train.csv"


def quoted_csv(folder: Path, digits: Digits) -> Path:
    """With a header, a column that counts, and every cell quoted; packed."""
    for name, images, labels in digits.parts:
        text = io.StringIO()
        write = csv.writer(text, quoting=csv.QUOTE_ALL)
        write.writerow(["", "label", *(f"pixel{k}" for k in range(784))])
        write.writerows([n, *row] for n, row in enumerate(_rows(images, labels)))
        content = text.getvalue().encode("utf-8-sig")
        (folder / f"sign_mnist_{name}.csv.gz").write_bytes(gzip.compress(content))
    return folder


def archive_of_csv(folder: Path, digits: Digits) -> Path:
    plain_csv(folder, digits)
    with zipfile.ZipFile(folder / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("mnist_train.csv", "mnist_test.csv"):
            archive.write(folder / name, f"inside/{name}")
    return folder / "archive.zip"


def label_last(folder: Path, digits: Digits) -> Path:
    """Blanks between the columns."""
    for name, images, labels in digits.parts:
        rows = np.column_stack([images.reshape(len(images), -1), labels])
        np.savetxt(folder / f"digits.{name[:2]}.txt", rows, "%.1f")
    return folder


def sparse(folder: Path, digits: Digits) -> Path:
    """As LIBSVM hands on MNIST: what is 0 is left out."""
    for (_, images, labels), name in zip(digits.parts, ("mnist", "mnist.t"), strict=True):
        lines = [
            f"{label} " + " ".join(f"{k + 1}:{v}" for k, v in enumerate(image.flat) if v)
            for image, label in zip(images, labels, strict=True)
        ]
        (folder / f"{name}.bz2").write_bytes(bz2.compress("\n".join(lines).encode()))
    return folder / "mnist.bz2"


def eight_columns(folder: Path, digits: Digits) -> Path:
    """QMNIST's labels; both the packed and the unpacked file, as torchvision leaves them."""
    raw = folder / "QMNIST" / "raw"
    raw.mkdir(parents=True)
    for name, images, labels in digits.parts:
        told = np.zeros((len(labels), 8), ">i4")
        told[:, 0], told[:, 2] = labels, np.arange(len(labels)) + 2000
        content = bytes([0, 0, 12, 2]) + np.array(told.shape, ">u4").tobytes() + told.tobytes()
        (raw / f"qmnist-{name}-labels-idx2-int.xz").write_bytes(lzma.compress(content))
        stem = raw / f"qmnist-{name}-images-idx3-ubyte"
        stem.write_bytes(idx_bytes(images))
        stem.with_name(f"{stem.name}.gz").write_bytes(gzip.compress(idx_bytes(images)))
    return folder


def padded(folder: Path, digits: Digits) -> Path:
    """32 x 32 with an empty rim, in colours that are all grey, the channel first."""
    around = digits.as_others_have_them(lambda images: np.pad(images, ((0, 0), (2, 2), (2, 2))))
    return keras(folder, around.as_others_have_them(lambda images: np.stack([images] * 3, 1)))


FORMS: Mapping[str, Callable[[Path, Digits], Path]] = {
    function.__name__: function
    for function in (
        keras,
        floats,
        four_archives,
        arrays,
        plain_csv,
        quoted_csv,
        archive_of_csv,
        label_last,
        sparse,
        eight_columns,
        padded,
    )
}


def parquet(folder: Path, digits: Digits) -> Path:
    """As the hub serves it; needs pyarrow."""
    import pyarrow
    import pyarrow.parquet

    kind = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    told = {"label": {"names": [f"digit {n}" for n in range(10)], "_type": "ClassLabel"}}
    note = {"huggingface": json.dumps({"info": {"features": told}})}
    inside = folder / "mnist"
    inside.mkdir()
    for name, images, labels in digits.parts:
        pictures = [{"bytes": _png(image), "path": None} for image in images]
        table = pyarrow.table(
            {"image": pyarrow.array(pictures, kind), "label": labels.astype(np.int64)}
        ).replace_schema_metadata(note)
        half = len(labels) // 2
        for shard, rows in enumerate((table.slice(0, half), table.slice(half))):
            path = inside / f"{name}-0000{shard}-of-00002.parquet"
            pyarrow.parquet.write_table(rows, path)
    return folder


def _png(image: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()
