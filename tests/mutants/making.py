"""Makes a list of mutants that the tests of today catch."""

import json
import random
import re
import sys
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from tests.mutants.changes import Change, changes
from tests.mutants.choosing import importers, test_files
from tests.mutants.mutant import Mutant, Tree, told, write
from tests.mutants.reach import Reached, reaching
from tests.mutants.trial import Outcome, Trial, passing, run

LEFT_OUT = ("ui", "cli", "__main__", "desktop", "*command*", "run_*", "fetching", "download*")
"""What lies above the session, or needs processes of its own."""
FILES = 2
TESTS = 8
"""Files of tests, or tests, that are tried for one mutant."""
SLOW = {"test_autosave.py", "test_film_of_a_run.py"}
"""Files that cost more than one mutant is worth."""
SOON = 45.0
"""Seconds within which a test must have failed to be the one that catches a mutant."""
KINDS = {
    "comparison": 4,
    "condition": 3,
    "arithmetic": 4,
    "and, or": 4,
    "not": 3,
    "constant": 2,
    "other function": 4,
    "return": 1,
    "call": 1,
}
"""How readily a kind of change is chosen."""


def make(
    root: Path, scratch: Path, into: Path, jobs: int, seed: int, wanted: int, reach: Path
) -> int:
    """Tries mutants until so many are caught, and writes those; -> 0."""
    caught: list[Mutant] = []
    tried = _Tried(root, caught, wanted)
    candidates = _candidates(root / "nnviz", random.Random(seed))
    if not reach.exists():
        run(root, scratch / "reach", 1, iter([tried.looking(reach)]))
    tried.learn(reach)
    run(root, scratch, jobs, (tried.judged(path, each) for path, each in tried.needed(candidates)))
    sound = passing(root, scratch / "sound", {each.test for each in caught})
    caught = [each for each in caught if each.test in sound]
    write(into, caught)
    sys.stdout.write(f"{len(caught)} caught of {tried.count}: {into}\n")
    return 0


class _Tried:
    def __init__(self, root: Path, caught: list[Mutant], wanted: int) -> None:
        self._root, self._caught, self._wanted = root, caught, wanted
        self._tree = Tree(root / "nnviz")
        self._reach: Reached = {}
        self.count = 0

    def looking(self, into: Path) -> Generator[Trial, Outcome, None]:
        """Writes down what the tests of the session run."""
        files = [
            path.relative_to(self._root)
            for path, text in test_files(self._root / "tests").items()
            if path.parent.name == "tests"
            and path.name not in SLOW
            and re.search(r"import (Session|InProcess)\b", text)
        ]
        outcome = yield Trial(files, first=False, traced=True, limit=1200)
        into.write_text(json.dumps(outcome.reached), "utf-8")

    def learn(self, reach: Path) -> None:
        """Takes what `looking` wrote."""
        self._reach = json.loads(reach.read_text("utf-8"))

    def needed(self, candidates: Iterator[tuple[Path, Mutant]]) -> Iterator[tuple[Path, Mutant]]:
        """Candidates as long as more are wanted."""
        for candidate in candidates:
            if len(self._caught) >= self._wanted:
                return
            yield candidate

    def judged(self, path: Path, mutant: Mutant) -> Generator[Trial, Outcome, None]:
        """Tries one mutant, and notes it if a test fails."""
        place = self._tree.find(mutant)
        if place is None or place.path != path:
            return
        changed = path.relative_to(self._root)
        tests = self._tests(changed, place.row + 1)
        if tests is None:
            return
        self.count += 1
        outcome = yield replace(tests, changed=changed, text=place.text, limit=SOON)
        test = next((name for name in outcome.failed if "::" in name), "")
        if test and outcome.seconds < SOON and len(self._caught) < self._wanted:
            self._caught.append(replace(mutant, test=test))
        sys.stdout.write(f"{len(self._caught)} of {self.count}: {mutant}\n    {test or '-'}\n")

    def _tests(self, changed: Path, line: int) -> Trial | None:
        """The tests that could notice; None if none is known."""
        found = reaching(self._reach, changed, line)[:TESTS]
        if found and "learning" not in changed.parts:
            files, names = zip(*(test.split("::", 1) for test in found), strict=True)
            return Trial([Path(file) for file in dict.fromkeys(files)], names)
        module = ".".join(changed.with_suffix("").parts)
        files = importers(self._root / "tests", module, through_session=False)
        files = [each.relative_to(self._root) for each in files if each.name not in SLOW]
        quick = [each for each in files if "ui" not in each.parts]
        return Trial(quick[:FILES]) if quick else None


def _candidates(package: Path, chance: random.Random) -> Iterator[tuple[Path, Mutant]]:
    """One change in each function, `learning` and the session in turn."""
    inner: list[tuple[Path, Mutant]] = []
    outer: list[tuple[Path, Mutant]] = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if any(Path(part).match(pattern) for part in parts for pattern in LEFT_OUT):
            continue
        text = path.read_text("utf-8")
        by_scope: dict[str, list[Change]] = {}
        for change in changes(text):
            by_scope.setdefault(change.scope, []).append(change)
        for of_scope in by_scope.values():
            weights = [_weight(change, told(change, text, path.stem)) for change in of_scope]
            if any(weights):
                chosen = chance.choices(of_scope, weights)[0]
                learning = parts[0] == "learning"
                (inner if learning else outer).append((path, told(chosen, text, path.stem)))
    chance.shuffle(inner)
    chance.shuffle(outer)
    for pair in zip_longest(inner, outer):
        yield from filter(None, pair)


def _weight(change: Change, mutant: Mutant) -> float:
    """Formulas and conditions rather than the handing on of arguments; none that speak of
    the object itself, whose form may change."""
    if re.search(r"\b(self|super)\b", mutant.part) or len(mutant.part) < 5:
        return 0
    return KINDS[change.kind] / (4 if "self" in mutant.line else 1)
