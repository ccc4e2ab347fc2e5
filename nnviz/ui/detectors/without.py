"""Without a neuron: what the network would say, beside what it says; nothing is changed by it."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent

from nnviz.networks.network import Network
from nnviz.networks.operations import NO_OPERATIONS, Operation, Operations, operated
from nnviz.questions.kept_activity import Operated, Suppose
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors import beside_words, words
from nnviz.ui.detectors.bars import SignedBars, outgoing
from nnviz.ui.detectors.before_after import BeforeAfter, BeforeAfterView, Saying
from nnviz.ui.detectors.neurons_shown import KeptNeuron, NeuronsSeen, see_neurons
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.kit.controls import button, choices, keep_width, paragraph
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import own_limit
from nnviz.ui.pages.output_words import shows_bits, strong_rows
from nnviz.ui.pages.page import Page
from nnviz.verdicts.answers import answer_in_words
from nnviz.verdicts.verdict import Verdict
from nnviz.words import sentences


class WithoutNeuron(Page):
    """The neuron struck out, and the outputs before and after."""

    id = "off"
    title = beside_words.OFF_VIEW
    question = beside_words.OFF_QUESTION
    of_weight_images = True

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-without-neuron")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kept = KeptNeuron()
        back = button("‹", words.BEFORE_TIP, lambda: self._move(-1), "neuron-before-without")
        on = button("›", words.AFTER_TIP, lambda: self._move(1), "neuron-after-without")
        back.setAccessibleName(words.BEFORE)
        on.setAccessibleName(words.AFTER)
        how = choices(beside_words.SUPPOSED, "suppose", self._suppose, self)
        self.gone, self.at_mean = how.values()
        self.do_it = button(beside_words.DO_IT, beside_words.DO_IT_TIP, self._do_it, "off-really")
        for_operator(back, on)
        for_picture(*how.values(), self.do_it)
        self.headline = Headline(theme, TEXT + 6)
        self.lost = paragraph("lost-without", plain=True)
        self.image = ImagePanel(theme, title=words.IMAGES["weights"][0])
        self.outgoing = SignedBars(theme, title=words.OUTGOING, tip=words.OUTGOING_TIP)
        self.picture = BeforeAfter(theme)
        self._resting = Resting(self, self._ask, lambda: self._show(self.see(session.state)))
        neuron = column((self.image, 3), (self.outgoing, 4), spacing=8)
        column(
            row(back, on, (self.headline, 1), *how.values(), self.do_it, spacing=6),
            (row((neuron, 28), (self.picture, 72), spacing=22), 1),
            self.lost,
            spacing=6,
            of=self,
        )
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        keep_width(self.do_it, (beside_words.DO_IT, beside_words.DONE))

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._kept.forget()
        self._resting.appear(self.session.state)
        super().showEvent(event)

    @staticmethod
    def ask(session: Session) -> None:
        view = see_neurons(session, session.state)
        session.answers.get(_question(view, view.selected))

    def see(self, state: State) -> NeuronsSeen:
        return self._kept.of(see_neurons(self.session, state), state)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        if only_moving:
            return
        self._resting.see(view.seen, view.film, view.running)
        self._show(view)

    def slow_tick(self, state: State) -> None:
        self._show(self.see(state))

    def _show(self, view: NeuronsSeen) -> None:
        member, neuron = view.selected
        at_mean = view.detectors.at_mean
        self.gone.setChecked(not at_mean)
        self.at_mean.setChecked(at_mean)
        done = view.operations.at(member, neuron)
        is_done = done.held if at_mean else done.off
        self.do_it.setText(beside_words.DONE if is_done else beside_words.DO_IT)
        self.do_it.setEnabled(not is_done)
        weights = np.nan_to_num(view.seen.network.hidden_weights[member, neuron])
        limit = own_limit(weights, view.digits.inked)
        self.image.show_weights(weights, view.digits.inked, limit, view.digits.shape)
        self.image.say(words.NEURON[False, False].format(neuron=neuron))
        self.image.strike(True)
        bars = outgoing(replace(view, operations=NO_OPERATIONS), member, neuron)
        self.outgoing.show_view(replace(bars, struck=True))
        self.outgoing.setVisible(not view.lecturing)
        self._show_outputs(view, (member, neuron))

    def _show_outputs(self, view: NeuronsSeen, place: tuple[int, int]) -> None:
        known = self.session.answers.newest(_question(view, place))
        found = None
        if known is not None and known.question.is_like(_question(view, place)):
            found = known.result
        before = _verdict(view, view.seen.network)
        after = None
        if not view.detectors.at_mean or found is not None:
            means = found.means if found is not None else np.zeros(before.activity.shape)
            supposed = operated(view.seen.network, _supposed(view, place), means)
            after = _verdict(view, supposed)
        neuron = place[1]
        without = beside_words.AT_MEAN if view.detectors.at_mean else beside_words.WITHOUT
        self.picture.show_view(
            BeforeAfterView(
                _names(view, before),
                _saying(
                    view,
                    beside_words.WITH.format(neuron=neuron),
                    before,
                    None if found is None else found.before,
                ),
                _saying(
                    view,
                    without.format(neuron=neuron),
                    after,
                    None if found is None else found.accuracy,
                ),
            )
        )
        self._say(view, neuron, (before, after), found)

    def _say(
        self,
        view: NeuronsSeen,
        neuron: int,
        verdicts: tuple[Verdict, Verdict | None],
        found: Operated | None,
    ) -> None:
        before, after = verdicts
        if view.answer_hidden or after is None:
            self.headline.say(words.NEURON[False, False].format(neuron=neuron))
            self.lost.setText("")
            return
        names = view.digits.class_names
        told = beside_words.headline_at_mean if view.detectors.at_mean else beside_words.headline
        answers = (answer_in_words(each.answer, names) for each in (before, after))
        self.headline.say(told(beside_words.neuron_named(neuron), *answers))
        lost = ""
        if found is not None:
            lost = beside_words.lost_told(found.before, found.accuracy, len(view.digits.labels))
        others = beside_words.OTHERS_LEFT_OUT if view.operations else ""
        self.lost.setText(sentences(lost, others))

    # ---- asking and choosing ---------------------------------------------------------

    def _ask(self) -> None:
        view = self.see(self.session.state)
        self.session.answers.get(_question(view, view.selected))

    def _suppose(self, how: str) -> None:
        self.session.choose("detectors", at_mean=how == "mean")

    def _do_it(self) -> None:
        view = self.see(self.session.state)
        at_mean = view.detectors.at_mean
        self.session.operations.change(*view.selected, off=not at_mean, held=at_mean)

    def _move(self, direction: int) -> None:
        view = self.see(self.session.state)
        _, neuron = view.selected
        self.session.change(neuron=(neuron + direction) % view.seen.network.hidden)

    def leave(self) -> bool:
        """Back to all of them."""
        self.view_asked.emit("all")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        if by is not None:
            self._move(by)
        else:
            super().keyPressEvent(event)


def _question(view: NeuronsSeen, place: tuple[int, int]) -> Suppose:
    asked = view.seen.asked(view.reading, view.options)
    return Suppose(replace(asked, operations=_supposed(view, place)))


def _supposed(view: NeuronsSeen, place: tuple[int, int]) -> Operations:
    """What is supposed of the neuron."""
    at_mean = view.detectors.at_mean
    return NO_OPERATIONS.put(*place, Operation(off=not at_mean, held=at_mean))


def _verdict(view: NeuronsSeen, network: Network) -> Verdict:
    classes = view.digits.classes
    return view.seen.look(view.pixels, classes, view.reading, view.options, network)


def _names(view: NeuronsSeen, verdict: Verdict) -> tuple[str, ...]:
    rows = verdict.rows(view.digits.class_names)
    return tuple(row.name for row in rows)


def _saying(
    view: NeuronsSeen, title: str, verdict: Verdict | None, accuracy: float | None
) -> Saying:
    """A column; nothing of it is told while the answer is hidden."""
    if verdict is None or view.answer_hidden:
        asked = "" if view.answer_hidden else beside_words.ASKED
        return Saying(title, "", None, asked, (), frozenset())
    names, answer = view.digits.class_names, verdict.answer
    rows = verdict.rows(names)
    told = beside_words.ASKED if accuracy is None else beside_words.accuracy_told(accuracy)
    strong = (
        frozenset() if shows_bits(view.layout, rows) else strong_rows(view.layout, rows, answer)
    )
    return Saying(
        title,
        beside_words.SAYS.format(answer=answer_in_words(answer, names)),
        None if view.label is None else answer == view.label,
        told,
        tuple(row.value for row in rows),
        strong,
    )
