"""The words of the figures of a study."""

from collections.abc import Sequence

from nnviz.study.lines import BETTER, FEW, NONE, WORSE
from nnviz.study.plan import Condition
from nnviz.words import clauses, number, percent, signed, tr, tr_n

ACCURACY_FIGURE = tr("Accuracy of each scheme")
ACCURACY_FIGURE_TIP = tr(
    "Mean accuracy over the trials with its 95 % interval; small circles are single trials. Point "
    "at a mark for its numbers."
)
LANES_FIGURE = tr("Values of a study, a line each")
LANES_FIGURE_TIP = tr(
    "The mean over the trials with its 95 % interval; small circles are single trials. Point at "
    "a line for its numbers."
)
DIFFERENCES = tr("Difference in accuracy, trial by trial")
CALLED = tr("What is called so")
ACCURACY_AXIS = tr("accuracy on the test images")
CALLED_AXIS = tr("share of the images that is called so")
DIFFERENCE_AXIS = tr("difference in percentage points")
SHARE_AXIS = tr("share of the training images")
COUNT_AXIS = tr("training images of each class")
LEGEND = tr("mean and 95 % interval; circles: single trials")
MEANS = tr("mean and 95 % interval")
VERDICTS = {
    BETTER: tr("better"),
    WORSE: tr("worse"),
    NONE: tr("no difference found"),
    FEW: tr("too few trials to tell"),
}
"""Verdict -> what stands beside a difference."""


def decimals_of(share: float) -> int:
    """Those that a share in percent needs, two at most."""
    return next(places for places in (0, 1, 2) if places == 2 or _ends(100 * share, places))


def _ends(value: float, places: int) -> bool:
    return abs(value - round(value, places)) < 1e-9


def amount(condition: Condition) -> str:
    """How much is learned from, on an axis that says of what."""
    if condition.count:
        return number(condition.count)
    return percent(condition.share, decimals_of(condition.share))


def condition_in_words(condition: Condition) -> str:
    """The same where nothing else says so."""
    if condition.count:
        return tr_n("{count} image a class", "{count} images a class", condition.count)
    return tr("{share} of the images", share=amount(condition))


def images(count: int) -> str:
    """How many that is."""
    return tr_n("{count} image", "{count} images", count)


def trials(count: int) -> str:
    """How many values a mean is of."""
    return tr_n("{count} trial", "{count} trials", count)


def of_percent(value: float) -> str:
    """An accuracy."""
    return percent(value)


def of_points(value: float) -> str:
    """A difference."""
    return signed(100 * value)


def reached(
    scheme: str, condition: str, mean: str, interval: tuple[str, str] | None, count: int
) -> str:
    """What a scheme reached under a condition."""
    if interval is None:
        return tr(
            "{scheme}, {condition}: {mean}, {trials}",
            scheme=scheme,
            condition=condition,
            mean=mean,
            trials=trials(count),
        )
    return tr(
        "{scheme}, {condition}: {mean}, 95 % interval {low} to {high}, {trials}",
        scheme=scheme,
        condition=condition,
        mean=mean,
        low=interval[0],
        high=interval[1],
        trials=trials(count),
    )


def against(first: str, second: str) -> str:
    """A difference of two schemes."""
    return tr("{first} minus {second}", first=first, second=second)


def better_in(ahead: float, count: int) -> str:
    """In how many trials the first scheme beats the second; a tie counts half."""
    places = 0 if ahead == round(ahead) else 1
    return tr("ahead in {ahead} of {count}", ahead=number(ahead, places), count=count)


def differs(
    pair: str, condition: str, mean: str, interval: tuple[str, str] | None, beside: Sequence[str]
) -> str:
    """A difference with what is made of it."""
    said = clauses(beside)
    if interval is None:
        return tr(
            "{pair}, {condition}: {mean} percentage points; {said}",
            pair=pair,
            condition=condition,
            mean=mean,
            said=said,
        )
    return tr(
        "{pair}, {condition}: {mean} percentage points, 95 % interval {low} to {high}; {said}",
        pair=pair,
        condition=condition,
        mean=mean,
        low=interval[0],
        high=interval[1],
        said=said,
    )


def class_asked(name: str) -> str:
    """Test images of a class that is not counted."""
    return tr("test images of {name}", name=name)
