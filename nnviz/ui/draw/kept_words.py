"""The sentences about drawings that were kept."""

from collections.abc import Sequence

from nnviz.data.kept_drawings import KeptDrawing
from nnviz.words import percent, sentences, tr, tr_n

KEPT = tr("Kept drawings"), tr("What have you drawn before, and how is it read?")
TABLE = tr("Kept drawings")
TABLE_TIP = tr(
    "Each drawing, what it is said to be, and what the design on screen says of it. Click one, or "
    "press Return on it, to choose it for the buttons above."
)
HEADINGS = (
    tr("what it is"),
    tr("read as"),
    tr("sure"),
    tr("networks that agree"),
    tr("at the threshold"),
)
KEEP = tr("Keep drawing"), tr("Keep what is on the pad, also after nnviz is closed (Ctrl+K).")
WHAT = tr("What is it?"), tr("The digit that this drawing is meant to be.")
NOT_SAID = tr("not said")
ONTO_PAD = tr("Onto the pad"), tr("Put this drawing onto the pad; Undo brings the other one back.")
MORPH_FROM = tr("Morph from it"), tr("A morph begins with this drawing.")
MORPH_TO = tr("Morph to it"), tr("A morph ends with this drawing.")
NO_DIGIT = (
    tr("As not a digit"),
    tr("Put it onto the pad and see it beside letters and scribbles, under Not a digit."),
)
TAKE_AWAY = tr("Take away"), tr("Take this drawing off the shelf; Undo brings it back.")
EMPTY = tr("No drawing is kept yet. Draw a digit on the pad, then press Keep drawing (Ctrl+K).")
NO_GREY = tr("Drawings are asked about where the digits in use are grey.")
ASK = tr("What is this drawing?")
ASK_TITLE = tr("A drawing as the end of a morph")
NO_DRAWING = tr("test digit")
END_NAMES = (
    tr("Drawing at the first end"),
    tr("Drawing at the second end"),
)
END_TIP = tr("One of your kept drawings in the place of the test digit; it is asked what it is.")
ANSWERED, REFUSED = tr("answered"), tr("I don't know")
HIDDEN = tr("What do you think?")


def kept_end(name: str) -> str:
    """A kept drawing at an end of a morph."""
    return tr("your drawing of {name}", name=name)


def offered(kept: Sequence[KeptDrawing], names: Sequence[str]) -> list[tuple[str, str]]:
    """Kept drawings in a box: words and the name of each; names of the classes (classes,)."""
    found = []
    for number, each in enumerate(kept, 1):
        label = each.label(names)
        if label is None:
            told = tr("drawing {number}", number=number)
        else:
            told = tr("drawing {number}: {name}", number=number, name=names[label])
        found.append((told, each.name))
    return found


def headline(right: int, labelled: int, unlabelled: int, design: str) -> str:
    """How many drawings a design reads right."""
    known = tr_n(
        "{design} reads {right} of {count} drawing right.",
        "{design} reads {right} of {count} drawings right.",
        labelled,
        design=design,
        right=right,
    )
    unsaid = tr_n(
        "{count} drawing is not named yet.",
        "{count} drawings are not named yet.",
        unlabelled,
    )
    return sentences(known if labelled else "", unsaid if unlabelled else "")


def threshold_told(threshold: str) -> str:
    """Which threshold drawings are held against."""
    return tr("“I don't know” refuses below {threshold}.", threshold=threshold)


def row_told(number: int, label: str, answer: str, sure: float) -> str:
    """A drawing as it is read out."""
    if not label:
        return tr(
            "Drawing {number}: read as {answer}, {share} sure.",
            number=number,
            answer=answer,
            share=percent(sure, 0),
        )
    return tr(
        "Drawing {number}, {label}: read as {answer}, {share} sure.",
        number=number,
        label=label,
        answer=answer,
        share=percent(sure, 0),
    )
