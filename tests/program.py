"""The program as a user runs it: in this process where that proves the same, else in its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import nnviz
from nnviz.cli.app import commands, main
from nnviz.paths import TRAINED
from tests.patience import patience

ROOT = Path(nnviz.__file__).resolve().parent.parent
NNVIZ = (sys.executable, str(ROOT / "main.py"))
END = "\x1e"
"""What stands after the output of each of several command lines."""


@dataclass(frozen=True)
class Done:
    """How a command line ended."""

    status: int
    out: str
    err: str


@cache
def kept_commands() -> Callable[..., Any]:
    """All commands, made for the first command line that runs here."""
    from typer.main import get_command

    return get_command(commands())


def ran_here(*words: str) -> Done:
    """Runs a command line in this process, torch and Qt and all."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["nnviz", *words])
        patch.setattr("nnviz.cli.app.commands", kept_commands)
        with pytest.raises(SystemExit) as ended:
            main()
    assert isinstance(ended.value.code, int)
    return Done(ended.value.code, out.getvalue(), err.getvalue())


def ran_alone(*words: str, **environment: str) -> Done:
    """Runs a command line in a process of its own, of which only that process can tell."""
    process = subprocess.run(
        [*NNVIZ, *words],
        capture_output=True,
        encoding="utf-8",
        timeout=patience(),
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
        check=False,
    )
    return Done(process.returncode, process.stdout, process.stderr)


def with_imports(*lines: tuple[str, ...]) -> tuple[Done, set[str]]:
    """Command lines, one after the other, in a process of their own: what they wrote, END after
    each, and the packages that they imported."""
    program = (
        "import sys; from nnviz.cli.app import main\n"
        f"for words in {lines!r}:\n"
        "    sys.argv = ['nnviz', *words]\n"
        "    try: main()\n"
        "    except SystemExit as ended: status = ended.code\n"
        f"    print({END!r}, end='')\n"
        "    if status: sys.exit(status)"
    )
    process = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=patience(),
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    said = process.stderr.splitlines()
    told = [line for line in said if line.startswith("import time:")]
    imported = {line.split("|")[-1].strip().split(".")[0] for line in told}
    err = "\n".join(line for line in said if line not in told)
    return Done(process.returncode, process.stdout, err), imported


def shipped(name: str) -> str:
    """A network that comes with the program."""
    return str(TRAINED / f"{name}.safetensors")


def records(*words: str) -> list[dict[str, Any]]:
    """The JSON objects that a command prints."""
    done = ran_here(*words, "--json")
    assert done.status == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]
