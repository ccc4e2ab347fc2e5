"""`nnviz train`, with one option for every setting, and training afresh from several seeds."""

import inspect
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nnviz.cli.checks import Checking
from nnviz.cli.options import (
    DIGIT_SETS,
    AsJson,
    Classes,
    Data,
    Digits,
    Every,
    Share,
    Turned,
    digits_of,
    one_of,
    whole_number,
)
from nnviz.cli.progress import progress, tell
from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.lectures.line import settings_of_line
from nnviz.networks.curves import Diverged, Point, next_epoch, next_point
from nnviz.networks.files import TrainedNetwork, save, trunk_of
from nnviz.networks.film import Film
from nnviz.networks.network import initial_network
from nnviz.networks.settings import (
    PRESETS,
    SETTING_TYPES,
    SETTINGS,
    Setting,
    SettingError,
    Settings,
    matters,
    must_be_learnable,
)
from nnviz.questions.question import Kept
from nnviz.training.non_digits import with_non_digits
from nnviz.words import number, percent, tr
from nnviz.writing import check_writable

if TYPE_CHECKING:  # what learns takes long to import
    from nnviz.training.trainer import Trainer


def _option(name: str, setting: Setting) -> inspect.Parameter:
    kind = SETTING_TYPES[name]
    more: dict[str, Any] = {}
    if setting.choices:
        more["metavar"] = "|".join(setting.offered)
    elif kind is str:
        more["metavar"] = "TEXT"
    elif kind is not bool:
        if kind is int:
            more["parser"] = whole_number
        # as it is typed, whatever the language
        low, high = f"{setting.low:g}", f"{setting.high:.10g}"
        more["metavar"] = f"{low}..{high}"
        if setting.zero:
            more["metavar"] = tr(
                "{low}..{high} or 0 ({meaning})", low=low, high=high, meaning=setting.zero
            )
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[kind | None, typer.Option(help=setting.help, **more)],
    )


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Replaces the parameter `changes` by one option for every entry of the settings table."""

    def run(**given: Any) -> None:
        changes = {name: given.pop(name) for name in SETTINGS}
        command(changes={k: v for k, v in changes.items() if v is not None}, **given)

    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(command).parameters.values()
        if parameter.name != "changes"
    ]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    options = [_option(name, setting) for name, setting in SETTINGS.items()]
    parameters = own + options
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


@with_settings
def train(
    changes: dict[str, Any],
    line: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=tr("Settings as one line, as the window copies them.")),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(metavar="|".join(PRESETS), help=tr("Settings that belong together.")),
    ] = None,
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
    every: Every = None,
    share: Share = None,
    turned: Turned = None,
    leave_out_bundled: Annotated[
        bool,
        typer.Option("--leave-out-bundled", help=tr("Keep the bundled digits out of training.")),
    ] = False,
    non_digits: Annotated[
        int,
        typer.Option(
            metavar="N",
            parser=whole_number,
            help=tr("Learn from so many images that are no digit, too, cut from rows of digits."),
        ),
    ] = 0,
    trunk_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=tr(
                "Network whose hidden layer a frozen trunk is copied from; else the shipped "
                "network of --trunk-from."
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=tr("Save the network here."))
    ] = None,
    film: Annotated[
        bool, typer.Option("--film", help=tr("Keep how the weights became what they are, too."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Train a network without the window."""
    one_of(preset, tuple(PRESETS), "--preset")
    base, line_digits = settings_of_line(line) if line is not None else (Settings(), "")
    if preset:
        base = base.change(**PRESETS[preset].changes)
    settings = base.change(**changes)
    must_be_learnable(settings)
    _note_idle(changes, settings)
    if digits is None and data is None and line_digits in DIGIT_SETS:
        digits = line_digits
    elif line_digits not in ("", *DIGIT_SETS) and data is None:
        raise SettingError(
            "The line is about the digits {digits}: name their --data folder.", digits=line_digits
        )
    if not settings.epochs:
        raise SettingError("train needs a number of epochs of 1 or more (--epochs).")
    if out is not None:
        check_writable(out)
    chosen, left_out = _digits_to_learn(
        digits_of(digits, data, None, classes, every, share, turned),
        leave_out_bundled,
        non_digits,
        settings,
    )
    trunk = None
    if settings.trunk == "frozen":
        trunk, settings = trunk_of(settings, trunk_file, "hidden" in changes)
    elif trunk_file is not None:
        raise SettingError("--trunk-file goes with --trunk frozen.")
    _run(settings, chosen, left_out, out, as_json, trunk, film)


