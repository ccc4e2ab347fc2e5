"""What the Train page says."""

from collections.abc import Sequence

from nnviz.data.digits import Shape
from nnviz.ui.kit.sign_legend import SignWords
from nnviz.words import listed, number, percent, sentences, tr, tr_n

TITLE = tr("Train")
QUESTION = tr("How does the network learn, and why does it give this answer?")
NETWORK = tr("Network: digit, hidden neurons, outputs")
LEGEND = tr("Legend")
SIGNS = SignWords(
    tr("pushes up"),
    tr("pushes down"),
    tr(
        "Orange with + and a solid line pushes up, blue with - and a dashed line pushes down; the "
        "bar beside an image is how strongly the neuron fires."
    ),
    tr("fires now"),
)
CURVES, LAST_VALUES = tr("Curves of accuracy and cost"), tr("Where the curves stand")
ACCURACY, COST, EPOCHS = tr("accuracy %"), tr("cost"), tr("epochs")
ACCURACY_CURVE, COST_CURVE = tr("Curve of accuracy %"), tr("Curve of cost")
ACCURACY_TIP = tr("The accuracy % over the epochs: test digits solid, training digits dashed.")
COST_TIP = tr("The cost over the epochs: test digits solid, training digits dashed.")
TRAINING, TEST = tr("training"), tr("test")
NO_CURVE = tr("No curve yet")


def share(value: float) -> str:
    """How strongly an output fires."""
    return percent(value, 0)


def pixels_heading(shape: Shape) -> str:
    """Over the digit."""
    height, width, channels = shape
    if channels == 1:
        return tr("{height} × {width} pixels", height=height, width=width)
    return tr("{height} × {width} in colour", height=height, width=width)


def neurons_heading(shown: int, hidden: int, network: str) -> tuple[str, str]:
    """Over the weight images, in full and without what can be seen anyway."""
    if shown < hidden:
        fields = {"shown": number(shown), "hidden": number(hidden), "network": network}
        if network:
            return (
                tr(
                    "{shown} of {hidden} hidden neurons of {network} that contribute most: their "
                    "weights",
                    **fields,
                ),
                tr(
                    "{shown} of {hidden} hidden neurons of {network} that contribute most", **fields
                ),
            )
        return (
            tr("{shown} of {hidden} hidden neurons that contribute most: their weights", **fields),
            tr("{shown} of {hidden} hidden neurons that contribute most", **fields),
        )
    if network:
        return (
            tr_n(
                "{count} hidden neuron of {network}: its weights",
                "{count} hidden neurons of {network}: their weights",
                hidden,
                network=network,
            ),
            tr_n(
                "{count} hidden neuron of {network}",
                "{count} hidden neurons of {network}",
                hidden,
                network=network,
            ),
        )
    return (
        tr_n("{count} hidden neuron: its weights", "{count} hidden neurons: their weights", hidden),
        tr_n("{count} hidden neuron", "{count} hidden neurons", hidden),
    )


def with_ratio(network: str, ratio: str) -> str:
    """The name of a network, and how many digits with either answer it learns from."""
    if not ratio:
        return network
    return tr("{network} ({ratio})", network=network, ratio=ratio)


def fires(neuron: int, amount: float) -> str:
    """Below a large weight image."""
    return tr("neuron {neuron} fires {amount}", neuron=str(neuron), amount=number(amount, 2))


def output(name: str, share: str) -> str:
    """An output and how strongly it fires."""
    return tr("{name} {share}", name=name, share=share)


def pushes(output: str, amount: float) -> tuple[str, str]:
    """What a neuron does to an output, and the same in short."""
    fields = {"output": output, "amount": number(abs(amount), 1)}
    if amount > 0:
        return (
            tr("pushes {output} up {amount}", **fields),
            tr("{output} up {amount}", **fields),
        )
    return (
        tr("pushes {output} down {amount}", **fields),
        tr("{output} down {amount}", **fields),
    )


def answer_in_words(label: str | None, answer: str, right: bool, sure: str, ratio: str) -> str:
    """The digit, the answer, and what the network drawn learns from."""
    fields = {"answer": answer, "share": sure}
    if label is None:
        said = tr("Of your drawing the network says {answer} with {share}.", **fields)
    elif right:
        said = tr(
            "The label is {label}; the network says {answer} with {share}, which is right.",
            label=label,
            **fields,
        )
    else:
        said = tr(
            "The label is {label}; the network says {answer} with {share}, which is wrong.",
            label=label,
            **fields,
        )
    learns = tr("The network drawn learns from ({ratio}).", ratio=ratio) if ratio else ""
    return sentences(said, learns)


def tests_of(digits: str) -> str:
    """The curve of test digits that lie in another data set."""
    return tr("{digits} test", digits=digits)


def last_values(accuracy: float, cost: float) -> str:
    """Where a curve stands."""
    return tr("{accuracy}  {cost}", accuracy=percent(accuracy), cost=number(cost, 2))


def curve_in_words(title: str, test: float, training: float) -> str:
    """Where the two lines of a plot end."""
    return tr(
        "{title}: test {test}, training {training}",
        title=title,
        test=number(test, 2),
        training=number(training, 2),
    )


def legend_in_words(rows: Sequence[tuple[str, str]]) -> str:
    """Which curve stands where."""
    said = [tr("{name} {value}", name=name, value=value) for name, value in rows]
    return listed(said) or NO_CURVE
