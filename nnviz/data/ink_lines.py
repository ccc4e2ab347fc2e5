"""Straight lines that are printed on paper: ruled, squared, margins, boxes; found and taken off.

A line is looked for among the short runs of ink across it, so that strokes which cross it stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Doubles, Indices

STEEPEST = 0.27
"""Slope of a line that counts as level or upright, 15 degrees."""
SLOPES = 73
"""That are tried between."""
THICKEST = 0.03
"""Of the longer side: how thick a line can be."""
NEAR = 2.0
"""Cells that a run can lie beside its line."""
SHORTEST = 0.2
"""Of the longer side: stretches that are looked at."""
GAP = 0.1
"""Of the side that a line goes along: what a stretch can lack in one place, where ink crosses."""
DENSE = 0.7
"""Share of a stretch that has ink."""
ENDS = 0.025
"""Of a side: how near to the edge of the picture a line ends that comes from outside."""
CORNER = 0.05
"""Of the longer side: how near two lines end that make a corner."""
LONG = 0.6
"""Share of a side of a line that comes from outside on one side only."""
FAMILY = 3
"""Lines of one direction that are ruled, wherever they end; each of these ..."""
RULED = 0.4
"""... is so long at least, as a share of the side that it goes along."""
PARALLEL = 0.05
"""Difference of the slopes of such lines."""
MOST = 120
"""Lines of one direction."""


@dataclass(frozen=True, eq=False)
class Line:
    """A straight line, or one that is bent a little; `along` a column, or a row if upright."""

    start: float
    """Where it begins, ..."""
    end: float
    """... and ends, along it"""
    bend: Doubles
    """(3,): coefficients of where it lies across, the highest power first"""
    thick: float
    """Cells across"""
    runs: Indices
    """The runs that it is made of"""
    length: int
    """Of the side of the picture that it goes along"""

    def across(self, along: float) -> float:
        """Where it lies at a place along it."""
        return float(np.polyval(self.bend, along))

    @property
    def slope(self) -> float:
        """In its middle."""
        return self.across((self.start + self.end) / 2 + 1) - self.across(
            (self.start + self.end) / 2
        )

    @property
    def share(self) -> float:
        """Of that side."""
        return (self.end - self.start) / self.length

    @property
    def ends_outside(self) -> int:
        """How many of its ends lie at an edge of the picture."""
        near = ENDS * self.length + 2
        return int(self.start <= near) + int(self.end >= self.length - 1 - near)


def lines_in(mask: Bools) -> Bools:
    """Ink (rows, columns) -> what of it belongs to lines and nothing else."""
    level, upright = _Runs(mask), _Runs(mask.T)
    along, down = level.lines(), upright.lines()
    keep_along, keep_down = _accepted(along, down), _accepted(down, along)
    found = np.zeros(mask.shape, np.bool_)
    level.erase(keep_along, found)
    upright.erase(keep_down, found.T)
    return found & ~_repaired(mask & ~found, found)


def _accepted(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """Those that are more than a straight stroke: that come from outside or end at others, and
    what is ruled like them."""
    sure = [
        line
        for line in lines
        if line.ends_outside == 2
        or (line.ends_outside and line.share >= LONG)
        or _corners(line, others) == 2
    ]
    ruled = sure if len(sure) >= FAMILY else [line for line in lines if line.share >= RULED]
    if len(ruled) < FAMILY:
        return sure
    slope = float(np.median([line.slope for line in ruled]))
    thick = float(np.median([line.thick for line in ruled]))
    alike = [
        line
        for line in lines
        if abs(line.slope - slope) <= PARALLEL
        and line.thick <= 1.5 * thick + 0.5
        and (line.ends_outside or line.share >= RULED)
    ]
    return [line for line in lines if line in sure or line in alike]


def _corners(line: Line, others: Sequence[Line]) -> int:
    """How many of its ends another line goes through."""
    near = CORNER * max(line.length, *(other.length for other in others), 1)
    count = 0
    for end in (line.start, line.end):
        place = line.across(end)
        count += any(
            abs(other.across(place) - end) <= near
            and other.start - near <= place <= other.end + near
            for other in others
        )
    return count


def _repaired(rest: Bools, taken: Bools) -> Bools:
    """Of what was taken, the gaps between ink on both sides."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import binary_closing

    padded = np.pad(rest, 2)
    closed = binary_closing(padded, np.ones((3, 3)))[2:-2, 2:-2]
    return closed & taken


