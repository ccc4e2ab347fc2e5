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
from nnviz.networks.taught import Taught
from nnviz.questions.comparison import SIGNIFICANT, holm
from nnviz.questions.detectors.measures import Detector, Detectors
from nnviz.questions.detectors.shapes import RANDOM_IMAGES
from nnviz.questions.learned_from import why_not_compared
from nnviz.words import commas, listed, number, percent, plain, sentences, tr, tr_n

NOISE, GRAINY = 0.1, 0.4
"""Moran's I below these; noise alone stays below 0.1 (its standard deviation is 0.03)."""
_COUNTS = (
    *(tr("no"), tr("one"), tr("two"), tr("three"), tr("four"), tr("five")),
    *(tr("six"), tr("seven"), tr("eight"), tr("nine"), tr("ten")),
)
_LEANINGS = {
    0.0: tr("lying flat"),
    22.5: tr("rising to the right"),
    45.0: tr("leaning right"),
    67.5: tr("leaning right, nearly upright"),
    90.0: tr("upright"),
    112.5: tr("leaning left, nearly upright"),
    135.0: tr("leaning left"),
    157.5: tr("falling to the right"),
}


def looks_like(detector: Detector) -> str:
    """A few words: "one bar, leaning right", "three pieces, grainy", "noise"; a bar *against it*
    is blue: ink there stops the neuron."""
    if detector.moran < NOISE:
        return tr("noise") if detector.stroke_fit else tr("nothing")
    leaning, against = _LEANINGS[detector.angle], detector.sign <= 0
    if detector.clear_bar:
        return commas([tr("one bar against it") if against else tr("one bar"), leaning])
    smooth = tr("grainy") if detector.moran < GRAINY else tr("smooth")
    seen = [_pieces(detector.pieces), smooth]
    if detector.stroke_like and against:
        seen += [tr("with a bar against it"), leaning]
    elif detector.stroke_like:
        seen.append(tr("with a bar {leaning}", leaning=leaning))
    return commas(seen)


def against_chance(detector: Detector) -> str:
    """One sentence: how well a bar fits, against random images as smooth."""
    better = RANDOM_IMAGES - detector.nulls_beaten
    fields = {
        "own": percent(detector.stroke_fit, 0),
        "chance": percent(detector.stroke_null, 0),
        "some": _COUNTS[better],
        "ten": _COUNTS[RANDOM_IMAGES],
    }
    if detector.stroke_like:
        return tr(
            "A straight bar explains {own} of this image, more than of any of {ten} random images "
            "just as smooth ({chance} on average).",
            **fields,
        )
    if better == RANDOM_IMAGES:
        return tr(
            "A straight bar explains {own} of this image, and as much or more of all {ten} random "
            "images just as smooth ({chance} on average).",
            **fields,
        )
    return tr(
        "A straight bar explains {own} of this image, and as much or more of {some} of {ten} "
        "random images just as smooth ({chance} on average).",
        **fields,
    )


def selective(detector: Detector) -> str:
    """One sentence: whether it tells classes apart."""
    selectivity, on = number(detector.selectivity, 2), detector.classes_on
    if not on:
        return tr(
            "It fires much for no class (selectivity {selectivity}: 0 is all classes alike, 1 a "
            "single one).",
            selectivity=selectivity,
        )
    return tr_n(
        "It fires much for {classes} class (selectivity {selectivity}: 0 is all classes alike, 1 a "
        "single one).",
        "It fires much for {classes} classes (selectivity {selectivity}: 0 is all classes alike, 1 "
        "a single one).",
        on,
        selectivity=selectivity,
        classes=_COUNTS[on],
    )


def matters(detector: Detector, images: int) -> str:
    """One sentence: what is lost without it, of so many digits."""
    digits = round(detector.ablation * images)
    if not digits:
        return tr("Held at its mean, nothing is lost.")
    if digits < 0:
        return tr_n(
            "Held at its mean, {count} more of {images} digits is right.",
            "Held at its mean, {count} more of {images} digits are right.",
            -digits,
            images=images,
        )
    return tr_n(
        "Held at its mean, {count} fewer of {images} digits is right.",
        "Held at its mean, {count} fewer of {images} digits are right.",
        digits,
        images=images,
    )


def _pieces(count: int) -> str:
    named = _COUNTS[count] if count < len(_COUNTS) else number(count)
    return tr_n("{pieces} piece", "{pieces} pieces", count, pieces=named)


@dataclass(frozen=True)
class Trait:
    """One number of every neuron that kinds of networks are compared by."""

    label: str
    of: Callable[[Detectors], NDArray[np.generic]]
    """-> (networks, hidden)"""
    shape: int = 0
    """1 where more means more like a shape, -1 where less does, 0 where it is not about shape"""


