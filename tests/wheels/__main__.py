"""Builds wheel and sdist, looks into them, installs them, and tries every command elsewhere.

`python -m tests.wheels`: on Python 3.11, 3.13 and 3.14, where these are here or can be fetched
(`--python 3.11` tries that one alone), as `uv tool install` installs it, and beside the other
packages that install a module `nnviz`. Everything lies in a temporary folder, which goes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from nnviz.cli.app import commands
from nnviz.data.digits import bundled_digits
from tests.wheels.contents import ROOT, of_wheel, wrong_in_sdist, wrong_in_wheel

PYTHONS = ("3.11", "3.13", "3.14")
NAMESAKES = {"nnviz==1.0.0": "", "nnviz-live==0.1.1": "pygame"}
"""On the index, and what they need to be imported; the first has the command, too."""
SHIPPED = ROOT / "trained" / "ten-outputs.safetensors"
READ_ONLY = Path("/proc") if sys.platform == "linux" else ROOT
"""A folder in which nobody can write anything, not even root."""
THEIRS = ((784, 30), (30,), (30, 10), (10,))
"""Weights and biases of a network that others trained."""
TRIED = """
--version
--smoke
system --json
train --epochs 1 --images 500 --out {out}/mine.safetensors
evaluate {out}/mine.safetensors --json
mistakes {out}/mine.safetensors --json
detectors {out}/mine.safetensors --json
adopt {out}/theirs.npz --json --activation sigmoid --output softmax --scaling 0..1 --order rows
picture --page votes --image 55 --out {out}/votes.png
picture --page draw --view rows --out {out}/row.png
film {shipped} --out {out}/film.gif
read {out}/digits.png --json
lecture attract --check
study --list
digits list
desktop
desktop --remove
"""


class Failed(Exception):
    """Something is not as it must be."""


def say(words: str, since: float) -> None:
    print(f"{time.perf_counter() - since:6.1f} s  {words}", flush=True)


def run(*words: str | Path, into: Path, expect: int = 0) -> str:
    """What a command says, in a folder where nothing can be written; what is the user's lies in
    another. Raises Failed where it ends otherwise."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    for name in os.environ:
        if name.startswith(("UV_", "PIP_", "SSL_")):
            kept[name] = os.environ[name]
    kept |= {"HOME": str(into), "USERPROFILE": str(into), "QT_QPA_PLATFORM": "offscreen"}
    kept |= {"XDG_DATA_HOME": str(into / "data"), "UV_TOOL_DIR": str(into / "tools")}
    kept |= {"UV_TOOL_BIN_DIR": str(into / "bin"), "UV_CACHE_DIR": cache()}
    told = subprocess.run(list(map(str, words)), cwd=READ_ONLY, env=kept, capture_output=True)
    said = (told.stdout + told.stderr).decode("utf-8", "replace")
    if told.returncode != expect or "Traceback" in said:
        raise Failed(f"{' '.join(map(str, words))}: {told.returncode}\n{said}")
    return said


def cache() -> str:
    return subprocess.run(["uv", "cache", "dir"], capture_output=True, text=True).stdout.strip()


def interpreter(version: str) -> str:
    """Where a Python is, or "": it is not here and cannot be fetched."""
    found = subprocess.run(
        ["uv", "python", "find", "--no-project", version], capture_output=True, text=True
    )
    if not found.returncode:
        return found.stdout.strip()
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    return str(kept[-1]) if kept else ""


