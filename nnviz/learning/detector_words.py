"""What the measures say of one hidden neuron, in words."""

from collections.abc import Sequence

from nnviz.learning.detectors import Detector
from nnviz.learning.strokes import RANDOM_IMAGES

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
    157.5: "rising to the left",
}


def looks_like(detector: Detector) -> str:
    """A few words: "one bar, leaning right", "three pieces, grainy", "noise"."""
    if detector.moran < NOISE:
        return "noise" if detector.stroke_fit else "nothing"
    if detector.clear_bar:
        against = "" if detector.sign > 0 else " against"
        return f"one bar{against}, {_LEANINGS[detector.angle]}"
    smooth = "grainy" if detector.moran < GRAINY else "smooth"
    named = f"{_pieces(detector.pieces)}, {smooth}"
    return f"{named}, with a bar {_LEANINGS[detector.angle]}" if detector.stroke_like else named


def against_chance(detector: Detector) -> str:
    """One sentence: how well a bar fits, against random images as smooth."""
    own, chance = _percent(detector.stroke_fit), _percent(detector.stroke_null)
    beaten = _COUNTS[detector.nulls_beaten] if detector.nulls_beaten <= RANDOM_IMAGES else ""
    judgement = (
        f"more than any of {_COUNTS[RANDOM_IMAGES]}"
        if detector.stroke_like
        else f"more than {beaten} of {_COUNTS[RANDOM_IMAGES]}, which chance can do"
    )
    return (
        f"A straight bar explains {own} of the weight image, and {chance} of a random image as "
        f"smooth: {judgement}."
    )


def fires_for(detector: Detector, class_names: Sequence[str]) -> str:
    """One sentence: the classes it fires for."""
    on = detector.classes_on
    often = "no class" if not on else f"{_COUNTS[on]} class" + ("es" if on > 1 else "")
    name = class_names[detector.favourite]
    return (
        f"It fires most for {name} and is more on than off for {often} "
        f"(selectivity {detector.selectivity:.2f})."
    )


def matters(detector: Detector, images: int) -> str:
    """One sentence: what is lost without it, of so many digits."""
    digits = round(detector.ablation * images)
    if not digits:
        return "Held at its mean, nothing is lost."
    better = "more" if digits < 0 else "fewer"
    return (
        f"Held at its mean, {abs(digits):,} {better} of {images:,} digits are right "
        f"({-100 * detector.ablation:+.1f} %)."
    )


def _pieces(count: int) -> str:
    named = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{named} piece{'' if count == 1 else 's'}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
