"""What all test digits do to each hidden neuron."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.answers import Options
from nnviz.learning.evidence import evidence_blocks
from nnviz.learning.layouts import Layout
from nnviz.learning.network import Floats, Network

Bytes = NDArray[np.uint8]
Indices = NDArray[np.intp]

KEPT = 12
"""Digits at either end that are kept for each neuron."""
BLOCK = 1000


@dataclass(frozen=True, eq=False)
class NeuronSurvey:
    """For every hidden neuron: its mean activity, and the digits at both ends."""

    means: Floats
    """(networks, hidden): mean activity over all digits"""
    class_means: Floats
    """(networks, hidden, classes): mean activity over the digits of each class"""
    most: Indices
    """(networks, hidden, at most KEPT): numbers of the digits that fire it most, most first"""
    least: Indices
    """The same for those that fire it least, least first."""
    most_activity: Floats
    """Their activity, same shape."""
    least_activity: Floats


def survey_neurons(
    network: Network, layout: Layout, images: Bytes, labels: Bytes, _: Options
) -> Generator[None, None, NeuronSurvey]:
    """Goes through all digits once, keeping for each neuron only what is shown of it."""
    shape = network.hidden_biases.shape
    neurons = network.hidden_biases.size
    sums = np.zeros((layout.classes, neurons))
    ends = {
        sign: (np.zeros((neurons, 0), np.float32), np.zeros((neurons, 0), np.intp))
        for sign in (-1, 1)
    }
    done = 0
    for evidence in evidence_blocks(network, layout, images, BLOCK):
        activity = np.nan_to_num(evidence.activity.reshape(len(evidence), -1))
        given = labels[done : done + len(evidence)]
        for label in range(layout.classes):
            sums[label] += activity[given == label].sum(axis=0)
        numbers = np.broadcast_to(np.arange(done, done + len(evidence)), activity.T.shape)
        for sign, (values, which) in ends.items():
            ends[sign] = _first(
                np.concatenate([values, sign * activity.T], axis=1),
                np.concatenate([which, numbers], axis=1),
            )
        done += len(evidence)
        yield
    counts = np.bincount(labels, minlength=layout.classes)
    by_class = (sums / np.maximum(1, counts)[:, None]).T.astype(np.float32)
    means = (sums.sum(axis=0) / max(1, done)).astype(np.float32)
    return NeuronSurvey(
        means.reshape(shape),
        by_class.reshape(*shape, -1),
        ends[1][1].reshape(*shape, -1),
        ends[-1][1].reshape(*shape, -1),
        ends[1][0].reshape(*shape, -1),
        -ends[-1][0].reshape(*shape, -1),
    )


def _first(values: Floats, which: Indices) -> tuple[Floats, Indices]:
    """The KEPT largest of each row, largest first; of equals the one that came first."""
    count = min(KEPT, values.shape[1])
    # a full sort of 500 rows would be the slowest part of the survey
    near = np.sort(np.argpartition(-values, count - 1, axis=1)[:, :count], axis=1)
    values, which = np.take_along_axis(values, near, 1), np.take_along_axis(which, near, 1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.take_along_axis(values, order, 1), np.take_along_axis(which, order, 1)
