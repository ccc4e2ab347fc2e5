"""What a scheme reached in a trial: its answers to the fixed test images, and what they take."""

from collections.abc import Mapping

import numpy as np

from nnviz.data.arrays import Bools, Indices
from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.study.learning import Progress
from nnviz.study.made import Made
from nnviz.study.plan import SchemeEntry
from nnviz.study.rows import Outcome, packed
from nnviz.study.schemes import reading_of, scheme_of
from nnviz.verdicts.answers import NOT_A_DIGIT, Answers, Options
from nnviz.verdicts.work_per_answer import multiply_adds, walked_multiply_adds


def outcome_of(entry: SchemeEntry, made: Made, digits: DigitSet, progress: Progress) -> Outcome:
    """How often a scheme is right about the test images."""
    reading, options = reading_of(entry), options_of(entry)
    answers = made.answers(digits.test_images, reading, options, progress)
    right = meant(made, answers.classes) == digits.test_labels
    work = work_of(made.network, made.layout, reading, options, answers)
    figures = _figures(answers)
    usual = scheme_of(entry).reading
    if (reading, options) != (usual, Options()):
        first = made.answers(digits.test_images, usual, Options(), progress)
        figures |= {
            "changed": float(np.mean(answers.classes != first.classes)),
            "saved": 1 - work / work_of(made.network, made.layout, usual, Options(), first),
        }
    return outcome_with(made, digits, right, float(np.mean(right)), work, figures)


def outcome_with(
    made: Made,
    digits: DigitSet,
    right: Bools,
    accuracy: float,
    work: float,
    figures: Mapping[str, float],
) -> Outcome:
    """The outcome of a scheme that was right about these test images, right (test images,)."""
    labels, taken = digits.test_labels, made.taken
    diverged = {"diverged": float(taken.diverged)} if taken.diverged else {}
    return Outcome(
        accuracy,
        tuple(np.bincount(labels, minlength=digits.classes).tolist()),
        tuple(np.bincount(labels[~right], minlength=digits.classes).tolist()),
        packed(right),
        taken.seconds,
        taken.updates,
        taken.sub_updates,
        taken.models,
        made.network.parameters,
        work,
        {**figures, **diverged},
    )


def options_of(entry: SchemeEntry) -> Options:
    """How a scheme lets classes leave."""
    return Options(entry.drop, entry.below or None)


def meant(made: Made, answers: Indices) -> Indices:
    """Answers of networks that may be asked of some classes only, as classes of the study."""
    asked = np.append(made.asked, NOT_A_DIGIT)
    return np.asarray(asked[answers])


def work_of(
    network: Network, layout: Layout, reading: str, options: Options, answers: Answers
) -> float:
    """Multiply-adds of one answer, the mean where they differ."""
    if answers.outputs_used is None or answers.heads_used is None:
        return float(multiply_adds(network, layout, reading, options))
    outputs, heads = float(answers.outputs_used.mean()), float(answers.heads_used.mean())
    return walked_multiply_adds(network, layout, outputs, heads)


def _figures(answers: Answers) -> dict[str, float]:
    """heads: how many were asked on average; overruled: the share of images where the walk ended
    elsewhere than the head of all classes alone; none: of images that were said to be no digit."""
    figures = {}
    if answers.heads_used is not None:
        figures["heads"] = float(answers.heads_used.mean())
    if answers.changed is not None:
        figures["overruled"] = float(answers.changed.mean())
    if (answers.classes == NOT_A_DIGIT).any():
        figures["none"] = float(np.mean(answers.classes == NOT_A_DIGIT))
    return figures
