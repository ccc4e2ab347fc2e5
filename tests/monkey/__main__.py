"""Lets random hands use the real program while it learns, and looks at what goes wrong.

`uv run python -m tests.monkey` has 20,000 events; `--events 1000` fewer. Where the hands close the
window, the next program goes on in the same home, with what the last one left. The same seed
chooses alike among the same widgets; each event stands in the log, of which `--log` keeps a copy.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from nnviz.data.digits import bundled_digits
from nnviz.data.results import BUNDLED
from nnviz.networks.designs import DESIGNS
from nnviz.paths import RESOURCES, TRAINED
from tests.program import ROOT
from tests.results.keeping import keep

EVENTS = 20_000
SEED = 1
SHORT, LONG = 0.1, 1.0
"""Seconds of processor time that a turn of the event loop takes usually, and at most."""
TOLD = 8
"""Events told before what went wrong, and the longest turns told at the end."""


def main() -> int:
    """Runs and reports; -> 1 if something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--log", type=Path, help="keep every event in this file")
    parser.add_argument(
        "--keep", action="store_true", help="write what was found into results.json"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = list(_events(Path(folder), asked.seed, asked.events, asked.log))
    return _report(lines, asked.events, asked.keep)


def _events(home: Path, seed: int, events: int, log: Path | None) -> Iterator[dict[str, Any]]:
    """What one program after the other says, until all events are had."""
    files = _files(home / "files")
    written = log.open("w", encoding="utf-8") if log else None
    done = starts = 0
    while done < events:
        before = done
        for line in _one_program(home, f"{seed}/{starts}", events - done, files):
            done += "event" in line
            if written:
                written.write(json.dumps(line) + "\n")
            yield line
        starts += 1
        sys.stderr.write(f"\r{done} of {events} events, {starts} starts")
        if done == before:
            raise SystemExit("The program does not get as far as its first event.")
    sys.stderr.write("\n")


def _one_program(home: Path, seed: str, events: int, files: list[Path]) -> Iterator[dict[str, Any]]:
    words = [sys.executable, "-X", "dev", "-m", "tests.monkey.program", seed, str(events)]
    nowhere = "http://127.0.0.1:9"  # so that nothing is fetched in earnest
    environment = os.environ | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "default",
        "QT_QPA_PLATFORM": f"offscreen:configfile={ROOT / 'tests' / 'screens.json'}",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }
    with (
        (home / "stderr").open("w+", encoding="utf-8", errors="replace") as err,
        subprocess.Popen(
            [*words, *map(str, files)],
            stdout=subprocess.PIPE,
            stderr=err,
            encoding="utf-8",
            env=environment,
            cwd=files[0].parent,
        ) as program,
    ):
        assert program.stdout is not None
        for line in program.stdout:
            yield json.loads(line)
        status = program.wait()
        err.seek(0)
        said = err.read().strip()
    if status or said:
        yield {"wrong": f"It ended with status {status} and said:\n{said}"}


def _files(folder: Path) -> list[Path]:
    """What may be opened or dropped: good, odd and broken."""
    folder.mkdir(parents=True)
    digits = bundled_digits()
    image = digits.test_images[7].reshape(28, 28)
    Image.fromarray(np.kron(255 - image, np.ones((9, 9), np.uint8))).save(folder / "digit.png")
    row = np.concatenate(list(digits.test_images[:5].reshape(-1, 28, 28)), axis=1)
    Image.fromarray(row).save(folder / "row.png")
    for design in list(DESIGNS)[:4]:
        shutil.copy(TRAINED / f"{design}.safetensors", folder)
    shutil.copy(RESOURCES / "lectures" / "why-ten-outputs.md", folder)
    shutil.copy(RESOURCES / "studies" / "naive-child.toml", folder)
    (folder / "broken.safetensors").write_bytes(b'\x10\0\0\0\0\0\0\0{"no": 1}')
    (folder / "broken.png").write_bytes(b"\x89PNG and nothing more")
    (folder / "words.txt").write_text("No digits here.\n", "utf-8")
    (folder / "table.csv").write_text("label,p1\n1,2\n", "utf-8")
    return sorted(folder.iterdir())


def _report(lines: list[dict[str, Any]], events: int, kept: bool) -> int:
    said: list[str] = []
    turns: list[tuple[float, str]] = []
    wrong = steps = 0
    pages: set[str] = set()
    for line in lines:
        if "event" in line:
            said.append(line["event"])
        elif "spent" in line:
            steps += line["steps"]
            pages.add(line["page"])
            turns.append((line["spent"], said[-1] if said else "start"))
        elif "wrong" in line:
            wrong += 1
            sys.stdout.write("\n".join(["", "after:", *said[-TOLD:], line["wrong"], ""]))
    turns.sort(reverse=True)
    times = np.array([spent for spent, _ in turns])
    short = float(np.mean(times <= SHORT))
    for spent, event in turns[:TOLD]:
        sys.stdout.write(f"{1e3 * spent:6.0f} ms: {event}\n")
    sys.stdout.write(
        f"{len(said)} of {events} events on {len(pages)} pages while {steps:,} steps were "
        f"learned; {wrong} went wrong; {100 * short:.2f} % of the turns took at most "
        f"{1e3 * SHORT:.0f} ms of processor time, "
        f"the longest {1e3 * times.max():.0f} ms.\n"
    )
    if kept:
        figures = {"events": len(said), "wrong": wrong, "short": short, "longest": times.max()}
        keep(
            "uv run python -m tests.monkey --keep",
            {"monkey": {"digits": BUNDLED, "figures": figures}},
        )
    return int(wrong > 0 or times.max() > LONG)


if __name__ == "__main__":
    sys.exit(main())
