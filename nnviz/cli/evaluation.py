"""`nnviz evaluate`: how often a saved network is right. Needs no torch."""

from json import dumps
from math import comb
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from nnviz.cli.options import (
    AsJson,
    Below,
    Classes,
    Data,
    Digits,
    Drop,
    Every,
    Images,
    ImagesTurned,
    NamesAreLabels,
    Share,
    Turned,
    digits_of,
    elimination_options,
    networks_of,
    one_of,
)
from nnviz.data.arrays import Bytes
from nnviz.data.catalogue import label_of
from nnviz.data.digits import DigitSet, test_named
from nnviz.networks.designs import DESIGNS, sets_to_ask
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network
from nnviz.networks.settings import SettingError
from nnviz.questions.accuracy import judge
from nnviz.questions.learned_from import record_of
from nnviz.verdicts.answers import NOT_A_DIGIT, Answers, Options
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.work_per_answer import Taken, multiply_adds, walked_multiply_adds
from nnviz.words import commas, number, percent, sentences, tr, tr_n

PARTS = ("test", "train", "all")


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=tr("A network file."))],
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
    every: Every = None,
    share: Share = None,
    part: Annotated[
        str, typer.Option(metavar="|".join(PARTS), help=tr("Which part of the data set."))
    ] = "test",
    reading: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(READINGS),
            help=tr("How the outputs become a class; else the usual reading of the design."),
        ),
    ] = None,
    drop: Drop = None,
    below: Below = None,
    images: Images = None,
    names_are_labels: NamesAreLabels = False,
    turned: Turned = None,
    images_turned: ImagesTurned = None,
    as_json: AsJson = False,
) -> None:
    """Measure how often a saved network is right."""
    one_of(part, PARTS, "--part")
    one_of(reading, tuple(READINGS), "--reading")
    options = elimination_options(reading, drop, below)
    if images is not None and part != "test":
        raise SettingError("--images are test digits, so they go with --part test.")
    named = digits_of(
        digits,
        data,
        images,
        classes,
        every,
        share,
        turned,
        images_turned,
        names_are_labels,
    )
    (trained,), chosen = networks_of([file], named)
    asked, labels = _part_of(chosen, part)
    design = DESIGNS[trained.settings.design]
    read_by = reading or design.readings[0]
    if read_by not in design.readings:
        raise SettingError(
            "The design {design} cannot be read by {reading}; its readings are {readings}.",
            design=trained.settings.design,
            reading=read_by,
            readings=commas(design.readings),
        )
    if options != Options() and read_by != "walk":
        raise SettingError("--drop and --below go with --reading walk.")
    layout = layout_of(trained.settings, chosen.classes)
    answers = judge(trained.network, layout, asked, read_by, options)
    learned: dict[str, Any] = {"learned_from": record_of(trained.taught)}
    if trained.adopted is not None:
        learned["adopted"] = trained.adopted.record()
    record: dict[str, Any] = {"design": trained.settings.design, "digits": chosen.name}
    record |= _record(answers, labels, read_by)
    if answers.heads_used is not None:
        record |= _asked(trained.network, layout, answers, read_by)
    if as_json:
        print(dumps(record | learned))
        return
    said = label_of(chosen.name) if part != "test" else test_named(chosen)
    print(_in_words(record, "" if read_by == design.readings[0] else read_by, layout, said))
    if answers.outputs_used is not None and options != Options():
        print(_saved_in_words(record, trained.network, layout, options))


def _record(answers: Answers, labels: Bytes, reading: str) -> dict[str, Any]:
    right = answers.classes == labels
    record: dict[str, Any] = {
        "test_accuracy": float(np.mean(right)),
        "mistakes": int(np.count_nonzero(~right)),
        "images": len(labels),
    }
    if READINGS[reading].rejects:
        record["not_a_digit"] = int(np.count_nonzero(answers.classes == NOT_A_DIGIT))
    if answers.ties is not None:
        record["ties"] = int(np.count_nonzero(answers.ties))
    if answers.changed is not None:
        record["changed"] = float(np.mean(answers.changed))
    return record


