"""A mutant told in words that outlive a move: what its line says, not where it lies."""

import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from tests.mutants.changes import Change, scopes

UNMISTAKABLE = 28
"""Characters of a text that is taken for the same wherever it occurs only once."""


@dataclass(frozen=True)
class Mutant:
    """One change to the program, and the test that fails because of it."""

    module: str
    """Name of its file, which may move or be merged with others"""
    scope: str
    """Class and function around the line, as in `Settings.change`; "" at the top of a module"""
    before: str
    """The lines around, stripped"""
    line: str
    after: str
    mutated: str
    """What the line becomes"""
    part: str
    """The part of the line that changes, for when the rest of the line is no longer the same"""
    part_mutated: str
    test: str = ""
    """As pytest names it"""

    def __str__(self) -> str:
        return f"{self.module} {self.scope or 'top'}: {self.line}  ->  {self.mutated}"


@dataclass(frozen=True)
class Place:
    """Where a mutant lives in a tree."""

    path: Path
    row: int
    """Counted from 0"""
    text: str
    """The whole module, mutated"""


def told(change: Change, text: str, module: str) -> Mutant:
    """A change to the text of a module of this name, in words."""
    lines = text.splitlines()
    line = lines[change.row]
    start, end = change.part
    spoilt = line[: change.start] + change.new + line[change.end :]
    return Mutant(
        module=module,
        scope=change.scope,
        before=_stripped(lines, change.row - 1),
        line=line.strip(),
        after=_stripped(lines, change.row + 1),
        mutated=spoilt.strip(),
        part=line[start:end],
        part_mutated=spoilt[start : end + len(spoilt) - len(line)],
    )


def read(file: Path) -> list[Mutant]:
    """The mutants of a list that `write` wrote."""
    return [Mutant(**each) for each in json.loads(file.read_text("utf-8"))]


def write(file: Path, mutants: list[Mutant]) -> None:
    """Writes mutants in an order that does not depend on how they were found."""
    ordered = sorted(mutants, key=lambda each: (each.module, each.scope, each.line, each.mutated))
    told = [asdict(each) for each in ordered]
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


_Line = tuple[Path, int, str, str]
"""Its file, its number from 0, its text and its scope"""


class Tree:
    """The modules of a package, but for those of its window."""

    def __init__(self, package: Path) -> None:
        self._texts = {
            path: path.read_text("utf-8")
            for path in sorted(package.rglob("*.py"))
            if "ui" not in path.relative_to(package).parts
        }
        self._lines: list[_Line] = [
            (path, row, line, scope)
            for path, text in self._texts.items()
            for row, (line, scope) in enumerate(zip(text.splitlines(), scopes(text), strict=True))
        ]

    def find(self, mutant: Mutant) -> Place | None:
        """The line of a mutant, wherever it lies now; None if there is none like it.

        Looked for in functions of the same name first, then in all; as a whole line first, then
        as the part that changes.
        """
        name = mutant.scope.rpartition(".")[2]
        within = [each for each in self._lines if each[3].rpartition(".")[2] == name]
        part = replace(mutant, line=mutant.part, mutated=mutant.part_mutated)
        if found := [each for each in within if each[2].strip() == mutant.line]:
            best = max(found, key=lambda each: self._likeness(each, mutant))
            return self._place(best, mutant)
        found = [each for each in within if part.line in each[2]]
        if len(found) == 1:
            return self._place(found[0], part)
        for wanted in (mutant, part):
            found = [each for each in self._lines if wanted.line in each[2]]
            if len(found) == 1 and len(wanted.line) >= UNMISTAKABLE:
                return self._place(found[0], wanted)
        return None

    def _likeness(self, line: _Line, mutant: Mutant) -> int:
        path, row, _, scope = line
        lines = self._texts[path].splitlines()
        return (
            (scope == mutant.scope)
            + (path.stem == mutant.module)
            + (_stripped(lines, row - 1) == mutant.before)
            + (_stripped(lines, row + 1) == mutant.after)
        )

    def _place(self, line: _Line, wanted: Mutant) -> Place:
        path, row, _, _ = line
        lines = self._texts[path].splitlines(keepends=True)
        lines[row] = lines[row].replace(wanted.line, wanted.mutated, 1)
        return Place(path, row, "".join(lines))


@cache
def tree_of(package: Path) -> Tree:
    """Read once in each process."""
    return Tree(package)


def _stripped(lines: list[str], row: int) -> str:
    return lines[row].strip() if 0 <= row < len(lines) else ""
