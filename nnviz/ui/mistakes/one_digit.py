"""One digit: what each design says of it, what made the difference, and what is near to it."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.networks.designs import DESIGNS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.digit_with_label import DigitWithLabel
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.kit.weight_images import keep_places
from nnviz.ui.mistakes.answer_rows import AnswerRows
from nnviz.ui.mistakes.bit_words import bits_basis, bits_headline, decided_by_bits
from nnviz.ui.mistakes.digit_seen import DigitSeen, see_digit
from nnviz.ui.mistakes.lead_pictures import (
    Places,
    answer_rows,
    ink_limit,
    neighbour_view,
    path_in_words,
    push_view,
    weights_of,
)
from nnviz.ui.mistakes.lead_words import basis, classes_compared, headline
from nnviz.ui.mistakes.listing_words import place_in_words
from nnviz.ui.mistakes.neighbour_row import NeighbourRow
from nnviz.ui.mistakes.push_rows import FEWEST, PushRows
from nnviz.ui.pages.output_words import signed
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import OnceLearned, is_untrained
from nnviz.ui.pages.verdicts_of_designs import VerdictsOfDesigns
from nnviz.verdicts.leads import Lead, lead_of, pixel_shares

ROW = 46
"""Height of a neuron's row on the design grid; as many are shown as there is room for."""
PLAIN_ROWS = 128
"""Height of what stands above and below them."""
FOLDED = 1030
"""Width on the design grid below which the page folds, and scrolls."""
ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
BROKEN = "The weights are no longer numbers, so there is no evidence. Reset starts anew."
PIXELS = (
    "What each pixel adds to the lead: orange speaks for the first class, blue for the second. "
    "Through the hidden layer this is not a plain sum, so each pixel gets its share along the "
    "straight way from the empty page to this digit (integrated gradients, Sundararajan and others "
    "2017, exact for one hidden layer). With the lead of the empty page it adds up to the total."
)


