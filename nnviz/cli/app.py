"""The command line: opens the window, or works without one.

What is not needed is not imported: the first picture of the window waits for it.
"""

import os
import sys

# before numpy is imported anywhere: the products here are too small for several threads
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

INTERRUPTED = 130
"""Exit status after Ctrl+C: 128 + SIGINT."""


def main() -> None:
    """Runs the command line and ends the process; a user's mistake is one sentence."""
    try:
        # typer takes a quarter of a second to import: too much before the first window
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


def _plain_window() -> int:
    from nnviz.cli.desktop import open_window
    from nnviz.errors import Refusal

    try:
        return open_window()
    except Refusal as error:
        _complain(str(error))
        return 1


def _command() -> int:
    from typer import Abort, TyperException

    from nnviz.cli.commands import app
    from nnviz.errors import Refusal
    from nnviz.networks.settings import SettingError

    try:
        status: int = app(standalone_mode=False) or 0
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
