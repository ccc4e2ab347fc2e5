"""The pieces that ink hangs together in, and which of them make up a digit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Floats, Indices
from nnviz.data.ink_quickly import shrunk
from nnviz.data.normalising import Box

KINDS = ("digit", "line", "frame", "edge", "mark", "speck")
"""What a piece can be taken for."""
SPECK = 0.02
"""Share of the ink of the digit below which a piece is a speck."""
BLOB = 0.3
"""Radius of the largest disc inside a piece, as a share of its longer side, from which on it is
no stroke."""
LYING = 0.3
"""Height of a piece, as a share of its width, below which it lies like an underline."""
GAP = 0.2
"""Between parts of one digit, as a share of the digit's longer side; ..."""
BESIDE = 0.07
"""... of parts side by side that are as high as digits."""
AS_HIGH = 0.6
"""Share of the height of a digit from which on what lies beside it can be another."""
OTHER = 0.4
"""The same for what is counted as another digit."""
FRAMED = 0.3
"""Height of what is inside a frame, as a share of the frame's, at least."""
INNER = 0.15
"""Ink of what is inside a ring, as a share of the ring's, at least."""
FULL = 0.88
"""Share of a rectangle that a sheet or a box fills; an oval fills 0.79."""
SLANTING = 0.78
"""The same of a sheet seen from the side, ..."""
CORNERS = 0.0067
"""... which has corners (see `_spread`)."""
STOUT = 0.35
"""Shorter side of a sheet or box, as a share of the longer one, at least."""
CONTACT = 0.4
"""Along the edges of the picture, as a share of the longer side of a piece: more than a stroke
that is cut off has."""
CORNER = 0.3
"""Of the longer side of the picture: the size of what lies along its edge and is no digit."""
BAND = 0.25
"""Width of a fold, which goes across the whole picture, as a share of the picture's, ..."""
SOFT = 0.3
"""... and how deep it is at most."""
THINNER = 0.4
"""Thickness and depth of a stroke, as a share of those of the digit, at least."""
NEAR = 3
"""Cells between a piece and the line that it ends at."""
LEAST = 6
"""Cells of such a piece, and ..."""
THICKER = 1.5
"""... how many times as thick as it the strokes are, beside which it is a part of the lines."""
ALL_AROUND = 3
"""Edges of the picture that a piece reaches that goes round the digit, ..."""
ENCLOSED = 0.12
"""... and of the longer side of the picture: the size of a digit inside it, at least."""
STRIP = 0.12
"""Of the shorter side of the picture: how wide a strip is that lies along its edge."""
AROUND = 0.7
"""Share of all edges of the picture that something lies along that goes round a sheet."""
ALL = 0.95
"""Share of a side of the picture that fills it."""
SOLID = 0.6
"""Share of its box that the side of a desk fills."""
HALF_LIGHT = 0.5
"""Share of the light that a shadow takes, at most, ..."""
WIDE = 0.14
"""... and its radius, as a share of its length, at least."""
RUNGS = 3
"""Pieces of one height, between two lines, that are the sides of cells."""
AS_HIGH_AS = 0.15
"""Difference of their heights, as a share."""
DOT = 0.06
"""Of the longer side of the picture: the size up to which a dot is no digit, ..."""
TINIEST = 0.03
"""... and what is left over of lines."""
CRUMB = 0.22
"""... and radius, as a share of its size, of what is left over of lines where they cross, ..."""
CRUMBS = 8
"""... if there are as many of them, ..."""
AS_LARGE = 2
"""... up to so many times smaller or larger than one another."""
MOST = 200
"""Pieces that are told apart."""

Labels = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Piece:
    """Ink that hangs together, corners included."""

    box: Box
    kind: str
    """One of KINDS"""
    taken: bool
    """Whether it is read as a part of the digit."""


