"""The engines as this machine has them: whether each can learn, and why not.

What an engine needs is imported when it is first asked for, once a process: it takes seconds.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from nnviz.errors import Refusal
from nnviz.networks.learned_by import BRINGS, COMPILED, DEVICES, TORCH, version_of
from nnviz.words import tr

_ONE_AT_A_TIME = threading.Lock()


class EngineMissing(Refusal):
    """Nothing here can learn a run; the message is one sentence for the user."""


@dataclass(frozen=True)
class State:
    """Whether an engine can learn here."""

    works: bool
    reason: str = ""
    """Why it cannot, or why another one should; a part of a sentence"""


def state_of(engine: str) -> State:
    """Whether an engine can learn here. The first call imports it and makes it ready."""
    with _ONE_AT_A_TIME:
        return _state_of(engine)


def prepare() -> str:
    """Makes ready what learns most runs; -> why that is not the compiled engine, or nothing."""
    compiled = state_of(COMPILED)
    if compiled.reason:
        state_of(TORCH)
    return compiled.reason


@cache
def _state_of(engine: str) -> State:
    package = BRINGS[engine]
    try:
        return State(True, _MADE_READY[engine]())
    except ModuleNotFoundError as error:
        return State(False, tr("{package} is not installed", package=error.name or package))
    # a library that does not load, a processor that is not known, a cache that is damaged
    except Exception as error:  # noqa: BLE001 - whatever it is, the other engine may learn
        said = str(error).strip().partition("\n")[0].rstrip(".")
        kind = type(error).__name__
        return State(False, tr("{package}: {kind}: {said}", package=package, kind=kind, said=said))


def _make_compiled_ready() -> str:
    from nnviz.training.compiled.building import KEPT_IN, forget_kept
    from nnviz.training.compiled.warming import warm_up

    if KEPT_IN is None:
        return tr("there is no folder where its machine code can be kept")
    try:
        warm_up()
    except Exception:  # noqa: BLE001 - what is kept is damaged, in one of many ways, or all fails
        forget_kept()
        warm_up()
    return ""


def _make_torch_ready() -> str:
    from nnviz.training.with_torch.learner import prepare_torch

    prepare_torch()
    return ""


_MADE_READY: Mapping[str, Callable[[], str]] = {
    COMPILED: _make_compiled_ready,
    TORCH: _make_torch_ready,
}
"""Engine -> what makes it ready, and says why another one should learn all the same"""


def devices(engine: str) -> list[str]:
    """What an engine that works here can learn on."""
    if engine == COMPILED:
        return ["cpu"]
    from nnviz.training.with_torch.learner import has_device

    return [device for device in DEVICES if has_device(device)]


def check_device(device: str) -> None:
    """Raises EngineMissing unless torch can learn on a device."""
    torch = state_of(TORCH)
    if not torch.works:
        raise EngineMissing(
            "The device {device} needs torch, which cannot be used here ({reason}): choose the "
            "device cpu.",
            device=device,
            reason=torch.reason,
        )
    from nnviz.training.with_torch.learner import has_device

    if not has_device(device):
        raise EngineMissing(
            "Torch {version} finds no device {device} here: choose the device cpu.",
            device=device,
            version=version_of("torch"),
        )
