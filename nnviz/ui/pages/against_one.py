"""How many answers a rule changes against one network of ten outputs, and how many for the better.

Only networks that learned from the same digits are told apart: see `taught.alike`.
"""

from dataclasses import dataclass

import numpy as np

from nnviz.networks.taught import alike
from nnviz.questions.comparison import SIGNIFICANT, Difference, mcnemar
from nnviz.questions.judged import Judge
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.pages.conclusion import RANDOM_START, Concluded, answer_to, not_known
from nnviz.verdicts.answers import Options
from nnviz.verdicts.readings import READINGS
from nnviz.words import Value, number, tr, tr_n

ONE = "ten-outputs"
"""The design that is one network without any scheme."""


@dataclass(frozen=True)
class Changed:
    """What becomes of the answers of one network."""

    answers: int
    """Digits that are answered otherwise, right or wrong."""
    difference: Difference


def conclude_by_rule(session: Session, state: State, rule: str, options: Options) -> Concluded:
    """What a rule makes of all answers of the network on screen, beside one network."""
    if not state.seen.learned:
        return Concluded(RANDOM_START)
    own = Judge(state.asked(rule, options))
    if state.design == ONE:
        usual = Judge(state.asked())
        return _said(session, state, rule, own, usual)
    base = state.representatives.get(ONE)
    if base is None:
        return Concluded(_NO_BASE, (own,), (ONE,))
    if not base.learned or not alike(state.seen.taught(state.digits), base.taught(state.digits)):
        return Concluded(UNLIKE, (own,))
    return _said(session, state, rule, own, Judge(base.asked()))


def _said(session: Session, state: State, rule: str, own: Judge, base: Judge) -> Concluded:
    first, second = (answer_to(session, each) for each in (own, base))
    wanted = (own, base)
    if first is None or second is None:
        return Concluded(not_known(state), wanted)
    labels = state.digits.labels
    if not len(first.answers) == len(second.answers) == len(labels):
        return Concluded(not_known(state), wanted)
    changed = int(np.count_nonzero(first.answers != second.answers))
    found = Changed(changed, mcnemar(first.answers, second.answers, labels))
    return Concluded(in_words(found, rule, state.design == ONE), wanted)


# ---- in words ------------------------------------------------------------------------

_NO_BASE = tr("No network of 10 outputs is there to compare it with: train one.")
UNLIKE = tr(
    "The network of 10 outputs learned from other digits than this one: no difference is told. "
    "Train both alike."
)


def chance(p: float) -> str:
    """A p in words."""
    return tr("p < 0.001") if p < 0.001 else tr("p {p}", p=number(p, 3 if p < 0.1 else 2))


def in_words(found: Changed, rule: str, by_itself: bool) -> str:
    """`by_itself`: it is that one network, read by another rule."""
    name, told = READINGS[rule].label.lower(), found.difference
    fields: dict[str, Value] = {"rule": name, "images": told.images, "p": chance(told.p)}
    if not found.answers and by_itself:
        return tr(
            "By {rule}, one network of 10 outputs changes none of its {images} answers: only "
            "outputs that ask for pairs or sets of their own could.",
            **fields,
        )
    if not found.answers:
        return tr(
            "By {rule}, none of {images} answers differs from those of one network of 10 outputs.",
            **fields,
        )
    fields |= {"fixed": told.fixed, "broken": told.broken}
    if told.p <= SIGNIFICANT:
        return tr_n(
            "By {rule}, {count} of {images} answers differs from those of one network of 10 "
            "outputs: {fixed} become right, {broken} wrong, more than by chance ({p}).",
            "By {rule}, {count} of {images} answers differ from those of one network of 10 "
            "outputs: {fixed} become right, {broken} wrong, more than by chance ({p}).",
            found.answers,
            **fields,
        )
    return tr_n(
        "By {rule}, {count} of {images} answers differs from those of one network of 10 outputs: "
        "{fixed} become right, {broken} wrong, no more than by chance ({p}).",
        "By {rule}, {count} of {images} answers differ from those of one network of 10 outputs: "
        "{fixed} become right, {broken} wrong, no more than by chance ({p}).",
        found.answers,
        **fields,
    )
