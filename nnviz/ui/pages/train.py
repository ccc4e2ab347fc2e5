"""Train: the digit, the hidden weight images and the outputs as one connected picture."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.pages.output_words import (
    marks_of,
    network_in_words,
    outputs_in_words,
    ratios_in_words,
    shown_row,
    strong_rows,
)
from nnviz.ui.pages.page import Page
from nnviz.ui.pictures.curves import Curves
from nnviz.ui.pictures.network_picture import NetworkPicture, NetworkView
from nnviz.ui.pictures.sign_legend import SignLegend
from nnviz.ui.pictures.tile_places import keep_places
from nnviz.ui.pictures.weight_images import Floats, own_limits, shared_limit
from nnviz.ui.theme import Theme
from nnviz.verdicts.verdict import Row

MOST_TILES = 36
"""Up to so many hidden neurons are all shown with lines."""
TILES = 30
"""How many are shown when there are more."""
LINES = 8
LEGEND_FITS = 900
"""Width on the design grid from which there is room for the legend."""
SMOOTHING = 0.9
"""How much of the colour scale's end is kept from one slow tick to the next."""


class TrainPage(Page):
    """Watch the network learn; see why it gives this answer."""

    id = "train"
    title = "Train"
    question = "How does the network learn, and why does it give this answer?"
    draws = frozenset(
        {
            "work",
            "verdict",
            "running",
            "output",
            "member",
            "pair",
            "neuron",
            "dense",
            "own_scales",
            "digits",
        }
    )

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

    def slow_tick(self, state: State) -> None:
        self._choose(state)
        self.picture.show_view(self._view(state))

    def curves_tick(self, state: State) -> None:
        work, digits = state.work, state.digits
        elsewhere = work.opened is not None and work.opened.digits != digits.name
        self.curves.show_points(
            state.seen.points,
            work.epoch_length(digits),
            f"{work.opened.digits} test" if work.opened and elsewhere else "test",
        )

    @property
    def hovering(self) -> bool:
        return self.picture.hovering

    def step(self, direction: int) -> None:
        self.session.picking.pick("next" if direction > 0 else "previous")

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        # pictures follow at once; lines and words only as fast as they can be read
        only_moving = state.running and not fields - {"work", "verdict"}
        if not only_moving or not self._rows:
            self._choose(state)
            self.curves_tick(state)
        self.picture.show_view(self._view(state), only_moving)

    def _choose(self, state: State) -> None:
        """Decides which neurons, lines, numbers and colour scale are shown."""
        verdict, network = state.sure_verdict, state.seen.network
        self._rows = verdict.rows(state.digits.class_names, state.member, state.pair)
        self._row = shown_row(state, self._rows)
        output = self._rows[self._row].output
        self._member = int(network.output_networks[output])
        if state.dense or network.hidden <= MOST_TILES:
            self._chosen = np.arange(network.hidden)
        else:
            self._choose_tiles(state, verdict.strongest(output, TILES))
        strongest = verdict.strongest(output, LINES)
        strongest = strongest[verdict.contributions_of(output)[strongest] != 0]
        self._lines = np.flatnonzero(np.isin(self._chosen, strongest))
        limit = shared_limit(network.hidden_weights[self._member], state.digits.inked)
        keep = SMOOTHING if state.running and self._limit else 0.0
        self._limit = keep * self._limit + (1 - keep) * limit
        ratios = ratios_in_words(state, state.seen)
        self._ratio = f" ({ratios[output]})" if ratios else ""
        self.picture.setAccessibleDescription(_in_words(state) + _learns(self._ratio))

    def _choose_tiles(self, state: State, strongest: NDArray[np.intp]) -> None:
        """While it learns, an image keeps its place as long as it is shown."""
        subject = (state.run, state.test_digit, state.output)
        if state.running and subject == self._chosen_for and len(self._chosen) == TILES:
            self._chosen = keep_places(self._chosen, strongest)
        else:
            self._chosen = np.sort(strongest)
        self._chosen_for = subject

    def _view(self, state: State) -> NetworkView:
        verdict, network = state.sure_verdict, state.seen.network
        rows = verdict.rows(state.digits.class_names, self._member, state.pair)
        shown = self._rows[self._row]
        weights = network.hidden_weights[self._member][self._chosen]
        activity = verdict.activity[self._member]
        return NetworkView(
            pixels=state.pixels,
            shape=state.digits.shape,
            neurons=self._chosen,
            hidden=network.hidden,
            of_network=network_in_words(state, shown.output) + self._ratio,
            outputs_title=outputs_in_words(state),
            weights=weights,
            limit=own_limits(weights, state.digits.inked) if state.own_scales else self._limit,
            inked=state.digits.inked,
            activity=_shown_activity(activity, network.activation)[self._chosen],
            contributions=shown.sign * verdict.contributions_of(shown.output)[self._chosen],
            lines=self._lines,
            outputs=np.array([row.value for row in rows], np.float32),
            percents=tuple(_percent(row.value) for row in self._rows),
            names=tuple(row.name for row in self._rows),
            strong=strong_rows(state, self._rows),
            marks=marks_of(state, self._rows),
            shown_output=self._row,
            selected=state.neuron,
            dense=state.dense,
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


def _in_words(state: State) -> str:
    verdict = state.sure_verdict
    said = f"the network says {state.named(verdict.answer)} with {_percent(verdict.confidence)}"
    label = state.shown_label
    if label is None:
        return f"Of your drawing {said}."
    right = "right" if state.right else "wrong"
    return f"The label is {state.digits.class_names[label]}; {said}, which is {right}."


def _learns(ratio: str) -> str:
    return f" The network drawn learns from{ratio}." if ratio else ""
