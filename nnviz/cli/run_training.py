"""Training and measuring without a window: what `nnviz train` and `nnviz evaluate` do."""

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import Point, next_epoch, next_point
from nnviz.networks.files import TrainedNetwork, save
from nnviz.networks.film import Film
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.training.gradient import prepare_torch
from nnviz.training.trainer import Trainer


def run_training(
    settings: Settings,
    digits: DigitSet,
    left_out: str,
    out: Path | None,
    as_json: bool,
    trunk: Network | None = None,
    film: bool = False,
) -> None:
    """Trains to the last epoch of the settings, reports each one, and saves the network.

    Interrupted by Ctrl+C, or unable to report, it saves what has been learned so far.
    `trunk` is where a frozen hidden layer comes from. With `film`, the weights are kept as the
    window keeps them, at the points of its curves. Raises Diverged, SettingError.
    """
    prepare_torch()
    network = initial_network(settings, digits.inputs, digits.classes, trunk)
    trainer = Trainer(settings, digits, network, point_after=next_point if film else next_epoch)
    trainer.film = Film() if film else None
    console = Console(stderr=as_json)
    progress = Progress(
        "epoch",
        MofNCompleteColumn(),
        BarColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not console.is_terminal,
    )
    unheard: OSError | None = None  # whoever reads our output has gone, or its disk is full
    with _interruptions() as interrupted, progress:
        bar = progress.add_task("", total=settings.epochs)
        for epoch in range(1, settings.epochs + 1):
            while (trainer.position.epoch < epoch or trainer.point_due) and not interrupted:
                time.sleep(min(trainer.advance(), 0.1))  # short, so that Ctrl+C is soon heard
            if interrupted:
                break
            point = trainer.points[-1]
            try:
                if as_json:
                    print(json.dumps(_epoch_record(trainer, point)), flush=True)
                else:
                    console.print(_epoch_line(trainer, point), highlight=False, soft_wrap=True)
            except OSError as error:
                unheard = error
                break
            progress.update(bar, completed=epoch)
        if interrupted and trainer.position.examples and not trainer.fresh:
            trainer.points.append(trainer.measure_now())
        if out is not None and trainer.position.examples:
            save(trained_by(trainer, left_out), out)
            print(f"nnviz: saved {out}.", file=sys.stderr)
    if unheard is not None:
        raise unheard
    if interrupted:
        raise KeyboardInterrupt


@contextmanager
def _interruptions() -> Iterator[list[int]]:
    """Collects Ctrl+C in a list, so that none cuts a step or a saving in half."""
    heard: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, usual)


def trained_by(trainer: Trainer, left_out: str = "") -> TrainedNetwork:
    """The network of a trainer as it is now, with its story."""
    return TrainedNetwork(
        trainer.network(),
        trainer.settings,
        trainer.digits.class_names,
        trainer.digits.name,
        len(trainer.digits.train_labels) - trainer.digits.non_digits,
        len(trainer.digits.test_labels),
        left_out,
        trainer.position,
        tuple(trainer.points),
        film=trainer.film or Film(),
        non_digits=trainer.digits.non_digits,
    )


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
