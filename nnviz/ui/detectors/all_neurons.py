"""All neurons: every weight image, large, in the order asked for."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.networks.neuron_order import ORDERS, orders_known
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors.mosaic import Mosaic
from nnviz.ui.detectors.mosaic_view import MosaicView
from nnviz.ui.detectors.neuron_captions import (
    LEGENDS,
    SPEAKS,
    captions_of,
    marks_of,
    name_of,
    sentence_of,
)
from nnviz.ui.detectors.neurons_shown import (
    NeuronsSeen,
    Shown,
    see_neurons,
    shown_neurons,
)
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.check_box import CheckBox
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.sign_line import FIRES_OR_STOPS, SignLine
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import own_limits, shared_limit
from nnviz.ui.pages.output_words import member_in_words
from nnviz.ui.pages.page import Page

WAITS = " It is measured when the network rests; the order stays until then."
SMOOTHING = 0.9
"""How much of the colour scale's end is kept from one slow tick to the next."""


class AllNeurons(Page):
    """The mosaic, with what sorts it and what it is coloured by above it."""

    id = "all"
    title = "All neurons"
    question = "What does every hidden neuron look for?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-all-neurons")
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        self._words = QLabel("Sort by")
        self.order = QComboBox()
        self.order.setObjectName("neuron-order")
        self.order.setAccessibleName("Sort the neurons by")
        self.order.setToolTip("The order of the neurons.")
        self.order.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for name, order in ORDERS.items():
            self.order.addItem(order.label, name)
        self.order.activated.connect(
            lambda index: session.choose("detectors", order=self.order.itemData(index))
        )
        self.own = CheckBox("own scales")
        self.own.setObjectName("own-scales")
        self.own.setToolTip("Each image with a colour scale of its own, or one scale for all.")
        self.own.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.own.clicked.connect(lambda checked: session.change(own_scales=checked))
        self.previous = button(
            "‹", "The network before this one", lambda: self._move(-1), "previous-network"
        )
        self.which = QLabel()
        self.which.setObjectName("which-network")
        self.next = button("›", "The network after this one", lambda: self._move(1), "next-network")
        self.previous.setAccessibleName("Previous network")
        self.next.setAccessibleName("Next network")
        self.everyone = button(
            "All networks",
            "The hidden neurons of all networks side by side",
            lambda: session.choose(
                "detectors", all_members=not session.state.detectors.all_members
            ),
        )
        self.everyone.setCheckable(True)
        self.legend = SignLine(theme, FIRES_OR_STOPS)
        self.captions = QLabel()
        self.captions.setObjectName("caption-legend")
        self.captions.setToolTip(
            "Beside each image how strongly the neuron fires for the digit on screen; below it its "
            "number, and the class its activity speaks for, or what the neurons are sorted by."
        )
        for part in (self._words, self.order, self.own, *self._network_parts):
            self._flow.addWidget(part)
        self._flow.add_spring()
        for part in (self.captions, self.legend):
            self._flow.addWidget(part)
        self.mosaic = Mosaic(theme)
        self.mosaic.chosen.connect(self._select)
        self.mosaic.opened.connect(self._open)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._bar)
        self._column.addWidget(self.mosaic, 1)
        self.setFocusProxy(self.mosaic)
        self._limit = 0.0
        self._shown: Shown | None = None
        self._order = np.zeros(0, np.intp)
        self._resting = Resting(self, session.measures.measure_neurons)
        self.use_theme(theme)

    @property
    def _network_parts(self) -> tuple[QWidget, ...]:
        return self.previous, self.which, self.next, self.everyone

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(6))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(10))
        for words in (self._words, self.order, self.own, self.which, self.captions):
            words.setFont(theme.font())
        for choice in self.findChildren(QPushButton):
            choice.setStyleSheet(theme.button_style())
        self.legend.use_theme(theme)
        self.mosaic.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        state = self.session.state
        self._resting.see(state.seen, state.past is not None, state.running, at_once=True)
        super().showEvent(event)

    def see(self, state: State) -> NeuronsSeen:
        return see_neurons(self.session, state)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        self._resting.see(view.seen, view.film, view.running)
        shown, drawn = shown_neurons(view), self.mosaic.view
        if only_moving and drawn is not None and len(drawn.names) == len(shown.activity):
            self._show(view, shown, drawn)
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

    def _show(self, view: NeuronsSeen, shown: Shown, words: MosaicView) -> None:
        """New weights and activities under the words as they are."""
        order = self._order
        weights = shown.neurons.weights[order]
        self.mosaic.show_view(
            MosaicView(
                weights,
                own_limits(weights, view.digits.inked) if view.own_scales else self._limit,
                view.digits.inked,
                view.digits.shape,
                shown.activity[order],
                words.names,
                words.captions,
                words.signs,
                words.sentences,
                words.selected,
                words.marks,
            ),
            only_moving=True,
        )

    def _write(self, view: NeuronsSeen, shown: Shown) -> None:
        if len(self._order) != len(shown.activity):
            self._sort(view, shown)
        self._shown = shown
        limit = shared_limit(shown.neurons.weights, view.digits.inked)
        keep = SMOOTHING if view.running and self._limit else 0.0
        self._limit = keep * self._limit + (1 - keep) * limit
        order = self._order
        captions, marks = captions_of(view, shown), marks_of(view, shown)
        weights = shown.neurons.weights[order]
        place = None
        if view.neuron is not None:
            place = shown.place(view.member, view.neuron)
        self.mosaic.show_view(
            MosaicView(
                weights,
                own_limits(weights, view.digits.inked) if view.own_scales else self._limit,
                view.digits.inked,
                view.digits.shape,
                shown.activity[order],
                tuple(name_of(view, shown, each) for each in order.tolist()),
                tuple(captions[each][0] for each in order.tolist()),
                tuple(captions[each][1] for each in order.tolist()),
                tuple(sentence_of(view, shown, each) for each in order.tolist()),
                None if place is None else int(np.flatnonzero(order == place)[0]),
                tuple(marks[each] for each in order.tolist()) if marks else (),
            )
        )
        self._write_controls(view, shown)

    def _write_controls(self, view: NeuronsSeen, shown: Shown) -> None:
        name = view.detectors.order
        with QSignalBlocker(self.order):
            self.order.setCurrentIndex(list(ORDERS).index(name))
        waits = "" if name in orders_known(shown.neurons.measures) else WAITS
        self.order.setToolTip(f"{ORDERS[name].help}{waits}")
        self.captions.setText(f"bar: activity, {LEGENDS.get(name, SPEAKS)}")
        self.own.setChecked(view.own_scales)
        networks = view.seen.network.networks
        for part in self._network_parts:
            part.setVisible(networks > 1)
        self.everyone.setChecked(view.detectors.all_members)
        for part in (self.previous, self.which, self.next):
            part.setEnabled(not view.detectors.all_members)
        words = member_in_words(view.layout, view.digits.class_names, view.member)
        self.which.setText(words.removeprefix(" of the ").removeprefix(" of ") or "network 1")
        count, hidden = len(shown.activity), "hidden neuron"
        text = f"{count} {hidden}{'' if count == 1 else 's'}"
        drawn, selected = self.mosaic.view, "none selected"
        if drawn is not None and drawn.selected is not None:
            selected = f"selected: {drawn.sentences[drawn.selected]}"
        self.mosaic.setAccessibleDescription(f"{text}, sorted by {ORDERS[name].label}; {selected}")
        self._flow.invalidate()

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
