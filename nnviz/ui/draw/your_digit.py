"""A digit drawn by hand or from a file, and what every design says of it."""

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt

from nnviz.data.drawing import MARGIN, Drawing
from nnviz.data.normalising import Box
from nnviz.data.opened_picture import ReadPicture
from nnviz.networks.designs import DESIGNS
from nnviz.questions.readers import support_of
from nnviz.session import slices
from nnviz.session.entrants import design_of
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw import words
from nnviz.ui.draw.big_answer import AnswerView, BigAnswer
from nnviz.ui.draw.drawn_answers import Answered, PadSeen, answers, see_pad
from nnviz.ui.draw.kept_words import KEEP
from nnviz.ui.draw.pad import Pad, PadView
from nnviz.ui.draw.picture_bar import PictureBar
from nnviz.ui.draw.picture_board import OpenedView, PictureBoard
from nnviz.ui.draw.picture_words import READ_WRONG, thin_told, told_of
from nnviz.ui.draw.seen_digit import SeenDigit, SeenView, frames_seen
from nnviz.ui.draw.sheet import Sheet
from nnviz.ui.draw.shown_to_room import listed_designs
from nnviz.ui.draw.writers import HandsKept, Writers, WritersView
from nnviz.ui.kit.controls import CheckBox, button
from nnviz.ui.kit.design_table import DesignRow, design_table
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, flow, low, row
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.pages.agreement import OTHER_DIGITS, not_counted, origin_of, who_agrees
from nnviz.ui.pages.compared import compare_button
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.verdicts_of_designs import read_in_short
from nnviz.words import percent, sentences


