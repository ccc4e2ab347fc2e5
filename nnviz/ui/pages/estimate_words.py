"""What is said of an accuracy that is estimated from a part of the test digits."""

from nnviz.networks.curves import Measured
from nnviz.words import number, percent, tr


def share_of(measured: Measured) -> str:
    """An accuracy, marked where it is a live estimate."""
    return percent(measured.accuracy) if measured.whole else estimated(measured.accuracy)


def estimated(accuracy: float) -> str:
    """A live estimate."""
    return tr("≈ {share}", share=percent(accuracy))


def part_of(counted: int, digits: str) -> str:
    """Which digits were measured: so many of these, 0 for all of them."""
    return tr("{count} of {digits}", count=number(counted), digits=digits) if counted else digits
