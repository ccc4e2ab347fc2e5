"""A digit drawn by hand, and what the design on screen says of it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.learning.digits import GREY
from nnviz.learning.drawing import Points
from nnviz.learning.idx import Bytes
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.buttons import button, style_buttons
from nnviz.ui.flow_layout import FlowLayout
from nnviz.ui.pages.page import Page
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.pictures.pad import Pad
from nnviz.ui.theme import BACK_ROW, Theme


class YourDigit(Page):
    """The pad at the left, the answers at the right."""

    id = "pad"
    title = "Your digit"
    question = "Draw or open a digit: what does each design say of it?"
    draws = frozenset({"work", "digits", "drawing", "reading", "options", "running"})

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-your-digit")
        self.pad = Pad(theme)
        self.pad.drawn.connect(self._draw)
        self.pad.cleared.connect(session.clear_drawing)
        self.undo = button("Undo", "Take back the last stroke (Ctrl+Z)", self._undo)
        self.redo = button("Redo", "Do again what was undone", session.redo_drawing)
        self.clear = button("Clear", "Empty the pad (Delete)", session.clear_drawing)
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        for made in (self.undo, self.redo, self.clear):
            self._flow.addWidget(made)
        self.answer = Headline(theme, BACK_ROW)
        self._left = QVBoxLayout()
        self._left.addWidget(self.pad, 1)
        self._left.addWidget(self._bar)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self.answer, 1)
        self.setFocusProxy(self.pad)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(16))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(6))
        self.pad.use_theme(theme)
        self.answer.use_theme(theme)
        style_buttons(self, theme)

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        self.pad.show_drawing(state.drawing)
        self.undo.setEnabled(bool(state.drawings_before))
        self.redo.setEnabled(bool(state.drawings_undone))
        self.clear.setEnabled(not state.drawing.empty)
        self._write(state)

    def _write(self, state: State) -> None:
        if state.digits.shape != GREY or state.drawing.empty:
            self.answer.say("")
            return
        pixels = reduced(state.drawing.ink)
        verdict = state.work.look(pixels, state.digits.classes, state.reading, state.options)
        percent = f"{100 * verdict.confidence:.0f} %"
        self.answer.say(f"{state.named(verdict.answer)}  {percent}")

    def _draw(self, points: Points, radius: float, erasing: bool, goes_on: bool) -> None:
        self.session.draw(points, radius, erasing, goes_on)

    def _undo(self) -> None:
        self.pad.lift()
        self.session.undo_drawing()


def reduced(ink: Bytes) -> Bytes:
    """(784,): the whole square, each pixel the mean of what it covers."""
    height, width, _ = GREY
    times = len(ink) // height
    blocks = ink.reshape(height, times, width, times)
    pixels: Bytes = blocks.mean(axis=(1, 3)).round().astype(ink.dtype).ravel()
    return pixels
