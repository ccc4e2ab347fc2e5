"""From ten outputs to four bits by the book's exercise, without learning anything."""

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget

from nnviz.data.arrays import Bytes, Floats
from nnviz.data.digits import ShownDigits
from nnviz.networks.bit_layer import BIT_WEIGHTS, bit_layer, guarantee, met
from nnviz.networks.designs import DESIGNS
from nnviz.questions.bits import BitLayerSurvey, SurveyBitLayer
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.designs import code_words as words
from nnviz.ui.designs.bit_layer_picture import BitLayerPicture, BitLayerView
from nnviz.ui.kit.controls import button, choices, paragraph
from nnviz.ui.kit.folding import Folding
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, row, sized
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.output_words import natural_bit_names
from nnviz.ui.pages.page import MOVING, Page, seen
from nnviz.ui.pages.player import Player, show_step
from nnviz.verdicts.verdict import Verdict
from nnviz.words import percent, said_now

SHOWN = next(name for name, design in DESIGNS.items() if design.fixed is not None)
"""The design that has such a layer."""
KIND = next(iter(BIT_WEIGHTS))
BESIDE = 900
"""Width on the design grid from which the promise stands beside the switch."""


@dataclass(frozen=True)
class BitLayerSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    pixels: Bytes
    shown_label: int | None
    lecturing: bool
    answer_hidden: bool
    step: int | None
    exercise: bool
    kind: str
    """One of BIT_WEIGHTS."""
    found: Known[BitLayerSurvey] | None
    work: Work | None = field(metadata=MOVING)
    """The network whose outputs the layer gets, if there is one."""
    verdict: Verdict | None = field(metadata=MOVING)
    """What it says of the digit, where it is the one on screen."""


class BitLayerPage(Page):
    """The layer with the digit's own numbers, its promise, and how often that holds."""

    id = SHOWN
    title = DESIGNS[SHOWN].label
    question = words.BIT_LAYER_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-bit-layer-page")
        self._weight: tuple[int, int] | None = None  # the one that is put into words
        tips = {kind: (told, words.BIT_LAYER_HELP[kind]) for kind, told in BIT_WEIGHTS.items()}
        self.choices = choices(tips, "bit-weights", self._choose, self)
        self.promise = paragraph("promise", words.PROMISE_TIP)
        self.picture = BitLayerPicture(theme)
        self.picture.chosen.connect(self._choose_weight)
        self.nothing = sized(paragraph("nothing", text=words.NO_ONE_HOT), text=28)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        self.met = paragraph("met", words.MET_TIP)
        self.accuracy = paragraph("bit-accuracy", words.BIT_ACCURACY_TIP)
        self.lost = paragraph("lost", words.LOST_TIP)
        self._panel = sized(QFrame(), least_height=92)
        self._panel.setAutoFillBackground(True)
        self._panel.setBackgroundRole(QPalette.ColorRole.Button)
        facts = ((self.met, 4), (self.accuracy, 4), (self.lost, 5))
        self._panel.setLayout(row(*facts, spacing=24, margins=(14, 4, 14, 4)))
        self.exercise = button(words.EXERCISE, words.EXERCISE_TIP, self._turn, "bit-exercise")
        self.exercise.setCheckable(True)
        self.player = Player(self._show)
        self.told = Headline(theme, size=26)
        bar, steps = QWidget(), QWidget()
        bar.setLayout(row(*self.choices.values(), self.exercise, 1))
        steps.setLayout(row(1, self.player))
        for_picture(bar)
        for_operator(self.player)
        self._steps = steps
        column(
            Folding(theme, (bar, 0), (self.promise, 1), beside=BESIDE),
            (self.picture, 1),
            steps,
            self.told,
            (self.nothing, 1),
            self._panel,
            of=self,
        )
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    def _turn(self) -> None:
        """From an exercise to its solution, and back to its beginning."""
        begins = not self.session.state.designs.exercise
        self.session.choose("designs", exercise=begins)
        self._show(0 if begins else None)

    def _show(self, step: int | None) -> None:
        show_step(self.session, step, steps_of(self.session.state))

    def step(self, direction: int) -> None:
        state = self.session.state
        total = steps_of(state)
        here = total if state.step is None else state.step
        if total and 0 <= here + direction <= total:
            self._show(here + direction)
        else:
            super().step(direction)

    def _choose(self, kind: str) -> None:
        self.session.controls.set(bit_weights=kind)

    def _choose_weight(self, weight: tuple[int, int] | None) -> None:
        self._weight = weight
        if self.picture.view is not None:
            self.picture.show_view(replace(self.picture.view, chosen=weight))

    @staticmethod
    def ask(session: Session) -> None:
        work = _one_hot_work(session.state)
        if work is not None:
            session.surveys.ask(SurveyBitLayer, work=work)

    def see(self, state: State) -> BitLayerSeen:
        work, survey = _one_hot_work(state), self.session.surveys.found
        return seen(
            BitLayerSeen,
            state,
            kind=state.settings.bit_weights,
            exercise=state.designs.exercise,
            found=None if work is None else survey(SurveyBitLayer, work),
            work=work,
            verdict=state.sure_verdict if work is state.seen else None,
        )

    def draw(self, view: BitLayerSeen, only_moving: bool) -> None:
        work = view.work
        if only_moving and self.picture.view is not None:
            return
        told = work is not None and not view.answer_hidden
        self.picture.setVisible(work is not None)
        self._panel.setVisible(told and not view.lecturing)
        self.promise.setVisible(not view.lecturing and not view.exercise)
        self.told.setVisible(told and view.lecturing)
        self._steps.setVisible(view.exercise)
        self.exercise.setChecked(view.exercise)
        steps = _steps(view)
        self.player.show_steps(steps if view.step is None else min(view.step, steps), steps)
        self.nothing.setVisible(work is None)
        for kind, choice in self.choices.items():
            choice.setChecked(kind == view.kind)
        promised = guarantee(view.kind, view.digits.classes)
        self.promise.setText(words.promise(promised.margin, promised.scale))
        if work is not None:
            self.picture.show_view(_picture(view, work, self._weight))
            self._write(view, work)

    def _write(self, view: BitLayerSeen, work: Work) -> None:
        self.ask(self.session)
        self.told.say(_told(view))
        if view.found is None:
            self.met.setText(said_now(words.ASKING if work.learned else words.UNTRAINED))
            self.accuracy.clear()
            self.lost.clear()
            return
        found = view.found.result
        self.met.setText(words.met(found.met / found.images, found.images))
        rows = [
            _line(told.split(",")[0], found.right[kind] / found.images, kind == view.kind)
            for kind, told in BIT_WEIGHTS.items()
        ]
        rows.append(_line(words.STRONGEST, found.strongest_right / found.images))
        self.accuracy.setText(f"<table>{''.join(rows)}</table>")
        self.lost.setText(words.lost(found.lost, found.lost_faint / max(1, found.lost)))


