"""What the Train page concludes: how many test digits are read right, and what is misread most."""

import numpy as np

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import confusion
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.pages.conclusion import RANDOM_START, WHEN_PAUSED, Concluded, not_known
from nnviz.words import percent, tr

PRESENT = tr("Over all test digits: known of the present, not of this moment.")


def conclude(_session: Session, state: State) -> Concluded:
    """Of what the network on screen was found to answer when it was measured; asks nothing."""
    if not state.work.learned:
        return Concluded(RANDOM_START)
    if state.past is not None:
        return Concluded(PRESENT)
    if state.learns:
        return Concluded(WHEN_PAUSED)
    found, digits = state.work.measured, state.digits
    answers = found.answers if found is not None else None
    if found is None or answers is None or found.examples != state.work.position.examples:
        return Concluded(not_known(state))
    counts = confusion(answers, digits.labels, digits.classes)
    np.fill_diagonal(counts, 0)
    name, images, wrong = DESIGNS[state.design].label, len(digits.labels), int(counts.sum())
    if not wrong:
        return Concluded(
            tr("{design}: all {images} test digits are read right.", design=name, images=images)
        )
    label, answer = divmod(int(counts.argmax()), counts.shape[1])
    return Concluded(
        tr(
            "{design}: {right} of {images} test digits are read right ({share}); misread most "
            "often: {label} as {answer} ({most} of {wrong}).",
            design=name,
            right=images - wrong,
            images=images,
            share=percent(found.accuracy),
            label=digits.class_names[label],
            answer=state.named(answer if answer < digits.classes else -1),
            most=int(counts.max()),
            wrong=wrong,
        )
    )
