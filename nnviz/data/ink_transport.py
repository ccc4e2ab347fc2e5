"""Moving the ink of one image to where another has it, as little as possible.

Optimal transport of the ink, found by Sinkhorn's scaling (Cuturi, NIPS 2013), made exact in its
sums (Altschuler, Weed and Rigollet, NIPS 2017), and travelled along straight lines (Peyré and
Cuturi, Computational Optimal Transport, 2019, section 7.1).
"""

import numpy as np

from nnviz.data.arrays import Bytes, Doubles

BLUR = 0.5
"""Square pixels over which the plan is smeared; smaller is sharper and slower."""
SCALINGS = 300
NOTHING = 1e-6
"""Share of the ink below which a journey is left out."""


def transport_plan(
    first: Doubles, second: Doubles, blur: float = BLUR, scalings: int = SCALINGS
) -> Doubles:
    """(height, width) ink each, of equal sums -> (from, to): how much goes where.

    `from` and `to` count the pixels that have ink, row by row. What leaves and what arrives at
    each pixel is exactly what is there.
    """
    starts, ends = np.argwhere(first), np.argwhere(second)
    out, into = first[first > 0], second[second > 0]
    distances = ((starts[:, None] - ends[None]) ** 2).sum(axis=2).astype(np.float64)
    kernel = np.exp(-distances / blur) + 1e-290  # no row of it is all zeros
    down = np.ones(len(into))
    for _ in range(scalings):
        across = out / (kernel @ down)
        down = into / (across @ kernel)
    plan: Doubles = across[:, None] * kernel * down
    plan *= np.minimum(1, out / plan.sum(axis=1))[:, None]
    plan *= np.minimum(1, into / plan.sum(axis=0))
    missing_out, missing_in = out - plan.sum(axis=1), into - plan.sum(axis=0)
    total = missing_out.sum()
    if total > 0:
        plan += np.outer(missing_out, missing_in) / total
    return plan


def moved(first: Bytes, second: Bytes, shares: Doubles) -> Bytes:
    """(inputs,) of square images -> (shares, inputs): the ink so far along its way.

    Where one of them has more ink than the other, it becomes more or less on the way.
    """
    side = round(len(first) ** 0.5)
    ink = [image.reshape(side, side).astype(np.float64) for image in (first, second)]
    totals = [float(each.sum()) for each in ink]
    if not all(totals):
        mixed = first + shares[:, None] * (second.astype(np.float64) - first)
        return np.rint(mixed).astype(np.uint8)
    plan = transport_plan(ink[0] / totals[0], ink[1] / totals[1])
    which, where = np.nonzero(plan > NOTHING / max(plan.shape))
    amounts = plan[which, where]
    starts, ends = np.argwhere(ink[0])[which], np.argwhere(ink[1])[where]
    images = np.empty((len(shares), side * side), np.uint8)
    for number, share in enumerate(shares.tolist()):
        total = totals[0] + share * (totals[1] - totals[0])
        places = starts + share * (ends - starts)
        page = _spread(places, amounts * total / amounts.sum(), side)
        images[number] = np.rint(page).clip(0, 255)
    return images


def _spread(places: Doubles, amounts: Doubles, side: int) -> Doubles:
    """(side x side,): amounts laid down at places between pixels, each on its four neighbours."""
    corners = np.floor(places).astype(np.intp)
    page = np.zeros(side * side)
    rest = places - corners
    for down in (0, 1):
        for right in (0, 1):
            part = np.abs(1 - down - rest[:, 0]) * np.abs(1 - right - rest[:, 1]) * amounts
            row = np.minimum(corners[:, 0] + down, side - 1)
            column = np.minimum(corners[:, 1] + right, side - 1)
            page += np.bincount(row * side + column, part, side * side)
    return page
