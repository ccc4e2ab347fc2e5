"""Powers of e, sigmoid and tanh of float32, so that loops over them become vectors.

Each takes and gives one float32 without a branch, within three units in the last place. A loop that
calls one for each number of an array is vectorised by the compiler, and takes less than half as
long as numpy's. What is no number stays none, and infinity leads to the limit.

The polynomials are those of the Cephes library by S. L. Moshier (expf and tanhf).
"""

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.training.compiled.building import kernel

LARGEST_POWER = np.float32(88.37)
"""Above it the power of e is infinite: a little earlier than float32 ends."""
SMALLEST_POWER = np.float32(-87.33)
"""Below it the power of e is 0: numbers so small are slow on many processors."""

INFINITE = np.float32(np.inf)
ONE, TWO = np.float32(1), np.float32(2)
LOG2_E = np.float32(1.44269504088896341)
LN_2_HIGH = np.float32(0.693145751953125)
"""ln 2 in two parts: multiples of the first are exact."""
LN_2_LOW = np.float32(1.428606765330187e-06)
TO_WHOLE = np.float32(1.5 * 2**23)
"""Added to a number, it leaves the nearest whole number in the last bits."""
EXPONENT = np.int32(23)
"""Bits of a float32 below its exponent."""
E5 = np.float32(1.9875691500e-4)
E4 = np.float32(1.3981999507e-3)
E3 = np.float32(8.3334519073e-3)
E2 = np.float32(4.1665795894e-2)
E1 = np.float32(1.6666665459e-1)
E0 = np.float32(5.0000001201e-1)
NEAR_ZERO = np.float32(0.625)
T4 = np.float32(-5.70498872745e-3)
T3 = np.float32(2.06390887954e-2)
T2 = np.float32(-5.37397155531e-2)
T1 = np.float32(1.33314422036e-1)
T0 = np.float32(-3.33332819422e-1)


@kernel
def doubled(number: np.float32, shifted: np.float32) -> np.float32:
    """A number times the power of 2 that `shifted` has in its last bits."""
    exponent = np.int32(np.float32(shifted).view(np.int32) << EXPONENT)
    return np.int32(np.float32(number).view(np.int32) + exponent).view(np.float32)


@kernel
def exp(number: np.float32) -> np.float32:
    """The power of e."""
    shifted = number * LOG2_E + TO_WHOLE
    whole = shifted - TO_WHOLE
    rest = number - whole * LN_2_HIGH - whole * LN_2_LOW
    series = ((((E5 * rest + E4) * rest + E3) * rest + E2) * rest + E1) * rest + E0
    power = doubled(series * rest * rest + rest + ONE, shifted)
    power = power if number >= SMALLEST_POWER else (number if number != number else np.float32(0))
    return INFINITE if number > LARGEST_POWER else power


@kernel
def sigmoid(number: np.float32) -> np.float32:
    """The logistic function."""
    return ONE / (ONE + exp(-number))


@kernel
def tanh(number: np.float32) -> np.float32:
    """The hyperbolic tangent."""
    size = abs(number)
    square = number * number
    series = (((T4 * square + T3) * square + T2) * square + T1) * square + T0
    near = series * square * number + number
    far = ONE - TWO / (exp(TWO * size) + ONE)
    return near if size < NEAR_ZERO else (far if number > 0 else -far)


@kernel
def exp_all(numbers: Floats) -> None:
    """Powers of e, in place: numbers (any,)."""
    for place in range(len(numbers)):
        numbers[place] = exp(numbers[place])


@kernel
def sigmoid_all(numbers: Floats) -> None:
    """The logistic function, in place: numbers (any,)."""
    for place in range(len(numbers)):
        numbers[place] = sigmoid(numbers[place])


@kernel
def tanh_all(numbers: Floats) -> None:
    """The hyperbolic tangent, in place: numbers (any,)."""
    for place in range(len(numbers)):
        numbers[place] = tanh(numbers[place])
