"""The signs of a row: what of its ink can be digits, and what are dashes, points, other marks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.normalising import Box
from nnviz.data.row_lines import without_lines

KINDS = ("digit", "dash", "point", "plus", "stroke", "label", "line")
"""What a sign is taken for; a point can be a comma, a line is another line of digits."""
SPECK = 0.005
"""Ink below which there is no sign, as a share of the square of the height of digits."""
OWN_SIZE = 32
"""Height up to which nothing is too small to be a part of a digit."""
EDGE = 5
"""Pixels across that a soft edge is looked for in."""
FAINT = 40
"""Grey levels below which ink is but the soft edge of some."""
TALL = 0.6
"""Height from which on ink can be a digit alone, as a share of that of digits, as all below."""
DASH = 0.3, 1.6
"""Height of a dash at most; and its width, in heights of it, at least."""
POINT = 0.4, 0.35
"""Height and width of a point or comma at most."""
STROKE = 0.5, 0.16
"""The same of a short stroke that stands at the foot of digits: cells of a form have them."""
TALLER = 1.2, 0.06, 0.1
"""Height of a slash, a bracket or a bar at least, how far it reaches beyond the digits above and
below, and how far it is bent, as a share of its own height at most."""
PLUS = 0.8
"""Height of a plus at most."""
CORNER = 0.3
"""Share of its sides that a corner of a plus takes, which is empty."""
BESIDE = 0.35
"""Share of a mark that a digit can lie above or below at most."""
LINKED = 2.5
"""How far apart signs of one line lie, if only a part of them is on one level."""
NEAR = 0.6
"""How far above or below its digits a sign of a line lies at most."""
WORD = 0.4
"""Gap between two words; another one begins after a point too."""
DOT = 0.25
"""Height of such a point at most: small letters are higher."""
FEW = 0.25
"""Ink of another line, as a share of that of the largest, at least."""

Labels = NDArray[np.int32]


@dataclass(frozen=True)
class Sign:
    """Ink that hangs together, or lies so that it is one sign."""

    box: Box
    kind: str
    """One of KINDS"""
    word: int
    """The number of its word, from the left: where gaps are wide another one begins."""
    line: int = 0
    """The number of its line of digits: 0 for that which is read"""


@dataclass(frozen=True, eq=False)
class Signs:
    """All signs of a picture of a row, from left to right."""

    ink: Bytes
    """(height, width) 0..255, light on black: without lines"""
    numbers: Labels
    """(height, width): the number of the sign that a pixel belongs to, from 1; 0 for none, -1 for
    what is left out without a word, as it is too small or lies elsewhere"""
    signs: tuple[Sign, ...]
    lines: int
    """How many lines of digits there are"""
    height: float
    """Rows of pixels of a digit"""

    @cached_property
    def marks(self) -> frozenset[int]:
        """The numbers of those that are no digits of the row."""
        return frozenset(number for number, sign in enumerate(self.signs) if sign.kind != "digit")

    def without(self, left_out: frozenset[int]) -> Bytes:
        """(height, width): the ink of all signs but these; soft edges go with what they are of.
        The same array where nothing is left out."""
        kept = np.array([True, *(each not in left_out for each in range(len(self.signs))), False])
        gone = ~kept[self.numbers]
        return np.where(gone, np.uint8(0), self.ink) if gone.any() else self.ink

    def picture_of(self, number: int) -> Bytes:
        """(height, width): one sign, cropped to its box."""
        box = self.signs[number].box
        place = slice(box.top, box.bottom), slice(box.left, box.right)
        return np.where(self.numbers[place] == number + 1, self.ink[place], np.uint8(0))

    def with_labels(self, words: frozenset[int]) -> "Signs":
        """The same where these words are labels; all others are judged again beside what is left
        of the digits. Without such words only slashes, brackets and plus signs are found."""
        own = [sign for sign in self.signs if sign.kind == "digit" and sign.word not in words]
        if not own:
            return self
        high = float(np.median([sign.box.height for sign in own])) if words else self.height
        tall = [sign.box for sign in own if sign.box.height >= TALL * high]
        band = _Band(tall or [sign.box for sign in own], high)
        signs = []
        for number, sign in enumerate(self.signs):
            kind = sign.kind
            if sign.word in words and kind != "line":
                kind = "label"
            elif kind == "digit" or (words and kind != "line"):
                small = words and sign.box.height < TALL * high
                kind = band.kind_of(sign.box) if small else kind
                kind = band.by_shape(sign.box, self.picture_of(number)) or kind
            signs.append(replace(sign, kind=kind))
        return replace(self, signs=tuple(signs), height=high)


@dataclass(eq=False)
class _Part:
    """Ink that hangs together."""

    number: int
    box: Box
    amount: float
    kind: str = "digit"
    line: int = 0


def signs_of(ink: Bytes) -> Signs | None:
    """Light ink on black, (height, width) 0..255; None where there is none.

    Long lines and the boxes of a form are taken off first. What a sign is depends on its size and
    its place beside the others alone.
    """
    ink = without_lines(ink)
    parts, numbers = _parts(ink)
    if not parts:
        return None
    high = _height(parts)
    signs = [part for part in parts if part.amount >= SPECK * high * high] or parts
    lines = _lines([part for part in signs if part.box.height >= TALL * high], high)
    own = lines[0]
    band = _Band([part.box for part in own], high)
    kept = []
    others = [part for line in lines[1:] for part in line]
    for line, of_line in enumerate(lines):
        for part in of_line:
            part.line = line
    for part in signs:
        if any(part is each for each in own):
            kept.append(part)
        elif any(part is each for each in others) or _beside(part, others, own):
            part.kind = "line"
            part.line = part.line or _nearest(part, others).line
            kept.append(part)
        elif band.holds(part.box):
            part.kind = band.kind_of(part.box)
            kept.append(part)
    return _signs(ink, numbers, kept, len(lines), high)


def _parts(ink: Bytes) -> tuple[list[_Part], Labels]:
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import find_objects, label

    strong, count = label(ink >= FAINT, np.ones((3, 3)), np.int32)
    if not count:
        strong, count = label(ink > 0, np.ones((3, 3)), np.int32)
    amounts = np.bincount(strong.ravel(), ink.ravel(), count + 1)[1:] / 255
    parts = [
        _Part(number, Box(down.start, right.start, down.stop, right.stop), float(amount))
        for number, ((down, right), amount) in enumerate(
            zip(find_objects(strong), amounts, strict=True), 1
        )
    ]
    return parts, strong


def _height(parts: Sequence[_Part]) -> float:
    """Rows of pixels of a digit: of the part that the middle of all ink belongs to."""
    order = sorted(parts, key=lambda part: part.box.height)
    amounts = np.cumsum([part.amount for part in order])
    return float(order[int(np.searchsorted(amounts, amounts[-1] / 2))].box.height)


def _lines(tall: Sequence[_Part], high: float) -> list[list[_Part]]:
    """Parts on one level, lines of digits; that with most ink first, the upper one of equals."""
    left, lines = list(tall), []
    while left:
        line = [left.pop(0)]
        for one in line:  # grows as it is walked along
            found = [other for other in left if _level(one.box, other.box, high)]
            left = [other for other in left if not any(other is each for each in found)]
            line += found
        lines.append(line)
    amounts = [sum(part.amount for part in line) for line in lines]
    most = max(amounts)
    lines = [line for line, amount in zip(lines, amounts, strict=True) if amount >= FEW * most]
    return sorted(lines, key=lambda line: -round(4 * sum(part.amount for part in line) / most))


def _level(one: Box, other: Box, high: float) -> bool:
    """Whether two signs stand on one line."""
    same = min(one.bottom, other.bottom) - max(one.top, other.top)
    share = same / min(one.height, other.height)
    apart = max(one.left, other.left) - min(one.right, other.right)
    return share >= (0.35 if apart <= LINKED * high else 0.7)


def _beside(part: _Part, others: Sequence[_Part], own: Sequence[_Part]) -> bool:
    """Whether a small part belongs to another line."""
    if not others:
        return False
    one, other = _nearest(part, others), _nearest(part, own)
    return _far(part, one) < _far(part, other)


def _nearest(part: _Part, of: Sequence[_Part]) -> _Part:
    return min(of, key=lambda each: _far(part, each))


def _far(one: _Part, other: _Part) -> float:
    """Between a small part and a digit: what lies beside that is nearer than what lies below."""
    down = max(0.0, abs(_down(one.box) - _down(other.box)) - other.box.height / 2)
    return down + abs(_across(one.box) - _across(other.box)) / 4


@dataclass(frozen=True, eq=False)
class _Band:
    """The line of digits that is read."""

    digits: Sequence[Box]
    high: float

    def _around(self, box: Box) -> tuple[float, float]:
        """Top and foot of the digits beside a sign."""
        others = [each for each in self.digits if each != box] or self.digits
        near = sorted(others, key=lambda each: abs(_across(each) - _across(box)))[:4]
        top = float(np.median([each.top for each in near]))
        return top, max(top + 1, float(np.median([each.bottom for each in near])))

    def holds(self, box: Box) -> bool:
        """Whether a sign lies on the line."""
        top, foot = self._around(box)
        return top - NEAR * self.high <= _down(box) <= foot + NEAR * self.high

    def kind_of(self, box: Box) -> str:
        """What ink is that is too small for a digit: a mark, or a part of a digit."""
        high = self.high
        top, foot = self._around(box)
        tall, wide = box.height / high, box.width / high
        place, start = (_down(box) - top) / (foot - top), (box.top - top) / (foot - top)
        beside = self._covered(box) <= BESIDE
        if tall <= DASH[0] and box.width >= DASH[1] * box.height and 0.2 <= place <= 0.8:
            return "dash" if beside else "digit"
        if tall <= POINT[0] and wide <= POINT[1] and start >= 0.5:
            return "digit" if self._ends_above(box) else "point"
        if tall <= STROKE[0] and wide <= STROKE[1] and start >= 0.4:
            return "digit" if self._ends_above(box) else "stroke"
        small = tall <= POINT[0] and wide <= POINT[1] and beside
        return "point" if small and self._apart(box) >= 0.05 else "digit"

    def by_shape(self, box: Box, ink: Bytes) -> str:
        """The kind of a mark that is as tall as digits (rows, columns); "" if it can be one."""
        if box.height <= PLUS * self.high and _is_plus(ink):
            return "plus"
        top, foot = self._around(box)
        least, beyond, bent = TALLER
        taller = box.height >= least * (foot - top)
        reaches = min(top - box.top, box.bottom - foot) >= beyond * (foot - top)
        alone = len(self.digits) <= 1
        return "stroke" if taller and reaches and not alone and _bent(ink) <= bent else ""

    def _covered(self, box: Box) -> float:
        """Share of its columns that a digit has too."""
        shares = (max(0, _both(box, each)) / box.width for each in self.digits)
        return max(shares, default=0.0)

    def _ends_above(self, box: Box) -> bool:
        """Whether it is the foot of a digit that is broken: that digit ends above it."""
        return any(
            each.bottom <= box.top + 0.1 * self.high and _both(box, each) >= -0.1 * self.high
            for each in self.digits
        )

    def _apart(self, box: Box) -> float:
        """How far the next digit is, in heights."""
        return min((max(-_both(box, each), 0) for each in self.digits), default=0) / self.high


def _across(box: Box) -> float:
    return (box.left + box.right) / 2


def _down(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _both(one: Box, other: Box) -> int:
    """Columns that both have; negative: so many lie between them."""
    return min(one.right, other.right) - max(one.left, other.left)


def _bent(ink: Bytes) -> float:
    """How far ink lies beside the line through it, as a share of its height."""
    rows, columns = np.nonzero(ink >= FAINT)
    if len(rows) < 2 or not np.ptp(rows):
        return 1.0
    slope, start = np.polyfit(rows, columns, 1)
    return float(np.std(columns - start - slope * rows)) / len(ink)


def _is_plus(ink: Bytes) -> bool:
    """Whether two bars cross in the middle, and nothing is in the corners."""
    inked = ink >= FAINT
    height, width = inked.shape
    if not 0.6 <= height / width <= 1.7:
        return False
    down, across = max(1, round(CORNER * height)), max(1, round(CORNER * width))
    corners = inked[:down], inked[-down:]
    empty = sum(int(each[:, :across].sum() + each[:, -across:].sum()) for each in corners)
    middle = inked[down : height - down].any(axis=0), inked[:, across : width - across].any(axis=1)
    return empty <= 0.03 * inked.sum() and all(bool(each.mean() > 0.95) for each in middle)


def _signs(ink: Bytes, strong: Labels, parts: Sequence[_Part], lines: int, high: float) -> Signs:
    """Parts put together to signs: those of digits of which one lies above the other."""
    groups: list[list[_Part]] = []
    for part in sorted(parts, key=lambda each: each.box.left):
        own = next((group for group in groups if _same_sign(group, part)), None)
        if own is None:
            groups.append([part])
        else:
            own.append(part)
    boxes = [_around([part.box for part in group]) for group in groups]
    signs: list[Sign] = []
    word, end, ended = 0, None, False
    for group, box in zip(groups, boxes, strict=True):
        kind = group[0].kind
        if kind != "line":
            word += end is not None and (box.left - end > WORD * high or ended)
            end = box.right if end is None else max(end, box.right)
            ended = kind == "point" and box.height <= DOT * high
        signs.append(Sign(box, kind, int(word), group[0].line))
    places = np.zeros(int(strong.max()) + 1, np.int32)
    for number, group in enumerate(groups, 1):
        places[[part.number for part in group]] = number
    numbers = _spread(places[strong], ink)
    if high > OWN_SIZE:  # what was made at the size of MNIST's digits has no dust
        numbers[numbers == 0] = -1
    return Signs(ink, numbers, tuple(signs), lines, high)


def _same_sign(group: Sequence[_Part], part: _Part) -> bool:
    box = _around([each.box for each in group])
    if (group[0].kind, group[0].line) != (part.kind, part.line):
        return False
    both = min(box.right, part.box.right) - max(box.left, part.box.left)
    return both >= 0.5 * min(box.width, part.box.width)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.top for box in boxes),
        min(box.left for box in boxes),
        max(box.bottom for box in boxes),
        max(box.right for box in boxes),
    )


def _spread(numbers: Labels, ink: Bytes) -> Labels:
    """The same with the soft edges of each sign."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import maximum_filter

    return np.where((numbers == 0) & (ink > 0), maximum_filter(numbers, EDGE), numbers)
