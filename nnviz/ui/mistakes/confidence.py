"""Confidence: of the answers given with 80 %, are 80 % right? For designs and single outputs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.questions.judged import Judged
from nnviz.questions.reliability import OutputSurvey, SurveyOutputs, Trust
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.mistakes.curve_key import CurveKey, KeyRow
from nnviz.ui.mistakes.judged_seen import WAITING, works_asked
from nnviz.ui.mistakes.reliability_grid import COLUMNS, ROWS, ReliabilityGrid
from nnviz.ui.mistakes.reliability_plot import ReliabilityCurve, ReliabilityPlot
from nnviz.ui.mistakes.trust_numbers import (
    error_in_words,
    furthest_first,
    output_curves,
    outputs_headline,
    reliability_of,
    style_of,
    trust_headline,
)
from nnviz.ui.pages.live_survey import LiveSurvey
from nnviz.ui.pages.page import MOVING, Page
from nnviz.ui.pages.untrained import OnceLearned, is_untrained
from nnviz.verdicts.answers import Options
from nnviz.verdicts.verdict import Verdict


@dataclass(frozen=True)
class ConfidenceSeen:
    """All that the view shows of a state."""

    untrained: bool
    running: bool
    engine: str
    design: str
    reading: str
    options: Options
    digits: ShownDigits
    layout: Layout
    trust: Trust
    known: Mapping[str, Judged]
    """Design -> what its network said, that on screen first."""
    surveyed: Known[OutputSurvey] | None
    """What each output of the network on screen said."""
    verdict: Verdict = field(metadata=MOVING)
    works: tuple[Work, ...] = field(metadata=MOVING)
    """Those that are asked."""

    @property
    def needs_survey(self) -> bool:
        """Whether its outputs are asked about by themselves."""
        judged = self.known.get(self.design)
        return self.trust.each_output and (judged is None or judged.outputs is None)


class Confidence(Page):
    """Reliability curves of the designs, or of every output of the one on screen."""

    id = "confidence"
    title = "Confidence"
    question = "When it says 80 %, is it right in 80 of 100 cases?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-confidence")
        self.live = LiveSurvey(session, SurveyOutputs)
        self.answers = self._choice(
            "All answers", "How sure each design is of its answers.", each_output=False
        )
        self.outputs = self._choice(
            "Each output", "Every output of the design on screen by itself.", each_output=True
        )
        self.said = self._choice(
            "Outputs as they are",
            "What the output of the answer says. Where no output speaks for one class: what the "
            "reading says for the answer.",
            shares=False,
        )
        self.shares = self._choice(
            "Shares of 100 %",
            "How likely the answer is where the likelihoods of all classes add up to 1: outputs "
            "divided by their sum, pairs by coupling.",
            shares=True,
        )
        for pair in ((self.answers, self.outputs), (self.said, self.shares)):
            group = QButtonGroup(self)
            for choice in pair:
                group.addButton(choice)
        self.headline = Headline(theme, TEXT + 4)
        self.plot = ReliabilityPlot(theme)
        self.key = CurveKey(
            theme,
            ("expected calibration", "error"),
            "How far what each design says is from how often it is right, on average over its "
            "answers, in 15 bins. Click to show or hide its curve; Space does the same.",
        )
        self.key.chosen.connect(self._turn)
        self.grid = ReliabilityGrid(theme)
        self._arrange()
        self.setFocusProxy(self.key)
        self.use_theme(theme)

    def _choice(self, text: str, tooltip: str, **changes: Any) -> Any:
        made = button(text, tooltip, lambda: self._change(**changes))
        made.setCheckable(True)
        return made

    def _arrange(self) -> None:
        self._top = QHBoxLayout()
        for part in (self.answers, self.outputs):
            self._top.addWidget(part)
        self._top.addStretch(1)
        for part in (self.said, self.shares):
            self._top.addWidget(part)
        curves = QWidget()
        self._curves = QHBoxLayout(curves)
        self._curves.setContentsMargins(0, 0, 0, 0)
        self._curves.addWidget(self.plot, 1)
        self._curves.addWidget(self.key)
        self._parts = QStackedWidget()
        self._parts.addWidget(curves)
        self._parts.addWidget(self.grid)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(self.headline)
        self._column.addWidget(self._parts, 1)
        self.learned = OnceLearned(self.session, self.theme, self, inside)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(6))
        self._top.setSpacing(theme.px(6))
        self._curves.setSpacing(theme.px(16))
        for choice in (self.answers, self.outputs, self.said, self.shares):
            choice.setStyleSheet(theme.button_style())
        for part in (self.headline, self.plot, self.key, self.grid, self.learned):
            part.use_theme(theme)

    def load_late(self) -> None:
        self.plot.load()

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> ConfidenceSeen:
        return ConfidenceSeen(
            untrained=is_untrained(state),
            running=state.running,
            engine=state.engine,
            design=state.design,
            reading=state.shown_reading,
            options=state.options,
            digits=state.digits,
            layout=state.layout,
            trust=state.mistakes.trust,
            known=self.session.judgements.known,
            surveyed=self.session.surveys.found(SurveyOutputs),
            verdict=state.sure_verdict,
            works=works_asked(state),
        )

    def slow_tick(self, state: State) -> None:
        view = self.see(state)
        if view.untrained:
            return
        self.session.judgements.ask()
        if state.running and view.needs_survey:
            self.live.tick()

    def draw(self, view: ConfidenceSeen, only_moving: bool) -> None:
        if self.learned.hides(view):
            return
        self.session.judgements.ask()
        if not view.running and view.needs_survey:
            self.session.surveys.ask(SurveyOutputs)
        if not only_moving:  # nothing here moves but what judging brings
            self._show(view)

    def _show(self, view: ConfidenceSeen) -> None:
        trust, judged = view.trust, view.known
        for choice, on in (
            (self.answers, not trust.each_output),
            (self.outputs, trust.each_output),
            (self.said, not trust.shares),
            (self.shares, trust.shares),
        ):
            choice.setChecked(on)
        for choice in (self.said, self.shares):
            choice.setVisible(not trust.each_output)
        self._parts.setCurrentIndex(int(trust.each_output))
        own = judged.get(view.design)
        if trust.each_output:
            self._show_outputs(view, own)
        elif own is None:
            self.headline.set_lines(1)
            self.headline.say(WAITING[view.engine])
            self.plot.show_curves(())
        else:
            self.headline.set_lines(1)
            words = trust_headline(view.design, own, view.digits.labels, view.trust.shares)
            self.headline.say(words)
            self._show_curves(view)

    def _show_curves(self, view: ConfidenceSeen) -> None:
        trust, rows, curves = view.trust, [], []
        for design, each in view.known.items():
            found = reliability_of(each, view.digits.labels, trust.shares)
            first, name = design == view.design, DESIGNS[design].label
            shown = first or design in trust.others
            style = style_of(design)
            rows.append((design, KeyRow(name, error_in_words(found), style, shown, first)))
            if shown:
                curves.append(ReliabilityCurve(name, style, found))
        order = tuple(DESIGNS)
        rows.sort(key=lambda row: order.index(row[0]))
        self._designs = [design for design, _ in rows]
        self.key.show_rows(tuple(row for _, row in rows))
        self.plot.show_curves(curves)

    def _show_outputs(self, view: ConfidenceSeen, judged: Judged | None) -> None:
        told = view.surveyed
        curves = output_curves(
            view.digits, view.layout, view.verdict, judged, None if told is None else told.result
        )
        room = COLUMNS * ROWS
        words = outputs_headline(curves)
        if len(curves) > room:
            words = f"The {room} of {len(curves)} furthest off. {words}"
        self.headline.say(words if curves else WAITING[view.engine])
        self.headline.set_lines(2)
        self.grid.show_curves(furthest_first(curves, room))

    # ---- choosing --------------------------------------------------------------------

    def _change(self, **changes: Any) -> None:
        self.session.choose("mistakes", trust=replace(self.session.state.mistakes.trust, **changes))

    def _turn(self, number: int) -> None:
        """Shows the curve of a design, or hides it; that on screen stays."""
        state, design = self.session.state, self._designs[number]
        if design == state.design:
            return
        others = state.mistakes.trust.others
        without = tuple(each for each in others if each != design)
        self._change(others=without if design in others else (*others, design))
