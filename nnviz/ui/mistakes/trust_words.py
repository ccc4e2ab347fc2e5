"""The sentences of the Mistakes page about how sure the designs are: Confidence, I don't know."""

import math
from collections.abc import Mapping, Sequence

from nnviz.questions.reliability import ALL_ANSWERS, Bin, Reliability, Selected
from nnviz.questions.saying_yes import SaidYes
from nnviz.words import listed, number, percent, sentences, tr, tr_n

NO_BREAK = "\N{NO-BREAK SPACE}"

# ---- confidence ----------------------------------------------------------------------

CONFIDENCE = tr("Confidence"), tr("When it says 80 %, is it right in 80 of 100 cases?")
ALL_ANSWERS_CHOICE = tr("All answers"), tr("How sure each design is of its answers.")
EACH_OUTPUT = tr("Each output"), tr("Every output of the design on screen by itself.")
AS_THEY_ARE = (
    tr("Outputs as they are"),
    tr(
        "What the output of the answer says. Where no output speaks for one class: what the "
        "reading says for the answer."
    ),
)
SHARES = (
    tr("Shares of 100 %"),
    tr(
        "How likely the answer is where the likelihoods of all classes add up to 1: outputs "
        "divided by their sum, pairs by coupling."
    ),
)
CURVES_SHOWN = tr("Curves shown")
CALIBRATION_ERROR = tr("off by, on average")
WHISKERS = tr("The whiskers: with so few digits the true share lies somewhere along them.")
WHISKERS_TIP = tr("95 % intervals (Wilson) of the share that is right in each bin.")
CURVES_SHOWN_TIP = tr(
    "How far what each design says is from how often it is right, on average over its answers, in "
    "15 bins (the expected calibration error). Click to show or hide its curve; Return does the "
    "same."
)
RELIABILITY = tr("Reliability curves")
SAID_AGAINST_RIGHT = tr("Said against right")
RELIABILITY_TIP = tr(
    "Answers in 15 bins by how sure they are; each point is a bin: what was said on average, and "
    "how many of its digits were right. On the diagonal the two agree; below it too much is said. "
    "Bars: 95 % intervals (Wilson) of the design on screen."
)
BIN_COUNTS = tr("Digits in each bin")
BIN_COUNTS_TIP = tr(
    "How many digits fall into each bin of the design on screen; each line is ten times the one "
    "below."
)
RIGHT_AXIS, COUNT_AXIS = tr("right %"), tr("digits")
SURE_AXIS = tr("how sure it says it is, %")
NO_CURVE = tr("No curve yet")
OUTPUTS_ALONE = tr("Reliability of each output")
OUTPUTS_ALONE_TIP = tr(
    "For each output: to the right what it says, upwards how often it should have fired; bars are "
    "95 % intervals (Wilson). On the dashed diagonal the two agree. Curves of separately trained "
    "networks lie differently: the same number of two outputs does not mean the same. A thick "
    "frame and ≠ mark an output that is off by more than chance where it is unsure (7 to 93 %)."
)
SAYS_AXIS, FIRE_AXIS = tr("the output says, %"), tr("it should fire, %")
NEVER_UNSURE = tr("never unsure")


def trust_headline(label: str, found: Reliability, other: Reliability, shares: bool) -> str:
    """How far what the design on screen says is from how often it is right, and by the `other` way
    to say how sure it is."""
    fields = {"design": label, "error": percent(found.error)}
    if abs(found.excess) <= found.error / 2:
        told = tr("{design}: its confidence is off by {error}, to either side.", **fields)
    elif found.excess > 0:
        told = tr("{design}: its confidence is off by {error}, mostly too high.", **fields)
    else:
        told = tr("{design}: its confidence is off by {error}, mostly too low.", **fields)
    if abs(other.error - found.error) < 0.0005:
        return told
    if shares:
        return sentences(
            told, tr("By the outputs as they are: {error}.", error=percent(other.error))
        )
    return sentences(told, tr("By shares of 100 %: {error}.", error=percent(other.error)))


def curve_name(label: str, others: bool) -> str:
    """Whose curve it is; `others`: it learned from other digits than the design on screen."""
    return tr("{design}, other digits", design=label) if others else label


def key_told(name: str, value: str) -> str:
    """A row of the key of curves as it is read out."""
    return tr("{name} {value}.", name=name, value=value)


def curve_told(name: str, found: Reliability) -> str:
    """A curve as it is read out."""
    return tr("{name} off by {error}", name=name, error=percent(found.error))


