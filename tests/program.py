"""The program as a user runs it: in this process where that proves the same, else in its own."""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

import nnviz
from nnviz.cli.app import main
from tests.patience import patience

ROOT = Path(nnviz.__file__).resolve().parent.parent
NNVIZ = (sys.executable, str(ROOT / "main.py"))


@dataclass(frozen=True)
class Done:
    """How a command line ended."""

    status: int
    out: str
    err: str


def ran_here(*words: str) -> Done:
    """Runs a command line in this process, torch and Qt and all."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["nnviz", *words])
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
