"""Runs the program as on a machine where packages are missing: hides them from imports.

`python -m tests.hiding numba,torch train --epochs 1` is `nnviz train --epochs 1` without either. Of
several command lines, with + between them, each ends with a line of its status.
"""

import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec


class Hidden(MetaPathFinder):
    """Comes before all other finders, and says that packages are not there."""

    def __init__(self, packages: str) -> None:
        self._packages = packages.split(",")

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name.partition(".")[0] in self._packages:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def _lines(words: list[str]) -> Iterator[list[str]]:
    while "+" in words:
        end = words.index("+")
        yield words[:end]
        words = words[end + 1 :]
    yield words


if __name__ == "__main__":
    program, packages, *rest = sys.argv
    sys.meta_path.insert(0, Hidden(packages))

    from nnviz.cli.app import main

    for words in _lines(rest):
        sys.argv = [program, *words]
        try:
            main()
        except SystemExit as ended:
            sys.stderr.write(f"status {ended.code}\n")
