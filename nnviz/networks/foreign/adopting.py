"""Networks that others trained, as networks of this program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.data.digits import Digits, bundled_digits
from nnviz.data.handed import kind_of
from nnviz.networks.adopted import ASKABLE, CLOSE, NOTHING_SAID, POOR, Adopted, Said, Way
from nnviz.networks.designs import COSTS
from nnviz.networks.foreign.arrays import Array, read_arrays
from nnviz.networks.foreign.guessing import Asked, alike, guessed_output, tried
from nnviz.networks.foreign.kinds import SAFETENSORS
from nnviz.networks.foreign.layers import MOST_NAMED, Layers, layers_of
from nnviz.networks.foreign.refusals import ForeignError
from nnviz.networks.foreign.scalings import rescaled, scaling_of
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, as_inputs, hidden_activity, sums_of
from nnviz.networks.settings import Settings
from nnviz.words import plain

MOST_ASKED = 1000
"""Test digits that a guess is made with."""
COST_OF = {"softmax": "softmax", "sigmoid": "cross-entropy", "tanh": "cross-entropy"}


@dataclass(frozen=True, eq=False)
class Foreign:
    """A network of another program, made one of this."""

    network: Network
    settings: Settings
    class_names: tuple[str, ...]
    kind: str
    """What the images show that it was asked about (see `Handed.kind`)"""
    adopted: Adopted


def adopt(
    path: Path, kind: str, digits: Digits | None = None, said: Said = NOTHING_SAID
) -> Foreign:
    """The network in a file of a kind that can be opened (see `kinds`), with what nobody says of it
    guessed by what it reads right: bundled digits, or those in use where they show something
    else. Raises ForeignError, OSError."""
    arrays = read_arrays(path, kind)
    asked = _asked(digits)
    ways = layers_of(path, arrays.named, asked.inputs)
    names = _class_names(path, ways[0].outputs, asked, digits)
    if said.scaling:
        scaling_of(said.scaling)
    if arrays.activation:
        said = replace(
            said,
            activation=said.activation or arrays.activation,
            output=said.output or "sigmoid",
        )
    few = _of_classes(asked, names)
    best, *others = found = tried(ways, few, said, _kind(asked))
    mended = kind == SAFETENSORS and best.way.right < POOR
    if mended:
        stored = _stored_turned(path, arrays.named, asked.inputs)
        again = tried(stored, few, said, _kind(asked)) if stored else found
        mended = again[0].way.right >= POOR
        best, *others = again if mended else found
    layers = rescaled(best.layers, scaling_of(best.way.scaling), best.way.order)
    sums = _sums(layers, best.way.activation, few)
    output = said.output or guessed_output(sums)
    network, settings = _network(layers, best.way.activation, output, arrays.cost)
    if not network.finite():
        raise ForeignError(
            "{path} holds weights beyond ±{largest}, where sums over all layers no longer fit into "
            "float32.",
            path=path,
            largest=plain(network.largest_weight),
        )
    adopted = Adopted(
        path.name,
        replace(best.way, right=float(np.mean(sums.argmax(axis=1) == few.labels))),
        output,
        tuple(name for name in ASKABLE if not getattr(said, name)),
        asked.name,
        len(few.labels),
        _second(best.way, [each.way for each in others]),
        layers.lacks,
        () if said.activation else tuple(alike(best, few, CLOSE).items()),
        mended,
        layers.unused[:MOST_NAMED],
    )
    return Foreign(network, settings, names, _kind(asked), adopted)


def _stored_turned(path: Path, named: Mapping[str, Array], inputs: int) -> list[Layers]:
    """The ways to take arrays of which one matrix or all lie in the file column by column: so does
    `safetensors.numpy` store what was transposed, and says nothing. Raises ForeignError."""
    matrices = [name for name, each in named.items() if each.ndim == 2]
    chosen = [matrices, *([name] for name in matrices)]
    return [
        way
        for turned in chosen
        for way in layers_of(
            path,
            {
                name: each.reshape(-1).reshape(each.shape, order="F") if name in turned else each
                for name, each in named.items()
            },
            inputs,
        )
    ]


def _sums(layers: Layers, activation: str, asked: Asked) -> Floats:
    """(images, outputs): what the outputs of the network that is shown get to see."""
    network = _network(layers, activation, "softmax")[0]
    with np.errstate(all="ignore"):
        return sums_of(network, hidden_activity(network, as_inputs(asked.images)))


def _network(
    layers: Layers, activation: str, output: str, cost: str = ""
) -> tuple[Network, Settings]:
    settings = Settings().change(
        activation=activation, cost=cost if cost and output == "sigmoid" else COST_OF[output]
    )
    settings = replace(settings, hidden=layers.hidden)
    layout = layout_of(settings, layers.outputs)
    scale = 2.0 if output == "tanh" else 1.0
    with np.errstate(over="ignore"):
        arrays: list[Floats] = [
            np.ascontiguousarray(each, np.float32)
            for each in (
                layers.hidden_weights[None],
                layers.hidden_biases[None],
                layers.output_weights * scale,
                layers.output_biases * scale,
            )
        ]
    hidden_weights, hidden_biases, output_weights, output_biases = arrays
    network = Network(
        hidden_weights,
        hidden_biases,
        output_weights,
        output_biases,
        layout.networks.copy(),
        layout.groups.copy(),
        activation,
        COSTS[settings.cost].output_activation,
    )
    return network, settings


def _second(best: Way, others: Sequence[Way]) -> Way | None:
    """The way that reads most besides the best one."""
    own = best.activation, best.scaling, best.order
    found = [each for each in others if (each.activation, each.scaling, each.order) != own]
    return max(found, key=lambda way: way.right, default=None)


def _kind(digits: Digits) -> str:
    return digits.kind or kind_of(digits.data or digits.name)


def _asked(digits: Digits | None) -> Digits:
    """The digits that a guess is made with: always the same ones where they show the same."""
    bundled = bundled_digits()
    return bundled if digits is None or _kind(digits) == _kind(bundled) else digits


def _class_names(path: Path, outputs: int, asked: Digits, digits: Digits | None) -> tuple[str, ...]:
    """What so many outputs stand for: the classes in use, else all of the data set. Raises
    ForeignError."""
    used = asked.class_names if digits is None else digits.class_names
    for names in (used, asked.class_names, asked.all_names):
        if len(names) == outputs:
            return names
    raise ForeignError(
        "{path} has {outputs} outputs, but the {digits} digits are of {count} classes: only a "
        "network with an output for each can be read. One for a part of the classes opens where "
        "that part is in use (--classes, or the digits menu).",
        path=path,
        outputs=outputs,
        digits=asked.name,
        count=len(used),
    )


def _of_classes(digits: Digits, names: tuple[str, ...]) -> Asked:
    """The test digits of those classes, their labels as places among the names."""
    places = np.array(
        [names.index(name) if name in names else -1 for name in digits.class_names], np.intp
    )[digits.test_labels]
    kept = places >= 0
    return Asked(digits.test_images[kept], places[kept].astype(np.uint8)).first(MOST_ASKED)
