"""The keys of the line: what each says, where it stands in the state, and what it can be.

A new key is one entry here or in `keys_of_lists`; the options of `nnviz picture` are made from the
same entries.
"""

from collections.abc import Mapping

from nnviz.data.digits import MOST_CLASSES
from nnviz.lectures.codecs import (
    CODE_WORDS,
    FLAG,
    REAL,
    STEPS,
    TWO,
    TWO_CLASSES,
    WHOLE,
    one_of,
    pair_of,
    several_of,
)
from nnviz.lectures.compared import entrant
from nnviz.lectures.key import MOST, Key, last_class, last_image
from nnviz.lectures.keys_of_lists import OF_DRAWING, OF_MISTAKES, OF_STUDIES
from nnviz.networks.book_zero import MOST_SHIFT
from nnviz.networks.designs import DESIGNS, ONE_NETWORK
from nnviz.networks.neuron_order import ORDERS as NEURON_ORDERS
from nnviz.questions.votes import RULES
from nnviz.session.state import State
from nnviz.verdicts.branches import KINDS as WALKS
from nnviz.verdicts.readings import READINGS
from nnviz.words import tr


def _last_neuron(state: State) -> int:
    return state.work.network.hidden - 1


COMPARED = (*RULES, ONE_NETWORK)
_design = one_of(lambda: DESIGNS, empty=True)

OF_THE_DIGIT = (
    Key(
        "reading",
        tr("The reading of the design."),
        one_of(lambda: READINGS),
        "reading",
    ),
    Key(
        "drop",
        tr("Elimination: so many classes leave per step."),
        WHOLE,
        "options.drop",
        lambda _: MOST_CLASSES - 1,
        1,
    ),
    Key(
        "below",
        tr("Elimination: all classes less likely than this leave."),
        REAL,
        "options.below",
        lambda _: 1,
    ),
    Key(
        "image",
        tr("Number of the test digit; 0 is the first."),
        WHOLE,
        "image",
        last_image,
    ),
    Key(
        "label",
        tr("Only digits of this class are picked: its number."),
        WHOLE,
        "label",
        last_class,
    ),
    Key(
        "output",
        tr("Show the evidence for this output; 0 is the first."),
        WHOLE,
        "output",
        lambda state: len(state.work.network.output_biases) - 1,
    ),
    Key(
        "neuron",
        tr("Select this hidden neuron; 0 is the first."),
        WHOLE,
        "neuron",
        _last_neuron,
    ),
    Key(
        "member",
        tr("Which of several networks side by side is shown; 0 is the first."),
        WHOLE,
        "member",
        lambda state: state.work.network.networks - 1,
    ),
    Key(
        "pair",
        tr("Select these two classes, e.g. 4,9."),
        TWO_CLASSES,
        "pair",
        last_class,
    ),
    Key("step", tr("Show the verdict up to this step."), WHOLE, "step", lambda _: MOST),
    Key("dense", tr("All weight images, without the lines."), FLAG, "dense"),
    Key(
        "own-scales",
        tr("Each weight image has a colour scale of its own."),
        FLAG,
        "own_scales",
    ),
    Key(
        "baseline",
        tr("The design that the others are compared with."),
        entrant(),
        "baseline",
        entrants=True,
    ),
    Key(
        "alone",
        tr("Only designs of which several networks are compared, and that on screen."),
        FLAG,
        "besides.alone",
    ),
    Key(
        "own-kind",
        tr("Votes, Elimination: the page shows a trained network of its own kind."),
        FLAG,
        "own_kind",
    ),
    Key(
        "hide",
        tr("Hide what networks say: the room is asked first."),
        FLAG,
        "answer_hidden",
    ),
)

OF_ELIMINATION = (
    Key(
        "walk",
        tr("Elimination: which walk, however the digit is read."),
        one_of(lambda: WALKS),
        "elimination.kind",
    ),
    Key(
        "detours",
        tr("Elimination: steps at which another class leaves."),
        STEPS,
        "elimination.branch",
        last_class,
    ),
    Key(
        "departure",
        tr("Elimination: lists the digits of this class that leave at this step."),
        TWO,
        "elimination.departure",
        last_class,
    ),
)

OF_VOTES = (
    Key(
        "compared",
        tr("Rule against rule: two rules, or one-network."),
        pair_of(lambda: COMPARED),
        "votes.compared",
    ),
)

OF_DETECTORS = (
    Key(
        "summed",
        tr("Weighted sum: of the neuron or of the output."),
        one_of(lambda: ("neuron", "output")),
        "detectors.summed",
    ),
    Key(
        "beside",
        tr("Side by side: the design whose network stands beside."),
        _design,
        "detectors.beside",
    ),
    Key(
        "at-mean",
        tr("Without a neuron: held at its mean instead."),
        FLAG,
        "detectors.at_mean",
    ),
    Key(
        "order",
        tr("Detectors: how the neurons are sorted."),
        one_of(lambda: NEURON_ORDERS),
        "detectors.order",
    ),
    Key(
        "all-members",
        tr("Detectors: the neurons of all networks side by side."),
        FLAG,
        "detectors.all_members",
    ),
    Key(
        "threshold",
        tr("The book's zero: how much of an arc must be inked."),
        REAL,
        "detectors.zero.threshold",
        lambda _: 1,
    ),
    Key(
        "against",
        tr("The book's zero: ink in the hole and the corners counts against."),
        FLAG,
        "detectors.zero.against",
    ),
    Key(
        "right",
        tr("The book's zero: moved so many pixels to the right."),
        WHOLE,
        "detectors.zero.right",
        lambda _: MOST_SHIFT,
        -MOST_SHIFT,
    ),
    Key(
        "down",
        tr("The book's zero: moved so many pixels down."),
        WHOLE,
        "detectors.zero.down",
        lambda _: MOST_SHIFT,
        -MOST_SHIFT,
    ),
)

OF_DESIGNS = (
    Key("words", tr("Codes: the code words on the table."), CODE_WORDS, "codes.words"),
    Key(
        "rows",
        tr("All designs: those that the table shows."),
        several_of(lambda: DESIGNS),
        "designs.rows",
    ),
    Key("results", tr("Codes: what they reach, beside the code."), FLAG, "designs.results"),
    Key(
        "exercise",
        tr("Bit layer: begins empty, and fills step by step."),
        FLAG,
        "designs.exercise",
    ),
    Key(
        "confused",
        tr("Size and accuracy: which pairs are mixed up instead."),
        FLAG,
        "designs.confused",
    ),
)

KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        *OF_THE_DIGIT,
        *OF_ELIMINATION,
        *OF_VOTES,
        *OF_DETECTORS,
        *OF_DESIGNS,
        *OF_MISTAKES,
        *OF_DRAWING,
        *OF_STUDIES,
    )
}
"""Name -> key, in the order of the line."""
