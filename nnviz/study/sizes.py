"""How accurate networks of each size are: what was measured on all of MNIST, a point a network.

The values come from the rows of the studies that ask about sizes, and from `nnviz.data.results`
where no study has asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, prod, sqrt

from nnviz.data.digits import GREY
from nnviz.data.results import MNIST, result
from nnviz.networks.designs import DESIGNS, ONE_NETWORK
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import parameter_count
from nnviz.networks.settings import Settings
from nnviz.study.files import load_study, presets
from nnviz.study.plan import SchemeEntry, Study
from nnviz.study.schemes import hidden_of_scheme
from nnviz.study.shipped import shipped_rows

STUDIES = ("hidden-neurons", "one-or-ten", "ten-or-four")
"""Those that ask about sizes; of a network that several have, the first."""
RESULTS = {
    "ten-outputs": (ONE_NETWORK, 30),
    "ten-outputs/300": (ONE_NETWORK, 300),
    "four-bits": ("four-bits", 30),
    "four-bits/60": ("four-bits", 60),
    "four-bits/100": ("four-bits", 100),
    "one-vs-rest/3": ("one-vs-rest", 3),
    "one-vs-rest/30": ("one-vs-rest", 30),
    "all-pairs/3": ("all-pairs", 3),
    "all-pairs/8": ("all-pairs", 8),
    "plain-ensemble/5": ("plain-ensemble", 30),
}
"""Name of a result -> design and hidden neurons of each network."""
LEAST = 10_000
"""Parameters: smaller networks are so much worse that all others would lie close together."""
AS_LARGE = 1.02
"""How much larger a network of equal size may be."""
CLASSES = 10


@dataclass(frozen=True)
class Sized:
    """A network of one size, started anew several times."""

    design: str
    networks: int
    """That lie side by side"""
    hidden: int
    """Neurons of each of these"""
    parameters: int
    values: tuple[float, ...]
    """(starts,): accuracy on the test digits, as a fraction"""

    @property
    def mean(self) -> float:
        """Of the accuracies."""
        return fsum(self.values) / len(self.values)

    @property
    def deviation(self) -> float:
        """Their standard deviation, with n - 1."""
        apart = fsum((value - self.mean) ** 2 for value in self.values)
        return sqrt(apart / (len(self.values) - 1))


@cache
def sized() -> tuple[Sized, ...]:
    """All that were measured with the usual cost of their design, by design and size."""
    found: dict[tuple[str, int], Sized] = {}
    for each in (*_of_studies(), *_of_results()):
        found.setdefault((each.design, each.hidden), each)
    order = list(DESIGNS)
    kept = (each for each in found.values() if each.parameters >= LEAST)
    return tuple(sorted(kept, key=lambda each: (order.index(each.design), each.parameters)))


def as_large(points: Sequence[Sized]) -> tuple[tuple[Sized, ...], ...]:
    """Groups of two and more that have as many parameters as each other, the small ones first."""
    groups: list[list[Sized]] = []
    for each in sorted(points, key=lambda point: point.parameters):
        if groups and each.parameters <= AS_LARGE * groups[-1][0].parameters:
            groups[-1].append(each)
        else:
            groups.append([each])
    return tuple(tuple(group) for group in groups if len(group) > 1)


def _of_studies() -> Iterator[Sized]:
    files = presets()
    designs = {design for design, _ in RESULTS.values()}
    for word in STUDIES:
        study = load_study(files[word])
        for entry in study.schemes:
            if entry.scheme in designs and _usual(study, entry):
                yield from _of_scheme(study, entry)


def _usual(study: Study, entry: SchemeEntry) -> bool:
    """Whether it learns with the cost that is usual for its design."""
    cost = study.learning_of(entry).cost
    return cost in ("", next(iter(DESIGNS[entry.scheme].costs)))


def _of_scheme(study: Study, entry: SchemeEntry) -> Iterator[Sized]:
    outcomes = [row.outcomes[entry.name] for row in shipped_rows(study)]
    hidden = hidden_of_scheme(study, entry, GREY, CLASSES)
    networks = layout_of(Settings().change(design=entry.scheme), CLASSES).network_count
    for first in outcomes[:1]:
        values = tuple(each.accuracy for each in outcomes)
        yield Sized(entry.scheme, networks, hidden, first.parameters, values)


def _of_results() -> Iterator[Sized]:
    for name, (design, hidden) in RESULTS.items():
        settings, found = Settings().change(design=design, hidden=hidden), result(name)
        assert found.digits == MNIST
        count = parameter_count(settings, prod(GREY), CLASSES)
        networks = layout_of(settings, CLASSES).network_count
        yield Sized(design, networks, hidden, count, found.values)
