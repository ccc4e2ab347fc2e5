"""Which tests could notice a change to a module: those that import it, the like-named first."""

import re
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

ABOUT_THE_TREE = {"test_architecture.py", "test_mutants.py"}
"""They read the program's text instead of running it."""


@cache
def test_files(tests: Path) -> dict[Path, str]:
    """Text of every file of tests."""
    return {
        path: path.read_text("utf-8")
        for path in sorted(tests.rglob("test_*.py"))
        if path.name not in ABOUT_THE_TREE
    }


def importers(tests: Path, module: str, through_session: bool = True) -> list[Path]:
    """Files of tests that import a module (as in nnviz.training.costs), the likeliest first.

    Those that open windows come last. All that the parts of a session have in common is tested
    through it, so files that import it count for those too, unless that is not wanted.
    """
    package, _, name = module.rpartition(".")
    direct = re.compile(
        rf"\b{re.escape(module)}\b|from {re.escape(package)} import [^\n]*\b{name}\b"
    )
    through = re.compile(r"import Session\b")

    def rank(path: Path) -> tuple[bool, bool, float]:
        likeness = SequenceMatcher(None, path.stem.removeprefix("test_"), name).ratio()
        return "ui" in path.parts, not direct.search(test_files(tests)[path]), -likeness

    found = [
        path
        for path, text in test_files(tests).items()
        if direct.search(text)
        or (
            through_session
            and not package.endswith("learning")
            and (through.search(text) or path.stem == f"test_{name}")
        )
    ]
    return sorted(found, key=rank)


def holders(tests: Path, name: str) -> list[Path]:
    """Files with a test function of this name."""
    wanted = re.compile(rf"^ *def {re.escape(name)}\(", re.MULTILINE)
    return [path for path, text in test_files(tests).items() if wanted.search(text)]
