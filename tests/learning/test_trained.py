"""Network files: what was saved is loaded and fits its digits; all else is refused."""

import copy
import dataclasses
import json
import os

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.digits import is_class_name
from nnviz.errors import shortened
from nnviz.networks import files as trained_module
from nnviz.networks.curves import Position
from nnviz.networks.files import VERSION, NetworkFileError, fitting, load, save
from nnviz.networks.network import initial_network
from nnviz.networks.settings import ACTIVATIONS, SETTINGS
from tests.learning.network_files import (
    HEADER,
    SOUND,
    assembled,
    example,
    loaded_unless_refused,
    parts,
    refusal,
    same_story,
    with_arrays,
    with_story,
)
from tests.learning.runs import bits

# ---- round trip ----------------------------------------------------------------------


@tries(max_examples=20)
@given(
    hidden=st.integers(1, 6),
    classes=st.integers(2, 10),
    activation=st.sampled_from(list(ACTIVATIONS)),
    cost=st.sampled_from(list(SETTINGS["cost"].choices)),
    rate=st.floats(0.0001, 100),
    seed=st.integers(0, 999_999_999),
    offset=st.integers(0, 3999),
    seconds=st.floats(0, 1e9, allow_subnormal=False),
    names=st.lists(
        st.text(max_size=5).filter(is_class_name), min_size=10, max_size=10, unique=True
    ),
    left_out=st.text(max_size=5),
)
def test_what_was_saved_is_loaded_bit_for_bit(
    tmp_path_factory, classes, offset, seconds, names, left_out, **settings
):
    path = tmp_path_factory.getbasetemp() / "round-trip.safetensors"
    made = example(classes, **settings)
    kept = tuple(names[:classes])
    position = Position(1, offset, 4000 + offset, 401, seconds)
    trained = dataclasses.replace(
        made,
        class_names=kept,
        left_out=left_out,
        position=position,
        points=(made.points[0], dataclasses.replace(made.points[1], examples=4000)),
        handed=dataclasses.replace(made.handed, classes=kept, left_out=left_out),
    )
    save(trained, path)
    loaded = load(path)
    assert same_story(loaded, trained)
    assert bits(loaded.network) == bits(trained.network)
    assert loaded.network.activation == trained.network.activation
    assert loaded.network.output_activation == trained.network.output_activation


def test_any_safetensors_reader_can_read_the_weights(path):
    save(example(), path)
    arrays = safetensors.numpy.load_file(path)
    np.testing.assert_array_equal(arrays["hidden_weights"], example().network.hidden_weights)
    assert set(arrays) == set(example().network.weights())


def test_the_accuracy_is_that_of_the_last_point_if_it_is_up_to_date(path):
    assert example().test_accuracy == 0.89
    later = dataclasses.replace(example(), position=Position(2, 40, 8040, 804, 1.6))
    assert later.test_accuracy is None
    assert dataclasses.replace(example(), points=()).test_accuracy is None


def test_a_run_that_was_never_measured_is_saved_and_loaded(path):
    fresh = dataclasses.replace(example(), position=Position(), points=())
    save(fresh, path)
    assert same_story(load(path), fresh)


def test_names_of_a_later_version_that_do_no_harm_are_ignored(path):
    header, numbers = parts(SOUND)
    story = json.loads(header["__metadata__"]["nnviz"])
    story["mood"] = "good"
    story["settings"]["momentum"] = 0.9
    header["__metadata__"]["nnviz"] = json.dumps(story)
    path.write_bytes(assembled(header, numbers))
    assert same_story(load(path), example())


def test_a_file_without_a_newer_setting_gets_its_default(path):
    story = json.loads(parts(SOUND)[0]["__metadata__"]["nnviz"])
    del story["settings"]["speed"]
    path.write_bytes(with_story(SOUND, settings=story["settings"]))
    assert load(path).settings == example().settings


# ---- network and digits --------------------------------------------------------------


def test_a_network_of_the_same_classes_fits(path, few):
    trained = example()
    assert fitting(trained, path, few) is trained


def test_a_network_of_other_classes_is_refused_with_both(path, threes_and_eights):
    with pytest.raises(NetworkFileError) as caught:
        fitting(example(), path, threes_and_eights)
    assert "0, 1, 2, 3, 4, 5, 6, 7, 8, 9" in str(caught.value)
    assert "are 3, 8 with 784 inputs" in str(caught.value)


def test_a_network_of_other_pixels_is_refused(path, few):
    small = copy.copy(example())
    network = initial_network(small.settings, 100, 10)
    with pytest.raises(NetworkFileError, match="from 100 inputs"):
        fitting(dataclasses.replace(small, network=network), path, few)


# ---- refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none", "{} cannot be opened: there is no such file."),
        (".", "{} is a folder, not a network file."),
        ("a" * 300, "{} cannot be opened: its name is too long."),
    ],
)
def test_what_is_no_file_is_refused(tmp_path, name, sentence):
    assert refusal(tmp_path / name) == shortened(sentence.format(tmp_path / name))


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
    assert "is damaged, or no network file" in refusal(path)


@pytest.mark.parametrize("story", [{"nnviz": "[1, 2]"}, {"nnviz": "[" * 100_000}])
def test_a_foreign_safetensors_file_is_refused(path, story):
    safetensors.numpy.save_file({"weight": np.zeros(3, np.float32)}, path, story)
    assert "is not a network of nnviz" in refusal(path)
    safetensors.numpy.save_file({"weight": np.zeros(3, np.float32)}, path)
    assert "holds no two layers 784-n-10 that fit together: weight 3." in refusal(path)


@pytest.mark.parametrize("version", [VERSION + 1, 99])
def test_a_file_of_a_newer_version_is_refused_as_such(path, version):
    path.write_bytes(with_story(SOUND, version=version, settings="unknown"))
    sentence = refusal(path)
    assert (
        f"written by a newer nnviz (format {version}, this program reads up to {VERSION})"
        in sentence
    )
    assert sentence.endswith("please update nnviz.")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 3e38, -2e16])
@pytest.mark.parametrize("name", ["hidden_weights", "output_biases"])
def test_weights_that_are_not_numbers_are_refused(path, name, value):
    array = np.array(example().network.arrays()[name])
    array.flat[1] = value
    path.write_bytes(with_arrays(**{name: array}))
    assert "holds weights that are no numbers, or beyond ±1e+16" in refusal(path)


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
        ({"classes": ["0"]}, "classes must have 2 to 10 entries, not 1."),
        (
            {"classes": [str(name) for name in range(11)]},
            "classes must have 2 to 10 entries, not 11.",
        ),
        ({"classes": ["a", "b"]}, "is damaged"),
        ({"position": {}}, "is damaged"),
        ({"position": {"epoch": -1, "offset": 0, "examples": 0, "steps": 0, "seconds": 0}}, "is"),
        (
            {"position": dataclasses.asdict(Position(1, 4000, 8000, 800, 1))},
            "The run stands at digit 4,000 of an epoch of 4,000.",
        ),
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


@tries(max_examples=200)
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
