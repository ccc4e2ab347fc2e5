"""Makes the program as one folder without PyTorch, and tries it from elsewhere.

`python -m tests.one_folder`, with `--without-kernels` the smaller one; `--made FOLDER` tries one
that is there. Everything else lies in a temporary folder, which goes.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MAKER = ROOT / "resources" / "make_program.py"
READ_ONLY = Path("/proc") if sys.platform == "linux" else ROOT
MEGABYTE = 1e6
LARGEST = 12
"""Parts that are named."""
TRAINED = "train --epochs 2 --out {out}/mine.safetensors"
WITHOUT_LEARNING = (
    "--version",
    "system --json",
    "picture --page train --out {out}/train.png",
    "picture --page votes --image 55 --out {out}/votes.png",
    "picture --page draw --view pad --out {out}/draw.png",
    "lecture attract --check",
)
WITH_LEARNING = (
    "evaluate {out}/mine.safetensors --json",
    "detectors {out}/mine.safetensors --json",
    "--smoke",
    # its workers are this program again
    "study naive-child --trials 1 --processes 2 --results {out}/study.sqlite",
)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder, links left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in found)


def parts_of(program: Path) -> list[tuple[int, str]]:
    """Bytes and names of what is in a program, the largest first."""
    found = [(program.stat().st_size, "the program's own modules and those of Python")]
    inside = program.parent / "_internal"
    loose = 0
    for path in inside.iterdir():
        if path.is_dir():
            found.append((size_of(path), path.name))
        elif not path.is_symlink():
            loose += path.stat().st_size
    return sorted([*found, (loose, "libraries of the system and of Python")], reverse=True)


def made(out: Path, kernels: bool) -> Path:
    """Makes it with the committed command; -> the program."""
    spec = importlib.util.spec_from_file_location("make_program", MAKER)
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    program: Path = maker.make(out, kernels)
    return program


def try_it(program: Path, folder: Path, line: str, status: int = 0) -> str:
    """What a line says where nothing can be written. Ends all where it goes wrong."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    own = {"HOME": str(folder), "USERPROFILE": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    words = [word.format(out=folder) for word in line.split()]
    since = time.perf_counter()
    told = subprocess.run([program, *words], cwd=READ_ONLY, env=kept | own, capture_output=True)
    said = (told.stdout + told.stderr).decode("utf-8", "replace")
    if told.returncode != status or "Traceback" in said or "qt." in said:
        sys.exit(f"{line}: {told.returncode}\n{said}")
    print(f"{time.perf_counter() - since:6.1f} s  nnviz {line}", flush=True)
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-kernels", action="store_true")
    parser.add_argument("--made", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nnviz-folder-") as temporary:
        folder = Path(temporary)
        since = time.perf_counter()
        name = "nnviz.exe" if os.name == "nt" else "nnviz"
        if asked.made is None:
            program = made(folder, not asked.without_kernels)
            print(f"{time.perf_counter() - since:6.1f} s  made")
        else:
            program = asked.made.resolve() / name
        print(f"{size_of(program.parent) / MEGABYTE:6.0f} MB in all")
        for size, part in parts_of(program)[:LARGEST]:
            print(f"{size / MEGABYTE:6.1f} MB  {part}")
        if not (program.parent / "_internal" / "llvmlite").is_dir():
            for line in WITHOUT_LEARNING:
                try_it(program, folder, line)
            if "pip install numba" not in (said := try_it(program, folder, TRAINED, status=1)):
                sys.exit(f"it does not say what is missing: {said}")
            return
        if "Epoch 2" not in (said := try_it(program, folder, TRAINED)):
            sys.exit(f"it did not train: {said}")
        for line in (*WITHOUT_LEARNING, *WITH_LEARNING):
            try_it(program, folder, line)


if __name__ == "__main__":
    main()
