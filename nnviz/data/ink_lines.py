"""Straight lines that are printed on paper: ruled, squared, margins, boxes; found and taken off.

A line is looked for among the short runs of ink across it, so that strokes which cross it stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Doubles, Indices
from nnviz.data.ink_quickly import grown, opened, peaks, shrunk

STEEPEST = 0.27
"""Slope of a line that counts as level or upright, 15 degrees."""
SLOPES = 73
"""That are tried between."""
THICKEST = 0.03
"""Of the longer side: how thick a line can be, ..."""
THICK = 0.2
"""... and of the shorter one: the 1 of a narrow crop is thicker."""
NEAR = 2.0
"""Cells that a run can lie beside its line."""
FITS = ((1, NEAR), (1, NEAR), (2, 2 * NEAR), (2, NEAR))
"""Degree of what is fitted through runs so near, one after the other: pages are bent."""
SHORTEST = 0.2
"""Of the longer side: stretches that are looked at."""
END = 0.05
"""The same of lines that are ruled like others."""
GAP = 0.1
"""Of the side that a line goes along: what a stretch can lack in one place, where ink crosses."""
DENSE = 0.7
"""Share of a stretch that has ink."""
ENDS = 0.025
"""Of a side: how near to the edge of the picture a line ends that comes from outside."""
JOINT = 0.01
"""Of the longer side: how near two lines come that make a corner or cross."""
CORNER, CROSSING = "corner", "crossing"
"""How lines meet."""
LONG = 0.6
"""Share of a side of a line that comes from outside on one side only."""
FAMILY = 3
"""Lines of one direction that are ruled, wherever they end; each of these ..."""
RULED = 0.4
"""... is so long at least, as a share of the side that it goes along."""
PARALLEL = 0.05
"""Difference of the slopes of such lines."""
MOSTLY = 0.75
"""Share of a piece that is thicker than lines, where lines hang on to it."""
MOST = 120
"""Lines of one direction."""
AT_ONCE = 60
"""That are looked for before what they took is left out."""


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
    slopes = np.linspace(-STEEPEST, STEEPEST, SLOPES)
    along, down = level.lines(slopes, SHORTEST), upright.lines(slopes, SHORTEST)
    keep_along, keep_down = _accepted(along, down), _accepted(down, along)
    keep_along += _ends_of_ruled(level, keep_along)
    keep_down += _ends_of_ruled(upright, keep_down)
    found = np.zeros(mask.shape, np.bool_)
    if not (keep_along or keep_down):
        return found
    level.erase(keep_along, found)
    upright.erase(keep_down, found.T)
    return found & ~_repaired(mask & ~found, found)


def trimmed(mask: Bools, lines: Bools) -> Bools:
    """Ink (rows, columns) beside lines -> the same without what is as thin as these, where it
    hangs on to thicker strokes; strokes that are as thin all along stay."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import distance_transform_edt, label

    if not lines.any():
        return mask
    side = 2 * round(float(np.percentile(distance_transform_edt(lines)[lines], 80))) + 1
    thick = grown(opened(mask, side)) & mask
    numbers, count = label(mask, np.ones((3, 3)))
    whole = np.bincount(numbers.ravel(), minlength=count + 1)
    kept = np.bincount(numbers[thick], minlength=count + 1)
    return np.asarray(np.where((kept >= MOSTLY * whole)[numbers], thick, mask), np.bool_)


