"""The keys of what lists, drawings and studies show."""

from collections.abc import Collection
from dataclasses import replace

from nnviz.data.arrays import Bytes
from nnviz.data.drawing import SIDE
from nnviz.data.normalising import SIDE as SEEN
from nnviz.data.row_cuts import RowTooLong, row_of
from nnviz.data.row_making import GAPS
from nnviz.data.specimens import KINDS as SPECIMEN_KINDS
from nnviz.lectures.codecs import (
    BIN,
    FLAG,
    GUESS,
    INK,
    MATRIX_CELLS,
    NUMBER_SET,
    NUMBERS,
    REAL,
    WHOLE,
    Codec,
    one_of,
)
from nnviz.lectures.compared import entrant, entrants
from nnviz.lectures.key import MOST, Key, last_class, last_image
from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import ANY, CELLS, EVERY
from nnviz.questions.listing import KINDS as LISTED
from nnviz.questions.listing import ORDERS as DIGIT_ORDERS
from nnviz.questions.morphs import BLENDS
from nnviz.questions.morphs import STEPS as MORPH_STEPS
from nnviz.questions.readers import NAIVE
from nnviz.questions.rows import SCORES
from nnviz.questions.saying_yes import SAYING
from nnviz.questions.strangeness import MEASURES
from nnviz.session.judging import LISTS
from nnviz.session.slices import FIGURES, ROW_READER
from nnviz.words import tr

MOST_COMPARED = 99
"""Networks at once, more than anybody can look at."""


def _entrant_or(others: Collection[str], empty: bool = False) -> Codec:
    """An entrant, or one of some other words."""
    usual = one_of(lambda: (*others, *DESIGNS), empty=empty)
    an_entrant = entrant(empty=empty)

    def read(text: str) -> str:
        found: str = (usual if text in others else an_entrant).read(text)
        return found

    return replace(usual, read=read)


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


_entrant = entrant(empty=True)


OF_MISTAKES = (
    Key(
        "guessed",
        tr("Your guess: the number of a digit, and the class guessed."),
        GUESS,
        "mistakes.guess",
        last_image,
        -1,
    ),
    Key(
        "upper",
        tr("Bits apart: the design above."),
        _entrant,
        "mistakes.apart.upper",
        entrants=True,
    ),
    Key(
        "lower",
        tr("Bits apart: the design below."),
        _entrant,
        "mistakes.apart.lower",
        entrants=True,
    ),
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
        last_class,
    ),
    Key(
        "said",
        tr("Mistakes: only digits read as this class are listed; -1 for not a digit."),
        WHOLE,
        "mistakes.listing.answer",
        last_class,
        -1,
    ),
    Key(
        "cells",
        tr("Mistakes: only digits in these cells of the matrix, such as 4:9 for 4 read as 9."),
        MATRIX_CELLS,
        "mistakes.listing.cells",
        last_class,
        -1,
    ),
    Key(
        "whose",
        tr("Mistakes: of which design, of any, or of every one."),
        _entrant_or((ANY, EVERY), empty=True),
        "mistakes.listing.whose",
        entrants=True,
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
        last_image,
    ),
    Key(
        "first",
        tr("Designs disagree: the one design."),
        _entrant,
        "mistakes.disagreement.first",
        entrants=True,
    ),
    Key(
        "second",
        tr("Designs disagree: the other one."),
        _entrant,
        "mistakes.disagreement.second",
        entrants=True,
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
        lambda _: MOST_COMPARED,
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
        entrants(),
        "mistakes.trust.others",
        entrants=True,
    ),
    Key(
        "bin",
        tr("Confidence: lists the digits of a bin of a curve, as 13:13:-1: for the last but one."),
        BIN,
        "mistakes.trust.bin",
        entrants=True,
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
    Key(
        "as-ink",
        tr("Your digit: the ink of an opened picture instead of the picture."),
        FLAG,
        "pad.as_ink",
    ),
    Key(
        "writers",
        tr("Your digit: how the digits of each class were written, instead of the answers."),
        FLAG,
        "pad.writers",
    ),
    Key("from", tr("Morph: number of the first digit."), WHOLE, "morph.first", last_image),
    Key("to", tr("Morph: number of the second digit."), WHOLE, "morph.second", last_image),
    Key("blend", tr("Morph: how one becomes the other."), one_of(lambda: BLENDS), "morph.blend"),
    Key(
        "percent",
        tr("Morph: how far along the way, in percent."),
        WHOLE,
        "morph.step",
        lambda _: MORPH_STEPS - 1,
    ),
    Key(
        "many-of",
        tr("Morph: the reader whose many pairs are compared."),
        _entrant,
        "morph.compared",
        entrants=True,
    ),
    Key(
        "fooled",
        tr("Not a digit: lists what fooled this reader."),
        _entrant_or(NAIVE),
        "strange.reader",
        entrants=True,
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
        last_class,
    ),
    Key(
        "cuts",
        tr("Rows: columns at which it is cut by hand."),
        NUMBERS,
        "row.cuts",
        lambda _: MOST,
    ),
    Key(
        "left-out",
        tr("Rows: numbers of the signs that are left out by hand."),
        NUMBER_SET,
        "row.left_out",
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
        _entrant_or((ROW_READER,)),
        "row.network",
        entrants=True,
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
