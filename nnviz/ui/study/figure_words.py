"""The words of the figures of a study."""

from collections.abc import Sequence

from nnviz.study.plan import Condition
from nnviz.study.saying import condition_in_short, condition_in_words
from nnviz.words import clauses, number, tr, tr_n

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
SHORT = {"none": tr("no difference found"), "few": tr("too few trials")}
"""Verdicts (see `ComparisonLine`) in the room that a figure has for them; others are short."""
COUNT_AXIS = tr("training images of each class")


def decimals_of(step: float) -> int:
    """Those of shares in percent at every so many-th of an axis, three at most."""
    return next(places for places in range(4) if places == 3 or _ends(100 * step, places))


def _ends(value: float, places: int) -> bool:
    return abs(value - round(value, places)) < 1e-9


def images(count: int) -> str:
    """How many that is."""
    return tr_n("{count} image", "{count} images", count)


def learned_from(condition: Condition) -> str:
    """A condition, where there is little room."""
    if condition.count:
        return tr_n("{count} image a class", "{count} images a class", condition.count)
    if condition.share == 1:
        return condition_in_words(condition)
    return tr("{share} of the images", share=condition_in_short(condition))


def trials(count: int) -> str:
    """How many values a mean is of."""
    return tr_n("{count} trial", "{count} trials", count)


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


def minus(second: str) -> str:
    """Its second line, where the first scheme is the first."""
    return tr("minus {second}", second=second)


def better_in(ahead: float, count: int) -> str:
    """In how many trials the first scheme beats the second; a tie counts half."""
    places = 0 if ahead == round(ahead) else 1
    return tr("ahead in {ahead} of {count}", ahead=number(ahead, places), count=count)


def with_effect(mean: str, d: str) -> str:
    """A difference and its d."""
    return tr("{mean}, d = {d}", mean=mean, d=d)


def under(condition: Condition) -> str:
    """Over a figure about one of several conditions."""
    return tr("Learned from {condition}", condition=condition_in_words(condition))


def first_of(shown: int, count: int) -> str:
    """Where there is no room for all lines."""
    return tr("The first {shown} of {count}", shown=shown, count=count)


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


# ---- what schemes ask ----------------------------------------------------------------

SCHEMES = tr("What each scheme asks")
SCHEMES_TIP = tr(
    "A row for each question, a dot for each class in it: all together, every two, each against "
    "the others, or a knockout, of which one walk is shown."
)


def networks(count: int) -> str:
    """How many a scheme has."""
    return tr_n("{count} network", "{count} networks", count)


def scheme_asks(name: str, count: int) -> str:
    """A scheme in words."""
    return tr_n("{name}: {count} network.", "{name}: {count} networks.", count, name=name)
