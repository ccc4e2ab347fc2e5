"""Train: the digit, the hidden weight images and the outputs as one connected picture."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from nnviz.data.arrays import Bytes
from nnviz.data.catalogue import test_of
from nnviz.data.digits import ShownDigits
from nnviz.networks.layouts import Layout
from nnviz.questions.checks.checkup import CheckedUp, CheckUp
from nnviz.questions.checks.table import Finding
from nnviz.questions.checks.trying import DIGITS, Try
from nnviz.session.checks import check_up, checked_up, findings_of
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.kit.layout import column, row, sized
from nnviz.ui.kit.seeing import Kept, seen
from nnviz.ui.kit.sign_legend import SignLegend
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import keep_places, on_scale, own_limits, shared_limit
from nnviz.ui.pages.conclusion import Conclusion
from nnviz.ui.pages.output_words import (
    marks_of,
    named_network,
    only_class_of,
    outputs_in_words,
    ratios_in_words,
    shown_row,
    strong_rows,
)
from nnviz.ui.pages.page import MOVING, Page
from nnviz.ui.pages.weight_images_needed import PictureOrSentence
from nnviz.ui.train import words
from nnviz.ui.train.bits_seen import layer_of, word_of
from nnviz.ui.train.checks import Checks
from nnviz.ui.train.conclusion import conclude
from nnviz.ui.train.curves import Curves
from nnviz.ui.train.network import NetworkPicture
from nnviz.ui.train.view import NetworkView, WordView
from nnviz.verdicts.answers import NOT_A_DIGIT, answer_in_words
from nnviz.verdicts.verdict import Verdict
from nnviz.words import percent, sentences

MOST_TILES = 36
"""Up to so many hidden neurons are all shown with lines."""
TILES = 30
"""How many are shown when there are more."""
LINES = 8
LEGEND_FITS = 900
"""Width on the design grid from which there is room for the legend."""
ANY_PAIR = 0, 1
"""The pair whose network is drawn while the answer is hidden: the strongest rival would be it."""
CHECKED_EVERY = 10
"""Slow ticks between two questions of whether a run goes well: two seconds."""
SMOOTHING = 0.9
"""How much of the colour scale's end is kept from one slow tick to the next."""


@dataclass(frozen=True)
class TrainSeen:
    """All that the page shows of a state."""

    running: bool
    run: int
    moment: int | None
    layout: Layout
    digits: ShownDigits
    test_digit: int
    pixels: Bytes
    label: int | None
    output: int | None
    member: int
    pair: tuple[int, int] | None
    neuron: int | None
    dense: bool
    own_scales: bool
    lecturing: bool
    answer_hidden: bool
    work: Work = field(metadata=MOVING)
    """The network on screen."""
    seen: Work = field(metadata=MOVING)
    """The same, or a moment of its film."""
    verdict: Verdict = field(metadata=MOVING)
    check_up: CheckUp | None = field(metadata=MOVING)
    """What is asked of what the pictures show, to tell what goes wrong"""
    checked: CheckedUp | None = field(metadata=MOVING)
    """What was found"""


