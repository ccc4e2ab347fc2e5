"""Network files: what was saved is loaded, and fits the digits it was made for."""

import copy
import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.networks.curves import Position
from nnviz.networks.files import NetworkFileError, fitting, load, save
from nnviz.networks.network import initial_network
from nnviz.networks.settings import ACTIVATIONS, SETTINGS
from tests.learning.network_files import SOUND, assembled, example, parts, same_story, with_story
from tests.learning.runs import bits


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "network.safetensors"


# ---- round trip ----------------------------------------------------------------------


@tries(max_examples=20, deadline=None, derandomize=True)
@given(
    hidden=st.integers(1, 6),
    classes=st.integers(2, 10),
    activation=st.sampled_from(list(ACTIVATIONS)),
    cost=st.sampled_from(list(SETTINGS["cost"].choices)),
    rate=st.floats(0.0001, 100),
    seed=st.integers(0, 999_999_999),
    offset=st.integers(0, 3999),
    seconds=st.floats(0, 1e9, allow_subnormal=False),
    names=st.lists(st.text(max_size=5), min_size=10, max_size=10),
    left_out=st.text(max_size=5),
)
def test_what_was_saved_is_loaded_bit_for_bit(
    tmp_path_factory, classes, offset, seconds, names, left_out, **settings
):
    path = tmp_path_factory.getbasetemp() / "round-trip.safetensors"
    trained = dataclasses.replace(
        example(classes, **settings),
        class_names=tuple(names[:classes]),
        left_out=left_out,
        position=Position(1, offset, 4000 + offset, 401, seconds),
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