class _Runs:
    """The short runs of ink down a picture (rows, columns)."""

    def __init__(self, mask: Bools) -> None:
        self.shape = mask.shape
        edges = np.diff(np.pad(mask, ((1, 1), (0, 0))).astype(np.int8), axis=0)
        columns, starts = np.nonzero(edges.T == 1)
        ends = np.nonzero(edges.T == -1)[1]
        thin = ends - starts <= max(3, THICKEST * max(mask.shape))
        self.columns, self.starts, self.ends = columns[thin], starts[thin], ends[thin]
        self.middles = (self.starts + self.ends - 1) / 2
        self.left = np.ones(len(self.columns), np.bool_)

    def lines(self) -> list[Line]:
        """The longest first; each run belongs to one at most."""
        shortest = SHORTEST * max(self.shape)
        found: list[Line] = []
        if len(self.columns) < shortest or self.shape[1] < shortest:
            return found
        slopes = np.linspace(-STEEPEST, STEEPEST, SLOPES)
        votes, lowest = self._votes(slopes)
        for place in np.argsort(votes, axis=None)[::-1][: 40 * MOST].tolist():
            slope, level = divmod(place, votes.shape[1])
            if votes.flat[place] < 0.6 * shortest or len(found) >= MOST:
                break
            line = self._line(slopes[slope], level + lowest)
            if line is not None and line.end - line.start >= shortest:
                found.append(line)
                self.left[line.runs] = False
        return found

    def _votes(self, slopes: Doubles) -> tuple[Indices, int]:
        """(slopes, levels): how many runs lie on each line, and the lowest level."""
        levels = np.rint(self.middles - slopes[:, None] * (self.columns - self.shape[1] / 2))
        lowest = int(levels.min()) - 1
        count = int(levels.max()) + 2 - lowest
        votes = np.stack(
            [np.bincount((row - lowest).astype(np.intp), minlength=count) for row in levels]
        )
        votes[:, 1:-1] = votes[:, 1:-1] + np.maximum(votes[:, :-2], votes[:, 2:])
        return votes, lowest

    def _line(self, slope: float, level: float) -> Line | None:
        """What is left of the runs along it."""
        half = self.shape[1] / 2
        bend = np.array([0.0, slope, level - slope * half])
        for degree in (1, 1, 2):
            off = np.abs(self.middles - np.polyval(bend, self.columns))
            near = np.flatnonzero((off <= NEAR) & self.left)
            near = self._stretch(near)
            if len(near) < 0.5 * SHORTEST * max(self.shape):
                return None
            fit = np.polyfit(self.columns[near], self.middles[near], degree)
            bend = np.pad(fit, (3 - len(fit), 0))
        thick = float(np.median((self.ends - self.starts)[near]))
        start, end = float(self.columns[near[0]]), float(self.columns[near[-1]])
        return Line(start, end, bend, thick, near, self.shape[1])

    def _stretch(self, near: Indices) -> Indices:
        """Of runs in their order along a line, the longest stretch that is dense."""
        if not len(near):
            return near
        columns = self.columns[near]
        cuts = np.flatnonzero(np.diff(columns) > max(3, GAP * self.shape[1])) + 1
        parts = np.split(np.arange(len(near)), cuts)
        best = max(parts, key=lambda part: columns[part[-1]] - columns[part[0]])
        covered = len(np.unique(columns[best]))
        dense = covered >= DENSE * (columns[best[-1]] - columns[best[0]] + 1)
        return near[best] if dense else near[:0]

    def erase(self, lines: Sequence[Line], found: Bools) -> None:
        """Marks all runs on lines in `found` (rows, columns) that are not thicker than these."""
        for line in lines:
            off = np.abs(self.middles - np.polyval(line.bend, self.columns))
            on = (off <= NEAR + line.thick / 4) & (self.columns >= line.start - 2)
            on &= self.columns <= line.end + 2
            on &= self.ends - self.starts <= 1.5 * line.thick + 1
            for run in np.flatnonzero(on).tolist():
                found[self.starts[run] : self.ends[run], self.columns[run]] = True
