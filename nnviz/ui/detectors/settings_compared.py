"""Settings compared: four runs from one seed, their weight images side by side, live."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.errors import Refusal
from nnviz.networks.experiments import SETUPS, settings_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.detectors.shapes import Shapes
from nnviz.session.designs import complete
from nnviz.session.known import AllKnown
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.session.work import as_it_was
from nnviz.ui.detectors import words
from nnviz.ui.detectors.mosaic import Mosaic, MosaicView
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.kit.controls import button, keep_width, paragraph
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_picture
from nnviz.ui.kit.layout import column, placed, row, sized
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import shared_limit
from nnviz.ui.pages.estimate_words import last_share
from nnviz.ui.pages.output_words import signed
from nnviz.ui.pages.page import MOVING, Page
from nnviz.words import listed, number, plain, said_now

SMALLEST, SMALL = 40, 16
"""Side of an image on the design grid, and before a room, where nobody scrolls; of more than have
room the rest is scrolled to."""


@dataclass(frozen=True)
class SettingsSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    film: bool
    """Whether a moment of a film is on screen."""
    digits: ShownDigits
    neuron: int | None
    lecturing: bool
    answer_hidden: bool
    racing: bool
    """Whether the runs have begun."""
    learning: bool
    """Whether any of them learns."""
    complete: bool
    """Whether all of them have learned for as long as they were to."""
    seed: int
    shapes: tuple[Shapes | None, ...]
    """The measures of each, as far as known."""
    answers: AllKnown
    """After each of which what had to wait for it is asked."""
    seen: Work = field(metadata=MOVING)
    works: tuple[Work, ...] = field(metadata=MOVING)
    """The runs, or what they would begin with."""


class SettingsCompared(Page):
    """Before they begin four random starts; then the runs, which learn beside what is on screen."""

    id = "settings"
    title = words.SETTINGS
    question = words.SETTINGS_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-settings-compared")
        self.words = paragraph("setups-words")
        self.start = button(words.START, words.START_TIP, self._start, "start-setups")
        for_picture(self.start)
        self.going = placed(button(words.GO_ON, words.GO_ON_TIP, self._go_on, "go-on-setups"))
        self.strips = tuple(SetupStrip(theme, at) for at in range(len(SETUPS)))
        for at, strip in enumerate(self.strips):
            strip.mosaic.walked.connect(lambda tile: session.change(neuron=tile))
            strip.mosaic.chosen.connect(lambda tile, at=at: self._open(at, tile))
        column(
            row((self.words, 1), self.going, self.start, spacing=12),
            (row(*((strip, 1) for strip in self.strips), spacing=14), 1),
            spacing=6,
            of=self,
        )
        self.setFocusProxy(self.strips[0].mosaic)
        self._resting = Resting(self, self._measure)
        self._previews: tuple[tuple[object, ...], tuple[Work, ...]] = ((), ())
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        keep_width(self.start, (words.START, words.START_AGAIN))
        keep_width(self.going, (words.PAUSE, words.GO_ON))

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        state = self.session.state
        self._resting.see(state.seen, state.past is not None, state.running, at_once=True)
        super().showEvent(event)

    def see(self, state: State) -> SettingsSeen:
        racing = self._shown(state)
        works = racing or self._starts(state)
        return seen(
            SettingsSeen,
            state,
            film=state.past is not None,
            racing=bool(racing),
            learning=state.running and any(each.key in _going(state) for each in racing),
            complete=all(complete(each) for each in works),
            seed=works[0].settings.seed,
            shapes=tuple(self.session.measures.shapes_measured(work) for work in works),
            works=works,
        )

    def draw(self, view: SettingsSeen, only_moving: bool) -> None:
        self._resting.see(view.seen, view.film, view.running)
        if not only_moving:
            self._write(view)
        for strip, work in zip(self.strips, view.works, strict=False):
            smallest = SMALL if view.lecturing else SMALLEST
            strip.show_work(view.digits, work, view.neuron, smallest)

    def _write(self, view: SettingsSeen) -> None:
        for at, strip in enumerate(self.strips):
            strip.setVisible(at < len(view.works))
        for strip, work, shapes in zip(self.strips, view.works, view.shapes, strict=False):
            strip.write(view.digits, work, not view.racing, shapes)
            strip.leave_out(view)
        self.start.setText(words.START_AGAIN if view.racing else words.START)
        self.start.setEnabled(view.engine != "dead")
        self.going.setVisible(view.racing and (view.learning or not view.complete))
        self.going.setText(words.PAUSE if view.learning else words.GO_ON)
        self.going.setAccessibleName(self.going.text())
        self.words.setText(said_now(words.SAME_SEED).format(seed=view.seed))

    def _racing(self, state: State) -> tuple[Work, ...]:
        """The runs whose settings are compared, as far as they are open."""
        found = {work.key: work for work in state.works}
        return tuple(found[key] for key in state.detectors.compared if key in found)

    def _shown(self, state: State) -> tuple[Work, ...]:
        """Those runs; all as they were when the one on screen stood where its film is shown."""
        works, past = self._racing(state), state.past
        if past is None or state.work.key not in [work.key for work in works]:
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
        lenet = state.work.network.front is not None
        if state.layout.network_count > 1 or state.layout.heads or lenet:
            own = Settings()
        shown = state.own_settings
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
        self.session.experiments.compare(settings, _NAMES)

    def _go_on(self) -> None:
        """Pauses the runs, or has them go on."""
        state, runs = self.session.state, self._racing(self.session.state)
        if state.running:
            self.session.runs.pause()
        else:
            self.session.experiments.go_on(*runs)

    def _open(self, number: int, tile: int) -> None:
        """Shows the neuron of a run alone."""
        state = self.session.state
        works = self._racing(state)
        if not works:
            return
        self.session.shelf.visit(works[number].key)
        self.session.change(neuron=tile)
        self.view_asked.emit("neuron")


class SetupStrip(QWidget):
    """One of the runs: its settings, weight images, accuracy and measures."""

    def __init__(self, theme: Theme, place: int) -> None:
        super().__init__()
        self.setObjectName(f"setup-{place}")
        self.name = Headline(theme, TEXT + 1)
        self.settings = Headline(theme, TEXT, bold=False)
        self.mosaic = Mosaic(theme, title=words.RUN_WEIGHTS.format(number=place + 1))
        self.accuracy = sized(QLabel(), text=34, bold=True, height=44)
        explain(self.accuracy, words.ACCURACY_TIP)
        self.progress = QLabel()
        explain(self.progress, words.EPOCHS_TIP)
        self.shapes = Headline(theme, TEXT, bold=False)
        self.strokes = Headline(theme, TEXT, bold=False)
        self.strokes.setObjectName(f"strokes-{place}")
        column(
            self.name,
            self.settings,
            (self.mosaic, 1),
            row(self.accuracy, (self.progress, 1), spacing=10),
            self.shapes,
            self.strokes,
            spacing=2,
            of=self,
        )
        self._said = ""

    def write(
        self, digits: ShownDigits, work: Work, waiting: bool, measured: Shapes | None
    ) -> None:
        """Name, settings, accuracy, progress and the means of its measures."""
        self.name.say(work.name)
        settings = work.settings
        short = words.SETTINGS_SHORT[settings.nonnegative]
        self.settings.say(
            short.format(start=words.STARTS[settings.initial], decay=plain(settings.decay, 6))
        )
        explain(self.settings, words.SETTINGS_TIP)
        helps = {setup.label: setup.help for setup in SETUPS.values()}
        explain(self.name, helps.get(work.name, work.title))
        self.accuracy.setText(last_share(work, words.NO_ACCURACY))
        epochs = work.epochs(digits)
        shown = number(epochs, 2 if epochs < 2 else 1)
        self.progress.setText(words.RANDOM_START if waiting else words.EPOCH.format(epochs=shown))
        moran = excess = "–" if waiting else words.NOT_KNOWN
        if measured is not None:
            moran = signed(measured.moran, 2).removeprefix("+")
            excess = signed(measured.stroke_excess, 2)
        self.shapes.say(words.MORAN.format(value=moran))
        # in one line whatever it says, or the accuracies would move when it is known
        self.strokes.say(words.STROKES.format(value=excess))
        explain(self.strokes, words.STROKES_TIP)
        self._said = words.RUN_SAID.format(
            name=work.name,
            facts=listed(
                (
                    self.accuracy.text(),
                    self.progress.text(),
                    self.shapes.text,
                    self.strokes.text,
                )
            ),
        )

    def leave_out(self, view: SettingsSeen) -> None:
        """What is not told before the answer, or has no room in a lecture."""
        for label in (self.accuracy, self.shapes, self.strokes):
            label.setVisible(not view.answer_hidden)
        if view.lecturing and not view.racing:
            self.shapes.hide()
            self.strokes.hide()

    def show_work(
        self, digits: ShownDigits, work: Work, selected: int | None, smallest: int
    ) -> None:
        """Its weight images."""
        weights = np.nan_to_num(work.network.hidden_weights[0])
        self.mosaic.show_view(
            MosaicView(
                weights,
                shared_limit(weights, digits.inked),
                digits.inked,
                digits.shape,
                np.zeros(len(weights), np.float32),
                tuple(map(str, range(len(weights)))),
                selected=selected,
                words=self._said,
                smallest=smallest,
            )
        )


def _going(state: State) -> tuple[int, ...]:
    """Keys of the networks that learn side by side while any do."""
    return state.beside or state.race


@lru_cache(maxsize=1)
def _then(works: tuple[Work, ...], moment: int) -> tuple[Work, ...]:
    """Those runs at a moment of their films, the same as long as it is looked at."""
    return tuple(as_it_was(work, moment) or work for work in works)


_NAMES = tuple(setup.label for setup in SETUPS.values())
