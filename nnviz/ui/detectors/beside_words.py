"""What the Detectors page says of two networks side by side, and of one without a neuron."""

from nnviz.words import number, percent, sentences, tr, tr_later, tr_n

BESIDE = tr("Side by side")
BESIDE_QUESTION = tr("Do the hidden neurons of two networks look for other things?")
OTHER = tr("The network beside it"), tr("The network that stands at the right.")
AGAINST = tr("beside")
LEFT_IMAGES = tr("Weights of the network on screen")
RIGHT_IMAGES = tr("Weights of the network beside it")
RINGED = tr("ringed: a straight bar explains it better than it explains ten random images")
RINGED_TIP = tr(
    "For each weight image the straight bar that fits it best, against the same for ten random "
    "images exactly as smooth. Chance alone would ring one of eleven."
)
SAME_SCALE = tr("Each network has one colour scale; *own scales* gives each image its own.")
NO_OTHER = tr("The other network is not there for these digits.")
OTHER_DIGITS = tr("learned from other digits")


def strokes_told(strokes: int, neurons: int) -> str:
    """How many images are ringed."""
    return tr_n(
        "{strokes} of {count} neuron looks like a stroke",
        "{strokes} of {count} neurons look like strokes",
        neurons,
        strokes=strokes,
    )


def network_told(name: str, strokes: str, others: bool) -> str:
    """One of the two as it is read out."""
    return sentences(
        tr("{name}: {strokes}.", name=name, strokes=strokes),
        tr("It learned from other digits.") if others else "",
    )


# ---- without a neuron ----------------------------------------------------------------

OFF_VIEW = tr("Without a neuron")
OFF_QUESTION = tr("What would the network say if this neuron were gone?")
SUPPOSED = {
    "off": (tr("Gone"), tr("Supposes that the outputs no longer hear the neuron at all.")),
    "mean": (
        tr("At its mean"),
        tr("Supposes that the outputs hear its mean activity, whatever the digit."),
    ),
}
DO_IT, DO_IT_TIP = (
    tr("Really switch it off"),
    tr("Switches the neuron off on every page; until then this view only supposes it."),
)
DONE = tr("It is off now")
BEFORE_AFTER = tr("The outputs with the neuron and without it")
BEFORE_AFTER_TIP = tr(
    "At the left what the network says, at the right what it would say; the line across a bar is "
    "where it ended before. Beside each title, how many of all test digits are right."
)
WITH, WITHOUT, AT_MEAN = (
    tr_later("with neuron {neuron}"),
    tr_later("without neuron {neuron}"),
    tr_later("neuron {neuron} at its mean"),
)
SAYS = tr_later("says {answer}")
ASKED = tr("being asked …")
OTHERS_LEFT_OUT = tr("What is done to other neurons does not count here.")
HIDDEN = tr("Hidden until the answer is shown (A).")
QUESTION_MARK = tr("?")


def accuracy_told(accuracy: float) -> str:
    """Of all test digits."""
    return tr("{share} right", share=percent(accuracy))


def headline(name: str, before: str, after: str) -> str:
    """What changes for the digit on screen."""
    fields = {"neuron": name, "before": before, "after": after}
    if before == after:
        return tr("Without neuron {neuron} it still says {after}.", **fields)
    return tr("Without neuron {neuron} it says {after} instead of {before}.", **fields)


def headline_at_mean(name: str, before: str, after: str) -> str:
    """The same with the neuron held at its mean."""
    fields = {"neuron": name, "before": before, "after": after}
    if before == after:
        return tr("With neuron {neuron} held at its mean it still says {after}.", **fields)
    return tr(
        "With neuron {neuron} held at its mean it says {after} instead of {before}.", **fields
    )


def lost_told(before: float, after: float, digits: int) -> str:
    """How many right answers it costs."""
    lost = round((before - after) * digits)
    if not lost:
        return tr("Over all test digits nothing is lost.")
    if lost < 0:
        return tr_n(
            "Over all {digits} test digits {count} more is right.",
            "Over all {digits} test digits {count} more are right.",
            -lost,
            digits=digits,
        )
    return tr_n(
        "Over all {digits} test digits {count} right answer is lost.",
        "Over all {digits} test digits {count} right answers are lost.",
        lost,
        digits=digits,
    )


def column_told(title: str, says: str, bars: str) -> str:
    """One of the two columns as it is read out."""
    return tr("{title}: {says}; {bars}.", title=title, says=says, bars=bars)


def output_told(name: str, share: float) -> str:
    """An output as it is read out."""
    return tr("{name} {share}", name=name, share=percent(share, 0))


def neuron_named(neuron: int) -> str:
    """Its number, as it is written in a sentence."""
    return number(neuron)
