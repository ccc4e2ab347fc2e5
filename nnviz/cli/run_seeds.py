"""Training the networks of files afresh from several seeds, for `nnviz detectors --seeds`."""

import dataclasses
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import next_epoch
from nnviz.networks.files import TrainedNetwork, fitting, load
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.networks.trunk_file import trunk_of
from nnviz.training.gradient import prepare_torch
from nnviz.training.trainer import Trainer


def from_seeds(files: Sequence[Path], digits: DigitSet, seeds: int) -> list[list[TrainedNetwork]]:
    """For each file, networks from the seeds 1..seeds with its settings and its epochs.

    They learn from these digits. Raises NetworkFileError, Diverged.
    """
    prepare_torch()
    opened = [fitting(load(file), file, digits) for file in files]
    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not console.is_terminal,
    )
    with progress:
        bar = progress.add_task("training", total=seeds * sum(_epochs(each) for each in opened))
        found: list[list[TrainedNetwork]] = []
        for each in opened:
            found.append([])
            for seed in range(1, seeds + 1):
                words = f"training {each.settings.design}, seed {seed} of {seeds}"
                progress.update(bar, description=words)
                if not console.is_terminal:  # a bar is nothing to read in a file
                    console.print(words)
                found[-1].append(_trained(each, digits, seed, progress, bar))
        return found


def _epochs(trained: TrainedNetwork) -> int:
    return max(1, trained.position.epoch)


def _trained(
    like: TrainedNetwork, digits: DigitSet, seed: int, progress: Progress, bar: TaskID
) -> TrainedNetwork:
    settings, trunk = like.settings.change(seed=seed, speed=Settings().speed), None
    if settings.trunk == "frozen":
        trunk, settings = trunk_of(settings, None, hidden_fixed=True)
    network = initial_network(settings, digits.inputs, digits.classes, trunk)
    trainer = Trainer(settings, digits, network, point_after=next_epoch)
    for epoch in range(1, _epochs(like) + 1):
        while trainer.position.epoch < epoch or trainer.point_due:
            time.sleep(min(trainer.advance(), 0.1))  # short, so that Ctrl+C is soon heard
        progress.advance(bar)
    return dataclasses.replace(
        like,
        network=trainer.network(),
        settings=settings,
        digits=digits.name,
        trained_on=len(trainer.digits.train_labels),
        tested_on=len(digits.test_labels),
        left_out="",
        position=trainer.position,
        points=tuple(trainer.points),
    )
