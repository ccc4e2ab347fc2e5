"""How the files of data sets are called, and what their names tell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ENDINGS_OF: Mapping[str, tuple[str, ...]] = {
    "IDX": ("-ubyte", "-int"),
    "NPZ": (".npz",),
    "NPY": (".npy",),
    "Parquet": (".parquet", ".pq"),
    "LIBSVM": (".t", ".libsvm", ".svm"),
    "CSV": (".csv", ".tsv", ".txt", ".arff", ".tra", ".tes", ".data", ".train", ".test"),
}
"""Form (see `table.FORMS`) -> how its files end, without what packs them"""
ENDINGS = tuple(ending for endings in ENDINGS_OF.values() for ending in endings)
PACKED = (".gz", ".bz2", ".xz", ".zip")
PARTS = {
    "train": "train",
    "training": "train",
    "tra": "train",
    "tr": "train",
    "test": "test",
    "testing": "test",
    "tes": "test",
    "te": "test",
    "t": "test",
    "t10k": "test",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "dev": "val",
}
"""Word in the name of a file or an array -> the part of a data set that it means"""
_ROLES = frozenset(
    {
        *("images", "imgs", "image", "img", "x", "pixels", "features", "inputs", "data"),
        *("labels", "label", "y", "targets", "target", "arr", "raw", "default", "of"),
        *("idx1", "idx2", "idx3", "idx4", "ubyte", "int", "gz", "bz2", "xz", "zip", "npz", "npy"),
        *("csv", "tsv", "txt", "parquet", "pq", "arff", "mat"),
    }
)
"""Words that tell nothing about which data set it is"""
_JOINED = re.compile(r"^[xy](?=(train|test|tr|te|val)$)")
"""What stands in front of a part in names such as xtrain and ytr"""
_SHARD = re.compile(r"\d{4,}")


@dataclass(frozen=True)
class Named:
    """What the name of a file tells."""

    group: str
    """What is left of it for the data set; files of one set have the same"""
    part: str
    """train, test or val; "" where it says none"""


def named(name: str, folders: Sequence[str] = ()) -> Named:
    """What the name of a file, or of an array in it, tells; where it names no part, the folders
    may."""
    # trainX and X_train alike
    parted = re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower()
    words = [_JOINED.sub("", w) for w in re.split(r"[^a-z0-9]+", parted) if w]
    part = next((PARTS[word] for word in words if word in PARTS), "")
    inside = [PARTS[each.lower()] for each in folders if each.lower() in PARTS]
    group = [w for w in words if w not in PARTS and w not in _ROLES and not _SHARD.fullmatch(w)]
    return Named(" ".join(group), part or next(iter(inside), ""))


def bare(name: str) -> str:
    """The name of a file in small letters, without what packs it."""
    small = name.lower()
    return small.removesuffix(next((each for each in PACKED if small.endswith(each)), ""))


def ending_of(name: str) -> str:
    """The form that the name of a file speaks of; "" for none."""
    ends = bare(name)
    return next((form for form, known in ENDINGS_OF.items() if ends.endswith(known)), "")


def may_hold_digits(name: str) -> bool:
    """Whether the name of a file is that of a part of a data set."""
    # LIBSVM's files have no ending of their own
    small = name.lower()
    return bool(ending_of(name)) or ".idx" in small or small.endswith((".bz2", ".zip", "usps"))
