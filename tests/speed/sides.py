"""Programs that are measured side by side, each in a process of its own: revisions and peers."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.speed.children import HERE, ROOT, environment
from tests.speed.revisions import Revision

PRESENT = "now"
WORKING_TREE = Revision("", ROOT, Path(sys.executable))


class Failed(Exception):
    """A side cannot do what is asked; the sentence says why."""


class Side:
    """One process with an adapter in it, which does what it is told."""

    def __init__(
        self, name: str, adapter: str, revision: Revision = WORKING_TREE, python: Path | None = None
    ) -> None:
        self.name = name
        here = revision == WORKING_TREE and python is None
        package = "tests.speed.adapters" if here else "adapters"
        # an older revision has a folder of tests of its own: ours would be hidden by it
        paths = [ROOT] if here else [revision.tree, HERE]
        self._home = tempfile.TemporaryDirectory(prefix="nnviz-speed-")
        self._process = subprocess.Popen(
            [str(python or revision.python), "-m", f"{package}.serving", adapter],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(Path(self._home.name), paths),
            cwd=revision.tree,
        )
        fit = self._hear()
        self.unfit: str = fit.get("unfit", "")
        """Why the adapter does not suit this revision; "" if it does."""

    def __enter__(self) -> "Side":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._home.cleanup()

    def make(self, name: str, what: str, **given: Any) -> None:
        """Has something made under a name. Raises Failed."""
        self._told(do="make", name=name, what=what, **given)

    def learn(self, name: str, steps: int) -> Mapping[str, float]:
        """Has that learn -> seconds, `processor` and `wall`. Raises Failed."""
        return self._told(do="learn", name=name, steps=steps)

    def ask(self, name: str, word: str = "") -> dict[str, Any]:
        """The answer of what was made. Raises Failed."""
        return self._told(do="ask", name=name, word=word)

    def drop(self, name: str) -> None:
        """Lets go what was made."""
        self._told(do="drop", name=name)

    def _told(self, **asked: Any) -> dict[str, Any]:
        if self.unfit:
            raise Failed(self.unfit)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._hear()
        if "failed" in answer:
            raise Failed(answer["failed"])
        return answer

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failed(f"the process of {self.name} ended without a word")
        heard: dict[str, Any] = json.loads(line)
        return heard


def adapter_of(revision: Revision) -> str:
    """The adapter that was written for a revision; else that of the present, which may fit."""
    own = revision.short
    return own if own and (HERE / "adapters" / f"{own}.py").is_file() else "present"


def in_turn(names: Sequence[str], turn: int) -> list[str]:
    """The names in another order each round."""
    shift = turn % len(names)
    return [*names[shift:], *names[:shift]]