def steps_of(state: State) -> int:
    """How many steps the exercise has: a bit each, and what the layer promises; none without it."""
    return len(bit_layer(KIND, state.digits.classes).biases) + 1 if state.designs.exercise else 0


def _steps(view: BitLayerSeen) -> int:
    return len(bit_layer(view.kind, view.digits.classes).biases) + 1 if view.exercise else 0


def _told(view: BitLayerSeen) -> str:
    """What a room is told of all test digits, once the exercise is solved."""
    if view.found is None or (view.step is not None and view.step < _steps(view)):
        return ""
    found = view.found.result
    shares = {
        told.split(",")[0]: found.right[kind] / found.images for kind, told in BIT_WEIGHTS.items()
    }
    return words.in_short(shares)


def _line(name: str, share: float, bold: bool = False) -> str:
    """A line of the table, in HTML."""
    told = [f"<b>{each}</b>" if bold else each for each in (name, percent(share))]
    return f"<tr><td>{told[0]}\u00a0\u00a0</td><td align=right>{told[1]}</td></tr>"


def _one_hot_work(state: State) -> Work | None:
    """The network on screen if each output speaks for one class, else that of a design with
    a layer of its own."""
    if state.layout.one_hot:
        return state.seen
    everyone = state.representatives.values()
    fixed = (work for work in everyone if work.layout(state.digits.classes).fixed is not None)
    return next(fixed, None)


def _outputs(view: BitLayerSeen, work: Work) -> Floats:
    """(classes,): what speaks for each, of the digit on screen."""
    verdict = view.verdict or work.look(view.pixels, view.digits.classes)
    return verdict.scores.astype(np.float32)


def _picture(view: BitLayerSeen, work: Work, weight: tuple[int, int] | None) -> BitLayerView:
    outputs, label, digits = _outputs(view, work), view.shown_label, view.digits
    # of a drawing, whose class nobody knows, the strongest output is to come through
    wanted = int(outputs.argmax()) if label is None else label
    layer = bit_layer(view.kind, digits.classes, 1.0)
    bits = len(layer.biases)
    kept = weight is not None and weight[0] < bits and weight[1] < digits.classes
    return BitLayerView(
        digits.class_names,
        outputs,
        outputs,
        layer,
        natural_bit_names(bits),
        guarantee(view.kind, digits.classes),
        label,
        bool(met(outputs[None], np.array([wanted], np.uint8))[0]),
        weight if kept else None,
        bits if not view.exercise or view.step is None else view.step,
        _promises(view, bits),
        not view.answer_hidden,
        view.lecturing,
    )


def _promises(view: BitLayerSeen, bits: int) -> bool:
    """Whether the picture says what the layer promises: to a room after the exercise alone."""
    if view.exercise:
        return view.step is None or view.step > bits
    return not view.lecturing
