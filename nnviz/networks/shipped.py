"""The networks that come with the program, by name."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nnviz.paths import READER, TRAINED

ENDING = ".safetensors"


@cache
def shipped_networks() -> Mapping[str, Path]:
    """Name -> file: those of the designs, and those that only lectures show."""
    found = [*sorted(TRAINED.glob(f"*{ENDING}")), *sorted(TRAINED.glob(f"lectures/*{ENDING}"))]
    return {path.stem: path for path in found if path != READER}


def name_of_shipped(path: Path) -> str:
    """The name of the network in a file that comes with the program; "" for any other file."""
    return next((name for name, each in shipped_networks().items() if each == path), "")
