"""Every adjustable number, declared once; controls, options and files are made from here.

A new setting is one field of `Settings`.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nnviz.data.results import Result, result
from nnviz.errors import Refusal
from nnviz.networks.bit_layer import BIT_WEIGHTS
from nnviz.networks.codes import CODE_PRESETS, CodeError, words_of
from nnviz.networks.designs import COSTS, DESIGNS, TRUNKS, Design
from nnviz.networks.learned_by import DEVICES
from nnviz.words import commas, plain, tr


class SettingError(Refusal):
    """A setting has an impossible value; the message is one sentence for the user."""


@dataclass(frozen=True)
class Setting:
    """What the program knows of one setting besides its value."""

    label: str
    help: str
    low: float = 0
    high: float = 0
    log: bool = False
    """The control moves on a logarithmic scale."""
    zero: str = ""
    """What the value 0 means, where it is allowed below `low`."""
    opened: float = 0
    """How far above `high` it may be in a network file; nobody is offered that here."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Value -> words, for a setting that is one of a few."""
    studied: tuple[str, ...] = ()
    """Choices that only studies make, or others: nobody is offered them here."""
    suggestions: Mapping[str, str] = field(default_factory=dict)
    """Value -> words, for a setting that is a text."""
    check: Callable[[str], object] | None = None
    """Raises CodeError for a text that is no value; for settings that are a text."""
    live: bool = False
    """In force at the next chunk of steps; the others start a new run."""
    place: str = "panel"
    """Where its control stands: panel, footer, or switch."""

    @property
    def offered(self) -> Mapping[str, str]:
        """The choices of a run that learns here."""
        return {value: words for value, words in self.choices.items() if value not in self.studied}


def _setting(default: Any, label: str, help: str, **more: Any) -> Any:
    return field(default=default, metadata={"setting": Setting(label, help, **more)})


class _Labels(Mapping[str, str]):
    """Design -> its words, also of designs that are added later."""

    def __getitem__(self, name: str) -> str:
        return DESIGNS[name].label

    def __iter__(self) -> Iterator[str]:
        return iter(DESIGNS)

    def __len__(self) -> int:
        return len(DESIGNS)


INITIAL_WEIGHTS = {
    "faint": tr("hidden layer ×0.01"),
    "scaled": tr("1/√fan-in"),
    "normal": tr("N(0, 1), the book"),
    "tiny": tr("both layers ×0.01"),
    "zero": tr("read-out 0"),
}
BALANCES = {
    "all": tr("as they come"),
    "equal": tr("as many as positives"),
    "none": tr("none at all"),
}
"""How many digits of the other classes a one-vs-rest network learns from."""
TRUNK_SOURCES = ("ten-outputs", "four-bits", "any-code")
"""Designs whose hidden layer can be copied."""
ACTIVATIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
OTHERS_ACTIVATIONS = {
    "leaky-relu": tr("leaky ReLU"),
    "elu": "ELU",
    "selu": "SELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "softplus": "softplus",
    "hard-sigmoid": tr("hard sigmoid"),
}
"""Those of networks that others trained, which are shown here but learn nothing."""
ALL_ACTIVATIONS = ACTIVATIONS | OTHERS_ACTIVATIONS
_STARTS = {"relu": "scaled"}
"""Hidden activation -> initial weights that suit it: from a faint start ReLUs fall silent."""


