"""What every entrant says of the digit on screen."""

from collections.abc import Mapping, Sequence

from nnviz.networks.designs import DESIGNS
from nnviz.session.entrants import design_of
from nnviz.session.state import State, Work
from nnviz.session.work import PLAIN
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.verdict import Verdict
from nnviz.verdicts.work_per_answer import BY_BITS
from nnviz.words import tr


class VerdictsOfDesigns:
    """Asks the networks anew whose weights are not those of the last time."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Work, Verdict]] = {}
        self._digit: tuple[object, bytes] = (None, b"")

    def of(self, state: State) -> Mapping[str, tuple[Work, Verdict]]:
        """Entrant -> its network and verdict; that on screen as the state has it."""
        pixels = state.pixels
        digit = (state.digits, pixels.tobytes())
        if digit != self._digit:
            self._known.clear()
            self._digit = digit
        found = {}
        for name, work in state.entrants.items():
            known = self._known.get(name)
            if name == state.design:
                found[name] = state.seen, state.sure_verdict
            elif known is not None and known[0] is work:
                found[name] = known
            else:
                read = state.read_as(name)
                verdict = work.look(pixels, state.digits.classes, *read)
                found[name] = work, verdict
        self._known = found
        return found


def read_otherwise(verdict: Verdict, name: str) -> str:
    """The reading of an entrant, in words; "" where it is the usual one of the design,
    as everywhere that says nothing of it."""
    if verdict.reading == "walk" and verdict.options != PLAIN:
        return tr("another elimination")
    if verdict.reading == DESIGNS[design_of(name)].readings[0]:
        return ""
    return READINGS[verdict.reading].label.lower()


def read_in_short(verdict: Verdict, name: str) -> str:
    """That it is not read as usual, where there is little room; else nothing."""
    reading = read_otherwise(verdict, name)
    return tr("read by {reading}", reading=reading) if reading else ""


def outputs_of(verdict: Verdict, names: Sequence[str]) -> tuple[bool, list[float]]:
    """What an answer follows from: whether that is the bits of a code word, and they or the
    outputs, 0..1."""
    if verdict.evidence.layout.has_bits and verdict.reading in BY_BITS:
        return True, verdict.bits.tolist()
    return False, [row.value for row in verdict.rows(names)]