def built(folder: Path) -> tuple[Path, Path]:
    """Wheel and sdist, after a look into both. Raises Failed."""
    run("uv", "build", "-q", "--wheel", "-o", folder / "tree", ROOT, into=folder)
    run("uv", "build", "-q", "-o", folder / "dist", ROOT, into=folder)
    (of_tree,) = (folder / "tree").glob("*.whl")
    (wheel,), (sdist,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
    held = of_wheel(wheel)
    wrong = wrong_in_wheel(held) + wrong_in_sdist(sdist)
    if of_wheel(of_tree) != held:
        wrong.append("the wheel made from the sdist is another than that of the repository")
    if wrong:
        raise Failed("\n".join(wrong))
    run("uv", "tool", "run", "twine", "check", "--strict", wheel, sdist, into=folder)
    return wheel, sdist


def lines(out: Path) -> Iterator[list[str]]:
    for line in TRIED.strip().splitlines():
        if line.split()[0] != "desktop" or sys.platform == "linux":
            yield line.format(out=out, shipped=SHIPPED).split()


def try_all(program: Path, folder: Path) -> int:
    """Tries every command there is; -> how many lines. Raises Failed."""
    named = {command.callback.__name__ for command in commands().registered_commands}  # type: ignore[union-attr]
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    random = np.random.default_rng(0)
    np.savez(out / "theirs.npz", *(random.normal(size=size) for size in THEIRS))
    two = np.hstack(bundled_digits().test_images[:2].reshape(2, 28, 28))
    Image.fromarray(two).save(out / "digits.png")
    tried = list(lines(out))
    if missing := named - {words[0] for words in tried}:
        raise Failed(f"no line tries {', '.join(sorted(missing))}")
    for words in tried:
        run(program, *words, into=folder)
    return len(tried)


def environment(folder: Path, python: str, *packages: str | Path) -> Path:
    """A new environment with some packages; -> the folder of its programs."""
    run("uv", "venv", "-q", "--clear", "-p", python, folder / "environment", into=folder)
    for package in packages:
        add(folder / "environment", package, folder)
    return folder / "environment" / ("Scripts" if os.name == "nt" else "bin")


def add(place: Path, package: str | Path, folder: Path, *options: str) -> None:
    run("uv", "pip", "install", "-q", *options, "-p", place, package, into=folder)


def try_tool(wheel: Path, folder: Path) -> None:
    """Installs the command as a user does, and puts it into a menu. Raises Failed."""
    run("uv", "tool", "install", "-q", "-p", PYTHONS[0], wheel, into=folder)
    program = folder / "bin" / "nnviz"
    run(program, "--version", into=folder)
    if sys.platform != "linux":
        return
    run(program, "desktop", into=folder)
    for entry in (folder / "data" / "applications").glob("*.desktop"):
        if f"\nExec={program}" not in entry.read_text("utf-8"):
            raise Failed(f"{entry} does not lead to {program}")
        if validate := shutil.which("desktop-file-validate"):
            run(validate, entry, into=folder)
    run(program, "desktop", "--remove", into=folder)
    # the folder of the program's own data is none of the menu's
    if left := [each for each in (folder / "data").rglob("nnviz*") if each.is_file()]:
        raise Failed(f"{left[0]} is left")


def try_namesake(other: str, needed: str, wheel: Path, folder: Path) -> None:
    """The program before and after another package, and without it again. Raises Failed."""
    name = other.partition("==")[0]
    for after, gone, status, words in (
        (False, False, 0, "lie among those of nnviz"),
        (True, False, 1, "has replaced files of nnviz"),
        (False, True, 1, "are missing"),
        (True, True, 1, "are missing"),
    ):
        programs = environment(folder, PYTHONS[0], wheel, *filter(None, [needed]))
        place = folder / "environment"
        add(place, other, folder, "--no-deps")
        if not after:
            add(place, wheel, folder, "--no-deps", "--reinstall")
        if gone:
            run("uv", "pip", "uninstall", "-q", "-p", place, name, into=folder)
        said = run(programs / "python", "-m", "nnviz", "--version", into=folder, expect=status)
        if words not in said or (not gone and f"({name} " not in said):
            raise Failed(f"beside {other}: {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", action="append", metavar="VERSION")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nnviz-wheels-") as temporary:
        folder = Path(temporary)
        since = time.perf_counter()
        wheel, sdist = built(folder)
        sizes = [f"{path.stat().st_size / 1e6:.1f} MB" for path in (wheel, sdist)]
        say(f"wheel {sizes[0]}, sdist {sizes[1]}: all in them, nothing else", since)
        for version in asked.python or PYTHONS:
            python = interpreter(version)
            if not python:
                say(f"Python {version} cannot be had here", since)
                continue
            programs = environment(folder, python, wheel)
            say(f"Python {version}: installed", since)
            say(f"Python {version}: {try_all(programs / 'nnviz', folder)} commands", since)
        try_tool(wheel, folder)
        say("as a tool, and in the menu", since)
        for other, needed in NAMESAKES.items():
            try:
                environment(folder, PYTHONS[0], *filter(None, [needed]))
                add(folder / "environment", other, folder, "--no-deps")
            except Failed:
                say(f"{other} cannot be had here", since)
                continue
            try_namesake(other, needed, wheel, folder)
            say(f"beside {other}, before and after it, and without it again", since)


if __name__ == "__main__":
    try:
        main()
    except Failed as error:
        sys.exit(str(error))
