"""Tries the mutants of a list on the tree as it is."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from tests.mutants.choosing import holders, importers
from tests.mutants.mutant import Mutant, read, tree_of
from tests.mutants.trial import Trial, passing, tried, workers

CAUGHT, SURVIVED, GONE, UNSOUND = "caught", "SURVIVED", "gone", "FAILS WITHOUT"


def check(
    root: Path, scratch: Path, file: Path, jobs: int, only: str, moved: Mapping[str, str]
) -> int:
    """Says of each mutant what became of it; -> 0 if none survives."""
    mutants = [each for each in read(file) if only in str(each)]
    said: Counter[str] = Counter()
    with workers(root, scratch, jobs) as pool:
        sound = pool.submit(passing, root, {each.test for each in mutants}).result()
        became = pool.map(partial(_judged, root, moved, sound), mutants)
        for mutant, (word, where) in zip(mutants, became, strict=True):
            said[word] += 1
            sys.stdout.write(f"{word}: {mutant}\n" + f"    {where}\n" * bool(where))
            sys.stdout.flush()
    sys.stdout.write(", ".join(f"{number} {word}" for word, number in said.items()) + "\n")
    return int(bool(said[SURVIVED] or said[UNSOUND]))


def _judged(
    root: Path, moved: Mapping[str, str], sound: set[str], mutant: Mutant
) -> tuple[str, str]:
    """Tries one mutant with the test that caught it, then with others; -> what became of it."""
    place = tree_of(root / "nnviz").find(mutant)
    if place is None:
        return GONE, ""
    changed, word = place.path.relative_to(root), SURVIVED
    where = f"{changed}:{place.row + 1}"
    for files, names in _ways(root, moved, mutant, changed):
        for test in tried(Trial(files, names, changed, place.text)).failed[:1]:
            path, _, name = test.partition("::")
            if test not in sound:
                alone = tried(Trial([Path(path)], [name] if name else ()))
                sound |= {test} if alone.passed and not alone.failed else set()
            if test in sound:
                return CAUGHT, f"{where} by {test}"
            word = UNSOUND
    return word, f"{where}, was caught by {mutant.test}"


def _ways(
    root: Path, moved: Mapping[str, str], mutant: Mutant, changed: Path
) -> Iterator[tuple[list[Path], list[str]]]:
    """Files and names of tests: the one that caught it, its namesakes, all of the module."""
    file, _, name = mutant.test.partition("::")
    plain = name.partition("[")[0]
    file, name = moved.get(file, file), moved.get(plain, name)
    plain = name.partition("[")[0]
    if (root / file).exists():
        yield [Path(file)], [name]
    others = [path.relative_to(root) for path in holders(root / "tests", plain)]
    if namesakes := [path for path in others if path != Path(file)]:
        yield namesakes, [name]
    module = ".".join(changed.with_suffix("").parts).removesuffix(".__init__")
    if all_of_it := [path.relative_to(root) for path in importers(root / "tests", module)]:
        yield all_of_it, []
