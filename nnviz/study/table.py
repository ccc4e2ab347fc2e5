"""What can be said of the trials of a study so far, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnviz.study.lines import (
    ComparisonLine,
    SchemeLine,
    comparison_lines,
    in_order,
    scheme_lines,
)
from nnviz.study.notes import notes_of
from nnviz.study.plan import Condition, Study
from nnviz.study.rows import Row
from nnviz.study.saying import options_of, sentence_of


@dataclass(frozen=True)
class Table:
    """All numbers and words of a study's result."""

    study: Study
    schemes: tuple[SchemeLine, ...]
    """By condition, then by scheme; none for a condition that no trial has been done of"""
    comparisons: tuple[ComparisonLine, ...]
    """By condition, then in the order of the plan"""
    sentence: str
    """The result, for a page"""
    notes: tuple[str, ...]
    """What must be known to read it"""
    options: Mapping[str, str]
    """Name of each scheme -> how it is made, learns and is read"""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those that there are lines of."""
        found = {line.condition for line in self.schemes}
        return tuple(each for each in self.study.conditions if each.word in found)

    def scheme(self, scheme: str, condition: str) -> SchemeLine | None:
        """The line of a scheme under a condition (see `Condition.word`), if there is one."""
        lines = (line for line in self.schemes if line.condition == condition)
        return next((line for line in lines if line.scheme == scheme), None)


def table_of(study: Study, rows: Sequence[Row]) -> Table:
    """The table of all rows so far, in any order; the same rows make the same table.

    Imports scipy, and from `statistics.BOOTSTRAP_FROM` trials on `scipy.stats`, which takes a
    second the first time.
    """
    known = {condition.word for condition in study.conditions}
    kept = in_order([row for row in rows if row.condition in known])
    schemes = scheme_lines(study, kept)
    comparisons = comparison_lines(study, kept)
    several = {line.scheme for line in schemes if line.models > 1}
    return Table(
        study,
        schemes,
        comparisons,
        sentence_of(study, schemes, comparisons),
        notes_of(study, kept, schemes, comparisons),
        {each.name: options_of(study, each, each.name in several) for each in study.schemes},
    )
