"""Which single pair decides: would the answer be another one if that pair said the opposite?

A pair is decisive for an image under a rule if swapping its r_ij and r_ji, and nothing else,
changes the answer. All functions take r (images, classes, classes), r_ij + r_ji = 1, diagonal
0, and return (images, pairs), the pairs in the order of `pairs_of`.
"""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from nnviz.data.arrays import Bools, Doubles, Indices
from nnviz.verdicts.pairwise import coupling_matrix, most_votes, won


@cache
def pairs_of(classes: int) -> tuple[Indices, Indices]:
    """Smaller and larger class of every pair, each (pairs,)."""
    first, second = np.triu_indices(classes, 1)
    return first, second


def decisive_summed(pairs: Doubles) -> Bools:
    """Under summed probabilities."""
    sums = pairs.sum(axis=2)
    return _differ(_swapped(sums, pairs).argmax(axis=2), sums.argmax(axis=1))


def decisive_votes(pairs: Doubles) -> Bools:
    """Under votes, ties going to the larger sum of probabilities."""
    counted = won(pairs)
    counts, sums = counted.sum(axis=2), pairs.sum(axis=2)
    answers = most_votes(counts, sums)
    return _differ(most_votes(_swapped(counts, counted), _swapped(sums, pairs)), answers)


def decisive_coupling(pairs: Doubles) -> Bools:
    """Under coupling."""
    # a swap changes two elements of the diagonal of the linear system, so its new solution
    # follows from the inverse (Woodbury) without solving 45 systems per image
    first, second = pairs_of(pairs.shape[1])
    inverse = np.linalg.inv(coupling_matrix(pairs))
    solved = inverse.sum(axis=2)
    change = pairs[:, first, second] ** 2 - pairs[:, second, first] ** 2
    one, both, other = (
        change * inverse[:, rows, columns]
        for rows, columns in ((first, first), (first, second), (second, second))
    )
    pull, push = change * solved[:, first], change * solved[:, second]
    determinant = (1 + one) * (1 - other) + both**2
    less = ((1 - other) * pull + both * push) / determinant
    more = ((1 + one) * push - both * pull) / determinant
    moved = (
        solved[:, None]
        - inverse[:, first] * less[:, :, None]
        + inverse[:, second] * more[:, :, None]
    )
    return _differ(moved.argmax(axis=2), solved.argmax(axis=1))


def decisive_duels(pairs: Doubles) -> Bools:
    """Under duels: of the pairs that fight, those whose loser would have won in the end."""
    images, classes = pairs.shape[:2]
    left = {(each, each): np.full(images, each) for each in range(classes)}
    """Lowest and highest class in play -> who is left in the end."""
    last_wins, matters = {}, {}
    for width in range(1, classes):
        for low in range(classes - width):
            high = low + width
            wins = pairs[:, high, low] > pairs[:, low, high]
            without_low, without_high = left[low + 1, high], left[low, high - 1]
            left[low, high] = np.where(wins, without_low, without_high)
            uneven = pairs[:, high, low] != pairs[:, low, high]
            last_wins[low, high] = wins
            matters[low, high] = uneven & (without_low != without_high)
    fought = {(0, classes - 1): np.ones(images, bool)}
    for width in range(classes - 1, 0, -1):
        for low in range(classes - width):
            high = low + width
            here, wins = fought[low, high], last_wins[low, high]
            for after, goes in (((low + 1, high), here & wins), ((low, high - 1), here & ~wins)):
                fought[after] = fought.get(after, False) | goes
    order = zip(*pairs_of(classes), strict=True)
    return np.stack([fought[pair] & matters[pair] for pair in order], axis=1)


DECISIVE: Mapping[str, Callable[[Doubles], Bools]] = {
    "summed": decisive_summed,
    "votes": decisive_votes,
    "coupling": decisive_coupling,
    "duels": decisive_duels,
}
"""Rule -> which pairs decide, for each of disagreement.RULES."""


def _swapped(totals: Doubles, said: Doubles) -> Doubles:
    """(images, pairs, classes): row totals of `said` after each pair's swap."""
    first, second = pairs_of(said.shape[1])
    moved = np.repeat(totals[:, None], len(first), axis=1)
    change = said[:, second, first] - said[:, first, second]
    every = np.arange(len(first))
    moved[:, every, first] += change
    moved[:, every, second] -= change
    return moved


def _differ(swapped: Indices, answers: Indices) -> Bools:
    found: Bools = swapped != answers[:, None]
    return found
