"""What is said of accuracies and costs that are estimated from a part of the digits."""

from nnviz.networks.curves import LIVE_TAUGHT, LIVE_TESTED, Measured
from nnviz.session.work import Work
from nnviz.words import number, percent, tr

ESTIMATED = tr(
    "While it learns, the same {tested} test digits and {taught} training digits stand for all of "
    "them; where it rests, all are measured.",
    tested=number(LIVE_TESTED),
    taught=number(LIVE_TAUGHT),
)


def share_of(measured: Measured) -> str:
    """An accuracy, marked where it is a live estimate."""
    return percent(measured.accuracy) if measured.whole else estimated(measured.accuracy)


def estimated(accuracy: float) -> str:
    """A live estimate."""
    return tr("≈ {share}", share=percent(accuracy))


def part_of(counted: int, digits: str) -> str:
    """Which digits were measured: so many of these, 0 for all of them."""
    if not counted:
        return digits
    return tr("{count} of {digits}", count=number(counted), digits=digits)


def counted(digits: str, count: int) -> str:
    """A line of a legend: which digits, and how many of them; 0 for all of them."""
    if not count:
        return digits
    return tr("{digits}, {count}", digits=digits, count=number(count))


def last_share(work: Work, unknown: str) -> str:
    """The accuracy of a network, or of a moment of its film; else what is `unknown`."""
    if work.measured is not None:
        return share_of(work.measured)
    last = work.points[-1] if work.points else None
    if last is None or last.examples != work.position.examples:
        return unknown
    return estimated(last.test_accuracy) if last.tested else percent(last.test_accuracy)
