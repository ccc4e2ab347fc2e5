"""Rows of digits: where to cut a row of unknown length, by trial segmentation."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.ink import Ink
from nnviz.data.written_row import ASPECT, WrittenRow
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw import words
from nnviz.ui.draw.pad import Pad, PadView
from nnviz.ui.draw.row_answers import RowAnswer, RowReader, RowSeen
from nnviz.ui.draw.row_board import BoardView, CutRow, RowBoard
from nnviz.ui.draw.row_controls import RowControls
from nnviz.ui.draw.sheet import Sheet
from nnviz.ui.draw.way_list import WayList, WayRow, WaysView
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.pages.page import Page, seen
from nnviz.words import sentences

READING = 50
"""Milliseconds at least between two readings while a row is drawn or a network learns."""
BY_HAND = 3
"""Ways that are listed above the cuts of a person."""


class RowsOfDigits(Page):
    """A row, every piece of it that was tried, and the best ways to cut it."""

    id = "rows"
    title, question = words.ROWS

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-rows")
        self._reader = RowReader()
        self._loaded_for: ShownDigits | None = None
        self.answer: RowAnswer | None = None
        self._told: tuple[WrittenRow | None, str] = None, ""
        self.summary = Headline(theme, BACK_ROW)
        self.picture = RowBoard(theme)
        self.picture.cuts_moved.connect(session.row.cut)
        self.picture.signs_chosen.connect(self._choose_signs)
        self.pad = Pad(theme, PadView(hint=words.ROW_HINT, aspect=ASPECT))
        self.pad.drawn.connect(session.row.draw)
        self.pad.hide()
        self.ways = WayList(theme, WaysView())
        self.ways.chosen.connect(self._choose_way)
        self.sheet = Sheet(
            self,
            self.pad,
            session.row,
            lambda opened: opened.read("row"),
            words.CLEAR_ROW,
            words.OPEN_ROW,
            words.NO_ROWS,
        )
        self.sheet.found.connect(self._put)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(READING)
        self._soon.timeout.connect(lambda: self._read(self.see(session.state)))
        self.controls = RowControls(session, self.sheet)
        self.controls.draw.clicked.connect(self._switch_pad)
        board = column((self.pad, 2), (self.picture, 3))
        parts = row((board, 1), self.ways, spacing=12)
        column(self.summary, self.controls, (parts, 1), spacing=5, of=self)
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    # ---- the state -------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self.session.row.load_reader()
        state, row = self.session.state, self.session.row
        untouched = state.row.written.empty and not state.row.history.before
        if untouched and state.digits.shape == GREY and not row.reads:
            row.compose()
        super().showEvent(event)

    def see(self, state: State) -> RowSeen:
        return seen(
            RowSeen,
            state,
            work=state.row_work,
            network=state.row_network,
            networks=state.listed_entrants,
            more=state.more_entrants,
        )

    def draw(self, view: RowSeen, only_moving: bool) -> None:
        if view.digits is not self._loaded_for:
            self._loaded_for = view.digits
            self.session.row.load_reader()
            view = self.see(self.session.state)
        self.pad.show_view(replace(self.pad.view, drawing=view.row.written.sheet))
        self.pad.setVisible(view.row.writing)
        if not only_moving and not view.row.writing:
            self._read(view)
        elif not self._soon.isActive():
            self._soon.start()

    def slow_tick(self, state: State) -> None:
        """A row is read as soon as there is time; nothing waits longer."""

    def _read(self, view: RowSeen) -> None:
        self.answer = answer = self._reader.read(view)
        notes = self._told[1] if self._told[0] is view.row.written else ""
        said = words.row_headline(view, answer) if view.fits else words.NO_ROWS
        self.summary.say(words.HIDDEN if view.answer_hidden else sentences(said, notes))
        self._show_board(view)
        title = words.best_by(view)
        self.ways.show_view(
            WaysView(title)
            if answer is None or view.answer_hidden
            else WaysView(title, _best_rows(view, answer), _other_rows(view, answer))
        )
        self.controls.show_view(view)
        self.pad.setEnabled(view.fits)

    def _show_board(self, view: RowSeen) -> None:
        answer, cut, piece = self.answer, None, view.row.piece
        if answer is not None:
            names = view.digits.class_names
            tried, shown = answer.read.judged, answer.shown
            cut = CutRow(answer.row, answer.cuts, tried, shown, answer.columns, names, answer.whole)
            piece = piece if piece is None or piece < len(shown.digits) else None
        begins = view.fits and view.row.written.empty and not view.row.writing
        hint = words.ROW_BEGINS if begins else ""
        board = BoardView(cut, view.row.writing, piece, hint, view.answer_hidden)
        self.picture.show_view(board)

    def step(self, direction: int) -> None:
        """PageDown and PageUp: the next and the previous piece of the row; before the first one,
        all of them."""
        piece, answer = self.session.state.row.piece, self.answer
        if answer is None:
            return
        wanted = (-1 if piece is None else piece) + direction
        if wanted < len(answer.shown.digits):
            self.session.choose("row", piece=wanted if wanted >= 0 else None)

    # ---- what is chosen --------------------------------------------------------------

    def _choose_signs(self, left_out: frozenset[int], back: bool) -> None:
        what = words.TAKEN_IN if back else words.LEFT_OUT
        found = self.answer is not None and left_out == self.answer.signs.marks
        self.session.row.leave_out(None if found else left_out, what)

    def _choose_way(self, place: int) -> None:
        self.session.row.cut(None)
        self.session.choose("row", way=place)

    def _switch_pad(self) -> None:
        draws = self.controls.draw.isChecked()
        if draws and not self.session.state.row.written.on_sheet:
            self.session.row.clear()
        self.session.choose("row", writing=draws)
        if draws:
            self.pad.setFocus()

    def _put(self, ink: Ink, notes: str) -> None:
        """Shows the ink of a picture, and keeps what is said of it as long as it is there."""
        self.session.row.put_picture(ink.all_ink)
        self._told = self.session.state.row.written, notes
        self._read(self.see(self.session.state))


def _best_rows(view: RowSeen, answer: RowAnswer) -> tuple[WayRow, ...]:
    """The best ways; fewer of them where a person has cut the row too."""
    ways = answer.read.ways
    shown = -1 if answer.by_hand else min(view.row.way, len(ways) - 1)
    rows: list[WayRow] = []
    for place, way in enumerate(ways[: BY_HAND if answer.by_hand else None]):
        above = [row.string for row in rows]
        rows.append(_way(view, answer, way.digits, way.total, shown=place == shown, above=above))
    return tuple(rows)


def _other_rows(view: RowSeen, answer: RowAnswer) -> tuple[WayRow, ...]:
    """The cuts of a person, and the baseline."""
    blanks = _way(view, answer, answer.blanks, None, words.BLANKS_ONLY)
    if not answer.by_hand or not answer.read.ways:
        return (blanks,)
    own, best = answer.way.total, answer.read.ways[0].total
    heading = words.AS_GOOD if own >= best - 1e-6 else words.BY_HAND
    return _way(view, answer, answer.way.digits, own, heading, shown=True), blanks


def _way(
    view: RowSeen,
    answer: RowAnswer,
    digits: Sequence[int],
    total: float | None,
    heading: str = "",
    shown: bool = False,
    above: Sequence[str] = (),
) -> WayRow:
    best = answer.read.ways[0].digits if answer.read.ways else answer.blanks
    labels = view.row.written.labels
    return WayRow(
        words.short(view, digits, best, above),
        "" if total is None else words.score_of(total),
        shown,
        None if labels is None else tuple(digits) == labels,
        heading,
    )
