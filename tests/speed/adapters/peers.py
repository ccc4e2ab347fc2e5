"""The usual ways of doing the same, with the libraries of the tests; no revision of the program."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import torch

from nnviz.data.digits import bundled_digits
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from tests.speed.adapters.contract import Learns
from tests.speed.learners.autograd import WithAutograd
from tests.speed.learners.heads import LinearHeads, LoopOfHeads
from tests.speed.learners.in_numpy import InNumpy
from tests.speed.learners.nielsen import OfNielsen
from tests.speed.learners.scikit import WithScikit
from tests.speed.learners.separate import LoopOfAutograd, SeparateScikit
from tests.speed.steps import SAMPLED

torch.set_num_threads(1)
torch.set_flush_denormal(True)  # slow tiny numbers would speak for us


def _way(way: Callable[..., Learns], settings: Mapping[str, Any], digits: str) -> Learns:
    given = dict(settings)
    opened = bundled_digits()
    asked = Settings().change(design=given.pop("design")).change(**given)
    trunk = None
    if asked.trunk == "frozen":
        trunk = initial_network(Settings(hidden=asked.hidden), opened.inputs, opened.classes)
    return way(opened, asked, initial_network(asked, opened.inputs, opened.classes, trunk))


autograd = partial(_way, WithAutograd)
scikit = partial(_way, WithScikit)
nielsen = partial(_way, OfNielsen)
in_numpy = partial(_way, InNumpy)
padded = partial(_way, partial(InNumpy, lanes=16))
loop_of_autograd = partial(_way, LoopOfAutograd)
separate_scikit = partial(_way, SeparateScikit)
linear_heads = partial(_way, LinearHeads)
loop_of_heads = partial(_way, partial(LoopOfHeads, sampled=SAMPLED))
