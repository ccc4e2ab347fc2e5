"""`nnviz study` as a program: interrupted, killed, gone on with, on processes and on a cluster."""

import json
import os
import signal
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from nnviz.study.files import toml_of
from nnviz.study.store import create_or_open, folder_of
from tests.cluster.test_cluster import REAL, numbers
from tests.patience import until
from tests.program import NNVIZ, ran_here

STUDY = replace(REAL, learning=replace(REAL.learning, epochs=200), trials=6)
"""Twelve trials, some tenths of a second each"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "real.toml"
    path.write_text(toml_of(STUDY), "utf-8")
    return path


def begun(file: Path, results: Path) -> subprocess.Popen[str]:
    """The command in a process of its own, which has finished a trial."""
    words = ("study", str(file), "--results", str(results), "--json")
    program = subprocess.Popen(
        [*NNVIZ, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # Ctrl+C reaches all processes of a terminal
    )
    assert program.stdout is not None
    assert json.loads(program.stdout.readline())["line"] == "trial"
    return program


def test_it_is_interrupted_killed_and_goes_on(file: Path, tmp_path: Path) -> None:
    whole, rows = tmp_path / "whole.sqlite", tmp_path / "rows.sqlite"
    program = begun(file, rows)
    os.killpg(program.pid, signal.SIGINT)
    assert program.stdout is not None
    assert program.stderr is not None
    with program:  # not `communicate`, which passes over what came with the first line
        out, err = program.stdout.read(), program.stderr.read()
    assert program.returncode == 130
    store = create_or_open(STUDY, rows)
    first = len(store.rows())
    assert 1 <= first < 12
    assert first == 1 + len(out.splitlines())
    assert f"{first} of 12 trials are finished and kept; the same command goes on." in err
    assert "Traceback" not in err
    program = begun(file, rows)
    program.kill()
    program.communicate()
    until(lambda: len(store.rows()) > first)
    before = store.rows()
    done = ran_here("study", str(file), "--results", str(rows), "--json")
    assert done.status == 0
    kinds = [json.loads(line)["line"] for line in done.out.splitlines()]
    assert kinds.count("trial") == 12 - len(before)
    assert store.rows()[0] == before[0]
    assert ran_here("study", str(file), "--results", str(whole), "--cluster", "1").status == 0
    assert numbers(store.rows()) == numbers(create_or_open(STUDY, whole).rows())
    assert len(numbers(store.rows())) == 12
    assert not folder_of(STUDY).exists()
