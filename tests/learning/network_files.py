"""Sound network files, and ways to spoil them."""

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from nnviz.data.handed import Handed, kind_of
from nnviz.errors import shortened
from nnviz.networks.curves import Point, Position
from nnviz.networks.files import NetworkFileError, TrainedNetwork, load, save
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings


def example(classes: int = 10, **settings: Any) -> TrainedNetwork:
    chosen = Settings(**{"hidden": 3} | settings)
    names = tuple("0123456789"[:classes])
    return TrainedNetwork(
        initial_network(chosen, 784, classes),
        chosen,
        names,
        "bundled",
        4000,
        1000,
        "",
        Position(2, 30, 8030, 803, 1.5),
        (Point(0, 2.4, 2.5, 0.1, 0.11), Point(8030, 0.3, 0.4, 0.9, 0.89)),
        handed=Handed("bundled", names, 4000, kind=kind_of("bundled")),
    )


def same_story(one: TrainedNetwork, other: TrainedNetwork) -> bool:
    return all(
        getattr(one, field.name) == getattr(other, field.name)
        for field in dataclasses.fields(TrainedNetwork)
        if field.name != "network"
    )


def parts(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The header of a safetensors file and the numbers behind it."""
    size = int.from_bytes(content[:8], "little")
    return json.loads(content[8 : 8 + size]), content[8 + size :]


def assembled(header: dict[str, Any], numbers: bytes) -> bytes:
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    return len(head).to_bytes(8, "little") + head + numbers


def with_story(content: bytes, **changes: Any) -> bytes:
    header, numbers = parts(content)
    story = json.loads(header["__metadata__"]["nnviz"]) | changes
    header["__metadata__"]["nnviz"] = json.dumps(story)
    return assembled(header, numbers)


def with_arrays(**changes: Any) -> bytes:
    """The example with other arrays; None leaves one out."""
    trained = example()
    arrays = {name: np.array(array) for name, array in trained.network.arrays().items()} | changes
    story = parts(SOUND)[0]["__metadata__"]
    return safetensors.numpy.save({k: v for k, v in arrays.items() if v is not None}, story)


def refusal(path: Path) -> str:
    with pytest.raises(NetworkFileError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(shortened(str(path)))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def loaded_unless_refused(path: Path) -> TrainedNetwork | None:
    try:
        return load(path)
    except NetworkFileError:
        return None


def saved_example() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        save(example(), Path(folder) / "example")
        return (Path(folder) / "example").read_bytes()


SOUND = saved_example()
HEADER = 8 + int.from_bytes(SOUND[:8], "little")
