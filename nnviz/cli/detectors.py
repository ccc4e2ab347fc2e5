"""`nnviz detectors`: how far hidden neurons detect shapes. Only --seeds needs torch."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from json import dumps
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from nnviz.cli.options import (
    AsJson,
    Classes,
    Data,
    Digits,
    Every,
    Share,
    Turned,
    digits_of,
    networks_of,
    whole_number,
)
from nnviz.cli.progress import progress, tell
from nnviz.cli.training import from_seeds
from nnviz.data.arrays import Bytes, Floats
from nnviz.data.digits import DigitSet
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.network import as_inputs, hidden_activity
from nnviz.networks.settings import SettingError
from nnviz.questions.detectors.measures import MEASURES, Detectors, measuring
from nnviz.questions.detectors.report import (
    TRAITS,
    Kind,
    TraitCompared,
    about,
    apart_in_words,
    between,
    compared,
    looks_like,
)
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.learned_from import record_of
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.words import number, percent, plain, signed, tr

Advance = Callable[[float], None]

MATCHED_DIGITS = 2000
"""Digits whose activities match the neurons of two networks."""
HEADS = (
    *(tr("Moran's I"), tr("blob share"), tr("stroke fit")),
    *(tr("by chance"), tr("selectivity"), tr("ablation")),
)
"""Column heads of MEASURES."""
WIDTHS = tuple(max(11, len(head)) for head in HEADS)
LABELS = max(30, *(len(trait.label) for trait in TRAITS.values()))
"""Letters of a column."""


def detectors(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help=tr("A network file; several differ in their seeds only.")
        ),
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help=tr("Compare with this network; once for each seed.")),
    ] = None,
    seeds: Annotated[
        int,
        typer.Option(
            metavar="N",
            parser=whole_number,
            help=tr("Compare N networks trained afresh with the settings of each FILE instead."),
        ),
    ] = 0,
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
    every: Every = None,
    share: Share = None,
    turned: Turned = None,
    images: Annotated[
        int,
        typer.Option(
            metavar="N", parser=whole_number, help=tr("Ask only the first N test digits (0: all).")
        ),
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Measure how far the hidden neurons of a network detect shapes.

    Several files, --against or --seeds: a report of their means, with tests, and what they say.
    """
    if images < 0:
        raise SettingError("--images must be 0 or more, not {images}.", images=images)
    if seeds < 0:
        raise SettingError("--seeds must be 0 or more, not {seeds}.", seeds=seeds)
    kinds = [group for group in (files, against) if group]
    if seeds and any(len(group) > 1 for group in kinds):
        raise SettingError("--seeds trains networks like one FILE, and like one --against.")
    chosen = digits_of(digits, data, None, classes, every, share, turned)
    if len(files) == 1 and not against and not seeds:
        _list(files[0], chosen, images, as_json)
        return
    if seeds:
        firsts = [group[0] for group in kinds]
        likes, chosen = _with_weight_images(firsts, chosen)
        networks = from_seeds(likes, chosen, seeds)
    else:
        found, chosen = _with_weight_images([file for group in kinds for file in group], chosen)
        networks = [list(found[: len(files)]), list(found[len(files) :])][: len(kinds)]
        for group, of_kind in zip(kinds, networks, strict=True):
            _of_one_kind(group, of_kind)
    names = [group[0].stem for group in kinds]
    _report(list(zip(names, networks, strict=True)), chosen, images, as_json)


def _with_weight_images(
    files: Sequence[Path], digits: DigitSet
) -> tuple[Sequence[TrainedNetwork], DigitSet]:
    """As `networks_of`; raises SettingError, too, where hidden neurons see no pixels."""
    found, digits = networks_of(files, digits)
    for file, trained in zip(files, found, strict=True):
        if trained.network.front is not None:
            raise SettingError(
                "{file} holds a LeNet: its hidden neurons read feature maps and have no weight "
                "images to measure.",
                file=file.name,
            )
    return found, digits


def _list(file: Path, digits: DigitSet, images: int, as_json: bool) -> None:
    """Prints the measures of every neuron of a network, then their means.

    Only the first so many test digits are asked (0: all). Raises NetworkFileError, also where
    network and digits do not belong together.
    """
    (trained,), digits = _with_weight_images([file], digits)
    with progress(tr("measuring"), 1) as bar:
        found = _measured(trained, digits, images, bar.reach)
    several = found.shape[0] > 1
    if not as_json:
        print(tr("neuron").rjust(8), *map(str.rjust, HEADS, WIDTHS), "", tr("looks like"))
    for network, neuron in np.ndindex(found.shape):
        one = found.of(network, neuron)
        values = {name: getattr(one, name) for name in MEASURES}
        name = f"{network}.{neuron}" if several else str(neuron)
        if as_json:
            place = {"network": network} if several else {}
            print(dumps(place | {"neuron": neuron} | values))
        else:
            print(_row(name, values), "", looks_like(one))
    if as_json:
        print(dumps({"neuron": "mean"} | found.means()))
    else:
        print(_row(tr("mean"), found.means()))


