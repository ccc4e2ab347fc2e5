"""Race: several designs learn side by side, from one seed and the same digits in one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.digits import ShownDigits
from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.network import parameter_count
from nnviz.networks.settings import SETTINGS, Settings
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.designs.race_curves import RaceCurve, RaceCurves
from nnviz.ui.designs.race_lanes import Lane, RaceLanes
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.check_box import CheckBox
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.line_styles import LineStyle, line_style
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, Page


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
    open: tuple[Work, ...] = field(metadata=MOVING)
    """All networks that the settings of a race may follow from, beside those trained."""
    racing: tuple[Work, ...] = field(metadata=MOVING)
    """The networks that learn side by side, where there are any."""
    representatives: Mapping[str, Work] = field(metadata=MOVING)

    @property
    def works(self) -> Sequence[Work]:
        """Those that race; before that, the networks that stand for the chosen designs."""
        found = self.representatives
        return self.racing or [found[name] for name in self.chosen if name in found]


class RaceView(Page):
    """Choose designs, start, and watch their curves on one axis."""

    id = "race"
    title = "Race"
    question = "Which design learns faster, and which gets further?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-the-race")
        self._chosen: set[str] | None = None  # None until the user chooses
        self._bar = QWidget()
        self._row = FlowLayout(self._bar)
        self.choices = {name: self._choice(name) for name in DESIGNS}
        self.fair = CheckBox("Fair comparison")
        self.fair.setObjectName("fair")
        self.fair.setAccessibleName("Fair comparison")
        self.fair.setToolTip(
            "Gives the baseline so many hidden neurons that it has as many parameters as the "
            "largest of the others."
        )
        self.fair.clicked.connect(lambda: self.look(session.state))
        self.start = button("Start the race", "Random starts of all chosen designs, and run.")
        self.start.clicked.connect(self._start)
        self.end = button(
            "End the race", "Pauses; all networks stay open and learn alone from now on."
        )
        self.end.clicked.connect(session.race.end)
        for widget in (*self.choices.values(), self.fair, self.start):
            self._row.addWidget(widget)
        self.words = QLabel()
        self.words.setObjectName("race-words")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.words.setSizePolicy(policy)
        self.curves = RaceCurves(theme)
        self.lanes = RaceLanes(theme)
        self.lanes.clicked.connect(session.designs.choose)
        self._pictures = QHBoxLayout()
        self._pictures.addWidget(self.curves, 9)
        self._pictures.addWidget(self.lanes, 11)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._bar)
        above = QHBoxLayout()
        above.addWidget(self.words, 1)
        above.addWidget(self.end)
        self._column.addLayout(above)
        self._column.addLayout(self._pictures, 1)
        self.setFocusProxy(self.lanes)
        self.use_theme(theme)

    def _choice(self, design: str) -> QPushButton:
        made = button(
            DESIGNS[design].label, f"{DESIGNS[design].help} Press to let it race.", name=design
        )
        made.setObjectName(f"race-{design}")
        made.setCheckable(True)
        made.clicked.connect(lambda checked, design=design: self._choose(design, checked))
        return made

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        for made in (*self.choices.values(), self.start, self.end):
            made.setStyleSheet(theme.button_style())
        colours = theme.colours
        self.start.setStyleSheet(
            f"{theme.button_style()} QPushButton:enabled {{ background: {colours.right}; "
            f"color: {colours.on_accent}; font-weight: 600; }}"
        )
        for widget in (self.fair, self.words):
            widget.setFont(theme.font())
        self._column.setSpacing(theme.px(6))
        self._pictures.setSpacing(theme.px(8))
        self.curves.use_theme(theme)
        self.lanes.use_theme(theme)

    def load_late(self) -> None:
        self.curves.load()

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> RaceSeen:
        return RaceSeen(
            running=state.running,
            design=state.design,
            digits=state.digits,
            baseline=state.baseline,
            member=state.member,
            chosen=self.chosen(state),
            fair=self.fair.isChecked(),
            trained=state.trained,
            open=state.works,
            racing=state.racing,
            representatives=state.representatives,
        )

    def draw(self, view: RaceSeen, only_moving: bool) -> None:
        if not only_moving:
            self._write(view)
        weights = []
        for work in view.works:
            member = min(view.member, work.network.networks - 1)
            weights.append(work.network.hidden_weights[member])
        self.lanes.show_weights(weights, view.digits.inked, view.digits.shape)

    def _write(self, view: RaceSeen) -> None:
        racing, chosen = bool(view.racing), view.chosen
        self._bar.setVisible(not racing)
        for name, choice in self.choices.items():
            with QSignalBlocker(choice):
                choice.setChecked(name in chosen)
        self.fair.setEnabled(view.baseline in chosen and len(chosen) > 1)
        self.start.setEnabled(len(chosen) > 1)
        self.end.setVisible(racing)
        self.words.setText(self._sentence(view))
        works, order = view.works, list(DESIGNS)
        styles = [line_style(order.index(work.design)) for work in works]
        self.lanes.show_lanes(
            [_lane(view, work, style) for work, style in zip(works, styles, strict=True)]
        )
        self.curves.show_curves(
            [
                RaceCurve(
                    DESIGNS[work.design].label, style, work.points, work.epoch_length(view.digits)
                )
                for work, style in zip(works, styles, strict=True)
            ]
        )

    def _sentence(self, view: RaceSeen) -> str:
        if view.racing:
            seed = view.racing[0].settings.seed
            same = f"Same seed ({seed}), same digits in the same order."
            if len(view.racing) > 2:
                return same  # the lanes say how large each is
            sizes = [(work.design, work.network.parameters) for work in view.racing]
            return f"{same} {_sizes(sizes)}"
        start = "Same seed, same digits in the same order."
        found = view.representatives
        missing = [DESIGNS[name].label for name in view.chosen if name not in found]
        if len(missing) < len(view.chosen):
            start = f"{start} Until the start: how these networks learned."
        if missing:
            start = f"{start} No network yet: {', '.join(missing)}."
        start += self._scratch_in_words(view)
        if view.fair and self.fair.isEnabled():
            return f"{start} {self._fair_in_words(view)}"
        return start

    def _scratch_in_words(self, view: RaceSeen) -> str:
        """Which of the networks shown is on a trunk that the race does not begin on."""
        chosen = view.chosen
        try:
            settings = self.session.race.settings(chosen)
        except Refusal:
            return ""  # pressing Start says why
        shown = view.representatives
        labels = [
            DESIGNS[name].label
            for name, each in zip(chosen, settings, strict=True)
            if name in shown and each.trunk == "scratch" != shown[name].judged_by.trunk
        ]
        return f" In the race from scratch: {', '.join(labels)}." if labels else ""

    def _fair_in_words(self, view: RaceSeen) -> str:
        chosen = view.chosen
        try:
            settings = self.session.race.settings(chosen, fair=True)
        except Refusal as error:
            return str(error)
        digits = view.digits
        counts = [
            (name, parameter_count(each, digits.inputs, digits.classes))
            for name, each in zip(chosen, settings, strict=True)
        ]
        base: Settings = settings[chosen.index(view.baseline)]
        most = int(SETTINGS["hidden"].high)
        limit = ", the most there can be, so it stays smaller" if base.hidden == most else ""
        label = DESIGNS[view.baseline].label
        return f"Fair: {label} gets {base.hidden} hidden neurons{limit}. {_sizes(counts)}"

    # ---- choosing --------------------------------------------------------------------

    def chosen(self, state: State) -> tuple[str, ...]:
        """The designs that would race."""
        chosen = self._chosen
        if chosen is None:
            chosen = {next(iter(DESIGNS)), state.design}
            if len(chosen) == 1:
                chosen |= set(list(DESIGNS)[1:2])
        return tuple(name for name in DESIGNS if name in chosen)

    def _choose(self, design: str, checked: bool) -> None:
        chosen = set(self.chosen(self.session.state))
        self._chosen = chosen | {design} if checked else chosen - {design}
        self.look(self.session.state)

    def _start(self) -> None:
        fair = self.fair.isChecked() and self.fair.isEnabled()
        if self.session.race.begin(self.chosen(self.session.state), fair):
            self.session.runs.run()


def _lane(view: RaceSeen, work: Work, style: LineStyle) -> Lane:
    network = work.network
    epochs = work.position.examples / work.epoch_length(view.digits)
    accuracy = work.measured.accuracy if work.measured else None
    several = f"{network.networks} × " if network.networks > 1 else ""
    details = [
        f"epoch {epochs:.1f}" if work.learned else "random start",
        f"{several}{network.hidden} hidden neurons",
        f"{network.parameters:,} parameters",
    ]
    if work.opened is not None:
        elsewhere = work.opened.digits != view.digits.name
        origin = "shipped" if work.shipped else work.title
        details.append(f"{origin}, curve: {work.opened.digits} test" if elsewhere else origin)
    elif work.settings.trunk == "frozen":
        details.append("on a trained trunk")
    if network.networks > 1:
        member = min(view.member, network.networks - 1)
        details.append(f"shown: network {member + 1}")
    return Lane(
        work.design,
        DESIGNS[work.design].label,
        style,
        "– %" if accuracy is None else f"{100 * accuracy:.1f} %",
        tuple(details),
        work.design == view.design,
    )


def _sizes(counts: Sequence[tuple[str, int]]) -> str:
    """How many parameters each has."""
    told = [f"{DESIGNS[name].label} {count:,}" for name, count in counts]
    return f"Parameters: {', '.join(told)}."
