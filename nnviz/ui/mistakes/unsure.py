"""I don't know: refusing the digits that a network is not sure of, and what that is worth."""

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from nnviz.data.arrays import Doubles
from nnviz.questions.judged import Judged
from nnviz.questions.reliability import coverage_curve, selected
from nnviz.questions.saying_yes import NONE, said_yes
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import button, choices, keep_width, paragraph
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, flow, row, sized
from nnviz.ui.kit.telling import Teller, explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.mistakes import trust_words, words
from nnviz.ui.mistakes.coverage_plot import CoverageCurve, CoveragePlot, CoverageView
from nnviz.ui.mistakes.digit_list import MANY, DigitList
from nnviz.ui.mistakes.seen import JudgedSeen, see_judged
from nnviz.ui.mistakes.trust import style_of
from nnviz.ui.mistakes.yes_bars import YesBars, YesView
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import is_untrained
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.words import said_now

STEPS = tuple(
    [number / 100 for number in range(100)]
    + [0.99 + number / 1000 for number in range(1, 10)]
    + [0.999 + number / 10_000 for number in range(1, 10)]
)
"""Thresholds of the slider: finer towards 1, where most answers are."""


LINE = 27
"""Of the sentence, on the design grid."""


class Unsure(Page):
    """The threshold, what it leaves, and the digits it refuses or still gets wrong."""

    id = "unsure"
    title, question = trust_words.UNSURE

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-unsure")
        self.sentence = sized(
            paragraph("unsure-sentence", trust_words.SENTENCE_TIP, plain=True),
            text=TEXT + 2,
            bold=True,
        )
        self.plot = CoveragePlot(theme)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("threshold")
        self.slider.setRange(0, len(STEPS) - 1)
        self.slider.setAccessibleName(trust_words.THRESHOLD)
        self._teller = Teller(self.slider, lambda: self.sentence.text())
        explain(self.slider, trust_words.THRESHOLD_TIP)
        self.slider.valueChanged.connect(lambda step: self._change(threshold=STEPS[step]))
        self.value = sized(QLabel(), least_width=118, text=TEXT + 8, bold=True)
        self.value.setObjectName("threshold-value")
        self.zoom = button(
            *trust_words.ZOOM, lambda: self._change(zoomed=self.zoom.isChecked()), "zoom-coverage"
        )
        self.zoom.setCheckable(True)
        self.yes = YesBars(theme)
        self.yes.chosen.connect(lambda said: self._change(by_yes=said))
        lists = choices(
            {"kept": trust_words.KEPT, "refused": trust_words.REFUSED},
            "list",
            lambda which: self._change(listed=which),
            self,
        )
        self.kept, self.refused = lists.values()
        how = choices(
            {
                "outputs": trust_words.AS_THEY_ARE,
                "shares": trust_words.SHARES,
                "yes": trust_words.BY_YES,
            },
            "refuse-by",
            self._refuse_by,
            self,
        )
        self.by_outputs, self.by_shares, self.by_yes = how.values()
        self.digits = DigitList(self)
        self.digits.grid.begins_at_first = True  # as is said above the list
        for_operator(*how.values(), self.zoom)
        for_picture(self.slider)
        self._threshold, self._lists = QWidget(), flow(self.kept, self.refused)
        slider = row((self.slider, 1), self.value, spacing=10)
        column((self.plot, 1), slider, spacing=6, of=self._threshold)
        left = column(
            self.sentence,
            (self._threshold, 1),
            (self.yes, 1),
            flow(*how.values(), self.zoom),
            spacing=6,
        )
        self.digits.beside(self, left, (53, 47), self._lists)
        self.setFocusProxy(self.slider)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._make_room()
        keep_width(self.kept, [trust_words.kept_in_words(MANY)])
        keep_width(self.refused, [trust_words.refused_in_words(MANY)])

    def _make_room(self) -> None:
        """Of what is said a room sees a shorter sentence."""
        lines = 2 if self.session.state.lecturing else 3
        self.sentence.setMinimumHeight(self.theme.px(lines * LINE))

    def load_late(self) -> None:
        self.plot.load()

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        session.judgements.ask()

    def see(self, state: State) -> JudgedSeen:
        return see_judged(self.session, state)

    def draw(self, view: JudgedSeen, only_moving: bool) -> None:
        if self.digits.due(view, only_moving):
            self._show(view)

    def slow_tick(self, state: State) -> None:
        if not is_untrained(state):
            self.session.judgements.ask()

    def _show(self, view: JudgedSeen) -> None:
        self._make_room()
        trust = view.mistakes.trust
        with QSignalBlocker(self.slider):
            self.slider.setValue(int(np.abs(np.array(STEPS) - trust.threshold).argmin()))
        self.value.setText(trust_words.threshold_in_words(trust.threshold))
        self.zoom.setChecked(trust.zoomed)
        self.by_outputs.setChecked(not trust.by_shares and not trust.by_yes)
        self.by_shares.setChecked(trust.by_shares and not trust.by_yes)
        self.by_yes.setChecked(bool(trust.by_yes))
        for part in (self._threshold, self._lists):
            part.setVisible(not trust.by_yes)
        self.yes.setVisible(bool(trust.by_yes))
        own = view.known.get(view.design)
        if own is None:
            self.sentence.setText(said_now(words.WAITING[view.engine]))
            self.plot.show_view(CoverageView())
            self.yes.show_nothing()
            self.digits.show_nothing(words.WAITING[view.engine])
            return
        if trust.by_yes:
            self._show_yes(view, own)
        else:
            self._show_threshold(view, own)

    def _show_yes(self, view: JudgedSeen, own: Judged) -> None:
        if own.outputs is None:
            self.sentence.setText(said_now(trust_words.NO_YES))
            self.yes.show_nothing()
            self.digits.show_nothing(trust_words.NO_SUCH_DIGIT)
            return
        said = said_yes(own.outputs, own.answers, view.digits.labels)
        self.yes.show_view(YesView(said, view.mistakes.trust.by_yes, view.hidden))
        self.sentence.setText("" if view.hidden else trust_words.silence_told(said[NONE]))
        self._list(view, own)

    def _show_threshold(self, view: JudgedSeen, own: Judged) -> None:
        trust, labels = view.mistakes.trust, view.digits.labels
        curves = [
            CoverageCurve(
                trust_words.curve_name(view.labels[design], design not in view.alike),
                style_of(design, view.designs),
                *_coverage(view, each),
            )
            for design, each in view.known.items()
            if not view.hidden and (design == view.design or design in view.others)
        ]
        sure, right = own.sureness(trust.by_shares), own.answers == labels
        at = selected(sure, right, trust.threshold, own.answers != NOT_A_DIGIT)
        self.plot.show_view(CoverageView(tuple(curves), None if view.hidden else at, trust.zoomed))
        say = trust_words.selected_in_short if view.lecturing else trust_words.selected_in_words
        told = say(at, trust.threshold)
        self.sentence.setText("" if view.hidden else told)
        self._teller.changed()
        for choice, said, which in (
            (self.kept, trust_words.kept_in_words(at.wrong), "kept"),
            (self.refused, trust_words.refused_in_words(at.images - at.answered), "refused"),
        ):
            told = trust_words.LISTS[which] if view.hidden else said
            choice.setText(told)
            choice.setAccessibleName(told)
            choice.setChecked(trust.listed == which)
        self._list(view, own)

    def _list(self, view: JudgedSeen, judged: Judged) -> None:
        trust = view.mistakes.trust
        sure, which = judged.sureness(trust.by_shares), trust.by_yes or trust.listed
        images = self.session.mistakes.listed(self.id)
        assert images is not None
        self.digits.show_digits(
            view,
            images,
            judged,
            lambda image: trust_words.sureness(float(sure[image])),
            (which, trust.by_shares),
            heading=trust_words.SUREST_FIRST,
            empty=trust_words.NONE_LISTED.get(which, trust_words.NO_SUCH_DIGIT),
        )

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)

    # ---- choosing --------------------------------------------------------------------

    def _refuse_by(self, by: str) -> None:
        if by == "yes":
            self._change(by_yes=NONE)
        else:
            self._change(by_yes="", by_shares=by == "shares")

    def _change(self, **changes: Any) -> None:
        self.session.choose("mistakes", trust=replace(self.session.state.mistakes.trust, **changes))


def _coverage(view: JudgedSeen, judged: Judged) -> tuple[Doubles, Doubles]:
    """What `coverage_curve` says of a network that refuses as is chosen."""
    sure, answers = judged.sureness(view.mistakes.trust.by_shares), judged.answers
    return coverage_curve(sure, answers == view.digits.labels, answers != NOT_A_DIGIT)
