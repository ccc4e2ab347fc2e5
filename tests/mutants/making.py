"""Makes a list of mutants that the tests of today catch."""

import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path

from tests.mutants.changes import Change, changes
from tests.mutants.choosing import importers, test_files
from tests.mutants.mutant import Mutant, told, tree_of, write
from tests.mutants.reach import Reached, reaching
from tests.mutants.trial import Trial, passing, tried, workers

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
    count = 0
    candidates = _candidates(root / "nnviz", random.Random(seed))
    with workers(root, scratch, jobs) as pool:
        if not reach.exists():
            reach.write_text(json.dumps(pool.submit(_looking, root).result()), "utf-8")
        judged = partial(_judged, root, json.loads(reach.read_text("utf-8")))
        while len(caught) < wanted and (some := list(islice(candidates, jobs))):
            for (_, mutant), test in zip(some, pool.map(judged, some), strict=True):
                count += test is not None
                if test:
                    caught.append(replace(mutant, test=test))
                if test is not None:
                    found = f"{len(caught)} of {count}: {mutant}\n    {test or '-'}\n"
                    sys.stdout.write(found)
        sound = pool.submit(passing, root, {each.test for each in caught}).result()
    caught = [each for each in caught if each.test in sound][:wanted]
    write(into, caught)
    sys.stdout.write(f"{len(caught)} caught of {count}: {into}\n")
    return 0


def _looking(root: Path) -> Reached:
    """What the tests of the session run."""
    files = [
        path.relative_to(root)
        for path, text in test_files(root / "tests").items()
        if path.parent.name == "tests"
        and path.name not in SLOW
        and re.search(r"import (Session|InProcess)\b", text)
    ]
    return tried(Trial(files, first=False, traced=True, limit=1200)).reached


def _judged(root: Path, reach: Reached, candidate: tuple[Path, Mutant]) -> str | None:
    """The test that fails because of a mutant, soon enough; None if it cannot be tried."""
    path, mutant = candidate
    place = tree_of(root / "nnviz").find(mutant)
    if place is None or place.path != path:
        return None
    changed = path.relative_to(root)
    tests = _tests(root, reach, changed, place.row + 1)
    if tests is None:
        return None
    outcome = tried(replace(tests, changed=changed, text=place.text, limit=SOON))
    return next((name for name in outcome.failed if "::" in name), "")


def _tests(root: Path, reach: Reached, changed: Path, line: int) -> Trial | None:
    """The tests that could notice; None if none is known."""
    found = reaching(reach, changed, line)[:TESTS]
    if found:
        files, names = zip(*(test.split("::", 1) for test in found), strict=True)
        return Trial([Path(file) for file in dict.fromkeys(files)], names)
    module = ".".join(changed.with_suffix("").parts)
    files = importers(root / "tests", module, through_session=False)
    files = [each.relative_to(root) for each in files if each.name not in SLOW]
    quick = [each for each in files if "ui" not in each.parts]
    return Trial(quick[:FILES]) if quick else None


def _candidates(package: Path, chance: random.Random) -> Iterator[tuple[Path, Mutant]]:
    """One change in each function, of the session and of what lies below it in turn."""
    found: dict[bool, list[tuple[Path, Mutant]]] = {True: [], False: []}
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
                found[parts[0] == "session"].append((path, told(chosen, text, path.stem)))
    for each in found.values():
        chance.shuffle(each)
    for pair in zip_longest(*found.values()):
        yield from filter(None, pair)


def _weight(change: Change, mutant: Mutant) -> float:
    """Formulas and conditions rather than the handing on of arguments; none that speak of
    the object itself, whose form may change."""
    if re.search(r"\b(self|super)\b", mutant.part) or len(mutant.part) < 5:
        return 0
    return KINDS[change.kind] / (4 if "self" in mutant.line else 1)