TRAITS: Mapping[str, Trait] = {
    "moran": Trait(tr("Moran's I"), lambda found: found.moran, 1),
    "blob_share": Trait(tr("blob share"), lambda found: found.blob_share, 1),
    "pieces": Trait(tr("number of pieces"), lambda found: found.pieces, -1),
    "stroke_fit": Trait(tr("stroke fit"), lambda found: found.stroke_fit),
    "stroke_null": Trait(tr("stroke fit by chance"), lambda found: found.stroke_null),
    "stroke_excess": Trait(
        tr("stroke fit above chance"), lambda found: found.stroke_fit - found.stroke_null, 1
    ),
    "stroke_like": Trait(
        tr("share above all random images"), lambda found: found.nulls_beaten == RANDOM_IMAGES, 1
    ),
    "selectivity": Trait(tr("selectivity"), lambda found: found.selectivity),
    "classes_on": Trait(tr("classes a neuron is on for"), lambda found: found.classes_on),
    "ablation": Trait(tr("accuracy lost without a neuron"), lambda found: found.ablation),
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
    taught: Sequence[Taught]
    """What each network learned from"""

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


def over_networks(first: Kind, second: Kind) -> bool:
    """Whether there are seeds enough to compare networks, not only neurons."""
    return min(len(first.detectors), len(second.detectors)) >= 2


def apart_in_words(first: Kind, second: Kind) -> str:
    """Why two kinds are not compared: some of their networks learned from other digits; "" where
    all learned from the same."""
    (name, other), one = (first.name, second.name), first.taught[0]
    reasons = [why_not_compared(one, each, name, other) for each in second.taught]
    reasons += [why_not_compared(one, each, name, name) for each in first.taught[1:]]
    return next((reason for reason in reasons if reason), "")


def compared(first: Kind, second: Kind) -> tuple[TraitCompared, ...]:
    """Compares all traits, over networks where there are several of both, else over neurons; none
    of networks that learned from other digits."""
    if apart_in_words(first, second):
        return ()
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
    fit = tr_n(
        "{name}, {count} network: a straight bar explains {fit} of a weight image, and {null} of a "
        "random image as smooth; {above} of the neurons are above all {images} random images (by "
        "chance {chance}).",
        "{name}, {count} networks: a straight bar explains {fit} of a weight image, and {null} of "
        "a random image as smooth; {above} of the neurons are above all {images} random images (by "
        "chance {chance}).",
        len(kind.detectors),
        name=kind.name,
        fit=percent(mean["stroke_fit"], 0),
        null=percent(mean["stroke_null"], 0),
        above=percent(mean["stroke_like"], 0),
        images=RANDOM_IMAGES,
        chance=percent(CHANCE, 0),
    )
    pieces = tr(
        "{name}: a neuron has {pieces} pieces, the largest with {share} of its strong pixels.",
        name=kind.name,
        pieces=number(mean["pieces"], 1),
        share=percent(mean["blob_share"], 0),
    )
    return fit, sentences(pieces, _judgement(mean["stroke_like"], mean["pieces"]))


def _judgement(above: float, pieces: float) -> str:
    """Whether neurons detect shapes, of so many above chance with so many pieces each."""
    if above <= 2 * CHANCE:
        return tr(
            "That hidden neurons detect component shapes is not to be seen: its neurons are hardly "
            "more stroke-like than chance makes them."
        )
    if pieces > FEW_PIECES:
        return tr(
            "That hidden neurons detect component shapes is half right: there are strokes in its "
            "weight images, but a neuron is not one component shape."
        )
    return tr(
        "That hidden neurons detect component shapes is right: most of its neurons are strokes in "
        "one piece."
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
        tr("{name} is more shape-like by {traits} (significant).", name=name, traits=listed(labels))
        for name, labels in sides.items()
        if name and labels
    ]
    if sides[""]:
        said.append(tr("Not significant: the difference in {traits}.", traits=listed(sides[""])))
    if sides[first.name] and sides[second.name]:
        said.append(tr("So neither is more shape-like as a whole."))
    elif not sides[first.name] and not sides[second.name]:
        said.append(tr("So the numbers do not show that either is more shape-like."))
    said += [_other(first, second, found, name) for name in ("selectivity", "ablation")]
    return tuple(said)


def _basis(first: Kind, second: Kind, questions: int) -> str:
    if over_networks(first, second):
        return tr(
            "Tested over {first} and {second} networks: Welch's t, p below {significant} after "
            "Holm's correction for {questions} questions.",
            first=len(first.detectors),
            second=len(second.detectors),
            significant=plain(SIGNIFICANT),
            questions=questions,
        )
    return tr(
        "Too few networks for a test over seeds: the tests are over neurons, which are no "
        "independent draws, and say nothing of networks from other seeds."
    )


def _other(first: Kind, second: Kind, found: Sequence[TraitCompared], name: str) -> str:
    (each,) = (each for each in found if each.trait == name)
    test = each.welch
    larger, smaller = (first, second) if test.difference > 0 else (second, first)
    high, low = max(test.first, test.second), min(test.first, test.second)
    shown = number if name == "selectivity" else percent
    fields = {
        "trait": TRAITS[name].label.capitalize(),
        "high": shown(high, 2),
        "larger": larger.name,
        "low": shown(low, 2),
        "smaller": smaller.name,
    }
    if each.significant:
        return tr("{trait}: {high} in {larger}, {low} in {smaller} (significant).", **fields)
    return tr("{trait}: {high} in {larger}, {low} in {smaller} (not significant).", **fields)
