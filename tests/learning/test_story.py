"""What network files tell of themselves: each field is possible and in keeping with the others."""

import dataclasses
import json
import math
import zlib
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.digits import Source, is_class_name
from nnviz.networks.files import TrainedNetwork, load, save
from nnviz.networks.film_file import HEAD, read_film
from nnviz.networks.settings import Settings
from nnviz.networks.story import STORY
from nnviz.networks.taught import Taught
from tests.learning.network_files import (
    SOUND,
    assembled,
    example,
    loaded_unless_refused,
    parts,
    refusal,
    same_story,
    with_story,
)


def full() -> TrainedNetwork:
    """With all that a story may hold."""
    made = example()
    assert made.handed is not None
    return dataclasses.replace(
        made,
        source=Source("folder", "/digits", classes=("0", "1"), every=2, share=0.5),
        name="mine",
        race=(1, 3),
        experiment="settings",
        points=made.points[:1],
        now=made.points[1],
        before=Taught(dataclasses.replace(made.handed, images=300), 2.5),
    )


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Of a file with a full story."""
    path = tmp_path_factory.mktemp("story") / "full.safetensors"
    save(full(), path)
    assert same_story(load(path), full())
    return path.read_bytes()


def story_of(content: bytes) -> dict[str, Any]:
    story: dict[str, Any] = json.loads(parts(content)[0]["__metadata__"]["nnviz"])
    return story


def test_every_field_that_is_written_is_checked(content: bytes) -> None:
    written = story_of(content).keys() - {"format", "version", "program"}
    assert written == STORY.fields.keys()


# ---- impossible values ---------------------------------------------------------------

NAN, INFINITE = math.nan, math.inf
COUNTS = (-1, 1.0, True, "1", None, [], NAN, INFINITE, 10**400)
SHARES = (-0.01, 1.01, NAN, INFINITE, True, "1")
IMPOSSIBLE: dict[tuple[str | int, ...], tuple[object, ...]] = {
    ("trained_on",): (0, *COUNTS),
    ("tested_on",): (0, *COUNTS),
    ("non_digits",): COUNTS,
    ("digits",): (5, None, True, ["mnist"], "x" * 2000),
    ("left_out",): (0, None, {}),
    ("name",): (1, None),
    ("classes",): (None, "0123456789", ["0"], ["0"] * 10, list(range(10)), [""] * 10),
    ("classes", 3): ("", " ", "3\n", 3, None, "0", "x" * 100),
    ("experiment",): ("mine", None, 1, ["race"]),
    ("race",): (None, 7, ["1"], [1.0], [0], [1, 1], [True]),
    **{("position", key): COUNTS for key in ("epoch", "offset", "examples", "steps")},
    ("position", "seconds"): (-0.1, NAN, INFINITE, True, "1"),
    ("position",): (None, [], {}, "here"),
    ("points",): (None, {}, [[0, 1, 1, 0.5]], [[8030, 1, 1, 0.5, 0.5], [8030, 1, 1, 0.5, 0.5]]),
    ("points", 0, 0): COUNTS,
    ("points", 0, 1): (-1, NAN, INFINITE, True, "1"),
    ("points", 0, 2): (-1, NAN, INFINITE, True, "1"),
    ("points", 0, 3): SHARES,
    ("points", 0, 4): SHARES,
    ("now", 0): (0, 8031, *COUNTS),
    ("now", 4): SHARES,
    ("test_accuracy",): (0.5, *SHARES),
    ("settings", "hidden"): (0, 3.0, True, "3", NAN),
    ("settings", "rate"): (0, NAN, INFINITE, True, "0.1"),
    ("settings",): (None, [], "usual"),
    ("source", "digits"): (None, 1),
    ("source", "folder"): (1, True),
    ("source", "every"): (0, 1.0, True),
    ("source", "share"): (0, 1.5, NAN),
    ("source",): ("bundled", []),
    ("taught",): (None, [], {}),
    ("taught", 0, "images"): (3999, *COUNTS),
    ("taught", 0, "classes"): (["0", "1"], None),
    ("taught", 1, "every"): (0, 1.0, True),
    ("taught", 1, "share"): (0, -1, NAN),
    ("taught", 1, "epochs"): (-1, NAN, INFINITE, "2"),
    ("taught", 1, "data"): (None, 3),
    ("version",): (0, -1),
}
"""Place of a value in the story -> what cannot stand there."""


def changed(content: bytes, place: tuple[str | int, ...], value: object) -> bytes:
    """A file with another value at a place of its story."""
    story = story_of(content)
    node: Any = story
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    return with_story(content, **story)


@pytest.mark.parametrize("place", IMPOSSIBLE, ids=lambda place: ".".join(map(str, place)))
def test_what_cannot_be_is_refused_in_one_sentence(path, content, place) -> None:
    for value in IMPOSSIBLE[place]:
        path.write_bytes(changed(content, place, value))
        said = refusal(path)
        assert str(place[0]) in said or said.startswith(f"{path} is "), said
        assert len(said) < len(str(path)) + 200


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"trained_on": 0},
            "is damaged: trained_on must be a whole number between 1 and 1e+15, not 0.",
        ),
        ({"points": [[0, NAN, 1, 0.5, 0.5]]}, "points[0].train_cost must be a number between 0"),
        ({"points": [[0, 1, 1, 0.5, 0.5], [9000, 1, 1, 1, 1]]}, "after 9,000 digits, but the run"),
        ({"classes": [*"012345678", "8"]}, "classes must not name anything twice"),
        ({"position": {"epoch": 0}}, "position.offset is missing."),
        ({"test_accuracy": 0.5}, "The accuracy is 0.5, but the last point of the curves says 0.89"),
        ({"trained_on": 3000}, "learned from 3,000 images, but was handed 4,000."),
        (
            {"position": {"epoch": 2, "offset": 30, "examples": 9, "steps": 1, "seconds": 1}},
            "The run saw 9 digits in 1 steps, in epoch 2 at digit 30.",
        ),
        (
            {"position": {"epoch": 1, "offset": 30, "examples": 8030, "steps": 9, "seconds": 1}},
            "The run saw 8,030 digits in 9 steps, in epoch 1 at digit 30.",
        ),
        (
            {"position": {"epoch": 2, "offset": 0, "examples": 8030, "steps": 9, "seconds": 1}},
            "The run saw 8,030 digits in 9 steps, in epoch 2 at digit 0.",
        ),
        (
            {"position": {"epoch": 2, "offset": 30, "examples": 8030, "steps": 0, "seconds": 1}},
            "The run saw 8,030 digits in 0 steps, in epoch 2 at digit 30.",
        ),
    ],
)
def test_the_sentence_names_what_is_impossible(path, changes, told) -> None:
    path.write_bytes(with_story(SOUND, **changes))
    assert told in refusal(path)


def test_a_network_without_inputs_is_refused(path) -> None:
    made = example()
    weights = np.zeros((1, 3, 0), np.float32)
    save(
        dataclasses.replace(
            made, network=dataclasses.replace(made.network, hidden_weights=weights)
        ),
        path,
    )
    assert refusal(path) == f"{path} is damaged: its network has no inputs."


def test_a_moment_of_a_film_described_without_end_is_no_moment(path) -> None:
    deep = {"moment": "[" * 100_000 + "]" * 100_000}
    body = safetensors.numpy.save({"weights": np.zeros(3, np.float16)}, deep)
    path.write_bytes(HEAD.pack(len(body), zlib.crc32(body)) + body)
    assert not read_film(path)


# ---- any value -----------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.integers(-2, 2)
    | st.sampled_from([10**400, NAN, INFINITE, -0.0, 0.5, 1e-320])
    | st.floats(allow_subnormal=False)
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


def out_of_range(trained: TrainedNetwork) -> list[str]:
    """The fields of a network that cannot be."""
    position = dataclasses.astuple(trained.position)
    counts = [trained.trained_on, trained.tested_on, *trained.race]
    seen = [point.examples for point in trained.curve]
    costs = [cost for point in trained.curve for cost in (point.train_cost, point.test_cost)]
    shares = [s for point in trained.curve for s in (point.train_accuracy, point.test_accuracy)]
    names = trained.class_names
    holds = {
        "counts": all(type(each) is int and each > 0 for each in counts),
        "non_digits": type(trained.non_digits) is int and trained.non_digits >= 0,
        "position": all(map(math.isfinite, position)) and min(position) >= 0,
        "offset": trained.position.offset < trained.epoch_length,
        "epoch": trained.position.examples // trained.epoch_length == trained.position.epoch,
        "classes": len(set(names)) == len(names) > 1 and all(map(is_class_name, names)),
        "outputs": len(names) == len(trained.network.output_biases),
        "moments": seen == sorted(set(seen)) and max(seen, default=0) <= position[2],
        "costs": all(0 <= each < INFINITE for each in costs),
        "shares": all(0 <= each <= 1 for each in shares),
        "texts": {type(each) for each in (trained.digits, trained.left_out, trained.name)} == {str},
        "epochs": all(0 <= each.epochs < INFINITE for each in trained.taught),
        "settings": isinstance(trained.settings, Settings),
    }
    return [name for name, held in holds.items() if not held]


@tries(max_examples=400)
@given(data=st.data(), value=JSON, in_story=st.booleans() | st.just(True))
def test_a_file_with_any_value_anywhere_is_possible_or_refused(
    tmp_path_factory, content, data, value, in_story
) -> None:
    header, numbers = parts(content)
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
    assert loaded is None or out_of_range(loaded) == []
