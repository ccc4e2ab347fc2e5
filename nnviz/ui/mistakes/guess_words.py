"""The sentences of the Mistakes page about a guess: a digit alone, and what it could be."""

from collections.abc import Sequence

from nnviz.words import listed, sentences, tr, tr_n

GUESS = tr("Guess"), tr("What is this digit? Guess before the networks tell.")
PICTURE = tr("The digit, and what it could be")
PICTURE_TIP = tr(
    "Click what you think it is; then it says what the label is and what the designs say. "
    "PageDown shows the next digit."
)
WHAT = tr("What is this?")
HIDDEN = tr("Hidden until the answer is shown (A).")
QUESTION_MARK = tr("?")
"""In the place of a number that is hidden."""


def hands_in_words(hands: int) -> str:
    """How many hands a choice got."""
    return tr_n("{count} hand", "{count} hands", hands)


def said_by(designs: int, of: int) -> str:
    """How many designs say so."""
    return tr("{count} of {designs} designs", count=designs, designs=of)


def label_told(label: str | None) -> str:
    """What the digit is; None: a drawing."""
    if label is None:
        return tr("Your drawing: only you know.")
    return tr("The label is {label}.", label=label)


def designs_told(counts: Sequence[tuple[str, int]]) -> str:
    """What the designs say: answers with the number of designs that give each."""
    told = [
        tr_n("{count} design says {answer}", "{count} designs say {answer}", count, answer=answer)
        for answer, count in counts
    ]
    return tr("{told}.", told=listed(told)) if told else ""


def guessed(name: str, right: bool | None) -> str:
    """What was guessed, as it is read out."""
    if right is None:
        return tr("You guessed {name}.", name=name)
    if right:
        return tr("You guessed {name}, which is right.", name=name)
    return tr("You guessed {name}, which is wrong.", name=name)


def choice_told(name: str, *facts: str) -> str:
    """One choice, as it is read out."""
    return sentences(tr("{name}.", name=name), *facts)
