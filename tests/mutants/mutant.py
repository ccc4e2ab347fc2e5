"""A mutant told in words that outlive a move: what its line says, not where it lies."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.mutants.changes import Change, scopes

UNMISTAKABLE = 20
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


class Tree:
    """The modules of a package."""

    def __init__(self, package: Path) -> None:
        self._texts = {path: path.read_text("utf-8") for path in sorted(package.rglob("*.py"))}
        self._lines = [
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
        within = [found for found in self._lines if found[3].rpartition(".")[2] == name]
        part = replace(mutant, line=mutant.part, mutated=mutant.part_mutated)
        for lines, wanted, whole in (
            (within, mutant, True),
            (within, part, False),
            (self._lines, mutant, True),
            (self._lines, part, False),
        ):
            found = [
                (path, row, scope)
                for path, row, line, scope in lines
                if (line.strip() == wanted.line if whole else wanted.line in line)
            ]
            alone = lines is within and whole
            if len(found) == 1 and (lines is within or len(wanted.line) >= UNMISTAKABLE):
                return self._place(*found[0][:2], wanted)
            if found and alone:
                best = max(found, key=lambda each: self._likeness(*each, mutant))
                return self._place(*best[:2], wanted)
        return None

    def _likeness(self, path: Path, row: int, scope: str, mutant: Mutant) -> int:
        lines = self._texts[path].splitlines()
        return (
            (scope == mutant.scope)
            + (path.stem == mutant.module)
            + (_stripped(lines, row - 1) == mutant.before)
            + (_stripped(lines, row + 1) == mutant.after)
        )

    def _place(self, path: Path, row: int, wanted: Mutant) -> Place:
        lines = self._texts[path].splitlines(keepends=True)
        lines[row] = lines[row].replace(wanted.line, wanted.mutated, 1)
        return Place(path, row, "".join(lines))


def _stripped(lines: list[str], row: int) -> str:
    return lines[row].strip() if 0 <= row < len(lines) else ""
