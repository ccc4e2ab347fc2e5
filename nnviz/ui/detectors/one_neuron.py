"""One neuron: its weights, what fires it, what it does, and a hand on it."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.networks.network import as_inputs
from nnviz.questions.detectors.inputs import (
    Fired,
    activity_of,
    as_noise,
    fired,
    firing_most,
    summed,
    usual_ink,
)
from nnviz.questions.detectors.measures import Detector
from nnviz.questions.detectors.report import against_chance, looks_like, matters, selective
from nnviz.questions.detectors.shapes import random_images, weight_images
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors import words
from nnviz.ui.detectors.bars import SignedBars, by_class, outgoing
from nnviz.ui.detectors.neurons_shown import KeptNeuron, NeuronsSeen, see_neurons
from nnviz.ui.detectors.operate_panel import OperatePanel
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.kit.controls import button, paragraph
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, dress, row
from nnviz.ui.kit.more import more
from nnviz.ui.kit.sign_legend import SignLegend
from nnviz.ui.kit.strip import Strip, StripImage, StripView
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image, own_limit
from nnviz.ui.pages.output_words import signed
from nnviz.ui.pages.page import Page
from nnviz.words import listed, number, sentences

ASKED_FOR_INK = 1000
"""Test digits whose mean ink is what a usual digit has."""
LISTED = 10
"""Digits at either end."""
MOST_LIVE = 1000
"""Test digits that are asked while the weights move; all are once they rest."""
TITLE = 84
"""Width of the words beside the digits on the design grid, at least."""


class OneNeuron(Page):
    """The neuron selected, else the one that pushed the answer most when the view appeared."""

    id = "neuron"
    title = words.ONE
    question = words.ONE_QUESTION
    of_weight_images = True

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-one-neuron")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kept = KeptNeuron()
        back = button("‹", words.BEFORE_TIP, lambda: self._move(-1), "neuron-before")
        on = button("›", words.AFTER_TIP, lambda: self._move(1), "neuron-after")
        back.setAccessibleName(words.BEFORE)
        on.setAccessibleName(words.AFTER)
        self.headline = Headline(theme, TEXT + 6)
        self.facts = paragraph("neuron-facts", words.FACTS_TIP)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.legend = SignLegend(theme, words.SIGNS, title=words.LEGEND)
        self.pictures = NeuronPictures(theme)
        self.outgoing = SignedBars(theme, title=words.OUTGOING, tip=words.OUTGOING_TIP)
        self.by_class = SignedBars(theme, title=words.BY_CLASS, tip=words.BY_CLASS_TIP)
        self.digits = NeuronDigits(theme)
        self.digits.chosen.connect(lambda image: session.change(image=image))
        self.operate = OperatePanel(session, self.legend)
        self._explained = QWidget()
        column(self.facts, of=self._explained)
        self.details = more("neuron", self.pictures.by_chance, self._explained)
        self.details.setText(words.DETAILS)
        self.details.setAccessibleName(words.DETAILS)
        explain(self.details, words.DETAILS_TIP)
        for_operator(back, on, self.details, self.pictures.by_chance, self._explained)
        for_picture(self.operate)
        self._resting = Resting(self, self._measure, lambda: self._show(self.see(session.state)))
        column(
            row(back, on, (self.headline, 1), self.details, spacing=6),
            self.operate,  # above what may have to scroll
            (row((self.pictures, 57), (self.outgoing, 22), (self.by_class, 22), spacing=14), 1),
            self._explained,
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

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._kept.forget()
        self._resting.appear(self.session.state)
        super().showEvent(event)

    @staticmethod
    def ask(session: Session) -> None:
        session.measures.measure_neurons()
        session.operations.ask()

    def see(self, state: State) -> NeuronsSeen:
        return self._kept.of(see_neurons(self.session, state), state)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        if only_moving:
            self.pictures.show_moving(view, *view.selected)
            return
        self._resting.see(view.seen, view.film, view.running)
        self._show(view)

    def slow_tick(self, state: State) -> None:
        self._show(self.see(state))

    def _measure(self) -> None:
        self.ask(self.session)

    def _show(self, view: NeuronsSeen) -> None:
        member, neuron = view.selected
        self.pictures.show_moving(view, member, neuron)
        self.pictures.show_random(view, member, neuron)
        self.pictures.weights.strike(view.operations.at(member, neuron).off)
        measured = view.measured
        detector = None if measured is None else measured.of(member, neuron)
        shape = "" if detector is None else looks_like(detector)
        network = view.named(member)
        title = words.NEURON[bool(network), bool(shape)]
        self.headline.say(title.format(neuron=neuron, network=network, shape=shape))
        self.facts.setText(_facts(view, detector))
        self.outgoing.show_view(outgoing(view, member, neuron))
        for part in (self.by_class, self.digits):
            part.setVisible(not view.lecturing)
        moving = self._resting.waiting or (view.running and not view.film)
        found = self.digits.show_neuron(view, member, neuron, moving)
        self.by_class.show_view(by_class(view, found))
        self.operate.show_neuron(view, member, neuron)

    # ---- choosing --------------------------------------------------------------------

    def _move(self, direction: int) -> None:
        view = self.see(self.session.state)
        _, neuron = view.selected
        self.session.change(neuron=(neuron + direction) % view.seen.network.hidden)

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


class NeuronPictures(QWidget):
    """The weights, and what the digit makes of them; three smaller ones in `by_chance`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        panels = [ImagePanel(theme, title=title, tip=tip) for title, tip in words.IMAGES.values()]
        self.weights, self.evidence, self.chance, self.best, self.noise = panels
        self.by_chance = QWidget()
        small = (self.chance, self.best, self.noise)
        column(*((panel, 1) for panel in small), spacing=4, of=self.by_chance)
        parts = ((self.weights, 27), (self.evidence, 27), (self.by_chance, 13))
        self.setLayout(row(*parts, spacing=14))

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)

    def show_moving(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """What moves at 30 pictures a second."""
        network, digits = view.network, view.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        limit = own_limit(weights, digits.inked)
        self.weights.show_weights(weights, digits.inked, limit, digits.shape)
        inputs = as_inputs(view.pixels)
        self.evidence.show_weights(weights * inputs, digits.inked, limit, digits.shape)
        bias = signed(float(network.hidden_biases[member, neuron]))
        activity = number(float(view.verdict.activity[member, neuron]), 2)
        self.weights.fill(words.WEIGHTS_TITLES, bias=bias, amount=activity)
        self.evidence.fill(words.EVIDENCE_TITLES, sum=signed(float(weights @ inputs)))

    def show_random(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """The ink and the noise made for it, and weights that chance made as smooth."""
        network, digits = view.network, view.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        ink = usual_ink(digits.images[:ASKED_FOR_INK])
        best = firing_most(weights, digits.inked, ink)
        noise = as_noise(best, digits.inked)
        fires = activity_of(network, member, neuron, np.stack([best, noise])).tolist()
        self.best.show_ink(best, digits.shape)
        self.best.fill(words.BEST_TITLES, amount=number(fires[0], 2))
        self.noise.show_ink(noise, digits.shape)
        self.noise.fill(words.NOISE_TITLES, amount=number(fires[1], 2))
        image = weight_images(weights[None], digits.inked, digits.shape)
        place = np.array([member * network.hidden + neuron])
        chance = random_images(image.pixels, place, 1)[0, 0] * image.mask
        flat = chance.reshape(-1).astype(np.float32)
        inked = image.mask.reshape(-1)
        self.chance.show_weights(flat, inked, own_limit(flat, inked), (*digits.shape[:2], 1))
        self.chance.say(*words.CHANCE)


class NeuronDigits(QWidget):
    """Two strips; asks the digits anew only for other weights."""

    chosen = Signal(object)
    """Number of a digit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.most = Strip(theme, title=words.MOST, tip=words.CLICK, id="fires-most")
        self.least = Strip(theme, title=words.LEAST, tip=words.CLICK, id="fires-least")
        for strip in (self.most, self.least):
            strip.chosen.connect(self.chosen)
        self.setLayout(row((self.most, 1), (self.least, 1), spacing=16))
        self._asked: tuple[object, ...] = ()
        self._sums = np.zeros(0, np.float32)

    def show_neuron(self, view: NeuronsSeen, member: int, neuron: int, moving: bool) -> Fired:
        """Shows what the test digits do to it; -> that."""
        digits, network = view.digits, view.seen.network
        count = MOST_LIVE if moving else len(digits.labels)
        wanted = (digits, network, member, neuron, count)
        if self._asked != wanted:
            self._asked = wanted
            self._sums = summed(network, member, neuron, digits.images[:count])
        shift = np.float32(view.operations.at(member, neuron).shift)
        found = fired(network, self._sums + shift, digits.labels[:count], digits.classes)
        most: Sequence[int] = () if found.never else found.order[:LISTED].tolist()
        least: Sequence[int] = found.order[::-1][:LISTED].tolist()
        for strip, title, order, said in (
            (self.most, words.MOST_LINES, most, words.MOST_ON),
            (self.least, words.LEAST_LINES, least, words.LEAST_ON),
        ):
            metrics = QFontMetricsF(strip.theme.font())
            longest = max(metrics.horizontalAdvance(line) for line in title)
            labels = [digits.class_names[digits.labels[image]] for image in order]
            images = [
                StripImage(
                    image,
                    digit_image(digits.images[image], strip.theme.grey_colours, digits.shape),
                    signed(float(found.sums[image])),
                )
                for image in order
            ]
            strip.show_view(
                StripView(
                    tuple(images),
                    view.test_digit,
                    said.format(digits=listed(labels)) if order else words.NEVER,
                    title if order else (words.NEVER,),
                    max(TITLE, longest / strip.theme.scale + 10),
                )
            )
        return found
