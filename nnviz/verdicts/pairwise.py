"""Readings that count what the classes' pairs say: summed, votes, coupling.

All take r (images, classes, classes), r_ij + r_ji = 1, diagonal 0 (see `Evidence.pairs`).
"""

import numpy as np

from nnviz.data.arrays import Doubles, Indices
from nnviz.verdicts.answers import Answers, Step, last_step


def summed(pairs: Doubles) -> Answers:
    """The class with the largest sum of probabilities of beating another one."""
    scores = pairs.sum(axis=2)
    return Answers(scores.argmax(axis=1), scores)


def votes(pairs: Doubles) -> Answers:
    """The class that beats most others; of those with equal votes, the largest sum."""
    counts = won(pairs).sum(axis=2)
    best = counts == counts.max(axis=1, keepdims=True)
    return Answers(most_votes(counts, pairs.sum(axis=2)), counts, ties=best.sum(axis=1) > 1)


def most_votes(counts: Doubles, sums: Doubles) -> Indices:
    """(..., classes) -> (...): the class with most votes; of equal ones, with the largest sum."""
    best = counts == counts.max(axis=-1, keepdims=True)
    found: Indices = np.where(best, sums, -1).argmax(axis=-1)
    return found


def coupling(pairs: Doubles) -> Answers:
    """The class that is likeliest under the probabilities that fit all pairs best."""
    scores = coupled(pairs)
    return Answers(scores.argmax(axis=1), scores)


def won(pairs: Doubles) -> Doubles:
    """1 where the row's class beats the column's, half a vote for each where it is even."""
    even = (pairs == 0.5) * 0.5
    found: Doubles = (pairs > 0.5) + even
    return found


def coupled(pairs: Doubles) -> Doubles:
    """(images, classes): p that minimises sum of (r_ji p_i - r_ij p_j)^2 with sum p = 1.

    Wu, Lin and Weng, JMLR 5 (2004) 975-1005, their second method.
    """
    ones = np.ones((*pairs.shape[:2], 1))
    found = np.maximum(np.linalg.solve(coupling_matrix(pairs), ones)[:, :, 0], 0)
    shares: Doubles = found / found.sum(axis=1, keepdims=True)
    return shares


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
