"""The hidden neurons that are on screen."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.neuron_order import Neurons, class_weights
from nnviz.networks.operations import Operations
from nnviz.questions.detectors.measures import Detectors
from nnviz.session.known import AllKnown
from nnviz.session.session import Session
from nnviz.session.slices import DetectorsChoice
from nnviz.session.state import State, Work
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.weight_images import Floats, on_scale
from nnviz.ui.pages.output_words import member_in_short, named_network
from nnviz.ui.pages.page import MOVING
from nnviz.verdicts.answers import Options
from nnviz.verdicts.verdict import Verdict

NOT_ASKED = np.zeros((0, 0))


@dataclass(frozen=True)
class NeuronsSeen:
    """All that a view of hidden neurons shows of a state."""

    running: bool
    engine: str
    film: bool
    """Whether `seen` is a moment of a film."""
    reading: str
    options: Options
    layout: Layout
    digits: ShownDigits
    image: int
    pixels: Bytes
    """(inputs,) of the digit on screen."""
    label: int | None
    """Its class; None for a drawing."""
    member: int
    """The network that is shown where there is room for one."""
    neuron: int | None
    own_scales: bool
    lecturing: bool
    answer_hidden: bool
    step: int | None
    """How much of what is built up in a lecture is shown; None: all."""
    detectors: DetectorsChoice
    operations: Operations
    can_hold: bool
    """Whether the mean activities are known."""
    means: NDArray[np.float64]
    """(networks, hidden): those, where a neuron is held at its own."""
    measured: Detectors | None
    """The shape measures, as far as known."""
    answers: AllKnown
    """After each of which what had to wait for it is asked."""
    verdict: Verdict = field(metadata=MOVING)
    seen: Work = field(metadata=MOVING)

    @property
    def test_digit(self) -> int:
        """Its number; -1 for a drawing."""
        return -1 if self.label is None else self.image

    @property
    def network(self) -> Network:
        """The one that the pictures show, with the operations in force."""
        return self.verdict.evidence.network

    def named(self, member: int) -> str:
        """A network within a sentence; nothing for the only one."""
        return named_network(self.layout, self.digits.class_names, member)

    @property
    def selected(self) -> tuple[int, int]:
        """Network and number of the neuron selected, else of the one that pushes the answer
        most."""
        if self.neuron is not None:
            return self.member, self.neuron
        alone = replace(self, detectors=replace(self.detectors, all_members=False))
        return self.member, int(np.abs(shown_neurons(alone).neurons.pushes).argmax())


def see_neurons(session: Session, state: State) -> NeuronsSeen:
    """What is shown of a state."""
    known = state.operated
    own = known is not None and known.run == state.run
    same = known is not None and known.about.network is state.seen.network
    held = any(operation.held for _, operation in state.operations)
    return seen(
        NeuronsSeen,
        state,
        film=state.past is not None,
        running=state.learns,
        reading=state.shown_reading,
        label=state.shown_label,
        member=min(state.member, state.seen.network.networks - 1),
        can_hold=own or same,
        means=state.usual_activity if held else NOT_ASKED,
        measured=session.measures.neurons_measured,
        verdict=state.sure_verdict,
    )


class KeptNeuron:
    """Where no neuron is selected the one that is shown stays: another digit or an operation would
    change the answer, and with it the neuron that pushes it most."""

    def __init__(self) -> None:
        self._kept: tuple[object, int] | None = None  # the network, and its neuron shown

    def of(self, view: NeuronsSeen, state: State) -> NeuronsSeen:
        """What is shown, with a neuron."""
        if view.neuron is not None:
            self._kept = None
            return view
        network = (state.work.key, state.run, state.work.design, view.member)
        if self._kept is None or self._kept[0] != network:
            self._kept = network, view.selected[1]
        return replace(view, neuron=self._kept[1])

    def forget(self) -> None:
        """The view appears anew."""
        self._kept = None


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

    def short_name(self, view: NeuronsSeen, place: int) -> str:
        """The number of a neuron, after its network where several are shown."""
        member, neuron = self.key(place)
        if len(self.members) == 1:
            return str(neuron)
        return f"{member_in_short(view.layout, view.digits.class_names, member)} · {neuron}"


def shown_neurons(view: NeuronsSeen) -> Shown:
    """Those of the network in `member`, or of all networks side by side."""
    network, verdict = view.seen.network, view.verdict
    members = tuple(range(network.networks)) if view.detectors.all_members else (view.member,)
    chosen = slice(None) if view.detectors.all_members else slice(members[0], members[0] + 1)
    activity = verdict.activity[chosen]
    altered = view.network
    with np.errstate(all="ignore"):
        weights = class_weights(network, view.layout)[chosen]
        heard = class_weights(altered, view.layout)[chosen]  # of the moment of the verdict
        pushes = heard[..., answer_or_next(view)] * activity
        activity = heard_activity(view)[chosen]
    return Shown(
        members,
        Neurons(
            network.hidden_weights[chosen].reshape(-1, network.inputs),
            view.digits.inked,
            weights.reshape(-1, view.digits.classes),
            pushes.reshape(-1),
            _measures(view.measured, network.hidden_biases.shape, chosen),
        ),
        on_scale(activity.reshape(-1), network.activation),
        network.hidden,
    )


def heard_activity(view: NeuronsSeen) -> Floats:
    """(networks, hidden): what the outputs hear of each neuron, before they weigh it; a scaled
    one counts as it is."""
    activity = view.verdict.activity
    if not view.operations:
        return activity
    found = activity.copy()
    for place, operation in view.operations:
        if place[0] < found.shape[0] and place[1] < found.shape[1]:
            if operation.off:
                found[place] = 0
            elif operation.held:
                found[place] = view.means[place]
    return found


def _measures(found: Detectors | None, shape: tuple[int, ...], chosen: slice) -> dict[str, Floats]:
    if found is None or found.shape != shape:
        return {}
    names = ("moran", "blob_share", "stroke_fit")
    return {name: getattr(found, name)[chosen].reshape(-1) for name in names}


def answer_or_next(view: NeuronsSeen) -> int:
    """The answer, or the class next to it where that is no digit."""
    verdict = view.verdict
    return verdict.answer if verdict.answer >= 0 else verdict.runner_up
