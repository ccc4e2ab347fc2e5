"""Standard output and error that cannot fail: closed ones, and names that are no text.

A program that was started without them, as from a menu of Windows or with `>&-`, has None in their
place; and the names of files may hold bytes that are no UTF-8, or signs that a terminal lacks.
"""

import os
import sys
from io import TextIOWrapper

UNKNOWN = "backslashreplace"
"""How what cannot be written is written"""


def make_outputs_safe() -> None:
    """Puts outputs that take everything in the place of those that are missing."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # what is opened next would get its number, and be written into by others
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))
        elif name != "stdin" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=UNKNOWN)


def give_up_output() -> None:
    """Has what is still to be written go nowhere: whoever read it is gone, or its disk is full."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
