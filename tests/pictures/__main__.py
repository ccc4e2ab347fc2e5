"""Measures how many photographed digits of each kind are read right: a table of the help.

`python -m tests.pictures FOLDER` takes about three minutes on one core.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Source, open_digits
from nnviz.data.ink import find_ink
from nnviz.data.normalising import normalise
from nnviz.data.picture_files import picture_of
from nnviz.data.results import BUNDLED, MNIST
from nnviz.networks.files import load
from nnviz.networks.learned_by import in_words
from nnviz.networks.network import as_inputs, hidden_activity, outputs_of
from nnviz.paths import TRAINED
from tests.pictures.kinds import KINDS, Kind
from tests.pictures.strokes import OTHERS
from tests.results.keeping import keep

EACH = 30
NETWORK = TRAINED / "ten-outputs.safetensors"
_COMMAND = "uv run python -m tests.pictures FOLDER --keep"

Read = Callable[[bytes], int]


def main() -> int:
    """Makes, reads and prints in Markdown; -> 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="the complete MNIST")
    parser.add_argument("--each", type=int, default=EACH, help="pictures of each kind")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="kinds whose name has it")
    parser.add_argument("--others", action="store_true", help="those of the second source")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a folder for those that are read wrong")
    parser.add_argument("--keep", action="store_true", help="write them into results.json")
    asked = parser.parse_args()
    images, labels = _digits(asked.folder)
    read = reader()
    figures: dict[str, float] = {}
    sys.stdout.write(f"| what is photographed | read right of {asked.each} |\n| --- | --- |\n")
    if asked.others:
        images, labels, kinds = np.arange(10), np.arange(10), OTHERS
    else:
        kinds = KINDS
    for name, make in kinds.items():
        if asked.only and not any(word in name for word in asked.only):
            continue
        right = 0
        for number, (content, label) in enumerate(made(name, make, images, labels, asked)):
            said = read(content)
            right += said == label
            if asked.out and said != label:
                asked.out.mkdir(parents=True, exist_ok=True)
                (asked.out / f"{name}-{number}-{label}-{said}.png").write_bytes(content)
        figures[name] = right
        sys.stdout.write(f"| {name} | {right} |\n")
        sys.stdout.flush()
    if asked.keep:
        about = {"digits": MNIST if asked.folder else BUNDLED, "tested": asked.each}
        about["engine"] = in_words(load(NETWORK).learned_by)
        keep(_COMMAND, {"pictures/ten-outputs": about | {"figures": figures}})
    return 0


def _digits(folder: Path | None) -> tuple[Bytes, Bytes]:
    digits = open_digits(Source("mnist", str(folder)) if folder else Source())
    return digits.test_images.reshape(-1, 28, 28), digits.test_labels


def made(
    name: str, make: Kind, images: Bytes, labels: Bytes, asked: argparse.Namespace
) -> Iterator[tuple[bytes, int]]:
    """Picture files of a kind and the digits that they show, of each digit as many."""
    random = np.random.default_rng([asked.seed, *name.encode()])
    for number in range(asked.each):
        digit = int(random.choice(np.flatnonzero(labels == number % 10)))
        yield make(images[digit], random), int(labels[digit])


def reader() -> Read:
    """-> what the shipped network says of a picture file; -1 for no ink."""
    network = load(NETWORK).network

    def read(content: bytes) -> int:
        ink = find_ink(picture_of(content, "it").levels)
        found = normalise(ink.picture) if ink is not None else None
        if found is None:
            return -1
        inputs = as_inputs(found.image.reshape(1, -1))
        return int(outputs_of(network, hidden_activity(network, inputs))[0].argmax())

    return read


if __name__ == "__main__":
    sys.exit(main())