class YourDigit(Page):
    """The pad, what the networks see, the answer of the design on screen, and all the others."""

    id = "pad"
    title, question = words.YOUR_DIGIT

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-your-digit")
        self._kept = Kept[Answered]()
        self._answered: dict[str, Answered] = {}
        self.rows: list[DesignRow] = []
        """Of the table."""
        self.summary = Headline(theme, BACK_ROW)
        self.pad = Pad(theme)
        self.pad.drawn.connect(session.pad.draw)
        self.board = PictureBoard(theme)
        self.board.chosen.connect(session.pad.take_piece)
        self.board.only.connect(lambda piece: session.pad.take_piece(piece, alone=True))
        self.board.cropped.connect(session.pad.crop)
        self.board.cleared.connect(session.pad.clear)
        self.board.hide()
        self.of_picture = PictureBar(session)
        self.of_picture.as_row.connect(self._read_as_row)
        self.sheet = Sheet(
            self,
            self.pad,
            session.pad,
            Drawing.of_opened,
            words.CLEAR_PAD,
            words.OPEN_DIGIT,
            words.NO_PAD,
        )
        self.sheet.found.connect(lambda drawing, _notes: session.pad.put_picture(drawing))
        self.take = button(*words.TEST_DIGIT, session.pad.put_shown_digit, "take-digit")
        self.everywhere = button(
            *words.EVERY_PAGE,
            lambda: session.pad.show(self.everywhere.isChecked()),
            "drawing-everywhere",
        )
        self.everywhere.setCheckable(True)
        self.keep = button(*KEEP, session.kept.keep, "keep-drawing")
        self.seen = SeenDigit(theme)
        self.normalise = CheckBox(words.NORMALISE[0])
        self.normalise.setObjectName("normalise")
        explain(self.normalise, words.NORMALISE[1])
        self.normalise.clicked.connect(lambda on: session.choose("pad", normalising=on))
        self.answer = BigAnswer(theme)
        self.table = Table(theme, title=words.TABLE, id="design-table")
        self.table.chosen.connect(self._choose)
        self.networks = low(compare_button(session))
        self._hands = HandsKept()
        self.writers = Writers(theme, WritersView())
        self.writers.hide()
        self.read_wrong = low(
            button(
                *READ_WRONG,
                lambda: session.choose("pad", writers=self.read_wrong.isChecked()),
                "read-wrong",
            )
        )
        self.read_wrong.setCheckable(True)
        for_operator(self.sheet.open, self.sheet.paste, self.take, self.everywhere, self.normalise)
        for_operator(self.read_wrong, self.networks, self.keep)
        for_picture(self.sheet.undo, self.sheet.redo, self.sheet.clear)
        bar = flow(*self.sheet.buttons, self.take, self.everywhere, self.keep)
        left = column((self.pad, 1), (self.board, 1), self.of_picture, bar, 0, spacing=6)
        middle = column(self.seen, self.normalise, (self.answer, 1), spacing=6)
        parts = row((left, 15), middle, (self.table, 20), (self.writers, 20), spacing=14)
        head = row((self.summary, 1), self.read_wrong, self.networks)
        column(head, (parts, 1), spacing=4, of=self)
        self.setFocusProxy(self.pad)
        self.use_theme(theme)

    def tells_of_digit(self, state: State) -> bool:
        return state.shown_drawing is not None

    # ---- the state -------------------------------------------------------------------

    def see(self, state: State) -> PadSeen:
        return see_pad(state)

    def draw(self, view: PadSeen, only_moving: bool) -> None:
        self._show_sheet(view)
        if only_moving and self.rows:
            return
        self._answered = answers(view, self._kept)
        self._write(view)
        shown = () if view.answer_hidden else self._answered
        values = [
            self._answered[row.design].values if row.design in shown else [] for row in self.rows
        ]
        names, heading = view.digits.class_names, words.TABLE_HEADING
        self.table.show_view(design_table((), self.rows, values, names, verdict=heading))
        self._show_writers(view)

    def _show_sheet(self, view: PadSeen) -> None:
        """The pad, or the picture that was opened."""
        pad = view.pad
        source = pad.drawing.source
        self.pad.show_view(PadView(pad.drawing, pad.normalising))
        pictured = source is not None and not pad.as_ink
        focused = self.pad.hasFocus() or self.board.hasFocus()
        crops = pad.cropping and self.board.view.part is None
        if source is not None:
            self.board.show_view(_opened(pad, source))
        self.board.setVisible(pictured)
        self.pad.setVisible(not pictured)
        front = self.board if pictured else self.pad
        self.setFocusProxy(front)
        if focused:
            front.setFocus()
        elif crops and pictured:  # the next keys choose the part
            keys = self.of_picture.crop.hasFocus()
            reasons = Qt.FocusReason
            front.setFocus(reasons.TabFocusReason if keys else reasons.MouseFocusReason)
        self.of_picture.show_view(pad)

    def _of_lines(self, view: PadSeen) -> str:
        """That the lines of a picture are thinner than networks know them."""
        if not view.pad.drawing.frames or view.drawn is None:
            return ""
        return thin_told(self._hands.own(view.drawn), *self._hands.of(view.digits).usual)

    def _show_writers(self, view: PadSeen) -> None:
        """How the test digits were written, in the place of the table."""
        shown = view.pad.writers and view.fits
        if shown:
            answered = None if view.answer_hidden else self._answered.get(view.design)
            said = None if answered is None else answered.verdict.answer
            own = self._hands.own(view.drawn)
            self.writers.show_view(WritersView(self._hands.of(view.digits), said, own))
        self.writers.setVisible(shown)
        self.table.setVisible(not shown)
        self.read_wrong.setChecked(shown)
        self.read_wrong.setEnabled(view.fits)

    def _write(self, view: PadSeen) -> None:
        said = {
            view.labels[name]: one.verdict.answer
            for name, one in self._answered.items()
            if name in view.alike
        }
        others = not_counted(len(self._answered) - len(said))
        notes = sentences(told_of(view.pad.drawing, view.lecturing), self._of_lines(view))
        summary = words.EMPTY_PAD if view.pad.drawing.blank else ""
        summary = who_agrees(view, said, bool(view.own_names)) if said else summary
        if view.answer_hidden:
            summary, others = words.HIDDEN, ""
        self.summary.say(sentences(summary, others, notes) if view.fits else words.NO_PAD)
        self.seen.setVisible(not view.lecturing)  # the room of it is the answer's
        names = listed_designs(view.design, view.listed) if view.lecturing else view.listed
        self.rows = [_row(view, name, self._answered) for name in names]
        done = view.pad.drawing.normalised if view.pad.normalising else None
        self.seen.show_view(
            SeenView()
            if view.drawn is None
            else SeenView(
                view.drawn,
                done.placed if done else None,
                words.done_to_ink(view),
                frames_seen(view.pad.drawing, view.pad.normalising),
            )
        )
        self.answer.show_view(_answer(view, self._answered.get(view.design)))
        self.sheet.show_history(view.pad.history, view.pad.drawing.blank)
        self.take.setEnabled(view.fits)
        self.pad.setEnabled(view.fits)
        self.everywhere.setEnabled(view.drawn is not None)
        self.keep.setEnabled(not view.pad.drawing.empty)
        self.everywhere.setChecked(view.everywhere)
        with QSignalBlocker(self.normalise):
            self.normalise.setChecked(view.pad.normalising)

    def step(self, direction: int) -> None:
        """PageDown and PageUp: the next and the previous test digit, put onto the pad."""
        super().step(direction)
        self.session.pad.put_shown_digit()

    # ---- what is done ----------------------------------------------------------------

    def open_picture(self) -> None:
        self.sheet.choose()

    def take_dropped(self, data: QMimeData) -> None:
        self.sheet.take_dropped(data)

    def leave(self) -> bool:
        """Esc: no part of the picture is chosen any more."""
        cropping = self.session.state.pad.cropping
        if cropping:
            self.session.choose("pad", cropping=False)
        return cropping or super().leave()

    def _read_as_row(self) -> None:
        source = self.session.state.pad.drawing.source
        if source is not None:
            self.session.row.read_picture(source.opened)
            self.view_asked.emit("rows")

    def _choose(self, name: str) -> None:
        if design_of(name) not in DESIGNS:  # a heading
            return
        had_network = name in self.session.state.entrants
        self.session.designs.choose(name)
        if not had_network:
            self.session.runs.run()


