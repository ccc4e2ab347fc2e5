"""What the Detectors page says."""

from collections.abc import Mapping, Sequence

from nnviz.networks.book_zero import Counted
from nnviz.networks.neuron_order import spoken_for
from nnviz.networks.operations import Operation
from nnviz.ui.kit.sign_legend import SignWords
from nnviz.ui.kit.weight_images import Floats
from nnviz.ui.pages.output_words import signed
from nnviz.words import commas, number, percent, sentences, tr, tr_later, tr_n

SIGNS = SignWords(
    tr("fires it"), tr("stops it"), tr("Orange with +: fires it; blue with -: stops it.")
)
LEGEND = tr("Legend")

# ---- all neurons ---------------------------------------------------------------------

ALL = tr("All neurons")
ALL_QUESTION = tr("What does every hidden neuron look for?")
MOSAIC = tr("Hidden neurons: their weights")
MOSAIC_TIP = tr("Click a neuron to see it alone; the arrow keys select, Return opens.")
SORT_BY = tr("Sort by")
SORT_THE_NEURONS = tr("Sort the neurons by")
WAITS = tr("It is measured when the network rests; the order stays until then.")
OWN_SCALES = tr("own scales")
OWN_SCALES_TIP = tr("Each image with a colour scale of its own, or one scale for all.")
NETWORK_BEFORE, NETWORK_BEFORE_TIP = tr("Previous network"), tr("The network before this one")
NETWORK_AFTER, NETWORK_AFTER_TIP = tr("Next network"), tr("The network after this one")
EVERYONE = tr("All networks")
EVERYONE_TIP = tr("The hidden neurons of all networks side by side")
CAPTIONS_TIP = tr(
    "The bar at each image says how strongly the neuron fires for the digit on screen. Below are "
    "its number, and the class its activity speaks for, or what the neurons are sorted by."
)
CAPTIONS: Mapping[str, str] = {
    "answer": tr("bar: how strongly it fires; below: its push for or against the answer"),
    "strength": tr("bar: how strongly it fires; below: its strength"),
    "moran": tr("bar: how strongly it fires; below: how smooth it is"),
    "blob_share": tr("bar: how strongly it fires; below: its blob share"),
    "stroke_fit": tr("bar: how strongly it fires; below: how well a stroke fits it"),
}
"""Order -> what stands at and below the images; else the class a neuron speaks for."""
CAPTIONS_OF_CLASSES = tr(
    "bar: how strongly it fires; below: its number, and the class it speaks for"
)
NOT_KNOWN = "…"
OFF = tr("off")
"""The mark of a neuron that is struck out."""


def speaks_for(weights: Floats, names: Sequence[str]) -> str:
    """Class weights (classes,) in words: for 3, not 3, or for none."""
    said = spoken_for(weights)
    if said is None:
        return tr("for none")
    if said[1]:
        return tr("for {name}", name=names[said[0]])
    return tr("not {name}", name=names[said[0]])


def mark_of(operation: Operation) -> str:
    """What is done to a neuron, in as few letters as fit on its image."""
    if operation.off:
        return OFF
    shift = operation.shift if not operation.held else 0
    return sentences(
        tr("mean") if operation.held else "",
        tr("×{scale}", scale=_scaled(operation.scale)) if operation.scale != 1 else "",
        tr("b {shift}", shift=signed(shift)) if shift else "",
    )


FIRES = (
    tr_later("neuron {neuron} fires {amount}"),
    tr_later("neuron {neuron} of {network} fires {amount}"),
)
"""For the digit on screen; the second where there are several networks."""


def does(answer: str, push: float, speaks: str, mark: str) -> str:
    """What it does to the answer ("" while that is hidden), the class it speaks for, and what is
    done to it by hand."""
    hand = [tr("by hand: {mark}", mark=mark)] if mark else []
    if not answer:
        return commas((speaks, *hand))
    fields = {"answer": answer, "amount": number(abs(push), 1)}
    up = tr("{answer} up {amount}", **fields)
    said = up if push > 0 else tr("{answer} down {amount}", **fields)
    return commas((said, speaks, *hand))


def mosaic_in_words(count: int, order: str, selected: str) -> str:
    """What the mosaic shows."""
    return sentences(
        tr_n(
            "{count} hidden neuron, sorted by {order}.",
            "{count} hidden neurons, sorted by {order}.",
            count,
            order=order,
        ),
        tr("Selected: {neuron}.", neuron=selected) if selected else tr("None selected."),
    )


