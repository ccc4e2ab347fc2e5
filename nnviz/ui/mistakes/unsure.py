"""I don't know: refusing the digits that a network is not sure of, and what that is worth."""

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import Judged
from nnviz.questions.reliability import Selected, coverage_curve, selected
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.mistakes.coverage_plot import CoverageCurve, CoveragePlot
from nnviz.ui.mistakes.judged_seen import WAITING, JudgedSeen, see_judged
from nnviz.ui.mistakes.listed_digits import ListedDigits
from nnviz.ui.mistakes.trust_numbers import (
    percent,
    selected_in_words,
    style_of,
    surest,
)
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import OnceLearned, is_untrained
from nnviz.verdicts.answers import NOT_A_DIGIT

NONE_LISTED = {"kept": "No mistake stays.", "refused": "No digit is refused."}
STEPS = tuple(
    [number / 100 for number in range(100)]
    + [0.99 + number / 1000 for number in range(1, 10)]
    + [0.999 + number / 10_000 for number in range(1, 10)]
)
"""Thresholds of the slider: finer towards 1, where most answers are."""


class Unsure(Page):
    """The threshold, what it leaves, and the digits it refuses or still gets wrong."""

    id = "unsure"
    title = "I don't know"
    question = "How many mistakes are left if it may say I don't know?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-unsure")
        self.sentence = QLabel()
        self.sentence.setObjectName("unsure-sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sentence.setToolTip("What the threshold does to the test digits.")
        self.plot = CoveragePlot(theme)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("threshold")
        self.slider.setRange(0, len(STEPS) - 1)
        self.slider.setAccessibleName("Threshold")
        self.slider.setToolTip(
            wrapped(
                "How sure it must be to answer: how likely the answer is, where the likelihoods "
                "of all classes add up to 1. Finer above 99 %."
            )
        )
        self.slider.valueChanged.connect(lambda step: self._change(threshold=STEPS[step]))
        self.value = QLabel()
        self.value.setObjectName("threshold-value")
        self.zoom = button(
            "From 80 %",
            "The curve from 80 % of the digits on, where most of it happens.",
            lambda: self._change(zoomed=self.zoom.isChecked()),
            "zoom-coverage",
        )
        self.zoom.setCheckable(True)
        self.kept = self._choice(
            "kept", "Mistakes that stay", "The mistakes that it is sure enough of to make."
        )
        self.refused = self._choice("refused", "Refused", "The digits that it does not answer.")
        group = QButtonGroup(self)
        for choice in (self.kept, self.refused):
            group.addButton(choice)
        self.digits = ListedDigits(session, theme, self)
        self._arrange()
        self.setFocusProxy(self.slider)
        self.use_theme(theme)

    def _choice(self, which: str, words: str, tooltip: str) -> Any:
        made = button(words, tooltip, lambda: self._change(listed=which), f"list-{which}")
        made.setCheckable(True)
        return made

    def _arrange(self) -> None:
        self._row = QHBoxLayout()
        self._row.addWidget(self.slider, 1)
        self._row.addWidget(self.value)
        self._row.addWidget(self.zoom)
        left = QVBoxLayout()
        left.addWidget(self.sentence)
        left.addWidget(self.plot, 1)
        left.addLayout(self._row)
        self._choices = QHBoxLayout()
        self._choices.addWidget(self.kept)
        self._choices.addWidget(self.refused)
        self._choices.addStretch(1)
        right = QVBoxLayout()
        right.addLayout(self._choices)
        right.addWidget(self.digits, 1)
        inside = QWidget()
        self._middle = QHBoxLayout(inside)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addLayout(left, 52)
        self._middle.addLayout(right, 48)
        self._sides = (left, right)
        self.learned = OnceLearned(self.session, self.theme, self, inside)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._middle.setSpacing(theme.px(20))
        for side in self._sides:
            side.setSpacing(theme.px(6))
        self._row.setSpacing(theme.px(10))
        self._choices.setSpacing(theme.px(6))
        self.sentence.setFont(theme.font(TEXT + 2, bold=True))
        self.value.setFont(theme.font(TEXT + 8, bold=True))
        self.value.setMinimumWidth(theme.px(118))
        for choice in (self.kept, self.refused, self.zoom):
            choice.setStyleSheet(theme.button_style())
        for part in (self.plot, self.digits, self.learned):
            part.use_theme(theme)

    def load_late(self) -> None:
        self.plot.load()

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> JudgedSeen:
        return see_judged(self.session, state)

    def draw(self, view: JudgedSeen, only_moving: bool) -> None:
        if self.learned.hides(view):
            return
        self.session.judgements.ask()
        if not only_moving:  # nothing here moves but what judging brings
            self._show(view)

    def slow_tick(self, state: State) -> None:
        if not is_untrained(state):
            self.session.judgements.ask()

    def _show(self, view: JudgedSeen) -> None:
        threshold = view.mistakes.trust.threshold
        with QSignalBlocker(self.slider):
            self.slider.setValue(int(np.abs(np.array(STEPS) - threshold).argmin()))
        self.value.setText(percent(threshold))
        self.zoom.setChecked(view.mistakes.trust.zoomed)
        judged = view.known
        own = judged.get(view.design)
        if own is None:
            self.sentence.setText(WAITING[view.engine])
            self.plot.show_curves((), None)
            self.digits.show_nothing(WAITING[view.engine])
            return
        labels = view.digits.labels
        curves = []
        for design, each in judged.items():
            if design != view.design and design not in view.mistakes.trust.others:
                continue
            named = each.answers != NOT_A_DIGIT
            found = coverage_curve(surest(each, True), each.answers == labels, named)
            curves.append(CoverageCurve(DESIGNS[design].label, style_of(design), *found))
        at = selected(
            surest(own, True), own.answers == labels, threshold, own.answers != NOT_A_DIGIT
        )
        self.plot.show_curves(curves, at, view.mistakes.trust.zoomed)
        self.sentence.setText(selected_in_words(at, threshold))
        self.slider.setAccessibleDescription(self.sentence.text())
        self._list(view, own, at)

    def _list(self, view: JudgedSeen, judged: Judged, at: Selected) -> None:
        sure = surest(judged, True)
        for choice, words, which in (
            (self.kept, f"Mistakes that stay: {at.wrong:,}", "kept"),
            (self.refused, f"Refused: {at.images - at.answered:,}", "refused"),
        ):
            choice.setText(words)
            choice.setAccessibleName(words)
            choice.setChecked(view.mistakes.trust.listed == which)
        images = self.session.mistakes.listed(self.id)
        assert images is not None
        self.digits.show_digits(
            view,
            "the surest first" if len(images) else NONE_LISTED[view.mistakes.trust.listed],
            images,
            judged.answers,
            lambda image: percent_of(float(sure[image])),
            view.mistakes.trust.listed,
        )

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)

    # ---- choosing --------------------------------------------------------------------

    def _change(self, **changes: Any) -> None:
        self.session.choose("mistakes", trust=replace(self.session.state.mistakes.trust, **changes))


def percent_of(share: float) -> str:
    """How sure an answer is, never rounded up to 100 %."""
    return f"{np.floor(1000 * share) / 10:.1f} %" if share > 0.99 else f"{100 * share:.0f} %"
