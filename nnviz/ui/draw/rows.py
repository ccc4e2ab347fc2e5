"""Rows of digits: where to cut a row of unknown length, by trial segmentation."""

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
)

from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.ink import Ink
from nnviz.data.written_row import ASPECT, WrittenRow
from nnviz.questions.rows import SCORES
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw.pad import Pad
from nnviz.ui.draw.row_answers import RowAnswer, RowReader, RowSeen
from nnviz.ui.draw.row_board import RowBoard
from nnviz.ui.draw.row_controls import RowControls
from nnviz.ui.draw.row_picture import RowView
from nnviz.ui.draw.row_words import (
    NO_PICTURES,
    headline,
    other_rows,
    way_rows,
)
from nnviz.ui.draw.sheet_keys import SheetKeys
from nnviz.ui.draw.way_list import WayList
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.picture_source import PictureSource

READING = 50
"""Milliseconds at least between two readings while a row is drawn or a network learns."""


class RowsOfDigits(Page):
    """A row, every piece of it that was tried, and the best ways to cut it."""

    id = "rows"
    title = "Rows of digits"
    question = "Where does one digit end and the next begin?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-rows")
        self._reader = RowReader()
        self._loaded_for: ShownDigits | None = None
        self.answer: RowAnswer | None = None
        self._told: tuple[WrittenRow | None, str] = None, ""
        self.summary = Headline(theme, BACK_ROW)
        self.picture = RowBoard(theme)
        self.picture.cut.connect(session.row.cut)
        self.pad = Pad(theme, ASPECT, "Write a row of digits here")
        self.pad.drawn.connect(session.row.draw)
        self.pad.cleared.connect(self._clear)
        self.ways = WayList(theme)
        self.ways.chosen.connect(self._choose_way)
        self.source = PictureSource(session, self)
        self.source.found.connect(self._take)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(READING)
        self._soon.timeout.connect(lambda: self._read(self.see(session.state)))
        self.controls = RowControls(session, self.source)
        self.controls.undo.clicked.connect(self._undo)
        self.controls.clear.clicked.connect(self._clear)
        self.controls.draw.clicked.connect(self._switch_pad)
        self._arrange()
        SheetKeys(self, self._undo, session.row.redo, self._paste, self._drop)
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    def _arrange(self) -> None:
        self._board = QVBoxLayout()
        self._board.addWidget(self.pad, 2)
        self._board.addWidget(self.picture, 3)
        self._row = QHBoxLayout()
        self._row.addLayout(self._board, 1)
        self._row.addWidget(self.ways)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.summary)
        self._column.addWidget(self.controls)
        self._column.addLayout(self._row, 1)
        self.pad.hide()

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(5))
        self._row.setSpacing(theme.px(12))
        for part in (self.summary, self.controls, self.picture, self.pad, self.ways):
            part.use_theme(theme)

    # ---- the state -------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self.session.row.load_reader()
        state = self.session.state
        if state.row.written.empty and not state.row.history.before and state.digits.shape == GREY:
            self.session.row.compose()
        super().showEvent(event)

    def see(self, state: State) -> RowSeen:
        return RowSeen(state.running, state.digits, state.row, state.row_work)

    def draw(self, view: RowSeen, only_moving: bool) -> None:
        if view.digits is not self._loaded_for:
            self._loaded_for = view.digits
            self.session.row.load_reader()
            view = self.see(self.session.state)
        self.pad.show_drawing(view.row.written.sheet)
        if not only_moving and not self.controls.draw.isChecked():
            self._read(view)
        elif not self._soon.isActive():
            self._soon.start()

    def slow_tick(self, state: State) -> None:
        """A row is read as soon as there is time; nothing waits longer."""

    def _read(self, view: RowSeen) -> None:
        self.answer = answer = self._reader.read(view)
        names = view.digits.class_names
        words = headline(view, answer) if view.fits else NO_PICTURES
        if self._told[0] is view.row.written:
            words = f"{words} {self._told[1]}".strip()
        self.summary.say(words)
        shown = None
        if answer is not None:
            tried = answer.read.judged
            shown = RowView(
                answer.row,
                answer.cuts,
                tried,
                answer.shown,
                answer.columns,
                names,
                f"all {len(tried.pieces)} pieces tried, more orange: surer; framed: those above",
            )
        self.picture.show_view(shown)
        title = f"best by {SCORES[view.row.score].label}"
        self.ways.show_rows(title, way_rows(view, answer), other_rows(view, answer))
        self.controls.show_view(view)
        self.pad.setEnabled(view.fits)

    # ---- what is chosen --------------------------------------------------------------

    def _choose_way(self, place: int) -> None:
        self.session.row.cut(None)
        self.session.choose("row", way=place)

    def _switch_pad(self) -> None:
        if self.controls.draw.isChecked() and not self.session.state.row.written.on_sheet:
            self.session.row.clear()
        self.pad.setVisible(self.controls.draw.isChecked())
        self.picture.show_compact(self.controls.draw.isChecked())
        if self.controls.draw.isChecked():
            self.pad.setFocus()

    def _undo(self) -> None:
        self.pad.lift()
        self.session.row.undo()

    def _clear(self) -> None:
        self.pad.lift()
        self.session.row.clear()

    # ---- files, clipboard, keys ------------------------------------------------------

    def _take(self, ink: Ink, notes: str) -> None:
        """A picture, with what is said of it as long as it is there."""
        self.pad.lift()
        self.session.row.put_picture(ink.picture)
        self._told = self.session.state.row.written, notes
        self._read(self.see(self.session.state))

    def _drop(self, data: QMimeData) -> None:
        self.controls.if_pictures(lambda: self.source.take(data))()

    def _paste(self) -> None:
        self.controls.if_pictures(self.source.paste)()
