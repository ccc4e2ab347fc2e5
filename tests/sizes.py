"""How much room an installation takes: with PyTorch, with its small build, and without.

`uv run python -m tests.sizes` makes each environment in a temporary folder and removes it. The
build for the processor alone comes from an index of PyTorch's own, which not everybody reaches.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.program import ROOT

ONLY_TORCH = ("torch", "torchvision")
KINDS = ("as it comes", "for the processor alone", "without")
MEGABYTE = 1_000_000


def wanted(without_torch: bool) -> list[str]:
    """What the program depends on, as pyproject.toml says it."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = [each.partition(">")[0].partition(" ")[0] for each in said]
    return [
        each
        for each, name in zip(said, names, strict=True)
        if not (without_torch and name in ONLY_TORCH)
    ]


def size(folder: Path) -> int:
    """Bytes of the files in it, each counted once."""
    files = {}
    for path in folder.rglob("*"):
        found = path.lstat()
        if not path.is_dir():
            files[found.st_dev, found.st_ino] = found.st_size
    return sum(files.values())


def installed(kind: str, folder: Path) -> int | str:
    """Bytes of an environment of a kind, or why there is none."""
    environment = os.environ | {"UV_LINK_MODE": "hardlink"}
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    more = ["--torch-backend", "cpu"] if kind == KINDS[1] else []
    install = ("uv", "pip", "install", "--quiet", "--python", str(python))
    lines: list[list[str]] = [
        ["uv", "venv", "--quiet", "--python", sys.executable, str(folder)],
        [*install, *more, *wanted(without_torch=kind == KINDS[2])],
        [*install, "--no-deps", str(ROOT)],
    ]
    for line in lines:
        done = subprocess.run(line, capture_output=True, text=True, env=environment, check=False)
        if done.returncode:
            return " ".join(done.stderr.split())[:300]
    return size(folder)


def main() -> int:
    """Measures and prints; -> 1 if one that the package index has cannot be made."""
    failed = False
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            found = installed(kind, Path(folder) / "environment")
        if isinstance(found, str):
            failed = failed or kind != KINDS[1]
            sys.stdout.write(f"{kind}: cannot be made here: {found}\n")
        else:
            sys.stdout.write(f"{kind}: {found / MEGABYTE:,.0f} MB\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
