"""Morph: one digit becomes another one, and every design says when."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.inquiring import readers_of
from nnviz.learning.idx import Bytes
from nnviz.learning.inquiries import Asked, MorphQuestion, asked_of
from nnviz.learning.morphs import BLENDS, STEPS, Turn, turn_of, usual_ends
from nnviz.learning.readers import Reader
from nnviz.learning.turn_statistics import Turns
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.buttons import button, style_buttons
from nnviz.ui.flow_layout import FlowLayout
from nnviz.ui.pages.draw_views import morph_words
from nnviz.ui.pages.draw_views.morph_end import MorphEnd
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.scrolled import Scrolled
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.pictures.image_panel import ImagePanel
from nnviz.ui.pictures.morph_lanes import Lane, MorphLanes
from nnviz.ui.pictures.turn_table import TurnRow, TurnTable
from nnviz.ui.theme import Theme

PACE = 60
"""Milliseconds from one step to the next while it plays."""
LARGE = 196
"""Width of the large digit on the design grid."""
Ends = tuple[int, int]


@dataclass(frozen=True, eq=False)
class _Known:
    """What a reader said, and of what."""

    way: Bytes
    asked: Asked
    reader: Reader
    turn: Turn


class MorphView(Page):
    """Two digits, the way between them, and the lanes of all designs; or many pairs."""

    id = "morph"
    title = "Morph"
    question = "Where does a 4 become a 9? Each design says it along the way."
    draws = frozenset(
        {"work", "shelf", "digits", "trained", "reading", "options", "running", "race"}
        | {"morph", "image", "inquiries", "engine", "baseline", "operations"}
    )

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-morph")
        self._way: tuple[object, Ends, str, Bytes] | None = None
        self._known: dict[str, _Known] = {}
        self._compared = ""
        self._playing = QTimer(self)
        self._playing.setInterval(PACE)
        self._playing.timeout.connect(self._play_on)
        self.ends = MorphEnd(theme, "first"), MorphEnd(theme, "second")
        for end, name in zip(self.ends, ("first", "second"), strict=True):
            end.taken.connect(lambda image, name=name: session.look_at_morph(**{name: image}))
            end.on_screen_taken.connect(
                lambda name=name: session.look_at_morph(**{name: session.state.image})
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
            made.clicked.connect(lambda _=False, name=name: session.look_at_morph(blend=name))
            self._blends.addButton(made)
        self.many = button(
            "Many pairs",
            "Asks all designs about many pairs of test digits of these two labels: do separate "
            "networks turn elsewhere than one network?",
        )
        self.many.setCheckable(True)
        self.many.clicked.connect(lambda checked: session.look_at_morph(many=checked))
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        for part in (self.ends[0], self.play, *self.blends.values(), self.many, self.ends[1]):
            self._flow.addWidget(part)
        self.headline = Headline(theme)
        self.words = _label("morph-words")
        self.digit = ImagePanel(theme, "The digit between", "The image that all designs are asked")
        self.lanes = MorphLanes(theme)
        self.lanes.moved.connect(self._go)
        self.lanes.clicked.connect(session.choose_design)
        self.table = TurnTable(theme)
        self.table.chosen.connect(self._compare)
        self._stack = QStackedWidget()
        pair = QWidget()
        self._row = QHBoxLayout(pair)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.silent = _label("morph-silent")
        left = QVBoxLayout()
        left.addWidget(self.digit)
        left.addWidget(self.silent)
        left.addStretch(1)
        self._row.addLayout(left)
        self._row.addWidget(Scrolled(self.lanes), 1)
        self._stack.addWidget(pair)
        self._stack.addWidget(Scrolled(self.table))
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
        self.digit.setFixedSize(theme.px(LARGE), theme.px(LARGE + 28))
        for part in (*self.ends, self.headline, self.digit, self.lanes, self.table):
            part.use_theme(theme)
        style_buttons(self._bar, theme)
        self._way = None

    # ---- drawing ---------------------------------------------------------------------

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        only_moving = state.running and not fields - {"work", "shelf"}
        self._draw(state, words=not only_moving)

    def slow_tick(self, state: State) -> None:
        if state.running:
            self._draw(state, words=True)

    def _draw(self, state: State, words: bool) -> None:
        many = state.morph.many
        self._stack.setCurrentIndex(int(many))
        if words:
            self._show_controls(state)
        if many:
            if words:
                self._show_many(state)
            return
        way = self._images(state)
        readers = readers_of(state)
        turns = self._turns(state, way, readers)
        self.lanes.show_lanes(
            [_lane(reader, turns[reader.name], state) for reader in readers],
            state.digits.class_names,
        )
        step = state.morph.step
        self.lanes.show_step(step)
        self.digit.show_ink(way[step].astype("float32") / 255, state.digits.shape)
        self.digit.say(morph_words.percent_of_step(step))
        if words:
            self._write_pair(state, readers, turns)

    def _show_controls(self, state: State) -> None:
        morph = state.morph
        for end, image in zip(self.ends, ends_of(state), strict=True):
            end.show_digit(state.digits, image)
        grey = state.digits.shape[2] == 1
        for name, made in self.blends.items():
            made.setChecked(name == self._blend(state))
            made.setEnabled(grey or not BLENDS[name].grey)
        self.many.setChecked(morph.many)
        self.play.setEnabled(not morph.many)

    def _images(self, state: State) -> Bytes:
        """The way between both digits, made once."""
        ends, blend = ends_of(state), self._blend(state)
        if self._way is None or self._way[:3] != (state.digits, ends, blend):
            images = [state.digits.images[end] for end in ends]
            way = BLENDS[blend].images(images[0], images[1])
            self._way = (state.digits, ends, blend, way)
            self.lanes.show_way(way, state.digits.shape)
        return self._way[3]

    @staticmethod
    def _blend(state: State) -> str:
        grey = state.digits.shape[2] == 1
        blend = state.morph.blend
        return blend if grey or not BLENDS[blend].grey else next(iter(BLENDS))

    def _turns(self, state: State, way: Bytes, readers: tuple[Reader, ...]) -> Mapping[str, Turn]:
        """What all say; only those are asked anew that have changed."""
        first, second = (int(state.digits.labels[image]) for image in ends_of(state))
        known = {}
        for reader in readers:
            before = self._known.get(reader.name)
            same = before is not None and before.way is way and before.asked == asked_of(reader)
            if before is None or not same or before.reader.network is not reader.network:
                turn = turn_of(reader, way, first, second)
                before = _Known(way, asked_of(reader), reader, turn)
            known[reader.name] = before
        self._known = known
        return {name: each.turn for name, each in known.items()}

    def _write_pair(
        self, state: State, readers: tuple[Reader, ...], turns: Mapping[str, Turn]
    ) -> None:
        names = state.digits.class_names
        shown = next((reader for reader in readers if reader.name == state.design), None)
        turn = None if shown is None else turns[shown.name]
        self.headline.say(morph_words.headline(shown, turn, names))
        self.words.setText(morph_words.comparison(turns, readers))
        silent = morph_words.here(turns, readers, state.morph.step)
        self.silent.setText(silent)
        told = [
            f"{reader.label} {morph_words.along(turns[reader.name], names)}" for reader in readers
        ]
        self.lanes.setAccessibleDescription(f"{'. '.join(told)}. {state.morph.step} %: {silent}")

    # ---- many pairs ------------------------------------------------------------------

    def _show_many(self, state: State) -> None:
        first, second = (int(state.digits.labels[image]) for image in ends_of(state))
        names = state.digits.class_names
        if first == second:
            self.headline.say(f"Choose two different labels: both digits are {names[first]}.")
            self.words.setText("")
            self.table.show_rows(())
            return
        question = MorphQuestion(first, second, self._blend(state))
        self.session.inquire(question)
        found = self.session.inquired(question)
        readers = readers_of(state)
        turns: dict[str, Turns] = {name: each.result for name, each in found.items()}
        one, base = self._one_and_base(state, readers)
        self.table.show_rows(
            [
                _row(reader, turns[reader.name], one, base)
                for reader in readers
                if reader.name in turns
            ]
        )
        pairs = max((len(each.pairs) for each in turns.values()), default=0)
        waiting = [reader.label for reader in readers if reader.name not in turns]
        if one is None or base is None or one.name not in turns or base.name not in turns:
            self.headline.say(_asking(state, waiting, len(readers)))
            self.words.setText("")
            return
        self.headline.say(morph_words.answer_of_many(one, base, turns))
        words = (
            f"{pairs} random pairs of a {names[first]} and a {names[second]}, no test digit in "
            f"two of them. {morph_words.shares_of_many(one, base, turns)}"
        )
        if waiting:
            words = f"Still asking {', '.join(waiting)}. {words}"
        self.words.setText(words)
        self.table.setAccessibleDescription(f"{self.headline.text} {words}")

    def _one_and_base(
        self, state: State, readers: tuple[Reader, ...]
    ) -> tuple[Reader | None, Reader | None]:
        """Who is compared with whom: at first separate networks, one for each class."""
        by_name = {reader.name: reader for reader in readers}
        base = by_name.get(state.baseline)
        one = by_name.get(self._compared)
        if one is None or one is base:
            others = [reader for reader in readers if reader is not base]
            separate = [
                reader
                for reader in others
                if reader.layout.one_hot and reader.layout.network_count == reader.layout.classes
            ]
            one = next(iter((*separate, *others)), None)
        return one, base

    def _compare(self, design: str) -> None:
        self._compared = design
        self._draw(self.session.state, words=True)

    # ---- going along -----------------------------------------------------------------

    def step(self, direction: int) -> None:
        """PageDown and PageUp: ten percent on or back."""
        self._go(self.session.state.morph.step + 10 * direction)

    def _go(self, step: int) -> None:
        self.session.look_at_morph(step=min(STEPS - 1, max(0, step)))

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


def ends_of(state: State) -> Ends:
    """Numbers of the test digits at both ends of the morph."""
    usual = usual_ends(state.digits.labels)
    chosen = state.morph.first, state.morph.second
    first, second = (u if c is None else c for u, c in zip(usual, chosen, strict=True))
    return first, second


def _lane(reader: Reader, turn: Turn, state: State) -> Lane:
    return Lane(reader.name, reader.label, turn, reader.name == state.design)


def _row(reader: Reader, turns: Turns, one: Reader | None, base: Reader | None) -> TurnRow:
    read = turns.read
    quartiles = turns.quartiles() if read.any() else None
    numbers: tuple[str, ...] = ("–", "–", "–")
    if quartiles is not None:
        shares = [100 * float(each[read].mean()) for each in (turns.third, turns.unsure)]
        numbers = (f"{quartiles[1]:.0f} %", *(f"{share:.0f} %" for share in shares))
    return TurnRow(
        reader.name,
        reader.label,
        turns.places[read],
        quartiles,
        numbers,
        reader is one,
        reader is base,
    )


def _asking(state: State, waiting: list[str], readers: int) -> str:
    if state.engine != "ready":
        return "The training process asks the designs, and is not there yet."
    if not readers:
        return "No network has learned yet."
    return f"Asking the designs: {readers - len(waiting)} of {readers} have answered…"
