"""`nnviz mistakes`: which digits saved networks misread. Needs no torch."""

from collections.abc import Mapping, Sequence
from json import dumps
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from nnviz.cli.options import (
    AsJson,
    Classes,
    Data,
    Digits,
    Images,
    ImagesTurned,
    NamesAreLabels,
    Turned,
    digits_of,
    networks_of,
)
from nnviz.cli.progress import tell
from nnviz.data.digits import DigitSet
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.settings import SettingError
from nnviz.questions.judged import Judge, Judged, answers_csv, confusion
from nnviz.questions.learned_from import record_of, why_none_compared
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS
from nnviz.words import commas, tr
from nnviz.writing import write

MOST_NAMED = 5
"""Confusions that are named."""


def mistakes(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=tr("Network files."))],
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
    images: Images = None,
    names_are_labels: NamesAreLabels = False,
    turned: Turned = None,
    images_turned: ImagesTurned = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help=tr("Save every misread digit, with what each network says of it.")
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=tr("All test digits in the table, also those read right."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Count which test digits saved networks take for which."""
    if everything and csv is None:
        raise SettingError("--all goes with --csv.")
    named = digits_of(
        digits,
        data,
        images,
        classes,
        turned=turned,
        images_turned=images_turned,
        names_are_labels=names_are_labels,
    )
    list_mistakes(files, named, csv, everything, as_json)


def list_mistakes(
    files: Sequence[Path], digits: DigitSet, table: Path | None, everything: bool, as_json: bool
) -> None:
    """Prints what each network misreads of the test digits, and what several have in common.

    `table` is a CSV file for the digits that at least one misreads, or for all (`everything`).
    Raises NetworkFileError, NotSaved.
    """
    found, digits = networks_of(files, digits)
    networks = dict(zip(_named(files), found, strict=True))
    judged = {name: _judged(each, digits) for name, each in networks.items()}
    labels = digits.test_labels
    wrong = np.stack([each.answers != labels for each in judged.values()])
    if table is not None:
        wanted = np.arange(len(labels)) if everything else np.flatnonzero(wrong.any(axis=0))
        write(
            table,
            answers_csv(wanted.tolist(), labels, digits.class_names, judged, digits.test_files),
        )
    for name, each in judged.items():
        record = _record(name, networks[name], each, digits)
        print(dumps(record) if as_json else _in_words(record, digits))
    reason = why_none_compared({name: each.taught for name, each in networks.items()})
    if reason:
        tell(reason)
        if as_json:
            told = {"networks": len(judged), "images": len(labels), "not_compared": reason}
            print(dumps(told))
    elif len(judged) > 1:
        common: dict[str, int] = {
            "networks": len(judged),
            "missed_by_any": int(wrong.any(axis=0).sum()),
            "missed_by_all": int(wrong.all(axis=0).sum()),
            "images": len(labels),
        }
        words = tr(
            "{any} of {images} are misread by at least one, {all} by all.",
            any=common["missed_by_any"],
            images=common["images"],
            all=common["missed_by_all"],
        )
        print(dumps(common) if as_json else words)


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


def _record(name: str, trained: TrainedNetwork, judged: Judged, digits: DigitSet) -> dict[str, Any]:
    counts = confusion(judged.answers, digits.test_labels, digits.classes)
    return {
        "network": name,
        "design": trained.settings.design,
        "mistakes": int(counts.sum() - np.trace(counts)),
        "images": len(judged.answers),
        "learned_from": record_of(trained.taught),
        "confusion": counts.tolist(),
    }


def _in_words(record: Mapping[str, Any], digits: DigitSet) -> str:
    counts = np.array(record["confusion"])
    np.fill_diagonal(counts, 0)
    answers = (*digits.class_names, NOT_A_DIGIT_IN_WORDS)
    order = np.argsort(-counts, axis=None, kind="stable")[:MOST_NAMED]
    most = [
        tr(
            "{label} as {answer} ({count})",
            label=digits.class_names[label],
            answer=answers[answer],
            count=int(counts[label, answer]),
        )
        for label, answer in zip(*np.unravel_index(order, counts.shape), strict=True)
        if counts[label, answer]
    ]
    fields = {
        "network": record["network"],
        "mistakes": record["mistakes"],
        "images": record["images"],
        "confusions": commas(most),
    }
    if not most:
        return tr("{network}: {mistakes} of {images} misread.", **fields)
    return tr("{network}: {mistakes} of {images} misread; most often {confusions}.", **fields)
