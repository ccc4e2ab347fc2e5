"""One digit: what each design says of it, what made the difference, and what is near to it."""

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QWidget

from nnviz.session.judging import among
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import button, combo_box, offer, paragraph
from nnviz.ui.kit.folding import room_across
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel, ImageView
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, muted, row, shaped, sized
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import keep_places
from nnviz.ui.mistakes import digit_words, words
from nnviz.ui.mistakes.guess_picture import GuessPicture, GuessView
from nnviz.ui.mistakes.lead import (
    Neurons,
    answers_table,
    classes_compared,
    explained,
    lead_shown,
    neighbour_view,
    push_view,
    weights_of,
)
from nnviz.ui.mistakes.neighbour_row import NeighbourRow, NeighbourView
from nnviz.ui.mistakes.push_rows import FEWEST, Neuron, PushRows
from nnviz.ui.mistakes.seen import DigitSeen, see_digit
from nnviz.ui.pages.compared import compare_button
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import OnceLearned, is_untrained
from nnviz.ui.pages.verdicts_of_designs import VerdictsOfDesigns
from nnviz.verdicts.leads import Lead, pixel_shares
from nnviz.words import sentences

ROW = 46
"""Height of a neuron's row on the design grid; as many are shown as there is room for."""
PLAIN_ROWS = 128
"""Height of what stands above and below them."""
FOLDED = 1030
"""Width on the design grid below which the page folds, and scrolls."""
ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class OneDigit(Page):
    """The digit on screen under every design, and the evidence of the one on screen."""

    id = "digit"
    title, question = digit_words.ONE_DIGIT
    presses = 2

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-one-digit")
        self.headline = Headline(theme, TEXT + 8)
        self.basis = paragraph("lead-basis", digit_words.BASIS_TIP, plain=True)
        self.place = QLabel()
        self.place.setObjectName("place-in-list")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        explain(self.place, digit_words.PLACE_TIP)
        self.rival = combo_box("rival", *digit_words.RIVAL, self._choose_rival)
        self.right = muted(sized(QLabel(), height=28))
        self.answers = Table(
            theme, id="answer-rows", title=digit_words.ANSWERS, tip=digit_words.ANSWERS_TIP
        )
        self.answers.chosen.connect(session.designs.choose)
        self.pushes = PushRows(theme)
        self.pushes.chosen.connect(self._select)
        self.pushes.opened.connect(lambda _: self._open("detectors"))
        for part in (self.answers, self.pushes):
            part.installEventFilter(self)
        self.pixels = ImagePanel(theme, title=digit_words.PIXELS, tip=digit_words.PIXELS_TIP)
        self.votes = button(*digit_words.TO_VOTES, lambda: self._open("votes"), "to-votes")
        self.walk = button(
            *digit_words.TO_ELIMINATION, lambda: self._open("elimination"), "to-elimination"
        )
        for link in (self.votes, self.walk):
            link.setProperty("in-list", True)
        self.by_pixels, self.by_activity = (
            NeighbourRow(theme, title=title, tip=tip)
            for title, tip in zip(digit_words.NEAR, digit_words.NEAR_TIPS, strict=True)
        )
        self.alone = GuessPicture(theme, id="digit-alone")
        self._verdicts = VerdictsOfDesigns()
        self._neurons: Neurons = []
        self._arrange()
        self.setFocusProxy(self.answers)
        self.use_theme(theme)

    def _arrange(self) -> None:
        against = QLabel(words.AGAINST)
        self.networks = compare_button(self.session)
        for_operator(against, self.rival, self.networks, self.place, self.votes, self.walk)
        top = row((self.headline, 1), against, self.rival, self.networks)
        links = column(self.votes, self.walk, spacing=6)
        self._links = folding((self.pixels, 1), (links, 0), spacing=6)
        answers = self._answers = QWidget()
        column(self.right, (self.answers, 1), spacing=0, of=answers)
        sums = row((answers, 33), (self.pushes, 40), spacing=16)
        self._middle = folding((sums, 73), (self._links, 27), spacing=16)
        self._near = folding((self.by_pixels, 1), (self.by_activity, 1), spacing=16)
        self._told, inside = QWidget(), QWidget()
        second = row((self.basis, 1), self.place, spacing=12)
        column(top, second, (self._middle, 1), self._near, spacing=4, of=self._told)
        column((self._told, 1), (self.alone, 1), of=inside)
        self.learned = OnceLearned(self.session, self.theme, self, inside)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._fold()
        if self.isVisible():
            self.draw(self.see(self.session.state), False)

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        session.neighbours.ask()
        session.judgements.ask()

    def see(self, state: State) -> DigitSeen:
        return see_digit(self.session, state, self.pressed(state))

    def pressed(self, state: State) -> int:
        """A room has no place for all of it: at first the designs and the picture of evidence."""
        return 0 if state.step is None else super().pressed(state)

    def draw(self, view: DigitSeen, only_moving: bool) -> None:
        if self.learned.hides(view):
            return
        self.ask(self.session)
        self._leave_out(view)
        if only_moving and self.pushes.view is not None:
            self._follow(view)
        else:
            self._show(view)

    def _show(self, view: DigitSeen) -> None:
        lead = lead_shown(view)
        self._neurons = self._chosen(view, lead)
        told, basis = (digit_words.BROKEN, "") if view.broken else explained(view, lead)
        self.headline.say(told)
        self.basis.setText(basis)
        listed = self.session.mistakes.listed()
        self.place.setText(words.place_in_words(view.digits, view.test_digit, listed))
        self.pushes.show_view(push_view(view, lead, self._neurons))
        self._show_rivals(view, lead)
        self._show_pixels(view, lead, titled=True)
        said = self._verdicts.of(self.session.state)
        counted = among(said, view.alike)
        right = sum(verdict.answer == view.label for _, verdict in counted.values())
        known, others = None if view.label is None else right, len(said) - len(counted)
        self.right.setText(
            digit_words.answers_title(known, len(counted), others, bool(view.own_names))
        )
        self.answers.show_view(answers_table(view, said))
        self._show_links(view)
        self._show_neighbours(view)

    def _leave_out(self, view: DigitSeen) -> None:
        """What is not shown: the answer, until it is told; and of what has no room in a lecture
        all but what its presses have come to."""
        self._told.setVisible(not view.hidden)
        self.alone.setVisible(view.hidden)
        if view.hidden:
            self.alone.show_view(GuessView(view.pixels, view.digits.shape))
        room, pressed = view.lecturing, view.pressed
        for place, stretch in enumerate((58, 42) if room else (73, 27)):
            self._middle.setStretch(place, stretch)
        self.basis.setVisible(not room or pressed == 1)
        self._answers.setVisible(not room or pressed == 0)
        self.pushes.setVisible(not room or pressed == 1)
        for part in (self.by_pixels, self.by_activity):
            part.setVisible(not room or pressed == self.presses)

    def _follow(self, view: DigitSeen) -> None:
        """What moves at 30 pictures a second; words wait for the slow tick."""
        lead, shown = lead_shown(view), self.pushes.view
        if any(network >= len(lead.pushes) for network, _ in self._neurons):
            return
        moved = tuple(
            replace(each, amount=float(lead.pushes[each.neuron])) for each in shown.neurons
        )
        weights = weights_of(view, self._neurons)
        self.pushes.show_view(replace(shown, neurons=moved, weights=weights))
        self._show_pixels(view, lead, titled=False)

    def _chosen(self, view: DigitSeen, lead: Lead) -> Neurons:
        """The neurons that push most; while it learns they keep their places."""
        room = self.pushes.height() / self.theme.scale - PLAIN_ROWS
        wanted = lead.strongest(max(FEWEST, int(room // ROW)))
        old = self._neurons
        if not view.running or len(old) != len(wanted) or not old:
            return wanted
        hidden = lead.pushes.shape[1]
        flat = [np.array([m * hidden + n for m, n in each], np.intp) for each in (old, wanted)]
        return [divmod(int(each), hidden) for each in keep_places(*flat)]

    def _show_pixels(self, view: DigitSeen, lead: Lead, titled: bool) -> None:
        if view.network.front is not None:
            self.pixels.show_view(ImageView(instead=digit_words.NO_PIXELS))
            return
        found = pixel_shares(view.network, lead, view.pixels)
        everywhere = np.ones(len(found.pixels), np.bool_)
        limit = float(np.abs(found.pixels).max(initial=0)) or 1.0
        pixels = found.pixels.astype(np.float32)
        self.pixels.show_weights(pixels, everywhere, limit, view.digits.shape)
        if titled:
            told = digit_words.pixels_title(float(found.pixels.sum()), found.empty)
            if view.lecturing:
                names = view.digits.class_names
                told = digit_words.pixels_sides(names[lead.first], names[lead.second])
            self.pixels.say(told)

    def _show_rivals(self, view: DigitSeen, lead: Lead) -> None:
        names, label = view.digits.class_names, view.label
        order = np.argsort(-view.verdict.scores, kind="stable").tolist()
        items = [
            (digit_words.rival_in_words(names[each], each == label), each)
            for each in order
            if each != lead.first
        ]
        offer(self.rival, items, lead.second)

    def _show_links(self, view: DigitSeen) -> None:
        """What the pages of votes and elimination say of the digit, in one line each."""
        names, classes = view.digits.class_names, view.digits.classes
        look = partial(view.seen.look, view.pixels, classes)
        votes = look("votes", view.options, view.network)
        counts = votes.reading == "votes"
        totals = np.array(votes.steps[-1].scores) if counts else votes.pairs.sum(axis=1)
        best = votes.answer if counts else int(totals.argmax())
        told = digit_words.votes_in_words(names[best], float(totals[best]), classes - 1, counts)
        walk = look("walk", view.options, view.network)
        walks = walk.reading == "walk"
        self.walk.setVisible(walks)
        for link, said, page in (
            (self.votes, told, digit_words.TO_VOTES),
            (
                self.walk,
                digit_words.walk_in_words(view, walk) if walks else "",
                digit_words.TO_ELIMINATION,
            ),
        ):
            link.setText(said)
            link.setAccessibleName(sentences(said, page[1]))

    def _show_neighbours(self, view: DigitSeen) -> None:
        near = view.near
        if near is None:
            self.by_pixels.show_view(NeighbourView(digit_words.LOOKING[view.engine]))
            self.by_activity.show_view(NeighbourView(""))
        else:
            self.by_pixels.show_view(neighbour_view(view, near.by_pixels, True))
            self.by_activity.show_view(neighbour_view(view, near.by_activity, False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As many neurons as have room, whatever gave it or took it; and the keys that have no
        meaning in a list of rows walk."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._walks(event)
        resized = watched is self.pushes and event.type() == QEvent.Type.Resize
        if resized and self.isVisible() and not is_untrained(self.session.state):
            self._show(self.see(self.session.state))
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._walks(event):
            super().keyPressEvent(event)

    def _walks(self, event: QKeyEvent) -> bool:
        """Left and Right: the previous and the next digit of the list looked at last."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return way is not None and bare and self.session.mistakes.walk(way)

    def _fold(self) -> None:
        """Pixels and neighbours stand below each other where there is little room; before a room
        less is there."""
        room = self.session.state.lecturing
        narrow = room_across(self) < self.theme.px(FOLDED) and not room
        self._middle.setDirection(DOWN if narrow else ACROSS)
        self._links.setDirection(ACROSS if narrow else DOWN)
        self.pixels.setMinimumHeight(self.theme.px(210) if narrow else 0)
        self._near.setDirection(DOWN if narrow else ACROSS)
        self.headline.set_lines(2 if narrow else 1)

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list looked at last, before a room press by
        press."""
        if self.press(direction):
            return
        if self.session.state.lecturing:
            self.session.change(step=0 if direction > 0 else self.presses)
        if not self.session.mistakes.walk(direction):
            super().step(direction)

    def leave(self) -> bool:
        """Back to that list, once nothing is selected."""
        if not super().leave():
            self.view_asked.emit(self.session.state.mistakes.list_shown)
        return True

    # ---- choosing --------------------------------------------------------------------

    def _choose_rival(self, rival: int) -> None:
        first, _ = classes_compared(self.see(self.session.state))
        self.session.change(pair=(first, rival))

    def _select(self, place: Neuron) -> None:
        member, neuron = place
        self.session.change(member=member, neuron=neuron)

    def _open(self, page: str) -> None:
        self.session.change(page=page)


def folding(*parts: tuple[QWidget | QLayout, int], spacing: float) -> QBoxLayout:
    """Parts side by side, or below each other where there is little room."""
    made = shaped(QBoxLayout(ACROSS), spacing)
    for part, stretch in parts:
        if isinstance(part, QWidget):
            made.addWidget(part, stretch)
        else:
            made.addLayout(part, stretch)
    return made