def _digits_to_learn(
    digits: DigitSet, leave_out_bundled: bool, non_digits: int, settings: Settings
) -> tuple[DigitSet, str]:
    """-> the digits and the name of those left out. Raises SettingError."""
    left_out = ""
    if leave_out_bundled:
        bundled = bundled_digits()
        digits = digits.without([*bundled.train_images, *bundled.test_images])
        left_out = bundled.name
    if not len(digits.train_labels):
        raise SettingError("No training digit is left.")
    if non_digits:
        digits = with_non_digits(digits, non_digits, settings)
    return digits, left_out


def _note_idle(changes: dict[str, Any], settings: Settings) -> None:
    """Says on standard error which settings were asked for and do nothing."""
    for name in changes.keys() - {"trunk"}:  # the design allows one only, which is no mistake
        if matters(name, settings):
            continue
        option = f"--{name.replace('_', '-')}"
        if name == "trunk_from":
            tell(
                tr(
                    "{option} makes no difference to a hidden layer that is learned: it goes with "
                    "--trunk frozen.",
                    option=option,
                )
            )
        else:
            tell(
                tr(
                    "{option} makes no difference to the design {design}.",
                    option=option,
                    design=settings.design,
                )
            )


def _run(
    settings: Settings,
    digits: DigitSet,
    left_out: str,
    out: Path | None,
    as_json: bool,
    trunk: TrainedNetwork | None,
    film: bool,
) -> None:
    """Trains to the last epoch of the settings, reports each one, and saves the network.

    Interrupted by Ctrl+C, or unable to report, it saves what has been learned so far.
    `trunk` is where a frozen hidden layer comes from. With `film`, the weights are kept as the
    window keeps them, at the points of its curves. Raises Diverged, SettingError.
    """
    kept: Kept = {}
    trainer = _new_trainer(settings, digits, trunk, next_point if film else next_epoch, kept)
    trainer.film = Film() if film else None
    unheard: OSError | None = None  # whoever reads our output has gone, or its disk is full
    shown = progress(tr("epoch"), settings.epochs, "count")
    checking = Checking(trainer, kept)
    with interruptions() as interrupted, shown as bar:
        for epoch in range(1, settings.epochs + 1):
            try:
                _learn(trainer, epoch, interrupted)
            except Diverged as error:
                if as_json:
                    told = [each.key for each in checking.of_diverged()]
                    bar.print(dumps(_epoch_record(trainer, None, told)))
                raise checking.with_advice(error) from error
            if interrupted:
                break
            keys, point = checking.look(epoch == settings.epochs), trainer.points[-1]
            record = _epoch_record(trainer, point, keys)
            try:
                bar.print(dumps(record) if as_json else _epoch_line(trainer, point))
            except OSError as error:
                unheard = error
                break
            bar.reach(epoch)
        if interrupted and trainer.position.examples and not trainer.fresh:
            trainer.points.append(trainer.measure_now())
        if out is not None and trainer.position.examples:
            save(trained_by(trainer, left_out, trunk), out)
            tell(tr("saved {file}.", file=out))
    if unheard is not None:
        raise unheard
    if interrupted:
        raise KeyboardInterrupt


