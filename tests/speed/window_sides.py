"""The windows of two revisions, each in a process of its own with a home of its own."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.speed.children import HERE, ROOT, Child
from tests.speed.revisions import Revision
from tests.speed.sides import PRESENT, WORKING_TREE, Failed, adapter_of


def revisions(against: Revision | None) -> dict[str, Revision]:
    """Name -> what is measured: the working tree, and what it is measured against."""
    return {PRESENT: WORKING_TREE} | ({against.short: against} if against else {})


@contextmanager
def homes(against: Revision | None) -> Iterator[Mapping[str, Path]]:
    """A home for each, so that a second start finds what the first one kept."""
    with ExitStack() as opened:
        folders = {
            name: Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="nnviz-speed-")))
            for name in revisions(against)
        }
        yield folders


def open_window(revision: Revision, home: Path, *words: str) -> tuple[Child, dict[str, float]]:
    """A window that has all that it shows, and the seconds of processor time until it was `filled`
    and had its `curves`. Raises Failed."""
    here = revision == WORKING_TREE
    package = "tests.speed.adapters" if here else "adapters"
    child = Child(
        f"{package}.windowed",
        home,
        f"{adapter_of(revision)}_window",
        *words,
        python=revision.python,
        paths=[ROOT] if here else [revision.tree, HERE],
        folder=revision.tree,
    )
    heard = child.hear()
    if "unfit" in heard:
        child.__exit__()
        raise Failed(heard["unfit"])
    return child, {"filled": heard["filled"], "curves": child.hear()["curves"]}