BIN = (
    tr("Digits of a bin"),
    tr(
        "Lists the digits of one bin of the curve. A click on its point or its bar does the same, "
        "and once more puts the list away."
    ),
)
NO_BIN = tr("list no digits")


def bin_in_words(chosen: Bin) -> str:
    """Which digits a bin holds."""
    low, high = chosen.ends
    return tr("{low} to {high} sure", low=number(100 * low), high=percent(high, 0))


def bin_offered(chosen: Bin, digits: int, true: int) -> str:
    """A bin on offer: what is said in it, how many digits it holds, and for how many
    that is right, or the output should fire."""
    low, high = chosen.ends
    fields: dict[str, str | int] = {
        "low": number(100 * low),
        "high": percent(high, 0),
        "true": true,
    }
    if chosen.output == ALL_ANSWERS:
        return tr_n(
            "{low} to {high}: {count} digit, {true} right",
            "{low} to {high}: {count} digits, {true} right",
            digits,
            **fields,
        )
    return tr_n(
        "{low} to {high}: {count} digit, {true} should fire",
        "{low} to {high}: {count} digits, {true} should fire",
        digits,
        **fields,
    )


def bin_listed(chosen: Bin, digits: int, name: str) -> str:
    """What stands above the digits of a bin; the name of the output or the design."""
    low, high = chosen.ends
    return tr_n(
        "{count} digit of which {name} is {low} to {high} sure",
        "{count} digits of which {name} is {low} to {high} sure, the surest first",
        digits,
        name=name,
        low=number(100 * low),
        high=percent(high, 0).replace(" ", NO_BREAK),
    )


def output_named(name: str) -> str:
    """An output in a sentence."""
    return tr("output {name}", name=name)


def unsure_in_words(found: Reliability) -> str:
    """What an output says where it is unsure, and how often it should have fired."""
    said, true, _ = found.unsure
    return tr("says {said}, is {true}", said=number(100 * said), true=number(100 * true))


def output_told(name: str, words: str) -> str:
    """The curve of an output as it is read out."""
    return tr("Output {name}: {words}.", name=name, words=words)


def off_told(names: Sequence[str]) -> str:
    """Which outputs are marked."""
    return tr("Off by more than chance: {names}.", names=listed(names)) if names else ""


def outputs_headline(off: int, outputs: int, worst: str, found: Reliability) -> str:
    """How many outputs do not speak on one scale, and what the worst of them says."""
    said, true, cases = found.unsure
    return tr_n(
        "Where unsure, {count} of {outputs} outputs is off by more than chance: "
        "output {worst} says {said}, true are {true} of {cases}.",
        "Where unsure, {count} of {outputs} outputs are off by more than chance: "
        "output {worst} says {said}, true are {true} of {cases}.",
        off,
        outputs=outputs,
        worst=worst,
        said=percent(said, 0),
        true=percent(true, 0),
        cases=cases,
    )


NONE_OFF = tr("Where an output is unsure (7 to 93 %), none is off by more than chance.")


def furthest_in_words(shown: int, outputs: int) -> str:
    """That there are more outputs than have room."""
    return tr("The {shown} of {outputs} furthest off.", shown=shown, outputs=outputs)


# ---- I don't know --------------------------------------------------------------------

UNSURE = tr("I don't know"), tr("How many mistakes are left if it may say I don't know?")
SENTENCE_TIP = tr("What the threshold does to the test digits.")
THRESHOLD = tr("Threshold")
THRESHOLD_TIP = tr(
    "How sure it must be to answer, by the outputs as they are or by shares of 100 %. Finer above "
    "99 %."
)
ZOOM = tr("From 80 %"), tr("The curve from 80 % of the digits on, where most of it happens.")
KEPT = tr("Mistakes that stay"), tr("The mistakes that it still makes, because it is sure enough.")
REFUSED = tr("Refused"), tr("The digits that it does not answer.")
LISTS = {"kept": KEPT[0], "refused": REFUSED[0]}
"""What is listed, without a count."""
SUREST_FIRST = tr("the surest first")
NONE_LISTED = {"kept": tr("No mistake stays."), "refused": tr("No digit is refused.")}
COVERAGE = tr("Accuracy against coverage")
COVERAGE_TIP = tr(
    "The surest answers at the left, all of them at the right: how many of the digits answered "
    "are right. The ring is where the threshold stands."
)
THESE_RIGHT_AXIS, ANSWERED_AXIS = tr("right, % of these"), tr("digits answered, %")