def _opened(pad: slices.Pad, source: ReadPicture) -> OpenedView:
    """What is shown of a picture: the part that is looked at, or all of it while another part is
    being chosen, at first that round what is read."""
    opened = source.opened
    if not pad.cropping:
        return OpenedView(opened.looked_at, source.pieces, opened.name)
    box, taken = opened.box, [piece.box for piece in source.pieces if piece.taken]
    if opened.crop is None and taken:
        edge = round(MARGIN * max(max(each.height, each.width) for each in taken))
        box = Box(
            max(0, min(each.top for each in taken) - edge),
            max(0, min(each.left for each in taken) - edge),
            min(box.bottom, max(each.bottom for each in taken) + edge),
            min(box.right, max(each.right for each in taken) + edge),
        )
    return OpenedView(opened.turned, (), opened.name, box)


def _answer(view: PadSeen, answered: Answered | None) -> AnswerView:
    """What the design on screen says of the drawing."""
    label = view.own_names.get(view.design) or view.labels[view.design]
    if answered is None:
        told = words.answer_told(label, "", 0, "")
        return AnswerView(label, words=told)
    if view.answer_hidden:
        return AnswerView(label, words.UNKNOWN, words=words.HIDDEN)
    verdict = answered.verdict
    answer, runner_up = view.named(verdict.answer), view.named(verdict.runner_up)
    support = float(support_of(verdict.evidence).max())
    return AnswerView(
        label,
        answer,
        verdict.confidence,
        max(0, verdict.answer),
        words.then(runner_up),
        words.output(support),
        words.answer_told(label, answer, verdict.confidence, runner_up, support),
    )


def _row(view: PadSeen, design: str, answered: dict[str, Answered]) -> DesignRow:
    label, shown = DESIGNS[design_of(design)].label, design == view.design
    own, work = view.own_names.get(design, ""), view.works.get(design)
    if work is None:
        return DesignRow(design, label, words.NO_NETWORK, shown=shown)
    origin = origin_of(work, view.digits, shown and view.film, shown and view.altered)
    if view.answer_hidden and design in answered:
        return DesignRow(design, label, own or origin, shown=shown, nothing=words.UNKNOWN)
    if design not in answered:
        return DesignRow(design, label, own or origin, shown=shown, nothing=words.NO_INK)
    one, leading = answered[design], answered.get(view.design)
    grey = design not in view.alike
    said = one.verdict.answer
    return DesignRow(
        design,
        label,
        own or read_in_short(one.verdict, design) or origin,
        view.named(said),
        None,
        percent(one.verdict.confidence, 0),
        leading is not None and not grey and leading.verdict.answer != said,
        unlike=words.UNLIKE,
        bits=one.bits,
        marks=(None,) * len(one.values),
        shown=shown,
        besides=OTHER_DIGITS if grey else "",
        grey=grey,
        called=view.labels[design] if own else "",
    )