def _report(
    groups: Sequence[tuple[str, Sequence[TrainedNetwork]]],
    digits: DigitSet,
    images: int,
    as_json: bool,
) -> None:
    """Prints how far one or two kinds of network detect shapes, and what that says.

    The networks of a kind differ in their seeds; each kind comes with a name for want of a
    better one.
    """
    shown = digits.test_images[: images or None][:MATCHED_DIGITS]
    kinds = []
    with progress(tr("measuring"), sum(len(group) for _, group in groups)) as bar:
        before = 0

        def advance(done: float) -> None:
            bar.reach(before + done)

        for name, group in groups:
            found = []
            for trained in group:
                found.append(_measured(trained, digits, images, advance))
                before += 1
            fired = [_fired(trained, shown) for trained in group]
            taught = [trained.taught for trained in group]
            kinds.append(Kind(_design_or(name, group), found, fired, taught))
    if len(kinds) == 2 and kinds[0].name == kinds[1].name:
        names = (
            tr("{network} (first)", network=kinds[0].name),
            tr("{network} (second)", network=kinds[0].name),
        )
        kinds = [replace(kind, name=name) for name, kind in zip(names, kinds, strict=True)]
    tests = compared(*kinds) if len(kinds) == 2 else ()
    says = [sentence for kind in kinds for sentence in about(kind)]
    apart = apart_in_words(*kinds) if len(kinds) == 2 else ""
    if apart:
        tell(apart)
        says.append(apart)
    elif len(kinds) == 2:
        says += between(kinds[0], kinds[1], tests)
    for line in _lines(kinds, tests, as_json):
        print(line)
    if as_json:
        learned = {kind.name: [record_of(each) for each in kind.taught] for kind in kinds}
        print(dumps({"says": says, "learned_from": learned}))
    else:
        print("", *says, sep="\n")


def _of_one_kind(files: Sequence[Path], group: Sequence[TrainedNetwork]) -> None:
    """Makes sure that networks differ in their seeds only. Raises SettingError."""
    first = group[0].settings
    for file, trained in zip(files[1:], group[1:], strict=True):
        other = trained.settings.change(seed=first.seed, speed=first.speed)
        differing = [
            item.name
            for item in fields(other)
            if getattr(other, item.name) != getattr(first, item.name)
        ]
        if differing:
            name = "design" if "design" in differing else differing[0]
            raise SettingError(
                "{first} and {second} are no networks of one kind ({setting} {one} and {other}); "
                "to compare two kinds, name the networks of the second with --against.",
                first=files[0].name,
                second=file.name,
                setting=name,
                one=str(getattr(first, name)),
                other=str(getattr(other, name)),
            )


def _measured(
    trained: TrainedNetwork, digits: DigitSet, images: int, advance: Advance
) -> Detectors:
    shown = slice(None, images or None)
    subject = Subject(trained.network, trained.settings)
    labels = digits.test_labels[shown]
    kept = KeptActivity(subject, digits.test_images[shown], labels, digits.classes)
    return at_once(measuring(kept, digits.inked, digits.shape), advance)


def _fired(trained: TrainedNetwork, images: Bytes) -> Floats:
    """(images, neurons)"""
    return hidden_activity(trained.network, as_inputs(images)).reshape(len(images), -1)


def _design_or(name: str, group: Sequence[TrainedNetwork]) -> str:
    designs = {trained.settings.design for trained in group}
    return designs.pop() if len(designs) == 1 else name


def _row(name: str, values: dict[str, float]) -> str:
    cells = (
        _signed(measure, value) if measure == "ablation" else _shown(measure, value)
        for measure, value in values.items()
    )
    return " ".join([name.rjust(8), *map(str.rjust, cells, WIDTHS)])


def _lines(kinds: Sequence[Kind], tests: Sequence[TraitCompared], as_json: bool) -> Iterator[str]:
    by_trait = {test.trait: test for test in tests}
    if not as_json:
        names = " ".join(kind.name.rjust(22) for kind in kinds)
        heads = _columns(tr("difference"), tr("p"), tr("after Holm")) if tests else ""
        yield f"{'':{LABELS}} {names}{heads}"
    for name, trait in TRAITS.items():
        means = [float(kind.means(name).mean()) for kind in kinds]
        yield _line(name, trait.label, means, by_trait.get(name), not tests, as_json)
    means = [kind.stability for kind in kinds]
    yield _line("stability", tr("stability"), means, None, not tests, as_json)


def _line(
    name: str,
    label: str,
    means: Sequence[float],
    test: TraitCompared | None,
    apart: bool,
    as_json: bool,
) -> str:
    """`apart`: two kinds are not compared."""
    if not as_json:
        cells = " ".join(_shown(name, mean).rjust(22) for mean in means)
        more = ""
        if test is not None:
            p = [_or_dash(value, plain(value, 2)) for value in (test.welch.p, test.holm)]
            more = _columns(_signed(name, test.welch.difference), *p)
            if not test.significant:
                more += "  " + tr("not significant")
        return f"{label:{LABELS}} {cells}{more}"
    record: dict[str, object] = {"measure": name, "first": _or_null(means[0])}
    if len(means) > 1:
        record["second"] = _or_null(means[1])
        record["difference"] = None if apart else _or_null(means[0] - means[1])
        record["p"] = None if test is None else _or_null(test.welch.p)
        record["p_holm"] = None if test is None else _or_null(test.holm)
        record["significant"] = test is not None and test.significant
    return dumps(record)


def _or_null(value: float) -> float | None:
    return None if math.isnan(value) else value


def _columns(difference: str, p: str, corrected: str) -> str:
    return f" {difference:>11} {p:>11} {corrected:>12}"


def _shown(measure: str, value: float) -> str:
    share = measure in ("ablation", "stroke_like")
    return _or_dash(value, percent(value, 2) if share else number(value, 3))


def _signed(measure: str, value: float) -> str:
    if measure in ("ablation", "stroke_like"):
        return tr("{number} %", number=signed(100 * value, 2))
    return signed(value, 3)


def _or_dash(value: float, shown: str) -> str:
    return "-" if math.isnan(value) else shown