def sureness(share: float) -> str:
    """How sure an answer is, never rounded up to 100 %."""
    return percent(math.floor(1000 * share) / 1000) if share > 0.99 else percent(share, 0)


def threshold_in_words(threshold: float) -> str:
    """A threshold as it is written."""
    return percent(threshold, 0 if threshold <= 0.99 else 1 if threshold <= 0.999 else 2)


def kept_in_words(count: int) -> str:
    return tr("Mistakes that stay: {count}", count=count)


def refused_in_words(count: int) -> str:
    return tr("Refused: {count}", count=count)


def coverage_told(at: Selected | None) -> str:
    """What the threshold leaves, as it is read out."""
    if at is None or not at.answered:
        return NO_CURVE
    return tr(
        "Answers {coverage} of the digits, {accuracy} of them right",
        coverage=percent(at.coverage),
        accuracy=percent(at.accuracy, 2),
    )


def selected_in_short(found: Selected, threshold: float) -> str:
    """What a threshold does, for a room."""
    if not found.answered:
        return selected_in_words(found, threshold)
    return tr(
        "Below {limit}: I don't know. {coverage} answered, {accuracy} of these right.",
        limit=threshold_in_words(threshold),
        coverage=percent(found.coverage),
        accuracy=percent(found.accuracy, 2),
    )


def selected_in_words(found: Selected, threshold: float) -> str:
    """What a threshold does, in three sentences."""
    limit = threshold_in_words(threshold)
    if not found.answered:
        return tr("Below {limit}: I don't know. That is its answer to every digit.", limit=limit)
    accuracy, refused = percent(found.accuracy, 2), found.images - found.answered
    if not refused:
        return tr_n(
            "It answers every digit, {accuracy} of them right. {count} mistake stays.",
            "It answers every digit, {accuracy} of them right. {count} mistakes stay.",
            found.wrong,
            accuracy=accuracy,
        )
    return tr_n(
        "Below {limit}: I don't know. It answers {coverage} of the digits, {accuracy} of them "
        "right. {count} mistake stays; {spared} are refused, with {right} right answers.",
        "Below {limit}: I don't know. It answers {coverage} of the digits, {accuracy} of them "
        "right. {count} mistakes stay; {spared} are refused, with {right} right answers.",
        found.wrong,
        limit=limit,
        coverage=percent(found.coverage),
        accuracy=accuracy,
        spared=found.wrong_of_all - found.wrong,
        right=found.refused_right,
    )


# ---- how many outputs say yes --------------------------------------------------------

BY_YES = (
    tr("Nobody says yes"),
    tr(
        "How many outputs are above 50 %: none, exactly one or several, and how many of these "
        "digits are read right."
    ),
)
SAYING_YES = tr("How many outputs say yes")
SAYING_YES_TIP = tr(
    "Digits for which no output is above 50 %, exactly one, or several; the green part of each "
    "bar is read right if the loudest output counts. Click a row to list its digits."
)
YES_NAMES: Mapping[str, str] = {
    "none": tr("no output says yes"),
    "one": tr("exactly one says yes"),
    "several": tr("several say yes"),
}
"""One of SAYING -> its words."""
NO_YES = tr("The outputs of this design do not each speak for one digit: choose another design.")
NO_SUCH_DIGIT = tr("No such digit.")


def yes_right(said: SaidYes) -> str:
    """How many of them are right."""
    return tr(
        "{count} right ({share})", count=said.right, share=percent(said.right / said.digits, 0)
    )


def yes_wrong(said: SaidYes) -> str:
    """How many of them are wrong."""
    return tr("{count} wrong", count=said.digits - said.right)


def yes_told(name: str, said: SaidYes) -> str:
    """A row as it is read out."""
    if not said.digits:
        return tr("{name}: no digit.", name=YES_NAMES[name])
    return tr_n(
        "{name}: {count} digit, {right}.",
        "{name}: {count} digits, {right}.",
        said.digits,
        name=YES_NAMES[name],
        right=yes_right(said),
    )


def silence_told(said: SaidYes) -> str:
    """What it would be worth to answer only where an output says yes."""
    if not said.digits:
        return tr("At least one output says yes to every digit.")
    return tr_n(
        'To {count} digit no output says yes. To answer "I don\'t know" there gives up '
        "{right}, to avoid {wrong}.",
        'To {count} digits no output says yes. To answer "I don\'t know" there gives up '
        "{right}, to avoid {wrong}.",
        said.digits,
        right=tr_n("{count} right answer", "{count} right answers", said.right),
        wrong=tr_n("{count} mistake", "{count} mistakes", said.digits - said.right),
    )
