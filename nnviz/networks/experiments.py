"""Runs whose settings are worth comparing: experiments on the book's closing remark (is there an
assignment that makes 4 outputs enough?), and weight images: noise, shapes, clearer shapes, arcs.

Nielsen, Neural Networks and Deep Learning, chapter 1. A new experiment is one entry in
`EXPERIMENTS`. The figures in `found` are means of seeds on all of MNIST, 30 epochs, with 30 hidden
neurons unless another number is named, from `nnviz.data.results`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nnviz.data.results import Result, result
from nnviz.networks.codes import CODE_PRESETS
from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import Settings
from nnviz.words import number, percent, tr


@dataclass(frozen=True)
class Experiment:
    """One run that answers a question."""

    label: str
    help: str
    """What it asks."""
    changes: Mapping[str, Any]
    """Settings, from the usual ones of the program."""
    own_code: bool = False
    """Whether it is about the code on the table."""
    found: str = ""
    """What a run on all of MNIST found."""
    measured: str = ""
    """The name of the result of these runs (see `nnviz.data.results`), where it was measured."""
    measured_code: str = ""
    """The code that it was measured with, where it is about the code on the table."""

    def before(self, code: str) -> Result | None:
        """What was measured on all of MNIST, with the code on the table where it is about that."""
        same = not self.own_code or code == self.measured_code
        return result(self.measured) if self.measured and same else None

    def settings(self, code: str) -> dict[str, Any]:
        """The settings it asks for, with the code on the table where it is about that."""
        return dict(self.changes) | ({"code": code} if self.own_code else {})


CODE_DESIGN = next(name for name, design in DESIGNS.items() if "code" in design.uses)
"""The design whose code the user makes."""


def _reached(name: str) -> str:
    return percent(result(name).mean)


def _gain() -> str:
    """How many points the best code is better than natural binary."""
    return number(100 * (result("any-code/separable").mean - result("four-bits").mean), 1)


_FOUND = {
    "gray": tr("An average code too: {share} on all of MNIST.", share=_reached("any-code/gray")),
    "separable": tr(
        "{share} on all of MNIST, {points} points better than natural binary.",
        share=_reached("any-code/separable"),
        points=_gain(),
    ),
    "error-correcting": tr(
        "{share} on all of MNIST, still below ten outputs.",
        share=_reached("any-code/error-correcting"),
    ),
}


def _preset(name: str) -> Experiment:
    preset = CODE_PRESETS[name]
    changes = {"design": CODE_DESIGN, "code": name}
    found, measured = _FOUND[name], f"any-code/{name}"
    return Experiment(preset.label, preset.help, changes, found=found, measured=measured)


def _this_code(hidden: int, found: str) -> Experiment:
    return Experiment(
        tr("This code, {hidden} neurons", hidden=hidden),
        tr(
            "The code on the table with {hidden} hidden neurons. Edit it, and see what it is "
            "worth.",
            hidden=hidden,
        ),
        {"design": CODE_DESIGN, "hidden": hidden},
        own_code=True,
        found=found,
        measured=f"four-bits/{hidden}" if found else "four-bits",
        measured_code="natural",
    )


EXPERIMENTS: Mapping[str, Experiment] = {
    "ten-outputs": Experiment(
        tr("10 outputs"),
        tr("The mark that every code is measured against."),
        {"design": "ten-outputs"},
        found=tr("{share} on all of MNIST.", share=_reached("ten-outputs")),
        measured="ten-outputs",
    ),
    "natural": Experiment(
        tr("Natural binary"),
        tr("The digit as a binary number, the book's question."),
        {"design": "four-bits"},
        found=tr("{share} on all of MNIST.", share=_reached("four-bits")),
        measured="four-bits",
    ),
    "gray": _preset("gray"),
    "separable": _preset("separable"),
    "error-correcting": _preset("error-correcting"),
    "neurons-30": _this_code(30, ""),
    "neurons-60": _this_code(
        60, tr("Natural binary gets {share} on all of MNIST.", share=_reached("four-bits/60"))
    ),
    "neurons-100": _this_code(
        100,
        tr(
            "Natural binary gets {share} on all of MNIST, less than ten outputs with 30.",
            share=_reached("four-bits/100"),
        ),
    ),
    "read-out": Experiment(
        tr("10 outputs on 4 bits' trunk"),
        tr("Keeps the hidden layer that learned for four bits, and trains ten outputs on it."),
        {"design": "ten-outputs", "trunk": "frozen", "trunk_from": "four-bits"},
        found=tr(
            "{share} on all of MNIST, so most of the gap is the read-out, not the hidden layer.",
            share=_reached("ten-outputs/on-four-bits"),
        ),
        measured="ten-outputs/on-four-bits",
    ),
    "bits-on-ten": Experiment(
        tr("4 bits on 10 outputs' trunk"),
        tr("Keeps the hidden layer that learned for ten outputs, and trains four bits on it."),
        {"design": "four-bits", "trunk": "frozen", "trunk_from": "ten-outputs"},
        found=tr("Only {share} on all of MNIST.", share=_reached("four-bits/on-ten-outputs")),
        measured="four-bits/on-ten-outputs",
    ),
    "code-on-ten": Experiment(
        tr("This code on 10 outputs' trunk"),
        tr("The same with the code on the table."),
        {"design": CODE_DESIGN, "trunk": "frozen", "trunk_from": "ten-outputs"},
        own_code=True,
        found=tr(
            "{share} on all of MNIST with the best by separability.",
            share=_reached("any-code/on-ten-outputs"),
        ),
        measured="any-code/on-ten-outputs",
        measured_code="separable",
    ),
}
GOAL = EXPERIMENTS["ten-outputs"]
"""The run that all codes are compared with."""
QUESTION = EXPERIMENTS["natural"]
"""The code that the book asks about."""


DECAY = 20
"""Weight decay on the 60,000 digits of MNIST; of fewer digits, as much less."""
MNIST = 60_000


@dataclass(frozen=True)
class Setup:
    """One of the runs that are compared."""

    label: str
    help: str
    changes: Mapping[str, Any]
    decays: bool = False


SETUPS: Mapping[str, Setup] = {
    "book": Setup(
        tr("The book's start"),
        tr(
            "Weights from N(0, 1): the random start is larger than all that is learned, so the "
            "images stay noise."
        ),
        {"initial": "normal"},
    ),
    "faint": Setup(
        tr("Faint start"),
        tr("Weights into hidden neurons a hundredth of 1/√fan-in: what is learned can be seen."),
        {"initial": "faint"},
    ),
    "decay": Setup(
        tr("Faint start, decay"),
        tr("What no digit needs shrinks away: smoother images."),
        {"initial": "faint"},
        decays=True,
    ),
    "nonnegative": Setup(
        tr("Only positive, decay"),
        tr("Weights can only be for, never against: arcs and bars, at a price."),
        {"initial": "scaled", "nonnegative": True},
        decays=True,
    ),
}


def settings_of(setup: Setup, base: Settings, digits: int) -> Settings:
    """The settings of one of the runs, for so many training digits; all else as in `base`.

    Raises SettingError.
    """
    # a step shrinks weights by ηλ/N, so that an epoch does the same for any N
    decay = round(DECAY * digits / MNIST, 2) if setup.decays else 0.0
    start = {"nonnegative": False, "trunk": "scratch", "activation": "sigmoid"}
    return base.change(**start | {"decay": decay} | dict(setup.changes))
