"""Size and accuracy: networks of every size that were measured, and those that are open."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSizeF

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS, ONE_NETWORK, SEPARATE
from nnviz.questions.judged import Judge, Judged, confusion
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.study.sizes import Sized, as_large, sized
from nnviz.ui.designs import size_words as words
from nnviz.ui.designs.size_figure import Dot, SizeFigure, SizeView
from nnviz.ui.kit.canvas import RIGHT, Canvas
from nnviz.ui.kit.controls import choices
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow
from nnviz.ui.kit.table import Cell, Column, Row, Table, TableView, Words
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, Page, seen
from nnviz.words import number

NAME, NEURONS, BARS = 150, 90, 200
"""Widths of columns on the design grid."""
ROW = 40, 90
"""Least and most height of a row."""


@dataclass(frozen=True)
class SizeSeen:
    """All that the view shows of a state."""

    running: bool
    digits: ShownDigits
    lecturing: bool
    answer_hidden: bool
    confused: bool
    pair: tuple[int, int]
    judged: tuple[Judged | None, ...]
    """What those networks say that are compared"""
    representatives: tuple[Work, ...] = field(metadata=MOVING)
    compared: tuple[Work, ...] = field(metadata=MOVING)
    """Networks of several sizes that learned from the same digits"""


class SizeOfDesigns(Page):
    """A chart of what was measured; behind a switch, which digits the open ones mix up."""

    id = "size"
    title = words.SIZE
    question = words.SIZE_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-sizes")
        self.shown = choices(words.SHOWN, "size", self._turn, self)
        bar = flow(*self.shown.values())
        for_operator(bar)
        self.told = Headline(theme, size=26)
        self.figure = SizeFigure(theme)
        self.table = Table(
            theme, id="confused-by-size", title=words.CONFUSED, tip=words.CONFUSED_TIP
        )
        column(bar, self.told, (self.figure, 1), (self.table, 1), of=self)
        self.setFocusProxy(self.figure)
        self.use_theme(theme)

    def _turn(self, shown: str) -> None:
        self.session.choose("designs", confused=shown == "confused")

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        if session.state.designs.confused:
            session.designs.load_sizes()
            for work in _compared(session.state):
                session.answers.get(Judge(work.asked()))

    def see(self, state: State) -> SizeSeen:
        compared = _compared(state) if state.designs.confused else ()
        pair = state.pair or ((4, 9) if state.digits.classes == 10 else (0, 1))
        return seen(
            SizeSeen,
            state,
            confused=state.designs.confused,
            pair=pair,
            compared=compared,
            judged=tuple(self._said(work) for work in compared),
            representatives=tuple(state.representatives.values()),
        )

    def _said(self, work: Work) -> Judged | None:
        """What a network last said of all test digits."""
        known = self.session.answers.newest(Judge(work.asked()))
        return None if known is None else known.result

    def draw(self, view: SizeSeen, only_moving: bool) -> None:
        if only_moving:
            return
        for name, choice in self.shown.items():
            choice.setChecked((name == "confused") == view.confused)
        self.figure.setVisible(not view.confused)
        self.table.setVisible(view.confused)
        self.setFocusProxy(self.table if view.confused else self.figure)
        if view.confused:
            self.ask(self.session)
            self.table.show_view(confused_view(view))
            names = [view.digits.class_names[each] for each in view.pair]
            self.told.say(words.of_digits(_asked(view), *names))
            return
        self.figure.show_view(size_view(view))
        self.told.say("" if view.answer_hidden else words.equal_sizes(_equal()))


def size_view(view: SizeSeen) -> SizeView:
    """Marks of what was measured, and, but in a lecture, of what is open."""
    points, order = sized(), list(DESIGNS)
    dots = [_dot(each, order.index(each.design), view.answer_hidden) for each in points]
    if not (view.lecturing or view.answer_hidden):
        dots += [
            _open(work, order.index(work.design))
            for work in view.representatives
            if work.measured is not None and work.learned
        ]
    shown = [name for name in order if any(each.design == name for each in dots)]
    families = tuple((DESIGNS[name].label, order.index(name)) for name in shown)
    groups = tuple(tuple(map(_key, group)) for group in as_large(points))
    return SizeView(families, tuple(dots), groups)


def _key(point: Sized) -> str:
    return f"{point.design}/{point.hidden}"


def _dot(point: Sized, style: int, hidden: bool) -> Dot:
    mean, count = None if hidden else point.mean, len(point.values)
    name, size = words.neurons(point.networks, point.hidden), point.parameters
    told = words.sized(point.design, name, size, mean, point.deviation, count)
    return Dot(_key(point), point.design, style, name, size, mean, point.deviation, told)


def _open(work: Work, style: int) -> Dot:
    network, design = work.network, work.design
    assert work.measured is not None
    share, name = work.measured.accuracy, words.neurons(network.networks, network.hidden)
    size = network.parameters
    told = words.sized(design, name, size, share)
    return Dot(f"open/{design}", design, style, name, size, share, 0.0, told, live=True)


def _equal() -> Sequence[tuple[float, float]]:
    """Accuracy of one network and of ten, where both are as large."""
    found = []
    for group in as_large(sized()):
        by_design = {each.design: each for each in group}
        if {ONE_NETWORK, SEPARATE} <= by_design.keys():
            one, many = by_design[ONE_NETWORK], by_design[SEPARATE]
            found.append((one.mean, many.mean))
    return found


# ---- what is mixed up ----------------------------------------------------------------


def _compared(state: State) -> tuple[Work, ...]:
    """One network and ten of the usual size, and those of other sizes that come with the program,
    as far as they learned from the same digits; small ones first."""
    found = state.representatives
    works = [found[name] for name in (ONE_NETWORK, SEPARATE) if name in found]
    works += [work for work in state.designs.sizes if work.meant_for(state.digits)]
    alike = [work for work in works if works[0].is_alike(work, state.digits) and work.learned]
    return tuple(sorted(alike, key=lambda work: work.network.parameters))


def _asked(view: SizeSeen) -> int:
    labels = view.digits.labels
    return int(sum((labels == each).sum() for each in view.pair))


@dataclass(frozen=True)
class Mistaken:
    """A bar for a count, with the count behind it; nothing where it is not known."""

    count: int | None
    most: int
    unknown: str

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        told = self.unknown if self.count is None else number(self.count)
        wide = canvas.px(50)
        track = QRectF(place.x(), place.center().y() - place.height() * 0.3, 0, 0)
        track.setSize(QSizeF(place.width() - wide, place.height() * 0.6))
        canvas.bar(track, (self.count or 0) / max(1, self.most), "wrong")
        beside = QRectF(track.right(), place.y(), wide, place.height())
        canvas.text(beside, told, RIGHT, size=26, bold=True)


def confused_view(view: SizeSeen) -> TableView:
    """A row for each network, with a bar for each way to mix up the pair."""
    first, second = view.pair
    names = view.digits.class_names
    labels, classes = view.digits.labels, view.digits.classes
    counts: list[tuple[int, int] | None] = []
    for each in view.judged:
        if each is None or view.answer_hidden or len(each.answers) != len(labels):
            counts.append(None)
            continue
        table = confusion(each.answers, labels, classes)
        counts.append((int(table[first, second]), int(table[second, first])))
    most = max((count for pair in counts if pair for count in pair), default=0)
    unknown = words.UNKNOWN if view.answer_hidden else words.BEING_ASKED
    both = (names[first], names[second])
    rows = []
    for place, (work, pair) in enumerate(zip(view.compared, counts, strict=True)):
        network, label = work.network, DESIGNS[work.design].label
        size = words.neurons(network.networks, network.hidden)
        told = "" if pair is None else words.mixes_up(work.design, size, both, pair, _asked(view))
        bars = tuple(Mistaken(None if pair is None else pair[way], most, unknown) for way in (0, 1))
        cells: tuple[Cell, ...] = (Words(label, bold=True), Words(size, RIGHT), *bars)
        rows.append(Row(place, cells, words=told))
    network_heading, size_heading = words.CONFUSED_HEADINGS
    return TableView(
        (
            Column(network_heading, NAME),
            Column(size_heading, NEURONS, align=RIGHT),
            Column(words.taken_for(*both), BARS, 1),
            Column(words.taken_for(*both[::-1]), BARS, 1),
        ),
        tuple(rows),
        row_heights=ROW,
        gap=18,
        boxed=True,
        words=" ".join(row.words for row in rows),
    )
