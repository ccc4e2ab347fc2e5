"""All neurons: every weight image, large, in the order asked for."""

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.networks.neuron_order import ORDERS, orders_known, strengths
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors import words
from nnviz.ui.detectors.mosaic import SMALLEST, Mosaic, MosaicView
from nnviz.ui.detectors.neurons_shown import (
    NeuronsSeen,
    Shown,
    answer_or_next,
    see_neurons,
    shown_neurons,
)
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.kit.controls import CheckBox, button, combo_box, offer
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow
from nnviz.ui.kit.sign_legend import SignLegend
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, own_limits, shared_limit
from nnviz.ui.pages.output_words import network_label, signed
from nnviz.ui.pages.page import Page
from nnviz.words import clauses, number, said_now, sentences

MOST_NAMED, SMALL = 60, 20
"""Neurons that have names before a room, and how small images may be of more."""
SMOOTHING = 0.9
"""How much of the colour scale's end is kept from one slow tick to the next."""


class AllNeurons(Page):
    """The mosaic, with what sorts it and what it is coloured by above it."""

    id = "all"
    title = words.ALL
    question = words.ALL_QUESTION
    of_weight_images = True

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-all-neurons")
        self.order = combo_box(
            "neuron-order",
            words.SORT_THE_NEURONS,
            "",
            lambda name: session.choose("detectors", order=name),
        )
        self.own = CheckBox(words.OWN_SCALES)
        self.own.setObjectName("own-scales")
        explain(self.own, words.OWN_SCALES_TIP)
        self.own.clicked.connect(lambda checked: session.change(own_scales=checked))
        self.previous = button(
            "‹", words.NETWORK_BEFORE_TIP, lambda: self._move(-1), "previous-network"
        )
        self.which = QLabel()
        self.which.setObjectName("which-network")
        self.next = button("›", words.NETWORK_AFTER_TIP, lambda: self._move(1), "next-network")
        self.previous.setAccessibleName(words.NETWORK_BEFORE)
        self.next.setAccessibleName(words.NETWORK_AFTER)
        self.everyone = button(
            words.EVERYONE, words.EVERYONE_TIP, self._show_everyone, "all-networks"
        )
        self.everyone.setCheckable(True)
        legend = SignLegend(theme, words.SIGNS, title=words.LEGEND)
        self.captions = QLabel()
        self.captions.setObjectName("caption-legend")
        explain(self.captions, words.CAPTIONS_TIP)
        sort_by = QLabel(words.SORT_BY)
        for_operator(sort_by, self.order, self.own, *self._network_parts)
        self._bar = flow(
            sort_by,
            self.order,
            self.own,
            *self._network_parts,
            self.captions,
            legend,
            spacing=10,
            spring_before=self.captions,
        )
        self.mosaic = Mosaic(theme)
        self.mosaic.walked.connect(self._select)
        self.mosaic.chosen.connect(self._open)
        column(self._bar, (self.mosaic, 1), spacing=6, of=self)
        self.setFocusProxy(self.mosaic)
        self._limit = 0.0
        self._shown: Shown | None = None
        self._order = np.zeros(0, np.intp)
        self._resting = Resting(self, session.measures.measure_neurons)
        self.use_theme(theme)

    @property
    def _network_parts(self) -> tuple[QWidget, ...]:
        return self.previous, self.which, self.next, self.everyone

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self._resting.appear(self.session.state)
        super().showEvent(event)

    @staticmethod
    def ask(session: Session) -> None:
        session.measures.measure_neurons()

    def see(self, state: State) -> NeuronsSeen:
        return see_neurons(self.session, state)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        self._resting.see(view.seen, view.film, view.running)
        shown, drawn = shown_neurons(view), self.mosaic.view
        if only_moving and drawn is not None and len(drawn.names) == len(shown.activity):
            self.mosaic.show_view(self._moved(view, shown, drawn))
        else:
            self._sort(view, shown)
            self._write(view, shown)

    def slow_tick(self, state: State) -> None:
        view = self.see(state)
        self._write(view, shown_neurons(view))

    def _sort(self, view: NeuronsSeen, shown: Shown) -> None:
        """While it learns, and until a moment of the film is measured, the order stays: nobody
        can watch a picture that jumps about."""
        name = view.detectors.order
        if name not in orders_known(shown.neurons.measures):
            if len(self._order) == len(shown.activity):
                return
            name = "number"
        with np.errstate(all="ignore"):
            self._order = ORDERS[name].sort(shown.neurons)

    def _moved(self, view: NeuronsSeen, shown: Shown, said: MosaicView) -> MosaicView:
        """New weights and activities under the words as they are."""
        weights = shown.neurons.weights[self._order]
        return replace(
            said,
            weights=weights,
            limit=own_limits(weights, view.digits.inked) if view.own_scales else self._limit,
            inked=view.digits.inked,
            shape=view.digits.shape,
            activity=shown.activity[self._order],
        )

    def _write(self, view: NeuronsSeen, shown: Shown) -> None:
        if len(self._order) != len(shown.activity):
            self._sort(view, shown)
        self._shown = shown
        limit = shared_limit(shown.neurons.weights, view.digits.inked)
        keep = SMOOTHING if view.running and self._limit else 0.0
        self._limit = keep * self._limit + (1 - keep) * limit
        tiles = self._said(view, shown)
        self.mosaic.show_view(self._moved(view, shown, tiles))
        self._write_controls(view, shown)

    def _said(self, view: NeuronsSeen, shown: Shown) -> MosaicView:
        """The words of all tiles, and which is selected."""
        order = self._order.tolist()
        captions, operations = _captions(view, shown), view.operations
        if view.lecturing and len(order) > MOST_NAMED:
            captions, smallest = [], SMALL
        else:
            smallest = SMALLEST
        said = [_sentence(view, shown, each) for each in order]
        place = None if view.neuron is None else shown.place(view.member, view.neuron)
        selected = None if place is None else order.index(place)
        return MosaicView(
            shown.neurons.weights,
            self._limit,
            view.digits.inked,
            view.digits.shape,
            shown.activity,
            names=tuple(shown.short_name(view, each) for each in order),
            captions=tuple(captions[each][0] for each in order if captions),
            signs=tuple(captions[each][1] for each in order if captions),
            smallest=smallest,
            sentences=tuple(said),
            selected=selected,
            marks=tuple(
                words.mark_of(operations.at(*shown.key(each))) for each in order if operations
            ),
            words=words.mosaic_in_words(
                len(order),
                ORDERS[view.detectors.order].label,
                "" if selected is None else clauses(said[selected]),
            ),
        )

    def _write_controls(self, view: NeuronsSeen, shown: Shown) -> None:
        name = view.detectors.order
        offer(self.order, [(order.label, each) for each, order in ORDERS.items()], name)
        waits = "" if name in orders_known(shown.neurons.measures) else words.WAITS
        explain(self.order, sentences(ORDERS[name].help, waits))
        self.captions.setText(said_now(words.CAPTIONS.get(name, words.CAPTIONS_OF_CLASSES)))
        self.own.setChecked(view.own_scales)
        networks = view.seen.network.networks
        for part in self._network_parts:
            part.setVisible(networks > 1)
        self.everyone.setChecked(view.detectors.all_members)
        for part in (self.previous, self.which, self.next):
            part.setEnabled(not view.detectors.all_members)
        self.which.setText(network_label(view.layout, view.digits.class_names, view.member))

    # ---- choosing --------------------------------------------------------------------

    def _select(self, tile: int) -> None:
        if self._shown is not None:
            member, neuron = self._shown.key(int(self._order[tile]))
            self.session.change(member=member, neuron=neuron)

    def _open(self, tile: int) -> None:
        self._select(tile)
        self.view_asked.emit("neuron")

    def _move(self, direction: int) -> None:
        view = self.see(self.session.state)
        networks = view.seen.network.networks
        self.session.change(member=(view.member + direction) % networks)

    def _show_everyone(self) -> None:
        everyone = self.session.state.detectors.all_members
        self.session.choose("detectors", all_members=not everyone)


