"""Morph: one digit becomes another one, and every design says when."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnviz.data.arrays import Bytes
from nnviz.questions.learned_from import why_not_compared
from nnviz.questions.morphs import BLENDS, STEPS, Turn, turn_of
from nnviz.questions.readers import Reader
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw import asked_words as words
from nnviz.ui.draw.morph_end import EndView, MorphEnd
from nnviz.ui.draw.morph_lanes import EVERY, Lane, LanesView, MorphLanes
from nnviz.ui.draw.morph_seen import MorphSeen, ask_turns, see_morph
from nnviz.ui.draw.turn_table import TurnRow, turn_table
from nnviz.ui.kit.controls import button, choices, keep_width, paragraph
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, flow, low, row
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.agreement import not_counted
from nnviz.ui.pages.compared import compare_button
from nnviz.ui.pages.page import Page
from nnviz.words import sentences

PACE = 60
"""Milliseconds from one step to the next while it plays."""
LARGE = 196
"""Width of the large digit on the design grid, ..."""
SMALL, ROOM = 130, 800
"""... and where the page has less than this room, ..."""
LARGEST = 240
"""... and as it is shown to a room."""


class MorphView(Page):
    """Two digits, the way between them, and the lanes of all designs; or many pairs."""

    id = "morph"
    of_digit = False
    title, question = words.MORPH

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-morph")
        self._ways, self._turns = Kept[Bytes](), Kept[Turn]()
        self._images = Kept[tuple[QImage, ...]]()
        self._playing = QTimer(self)
        self._playing.setInterval(PACE)
        self._playing.timeout.connect(self._play_on)
        self.ends = MorphEnd(session, theme, 0), MorphEnd(session, theme, 1)
        self.play = button(words.PLAY, words.PLAY_TIP, self._toggle, "morph-play")
        self.blends = choices(
            {name: (blend.label, blend.help) for name, blend in BLENDS.items()},
            "blend",
            lambda name: session.choose("morph", blend=name),
            self,
        )
        self.many = button(*words.MANY_PAIRS, name="many-pairs")
        self.many.setCheckable(True)
        self.many.clicked.connect(lambda checked: session.choose("morph", many=checked))
        self.headline = Headline(theme)
        self.words, self.silent = (
            paragraph(id, plain=True) for id in ("morph-words", "morph-silent")
        )
        self.digit = ImagePanel(theme, title=words.BETWEEN[0], tip=words.BETWEEN[1])
        self.lanes = MorphLanes(theme, LanesView())
        self.lanes.moved.connect(self._go)
        self.lanes.chosen.connect(session.designs.choose)
        self.table = Table(theme, title=words.TURN_TABLE, tip=words.TURN_TIP, id="turn-table")
        for wanted in (self.table.chosen, self.table.walked):
            wanted.connect(self._compare)
        self.rows: tuple[TurnRow, ...] = ()
        """Of the table."""
        pair = QWidget()
        self._left = column(self.digit, self.silent, 1, spacing=6)
        self._row = row(self._left, (Scrolled(self.lanes), 1), spacing=6)
        pair.setLayout(self._row)
        self._stack = QStackedWidget()
        self._stack.addWidget(pair)
        self._stack.addWidget(Scrolled(self.table))
        self.networks = low(compare_button(session))
        bar = flow(self.ends[0], self.play, *self.blends.values(), self.many, self.ends[1])
        head = row((self.headline, 1), self.networks)
        column(bar, head, self.words, (self._stack, 1), spacing=5, of=self)
        for_operator(*self.ends, *self.blends.values(), self.many, self.networks)
        for_picture(self.play)
        self.setFocusProxy(self.lanes)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        keep_width(self.play, (words.PLAY, words.STOP))
        self._fit_digit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_digit()

    def _fit_digit(self) -> None:
        """Smaller where the lanes would have no room."""
        px = self.theme.px
        usual = LARGEST if self.session.state.lecturing else LARGE
        side = px(usual if self.width() >= px(ROOM) else SMALL)
        if side != self.digit.width():
            self.digit.setFixedSize(side, side + px(28))
            # it may be hidden, and then nobody else tells the page
            self._left.invalidate()
            self._row.invalidate()
            self._stack.updateGeometry()

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        state = session.state
        if state.morph.many:
            ask_turns(session, state)

    def see(self, state: State) -> MorphSeen:
        return see_morph(self.session, state)

    def draw(self, view: MorphSeen, only_moving: bool) -> None:
        if only_moving and self.lanes.view is not None:
            return
        self._stack.setCurrentIndex(int(view.morph.many))
        self._show_controls(view)
        self._fit_digit()
        self.headline.set_lines(2 if view.lecturing and view.morph.many else 1)
        for part in (self.words, self.silent):
            part.setVisible(not view.lecturing and not view.answer_hidden)
        if not view.morph.many:
            self._show_pair(view)
        else:
            answer, rest = self._show_many(view)
            self.headline.say(answer)
            self.words.setText(rest)

    def _show_controls(self, view: MorphSeen) -> None:
        morph = view.morph
        parts = zip(self.ends, view.ends, view.drawn, strict=True)
        for end, image, drawn in parts:
            end.show_view(EndView(view.digits, image, drawn), view.kept.drawings)
            # nobody knows the label of a drawing, so nobody could say where it is read right
            end.shown.setEnabled(not view.drawing)
        grey = view.digits.shape[2] == 1
        for name, made in self.blends.items():
            made.setChecked(name == view.blend)
            made.setEnabled(grey or not BLENDS[name].grey)
        self.many.setChecked(morph.many)
        self.play.setEnabled(not morph.many)

    def _show_pair(self, view: MorphSeen) -> None:
        digits, step, readers = view.digits, view.morph.step, view.readers
        images = view.pixels
        way = self._ways.get(
            "way",
            (digits, *images, view.blend),
            lambda: BLENDS[view.blend].images(images[0], images[1]),
        )
        greys, shape = self.theme.grey_colours, digits.shape
        strip = self._images.get(
            "strip", (way,), lambda: tuple(digit_image(each, greys, shape) for each in way[::EVERY])
        )
        turns = {reader.name: self._turn(view, reader, way) for reader in readers}
        lanes = tuple(
            Lane(
                each.name,
                each.label,
                turns[each.name],
                each.name == view.design,
                view.own_names.get(each.name, ""),
            )
            for each in readers
        )
        hidden = view.answer_hidden
        self.lanes.show_view(LanesView(lanes, digits.class_names, strip, step, hidden))
        self.digit.show_ink(way[step].astype("float32") / 255, shape)
        self.digit.say(words.step_of_way(step))
        self._write_pair(view, turns)

    def _turn(self, view: MorphSeen, reader: Reader, way: Bytes) -> Turn:
        """What a design says along the way; only one that has changed is asked anew."""
        parts = (reader, way, view.labels)
        return self._turns.get(reader.name, parts, lambda: turn_of(reader, way, *view.labels))

    def _write_pair(self, view: MorphSeen, turns: Mapping[str, Turn]) -> None:
        readers = view.readers
        if view.answer_hidden:
            self.headline.say(words.HIDDEN)
            return
        shown = next((reader for reader in readers if reader.name == view.design), None)
        turn = turns.get(view.design)
        self.headline.say(words.morph_headline(shown, turn, view.digits.class_names))
        counted = [reader for reader in readers if reader.name in view.alike]
        others = not_counted(len(readers) - len(counted))
        self.words.setText(sentences(words.compared(turns, counted), others))
        told = [(reader.label, turns[reader.name]) for reader in readers]
        self.silent.setText(words.silent(told, view.morph.step))

    def _show_many(self, view: MorphSeen) -> tuple[str, str]:
        """Asks what is not known and shows what is; -> the answer, and what else to say."""
        first, second = view.labels
        if view.answer_hidden:
            self.rows = ()
            self.table.show_view(turn_table((), words.HIDDEN))
            return words.HIDDEN, ""
        if first == second:
            self.rows = ()
            self.table.show_view(turn_table((), ""))
            return words.same_labels(view.digits.class_names[first]), ""
        self.session.inquiries.ask(view.question)
        readers = view.readers
        turns = {name: each.result for name, each in view.found.items()}
        one, base = view.compared
        waiting = [reader.label for reader in readers if reader.name not in turns]
        answer, rest = words.asking(view.engine, len(readers) - len(waiting), len(readers)), ""
        if one is not None and base is not None and {one.name, base.name} <= turns.keys():
            if one.name in view.alike_to_base:
                answer = words.many_headline(one, base, turns)
            else:
                taught = view.taught[one.name], view.taught[base.name]
                answer = why_not_compared(*taught, one.label, base.label)
            rest = words.many_words(view, one, base, turns, waiting)
        self.rows = tuple(
            TurnRow(
                each.name,
                each.label,
                turns[each.name],
                each is one,
                each is base,
                view.own_names.get(each.name, ""),
            )
            for each in readers
            if each.name in turns
        )
        self.table.show_view(turn_table(self.rows, sentences(answer, rest)))
        return answer, rest

    def _compare(self, name: str) -> None:
        self.session.choose("morph", compared=self.session.state.keeping(name))

    # ---- going along -----------------------------------------------------------------

    def step(self, direction: int) -> None:
        """PageDown and PageUp: ten percent on or back; of many pairs, the next row."""
        if not self.session.state.morph.many:
            self._go(self.session.state.morph.step + EVERY * direction)
            return
        names = [row.id for row in self.rows]
        here = next((number for number, row in enumerate(self.rows) if row.shown), -1)
        if 0 <= here + direction < len(names):
            self._compare(names[here + direction])

    def _go(self, step: int) -> None:
        self.session.choose("morph", step=min(STEPS - 1, max(0, step)))

    def _toggle(self) -> None:
        if self._playing.isActive():
            self._stop()
            return
        if self.session.state.morph.step == STEPS - 1:
            self._go(0)
        self._playing.start()
        self.play.setText(words.STOP)

    def _play_on(self) -> None:
        step = self.session.state.morph.step
        if step >= STEPS - 1:
            self._stop()
        else:
            self._go(step + 1)

    def _stop(self) -> None:
        self._playing.stop()
        self.play.setText(words.PLAY)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()
