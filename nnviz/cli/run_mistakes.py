"""Which digits saved networks misread: what `nnviz mistakes` does. Needs no torch."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import DigitSet
from nnviz.errors import Refusal
from nnviz.networks.files import TrainedNetwork, fitting, load, write_whole
from nnviz.questions.answers_table import NO_CLASS, answers_csv
from nnviz.questions.confusion import confusion
from nnviz.questions.judged import Judge, Judged
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject

MOST_NAMED = 5
"""Confusions that are named."""

Bytes = NDArray[np.uint8]


def list_mistakes(
    files: Sequence[Path], digits: DigitSet, table: Path | None, everything: bool, as_json: bool
) -> None:
    """Prints what each network misreads of the test digits, and what several have in common.

    `table` is a CSV file for the digits that at least one misreads, or for all (`everything`).
    Raises NetworkFileError or Refusal.
    """
    networks = {name: fitting(load(file), file, digits) for name, file in _named(files).items()}
    judged = {name: _judged(each, digits) for name, each in networks.items()}
    labels = digits.test_labels
    wrong = np.stack([each.answers != labels for each in judged.values()])
    if table is not None:
        wanted = np.arange(len(labels)) if everything else np.flatnonzero(wrong.any(axis=0))
        _save(
            table,
            answers_csv(wanted.tolist(), labels, digits.class_names, judged, digits.test_files),
        )
    for name, each in judged.items():
        record = _record(name, networks[name], each, digits)
        print(json.dumps(record) if as_json else _in_words(record, digits))
    if len(judged) > 1:
        common: dict[str, object] = {
            "networks": len(judged),
            "missed_by_any": int(wrong.any(axis=0).sum()),
            "missed_by_all": int(wrong.all(axis=0).sum()),
            "images": len(labels),
        }
        words = (
            "{missed_by_any:,} of {images:,} are misread by at least one, {missed_by_all:,} by all."
        )
        print(json.dumps(common) if as_json else words.format(**common))


def _named(files: Sequence[Path]) -> Mapping[str, Path]:
    """Files under names that tell them apart."""
    names = [file.stem for file in files]
    return {
        str(file) if names.count(name) > 1 else name: file
        for name, file in zip(names, files, strict=True)
    }


def _judged(trained: TrainedNetwork, digits: DigitSet) -> Judged:
    asked = Judge(Subject(trained.network, trained.settings))
    return at_once(asked.work(digits, {}))


def _record(
    name: str, trained: TrainedNetwork, judged: Judged, digits: DigitSet
) -> dict[str, object]:
    counts = confusion(judged.answers, digits.test_labels, digits.classes)
    return {
        "network": name,
        "design": trained.settings.design,
        "mistakes": int(counts.sum() - np.trace(counts)),
        "images": len(judged.answers),
        "confusion": counts.tolist(),
    }


def _in_words(record: Mapping[str, object], digits: DigitSet) -> str:
    counts = np.array(record["confusion"])
    np.fill_diagonal(counts, 0)
    answers = (*digits.class_names, NO_CLASS)
    order = np.argsort(-counts, axis=None, kind="stable")[:MOST_NAMED]
    most = [
        f"{digits.class_names[label]} as {answers[answer]} ({counts[label, answer]:,})"
        for label, answer in zip(*np.unravel_index(order, counts.shape), strict=True)
        if counts[label, answer]
    ]
    often = f"; most often {', '.join(most)}" if most else ""
    return f"{record['network']}: {record['mistakes']:,} of {record['images']:,} misread{often}."


def _save(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise Refusal(f"{path} is a folder; name a file for the table.")
    try:
        write_whole(path, content)
    except OSError as error:
        raise Refusal(
            f"{path} cannot be saved: {error.strerror or error}; nothing was changed."
        ) from error
