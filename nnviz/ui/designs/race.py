"""Race: several designs learn side by side, from one seed and the same digits in one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.data.catalogue import test_of
from nnviz.data.digits import ShownDigits
from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.network import parameter_count
from nnviz.networks.settings import SETTINGS
from nnviz.questions.comparison import Entrant, lead_of
from nnviz.questions.learned_from import learned_from, why_not_compared
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.designs import words
from nnviz.ui.designs.curves import RaceCurve, RaceCurves
from nnviz.ui.designs.lanes import Lane, Weights, lanes_view
from nnviz.ui.kit.controls import CheckBox, button, choices, paragraph
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, row
from nnviz.ui.kit.line_styles import LineStyle, line_style
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import shared_limit
from nnviz.ui.pages.estimate_words import share_of
from nnviz.ui.pages.page import MOVING, Page, seen
from nnviz.words import sentences


@dataclass(frozen=True)
class RaceSeen:
    """All that the view shows of a state."""

    running: bool
    design: str
    digits: ShownDigits
    baseline: str
    member: int
    chosen: tuple[str, ...]
    """The designs that would race."""
    fair: bool
    trained: Mapping[str, Work]
    engine: str
    lecturing: bool
    answer_hidden: bool
    works: tuple[Work, ...] = field(metadata=MOVING)
    """All networks that the settings of a race may follow from, beside those trained."""
    racing: tuple[Work, ...] = field(metadata=MOVING)
    """The networks that learn side by side, where there are any."""
    representatives: Mapping[str, Work] = field(metadata=MOVING)

    @property
    def runners(self) -> Sequence[Work]:
        """Those that race; before that, the networks that stand for the chosen designs."""
        found = self.representatives
        return self.racing or [found[name] for name in self.chosen if name in found]


class RaceView(Page):
    """Choose designs, start, and watch their curves on one axis."""

    id = "race"
    of_digit = False
    title = words.RACE
    question = words.RACE_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-the-race")
        self._chosen: set[str] | None = None  # None until the user chooses
        tips = {name: (words.label_of(name), words.lets_race(name)) for name in DESIGNS}
        self.choices = choices(tips, "race", self._choose, self, several=True)
        self.fair = CheckBox(words.FAIR)
        self.fair.setObjectName("fair")
        explain(self.fair, words.FAIR_TIP)
        self.fair.clicked.connect(lambda: self.look(session.state))
        self.start = button(words.START, words.START_TIP, self._start, "start-the-race")
        self.start.setProperty("main", True)
        self.end = button(words.END, words.END_TIP, self._end, "end-the-race")
        self.words = paragraph("race-words", plain=True)
        self.curves = RaceCurves(theme)
        self.lanes = Table(theme, title=words.LANES, tip=words.LANES_TIP, id="race-lanes")
        self.lanes.chosen.connect(session.designs.choose)
        self._lanes: tuple[Lane, ...] = ()
        self._limits: tuple[float, ...] = ()
        self._bar = flow(*self.choices.values(), self.fair, self.start)
        for_operator(self._bar, self.end)
        column(
            self._bar,
            row((self.words, 1), self.end),
            (row((self.curves, 9), (self.lanes, 11)), 1),
            spacing=6,
            of=self,
        )
        self.setFocusProxy(self.lanes)
        self.use_theme(theme)

    def load_late(self) -> None:
        self.curves.load()

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> RaceSeen:
        chosen, fair = self.chosen(state), self.fair.isChecked()
        racing = state.racing
        return seen(RaceSeen, state, chosen=chosen, fair=fair, racing=racing)

    def draw(self, view: RaceSeen, only_moving: bool) -> None:
        inked, shape = view.digits.inked, view.digits.shape
        weights = [_weight_images(view, work) for work in view.runners]
        if not only_moving or len(weights) != len(self._limits):
            self._write(view)
            self._limits = tuple(shared_limit(each, inked) for each in weights)
        shown = [
            Weights(each, limit, inked, shape)
            for each, limit in zip(weights, self._limits, strict=True)
        ]
        self.lanes.show_view(lanes_view(self._lanes, shown))

    def _write(self, view: RaceSeen) -> None:
        racing, chosen = bool(view.racing), view.chosen
        self._bar.setVisible(not racing)
        for name, choice in self.choices.items():
            choice.setChecked(name in chosen)
        self.fair.setEnabled(view.baseline in chosen and len(chosen) > 1)
        self.start.setEnabled(len(chosen) > 1)
        self.end.setVisible(racing)
        self.words.setText(self._after_start(view) if racing else self._before_start(view))
        order = list(DESIGNS)
        styles = [line_style(order.index(work.design)) for work in view.runners]
        both = list(zip(view.runners, styles, strict=True))
        self._lanes = tuple(_lane(view, work, style) for work, style in both)
        self.curves.show_view(
            tuple(
                RaceCurve(
                    words.label_of(work.design), style, work.curve, work.epoch_length(view.digits)
                )
                for work, style in (() if view.answer_hidden else both)
            )
        )

    def _after_start(self, view: RaceSeen) -> str:
        rests = not view.running and not view.answer_hidden
        result = standing(view.racing, view.digits) if rests else ""
        told = most_alike(view.racing, view.digits) if result else view.racing
        trunks = [work.design for work in told if _on_trunk(work)]
        seed = view.racing[0].settings.seed
        same = sentences(words.same_digits(seed, shown=False), words.on_trunk(trunks))
        if len(view.racing) > 2 or result:
            return sentences(result, same)  # the lanes say how large each is
        counts = [(work.design, work.network.parameters) for work in view.racing]
        return sentences(same, words.sizes(counts))

    def _before_start(self, view: RaceSeen) -> str:
        """With which of the networks shown are on a trunk that the race does not begin on."""
        found, chosen = view.representatives, view.chosen
        if view.lecturing:
            return words.same_digits(None, shown=False)
        missing = [name for name in chosen if name not in found]
        try:
            begins = list(zip(chosen, self.session.race.settings(chosen), strict=True))
        except Refusal:
            begins = []  # pressing Start says why
        scratch = [
            name
            for name, each in begins
            if name in found and each.trunk == "scratch" != found[name].judged_by.trunk
        ]
        return sentences(
            words.same_digits(None, shown=len(missing) < len(chosen)),
            words.on_trunk([name for name, each in begins if each.trunk == "frozen"]),
            words.APART if _apart(view) else "",
            words.without_network(missing),
            words.from_scratch(scratch),
            self._fair_in_words(view) if view.fair and self.fair.isEnabled() else "",
        )

    def _fair_in_words(self, view: RaceSeen) -> str:
        chosen, digits = view.chosen, view.digits
        try:
            settings = self.session.race.settings(chosen, fair=True)
        except Refusal as error:
            return str(error)
        counts = [
            (name, parameter_count(each, digits.inputs, digits.classes))
            for name, each in zip(chosen, settings, strict=True)
        ]
        hidden = settings[chosen.index(view.baseline)].hidden
        most = hidden == int(SETTINGS["hidden"].high)
        return sentences(words.fair(view.baseline, hidden, most), words.sizes(counts))

    # ---- choosing --------------------------------------------------------------------

    def chosen(self, state: State) -> tuple[str, ...]:
        """The designs that would race."""
        chosen = self._chosen
        if chosen is None:
            chosen = {next(iter(DESIGNS)), state.design}
            if len(chosen) == 1:
                chosen |= set(list(DESIGNS)[1:2])
        return tuple(name for name in DESIGNS if name in chosen)

    def _choose(self, design: str) -> None:
        self._chosen = set(self.chosen(self.session.state)) ^ {design}
        self.look(self.session.state)

    def _start(self) -> None:
        fair = self.fair.isChecked() and self.fair.isEnabled()
        if self.session.race.begin(self.chosen(self.session.state), fair):
            self.session.runs.run()

    def _end(self) -> None:
        """Ends the race, and offers the way back to what was on screen before it."""
        session = self.session
        session.race.end()
        before = session.shelf.before
        if before is not None and not before.experiment:
            told = words.race_over(before.full_title)
            session.say("info", told, action="shelf.back", action_label=words.BACK)


def standing(works: Sequence[Work], digits: ShownDigits) -> str:
    """Who leads of those that stand at one moment; of each that learned from other digits than
    the most of them, why it is not among them. "" as long as one is not measured there."""
    here = [work.position.examples for work in works]
    steps = [work.position.examples / max(1, work.position.steps) for work in works]
    known = [(work.measured, work.position.examples) for work in works]
    asked = all(told and told.whole and told.examples == here for told, here in known)
    if not asked or not min(here) or max(here) - min(here) > max(steps):
        return ""
    alike = most_alike(works, digits)
    entrants = [Entrant(work.design, work.taught(digits), work.measured) for work in alike]
    lead, one = lead_of(entrants, digits.labels), alike[0]
    return sentences(
        "" if lead is None else words.lead(lead, one.epochs(digits)),
        *(
            why_not_compared(
                work.taught(digits),
                one.taught(digits),
                words.label_of(work.design),
                words.label_of(one.design),
            )
            for work in works
            if work not in alike
        ),
    )


def most_alike(works: Sequence[Work], digits: ShownDigits) -> Sequence[Work]:
    """The most of them that learned from the same digits."""
    return max(([w for w in works if w.is_alike(each, digits)] for each in works), key=len)


def _apart(view: RaceSeen) -> bool:
    """Whether some of those shown learned from other digits than others."""
    works = view.runners
    return bool(works) and len(most_alike(works, view.digits)) < len(works)


def _on_trunk(work: Work) -> bool:
    return work.judged_by.trunk == "frozen"


def _member(view: RaceSeen, work: Work) -> int:
    """The network of a design whose weights are shown."""
    return min(view.member, work.network.networks - 1)


def _weight_images(view: RaceSeen, work: Work) -> Floats:
    """(hidden, inputs), or none (0, inputs) where hidden neurons see no pixels"""
    network = work.network
    if network.front is not None:
        return np.zeros((0, network.inputs), np.float32)
    found: Floats = network.hidden_weights[_member(view, work)]
    return found


def _lane(view: RaceSeen, work: Work, style: LineStyle) -> Lane:
    network, opened = work.network, work.opened
    epochs = work.epochs(view.digits) if work.learned else None
    details = [
        words.lane_epoch(epochs),
        words.lane_hidden(network.networks, network.hidden),
        words.lane_parameters(network.parameters),
    ]
    accuracy = share_of(work.measured) if work.measured else words.NOT_MEASURED
    if opened is not None and not view.lecturing:
        elsewhere = "" if opened.digits == view.digits.name else test_of(opened.digits)
        details.append(words.lane_origin(work.title, work.shipped, elsewhere))
    if _on_trunk(work):
        details.append(words.ON_TRUNK)
    if _apart(view):
        details.append(learned_from(work.taught(view.digits)))
    if network.networks > 1 and network.front is None:
        details.append(words.lane_member(_member(view, work)))
    return Lane(
        work.design,
        words.label_of(work.design),
        style,
        words.UNKNOWN if view.answer_hidden else accuracy,
        tuple(details),
        work.design == view.design,
        words.TRUNK if _on_trunk(work) else "",
        work not in most_alike(view.runners, view.digits),
        view.lecturing,
    )
