"""Readings that count what the classes' pairs say: summed, votes, coupling; and which single pair
decides: would the answer be another one if that pair said the opposite?

A pair is decisive for an image under a rule if swapping its r_ij and r_ji, and nothing else,
changes the answer. All take r (images, classes, classes), r_ij + r_ji = 1, diagonal 0 (see
`Evidence.pairs`); what tells of pairs returns (images, pairs), in the order of `pairs_of`.
"""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from nnviz.data.arrays import Bools, Doubles, Indices
from nnviz.verdicts.answers import Answers, Step, last_step


def summed(sums: Doubles) -> Answers:
    """The class with the largest sum of probabilities of beating another one, (images, classes)."""
    return Answers(sums.argmax(axis=1), sums)


def votes(pairs: Doubles) -> Answers:
    """The class that beats most others; of those with equal votes, the largest sum."""
    counts = won(pairs).sum(axis=2)
    best = counts == counts.max(axis=1, keepdims=True)
    return Answers(most_votes(counts, pairs.sum(axis=2)), counts, ties=best.sum(axis=1) > 1)


def most_votes(counts: Doubles, sums: Doubles) -> Indices:
    """(..., classes) -> (...): the class with most votes; of equal ones, with the largest sum."""
    best = counts == counts.max(axis=-1, keepdims=True)
    return np.asarray(np.where(best, sums, -1).argmax(axis=-1))


def coupling(pairs: Doubles) -> Answers:
    """The class that is likeliest under the probabilities that fit all pairs best."""
    scores = coupled(pairs)
    return Answers(scores.argmax(axis=1), scores)


def won(pairs: Doubles) -> Doubles:
    """1 where the row's class beats the column's, half a vote for each where it is even."""
    even = (pairs == 0.5) * 0.5
    return np.asarray((pairs > 0.5) + even)


def coupled(pairs: Doubles) -> Doubles:
    """(images, classes): p that minimises sum of (r_ji p_i - r_ij p_j)^2 with sum p = 1.

    Wu, Lin and Weng, JMLR 5 (2004) 975-1005, their second method.
    """
    ones = np.ones((*pairs.shape[:2], 1))
    found = np.maximum(np.linalg.solve(coupling_matrix(pairs), ones)[:, :, 0], 0)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def coupling_matrix(pairs: Doubles) -> Doubles:
    """(images, classes, classes): M, where p of `coupled` is the solution of M x = 1, scaled."""
    # Q p = -b e and e'p = 1 is their linear system; adding e e' to Q only scales its solution.
    # As r_ij + r_ji = 1 this matrix is positive definite also where r is 0 or 1.
    against = pairs.swapaxes(1, 2)
    matrix: Doubles = 1 - pairs * against
    diagonal = np.arange(pairs.shape[1])
    matrix[:, diagonal, diagonal] = 1 + (against**2).sum(axis=2)
    return matrix


def growing(pairs: Doubles, answer: int) -> tuple[Step, ...]:
    """Totals of one image's r or votes (classes, classes), one rival after the other."""
    totals = pairs.cumsum(axis=1).T
    everyone = tuple(range(len(pairs)))
    counted = [
        Step(everyone, tuple(row.tolist()), (), (rival,)) for rival, row in enumerate(totals[:-1])
    ]
    return (*counted, last_step(totals[-1], answer, everyone[-1:]))


def growing_coupling(pairs: Doubles, answer: int) -> tuple[Step, ...]:
    """Probabilities of one image's first two classes, the first three, and so on to all."""
    several = [coupled(pairs[None, :size, :size])[0].tolist() for size in range(2, len(pairs) + 1)]
    steps = [Step(tuple(range(len(shares))), tuple(shares), ()) for shares in several[:-1]]
    return (*steps, last_step(np.array(several[-1]), answer))


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
    return np.asarray(swapped != answers[:, None])