@contextmanager
def interruptions() -> Iterator[list[int]]:
    """Collects Ctrl+C in a list, so that none cuts a step or a saving in half."""
    heard: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, usual)


def trained_by(
    trainer: "Trainer", left_out: str = "", trunk: TrainedNetwork | None = None
) -> TrainedNetwork:
    """The network of a trainer as it is now, with its story; `trunk`: whose hidden layer it was
    given."""
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
        handed=trainer.digits.handed(left_out),
        before=None if trunk is None else trunk.hidden_layer_taught,
        learned_by=trainer.learned_by,
    )


def _epoch_record(trainer: "Trainer", point: Point | None, checks: Sequence[str]) -> dict[str, Any]:
    """What is told of an epoch; of one in which the run diverged no figure is known."""
    return {
        "epoch": trainer.position.epoch,
        "examples": trainer.position.examples,
        "cost": None if point is None else point.train_cost,
        "train_accuracy": None if point is None else point.train_accuracy,
        "test_accuracy": None if point is None else point.test_accuracy,
        "seconds": trainer.position.seconds,
        "checks": list(checks),
    }


def _epoch_line(trainer: "Trainer", point: Point) -> str:
    tested = len(trainer.digits.test_labels)
    return tr(
        "Epoch {epoch}: {right} / {tested} ({share}), training {training}, cost {cost}, "
        "{seconds} s",
        epoch=trainer.position.epoch,
        right=round(point.test_accuracy * tested),
        tested=tested,
        share=percent(point.test_accuracy, 2),
        training=percent(point.train_accuracy, 2),
        cost=number(point.train_cost, 4),
        seconds=number(trainer.position.seconds, 1),
    )


def from_seeds(
    networks: Sequence[TrainedNetwork], digits: DigitSet, seeds: int
) -> list[list[TrainedNetwork]]:
    """For each network, those from the seeds 1..seeds with its settings and its epochs.

    They learn from these digits. Raises NetworkFileError, SettingError, Diverged.
    """
    with progress(tr("training"), seeds * sum(map(_epochs, networks))) as bar:
        found: list[list[TrainedNetwork]] = []
        done = 0
        for like in networks:
            found.append([])
            for seed in range(1, seeds + 1):
                bar.begin(
                    tr(
                        "training {design}, seed {seed} of {seeds}",
                        design=like.settings.design,
                        seed=seed,
                        seeds=seeds,
                    )
                )
                settings, trunk = like.settings.change(seed=seed, speed=Settings().speed), None
                must_be_learnable(settings)
                if settings.trunk == "frozen":
                    trunk, settings = trunk_of(settings, None, hidden_fixed=True)
                trainer = _new_trainer(settings, digits, trunk, next_epoch)
                for epoch in range(1, _epochs(like) + 1):
                    _learn(trainer, epoch)
                    done += 1
                    bar.reach(done)
                found[-1].append(trained_by(trainer, trunk=trunk))
    return found


def _epochs(trained: TrainedNetwork) -> int:
    return max(1, trained.position.epoch)


def _new_trainer(
    settings: Settings,
    digits: DigitSet,
    trunk: TrainedNetwork | None,
    point_after: Callable[[int, int], int],
    kept: Kept | None = None,
) -> "Trainer":
    # `--help` does without what learns
    from nnviz.training.trainer import Trainer

    copied = trunk.network if trunk is not None else None
    network = initial_network(settings, digits.inputs, digits.classes, copied)
    trainer = Trainer(settings, digits, network, point_after=point_after, kept=kept)
    if trainer.notes:
        tell(trainer.notes)
    return trainer


def _learn(trainer: "Trainer", epoch: int, interrupted: Sequence[int] = ()) -> None:
    """Goes on to the end of an epoch, or until something is among the interruptions."""
    while (trainer.position.epoch < epoch or trainer.point_due) and not interrupted:
        time.sleep(min(trainer.advance(), 0.1))  # short, so that Ctrl+C is soon heard
