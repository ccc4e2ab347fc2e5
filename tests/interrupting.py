"""Interrupts the real window at random moments of its start and use, and looks how it ends.

`uv run python -m tests.interrupting 100` does it a hundred times: Ctrl+C, as a terminal gives it to
the program and all that it began, the end of the terminal, and being told to end. Each must end
with its status, say nothing but that, and leave no process.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.program import ROOT

LONGEST_LIFE = 3.0
"""Seconds until the signal comes at the latest"""
BEFORE_PYTHON = 0.25
"""Seconds until it comes at the soonest: Python itself must be there"""
LONGEST_END = 5.0
"""Seconds until the program counts as one that hangs"""
SIGNALS = (signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MAY_BE_SAID = ("", "nnviz: Interrupted.")


def interrupted(chance: random.Random, home: Path) -> str:
    """One program; -> what was wrong, or nothing."""
    number, moment = chance.choice(SIGNALS), chance.uniform(BEFORE_PYTHON, LONGEST_LIFE)
    environment = os.environ | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    program = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py")],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    time.sleep(moment)  # the moment is the experiment
    begun = psutil.Process(program.pid).children(recursive=True)
    if number == signal.SIGINT:
        os.killpg(program.pid, number)
    else:
        program.send_signal(number)
    try:
        _, said = program.communicate(timeout=LONGEST_END)
    except subprocess.TimeoutExpired:
        program.kill()
        _, said = program.communicate()
    _, alive = psutil.wait_procs(begun, timeout=LONGEST_END)
    as_it_should = {128 + number, -number} if number != signal.SIGINT else {128 + number}
    if program.returncode in as_it_should and said.strip() in MAY_BE_SAID and not alive:
        return ""
    return f"{number.name} after {moment:.2f} s: {program.returncode}, {alive}, {said.strip()}"


def main() -> int:
    """-> 1 if any ended in another way."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    wrong = []
    with tempfile.TemporaryDirectory() as home:
        for number in range(times):
            if found := interrupted(chance, Path(home)):
                wrong.append(found)
                sys.stdout.write(f"{found}\n")
            sys.stderr.write(f"\r{number + 1} of {times}")
    sys.stdout.write(f"\n{times} programs interrupted, {len(wrong)} ended as they should not.\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
