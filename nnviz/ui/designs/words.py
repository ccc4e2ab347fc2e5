"""Everything that the Designs page says."""

from collections import Counter
from collections.abc import Mapping, Sequence

from nnviz.networks.designs import DESIGNS
from nnviz.networks.taught import Taught
from nnviz.questions.comparison import SIGNIFICANT, Lead
from nnviz.questions.learned_from import epochs_in_words
from nnviz.ui.pages.agreement import p_in_short
from nnviz.ui.pages.storage_words import bytes_in_words, order_of
from nnviz.words import commas, listed, number, percent, sentences, signed, tr, tr_n


def label_of(design: str) -> str:
    """The name of a design."""
    return DESIGNS[design].label


def with_sign(value: float, decimals: int = 2) -> str:
    """A number with its sign, and a minus as long as the plus."""
    if not round(value, decimals):
        return f"+{number(0, decimals)}"
    return signed(value, decimals).replace("-", "−")


# ---- all designs ---------------------------------------------------------------------

COMPARE = tr("All designs")
COMPARE_QUESTION = tr(
    "What does each design say of this digit, how good is it, and what does it cost?"
)
COMPARE_TABLE = tr("Table of all designs")
NO_NETWORK = tr("no network yet")
WAITING: Mapping[str, str] = {
    "ready": tr("not yet\nknown"),
    "starting": tr("trainer\nloads"),
    "dead": tr("trainer\nstopped"),
}
"""What stands for a number that the training process has not told yet."""
AFTER_PAUSE, NO_BASELINE = tr("after\npause"), tr("no\nnetwork")
UNKNOWN = tr("?")
NOTHING, IS_BASELINE = tr("–"), tr("baseline")

ACCURACY = tr("accuracy\non test")
ACCURACY_TIP = tr("Test digits answered right, and the 95 % interval (Wilson).")
PARAMETERS = tr("parameters\nhidden")
PARAMETERS_TIP = tr("Numbers that learning can change; below, networks × hidden neurons of each.")
STORAGE = tr("storage\nO of k")
STORAGE_TIP = tr(
    "What these parameters take, at 4 bytes each; below, how the number of separate networks grows "
    "with k classes. On the row: the same as separate networks, and as heads on one trunk."
)
WORK = tr("multiply-\nadds")
WORK_TIP = tr(
    "Multiplications for one answer: only the heads, networks and layers that the usual reading "
    "asks; below, its forward passes, or the heads that share one on a trunk."
)
JUDGING = tr("time per\ndigit")
JUDGING_TIP = tr(
    "Measured: judging up to 1,000 test digits together, the fastest of seven tries, divided by "
    "their number."
)
TRAINING = tr("training\ntime")
TRAINING_TIP = tr(
    "Seconds spent learning; measuring is not counted, nor is a trunk that was trained before."
)
AGAINST = tr("against\nbaseline")
AGAINST_TIP = tr(
    "How much more accurate than the baseline in percentage points, and the exact p of McNemar's "
    "test. Click a row here to make its design the baseline. Grey: learned from other digits than "
    "the baseline, so that no difference can be told."
)


def against(label: str) -> tuple[str, str]:
    """The heading of the differences to a baseline, called so."""
    return tr("against"), label


def shown_accuracy(accuracy: float | None, film: bool) -> str:
    """Of a moment of a film, or of a network altered by hand."""
    if accuracy is None:
        return tr("–\nfilm") if film else NOTHING
    return tr("{share}\naltered", share=percent(accuracy))


def accuracy(share: float, between: tuple[float, float] | None) -> str:
    if between is None:
        return percent(share)
    low, high = (number(100 * each, 1) for each in between)
    return tr("{share}\n{low}–{high}", share=percent(share), low=low, high=high)


def parameters(count: int, networks: int, hidden: int) -> str:
    if networks == 1:
        return tr("{count}\n{hidden}", count=count, hidden=hidden)
    return tr("{count}\n{networks} × {hidden}", count=count, networks=networks, hidden=hidden)


def storage(count: int, power: int | None) -> str:
    return tr("{bytes}\n{order}", bytes=bytes_in_words(count), order=order_of(power))