@dataclass(frozen=True, eq=False)
class Found:
    """A piece before it is judged."""

    box: Box
    amount: float
    """Its ink: depths added up"""
    inside: Bools
    """(rows, columns) of its box"""
    contacts: tuple[int, ...]
    """Cells along the edges of the picture: the upper, lower, left and right one"""
    is_line: bool = False
    ends: int = 0
    """Sides of its box on which it ends at a line"""

    @property
    def contact(self) -> int:
        """Cells along all edges of the picture."""
        return sum(self.contacts)

    @property
    def edges(self) -> int:
        """How many edges of the picture it reaches."""
        return sum(each > 0 for each in self.contacts)

    @property
    def at_edge(self) -> bool:
        """Whether it reaches an edge of the picture."""
        return self.contact > 0

    @property
    def longer(self) -> int:
        """Of its sides."""
        return max(self.box.height, self.box.width)

    @cached_property
    def radius(self) -> float:
        """Of the largest disc inside it."""
        # scipy: a program that reads no picture starts without
        from scipy.ndimage import distance_transform_edt

        return float(distance_transform_edt(np.pad(self.inside, 1)).max()) - 0.5

    @property
    def blob(self) -> bool:
        """Whether it is no stroke."""
        least = BLOB * self.longer
        # discs take long to find: first whether a square fits in that such a disc has room for
        fits = shrunk(self.inside, int((least + 0.5) / 2**0.5 - 0.01))
        return bool(fits.any()) and self.radius >= least

    @property
    def depth(self) -> float:
        """How deep its ink is."""
        return self.amount / max(1, int(self.inside.sum()))


