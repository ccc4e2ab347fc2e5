"""Tries the mutants of a list on the tree as it is."""

import sys
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

from tests.mutants.choosing import holders, importers
from tests.mutants.mutant import Mutant, Tree, read
from tests.mutants.trial import Outcome, Trial, passing, run

CAUGHT, SURVIVED, GONE, UNSOUND = "caught", "SURVIVED", "gone", "FAILS WITHOUT"


def check(
    root: Path, scratch: Path, file: Path, jobs: int, only: str, moved: dict[str, str]
) -> int:
    """Says of each mutant what became of it; -> 0 if none survives."""
    mutants = [each for each in read(file) if only in str(each)]
    said: Counter[str] = Counter()
    sound = passing(root, scratch / "sound", {each.test for each in mutants})
    checked = _Checked(root, moved, said, sound)
    run(root, scratch, jobs, (checked.judged(each) for each in mutants))
    sys.stdout.write(", ".join(f"{number} {word}" for word, number in said.items()) + "\n")
    return int(bool(said[SURVIVED] or said[UNSOUND]))


class _Checked:
    def __init__(
        self, root: Path, moved: dict[str, str], said: Counter[str], sound: set[str]
    ) -> None:
        self._root, self._moved, self._said, self._sound = root, moved, said, sound
        self._tests = root / "tests"
        self._tree = Tree(root / "nnviz")

    def judged(self, mutant: Mutant) -> Generator[Trial, Outcome, None]:
        """Tries one mutant with the test that caught it, then with others."""
        place = self._tree.find(mutant)
        if place is None:
            self._say(GONE, mutant)
            return
        changed = place.path.relative_to(self._root)
        word = SURVIVED
        for files, names in self._ways(mutant, changed):
            outcome = yield Trial(files, names, changed, place.text)
            if not outcome.failed:
                continue
            test = outcome.failed[0]
            if test not in self._sound:
                path, _, name = test.partition("::")
                alone = yield Trial([Path(path)], [name] if name else ())
                if alone.passed and not alone.failed:
                    self._sound.add(test)
            if test in self._sound:
                self._say(CAUGHT, mutant, f"{changed}:{place.row + 1} by {test}")
                return
            word = UNSOUND
        self._say(word, mutant, f"{changed}:{place.row + 1}, was caught by {mutant.test}")

    def _ways(self, mutant: Mutant, changed: Path) -> Iterator[tuple[list[Path], list[str]]]:
        """Files and names of tests: the one that caught it, its namesakes, all of the module."""
        file, _, name = mutant.test.partition("::")
        plain = name.partition("[")[0]
        file, name = self._moved.get(file, file), self._moved.get(plain, name)
        plain = name.partition("[")[0]
        if (self._root / file).exists():
            yield [Path(file)], [name]
        others = [path.relative_to(self._root) for path in holders(self._tests, plain)]
        if namesakes := [path for path in others if path != Path(file)]:
            yield namesakes, [name]
        module = ".".join(changed.with_suffix("").parts).removesuffix(".__init__")
        all_of_it = [path.relative_to(self._root) for path in importers(self._tests, module)]
        if all_of_it:
            yield all_of_it, []

    def _say(self, word: str, mutant: Mutant, where: str = "") -> None:
        self._said[word] += 1
        sys.stdout.write(f"{word}: {mutant}\n    {where}\n" if where else f"{word}: {mutant}\n")
