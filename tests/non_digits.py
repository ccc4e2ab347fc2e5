"""Measures what the shipped networks say of images that are no digits, and where a 4 turns into a
9: numbers of the help.

`python -m tests.non_digits` takes about a minute; with a FOLDER of the complete MNIST its test
digits are those that are asked.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from nnviz.data.digits import DigitSet, Source, open_digits
from nnviz.data.results import BUNDLED, MNIST
from nnviz.data.specimens import KINDS
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.learned_by import in_words
from nnviz.paths import TRAINED
from nnviz.questions.morphs import BLENDS, FindTurns, Unequal, compared_places
from nnviz.questions.piecemeal import at_once
from nnviz.questions.readers import NAIVE, Reader, naive_reader
from nnviz.questions.strangeness import MEASURES, JudgeSpecimens
from tests.results.keeping import keep

SHOWN = ("digits", "letters", "ten", "scribbles", "inverted", "shuffled", "noise")
"""Of KINDS."""
SHARES = ("sure", "none")
"""Of MEASURES."""
EARLIER, LATER, BITS = "one-vs-rest", "ten-outputs", "four-bits"
FIRST, LAST = 4, 9


Figures = dict[str, dict[str, float]]


def main() -> int:
    """Measures and prints in Markdown; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.non_digits", description=__doc__)
    parser.add_argument("folder", nargs="?", help="the complete MNIST")
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    digits = open_digits(Source(folder=asked.folder))
    shares, turns = judged(digits), morphed(digits)
    sys.stdout.write("\n".join([*_table(shares), "", *_told(turns)]) + "\n")
    if asked.keep:
        about = {
            "digits": MNIST if asked.folder else BUNDLED,
            "tested": len(digits.test_labels),
        }
        place = " FOLDER" if asked.folder else ""
        end = "/mnist" if asked.folder else ""
        keep(
            f"uv run python -m tests.non_digits{place} --keep",
            {
                f"{subject}{end}": {"engine": engine_of(subject), **about, "figures": figures}
                for subject, figures in (shares | turns).items()
            },
        )
    return 0


def engine_of(subject: str) -> str:
    """What learned the networks of a result."""
    kind, name = subject.split("/")
    files: Sequence[str] = (f"naive/{NAIVE[name].file}" if name in NAIVE else name,)
    if kind == "morphs":
        files = (EARLIER, LATER, BITS)
    trained = (load(TRAINED / f"{each}.safetensors") for each in files)
    return in_words(list(dict.fromkeys(by for each in trained for by in each.learned_by)))


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


def judged(digits: DigitSet) -> Figures:
    """Name of the result -> kind and measure -> share of its specimens."""
    kept: dict[Any, Any] = {}
    found = {}
    for asked in (*map(reader, DESIGNS), *map(naive_reader, NAIVE)):
        taken = at_once(JudgeSpecimens(asked).work(digits, kept))
        found[f"non-digits/{asked.name}"] = {
            f"{kind}/{name}": round(float(MEASURES[name].of(specimens, taken["digits"])), 4)
            for kind, specimens in taken.items()
            for name in SHARES
        }
    return found


def morphed(digits: DigitSet) -> Figures:
    """Name of the result -> name -> where morphs turn."""
    found = {}
    for blend in BLENDS:
        kept: dict[Any, Any] = {}
        early, late, bits = (
            at_once(FindTurns(reader(each), FIRST, LAST, blend).work(digits, kept))
            for each in (EARLIER, LATER, BITS)
        )
        unequal: Unequal = compared_places(early, late)
        found[f"morphs/{blend}"] = {
            "earlier": unequal.less,
            "later": unequal.more,
            "pairs": unequal.pairs,
            "points": round(-unequal.difference, 3),
            "p": float(f"{unequal.p:.3g}"),
            "third": int(np.count_nonzero(bits.third[bits.read])),
            "read": int(np.count_nonzero(bits.read)),
        }
    return found


def _table(shares: Figures) -> Iterator[str]:
    yield f"| reader | {' | '.join(KINDS[kind].label for kind in SHOWN)} |"
    yield "|---" * (len(SHOWN) + 1) + "|"
    for name, figures in shares.items():
        cells = [
            " / ".join(f"{100 * figures[f'{kind}/{share}']:.0f}" for share in SHARES)
            for kind in SHOWN
        ]
        yield f"| {name} | {' | '.join(cells)} |"


def _told(turns: Figures) -> Iterator[str]:
    for name, found in turns.items():
        yield (
            f"{name}: {EARLIER} turns earlier than {LATER} in {found['earlier']} and later in "
            f"{found['later']} of {found['pairs']} pairs, by {found['points']:.1f} points "
            f"(p {found['p']:.2g}); {BITS} says a third digit in {found['third']} of "
            f"{found['read']} pairs."
        )


if __name__ == "__main__":
    sys.exit(main())
