"""One line of words that says everything that is looked at: written from a state, and read.

The first word names the page, the others are `key=value`; what is as usual is left out. A line of
settings alone, as older versions wrote it, is such a line, too.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import Source
from nnviz.data.forms.turning import checked
from nnviz.data.idx import DigitsError
from nnviz.errors import Refusal
from nnviz.lectures.codecs import FLAG, REAL, TEXT, WHOLE, WORDS, Codec, one_of, quoted, unquoted
from nnviz.lectures.compared import FILES, beside, file_of
from nnviz.lectures.keys import KEYS
from nnviz.lectures.opened import CROP, PIECES, TURNS, Pictured, picture_words, pictured
from nnviz.networks.designs import DESIGNS
from nnviz.networks.operations import NO_OPERATIONS, UNCHANGED, OperationError, Operations
from nnviz.networks.settings import LIVE, SETTINGS, Settings
from nnviz.networks.settings_line import NOT_IN_LINE, as_line, from_line, read_setting, written
from nnviz.networks.shipped import name_of_shipped
from nnviz.paths import TRAINED
from nnviz.session.state import OWN_DESIGNS, State
from nnviz.session.store import FIRST
from nnviz.words import commas, plain, tr

LONGEST = 200_000
"""Signs of a line at most: more than a drawing and a row together have."""
IGNORED = frozenset({"engine"})
"""What a line may tell that follows from the run and the machine."""


class LineError(Refusal):
    """A line says what nothing can show; the message is for the user."""


class PageLooked(Protocol):
    """What is asked of a page before it is shown."""

    @property
    def views(self) -> Mapping[str, str]:
        """Id -> words of its views."""

    @property
    def readings(self) -> Collection[str]:
        """Those that it shows for every design."""

    def count_steps(self, state: State) -> int:
        """How many steps `State.step` can go up to on it."""


Pages = Mapping[str, PageLooked]
Said = Callable[[str], str]
"""What a key is called where it is wrong: --page on the command line"""


@dataclass(frozen=True)
class Looked:
    """What a line says."""

    page: str = ""
    """"" of a line of settings alone: the page on screen stays."""
    view: str = ""
    """"" for the first one of the page"""
    network: str = ""
    """Name of a network that comes with the program, or its file; "" for that of the design"""
    compared: tuple[str, ...] = ()
    """Names or files of networks that are compared besides"""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Of a fresh run, unless all of them are in force at once"""
    source: Source | None = None
    """None: the digits in use"""
    digits: str = ""
    """The name of the data set, where a line of settings names another one than a `Source` can"""
    moment: int | None = None
    """The moment of the film, counted from 0"""
    operations: Operations = NO_OPERATIONS
    picture: Pictured | None = None
    """The picture that the drawing on the pad is made from"""
    study: str = ""
    """The word or the file of a study; "" for none"""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Key -> value, of KEYS"""

    @property
    def design(self) -> str:
        """The design named; "" for none."""
        return str(self.settings.get("design", ""))

    @property
    def fresh(self) -> bool:
        """Whether the network is a random start of these settings."""
        return any(name not in LIVE and name != "design" for name in self.settings)


@dataclass(frozen=True)
class OwnKey:
    """A key that stands for no single field of the state."""

    name: str
    help: str
    codec: Codec


OF_SCREEN = (
    OwnKey("page", tr("Id of the page, e.g. train."), TEXT),
    OwnKey("view", tr("A view of the page, where it has several."), TEXT),
    OwnKey("design", tr("The design; else the network file's."), one_of(lambda: DESIGNS)),
    OwnKey("network", tr("Network file, or the name of one that comes with nnviz."), TEXT),
    OwnKey(
        "with",
        tr("Compared besides: network files or names; ten-outputs+1 is the first of them."),
        FILES,
    ),
    OwnKey("moment", tr("Show this moment of the film."), WHOLE),
    OwnKey(
        "off", tr("Neurons switched off: their numbers; 2.16 is one of the third network."), WORDS
    ),
    OwnKey("held", tr("Neurons held at their mean activity."), WORDS),
    OwnKey("scaled", tr("Neurons scaled, as in 16:0.5."), WORDS),
    OwnKey("shifted", tr("Neurons whose bias is shifted, as in 16:-1."), WORDS),
    OwnKey("study", tr("Study: its word or its file."), TEXT),
)
OF_DIGITS = (
    OwnKey("digits", tr("The data set."), TEXT),
    OwnKey("data", tr("Folder or file of a data set: IDX, .npz, .csv, Parquet and more."), TEXT),
    OwnKey("turned", tr("How the images of that data set are turned."), WORDS),
    OwnKey("tests", tr("Your own test digits: a folder of pictures, or a file of digits."), TEXT),
    OwnKey("tests-turned", tr("How your own test digits are turned."), WORDS),
    OwnKey(
        "names-are-labels",
        tr("Whether numbers in names of pictures that may only count are their labels."),
        FLAG,
    ),
    OwnKey("classes", tr("Only the digits of these classes, e.g. 6,9."), WORDS),
    OwnKey("every", tr("Only every N-th training digit, beginning with the first."), WHOLE),
    OwnKey("share", tr("Only so large a part of the training digits of each class."), REAL),
)
OF_PICTURE = (
    OwnKey("picture", tr("Your digit: the picture file opened on the pad."), TEXT),
    OwnKey("turns", tr("The picture turned by so many quarters to the right."), TURNS),
    OwnKey("inverted", tr("The paper of the picture taken for ink."), FLAG),
    OwnKey("crop", tr("The part of the picture, as it is turned, that is looked at."), CROP),
    OwnKey(
        "pieces",
        tr("Numbers of the pieces of the picture that are read; 0 is the first."),
        PIECES,
    ),
)
OWN_KEYS: Mapping[str, OwnKey] = {key.name: key for key in (*OF_SCREEN, *OF_DIGITS, *OF_PICTURE)}


def keys_and_codecs() -> Mapping[str, tuple[str, Codec]]:
    """Key -> what it says, and how its value stands there, of all but the settings."""
    own = {name: (key.help, key.codec) for name, key in OWN_KEYS.items()}
    return own | {name: (key.help, key.codec) for name, key in KEYS.items()}


# ---- writing ---------------------------------------------------------------------------


def line_of(state: State) -> str:
    """Everything that is looked at, as one line."""
    words = {"page": state.page, "view": state.views.get(state.page, "")}
    words |= _network_words(state)
    words["with"] = FILES.write([file_of(work) for work in beside(state)])
    words |= _digits_words(state.digits.source)
    words |= picture_words(state)
    words |= _key_words(state)
    words |= _operation_words(state.operations)
    plan = state.studies.plan
    if plan is not None and state.page == "study":
        words["study"] = plan.origin
    if state.past is not None:
        numbers = [moment.number for moment in state.work.film.moments]
        words["moment"] = str(numbers.index(state.moment)) if state.moment in numbers else ""
    return joined(words)


def joined(words: Mapping[str, str]) -> str:
    """Words of a line by their keys; those without a value are left out."""
    return " ".join(f"{name}={quoted(value)}" for name, value in words.items() if value)


def _network_words(state: State) -> dict[str, str]:
    """What says which network is on screen."""
    work = state.work
    if work.opened is None or not work.path:
        words = as_line(work.settings, "", work.learned_by).split()[1:-1]
        return dict(word.split("=", 1) for word in words)
    named = {"design": work.design}
    if Path(work.path) != TRAINED / f"{work.design}.safetensors":
        named["network"] = name_of_shipped(Path(work.path)) or work.path
    shown, own = work.judged_by, work.opened.settings
    if shown.bit_weights != own.bit_weights:
        named["bit_weights"] = written(shown.bit_weights)
    return named


def _digits_words(source: Source) -> dict[str, str]:
    return {
        "digits": source.digits,
        "data": source.folder or "",
        "turned": ",".join(source.turned),
        "tests": source.tests or "",
        "names-are-labels": FLAG.write(True) if source.numbers_are_labels else "",
        "tests-turned": ",".join(source.tests_turned),
        "classes": ",".join(source.classes),
        "every": "" if source.every == 1 else str(source.every),
        "share": "" if source.share == 1 else written(float(source.share)),
    }


def usual(path: str) -> Any:
    """The value that a field, or a field of a field, has at first."""
    first, *rest = path.split(".")
    value = FIRST[first]
    for name in rest:
        value = getattr(value, name)
    return value


def _key_words(state: State) -> dict[str, str]:
    words = {}
    for name, key in KEYS.items():
        text, first = key.text(state), usual(key.path)
        if text is not None and (first is None or text != key.codec.write(first)):
            words[name] = text
    return words


def _operation_words(operations: Operations) -> dict[str, str]:
    words: dict[str, list[str]] = {"off": [], "held": [], "scaled": [], "shifted": []}
    for (network, neuron), each in operations:
        place = f"{network}.{neuron}" if network else str(neuron)
        if each.off:
            words["off"].append(place)
        if each.held:
            words["held"].append(place)
        if each.scale != UNCHANGED.scale:
            words["scaled"].append(f"{place}:{REAL.write(each.scale)}")
        if each.shift != UNCHANGED.shift:
            words["shifted"].append(f"{place}:{REAL.write(each.shift)}")
    return {name: ",".join(places) for name, places in words.items()}


# ---- reading ---------------------------------------------------------------------------


def looked_at(line: str, pages: Pages) -> Looked:
    """What a line says. Raises LineError, which names the word that is wrong, or SettingError."""
    return read_words(words_of(line), pages)


def words_of(line: str) -> dict[str, str]:
    """The words of a line by their keys. Raises LineError for one that nothing knows."""
    if len(line) > LONGEST:
        raise LineError(
            tr(
                "The line has {count} signs; at most {most} can be read.",
                count=len(line),
                most=LONGEST,
            )
        )
    words = line.split()
    if words and words[0] == "nnviz":
        words = words[1:]
    if not words:
        raise LineError(tr("The line is empty; one looks like: page=train image=3."))
    found: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or (name not in known_words() and name not in IGNORED):
            raise LineError(_unknown(word, name))
        if name in IGNORED:
            continue
        if name in found:
            raise LineError(tr("The line says {key} twice.", key=name))
        found[name] = unquoted(text)
        if "\0" in found[name]:
            raise LineError(tr("{key} holds a zero byte, which no word has.", key=name))
    return found


def known_words() -> Collection[str]:
    """All keys that a line may hold."""
    return {*OWN_KEYS, *KEYS, *SETTINGS}


def _unknown(word: str, name: str) -> str:
    near = get_close_matches(name, known_words(), 1)
    shown = repr(word if len(word) <= 60 else word[:60] + "…")
    if near and "=" in word:
        return tr(
            "The line holds {word}, which it cannot say; is {key}= meant?", word=shown, key=near[0]
        )
    return tr(
        "The line holds {word}, which is no word of the form key=value that it knows.", word=shown
    )


def read_words(found: Mapping[str, str], pages: Pages, said: Said = str) -> Looked:
    """What words say by their keys. Raises LineError or SettingError."""
    if found.get("drop") and found.get("below"):
        raise LineError(
            tr(
                "{drop} and {below} are two ways of elimination: give one of them.",
                drop=said("drop"),
                below=said("below"),
            )
        )
    page, view = found.get("page", ""), found.get("view", "")
    if page or view:
        _check_page(page or "train", view, pages, said)
    settings = {
        name: read_setting(name, text)
        for name, text in found.items()
        if name in SETTINGS and name not in NOT_IN_LINE and name != "design"
    }
    if found.get("design"):
        settings["design"] = _read("design", found["design"], OWN_KEYS["design"].codec, said)
    values = {
        name: _read(name, text, KEYS[name].codec, said)
        for name, text in found.items()
        if name in KEYS
    }
    if page in OWN_DESIGNS and not (settings or found.get("network") or "own-kind" in values):
        values = {"step": 0} | values | {"own-kind": True}  # as the page opens from the list
    moment = found.get("moment")
    return Looked(
        page=page,
        view=view,
        network=found.get("network", ""),
        compared=_read("with", found.get("with", ""), FILES, said),
        settings=settings,
        source=source_of(found, said),
        digits=found.get("digits", ""),
        moment=None if moment is None else _read("moment", moment, WHOLE, said),
        operations=_operations(found, said),
        picture=_picture(found, said),
        study=found.get("study", ""),
        values=values,
    )


def _read(name: str, text: str, codec: Codec, said: Said) -> Any:
    try:
        return codec.read(text)
    except ValueError:
        key = said(name)
        shown = repr(text if len(text) <= 40 else text[:40] + "…")
        raise LineError(
            tr("{key} must be {kind}, not {value}.", key=key, kind=codec.said(), value=shown)
        ) from None


def _check_page(page: str, view: str, pages: Pages, said: Said) -> None:
    if page not in pages:
        raise LineError(
            tr(
                "{key} must be one of {pages}, not {page}.",
                key=said("page"),
                pages=commas(pages),
                page=repr(page[:40]),
            )
        )
    views = pages[page].views
    if not view or view in views:
        return
    if not views:
        raise LineError(tr("The page {page} has no views.", page=page))
    raise LineError(
        tr(
            "The page {page} has no view {view}; its views are {views}.",
            page=page,
            view=repr(view[:40]),
            views=commas(views),
        )
    )


def source_of(found: Mapping[str, str], said: Said = str) -> Source | None:
    """Which digits the words of a line name; None where they name none. Raises LineError."""
    if "page" not in found or not any(key.name in found for key in OF_DIGITS):
        return None  # a line of settings tells which digits it was, and opens none
    data = found.get("data")
    if found.get("digits", "folder") not in ("folder", Source().digits, *DATA_SETS):
        raise LineError(
            tr(
                "{key} must be one of {sets}, not {name}.",
                key=said("digits"),
                sets=commas((Source().digits, *DATA_SETS)),
                name=repr(found["digits"][:40]),
            )
        )
    if data is not None and found.get("digits") == Source().digits:
        raise LineError(
            tr(
                "{data} names a folder, so it does not go with {digits} bundled.",
                data=said("data"),
                digits=said("digits"),
            )
        )
    names = found.get("classes", "")
    every = _read("every", found.get("every", "1"), WHOLE, said)
    share = _read("share", found.get("share", "1"), REAL, said)
    if every < 1:
        raise LineError(tr("{key} must be 1 or more, not {every}.", key=said("every"), every=every))
    if not 0 < share <= 1:
        raise LineError(
            tr(
                "{key} must be above 0 and at most 1, not {share}.",
                key=said("share"),
                share=plain(share),
            )
        )
    return Source(
        found.get("digits") or ("folder" if data else Source().digits),
        data,
        found.get("tests"),
        _read("classes", names, WORDS, said),
        every,
        share,
        _ways(found, "turned", "data", said),
        _ways(found, "tests-turned", "tests", said),
        _read("names-are-labels", found.get("names-are-labels", "no"), FLAG, said),
    )


def _picture(found: Mapping[str, str], said: Said) -> Pictured | None:
    """Raises LineError."""
    values = {
        key.name: _read(key.name, found[key.name], key.codec, said)
        for key in OF_PICTURE
        if key.name in found
    }
    if values and not values.get("picture"):
        raise LineError(
            tr("{key} goes with {of}.", key=said(next(iter(values))), of=said("picture"))
        )
    return pictured(values)


def _ways(found: Mapping[str, str], key: str, of: str, said: Said) -> tuple[str, ...]:
    """How images are turned. Raises LineError."""
    ways: tuple[str, ...] = _read(key, found.get(key, ""), WORDS, said)
    if ways and of not in found:
        raise LineError(tr("{key} goes with {of}.", key=said(key), of=said(of)))
    try:
        return checked(ways)
    except DigitsError as error:
        raise LineError(str(error)) from error


def _operations(found: Mapping[str, str], said: Said) -> Operations:
    operations = NO_OPERATIONS
    for name, field_name in (("off", "off"), ("held", "held")):
        for place in _places(found, name):
            operations = _changed(operations, name, place, said, **{field_name: True})
    for name, field_name in (("scaled", "scale"), ("shifted", "shift")):
        for word in _places(found, name):
            place, _, text = word.partition(":")
            value = _read(name, text, REAL, said)
            operations = _changed(operations, name, place, said, **{field_name: value})
    return operations


def _places(found: Mapping[str, str], name: str) -> Iterable[str]:
    return [place for place in found.get(name, "").split(",") if place]


def _changed(
    operations: Operations, name: str, place: str, said: Said, **values: Any
) -> Operations:
    network, dot, neuron = place.rpartition(".")
    member = _read(name, network, WHOLE, said) if dot else 0
    number = _read(name, neuron, WHOLE, said)
    if min(member, number) < 0:
        raise LineError(tr("{key} names no neuron.", key=said(name)))
    try:
        return operations.change(member, number, **values)
    except OperationError as error:
        raise LineError(str(error)) from error


def settings_of_line(line: str) -> tuple[Settings, str]:
    """The settings of a run that a line tells of, and the name of its data set ("": not named).
    Raises LineError or SettingError."""
    if "page=" not in line:
        return from_line(line)
    found = words_of(line)
    read = {
        name: read_setting(name, text)
        for name, text in found.items()
        if name in SETTINGS and name not in NOT_IN_LINE
    }
    return Settings().change(**read), found.get("digits", Source().digits)
