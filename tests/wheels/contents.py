"""What wheel and sdist must hold: nothing is missing and nothing else is in them."""

import re
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("nnviz", "resources", "trained")
MAKES = re.compile(r"resources/make_\w+\.py|trained/recipe\.sh")
"""What makes files that come along, and is of no use to who has them."""
BESIDE = (".ci", "findings", "tests", "main.py", "README.md", "LICENSE", "pyproject.toml")
"""What an sdist has besides: enough to check and to build it."""
ADDED = {".gitignore", "PKG-INFO"}
INFORMATION = {
    *("METADATA", "WHEEL", "entry_points.txt", "RECORD", "licenses/LICENSE"),
    *("licenses/resources/LICENSES.md", "licenses/resources/fonts/OFL.txt"),
}


def files(*names: str) -> set[str]:
    """The files of the repository below some of its folders, but for what Python keeps."""
    found = set()
    for name in names:
        place = ROOT / name
        each = place.rglob("*") if place.is_dir() else [place]
        found |= {path.relative_to(ROOT).as_posix() for path in each if path.is_file()}
    return {name for name in found if "__pycache__" not in name}


def of_wheel(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel and what is in them."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wrong_in_wheel(held: dict[str, bytes]) -> list[str]:
    """What is missing, too much, or not as in the repository: a line each."""
    meant = {name for name in files(*FOLDERS) if not MAKES.fullmatch(name)}
    places = {name if name.startswith("nnviz/") else f"nnviz/{name}": name for name in meant}
    (information,) = {name.split("/")[0] for name in held if ".dist-info/" in name}
    expected = places.keys() | {f"{information}/{name}" for name in INFORMATION}
    other = [place for place, name in places.items() if place in held]
    differing = [name for name in other if held[name] != (ROOT / places[name]).read_bytes()]
    return [*_differences(set(held), expected), *(f"{name} is another" for name in differing)]


def wrong_in_sdist(sdist: Path) -> list[str]:
    """What is missing or too much: a line each."""
    with tarfile.open(sdist) as archive:
        held = {member.name.partition("/")[2] for member in archive if member.isfile()}
    return _differences(held, files(*FOLDERS, *BESIDE) | ADDED)


def _differences(held: set[str], expected: set[str]) -> list[str]:
    missing = [f"{name} is missing" for name in sorted(expected - held)]
    return [*missing, *(f"{name} is too much" for name in sorted(held - expected))]
