"""Train: the digit, the hidden weight images and the outputs as one connected picture."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.layouts import Layout
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, keep_places, own_limits, shared_limit
from nnviz.ui.pages.output_words import (
    marks_of,
    network_in_words,
    outputs_in_words,
    ratios_in_words,
    shown_row,
    strong_rows,
)
from nnviz.ui.pages.page import MOVING, Page
from nnviz.ui.train.curves import Curves
from nnviz.ui.train.network_picture import NetworkPicture, NetworkView
from nnviz.ui.train.sign_legend import SignLegend
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS
from nnviz.verdicts.verdict import Row, Verdict

MOST_TILES = 36
"""Up to so many hidden neurons are all shown with lines."""
TILES = 30
"""How many are shown when there are more."""
LINES = 8
LEGEND_FITS = 900
"""Width on the design grid from which there is room for the legend."""
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
    work: Work = field(metadata=MOVING)
    """The network on screen."""
    seen: Work = field(metadata=MOVING)
    """The same, or a moment of its film."""
    verdict: Verdict = field(metadata=MOVING)


class TrainPage(Page):
    """Watch the network learn; see why it gives this answer."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("page-train")
        self.picture = NetworkPicture(theme)
        self.picture.neuron_clicked.connect(self._select_neuron)
        self.picture.output_clicked.connect(self._select_output)
        self.picture.digit_clicked.connect(self._next_digit)
        self.legend = SignLegend(theme)
        self.curves = Curves(theme)
        self._panel = QFrame()
        self._panel.setAutoFillBackground(True)
        row = QHBoxLayout(self._panel)
        row.addWidget(self.legend)
        row.addWidget(self.curves, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.picture, 1)
        self._column.addWidget(self._panel)
        self.setFocusProxy(self.picture)
        self._limit = 0.0
        self._chosen: NDArray[np.intp] = np.zeros(0, np.intp)
        self._chosen_for: tuple[int, int, int | None] = (-1, -1, None)
        """Run, digit and output that the tiles were chosen for"""
        self._lines: NDArray[np.intp] = np.zeros(0, np.intp)
        self._rows: tuple[Row, ...] = ()
        self._row = self._member = 0
        self._ratio = ""
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(theme.px(14), theme.px(4), theme.px(12), theme.px(8))
        self._column.setSpacing(theme.px(6))
        self._panel.setFixedHeight(theme.px(150))
        layout = self._panel.layout()
        assert layout is not None
        layout.setContentsMargins(theme.px(10), 0, theme.px(6), 0)
        for part in (self.picture, self.legend, self.curves):
            part.use_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.setVisible(self.width() >= self.theme.px(LEGEND_FITS))

    def load_late(self) -> None:
        self.curves.load()

    def see(self, state: State) -> TrainSeen:
        return TrainSeen(
            running=state.running,
            run=state.run,
            moment=state.moment,
            layout=state.layout,
            digits=state.digits,
            test_digit=state.test_digit,
            pixels=state.pixels,
            label=state.shown_label,
            output=state.output,
            member=state.member,
            pair=state.pair,
            neuron=state.neuron,
            dense=state.dense,
            own_scales=state.own_scales,
            work=state.work,
            seen=state.seen,
            verdict=state.sure_verdict,
        )

    def draw(self, view: TrainSeen, only_moving: bool) -> None:
        # pictures follow at once; lines and words only as fast as they can be read
        if not only_moving:
            self._choose(view)
            self._show_curves(view)
        self.picture.show_view(self._view(view), only_moving)

    def slow_tick(self, state: State) -> None:
        view = self.see(state)
        self._choose(view)
        self.picture.show_view(self._view(view))

    def curves_tick(self, state: State) -> None:
        self._show_curves(self.see(state))

    def _show_curves(self, view: TrainSeen) -> None:
        work, digits = view.work, view.digits
        elsewhere = work.opened is not None and work.opened.digits != digits.name
        self.curves.show_points(
            view.seen.points,
            work.epoch_length(digits),
            f"{work.opened.digits} test" if work.opened and elsewhere else "test",
        )

    @property
    def hovering(self) -> bool:
        return self.picture.hovering

    def step(self, direction: int) -> None:
        self.session.picking.pick("next" if direction > 0 else "previous")

    def _choose(self, view: TrainSeen) -> None:
        """Decides which neurons, lines, numbers and colour scale are shown."""
        verdict, network = view.verdict, view.seen.network
        self._rows = verdict.rows(view.digits.class_names, view.member, view.pair)
        self._row = shown_row(view.layout, self._rows, verdict.answer, view.output, view.pair)
        output = self._rows[self._row].output
        self._member = int(network.output_networks[output])
        if view.dense or network.hidden <= MOST_TILES:
            self._chosen = np.arange(network.hidden)
        else:
            self._choose_tiles(view, verdict.strongest(output, TILES))
        strongest = verdict.strongest(output, LINES)
        strongest = strongest[verdict.contributions_of(output)[strongest] != 0]
        self._lines = np.flatnonzero(np.isin(self._chosen, strongest))
        limit = shared_limit(network.hidden_weights[self._member], view.digits.inked)
        keep = SMOOTHING if view.running and self._limit else 0.0
        self._limit = keep * self._limit + (1 - keep) * limit
        ratios = ratios_in_words(view.digits, view.seen)
        self._ratio = f" ({ratios[output]})" if ratios else ""
        self.picture.setAccessibleDescription(_in_words(view) + _learns(self._ratio))

    def _choose_tiles(self, view: TrainSeen, strongest: NDArray[np.intp]) -> None:
        """While it learns, an image keeps its place as long as it is shown."""
        subject = (view.run, view.test_digit, view.output)
        if view.running and subject == self._chosen_for and len(self._chosen) == TILES:
            self._chosen = keep_places(self._chosen, strongest)
        else:
            self._chosen = np.sort(strongest)
        self._chosen_for = subject

    def _view(self, view: TrainSeen) -> NetworkView:
        verdict, network, layout = view.verdict, view.seen.network, view.layout
        names, inked = view.digits.class_names, view.digits.inked
        rows = verdict.rows(names, self._member, view.pair)
        shown = self._rows[self._row]
        weights = network.hidden_weights[self._member][self._chosen]
        activity = verdict.activity[self._member]
        return NetworkView(
            pixels=view.pixels,
            shape=view.digits.shape,
            neurons=self._chosen,
            hidden=network.hidden,
            of_network=network_in_words(layout, names, shown.output) + self._ratio,
            outputs_title=outputs_in_words(layout),
            weights=weights,
            limit=own_limits(weights, inked) if view.own_scales else self._limit,
            inked=inked,
            activity=_shown_activity(activity, network.activation)[self._chosen],
            contributions=shown.sign * verdict.contributions_of(shown.output)[self._chosen],
            lines=self._lines,
            outputs=np.array([row.value for row in rows], np.float32),
            percents=tuple(_percent(row.value) for row in self._rows),
            names=tuple(row.name for row in self._rows),
            strong=strong_rows(layout, self._rows, verdict.answer),
            marks=marks_of(layout, self._rows, verdict.answer, view.label),
            shown_output=self._row,
            selected=view.neuron,
            dense=view.dense,
        )

    def _select_neuron(self, neuron: int) -> None:
        selected = None if neuron == self.session.state.neuron else neuron
        self.session.change(neuron=selected)

    def _select_output(self, output: int) -> None:
        shown = None if output == self.session.state.output else output
        self.session.change(output=shown)

    def _next_digit(self) -> None:
        self.session.picking.pick("next")


def _shown_activity(activity: Floats, activation: str) -> Floats:
    """Activity on a scale of -1..1; a ReLU, which has no end, against the strongest one."""
    if activation == "relu":
        return activity / max(float(activity.max()), math.ulp(1.0))
    return activity


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _in_words(view: TrainSeen) -> str:
    verdict, names, label = view.verdict, view.digits.class_names, view.label
    answer = names[verdict.answer] if verdict.answer >= 0 else NOT_A_DIGIT_IN_WORDS
    said = f"the network says {answer} with {_percent(verdict.confidence)}"
    if label is None:
        return f"Of your drawing {said}."
    right = "right" if verdict.answer == label else "wrong"
    return f"The label is {names[label]}; {said}, which is {right}."


def _learns(ratio: str) -> str:
    return f" The network drawn learns from{ratio}." if ratio else ""