# ---- one neuron ----------------------------------------------------------------------

ONE = tr("One neuron")
ONE_QUESTION = tr("What fires this neuron, and what does it do to the answer?")
BEFORE, BEFORE_TIP = tr("Previous neuron"), tr("The neuron before this one (left arrow)")
AFTER, AFTER_TIP = tr("Next neuron"), tr("The neuron after this one (right arrow)")
DETAILS = tr("Details")
DETAILS_TIP = tr(
    "Show or hide what chance would do: random weights as smooth, the ink that fires the neuron "
    "most, noise, and how selective it is."
)
FACTS_TIP = tr("Compared with random images just as smooth; how selective it is; what it is worth.")
IMAGES: Mapping[str, tuple[str, str]] = {
    "weights": (tr("Weights"), tr("Ink on orange fires the neuron, ink on blue stops it.")),
    "evidence": (
        tr("Weights times digit"),
        tr("What each pixel of the digit on screen adds to the neuron's sum, or takes from it."),
    ),
    "chance": (
        tr("Random weights, just as smooth"),
        tr("A random image exactly as smooth as the weights: shapes that chance makes."),
    ),
    "best": (
        tr("Ink that fires it most"),
        tr(
            "Of all images with no more ink than a usual digit, the one that fires it most: full "
            "ink on its largest positive weights. It seldom looks like a digit."
        ),
    ),
    "noise": (
        tr("Noise"),
        tr("The same ink, scattered at random, and how strongly that fires it."),
    ),
}
"""Name and tooltip of each picture of the neuron, in the order of their places."""
WEIGHTS_TITLES = (
    tr_later("weights, bias {bias}: fires {amount}"),
    tr_later("bias {bias}: fires {amount}"),
    tr_later("fires {amount}"),
)
"""Over the pictures: in full, and ever shorter where there is less room."""
EVIDENCE_TITLES = tr_later("on this digit {sum}"), tr_later("digit {sum}"), tr_later("{sum}")
BEST_TITLES = tr_later("best ink {amount}"), tr_later("best {amount}")
NOISE_TITLES = tr_later("noise {amount}"), tr_later("{amount}")
CHANCE = tr("chance, just as smooth"), tr("by chance"), tr("chance")
OUTGOING = tr("Outgoing weights")
OUTGOING_TIP = tr("Its weight to each output: right for it, left against it.")
PAIR_OUTPUT, OTHER_OUTPUT = tr_later("{yes}, not {no}"), tr_later("output {number}")
TO_EACH, TO_ONE = tr("weight to each output"), tr("weight to its output")
TO_EACH_SHORT = tr("weights out")
BY_CLASS = tr("Activity by class")
BY_CLASS_TIP = tr("How strongly it fires on the test digits of each class.")
MEANS, MEANS_SHORT = tr("mean activity by class"), tr("mean activity")
MOST, LEAST = tr("Digits that fire it most"), tr("Digits that fire it least")
CLICK = tr("Below each the weighted sum with the bias. Click a digit to look at it on every page.")
MOST_LINES = tr("fires"), tr("most on"), tr("(sum)")
LEAST_LINES = tr("fires"), tr("least on"), tr("(sum)")
MOST_ON, LEAST_ON = tr_later("Fires most on: {digits}."), tr_later("Fires least on: {digits}.")
NEVER = tr("It never fires, whatever the digit: a dead neuron.")


NEURON = {
    (False, False): tr_later("Neuron {neuron}"),
    (False, True): tr_later("Neuron {neuron}: {shape}"),
    (True, False): tr_later("Neuron {neuron} of {network}"),
    (True, True): tr_later("Neuron {neuron} of {network}: {shape}"),
}
"""Whether it is of one of several networks, and whether it is known what it looks like."""


def unmeasured(engine: str, film: bool, running: bool) -> str:
    """Why nothing is known of its shape yet."""
    if engine == "starting":
        return tr("The neurons are measured once the training process is there.")
    if film:
        return tr("Measured once the film rests on a moment.")
    return tr("Measured at the next pause.") if running else tr("Being measured …")


# ---- a hand on a neuron --------------------------------------------------------------

