"""Measures how the shipped networks read digits as other hands write them: a 1 with an upstroke, a
slashed 0, a crossed 7, a thin pen. Numbers of the help.

`python -m tests.hands` alters the bundled digits, which none of them has seen, in a few seconds.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.ndimage import grey_erosion, label

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, Source, open_digits
from nnviz.data.drawing import RADIUS, Drawing
from nnviz.data.normalising import Box, ink_box, normalise
from nnviz.data.results import BUNDLED
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.learned_by import in_words
from nnviz.paths import TRAINED
from nnviz.session.work import SHIPPED, work_of
from tests.results.keeping import keep

SIDE = GREY[0]
Line = tuple[tuple[float, float], ...]
HELD = 128
"""Grey level from which on a pixel counts as ink."""
COMMAND = "uv run python -m tests.hands --keep"


def with_line(digit: Bytes, line: Callable[[Box], Line]) -> Bytes:
    """A digit (28, 28) with one more line of a usual pen, brought into MNIST's form again."""
    box = ink_box(digit)
    assert box is not None
    points = np.array(line(box)) / SIDE
    return normalised(Drawing(digit.copy()).stroked(points, 0.7 * RADIUS).reduced)


def normalised(digit: Bytes) -> Bytes:
    """In MNIST's form, as the page does it."""
    found = normalise(digit)
    assert found is not None
    return found.image


def upstroke(box: Box) -> Line:
    """From the upper end of a 1 down to the left, a third of its height."""
    at = box.right - 1.5
    return ((at, box.top + 1.0), (at - 0.35 * box.height, box.top + 0.35 * box.height))


def slash(box: Box) -> Line:
    """Through a 0, from the lower left to the upper right."""
    return ((box.left, box.bottom), (box.right, box.top))


def bar(box: Box) -> Line:
    """Across a 7, in the middle of it."""
    middle = (box.top + box.bottom) / 2
    return ((box.left + 0.25 * box.width, middle), (box.right, middle))


def thinned(digit: Bytes) -> Bytes:
    """With lines a pixel and a half thinner."""
    return normalised(grey_erosion(np.pad(digit, 2).repeat(2, 0).repeat(2, 1), (4, 4))[::2, ::2])


@dataclass(frozen=True)
class Hand:
    """A way to write."""

    label: str
    alter: Callable[[Bytes], Bytes]
    """What is done to a digit (28, 28)"""
    digits: frozenset[int] = frozenset(range(10))
    """Which ones it is done to"""


AS_THEY_ARE = "as-they-are"
HANDS: Mapping[str, Hand] = {
    AS_THEY_ARE: Hand("as they are", lambda digit: digit),
    "upstroke": Hand("1 with an upstroke", partial(with_line, line=upstroke), frozenset({1})),
    "slash": Hand("0 with a slash", partial(with_line, line=slash), frozenset({0})),
    "bar": Hand("7 with a bar", partial(with_line, line=bar), frozenset({7})),
    "thin": Hand("lines 1.5 pixels thinner", thinned),
}


def bundled() -> tuple[Bytes, Bytes]:
    """All 5,000: (digits, 28, 28), and their labels."""
    digits = open_digits(Source())
    images = np.concatenate([digits.train_images, digits.test_images])
    return images.reshape(-1, SIDE, SIDE), np.concatenate([digits.train_labels, digits.test_labels])


def read(images: Bytes, labels: Bytes) -> dict[str, dict[str, float]]:
    """Design -> id of a hand, and of a digit in it as it is -> share read right."""
    found: dict[str, dict[str, float]] = {design: {} for design in DESIGNS}
    works = {
        design: work_of(load(TRAINED / f"{design}.safetensors"), SHIPPED) for design in DESIGNS
    }
    for name, hand in HANDS.items():
        mine = np.isin(labels, list(hand.digits))
        altered = np.stack([hand.alter(each) for each in images[mine]]).reshape(-1, SIDE * SIDE)
        for design, work in works.items():
            for place, pixels in ((name, altered), (f"{name}/before", images[mine])):
                said = [work.look(each.ravel(), 10).answer for each in pixels]
                found[design][place] = float(np.mean(np.array(said) == labels[mine]))
    return found


def holes(digit: Bytes) -> int:
    """Patches of paper that ink surrounds."""
    return int(label(np.pad(digit < HELD, 1, constant_values=True))[1]) - 1


def main() -> int:
    """Measures and prints; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.hands", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    images, labels = bundled()
    shares = read(images, labels)
    for design, of_hand in shares.items():
        cells = [f"{name} {100 * share:.1f}" for name, share in of_hand.items()]
        sys.stdout.write(f"{design}: {', '.join(cells)}\n")
    zeros = [holes(each) for each in images[labels == 0]]
    two = float(np.mean(np.array(zeros) > 1))
    sys.stdout.write(f"zeros with two holes or more: {100 * two:.1f} %\n")
    if asked.keep:
        about = {"digits": BUNDLED, "tested": len(labels)}
        entries = {}
        for design, of_hand in shares.items():
            engine = in_words(load(TRAINED / f"{design}.safetensors").learned_by)
            entries[f"hands/{design}"] = {"engine": engine, **about, "figures": of_hand}
        entries["hands/zeros"] = {**about, "figures": {"two-holes": two}}
        keep(COMMAND, entries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
