"""Filters: what the convolutions of a LeNet look for, and what they say of the digit on screen."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from nnviz.data.arrays import Bytes, Floats
from nnviz.data.digits import ShownDigits
from nnviz.networks.front import Front, largest
from nnviz.networks.layouts import Layout
from nnviz.networks.network import as_inputs
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.detectors import words
from nnviz.ui.detectors.filter_pictures import FilterGrid, FiltersView, FilterView, OneFilter
from nnviz.ui.kit.controls import button, choices, paragraph
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, flow, row, sized
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.pages.output_words import network_label
from nnviz.ui.pages.page import Page
from nnviz.words import said_now


@dataclass(frozen=True)
class FiltersSeen:
    """All that the view shows of a state."""

    digits: ShownDigits
    layout: Layout
    pixels: Bytes
    """(inputs,) of the digit on screen."""
    member: int
    layer: str
    """One of LAYERS."""
    chosen: int
    """The number of a filter."""
    seen: Work

    @property
    def front(self) -> Front | None:
        return self.seen.network.front


@dataclass(frozen=True)
class Maps:
    """What all filters of a layer say of the digit."""

    kernels: Floats
    """(filters, slices, side, side, channels)"""
    before: Floats
    """(filters, rows, columns)"""
    pooled: Floats | None
    """The same after pooling, where it is pooled"""


class Filters(Page):
    """All filters of a layer with their maps, and the chosen one large."""

    id = "filters"
    title = words.FILTERS
    question = words.FILTERS_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-filters")
        self._layer, self._chosen = "first", dict.fromkeys(words.LAYERS, 0)
        self.layers = choices(words.LAYERS, "layer", self.choose_layer, self)
        self.layers[self._layer].setChecked(True)
        self.previous = button(
            "‹", words.NETWORK_BEFORE_TIP, lambda: self._move(-1), "filters-network-before"
        )
        self.which = QLabel()
        self.next = button(
            "›", words.NETWORK_AFTER_TIP, lambda: self._move(1), "filters-network-after"
        )
        self.previous.setAccessibleName(words.NETWORK_BEFORE)
        self.next.setAccessibleName(words.NETWORK_AFTER)
        self.words = paragraph("filter-words", plain=True)
        self.grid = FilterGrid(theme)
        self.grid.chosen.connect(self._choose)
        self.one = OneFilter(theme)
        for_picture(*self.layers.values())
        for_operator(self.previous, self.which, self.next)
        bar = flow(*self.layers.values(), self.previous, self.which, self.next)
        body = QWidget()
        column(
            bar, self.words, (row((self.grid, 5), (self.one, 2), spacing=16), 1), spacing=6, of=body
        )
        self.nothing = sized(paragraph("no-filters", text=words.NO_FILTERS), text=BACK_ROW)
        self.nothing.setAlignment(self.nothing.alignment().AlignCenter)
        self._stack = QStackedWidget()
        for part in (body, self.nothing):
            self._stack.addWidget(part)
        column(self._stack, of=self)
        self.setFocusProxy(self.grid)
        self.use_theme(theme)

    def choose_layer(self, layer: str) -> None:
        """Shows another of LAYERS."""
        self._layer = layer
        self.layers[layer].setChecked(True)
        self.look(self.session.state, words=True)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> FiltersSeen:
        return seen(
            FiltersSeen,
            state,
            member=min(state.member, state.seen.network.networks - 1),
            layer=self._layer,
            chosen=self._chosen[self._layer],
        )

    def draw(self, view: FiltersSeen, only_moving: bool) -> None:
        front = view.front
        self._stack.setCurrentIndex(0 if front is not None else 1)
        if front is None:
            return
        several = front.count > 1
        for part in (self.previous, self.which, self.next):
            part.setVisible(several)
        self.which.setText(network_label(view.layout, view.digits.class_names, view.member))
        self.words.setText(said_now(words.LAYERS[view.layer][1]))
        found = maps_of(front, view)
        self.grid.show_view(_all(view, found))
        self.one.show_view(_one(view, found))

    # ---- choosing --------------------------------------------------------------------

    def _choose(self, number: int) -> None:
        self._chosen[self._layer] = number
        self.look(self.session.state, words=True)

    def _move(self, direction: int) -> None:
        view = self.see(self.session.state)
        networks = view.seen.network.networks
        self.session.change(member=(view.member + direction) % networks)


def maps_of(front: Front, view: FiltersSeen) -> Maps:
    """What the filters of the layer that is shown say of the digit."""
    own = view.member if front.count > 1 else 0
    with np.errstate(all="ignore"):
        first = front.first_maps(own, as_inputs(view.pixels[None]))
        if view.layer == "first":
            # the channels of an image belong to one window, as its colours
            kernels = front.first_weights[own].transpose(0, 2, 3, 1)[:, None]
            return Maps(np.nan_to_num(kernels), _by_filter(first), None)
        second = front.second_maps(own, first)
    kernels = np.nan_to_num(front.second_weights[own])[..., None]
    return Maps(kernels, _by_filter(second), _by_filter(largest(second)))


def _by_filter(maps: Floats) -> Floats:
    """(1, rows, columns, filters) -> (filters, rows, columns)"""
    found: Floats = np.nan_to_num(maps[0].transpose(2, 0, 1))
    return found


def _all(view: FiltersSeen, found: Maps) -> FiltersView:
    shown = found.pooled if view.layer == "pooled" and found.pooled is not None else found.before
    strongest = shown.max(axis=(1, 2))
    said = tuple(words.filter_told(at, float(most)) for at, most in enumerate(strongest))
    return FiltersView(
        kernels=found.kernels.sum(axis=1),
        maps=shown,
        selected=view.chosen,
        said=said,
        words=words.filters_told(len(said), said[view.chosen]),
    )


def _one(view: FiltersSeen, found: Maps) -> FilterView:
    before = found.before[view.chosen]
    return FilterView(
        title=words.filter_named(view.chosen),
        slices=found.kernels[view.chosen],
        before=before,
        pooled=None if found.pooled is None else found.pooled[view.chosen],
        pixels=view.pixels,
        shape=view.digits.shape,
        said=words.filter_told(view.chosen, float(before.max())),
    )