def work(multiply_adds: int, heads: int, forward: int) -> str:
    """What one answer takes; heads on one trunk share its forward pass."""
    if heads > forward == 1:
        return tr("{work}\n{count} heads", count=heads, work=number(multiply_adds))
    return tr_n(
        "{work}\n{count} pass", "{work}\n{count} passes", forward, work=number(multiply_adds)
    )


def judging_time(seconds: float) -> str:
    if seconds < 1e-4:
        return tr("{count} µs", count=number(1e6 * seconds))
    decimals = 0 if seconds >= 0.00995 else 1 if seconds >= 0.000995 else 2
    return tr("{count} ms", count=number(1e3 * seconds, decimals))


def training_time(seconds: float, on_trunk: bool) -> str:
    told = number(seconds, 1 if seconds < 10 else 0)
    return tr("{count} s\n+ trunk", count=told) if on_trunk else tr("{count} s", count=told)


def difference(accuracy: float, p: float) -> str:
    points = tr("{points} pp", points=with_sign(100 * accuracy, 1))
    return f"{points}\n{_p(p)}"


def _p(p: float) -> str:
    """With spaces at which no line breaks."""
    return p_in_short(p).replace(" ", "\N{NO-BREAK SPACE}")


ALIKE = tr("Train alike")
ALIKE_TIP = tr("Lets fresh networks learn from the same digits, so that all can be compared.")


def alike_tip(designs: Sequence[str], learned: str) -> str:
    """What would learn anew; `learned`: from how many digits and how long."""
    return tr(
        "Fresh networks of {designs} learn side by side from {learned}, beside those that are "
        "open; then all can be compared.",
        designs=listed(label_of(design) for design in designs),
        learned=learned,
    )


def unlike(own: Taught, base: Taught) -> str:
    """In place of a difference to a baseline that learned from other digits."""
    if not (own.handed.known and base.handed.known):
        return tr("digits not\nknown")
    if own.handed.images != base.handed.images:
        fields = {"own": own.handed.images, "base": base.handed.images}
        return tr("{own} digits\nnot {base}", **fields)
    if own.handed == base.handed:
        return tr("trunk of\nother digits")
    return tr("other\ndigits")


def other_epochs(origin: str, epochs: str) -> str:
    """Where a network comes from, and its epochs against those of the baseline."""
    return tr("{origin}: {epochs}.", origin=origin, epochs=epochs)


def learns_from(names: Sequence[str], ratios: Sequence[str]) -> str:
    """What each output learns from, where that differs."""
    told = [f"{name}: {ratio}" for name, ratio in zip(names, ratios, strict=False)]
    if not told:
        return ""
    return tr("Outputs learn from unequal numbers of digits. {each}.", each=commas(told))


def judged(
    label: str,
    right: Sequence[str],
    others: Mapping[str, str],
    alone: bool,
    several: bool = False,
) -> str:
    """Which designs are right about a digit, by what they are called, and what the others say:
    called so -> answer; `alone`: there is no other design that is not counted here; `several`: they
    are networks, some of one design."""
    everyone = len(right) + len(others)
    if everyone == 1 and right:
        if alone:
            return tr("Label {label}: the only design is right.", label=label)
        return tr("Label {label}: {design} is right.", label=label, design=right[0])
    if several and len(right) == everyone:
        return tr("Label {label}: all {count} networks are right.", label=label, count=everyone)
    if len(right) == everyone:
        return tr("Label {label}: all {count} designs are right.", label=label, count=everyone)
    counts = Counter(others.values()).most_common()
    said = commas(
        tr_n("{count} says {answer}", "{count} say {answer}", count, answer=answer)
        for answer, count in counts
    )
    if len(others) == 1:
        ((design, answer),) = others.items()
        said = tr("{design} says {answer}", design=design, answer=answer)
    if everyone == 1:
        if alone:
            return tr("Label {label}: the only design is wrong; {said}.", label=label, said=said)
        return tr("Label {label}: {said}, which is wrong.", label=label, said=said)
    if several:
        return tr_n(
            "Label {label}: {count} of {everyone} networks is right; {said}.",
            "Label {label}: {count} of {everyone} networks are right; {said}.",
            len(right),
            label=label,
            everyone=everyone,
            said=said,
        )
    return tr_n(
        "Label {label}: {count} of {everyone} designs is right; {said}.",
        "Label {label}: {count} of {everyone} designs are right; {said}.",
        len(right),
        label=label,
        everyone=everyone,
        said=said,
    )


