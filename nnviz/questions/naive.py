"""Networks that were taught too little: what somebody says who never met anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nnviz.networks.files import load
from nnviz.paths import TRAINED
from nnviz.questions.readers import Reader


@dataclass(frozen=True)
class Naive:
    """One of them; trained/recipe.sh makes the files."""

    label: str
    file: str
    """Name of its file in trained/naive, without the ending."""
    only: str = ""
    """The class whose network alone is asked; empty where all are."""


NAIVE: Mapping[str, Naive] = {
    "only-six": Naive(
        "Knows only 6",
        "positives-only",
        "6",
    ),
    "six-or-nine": Naive(
        "Knows 6 and 9",
        "six-or-nine",
    ),
}


@cache
def naive_reader(name: str) -> Reader:
    """One of NAIVE as a reader, with the class names of its own file. Raises NetworkFileError."""
    naive = NAIVE[name]
    trained = load(TRAINED / "naive" / f"{naive.file}.safetensors")
    return Reader(
        trained.network,
        trained.settings,
        examples=trained.position.examples,
        name=name,
        label=naive.label,
        class_names=trained.class_names,
        only=trained.class_names.index(naive.only) if naive.only else None,
    )
