"""What is frozen: each order is one command of `nnviz`, with the name of what it makes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Views = Mapping[str, Sequence[str]]
"""Ids of the pages, and those of their views."""

LOOKS = {
    "dark": "",
    "light": "--theme light",
    "lecture": "--lecture",
}
READINGS = {
    "ten-outputs": ("best-match",),
    "four-bits": ("nearest-code", "literal-bits"),
    "bit-layer": ("literal-bits",),
    "any-code": ("nearest-code",),
    "one-vs-rest": ("best-match",),
    "all-pairs": ("summed", "votes", "coupling", "duels"),
    "elimination": ("walk",),
    "plain-ensemble": ("best-match",),
}
"""All designs, and how each can be read."""
MISREAD = 55
"""A bundled test digit that some shipped networks take for another."""
SMALL = "--images 1000 --epochs 2 --seed 3"
"""Settings of a run of about a second."""

TRAININGS = {
    **{f"made-{design}": f"--design {design} --hidden 6 {SMALL}" for design in READINGS},
    "made-elimination": "--design elimination --epochs 1 --images 500 --seed 3",
    "other-seed": "--design ten-outputs --hidden 6 --images 1000 --epochs 2 --seed 4",
    "filmed": f"--preset clear --hidden 5 --film {SMALL}",
    "book": f"--preset book --hidden 12 {SMALL}",
    "by-line": "--line 'nnviz hidden=7 activation=relu decay=5.0 epochs=1 images=800 seed=11'",
    "frozen-trunk": f"--design all-pairs --trunk frozen --trunk-from four-bits {SMALL}",
    "frozen-file": f"--design four-bits --trunk frozen --trunk-file filmed.safetensors {SMALL}",
    "two-classes": f"--classes 6,9 --hidden 4 {SMALL}",
    "equal": f"--design one-vs-rest --balance equal --hidden 3 {SMALL}",
    "knows-non-digits": "--cost cross-entropy --hidden 12 --non-digits 300 --epochs 1 --seed 3",
    "own-code": f"--design any-code --code error-correcting --activation tanh --hidden 8 {SMALL}",
    "arcs": f"--nonnegative --cost quadratic --initial normal --batch 25 --hidden 6 {SMALL}",
    "five": "--data inputs/five --hidden 8 --epochs 3 --seed 5 --film",
    "five-pairs": "--data inputs/five --design all-pairs --hidden 3 --epochs 2 --seed 5",
    "five-elimination": "--data inputs/five --design elimination --trunk scratch --hidden 8 "
    "--epochs 2 --seed 5",
}
"""Networks that are trained first, since the others ask them; each is saved under its name."""

NUMBERS = {
    "evaluate-shipped-all": "evaluate trained/ten-outputs.safetensors --part all --json",
    "evaluate-shipped-train": "evaluate trained/four-bits.safetensors --part train --json",
    "evaluate-drop": "evaluate trained/elimination.safetensors --drop 4 --json",
    "evaluate-below": "evaluate trained/elimination.safetensors --below 0.01 --json",
    "evaluate-classes": "evaluate two-classes.safetensors --classes 6,9 --json",
    "evaluate-five": "evaluate five-elimination.safetensors --data inputs/five --json",
    "evaluate-own": "evaluate book.safetensors --images inputs/own --json",
    "evaluate-in-words": "evaluate made-all-pairs.safetensors --reading votes",
    "mistakes": "mistakes trained/ten-outputs.safetensors made-four-bits.safetensors "
    "made-all-pairs.safetensors --csv mistakes.csv --json",
    "mistakes-all": "mistakes five.safetensors --data inputs/five --csv mistakes-all.csv --all "
    "--json",
    "mistakes-own": "mistakes made-bit-layer.safetensors --images inputs/own --csv "
    "mistakes-own.csv",
    "detectors": "detectors trained/ten-outputs.safetensors --json",
    "detectors-in-words": "detectors filmed.safetensors --images 300",
    "detectors-several": "detectors made-one-vs-rest.safetensors --images 300 --json",
    "detectors-five": "detectors five.safetensors --data inputs/five --json",
    "detectors-against": "detectors made-ten-outputs.safetensors other-seed.safetensors --against "
    "made-four-bits.safetensors --images 300 --json",
    "detectors-seeds": "detectors made-ten-outputs.safetensors --against "
    "made-four-bits.safetensors --seeds 2 --images 200 --json",
    "read-in-words": "read inputs/row.png",
    "read-plain": "read inputs/row.png --network trained/ten-outputs.safetensors --json",
    "digits-list": "digits list --json",
    "digits-list-in-words": "digits list",
    "digits-path": "digits path bundled",
    "film": "film filmed.safetensors --out film.gif --size 480x320 --fps 5",
    "version": "--version",
    **{
        f"read-{score}": f"read inputs/row.png --score {score} --json"
        for score in ("mean", "sum", "log", "mean-log", "width")
    },
    **{
        f"help-{command or 'window'}".replace(" ", "-"): f"{command} --help"
        for command in (
            *("", "train", "evaluate", "mistakes", "detectors", "picture", "film", "read"),
            *("digits", "digits list", "digits fetch", "digits path"),
        )
    },
    "refused-page": "picture --out no.png --page nowhere",
    "refused-setting": "train --hidden 0",
    "refused-reading": "evaluate trained/four-bits.safetensors --reading votes",
    "refused-digits": "evaluate five.safetensors",
    "refused-file": "evaluate inputs/row.png",
    "refused-kinds": "detectors made-ten-outputs.safetensors book.safetensors",
    "refused-row": "read inputs/empty.png",
    "refused-fetch": "train --digits mnist",
}

PICTURES = {
    **{f"train-{design}": f"--page train --design {design} --image 7" for design in READINGS},
    **{
        f"{page}-misread": f"--page {page} --image {MISREAD}"
        for page in ("train", "designs", "votes", "elimination")
    },
    "one-digit-misread": f"--page mistakes --view digit --image {MISREAD} --theme light",
    "one-digit-pair": "--page mistakes --view digit --image 20 --pair 4,9 --design all-pairs",
    **{
        f"votes-{reading}": f"--page votes --image {MISREAD} --reading {reading} --step 3"
        for reading in READINGS["all-pairs"]
    },
    "votes-pair": "--page votes --pair 4,9 --image 12",
    "elimination-drop": f"--page elimination --image {MISREAD} --drop 2 --step 2",
    "elimination-below": "--page elimination --image 8 --below 0.01",
    "elimination-duels": "--page elimination --reading duels --image 8 --step 4",
    "elimination-tree-step": f"--page elimination --view tree --image {MISREAD} --step 5",
    "train-neuron": "--page train --neuron 4 --image 3 --design all-pairs --pair 3,5",
    "train-moment-lecture": "--page train --moment 3 --lecture --design four-bits",
    "detectors-moment": "--page detectors --moment 6",
    "detectors-neuron": "--page detectors --view neuron --neuron 7 --image 5",
    "detectors-one-vs-rest": "--page detectors --design one-vs-rest",
    "draw-drawing": "--page draw --drawing inputs/digit.png",
    "draw-rows": "--page draw --view rows --drawing inputs/row.png",
    "draw-rows-light": "--page draw --view rows --drawing inputs/row.png --theme light --lecture",
    "train-large": "--page train --size 1920x1080 --scale 1.4 --theme light",
    "train-small": "--page train --size 1024x640 --scale 0.8",
    "train-filmed": "--page train --network filmed.safetensors --moment 4",
    "train-non-digits": "--page train --network knows-non-digits.safetensors",
    "train-five": "--page train --network five.safetensors --data inputs/five --image 3",
    "designs-five": "--page designs --network five.safetensors --data inputs/five",
    "votes-five": "--page votes --network five-pairs.safetensors --data inputs/five",
    "elimination-five": "--page elimination --network five-elimination.safetensors "
    "--data inputs/five --image 4",
    "mistakes-five": "--page mistakes --network five.safetensors --data inputs/five --theme light",
    "draw-five": "--page draw --network five.safetensors --data inputs/five --drawing "
    "inputs/digit.png",
    "detectors-five": "--page detectors --network five.safetensors --data inputs/five",
    "mistakes-own": "--page mistakes --images inputs/own",
}
"""Besides every page and view."""


@dataclass(frozen=True)
class Order:
    """A command line, and the name of its results."""

    name: str
    words: str

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the networks that it asks."""
        named = re.findall(r"(?<![\w/-])([\w-]+)\.safetensors", self.words)
        return tuple(name for name in named if name in TRAININGS and name != self.name)

    @property
    def key(self) -> str:
        """All that its result depends on, besides the program and the inputs."""
        return "; ".join([self.words, *(training(name).key for name in self.needs)])

    @property
    def depth(self) -> int:
        """How many networks in a row must be there before."""
        return max((1 + training(name).depth for name in self.needs), default=0)

    @property
    def picture(self) -> bool:
        """Whether its result is a picture alone."""
        return self.words.startswith("picture ") and f"--out {self.name}.png" in self.words


def trainings() -> Iterator[Order]:
    """What must be done before the rest."""
    yield from map(training, TRAININGS)


def training(name: str) -> Order:
    return Order(name, f"train {TRAININGS[name]} --json --out {name}.safetensors")


def questions(views: Views) -> Iterator[Order]:
    """All the rest, in any order."""
    for name, words in NUMBERS.items():
        yield Order(name, words)
    for design, readings in READINGS.items():
        for reading in readings:
            words = f"evaluate made-{design}.safetensors --reading {reading} --json"
            yield Order(f"evaluate-{design}-{reading}", words)
    for (page, its_views), look in product(views.items(), LOOKS):
        for view in its_views or ("",):
            words = f"--page {page} --view {view}" if view else f"--page {page}"
            name = "-".join(filter(None, ("page", page, view, look)))
            yield _picture(name, f"{words} {LOOKS[look]}".strip())
    for name, words in PICTURES.items():
        yield _picture(f"more-{name}", words)


def _picture(name: str, words: str) -> Order:
    return Order(name, f"picture {words} --out {name}.png")
