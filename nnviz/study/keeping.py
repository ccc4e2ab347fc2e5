"""The networks of a trial as files, which open in the window like any other."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from nnviz.data.digits import DigitSet
from nnviz.errors import Refusal
from nnviz.networks.curves import Position
from nnviz.networks.files import TrainedNetwork, save
from nnviz.networks.layouts import Layout
from nnviz.networks.settings import Settings
from nnviz.networks.taught import Taught
from nnviz.study.made import Made
from nnviz.study.plan import Study
from nnviz.study.rows import Place
from nnviz.training.orders import digits_of_epoch

NETWORKS = "networks"
"""Where they lie in the folder of a study"""
BYTES = 4
"""Of a weight"""


def trained_of(made: Made, digits: DigitSet) -> TrainedNetwork:
    """The networks of a scheme with what they learned from: the training images of a trial."""
    asked, labels = list(made.asked), digits.train_labels
    names = tuple(digits.class_names[each] for each in asked)
    own = np.isin(labels, asked)
    handed = replace(digits.handed(), classes=names, images=int(own.sum()))
    ordered = np.searchsorted(asked, labels[own]).astype(np.uint8)
    before = None
    if made.base is not None:
        before = Taught(handed, made.base.epochs)
    return TrainedNetwork(
        network=made.whole(),
        settings=made.settings,
        class_names=names,
        digits=digits.name,
        trained_on=len(ordered),
        tested_on=int(np.isin(digits.test_labels, asked).sum()),
        left_out="",
        position=_position(made, ordered),
        points=(),
        handed=handed,
        before=before,
        learned_by=made.taken.learned_by,
    )


def _position(made: Made, labels: np.ndarray) -> Position:
    """Where a run of the window stands that took as many steps."""
    settings, layout = made.settings, made.layout
    length, steps = _length(settings, layout, labels), made.taken.steps
    epoch, rest = divmod(steps, -(-length // settings.batch))
    offset = rest * settings.batch
    count = len(labels)
    examples = epoch * count + offset * count // length
    return Position(epoch, offset, examples, steps, made.taken.seconds)


def _length(settings: Settings, layout: Layout, labels: np.ndarray) -> int:
    """Images that each network takes in one epoch, the most where they differ."""
    return digits_of_epoch(settings, layout, labels)


def keep(
    made: Made, digits: DigitSet, study: Study, place: Place, number: int, folder: str, most: int
) -> str:
    """Writes the networks of one of the schemes of a study, the first being 0, into its folder.

    -> the name of the file relative to that; "" where the networks of the study would take more
    than `most` bytes, or where it cannot be written: the row of a trial is worth more.
    """
    if len(made.asked) < 2:  # what tells nothing apart is no network of the window
        return ""
    files = Path(folder) / NETWORKS
    condition = study.conditions[place.condition].word
    path = files / f"{condition}-trial-{place.trial}-scheme-{number + 1}.safetensors"
    try:
        kept = sum(each.stat().st_size for each in files.glob("*.safetensors"))
        if kept + BYTES * made.network.parameters > most:
            return ""
        files.mkdir(parents=True, exist_ok=True)
        save(trained_of(made, digits), path)
    except (OSError, Refusal):
        return ""
    return path.relative_to(folder).as_posix()
