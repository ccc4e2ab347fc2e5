"""One neuron: its weights, what fires it, what it does, and a hand on it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy

from nnviz.questions.detectors.measures import Detector
from nnviz.questions.detectors.report import against_chance, looks_like, matters, selective
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors import words
from nnviz.ui.detectors.bars import SignedBars, by_class, outgoing
from nnviz.ui.detectors.digits import NeuronDigits
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, see_neurons
from nnviz.ui.detectors.operate_panel import OperatePanel
from nnviz.ui.detectors.pictures import NeuronPictures
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.digit_with_label import DigitWithLabel
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.labels import paragraph
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.sign_legend import SignLegend
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.pages.page import Page
from nnviz.words import sentences


class OneNeuron(Page):
    """The neuron selected, else the one that pushes the answer most."""

    id = "neuron"
    title = words.ONE
    question = words.ONE_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-one-neuron")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        back = button("‹", words.BEFORE_TIP, lambda: self._move(-1), "neuron-before")
        on = button("›", words.AFTER_TIP, lambda: self._move(1), "neuron-after")
        back.setAccessibleName(words.BEFORE)
        on.setAccessibleName(words.AFTER)
        self.headline = Headline(theme, TEXT + 6)
        self.facts = paragraph("neuron-facts", words.FACTS_TIP)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.legend = SignLegend(theme, words.SIGNS, title=words.LEGEND)
        self.digit = DigitWithLabel(theme)
        self.pictures = NeuronPictures(theme)
        self.outgoing = SignedBars(theme, title=words.OUTGOING, tip=words.OUTGOING_TIP)
        self.by_class = SignedBars(theme, title=words.BY_CLASS, tip=words.BY_CLASS_TIP)
        self.digits = NeuronDigits(theme)
        self.digits.chosen.connect(self._show_digit)
        self.operate = OperatePanel(session, self.legend)
        self._resting = Resting(self, self._measure, lambda: self._show(self.see(session.state)))
        column(
            row(back, on, (self.headline, 1), self.digit, spacing=6),
            self.operate,  # above what may have to scroll
            (row((self.pictures, 57), (self.outgoing, 22), (self.by_class, 22), spacing=14), 1),
            self.facts,
            self.digits,
            spacing=4,
            of=self,
        )
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        # two lines, so that nothing below moves while a film is scrubbed
        self.facts.setMinimumHeight(2 * QFontMetrics(theme.font()).lineSpacing())

    def leave(self) -> bool:
        """Back to all of them."""
        self.view_asked.emit("all")
        return True

    def beside_digit(self, beside: bool) -> None:
        self.digit.setVisible(not beside)

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self._resting.appear(self.session.state)
        super().showEvent(event)

    def see(self, state: State) -> NeuronsSeen:
        return see_neurons(self.session, state)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        self.digit.show_digit(view.pixels, view.digits, view.label, view.verdict.answer)
        if only_moving:
            self.pictures.show_moving(view, *view.selected)
            return
        self._resting.see(view.seen, view.film, view.running)
        self._show(view)

    def slow_tick(self, state: State) -> None:
        self._show(self.see(state))

    def _measure(self) -> None:
        self.session.measures.measure_neurons()
        self.session.operations.ask()

    def _show(self, view: NeuronsSeen) -> None:
        member, neuron = view.selected
        self.pictures.show_moving(view, member, neuron)
        self.pictures.show_random(view, member, neuron)
        measured = view.measured
        detector = None if measured is None else measured.of(member, neuron)
        shape = "" if detector is None else looks_like(detector)
        network = view.named(member)
        title = words.NEURON[bool(network), bool(shape)]
        self.headline.say(title.format(neuron=neuron, network=network, shape=shape))
        self.facts.setText(_facts(view, detector))
        self.outgoing.show_view(outgoing(view, member, neuron))
        moving = self._resting.waiting or (view.running and not view.film)
        found = self.digits.show_neuron(view, member, neuron, moving)
        self.by_class.show_view(by_class(view, found))
        self.operate.show_neuron(view, member, neuron)

    # ---- choosing --------------------------------------------------------------------

    def _move(self, direction: int) -> None:
        view = self.see(self.session.state)
        _, neuron = view.selected
        self.session.change(neuron=(neuron + direction) % view.seen.network.hidden)

    def _show_digit(self, image: int) -> None:
        """Another digit, and still the same neuron."""
        member, neuron = self.see(self.session.state).selected
        self.session.change(image=image, member=member, neuron=neuron)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        if by is not None:
            self._move(by)
        elif event.key() == keys.Key_Backspace:
            self.view_asked.emit("all")
        else:
            super().keyPressEvent(event)


def _facts(view: NeuronsSeen, detector: Detector | None) -> str:
    """How sure its shape is, whether it tells classes apart, and what is lost without it."""
    if detector is None:
        return words.unmeasured(view.engine, view.film, view.running)
    lost = matters(detector, len(view.digits.labels))
    return sentences(against_chance(detector), selective(detector), lost)
