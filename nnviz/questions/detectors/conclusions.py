"""What a comparison of detectors says, in sentences, with "not significant" where it is so."""

from collections.abc import Sequence

from nnviz.questions.detectors.report import (
    QUESTIONS,
    SIGNIFICANT,
    Compared,
    Kind,
    over_networks,
)
from nnviz.questions.detectors.strokes import RANDOM_IMAGES

CHANCE = 1 / (RANDOM_IMAGES + 1)
"""Share of shapeless images that beat RANDOM_IMAGES of their like."""
FEW_PIECES = 1.5


def about(kind: Kind) -> tuple[str, ...]:
    """How far one kind of network detects shapes."""
    mean = {question: float(kind.means(question).mean()) for question in QUESTIONS}
    count = len(kind.detectors)
    above, pieces = mean["stroke_like"], mean["pieces"]
    if above <= 2 * CHANCE:
        judgement = "its neurons are hardly more stroke-like than chance makes them"
    elif pieces > FEW_PIECES:
        judgement = (
            "half right: there are strokes in its weight images, but a neuron is not one component "
            "shape"
        )
    else:
        judgement = "right: most of its neurons are strokes in one piece"
    return (
        f"{kind.name}, {count} network{'' if count == 1 else 's'}: a straight bar explains "
        f"{mean['stroke_fit']:.0%} of a weight image, and {mean['stroke_null']:.0%} of a random "
        f"image as smooth; {above:.0%} of the neurons are above all {RANDOM_IMAGES} random images "
        f"(by chance {CHANCE:.0%}).",
        f"{kind.name}: a neuron has {pieces:.1f} pieces, the largest with "
        f"{mean['blob_share']:.0%} of its strong pixels. That hidden neurons detect component "
        f"shapes is {judgement}.",
    )


def between(first: Kind, second: Kind, found: Sequence[Compared]) -> tuple[str, ...]:
    """How two kinds differ."""
    sure = {each.question: each for each in found if each.significant}
    shapes = [name for name, question in QUESTIONS.items() if question.shape]
    sides: dict[str, list[str]] = {first.name: [], second.name: [], "": []}
    for name in shapes:
        each = sure.get(name)
        leads = each and each.welch.difference * QUESTIONS[name].shape > 0
        side = "" if each is None else first.name if leads else second.name
        sides[side].append(QUESTIONS[name].label)
    said = [_basis(first, second, len(found))]
    said += [
        f"{name} is more shape-like by {_listed(labels)} (significant)."
        for name, labels in sides.items()
        if name and labels
    ]
    if sides[""]:
        said.append(f"Not significant: the difference in {_listed(sides[''])}.")
    if sides[first.name] and sides[second.name]:
        said.append("So neither is more shape-like as a whole.")
    elif not sides[first.name] and not sides[second.name]:
        said.append("So the numbers do not show that either is more shape-like.")
    said += [_other(first, second, found, name) for name in ("selectivity", "ablation")]
    return tuple(said)


def _basis(first: Kind, second: Kind, questions: int) -> str:
    if over_networks(first, second):
        return (
            f"Tested over {len(first.detectors)} and {len(second.detectors)} networks: Welch's t, "
            f"p below {SIGNIFICANT:g} after Holm's correction for {questions} questions."
        )
    return (
        "Too few networks for a test over seeds: the tests are over neurons, which are no "
        "independent draws, and say nothing of networks from other seeds."
    )


def _other(first: Kind, second: Kind, found: Sequence[Compared], name: str) -> str:
    (each,) = (each for each in found if each.question == name)
    test = each.welch
    larger, smaller = (first, second) if test.difference > 0 else (second, first)
    high, low = max(test.first, test.second), min(test.first, test.second)
    form = "{:.2f}" if name == "selectivity" else "{:.2%}"
    sure = "significant" if each.significant else "not significant"
    label = QUESTIONS[name].label.capitalize()
    return (
        f"{label}: {form.format(high)} in {larger.name}, {form.format(low)} in {smaller.name} "
        f"({sure})."
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
