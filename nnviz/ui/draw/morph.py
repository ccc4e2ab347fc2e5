"""Morph: one digit becomes another one, and every design says when."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.arrays import Bytes
from nnviz.questions.morphs import BLENDS, STEPS, Turn, turn_of
from nnviz.questions.readers import Reader
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw import morph_words
from nnviz.ui.draw.many_pairs import ManyPairs
from nnviz.ui.draw.morph_end import MorphEnd
from nnviz.ui.draw.morph_ends import Ends, MorphSeen, see_morph
from nnviz.ui.draw.morph_lanes import Lane, MorphLanes
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.scrolled import Scrolled

PACE = 60
"""Milliseconds from one step to the next while it plays."""
LARGE = 196
"""Width of the large digit on the design grid, ..."""
SMALL, ROOM = 130, 800
"""... and where the page has less than this room."""


@dataclass(frozen=True, eq=False)
class _Known:
    """What a reader said, and of what."""

    way: Bytes
    reader: Reader
    turn: Turn


class MorphView(Page):
    """Two digits, the way between them, and the lanes of all designs; or many pairs."""

    id = "morph"
    title = "Morph"
    question = "Where does a 4 become a 9? Each design says it along the way."

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-morph")
        self._way: tuple[object, Ends, str, Bytes] | None = None
        self._known: dict[str, _Known] = {}
        self._playing = QTimer(self)
        self._playing.setInterval(PACE)
        self._playing.timeout.connect(self._play_on)
        self.ends = MorphEnd(theme, "first"), MorphEnd(theme, "second")
        for end, name in zip(self.ends, ("first", "second"), strict=True):
            end.taken.connect(lambda image, name=name: session.choose("morph", **{name: image}))
            end.on_screen_taken.connect(
                lambda name=name: session.choose("morph", **{name: session.state.image})
            )
        self.play = button(
            "Play",
            "Goes along the way by itself; PageDown and PageUp go ten percent.",
            self._toggle,
        )
        self.play.setObjectName("morph-play")
        self._blends = QButtonGroup(self)
        self.blends = {
            name: button(b.label, b.help, name=f"blend-{name}") for name, b in BLENDS.items()
        }
        for name, made in self.blends.items():
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, name=name: session.choose("morph", blend=name))
            self._blends.addButton(made)
        self.many = button(
            "Many pairs",
            "Asks all designs about many pairs of test digits of these two labels, no digit in "
            "two of them: do separate networks turn elsewhere than one network?",
        )
        self.many.setCheckable(True)
        self.many.clicked.connect(lambda checked: session.choose("morph", many=checked))
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        for part in (self.ends[0], self.play, *self.blends.values(), self.many, self.ends[1]):
            self._flow.addWidget(part)
        self.headline = Headline(theme)
        self.words = _label("morph-words")
        self.digit = ImagePanel(
            theme, title="The digit between", tip="The image that all designs are asked"
        )
        self.lanes = MorphLanes(theme)
        self.lanes.moved.connect(self._go)
        self.lanes.clicked.connect(session.designs.choose)
        self.many_pairs = ManyPairs(session, theme)
        self.many_pairs.changed.connect(lambda: self._draw(self.see(session.state), words=True))
        self.table = self.many_pairs.table
        self._stack = QStackedWidget()
        pair = QWidget()
        self._row = QHBoxLayout(pair)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.silent = _label("morph-silent")
        self._left = QVBoxLayout()
        self._left.addWidget(self.digit)
        self._left.addWidget(self.silent)
        self._left.addStretch(1)
        self._row.addLayout(self._left)
        self._row.addWidget(Scrolled(self.lanes), 1)
        self._stack.addWidget(pair)
        self._stack.addWidget(Scrolled(self.many_pairs))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._bar, self.headline, self.words):
            self._column.addWidget(part)
        self._column.addWidget(self._stack, 1)
        self.setFocusProxy(self.lanes)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(5))
        self._row.setSpacing(theme.px(6))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(6))
        for label in (self.words, self.silent):
            label.setFont(theme.font())
        self._fit_digit()
        for part in (*self.ends, self.headline, self.digit, self.lanes, self.many_pairs):
            part.use_theme(theme)
        style_buttons(self._bar, theme)
        self._way = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_digit()

    def _fit_digit(self) -> None:
        """Smaller where the lanes would have no room."""
        px = self.theme.px
        side = px(LARGE if self.width() >= px(ROOM) else SMALL)
        if side != self.digit.width():
            self.digit.setFixedSize(side, side + px(28))
            # it may be hidden, and then nobody else tells the page
            self._left.invalidate()
            self._row.invalidate()
            self._stack.updateGeometry()

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> MorphSeen:
        return see_morph(self.session, state)

    def draw(self, view: MorphSeen, only_moving: bool) -> None:
        self._draw(view, words=not only_moving)

    def _draw(self, view: MorphSeen, words: bool) -> None:
        many = view.morph.many
        self._stack.setCurrentIndex(int(many))
        if words:
            self._show_controls(view)
        if many:
            if words:
                answer, rest = self.many_pairs.show_view(view)
                self.headline.say(answer)
                self.words.setText(rest)
            return
        way = self._images(view)
        readers = view.readers
        turns = self._turns(view, way)
        self.lanes.show_lanes(
            [_lane(reader, turns[reader.name], view) for reader in readers],
            view.digits.class_names,
        )
        step = view.morph.step
        self.lanes.show_step(step)
        self.digit.show_ink(way[step].astype("float32") / 255, view.digits.shape)
        self.digit.say(morph_words.percent_of_step(step))
        if words:
            self._write_pair(view, turns)

    def _show_controls(self, view: MorphSeen) -> None:
        morph = view.morph
        for end, image in zip(self.ends, view.ends, strict=True):
            end.show_digit(view.digits, image)
            # nobody knows the label of a drawing, so nobody could say where it is read right
            end.shown.setEnabled(not view.drawing)
        grey = view.digits.shape[2] == 1
        for name, made in self.blends.items():
            made.setChecked(name == view.blend)
            made.setEnabled(grey or not BLENDS[name].grey)
        self.many.setChecked(morph.many)
        self.play.setEnabled(not morph.many)

    def _images(self, view: MorphSeen) -> Bytes:
        """The way between both digits, made once."""
        digits, ends, blend = view.digits, view.ends, view.blend
        if self._way is None or self._way[:3] != (digits, ends, blend):
            images = [digits.images[end] for end in ends]
            way = BLENDS[blend].images(images[0], images[1])
            self._way = (digits, ends, blend, way)
            self.lanes.show_way(way, digits.shape)
        return self._way[3]

    def _turns(self, view: MorphSeen, way: Bytes) -> Mapping[str, Turn]:
        """What all say; only those are asked anew that have changed."""
        first, second = view.labels
        known = {}
        for reader in view.readers:
            before = self._known.get(reader.name)
            same = before is not None and before.way is way and before.reader == reader
            if before is None or not same:
                turn = turn_of(reader, way, first, second)
                before = _Known(way, reader, turn)
            known[reader.name] = before
        self._known = known
        return {name: each.turn for name, each in known.items()}

    def _write_pair(self, view: MorphSeen, turns: Mapping[str, Turn]) -> None:
        readers, names = view.readers, view.digits.class_names
        shown = next((reader for reader in readers if reader.name == view.design), None)
        turn = None if shown is None else turns[shown.name]
        self.headline.say(morph_words.headline(shown, turn, names))
        self.words.setText(morph_words.comparison(turns, readers))
        silent = morph_words.here(turns, readers, view.morph.step)
        self.silent.setText(silent)
        told = [
            f"{reader.label} {morph_words.along(turns[reader.name], names)}" for reader in readers
        ]
        self.lanes.setAccessibleDescription(f"{'. '.join(told)}. {view.morph.step} %: {silent}")

    # ---- going along -----------------------------------------------------------------

    def step(self, direction: int) -> None:
        """PageDown and PageUp: ten percent on or back."""
        self._go(self.session.state.morph.step + 10 * direction)

    def _go(self, step: int) -> None:
        self.session.choose("morph", step=min(STEPS - 1, max(0, step)))

    def _toggle(self) -> None:
        if self._playing.isActive():
            self._stop()
            return
        if self.session.state.morph.step == STEPS - 1:
            self._go(0)
        self._playing.start()
        self.play.setText("Stop")

    def _play_on(self) -> None:
        step = self.session.state.morph.step
        if step >= STEPS - 1:
            self._stop()
        else:
            self._go(step + 1)

    def _stop(self) -> None:
        self._playing.stop()
        self.play.setText("Play")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()


def _label(name: str) -> QLabel:
    made = QLabel()
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def _lane(reader: Reader, turn: Turn, view: MorphSeen) -> Lane:
    return Lane(reader.name, reader.label, turn, reader.name == view.design)
