"""LeNets side by side as one network, which the rest of the program asks like any other."""

from collections.abc import Sequence

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.data.digits import COLOUR, GREY, Shape
from nnviz.networks.front import Front, feature_count
from nnviz.networks.layouts import Layout
from nnviz.networks.lenet import Lenet
from nnviz.networks.network import Network

ACTIVATION = "relu"
"""Of the hidden layer of a LeNet."""


def network_of_lenets(
    models: Sequence[Lenet], layout: Layout, shared: bool, output_activation: str
) -> Network:
    """One network of models, each with the outputs of one question (a softmax group of `layout`),
    in that order: a class, a pair, a set of classes, a member of an ensemble.

    `shared`: all have the hidden layers of the first, which are kept once. A model of two outputs
    that share a softmax serves where one output is wanted: its weights are those of the first
    minus those of the second, and a sigmoid of that says the same. Raises ValueError where models
    and layout do not fit.
    """
    groups = int(layout.groups.max()) + 1
    kept = models[:1] if shared else models
    if len(models) != groups or len(kept) != layout.network_count:
        raise ValueError(
            f"{len(models)} models for {groups} questions of {layout.network_count} networks"
        )
    first = models[0]
    shape = _shape_of(first)
    outputs, hidden = len(layout.table), first.hidden_biases.shape[0]
    output_weights = np.empty((outputs, hidden), np.float32)
    output_biases = np.empty(outputs, np.float32)
    for group, model in enumerate(models):
        own = np.flatnonzero(layout.groups == group)
        if not shared and (layout.networks[own] != group).any():
            raise ValueError(f"the outputs of question {group} read another hidden layer")
        output_weights[own], output_biases[own] = read_out(model, len(own))
    return Network(
        _stacked([each.hidden_weights for each in kept]),
        _stacked([each.hidden_biases for each in kept]),
        output_weights,
        output_biases,
        layout.networks.copy(),
        layout.groups.copy(),
        ACTIVATION,
        output_activation,
        Front(
            _stacked([each.first_weights for each in kept]),
            _stacked([each.first_biases for each in kept]),
            _stacked([each.second_weights for each in kept]),
            _stacked([each.second_biases for each in kept]),
            shape,
        ),
    )


def _shape_of(model: Lenet) -> Shape:
    """Of its images. Raises ValueError."""
    shape = {each[2]: each for each in (GREY, COLOUR)}.get(model.first_weights.shape[1])
    filters, features = len(model.second_biases), model.hidden_weights.shape[1]
    if shape is None or feature_count(shape, filters) != features:
        raise ValueError(f"no images have {features} features behind {filters} filters")
    return shape


def read_out(model: Lenet, outputs: int) -> tuple[Floats, Floats]:
    """-> weights (outputs, hidden), biases (outputs,). Raises ValueError."""
    weights, biases = model.output_weights, model.output_biases
    if outputs == 1 and len(biases) == 2:
        return weights[:1] - weights[1:], biases[:1] - biases[1:]
    if len(biases) != outputs:
        raise ValueError(f"a model of {len(biases)} outputs where {outputs} are wanted")
    return weights, biases


def _stacked(arrays: Sequence[Floats]) -> Floats:
    return np.stack(arrays).astype(np.float32, copy=False)
