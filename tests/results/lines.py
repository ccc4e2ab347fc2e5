"""The lines of `nnviz` whose accuracies are quoted, and how often the book's start goes wrong."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.digits import Bytes, DigitSet, Source, open_digits
from nnviz.data.results import BUNDLED, MNIST
from nnviz.networks.files import TrainedNetwork, load
from nnviz.networks.learned_by import in_words
from nnviz.networks.network import Floats, Network, as_inputs, hidden_activity, outputs_of

FOLDER = "FOLDER"
"""In the words of a line, the folder of the complete MNIST."""
BLOCK = 1_000
"""Images asked at once."""
FEW, MANY = range(1, 4), range(1, 21)


@dataclass(frozen=True)
class Training:
    """A line of `nnviz train`, once for every seed."""

    line: str
    seeds: Sequence[int] = FEW


TRAININGS: Mapping[str, Training] = {
    "standard/5-epochs": Training("train --data FOLDER --epochs 5"),
    "standard": Training("train --data FOLDER"),
    "book": Training("train --data FOLDER --preset book --images 50000", MANY),
    "book/5-epochs": Training("train --data FOLDER --preset book --images 50000 --epochs 5", MANY),
    "clear": Training("train --data FOLDER --preset clear"),
    "standard/bundled": Training("train"),
    "book/bundled": Training("train --preset book", MANY),
    "clear/bundled": Training("train --preset clear"),
}
"""Name of the result -> the line that makes it."""
SHIPPED: Mapping[str, str] = {
    "shipped": "evaluate trained/ten-outputs.safetensors --data FOLDER",
    "shipped/bundled": "evaluate trained/ten-outputs.safetensors --part all",
    "walk": "evaluate trained/elimination.safetensors",
    "walk/below-0.1": "evaluate trained/elimination.safetensors --below 0.1",
    "row-reader": "evaluate trained/row-reader.safetensors --data FOLDER",
}
WORK = ("heads_used", "outputs_used", "multiply_adds")
"""What evaluating tells besides, per digit."""


def measured(
    folder: Path, words: Sequence[str] | None = None
) -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    """(line, what it found) of each line whose name has one of the words, or of all."""
    for name, training in TRAININGS.items():
        if _asked(name, words):
            yield f"uv run nnviz {training.line} --seed SEED", _trained(name, training, folder)
    for name, line in SHIPPED.items():
        if _asked(name, words):
            yield f"uv run nnviz {line}", {name: _evaluated(line, folder)}


def _asked(name: str, words: Sequence[str] | None) -> bool:
    return not words or any(word in name for word in words)


def _nnviz(line: str, folder: Path, *more: str) -> list[dict[str, Any]]:
    """The records of a line of `nnviz`."""
    given = [str(folder) if word == FOLDER else word for word in line.split()]
    command = [sys.executable, "-m", "nnviz", *given, "--json", *more]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(record) for record in told.stdout.splitlines()]


def _about(trained: TrainedNetwork) -> dict[str, Any]:
    return {
        "engine": in_words(trained.learned_by),
        "learned": trained.trained_on,
        "epochs": trained.position.epoch,
    }


def _trained(name: str, training: Training, folder: Path) -> dict[str, dict[str, Any]]:
    """The accuracies after the last epoch, and how many outputs are left off."""
    whole = FOLDER in training.line.split()
    digits = open_digits(Source("mnist", str(folder)) if whole else Source())
    values, off = [], []
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "trained.safetensors"
        for seed in training.seeds:
            records = _nnviz(training.line, folder, "--seed", str(seed), "--out", str(file))
            values.append(records[-1]["test_accuracy"])
            trained = load(file)
            off.append(outputs_off(trained, digits))
            sys.stderr.write(f"{name}, seed {seed}: {values[-1]:.2%}, outputs off: {off[-1]}\n")
    about = {
        "digits": MNIST if whole else BUNDLED,
        "tested": len(digits.test_labels),
        "seeds": list(training.seeds),
        **_about(trained),
    }
    found = {name: about | {"values": values}}
    if training.seeds == MANY:
        found[f"{name}/outputs-off"] = about | {"values": off}
    return found


def outputs_off(trained: TrainedNetwork, digits: DigitSet) -> int:
    """How many outputs are left off: no test digit brings them above one half."""
    return int(np.count_nonzero(_strongest(trained.network, digits.test_images) <= 0.5))


def _strongest(network: Network, images: Bytes) -> Floats:
    """(outputs,): the largest activation of each output; pixels (images, inputs) 0..255."""
    blocks = (images[first : first + BLOCK] for first in range(0, len(images), BLOCK))
    active = (hidden_activity(network, as_inputs(block)) for block in blocks)
    return np.max([outputs_of(network, each).max(0) for each in active], axis=0)


def _evaluated(line: str, folder: Path) -> dict[str, Any]:
    record = _nnviz(line, folder)[-1]
    trained = load(Path(line.split()[1]))
    return {
        "digits": MNIST if FOLDER in line.split() else BUNDLED,
        "tested": record["images"],
        "seeds": [trained.settings.seed],
        **_about(trained),
        "values": [record["test_accuracy"]],
        "figures": {name: record[name] for name in WORK if name in record},
    }
