"""Another revision of the program, checked out beside this one and given an environment.

Both are kept in a folder outside the repository and used again the next time; a revision takes
some gigabytes there.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

ROOT = Path(__file__).resolve().parents[2]
LETTERS = 12
"""Of a revision's name in folders."""
DONE = "complete"
"""File that stands in an environment once it is whole."""


class NotThere(Exception):
    """What is missing, in one sentence."""


@dataclass(frozen=True)
class Revision:
    """One state of the program, ready to run."""

    id: str
    """The whole hash; "" for the working tree."""
    tree: Path
    python: Path

    @property
    def short(self) -> str:
        """As it is written in tables."""
        return self.id[:7]


def usual_cache() -> Path:
    """Where revisions are kept unless another folder is named."""
    return user_cache_path("nnviz-speed", appauthor=False)


def built(name: str, cache: Path) -> Revision:
    """A revision in a worktree and with an environment of its own. Raises NotThere."""
    for tool in ("git", "uv"):
        if shutil.which(tool) is None:
            raise NotThere(f"To measure another revision the program {tool} is needed.")
    id = _resolved(name)
    tree = cache / id[:LETTERS]
    if ROOT in tree.resolve().parents:
        raise NotThere(f"The folder {cache} lies within the repository.")
    if not (tree / "pyproject.toml").is_file():
        _check_out(id, tree)
    revision = Revision(id, tree, python_of(tree / ".venv"))
    if not (tree / ".venv" / DONE).is_file():
        _install(tree)
    return revision


def forget(revision: Revision) -> None:
    """Removes the worktree of a revision and its environment."""
    _run(["git", "worktree", "remove", "--force", str(revision.tree)], ROOT)


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _resolved(name: str) -> str:
    try:
        return _run(["git", "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"], ROOT).strip()
    except NotThere:
        raise NotThere(f"There is no revision {name} in this repository.") from None


def _check_out(id: str, tree: Path) -> None:
    tree.parent.mkdir(parents=True, exist_ok=True)
    _run(["git", "worktree", "prune"], ROOT)  # of one that was deleted by hand git still knows
    _run(["git", "worktree", "add", "--detach", "--force", str(tree), id], ROOT)


def _install(tree: Path) -> None:
    """As the revision's own lock says; without one, with the libraries of this one, so that
    nothing but the program differs."""
    _run(["uv", "venv", "--quiet", "--clear", ".venv"], tree)
    if (tree / "uv.lock").is_file():
        _run(["uv", "sync", "--quiet", "--frozen", "--no-dev"], tree)
    else:
        exported = ["uv", "export", "--quiet", "--frozen", "--no-hashes", "--no-emit-project"]
        (tree / ".venv" / "as-here.txt").write_text(_run(exported, ROOT), "utf-8")
        python = str(python_of(tree / ".venv"))
        install = ["uv", "pip", "install", "--quiet", "--python", python, "--editable", "."]
        _run([*install, "--constraints", ".venv/as-here.txt"], tree)
    (tree / ".venv" / DONE).touch()


def _run(words: Sequence[str], folder: Path) -> str:
    given = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(words, cwd=folder, env=given, capture_output=True, text=True, check=False)
    if done.returncode:
        told = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        raise NotThere(f"{' '.join(words[:3])} failed: {told[-1].strip()}")
    return done.stdout
