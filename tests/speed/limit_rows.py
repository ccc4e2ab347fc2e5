"""How far each step is from what no step could go below, and where the rest of its time goes.

Whatever learns, a step has to multiply: once to know the sums, once to change the weights. How
long that takes at least is worked out from what this machine does in large products; for products
with all pixels, and for those with pixels that are not black alone. The weights it changes have to
come from memory and go back; how long that takes is known from copying.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from nnviz.data.digits import Source, bundled_digits, open_digits
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from tests.speed.digit_folders import folder_of
from tests.speed.sides import PRESENT, Side
from tests.speed.step_rows import Measured
from tests.speed.steps import STEPS, Step

LARGE = 1024
"""Side of the product that shows what the processor can do."""
COPIED = 64_000_000
"""Bytes, more than any cache has."""
ROUNDS = 7
FLOAT = 4
"""Bytes of a weight."""
ONE_NEURON = 1
FIXED = 2000
"""Steps of a round."""


@dataclass(frozen=True)
class Machine:
    """What this processor does at most, with one thread."""

    products: float
    """Multiplications with an addition in a microsecond, in a large product of float32"""
    copying: float
    """Bytes read and written in a microsecond"""


@dataclass(frozen=True)
class Floor:
    """Microseconds that a step takes at least."""

    dense: float
    """The products over all pixels"""
    ink: float
    """Those over pixels that are not black"""
    memory: float
    """The weights once out of memory and back into it"""


def machine() -> Machine:
    """Measures in processor time; the best of a few rounds."""
    one, other = np.ones((LARGE, LARGE), np.float32), np.ones((LARGE, LARGE), np.float32)
    product = np.empty_like(one)
    source = np.ones(COPIED // FLOAT, np.float32)
    copy = np.empty_like(source)
    products, copies = [], []
    for _ in range(ROUNDS):
        began = time.process_time()
        np.dot(one, other, out=product)
        middle = time.process_time()
        np.copyto(copy, source)
        products.append(middle - began)
        copies.append(time.process_time() - middle)
    return Machine(LARGE**3 / min(products) / 1e6, 2 * COPIED / min(copies) / 1e6)


def floor_of(step: Step, home: Path, limits: Machine) -> Floor:
    """What a step takes at least on such a machine."""
    digits = bundled_digits()
    if step.digits != "bundled":
        digits = open_digits(Source("folder", folder_of(step.digits, home)))
    given = dict(step.settings)
    settings = Settings().change(design=given.pop("design")).change(**given)
    layout = layout_of(settings, digits.classes)
    if settings.trunk == "frozen":
        trunk = initial_network(Settings(hidden=settings.hidden), digits.inputs, digits.classes)
        network = initial_network(settings, digits.inputs, digits.classes, trunk)
        learned, with_ink = network.output_weights.size, 0
    else:
        network = initial_network(settings, digits.inputs, digits.classes)
        learned, with_ink = network.output_weights.size, network.hidden_weights.size
    # an output that asks one digit in five learns from full batches of those
    ink = float(np.count_nonzero(digits.train_images[:1000]) / digits.train_images[:1000].size)
    rest = learned * settings.batch * (float(layout.asked.mean()) if with_ink == 0 else 1.0)
    dense = 2 * (with_ink * settings.batch + rest)
    inked = 2 * (with_ink * settings.batch * ink + rest)
    traffic = 2 * FLOAT * (with_ink + learned)
    return Floor(dense / limits.products, inked / limits.products, traffic / limits.copying)


def limit_table(found: Sequence[Measured], home: Path, limits: Machine) -> list[tuple[str, ...]]:
    """A line for each step that was measured."""
    lines = []
    for each in found:
        if PRESENT not in each.taken:
            continue
        taken, floor = median(each.taken[PRESENT]), floor_of(each.step, home, limits)
        least = max(floor.ink, 0.0)
        lines.append(
            (
                each.step.told,
                f"{taken:,.1f} µs",
                f"{floor.dense:,.1f} µs",
                f"{floor.ink:,.1f} µs",
                f"{floor.memory:,.1f} µs",
                f"{taken / least:.1f}x",
            )
        )
    return lines


def parts(side: Side, found: Sequence[Measured], home: Path, rounds: int) -> Mapping[str, float]:
    """Where the time of the step 784-30-10 goes, in microseconds."""
    whole = next(each for each in found if each.step.name == STEPS[0].name)
    wide = next(each for each in found if each.step.name == "step-60000")
    settings = {**STEPS[0].settings, "hidden": ONE_NEURON}
    side.make("one neuron", "steps", settings=settings, digits="bundled")
    taken = []
    for turn in range(rounds + 1):
        seconds = side.learn("one neuron", FIXED)["processor"]
        if turn:
            taken.append(1e6 * seconds / FIXED)
    side.drop("one neuron")
    step, fixed = median(whole.taken[PRESENT]), median(taken)
    told = {"step": step, "one_neuron": fixed, "other_neurons": step - fixed}
    if PRESENT in wide.taken:
        told["digits_out_of_the_cache"] = median(wide.taken[PRESENT]) - step
    return told
