"""What is known of a network that others trained: which way its numbers were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnviz.data.catalogue import label_of
from nnviz.networks.settings import ALL_ACTIVATIONS
from nnviz.words import commas, listed, percent, sentences, tr

OUTPUTS: Mapping[str, str] = {
    "softmax": tr("softmax outputs"),
    "sigmoid": tr("sigmoid outputs"),
    "tanh": tr("tanh outputs"),
}
"""What an output makes of its weighted sum. Those of tanh are shown as sigmoids of twice the sum,
which are the same on the scale 0..1."""
UPRIGHT, TURNED = "rows", "columns"
ORDERS: Mapping[str, str] = {
    UPRIGHT: tr("row by row"),
    TURNED: tr("column by column"),
}
"""How the pixels of an image follow each other."""
LAYERS = HIDDEN_LAYER, OUTPUT_LAYER = "hidden", "output"
"""What can lack biases."""
POOR = 0.5
"""A guess that reads fewer digits is none."""
CLOSE = 0.02
"""Two ways to read a network that are no further apart can hardly be told apart."""
ASKABLE = ("activation", "output", "scaling", "order")
"""What the user may say of a network, or leave to be guessed."""


@dataclass(frozen=True)
class Said:
    """What the user says of a network; "" is to be guessed."""

    activation: str = ""
    """One of settings.ALL_ACTIVATIONS"""
    output: str = ""
    """One of OUTPUTS"""
    scaling: str = ""
    """See `scalings.scaling_of`"""
    order: str = ""
    """One of ORDERS"""


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Way:
    """A way to read the numbers of a network of two layers, with what it read."""

    activation: str
    """One of ALL_ACTIVATIONS"""
    scaling: str
    """What the pixels were at black and at white, 0..1, or their mean and deviation, 0.5/0.25"""
    order: str
    """One of ORDERS"""
    right: float
    """Fraction of the digits that it reads right"""

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        fields = {"activation": ALL_ACTIVATIONS[self.activation], "scaling": self.scaling}
        said = tr("{activation}, pixels {scaling}", **fields)
        if "/" in self.scaling:
            mean, deviation = self.scaling.split("/")
            said = tr(
                "{activation}, pixels (0..1 − {mean}) / {deviation}",
                activation=fields["activation"],
                mean=mean,
                deviation=deviation,
            )
        return said if self.order == UPRIGHT else commas([said, ORDERS[self.order]])


@dataclass(frozen=True)
class Adopted:
    """Where a network came from, and how it was read."""

    file: str
    """Name of the file that others wrote"""
    way: Way
    output: str
    """One of OUTPUTS"""
    guessed: tuple[str, ...]
    """Which of ASKABLE nobody said"""
    digits: str
    """Name of the data set whose test digits were asked"""
    images: int
    """How many they were"""
    second: Way | None = None
    """The next best way among those tried"""
    lacks: tuple[str, ...] = ()
    """Which of LAYERS have no biases in the file"""
    alike: tuple[tuple[str, float], ...] = ()
    """Other activations with which it reads about as many, where nobody said one, with the fraction
    that they read right"""
    mended: bool = False
    """Whether matrices lay in the file column by column, though it says otherwise"""
    unused: tuple[str, ...] = ()
    """Names of arrays in the file that belong to none of its layers, the first few"""

    @property
    def poor(self) -> bool:
        """Whether a guess was none."""
        return self.way.right < POOR and bool(self.guessed)

    @property
    def words(self) -> str:
        """How it was read and how well that goes, for the user."""
        fields: dict[str, str | int] = {
            "file": self.file,
            "way": commas([self.way.words, OUTPUTS[self.output]]),
            "right": percent(self.way.right),
            "images": self.images,
            "digits": label_of(self.digits),
        }
        if not self.guessed:
            said = tr(
                "{file} read as told: {way}: {right} of {images} {digits} test digits.", **fields
            )
        elif self.poor:
            said = tr(
                "{file} fits no way that is tried; the best guess is {way}: {right} of {images} "
                "{digits} test digits. Say its activation and scaling, or it learned from others.",
                **fields,
            )
        else:
            said = tr("{file} guessed: {way}: {right} of {images} {digits} test digits.", **fields)
        more = self._read_alike(), self._next_best(), _without(self.lacks), self._mended()
        return sentences(said, *more, self._left_aside())

    def _read_alike(self) -> str:
        if not self.alike or self.poor:
            return ""
        read = [right for _, right in self.alike]
        fields = {
            "activations": listed([ALL_ACTIVATIONS[name] for name, _ in self.alike]),
            "low": percent(min(read)),
            "high": percent(max(read)),
        }
        if fields["low"] == fields["high"]:
            return tr(
                "It reads about as many with {activations} ({low}): say which it was, if you know.",
                **fields,
            )
        return tr(
            "It reads about as many with {activations} ({low} to {high}): say which it was, if you "
            "know.",
            **fields,
        )

    def _next_best(self) -> str:
        second = self.second
        if second is None or self.poor or self._names(second):
            return ""
        fields = {"way": second.words, "right": percent(second.right)}
        if self.way.right - second.right < CLOSE:
            return tr("About as good, {right}: {way}.", **fields)
        return tr("The next best way, {way}: {right}.", **fields)

    def _names(self, way: Way) -> bool:
        """Whether a way is among those that read alike."""
        known = self.way.scaling, self.way.order, *dict(self.alike)
        return way.activation in known and (way.scaling, way.order) == known[:2]

    def _mended(self) -> str:
        if not self.mended:
            return ""
        return tr("Its matrices were stored column by column, which was put right.")

    def _left_aside(self) -> str:
        if not self.unused:
            return ""
        return tr("Left aside, as of neither layer: {names}.", names=commas(self.unused))

    def record(self) -> dict[str, object]:
        """The same for a program."""
        second = self.second
        return {
            "file": self.file,
            "activation": self.way.activation,
            "output": self.output,
            "scaling": self.way.scaling,
            "order": self.way.order,
            "guessed": list(self.guessed),
            "right": self.way.right,
            "images": self.images,
            "digits": self.digits,
            "next_best": None if second is None else second.right,
            "alike": dict(self.alike),
        }


def _without(lacks: Sequence[str]) -> str:
    if not lacks:
        return ""
    if len(lacks) == 2:
        return tr("It has no biases: they are 0.")
    if lacks[0] == HIDDEN_LAYER:
        return tr("Its hidden layer has no biases: they are 0.")
    return tr("Its outputs have no biases: they are 0.")
