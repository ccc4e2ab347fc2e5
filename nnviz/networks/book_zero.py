"""The book's zero: four component shapes as hidden neurons, set by hand, and one output.

Nielsen, Neural Networks and Deep Learning, chapter 1: suppose that hidden neurons detect the
four quarters of a 0, by weighting heavily the pixels that overlap with the shape and only
lightly the others; if all four fire, the digit is a 0.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Floats, Indices
from nnviz.data.digits import GREY, ShownDigits, bundled_digits
from nnviz.networks.network import Network, as_inputs, hidden_activity, outputs_of
from nnviz.networks.neuron_order import correlations
from nnviz.words import tr

ARCS = (tr("top left"), tr("top right"), tr("bottom left"), tr("bottom right"))
ZERO = "0"
"""Name of the class."""
INK, BLANK = 0.4, 0.15
"""An arc is where the mean zero has more than INK of its darkest pixel, blank is less than
BLANK of it."""
AGAINST = 0.3
"""Weight of ink where there should be none, against the largest weight of the arc."""
SHARPNESS = 30.0
"""How fast a neuron goes from silent to firing: a tenth of an arc is e to the power of 3."""
MOST_SHIFT = 8
"""Pixels."""


@dataclass(frozen=True)
class Trial:
    """How the detector is set, and where the zero it is shown lies."""

    threshold: float = 0.5
    """How much of an arc must be inked; the mean zero inks all of it, 1."""
    against: bool = False
    """Whether ink in the hole and the corners counts against."""
    right: int = 0
    """Pixels by which the zero is moved."""
    down: int = 0


@dataclass(frozen=True)
class Counted:
    """How the detector does on many digits."""

    zeros: int
    hits: int
    """Zeros for which it fires."""
    others: int
    false_alarms: int
    """Other digits for which it fires."""

    @property
    def accuracy(self) -> float:
        """The fraction of digits that it tells right, zero or not."""
        images = self.zeros + self.others
        return (self.hits + self.others - self.false_alarms) / max(1, images)

    @property
    def accuracy_of_never(self) -> float:
        """That of always saying: no zero."""
        return self.others / max(1, self.zeros + self.others)


def has_zero(digits: ShownDigits) -> bool:
    """Whether a data set has zeros of the size of the bundled ones."""
    return ZERO in digits.class_names and digits.shape == GREY


@cache
def mean_zero() -> Floats:
    """(inputs,) in 0..1: the mean of the bundled training zeros."""
    digits = bundled_digits()
    zeros = digits.train_images[digits.train_labels == digits.class_names.index(ZERO)]
    return np.asarray(as_inputs(zeros).mean(axis=0))


def quarters(mean: Floats) -> Bools:
    """(4, inputs): the pixels around the centre of mass of an image (inputs,), as ARCS."""
    grid = mean.reshape(GREY[:2])
    rows, columns = np.indices(grid.shape)
    upper = rows < (grid * rows).sum() / grid.sum()
    left = columns < (grid * columns).sum() / grid.sum()
    found = np.stack([upper & left, upper & ~left, ~upper & left, ~upper & ~left])
    return found.reshape(4, -1)


def arcs(mean: Floats) -> Floats:
    """(4, inputs) in 0..1: the component shapes, cut from a mean zero (inputs,)."""
    ink = np.where(mean > INK * mean.max(), mean / mean.max(), 0)
    return (quarters(mean) * ink).astype(np.float32)


def arc_weights(mean: Floats, against: bool) -> Floats:
    """(4, inputs): weights whose sum over the mean zero is 1, but for ink where none should be."""
    found = arcs(mean)
    found /= (found @ mean)[:, None]
    if against:
        blank = quarters(mean) & (mean < BLANK * mean.max())
        found -= blank * found.max(axis=1, keepdims=True) * np.float32(AGAINST)
    return found


def zero_detector(mean: Floats, trial: Trial) -> Network:
    """Four hidden neurons, each firing where enough of its arc is inked, and an output that
    fires (above 0.5) if all four do."""
    weights = arc_weights(mean, trial.against) * np.float32(SHARPNESS)
    return Network(
        weights[None].astype(np.float32),
        np.full((1, 4), -SHARPNESS * trial.threshold, np.float32),
        np.full((1, 4), 10, np.float32),
        np.full(1, -35, np.float32),
        np.zeros(1, np.intp),
        np.zeros(1, np.intp),
        "sigmoid",
        "sigmoid",
    )


def judged(detector: Network, images: Bytes) -> tuple[Floats, Floats]:
    """Pixels (images, inputs) 0..255 -> the four activities (images, 4), the output (images,)."""
    activity = hidden_activity(detector, as_inputs(images))
    return activity[:, 0], outputs_of(detector, activity)[:, 0]


def counted(detector: Network, images: Bytes, labels: Bytes, zero: int) -> Counted:
    """Asks all images, with labels (images,); `zero` is the class of the zeros."""
    fires = np.concatenate(
        [
            judged(detector, images[start : start + 1000])[1] > 0.5
            for start in range(0, len(images), 1000)
        ]
    )
    zeros = labels == zero
    return Counted(
        int(zeros.sum()),
        int((fires & zeros).sum()),
        int((~zeros).sum()),
        int((fires & ~zeros).sum()),
    )


def moved(images: Bytes, right: int, down: int) -> Bytes:
    """Images (images, inputs) moved by whole pixels; what leaves is lost, blank comes in."""
    height, width = GREY[:2]
    right, down = int(np.clip(right, -width, width)), int(np.clip(down, -height, height))
    grid = images.reshape(-1, height, width)
    found = np.zeros_like(grid)
    rows = slice(max(0, down), min(height, height + down))
    columns = slice(max(0, right), min(width, width + right))
    from_rows = slice(max(0, -down), min(height, height - down))
    from_columns = slice(max(0, -right), min(width, width - right))
    found[:, rows, columns] = grid[:, from_rows, from_columns]
    return found.reshape(images.shape)


def closest(shapes: Floats, weights: Floats, inked: Bools) -> tuple[Indices, Floats]:
    """The weight image (neurons, inputs) most like each shape (shapes, inputs).

    -> its number and Pearson's r where there is ink, both (shapes,); weights that are no
    numbers count as 0.
    """
    known = np.nan_to_num(weights, posinf=0, neginf=0)
    both = correlations(np.concatenate([shapes, known]), inked)
    similar = both[: len(shapes), len(shapes) :]
    best = similar.argmax(axis=1)
    return best, similar[np.arange(len(shapes)), best]


def chance_of(images: int, inked: Bools) -> float:
    """The mean r of the closest to each arc among so many images of noise."""
    return _chance_of(images, inked.tobytes())


@lru_cache(maxsize=16)
def _chance_of(images: int, inked: bytes) -> float:
    mask = np.frombuffer(inked, np.bool_)
    noise = np.random.default_rng(0).standard_normal((images, len(mask)), np.float32)
    return float(closest(arcs(mean_zero()), noise, mask)[1].mean())
