"""What stands on the page of a film for a browser."""

from nnviz.data.catalogue import label_of, test_of
from nnviz.words import number, percent, sentences, tr, tr_n

PLAY, PAUSE, SLIDER = tr("Play"), tr("Pause"), tr("Moment of the film")
KEYS = tr("Space plays and pauses; the arrows, Home and End go to another moment.")
OLD_BROWSER = tr("This browser is too old to unpack the film; a newer one plays it.")
WITHOUT_SCRIPTS = tr("The film needs scripts; the table below does without.")
TABLE = tr("All moments as a table")
WHEN, RIGHT = tr("moment"), tr("right")


def title(design: str, digits: str) -> str:
    """Over all."""
    return tr("{design} learns {digits}", design=design, digits=label_of(digits))


def when(epochs: float, examples: int) -> str:
    """A moment."""
    epoch = number(epochs, 2 if epochs < 2 else 0)
    return tr_n(
        "epoch {epoch}, {count} digit seen",
        "epoch {epoch}, {count} digits seen",
        examples,
        epoch=epoch,
    )


def right(digits: str, accuracy: float | None) -> str:
    """How good the network was then."""
    if accuracy is None:
        return ""
    return tr("{digits}: {share} right", digits=test_of(digits), share=percent(accuracy))


def shows(neurons: int) -> str:
    """What the picture is."""
    return tr_n(
        "The weights of {count} hidden neuron, as an image of where ink speaks for it (orange) "
        "and against it (blue).",
        "The weights of {count} hidden neurons, each as an image of where ink speaks for it "
        "(orange) and against it (blue).",
        neurons,
    )


def left_out(moments: int, all_moments: int, neurons: int, all_neurons: int) -> str:
    """What the page has no room for."""
    few = tr("It shows {some} of {all} moments.", some=moments, all=all_moments)
    part = tr("It shows {some} of {all} hidden neurons.", some=neurons, all=all_neurons)
    return sentences(few if moments < all_moments else "", part if neurons < all_neurons else "")


def source(digits: str, trained_on: int, seed: int) -> str:
    """Where it comes from."""
    return tr(
        "Made with nnviz: {count} training digits of {digits}, seed {seed}.",
        count=trained_on,
        digits=label_of(digits),
        seed=str(seed),
    )