OFF_BUTTON = tr("Off")
OFF_TIP = tr("The outputs no longer hear this neuron (its activity is 0).")
HOLD = tr("Hold at its mean")
HOLD_TIP = tr("The outputs hear its mean activity over all test digits, whatever the digit.")
SCALE = tr("Scale the neuron")
SCALE_TIP = tr("What the outputs hear of it, from turned round to three times as much.")
NO_SCALE = tr("Off: the outputs hear nothing of it, whatever its scale and bias.")
SHIFT, SHIFT_TIP = (
    tr("Shift its bias"),
    tr("Added to its bias: to the right it fires more readily."),
)
BIAS = tr_later("bias {shift}")
NO_SHIFT = tr("Held at its mean, it does not hear its own bias.")


def scale_in_words(scale: float) -> str:
    """Beside the slider."""
    return tr("scale × {scale}", scale=_scaled(scale))


def _scaled(scale: float) -> str:
    return signed(scale) if scale < 0 else number(scale, 1)


# ---- the book's zero -----------------------------------------------------------------

ZERO = tr("The book's zero")
ZERO_QUESTION = tr("Would four hidden neurons that detect the quarters of a 0 do?")
NO_ZERO = tr("The book's zero needs digits of 28 × 28 pixels with a class 0: choose MNIST's below.")
ARC, LEARNED = tr_later("Arc {arc}"), tr_later("Learned, closest to {arc}")
ARC_TIP = tr("Weights set by hand: a quarter of the mean zero.")
LEARNED_TIP = tr(
    "The hidden neuron whose weights correlate most with the arc (Pearson's r). Of many random "
    "images, too, one is always closest."
)
LEARNED_TITLES = tr_later("no. {name}: r {r}"), tr_later("{name}: r {r}"), tr_later("r {r}")
ROWS = tr("A real zero"), tr("The digit on screen"), tr("A moved zero")
ROWS_TIP = tr("How strongly each of the four hand-set neurons fires; all four must.")
REAL_ZERO, MOVED_ZERO, DRAWING = tr("a real 0"), tr("the 0 moved"), tr("your drawing")
THIS_DIGIT = tr_later("this digit, label {label}")
IS_ZERO, IS_NO_ZERO = tr("says: a 0"), tr("says: no 0")
FIRES_FROM, THRESHOLD = tr("Zero: fires from"), tr_later("fires from {share}")
FIRES_FROM_TIP = tr(
    "How much of its arc must be inked before a neuron fires; the mean zero inks 100 %."
)
RIGHT, RIGHT_TIP = (
    tr("Zero: right"),
    tr("Moves the zero to the right, or to the left (arrow keys)."),
)
DOWN, DOWN_TIP = tr("Zero: down"), tr("Moves the zero down, or up (arrow keys).")
AGAINST = tr("ink elsewhere counts against")
AGAINST_TIP = tr("Negative weights in the hole and in the corners.")


def closest_in_words(images: int, by_chance: float, network: str, everyone: bool) -> str:
    """What stands below each arc, and how alike chance would make it."""
    if everyone:
        first = tr(
            "Below each arc the learned neuron of all networks most like it (r is 1 for the same "
            "picture)."
        )
    elif network:
        first = tr(
            "Below each arc the learned neuron of {network} most like it (r is 1 for the same "
            "picture).",
            network=network,
        )
    else:
        first = tr("Below each arc the learned neuron most like it (r is 1 for the same picture).")
    return sentences(
        first,
        tr_n(
            "The closest of {count} image of noise: r {r}.",
            "The closest of {count} images of noise: r {r}.",
            images,
            r=number(by_chance, 2),
        ),
    )


ROW_SAID = {
    None: tr_later("{digit}: {amounts}; {verdict}"),
    True: tr_later("{digit}: {amounts}; {verdict}, which is right"),
    False: tr_later("{digit}: {amounts}; {verdict}, which is wrong"),
}
"""How strongly each arc fires on a digit, and what follows; None where nobody knows."""
ARC_FIRES = tr_later("{arc} {amount}")


def counts_in_words(found: Counted) -> str:
    """How well the hand-set detector does."""
    return tr(
        "All test digits: finds {hits} of the 0s, takes {alarms} of the others for a 0; right "
        "{right} (always “no 0”: {never})",
        hits=percent(found.hits / max(1, found.zeros), 0),
        alarms=percent(found.false_alarms / max(1, found.others)),
        right=percent(found.accuracy),
        never=percent(found.accuracy_of_never),
    )


