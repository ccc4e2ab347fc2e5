"""The command line: opens the window, or works without one. `--help` needs no torch.

Its modules import at the top what costs `nnviz --help` no time. What does is imported where it
is used: torch (seconds), Qt, rich, Pillow, and typer where only the window is to open.
"""

import os
import sys
from typing import TYPE_CHECKING

# before numpy is imported anywhere: the products here are too small for several threads
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

if TYPE_CHECKING:  # typer takes a quarter of a second
    from typer import Typer

INTERRUPTED = 130
"""Exit status after Ctrl+C: 128 + SIGINT."""


def main() -> None:
    """Runs the command line and ends the process; a user's mistake is one sentence."""
    try:
        status = _plain_window() if len(sys.argv) == 1 else _command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        _complain("Interrupted.")
        status = INTERRUPTED
    except OSError as error:
        # whoever read our output has gone, or its disk is full: nothing more to say there
        if not isinstance(error, BrokenPipeError):
            _complain(f"{error.strerror or error}.")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    raise SystemExit(status)


def commands() -> "Typer":
    """All commands, and the window without one."""
    from typer import Typer

    from nnviz.cli import detectors, digits, evaluation, mistakes, pictures, reading, training
    from nnviz.cli.window import window

    app = Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="See how a small neural network recognises digits. Without a command the window "
        "opens.",
    )
    app.callback(invoke_without_command=True)(window)
    app.command()(training.train)
    app.command()(evaluation.evaluate)
    app.command()(mistakes.mistakes)
    app.command()(detectors.detectors)
    app.command()(pictures.picture)
    app.command()(pictures.film)
    app.command()(reading.read)
    app.add_typer(digits.app, name="digits")
    return app


def _plain_window() -> int:
    from nnviz.cli.system import open_window
    from nnviz.errors import Refusal

    try:
        return open_window()
    except Refusal as error:
        _complain(str(error))
        return 1


def _command() -> int:
    from typer import Abort, TyperException

    from nnviz.errors import Refusal
    from nnviz.networks.settings import SettingError

    try:
        status: int = commands()(standalone_mode=False) or 0
        if status == INTERRUPTED:  # typer has made this of a KeyboardInterrupt
            raise KeyboardInterrupt
        return status
    except TyperException as error:
        _complain(error.format_message())
        return 2
    except Refusal as error:
        _complain(str(error))
        return 2 if isinstance(error, SettingError) else 1
    except Abort:
        raise KeyboardInterrupt from None


def _complain(sentence: str) -> None:
    print(f"nnviz: {sentence}", file=sys.stderr)
