"""The networks that are compared besides those that stand for the designs, as a line names them.

A line names their files, one after the other; another key calls the first of them by its design and
its place, as in `ten-outputs+1`, where the window goes by keys that no other window knows.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nnviz.lectures.codecs import WORDS, Codec, one_of, several_of
from nnviz.networks.designs import DESIGNS
from nnviz.networks.shipped import name_of_shipped
from nnviz.questions.reliability import Bin
from nnviz.session.entrants import SIGN, design_of, name_beside, name_now
from nnviz.session.state import State, Work
from nnviz.words import tr

Value = str | tuple[str, ...] | Bin | None
"""What may name entrants: one, several, or a bin of the curve of one"""


_joined = WORDS.write


def _read_files(text: str) -> tuple[str, ...]:
    return tuple(part.replace("%2C", ",").replace("%25", "%") for part in text.split(",") if part)


def _write_files(files: Sequence[str]) -> str:
    return _joined([each.replace("%", "%25").replace(",", "%2C") for each in files])


FILES = Codec(
    _write_files,
    _read_files,
    "FILE,FILE",
    lambda: tr("network files, or names of those that come with nnviz"),
)


def beside(state: State) -> tuple[Work, ...]:
    """The networks compared besides that a line can name, but for that on screen."""
    works = {work.key: work for work in state.works if work is not state.work}
    chosen = [works[key] for key in state.besides.keys if key in works]
    return tuple(work for work in chosen if work.file and work.path)


def file_of(work: Work) -> str:
    """What a line calls the file of a network."""
    return name_of_shipped(Path(work.path)) or work.path


def entrant(empty: bool = False) -> Codec:
    """A design, or one of the networks compared besides."""
    usual = one_of(lambda: DESIGNS, empty=empty)
    return replace(usual, read=lambda text: _one(text, usual))


def entrants() -> Codec:
    """Several of them."""
    usual = several_of(lambda: DESIGNS)
    return replace(usual, read=lambda text: tuple(_one(each, usual) for each in text.split(",")))


def _one(text: str, usual: Codec) -> str:
    design, sign, place = text.partition(SIGN)
    if sign and not (place.isascii() and place.isdecimal() and int(place)):
        raise ValueError(text)
    usual.read(design)
    return text


def as_written(state: State, value: Value) -> Value:
    """What a line calls entrants; "", None, or none of several, where it has no name for them."""
    if value is None:
        return None
    if isinstance(value, Bin):
        name = _name_in_line(state, value.design)
        return replace(value, design=name) if name or not value.design else None
    if isinstance(value, str):
        return _name_in_line(state, value)
    return tuple(each for name in value if (each := _name_in_line(state, name)))


def _name_in_line(state: State, name: str) -> str:
    now = name_now(name, state.entrants) if SIGN in name else name
    if SIGN not in now:
        return now
    works, key = beside(state), state.entrants[now].key
    places = [place for place, work in enumerate(works, 1) if work.key == key]
    return f"{design_of(now)}{SIGN}{places[0]}" if places else ""


def as_read(value: Value, works: Sequence[Work]) -> Value:
    """What entrants of a line are called now that its networks are open, in their order. Raises
    ValueError for a place that none has."""
    if value is None:
        return None
    if isinstance(value, Bin):
        return replace(value, design=_name_here(value.design, works))
    if isinstance(value, str):
        return _name_here(value, works)
    return tuple(_name_here(each, works) for each in value)


def _name_here(name: str, works: Sequence[Work]) -> str:
    design, sign, place = name.partition(SIGN)
    if not sign:
        return name
    found = works[int(place) - 1] if int(place) <= len(works) else None
    if found is None or found.design != design:
        raise ValueError(name)
    return name_beside(found)
