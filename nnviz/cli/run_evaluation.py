"""Measuring a saved network on a data set: what `nnviz evaluate` does. Needs no torch."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import fitting, load
from nnviz.networks.layouts import layout_of
from nnviz.networks.settings import SettingError
from nnviz.questions.accuracy import judge
from nnviz.verdicts.answers import NOT_A_DIGIT, Answers, Options
from nnviz.verdicts.readings import READINGS


def run_evaluation(
    file: Path,
    digits: DigitSet,
    part: str,
    reading: str | None,
    options: Options,
    as_json: bool,
) -> None:
    """Prints how often the network of a file is right.

    Raises NetworkFileError, also where network and digits do not belong together, and
    SettingError for a reading that its design does not have.
    """
    trained = fitting(load(file), file, digits)
    images, labels = part_of(digits, part)
    design = DESIGNS[trained.settings.design]
    chosen = reading or design.readings[0]
    if chosen not in design.readings:
        raise SettingError(
            f"The design {trained.settings.design} cannot be read by {chosen}; its readings are "
            f"{', '.join(design.readings)}."
        )
    if options != Options() and chosen != "walk":
        raise SettingError("--drop and --below go with --reading walk.")
    layout = layout_of(trained.settings, digits.classes)
    answers = judge(trained.network, layout, images, chosen, options)
    record = {"design": trained.settings.design} | _record(answers, labels, chosen)
    if as_json:
        print(json.dumps(record))
    else:
        by = "" if chosen == design.readings[0] else f", read by {chosen}"
        print(_in_words(record, by))


def _record(answers: Answers, labels: NDArray[np.uint8], reading: str) -> dict[str, float | str]:
    right = answers.classes == labels
    record: dict[str, float | str] = {
        "test_accuracy": float(np.mean(right)),
        "mistakes": int(np.count_nonzero(~right)),
        "images": len(labels),
    }
    if READINGS[reading].rejects:
        record["not_a_digit"] = int(np.count_nonzero(answers.classes == NOT_A_DIGIT))
    if answers.ties is not None:
        record["ties"] = int(np.count_nonzero(answers.ties))
    if answers.heads_used is not None:
        record["heads_used"] = float(np.mean(answers.heads_used))
    if answers.changed is not None:
        record["changed"] = float(np.mean(answers.changed))
    return record


def _in_words(record: dict[str, float | str], by: str) -> str:
    words = (
        f"{record['design']}{by}: {record['test_accuracy']:.2%} of "
        f"{record['images']:,} digits, {record['mistakes']:,} mistakes"
    )
    more = {
        "ties": "{:,} ties",
        "not_a_digit": "{:,} read as not a digit",
        "heads_used": "{:.2f} heads asked per digit",
        "changed": "{:.2%} of the answers differ from the full head's",
    }
    said = [form.format(record[name]) for name, form in more.items() if name in record]
    return ", ".join([words, *said])


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
