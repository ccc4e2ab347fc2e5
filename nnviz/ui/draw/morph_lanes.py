"""What each design says along a morph: a lane each, the answer as its colour, the support as its
height."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent

from nnviz.networks.designs import DESIGNS
from nnviz.questions.morphs import STEPS, Stretch, Turn
from nnviz.session.entrants import design_of
from nnviz.ui.draw import asked_words as words
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import SMALLEST
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of

NAMES, ANSWERS, STRIP, AXIS = 164, 124, 50, 30
"""Sizes on the design grid: the columns beside the lanes, the images above, the axis below."""
OUTPUT = 74
"""Width of the heading of the outputs."""
LANE, OF_SEVERAL = 34, 46
"""Least height of a lane on the design grid, and where names have two lines, since several are of
one design."""
TALL, MOST_GROWN = 64, 1.5
"""Height of a lane from which on its words grow with it, and how much they do at most."""
LEADING = 1.3
"""From one line of a name to the next, in sizes of the text."""
LEAST = 200
"""Least width of the way on the design grid."""
EVERY = 10
"""Steps between two images above the lanes."""
NUMBERED = (0, 25, 50, 75, 100)
"""Steps whose percentage stands on an axis."""
DASHES = (4.0, 2.0)


@dataclass(frozen=True)
class Lane:
    """One design, or one of several networks of it."""

    id: str
    name: str
    turn: Turn
    shown: bool
    """Whether it is on screen."""
    own: str = ""
    """What tells it from others of its design, where there are several."""


@dataclass(frozen=True)
class LanesView:
    """All designs along one way."""

    lanes: tuple[Lane, ...] = ()
    names: tuple[str, ...] = ()
    """Of the classes."""
    images: tuple[QImage, ...] = ()
    """One of EVERY images of the way."""
    step: int = 0
    """Where one stands."""
    hidden: bool = False
    """Whether the room is asked first: nothing tells what any design says."""


class MorphLanes(Picture[LanesView]):
    """The lanes under the images of the way; a line through all of them is where one stands.

    Tells the id of the lane whose name is clicked.
    """

    id = "morph-lanes"
    title = words.LANES
    tip = words.LANES_TIP

    moved = Signal(int)
    """The step that was asked for."""

    def table(self, view: LanesView) -> Twin | None:
        if view.hidden:
            return super().table(view)
        rows = (
            (lane.name, step, "" if answer < 0 else view.names[answer], support)
            for lane in view.lanes
            for step, (answer, support) in enumerate(
                zip(lane.turn.said.answers, lane.turn.said.for_answer, strict=True)
            )
        )
        return twin_of((heads.DESIGN, heads.STEP, heads.ANSWER, heads.SUPPORT), rows)

    def words(self, view: LanesView) -> str:
        if view.hidden:
            return words.HIDDEN
        turns = [(lane.name, lane.turn) for lane in view.lanes]
        return words.lanes_told(turns, view.names, view.step)

    # ---- geometry --------------------------------------------------------------------

    def line(self, row: int) -> QRectF:
        """The place of a lane with its name and answer."""
        px = self.px
        height = (self.height() - px(STRIP) - px(AXIS)) / max(1, len(self.view.lanes))
        return QRectF(0, px(STRIP) + row * height, self.width(), height - px(4))

    def track(self, row: int) -> QRectF:
        """The place of the lane itself: its ends are the first and the last step."""
        px, line = self.px, self.line(row)
        return QRectF(px(NAMES), line.y(), line.width() - px(NAMES + ANSWERS), line.height())

    def x_of(self, step: float) -> float:
        """Where a step lies."""
        track = self.track(0)
        return track.x() + step / (STEPS - 1) * track.width()

    def least_size(self, view: LanesView | None) -> tuple[float, float]:
        lanes = 0 if view is None else len(view.lanes)
        high = LANE if view is None else least_line((each.own for each in view.lanes), LANE)
        return NAMES + ANSWERS + LEAST, STRIP + AXIS + max(1, lanes) * high

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: LanesView) -> None:
        self._paint_strip(canvas, view)
        parts = view.names, view.hidden
        for row, lane in enumerate(view.lanes):
            paint = partial(self._paint_lane, row, lane)
            self.still(canvas, (lane, *parts), paint, lane.id, place=self.line(row))
            self._paint_answer(canvas, self.line(row), lane.turn, view)
        if view.lanes:
            self._paint_here(canvas, view.step)
        for row, lane in enumerate(() if view.hidden else view.lanes):
            # above the line where one stands, which would strike them through
            paint = partial(self._paint_chips, row, lane)
            self.still(canvas, (lane, *parts), paint, f"chips-{lane.id}", place=self.track(row))

    def _paint_strip(self, canvas: Canvas, view: LanesView) -> None:
        px = self.px
        side = px(STRIP - 6)
        for number, image in enumerate(view.images):
            place = QRectF(self.x_of(number * EVERY) - side / 2, 0, side, side)
            canvas.image(place, image, edge="")
        heading = QRectF(self.width() - px(OUTPUT), px(STRIP - 28), px(OUTPUT), px(26))
        canvas.text(heading, words.OUTPUT, RIGHT, "muted")

    def _paint_here(self, canvas: Canvas, step: int) -> None:
        """The line where one stands, and the axis."""
        px, x, bottom = self.px, self.x_of(step), self.height() - self.px(AXIS)
        start, end = QPointF(x, px(STRIP)), QPointF(x, bottom)
        canvas.line(start, end, "background", 6)
        canvas.line(start, end, "focus", 3)
        corners = ((0, -px(2)), (-px(8), px(9)), (px(8), px(9)))
        canvas.polygon([end + QPointF(*each) for each in corners], "focus", "focus", 3)
        own = QRectF(x - px(80) / 2, bottom + px(8), px(80), px(AXIS - 8))
        canvas.text(own, words.at_step(step), bold=True)
        paint_axis(canvas, self.track(0), own.y(), own.height(), own)

    def _paint_answer(self, canvas: Canvas, line: QRectF, turn: Turn, view: LanesView) -> None:
        """What a design says where one stands."""
        px, answer = self.px, int(turn.said.answers[view.step])
        place = QRectF(line.right() - px(ANSWERS - 12), line.y(), px(ANSWERS - 12), line.height())
        chip = QRectF(place.x(), place.y() + px(3), px(40), place.height() - px(6))
        canvas.box(chip, "background", "line", radius=6)
        name = words.UNKNOWN if view.hidden else _name(answer, view.names)
        canvas.text(chip.adjusted(2, 0, -2, 0), name, size=28 * self._grown(line), bold=True)
        if view.hidden:
            return
        support = float(turn.said.for_answer[view.step])
        strength = words.strength(support) if answer >= 0 else words.NO_OUTPUT
        canvas.text(place, strength, RIGHT, size=TEXT + 2)

    def _paint_lane(self, row: int, lane: Lane, canvas: Canvas) -> None:
        """What does not depend on where one stands."""
        track = self.track(row)
        names = names_of(lane.id, lane.name, lane.own)
        paint_name(canvas, self.line(row), names, lane.shown, lane.shown)
        canvas.fillRect(track, canvas.ink("background"))
        for stretch in () if self.view.hidden else lane.turn.stretches:
            self._paint_stretch(canvas, track, lane.turn, stretch)
        middle = track.center().y()
        half = QPointF(track.x(), middle), QPointF(track.right(), middle)
        canvas.line(*half, "text", dashes=DASHES)

    def _paint_chips(self, row: int, lane: Lane, canvas: Canvas) -> None:
        """Where it turns, and what it says in each stretch."""
        track = self.track(row)
        taken = self._paint_turn(canvas, track, lane.turn)
        for stretch in lane.turn.stretches:
            self._name_stretch(canvas, track, stretch, taken)

    def _paint_stretch(self, canvas: Canvas, track: QRectF, turn: Turn, stretch: Stretch) -> None:
        """The area under the support, reaching half a step beyond its ends."""
        if stretch.answer < 0:
            return
        steps = np.arange(stretch.start, stretch.end + 1)
        heights = turn.said.for_answer[steps].clip(0, 1) * track.height()
        left, right = self._reach(track, stretch)
        xs = [left, *(self.x_of(step) for step in steps[1:-1].tolist()), right]
        tops = [heights[0], *heights[1:-1], heights[-1]]
        points = [QPointF(x, track.bottom() - float(top)) for x, top in zip(xs, tops, strict=False)]
        points += [QPointF(right, track.bottom()), QPointF(left, track.bottom())]
        canvas.polygon(points, self.theme.digit(stretch.answer))

    def _reach(self, track: QRectF, stretch: Stretch) -> tuple[float, float]:
        left = max(track.x(), self.x_of(stretch.start - 0.5))
        return left, min(track.right(), self.x_of(stretch.end + 0.5))

    def _paint_turn(self, canvas: Canvas, track: QRectF, turn: Turn) -> QRectF:
        """The line where it turns, and at how many percent; -> where these stand."""
        px = self.px
        if not turn.reads_both_ends:
            return QRectF()
        for step in {turn.leaves, turn.arrives}:
            x = self.x_of(step - 0.5)
            canvas.line(QPointF(x, track.y()), QPointF(x, track.bottom()), "text", 3)
        grown = self._grown(track)
        x, wide = self.x_of(turn.arrives - 0.5), px(grown * (58 if turn.clean else 94))
        high = min(px(26 * grown), track.height() - px(2))
        place = QRectF(x + px(4), track.y() + px(2), wide, high)
        if place.right() > track.right():
            place.moveRight(self.x_of(turn.leaves - 0.5) - px(4))
        _paint_chip(canvas, place, words.turns_at(turn), TEXT * grown)
        return place

    def _name_stretch(self, canvas: Canvas, track: QRectF, stretch: Stretch, taken: QRectF) -> None:
        """The answer in its stretch, where there is room."""
        px = self.px
        left, right = self._reach(track, stretch)
        if taken.isValid() and left < taken.center().x() < right:  # beside the percentage
            beside = ((left, taken.left()), (taken.right(), right))
            left, right = max(beside, key=lambda span: span[1] - span[0])
        room = right - left - px(4)
        if room < px(17):
            return
        name, grown = _name(stretch.answer, self.view.names), self._grown(track)
        place = QRectF(0, 0, min(room, px(grown * (30 if len(name) < 3 else 110))), 0)
        place.setHeight(min(px(30 * grown), track.height() - px(2)))
        place.moveCenter(QPointF((left + right) / 2, track.center().y()))
        _paint_chip(canvas, place, name, 26 * grown)

    def _grown(self, line: QRectF) -> float:
        """How much larger the words in a lane are than in the lowest one."""
        return min(MOST_GROWN, max(1.0, line.height() / self.px(TALL)))

    # ---- keys and mouse --------------------------------------------------------------

    def step(self, across: int, down: int) -> bool:
        return self._go_to(self.view.step + across - EVERY * down)

    def key(self, event: QKeyEvent) -> bool:
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: STEPS - 1}
        key = Qt.Key(event.key())
        return key in ends and self._go_to(ends[key])

    def press(self, point: QPointF) -> None:
        if point.x() >= self.track(0).x() - self.px(STRIP / 2):
            self.drag(point)
            return
        for row, lane in enumerate(self.view.lanes):
            if self.line(row).contains(point):
                self.choose(lane.id)

    def drag(self, point: QPointF) -> None:
        track = self.track(0)
        self._go_to(round((point.x() - track.x()) / track.width() * (STEPS - 1)))

    def _go_to(self, step: int) -> bool:
        if self.view.lanes:
            self.moved.emit(min(STEPS - 1, max(0, step)))
        return bool(self.view.lanes)


def least_line(own_names: Iterable[str], usual: int) -> int:
    """Least height of a line on the design grid, where some have names of their own ("": none)."""
    return max(usual, OF_SEVERAL) if any(own_names) else usual


def names_of(id: str, name: str, own: str) -> tuple[str, ...]:
    """What stands before the line of an entrant: its name, or its design and below it what tells
    it from others of that."""
    return (DESIGNS[design_of(id)].label, own) if own else (name,)


def paint_name(
    canvas: Canvas, line: QRectF, names: Sequence[str], shown: bool, strong: bool
) -> None:
    """What an entrant is called, see `names_of`, before its line; `shown`: it is on screen."""
    px = canvas.px
    if shown:
        canvas.fillRect(QRectF(line.x(), line.y(), px(5), line.height()), canvas.ink("focus"))
    place = QRectF(px(12), line.y(), px(NAMES - 12), line.height())
    size: float = TEXT + 2
    if len(names) > 1:  # close together, one below the other
        size = max(SMALLEST, min(size, place.height() / px(1) / len(names) - 3))
        spare = place.height() - px(LEADING * size * len(names))
        place.adjust(0, max(0.0, spare / 2), 0, -max(0.0, spare / 2))
    canvas.lines(place, names, LEFT, "text" if strong else "muted", size, bold=True)


def paint_axis(
    canvas: Canvas, track: QRectF, top: float, height: float, taken: QRectF | None = None
) -> None:
    """Percentages below a way, but not where the room is taken."""
    wide = canvas.px(80)
    for step in NUMBERED:
        x = track.x() + step / (STEPS - 1) * track.width()
        place = QRectF(x - wide / 2, top, wide, height)
        if taken is None or not place.intersects(taken):
            canvas.text(place, words.at_step(step), ink="muted")


def _paint_chip(canvas: Canvas, place: QRectF, text: str, size: float) -> None:
    canvas.box(place, "background", radius=5)
    canvas.text(place, text, size=size, bold=True)


def _name(answer: int, names: Sequence[str]) -> str:
    return names[answer] if answer >= 0 else "?"
