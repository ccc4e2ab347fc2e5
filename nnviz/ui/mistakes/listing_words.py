"""What is said about the digits listed."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import ANY, CELLS, EVERY, SHOWN, AllSaid, Listing
from nnviz.session.judging import designs_compared
from nnviz.session.state import State
from nnviz.ui.mistakes.judged_seen import JudgedSeen

NO_WORD = "–"
"""Stands for *not a digit* below a picture."""


def short_names(names: Sequence[str]) -> Callable[[int], str]:
    """Answers in a word."""
    return lambda answer: names[answer] if answer >= 0 else NO_WORD


def missing_in_words(designs: Sequence[str]) -> str:
    """Which designs are still to be judged."""
    if not designs:
        return ""
    if len(designs) > 3:  # their number still grows while they are loaded
        return "still judging several designs"
    return f"still judging {', '.join(DESIGNS[design].label for design in designs)}"


def count_in_words(listing: Listing, said: AllSaid, listed: int) -> str:
    """How many are listed, of how many."""
    everyone = len(said.labels)
    misread = int(np.count_nonzero(said.misread(listing.whose)))
    share = f"{100 * misread / everyone:.1f} %"
    whole = f"{misread:,} of {everyone:,} test digits misread{_by(listing.whose)} ({share})"
    if listing.kind == "misread" and listed == misread:
        return whole
    return f"{whole}, {listed:,} listed"


def unlisted_in_words(number: int, listed: int) -> str:
    """Why the digit whose number was typed does not come."""
    return f"Digit {number} is not among the {listed:,} listed."


def saved_in_words(ticked: bool, count: int) -> str:
    """What is saved: `18 listed digits`."""
    return f"{count:,} {'ticked' if ticked else 'listed'} digit{'' if count == 1 else 's'}"


def judge_of(view: JudgedSeen) -> str:
    """Whose answers the matrix counts: one design's, whoever's mistakes are listed."""
    whose = view.mistakes.listing.whose
    return DESIGNS[whose if whose in view.designs else view.design].label


def facts_in_words(view: JudgedSeen, said: AllSaid, image: int) -> str:
    """What is known of one digit, in a line for each design."""
    file = view.digits.file_of(image)
    head = (
        f"digit {image}{f', {file}' if file else ''}: label {view.named(int(said.labels[image]))}"
    )
    lines = [
        f"{DESIGNS[design].label}: {view.named(int(each.answers[image]))}, "
        f"{100 * each.confidence[image]:.0f} %"
        for design, each in said.everyone.items()
    ]
    return "\n".join((head, *lines))


def place_in_words(digits: ShownDigits, image: int, listed: NDArray[np.intp] | None) -> str:
    """Which test digit is on screen (-1: none), and its place in the list."""
    if image < 0:
        return ""
    name = digits.file_of(image) or f"digit {image}"
    if listed is None or not len(listed):
        return name
    found = np.flatnonzero(listed == image)
    if not len(found):
        return f"{name}, not among the {len(listed):,} listed"
    return f"{name}, {int(found[0]) + 1:,} of {len(listed):,} listed"


def empty_in_words(view: JudgedSeen) -> str:
    """Why there is no digit to see."""
    listing = view.mistakes.listing
    sort = {"misread": "misread digit", "right": "digit read right", "all": "digit"}[listing.kind]
    of = f" of class {view.named(listing.label)}" if listing.label is not None else ""
    read = f" read as {view.named(listing.answer)}" if listing.answer is not None else ""
    # a digit that not every design misreads is read right by at least one
    turned = {ANY: EVERY, EVERY: ANY} if listing.kind == "right" else {}
    return f"No {sort}{of}{read}{_by(turned.get(listing.whose, listing.whose))}."


def _by(whose: str) -> str:
    if whose == SHOWN:
        return ""
    words = {ANY: "at least one design", EVERY: "every design"}
    return f" by {words.get(whose) or DESIGNS[whose].label}"


def _disagreement(state: State) -> str:
    wanted, (first, second) = state.mistakes.disagreement, designs_compared(state)
    if wanted.missed is not None:
        return f"missed by {wanted.missed} designs"
    ours, theirs = CELLS[wanted.cell]
    right = {True: "right", False: "wrong"}
    return f"{DESIGNS[first].label} {right[ours]}, {DESIGNS[second].label} {right[theirs]}"


def _trust(state: State) -> str:
    kept = "mistakes that stay" if state.mistakes.trust.listed == "kept" else "refused"
    return f"{kept} at a threshold of {100 * state.mistakes.trust.threshold:g} %"


LIST_WORDS: Mapping[str, Callable[[State], str]] = {
    "disagree": _disagreement,
    "unsure": _trust,
}
"""View -> what its list holds; that of the matrix says it by `count_in_words`."""
