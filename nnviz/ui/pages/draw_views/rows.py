"""Rows of digits: where to cut a row of unknown length, by trial segmentation."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nnviz.learning.designs import DESIGNS
from nnviz.learning.digits import GREY
from nnviz.learning.ink import Ink
from nnviz.learning.row_making import GAPS
from nnviz.learning.row_scores import SCORES
from nnviz.learning.written_row import ASPECT
from nnviz.rows import LONGEST
from nnviz.session import Session
from nnviz.state import ROW_READER, State
from nnviz.ui.buttons import button, style_buttons
from nnviz.ui.flow_layout import FlowLayout
from nnviz.ui.pages.draw_views.row_answers import RowAnswer, RowReader
from nnviz.ui.pages.draw_views.row_words import (
    NO_PICTURES,
    headline,
    other_rows,
    way_rows,
)
from nnviz.ui.pages.page import Page
from nnviz.ui.picture_source import PictureSource
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.pictures.pad import Pad
from nnviz.ui.pictures.row_picture import RowPicture, RowView
from nnviz.ui.pictures.way_list import WayList
from nnviz.ui.setting_controls import guard_wheel
from nnviz.ui.theme import BACK_ROW, Theme
from nnviz.ui.tooltips import wrapped

REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
READING = 50
"""Milliseconds at least between two readings while a row is drawn or a network learns."""
READER_HELP = (
    "Which network reads. The row reader has learned what is no digit, from pieces of rows; "
    "the others are sure of anything."
)


class RowsOfDigits(Page):
    """A row, every piece of it that was tried, and the best ways to cut it."""

    id = "rows"
    title = "Rows of digits"
    question = "Where does one digit end and the next begin?"
    draws = frozenset(
        {"row", "row_cuts", "row_way", "row_score", "row_network", "row_reader"}
        | {"row_gaps", "row_length", "digits", "work", "shelf", "trained", "running"}
    )

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-rows")
        self._reader = RowReader()
        self.answer: RowAnswer | None = None
        self.summary = Headline(theme, BACK_ROW)
        self.picture = RowPicture(theme)
        self.picture.cut.connect(session.cut_row)
        self.pad = Pad(theme, ASPECT, "Write a row of digits here")
        self.pad.drawn.connect(session.draw_on_row)
        self.pad.cleared.connect(self._clear)
        self.ways = WayList(theme)
        self.ways.chosen.connect(self._choose_way)
        self.source = PictureSource(session, self)
        self.source.found.connect(self._take)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(READING)
        self._soon.timeout.connect(lambda: self._read(session.state))
        self._make_controls()
        self._arrange()
        self.setAcceptDrops(True)
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    # ---- controls --------------------------------------------------------------------

    def _make_controls(self) -> None:
        session = self.session
        gaps = {name: each.label for name, each in GAPS.items()}
        help = "\n".join(f"{each.label}: {each.help}" for each in GAPS.values())
        self.gaps = self._choice("How far apart the digits are.\n" + help, gaps, self._set_gaps)
        self.length = QSpinBox()
        self.length.setRange(1, LONGEST)
        self.length.setSuffix(" digits")
        self.length.setToolTip("Digits of a new row")
        self.length.setAccessibleName("Digits of a new row")
        self.length.valueChanged.connect(self._set_length)
        guard_wheel(self.length)
        self.new = button("New row", "Compose another row of test digits", session.compose_row)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("type, e.g. 2026")
        self.typed.setToolTip("Type digits and press Enter: test digits are put side by side")
        self.typed.setAccessibleName("Digits to compose")
        self.typed.returnPressed.connect(self._spell)
        self.draw = button("Draw", "Write on the row by mouse, pen or finger", self._switch_pad)
        self.draw.setCheckable(True)
        self.undo = button("Undo", "Take back what was done last (Ctrl+Z)", self._undo)
        self.redo = button("Redo", "Do again what was undone (Ctrl+Shift+Z)", session.redo_row)
        self.clear = button("Clear", "An empty sheet; Undo brings the row back", self._clear)
        self.open = button(
            "Open…", "A picture of a row of digits", self._if_pictures(self.source.choose)
        )
        self.paste = button(
            "Paste", "The image on the clipboard (Ctrl+V)", self._if_pictures(self.source.paste)
        )
        readers = {ROW_READER: "row reader (knows non-digits)"}
        readers |= {name: design.label for name, design in DESIGNS.items()}
        self.network = self._choice(READER_HELP, readers, self._set_network)
        scores = {name: score.label for name, score in SCORES.items()}
        help = "\n".join(f"{each.label}: {each.help}" for each in SCORES.values())
        self.score = self._choice("What is made as large as can be.\n" + help, scores, self._set)
        self.best = button("Best cuts", "Cut where it is best again", lambda: session.cut_row(None))

    def _choice(
        self, tooltip: str, words: Mapping[str, str], chosen: Callable[[str], None]
    ) -> QComboBox:
        box = QComboBox()
        for value, label in words.items():
            box.addItem(label, value)
        box.setToolTip(wrapped(tooltip))
        box.setAccessibleName(tooltip.partition(".")[0])
        box.activated.connect(lambda place: chosen(box.itemData(place)))
        guard_wheel(box)
        return box

    def _arrange(self) -> None:
        self._bars = (QWidget(), QWidget())
        self._flows = tuple(FlowLayout(bar) for bar in self._bars)
        written: tuple[QWidget, ...] = (self.gaps, self.length, self.new, self.typed)
        changed = (self.draw, self.undo, self.redo, self.clear, self.open, self.paste)
        for part in (*written, *changed):
            self._flows[0].addWidget(part)
        self.reads, self.by = QLabel("read by"), QLabel("best is the largest")
        for one in (self.reads, self.network, self.by, self.score, self.best):
            self._flows[1].addWidget(one)
        self._board = QVBoxLayout()
        self._board.addWidget(self.pad)
        self._board.addWidget(self.picture, 1)
        self._row = QHBoxLayout()
        self._row.addLayout(self._board, 1)
        self._row.addWidget(self.ways)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.summary)
        for bar in self._bars:
            self._column.addWidget(bar)
        self._column.addLayout(self._row, 1)
        self.pad.hide()

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(5))
        self._row.setSpacing(theme.px(12))
        for flow in self._flows:
            flow.setContentsMargins(0, 0, 0, 0)
            flow.setSpacing(theme.px(6))
        for part in (self.summary, self.picture, self.pad, self.ways):
            part.use_theme(theme)
        words = (self.gaps, self.length, self.typed, self.network, self.score, self.reads, self.by)
        for control in words:
            control.setFont(theme.font())
        self.typed.setFixedWidth(theme.px(150))
        style_buttons(self, theme)

    # ---- the state -------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self.session.load_row_reader()
        state = self.session.state
        if state.row.empty and not state.rows_before and state.digits.shape == GREY:
            self.session.compose_row()
        super().showEvent(event)

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        if "digits" in fields:
            self.session.load_row_reader()
        self.pad.show_drawing(state.row.sheet)
        if (state.running and not fields - {"work", "shelf"}) or self.draw.isChecked():
            if not self._soon.isActive() and self._concerns(state, fields):
                self._soon.start()
        else:
            self._read(state)

    def _concerns(self, state: State, fields: frozenset[str]) -> bool:
        return bool(fields - {"work", "shelf"}) or state.row_network != ROW_READER

    def _read(self, state: State) -> None:
        self.answer = answer = self._reader.read(state)
        names = state.digits.class_names
        fits = state.digits.shape == GREY
        self.summary.say(headline(state, answer) if fits else NO_PICTURES)
        view = None
        if answer is not None:
            tried = answer.read.judged
            view = RowView(
                answer.row,
                answer.cuts,
                tried,
                answer.shown,
                answer.columns,
                names,
                f"all {len(tried.pieces)} pieces tried; orange: it is sure of that",
            )
        self.picture.show_view(view)
        title = f"best by {SCORES[state.row_score].label}"
        self.ways.show_rows(title, way_rows(state, answer), other_rows(state, answer))
        self._show_controls(state, fits)

    def _show_controls(self, state: State, fits: bool) -> None:
        chosen: tuple[tuple[QComboBox, str], ...] = (
            (self.gaps, state.row_gaps),
            (self.network, state.row_network),
            (self.score, state.row_score),
        )
        for box, value in chosen:
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
        with QSignalBlocker(self.length):
            self.length.setValue(state.row_length)
        self.undo.setEnabled(bool(state.rows_before))
        self.redo.setEnabled(bool(state.rows_undone))
        self.clear.setEnabled(not state.row.empty)
        self.best.setEnabled(state.row_cuts is not None or state.row_way > 0)
        for part in (self.new, self.typed, self.pad, self.draw):
            part.setEnabled(fits)

    # ---- what is chosen --------------------------------------------------------------

    def _set(self, score: str) -> None:
        self.session.change(row_score=score, row_way=0)

    def _set_network(self, name: str) -> None:
        self.session.change(row_network=name, row_way=0)

    def _set_gaps(self, gaps: str) -> None:
        self.session.change(row_gaps=gaps)
        self.session.compose_row()

    def _set_length(self, length: int) -> None:
        self.session.change(row_length=length)
        self.session.compose_row()

    def _spell(self) -> None:
        self.session.spell_row(self.typed.text())

    def _choose_way(self, place: int) -> None:
        self.session.cut_row(None)
        self.session.change(row_way=place)

    def _switch_pad(self) -> None:
        self.pad.setVisible(self.draw.isChecked())
        if self.draw.isChecked():
            self.pad.setFocus()

    def _undo(self) -> None:
        self.pad.lift()
        self.session.undo_row()

    def _clear(self) -> None:
        self.pad.lift()
        self.session.clear_row()

    # ---- files, clipboard, keys ------------------------------------------------------

    def _if_pictures(self, do: Callable[[], Any]) -> Callable[[], None]:
        def done() -> None:
            if self.session.state.digits.shape == GREY:
                do()
            else:
                self.session.say("error", NO_PICTURES)

        return done

    def _take(self, ink: Ink) -> None:
        self.pad.lift()
        self.session.write_picture(ink.picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()  # what is no picture is told by a sentence

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._if_pictures(lambda: self.source.take(event.mimeData()))()

    def _done_by(self, event: QKeyEvent) -> Callable[[], Any] | None:
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo):
            return self._undo
        if event.matches(keys.Redo) or event.keyCombination() == REDO:
            return self.session.redo_row
        if event.matches(keys.Paste):
            return self._if_pictures(self.source.paste)
        return None

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._done_by(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        do = self._done_by(event)
        if do is None:
            super().keyPressEvent(event)
        else:
            do()
