"""What is written of a row: what was read, whether it is right, and the ways beside it."""

from collections.abc import Sequence
from itertools import zip_longest

from nnviz.questions.readers import EVEN
from nnviz.session.slices import ROW_READER
from nnviz.ui.draw.row_answers import RowAnswer, RowSeen
from nnviz.ui.draw.way_list import WayRow

EMPTY = "Compose, type, draw or open a row of digits of any length."
NO_PICTURES = (
    "Rows are made of digits of 28 × 28 grey pixels; these networks want 32 × 32 in colour. "
    "Choose other digits below."
)
NO_READER = "The row reader knows digits 0 to 9 only: choose another network to read these."
NO_WAY = "No way to cut this row gives pieces that could be digits."
LONGEST = 12
"""Signs of a string in the list of ways."""
BEFORE = 3
"""Signs before the first one that differs."""
BY_HAND = 3
"""Ways that are listed above the cuts of a person."""
RIGHT, WRONG = "✓", "✗"


def string_of(view: RowSeen, digits: Sequence[int]) -> str:
    """Classes as one word."""
    names = [view.digits.class_names[digit] for digit in digits]
    return ("" if all(len(name) == 1 for name in names) else " ").join(names)


def headline(view: RowSeen, answer: RowAnswer | None) -> str:
    """The row as a sentence."""
    if answer is None:
        if view.row.written.empty or view.row.written.row is None:
            return EMPTY
        if view.work is None and view.row.network == ROW_READER:
            return NO_READER
        return NO_WAY
    said = string_of(view, answer.way.digits)
    if len(said) > 2 * LONGEST:
        said = f"{said[:LONGEST]}…"
    count = len(answer.way.digits)
    pieces = f"{count} piece{'s' if count != 1 else ''}"
    labels = view.row.written.labels
    start = f"Cut by hand: {said}" if answer.by_hand else f"Reads {said}"
    mean = float(answer.shown.confidences.mean())
    doubt = f", not sure ({mean:.0%})" if mean < EVEN else ""
    if labels is None:
        return f"{start}, {pieces}{doubt}."
    if answer.way.digits == labels:
        return f"{start} {RIGHT} right, {pieces}{doubt}."
    tends = answer.read.score.tends
    why = f"; {pieces}, as {tends}" if tends and not answer.by_hand else ""
    return f"{start} {WRONG} wrong{doubt}: the row says {string_of(view, labels)}{why}."


def way_rows(view: RowSeen, answer: RowAnswer | None) -> list[WayRow]:
    """The best ways, and above them that of a person."""
    if answer is None:
        return []
    found = [
        WayRow(
            _short(view, way.digits, answer.read.ways[0].digits),
            _number(way.total),
            shown=not answer.by_hand and place == min(view.row.way, len(answer.read.ways) - 1),
            mark=_mark(view, way.digits),
        )
        for place, way in enumerate(answer.read.ways[: BY_HAND if answer.by_hand else None])
    ]
    return found


def other_rows(view: RowSeen, answer: RowAnswer | None) -> list[tuple[str, WayRow]]:
    """The cuts of a person, and the baseline."""
    if answer is None:
        return []
    found = []
    if answer.by_hand and answer.read.ways:
        own, best = answer.way.total, answer.read.ways[0].total
        title = "by hand: as good as the best" if own >= best - 1e-6 else "by hand"
        mark = _mark(view, answer.way.digits)
        string = _short(view, answer.way.digits, answer.read.ways[0].digits)
        found.append((title, WayRow(string, _number(own), True, mark)))
    first = answer.read.ways[0].digits if answer.read.ways else answer.blanks
    string = _short(view, answer.blanks, first)
    row = WayRow(string, "", mark=_mark(view, answer.blanks))
    return [*found, ("split at blank columns only", row)]


def _short(view: RowSeen, digits: Sequence[int], best: Sequence[int]) -> str:
    """A string that can still be read from afar: of a long one, where it leaves the best."""
    string, other = string_of(view, digits), string_of(view, best)
    if len(string) <= LONGEST:
        return string
    differing = (
        place
        for place, (own, its) in enumerate(zip_longest(string, other))
        if own != its and string != other
    )
    same = next(differing, 0)
    start = max(0, min(same - BEFORE, len(string) - LONGEST + 1))
    end = start + LONGEST - 1 - (start > 0)
    if len(string) - end <= 1:
        end = len(string)
    return f"{'…' if start else ''}{string[start:end]}{'…' if end < len(string) else ''}"


def _mark(view: RowSeen, digits: Sequence[int]) -> bool | None:
    return None if view.row.written.labels is None else tuple(digits) == view.row.written.labels


def _number(total: float) -> str:
    return f"{total:.3f}" if abs(total) < 10 else f"{total:.1f}"