def _asked(network: Network, layout: Layout, answers: Answers, reading: str) -> dict[str, float]:
    """What the heads or duels took, as means per digit."""
    assert answers.heads_used is not None
    found = {"heads_used": float(np.mean(answers.heads_used))}
    if answers.outputs_used is None:
        return found | {"multiply_adds": float(multiply_adds(network, layout, reading))}
    outputs = float(np.mean(answers.outputs_used))
    work = walked_multiply_adds(network, layout, outputs, found["heads_used"])
    return found | {"outputs_used": outputs, "multiply_adds": work}


def _saved_in_words(
    record: dict[str, Any], network: Network, layout: Layout, options: Options
) -> str:
    """What a walk saves against one in which one class leaves at each step."""
    classes = layout.classes
    outputs = classes * (classes + 1) // 2 - 1
    work = walked_multiply_adds(network, layout, outputs, classes - 1)
    whole = Taken(work, classes - 1, outputs)
    own = Taken(record["multiply_adds"], record["heads_used"], record["outputs_used"])
    saved = own.saved(whole)
    said = "" if layout.heads else tr("No sets have heads: all outputs are worked out once.")
    if options.asks_one_head(classes):
        said = sentences(tr("One head decides: this is no walk."), said)
    return sentences(
        tr(
            "Saved against one class per step: {work} of the multiply-adds, {heads} of the heads, "
            "{outputs} of their outputs.",
            work=percent(saved.multiply_adds),
            heads=percent(saved.heads),
            outputs=percent(saved.outputs),
        ),
        said,
    )


def _asked_in_words(record: dict[str, Any], layout: Layout) -> str:
    """How many of those that there are were asked in turn."""
    asked, classes = number(record["heads_used"], 2), layout.classes
    if "outputs_used" not in record:
        return tr("{count} of {all} pairs asked per digit", count=asked, all=comb(classes, 2))
    exist = sets_to_ask(classes)
    if layout.heads:
        return tr("{count} of {all} heads asked per digit", count=asked, all=exist)
    return tr("{count} of {all} sets asked per digit", count=asked, all=exist)


def _in_words(record: dict[str, Any], reading: str, layout: Layout, digits: str) -> str:
    """The record as a line about these digits; it names a reading that is not the usual one."""
    fields = {
        "design": record["design"],
        "reading": reading,
        "share": percent(record["test_accuracy"], 2),
        "images": record["images"],
        "digits": digits,
    }
    found = tr("{design}: {share} of {images} digits ({digits})", **fields)
    if reading:
        found = tr("{design}, read by {reading}: {share} of {images} digits ({digits})", **fields)
    said = [found, tr_n("{count} mistake", "{count} mistakes", record["mistakes"])]
    if "ties" in record:
        said.append(tr_n("{count} tie", "{count} ties", record["ties"]))
    if "not_a_digit" in record:
        said.append(tr("{count} read as not a digit", count=record["not_a_digit"]))
    if "heads_used" in record:
        said.append(_asked_in_words(record, layout))
        said.append(tr("{count} multiply-adds per digit", count=number(record["multiply_adds"])))
    if "changed" in record:
        share = percent(record["changed"], 2)
        said.append(tr("{share} of the answers differ from the full head's", share=share))
    return commas(said)


def _part_of(digits: DigitSet, part: str) -> tuple[Bytes, Bytes]:
    """Images (images, inputs) and labels (images,) of a part: train, test or all."""
    if part == "train":
        return digits.train_images, digits.train_labels
    if part == "test":
        return digits.test_images, digits.test_labels
    return (
        np.concatenate([digits.train_images, digits.test_images]),
        np.concatenate([digits.train_labels, digits.test_labels]),
    )
