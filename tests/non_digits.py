"""Measures what the shipped networks say of images that are no digits, and where a 4 turns into a
9: numbers of the help.

`python -m tests.non_digits` takes about a minute; with a FOLDER of the complete MNIST the morphs
are made of its test digits.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnviz.data.digits import Source, open_digits
from nnviz.data.specimens import KINDS
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.paths import TRAINED
from nnviz.questions.morphs import BLENDS, FindTurns, Unequal, compared_places
from nnviz.questions.piecemeal import at_once
from nnviz.questions.readers import NAIVE, Reader, naive_reader
from nnviz.questions.strangeness import MEASURES, JudgeSpecimens

SHOWN = ("digits", "letters", "ten", "scribbles", "inverted", "shuffled", "noise")
"""Of KINDS."""
EARLIER, LATER, BITS = "one-vs-rest", "ten-outputs", "four-bits"
FIRST, LAST = 4, 9


def main() -> int:
    """Measures and prints in Markdown; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.non_digits", description=__doc__)
    parser.add_argument("folder", nargs="?", help="the complete MNIST")
    asked = parser.parse_args()
    digits = open_digits(Source(folder=asked.folder))
    for line in [*_table(digits), "", *_morphs(digits)]:
        sys.stdout.write(f"{line}\n")
    return 0


def reader(design: str) -> Reader:
    """The shipped network of a design, read as usual."""
    found = load(TRAINED / f"{design}.safetensors")
    return Reader(
        found.network,
        found.settings,
        DESIGNS[design].readings[0],
        examples=found.position.examples,
        name=design,
        label=DESIGNS[design].label,
        class_names=found.class_names,
    )


def _table(digits: Any) -> Iterator[str]:
    yield f"| reader | {' | '.join(KINDS[kind].label for kind in SHOWN)} |"
    yield "|---" * (len(SHOWN) + 1) + "|"
    kept: dict[Any, Any] = {}
    for asked in (*map(reader, DESIGNS), *map(naive_reader, NAIVE)):
        taken = at_once(JudgeSpecimens(asked).work(digits, kept))
        cells = [
            " / ".join(
                f"{100 * MEASURES[name].of(taken[kind], taken['digits']):.0f}"
                for name in ("sure", "none")
            )
            for kind in SHOWN
        ]
        yield f"| {asked.label} | {' | '.join(cells)} |"


def _morphs(digits: Any) -> Iterator[str]:
    for blend in BLENDS:
        kept: dict[Any, Any] = {}
        early, late, bits = (
            at_once(FindTurns(reader(each), FIRST, LAST, blend).work(digits, kept))
            for each in (EARLIER, LATER, BITS)
        )
        found: Unequal = compared_places(early, late)
        third = np.count_nonzero(bits.third[bits.read]), np.count_nonzero(bits.read)
        yield (
            f"{BLENDS[blend].label}: {EARLIER} turns earlier than {LATER} in {found.less} and "
            f"later in {found.more} of {found.pairs} pairs, by {-found.difference:.1f} points "
            f"(p {found.p:.2g}); {BITS} says a third digit in {third[0]} of {third[1]} pairs."
        )


if __name__ == "__main__":
    sys.exit(main())
