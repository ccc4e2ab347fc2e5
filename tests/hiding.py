"""Runs the program as on a machine where packages are missing: hides them from imports.

`python -m tests.hiding numba,torch train --epochs 1` is `nnviz train --epochs 1` without either.
"""

import sys
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


if __name__ == "__main__":
    sys.meta_path.insert(0, Hidden(sys.argv.pop(1)))

    from nnviz.cli.app import main

    main()
