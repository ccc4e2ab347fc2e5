"""What the measures say of one hidden neuron, in words; and comparing the detectors of two kinds of
networks, in sentences, with "not significant" where it is so.

Welch's t test (Biometrika 34 (1947) 28) with Holm's correction for asking several questions at
once (Scand. J. Statist. 6 (1979) 65). Whether networks from different seeds find the same hidden
neurons: these are matched one to one by the absolute correlation of their activities (Li et al.,
"Convergent learning", ICLR 2016 workshop); a neuron that sees the opposite counts as the same.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Doubles, Floats, Indices
from nnviz.questions.comparison import SIGNIFICANT
from nnviz.questions.detectors.measures import Detector, Detectors
from nnviz.questions.detectors.shapes import RANDOM_IMAGES

NOISE, GRAINY = 0.1, 0.4
"""Moran's I below these; noise alone stays below 0.1 (its standard deviation is 0.03)."""
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LEANINGS = {
    0.0: "lying flat",
    22.5: "rising to the right",
    45.0: "leaning right",
    67.5: "leaning right, nearly upright",
    90.0: "upright",
    112.5: "leaning left, nearly upright",
    135.0: "leaning left",
    157.5: "falling to the right",
}


def looks_like(detector: Detector) -> str:
    """A few words: "one bar, leaning right", "three pieces, grainy", "noise"; a bar *against it*
    is blue: ink there stops the neuron."""
    if detector.moran < NOISE:
        return "noise" if detector.stroke_fit else "nothing"
    against = "" if detector.sign > 0 else " against it"
    leaning = _LEANINGS[detector.angle]
    if detector.clear_bar:
        return f"one bar{against}, {leaning}"
    bar = f"bar {leaning}" if detector.sign > 0 else f"bar{against}, {leaning}"
    smooth = "grainy" if detector.moran < GRAINY else "smooth"
    named = f"{_pieces(detector.pieces)}, {smooth}"
    return f"{named}, with a {bar}" if detector.stroke_like else named


def against_chance(detector: Detector) -> str:
    """One sentence: how well a bar fits, against random images as smooth."""
    own, chance = _percent(detector.stroke_fit), _percent(detector.stroke_null)
    better, ten = RANDOM_IMAGES - detector.nulls_beaten, _COUNTS[RANDOM_IMAGES]
    of_ten = "all" if better == RANDOM_IMAGES else f"{_COUNTS[better]} of"
    judgement = (
        f"more than in any of {ten}"
        if detector.stroke_like
        else f"{of_ten} {ten} such reach that by chance"
    )
    return (
        f"A straight bar explains {own} of the image, {chance} of a random one as smooth: "
        f"{judgement}."
    )


def selective(detector: Detector) -> str:
    """One sentence: whether it tells classes apart."""
    on = detector.classes_on
    often = "no class" if not on else f"{_COUNTS[on]} class" + ("es" if on > 1 else "")
    return f"Selectivity {detector.selectivity:.2f}, on for {often}."


def matters(detector: Detector, images: int) -> str:
    """One sentence: what is lost without it, of so many digits."""
    digits = round(detector.ablation * images)
    if not digits:
        return "Held at its mean, nothing is lost."
    better = "more" if digits < 0 else "fewer"
    return f"Held at its mean, {abs(digits):,} {better} of {images:,} digits are right."


def _pieces(count: int) -> str:
    named = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{named} piece{'' if count == 1 else 's'}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


@dataclass(frozen=True)
class Trait:
    """One number of every neuron that kinds of networks are compared by."""

    label: str
    of: Callable[[Detectors], NDArray[np.generic]]
    """-> (networks, hidden)"""
    shape: int = 0
    """1 where more means more like a shape, -1 where less does, 0 where it is not about shape"""


TRAITS: Mapping[str, Trait] = {
    "moran": Trait("Moran's I", lambda found: found.moran, 1),
    "blob_share": Trait("blob share", lambda found: found.blob_share, 1),
    "pieces": Trait("number of pieces", lambda found: found.pieces, -1),
    "stroke_fit": Trait("stroke fit", lambda found: found.stroke_fit),
    "stroke_null": Trait("stroke fit by chance", lambda found: found.stroke_null),
    "stroke_excess": Trait(
        "stroke fit above chance", lambda found: found.stroke_fit - found.stroke_null, 1
    ),
    "stroke_like": Trait(
        "share above all random images", lambda found: found.nulls_beaten == RANDOM_IMAGES, 1
    ),
    "selectivity": Trait("selectivity", lambda found: found.selectivity),
    "classes_on": Trait("classes a neuron is on for", lambda found: found.classes_on),
    "ablation": Trait("accuracy lost without a neuron", lambda found: found.ablation),
}


@dataclass(frozen=True)
class Welch:
    """Two means and how likely so large a difference is by chance."""

    first: float
    second: float
    p: float
    """Two-sided; NaN where a side has one value only"""

    @property
    def difference(self) -> float:
        """The first minus the second."""
        return self.first - self.second


@dataclass(frozen=True)
class TraitCompared:
    """One trait of two kinds."""

    trait: str
    """One of TRAITS"""
    welch: Welch
    holm: float
    """p after Holm's correction for all traits"""

    @property
    def significant(self) -> bool:
        """Whether the difference is hardly chance."""
        return self.holm < SIGNIFICANT


