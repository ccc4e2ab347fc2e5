"""Training and measuring without a window: what `nnviz train` and `nnviz evaluate` do."""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from nnviz.learning.curves import Point, next_epoch
from nnviz.learning.digits import DigitSet
from nnviz.learning.gradient import prepare_torch
from nnviz.learning.network import initial_network
from nnviz.learning.settings import Settings
from nnviz.learning.trained import TrainedNetwork, save
from nnviz.learning.training import Trainer


def run_training(
    settings: Settings, digits: DigitSet, left_out: str, out: Path | None, as_json: bool
) -> None:
    """Trains to the last epoch of the settings, reports each one, and saves the network.

    Interrupted, it saves what has been learned so far. Raises Diverged.
    """
    prepare_torch()
    network = initial_network(settings, digits.inputs, digits.classes)
    trainer = Trainer(settings, digits, network, point_after=next_epoch)
    console = Console(stderr=as_json)
    interrupted = False
    with Progress(
        "epoch",
        MofNCompleteColumn(),
        BarColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
    ) as progress:
        bar = progress.add_task("", total=settings.epochs)
        try:
            for epoch in range(1, settings.epochs + 1):
                point = _learn_epoch(trainer, epoch)
                if as_json:
                    print(json.dumps(_epoch_record(trainer, point)), flush=True)
                else:
                    console.print(_epoch_line(trainer, point), highlight=False)
                progress.update(bar, completed=epoch)
        except KeyboardInterrupt:
            interrupted = True
        if interrupted and trainer.points:
            trainer.points.append(trainer.measure_now())
    if out is not None:
        save(trained_by(trainer, left_out), out)
        print(f"nnviz: saved {out}.", file=sys.stderr)
    if interrupted:
        raise KeyboardInterrupt


def trained_by(trainer: Trainer, left_out: str = "") -> TrainedNetwork:
    """The network of a trainer as it is now, with its story."""
    return TrainedNetwork(
        trainer.network(),
        trainer.settings,
        trainer.digits.class_names,
        trainer.digits.name,
        len(trainer.digits.train_labels),
        len(trainer.digits.test_labels),
        left_out,
        trainer.position,
        tuple(trainer.points),
    )


def _learn_epoch(trainer: Trainer, epoch: int) -> Point:
    while trainer.position.epoch < epoch or trainer.point_due:
        trainer.advance()
    return trainer.points[-1]


def _epoch_record(trainer: Trainer, point: Point) -> dict[str, float]:
    return {
        "epoch": trainer.position.epoch,
        "examples": point.examples,
        "cost": point.train_cost,
        "train_accuracy": point.train_accuracy,
        "test_accuracy": point.test_accuracy,
        "seconds": trainer.position.seconds,
    }


def _epoch_line(trainer: Trainer, point: Point) -> str:
    tested = len(trainer.digits.test_labels)
    return (
        f"Epoch {trainer.position.epoch}: {round(point.test_accuracy * tested):,} / {tested:,} "
        f"({point.test_accuracy:.2%}), training {point.train_accuracy:.2%}, "
        f"cost {point.train_cost:.4f}, {trainer.position.seconds:.1f} s"
    )

