"""Measures how often rows are read right that people photograph: with dashes, points, labels,
lines, boxes, shadows; and how often what is wrong is said to be unsure: tables of the help.

`python -m tests.rows.photographed` takes about five minutes on one core.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import bundled_digits
from nnviz.data.ink import find_ink
from nnviz.data.results import BUNDLED
from nnviz.data.row_cuts import Row, row_of
from nnviz.data.row_making import GAPS, random_row
from nnviz.data.row_marks import signs_of
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import in_words
from nnviz.paths import READER
from nnviz.questions.readers import EVEN
from nnviz.questions.row_doubts import doubts_of
from nnviz.questions.row_signs import with_labels_found
from nnviz.questions.rows import read_row
from tests.results.keeping import keep
from tests.rows.photographs import EVERY, photograph

EACH = 40
"""Rows of each kind."""
SEEDS = {"calibration": 1000, "held out": 5000}
"""Part -> first seed; the one takes digits from the 4,000 bundled ones, the other from the 1,000
that are tested with."""
_COMMAND = "uv run python -m tests.rows.photographed --keep"

Right = dict[str, list[tuple[bool, bool, bool, bool]]]
"""Kind -> of each row: whether it is read right if all ink is taken for digits, if marks are left
out, whether that is said to be unsure, and whether it was by its mean confidence alone"""


class Reading:
    """The row reader, and what it says of pictures."""

    def __init__(self) -> None:
        self.trained = load(READER)
        self.layout = layout_of(self.trained.settings, len(self.trained.class_names))

    def of_row(self, row: Row | None) -> tuple[str, bool, bool]:
        """What a row says, whether that is unsure, and whether it is by the mean alone."""
        if row is None:
            return "", True, True
        found = read_row(row, self.trained.network, self.layout)
        if not found.ways:
            return "", True, True
        best = found.ways[0]
        mean = found.judged.confidences[list(best.pieces)].mean()
        doubts = doubts_of(found.judged, row, best.pieces, found)
        return "".join(map(str, best.digits)), bool(doubts), bool(mean < EVEN)

    def without_marks(self, ink: Bytes) -> Row | None:
        """The digits in some ink."""
        signs = signs_of(ink)
        if signs is None:
            return None
        signs = with_labels_found(signs, self.trained.network, self.layout)
        return row_of(signs.without(signs.marks), signs.height)


def measured(part: str, each: int) -> Right:
    """Reads rows of every kind, and composed ones."""
    reading, digits, seed = Reading(), bundled_digits(), SEEDS[part]
    images, labels = digits.test_images, digits.test_labels
    if part == "calibration":
        images, labels = digits.train_images, digits.train_labels
    right: Right = {}
    for number, kind in enumerate(EVERY):
        for own in range(each):
            chance = np.random.default_rng([seed + own, number])
            made = photograph(kind, images, labels, chance)
            ink = find_ink(made.levels, "row")
            all_ink = None if ink is None else row_of(ink.all_ink)
            before, _, _ = reading.of_row(all_ink)
            row = None if ink is None else reading.without_marks(ink.all_ink)
            said, unsure, by_mean = reading.of_row(row)
            hits = before == made.string, said == made.string
            right.setdefault(kind, []).append((*hits, unsure, by_mean))
        sys.stderr.write(f"{part}: {kind}\n")
    for kind, picture, string in _composed(images, labels, seed, 3 * each):
        said, unsure, by_mean = reading.of_row(reading.without_marks(picture))
        before, _, _ = reading.of_row(row_of(picture))
        right.setdefault(kind, []).append((before == string, said == string, unsure, by_mean))
    return right


def _composed(
    images: Bytes, labels: np.ndarray, seed: int, each: int
) -> Iterator[tuple[str, Bytes, str]]:
    for number, (kind, gaps) in enumerate(GAPS.items()):
        chance = np.random.default_rng([seed, number])
        for _ in range(each):
            made = random_row(images, labels, int(chance.integers(2, 7)), gaps, chance)
            yield kind, made.picture, "".join(map(str, made.labels))


def unsure(right: Right) -> dict[str, float]:
    """Shares of the wrong and of the right strings that are said to be unsure."""
    rows = np.array([row for rows in right.values() for row in rows])
    hit, said, by_mean = rows[:, 1], rows[:, 2], rows[:, 3]
    return {
        "wrong": float(said[~hit].mean()),
        "right": float(said[hit].mean()),
        "wrong by the mean": float(by_mean[~hit].mean()),
        "right by the mean": float(by_mean[hit].mean()),
    }


def main() -> int:
    """Prints the tables; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.rows.photographed", description=__doc__)
    parser.add_argument("--each", type=int, default=EACH, help="rows of each kind")
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    found = {part: measured(part, asked.each) for part in SEEDS}
    held = found["held out"]
    for kind, rows in held.items():
        before, now = (sum(row[which] for row in rows) for which in (0, 1))
        sys.stdout.write(f"{kind:12} all ink {before:3} marks left out {now:3} of {len(rows)}\n")
    for part, right in found.items():
        shares = ", ".join(f"{name} {100 * share:.1f} %" for name, share in unsure(right).items())
        sys.stdout.write(f"said to be unsure, {part}: {shares}\n")
    if asked.keep:
        keep(_COMMAND, _entries(found, asked.each))
    return 0


def _entries(found: dict[str, Right], each: int) -> dict[str, dict[str, Any]]:
    engine = in_words(load(READER).learned_by)
    about = {"digits": BUNDLED, "engine": engine}
    entries: dict[str, dict[str, Any]] = {}
    for which, name in enumerate(("all-ink", "marks-left-out")):
        figures = {
            kind: round(float(np.mean([row[which] for row in rows])), 5)
            for kind, rows in found["held out"].items()
            if kind in EVERY
        }
        entries[f"photographed-rows/{name}"] = about | {"tested": each, "figures": figures}
    for part, right in found.items():
        figures = {name: round(share, 5) for name, share in unsure(right).items()}
        tested = sum(map(len, right.values()))
        name = f"unsure-rows/{part.replace(' ', '-')}"
        entries[name] = about | {"tested": tested, "figures": figures}
    return entries


if __name__ == "__main__":
    raise SystemExit(main())
