"""Settings compared: four runs from one seed, their weight images side by side, live."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nnviz.data.digits import ShownDigits
from nnviz.errors import Refusal
from nnviz.networks.experiments import SETUPS, settings_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.detectors.shapes import Shapes
from nnviz.session.known import AllKnown
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.session.work import as_it_was
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.detectors.setup_strip import SetupStrip
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, Page


@dataclass(frozen=True)
class SettingsSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    film: bool
    """Whether a moment of a film is on screen."""
    digits: ShownDigits
    neuron: int | None
    racing: bool
    """Whether the runs have begun."""
    seed: int
    shapes: tuple[Shapes | None, ...]
    """The measures of each, as far as known."""
    answers: AllKnown
    """After each of which what had to wait for it is asked."""
    seen: Work = field(metadata=MOVING)
    works: tuple[Work, ...] = field(metadata=MOVING)
    """The runs, or what they would begin with."""


class SettingsCompared(Page):
    """Before the race its four random starts; then whatever races, if it is one design."""

    id = "settings"
    title = "Settings compared"
    question = "Which settings make weight images that one can read?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-settings-compared")
        self.words = QLabel()
        self.words.setObjectName("setups-words")
        self.words.setWordWrap(True)
        self.start = button(
            "Start the four runs",
            "New runs side by side from the seed on screen; Run, Pause and Reset then go for all",
            self._start,
            "start-setups",
        )
        self.strips = tuple(SetupStrip(theme, number) for number in range(len(SETUPS)))
        for number, strip in enumerate(self.strips):
            strip.mosaic.chosen.connect(lambda tile: session.change(neuron=tile))
            strip.mosaic.opened.connect(lambda tile, at=number: self._open(at, tile))
        self._head = QHBoxLayout()
        self._head.addWidget(self.words, 1)
        self._head.addWidget(self.start)
        self._row = QHBoxLayout()
        for strip in self.strips:
            self._row.addWidget(strip, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addLayout(self._row, 1)
        self.setFocusProxy(self.strips[0].mosaic)
        self._resting = Resting(self, self._measure)
        self._previews: tuple[tuple[object, ...], tuple[Work, ...]] = ((), ())
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(6))
        self._head.setSpacing(theme.px(12))
        self._row.setSpacing(theme.px(14))
        self.words.setFont(theme.font())
        for choice in self.findChildren(QPushButton):
            choice.setStyleSheet(theme.button_style())
        for strip in self.strips:
            strip.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        state = self.session.state
        self._resting.see(state.seen, state.past is not None, state.running, at_once=True)
        super().showEvent(event)

    def see(self, state: State) -> SettingsSeen:
        racing = self._shown(state)
        works = racing or self._starts(state)
        return SettingsSeen(
            running=state.running,
            engine=state.engine,
            film=state.past is not None,
            digits=state.digits,
            neuron=state.neuron,
            racing=bool(racing),
            seed=works[0].settings.seed,
            shapes=tuple(self.session.measures.shapes_measured(work) for work in works),
            answers=state.answers,
            seen=state.seen,
            works=works,
        )

    def draw(self, view: SettingsSeen, only_moving: bool) -> None:
        self._resting.see(view.seen, view.film, view.running)
        if not only_moving:
            self._write(view)
        for strip, work in zip(self.strips, view.works, strict=False):
            strip.show_work(view.digits, work, view.neuron, view.running)

    def _write(self, view: SettingsSeen) -> None:
        for number, strip in enumerate(self.strips):
            strip.setVisible(number < len(view.works))
        for strip, work, shapes in zip(self.strips, view.works, view.shapes, strict=False):
            strip.write(view.digits, work, not view.racing, shapes)
        self.start.setText("Start again" if view.racing else "Start the four runs")
        self.start.setEnabled(view.engine != "dead")
        self.words.setText(
            f"The same digits from seed {view.seed}, other settings; each strip has a colour scale "
            "of its own."
        )

    def _racing(self, state: State) -> tuple[Work, ...]:
        """The runs of a race of settings."""
        works = state.racing
        one_design = len({work.design for work in works}) == 1
        fits = 1 < len(works) <= len(self.strips) and one_design
        return works if fits and works[0].network.networks == 1 else ()

    def _shown(self, state: State) -> tuple[Work, ...]:
        """Those runs; all as they were when the one on screen stood where its film is shown."""
        works, past = self._racing(state), state.past
        if past is None or state.work.key not in state.race:
            return works
        return _then(works, len(past.points) - 1)

    def _measure(self) -> None:
        self.session.measures.measure_shapes(self._shown(self.session.state))

    def _starts(self, state: State) -> tuple[Work, ...]:
        """What the four runs would begin with."""
        asked = (state.digits, *self._settings(state))
        if self._previews[0] != asked:
            digits = state.digits
            works = tuple(
                Work(settings, initial_network(settings, digits.inputs, digits.classes), name=name)
                for settings, name in zip(self._settings(state), _NAMES, strict=True)
            )
            self._previews = (asked, works)
        return self._previews[1]

    def _settings(self, state: State) -> Sequence[Settings]:
        """Those of the four runs: of the design on screen if it is one network, else of the
        usual design."""
        own = state.work.judged_by
        if state.layout.network_count > 1 or state.layout.heads:
            own = Settings()
        shown = state.settings
        base = Settings().change(
            design=own.design,
            code=own.code,
            hidden=min(own.hidden, 100),
            seed=shown.seed,
            speed=shown.speed,
            images=shown.images,
            epochs=shown.epochs,
        )
        count = min(shown.images or state.digits.train_count, state.digits.train_count)
        return [settings_of(setup, base, count) for setup in SETUPS.values()]

    # ---- choosing --------------------------------------------------------------------

    def _start(self) -> None:
        try:
            settings = self._settings(self.session.state)
        except Refusal as error:
            self.session.say("error", str(error))
            return
        if self.session.race.begin_of(settings, _NAMES):
            self.session.runs.run()

    def _open(self, number: int, tile: int) -> None:
        """Shows the neuron of a run alone."""
        state = self.session.state
        works = self._racing(state)
        if not works:
            return
        self.session.shelf.switch(state.works.index(works[number]))
        self.session.change(neuron=tile)
        self.view_asked.emit("neuron")


@lru_cache(maxsize=1)
def _then(works: tuple[Work, ...], moment: int) -> tuple[Work, ...]:
    """Those runs at a moment of their films, the same as long as it is looked at."""
    return tuple(as_it_was(work, moment) or work for work in works)


_NAMES = tuple(setup.label for setup in SETUPS.values())
