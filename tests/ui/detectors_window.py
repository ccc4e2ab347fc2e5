"""The Detectors page with one of its views, opened on a shipped network."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnviz.networks.network import Network
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.detectors.all_neurons import AllNeurons
from nnviz.ui.detectors.one_neuron import OneNeuron
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.readings import READINGS
from tests.ui.conftest import Opened, Show


def opened_at(show: Show, view: str, **how: Any) -> tuple[Opened, Any]:
    """The window, and the view of the page by its id."""
    opened = show(trained=True, page="detectors", view=view, **how)
    page = opened.window.page
    page.choose_view(view)
    return opened, page.shown[view]


def all_neurons(show: Show, **how: Any) -> tuple[Opened, AllNeurons]:
    return opened_at(show, "all", **how)


def one_neuron(show: Show, **how: Any) -> tuple[Opened, OneNeuron]:
    """The view with its neurons measured and the training process ready for operations."""
    opened, view = opened_at(show, "neuron", **how)
    opened.ticks_until(
        lambda: (
            opened.session.state.operated is not None
            and opened.session.measures.neurons_measured is not None
        )
    )
    return opened, view


def compared(session: Session) -> list[Work]:
    """The runs whose settings are compared."""
    return [work for work in session.state.works if work.aside]


def rests(opened: Opened, reached: Callable[[], bool]) -> None:
    """Lets time and frames pass until something holds: a film that rests is measured."""

    def looked() -> bool:
        opened.window.parts.clock.tick()
        return reached()

    opened.bot.waitUntil(looked)


def accuracy_of(state: State, network: Network, reading: str = "") -> float:
    """The slow way: all test digits through the whole network."""
    evidence = evidence_of(network, state.layout, state.digits.images)
    read = READINGS[reading or state.work.readings[0]].read
    return float(np.mean(read(evidence, Options()).classes == state.digits.labels))
