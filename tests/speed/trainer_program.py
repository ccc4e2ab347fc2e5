"""The training process without a window; obeys the same words as the window's program."""

import json
import sys
import time
from typing import TypeVar

from nnviz.data.digits import Source, bundled_digits
from nnviz.networks.curves import Position
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.training.engine import Died, TrainingProcess
from nnviz.training.messages import (
    BeginRun,
    DigitsOpened,
    Go,
    Look,
    OpenDigits,
    Pause,
    Snapshot,
    Told,
)

Kind = TypeVar("Kind", bound=Told)


def main() -> None:
    engine = TrainingProcess()
    engine.start()
    engine.ask(OpenDigits(Source()))
    _heard(engine, DigitsOpened)
    digits, settings = bundled_digits(), Settings(speed=0, epochs=0)
    network = initial_network(settings, digits.inputs, digits.classes)
    engine.ask(BeginRun(1, settings, network, Position(), ()))
    _say(ready=time.monotonic())
    for word in sys.stdin:
        match word.strip():
            case "train":
                engine.ask(Go())
            case "pause":
                engine.ask(Pause())
            case "report":
                engine.ask(Look(0, 0))
                snapshot = _heard(engine, Snapshot)
                _say(moment=time.monotonic(), steps=snapshot.position.steps)
    engine.stop()


def _heard(engine: TrainingProcess, kind: type[Kind]) -> Kind:
    while True:
        for told in engine.heard():
            if isinstance(told, Died):
                raise RuntimeError(told.reason)
            if isinstance(told, kind):
                return told
        time.sleep(0.001)


def _say(**what: float) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
