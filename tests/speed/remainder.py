"""Where the time of a step goes, and what no step of this kind could go below."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.with_torch.gradient import WideStep

LARGE = 1024
"""Side of the product that shows what the processor can do."""
OFTEN = 400


def remainder(
    digits: DigitSet, settings: Settings, network: Network, whole: float, rounds: int
) -> dict[str, Any]:
    """The parts of a step that takes `whole` microseconds, in microseconds."""
    learner = WideStep(network, settings.cost, layout_of(settings, digits.classes))
    batch = settings.batch
    labels = torch.from_numpy(digits.train_labels[:batch]).long()
    learner.load(torch.from_numpy(digits.train_images[:batch]), labels)

    def step() -> None:
        learner.step(0, batch, settings.rate, 1.0, False)

    with torch.inference_mode():
        operations = _operations(step)
        images = torch.rand(batch, learner.first.shape[0])
        errors = torch.rand(batch, learner.first.shape[1])
        large = torch.rand(LARGE, LARGE)
        large_product = torch.empty_like(large)
        parts = {
            "step": step,
            "products": lambda: _products(images, learner.first, errors),
            "large": lambda: torch.mm(large, large, out=large_product),
            "operation": _tiny_operation(),
        }
        taken = {
            name: _microseconds(part, 1 if name == "large" else OFTEN, rounds)
            for name, part in parts.items()
        }
    dispatch = (operations - 2) * taken["operation"]
    flops = 4 * batch * network.inputs * network.hidden
    return {
        "size": f"{network.inputs}-{network.hidden}-{digits.classes}, batch {batch}",
        "whole": whole,
        "gather_convert_loop": whole - taken["step"],
        "products_784_wide": taken["products"],
        "products_gflops": flops / taken["products"] / 1e3,
        "large_product_gflops": 2 * LARGE**3 / taken["large"] / 1e3,
        "other_operations": operations - 2,
        "dispatch_per_operation": taken["operation"],
        "dispatch": dispatch,
        "other_arithmetic": taken["step"] - taken["products"] - dispatch,
    }


class _Counting(TorchDispatchMode):
    count = 0

    def __torch_dispatch__(  # the name is torch's
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        self.count += 1
        return func(*args, **(kwargs or {}))


def _operations(step: Callable[[], None]) -> int:
    step()
    with _Counting() as counting:
        step()
    return counting.count


def _products(images: Tensor, weights: Tensor, errors: Tensor) -> None:
    torch.mm(images, weights, out=errors)
    weights.addmm_(images.t(), errors, alpha=-1e-9)


def _tiny_operation() -> Callable[[], None]:
    one = torch.ones(1)

    def multiply() -> None:
        one.mul_(one)

    return multiply


def _microseconds(part: Callable[[], None], often: int, rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(often):
            part()
        taken.append(1e6 * (time.process_time() - began) / often)
    return median(taken)
