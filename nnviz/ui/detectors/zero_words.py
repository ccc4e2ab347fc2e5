"""What is said of the book's zero, and which zeros it is shown on."""

import numpy as np

from nnviz.networks.book_zero import Counted, judged, mean_zero, moved, zero_detector
from nnviz.questions.accuracy import measured
from nnviz.ui.detectors.neurons_shown import NeuronsSeen
from nnviz.ui.kit.weight_images import Floats


def a_zero(view: NeuronsSeen, zero: int) -> int:
    """The digit on screen if it is a zero, else the next one after it."""
    labels = view.digits.labels
    zeros = np.flatnonzero(labels == zero)
    if not len(zeros):
        return view.image
    return int(zeros[np.searchsorted(zeros, view.image) % len(zeros)])


def counts_in_words(found: Counted) -> str:
    """How well the hand-set detector does."""
    hits, alarms = found.hits / max(1, found.zeros), found.false_alarms / max(1, found.others)
    return (
        f"All test digits: finds {100 * hits:.0f} % of the 0s, takes {100 * alarms:.1f} % of the "
        f"others for a 0; right {100 * found.accuracy:.1f} % "
        f"(always “no 0”: {100 * found.accuracy_of_never:.1f} %)"
    )


def moved_in_words(view: NeuronsSeen, zero: int) -> str:
    """How many zeros each finds where the sliders put them."""
    digits, trial = view.digits, view.detectors.zero
    zeros = digits.images[digits.labels == zero]
    if not len(zeros):
        return ""
    there: Floats = judged(
        zero_detector(mean_zero(), trial), moved(zeros, trial.right, trial.down)
    )[1]
    by_hand = float(np.mean(there > 0.5))
    images, labels = moved(zeros, trial.right, trial.down), np.full(len(zeros), zero, np.uint8)
    learned = measured(view.seen.asked(), images, labels, digits.classes).accuracy
    where = "moved like this" if trial.right or trial.down else "not moved"
    return (
        f"0s {where}: the four arcs find {100 * by_hand:.0f} %, the learned network "
        f"{100 * learned:.0f} %."
    )