@dataclass(frozen=True)
class Settings:
    """All settings of one run. Raises SettingError for an impossible value."""

    design: str = _setting(
        "ten-outputs",
        tr("Design"),
        tr("What the output neurons are asked."),
        choices=_Labels(),
        place="switch",
    )
    hidden: int = _setting(
        30,
        tr("Hidden neurons"),
        tr("Neurons in the hidden layer of each network."),
        low=1,
        high=500,
        opened=1959,  # of 784 inputs: as many weights as 500 of 3,072 have
        log=True,
    )
    members: int = _setting(
        5,
        tr("Networks"),
        tr("How many ten-output networks the ensemble averages."),
        low=2,
        high=20,
        log=True,
    )
    trunk: str = _setting(
        "scratch",
        tr("Hidden layer"),
        tr(
            "Learned from scratch, or copied from a trained network and frozen, so that only the "
            "read-out learns."
        ),
        choices=TRUNKS,
        studied=("separate",),
    )
    trunk_from: str = _setting(
        "ten-outputs",
        tr("Trunk copied from"),
        tr("The design whose trained hidden layer a frozen trunk is copied from."),
        choices={name: DESIGNS[name].label for name in TRUNK_SOURCES},
    )
    balance: str = _setting(
        "all",
        tr("Negatives"),
        tr(
            "How many digits of the other classes each one-vs-rest network learns from: all of "
            "them (9 to 1), as many as digits of its own, or none."
        ),
        choices=BALANCES,
    )
    code: str = _setting(
        "separable",
        tr("Code"),
        tr(
            "Which outputs fire for which digit: natural, gray, separable, error-correcting, or "
            "words like 0000,0001,0010."
        ),
        check=words_of,
        suggestions={name: preset.label for name, preset in CODE_PRESETS.items()},
    )
    bit_weights: str = _setting(
        "plus-minus",
        tr("Weights of the bit layer"),
        tr("The exact layer with weights +1 and −1, or the textbook's 0 and 1."),
        choices=BIT_WEIGHTS,
        live=True,
    )
    activation: str = _setting(
        "sigmoid",
        tr("Hidden activation"),
        tr("What a hidden neuron does with its weighted sum."),
        choices=ALL_ACTIVATIONS,
        studied=tuple(OTHERS_ACTIVATIONS),
    )
    cost: str = _setting(
        "softmax",
        tr("Outputs and cost"),
        tr("The activation of the outputs and the cost that learning makes smaller."),
        choices={name: cost.label for name, cost in COSTS.items()},
    )
    rate: float = _setting(
        0.1,
        tr("Learning rate η"),
        tr("How far each step follows the gradient. Changes while it runs."),
        low=0.0001,
        high=100,
        log=True,
        live=True,
    )
    batch: int = _setting(
        10,
        tr("Batch size"),
        tr("Digits per step (minibatch). Changes while it runs."),
        low=1,
        high=1000,
        log=True,
        live=True,
    )
    decay: float = _setting(
        0.0,
        tr("Weight decay λ"),
        tr(
            "Each step makes all weights a little smaller, by the factor 1 - ηλ/N: η is the "
            "learning rate, N the number of training digits (L2). λ = N/6,000 makes clear images. "
            "Changes while it runs."
        ),
        low=0.01,
        high=1000,
        log=True,
        zero=tr("off"),
        live=True,
    )
    nonnegative: bool = _setting(
        False,
        tr("Non-negative first layer"),
        tr(
            "Hidden weights can only collect evidence for, never against; the images become arcs "
            "and bars."
        ),
    )
    initial: str = _setting(
        "faint",
        tr("Initial weights"),
        tr(
            "How large the random start is. A faint hidden layer shows what is learned and nothing "
            "else; weights as large as in chapter 1, N(0, 1), keep the images noisy."
        ),
        choices=INITIAL_WEIGHTS,
    )
    epochs: int = _setting(
        30,
        tr("Pause after epochs"),
        tr("The run pauses each time this many epochs are complete."),
        low=1,
        high=10_000,
        log=True,
        zero=tr("never"),
        live=True,
    )
    images: int = _setting(
        0,
        tr("Training digits"),
        tr("Use only the first so many training digits."),
        low=1,
        high=1_000_000,
        log=True,
        zero=tr("all"),
    )
    device: str = _setting(
        "cpu",
        tr("Device"),
        tr(
            "What works out the steps. Graphics processors need torch, and pay off for large "
            "networks and batches only; the last digits of the weights differ from device to "
            "device."
        ),
        choices=DEVICES,
    )
    seed: int = _setting(
        1,
        tr("Seed"),
        tr("The same seed gives the same run, bit for bit."),
        low=0,
        high=999_999_999,
        place="footer",
    )
    speed: int = _setting(
        0,
        tr("Speed"),
        tr("Batches per second."),
        low=1,
        high=5000,
        log=True,
        zero=tr("full"),
        live=True,
        place="footer",
    )

    def __post_init__(self) -> None:
        for name, setting in SETTINGS.items():
            object.__setattr__(self, name, _checked(name, setting, getattr(self, name)))
        allowed = DESIGNS[self.design].costs
        if self.cost not in allowed:
            raise SettingError(
                "The design {design} does not go with the cost {cost}; it allows {allowed}.",
                design=self.design,
                cost=self.cost,
                allowed=commas(allowed),
            )
        trunks = DESIGNS[self.design].trunks
        if self.trunk not in (*trunks, *DESIGNS[self.design].studied):
            raise SettingError(
                "The design {design} does not go with the hidden layer {trunk}; it allows "
                "{trunks}.",
                design=self.design,
                trunk=repr(self.trunk),
                trunks=commas(trunks),
            )

    def change(self, **changes: Any) -> "Settings":
        """A copy with changes; a new design, trunk, cost or activation brings what suits it unless
        given. Raises SettingError for what is not offered, too."""
        changed = dataclasses.replace(self, **(self._brought(changes) | changes))
        for name in changes:
            setting, value = SETTINGS[name], getattr(changed, name)
            if setting.opened and not setting.low <= value <= setting.high:
                raise SettingError(_out_of_range(name, setting, value))
        return changed

    def _brought(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What a new design, trunk, cost or activation changes besides."""
        name = changes.get("design", self.design)
        design = DESIGNS.get(name)
        if design is None:
            return {}
        brought: dict[str, Any] = {}
        usual = Settings()
        if name != self.design:
            kinds = {"hidden", "batch", "trunk"}
            brought = {kind: getattr(usual, kind) for kind in kinds}
            brought |= {"trunk": design.trunks[0], "cost": next(iter(design.costs))}
            brought |= design.start
        trunk = changes.get("trunk", brought.get("trunk", self.trunk))
        cost = changes.get("cost", brought.get("cost", self.cost))
        if (name, trunk, cost) != (self.design, self.trunk, self.cost):
            brought["rate"] = design.costs.get(cost, self.rate)
        if (name, trunk) != (self.design, self.trunk):
            if trunk == "frozen":
                brought |= design.start_frozen
            elif name == self.design:
                kept = {"rate", "initial"}
                brought |= {key: getattr(usual, key) for key in design.start_frozen.keys() - kept}
        activation = changes.get("activation", self.activation)
        stays = (name, activation) == (self.design, self.activation)
        if not stays or (trunk != self.trunk and "initial" in design.start_frozen):
            brought["initial"] = _start_of(design, trunk, activation)
        return brought


def learns_here(settings: Settings) -> bool:
    """Whether runs with these settings learn outside studies."""
    trunks = DESIGNS[settings.design].trunks
    return settings.trunk in trunks and settings.activation in ACTIVATIONS


def must_be_learnable(settings: Settings) -> None:
    """Raises SettingError where only studies make such networks, or others."""
    trunks = DESIGNS[settings.design].trunks
    if settings.activation not in ACTIVATIONS:
        raise SettingError(
            "Hidden neurons with {activation} are shown here but learn nothing; those that learn "
            "have one of {activations}.",
            activation=ALL_ACTIVATIONS[settings.activation],
            activations=commas(ACTIVATIONS.values()),
        )
    if settings.trunk not in trunks:
        raise SettingError(
            "A hidden layer for each head learns in studies only; here {design} learns with "
            "{trunks}.",
            design=settings.design,
            trunks=commas(trunks),
        )


def _start_of(design: Design, trunk: str, activation: str) -> str:
    """The initial weights that suit a design, its hidden layer and activation."""
    suited = {"initial": _STARTS.get(activation, Settings().initial)} | dict(design.start)
    if trunk == "frozen":
        suited |= design.start_frozen
    return str(suited["initial"])


def matters(name: str, settings: Settings) -> bool:
    """Whether a setting makes a difference to the design that the settings choose."""
    design = DESIGNS[settings.design]
    if name == "trunk_from":
        return settings.trunk == "frozen"
    if name == "trunk":
        return len(design.trunks) > 1
    peculiar = {each for entry in DESIGNS.values() for each in entry.uses}
    return name not in peculiar or name in design.uses


SETTINGS: Mapping[str, Setting] = {
    item.name: item.metadata["setting"] for item in dataclasses.fields(Settings)
}
SETTING_TYPES: Mapping[str, type] = {
    item.name: type(item.default) for item in dataclasses.fields(Settings)
}
LIVE = frozenset(name for name, setting in SETTINGS.items() if setting.live)


def _checked(name: str, setting: Setting, value: object) -> object:
    kind = SETTING_TYPES[name]
    if type(value) is int:
        value = max(-_ENORMOUS, min(value, _ENORMOUS))
        if kind is float:
            value = float(value)
    if type(value) is not kind:
        raise SettingError(_of_another_kind(_named(name, setting), kind, repr(value)))
    if setting.check is not None:
        try:
            setting.check(str(value))
        except CodeError as error:
            raise SettingError(str(error)) from error
    if setting.choices and value not in setting.choices:
        raise SettingError(
            "{setting} must be one of {choices}, not {value}.",
            setting=_named(name, setting),
            choices=commas(setting.choices),
            value=repr(value),
        )
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        in_range = setting.low <= value <= max(setting.high, setting.opened)
        if not in_range and not (setting.zero and value == 0):
            raise SettingError(_out_of_range(name, setting, value))
    return value


_ENORMOUS = 10**300  # a larger whole number would not fit into a float


def _named(name: str, setting: Setting) -> str:
    return tr("{label} ({name})", label=setting.label, name=name)


def _of_another_kind(setting: str, kind: type, value: str) -> str:
    fields = {"setting": setting, "value": value}
    if kind is int:
        return tr("{setting} must be a whole number, not {value}.", **fields)
    if kind is float:
        return tr("{setting} must be a number, not {value}.", **fields)
    if kind is bool:
        return tr("{setting} must be true or false, not {value}.", **fields)
    return tr("{setting} must be a word, not {value}.", **fields)


def _out_of_range(name: str, setting: Setting, value: float) -> str:
    fields = {
        "setting": _named(name, setting),
        "low": plain(setting.low),
        "high": plain(setting.high),
        "zero": setting.zero,
        "value": plain(value),
    }
    if setting.zero:
        return tr(
            "{setting} must be between {low} and {high}, or 0 for {zero}, not {value}.", **fields
        )
    return tr("{setting} must be between {low} and {high}, not {value}.", **fields)


UNTOUCHED_BY_PRESETS = frozenset(
    {"design", "images", "device", "seed", "speed"}
    | {"members", "trunk", "trunk_from", "balance", "code", "bit_weights"}
)
"""What a run is about, and what belongs to single designs."""


@dataclass(frozen=True)
class Preset:
    """Several settings that belong together."""

    label: str
    help: str
    named: Mapping[str, Any]
    """Settings that differ from the default."""

    @property
    def changes(self) -> dict[str, Any]:
        """What it sets: all that presets touch, the default where it names nothing."""
        usual = Settings()
        touched = SETTINGS.keys() - UNTOUCHED_BY_PRESETS
        return {name: getattr(usual, name) for name in touched} | dict(self.named)


_OFF, _OFF_BUNDLED = result("book/outputs-off"), result("book/bundled/outputs-off")
"""Outputs that no test digit brings above one half, for each seed."""


def _seeds_off(found: Result) -> int:
    return sum(off > 0 for off in found.values)


PRESETS: Mapping[str, Preset] = {
    "standard": Preset(
        tr("Standard"),
        tr("Softmax outputs, a faint hidden layer at the start: learns well, pictures are clear."),
        {},
    ),
    "book": Preset(
        tr("The book"),
        tr(
            "Nielsen, chapter 1: sigmoid outputs, quadratic cost, η = 3, batches of 10, initial "
            "weights N(0, 1). Of {seeds} seeds, after {epochs} epochs {bundled} leave an output "
            "off on the bundled digits, {mnist} on the first {learned} of MNIST.",
            seeds=len(_OFF.values),
            bundled=_seeds_off(_OFF_BUNDLED),
            mnist=_seeds_off(_OFF),
            learned=_OFF.learned,
            epochs=_OFF.epochs,
        ),
        {"cost": "quadratic", "rate": 3.0, "initial": "normal"},
    ),
    "clear": Preset(
        tr("Clear pictures"),
        tr(
            "Weights that can only be positive, with decay: the weight images become arcs and bars."
        ),
        {"cost": "cross-entropy", "decay": 20.0, "nonnegative": True, "epochs": 10},
    ),
}
