"""A revision of the program in a tree and an environment of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.frozen.freezing import ROOT, Tree

PYTHON = Path(".venv", *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def commit_of(revision: str) -> str:
    """The whole name of a commit. Raises CalledProcessError where there is none."""
    return _git("rev-parse", "--verify", f"{revision}^{{commit}}")


@contextmanager
def checked_out(commit: str) -> Iterator[Tree]:
    """Its tree, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="nnviz-frozen-") as folder:
        tree = Path(folder).resolve() / "tree"
        _git("worktree", "add", "-q", "--detach", str(tree), commit)
        try:
            if (ROOT / "uv.lock").is_file():  # the same libraries: only the program may differ
                shutil.copy(ROOT / "uv.lock", tree)
            environment = {key: word for key, word in os.environ.items() if key != "VIRTUAL_ENV"}
            subprocess.run(["uv", "sync", "-q", "--no-dev"], cwd=tree, env=environment, check=True)
            yield Tree(tree, tree / PYTHON, commit)
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()
