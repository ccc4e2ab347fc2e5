"""The training digits that a network is handed, by what they were taken from.

Networks can only be compared fairly where they learned from the same digits, and files and runs
must tell which those were long after the digits themselves are out of sight.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from nnviz.data.arrays import Bytes


@dataclass(frozen=True)
class Handed:
    """Training digits; two are equal where the digits are, in the same order.

    What a design leaves out of them by itself (pairs, balancing) is part of the design.
    """

    data: str
    """What they were taken from: a known data set, or the digest of another's training digits;
    "" where nobody knows"""
    classes: tuple[str, ...]
    images: int
    """How many they are"""
    every: int = 1
    """Only every so many-th training digit of the data set was taken"""
    share: float = 1.0
    """And of each class only the first so large a part, 0..1"""
    left_out: str = ""
    """Name of a data set whose digits were kept out, or nothing"""
    non_digits: int = 0
    """How many images that are no digit there were besides"""
    kind: str = ""
    """What the images show: the known data set that they belong to, else as `data`"""

    @property
    def known(self) -> bool:
        """Whether it is known which digits they are."""
        return bool(self.data)


PART_OF: Mapping[str, str] = {"bundled": "mnist"}
"""Known data set -> the larger one that it is a part of"""
KNOWN: Mapping[str, tuple[str, str]] = {
    "bundled": ("69b3897dbcdbd59b", "c301aed2f6d6d01e"),
    "mnist": ("a454de301763d749", "103f79bf9cce53f7"),
    "fashion-mnist": ("308c621387062450", "b7f140f1222993c1"),
}
"""Known data set -> digests of its training and its test digits, wherever they lie"""


def known_by(part: int, digest: str) -> str:
    """The known data set whose training (0) or test digits (1) have a digest; "" if none."""
    return next((name for name, digests in KNOWN.items() if digests[part] == digest), "")


def digest_of(images: Bytes, labels: Bytes) -> str:
    """16 hexadecimal digits of SHA-256 over labels (images,) and images (images, inputs), both
    as they stand in their files."""
    digest = hashlib.sha256(labels.tobytes())
    digest.update(images.tobytes())
    return digest.hexdigest()[:16]


def kind_of(data: str) -> str:
    """What the images of a data set show, as far as its name tells (see `Handed.kind`)."""
    return PART_OF.get(data, data)
