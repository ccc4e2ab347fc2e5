"""Which engine learned a network: the same engine and version give the same run bit for bit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nnviz.words import commas, tr

COMPILED, TORCH = "compiled", "torch"
BRINGS: Mapping[str, str] = {COMPILED: "numba", TORCH: "torch"}
"""Engine -> the package that it needs."""
DEVICES: Mapping[str, str] = {
    "cpu": tr("processor"),
    "cuda": tr("CUDA (Nvidia)"),
    "mps": tr("MPS (Apple)"),
}
"""What steps can be worked out on."""


@dataclass(frozen=True)
class LearnedBy:
    """What worked out the steps of a run, or of a part of it."""

    engine: str
    """COMPILED or TORCH"""
    version: str = ""
    """That of the package it needs; "" where it is not known"""
    device: str = "cpu"

    @property
    def word(self) -> str:
        """In a line of settings, such as numba-0.68.1 or torch-2.13.0@cuda."""
        version = f"-{self.version}" if self.version else ""
        device = f"@{self.device}" if self.device != "cpu" else ""
        return f"{BRINGS[self.engine]}{version}{device}"

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        package = f"{BRINGS[self.engine]} {self.version}".rstrip()
        if self.device != "cpu":
            return tr("{package} on {device}", package=package, device=DEVICES[self.device])
        return package


BEFORE = (LearnedBy(TORCH),)
"""Of files that do not say it: their programs learned with torch."""


def in_words(learned_by: Sequence[LearnedBy]) -> str:
    """What learned a network, one after the other; "" where nothing has."""
    return commas(each.words for each in learned_by)


def and_then(learned_by: Sequence[LearnedBy], now: LearnedBy) -> tuple[LearnedBy, ...]:
    """The same once something more is learned."""
    return (*learned_by, now) if not learned_by or learned_by[-1] != now else tuple(learned_by)


def of_this_machine(engine: str, device: str = "cpu") -> LearnedBy:
    """An engine in the version that is installed here."""
    return LearnedBy(engine, version_of(BRINGS[engine]), device)


@cache
def version_of(package: str) -> str:
    """The version of a package without importing it; "" where it is not installed."""
    # takes 20 ms
    import importlib.metadata

    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
