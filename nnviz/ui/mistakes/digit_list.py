"""The digits behind what was chosen: how many, each of them, and buttons to save them."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from nnviz.data.arrays import Indices
from nnviz.questions.judged import Judged
from nnviz.ui.kit.controls import button, keep_width, paragraph
from nnviz.ui.kit.digit_grid import DigitGrid
from nnviz.ui.kit.digit_tiles import GridView
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, dress, flow, placed, row, sized
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.guess_words import HIDDEN
from nnviz.ui.mistakes.seen import JudgedSeen
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import OnceLearned

MANY = 10_000
"""Digits that a button has room to count."""


class DigitList(QWidget):
    """A heading above the digits; a click shows one on every page.

    The buttons `untick` and `save` say how many digits they are about; a page puts them where it
    has room.
    """

    def __init__(self, page: Page, heading: QLabel | None = None, spacing: float = 6) -> None:
        super().__init__()
        self._session = session = page.session
        self.heading = heading or sized(paragraph("digits-heading", plain=True), bold=True)
        self.grid = DigitGrid(page.theme)
        self.grid.chosen.connect(lambda image: session.change(image=image, output=None))
        self.grid.ticking.connect(lambda images: session.choose("mistakes", ticked=images))
        self.grid.opened.connect(lambda: page.view_asked.emit("digit"))
        self.grid.missed.connect(self._say_missing)
        self.untick = button(*words.UNTICK, lambda: self.grid.ticking.emit(frozenset()), "untick")
        self.save = button(*words.SAVE, page.export_asked.emit, "save-digits")
        for_operator(self.untick, self.save)
        placed(self.heading)
        self._column = column(self.heading, (self.grid, 1), spacing=spacing, of=self)
        self.setFocusProxy(self.grid)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self.keep_widths()

    def keep_widths(self) -> None:
        """Has no count on the button that saves move what stands beside it; for a page that has
        the buttons elsewhere."""
        keep_width(self.save, (words.save_in_words(ticked, MANY) for ticked in (True, False)))

    def beside(
        self,
        page: Page,
        left: QLayout,
        parts: tuple[int, int],
        above: QWidget | None = None,
        below: QWidget | None = None,
    ) -> None:
        """Fills a page: what chooses at the left, and at the right the digits with the buttons,
        `above` and `below`; only of a network that has learned."""
        self.add_buttons()
        right = column(above, (self, 1), below, spacing=6)
        inside = QWidget()
        column(row((left, parts[0]), (right, parts[1]), spacing=20), of=inside)
        self.learned = OnceLearned(self._session, page.theme, page, inside)

    def add_buttons(self) -> None:
        """Puts its buttons below the digits."""
        self._column.addWidget(flow(self.save, self.untick, spacing=8))

    def due(self, view: JudgedSeen, only_moving: bool) -> bool:
        """Asks for what is still to be judged; -> whether the page has to be drawn: nothing in it
        moves but what judging brings."""
        if self.learned.hides(view):
            return False
        self._session.judgements.ask()
        return not only_moving

    def show_digits(
        self,
        view: JudgedSeen,
        images: Indices,
        judged: Judged,
        below: Callable[[int], str],
        what: object,
        *,
        heading: str,
        empty: str,
    ) -> None:
        """Numbers of test digits, what each of all of them is read as, and what stands below;
        another list is told by `what`. `empty` says why there is none."""
        if view.hidden or not len(images):
            self.show_nothing(HIDDEN if view.hidden else empty)
            return
        self.grid.show_whole(view.lecturing)
        self.heading.setText(heading)
        self.heading.show()
        self._count(images)
        old = self.grid.view
        if old is not None and np.array_equal(old.images, images):
            images = old.images  # what is known of its places stays known
        facts = None if view.said is None else partial(words.facts_in_words, view, view.said)
        digits, image, ticked = view.digits, view.image, view.mistakes.ticked
        names = words.short_names(digits.class_names)
        self.grid.show_view(
            GridView(digits, images, judged.answers, names, below, image, ticked, facts, what)
        )

    def show_nothing(self, why: str) -> None:
        """Says why no digit is there."""
        self._count(np.zeros(0, np.intp))
        self.heading.hide()
        self.grid.show_nothing(why)

    def _count(self, listed: Indices) -> None:
        """Says what would be saved of the digits ticked and listed (digits,), and which ticks are
        not among those."""
        chosen = self._session.state.mistakes.ticked
        ticked = len(chosen)
        unseen = ticked - int(np.count_nonzero(np.isin(list(chosen), listed)))
        self.untick.setText(words.untick_in_words(ticked, unseen))
        self.save.setText(words.save_in_words(bool(ticked), ticked or len(listed)))
        self.untick.setEnabled(bool(ticked))
        self.save.setEnabled(bool(ticked or len(listed)))
        for each in (self.untick, self.save):
            each.setAccessibleName(each.text())

    def _say_missing(self, image: int) -> None:
        view = self.grid.view
        listed = 0 if view is None else len(view.images)
        self._session.say("passing", words.unlisted_in_words(image, listed))
