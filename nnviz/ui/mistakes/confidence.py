"""Confidence: of the answers given with 80 %, are 80 % right? For designs and single outputs."""

from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QWidget

from nnviz.data.arrays import Indices
from nnviz.networks.layouts import Layout
from nnviz.questions.judged import Judged
from nnviz.questions.reliability import ALL_ANSWERS, BINS, Bin, OutputSurvey, SurveyOutputs
from nnviz.session.entrants import name_now
from nnviz.session.judging import said_by_outputs
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import choices, combo_box, keep_box_width, offer, paragraph
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, muted, row, sized
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.table import Column, Row, Table, TableView, Words, number_cell
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.mistakes import trust_words, words
from nnviz.ui.mistakes.digit_list import MANY, DigitList
from nnviz.ui.mistakes.guess_words import HIDDEN, QUESTION_MARK
from nnviz.ui.mistakes.reliability_grid import COLUMNS, ROWS, OutputsView, ReliabilityGrid
from nnviz.ui.mistakes.reliability_plot import (
    ReliabilityCurve,
    ReliabilityPlot,
    ReliabilityView,
)
from nnviz.ui.mistakes.seen import JudgedSeen, see_judged
from nnviz.ui.mistakes.trust import (
    TOGETHER,
    furthest_first,
    output_curves,
    outputs_explained,
    reliability_of,
    style_of,
)
from nnviz.ui.pages.page import MOVING, LiveSurvey, Page
from nnviz.ui.pages.untrained import OnceLearned
from nnviz.verdicts.verdict import Verdict
from nnviz.words import percent, sentences


@dataclass(frozen=True)
class ConfidenceSeen(JudgedSeen):
    """All that the view shows of a state."""

    layout: Layout
    surveyed: Known[OutputSurvey] | None
    """What each output of the network on screen said."""
    verdict: Verdict = field(metadata=MOVING)

    @property
    def needs_survey(self) -> bool:
        """Whether its outputs are asked about by themselves."""
        judged = self.known.get(self.design)
        return self.mistakes.trust.each_output and (judged is None or judged.outputs is None)


