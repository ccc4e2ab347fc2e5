"""The engines as this machine has them: whether each can learn, and why not.

What an engine needs is imported when it is first asked for, once a process: it takes seconds.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nnviz.data.locks import Busy, hold, let_go
from nnviz.errors import Refusal
from nnviz.networks.learned_by import BRINGS, COMPILED, DEVICES, TORCH, version_of
from nnviz.paths import line_that_installs
from nnviz.training.kernels_kept import sweep_kernels
from nnviz.training.table import Kernels
from nnviz.words import tr

OTHERS_COMPILE_AT_MOST = 120.0
"""Seconds that a process waits for another one which compiles the same."""


class EngineMissing(Refusal):
    """Nothing here can learn a run; the message is one sentence for the user."""


@dataclass(frozen=True)
class State:
    """Whether an engine can learn here."""

    works: bool
    reason: str = ""
    """Why it cannot, or why another one should; a part of a sentence"""


_KNOWN: dict[tuple[str, Kernels], State] = {}
_ONE_AT_A_TIME: defaultdict[tuple[str, Kernels], threading.Lock] = defaultdict(threading.Lock)


def state_of(
    engine: str, kernels: Kernels = Kernels.NETWORKS, anew: Callable[[], None] = lambda: None
) -> State:
    """Whether an engine can learn here what needs these kernels. The first call imports it and
    makes them ready; `anew` is called where they must be compiled first."""
    asked = engine, kernels if engine == COMPILED else Kernels.NETWORKS
    # whoever asks for what is ready does not wait for what another thread still compiles
    if asked not in _KNOWN:
        with _ONE_AT_A_TIME[asked]:
            if asked not in _KNOWN:
                _KNOWN[asked] = _find_out(*asked, anew)
    return _KNOWN[asked]


def prepare(kernels: Kernels = Kernels.NETWORKS, anew: Callable[[], None] = lambda: None) -> str:
    """Makes ready what learns runs that need these kernels (see `state_of`); -> why that is not
    the compiled engine, or nothing."""
    compiled = state_of(COMPILED, kernels, anew)
    if compiled.reason:
        state_of(TORCH)
    return compiled.reason


def _find_out(engine: str, kernels: Kernels, anew: Callable[[], None]) -> State:
    package = BRINGS[engine]
    try:
        if engine == COMPILED:
            return State(True, _make_compiled_ready(kernels, anew))
        from nnviz.training.with_torch.learner import prepare_torch

        prepare_torch()
        return State(True)
    except ModuleNotFoundError as error:
        return State(False, _missing(error.name or package))
    # a library that does not load, a processor that is not known, a cache that is damaged
    except Exception as error:  # noqa: BLE001 - whatever it is, the other engine may learn
        said = str(error).strip().partition("\n")[0].rstrip(".")
        kind = type(error).__name__
        return State(False, tr("{package}: {kind}: {said}", package=package, kind=kind, said=said))


def _missing(package: str) -> str:
    line = line_that_installs(package)
    if not line:
        return tr("this program comes without {package}", package=package)
    return tr("{package} is not installed: {line} installs it", package=package, line=line)


def _make_compiled_ready(kernels: Kernels, anew: Callable[[], None]) -> str:
    """-> why another engine should learn all the same, or nothing."""
    from nnviz.training.compiled.building import KEPT_IN, forget_kept
    from nnviz.training.compiled.warming import warm_up

    if KEPT_IN is None:
        return tr("there is no folder where its machine code can be kept")
    with _alone(KEPT_IN / _lock_of(kernels), anew):
        try:
            warm_up(kernels, anew)
        except Exception:  # noqa: BLE001 - what is kept is damaged, in one of many ways
            forget_kept()
            warm_up(kernels, anew)
    sweep_kernels(KEPT_IN, [KEPT_IN / _lock_of(each) for each in Kernels])
    return ""


def _lock_of(kernels: Kernels) -> str:
    return f"{kernels.name.lower()}.lock"


@contextmanager
def _alone(lock: Path, waits: Callable[[], None]) -> Iterator[None]:
    """While another process compiles the same, waits for what it keeps rather than do it again."""
    held = None
    with suppress(OSError, Busy):  # no locks to be had, or the other is stuck: both may compile
        try:
            held = hold(lock)
        except Busy:
            waits()
            held = hold(lock, OTHERS_COMPILE_AT_MOST)
    try:
        yield
    finally:
        if held is not None:
            let_go(held)


def devices(engine: str) -> list[str]:
    """What an engine that works here can learn on."""
    if engine == COMPILED:
        return ["cpu"]
    from nnviz.training.with_torch.learner import has_device

    return [device for device in DEVICES if has_device(device)]


def lenet_kernels(device: str) -> bool:
    """Whether compiled kernels take part where torch learns a LeNet on a device: they are made
    ready. Raises EngineMissing unless torch, which nothing can stand in for, can learn there."""
    torch = state_of(TORCH)
    if not torch.works:
        raise EngineMissing(
            "LeNet learns with torch, which cannot be used here ({reason}).", reason=torch.reason
        )
    check_device(device)
    return device == "cpu" and state_of(COMPILED, Kernels.LENET).works


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
