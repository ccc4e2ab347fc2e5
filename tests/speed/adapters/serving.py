"""Lets an adapter work, in a process of its own: lines of JSON in, a line of JSON out each.

`python -m adapters.serving NAME` where the folder above is on the path of imports, else
`python -m tests.speed.adapters.serving NAME`. Says first whether the adapter fits.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


class Serving:
    """What was made under which name, and what can be done with it."""

    def __init__(self, adapter: Any) -> None:
        self._adapter = adapter
        self._made: dict[str, Any] = {}

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What an order comes to; `failed` with a sentence where it cannot be done."""
        do: Callable[..., dict[str, Any]] = getattr(self, f"_{asked['do']}")
        try:
            return do(**{name: value for name, value in asked.items() if name != "do"})
        except Exception as error:  # noqa: BLE001 - other revisions fail in ways of their own
            return {"failed": f"{type(error).__name__}: {error}"}

    def _make(self, name: str, what: str, **given: Any) -> dict[str, Any]:
        if not hasattr(self._adapter, what):
            return {"failed": f"the adapter has no {what}"}
        self._made[name] = getattr(self._adapter, what)(**given)
        return {}

    def _learn(self, name: str, steps: int) -> dict[str, Any]:
        made = self._made[name]
        began, used = time.monotonic(), time.process_time()
        made.learn(steps)
        return {"processor": time.process_time() - used, "wall": time.monotonic() - began}

    def _ask(self, name: str, word: str) -> dict[str, Any]:
        answer: dict[str, Any] = self._made[name].ask(word)
        return answer

    def _drop(self, name: str) -> dict[str, Any]:
        made = self._made.pop(name, None)
        if hasattr(made, "close"):
            made.close()
        del made
        gc.collect()
        return {}


def main(name: str) -> None:
    """Serves until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr  # whatever a library prints is no answer

    def say(**what: Any) -> None:
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    time.perf_counter = time.process_time  # a run counts its learning by it: in processor time
    try:
        serving = Serving(import_module(f"{__package__}.{name}"))
    except (ImportError, AttributeError) as error:
        say(unfit=str(error))
        return
    say(fits=True)
    for line in sys.stdin:
        say(**serving.answer(json.loads(line)))


if __name__ == "__main__":
    main(sys.argv[1])
