"""What the measures say of one hidden neuron, in words."""

from nnviz.questions.detectors.measures import Detector
from nnviz.questions.detectors.strokes import RANDOM_IMAGES

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
