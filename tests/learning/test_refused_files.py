"""Network files: what nnviz did not write, or not like this, is refused."""

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.networks import files as trained_module
from nnviz.networks.curves import Position
from nnviz.networks.files import VERSION
from tests.learning.network_files import (
    HEADER,
    SOUND,
    assembled,
    example,
    loaded_unless_refused,
    parts,
    refusal,
    with_arrays,
    with_story,
)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "network.safetensors"


# ---- refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none", "{} cannot be opened: No such file or directory."),
        (".", "{} is a folder, not a network file."),
        ("a" * 300, "{} cannot be opened: File name too long."),
    ],
)
def test_what_is_no_file_is_refused(tmp_path, name, sentence):
    assert refusal(tmp_path / name) == sentence.format(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_unopened(path):
    os.mkfifo(path)
    other_end = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # so that opening it would not block
    try:
        assert "is not a regular file" in refusal(path)
    finally:
        os.close(other_end)


def test_a_file_that_is_too_large_is_refused_unread(path):
    with path.open("wb") as file:
        file.truncate(trained_module.LARGEST + 1)  # a hole, which takes no room on the disk
    assert "is too large for a network file" in refusal(path)


CUT = [SOUND[:keep] for keep in (7, 8, 50, HEADER - 1, HEADER, HEADER + 100, -1)]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(200), *CUT, SOUND + b"more"]
)
def test_a_file_of_another_kind_or_cut_short_or_too_long_is_refused(path, content):
    path.write_bytes(content)
    assert "is damaged or not a network file" in refusal(path)


@pytest.mark.parametrize("story", [None, {"nnviz": "[1, 2]"}, {"nnviz": "[" * 100_000}])
def test_a_foreign_safetensors_file_is_refused(path, story):
    safetensors.numpy.save_file({"weight": np.zeros(3, np.float32)}, path, story)
    assert "is not a network of nnviz" in refusal(path)


@pytest.mark.parametrize("version", [VERSION + 1, 99])
def test_a_file_of_a_newer_version_is_refused_as_such(path, version):
    path.write_bytes(with_story(SOUND, version=version, settings="unknown"))
    sentence = refusal(path)
    assert f"written by a newer nnviz (format {version}, this program reads up to 1)" in sentence
    assert sentence.endswith("please update nnviz.")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["hidden_weights", "output_biases"])
def test_weights_that_are_not_numbers_are_refused(path, name, value):
    array = np.array(example().network.arrays()[name])
    array.flat[1] = value
    path.write_bytes(with_arrays(**{name: array}))
    assert "holds weights that are not numbers" in refusal(path)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("hidden_weights", np.zeros((1, 4, 784), np.float32)),
        ("hidden_weights", np.zeros((3, 784), np.float32)),
        ("hidden_weights", np.array(1, np.float32)),
        ("hidden_weights", np.zeros((1, 3, 784))),
        ("hidden_biases", np.zeros(3, np.float32)),
        ("output_weights", np.zeros((9, 3), np.float32)),
        ("output_biases", np.zeros(10, np.int32)),
        ("output_biases", None),
    ],
)
def test_arrays_of_another_shape_or_kind_are_refused(path, name, array):
    path.write_bytes(with_arrays(**{name: array}))
    assert "is damaged" in refusal(path)


@pytest.mark.parametrize("kind", ["BF16", "F8_E4M3"])
def test_numbers_of_a_kind_that_numpy_lacks_are_refused(path, kind):
    header, numbers = parts(SOUND)
    size = {"BF16": 2, "F8_E4M3": 1}[kind]
    end = len(numbers)
    header["more"] = {"dtype": kind, "shape": [8 // size], "data_offsets": [end, end + 8]}
    path.write_bytes(assembled(header, numbers + bytes(8)))
    assert "is damaged" in refusal(path)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"settings": {"hidden": 0}}, "Hidden neurons (hidden) must be between 1 and 500"),
        ({"settings": {"cost": "hinge"}}, "must be one of"),
        ({"settings": None}, "is damaged"),
        ({"classes": ["0"]}, "it names 1 classes"),
        ({"classes": [str(name) for name in range(11)]}, "it names 11 classes"),
        ({"classes": ["a", "b"]}, "is damaged"),
        ({"position": {}}, "is damaged"),
        ({"position": {"epoch": -1, "offset": 0, "examples": 0, "steps": 0, "seconds": 0}}, "is"),
        ({"position": dataclasses.asdict(Position(1, 4000, 8000, 800, 1))}, "beyond the end"),
        ({"points": [[]]}, "is damaged"),
        ({"points": [[1, 2]]}, "is damaged"),
        ({"trained_on": "many"}, "is damaged"),
        ({"trained_on": float("inf")}, "is damaged"),
        ({"version": True}, "is not a network of nnviz"),
        ({"version": "1"}, "is not a network of nnviz"),
        ({"format": "something"}, "is not a network of nnviz"),
    ],
)
def test_a_story_that_cannot_be_is_refused(path, changes, told):
    path.write_bytes(with_story(SOUND, **changes))
    assert told in refusal(path)


@tries(max_examples=200, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_file_with_damaged_bytes_loads_or_is_refused(tmp_path_factory, data):
    content = bytearray(SOUND)
    place = st.integers(0, HEADER + 40) | st.integers(0, len(SOUND) - 1)
    for where in data.draw(st.lists(place, min_size=1, max_size=4)):
        way = data.draw(st.sampled_from(["change", "change", "insert", "delete"]))
        if way == "change":
            content[min(where, len(content) - 1)] = data.draw(st.integers(0, 255))
        elif way == "insert":
            content[where:where] = data.draw(st.binary(min_size=1, max_size=9))
        else:
            del content[where : where + data.draw(st.integers(1, 9))]
    path = tmp_path_factory.getbasetemp() / "damaged.safetensors"
    path.write_bytes(content)
    loaded = loaded_unless_refused(path)
    assert loaded is None or loaded.network.finite()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.just(10**400)
    | st.floats(allow_subnormal=False)
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


@tries(max_examples=200, deadline=None, derandomize=True)
@given(data=st.data(), value=JSON, in_story=st.booleans())
def test_a_file_with_any_value_in_its_description_loads_or_is_refused(
    tmp_path_factory, data, value, in_story
):
    header, numbers = parts(SOUND)
    story = json.loads(header["__metadata__"]["nnviz"])
    node: Any = story if in_story else header
    while True:
        key = data.draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
        deeper = isinstance(node[key], (dict, list)) and node[key] and key != "__metadata__"
        if not deeper or data.draw(st.booleans()):
            break
        node = node[key]
    if in_story:
        node[key] = value
        header["__metadata__"]["nnviz"] = json.dumps(story)
    elif key != "__metadata__":
        node[key] = value
    path = tmp_path_factory.getbasetemp() / "odd.safetensors"
    path.write_bytes(assembled(header, numbers))
    loaded = loaded_unless_refused(path)
    assert loaded is None or len(loaded.class_names) == len(loaded.network.output_biases)