class Confidence(Page):
    """Reliability curves of the designs, or of every output of the one on screen."""

    id = "confidence"
    title, question = trust_words.CONFIDENCE

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-confidence")
        self.live = LiveSurvey(session, SurveyOutputs)
        which = choices(
            {"answers": trust_words.ALL_ANSWERS_CHOICE, "outputs": trust_words.EACH_OUTPUT},
            "confidence",
            lambda chosen: self._change(each_output=chosen == "outputs", bin=None),
            self,
        )
        how = choices(
            {"said": trust_words.AS_THEY_ARE, "shares": trust_words.SHARES},
            "confidence",
            lambda chosen: self._change(shares=chosen == "shares"),
            self,
        )
        self.answers, self.outputs = which.values()
        self.said, self.shares = how.values()
        self.headline = Headline(theme, TEXT + 4)
        self.plot = ReliabilityPlot(theme)
        error = muted(sized(QLabel(trust_words.CALIBRATION_ERROR), width=298))
        error.setWordWrap(True)
        error.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.key = Table(
            theme,
            id="curve-key",
            title=trust_words.CURVES_SHOWN,
            tip=trust_words.CURVES_SHOWN_TIP,
        )
        self.key.chosen.connect(self._turn)
        self.grid = ReliabilityGrid(theme)
        self.plot.chosen.connect(self._list_bin)
        self.grid.chosen.connect(self._list_bin)
        self.bin = combo_box("confidence-bin", *trust_words.BIN, self._list_number)
        self._bins: list[Bin] = []
        self.digits = DigitList(self)
        self.digits.add_buttons()
        self.whiskers = muted(paragraph("whiskers", trust_words.WHISKERS_TIP, plain=True))
        self.whiskers.setText(trust_words.WHISKERS)
        curves, inside = QWidget(), QWidget()
        self._key = QWidget()
        column(error, (self.key, 1), spacing=0, of=self._key)
        column(row((self.plot, 1), self._key, spacing=16), of=curves)
        self._parts = QStackedWidget()
        self._alternatives = (curves, self.grid)
        for part in self._alternatives:
            self._parts.addWidget(part)
        top = flow(*which.values(), *how.values(), spring_before=self.said)
        middle = row((self._parts, 62), (self.digits, 38), spacing=16)
        below = row(self.bin, (self.whiskers, 1), spacing=12)
        column(top, self.headline, (middle, 1), below, spacing=6, of=inside)
        for_operator(*which.values(), *how.values(), self.bin)
        self.learned = OnceLearned(session, theme, self, inside)
        self.setFocusProxy(self.key)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        widest = Bin(BINS - 2, BINS - 1), Bin(BINS - 2, BINS - 1, output=0)
        keep_box_width(self.bin, (trust_words.bin_offered(each, MANY, MANY) for each in widest))

    def load_late(self) -> None:
        self.plot.load()

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        session.judgements.ask()
        if session.state.mistakes.trust.each_output:
            session.surveys.ask(SurveyOutputs)

    def see(self, state: State) -> ConfidenceSeen:
        return ConfidenceSeen(
            **vars(see_judged(self.session, state)),
            layout=state.layout,
            surveyed=self.session.surveys.found(SurveyOutputs),
            verdict=state.sure_verdict,
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
        trust, judged = view.mistakes.trust, view.known
        for choice, on in (
            (self.answers, not trust.each_output),
            (self.outputs, trust.each_output),
            (self.said, not trust.shares),
            (self.shares, trust.shares),
        ):
            choice.setChecked(on)
        for choice in (self.said, self.shares):
            choice.setVisible(not trust.each_output)
        for place, part in enumerate(self._alternatives):  # what is hidden asks for no room
            there = place == int(trust.each_output)
            policy = QSizePolicy.Policy.Preferred if there else QSizePolicy.Policy.Ignored
            part.setSizePolicy(policy, policy)
        self._parts.setCurrentIndex(int(trust.each_output))
        self.whiskers.setVisible(not trust.each_output)
        self.headline.set_lines(2 if trust.each_output and view.lecturing else 1)
        own, labels = judged.get(view.design), view.digits.labels
        if trust.each_output:
            self._show_outputs(view, own)
        elif own is None:
            self.headline.say(words.WAITING[view.engine])
            self.plot.show_view(ReliabilityView(()))
        else:
            found = reliability_of(own, labels, trust.shares)
            other = reliability_of(own, labels, not trust.shares)
            label = view.labels[view.design]
            self.headline.say(trust_words.trust_headline(label, found, other, trust.shares))
            self._show_curves(view)
        if view.hidden:
            self.headline.say(HIDDEN)
        self._show_bin(view)

    def _show_bin(self, view: ConfidenceSeen) -> None:
        """The bins on offer, and the digits of the one chosen, in the place of the key."""
        trust = view.mistakes.trust
        curves = self._offered(view)
        self._bins = [bin for bin, _, _ in curves]
        items = [(trust_words.NO_BIN, -1)]
        items += [(trust_words.bin_offered(*each), at) for at, each in enumerate(curves)]
        chosen = self._bins.index(trust.bin) if trust.bin in self._bins else -1
        offer(self.bin, items, chosen)
        wanted = self._listed(view)
        self.digits.setVisible(wanted is not None)
        self._key.setVisible(wanted is None)
        if wanted is not None:
            self._list(view, *wanted)

    def _listed(self, view: ConfidenceSeen) -> tuple[Bin, Judged, Indices] | None:
        """The bin chosen, what its network says, and its digits; None where none is to be seen."""
        trust = view.mistakes.trust
        chosen = trust.bin
        if chosen is None or view.hidden or (chosen.output >= 0) != trust.each_output:
            return None
        judged = view.known.get(self._name_of(chosen))
        images = self.session.mistakes.listed(self.id)
        return None if judged is None or images is None else (chosen, judged, images)

    def _name_of(self, chosen: Bin) -> str:
        """The entrant whose curve a bin is of."""
        state = self.session.state
        return name_now(chosen.design, state.entrants) or state.design

    def _offered(self, view: ConfidenceSeen) -> list[tuple[Bin, int, int]]:
        """Each bin of the curve of the design on screen, or of the output chosen, else the first:
        how many digits it holds, and of how many it is so."""
        if view.hidden:
            return []
        chosen = view.mistakes.trust.bin
        if view.mistakes.trust.each_output:
            shown = self.grid.view.curves if self.grid.view is not None else ()
            wanted = -1 if chosen is None else chosen.output
            curve = next((each for each in shown if each.number == wanted), None)
            curve = curve or next(iter(shown), None)
        else:
            curve = next(iter(self.plot.view.curves if self.plot.view is not None else ()), None)
        if curve is None:
            return []
        found = curve.found
        counts, hits = found.counts[found.filled].tolist(), found.hits[found.filled].tolist()
        return list(zip(curve.bins(), counts, hits, strict=True))

    def _list(self, view: ConfidenceSeen, chosen: Bin, judged: Judged, images: Indices) -> None:
        """The digits of a bin."""
        said = judged.sureness(view.mistakes.trust.shares)
        name = view.labels[self._name_of(chosen)]
        if chosen.output != ALL_ANSWERS:
            everything = said_by_outputs(self.session.state, judged)
            assert everything is not None
            said = everything[:, chosen.output]
            curves = self.grid.view.curves
            names = [each.name for each in curves if each.number == chosen.output]
            name = trust_words.output_named(names[0]) if names else name
        heading = trust_words.bin_listed(chosen, len(images), name)
        self.digits.show_digits(
            view,
            images,
            judged,
            lambda image: trust_words.sureness(float(said[image])),
            chosen,
            heading=heading,
            empty=trust_words.NO_SUCH_DIGIT,
        )

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list, where there is one."""
        listing = self.session.state.mistakes.trust.bin is not None
        if not (listing and self.session.mistakes.walk(direction)):
            super().step(direction)

    def _show_curves(self, view: ConfidenceSeen) -> None:
        trust, rows, curves = view.mistakes.trust, {}, []
        for design, each in view.known.items():
            fine = reliability_of(each, view.digits.labels, trust.shares)
            found = fine.coarser(TOGETHER) if view.lecturing else fine
            first, label = design == view.design, view.labels[design]
            if view.lecturing or not first:  # one whole name in the list tells what the others are
                label = view.own_names.get(design) or label
            name = trust_words.curve_name(label, design not in view.alike)
            shown = first or design in view.others
            style = style_of(design, view.designs)
            if view.lecturing and not shown:
                continue  # rows go before a room, never type
            error = QUESTION_MARK if view.hidden else percent(fine.error)
            rows[design] = _key_row(design, name, error, style if shown else None, first)
            if shown and not view.hidden:
                whose = "" if first else design
                curves.append(ReliabilityCurve(name, style, found, whose))
        self.key.show_view(
            TableView(
                (Column(width=44), Column(width=168, stretch=1), Column(width=66)),
                tuple(rows[each] for each in view.designs if each in rows),
                view.design,
                words=sentences(*(row.words for row in rows.values())),
                row_heights=(26, 46),
                gap=3,
            )
        )
        self.plot.show_view(ReliabilityView(tuple(curves), trust.bin))

    def _show_outputs(self, view: ConfidenceSeen, judged: Judged | None) -> None:
        told = None if view.surveyed is None else view.surveyed.result
        curves = output_curves(view.digits, view.layout, view.verdict, judged, told)
        room = COLUMNS * ROWS
        self.headline.say(outputs_explained(curves, room) if curves else words.WAITING[view.engine])
        shown = () if view.hidden else furthest_first(curves, room)
        self.grid.show_view(OutputsView(shown, view.mistakes.trust.bin))

    # ---- choosing --------------------------------------------------------------------

    def _change(self, **changes: Any) -> None:
        self.session.choose("mistakes", trust=replace(self.session.state.mistakes.trust, **changes))

    def _list_number(self, at: int) -> None:
        self._list_bin(self._bins[at] if at >= 0 else None)

    def _list_bin(self, chosen: Bin | None) -> None:
        """Lists the digits of a bin; of the one that is listed no longer."""
        trust = self.session.state.mistakes.trust
        wanted = None if chosen == trust.bin else chosen
        self.session.choose(
            "mistakes",
            trust=replace(trust, bin=wanted),
            list_shown=self.id if wanted is not None else "confusion",
        )

    def _turn(self, design: str) -> None:
        """Shows the curve of a design, or hides it; that on screen stays."""
        state = self.session.state
        if design == state.design:
            return
        others = state.mistakes.trust.others
        without = tuple(each for each in others if name_now(each, state.entrants) != design)
        more = without if len(without) < len(others) else (*others, state.keeping(design))
        self._change(others=more)


def _key_row(design: str, name: str, error: str, style: LineStyle | None, own: bool) -> Row:
    """The row of a curve: its style, if it is shown, the design and a number."""
    ink = "text" if style else "muted"
    cells = (
        style,
        Words(name, ink=ink, bold=own),
        number_cell(error, own, ink),
    )
    return Row(design, cells, words=trust_words.key_told(name, error))
