"""A digit drawn by hand or from a file, and what every design says of it."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.data.digits import GREY
from nnviz.data.drawing import Drawing
from nnviz.data.ink import Ink
from nnviz.networks.designs import DESIGNS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw.big_answer import BigAnswer
from nnviz.ui.draw.drawn_answers import Answered, PadSeen, answers, rows, see_pad
from nnviz.ui.draw.drawn_words import answer_view, seen_view, summary
from nnviz.ui.draw.pad import Pad
from nnviz.ui.draw.seen_digit import SeenDigit
from nnviz.ui.draw.sheet_keys import SheetKeys
from nnviz.ui.kit.buttons import button, name_undo, style_buttons
from nnviz.ui.kit.check_box import CheckBox
from nnviz.ui.kit.design_table import DesignRow, design_table
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.picture_source import PictureSource
from nnviz.words import tr

WIDE = 1.8
"""Width of a picture in heights from which on it may show more than one digit."""
ROW_OPENED = "More than one digit? The view Rows of digits reads rows."
EMPTY = "Draw a digit: every design answers while you draw."
NO_PAD = (
    "The pad is for digits of 28 × 28 grey pixels; these networks want 32 × 32 in colour. "
    "Choose other digits below."
)


class YourDigit(Page):
    """The pad, what the networks see, the answer of the design on screen, and all the others."""

    id = "pad"
    title = "Your digit"
    question = "Draw or open a digit: what does each design say of it?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-your-digit")
        self.summary = Headline(theme, BACK_ROW)
        self.pad = Pad(theme)
        self.pad.drawn.connect(session.pad.draw)
        self.pad.cleared.connect(session.pad.clear)
        self.undo = button("Undo", "Take back the last stroke (Ctrl+Z)", self._undo)
        self.redo = button("Redo", "Do again what was undone (Ctrl+Shift+Z)", session.pad.redo)
        self.clear = button("Clear", "Empty the pad (Delete); Undo brings it back", self._clear)
        self.source = PictureSource(session, self)
        self.source.found.connect(self._take)
        self.open = button(
            "Open…",
            "A picture of a digit, of any size, dark on light or light on dark",
            self._if_pad(self.source.choose),
            "open-image",
        )
        self.paste = button(
            "Paste",
            "The image on the clipboard (Ctrl+V)",
            self._if_pad(self.source.paste),
            "paste-image",
        )
        self.take = button(
            "Test digit",
            "Put the test digit on screen onto the pad, pixel for pixel",
            session.pad.put_shown_digit,
            "take-digit",
        )
        self.everywhere = button(
            "Every page",
            "Look at the drawing on every page instead of the test digit",
            lambda: session.pad.show(self.everywhere.isChecked()),
            "drawing-everywhere",
        )
        self.everywhere.setCheckable(True)
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        hands, sources = (self.undo, self.redo, self.clear), (self.open, self.paste, self.take)
        for made in (*hands, *sources, self.everywhere):
            self._flow.addWidget(made)
        self.seen = SeenDigit(theme)
        self.normalise = CheckBox("normalise")
        self.normalise.setObjectName("normalise")
        self.normalise.setToolTip(
            "Crop, scale and centre the ink as MNIST's digits were;\n"
            "without it, networks get the whole pad."
        )
        self.normalise.clicked.connect(lambda on: session.choose("pad", normalising=on))
        self.answer = BigAnswer(theme)
        self.rows: list[DesignRow] = []
        self.table = Table(theme, title=tr("Table of all designs"), id="design-table")
        self.table.chosen.connect(self._choose)
        self._arrange()
        self.setFocusProxy(self.pad)
        paste = self._if_pad(self.source.paste)
        SheetKeys(self, self._undo, session.pad.redo, paste, self._drop)
        self._answered: dict[str, Answered] = {}
        self._told: tuple[Drawing, str] | None = None
        self.use_theme(theme)

    def _arrange(self) -> None:
        left, middle = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.pad, 1)
        left.addWidget(self._bar)
        left.addStretch(0)
        middle.addWidget(self.seen)
        middle.addWidget(self.normalise)
        middle.addWidget(self.answer, 1)
        self._row = QHBoxLayout()
        self._row.addLayout(left, 15)
        self._row.addLayout(middle, 0)
        self._row.addWidget(self.table, 20)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.summary)
        self._column.addLayout(self._row, 1)
        self._columns = (left, middle)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._row.setSpacing(theme.px(14))
        for column in self._columns:
            column.setSpacing(theme.px(6))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(6))
        for part in (self.summary, self.pad, self.seen, self.answer, self.table):
            part.use_theme(theme)
        self.normalise.setFont(theme.font())
        style_buttons(self, theme)

    # ---- the state -------------------------------------------------------------------

    def see(self, state: State) -> PadSeen:
        return see_pad(state)

    def draw(self, view: PadSeen, only_moving: bool) -> None:
        self.pad.show_drawing(view.pad.drawing, view.pad.normalising)
        self._answered = answers(view, self._answered)
        if not only_moving or not self.rows:
            self._write(view)
        names, verdict = view.digits.class_names, tr("answer, how sure\n≠ unlike shown")
        shown = design_table((), self.rows, self.values(), names, verdict=verdict)
        self.table.show_view(shown)

    def values(self) -> list[list[float]]:
        """Outputs or bits of each row, 0..1."""
        return [
            list(self._answered[design].values) if design in self._answered else []
            for design in DESIGNS
        ]

    def _write(self, view: PadSeen) -> None:
        if not view.fits:
            self.summary.say(NO_PAD)
        else:
            words = summary(view, self._answered) if self._answered else EMPTY
            if self._told is not None and self._told[0] is view.pad.drawing:
                words = f"{words} {self._told[1]}"
            self.summary.say(words)
        self.rows = rows(view, self._answered)
        self.seen.show_view(seen_view(view))
        self.answer.show_view(answer_view(view, self._answered))
        name_undo(self.undo, view.pad.history, self.redo)
        self.clear.setEnabled(not view.pad.drawing.empty)
        self.take.setEnabled(view.fits)
        self.pad.setEnabled(view.fits)
        self.everywhere.setEnabled(view.drawn is not None)
        self.everywhere.setChecked(view.everywhere)
        with QSignalBlocker(self.normalise):
            self.normalise.setChecked(view.pad.normalising)

    # ---- files, clipboard, keys ------------------------------------------------------

    def _if_pad(self, do: Callable[[], object]) -> Callable[[], None]:
        def done() -> None:
            if self.session.state.digits.shape == GREY:
                do()
            else:
                self.session.say("error", NO_PAD)

        return done

    def _take(self, ink: Ink, notes: str) -> None:
        """A picture, with what is said of it until the next stroke."""
        self.pad.lift()
        self.session.pad.put_picture(ink.picture)
        height, width = ink.picture.shape
        if width > WIDE * height:
            notes = f"{ROW_OPENED} {notes}".strip()
        if notes:
            self._told = self.session.state.pad.drawing, notes
            self._write(self.see(self.session.state))

    def _drop(self, data: QMimeData) -> None:
        self._if_pad(lambda: self.source.take(data))()

    # ---- what is clicked -------------------------------------------------------------

    def _undo(self) -> None:
        self.pad.lift()
        self.session.pad.undo()

    def _clear(self) -> None:
        self.pad.lift()
        self.session.pad.clear()

    def _choose(self, design: str) -> None:
        if design not in DESIGNS:  # a heading
            return
        had_network = design in self.session.state.representatives
        self.session.designs.choose(design)
        if not had_network:
            self.session.runs.run()
