"""How the functions of this engine are compiled, and where the machine code is kept.

numba keeps one file per function and kinds of arguments, and finds it again by the function's own
source file alone: a change in a module that the function takes something from goes unnoticed. So
what belongs to other sources lies in another folder.
"""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba

from nnviz.training.kernels_kept import kernels_folder

Given = ParamSpec("Given")
Result = TypeVar("Result")
NOT_FROM_C: Mapping[str, Any] = {"no_cfunc_wrapper": True}
NOT_FROM_PYTHON: Mapping[str, Any] = {**NOT_FROM_C, "no_cpython_wrapper": True}
"""Options of numba, which has them for functions that it puts into others itself."""


def kernel(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Compiles a function of a module when it is first called with arguments of a kind.

    It lets other threads run meanwhile. A product and a sum may become one operation with one
    rounding; nothing else is taken for granted of floating-point numbers, so that NaN and infinity
    stay what they are and sums are added up in the order that is written.
    """
    compiled: Callable[Given, Result] = numba.njit(
        cache=KEPT_IN is not None,
        nogil=True,
        error_model="numpy",
        fastmath={"contract"},
        **NOT_FROM_C,
    )(function)
    return compiled


def part(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Like `kernel`, for what is called by kernels alone: it becomes part of them.

    Nothing is made that Python would call: turning its arguments into those of compiled functions
    and back takes a third of all compiling. Called from Python it ends the process.
    """
    compiled: Callable[Given, Result] = numba.njit(
        nogil=True,
        error_model="numpy",
        fastmath={"contract"},
        **NOT_FROM_PYTHON,
    )(function)
    return compiled


def body(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Like `part`, for what is nearly all of a kernel: it is written into it before compiling.

    Parts are compiled once for themselves and once more inside whatever calls them. That costs
    most where a kernel does little but call one large part; for small ones this way costs more.
    """
    compiled: Callable[Given, Result] = numba.njit(
        nogil=True,
        error_model="numpy",
        fastmath={"contract"},
        inline="always",
        **NOT_FROM_PYTHON,
    )(function)
    return compiled


def _place() -> Path | None:
    """The folder for the machine code of these very sources; None where none can be written."""
    sources = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        sources.update(path.read_bytes())
    folder = kernels_folder() / sources.hexdigest()[:12]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


KEPT_IN = _place()
"""Where the machine code is kept; None where it is made anew by every process."""
if KEPT_IN is not None:
    numba.config.CACHE_DIR = str(KEPT_IN)  # type: ignore[attr-defined]


def forget_kept() -> None:
    """Has all machine code made anew, because what is kept is damaged."""
    for index in KEPT_IN.rglob("*.nbi") if KEPT_IN is not None else ():
        index.unlink(missing_ok=True)