def _captions(view: NeuronsSeen, shown: Shown) -> list[tuple[str, int]]:
    """What stands beside each name, and its sign: what the neurons are sorted by."""
    neurons, measure = shown.neurons, ORDERS[view.detectors.order].measure
    if view.detectors.order == "answer" and view.answer_hidden:
        return [(words.NOT_KNOWN, 0)] * len(neurons.weights)
    if view.detectors.order == "answer":
        return [(signed(push), int(np.sign(push))) for push in neurons.pushes.tolist()]
    values: Floats | None = neurons.measures.get(measure)
    if view.detectors.order == "strength":
        values = strengths(neurons.weights, neurons.inked)
    if values is not None:
        return [(number(value, 2), 0) for value in values.tolist()]
    if measure:
        return [(words.NOT_KNOWN, 0)] * len(neurons.weights)
    names = view.digits.class_names
    return [(words.speaks_for(weights, names), 0) for weights in neurons.class_weights]


def _sentence(view: NeuronsSeen, shown: Shown, place: int) -> tuple[str, str]:
    """What is said of a neuron, in two lines."""
    member, neuron = shown.key(place)
    names, network = view.digits.class_names, view.named(member)
    fires = number(float(view.verdict.activity[member, neuron]), 2)
    return (
        words.FIRES[bool(network)].format(neuron=neuron, network=network, amount=fires),
        words.does(
            "" if view.answer_hidden else names[answer_or_next(view)],
            float(shown.neurons.pushes[place]),
            words.speaks_for(shown.neurons.class_weights[place], names),
            words.mark_of(view.operations.at(member, neuron)),
        ),
    )
