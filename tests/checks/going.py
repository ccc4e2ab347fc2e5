"""Runs whose checks are looked at on their way, and runs that have each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nnviz.cli.checks import Checking
from nnviz.data.digits import DigitSet
from nnviz.networks.curves import Diverged
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import trunk_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import PRESETS, Settings
from nnviz.questions.checks.table import Finding
from nnviz.questions.question import Kept
from nnviz.training.trainer import Trainer

SAMPLE = 1000
"""Training digits that are measured."""


@dataclass(frozen=True)
class Wrong:
    """A run that has a check."""

    key: str
    changes: dict[str, Any]
    preset: str = "standard"
    epochs: int = 1


WRONG = (
    Wrong("outputs-near-zero", {"rate": 100.0}, "book"),
    Wrong("diverged", {"rate": 100.0}),
    Wrong("diverged", {"rate": 10.0, "decay": 1000.0}),
    Wrong("diverged", {"rate": 100.0, "design": "four-bits"}),
    Wrong("diverged", {"rate": 100.0, "design": "all-pairs", "hidden": 3}),
    Wrong("dead-neurons", {"activation": "relu"}),
    Wrong("dead-neurons", {"rate": 100.0}, "book"),
    Wrong("output-never-fires", {"seed": 3}, "book", 2),
    Wrong("output-never-fires", {"seed": 10}, "book", 2),
    Wrong("few-digits", {"images": 50, "epochs": 20}, epochs=20),
    Wrong("weights-noise", {}, "book"),
    Wrong("loss-flat", {"rate": 0.0001}),
    Wrong("loss-flat", {"rate": 0.001}, "book"),
    Wrong("loss-flat", {"design": "four-bits", "rate": 0.0001}),
    Wrong("loss-flat", {"batch": 1000}),
)
"""Each on the bundled digits."""


def settings_of(preset: str, **changes: Any) -> Settings | None:
    """A preset with changes; None where the design does not go with its cost."""
    design = changes.get("design", Settings().design)
    named = PRESETS[preset].changes
    if named["cost"] not in DESIGNS[design].costs:
        named = {name: value for name, value in named.items() if name not in ("cost", "rate")}
        if preset == "book":
            return None
    return Settings().change(design=design).change(**named).change(**changes)


def going(
    settings: Settings, digits: DigitSet, epochs: int
) -> Iterator[tuple[float, list[Finding]]]:
    """How many epochs are behind it, and what goes wrong, four times in each of the first two
    epochs and then after each."""
    kept: Kept = {}
    trunk = None
    if settings.trunk == "frozen":
        found, settings = trunk_of(settings, None, False)
        trunk = found.network
    network = initial_network(settings, digits.inputs, digits.classes, trunk)
    trainer = Trainer(settings, digits, network, sample=SAMPLE, point_after=_quarters, kept=kept)
    checking, measured, length = Checking(trainer, kept), 0, trainer.epoch_length
    try:
        while trainer.position.epoch < epochs or trainer.point_due:
            trainer.advance()
            if len(trainer.points) > measured and not trainer.measuring:
                measured = len(trainer.points)
                if trainer.position.examples:
                    yield trainer.position.examples / length, list(checking.found())
    except Diverged:
        yield trainer.position.examples / length, list(checking.of_diverged())


def _quarters(examples: int, length: int) -> int:
    part = max(1, length // 4) if examples < 2 * length else length
    return min((examples // part + 1) * part, (examples // length + 1) * length)