def your_drawing(agreement: str) -> str:
    return tr("Your drawing: {agreement}", agreement=agreement)


def tested_on(count: int, name: str) -> str:
    return tr_n(
        "Tested on {count} {name} digit.", "Tested on {count} {name} digits.", count, name=name
    )


def trained_on(shipped: bool, count: int, name: str, unseen: bool) -> str:
    """Which digits networks from files learned from; `unseen`: none of those tested."""
    if not count:
        return tr("Nobody knows which digits files of others learned from.")
    if shipped and unseen:
        return tr(
            "Shipped networks learned from {count} {name} digits, none of these.",
            count=count,
            name=name,
        )
    if shipped:
        return tr("Shipped networks learned from {count} {name} digits.", count=count, name=name)
    if not unseen:
        return tr("Files learned from {count} {name} digits.", count=count, name=name)
    return tr("Files learned from {count} {name} digits, none of these.", count=count, name=name)


# ---- race ----------------------------------------------------------------------------

RACE = tr("Race")
RACE_QUESTION = tr("Which design learns faster, and which gets further?")
FAIR = tr("Fair comparison")
FAIR_TIP = tr(
    "Gives the baseline so many hidden neurons that it has as many parameters as the largest of "
    "the others."
)
START, START_TIP = tr("Start the race"), tr("Random starts of all chosen designs, and run.")
END = tr("End the race")
END_TIP = tr("Pauses; all networks stay open and learn alone from now on.")
BACK = tr("Back")
LANES = tr("Runs of the race")
LANES_TIP = tr("Click a run to show its design on every page; the race goes on.")
CURVES = tr("Curves of test accuracy")
PLOT = tr("Plot of test accuracy over epochs")
PLOT_TIP = tr("Share of the test digits answered right, over the epochs.")
LEFT_AXIS, BOTTOM_AXIS = tr("test accuracy %"), tr("epochs")
NO_CURVE = tr("No curve yet.")
NOT_MEASURED = tr("– %")


ANOTHER = (
    tr("another network"),
    tr("A fresh run of the settings of this network. Press to let it race."),
)


def lets_race(design: str) -> str:
    return sentences(DESIGNS[design].help, tr("Press to let it race."))


def same_digits(seed: int | None, shown: bool) -> str:
    """`seed`: of a race that goes on; `shown`: earlier curves are on screen."""
    if seed is not None:
        return tr("Same seed ({seed}), same digits in the same order.", seed=seed)
    same = tr("Same seed, same digits in the same order.")
    return sentences(same, tr("Until the start: how these networks learned.") if shown else "")


def without_network(labels: Sequence[str]) -> str:
    return tr("No network yet: {designs}.", designs=commas(labels)) if labels else ""


def from_scratch(labels: Sequence[str]) -> str:
    return tr("In the race from scratch: {designs}.", designs=commas(labels)) if labels else ""


def learn_the_same(labels: Sequence[str]) -> str:
    """That some would begin alike, and so end alike."""
    if not labels:
        return ""
    return tr("{designs} have the same settings, so they learn the same.", designs=listed(labels))


def on_trunk(labels: Sequence[str]) -> str:
    """Which of those that race, called so, do not begin at random."""
    if not labels:
        return ""
    return tr_n(
        "{designs} begins on a hidden layer that has learned before.",
        "{designs} begin on hidden layers that have learned before.",
        len(labels),
        designs=listed(labels),
    )


def lead(found: Lead, epochs: float) -> str:
    """Who leads a race that rests, by how much, and whether that is more than chance."""
    difference, names = found.difference, (found.first, found.second)
    fields = {
        "first": names[0],
        "second": names[1],
        "points": number(100 * difference.accuracy, 1),
        "epochs": epochs_in_words(epochs),
        "p": _p(difference.p),
    }
    if difference.fixed == difference.broken:
        return tr("{first} and {second} lead together after {epochs}.", **fields)
    if difference.p < SIGNIFICANT:
        return tr(
            "{first} leads after {epochs}: {points} points above {second}, more than chance ({p}).",
            **fields,
        )
    return tr(
        "{first} leads after {epochs}: {points} points above {second}, which can be chance ({p}).",
        **fields,
    )


