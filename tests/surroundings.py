"""The real program where the surroundings are not as usual: other languages, no home, no names.

`uv run python -m tests.surroundings` starts the window and some commands in each of them. Turkish
writes another i in capitals, German a comma in numbers; the locales are made by `localedef` in a
temporary folder (Debian's package locales).
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.patience import patience
from tests.program import NNVIZ, shipped

LOCALES = ("tr_TR", "de_DE")
HOMES = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--smoke",),
    ("evaluate", shipped("ten-outputs"), "--json"),
    ("mistakes", shipped("ten-outputs"), "--csv", "mistakes.csv"),
    ("train", "--epochs", "1", "--images", "300", "--rate", "0.25", "--design", "bit-layer"),
    ("picture", "--page", "designs", "--out", "page.png"),
    ("digits", "list"),
)


def surroundings(folder: Path) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    """Name -> variables of the environment; None for one that is not there."""
    for name in LOCALES:
        if made := _locale(name, folder / "locales"):
            yield made, {"LC_ALL": made, "LANG": made, "LOCPATH": str(folder / "locales")}
        else:
            sys.stdout.write(f"{name}: there is no localedef here, or no source of it\n")
    yield "plain C", {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    yield "no home", dict.fromkeys(HOMES)
    yield "a home that is not there", dict.fromkeys(HOMES, str(folder / "none" / "such"))
    file = folder / "file"
    file.touch()
    yield "a file for a home", dict.fromkeys(HOMES, str(file))
    yield "no temporary folder of its own", {"TMPDIR": str(folder / "none")}
    yield "another clock", {"TZ": "Pacific/Kiritimati"}


def _locale(name: str, folder: Path) -> str:
    if shutil.which("localedef") is None:
        return ""
    folder.mkdir(exist_ok=True)
    made = f"{name}.UTF-8"
    line = ["localedef", "-i", name, "-f", "UTF-8", str(folder / made)]
    subprocess.run(line, capture_output=True, check=False)
    return made if (folder / made).is_dir() else ""


def faults(words: tuple[str, ...], changed: Mapping[str, str | None], folder: Path) -> str:
    """What is wrong with one command there, or nothing."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    for name, value in changed.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    done = subprocess.run(
        [*NNVIZ, *words],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=patience(),
        cwd=folder,
        env=environment,
        check=False,
    )
    if done.returncode or "Traceback" in done.stderr:
        return f"status {done.returncode}: {done.stderr[-600:]}"
    if "--json" in words:
        for line in done.stdout.splitlines():
            json.loads(line)
    if "mistakes.csv" in words:
        rows = list(csv.DictReader((folder / "mistakes.csv").read_text("utf-8").splitlines()))
        if not rows or len(rows[0]) < 2:
            return "the table is no CSV of several columns"
    return ""


def main() -> int:
    """-> 1 if any command failed."""
    wrong = count = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, changed in surroundings(folder):
            for words in COMMANDS:
                count += 1
                if found := faults(words, changed, folder):
                    wrong += 1
                    sys.stdout.write(f"{name}: nnviz {' '.join(words)}: {found}\n")
            sys.stderr.write(f"{name} done\n")
    sys.stdout.write(f"{count} commands, {wrong} of them failed.\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
