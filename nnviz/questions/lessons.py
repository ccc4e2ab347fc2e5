"""What the measured figures teach: where ten outputs gain, and whether many networks do."""

from dataclasses import dataclass

from nnviz.data.results import result
from nnviz.networks.designs import BITS, ONE_NETWORK, SEPARATE


@dataclass(frozen=True)
class ReadOut:
    """What ten outputs gain over bits, and what of it a hidden layer of bits can do too."""

    data: str
    gap: float
    """Accuracy of ten outputs less that of bits, means over seeds."""
    swapped: float
    """Accuracy of ten outputs on the hidden layer that learned for bits."""
    share: float
    """The part of the gap that lies in the read-out."""


def read_out() -> ReadOut:
    """By swapping trunks."""
    ten, bits = result(ONE_NETWORK), result(BITS)
    gap, swapped = ten.mean - bits.mean, result(f"{ONE_NETWORK}/on-{BITS}").mean
    return ReadOut(ten.digits, gap, swapped, (swapped - bits.mean) / gap)


@dataclass(frozen=True)
class Sizes:
    """Accuracies of separate networks and of one, each with as many parameters."""

    data: str
    many: float
    """Ten networks of the usual size."""
    as_large: float
    """One network with as many parameters as those ten."""
    small: float
    """Ten networks with as many parameters as one of the usual size."""
    one: float
    """That one."""


def sizes() -> Sizes:
    """Whether ten networks are better, or only larger."""
    many, one = result(f"{SEPARATE}/30"), result(ONE_NETWORK)
    large = result(f"{ONE_NETWORK}/297")
    return Sizes(many.digits, many.mean, large.mean, result(f"{SEPARATE}/3").mean, one.mean)
