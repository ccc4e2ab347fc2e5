"""How far the hidden neurons of a network detect shapes, and what each does to the answers.

Selectivity is a bad measure of importance: Morcos et al., ICLR 2018.
"""

from collections.abc import Generator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Doubles, Indices, joined
from nnviz.data.digits import Digits, Shape, shape_of
from nnviz.networks.network import LOWEST
from nnviz.questions.detectors.shapes import (
    BLOCK,
    RANDOM_IMAGES,
    bars_in,
    blobs,
    fitted,
    moran,
    weight_images,
)
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.piecemeal import counted, silently
from nnviz.questions.question import Kept, Question, Subject, Working

MEASURES = ("moran", "blob_share", "stroke_fit", "stroke_null", "selectivity", "ablation")
"""What is reported of every neuron, in this order."""
KEPT_DIGITS = 24
"""Digits that are kept of those that fire a neuron most, and of those that fire it least."""

ON = 0.5
"""Mean activity above which a neuron fires for a class."""


@dataclass(frozen=True)
class Detector:
    """The measures of one hidden neuron."""

    moran: float
    blob_share: float
    pieces: int
    stroke_fit: float
    stroke_null: float
    nulls_beaten: int
    sign: int
    angle: float
    selectivity: float
    classes_on: int
    ablation: float

    @property
    def stroke_like(self) -> bool:
        """Whether a bar fits it better than every random image as smooth."""
        return self.nulls_beaten == RANDOM_IMAGES

    @property
    def clear_bar(self) -> bool:
        """Whether, moreover, it fits at least twice as well as random images on average."""
        return self.stroke_like and self.stroke_fit >= 2 * self.stroke_null


@dataclass(frozen=True, eq=False)
class Detectors:
    """The measures of all hidden neurons of a network; arrays (networks, hidden)."""

    moran: Doubles
    """Smoothness of the weight image: 0 noise, towards 1 smooth"""
    blob_share: Doubles
    """Share of the strong pixels in their largest piece"""
    pieces: Indices
    """Pieces of strong pixels, of 3 pixels or more"""
    stroke_fit: Doubles
    """R^2 of the best bar"""
    stroke_null: Doubles
    """Mean R^2 of random images with the same spectrum"""
    nulls_beaten: Indices
    """How many of RANDOM_IMAGES random images have a smaller R^2"""
    sign: Indices
    """Of the best bar: 1 where it is for the neuron, -1 against"""
    angle: Doubles
    """Of the best bar, degrees: 0 lies, 45 leans right, 90 stands, 135 leans left"""
    selectivity: Doubles
    """0 fires for all classes alike, 1 for one only"""
    classes_on: Indices
    """For how many classes it fires by more than one half"""
    ablation: Doubles
    """Accuracy lost when it is held at its mean, as a fraction; below 0 if that helps"""
    class_means: Doubles
    """(networks, hidden, classes): mean activity over the digits of each class"""
    most: NDArray[np.int32]
    """(networks, hidden, KEPT_DIGITS or fewer): digits that fire it most, strongest first"""
    least: NDArray[np.int32]
    """The same: digits that fire it least, weakest first"""
    accuracy: float
    """Of the whole network"""

    @property
    def stroke_like(self) -> Bools:
        """(networks, hidden): see `Detector.stroke_like`"""
        return np.asarray(self.nulls_beaten == RANDOM_IMAGES)

    @property
    def shape(self) -> tuple[int, int]:
        """(networks, hidden neurons of each)"""
        networks, hidden = self.moran.shape
        return networks, hidden

    def of(self, network: int, neuron: int) -> Detector:
        """The measures of one neuron."""
        names = [item.name for item in fields(Detector)]
        return Detector(*(getattr(self, name)[network, neuron].item() for name in names))

    def means(self) -> dict[str, float]:
        """Each of MEASURES, averaged over all neurons."""
        return {name: float(getattr(self, name).mean()) for name in MEASURES}


@dataclass(frozen=True)
class MeasureNeurons(Question[Detectors]):
    """How far does each hidden neuron detect a shape, and what does it do?"""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[Detectors]:
        images, labels = digits.test_images, digits.test_labels
        activity = KeptActivity(self.subject, images, labels, digits.classes)
        shape = shape_of(activity.network.inputs)
        return (yield from silently(measuring(activity, digits.inked, shape)))


def measuring(kept: KeptActivity, inked: Bools, shape: Shape) -> Generator[float, None, Detectors]:
    """Measures all neurons on the digits of `kept`, not yet filled; yields the fraction done.

    `inked` (inputs,): pixels that carry ink in at least 1 % of the training digits; `shape` is
    that of the digits.
    """
    network = kept.network
    grid = network.hidden_biases.shape
    neurons = network.hidden_biases.size
    images = weight_images(network.hidden_weights.reshape(neurons, -1), inked, shape)
    total = kept.blocks * (1 + neurons) + -(-neurons // BLOCK) + neurons
    done = 0
    fits = []
    for part in fitted(images, np.arange(neurons)):
        fits.append(part)
        done += 1
        yield done / total
    yield from counted(kept.filling(), done, total)
    done += kept.blocks
    places = [(int(number), int(neuron)) for number, neuron in np.ndindex(grid)]
    most, least = [], []
    for place in places:
        order = np.argsort(kept.activity_of(place), kind="stable").astype(np.int32)
        least.append(order[:KEPT_DIGITS])
        most.append(order[::-1][:KEPT_DIGITS])
        done += 1
        yield done / total
    lost = []
    for place in places:
        lost.append((yield from counted(kept.lost_without(place), done, total)))
        done += kept.blocks
    strokes, bars = joined(fits), bars_in(images.mask)
    share, pieces = blobs(images)
    means = firing(kept.class_means, network.activation)
    present = np.unique(kept.labels)
    by_neuron = {
        "moran": moran(images),
        "blob_share": share,
        "pieces": pieces,
        "stroke_fit": strokes.fit,
        "stroke_null": strokes.null,
        "nulls_beaten": strokes.beaten,
        "sign": strokes.sign,
        "angle": bars.angles[strokes.bar],
        "ablation": np.array(lost),
    }
    return Detectors(
        **{name: array.reshape(grid) for name, array in by_neuron.items()},
        selectivity=selectivity(means[..., present]),
        classes_on=classes_on(means[..., present]),
        class_means=kept.class_means,
        most=np.array(most).reshape(*grid, -1),
        least=np.array(least).reshape(*grid, -1),
        accuracy=kept.accuracy,
    )


def firing(means: Doubles, activation: str) -> Doubles:
    """Mean activities as 0 for silent and more for firing: tanh is moved from -1..1 to 0..1, and
    others that fall below 0 as far up as they fall at most."""
    if activation == "tanh":
        return (means + 1) / 2
    low = LOWEST.get(activation, float(means.min(initial=0)))
    return means - low if low else means


def selectivity(class_means: Doubles) -> Doubles:
    """(..., classes), not negative -> (...): (largest - mean of the rest) / their sum.

    0 fires for all classes alike, 1 for one class only; 0 also for a neuron that never fires.
    """
    largest = class_means.max(axis=-1)
    rest = (class_means.sum(axis=-1) - largest) / max(1, class_means.shape[-1] - 1)
    both = largest + rest
    return np.asarray(np.divide(largest - rest, both, out=np.zeros_like(both), where=both > 0))


def classes_on(class_means: Doubles) -> Indices:
    """(..., classes) -> (...): for how many classes it fires by more than ON."""
    return np.asarray(np.count_nonzero(class_means > ON, axis=-1))
