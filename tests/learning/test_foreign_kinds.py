"""Files of other programs that cannot be opened are called by their names; none is unpickled."""

import bz2
import gzip
import lzma
import os
import pickle
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from nnviz.networks.foreign.refusals import REFUSALS
from tests.learning.network_files import refusal

RAN: list[str] = []


class Trap:
    """What a pickle can have run."""

    def __reduce__(self):
        return RAN.append, ("ran",)


def pickled(protocol: int = 4) -> bytes:
    return pickle.dumps({"trap": Trap(), "weights": [1.5] * 20}, protocol)


def zipped(path: Path, *names: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, pickled())
    return path.read_bytes()


LEGACY = pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickled(2)
"""As torch wrote state dicts before version 1.6."""
ONNX = bytes.fromhex("0807 1207") + b"pytorch" + bytes.fromhex("1a05") + b"2.9.0" + b"\x3a\x90\x01"
CASES = {
    **{f"pickle {n}": ("pickle", pickled(n)) for n in range(6)},
    "list": ("pickle", pickle.dumps([0.5, 1.5], 0)),
    "joblib": ("pickle", zlib.compress(pickled(), 3)),
    "pickle.gz": ("pickle", gzip.compress(pickled())),
    "pickle.bz2": ("pickle", bz2.compress(pickled())),
    "pickle.xz": ("pickle", lzma.compress(pickled())),
    "legacy": ("torch", LEGACY),
    "h5": ("hdf5", b"\x89HDF\r\n\x1a\n" + bytes(100)),
    "onnx": ("onnx", ONNX + bytes(144)),
    "tflite": ("tflite", b"\x1c\0\0\0TFL3" + bytes(50)),
    "gguf": ("gguf", b"GGUF\3\0\0\0" + bytes(50)),
    "npy": ("npy", b"\x93NUMPY\1\0" + bytes(50)),
    "mat": ("mat", b"MATLAB 5.0 MAT-file, Platform: GLNXA64" + bytes(90)),
    "msgpack": ("msgpack", b"\x81\xa6params\x82\xa7Dense_0\x82\xa4bias"),
    "tfjs": (
        "tensorflow-js",
        b'{"format": "layers-model", "modelTopology": {}, "weightsManifest": 1}',
    ),
    "text.gz": ("packed", gzip.compress(b"hello" * 50)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_known_by_its_content(path, name):
    kind, content = CASES[name]
    path.write_bytes(content)
    assert refusal(path) == REFUSALS[kind].format(path=path)
    assert not RAN


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("torch", ("net/data.pkl", "net/data/0")),
        ("keras", ("metadata.json", "config.json", "model.weights.h5")),
        ("saved-model", ("model/saved_model.pb",)),
        ("zip", ("a.txt",)),
        ("zip", ()),
    ],
)
def test_an_archive_is_known_by_what_is_in_it(path, kind, names):
    zipped(path, *names)
    assert refusal(path) == REFUSALS[kind].format(path=path)
    assert not RAN


@pytest.mark.parametrize(
    ("kind", "name"),
    [("saved-model", "saved_model.pb"), ("orbax", "manifest.ocdbt"), ("torch", "data.pkl")],
)
def test_a_folder_is_known_by_what_is_in_it(tmp_path, kind, name):
    (tmp_path / name).touch()
    assert refusal(tmp_path) == REFUSALS[kind].format(path=tmp_path)


def test_pickles_within_an_archive_of_arrays_stay_closed(path):
    objects = np.array([Trap(), np.zeros(3)], object)
    with path.open("wb") as file:
        np.savez(file, weights=objects)
    assert "weights holds Python objects as a pickle, which is never opened" in refusal(path)
    assert not RAN


def test_a_bomb_is_refused_unpacked_by_nobody(path):
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("bomb.npy", "w") as member:
        for _ in range(70):
            member.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    assert "unpacks to more than any network" in refusal(path)


def test_what_is_larger_than_any_network_is_refused_unread(path):
    path.write_bytes(b"[1, ")
    os.truncate(path, 200_000_000)  # a hole, which takes no room on the disk
    assert "is larger than any network of one hidden layer" in refusal(path)


@pytest.mark.parametrize("content", [b"PK\3\4" + bytes(40), b"\x1f\x8b" + bytes(20), b"(", b"c\n"])
def test_what_only_begins_like_another_kind_is_no_network(path, content):
    path.write_bytes(content)
    assert "is damaged, or no network file" in refusal(path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("net.pt", "torch"), ("net.h5", "hdf5"), ("net.keras", "keras"), ("net.ONNX", "onnx")],
)
def test_a_name_tells_where_the_content_does_not(tmp_path, name, kind):
    path = tmp_path / name
    path.write_bytes(
        zipped(tmp_path / "a.zip", "config.json") if kind == "keras" else b"\x99 spoilt"
    )
    assert refusal(path) == REFUSALS[kind].format(path=path)


def test_an_array_whose_heading_ends_too_early_is_damaged(path):
    with zipfile.ZipFile(path, "w") as archive:
        heading = b"{'descr': '<f4', 'shape': (2,"
        archive.writestr(
            "a.npy", b"\x93NUMPY\x01\x00" + len(heading).to_bytes(2, "little") + heading
        )
    assert "is damaged" in refusal(path)
