"""The experiments and the codes tried in this window, each with the network that ran it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from nnviz.data.results import Result
from nnviz.networks.codes import CODE_PRESETS, Codes, code_of
from nnviz.networks.experiments import CODE_DESIGN, EXPERIMENTS, Experiment
from nnviz.networks.settings import SettingError, Settings
from nnviz.session.slices import Words as CodeWords
from nnviz.session.state import Work
from nnviz.ui.designs import code_words as words
from nnviz.ui.designs.findings import CodesSeen, is_learning
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import width_of
from nnviz.ui.kit.table import BarCell, Cell, Column, Row, TableView, Words
from nnviz.ui.pages.estimate_words import share_of
from nnviz.words import sentences

ROW = (26, 44)
"""Least and most height of a row on the design grid."""
IN_LECTURES = (40, 84)
"""The same before a room."""
SIGN, LABEL, BAR, ACCURACY, SEEN, BEFORE = 24, 150, 80, 92, 62, 104
LOWEST = 0.5
"""Accuracy at the left end of a bar."""
NARROW = 0.9
"""The same where all networks have learned to the end."""
TEN_DIGITS = tuple("0123456789")
"""Names of the classes that the figures measured on MNIST are about."""


@dataclass(frozen=True)
class Tried:
    """One row: an experiment, or a code that is no longer on the table."""

    experiment: Experiment | None
    work: Work | None
    """The network that ran it, if one did."""

    def help(self, view: CodesSeen) -> str:
        """What it asks, and what it found of ten digits."""
        experiment, work = self.experiment, self.work
        if experiment is None:
            return "" if work is None else words.the_code(work.settings.code)
        found = experiment.found if view.digits.class_names == TEN_DIGITS else ""
        return sentences(experiment.help, found)

    def before(self, view: CodesSeen) -> Result | None:
        """What was measured on all of MNIST before anybody ran it here."""
        if self.experiment is None or view.digits.class_names != TEN_DIGITS:
            return None
        return self.experiment.before(code_of(view.words))

    @property
    def of_code(self) -> bool:
        """Whether it asks what a code is worth, rather than a hidden layer."""
        return self.experiment is not None and "trunk" not in self.experiment.changes

    def learning(self, view: CodesSeen) -> bool:
        """Whether its network learns."""
        return self.work is not None and is_learning(view, self.work)

    def behind(self, view: CodesSeen, most: int) -> bool:
        """Whether it rests after fewer digits than others have seen: `most` of them."""
        work = self.work
        if work is None or not work.learned or is_learning(view, work):
            return False
        return most - work.position.examples > work.settings.batch


@dataclass(frozen=True)
class Name:
    """What is tried, after a triangle to run it, an empty one to go on with it, or two bars
    while it learns."""

    label: str
    learning: bool
    ran: bool
    behind: bool

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        canvas.text(place.adjusted(canvas.px(SIGN + 4), 0, 0, 0), self.label, LEFT, size=22)
        centre = QPointF(place.x() + canvas.px(SIGN / 2), place.center().y())
        size = 7 * canvas.theme.scale
        if self.learning:
            for side in (-1, 0.3):
                x = centre.x() + side * size
                canvas.box(QRectF(x, centre.y() - size, canvas.px(5), 2 * size), "right")
        elif self.behind or not self.ran:
            corners = ((-0.8, -1.0), (1.0, 0.0), (-0.8, 1.0))
            points = [centre + QPointF(x * size, y * size) for x, y in corners]
            fill, edge = ("", "right") if self.behind else ("right", "")
            canvas.polygon(points, fill, edge, 2)


@dataclass(frozen=True)
class Score:
    """A bar, and the accuracy."""

    accuracy: float
    said: str
    """The same in words"""
    goal: float | None
    """The accuracy that all are compared with: a line across the bars."""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        track = QRectF(place.x(), place.y(), canvas.px(BAR), place.height())
        goal = None if self.goal is None else _along(self.goal)
        BarCell(_along(self.accuracy), goal=goal).paint(canvas, track)
        size = min(28.0, 0.85 * place.height() / canvas.theme.scale)
        place = place.adjusted(canvas.px(BAR), 0, 0, 0)
        canvas.text(place, self.said, RIGHT, size=size, bold=True)


@dataclass(frozen=True)
class Reached:
    """What was measured before: a bar, and the mean with what the starts differ by."""

    result: Result
    goal: float

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        track, size = QRectF(place), 26.0
        said = words.give_or_take(self.result.mean, self.result.deviation)
        wide = width_of(said, canvas.theme, size, bold=True) + canvas.px(12)
        track.setRight(place.right() - wide)
        high = 0.5 * place.height() / canvas.theme.scale
        goal = _along_narrow(self.goal)
        BarCell(_along_narrow(self.result.mean), goal=goal, height=high).paint(canvas, track)
        canvas.text(place, said, RIGHT, size=size, bold=True)


def for_a_room(view: CodesSeen, rows: Sequence[Tried]) -> TableView:
    """What codes reached that were measured before, and beside it what ran here, the worst first.
    Nothing is told where the room is asked first."""
    known_of = {id(known): (row, known) for row in rows[::-1] if (known := _asked(view, row))}
    found = sorted(known_of.values(), key=lambda each: each[1].mean)
    question = words.RESULT_HEADINGS
    columns = [Column(question[0], 260), Column(words.before_from(NARROW), 300, 1, RIGHT)]
    shares = ["" if view.answer_hidden else _share(row) for row, _ in found]
    if any(shares):
        columns.append(Column(view.digits.test_named, ACCURACY + 40, align=RIGHT))
    goal = max((known.mean for _, known in found), default=1.0)
    lines = []
    for key, ((row, known), share) in enumerate(zip(found, shares, strict=True)):
        assert row.experiment is not None
        name, hidden = _name_for_room(row.experiment), view.answer_hidden
        cells: tuple[Cell, ...] = (
            Words(name, size=24, bold=True),
            Words(words.UNKNOWN, RIGHT, size=26, bold=True) if hidden else Reached(known, goal),
            Words(share, RIGHT, size=24),
        )
        said = name if hidden else words.reached_before(name, known.mean)
        lines.append(Row(key, cells[: len(columns)], words=said))
    return TableView(tuple(columns), tuple(lines), row_heights=IN_LECTURES, gap=14, boxed=True)


def _name_for_room(experiment: Experiment) -> str:
    """What it is called where the code on the table is not seen."""
    if not experiment.own_code:
        return experiment.label
    code = CODE_PRESETS[experiment.measured_code]
    bits, hidden = len(code.words[0]), int(experiment.changes["hidden"])
    return words.own_code("", code.label, bits, hidden, on_trunk=False)


def _asked(view: CodesSeen, row: Tried) -> Result | None:
    """What was measured of a code; the first of two rows about the same one stands for both."""
    return row.before(view) if row.of_code else None


def _share(row: Tried) -> str:
    """What its network here reached; "" where there is none."""
    known = None if row.work is None or not row.work.learned else row.work.measured
    return "" if known is None else share_of(known)


def results_view(view: CodesSeen, rows: Sequence[Tried], current: int) -> TableView:
    """The table of what was tried; `current`: the row that keys are on, since what is written
    below is about it."""
    most = most_seen(rows)
    question, before, seen = words.RESULT_HEADINGS
    goal = rows[0].work
    work = rows[current].work
    shown = work is not None and work.learned
    return TableView(
        (
            Column(question, SIGN + LABEL, 1),
            Column(before, BEFORE, align=RIGHT, tip=words.BEFORE_TIP),
            Column(view.digits.test_named, BAR + ACCURACY, align=RIGHT),
            Column(seen, SEEN, align=RIGHT),
        ),
        tuple(
            replace(_row(view, each, goal, most), key=key, frame="thin" if key == current else "")
            for key, each in enumerate(rows)
        ),
        current if shown else None,
        row_heights=ROW,
        gap=4,
        space=True,
    )


def _accuracy(work: Work) -> float | None:
    """Of all test digits."""
    known = work.measured
    return known.accuracy if known is not None and known.whole else None


def _row(view: CodesSeen, tried: Tried, base: Work | None, most: int) -> Row:
    """`base`: the network that is the goal of those that learned from the same digits."""
    work, behind, learning = tried.work, tried.behind(view, most), tried.learning(view)
    own = "" if work is None else _own_label(work)
    label = own if tried.experiment is None else tried.experiment.label
    found = None if view.answer_hidden else tried.before(view)
    before = None
    if found is not None:
        before = Words(words.give_or_take(found.mean, found.deviation), RIGHT, "muted")
    if work is None or not work.learned or work.measured is None:
        name = Name(label, learning, False, behind)
        said = "" if found is None else words.reached_before(label, found.mean)
        told = sentences(words.result(label, None, 0, behind), said)
        return Row(None, (name, before, None, None), words=told)
    share, examples = work.measured.accuracy, work.position.examples
    seen = Words(words.seen(examples), RIGHT, "muted")
    shown = None if base is None or not work.is_alike(base, view.digits) else _accuracy(base)
    name = Name(label, learning, True, behind)
    if view.answer_hidden:
        return Row(None, (name, None, Words(words.UNKNOWN, RIGHT), seen), words=label)
    cells = (name, before, Score(share, share_of(work.measured), shown), seen)
    return Row(None, cells, words=words.result(label, share, examples, behind))


def _along_narrow(accuracy: float) -> float:
    """The same where all that is shown lies close together."""
    return min(1.0, max(0.0, (accuracy - NARROW) / (1 - NARROW)))


def _along(accuracy: float) -> float:
    """Place on a bar, 0..1."""
    return min(1.0, max(0.0, (accuracy - LOWEST) / (1 - LOWEST)))


def most_seen(rows: Sequence[Tried]) -> int:
    """Training digits that the longest of these runs has seen."""
    return max((row.work.position.examples for row in rows if row.work is not None), default=0)


def tried(view: CodesSeen) -> tuple[Tried, ...]:
    """All experiments, then the other codes that were tried, in the order of the networks."""
    code, found, used = code_of(view.words), [], set()
    runs = [work for work in view.works if work.opened is None and work.learned]
    for experiment in EXPERIMENTS.values():
        work = next((run for run in reversed(runs) if _ran(run, experiment, code)), None)
        found.append(Tried(experiment, work))
        used.add(None if work is None else work.key)
    others = [run for run in runs if run.design == CODE_DESIGN and run.key not in used]
    return (*found, *(Tried(None, run) for run in others))


def _ran(work: Work, experiment: Experiment, code: str) -> bool:
    """Whether a network came from an experiment, whatever else was set."""
    try:
        wanted = Settings().change(**experiment.settings(code))
    except SettingError:  # equal code words: nothing can have run it
        return False
    own = work.settings
    alike = (own.design, own.trunk) == (wanted.design, wanted.trunk)
    if wanted.trunk == "frozen":
        alike = alike and own.trunk_from == wanted.trunk_from
    else:
        alike = alike and own.hidden == wanted.hidden
    if wanted.design == CODE_DESIGN:
        alike = alike and code_of(own.code.split(",")) == wanted.code
    return alike


def _own_label(work: Work) -> str:
    settings = work.settings
    preset = CODE_PRESETS.get(code_of(settings.code.split(",")))
    name = "" if preset is None else preset.label.split(",")[0]
    bits = len(work.network.output_biases)
    return words.own_code(work.title, name, bits, work.network.hidden, settings.trunk == "frozen")


def words_of_table(table: Codes) -> CodeWords:
    """(bits, classes) of +1 and -1 -> one word for each class."""
    return tuple("".join("1" if bit > 0 else "0" for bit in column) for column in table.T)


def table_of(code: CodeWords) -> Codes:
    """The reverse."""
    bits = np.array([[int(bit) for bit in word] for word in code], np.int8)
    return np.ascontiguousarray(2 * bits.T - 1)