def _accepted(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """Those that are more than a straight stroke: that come from outside or make up boxes, and
    what is ruled like them."""
    joined = [line for line in lines if _joints(line, others, CROSSING) == 2]
    sure = [
        line
        for line in lines
        if line.ends_outside == 2
        or (line.ends_outside and line.share >= LONG)
        or _joints(line, others, CORNER) == 2
        or (line in joined and _comb(line, joined))
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


def _ends_of_ruled(runs: "_Runs", lines: Sequence[Line]) -> list[Line]:
    """What shows of further lines of a family on either side of large digits."""
    if len(lines) < FAMILY:
        return []
    slope = float(np.median([line.slope for line in lines]))
    thick = float(np.median([line.thick for line in lines]))
    slopes = np.linspace(slope - PARALLEL, slope + PARALLEL, 15)
    runs.left &= runs.ends - runs.starts <= 1.5 * thick + 0.5
    return [line for line in runs.lines(slopes, END) if line.ends_outside]


def _joints(line: Line, others: Sequence[Line], kind: str) -> int:
    """At how many of its ends another line ends, too, or goes through."""
    near = JOINT * max(line.length, *(other.length for other in others), 1) + 2
    count = 0
    for end in (line.start, line.end):
        place = line.across(end)
        count += any(
            abs(other.across(place) - end) <= near
            and (
                other.start - near <= place <= other.end + near
                if kind == CROSSING
                else min(abs(other.start - place), abs(other.end - place)) <= near
            )
            for other in others
        )
    return count


def _comb(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is one of several as long that begin and end side by side."""
    near = 2 * JOINT * line.length + 2
    alike = [
        each
        for each in lines
        if abs(each.start - line.start) <= near
        and abs(each.end - line.end) <= near
        and abs(each.slope - line.slope) <= PARALLEL
    ]
    return len(alike) >= FAMILY


def _repaired(rest: Bools, taken: Bools) -> Bools:
    """Of what was taken, the gaps between ink on both sides."""
    return shrunk(grown(np.pad(rest, 2)))[2:-2, 2:-2] & taken


def _bend(columns: Indices, middles: Doubles, degree: int) -> Doubles:
    """(3,): the parabola, or the straight line, nearest to places (runs,); a tenth of the time that
    np.polyfit takes, which scales and weighs."""
    middle = columns[len(columns) // 2]
    x = (columns - middle).astype(np.float64)
    powers = np.stack([x**2, x, np.ones_like(x)][2 - degree :])
    try:
        fit = np.linalg.solve(powers @ powers.T, powers @ middles)
    except np.linalg.LinAlgError:  # fewer columns than coefficients
        return np.array([0.0, 0.0, float(middles.mean())])
    square, slope, level = np.append(np.zeros(2 - degree), fit)
    return np.array(
        [square, slope - 2 * square * middle, level - slope * middle + square * middle**2]
    )


class _Runs:
    """The short runs of ink down a picture (rows, columns)."""

    def __init__(self, mask: Bools) -> None:
        self.shape = mask.shape
        # one column after the other, with an empty cell at both ends
        rows = len(mask)
        padded = np.zeros((mask.shape[1], rows + 2), np.bool_)
        padded[:, 1:-1] = mask.T
        flat = padded.ravel()
        changes = np.flatnonzero(flat[1:] != flat[:-1])
        columns, starts = np.divmod(changes[::2], rows + 2)
        ends = changes[1::2] - columns * (rows + 2)
        thin = ends - starts <= min(max(3, THICKEST * max(mask.shape)), THICK * min(mask.shape))
        self.columns, self.starts, self.ends = columns[thin], starts[thin], ends[thin]
        self.middles = (self.starts + self.ends - 1) / 2
        self.left = np.ones(len(self.columns), np.bool_)

    def lines(self, slopes: Doubles, share: float) -> list[Line]:
        """The longest first, down to a share of the longer side; each run belongs to one at
        most."""
        shortest = share * max(self.shape)
        found: list[Line] = []
        if len(self.columns) < shortest or self.shape[1] < shortest:
            return found
        slopes = np.linspace(-STEEPEST, STEEPEST, SLOPES)
        while len(found) < MOST:
            votes, lowest = self._votes(slopes)
            if votes.max() < 0.6 * shortest:
                break
            most = peaks(votes, 7, 3).ravel()
            likely = np.flatnonzero(most >= 0.6 * shortest)
            new = []
            for place in likely[np.argsort(most[likely])[::-1][:AT_ONCE]].tolist():
                slope, level = divmod(place, votes.shape[1])
                line = self._line(slopes[slope], level + lowest, shortest)
                if line is not None and line.end - line.start >= shortest:
                    new.append(line)
                    self.left[line.runs] = False
            found += new
            if not new:
                break
        return found

    def _votes(self, slopes: Doubles) -> tuple[Indices, int]:
        """(slopes, levels): how many runs lie on each line, and the lowest level."""
        columns = self.columns[self.left] - self.shape[1] / 2
        if not len(columns):
            return np.zeros((len(slopes), 1), np.intp), 0
        levels = np.rint(self.middles[self.left] - slopes[:, None] * columns).astype(np.intp)
        lowest = int(levels.min()) - 1
        count = int(levels.max()) + 2 - lowest
        levels += count * np.arange(len(slopes))[:, None] - lowest
        votes = np.bincount(levels.ravel(), minlength=count * len(slopes)).reshape(-1, count)
        votes[:, 1:-1] = votes[:, 1:-1] + np.maximum(votes[:, :-2], votes[:, 2:])
        return votes, lowest

    def _line(self, slope: float, level: float, shortest: float) -> Line | None:
        """What is left of the runs along it."""
        half = self.shape[1] / 2
        bend = np.array([0.0, slope, level - slope * half])
        for degree, far in FITS:
            across = (bend[0] * self.columns + bend[1]) * self.columns + bend[2]
            near = np.flatnonzero((np.abs(self.middles - across) <= far) & self.left)
            near = self._stretch(near)
            if len(near) < 0.5 * shortest:
                return None
            bend = _bend(self.columns[near], self.middles[near], degree)
        thick = float(np.median((self.ends - self.starts)[near]))
        start, end = float(self.columns[near[0]]), float(self.columns[near[-1]])
        return Line(start, end, bend, thick, near, self.shape[1])

    def _stretch(self, near: Indices) -> Indices:
        """Of runs in their order along a line, the longest stretch that is dense."""
        if not len(near):
            return near
        columns = self.columns[near]
        steps = columns[1:] - columns[:-1]
        for gap in (GAP, GAP / 4):
            cuts = np.flatnonzero(steps > max(3, gap * self.shape[1]))
            first, last = np.append(0, cuts + 1), np.append(cuts, len(steps))
            spans = columns[last] - columns[first]
            best = int(spans.argmax())
            part = slice(int(first[best]), int(last[best]))
            # in their order: a column with several runs counts once
            if 1 + np.count_nonzero(steps[part]) >= DENSE * (spans[best] + 1):
                return near[part.start : part.stop + 1]
        return near[:0]

    def erase(self, lines: Sequence[Line], found: Bools) -> None:
        """Marks all runs on lines in `found` (rows, columns) that are not thicker than these."""
        ruled = len(lines) >= FAMILY
        for line in lines:
            bend = line.bend
            if ruled and line.share < LONG:  # goes on beyond what crosses it
                bend = np.polyfit(self.columns[line.runs], self.middles[line.runs], 1)
            on = np.abs(self.middles - np.polyval(bend, self.columns)) <= NEAR + line.thick / 4
            if not ruled:
                on &= (self.columns >= line.start - 2) & (self.columns <= line.end + 2)
            on &= self.ends - self.starts <= 1.5 * line.thick + 1
            for run in np.flatnonzero(on).tolist():
                found[self.starts[run] : self.ends[run], self.columns[run]] = True
