"""The keys of the line: what each says, where it stands in the state, and what it can be.

A new key is one entry here; the options of `nnviz picture` are made from the same entries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from nnviz.data.arrays import Bytes
from nnviz.data.digits import MOST_CLASSES
from nnviz.data.drawing import SIDE
from nnviz.data.normalising import SIDE as SEEN
from nnviz.data.row_cuts import RowTooLong, row_of
from nnviz.data.row_making import GAPS
from nnviz.data.specimens import KINDS as SPECIMEN_KINDS
from nnviz.lectures.codecs import (
    FLAG,
    INK,
    NUMBER_SET,
    NUMBERS,
    REAL,
    STEPS,
    TWO,
    TWO_CLASSES,
    WHOLE,
    WORDS,
    Codec,
    one_of,
    several_of,
)
from nnviz.networks.book_zero import MOST_SHIFT
from nnviz.networks.designs import DESIGNS, ONE_NETWORK
from nnviz.networks.neuron_order import ORDERS as NEURON_ORDERS
from nnviz.questions.listing import ANY, CELLS, EVERY
from nnviz.questions.listing import KINDS as LISTED
from nnviz.questions.listing import ORDERS as DIGIT_ORDERS
from nnviz.questions.morphs import BLENDS
from nnviz.questions.morphs import STEPS as MORPH_STEPS
from nnviz.questions.rows import SCORES
from nnviz.questions.saying_yes import SAYING
from nnviz.questions.strangeness import MEASURES
from nnviz.questions.votes import RULES
from nnviz.session.judging import LISTS
from nnviz.session.slices import FIGURES, ROW_READER
from nnviz.session.state import State
from nnviz.verdicts.answers import Options
from nnviz.verdicts.branches import KINDS as WALKS
from nnviz.verdicts.readings import READINGS
from nnviz.words import tr

MOST = 10**6
"""What no number of a row, a way or a seed exceeds."""


@dataclass(frozen=True)
class Key:
    """One word of the line."""

    name: str
    help: str
    codec: Codec
    path: str
    """Where its value stands in the state: a field, or a field of a field."""
    most: Callable[[State], int] | None = None
    """The largest number that it can be, and each of several."""
    least: int | float = 0

    def of(self, state: State) -> Any:
        """Its value in a state."""
        return reduce(getattr, self.path.split("."), state)

    def text(self, state: State) -> str | None:
        """The same as it stands in a line; None where it has none."""
        value = self.of(state)
        return None if value is None else self.codec.write(value)


def put(state_or_slice: Any, path: str, value: Any) -> Any:
    """A frozen value with another value at a path."""
    first, _, rest = path.partition(".")
    inner = put(getattr(state_or_slice, first), rest, value) if rest else value
    return replace(state_or_slice, **{first: inner})


def _last_image(state: State) -> int:
    return len(state.digits.labels) - 1


def _last_class(state: State) -> int:
    return state.digits.classes - 1


def _last_neuron(state: State) -> int:
    return state.work.network.hidden - 1


def _whose() -> tuple[str, ...]:
    return (ANY, EVERY, *DESIGNS)


def _pad_ink(text: str) -> Bytes:
    ink = INK.read(text)
    if ink.shape not in ((SIDE, SIDE), (SEEN, SEEN)):
        raise ValueError(ink.shape)
    return ink  # type: ignore[no-any-return]


def _row_ink(text: str) -> Bytes:
    ink = INK.read(text)
    try:
        row_of(ink)
    except RowTooLong as error:
        raise ValueError(ink.shape) from error
    return ink  # type: ignore[no-any-return]


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
        _last_image,
    ),
    Key(
        "label",
        tr("Only digits of this class are picked: its number."),
        WHOLE,
        "label",
        _last_class,
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
        _last_class,
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
        one_of(lambda: DESIGNS),
        "baseline",
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
        _last_class,
    ),
    Key(
        "departure",
        tr("Elimination: lists the digits of this class that leave at this step."),
        TWO,
        "elimination.departure",
        _last_class,
    ),
)

OF_VOTES = (
    Key(
        "compared",
        tr("Rule against rule: two rules, or one-network."),
        several_of(lambda: COMPARED),
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
    Key("words", tr("Codes: the code words on the table."), WORDS, "codes.words"),
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

OF_MISTAKES = (
    Key(
        "guessed",
        tr("Your guess: the number of a digit, and the class guessed."),
        TWO,
        "mistakes.guess",
        _last_image,
        -1,
    ),
    Key("upper", tr("Bits apart: the design above."), _design, "mistakes.apart.upper"),
    Key("lower", tr("Bits apart: the design below."), _design, "mistakes.apart.lower"),
    Key(
        "row",
        tr("Bits apart: lists mistakes of the upper (0) or the lower one (1)."),
        WHOLE,
        "mistakes.apart.row",
        lambda _: 1,
    ),
    Key(
        "apart",
        tr("Bits apart: lists mistakes so many bits apart."),
        WHOLE,
        "mistakes.apart.apart",
        lambda _: 4,
        1,
    ),
    Key(
        "by-yes",
        tr("“I don't know”: by how many outputs say yes."),
        one_of(lambda: SAYING, empty=True),
        "mistakes.trust.by_yes",
    ),
    Key(
        "listed",
        tr("Mistakes: which digits are listed."),
        one_of(lambda: LISTED),
        "mistakes.listing.kind",
    ),
    Key(
        "truth",
        tr("Mistakes: only digits of this class are listed."),
        WHOLE,
        "mistakes.listing.label",
        _last_class,
    ),
    Key(
        "said",
        tr("Mistakes: only digits read as this class are listed; -1 for not a digit."),
        WHOLE,
        "mistakes.listing.answer",
        _last_class,
        -1,
    ),
    Key(
        "whose",
        tr("Mistakes: of which design, of any, or of every one."),
        one_of(_whose, empty=True),
        "mistakes.listing.whose",
    ),
    Key(
        "sort",
        tr("Mistakes: how the digits are sorted."),
        one_of(lambda: DIGIT_ORDERS),
        "mistakes.listing.order",
    ),
    Key(
        "backwards",
        tr("Mistakes: the last one first."),
        FLAG,
        "mistakes.listing.backwards",
    ),
    Key(
        "list",
        tr("Mistakes: which of the lists was looked at last."),
        one_of(lambda: LISTS),
        "mistakes.list_shown",
    ),
    Key(
        "rates",
        tr("Mistakes: the confusion matrix in percent of each row."),
        FLAG,
        "mistakes.rates",
    ),
    Key(
        "ticked",
        tr("Mistakes: numbers of the digits that are ticked."),
        NUMBER_SET,
        "mistakes.ticked",
        _last_image,
    ),
    Key(
        "first",
        tr("Designs disagree: the one design."),
        _design,
        "mistakes.disagreement.first",
    ),
    Key(
        "second",
        tr("Designs disagree: the other one."),
        _design,
        "mistakes.disagreement.second",
    ),
    Key(
        "cell",
        tr("Designs disagree: which digits are listed."),
        one_of(lambda: CELLS),
        "mistakes.disagreement.cell",
    ),
    Key(
        "missed",
        tr("Designs disagree: the digits that so many designs miss."),
        WHOLE,
        "mistakes.disagreement.missed",
        lambda _: len(DESIGNS),
    ),
    Key(
        "shares",
        tr("Confidence: as shares that add up to 1."),
        FLAG,
        "mistakes.trust.shares",
    ),
    Key(
        "each-output",
        tr("Confidence: of every output by itself."),
        FLAG,
        "mistakes.trust.each_output",
    ),
    Key(
        "curves",
        tr("Confidence: designs whose curves are shown besides."),
        several_of(lambda: DESIGNS),
        "mistakes.trust.others",
    ),
    Key(
        "by-shares",
        tr("“I don't know”: refuses by shares that add up to 1."),
        FLAG,
        "mistakes.trust.by_shares",
    ),
    Key(
        "unsure-below",
        tr("“I don't know”: below this confidence."),
        REAL,
        "mistakes.trust.threshold",
        lambda _: 1,
    ),
    Key(
        "unsure-listed",
        tr("“I don't know”: which digits are listed."),
        one_of(lambda: ("kept", "refused")),
        "mistakes.trust.listed",
    ),
    Key(
        "zoomed",
        tr("“I don't know”: the curve from 80 % of the digits on."),
        FLAG,
        "mistakes.trust.zoomed",
    ),
)

OF_DRAWING = (
    Key("ink", tr("The drawing on the pad."), replace(INK, read=_pad_ink), "pad.drawing.ink"),
    Key("drawn", tr("Look at the drawing instead of a test digit."), FLAG, "pad.shown"),
    Key(
        "normalising",
        tr("Bring a drawing into the form of MNIST's digits first."),
        FLAG,
        "pad.normalising",
    ),
    Key("from", tr("Morph: number of the first digit."), WHOLE, "morph.first", _last_image),
    Key("to", tr("Morph: number of the second digit."), WHOLE, "morph.second", _last_image),
    Key("blend", tr("Morph: how one becomes the other."), one_of(lambda: BLENDS), "morph.blend"),
    Key(
        "percent",
        tr("Morph: how far along the way, in percent."),
        WHOLE,
        "morph.step",
        lambda _: MORPH_STEPS - 1,
    ),
    Key("many", tr("Morph: many pairs instead of this one."), FLAG, "morph.many"),
    Key(
        "specimen",
        tr("Not a digit: the kind of image."),
        one_of(lambda: SPECIMEN_KINDS),
        "strange.kind",
    ),
    Key(
        "number",
        tr("Not a digit: which one of the kind; 0 is the first."),
        WHOLE,
        "strange.number",
        lambda state: SPECIMEN_KINDS[state.strange.kind].count - 1,
    ),
    Key(
        "ask-drawing",
        tr("Not a digit: the drawing instead of one of the kind."),
        FLAG,
        "strange.drawn",
    ),
    Key(
        "chance",
        tr("Not a digit: the seed that they are made from."),
        WHOLE,
        "strange.seed",
        lambda _: MOST,
    ),
    Key(
        "measure",
        tr("Not a digit: what the table shows."),
        one_of(lambda: MEASURES),
        "strange.measure",
    ),
    Key(
        "row-ink",
        tr("The row of digits."),
        replace(INK, read=_row_ink),
        "row.written.ink",
    ),
    Key(
        "row-labels",
        tr("Rows: the classes that the row says."),
        NUMBERS,
        "row.written.labels",
        _last_class,
    ),
    Key(
        "cuts",
        tr("Rows: columns at which it is cut by hand."),
        NUMBERS,
        "row.cuts",
        lambda _: MOST,
    ),
    Key("piece", tr("Rows: which piece is looked at."), WHOLE, "row.piece", lambda _: MOST),
    Key("writing", tr("Rows: the sheet to write on is there."), FLAG, "row.writing"),
    Key("way", tr("Rows: which of the best ways to cut it."), WHOLE, "row.way", lambda _: MOST),
    Key(
        "score",
        tr("Rows: by which score the best way is found."),
        one_of(lambda: SCORES),
        "row.score",
    ),
    Key(
        "row-network",
        tr("Rows: what reads it."),
        one_of(lambda: (ROW_READER, *DESIGNS)),
        "row.network",
    ),
    Key("gaps", tr("Rows: how far apart digits are."), one_of(lambda: GAPS), "row.gaps"),
    Key(
        "length",
        tr("Rows: digits of a new row."),
        WHOLE,
        "row.length",
        lambda _: 12,
        1,
    ),
)

OF_STUDIES = (
    Key(
        "figure",
        tr("Study: which figure a room sees."),
        one_of(lambda: FIGURES, empty=True),
        "studies.figure",
    ),
    Key(
        "schemes",
        tr("Study: the numbers of the schemes that a room sees; 1 is the first."),
        NUMBERS,
        "studies.shown",
        lambda _: MOST,
        1,
    ),
    Key(
        "condition",
        tr("Study: the word of the condition whose trials are listed."),
        Codec(str, str, "WORD", lambda: tr("a word")),
        "studies.condition",
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

USUAL_OPTIONS = Options()
