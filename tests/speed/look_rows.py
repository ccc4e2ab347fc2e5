"""Measures how soon the training process hears commands, whatever it is asked meanwhile."""

import os
from pathlib import Path
from statistics import quantiles

from nnviz.data.digits import Source
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from tests.speed.looks import Looker
from tests.speed.row import Row

INPUTS, CLASSES = 784, 10
MOST = 10.0
"""Milliseconds for 99 of 100 turns of the loop."""
DESIGNS = ("ten-outputs", "one-vs-rest", "all-pairs", "elimination")


def measure(_rounds: int) -> list[Row]:
    measured = (
        "processor time between two looks for commands, p99 of each of four designs: epochs of "
        "60,000 digits, and all questions"
    )
    mnist = Path(os.environ.get("NNVIZ_DATA", "")) / "mnist"
    if not mnist.is_dir():
        return [Row("looks", measured, "-", "ms", (), MOST, note="NNVIZ_DATA/mnist is not there")]
    small = Looker(Source())
    for design in DESIGNS:
        _turns(small, design)  # what is compiled is compiled now
    looker = Looker(Source("folder", str(mnist)))
    turns = {design: _turns(looker, design) for design in DESIGNS}
    notes = [
        f"{design} {_p99(each):.1f}, longest {max(each):.1f} ms" for design, each in turns.items()
    ]
    values = [_p99(each) for each in turns.values()]
    return [Row("looks", measured, "-", "ms", values, MOST, worst=True, note="; ".join(notes))]


def _turns(looker: Looker, design: str) -> list[float]:
    """Milliseconds."""
    settings = Settings(speed=0, epochs=0).change(design=design)
    network = looker.start(settings, _trunk(settings))
    return [1000 * seconds for seconds in looker.epochs(settings, network).all]


def _trunk(settings: Settings) -> Network | None:
    if settings.trunk != "frozen":
        return None
    return initial_network(Settings(hidden=settings.hidden), INPUTS, CLASSES)


def _p99(turns: list[float]) -> float:
    return quantiles(turns, n=100, method="inclusive")[-1]