class OneDigit(Page):
    """The digit on screen under every design, and the evidence of the one on screen."""

    id = "digit"
    title = "One digit"
    question = "What does each design say of this digit, and what made the difference?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-one-digit")
        self.digit = DigitWithLabel(theme)
        self.headline = Headline(theme, TEXT + 8)
        self.basis = QLabel()
        self.basis.setObjectName("lead-basis")
        self.basis.setWordWrap(True)
        self.basis.setTextFormat(Qt.TextFormat.PlainText)
        self.basis.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.basis.setToolTip("Which outputs tell the two classes apart in this design.")
        self.place = QLabel()
        self.place.setObjectName("place-in-list")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setToolTip(
            "The number of the digit, and where it stands in the list looked at last: PageDown "
            "and PageUp go through that list, Esc goes back to it."
        )
        self.against = QLabel("against")
        self.rival = QComboBox()
        self.rival.setObjectName("rival")
        self.rival.setAccessibleName("Compared with")
        self.rival.setToolTip("The class that the answer is compared with.")
        self.rival.activated.connect(self._choose_rival)
        self.answers = AnswerRows(theme)
        self.answers.chosen.connect(self._choose_design)
        self.pushes = PushRows(theme)
        self.pushes.chosen.connect(self._select)
        self.pushes.opened.connect(self._open_neuron)
        self.pixels = ImagePanel(theme, title="What each pixel adds", tip=PIXELS)
        self.votes = button("Votes", "Opens the Votes page.", lambda: self._open("votes"))
        self.votes.setObjectName("to-votes")
        self.walk = button(
            "Elimination", "Opens the Elimination page.", lambda: self._open("elimination")
        )
        self.walk.setObjectName("to-elimination")
        self.by_pixels = NeighbourRow(
            theme,
            "Nearest training digits by pixels",
            wrapped(
                "The ten training digits whose pixels are nearest (Euclidean distance). A solid "
                "orange frame has the answer's label, a dashed blue one the true label."
            ),
        )
        self.by_activity = NeighbourRow(
            theme,
            "Nearest training digits in the hidden layer",
            wrapped(
                "The ten training digits that fire the hidden neurons most alike (Euclidean "
                "distance of all activities). Frames as to the left."
            ),
        )
        self._verdicts = VerdictsOfDesigns()
        self._places: Places = []
        self._arrange()
        self.setFocusProxy(self.answers)
        self.use_theme(theme)

    def _arrange(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.digit)
        self._top.addWidget(self.headline, 1)
        self._top.addWidget(self.against)
        self._top.addWidget(self.rival)
        links = QVBoxLayout()
        links.addWidget(self.votes)
        links.addWidget(self.walk)
        self._links = QBoxLayout(ACROSS)
        self._links.addWidget(self.pixels, 1)
        self._links.addLayout(links)
        self._sums = QHBoxLayout()
        self._sums.addWidget(self.answers, 31)
        self._sums.addWidget(self.pushes, 42)
        self._middle = QBoxLayout(ACROSS)
        self._middle.addLayout(self._sums, 73)
        self._middle.addLayout(self._links, 27)
        self._near = QBoxLayout(ACROSS)
        self._near.addWidget(self.by_pixels, 1)
        self._near.addWidget(self.by_activity, 1)
        inside = self._inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._second = QHBoxLayout()
        self._second.addWidget(self.basis, 1)
        self._second.addWidget(self.place)
        self._column.addLayout(self._second)
        self._column.addLayout(self._middle, 1)
        self._column.addLayout(self._near)
        self.learned = OnceLearned(self.session, self.theme, self, inside)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(4))
        self._top.setSpacing(theme.px(8))
        self._links.setSpacing(theme.px(6))
        for row in (self._middle, self._sums, self._near):
            row.setSpacing(theme.px(16))
        self._fold()
        self._second.setSpacing(theme.px(12))
        for words in (self.basis, self.place, self.against, self.rival):
            words.setFont(theme.font())
        for link in (self.votes, self.walk):
            link.setStyleSheet(theme.button_style("left"))
        for part in (
            self.digit,
            self.headline,
            self.answers,
            self.pushes,
            self.pixels,
            self.by_pixels,
            self.by_activity,
            self.learned,
        ):
            part.use_theme(theme)
        if self.isVisible():
            self.draw(self.see(self.session.state), False)

    def beside_digit(self, beside: bool) -> None:
        self.digit.setVisible(not beside)
        self._fold()

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> DigitSeen:
        return see_digit(self.session, state)

    def draw(self, view: DigitSeen, only_moving: bool) -> None:
        if self.learned.hides(view):
            return
        self.session.neighbours.ask()
        self.session.judgements.ask()
        if only_moving and self.pushes.view is not None:
            self._follow(view)
        else:
            self._show(view)

    def _lead(self, view: DigitSeen) -> Lead:
        image = view.pixels
        first, second = classes_compared(view)
        return lead_of(view.network, view.layout, image, first, second)

    def _show(self, view: DigitSeen) -> None:
        lead, digits = self._lead(view), view.digits
        self._places = self._chosen(view, lead)
        sentences = headline(view, lead), basis(view, lead)
        if not view.broken and decided_by_bits(view):
            sentences = bits_headline(view), bits_basis(view)
        self.headline.say(BROKEN if view.broken else sentences[0])
        self.basis.setText("" if view.broken else sentences[1])
        self.place.setText(
            place_in_words(view.digits, view.test_digit, self.session.mistakes.listed())
        )
        self.digit.show_digit(view.pixels, digits, view.label, view.verdict.answer)
        self.pushes.show_view(push_view(view, lead, self._places), digits.inked, digits.shape)
        self._show_rivals(view, lead)
        self._show_pixels(view, lead, words=True)
        self.answers.show_rows(*answer_rows(view, self._verdicts.of(self.session.state)))
        self._show_links(view)
        self._show_neighbours(view)

    def _follow(self, view: DigitSeen) -> None:
        """What moves at 30 pictures a second; words wait for the slow tick."""
        lead, digits = self._lead(view), view.digits
        if any(place[0] >= len(lead.pushes) for place in self._places):
            return
        amounts = tuple(float(lead.pushes[place]) for place in self._places)
        self.pushes.follow(amounts, weights_of(view, self._places), digits.inked, digits.shape)
        self._show_pixels(view, lead, words=False)

    def _chosen(self, view: DigitSeen, lead: Lead) -> Places:
        """The neurons that push most; while it learns they keep their places."""
        room = self.pushes.height() / self.theme.scale - PLAIN_ROWS
        wanted = lead.strongest(max(FEWEST, int(room // ROW)))
        old = self._places
        if not view.running or len(old) != len(wanted) or not old:
            return wanted
        hidden = lead.pushes.shape[1]
        flat = [np.array([m * hidden + n for m, n in each], np.intp) for each in (old, wanted)]
        return [divmod(int(each), hidden) for each in keep_places(*flat)]

    def _show_pixels(self, view: DigitSeen, lead: Lead, words: bool) -> None:
        digits = view.digits
        found = pixel_shares(view.network, lead, view.pixels)
        everywhere = np.ones(len(found.pixels), np.bool_)
        pixels = found.pixels.astype(np.float32)
        self.pixels.show_weights(pixels, everywhere, ink_limit(found.pixels), digits.shape)
        if words:
            ink = float(found.pixels.sum())
            self.pixels.say(f"pixels {signed(ink, 2)}, empty page {signed(found.empty, 2)}")

    def _show_rivals(self, view: DigitSeen, lead: Lead) -> None:
        names, label = view.digits.class_names, view.label
        scores = view.verdict.scores
        order = [each for each in np.argsort(-scores, kind="stable").tolist() if each != lead.first]
        rows = [(f"{names[each]}{', its label' if each == label else ''}", each) for each in order]
        with QSignalBlocker(self.rival):
            self.rival.clear()
            for words, each in rows:
                self.rival.addItem(words, each)
            self.rival.setCurrentIndex(self.rival.findData(lead.second))

    def _show_links(self, view: DigitSeen) -> None:
        """What the pages of votes and elimination say of the digit, in one line each."""
        network, names = view.network, view.digits.class_names
        image, classes = view.pixels, view.digits.classes
        votes = view.seen.look(image, classes, "votes", view.options, network)
        counts = votes.reading == "votes"
        totals = np.array(votes.steps[-1].scores) if counts else votes.pairs.sum(axis=1)
        best = votes.answer if counts else int(totals.argmax())
        what = "Votes" if counts else "Pairs"
        self.votes.setText(f"{what}: {names[best]} has {totals[best]:.3g} of {classes - 1}")
        walk = view.seen.look(image, classes, "walk", view.options, network)
        self.walk.setVisible(walk.reading == "walk")
        if walk.reading == "walk":
            self.walk.setText(f"Walk: {path_in_words(view, walk)}")
        for link, page in ((self.votes, "Votes"), (self.walk, "Elimination")):
            link.setAccessibleName(f"{link.text()}. Opens the page {page}.")

    def _show_neighbours(self, view: DigitSeen) -> None:
        near = view.near
        if near is None:
            waiting = {
                "ready": "Looking for the nearest training digits ...",
                "starting": "The training digits are still being loaded.",
                "dead": "Looking for the nearest training digits ...",
            }[view.engine]
            self.by_pixels.say(waiting)
            self.by_activity.say("")
            return
        shape = view.digits.shape
        self.by_pixels.show_view(neighbour_view(view, near.by_pixels, "by pixels"), shape)
        self.by_activity.show_view(neighbour_view(view, near.by_activity, "in hidden layer"), shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        if self.isVisible() and not is_untrained(self.session.state):
            self._show(self.see(self.session.state))

    def _fold(self) -> None:
        """Pixels and neighbours stand below each other where there is little room."""
        narrow = self.width() < self.theme.px(FOLDED)
        self._middle.setDirection(DOWN if narrow else ACROSS)
        self._links.setDirection(ACROSS if narrow else DOWN)
        self.pixels.setMinimumHeight(self.theme.px(210) if narrow else 0)
        self._near.setDirection(DOWN if narrow else ACROSS)
        self.headline.set_lines(2 if narrow or not self.digit.isHidden() else 1)

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list looked at last."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)

    def leave(self) -> bool:
        """Back to that list, once nothing is selected."""
        if not super().leave():
            self.view_asked.emit(self.session.state.mistakes.list_shown)
        return True

    # ---- choosing --------------------------------------------------------------------

    def _choose_design(self, number: int) -> None:
        self.session.designs.choose(tuple(DESIGNS)[number])

    def _choose_rival(self, index: int) -> None:
        first, _ = classes_compared(self.see(self.session.state))
        self.session.change(pair=(first, int(self.rival.itemData(index))))

    def _select(self, place: int) -> None:
        member, neuron = self._places[place]
        self.session.change(member=member, neuron=neuron)

    def _open_neuron(self, place: int) -> None:
        self._select(place)
        self._open("detectors")

    def _open(self, page: str) -> None:
        self.session.change(page=page)
