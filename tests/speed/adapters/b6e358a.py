"""Revision b6e358a, the build of 25 November 2026: the same as now under the names of then."""

import sys
from importlib import import_module

from nnviz.learning.gradient import prepare_torch

THEN = {
    "nnviz.data.digits": "nnviz.learning.digits",
    "nnviz.networks.curves": "nnviz.learning.curves",
    "nnviz.networks.network": "nnviz.learning.network",
    "nnviz.networks.settings": "nnviz.learning.settings",
    "nnviz.training.engine": "nnviz.engine",
    "nnviz.training.loop": "nnviz.learning.training_loop",
    "nnviz.training.messages": "nnviz.learning.messages",
    "nnviz.training.trainer": "nnviz.learning.training",
}
"""Module of today -> where it stood."""
sys.modules |= {today: import_module(then) for today, then in THEN.items()}
sys.modules[__name__] = import_module(f"{__package__}.present")
prepare_torch()
