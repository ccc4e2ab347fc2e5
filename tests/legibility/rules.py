"""What can be read: least sizes and contrasts, and colours that everybody tells apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from coloraide import Color

from nnviz.ui.kit.colours import DIGITS, THEMES

KINDS = ("clipped", "overlap", "struck", "small", "contrast", "sign", "scrolls")
GRID = (1280, 720)
ROOM_TEXT, BACK_ROW, STRIP = 20, 28, 40
"""Pixels at 1280 x 720 in lecture mode: any text, what the back row needs, and in the strip what
the network says and how good it is."""
WINDOW_TEXT = 12
"""Pixels in a window of the same size."""
LARGE = 24
"""Pixels from which less contrast is enough in a window."""
ROUNDED = 1.01
"""Pixels that a text may be smaller, since type comes in whole ones and follows the window in steps
of a twentieth."""
SIGNS = 3.0
APART = 11.0
"""Of two colours by CIEDE2000."""
BLIND = ("deutan", "protan")


@dataclass(frozen=True)
class Fault:
    """What cannot be read."""

    kind: str
    text: str
    found: str
    """What was measured"""


def least_size(lecture: bool, back_row: bool, strip: bool, fit: float) -> float:
    """Of a text in pixels; `fit`: of the window, 1 is 1280 x 720."""
    if not lecture:
        return WINDOW_TEXT * min(fit, 1)
    return fit * (STRIP if strip else BACK_ROW if back_row else ROOM_TEXT)


def least_contrast(lecture: bool, pixels: float) -> float:
    """WCAG: of large and other text (AA), in a lecture as AAA."""
    return 7.0 if lecture else 3.0 if pixels >= LARGE else 4.5


def told_apart() -> Iterator[Fault]:
    """Digits and signs whose colours look alike to many people."""
    for name, colours in THEMES.items():
        for one, other in ((colours.positive, colours.negative), (colours.right, colours.wrong)):
            yield from _alike(f"{name}: {one} {other}", one, other)
    for (number, one), (beside, other) in combinations(enumerate(DIGITS), 2):
        yield from _alike(f"digits {number} and {beside}", one, other)


def _alike(name: str, one: str, other: str) -> Iterator[Fault]:
    for how in BLIND:
        seen: Sequence[Color] = [
            Color(each).filter(how, 1, space="srgb-linear").clip("srgb") for each in (one, other)
        ]
        far = seen[0].delta_e(seen[1], method="2000")
        if far < APART:
            yield Fault("alike", name, f"{how} {far:.1f}")
