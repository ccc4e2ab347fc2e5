"""The hidden neurons that are on screen, and what is said of each of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.networks.neuron_order import Neurons, class_weights, spoken_for
from nnviz.networks.operations import Operation
from nnviz.questions.detectors.measures import Detectors
from nnviz.session.state import State
from nnviz.ui.pictures.mosaic_words import OFF
from nnviz.ui.pictures.weight_images import Floats


@dataclass(frozen=True, eq=False)
class Shown:
    """Hidden neurons of the network on screen, in their order."""

    members: tuple[int, ...]
    """The networks whose neurons they are."""
    neurons: Neurons
    activity: Floats
    """(neurons,) in -1..1"""
    hidden: int

    def key(self, place: int) -> tuple[int, int]:
        """The network and the number of the neuron at a place."""
        member, neuron = divmod(place, self.hidden)
        return self.members[member], neuron

    def place(self, member: int, neuron: int) -> int | None:
        """The reverse; None for a neuron that is not among them."""
        if member not in self.members or neuron >= self.hidden:
            return None
        return self.members.index(member) * self.hidden + neuron


def shown_neurons(state: State, found: Detectors | None = None) -> Shown:
    """Those of the network in `state.member`, or of all networks side by side; `found` are
    their shape measures, as far as known."""
    network, verdict = state.seen.network, state.sure_verdict
    members = (
        tuple(range(network.networks)) if state.detectors.all_members else (shown_member(state),)
    )
    chosen = slice(None) if state.detectors.all_members else slice(members[0], members[0] + 1)
    activity = verdict.activity[chosen]
    altered = verdict.evidence.network
    with np.errstate(all="ignore"):
        weights = class_weights(network, state.layout)[chosen]
        heard = class_weights(altered, state.layout)[chosen] if state.operations else weights
        pushes = heard[..., answer_or_next(state)] * activity
        activity = heard_activity(state)[chosen]
    return Shown(
        members,
        Neurons(
            network.hidden_weights[chosen].reshape(-1, network.inputs),
            state.digits.inked,
            weights.reshape(-1, state.digits.classes),
            pushes.reshape(-1),
            _measures(found, network.hidden_biases.shape, chosen),
        ),
        on_scale(activity.reshape(-1), network.activation),
        network.hidden,
    )


def heard_activity(state: State) -> Floats:
    """(networks, hidden): what the outputs hear of each neuron, before they weigh it; a scaled
    one counts as it is."""
    activity = state.sure_verdict.activity
    if not state.operations:
        return activity
    found = activity.copy()
    for place, operation in state.operations:
        if place[0] < found.shape[0] and place[1] < found.shape[1]:
            if operation.off:
                found[place] = 0
            elif operation.held:
                found[place] = state.usual_activity[place]
    return found


def mark_of(operation: Operation) -> str:
    """What is done to a neuron, in as few letters as fit on its image."""
    if operation.off:
        return OFF
    told = ["mean"] if operation.held else []
    if operation.scale != 1:
        told.append(f"×{operation.scale:.1f}".replace("-", "−"))
    if operation.shift and not operation.held:
        told.append(f"b {signed(operation.shift)}")
    return " ".join(told)


def _measures(found: Detectors | None, shape: tuple[int, ...], chosen: slice) -> dict[str, Floats]:
    if found is None or found.shape != shape:
        return {}
    names = ("moran", "blob_share", "stroke_fit")
    return {name: getattr(found, name)[chosen].reshape(-1) for name in names}


def shown_member(state: State) -> int:
    """The network that is shown where there is room for one."""
    return min(state.member, state.seen.network.networks - 1)


def answer_or_next(state: State) -> int:
    """The answer, or the class next to it where that is no digit."""
    verdict = state.sure_verdict
    return verdict.answer if verdict.answer >= 0 else verdict.runner_up


def on_scale(activity: Floats, activation: str) -> Floats:
    """Activity on a scale of -1..1; a ReLU, which has no end, against the strongest one."""
    if activation == "relu":
        return activity / max(float(activity.max(initial=0)), math.ulp(1.0))
    return activity


def speaks_for(weights: Floats, names: Sequence[str]) -> str:
    """Class weights (classes,) in words: for 3, not 3, or for none."""
    said = spoken_for(weights)
    if said is None:
        return "for none"
    return f"{'for' if said[1] else 'not'} {names[said[0]]}"


def signed(amount: float, places: int = 1) -> str:
    """With a sign that a room can read; what rounds to nothing has none."""
    if not round(amount, places):
        return f"{0:.{places}f}"
    return f"{amount:+.{places}f}".replace("-", "−")
