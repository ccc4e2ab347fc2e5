"""A short version of the fifty kills (`python -m tests.killing 50`)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import patience


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_run_killed_at_random_moments_goes_on_unharmed() -> None:
    # in a process of its own: a fork must not share this one's threads
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", "6"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[1],
        timeout=patience(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "killed 6 times" in done.stdout
