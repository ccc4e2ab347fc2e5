"""Measures which start and weight decay give the clearest weight images, and what they cost.

`python -m tests.clearness FOLDER --keep` learns some hundreds of networks one after the other, and
keeps each line as soon as its seeds are done; `--only` takes up what is left.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import numpy as np

from nnviz.data.digits import DigitSet, Source, open_digits, shape_of
from nnviz.data.results import BUNDLED, MNIST
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import in_words
from nnviz.networks.network import as_inputs, hidden_activity
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import judge
from nnviz.questions.detectors.shapes import fitted, moran, weight_images
from nnviz.training.trainer import Trainer
from nnviz.verdicts.answers import Options
from tests.accuracy.learning import learned
from tests.clearness.lines import EPOCHS, LINES, Line
from tests.results.keeping import keep

_COMMAND = "uv run python -m tests.clearness FOLDER --keep"


@dataclass(frozen=True)
class Clearness:
    """What one network reached."""

    engine: str
    """What learned it, such as numba 0.68.0."""
    accuracy: float
    first_epoch: float
    """Accuracy after one epoch."""
    moran: float
    """Moran's I, mean of the hidden neurons, as `nnviz detectors` tells it."""
    stroke_fit: float
    """The same: R^2 of the best bar."""
    silent: float
    """Share of the hidden neurons that no test digit fires, as a ReLU can be."""


NUMBERS = ("accuracy", "first_epoch", "moran", "stroke_fit", "silent")
"""Of a Clearness, what is a number."""


def main() -> int:
    """Learns, and prints the table in Markdown; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.clearness", description=__doc__)
    parser.add_argument("folder", type=Path, help="the complete MNIST")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="lines whose name has this word")
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    opened = {BUNDLED: open_digits(Source())}
    opened[MNIST] = open_digits(Source("mnist", str(asked.folder)))
    sys.stdout.write("| line | accuracy | after 1 epoch | Moran's I | stroke fit | silent |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    for line in LINES:
        if asked.only and not any(word in line.name for word in asked.only):
            continue
        digits = opened[line.digits]
        found = list(_found(line, digits))
        sys.stdout.write(f"{_row(line, found)}\n")
        sys.stdout.flush()
        if asked.keep:
            keep(_COMMAND, {line.name: _entry(line, digits, found)})
    return 0


def _found(line: Line, digits: DigitSet) -> Iterator[Clearness]:
    for seed in line.seeds:
        settings = Settings().change(
            design=line.design,
            activation=line.activation,
            initial=line.initial,
            decay=line.decay,
            epochs=EPOCHS,
            seed=seed,
        )
        trainer = learned(settings, digits)
        yield _measured(trainer, digits)
        sys.stderr.write(f"{line.name}, seed {seed} ({trainer.position.seconds:.0f} s)\n")


def _measured(trainer: Trainer, digits: DigitSet) -> Clearness:
    """How many test digits it reads, and how clear the images of its hidden neurons are."""
    network, settings = trainer.network(), trainer.settings
    layout = layout_of(settings, digits.classes)
    reading = DESIGNS[settings.design].readings[0]
    answers = judge(network, layout, digits.test_images, reading, Options())
    weights = network.hidden_weights.reshape(-1, network.inputs)
    images = weight_images(weights, digits.inked, shape_of(network.inputs))
    fits = np.concatenate([part.fit for part in fitted(images, np.arange(len(images)))])
    return Clearness(
        in_words(trainer.learned_by),
        float(np.mean(answers.classes == digits.test_labels)),
        trainer.points[1].test_accuracy,
        float(moran(images).mean()),
        float(fits.mean()),
        float((hidden_activity(network, as_inputs(digits.test_images)).max(axis=0) == 0).mean()),
    )


def _entry(line: Line, digits: DigitSet, found: Sequence[Clearness]) -> dict[str, Any]:
    (engine,) = {each.engine for each in found}
    figures = {"decay": line.decay}
    for name in NUMBERS[1:]:
        figures[name] = round(mean(getattr(each, name) for each in found), 4)
    return {
        "engine": engine,
        "digits": line.digits,
        "learned": len(digits.train_labels),
        "tested": len(digits.test_labels),
        "epochs": EPOCHS,
        "seeds": list(line.seeds),
        "values": [round(each.accuracy, 4) for each in found],
        "figures": figures,
    }


def _row(line: Line, found: Sequence[Clearness]) -> str:
    columns = ([getattr(each, name) for each in found] for name in NUMBERS)
    cells = [f"{mean(values):.4f} ({stdev(values):.4f})" for values in columns]
    return f"| {line.name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    raise SystemExit(main())