MOVED = (
    tr_later("0s not moved: the four arcs find {arcs}, the learned network {network}."),
    tr_later("0s moved like this: the four arcs find {arcs}, the learned network {network}."),
)
"""Which share of the zeros each finds where the sliders put them."""
ACROSS = tr_later("right {pixels}"), tr_later("left {pixels}")
ALONG = tr_later("down {pixels}"), tr_later("up {pixels}")
"""Beside the sliders, and where their values are negative."""

# ---- settings compared ---------------------------------------------------------------

SETTINGS = tr("Settings compared")
SETTINGS_QUESTION = tr("Which settings make weight images that one can read?")
START, START_AGAIN = tr("Start the four runs"), tr("Start again")
START_TIP = tr(
    "Four new networks learn side by side from the seed on screen. The network on screen and its "
    "settings stay as they are."
)
PAUSE, GO_ON = tr("Pause"), tr("Go on")
GO_ON_TIP = tr("Have the four networks pause, or go on.")
ACCURACY_TIP, EPOCHS_TIP = tr("Test digits answered right."), tr("Epochs it has learned so far.")
SETTINGS_TIP = tr(
    "Initial weights, n inputs for each neuron, W / 100 where those into hidden neurons are a "
    "hundredth as large; the weight decay λ; W ≥ 0 where no weight into a hidden neuron may be "
    "negative."
)
STROKES_TIP = tr(
    "How much more of a weight image its best straight bar explains than of a random image as "
    "smooth; mean over the neurons, like the smoothness (Moran's I: 0 is noise, 1 is smooth). "
    "Measured at every pause."
)
SAME_SEED = tr_later(
    "The same digits from seed {seed}, other settings; each strip has a colour scale of its own."
)
RUN_WEIGHTS = tr_later("Weights of run {number}")
RUN_SAID = tr_later("{name}: {facts}")
"""Its name and what is written below its weights."""
NO_ACCURACY, RANDOM_START = "", tr("random start")
MORAN, STROKES = tr_later("smoothness {value}"), tr_later("strokes beyond chance {value}")
STARTS: Mapping[str, str] = {
    "normal": "N(0, 1)",
    "faint": "N(0, 1/n), W / 100",
    "scaled": "N(0, 1/n)",
    "tiny": "N(0, 1/n) / 100",
    "zero": "N(0, 1/n), 0",
}
"""Initial weights in short, n inputs of each neuron."""


SETTINGS_SHORT = tr_later("{start}, λ = {decay}"), tr_later("W ≥ 0, {start}, λ = {decay}")
"""Initial weights and decay; the second where no weight may be negative."""
EPOCH = tr_later("epoch {epochs}")

# ---- filters -------------------------------------------------------------------------

FILTERS = tr("Filters")
FILTERS_QUESTION = tr("What do the convolutions of a LeNet look for, and where do they find it?")
NO_FILTERS = tr(
    "This network has no filters: its hidden neurons see all pixels at once. LeNets of studies "
    "have some."
)
LAYERS: Mapping[str, tuple[str, str]] = {
    "first": (
        tr("First layer"),
        tr(
            "Each filter weighs a window of 3 × 3 pixels (orange for, blue against); its map says "
            "where in the digit it fires."
        ),
    ),
    "second": (
        tr("Second layer"),
        tr(
            "Each filter reads 3 × 3 places of all maps of the first layer (here added up); its "
            "map says where it fires."
        ),
    ),
    "pooled": (
        tr("After pooling"),
        tr("Of every 2 × 2 places the largest stays: this is what the hidden neurons read."),
    ),
}
"""Layer -> the words of its button, and what it shows."""
FILTER_GRID = tr("Filters, and their maps of the digit")
FILTER_GRID_TIP = tr("At the left the filter, beside it its map; the arrow keys choose another.")
ONE_FILTER = tr("The filter that is chosen")
ONE_FILTER_TIP = tr("The digit, the filter for each map that it reads, and where it fires.")
THE_DIGIT, THE_FILTER = tr("this digit"), tr("the filter")
ITS_MAP, POOLED_MAP = tr("where it fires"), tr("after pooling")


def filter_named(place: int) -> str:
    """A filter, by its number."""
    return tr("Filter {place}", place=place)


def filter_told(place: int, strongest: float) -> str:
    """How strongly a filter fires where it fires most."""
    return tr("Filter {place}: fires by up to {amount}", place=place, amount=number(strongest, 2))


def filters_told(count: int, chosen: str) -> str:
    """How many filters there are, and what is told of the chosen one."""
    return tr("{count} filters and their maps. {chosen}.", count=count, chosen=chosen)
