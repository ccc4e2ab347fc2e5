"""Measuring a saved network on a data set: what `nnviz evaluate` does. Needs no torch."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.digits import DigitSet
from nnviz.learning.mistakes import measured
from nnviz.learning.trained import fitting, load


def run_evaluation(file: Path, digits: DigitSet, part: str, as_json: bool) -> None:
    """Prints how often the network of a file is right.

    Raises NetworkFileError, also where network and digits do not belong together.
    """
    trained = fitting(load(file), file, digits)
    images, labels = part_of(digits, part)
    design = trained.settings.design
    result = measured(
        trained.network, design, digits.classes, trained.position.examples, images, labels
    )
    mistakes = int(np.count_nonzero(result.answers != labels))
    record = {
        "design": design,
        "test_accuracy": result.accuracy,
        "mistakes": mistakes,
        "images": len(labels),
    }
    if as_json:
        print(json.dumps(record))
    else:
        print(f"{design}: {result.accuracy:.2%} of {len(labels):,} digits, {mistakes:,} mistakes")


def part_of(digits: DigitSet, part: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Images (images, inputs) and labels (images,) of a part: train, test or all."""
    if part == "train":
        return digits.train_images, digits.train_labels
    if part == "test":
        return digits.test_images, digits.test_labels
    return (
        np.concatenate([digits.train_images, digits.test_images]),
        np.concatenate([digits.train_labels, digits.test_labels]),
    )