@dataclass(frozen=True, eq=False)
class Kind:
    """Networks that differ in their seeds only."""

    name: str
    detectors: Sequence[Detectors]
    activity: Sequence[Floats]
    """For each network (images, neurons), the same images for all"""

    def values(self, trait: str) -> tuple[Doubles, ...]:
        """For each network the values of its neurons, (networks x hidden,)."""
        of = TRAITS[trait].of
        return tuple(of(found).astype(np.float64).reshape(-1) for found in self.detectors)

    def means(self, trait: str) -> Doubles:
        """(networks,): the mean over the neurons of each"""
        return np.array([each.mean() for each in self.values(trait)])

    @property
    def stability(self) -> float:
        """Mean agreement of matched neurons over all pairs of seeds; NaN for one network."""
        count = len(self.activity)
        pairs = [(i, j) for i in range(count) for j in range(i)]
        found = [matched(self.activity[i], self.activity[j]).stability for i, j in pairs]
        return float(np.mean(found)) if found else math.nan


def welch(first: Doubles, second: Doubles) -> Welch:
    """Whether two means differ, values (n,) and (m,); needs scipy."""
    # scipy.stats has the test ready, but takes more than a second to import
    from scipy.special import stdtr

    means = float(first.mean()), float(second.mean())
    if min(len(first), len(second)) < 2:
        return Welch(*means, math.nan)
    spreads = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    together = sum(spreads)
    if together == 0:
        return Welch(*means, 1.0 if means[0] == means[1] else 0.0)
    freedom = together**2 / (
        spreads[0] ** 2 / (len(first) - 1) + spreads[1] ** 2 / (len(second) - 1)
    )
    t = (means[0] - means[1]) / math.sqrt(together)
    return Welch(*means, float(2 * stdtr(freedom, -abs(t))))


def holm(ps: Sequence[float]) -> list[float]:
    """Each p after Holm's correction; NaN stays and does not count."""
    known = sorted((p, place) for place, p in enumerate(ps) if not math.isnan(p))
    found, largest = list(ps), 0.0
    for rank, (p, place) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - rank)))
        found[place] = largest
    return found


def over_networks(first: Kind, second: Kind) -> bool:
    """Whether there are seeds enough to compare networks, not only neurons."""
    return min(len(first.detectors), len(second.detectors)) >= 2


def compared(first: Kind, second: Kind) -> tuple[TraitCompared, ...]:
    """Compares all traits, over networks where there are several of both, else over neurons."""
    whole = over_networks(first, second)
    tests = []
    for trait in TRAITS:
        one, other = (
            kind.means(trait) if whole else np.concatenate(kind.values(trait))
            for kind in (first, second)
        )
        tests.append(welch(one, other))
    corrected = holm([test.p for test in tests])
    return tuple(
        TraitCompared(trait, test, p)
        for trait, test, p in zip(TRAITS, tests, corrected, strict=True)
    )


@dataclass(frozen=True, eq=False)
class Matching:
    """The neurons of two networks, paired one to one so that they agree most."""

    partners: Indices
    """(neurons of the first,): its neuron of the second, -1 where none is left"""
    agreement: Doubles
    """(neurons of the first,): |correlation| with the partner, 0 where there is none"""

    @property
    def stability(self) -> float:
        """The mean agreement of the pairs."""
        paired = self.partners >= 0
        return float(self.agreement[paired].mean()) if paired.any() else 0.0


def matched(first: Floats, second: Floats) -> Matching:
    """Pairs neurons by activities (images, neurons) for the same digits; needs scipy."""
    # imported here, because no window needs it
    from scipy.optimize import linear_sum_assignment

    agreement = np.abs(_standard(first).T @ _standard(second))
    rows, columns = linear_sum_assignment(agreement, maximize=True)
    partners = np.full(first.shape[1], -1, np.intp)
    partners[rows] = columns
    found = np.zeros(first.shape[1])
    found[rows] = np.minimum(agreement[rows, columns], 1)
    return Matching(partners, found)


def _standard(activity: Floats) -> Doubles:
    """Columns of mean 0 and length 1; 0 for neurons that never change."""
    centred = activity.astype(np.float64)
    centred -= centred.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    return np.asarray(np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 1e-9))


CHANCE = 1 / (RANDOM_IMAGES + 1)
"""Share of shapeless images that beat RANDOM_IMAGES of their like."""
FEW_PIECES = 1.5


def about(kind: Kind) -> tuple[str, ...]:
    """How far one kind of network detects shapes."""
    mean = {trait: float(kind.means(trait).mean()) for trait in TRAITS}
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


def between(first: Kind, second: Kind, found: Sequence[TraitCompared]) -> tuple[str, ...]:
    """How two kinds differ."""
    sure = {each.trait: each for each in found if each.significant}
    shapes = [name for name, trait in TRAITS.items() if trait.shape]
    sides: dict[str, list[str]] = {first.name: [], second.name: [], "": []}
    for name in shapes:
        each = sure.get(name)
        leads = each and each.welch.difference * TRAITS[name].shape > 0
        side = "" if each is None else first.name if leads else second.name
        sides[side].append(TRAITS[name].label)
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


def _other(first: Kind, second: Kind, found: Sequence[TraitCompared], name: str) -> str:
    (each,) = (each for each in found if each.trait == name)
    test = each.welch
    larger, smaller = (first, second) if test.difference > 0 else (second, first)
    high, low = max(test.first, test.second), min(test.first, test.second)
    form = "{:.2f}" if name == "selectivity" else "{:.2%}"
    sure = "significant" if each.significant else "not significant"
    label = TRAITS[name].label.capitalize()
    return (
        f"{label}: {form.format(high)} in {larger.name}, {form.format(low)} in {smaller.name} "
        f"({sure})."
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
