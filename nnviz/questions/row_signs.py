"""Which signs of a row are letters: printed labels and units beside the digits."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from nnviz.data.arrays import Doubles
from nnviz.data.normalising import SIDE, normalise
from nnviz.data.row_marks import Sign, Signs
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.evidence import evidence_of
from nnviz.words import listed, tr, tr_n

MARKS: Mapping[str, Callable[[int], str]] = {
    "dash": lambda count: tr_n("{count} dash", "{count} dashes", count),
    "point": lambda count: tr_n("{count} point", "{count} points", count),
    "plus": lambda count: tr_n("{count} plus", "{count} pluses", count),
    "stroke": lambda count: tr_n("{count} stroke", "{count} strokes", count),
    "label": lambda count: tr_n("{count} letter", "{count} letters", count),
    "line": lambda count: tr_n(
        "{count} sign of another line", "{count} signs of another line", count
    ),
    "digit": lambda count: tr_n("{count} other sign", "{count} other signs", count),
}
"""Kind of a sign -> so many of them."""
STRANGE = 0.35
"""Confidence below which a sign is hardly a digit."""
ALONE = 0.05
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
FEW = 2
"""Letters of a word that is printed smaller which are too small for a digit, at least."""
SPACE = 0.3
"""Gap after the point of an abbreviation, in heights of digits, at least."""


def marks_told(kinds: Sequence[str]) -> str:
    """That signs of these kinds are not read, as a sentence; "" without any."""
    counted = [told(kinds.count(kind)) for kind, told in MARKS.items() if kind in kinds]
    return tr("Left out: {marks}.", marks=listed(counted)) if counted else ""


def lines_told(count: int) -> str:
    """That there are several lines of digits, as a sentence; "" for one."""
    if count < 2:
        return ""
    return tr("There are {count} lines of digits; one of them is read.", count=count)


def with_labels_found(signs: Signs, network: Network, layout: Layout) -> Signs:
    """The same with printed labels and units found by what a network says of each sign; where it
    takes letters for digits, by their size and by what stands around."""
    words = sorted({sign.word for sign in signs.signs if sign.kind != "line"})
    if len(words) <= 1:
        return signs.with_labels(frozenset())
    sure = _confidences(signs, network, layout)
    numbers = frozenset(word for word in words if _is_number(signs, word, sure))
    heights = [
        sign.box.height for sign in signs.signs if sign.kind == "digit" and sign.word in numbers
    ]
    high = float(np.median(heights)) if heights else 0.0
    labels = frozenset(
        word
        for word in words
        if heights and _is_label(signs, word, sure, high, word in (words[0], words[-1]))
    )
    return signs.with_labels(frozenset() if labels >= numbers else labels)


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


def _is_label(signs: Signs, word: int, sure: Doubles, high: float, at_end: bool) -> bool:
    """Whether a word is none of digits, which are so high; `at_end`: of the row."""
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
        return at_end and bool(said[0] < ALONE)
    printed = float(np.ptp(feet)) <= LEVEL * high
    low = printed and bool(heights.min() < LOW * heights.max())
    # a date by hand has points and gaps, too
    ends = own[-1][1].kind == "point" and spaces[0] >= SPACE * high and printed and at_end
    hardly = said.mean() < (WORDLY if printed else WILD)
    crowd = small and at_end and len(own) - count >= FEW
    return hardly or crowd or (bool(said.min() < STRANGE or low) and (ends or small))


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
