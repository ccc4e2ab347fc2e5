"""Network files: safetensors with the story of the network as JSON in their metadata."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

import nnviz
from nnviz.data.digits import COLOUR, GREY, Digits, DigitSet, Shape, ShownDigits, Source
from nnviz.data.handed import Handed, kind_of
from nnviz.errors import Refusal, reason_in_words
from nnviz.networks.adopted import NOTHING_SAID, Adopted, Said
from nnviz.networks.codes import CodeError
from nnviz.networks.curves import Point, Position, up_to
from nnviz.networks.designs import COSTS
from nnviz.networks.film import NO_FILM, Film, Moment
from nnviz.networks.foreign.kinds import (
    JSON,
    NOT_KNOWN,
    NPZ,
    SAFETENSORS,
    kind_of_file,
    kind_of_folder,
)
from nnviz.networks.foreign.refusals import ForeignError, refused
from nnviz.networks.front import Front, feature_count
from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import LearnedBy
from nnviz.networks.lenet import FILTERS, SIDE
from nnviz.networks.network import Network
from nnviz.networks.settings import SETTINGS, SettingError, Settings, must_be_learnable
from nnviz.networks.story import LENET, THREE_LAYER, Impossible, checked, moment_from
from nnviz.networks.taught import UNKNOWN, Taught
from nnviz.paths import TRAINED
from nnviz.words import commas, plain, tr, tr_n
from nnviz.writing import write

if TYPE_CHECKING:  # most files are our own
    from nnviz.networks.foreign.adopting import Foreign

FORMAT = "nnviz network"
VERSION, WITH_FRONT, WITHOUT_FRONT = 3, 2, 1
"""Of the format: the newest, of networks that others trained or that are wider than what learns
here; of those with a convolutional front; of all others, which programs of before read, too."""
LARGEST = 700_000_000
"""Bytes; 45 LeNets on colour images need 580 million."""


class NetworkFileError(Refusal):
    """A file cannot be opened; the message is one sentence for the user."""


@dataclass(frozen=True, eq=False)
class TrainedNetwork:
    """A network and how it came to be."""

    network: Network
    settings: Settings
    class_names: tuple[str, ...]
    digits: str
    """Name of the data set it learned from."""
    trained_on: int
    """How many training digits it learned from."""
    tested_on: int
    """How many test digits its accuracy was measured on."""
    left_out: str
    """Name of a data set whose digits were kept out of training, or nothing."""
    position: Position
    points: tuple[Point, ...]
    source: Source | None = None
    """Where the digits came from; only kept in files that do not leave this computer."""
    film: Film = NO_FILM
    name: str = ""
    """What the user called the network, or nothing."""
    non_digits: int = 0
    """How many images that are no digit it learned from besides."""
    race: tuple[int, ...] = ()
    """Numbers of the runs that learned side by side with it, its own among them; only kept where
    `source` is."""
    experiment: str = ""
    """What began it, one of EXPERIMENTS, or nothing; only kept where `source` is."""
    learned_at: float = 0.0
    """When it learned last, in seconds since 1970; only kept where `source` is. 0: nobody knows."""
    film_trouble: str = ""
    """One sentence about what is missing of the film of its file."""
    handed: Handed | None = None
    """The training digits; None in files of older programs, which only name them."""
    before: Taught | None = None
    """What its weights had learned before its own run (see `Taught.before`)."""
    now: Point | None = None
    """Where the run stands, measured between two points of its curves."""
    learned_by: tuple[LearnedBy, ...] = ()
    """What learned it, one after the other."""
    adopted: Adopted | None = None
    """Where it came from, if another program has made its file, and how its numbers were read."""

    @property
    def taught(self) -> Taught:
        """All that it learned from, as far as its file tells."""
        handed = self.handed or Handed(
            self.digits,
            self.class_names,
            self.trained_on,
            left_out=self.left_out,
            non_digits=self.non_digits,
            kind=kind_of(self.digits),
        )
        epochs = self.position.examples / max(1, self.epoch_length)
        return Taught(handed, epochs, self.before)

    @property
    def hidden_layer_taught(self) -> Taught | None:
        """What its hidden layer learned from: all of it, unless that was frozen."""
        return self.before if self.settings.trunk == "frozen" else self.taught

    @property
    def epoch_length(self) -> int:
        """Images in one epoch."""
        return self.trained_on + self.non_digits

    @property
    def test_accuracy(self) -> float | None:
        """Fraction of the test digits it answered right when it was saved."""
        last = self.curve[-1] if self.curve else None
        if last is None or last.examples != self.position.examples or last.tested:
            return None
        return last.test_accuracy

    @property
    def curve(self) -> tuple[Point, ...]:
        """The points of the run up to where it stands."""
        return up_to(self.points, self.now)


def save(trained: TrainedNetwork, path: Path) -> None:
    """Writes the file as a whole or not at all. Raises NotSaved."""
    story = {
        "format": FORMAT,
        "version": _version(trained),
        "program": nnviz.__version__,
        "network": THREE_LAYER if trained.network.front is None else LENET,
        "settings": dataclasses.asdict(trained.settings),
        "classes": list(trained.class_names),
        "digits": trained.digits,
        "trained_on": trained.trained_on,
        "tested_on": trained.tested_on,
        "left_out": trained.left_out,
        "non_digits": trained.non_digits,
        "position": dataclasses.asdict(trained.position),
        "points": [dataclasses.astuple(point) for point in trained.points],
        "test_accuracy": trained.test_accuracy,
        "now": None if trained.now is None else dataclasses.astuple(trained.now),
        "learned_by": [dataclasses.asdict(each) for each in trained.learned_by],
        "adopted": None if trained.adopted is None else dataclasses.asdict(trained.adopted),
        "taught": [
            dataclasses.asdict(each.handed) | {"epochs": each.epochs} for each in trained.taught
        ],
    }
    film = trained.film.moments
    if film:
        story["film"] = [
            {"number": each.number, "position": dataclasses.asdict(each.position)} for each in film
        ]
    if trained.name or trained.source is not None:
        story["name"] = trained.name
    if trained.source is not None:
        story["source"] = dataclasses.asdict(trained.source)
        story |= {"race": list(trained.race), "experiment": trained.experiment}
        story["learned_at"] = trained.learned_at
    tensors: dict[str, np.ndarray] = {
        name: np.ascontiguousarray(array) for name, array in trained.network.weights().items()
    }
    if film:
        tensors["film"] = np.stack([moment.weights for moment in film])
    write(path, safetensors.numpy.save(tensors, {"nnviz": json.dumps(story)}))


def _version(trained: TrainedNetwork) -> int:
    """The oldest format that holds it."""
    if trained.adopted is not None or trained.network.hidden > SETTINGS["hidden"].high:
        return VERSION
    return WITHOUT_FRONT if trained.network.front is None else WITH_FRONT


def fits(trained: TrainedNetwork, digits: DigitSet | ShownDigits) -> bool:
    """Whether a network tells just the classes of these digits apart, from as many inputs."""
    return trained.class_names == digits.class_names and trained.network.inputs == digits.inputs


def fitting(trained: TrainedNetwork, path: Path, digits: DigitSet | ShownDigits) -> TrainedNetwork:
    """The network, if it can judge these digits. Raises NetworkFileError."""
    if not fits(trained, digits):
        raise NetworkFileError(
            "{path} tells {classes} apart from {inputs} inputs, but the {digits} digits are "
            "{digit_classes} with {digit_inputs} inputs.",
            path=path,
            classes=commas(trained.class_names),
            inputs=trained.network.inputs,
            digits=digits.name,
            digit_classes=commas(digits.class_names),
            digit_inputs=digits.inputs,
        )
    return trained


def is_new(trained: TrainedNetwork, path: Path) -> bool:
    """Whether a network was in a file that another program has made."""
    return trained.adopted is not None and trained.adopted.file == path.name


def digits_for(trained: TrainedNetwork, digits: DigitSet) -> DigitSet:
    """The digits of those classes that a network tells apart, where they are some of all."""
    if not takes_part_of(trained, digits.class_names, digits.inputs):
        return digits
    return digits.only(trained.class_names)


def takes_part_of(trained: TrainedNetwork, class_names: Sequence[str], inputs: int) -> bool:
    """Whether a network tells some of these classes apart, in the same order, but not all."""
    kept = tuple(name for name in class_names if name in trained.class_names)
    return kept == trained.class_names != tuple(class_names) and trained.network.inputs == inputs


def load_kept(path: Path, digits: Digits | None = None) -> TrainedNetwork:
    """What `load` reads; of a file that has not changed the same value again, so that what is known
    of its network stays known. Raises NetworkFileError."""
    return _load_written(path, path.stat().st_mtime_ns if path.exists() else 0, digits)


@lru_cache(maxsize=24)
def _load_written(
    path: Path,
    written: int,  # noqa: ARG001 - another file then
    digits: Digits | None,
) -> TrainedNetwork:
    return load(path, digits)


@lru_cache(maxsize=4)
def _read_kept(
    path: Path,
    written: int,  # noqa: ARG001 - another file then
    kind: str,
    digits: Digits | None,
    said: Said,
) -> "Foreign":
    """A file is looked at first, and opened then: guessing takes a while."""
    # most files are our own
    from nnviz.networks.foreign.adopting import adopt

    return adopt(path, kind, digits, said)


def load(path: Path, digits: Digits | None = None, said: Said = NOTHING_SAID) -> TrainedNetwork:
    """Reads and checks a network file; one that another program has made becomes a network of
    this, for the digits in use, and what is not said of it is guessed (see `foreign.adopting`).

    Raises NetworkFileError.
    """
    try:
        return _loaded(path, digits, said)
    except NetworkFileError:
        raise
    except ForeignError as error:
        raise NetworkFileError("{sentence}", sentence=str(error)) from error
    except OSError as error:
        raise NetworkFileError(
            "{path} cannot be opened: {reason}.", path=path, reason=reason_in_words(error)
        ) from error
    except SafetensorError as error:
        raise NetworkFileError("{path} is damaged, or no network file.", path=path) from error
    except (CodeError, Impossible, SettingError) as error:
        raise NetworkFileError(
            "{path} is damaged: {sentence}", path=path, sentence=str(error)
        ) from error
    # AttributeError: safetensors met a kind of number that numpy lacks
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
        raise NetworkFileError(
            "{path} is damaged: {reason}.", path=path, reason=repr(error)
        ) from error


def _loaded(path: Path, digits: Digits | None, said: Said) -> TrainedNetwork:
    kind = _kind(path)
    if kind in (JSON, NPZ):
        return _adopted(path, kind, digits, said)
    if kind not in (SAFETENSORS, NOT_KNOWN):
        raise refused(path, kind)
    with safetensors.safe_open(path, framework="np") as file:
        metadata = file.metadata() or {}
        if "nnviz" in metadata:
            story = _story(path, metadata)
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            return _trained(path, story, tensors)
    return _adopted(path, SAFETENSORS, digits, said)


def _kind(path: Path) -> str:
    """What is to be read (see `foreign.kinds`). Raises NetworkFileError, ForeignError, OSError."""
    if path.is_dir():
        kind = kind_of_folder(path)
        if kind:
            raise refused(path, kind)
        raise NetworkFileError("{path} is a folder, not a network file.", path=path)
    if path.exists() and not path.is_file():
        raise NetworkFileError("{path} is not a regular file.", path=path)
    kind = kind_of_file(path)
    if kind in (SAFETENSORS, NOT_KNOWN) and path.stat().st_size > LARGEST:
        raise NetworkFileError("{path} is too large for a network file.", path=path)
    return kind


def _adopted(path: Path, kind: str, digits: Digits | None, said: Said) -> TrainedNetwork:
    """Nobody knows what it learned from: it is compared with no other network."""
    foreign = _read_kept(path, path.stat().st_mtime_ns, kind, digits, said)
    return TrainedNetwork(
        foreign.network,
        foreign.settings,
        foreign.class_names,
        digits="",
        trained_on=0,
        tested_on=0,
        left_out="",
        position=Position(),
        points=(),
        handed=Handed("", foreign.class_names, 0, kind=foreign.kind),
        adopted=foreign.adopted,
    )


def trunk_of(
    settings: Settings, file: Path | None, hidden_fixed: bool
) -> tuple[TrainedNetwork, Settings]:
    """The network to copy from, and the settings with its size unless that was asked for.

    Raises SettingError if it has several hidden layers, convolutions or another size than
    asked for, NetworkFileError if the file cannot be read.
    """
    path = file or TRAINED / f"{settings.trunk_from}.safetensors"
    trained = load(path)
    network = trained.network
    if network.front is not None:
        raise SettingError(
            "{name} holds a LeNet; a trunk is the hidden layer of a three-layer network.",
            name=path.name,
        )
    if network.networks > 1:
        raise SettingError(
            "{name} holds {networks} networks side by side; a trunk is the hidden layer of one.",
            name=path.name,
            networks=network.networks,
        )
    if hidden_fixed and settings.hidden != network.hidden:
        raise SettingError(
            "The trunk in {name} has {hidden} hidden neurons, not {wanted}: leave --hidden out.",
            name=path.name,
            hidden=network.hidden,
            wanted=settings.hidden,
        )
    settings = settings.change(hidden=network.hidden, activation=network.activation)
    must_be_learnable(settings)
    return trained, settings


def _story(path: Path, metadata: Mapping[str, str]) -> dict[str, Any]:
    try:
        story = json.loads(metadata["nnviz"])
        version = story["version"]
        known = story["format"] == FORMAT and type(version) is int and version > 0
    except (KeyError, TypeError, ValueError, RecursionError):
        known = False
    if not known:
        raise NetworkFileError(
            "{path} is not a network of nnviz (it lacks the description that nnviz writes).",
            path=path,
        )
    if story["version"] > VERSION:
        raise NetworkFileError(
            "{path} was written by a newer nnviz (format {format}, this program reads up to "
            "{newest}): please update nnviz.",
            path=path,
            format=story["version"],
            newest=VERSION,
        )
    return dict(story)


def _trained(
    path: Path, story: Mapping[str, Any], tensors: Mapping[str, np.ndarray]
) -> TrainedNetwork:
    fields = checked(story)
    settings, class_names = fields.pop("settings"), fields.pop("classes")
    layout = layout_of(settings, len(class_names))
    networks, outputs = layout.network_count, len(layout.networks)
    front: dict[str, tuple[int, ...]] = {}
    image = GREY
    if fields.pop("network") == LENET:
        front, image = _before_hidden(tensors, networks)
        inputs = feature_count(image, FILTERS[1])
    else:
        inputs = int(tensors["hidden_weights"].shape[-1])
    if not inputs:
        raise NetworkFileError("{path} is damaged: its network has no inputs.", path=path)
    shapes = front | {
        "hidden_weights": (networks, settings.hidden, inputs),
        "hidden_biases": (networks, settings.hidden),
        "output_weights": (outputs, settings.hidden),
        "output_biases": (outputs,),
    }
    for name, shape in shapes.items():
        if tensors[name].shape != shape or tensors[name].dtype != np.float32:
            raise NetworkFileError(
                "{path} is damaged: {name} is {kind} {shape}, not float32 {expected}.",
                path=path,
                name=name,
                kind=str(tensors[name].dtype),
                shape=str(tensors[name].shape),
                expected=str(shape),
            )
    network = Network(
        **{name: tensors[name] for name in shapes if name not in front},
        output_networks=layout.networks.copy(),
        output_groups=layout.groups.copy(),
        activation=settings.activation,
        output_activation=COSTS[settings.cost].output_activation,
        front=Front(**{name: tensors[name] for name in front}, shape=image) if front else None,
    )
    if not network.finite():
        raise NetworkFileError(
            "{path} holds weights that are no numbers, or beyond ±{largest}, where sums over all "
            "layers no longer fit into float32.",
            path=path,
            largest=plain(network.largest_weight),
        )
    film, film_trouble = _film(path, story, tensors, network, fields["points"])
    fields.pop("test_accuracy")  # that of the points
    handed, before = _handed(fields.pop("taught"), settings)
    if not fields["position"].steps:
        fields["learned_by"] = ()
    return TrainedNetwork(
        network=network,
        settings=settings,
        class_names=class_names,
        film=film,
        film_trouble=film_trouble,
        handed=handed,
        before=before,
        **fields,
    )


def _before_hidden(
    tensors: Mapping[str, np.ndarray], networks: int
) -> tuple[dict[str, tuple[int, ...]], Shape]:
    """The shapes that the weights of a front must have (one for all networks, or one for each),
    and that of its images."""
    found = tensors["first_weights"].shape
    fronts = 1 if found[:1] == (1,) else networks
    image = COLOUR if found[2:3] == COLOUR[2:] else GREY
    first, second = FILTERS
    return {
        "first_weights": (fronts, first, image[2], SIDE, SIDE),
        "first_biases": (fronts, first),
        "second_weights": (fronts, second, first, SIDE, SIDE),
        "second_biases": (fronts, second),
    }, image


def _film(
    path: Path,
    story: Mapping[str, Any],
    tensors: Mapping[str, np.ndarray],
    network: Network,
    points: Sequence[Point],
) -> tuple[Film, str]:
    """What the file holds of the run on its way, up to the first damage, and a sentence about
    that; files of older programs have no film."""
    if "film" not in tensors and "film" not in story:
        return Film(), ""
    found: list[Moment] = []
    try:
        weights, moments = tensors["film"], list(story["film"])
        if weights.ndim != 2 or weights.dtype != np.float16:
            raise TypeError("weights of another kind")
        for each, row in zip(moments, weights, strict=True):
            moment = Moment(*moment_from(each), row)
            last = found[-1].number if found else -1
            if moment.number <= last or not moment.belongs(network, points):
                raise ValueError("a moment of another run")
            found.append(moment)
    except (AttributeError, LookupError, TypeError, ValueError):
        if not found:
            return NO_FILM, tr("The film in {file} is damaged and is left out.", file=path.name)
        return Film(tuple(found)), tr_n(
            "The film in {file} is damaged and ends after {count} moment.",
            "The film in {file} is damaged and ends after {count} moments.",
            len(found),
            file=path.name,
        )
    return Film(tuple(found)), ""


def _handed(taught: Sequence[Taught], settings: Settings) -> tuple[Handed | None, Taught | None]:
    """The digits of the run, and what was learned before it."""
    if not taught:
        return None, UNKNOWN if settings.trunk == "frozen" else None
    before = None
    for each in reversed(taught[1:]):
        before = dataclasses.replace(each, before=before)
    return taught[0].handed, before
