"""What the Detectors page concludes: how many hidden neurons see strokes, with bits or without."""

import numpy as np

from nnviz.networks.designs import BITS, DESIGNS, ONE_NETWORK
from nnviz.networks.taught import alike
from nnviz.questions.detectors.measures import Detectors, MeasureNeurons
from nnviz.questions.detectors.shapes import MeasureShapes, Shapes
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.pages.conclusion import RANDOM_START, Concluded, answer_to, not_known
from nnviz.ui.pages.weight_images_needed import NO_WEIGHT_IMAGES
from nnviz.words import Value, percent, sentences, tr

MOST, SOME = 0.8, 0.3
"""Shares of neurons from which the heuristic is true, or half true; chance alone makes 1 of 11."""


def conclude(session: Session, state: State) -> Concluded:
    """Of the network as it is now, not of a moment of its film: nobody waits while scrubbing."""
    work = state.work
    if work.network.front is not None:
        return Concluded(NO_WEIGHT_IMAGES)
    if not work.learned:
        return Concluded(RANDOM_START)
    own = MeasureNeurons(work.asked(state.shown_reading, state.options))
    other = ONE_NETWORK if state.layout.has_bits else BITS
    base = state.representatives.get(other)
    if base is not None and base.network.front is not None:
        base = None
    found = answer_to(session, own)
    if base is None:
        said = not_known(state) if found is None else in_words(found)
        return Concluded(said, (own,), (other,))
    wanted = own, MeasureShapes(base.asked())
    shapes = answer_to(session, wanted[1])
    if found is None or shapes is None:
        return Concluded(WHEN_PAUSED if state.learns else not_known(state), wanted)
    return Concluded(
        sentences(in_words(found), _compared(state, work, base, shapes), _without_negative(work)),
        wanted,
    )


# ---- in words ------------------------------------------------------------------------

WHEN_PAUSED = tr("Over all hidden neurons: measured when learning pauses.")


def in_words(found: Detectors) -> str:
    """How far the heuristic that hidden neurons detect shapes is true."""
    like = found.stroke_like
    fields: dict[str, Value] = {
        "count": int(np.count_nonzero(like)),
        "all": like.size,
        "share": percent(like.mean(), 0),
    }
    if like.mean() >= MOST:
        return tr(
            "Stroke detectors? Here it is true: {count} of {all} neurons ({share}) fit a stroke "
            "better than chance.",
            **fields,
        )
    if like.mean() >= SOME:
        return tr(
            "Stroke detectors? Half true: {count} of {all} neurons ({share}) fit a stroke better "
            "than chance.",
            **fields,
        )
    return tr(
        "Stroke detectors? Not here: {count} of {all} neurons ({share}) fit a stroke better than "
        "chance.",
        **fields,
    )


def _compared(state: State, work: Work, base: Work, shapes: Shapes) -> str:
    name = DESIGNS[base.design].label
    if not base.learned or not alike(work.taught(state.digits), base.taught(state.digits)):
        return tr("{design} learned from other digits: not compared.", design=name)
    return tr(
        "With {design} {count} of {all} do ({share}).",
        design=name,
        count=shapes.stroke_like,
        all=shapes.neurons,
        share=percent(shapes.stroke_like / shapes.neurons, 0),
    )


def _without_negative(work: Work) -> str:
    if work.judged_by.nonnegative:
        return tr("Its weights are never negative.")
    return tr("Without negative weights arcs and bars appear.")
