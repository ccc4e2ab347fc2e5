"""What a process has imported and compiled; also as a question that a training process is asked."""

import importlib
import pkgutil
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

from nnviz.data.digits import Digits
from nnviz.questions.question import Kept, Question, Working
from nnviz.training.table import Kernels


@dataclass(frozen=True)
class There:
    """What a process has in its memory."""

    packages: frozenset[str]
    """That it has imported"""
    kernels: dict[str, int]
    """Each function that is called from Python: for how many kinds of arguments its machine code
    was made anew, rather than read from the disk"""


def what_is_there() -> There:
    """Of this process."""
    packages = frozenset(name.partition(".")[0] for name in sys.modules)
    found = kernels_here()
    made = {name: sum(kernel.stats.cache_misses.values()) for name, kernel in found.items()}
    return There(packages, made)


def warm_up_all() -> None:
    """Has all kernels made in this process."""
    # the compiled engine, which not every test has
    from nnviz.training.compiled.warming import warm_up

    for kernels in Kernels:
        warm_up(kernels)


def made_anew() -> int:
    """How many kernels this process did not find where they are kept."""
    return sum(what_is_there().kernels.values())


def kinds_of_arguments() -> dict[str, int]:
    """Each kernel -> the kinds of arguments that there is machine code for."""
    return {name: len(kernel.signatures) for name, kernel in kernels_here().items()}


def kernels_here() -> dict[str, Any]:
    """The functions of the compiled engine that are called from Python, by name."""
    return {name: value for name, value in _functions().items() if value.signatures}


@cache
def _functions() -> dict[str, Any]:
    """All that are compiled, called from Python or not."""
    import nnviz.training.compiled as engine

    modules = [
        importlib.import_module(f"{engine.__name__}.{module.name}")
        for module in pkgutil.iter_modules(engine.__path__)
    ]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and hasattr(value, "signatures")
    }


@dataclass(frozen=True)
class WhatIsThere(Question[There]):
    """Asks a training process what it has in its memory."""

    def work(self, digits: Digits, kept: Kept) -> Working[There]:
        yield
        return what_is_there()