class TrainPage(Page):
    """Watch the network learn; see why it gives this answer."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("page-train")
        self.picture = NetworkPicture(theme)
        self.picture.chosen.connect(lambda key: self._choose_part(*key))
        self.legend = SignLegend(theme, words.SIGNS, title=words.LEGEND)
        self.curves = Curves(theme)
        self.checks = Checks(theme, self._tell_finding, self._try_out)
        self.conclusion = Conclusion(session, theme, conclude, lines=1)
        self.line_legend = SignLegend(theme, words.LINE_SIGNS, title=words.LEGEND, id="line-legend")
        self.panel = sized(QFrame(), height=158)
        self.panel.setObjectName("curves-panel")
        self.panel.setAutoFillBackground(True)
        self.panel.setLayout(row(self.legend, (self.curves, 1), spacing=6, margins=(10, 0, 6, 0)))
        self._stack = PictureOrSentence(
            theme, self.picture, lambda: session.change(page="detectors")
        )
        self.instead = self._stack.instead
        parts = (self._stack, 1), self.line_legend, self.panel, self.checks, self.conclusion
        column(*parts, spacing=5, margins=(14, 4, 12, 8), of=self)
        self.setFocusProxy(self.picture)
        self._limit = 0.0
        self._chosen: NDArray[np.intp] = np.zeros(0, np.intp)
        self._chosen_for: tuple[int, int, int | None] = (-1, -1, None)
        """Run, digit and output that the tiles were chosen for"""
        self._output, self._sign, self._member = 0, 1.0, 0
        self._said = Kept[dict[str, Any]]()
        self._ticks = 0
        self.use_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        """Beside the curves where there is room, else in a line; where there is something to
        explain."""
        shown = self._stack.currentWidget() is self.picture
        lecturing = self.session.state.lecturing
        beside = not lecturing and self.width() >= self.theme.px(LEGEND_FITS)
        self.legend.setVisible(shown and beside)
        self.line_legend.setVisible(shown and not beside)
        for part in (self.panel, self.conclusion):  # a room gets the accuracy as one number
            part.setVisible(not lecturing)

    def load_late(self) -> None:
        self.curves.load()

    def see(self, state: State) -> TrainSeen:
        return seen(
            TrainSeen,
            state,
            running=state.learns,
            label=state.shown_label,
            verdict=state.sure_verdict,
            check_up=check_up(state),
            checked=checked_up(state),
        )

    def draw(self, view: TrainSeen, only_moving: bool) -> None:
        self._show_legend()
        # pictures follow at once; lines and words only as fast as they can be read
        if not only_moving:
            self._show_curves(view)
            if not view.running:
                self._check(view)
        drawn = self.picture.view
        if only_moving and drawn is not None and view.seen.network.front is None:
            self.picture.show_view(replace(drawn, **self._moving(view)))
        else:
            self._show(view)

    def slow_tick(self, state: State) -> None:
        self._show(self.see(state))

    def curves_tick(self, state: State) -> None:
        view = self.see(state)
        self._show_curves(view)
        self._ticks -= 1
        if self._ticks <= 0:
            self._ticks = CHECKED_EVERY
            self._check(view)
        else:
            self._show_checks()

    def _check(self, view: TrainSeen) -> None:
        """Shows what goes wrong, and asks anew."""
        self._show_checks()
        if view.check_up is not None and not view.lecturing:
            self.session.answers.get(view.check_up)

    def _show_checks(self) -> None:
        state = self.session.state
        self.checks.show_findings(() if state.lecturing else findings_of(state))

    def _tell_finding(self, finding: Finding) -> None:
        self.session.say("info", finding.explained)

    def _try_out(self, tried: Try) -> None:
        if tried.setting == DIGITS:
            self.digits_asked.emit(str(tried.value))
        else:
            self.session.controls.try_out(**{tried.setting: tried.value})

    def _show_curves(self, view: TrainSeen) -> None:
        work, digits = view.work, view.digits
        name = digits.test_named if work.opened is None else test_of(work.opened.digits)
        self.curves.show_points(view.seen.curve, work.epoch_length(digits), name)

    @property
    def hovering(self) -> bool:
        return self.picture.hovering

    def _show(self, view: TrainSeen) -> None:
        """Decides which neurons, lines, numbers and colour scale are shown, and shows them."""
        front = view.seen.network.front is not None
        self.setFocusProxy(self._stack.show_picture(not front))
        self._show_legend()
        if front:
            return
        verdict, network, layout = view.verdict, view.seen.network, view.layout
        names, hidden = view.digits.class_names, view.answer_hidden
        pair = ANY_PAIR if hidden and view.pair is None else view.pair
        rows = verdict.rows(names, view.member, pair)
        answer = NOT_A_DIGIT if hidden else verdict.answer
        # of a hidden answer not even the network that gives it is shown
        output = 0 if hidden and view.output is None else view.output
        shown = shown_row(layout, rows, answer, output, view.pair)
        self._output, self._sign = rows[shown].output, rows[shown].sign
        self._member = int(network.output_networks[self._output])
        if view.dense or network.hidden <= MOST_TILES:
            self._chosen = np.arange(network.hidden)
        else:
            self._choose_tiles(view, verdict.strongest(self._output, TILES))
        limit = shared_limit(network.hidden_weights[self._member], view.digits.inked)
        keep = SMOOTHING if view.running and self._limit else 0.0
        self._limit = keep * self._limit + (1 - keep) * limit
        ratios = ratios_in_words(view.digits, view.seen)
        ratio = ratios[self._output] if ratios else ""
        moving = self._moving(view)
        lines = () if hidden else self._lines(verdict)
        label = None if hidden else view.label
        word = word_of(verdict, names, view.label, hidden)
        self.picture.show_view(
            NetworkView(
                pixels=view.pixels,
                shape=view.digits.shape,
                neurons=self._chosen,
                heading=self._heading(view, ratio),
                outputs_title=outputs_in_words(layout),
                inked=view.digits.inked,
                lines=lines,
                amounts=tuple(moving["contributions"][list(lines)].tolist()),
                percents=tuple("" if hidden else percent(row.value, 0) for row in rows),
                names=tuple(row.name for row in rows),
                strong=frozenset() if hidden else strong_rows(layout, rows, answer),
                framed=_framed(answer, len(rows), word),
                marks=marks_of(layout, rows, answer, label),
                shown_output=shown,
                drawn=not hidden,
                selected=view.neuron,
                dense=view.dense,
                sentence=words.HIDDEN if hidden else _in_words(view, ratio, word),
                large=view.lecturing,
                word=word,
                layer=layer_of(verdict, view.label, hidden),
                **moving,
            )
        )

    def _lines(self, verdict: Verdict) -> tuple[int, ...]:
        """The tiles that have one."""
        strongest = verdict.strongest(self._output, LINES)
        strongest = strongest[verdict.contributions_of(self._output)[strongest] != 0]
        return tuple(np.flatnonzero(np.isin(self._chosen, strongest)).tolist())

    def _heading(self, view: TrainSeen, ratio: str) -> tuple[str, str]:
        """Which neurons are drawn, and from how many of each their network learns."""
        layout, names = view.layout, view.digits.class_names
        only = only_class_of(layout, self._member)
        if only is not None:
            asked = words.network_asked(names[only], ratio)
            return asked, asked
        named = named_network(layout, names, self._member)
        if ratio:
            named = words.NETWORK_WITH_RATIO.format(network=named, ratio=ratio)
        return words.neurons_heading(len(self._chosen), view.seen.network.hidden, named)

    def _choose_tiles(self, view: TrainSeen, strongest: NDArray[np.intp]) -> None:
        """While it learns, an image keeps its place as long as it is shown."""
        subject = (view.run, view.test_digit, view.output)
        if view.running and subject == self._chosen_for and len(self._chosen) == TILES:
            self._chosen = keep_places(self._chosen, strongest)
        else:
            self._chosen = np.sort(strongest)
        self._chosen_for = subject

    def _moving(self, view: TrainSeen) -> dict[str, Any]:
        """What moves at 30 pictures a second, of the neurons and the output chosen."""
        weights = view.seen.network.hidden_weights[self._member][self._chosen]
        said = self._said.get(
            "moving",
            (
                *(view.verdict, self._member, self._output, self._sign, self._chosen, view.pair),
                view.answer_hidden,
            ),
            lambda: self._moved(view),
        )
        limit = own_limits(weights, view.digits.inked) if view.own_scales else self._limit
        return {"weights": weights, "limit": limit, **said}

    def _moved(self, view: TrainSeen) -> dict[str, Any]:
        """What moves as often as the verdict."""
        verdict = view.verdict
        rows = verdict.rows(view.digits.class_names, self._member, view.pair)
        activity = on_scale(verdict.activity[self._member], view.seen.network.activation)
        return {
            "activity": activity[self._chosen],
            "contributions": self._sign * verdict.contributions_of(self._output)[self._chosen],
            "outputs": np.array([row.value for row in rows], np.float32) * (not view.answer_hidden),
        }

    def _choose_part(self, kind: str, number: int) -> None:
        state = self.session.state
        if kind == "neuron":
            self.session.change(neuron=None if number == state.neuron else number)
        elif kind == "output":
            self.session.change(output=None if number == state.output else number)
        else:
            self.session.picking.pick("next")


def _framed(answer: int, rows: int, word: WordView | None) -> int | None:
    """The row that is the answer; none where the word is."""
    if answer < 0 or answer >= rows or (word is not None and word.framed):
        return None
    return answer


def _in_words(view: TrainSeen, ratio: str, word: WordView | None) -> str:
    verdict, names, label = view.verdict, view.digits.class_names, view.label
    said = words.ANSWER[None if label is None else verdict.answer == label].format(
        label="" if label is None else names[label],
        answer=answer_in_words(verdict.answer, names),
        share=percent(verdict.confidence, 0),
    )
    written = "" if word is None else word.sentence
    return sentences(said, written, words.LEARNS.format(ratio=ratio) if ratio else "")
