"""What the view of a weighted sum says."""

from nnviz.networks.settings import ALL_ACTIVATIONS
from nnviz.words import number, sentences, tr, tr_n

VIEW = tr("Weighted sum")
QUESTION = tr("How does one neuron come to its activity, from the pixels on?")
PICTURE = tr("The weighted sum, step by step")
STEPS = 5
NEURON_STEPS = (
    tr("pixels"),
    tr("weights"),
    tr("pixel × weight"),
    tr("all added, plus bias"),
    tr("squashed to an activity"),
)
OUTPUT_STEPS = (
    tr("neurons"),
    tr("weights"),
    tr("neuron × weight"),
    tr("all added, plus bias"),
    tr("squashed to the output"),
)
OF = {
    "neuron": (tr("Neuron"), tr("The hidden neuron selected, else the one that pushes most.")),
    "output": (tr("Output"), tr("The output selected on Train, else that of the answer.")),
}
BEFORE, BEFORE_TIP = tr("The one before"), tr("The neuron or output before this one")
AFTER, AFTER_TIP = tr("The next one"), tr("The neuron or output after this one")
FOR, AGAINST, BIAS, SUM = tr("for"), tr("against"), tr("bias"), tr("sum")
UNKNOWN = "?"
HIDDEN = tr("The answer is hidden.")


def squash(activation: str) -> str:
    """The function that is drawn."""
    return ALL_ACTIVATIONS[activation]


def softmax(count: int) -> str:
    """What stands in its place where outputs share one probability."""
    return tr("softmax: its part of all {count} outputs", count=count)


def heading(kind: str, name: str, network: str) -> str:
    """Whose sum it is."""
    if kind == "output":
        return tr("Output {name}: how it comes about", name=name)
    if network:
        return tr("Neuron {name} of {network}: how it fires", name=name, network=network)
    return tr("Neuron {name}: how it fires", name=name)


def some_of(shown: int, everyone: int) -> str:
    """How many of the hidden neurons have a bar."""
    return tr_n(
        "{shown} of {count} neuron, those that add most",
        "{shown} of {count} neurons, those that add most",
        everyone,
        shown=shown,
    )


def told(heading: str, up: float, down: float, bias: float, total: float, value: str) -> str:
    """All of it as sentences."""
    return sentences(
        tr("{heading}.", heading=heading),
        tr(
            "For it {up}, against it {down}, bias {bias}: the sum is {sum}.",
            up=number(up, 2),
            down=number(down, 2),
            bias=number(bias, 2),
            sum=number(total, 2),
        ),
        tr("Squashed, it is {value}.", value=value),
    )