def connected(mask: Bools, depth: Floats, lines: Bools) -> tuple[Labels, list[Found]]:
    """Ink (rows, columns) without lines, and the lines -> the number of each cell's piece from
    1, and the pieces, the largest first."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import find_objects, label

    numbers, count = label(mask, np.ones((3, 3)), np.int32)
    more = 0
    if lines.any():
        own, more = label(lines, np.ones((3, 3)), np.int32)
        numbers = np.where(lines, own + count, numbers)
    amounts = np.bincount(numbers.ravel(), depth.ravel(), count + more + 1)[1:]
    order = np.argsort(-amounts, kind="stable")[:MOST]
    places = np.zeros(count + more + 1, np.int32)
    places[order + 1] = np.arange(1, len(order) + 1)
    slices = find_objects(numbers)
    found = []
    for each in order.tolist():
        down, across = slices[each]
        box = Box(down.start, across.start, down.stop, across.stop)
        inside = numbers[down, across] == each + 1
        contacts = tuple(
            int(np.count_nonzero(side)) if there else 0
            for side, there in (
                (inside[0], box.top == 0),
                (inside[-1], box.bottom == mask.shape[0]),
                (inside[:, 0], box.left == 0),
                (inside[:, -1], box.right == mask.shape[1]),
            )
        )
        is_line = each >= count
        ends = 0 if is_line or not more or max(inside.shape) < LEAST else _ends(box, inside, lines)
        found.append(Found(box, float(amounts[each]), inside, contacts, is_line, ends))
    return places[numbers], found


def _ends(box: Box, inside: Bools, lines: Bools) -> int:
    """On how many sides of its box a piece ends at a line."""
    count = 0
    for turns in range(4):
        edge = np.rot90(inside, turns)[:NEAR].any(axis=0)
        at = np.flatnonzero(edge)
        first, last = int(at[0]) - NEAR, int(at[-1]) + NEAR + 1
        # the strip above the box, where the box is turned like the piece
        strip = (
            (box.top - NEAR, box.top, box.left + first, box.left + last),
            (box.top + first, box.top + last, box.right, box.right + NEAR),
            (box.bottom, box.bottom + NEAR, box.right - last, box.right - first),
            (box.bottom - last, box.bottom - first, box.left - NEAR, box.left),
        )[turns]
        top, bottom, left, right = (max(0, each) for each in strip)
        count += bool(lines[top:bottom, left:right].any())
    return count


def judged(found: Sequence[Found], shape: tuple[int, ...], wanted: str) -> list[str]:
    """What each piece of a picture (rows, columns) is."""
    kinds = ["line" if piece.is_line else _from_outside(piece, shape) for piece in found]
    candidates = [number for number, kind in enumerate(kinds) if not kind]
    if not candidates:
        return kinds
    _frames(found, candidates, kinds)
    if wanted == "row":
        return _of_row(found, [number for number in candidates if not kinds[number]], kinds)
    _parts_of_lines(found, candidates, kinds)
    candidates = [number for number in candidates if not kinds[number]]
    main = _likeliest(found, _enclosed(found, candidates, shape))
    if _is_dot(found, candidates, main, shape):
        return [kind or "mark" for kind in kinds]
    group = _group(found, candidates, main)
    size = max(_size(found, group))
    height = _union(found, group).height
    for number in candidates:
        piece = found[number]
        if number in group:
            kinds[number] = "digit"
        elif piece.amount < SPECK * found[main].amount:
            kinds[number] = "speck"
        elif piece.at_edge:
            kinds[number] = "edge"
        elif (
            OTHER * height <= piece.box.height <= height / OTHER
            and not piece.blob
            and _alike(piece, found[main])
        ):
            kinds[number] = "digit"
        elif piece.box.height < LYING * piece.box.width and piece.longer > size / 2:
            kinds[number] = "line"
        else:
            kinds[number] = "mark"
    return kinds


def _from_outside(piece: Found, shape: tuple[int, ...]) -> str:
    """What a piece at the edge of a picture is, where it can be no digit that was cut out."""
    box = piece.box
    if piece.contact >= CONTACT * piece.longer and piece.longer < CORNER * max(shape):
        return "edge"
    if piece.edges > 1 and piece.contact >= CONTACT * piece.longer and _comes_in(piece, shape):
        return "edge"
    sides = ((box.height, box.width), (box.width, box.height))
    across = any(
        long == all_along and thin < BAND * other
        for (long, thin), (all_along, other) in zip(sides, (shape, shape[::-1]), strict=True)
    )
    return "line" if across and piece.depth < SOFT else ""


def _comes_in(piece: Found, shape: tuple[int, ...]) -> bool:
    """Whether what lies along edges of a picture is a strip, the side of a desk, or a shadow."""
    height, width = piece.box.height, piece.box.width
    if min(height, width) < STRIP * min(shape) or piece.contact > AROUND * 2 * sum(shape):
        return True
    if (height < ALL * shape[0] or width < ALL * shape[1]) and piece.inside.mean() > SOLID:
        return True
    return piece.depth < HALF_LIGHT and piece.radius > WIDE * piece.longer


def taken(found: Sequence[Found], kinds: Sequence[str], wanted: str) -> frozenset[int]:
    """The pieces that make up the digit, or all signs of a row."""
    digits = [number for number, kind in enumerate(kinds) if kind == "digit"]
    if wanted == "row" or not digits:
        return frozenset(digits)
    main = _likeliest(found, digits)
    return _group(found, digits, main)


def _of_row(found: Sequence[Found], candidates: Sequence[int], kinds: list[str]) -> list[str]:
    largest = max((found[number].amount for number in candidates), default=0)
    inside = [number for number in candidates if not found[number].at_edge]
    enough = sum(found[number].amount for number in inside) > largest / 2
    for number in candidates:
        small = found[number].amount < SPECK / 4 * largest
        edge = found[number].at_edge and enough and found[number].blob
        kinds[number] = "speck" if small else "edge" if edge else "digit"
    return kinds


def _likeliest(found: Sequence[Found], candidates: Sequence[int]) -> int:
    """The first of those for which most speaks as the digit, or the largest part of it."""
    likely = {number: _likely(found[number]) for number in candidates}
    best = -1.0, 0
    for number in sorted(candidates, key=lambda number: likely[number], reverse=True):
        if likely[number] < best[0]:
            break  # discs take long to find: only of those that it matters for
        best = max(best, (likely[number] * (0.1 if found[number].blob else 1.0), -number))
    return -best[1]


def _likely(piece: Found) -> float:
    """How much speaks for a piece, whatever discs are inside it."""
    likely = float(piece.amount**0.5 * piece.longer * piece.depth)
    if piece.at_edge:
        likely *= 0.1 if piece.contact < CONTACT * piece.longer else 0.02
    if piece.box.height < LYING * piece.box.width:
        likely *= 0.1
    return likely


def _frames(found: Sequence[Found], candidates: Sequence[int], kinds: list[str]) -> None:
    """Marks pieces that others stand in."""
    for number in candidates[:12]:
        outer = found[number]
        inner = [
            found[other]
            for other in candidates
            if other != number
            and _holds(outer.box, found[other].box)
            and found[other].box.height >= FRAMED * outer.box.height
        ]
        if not inner or outer.inside.mean() > 0.5:
            continue
        likely = max(inner, key=lambda piece: piece.amount)
        round_it = likely.amount >= INNER * outer.amount and _filled(outer.inside).mean() > 0.6
        covered = _sides_covered(outer.inside)
        corner = covered == 2 and outer.radius * THICKER <= likely.radius
        if round_it or corner or covered >= 3 or quadrilateral(outer.inside):
            kinds[number] = "frame"


def _parts_of_lines(found: Sequence[Found], candidates: Sequence[int], kinds: list[str]) -> None:
    """Marks what goes on as lines do on two sides, beside thicker strokes."""
    left = [number for number in candidates if not kinds[number]]
    thin = [number for number in left if found[number].ends > 1]
    others = [found[number] for number in left if found[number].ends < 2]
    thick = [piece for piece in others if not piece.at_edge and not piece.blob]
    if not thin or not thick:
        return
    main = max(thick, key=_likely)
    for number in thin:
        box = found[number].box
        rungs = [
            found[each].box
            for each in thin
            if abs(found[each].box.height - box.height) <= AS_HIGH_AS * box.height
            and abs(found[each].box.top - box.top) <= AS_HIGH_AS * box.height
        ]
        if found[number].radius * THICKER <= main.radius or len(rungs) >= RUNGS:
            kinds[number] = "line"


def _enclosed(
    found: Sequence[Found], candidates: Sequence[int], shape: tuple[int, ...]
) -> Sequence[int]:
    """The candidates without what goes round the picture, if one is inside and large enough."""
    least = ENCLOSED * max(shape)
    if not any(not found[each].at_edge and found[each].longer >= least for each in candidates):
        return candidates
    return [number for number in candidates if found[number].edges < ALL_AROUND]


def _is_dot(
    found: Sequence[Found], candidates: Sequence[int], main: int, shape: tuple[int, ...]
) -> bool:
    """Whether the most likely piece is only a dot, or one of many crumbs."""
    piece = found[main]
    if piece.longer >= DOT * max(shape):
        return False
    if piece.blob or (piece.ends > 1 and piece.longer < TINIEST * max(shape)):
        return True
    alike = sum(
        piece.longer <= AS_LARGE * found[number].longer
        and found[number].longer <= AS_LARGE * piece.longer
        for number in candidates
    )
    few_cells = piece.longer < TINIEST / 2 * max(shape)
    return alike >= CRUMBS and (few_cells or piece.radius >= CRUMB * piece.longer)


def _filled(inside: Bools) -> Bools:
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import label

    padded = np.ones((inside.shape[0] + 2, inside.shape[1] + 2), np.bool_)
    np.logical_not(inside, out=padded[1:-1, 1:-1])
    outside, _ = label(padded)
    return np.asarray(outside != outside[0, 0], np.bool_)[1:-1, 1:-1]


def quadrilateral(inside: Bools) -> bool:
    """Whether a piece (rows, columns), with all that it goes round, is a box or a sheet: it fills
    an upright or turned rectangle that is no stroke."""
    filled = _filled(inside)
    # the corners of a turned rectangle around it are at the ends of rows
    rows = np.flatnonzero(filled.any(axis=1))
    ends = filled[rows].argmax(axis=1), filled.shape[1] - 1 - filled[rows, ::-1].argmax(axis=1)
    rows, columns = np.append(rows, rows), np.concatenate(ends)
    turns = np.radians(np.arange(0, 90, 4))[:, None]
    along = columns * np.cos(turns) + rows * np.sin(turns)
    across = rows * np.cos(turns) - columns * np.sin(turns)
    long, wide = np.ptp(along, axis=1) + 1, np.ptp(across, axis=1) + 1
    best = int((long * wide).argmin())
    sides = sorted((float(long[best]), float(wide[best])))
    share = np.count_nonzero(filled) / (sides[0] * sides[1])
    if sides[0] < STOUT * sides[1] or share < SLANTING:
        return False
    return bool(share >= FULL or _spread(*np.nonzero(filled)) >= CORNERS)


def _spread(rows: Indices, columns: Indices) -> float:
    """How far from their middle places lie, however stretched: 1 / 16 pi^2 or 0.0063 for an
    oval, 1 / 144 or 0.0069 for a rectangle, more for what gets narrower."""
    return float(np.linalg.det(np.cov(rows, columns)) / len(rows) ** 2)


def _sides_covered(inside: Bools) -> int:
    """How many sides of its box a piece runs along."""
    height, width = inside.shape
    rows, columns = max(1, round(0.15 * height)), max(1, round(0.15 * width))
    return sum(
        band.any(axis=axis).mean() >= 0.8
        for band, axis in (
            (inside[:rows], 0),
            (inside[-rows:], 0),
            (inside[:, :columns], 1),
            (inside[:, -columns:], 1),
        )
    )


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.top < inner.top
        and outer.left < inner.left
        and outer.bottom > inner.bottom
        and outer.right > inner.right
    )


def _union(found: Sequence[Found], group: frozenset[int]) -> Box:
    boxes = [found[number].box for number in group]
    return Box(
        min(box.top for box in boxes),
        min(box.left for box in boxes),
        max(box.bottom for box in boxes),
        max(box.right for box in boxes),
    )


def _size(found: Sequence[Found], group: frozenset[int]) -> tuple[int, int]:
    union = _union(found, group)
    return union.height, union.width


def _group(found: Sequence[Found], candidates: Sequence[int], main: int) -> frozenset[int]:
    """The main piece and those that belong to it: near it, and no digits of their own."""
    group = frozenset([main])
    least = SPECK * found[main].amount
    grown = True
    while grown:
        grown = False
        union = _union(found, group)
        for number in candidates:
            piece = found[number]
            if number in group or piece.amount < least or not _alike(piece, found[main]):
                continue
            if _belongs(union, [found[each].box for each in group], piece.box):
                group, grown = group | {number}, True
                break
    return group


def _alike(piece: Found, main: Found) -> bool:
    """Whether a piece can be of the same pen, and is nothing that comes from outside."""
    if piece.at_edge and not main.at_edge:
        return False
    return piece.radius >= THINNER * main.radius and piece.depth >= THINNER * main.depth


def _belongs(union: Box, boxes: Sequence[Box], box: Box) -> bool:
    size = max(union.height, union.width)
    gap = min(_gap(each, box) for each in boxes)
    if max(box.height, box.width) >= AS_HIGH * union.height and (
        box.height >= AS_HIGH * union.height or box.height >= box.width
    ):
        apart = min(union.right, box.right) - max(union.left, box.left) < 0.5 * min(
            union.width, box.width
        )
        return gap <= (BESIDE if apart else 2 * BESIDE) * size
    lying = box.height < LYING * box.width and box.top >= union.bottom
    return gap <= (BESIDE / 2 if lying else GAP) * size


def _gap(one: Box, other: Box) -> float:
    """Cells between two boxes."""
    down = max(0, one.top - other.bottom, other.top - one.bottom)
    across = max(0, one.left - other.right, other.left - one.right)
    return float(np.hypot(down, across))


def lines_of(boxes: Sequence[Box]) -> list[int]:
    """Boxes of digits -> how many stand apart in each line, from above."""
    return [len(_overlapping(line, across=True)) for line in _overlapping(boxes, across=False)]


def _overlapping(boxes: Sequence[Box], across: bool) -> list[list[Box]]:
    """Boxes whose sides overlap, across the picture or down it."""
    groups: list[list[Box]] = []
    end = -1
    for box in sorted(boxes, key=lambda each: each.left if across else each.top):
        start, stop = (box.left, box.right) if across else (box.top, box.bottom)
        if start >= end:
            groups.append([])
        groups[-1].append(box)
        end = max(end, stop)
    return groups
