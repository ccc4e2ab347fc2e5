"""Side by side: the weight images of two networks, those ringed that look like strokes."""

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import BITS, DESIGNS, ONE_NETWORK
from nnviz.questions.detectors.shapes import Shapes
from nnviz.session.known import AllKnown
from nnviz.session.session import Session
from nnviz.session.slices import DetectorsChoice
from nnviz.session.state import State, Work
from nnviz.ui.detectors import beside_words, words
from nnviz.ui.detectors.mosaic import Mosaic, MosaicView
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.kit.controls import combo_box, offer
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, row
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.sign_legend import SignLegend
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import own_limits, shared_limit
from nnviz.ui.pages.page import MOVING, Page

SMALLEST = 40
"""Side of an image on the design grid."""


@dataclass(frozen=True)
class BesideSeen:
    """All that the view shows of a state."""

    running: bool
    film: bool
    """Whether `seen` is a moment of a film."""
    digits: ShownDigits
    member: int
    neuron: int | None
    own_scales: bool
    answer_hidden: bool
    detectors: DetectorsChoice
    other: Work | None
    """What stands beside."""
    alike: bool
    """Whether both learned from the same digits."""
    shapes: tuple[Shapes | None, Shapes | None]
    """What is measured of both, as far as known."""
    answers: AllKnown
    """After each of which what had to wait for it is asked."""
    seen: Work = field(metadata=MOVING)


class Beside(Page):
    """The network on screen at the left; at the right that of a design that is chosen."""

    id = "beside"
    title = beside_words.BESIDE
    question = beside_words.BESIDE_QUESTION
    of_weight_images = True

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-beside")
        self.other = combo_box(
            "network-beside",
            *beside_words.OTHER,
            lambda design: session.choose("detectors", beside=design),
        )
        against = QLabel(beside_words.AGAINST)
        for_operator(against, self.other)
        self.own, self.its = (
            OneOfTwo(theme, title)
            for title in (beside_words.LEFT_IMAGES, beside_words.RIGHT_IMAGES)
        )
        self.own.mosaic.walked.connect(self._select)
        self.own.mosaic.chosen.connect(self._open)
        self.ringed = QLabel(beside_words.RINGED)
        self.ringed.setObjectName("ringed-words")
        self.ringed.setWordWrap(True)
        explain(self.ringed, beside_words.RINGED_TIP)
        legend = SignLegend(theme, words.SIGNS, title=words.LEGEND)
        column(
            flow(against, self.other, legend, spacing=10),
            (row((self.own, 1), (self.its, 1), spacing=24), 1),
            self.ringed,
            spacing=6,
            of=self,
        )
        self.setFocusProxy(self.own.mosaic)
        self._resting = Resting(self, self._measure)
        self._tried: set[tuple[str, str]] = set()
        self.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self._resting.appear(self.session.state)
        super().showEvent(event)

    @staticmethod
    def ask(session: Session) -> None:
        session.designs.load(wanted_beside(session.state))
        own, other = session.state.seen, network_beside(session.state)
        session.measures.measure_shapes((own,) if other is None else (own, other))

    def see(self, state: State) -> BesideSeen:
        other, measured = network_beside(state), self.session.measures.shapes_measured
        return seen(
            BesideSeen,
            state,
            running=state.learns,
            film=state.past is not None,
            member=min(state.member, state.seen.network.networks - 1),
            other=other,
            alike=other is not None and state.seen.is_alike(other, state.digits),
            shapes=(measured(state.seen), None if other is None else measured(other)),
        )

    def draw(self, view: BesideSeen, only_moving: bool) -> None:
        self._load(view)
        self._resting.see(view.seen, view.film, view.running)
        self.own.show_work(view, view.seen, view.shapes[0], True)
        if only_moving:
            return
        design = wanted_beside(self.session.state)
        offer(self.other, [(each.label, name) for name, each in DESIGNS.items()], design)
        if view.other is None:
            self.its.show_nothing(beside_words.NO_OTHER)
        else:
            self.its.show_work(view, view.other, view.shapes[1], view.alike)
        if not view.running and not view.film:
            self._measure()
        self.ringed.setVisible(not view.answer_hidden)

    def _load(self, view: BesideSeen) -> None:
        """The network that comes with the program, once."""
        wanted = view.digits.name, wanted_beside(self.session.state)
        if view.other is None and wanted not in self._tried:
            self._tried.add(wanted)
            self.session.designs.load(wanted[1])

    def _measure(self) -> None:
        state = self.session.state
        other = network_beside(state)
        works = (state.seen,) if other is None else (state.seen, other)
        self.session.measures.measure_shapes(works)

    # ---- choosing --------------------------------------------------------------------

    def _select(self, neuron: int) -> None:
        self.session.change(neuron=neuron)

    def _open(self, neuron: int) -> None:
        self._select(neuron)
        self.view_asked.emit("neuron")


class OneOfTwo(QWidget):
    """A network: its name, its weight images, and how many of them are ringed."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.name = Headline(theme, TEXT + 4)
        self.mosaic = Mosaic(theme, title=title)
        self.strokes = Headline(theme, TEXT + 2, bold=False)
        column(self.name, (self.mosaic, 1), self.strokes, spacing=4, of=self)

    def show_work(self, view: BesideSeen, work: Work, shapes: Shapes | None, alike: bool) -> None:
        """Shows a network; of several side by side one."""
        network, digits = work.network, view.digits
        member = min(view.member, network.networks - 1)
        weights = np.nan_to_num(network.hidden_weights[member])
        own = slice(member * network.hidden, (member + 1) * network.hidden)
        ringed = shapes.strokes[own] if shapes is not None and not view.answer_hidden else ()
        label = DESIGNS[work.design].label
        told = words.NOT_KNOWN
        if view.answer_hidden:
            told = beside_words.QUESTION_MARK
        elif ringed:
            told = beside_words.strokes_told(sum(ringed), len(ringed))
        inked = digits.inked
        limit = own_limits(weights, inked) if view.own_scales else shared_limit(weights, inked)
        self.name.say(label if alike else f"{label}, {beside_words.OTHER_DIGITS}")
        self.strokes.say(told)
        shown = MosaicView(
            weights,
            limit,
            inked,
            digits.shape,
            np.zeros(len(weights), np.float32),
            tuple(map(str, range(len(weights)))),
            words=beside_words.network_told(label, told, not alike),
            smallest=SMALLEST,
            ringed=ringed,
        )
        selected = view.neuron if work is view.seen else None
        if selected is not None and selected < len(weights):
            shown = replace(shown, selected=selected)
        self.mosaic.show_view(shown)

    def show_nothing(self, why: str) -> None:
        """Says why there is none."""
        self.name.say(why)
        self.strokes.say("")
        self.mosaic.show_nothing()


def wanted_beside(state: State) -> str:
    """The design that stands beside: the one chosen, else one that has bits where that on screen
    has none."""
    return state.detectors.beside or (ONE_NETWORK if state.layout.has_bits else BITS)


def network_beside(state: State) -> Work | None:
    """The network of that design, another one than that on screen."""
    design = wanted_beside(state)
    own = state.seen.network
    likely = (state.representatives.get(design), state.trained.get(design), *state.shelf)
    for work in likely:
        if work is None or work.design != design or work.network.front is not None:
            continue
        if work.network is not own and work.meant_for(state.digits) and work is not state.work:
            return work
    return None
