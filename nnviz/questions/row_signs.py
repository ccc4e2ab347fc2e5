"""Which signs of a row are letters: printed labels and units beside the digits."""

from collections.abc import Sequence

import numpy as np

from nnviz.data.arrays import Bytes, Doubles
from nnviz.data.normalising import SIDE, normalise
from nnviz.data.row_marks import Sign, Signs, signs_of
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.evidence import evidence_of

STRANGE = 0.35
"""Confidence below which a sign is hardly a digit."""
ALONE = 0.1
"""The same of a word of one sign."""
WORDLY = 0.58
"""Mean confidence below which a printed word is hardly a number; its letters stand level."""
WILD = 0.35
"""The same of any word."""
LEVEL = 0.05
"""How far the feet of printed letters differ at most, in heights of digits."""
NUMBER = 0.7
"""Mean confidence of a word that is a number."""
SMALLER = 0.8
"""Height of letters, as a share of that of digits: below it they are printed smaller."""
LOW = 0.83
"""Height of a small letter, as a share of the tallest of its word."""
SPACE = 0.3
"""Gap after the point of an abbreviation, in heights of digits, at least."""


def judged_signs(ink: Bytes, network: Network, layout: Layout) -> Signs | None:
    """The signs of a row of light ink on black (height, width) 0..255, labels found by what a
    network says of them; None without ink."""
    signs = signs_of(ink)
    if signs is None:
        return None
    words = sorted({sign.word for sign in signs.signs if sign.kind != "line"})
    labels: frozenset[int] = frozenset()
    if len(words) > 1:
        sure = _confidences(signs, network, layout)
        numbers = [word for word in words if _is_number(signs, word, sure)]
        if numbers:
            high = float(
                np.median(
                    [
                        sign.box.height
                        for sign in signs.signs
                        if sign.kind == "digit" and sign.word in numbers
                    ]
                )
            )
            labels = frozenset(word for word in words if _is_label(signs, word, sure, high))
            if labels >= set(numbers):
                labels = frozenset()
    return signs.with_labels(labels)


def _confidences(signs: Signs, network: Network, layout: Layout) -> Doubles:
    """(signs,): how sure a network is of each; 1 of marks"""
    sure = np.ones(len(signs.signs))
    own = [number for number, sign in enumerate(signs.signs) if sign.kind == "digit"]
    images = np.zeros((len(own), SIDE * SIDE), np.uint8)
    for image, number in zip(images, own, strict=True):
        normal = normalise(signs.picture_of(number))
        if normal is not None:
            image[:] = normal.image.reshape(-1)
    evidence = evidence_of(network, layout, images)
    said = evidence.word_probabilities if layout.has_bits else evidence.scores
    sure[own] = said.max(axis=1)
    return sure


def _of_word(signs: Signs, word: int) -> list[tuple[int, Sign]]:
    return [
        (number, sign)
        for number, sign in enumerate(signs.signs)
        if sign.word == word and sign.kind != "line"
    ]


def _digits(own: Sequence[tuple[int, Sign]]) -> list[int]:
    return [number for number, sign in own if sign.kind == "digit"]


def _is_number(signs: Signs, word: int, sure: Doubles) -> bool:
    own = _digits(_of_word(signs, word))
    return bool(own) and bool(sure[own].mean() >= NUMBER)


def _is_label(signs: Signs, word: int, sure: Doubles, high: float) -> bool:
    own = _of_word(signs, word)
    letters = _digits(own)
    if not letters:
        return False
    said, count = sure[letters], len(letters)
    boxes = [signs.signs[number].box for number in letters]
    heights, feet = np.array([box.height for box in boxes]), [box.bottom for box in boxes]
    small = bool((heights < SMALLER * high).mean() >= 0.6)
    spaces = [_gap_after(signs, own[-1][0]), _gap_before(signs, own[0][0])]
    if max(spaces) < SPACE * high and not small:
        return False
    if count == 1:
        return bool(said[0] < ALONE)
    printed = float(np.ptp(feet)) <= LEVEL * high
    low = printed and bool(heights.min() < LOW * heights.max())
    ends = own[-1][1].kind == "point" and spaces[0] >= SPACE * high
    hardly = said.mean() < (WORDLY if printed else WILD)
    return hardly or (bool(said.min() < STRANGE or low) and (ends or small))


def _gap_before(signs: Signs, number: int) -> float:
    """Columns between a sign and the one before it."""
    left = signs.signs[number].box.left
    earlier = [sign.box.right for sign in signs.signs if sign.box.right <= left]
    return left - max(earlier, default=left)


def _gap_after(signs: Signs, number: int) -> float:
    """Columns between a sign and the next one."""
    right = signs.signs[number].box.right
    later = [sign.box.left for sign in signs.signs if sign.box.left >= right]
    return min(later, default=right) - right
