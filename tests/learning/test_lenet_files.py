"""Files of LeNets: what was saved is loaded, programs of before say that they are newer, and
commands say what cannot be asked of them."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.networks.files import WITH_FRONT, WITHOUT_FRONT, load, save, trunk_of
from nnviz.networks.settings import SettingError, Settings, must_be_learnable
from tests.learning.network_files import (
    SOUND,
    loaded_unless_refused,
    parts,
    refusal,
    same_story,
    with_story,
)
from tests.learning.runs import bits
from tests.lenets import FEW, settings_of, trained_lenets
from tests.program import ran_here, records

NAMES = tuple("0123456789")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Of a file with one LeNet."""
    path = tmp_path_factory.mktemp("lenet") / "lenet.safetensors"
    save(trained_lenets(settings_of("ten-outputs")), path)
    return path.read_bytes()


@pytest.fixture
def lenet(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "lenet.safetensors"
    path.write_bytes(content)
    return path


def with_tensors(content: bytes, **changes: np.ndarray | None) -> bytes:
    """The file with other arrays; None leaves one out."""
    tensors = safetensors.numpy.load(content) | changes
    kept = {name: array for name, array in tensors.items() if array is not None}
    return safetensors.numpy.save(kept, parts(content)[0]["__metadata__"])


# ---- round trip ----------------------------------------------------------------------


@tries(max_examples=5, deadline=None)
@given(
    design=st.sampled_from(["ten-outputs", "four-bits", "all-pairs", "elimination", "separate"]),
    classes=st.integers(2, 3),
)
def test_what_was_saved_is_loaded_bit_for_bit(tmp_path_factory, design, classes) -> None:
    path = tmp_path_factory.getbasetemp() / "lenets.safetensors"
    settings = settings_of(design if design != "separate" else "elimination")
    if design == "separate":
        settings = settings.change(trunk="separate")
    trained = trained_lenets(settings, NAMES[:classes])
    save(trained, path)
    again = load(path)
    assert same_story(again, trained)
    assert again.network.front is not None
    assert again.network.front.shape == (28, 28, 1)
    assert bits(again.network) == bits(trained.network)
    for name, array in trained.network.weights().items():
        assert np.array_equal(again.network.weights()[name], array)


def test_only_files_of_lenets_have_their_version(content: bytes) -> None:
    for file, version, kind in (
        (content, WITH_FRONT, "lenet"),
        (SOUND, WITHOUT_FRONT, "three-layer"),
    ):
        story = json.loads(parts(file)[0]["__metadata__"]["nnviz"])
        assert (story["version"], story["network"]) == (version, kind)


# ---- damage --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"first_weights": np.zeros((1, 32, 2, 3, 3), np.float32)}, "first_weights is float32"),
        ({"first_weights": np.zeros((2, 32, 1, 3, 3), np.float32)}, "first_weights is float32"),
        ({"second_weights": np.zeros((1, 64, 32, 3, 3))}, "second_weights is float64"),
        ({"second_biases": np.zeros((1, 63), np.float32)}, "second_biases is float32 (1, 63)"),
        ({"hidden_weights": np.zeros((1, FEW, 784), np.float32)}, "hidden_weights is float32"),
        ({"first_biases": None}, "is damaged"),
        ({"first_biases": np.full((1, 32), 2e6, np.float32)}, "beyond ±1,000,000"),
        ({"first_biases": np.full((1, 32), np.nan, np.float32)}, "are no numbers"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(lenet, content, changes, told) -> None:
    lenet.write_bytes(with_tensors(content, **changes))
    assert told in refusal(lenet)


def test_a_kind_that_is_unknown_or_another_one_is_refused(lenet, content) -> None:
    lenet.write_bytes(with_story(content, network="transformer"))
    assert "network must be one of 'three-layer', 'lenet', not 'transformer'" in refusal(lenet)
    lenet.write_bytes(with_story(SOUND, network="lenet"))
    refusal(lenet)


@tries(max_examples=8, deadline=None)
@given(st.integers(0, 2**20), st.integers(1, 255))
def test_a_byte_that_was_damaged_does_no_harm(tmp_path_factory, content, place, by) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.safetensors"
    changed = bytearray(content)
    changed[place % len(changed)] ^= by
    path.write_bytes(changed)
    found = loaded_unless_refused(path)
    assert found is None or found.network.finite()


# ---- commands ------------------------------------------------------------------------


def test_it_is_evaluated_and_its_mistakes_are_counted(lenet: Path) -> None:
    (told,) = records("evaluate", str(lenet))
    (misread,) = records("mistakes", str(lenet))
    assert told["mistakes"] == misread["mistakes"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("detectors",), "lenet.safetensors holds a LeNet: its hidden neurons read feature maps"),
        (("detectors", "--seeds", "2"), "lenet.safetensors holds a LeNet"),
        (("film", "--out", "film.gif"), "A LeNet has no film"),
    ],
)
def test_commands_about_weight_images_say_that_it_has_none(lenet, words, told) -> None:
    command, *more = words
    done = ran_here(command, str(lenet), *more)
    assert done.status == 2 or done.status == 1
    assert told in " ".join(done.err.split())


def test_its_hidden_layer_is_no_trunk(lenet: Path) -> None:
    frozen = Settings().change(trunk="frozen")
    with pytest.raises(SettingError, match=r"lenet.safetensors holds a LeNet; a trunk is"):
        trunk_of(frozen, lenet, hidden_fixed=False)


def test_a_hidden_layer_for_each_head_is_for_studies() -> None:
    done = ran_here("train", "--design", "elimination", "--trunk", "separate", "--epochs", "1")
    told = "A hidden layer for each head learns in studies only; here elimination learns with"
    assert done.status
    assert told in " ".join(done.err.split())
    must_be_learnable(Settings().change(design="elimination"))
    with pytest.raises(SettingError, match="does not go with the hidden layer"):
        Settings(trunk="separate")


def test_a_film_without_weight_images_stays_readable(lenet, content) -> None:
    found = load(lenet)
    assert not found.film
    assert found.film_trouble == ""
    assert dataclasses.replace(found, name="x").network.front is not None
