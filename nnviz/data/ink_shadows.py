"""Shadows that are narrower than the strokes are long: of fingers, of blinds; taken for paper."""

import numpy as np

from nnviz.data.arrays import Bools, Floats
from nnviz.data.ink_paper import Depth, centred
from nnviz.data.ink_quickly import grown, quantile, shrunk

INK = 0.6
"""Share of the light that ink lacks at least, beside which what lacks less can be a shadow: ..."""
SHALLOW = 0.66
"""... up to this share of it."""
MUCH = 0.15
"""Of all that is dark: what lies away from ink, at least."""
BESIDE = 3
"""Cells beside ink that are as dark as ink and paper together."""
WIDER = 1.2
"""Times as wide as strokes is a shadow, at least."""
SMOOTH = 7
"""Cells across, that its light is smoothed over."""


def without_shadows(depth: Depth, cells: Floats) -> Depth:
    """The same depth of dark ink in cells (rows, columns), with paper that is as dark as the
    shadows on it: what is shallower than ink, lies away from it and is wider than its strokes."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import distance_transform_edt, uniform_filter

    mask = depth.cores
    if not mask.any():
        return depth
    full = quantile(depth.values[mask], 0.95)
    if full < INK:
        return depth
    deep = mask & (depth.values > SHALLOW * full)
    near = grown(deep, BESIDE)
    wide = _wide(mask & ~near, _half_width(deep), MUCH * np.count_nonzero(mask))
    if not wide.any():
        return depth
    paper = np.where(wide, cells, depth.paper)
    _, (rows, columns) = distance_transform_edt(near, return_indices=True)
    smooth = uniform_filter(paper[rows, columns], SMOOTH, mode="nearest")
    paper = np.where(wide | near, np.minimum(smooth, depth.paper), depth.paper)
    values = np.asarray((paper - cells) / np.maximum(paper, 1), np.float32)
    return Depth(*centred(values), paper, True, depth.side)


def _half_width(ink: Bools) -> float:
    """Of strokes, about: their area beside the length of their edges."""
    down, across = ink[1:] != ink[:-1], ink[:, 1:] != ink[:, :-1]
    edges = int(np.count_nonzero(down)) + int(np.count_nonzero(across))
    return int(np.count_nonzero(ink)) / max(1, edges)


def _wide(shallow: Bools, half: float, least: float) -> Bools:
    """What of it hangs together with places wider than strokes; nothing if it is little."""
    # scipy: a program that reads no picture starts without
    from scipy.ndimage import label

    nothing = np.zeros_like(shallow)
    if np.count_nonzero(shallow) < least:
        return nothing
    inner = shrunk(shallow, max(1, round(WIDER * 1.4 * half)))
    if not inner.any():
        return nothing
    numbers, count = label(shallow)
    kept = np.zeros(count + 1, np.bool_)
    kept[numbers[inner]] = True
    kept[0] = False
    wide = kept[numbers]
    return wide if np.count_nonzero(wide) >= least else nothing
