"""Race: several designs learn side by side, from one seed and the same digits in one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
from PySide6.QtGui import QFontMetrics

from nnviz.data.arrays import Floats
from nnviz.data.catalogue import test_of
from nnviz.data.digits import ShownDigits
from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.network import parameter_count
from nnviz.networks.settings import SETTINGS
from nnviz.questions.comparison import Entrant, lead_of
from nnviz.questions.learned_from import learned_from, why_not_compared
from nnviz.session.entrants import design_of, name_now
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
from nnviz.ui.pages.compared import compare_button
from nnviz.ui.pages.estimate_words import share_of
from nnviz.ui.pages.page import MOVING, Page, seen
from nnviz.words import sentences

BESIDE = {str(place): words.ANOTHER for place in range(6)}
"""Buttons for networks that are compared beside those that stand for the designs."""


AROUND = 34
"""What a button has beside its words, on the design grid."""


@dataclass(frozen=True)
class RaceSeen:
    """All that the view shows of a state."""

    running: bool
    design: str
    digits: ShownDigits
    base: str
    """The entrant that the others are compared with."""
    member: int
    chosen: tuple[str, ...]
    """The entrants, or designs without a network, that would race."""
    listed_entrants: tuple[str, ...]
    """All that could."""
    labels: Mapping[str, str]
    """Design or entrant -> what it is called."""
    fair: bool
    trained: Mapping[str, Work]
    engine: str
    lecturing: bool
    answer_hidden: bool
    works: tuple[Work, ...] = field(metadata=MOVING)
    """All networks that the settings of a race may follow from, beside those trained."""
    racing: tuple[Work, ...] = field(metadata=MOVING)
    """The networks that learn side by side, where there are any."""
    entrants: Mapping[str, Work] = field(metadata=MOVING)

    @property
    def runners(self) -> Mapping[str, Work]:
        """Entrant -> network of those that race; before that, of those chosen."""
        keys = [work.key for work in self.racing]
        if not keys:
            return {name: self.entrants[name] for name in self.chosen if name in self.entrants}
        found = {work.key: name for name, work in self.entrants.items()}
        return {found.get(work.key, work.design): work for work in self.racing}


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
        self.beside = choices(BESIDE, "race-beside", self._choose_beside, self, several=True)
        self._beside: tuple[str, ...] = ()  # the entrants that these stand for
        for each in self.beside.values():
            each.hide()
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
        chosen = (*self.choices.values(), *self.beside.values())
        self.networks = compare_button(session)
        self._bar = flow(*chosen, self.networks, self.fair, self.start)
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
        weights = [_weight_images(view, work) for work in view.runners.values()]
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
            choice.setVisible(name in view.listed_entrants)
        self._show_beside(view)
        self.fair.setEnabled(view.base in chosen and len(chosen) > 1)
        self.start.setEnabled(len(chosen) > 1)
        self.end.setVisible(racing)
        self.words.setText(self._after_start(view) if racing else self._before_start(view))
        styles = _styles(tuple(view.runners))
        self._lanes = tuple(_lane(view, name, style) for name, style in styles.items())
        self.curves.show_view(
            tuple(
                RaceCurve(
                    view.labels[name], styles[name], work.curve, work.epoch_length(view.digits)
                )
                for name, work in view.runners.items()
                if not view.answer_hidden
            )
        )

    def _show_beside(self, view: RaceSeen) -> None:
        """A button for each entrant that stands for no design, and what those of its design are
        called then."""
        self._beside = tuple(name for name in view.listed_entrants if name not in DESIGNS)
        for name, made in self.choices.items():
            made.setText(view.labels[name])
        for made, name in zip_longest(self.beside.values(), self._beside[: len(BESIDE)]):
            made.setVisible(name is not None)
            if name is not None:
                made.setText(view.labels[name])
                made.setAccessibleName(view.labels[name])
                made.setChecked(name in view.chosen)
        font = QFontMetrics(self.theme.font(bold=True))  # as it is while one is down
        for made in (*self.choices.values(), *self.beside.values()):
            made.setMinimumWidth(font.horizontalAdvance(made.text()) + self.theme.px(AROUND))

    def _after_start(self, view: RaceSeen) -> str:
        rests = not view.running and not view.answer_hidden
        runners = {view.labels[name]: work for name, work in view.runners.items()}
        result = standing(runners, view.digits) if rests else ""
        told = most_alike(view.racing, view.digits) if result else view.racing
        trunks = [label for label, work in runners.items() if work in told and _on_trunk(work)]
        seed = view.racing[0].settings.seed
        same = sentences(words.same_digits(seed, shown=False), words.on_trunk(trunks))
        if len(view.racing) > 2 or result:
            return sentences(result, same)  # the lanes say how large each is
        counts = [(label, work.network.parameters) for label, work in runners.items()]
        return sentences(same, words.sizes(counts))

    def _before_start(self, view: RaceSeen) -> str:
        """With which of the networks shown are on a trunk that the race does not begin on."""
        found, chosen = view.entrants, view.chosen
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
        known = [each for _, each in begins]
        same = [name for name, each in begins if known.count(each) > 1]
        return sentences(
            words.same_digits(None, shown=len(missing) < len(chosen)),
            words.on_trunk(_called(view, [n for n, each in begins if each.trunk == "frozen"])),
            words.APART if _apart(view) else "",
            words.without_network(_called(view, missing)),
            words.from_scratch(_called(view, scratch)),
            words.learn_the_same(_called(view, same)),
            self._fair_in_words(view) if view.fair and self.fair.isEnabled() else "",
        )

    def _fair_in_words(self, view: RaceSeen) -> str:
        chosen, digits = view.chosen, view.digits
        try:
            settings = self.session.race.settings(chosen, fair=True)
        except Refusal as error:
            return str(error)
        counts = [
            (view.labels[name], parameter_count(each, digits.inputs, digits.classes))
            for name, each in zip(chosen, settings, strict=True)
        ]
        hidden = settings[chosen.index(view.base)].hidden
        most = hidden == int(SETTINGS["hidden"].high)
        return sentences(words.fair(view.labels[view.base], hidden, most), words.sizes(counts))

    # ---- choosing --------------------------------------------------------------------

    def chosen(self, state: State) -> tuple[str, ...]:
        """The entrants or designs that would race; until others are chosen, those of which several
        are compared."""
        names, chosen = state.listed_entrants, self._chosen
        several = {design_of(name) for name in names if name not in DESIGNS}
        if chosen is None and several and not state.race:
            return tuple(name for name in names if design_of(name) in several)
        if chosen is None:
            chosen = {next(iter(DESIGNS)), state.design}
            if len(chosen) == 1:
                chosen |= set(list(DESIGNS)[1:2])
        now = {name_now(name, state.entrants) or name for name in chosen}
        return tuple(name for name in names if name in now)

    def _choose(self, name: str) -> None:
        state = self.session.state
        self._chosen = {state.keeping(each) for each in set(self.chosen(state)) ^ {name}}
        self.look(self.session.state)

    def _choose_beside(self, place: str) -> None:
        self._choose(self._beside[list(BESIDE).index(place)])

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


def standing(runners: Mapping[str, Work], digits: ShownDigits) -> str:
    """Who leads of those that stand at one moment, by what they are called; of each that learned
    from other digits than the most of them, why it is not among them. "" as long as one is not
    measured there."""
    works = list(runners.values())
    here = [work.position.examples for work in works]
    steps = [work.position.examples / max(1, work.position.steps) for work in works]
    known = [(work.measured, work.position.examples) for work in works]
    asked = all(told and told.whole and told.examples == here for told, here in known)
    if not asked or not min(here) or max(here) - min(here) > max(steps):
        return ""
    alike = most_alike(works, digits)
    entrants = [
        Entrant(label, work.taught(digits), work.measured)
        for label, work in runners.items()
        if work in alike
    ]
    lead, one = lead_of(entrants, digits.labels), alike[0]
    name = next(label for label, work in runners.items() if work is one)
    return sentences(
        "" if lead is None else words.lead(lead, one.epochs(digits)),
        *(
            why_not_compared(
                work.taught(digits),
                one.taught(digits),
                label,
                name,
            )
            for label, work in runners.items()
            if work not in alike
        ),
    )


def most_alike(works: Sequence[Work], digits: ShownDigits) -> Sequence[Work]:
    """The most of them that learned from the same digits."""
    return max(([w for w in works if w.is_alike(each, digits)] for each in works), key=len)


def _apart(view: RaceSeen) -> bool:
    """Whether some of those shown learned from other digits than others."""
    works = list(view.runners.values())
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


def _styles(names: Sequence[str]) -> dict[str, LineStyle]:
    """That of each design; other networks of a design have those of designs that do not race."""
    order = list(DESIGNS)
    free = [place for place, name in enumerate(order) if name not in names]
    places = iter((*free, *range(len(order), len(order) + len(names))))
    return {
        name: line_style(order.index(name) if name in DESIGNS else next(places)) for name in names
    }


def _called(view: RaceSeen, names: Sequence[str]) -> list[str]:
    return [view.labels[name] for name in names]


def _lane(view: RaceSeen, name: str, style: LineStyle) -> Lane:
    work = view.runners[name]
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
        name,
        view.labels[name],
        style,
        words.UNKNOWN if view.answer_hidden else accuracy,
        tuple(details),
        name == view.design,
        words.TRUNK if _on_trunk(work) else "",
        work not in most_alike(list(view.runners.values()), view.digits),
        view.lecturing,
        "" if name in DESIGNS else view.labels[name],
    )
