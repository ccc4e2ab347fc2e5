"""Makes a folder that holds the whole program, with Python and Qt in it and without PyTorch.

Run with `uv run python resources/make_program.py OUT`; `--without-kernels` leaves out the
compiled kernels too, which are a third of it. `python -m tests.one_folder` makes one and tries it.

PyInstaller finds what is needed, in an environment of its own that is thrown away; what it takes
too much of (a desktop's libraries, Qt's texts, most languages) is left out.
"""

import argparse
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("torch", "torchvision")
KERNELS = ("numba", "llvmlite")
BUILDER = "pyinstaller>=6.10"

ENTRY = """
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # the processes that learn, download and study are this program again
    from nnviz.cli.app import main

    main()
"""

SPEC = """
import re
from PyInstaller.depend.bindepend import get_imports
from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

UNUSED = re.compile(
    "PySide6/Qt/translations/|babel/locale-data/(?!root|en[._]|de[._]|tr[._]|fr[._]|es[._]|it[._])"
    "|Qt/plugins/(platformthemes/libqgtk3|networkinformation|tls|egldevice|generic|sqldrivers)"
    "|Qt/plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)"
    "|Qt/plugins/(platforminputcontexts/libqtvirtual|imageformats/libqpdf)"
    "|QtTest|QtNetwork|libQt6Test|scipy/.*/tests/|numpy/.*/tests/"
    "|lib-dynload/(readline|_ssl|_hashlib)[.]"  # nothing is fetched without torchvision
)
ROOTS = re.compile(
    "[.](cpython|abi3|cp3)|^PySide6/(Qt/plugins/|lib)|^llvmlite/|^shiboken6/lib"
)


def used(entries):
    return [each for each in entries if not UNUSED.search(each[0].replace("\\\\", "/"))]


def reached(entries):
    '''Of libraries only those that something left needs.'''
    if not sys.platform.startswith("linux"):
        return entries
    by_name = {os.path.basename(name): (name, path) for name, path, _ in entries}
    asked = [name for name, _, _ in entries if ROOTS.search(name)]
    asked += [name for name, _, _ in entries if os.path.basename(name).startswith("libpython")]
    paths = {name: path for name, path, _ in entries}
    kept = set(map(os.path.basename, asked))
    while asked:
        for library, _ in get_imports(paths[asked.pop()]):
            library = os.path.basename(library)
            if library in by_name and library not in kept:
                kept.add(library)
                asked.append(by_name[library][0])
    return [each for each in entries if os.path.basename(each[0]) in kept]


learned = copy_metadata("numba") if KERNELS else []
found = Analysis(
    [ENTRY],
    datas=collect_data_files("nnviz") + copy_metadata("PySide6-Essentials")
    + copy_metadata("nnviz-digits") + learned,
    hiddenimports=collect_submodules("nnviz"),
    excludes=["torch", "torchvision", "tkinter", "setuptools", "matplotlib", "PySide6.QtTest",
              "PySide6.QtNetwork", "pyqtgraph.opengl", "pygments.lexers", "pygments.styles",
              "pygments.formatters", "pydoc_data"],
    # what they are made of names the folder of kept machine code
    module_collection_mode={"nnviz.training.compiled": "pyz+py"},
)
program = EXE(
    PYZ(found.pure), found.scripts, [], exclude_binaries=True, name="nnviz", console=True,
    icon=ICON if sys.platform == "win32" else None,
)
libraries = reached(used(found.binaries))
gone = {os.path.basename(name) for name, _, _ in found.binaries}
gone -= {os.path.basename(name) for name, _, _ in libraries}
kept = [each for each in used(found.datas) if os.path.basename(each[0]) not in gone]
COLLECT(program, libraries, kept, name="nnviz")
"""


def needed(kernels: bool) -> list[str]:
    """What the program needs to be installed, but for PyTorch."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    without = LEFT_OUT if kernels else LEFT_OUT + KERNELS
    return [each for each in project["dependencies"] if not each.startswith(without)]


def strip(library: Path) -> None:
    """Takes names out of a library that only who debugs it needs, if it still loads then: of those
    that were given other paths to search strip makes what no loader takes."""
    whole, mode = library.read_bytes(), library.stat().st_mode
    library.chmod(0o755)
    stripped = subprocess.run(["strip", "--strip-unneeded", str(library)], capture_output=True)
    if stripped.returncode or not loads(library.read_bytes()):
        library.write_bytes(whole)
    library.chmod(mode)


def loads(content: bytes) -> bool:
    """Whether the segments of a library of 64 bits lie in its file as they do in memory."""
    (first,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    for at in range(first, first + size * count, size):
        kind, _, offset, address, _, _, _, steps = struct.unpack_from("<IIQQQQQQ", content, at)
        if kind == 1 and steps > 1 and (offset - address) % steps:
            return False
    return True


def make(out: Path, kernels: bool = True) -> Path:
    """Makes the folder `nnviz` in a folder; -> the program in it."""
    python = "{}.{}".format(*sys.version_info)
    uv = shutil.which("uv") or "uv"
    own = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    with tempfile.TemporaryDirectory(prefix="nnviz-program-") as temporary:
        folder = Path(temporary)
        environment = folder / "environment"
        bin = environment / ("Scripts" if os.name == "nt" else "bin")
        run = lambda *words: subprocess.run(words, check=True, cwd=folder, env=own)  # noqa: E731
        run(uv, "build", "-q", "--wheel", "-o", str(folder / "dist"), str(ROOT))
        (wheel,) = (folder / "dist").glob("*.whl")
        run(uv, "venv", "-q", "-p", python, str(environment))
        install = (uv, "pip", "install", "-q", "-p", str(environment))
        run(*install, BUILDER, *needed(kernels))
        run(*install, "--no-deps", str(wheel))
        (folder / "entry.py").write_text(ENTRY, "utf-8")
        known = f"import os, sys\nENTRY, KERNELS = {str(folder / 'entry.py')!r}, {kernels!r}\n"
        icon = ROOT / "resources" / "desktop" / "nnviz-256.png"
        (folder / "nnviz.spec").write_text(f"{known}ICON = {str(icon)!r}\n{SPEC}", "utf-8")
        words = ("-y", "--log-level", "ERROR", "--distpath", str(out.resolve()))
        run(str(bin / "pyinstaller"), *words, "--workpath", str(folder / "work"), "nnviz.spec")
    if sys.platform.startswith("linux") and shutil.which("strip"):
        for library in (out / "nnviz").rglob("*.so*"):
            if not library.is_symlink():
                strip(library)
    return out / "nnviz" / ("nnviz.exe" if os.name == "nt" else "nnviz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without-kernels", action="store_true")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    print(make(asked.out, not asked.without_kernels))


if __name__ == "__main__":
    main()