def sizes(counts: Sequence[tuple[str, int]]) -> str:
    """How many parameters each has, by what it is called."""
    told = [tr("{design} {count}", design=label, count=count) for label, count in counts]
    return tr("Parameters: {each}.", each=commas(told))


def fair(label: str, hidden: int, most: bool) -> str:
    """How large the baseline, called so, becomes; `most`: as large as there can be, and still
    smaller."""
    if most:
        return tr(
            "Fair: {design} gets {count} hidden neurons, the most there can be, so it stays "
            "smaller.",
            design=label,
            count=hidden,
        )
    return tr("Fair: {design} gets {count} hidden neurons.", design=label, count=hidden)


def lane_epoch(epochs: float | None) -> str:
    if epochs is None:
        return tr("random start")
    return tr("epoch {count}", count=number(epochs, 1))


def lane_hidden(networks: int, hidden: int) -> str:
    if networks == 1:
        return tr("{hidden} hidden neurons", hidden=hidden)
    return tr("{networks} × {hidden} hidden neurons", networks=networks, hidden=hidden)


NO_WEIGHTS = tr("A LeNet has no weight images.")


def lane_parameters(count: int) -> str:
    return tr("{count} parameters", count=count)


def lane_origin(title: str, shipped: bool, elsewhere: str) -> str:
    """`elsewhere`: whose test digits the curve is of, if those are others."""
    origin = tr("shipped") if shipped else title
    if elsewhere:
        return tr("{origin}, curve: {digits}", origin=origin, digits=elsewhere)
    return origin


ON_TRUNK, TRUNK = tr("on a trained trunk"), tr("+ trunk")
APART = tr("These learned from different digits: their curves are not compared.")


def lane_member(member: int) -> str:
    return tr("shown: network {number}", number=member + 1)


def lane(name: str, accuracy: str, details: Sequence[str]) -> str:
    """A run read out."""
    return tr(
        "{name}: {accuracy}, {details}.", name=name, accuracy=accuracy, details=commas(details)
    )


def curves(last: Mapping[str, float]) -> str:
    """Design -> the last point of its curve."""
    told = [tr("{name} {share}", name=name, share=percent(share)) for name, share in last.items()]
    return tr("Test accuracy: {each}.", each=commas(told)) if told else NO_CURVE


# ---- what each output looks for ------------------------------------------------------

TEMPLATES = tr("Shapes")
TEMPLATES_QUESTION = tr("What must a digit look like to make an output fire?")
TEMPLATES_TIP = tr(
    "One image for each output: orange where ink speaks for it, blue where ink speaks against it. "
    "Click one to see its strongest hidden neurons on the Train page."
)
SPEAKS_FOR = tr("ink here speaks for the output")
SPEAKS_AGAINST = tr("ink here speaks against it")
IN_COLOUR = tr("bright colours speak for the output, dark ones against it; mid grey says nothing")


def panel(design: str, looks: str, learned: bool) -> str:
    """The heading of a design; `looks`: classes, digits, bits or pairs."""
    name = label_of(design)
    if looks == "bits":
        told = tr("{design}: shapes of bits", design=name)
    elif looks == "pairs":
        told = tr("{design}: each class against its strongest rival", design=name)
    elif looks == "classes":
        told = tr("{design}: shapes of classes", design=name)
    else:
        told = tr("{design}: shapes of digits", design=name)
    return told if learned else tr("{heading} (random start)", heading=told)


def output(heading: str, name: str, value: str) -> str:
    if not value:
        return tr("{heading}: output {name}.", heading=heading, name=name)
    return tr("{heading}: output {name}, {value}.", heading=heading, name=name, value=value)


def race_over(before: str) -> str:
    """The race has been ended; `before`: what was on screen before it."""
    return tr("The race is over. Before it, {network} was on screen.", network=before)
