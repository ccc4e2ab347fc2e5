"""The weights of one LeNet: two convolutions, a hidden layer and outputs.

The network of the blog and of Keras' MNIST example: 32 and then 64 filters of 3 x 3 without a
border, the largest of every 2 x 2, 256 hidden ReLUs, outputs.
"""

from dataclasses import dataclass

from nnviz.data.arrays import Floats

FILTERS = (32, 64)
SIDE = 3
"""Of a filter, in pixels"""
POOL = 2
HIDDEN = 256


@dataclass(frozen=True, eq=False)
class Lenet:
    """All weights of one model, float32, as they are once it has learned."""

    first_weights: Floats
    """(32, channels, 3, 3)"""
    first_biases: Floats
    """(32,)"""
    second_weights: Floats
    """(64, 32, 3, 3)"""
    second_biases: Floats
    """(64,)"""
    hidden_weights: Floats
    """(256, features): features are rows x columns x 64 filters, the last one fastest"""
    hidden_biases: Floats
    """(256,)"""
    output_weights: Floats
    """(outputs, 256)"""
    output_biases: Floats
    """(outputs,)"""
