"""Hours of lecture in the real program: both processes stay as large as they are.

    python -m tests.soak                  two hours
    python -m tests.soak --seconds 60     the same for CI, with a hundredth of the film's limit

A walk through all pages, views, three designs and lecture mode goes on while a network learns at
full speed. Exit status 1 if either process grows by more than a twentieth once every page has been
seen, or if handles or threads do.
"""

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from nnviz.networks.film import BUDGET
from tests.soak.flat import Sample, faults, growth, warm

HOURS = 2
SHORT = 3600
"""Seconds below which a film has a hundredth of its limit."""
LAPS = 3
"""Until then caches fill: every page in every design, in lecture mode and in both themes."""
ROWS = 24
MB = 1e6


def main() -> int:
    asked = _asked()
    samples = soak(asked.seconds, asked.keep)
    seen = warm(samples, LAPS)
    _print(seen)
    found = faults(seen)
    print(*(found or ["Both processes are flat."]), sep="\n")
    return 1 if found else 0


def soak(seconds: float, keep: Path | None) -> list[Sample]:
    """Lets the walk go on for so long. Raises RuntimeError where the program ends before."""
    samples: list[Sample] = []
    limit = BUDGET // 100 if seconds < SHORT else BUDGET
    with tempfile.TemporaryDirectory() as home:
        own = {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "CACHE", "STATE")}
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.program", str(limit)],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={"QT_QPA_PLATFORM": "offscreen"} | os.environ | own,
        )
        began = time.monotonic()
        threading.Timer(seconds, program.terminate).start()
        assert program.stdout is not None
        for line in program.stdout:
            try:
                samples.append(_sample(program.pid, json.loads(line), time.monotonic() - began))
            except psutil.NoSuchProcess:
                break
            if keep is not None:
                _write(keep, samples)
        program.wait()
    if time.monotonic() - began < seconds:
        raise RuntimeError(f"the program ended with status {program.returncode}")
    return samples


def _sample(pid: int, told: dict[str, int], seconds: float) -> Sample:
    window, training = psutil.Process(pid), psutil.Process(told["training"])
    handles = [_handles(each) for each in (window, training)]
    return Sample(
        round(seconds, 1),
        told["lap"],
        told["steps"],
        told["film"],
        window.memory_full_info().uss,
        training.memory_full_info().uss,
        *handles,
        window.num_threads(),
        training.num_threads(),
    )


def _handles(process: psutil.Process) -> int:
    return process.num_handles() if sys.platform == "win32" else process.num_fds()


def _print(samples: list[Sample]) -> None:
    print("   s  lap     steps  film  window apart  training  handles  threads")
    for each in samples[:: max(1, len(samples) // ROWS)]:
        print(
            f"{each.seconds:5.0f} {each.lap:4} {each.steps:9} {each.film / MB:5.1f}"
            f" {each.apart / MB:13.1f} {each.training / MB:9.1f}"
            f"  {each.window_handles:3}+{each.training_handles:<3}"
            f"  {each.window_threads:3}+{each.training_threads}"
        )
    if len(samples) >= 6:
        apart = growth([each.apart for each in samples])
        training = growth([each.training for each in samples])
        print(f"growth: window {100 * apart:+.1f} %, training process {100 * training:+.1f} %")


def _write(path: Path, samples: list[Sample]) -> None:
    path.write_text(json.dumps([dataclasses.asdict(each) for each in samples]), encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=HOURS * 3600)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="All samples, as JSON.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
