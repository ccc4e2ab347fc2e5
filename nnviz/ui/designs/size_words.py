"""What the views of sizes, of cut wires and of swapped last layers say."""

from collections.abc import Mapping, Sequence

from nnviz.networks.designs import DESIGNS
from nnviz.words import commas, number, percent, tr, tr_n

# ---- size and accuracy ---------------------------------------------------------------

SIZE = tr("Size and accuracy")
SIZE_QUESTION = tr("Is a design better, or only larger?")
SIZE_FIGURE = tr("Accuracy of networks of every size")
SIZE_FIGURE_TIP = tr(
    "A mark for each network that was measured: the mean of several starts, with its standard "
    "deviation where that is larger than the mark. Beside it the neurons of its hidden layer; 10 "
    "× 3 are ten networks of three. A ring is a network that is open, on the test digits in use. "
    "Point at a mark for its numbers."
)
SIZE_AXIS = tr("weights and biases")
ACCURACY_AXIS = tr("accuracy on the test digits of MNIST")
EQUAL_SIZE = tr("equal size")
OPEN = tr("open now, on the digits in use")
UNKNOWN = tr("?")
SHOWN: Mapping[str, tuple[str, str]] = {
    "accuracy": (tr("Accuracy"), tr("How often networks of each size are right.")),
    "confused": (tr("Mixed up"), tr("How often networks take one digit for another one.")),
}


def neurons(networks: int, hidden: int) -> str:
    """Beside a mark."""
    if networks == 1:
        return tr("{hidden}", hidden=hidden)
    return tr("{networks} × {hidden}", networks=networks, hidden=hidden)


def sized(
    design: str,
    neurons: str,
    parameters: int,
    mean: float | None,
    deviation: float = 0.0,
    count: int = 0,
) -> str:
    """A mark in words; `count`: of its starts, where it was measured before."""
    fields = {
        "design": DESIGNS[design].label,
        "neurons": neurons,
        "parameters": number(parameters),
    }
    if mean is None:
        return tr("{design}, {neurons} neurons: {parameters} weights and biases.", **fields)
    fields["share"] = percent(mean)
    if not count:
        return tr(
            "{design}, {neurons} neurons: {parameters} weights and biases, {share} right.",
            **fields,
        )
    return tr_n(
        "{design}, {neurons} neurons: {parameters} weights and biases, {share} right, ± {points} "
        "points in {count} start.",
        "{design}, {neurons} neurons: {parameters} weights and biases, {share} right, ± {points} "
        "points in {count} starts.",
        count,
        points=number(100 * deviation, 2),
        **fields,
    )


def equal_sizes(each: Sequence[tuple[float, float]]) -> str:
    """Accuracies of one network and of ten that are as large, for each size."""
    told = [tr("{one} against {many}", one=percent(one), many=percent(many)) for one, many in each]
    return tr("One network against ten of equal size: {each}.", each=commas(told)) if told else ""


# ---- what is mixed up ----------------------------------------------------------------

CONFUSED = tr("Digits that networks of each size mix up")
CONFUSED_TIP = tr(
    "How many of the test digits of two classes are taken for the other one. On the other pages "
    "another pair can be chosen."
)
CONFUSED_HEADINGS = tr("network"), tr("neurons")
BEING_ASKED = tr("…")


def taken_for(label: str, answer: str) -> str:
    """The heading of a column."""
    return tr("{label} as {answer}", label=label, answer=answer)


def mixes_up(
    design: str, neurons: str, first: tuple[str, str], counts: tuple[int, int], asked: int
) -> str:
    """A network in words; `first`: the two classes, `asked`: test digits of both."""
    one, other = first
    return tr(
        "{design}, {neurons} neurons: of {asked} digits {there} times {one} as {other}, {back} "
        "times {other} as {one}.",
        design=DESIGNS[design].label,
        neurons=neurons,
        asked=number(asked),
        there=number(counts[0]),
        back=number(counts[1]),
        one=one,
        other=other,
    )


def of_digits(count: int, first: str, second: str) -> str:
    """What the bars are of."""
    return tr_n(
        "Of {count} test digit that is {first} or {second}.",
        "Of {count} test digits that are {first} or {second}.",
        count,
        first=first,
        second=second,
    )


# ---- cut wires -----------------------------------------------------------------------

WIRES = tr("Ten in one")
WIRES_QUESTION = tr("What are separate networks but one network with cut wires?")
WIRES_PICTURE = tr("Separate networks drawn as one")
WIRES_TIP = tr(
    "A line is a weight from a hidden neuron to an output; all neurons see all pixels. The steps "
    "show the wires between neurons of one network and outputs of another one, and cut them."
)
OUTPUT_ROW, NEURON_ROW, PIXEL_ROW = tr("outputs"), tr("neurons"), tr("input")


def pixels(count: int) -> str:
    return tr_n("{count} pixel", "{count} pixels", count)


def wires(every: int, own: int, networks: int, hidden: int, stage: int) -> str:
    """How many wires there are; then how many of them lead to other networks; then are cut."""
    fields = {"foreign": number(every - own), "every": number(every)}
    if not stage:
        return tr(
            "One network of {neurons} neurons: {every} wires to its outputs.",
            neurons=number(networks * hidden),
            every=fields["every"],
        )
    if stage == 1:
        return tr("{foreign} of {every} wires lead to the output of another group.", **fields)
    return tr(
        "{foreign} of {every} wires cut: {networks} networks of {hidden} neurons.",
        networks=networks,
        hidden=hidden,
        **fields,
    )


def output_of(name: str, hidden: int, cut: bool) -> str:
    """What an output hears."""
    if cut:
        return tr("Output {name} hears only its own {hidden} neurons.", name=name, hidden=hidden)
    return tr("Output {name} hears all neurons, its own {hidden} too.", name=name, hidden=hidden)


# ---- swapped last layers -------------------------------------------------------------

TOPS = tr("Last layers")
TOPS_QUESTION = tr("Is it the hidden layer or the last layer that makes four bits worse?")
TOPS_PICTURE = tr("Accuracy of each last layer on each hidden layer")
TOPS_TIP = tr(
    "A hidden layer is kept as it has learned, and another last layer learns on it. Below each "
    "share the standard deviation of the starts, in percentage points."
)
HIDDEN_LAYER, LAST_LAYER = tr("hidden layer of"), tr("last layer")


def top(hidden: str, top: str, mean: float | None) -> str:
    """A cell in words."""
    fields = {"hidden": DESIGNS[hidden].label, "top": DESIGNS[top].label}
    if mean is None:
        return tr("{top} on the hidden layer of {hidden}.", **fields)
    share = percent(mean)
    return tr("{top} on the hidden layer of {hidden}: {share}.", share=share, **fields)


def give_or_take(deviation: float) -> str:
    """Beside a mean."""
    return tr("± {points}", points=number(100 * deviation, 2))


def of_read_out(share: str, gap: str) -> str:
    """What the table says."""
    return tr("{share} of the gap of {gap} points lies in the last layer.", share=share, gap=gap)


def measured_before(data: str, starts: int) -> str:
    """Where the numbers come from."""
    return tr_n(
        "Measured before on {data}, {count} start.",
        "Measured before on {data}, {count} starts.",
        starts,
        data=data,
    )
