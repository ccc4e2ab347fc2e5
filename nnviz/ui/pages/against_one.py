"""How many answers a rule changes against one network of ten outputs, and how many for the better.

Only networks that learned from the same digits are told apart: see `comparison.difference`.
"""

from dataclasses import dataclass

import numpy as np

from nnviz.networks.designs import DESIGNS, ONE_NETWORK
from nnviz.networks.taught import alike
from nnviz.questions.comparison import SIGNIFICANT, Difference, Said, difference
from nnviz.questions.judged import Judge
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.pages.agreement import p_in_short
from nnviz.ui.pages.conclusion import RANDOM_START, WHEN_PAUSED, Concluded, answer_to, not_known
from nnviz.verdicts.answers import Options
from nnviz.words import tr, tr_n


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
    if state.design == ONE_NETWORK and state.running:  # both answers must be of one moment
        return Concluded(WHEN_PAUSED)
    if state.design == ONE_NETWORK:
        usual = Judge(state.asked())
        return _said(session, state, own, usual, state.seen)
    base = state.representatives.get(ONE_NETWORK)
    if base is None:
        return Concluded(NO_BASE, (own,), (ONE_NETWORK,))
    if not base.learned or not alike(state.seen.taught(state.digits), base.taught(state.digits)):
        return Concluded(UNLIKE, (own,))
    return _said(session, state, own, Judge(base.asked()), base)


def _said(session: Session, state: State, own: Judge, base: Judge, work: Work) -> Concluded:
    """`base`: what is asked of `work`."""
    first, second = (answer_to(session, each) for each in (own, base))
    wanted = (own, base)
    if first is None or second is None:
        return Concluded(not_known(state), wanted)
    digits, seen = state.digits, state.seen
    apart = difference(
        Said(first.answers, seen.taught(digits), seen.network),
        Said(second.answers, work.taught(digits), work.network),
        digits.labels,
    )
    if apart is None:
        return Concluded(not_known(state), wanted)
    changed = int(np.count_nonzero(first.answers != second.answers))
    found = Changed(changed, apart)
    return Concluded(in_words(found, state.design == ONE_NETWORK), wanted)


# ---- in words ------------------------------------------------------------------------

NAME = DESIGNS[ONE_NETWORK].label
NO_BASE = tr("No network of {design} is there to compare it with: train one.", design=NAME)
UNLIKE = tr("{design} learned from other digits than this: no difference is told.", design=NAME)


def in_words(found: Changed, by_itself: bool) -> str:
    """In one line; `by_itself`: it is that one network, read by another rule."""
    told = found.difference
    if not found.answers and by_itself:
        return tr(
            "By one network's own scores no rule changes any of {images} answers.",
            images=told.images,
        )
    if not found.answers:
        return tr("None of {images} answers differs from one network's.", images=told.images)
    fields = {"fixed": told.fixed, "broken": told.broken, "images": told.images}
    if told.p < SIGNIFICANT:
        return tr_n(
            "{count} of {images} answers differs from one network's: {fixed} become right, "
            "{broken} wrong, more than by chance ({p}).",
            "{count} of {images} answers differ from one network's: {fixed} become right, "
            "{broken} wrong, more than by chance ({p}).",
            found.answers,
            p=p_in_short(told.p),
            **fields,
        )
    return tr_n(
        "{count} of {images} answers differs from one network's: {fixed} become right, {broken} "
        "wrong, as by chance ({p}).",
        "{count} of {images} answers differ from one network's: {fixed} become right, {broken} "
        "wrong, as by chance ({p}).",
        found.answers,
        p=p_in_short(told.p),
        **fields,
    )
