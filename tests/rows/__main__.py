"""Measures how often rows of digits of unknown length are read right: a table of the help.

`python -m tests.rows FOLDER` takes about ten minutes on one core.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import label

from nnviz.data.digits import Source, open_digits
from nnviz.data.normalising import resized
from nnviz.data.results import BUNDLED, MNIST
from nnviz.data.row_cuts import candidate_cuts, row_of, trial_pieces
from nnviz.data.row_making import GAPS, Gaps, MadeRow, make_row, random_row
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import in_words
from nnviz.paths import TRAINED
from nnviz.questions.rows import SCORES, best_ways, judge_pieces, split_at_blanks
from tests.results.keeping import keep

LENGTHS = range(2, 7)
EACH = 50
"""Rows of each length and seed."""
_SCORES = {id: each.label for id, each in SCORES.items()}
RULES = {"mean": _SCORES["mean"], "blanks": "split at blank columns only", **_SCORES}
"""Id of a rule -> its name."""
REFERENCE = {"spaced": 0.88, "mixed": 0.76, "touching": 0.54}
"""What an independent implementation reached on rows of its own, 250 of each kind."""
PAIRS = 2_000
"""Neighbours, to see how many touch."""
NETWORKS = ("row-reader", "ten-outputs")

Right = dict[tuple[str, str, str], dict[int, float]]
"""(network, rule, gaps) -> length -> fraction of the rows read right"""


_COMMAND = "uv run python -m tests.rows FOLDER --keep"


def main() -> int:
    """Reads the rows and prints the table in Markdown; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.rows", description=__doc__)
    parser.add_argument("folder", type=Path, help="the complete MNIST")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--networks", nargs="+", default=NETWORKS, metavar="NAME-OR-FILE")
    parser.add_argument("--scores", nargs="+", default=tuple(SCORES), choices=tuple(SCORES))
    parser.add_argument("--enlarged", type=int, nargs="*", default=[2, 10], metavar="TIMES")
    parser.add_argument("--part", choices=("test", "bundled"), default="test")
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    digits = open_digits(Source("mnist", str(asked.folder)))
    images, labels = digits.test_images, digits.test_labels
    if asked.part == "bundled":
        bundled = open_digits(Source())
        images = np.concatenate([bundled.train_images, bundled.test_images])
        labels = np.concatenate([bundled.train_labels, bundled.test_labels])
    right: Right = {}
    for gaps in GAPS:
        rows = list(_rows(images, labels, gaps, asked.seeds))
        for network in asked.networks:
            for rule, lengths in _read(rows, network, asked.scores).items():
                right[network, rule, gaps] = lengths
            sys.stderr.write(f"{gaps}: {network}\n")
        for factor in asked.enlarged:
            large = [replace(row, picture=_enlarged(row.picture, factor)) for row in rows]
            for rule, lengths in _read(large, asked.networks[0], asked.scores[:1]).items():
                right[asked.networks[0], f"{rule}/enlarged-{factor}", gaps] = lengths
            sys.stderr.write(f"{gaps}: enlarged {factor} times\n")
    sys.stdout.write("\n".join(_table(right)) + "\n")
    if asked.keep:
        keep(_COMMAND, _entries(right, images, asked.part, asked.seeds))
    return 0


def _rows(images: np.ndarray, labels: np.ndarray, gaps: str, seeds: list[int]) -> Iterator[MadeRow]:
    for seed in seeds:
        random = np.random.default_rng([seed, list(GAPS).index(gaps)])
        for length in LENGTHS:
            for _ in range(EACH):
                yield random_row(images, labels, length, GAPS[gaps], random)


def _enlarged(picture: np.ndarray, factor: int) -> np.ndarray:
    return resized(picture, *(factor * side for side in picture.shape))


def _file_of(name: str) -> Path:
    return TRAINED / f"{name}.safetensors" if name in NETWORKS else Path(name)


def _read(rows: list[MadeRow], name: str, scores: list[str]) -> dict[str, dict[int, float]]:
    """Id of the rule -> length -> fraction read right."""
    trained = load(_file_of(name))
    layout = layout_of(trained.settings, len(trained.class_names))
    read: dict[str, dict[int, list[bool]]] = {}
    for made in rows:
        wanted = "".join(map(str, made.labels))
        row = row_of(made.picture)
        assert row is not None
        judged = judge_pieces(trial_pieces(row, candidate_cuts(row)), trained.network, layout)
        blanks = split_at_blanks(row, trained.network, layout)
        said = {"blanks": "".join(map(str, blanks))}
        for score in scores:
            best = best_ways(judged, SCORES[score])[0]
            said[score] = "".join(map(str, best.digits))
        for rule, string in said.items():
            of_length = read.setdefault(rule, {}).setdefault(len(wanted), [])
            of_length.append(string == wanted)
    return {
        rule: {length: float(np.mean(hits)) for length, hits in lengths.items()}
        for rule, lengths in read.items()
    }


def touching(images: np.ndarray, gaps: Gaps) -> float:
    """How many of so many neighbours in a row hang together, corners counting."""
    random = np.random.default_rng(1)
    corners = np.ones((3, 3))
    touch = 0
    for _ in range(PAIRS):
        two = [each.reshape(28, 28) for each in images[random.integers(0, len(images), 2)]]
        apart = sum(label(each, corners)[1] for each in two)
        touch += label(make_row(two, (0, 0), gaps, random).picture, corners)[1] < apart
    return touch / PAIRS


def _entries(
    right: Right, images: np.ndarray, part: str, seeds: list[int]
) -> dict[str, dict[str, Any]]:
    digits = MNIST if part == "test" else BUNDLED
    about = {"digits": digits, "tested": len(LENGTHS) * EACH * len(seeds)}
    found: dict[str, dict[str, Any]] = {}
    for (network, rule, gaps), lengths in right.items():
        engine = in_words(load(_file_of(network)).learned_by)
        own = {"engine": engine, **about, "figures": {}}
        entry = found.setdefault(f"rows/{Path(network).stem}/{rule}", own)
        entry["figures"][gaps] = round(float(np.mean(list(lengths.values()))), 5)
    touch = {name: round(touching(images, gaps), 3) for name, gaps in GAPS.items()}
    found["rows/reference"] = about | {"tested": 250, "figures": REFERENCE}
    found["rows/touch"] = {"digits": digits, "tested": PAIRS, "figures": touch}
    return found


def _table(right: Right) -> list[str]:
    lines = [f"| network | rule | {' | '.join(GAPS)} |", f"|---|---|{'---|' * len(GAPS)}"]
    for network, rule in dict.fromkeys((network, rule) for network, rule, _ in right):
        pooled = [np.mean(list(right[network, rule, gaps].values())) for gaps in GAPS]
        cells = " | ".join(f"{100 * value:.1f}" for value in pooled)
        lines.append(f"| {Path(network).stem} | {rule} | {cells} |")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
