"""What the Mistakes page concludes: how many digits are misread, and what confidence is worth."""

from functools import lru_cache

import numpy as np

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS, ONE_NETWORK, SEPARATE
from nnviz.networks.taught import alike
from nnviz.questions.judged import Judged, confusion
from nnviz.questions.reliability import Reliability
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.mistakes.trust import reliability_of
from nnviz.ui.pages.conclusion import RANDOM_START, Concluded, not_known
from nnviz.words import percent, sentences, tr, tr_n


def conclude(session: Session, state: State) -> Concluded:
    """Of the design on screen, and of the other kind of network: the outputs of separate ones need
    not speak on one scale. The views of the page have all designs judged."""
    if not state.seen.learned:
        return Concluded(RANDOM_START)
    own = session.judgements.known.get(state.design)
    if own is None:
        return Concluded(not_known(state))
    digits, shares = state.digits, state.mistakes.trust.shares
    other = ONE_NETWORK if state.design == SEPARATE else SEPARATE
    beside = session.judgements.known.get(other)
    work = state.representatives.get(other)
    compared = ""
    if (
        beside is not None
        and work is not None
        and alike(state.seen.taught(digits), work.taught(digits))
    ):
        compared = _of_other(other, _reliability(beside, digits, shares))
    return Concluded(
        sentences(
            _misread(state, own),
            _confidence(_reliability(own, digits, shares)),
            compared,
        )
    )


@lru_cache(maxsize=8)
def _reliability(judged: Judged, digits: ShownDigits, shares: bool) -> Reliability:
    return reliability_of(judged, digits.labels, shares)


# ---- in words ------------------------------------------------------------------------


def _misread(state: State, own: Judged) -> str:
    digits, name = state.digits, DESIGNS[state.design].label
    counts = confusion(own.answers, digits.labels, digits.classes)
    np.fill_diagonal(counts, 0)
    wrong = int(counts.sum())
    if not wrong:
        return tr(
            "{design} reads all {images} test digits right.", design=name, images=len(digits.labels)
        )
    label, answer = divmod(int(counts.argmax()), counts.shape[1])
    return tr_n(
        "{design} misreads {count} of {images} test digits, most often {label} as {answer} "
        "({most}).",
        "{design} misreads {count} of {images} test digits, most often {label} as {answer} "
        "({most}).",
        wrong,
        design=name,
        images=len(digits.labels),
        label=digits.class_names[label],
        answer=state.named(answer if answer < digits.classes else -1),
        most=int(counts.max()),
    )


def _confidence(found: Reliability) -> str:
    error = percent(found.error)
    if abs(found.excess) <= found.error / 2:
        return tr("Its confidence is off by {error}, to either side.", error=error)
    if found.excess > 0:
        return tr("Its confidence is off by {error}, mostly too high.", error=error)
    return tr("Its confidence is off by {error}, mostly too low.", error=error)


def _of_other(design: str, found: Reliability) -> str:
    return tr(
        "That of {design} is off by {error}.",
        design=DESIGNS[design].label,
        error=percent(found.error),
    )
