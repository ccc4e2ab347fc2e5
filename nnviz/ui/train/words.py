"""What the Train page says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nnviz.data.digits import Shape
from nnviz.questions.checks.trying import DIGITS, Try
from nnviz.ui.kit.sign_legend import SignWords
from nnviz.ui.pages.estimate_words import ESTIMATED
from nnviz.verdicts.code_words import CodeWord
from nnviz.words import number, sentences, tr, tr_later, tr_n

NETWORK = tr("Network: digit, hidden neurons, outputs")
LEGEND = tr("Legend")
SIGNS = SignWords(
    tr("pushes up"),
    tr("pushes down"),
    tr(
        "Orange with + and a solid line pushes up, blue with - and a dashed line pushes down; the "
        "bar beside an image is how strongly the neuron fires."
    ),
    tr("fires now"),
)
LINE_SIGNS = replace(SIGNS, bar="")
"""The same in one line."""
CURVES, LAST_VALUES = tr("Curves of accuracy and cost"), tr("Where the curves stand")
EPOCHS = tr("epochs")
QUANTITIES: Mapping[str, tuple[str, str, str]] = {
    "accuracy": (
        tr("accuracy %"),
        tr("Curve of accuracy %"),
        sentences(
            tr("The accuracy % over the epochs: test digits solid, training digits dashed."),
            ESTIMATED,
        ),
    ),
    "cost": (
        tr("cost"),
        tr("Curve of cost"),
        sentences(
            tr("The cost over the epochs: test digits solid, training digits dashed."), ESTIMATED
        ),
    ),
}
"""Label of the axis, name and tooltip of each plot."""
TRAINING, TEST = tr("training"), tr("test")
NO_CURVE = tr("No curve yet")
LAST = tr_later("{accuracy}, cost {cost}")
CURVE_SAID = tr_later("{title}: test {test}, training {training}")
FIRES = tr_later("neuron {neuron} fires {amount}")
PUSHES_UP = tr_later("pushes {output} up {amount}"), tr_later("{output} up {amount}")
PUSHES_DOWN = tr_later("pushes {output} down {amount}"), tr_later("{output} down {amount}")
"""What a neuron does to an output, and the same in short."""
NETWORK_WITH_RATIO = tr_later("{network} ({ratio})")
NAME_AND_VALUE = tr_later("{name} {value}")


def pixels_heading(shape: Shape) -> str:
    """Over the digit."""
    height, width, channels = shape
    if channels == 1:
        return tr("{height} × {width} pixels", height=height, width=width)
    return tr("{height} × {width} in colour", height=height, width=width)


def neurons_heading(shown: int, hidden: int, network: str) -> tuple[str, str]:
    """Over the weight images, in full and without what can be seen anyway."""
    fields = {"shown": number(shown), "network": network}
    if shown == hidden and network:
        short = tr_n(
            "{count} hidden neuron of {network}",
            "{count} hidden neurons of {network}",
            hidden,
            network=network,
        )
    elif shown == hidden:
        short = tr_n("{count} hidden neuron", "{count} hidden neurons", hidden)
    elif network:
        short = tr(
            "{shown} of {hidden} hidden neurons of {network} that contribute most",
            hidden=hidden,
            **fields,
        )
    else:
        short = tr(
            "{shown} of {hidden} hidden neurons that contribute most", hidden=hidden, **fields
        )
    long = tr_n("{neurons}: its weights", "{neurons}: their weights", hidden, neurons=short)
    return long, short


ANSWER = {
    None: tr_later("Of your drawing the network says {answer} with {share}."),
    True: tr_later("The label is {label}; the network says {answer} with {share}, which is right."),
    False: tr_later(
        "The label is {label}; the network says {answer} with {share}, which is wrong."
    ),
}
LEARNS = tr_later("The network drawn learns from ({ratio}).")
HIDDEN = tr("The answer is hidden.")

# ---- bits ----------------------------------------------------------------------------

UNKNOWN = "?"
"""In the place of a bit or an answer that is hidden."""
EQUALS = tr_later("= {number}")
NEAREST_WORD = tr_later("nearest {word} →")
WORD_TIP = tr(
    "The bits as one word, and the digit that it writes. A ring: that bit is wrong. A yellow "
    "frame: that is the answer."
)
BIT_MARKED = {True: tr_later("The {bit} is right."), False: tr_later("The {bit} is wrong.")}


def in_bits(bits: Sequence[bool]) -> str:
    """A word as it is written: 0 1 0 0."""
    return " ".join(str(int(bit)) for bit in bits)


def of_word(word: CodeWord, label: str) -> str:
    """Below a word: that it is the right one, or which one is."""
    if word.wanted is None:
        return ""
    if not word.wrong:
        return tr("all {count} bits right", count=len(word.bits))
    return tr("{label} is {word}", label=label, word=in_bits(word.wanted))


def word_read_out(word: CodeWord, names: Sequence[str]) -> str:
    """The word as a sentence."""
    if word.meaning >= 0:
        return tr(
            "The word is {word}, a {answer}.", word=in_bits(word.bits), answer=names[word.meaning]
        )
    near, answer = in_bits(word.nearest_bits), names[word.nearest]
    said = {"word": in_bits(word.bits), "near": near, "answer": answer}
    if word.number is None:
        return tr("The word is {word}, not a digit; nearest is {near}, a {answer}.", **said)
    return tr(
        "The word is {word}, which is {number}, not a digit; nearest is {near}, a {answer}.",
        number=word.number,
        **said,
    )


def network_asked(name: str, ratio: str) -> str:
    """Over the weight images of the network that knows one class from all others."""
    if not ratio:
        return tr("network for {name}: is it a {name}?", name=name)
    return tr("network for {name}: is it a {name}?  {ratio}", name=name, ratio=ratio)


# ---- checks --------------------------------------------------------------------------

CHECKS = tr("What goes wrong with learning")
SIGN = "!"
CHECK, TRY = tr("Check"), tr("Try")
"""Names of the buttons until they say what."""
CHECK_TIP = tr("Says what was measured, at the top of the window.")
MORE_TIP = tr("What else goes wrong, and what to try.")
TRY_TIP = tr("A new random start with this setting; Run learns from it, Undo brings this one back.")
TRY_DIGITS = tr("Opens these digits, or asks whether to fetch them.")


def try_tip(tried: Try) -> str:
    """What a button does that tries something, and why."""
    return sentences(tried.why, tried.what, TRY_DIGITS if tried.setting == DIGITS else TRY_TIP)


def and_more(count: int) -> str:
    """Beside the checks that are shown."""
    return tr_n("and {count} more", "and {count} more", count)
