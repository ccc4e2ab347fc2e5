"""The command line: opens the window, or works without one. `--help` needs nothing that learns.

Its modules import at the top what costs `nnviz --help` no time. What does is imported where it
is used: what learns (seconds), Qt, rich, Pillow, and typer where only the window is to open.
"""

import os
import sys
from typing import TYPE_CHECKING

from nnviz.cli.outputs import give_up_output, make_outputs_safe
from nnviz.cli.progress import tell
from nnviz.words import tr

# before numpy is imported anywhere: the products here are too small for several threads
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

if TYPE_CHECKING:  # typer takes a quarter of a second
    from typer import Typer

INTERRUPTED = 130
"""Exit status after Ctrl+C: 128 + SIGINT."""


def main() -> None:
    """Runs the command line and ends the process; a user's mistake is one sentence."""
    make_outputs_safe()
    try:
        if _is_mixed():
            raise SystemExit(1)
        status = _plain_window() if len(sys.argv) == 1 else _command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        tell(tr("Interrupted."))
        status = INTERRUPTED
    except OSError as error:
        # whoever read our output has gone, or its disk is full: nothing more to say there
        if not isinstance(error, BrokenPipeError):
            from nnviz.errors import reason_in_words  # only who fails needs it

            tell(tr("The output cannot be written: {reason}.", reason=reason_in_words(error)))
        give_up_output()
        status = 1
    raise SystemExit(status)


def commands() -> "Typer":
    """All commands, and the window without one."""
    from typer import Typer

    from nnviz.cli import (
        adopting,
        desktop,
        detectors,
        digits,
        evaluation,
        lecture,
        mistakes,
        pictures,
        reading,
        study,
        training,
        what_learns,
    )
    from nnviz.cli.window import window

    app = Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=tr(
            "See how a small neural network recognises digits. Without a command the window opens."
        ),
    )
    app.callback(invoke_without_command=True)(window)
    app.command(help=tr("Train a network without the window."))(training.train)
    app.command(help=tr("Measure how often a saved network is right."))(evaluation.evaluate)
    app.command(help=tr("Make a network that others trained one of nnviz."))(adopting.adopt)
    app.command(help=tr("Count which test digits saved networks take for which."))(
        mistakes.mistakes
    )
    app.command(
        help="\n\n".join(
            [
                tr("Measure how far the hidden neurons of a network detect shapes."),
                tr(
                    "Several files, --against or --seeds: a report of their means, with tests, and "
                    "what they say."
                ),
            ]
        )
    )(detectors.detectors)
    app.command(help=tr("Draw a page of the window into a file."))(pictures.picture)
    app.command(help=tr("Save the film of a network as an animated picture."))(pictures.film)
    app.command(help=tr("Give a lecture in the window, check it, or draw it for paper."))(
        lecture.lecture
    )
    app.command(help=tr("Read a row of digits by trying where to cut it."))(reading.read)
    app.command(
        help="\n\n".join(
            [
                tr("Repeat an experiment with many networks, and judge what it found."),
                tr(
                    "Each finished trial is kept at once; the same command goes on where it "
                    "stopped."
                ),
            ]
        )
    )(study.study)
    app.command(help=tr("Say what learns on this machine, and what learned saved networks."))(
        what_learns.system
    )
    app.command(help=tr("Put nnviz into the menu of the desktop."))(desktop.desktop)
    app.add_typer(digits.app, name="digits")
    return app


def _is_mixed() -> bool:
    """Says whose files lie among ours; -> whether they are in the way."""
    from nnviz.errors import Refusal
    from nnviz.session.namesakes import what_lies_among_ours

    try:
        said, mixed = what_lies_among_ours(), False
    except Refusal as error:
        said, mixed = str(error), True
    if said:
        tell(said)
    return mixed


def _plain_window() -> int:
    from nnviz.cli.system import open_window
    from nnviz.errors import Refusal

    try:
        return open_window()
    except Refusal as error:
        tell(str(error))
        return 1


def _command() -> int:
    from typer import Abort, TyperException

    from nnviz.cli.refused import sentence_of
    from nnviz.errors import Refusal
    from nnviz.lectures.line import LineError
    from nnviz.networks.settings import SettingError

    try:
        status: int = commands()(standalone_mode=False) or 0
        if status == INTERRUPTED:  # typer has made this of a KeyboardInterrupt
            raise KeyboardInterrupt
        return status
    except TyperException as error:
        tell(sentence_of(error))
        return 2
    except Refusal as error:
        tell(str(error))
        return 2 if isinstance(error, SettingError | LineError) else 1
    except Abort:
        raise KeyboardInterrupt from None
