"""Weighted sum: how one neuron or output comes to what it says, in five steps."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors import sum_words as words
from nnviz.ui.detectors import words as page_words
from nnviz.ui.detectors.neurons_shown import KeptNeuron, NeuronsSeen, see_neurons
from nnviz.ui.detectors.sum_picture import MOST_BARS, SumPicture
from nnviz.ui.detectors.sum_seen import Summed, SumView, of_neuron, of_output
from nnviz.ui.kit.controls import button, choices
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import own_limit
from nnviz.ui.pages.output_words import shown_row
from nnviz.ui.pages.page import MOVING, Page
from nnviz.ui.pages.player import Player, show_step, step_on
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.verdict import Row
from nnviz.words import number

HIDES_FROM = 3
"""Steps of an output that are shown while the answer is hidden."""
ANY_PAIR = 0, 1
"""The pair that is shown then, unless one is selected: the strongest rival would be the answer."""


@dataclass(frozen=True)
class SumSeen:
    """All that the view shows of a state."""

    output: int | None
    pair: tuple[int, int] | None
    neurons: NeuronsSeen = field(metadata=MOVING)

    @property
    def kind(self) -> str:
        """neuron or output"""
        return self.neurons.detectors.summed

    @property
    def shown(self) -> int:
        """How many of the steps are shown."""
        step = self.neurons.step
        # of a hidden answer, an output's sum would tell
        told = self.neurons.answer_hidden and self.kind == "output"
        return min(words.STEPS if step is None else step, HIDES_FROM if told else words.STEPS)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The outputs that can be shown."""
        view, pair = self.neurons, self.pair
        if pair is None and view.answer_hidden:
            pair = ANY_PAIR
        return view.verdict.rows(view.digits.class_names, view.member, pair)

    @property
    def row(self) -> int:
        """The number of the one that is shown."""
        view, hidden = self.neurons, self.neurons.answer_hidden
        answer = NOT_A_DIGIT if hidden else view.verdict.answer
        output = 0 if hidden and self.output is None else self.output
        return shown_row(view.layout, self.rows, answer, output, self.pair)


class WeightedSum(Page):
    """The picture, the steps, and whose sum it is."""

    id = "sum"
    title, question = words.VIEW, words.QUESTION
    of_weight_images = True
    presses = words.STEPS

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-weighted-sum")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kept = KeptNeuron()
        back = button("‹", words.BEFORE_TIP, lambda: self._move(-1), "summed-before")
        on = button("›", words.AFTER_TIP, lambda: self._move(1), "summed-after")
        back.setAccessibleName(words.BEFORE)
        on.setAccessibleName(words.AFTER)
        self.of = choices(
            words.OF, "summed", lambda kind: session.choose("detectors", summed=kind), self
        )
        self.headline = Headline(theme, TEXT + 6)
        self.picture = SumPicture(theme)
        self.player = Player(lambda step: show_step(session, step, words.STEPS))
        for_operator(back, on, *self.of.values())
        for_picture(self.player)
        top = row(back, on, (self.headline, 1), *self.of.values(), spacing=6)
        column(top, (self.picture, 1), row(self.player, 0), spacing=6, of=self)
        self.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._kept.forget()
        super().showEvent(event)

    def see(self, state: State) -> SumSeen:
        neurons = self._kept.of(see_neurons(self.session, state), state)
        return SumSeen(state.output, state.pair, neurons)

    def draw(self, view: SumSeen, only_moving: bool) -> None:
        shown = sum_view(view)
        self.headline.say(shown.titles[words.STEPS])
        self.picture.show_view(shown)
        self.player.show_steps(view.shown, words.STEPS)
        for kind, made in self.of.items():
            made.setChecked(kind == view.kind)

    def slow_tick(self, state: State) -> None:
        self.draw(self.see(state), only_moving=False)

    # ---- choosing --------------------------------------------------------------------

    def step(self, direction: int) -> None:
        """PageDown and PageUp: one of the five steps; past their ends, another digit."""
        step_on(self.session, direction, self.see(self.session.state).shown, words.STEPS)

    def _move(self, direction: int) -> None:
        view = self.see(self.session.state)
        if view.kind == "output":
            self.session.change(output=(view.row + direction) % len(view.rows))
        else:
            _, neuron = view.neurons.selected
            self.session.change(neuron=(neuron + direction) % view.neurons.seen.network.hidden)


def sum_view(view: SumSeen) -> SumView:
    """What the picture shows."""
    neurons = view.neurons
    if view.kind == "output":
        return _of_output(view)
    member, neuron = neurons.selected
    summed = of_neuron(neurons.verdict, neurons.pixels, member, neuron)
    heading = words.heading("neuron", str(neuron), neurons.named(member))
    subject = "neuron", member, neuron, neurons.test_digit
    titles = (*words.NEURON_STEPS, heading)
    return _view(view, summed, subject, titles, number(summed.value, 2))


def _of_output(view: SumSeen) -> SumView:
    neurons, row = view.neurons, view.rows[view.row]
    summed = of_output(neurons.verdict, row.output)
    heading = words.heading("output", _name(neurons, row), "")
    value = words.UNKNOWN if neurons.answer_hidden else number(summed.value, 2)
    subject = "output", row.output, neurons.test_digit
    return _view(view, summed, subject, (*words.OUTPUT_STEPS, heading), value)


def _name(view: NeuronsSeen, row: Row) -> str:
    """Of the output itself: of a pair it says one rather than the other."""
    asked, names = view.layout.table[row.output], view.digits.class_names
    if view.layout.has_pairs and not view.layout.one_hot and not view.layout.heads:
        yes, no = names[int(asked.argmax())], names[int(asked.argmin())]
        return page_words.PAIR_OUTPUT.format(yes=yes, no=no)
    return row.name


def _view(
    view: SumSeen,
    summed: Summed,
    subject: tuple[object, ...],
    titles: tuple[str, ...],
    value: str,
) -> SumView:
    digits, inputs = view.neurons.digits, len(summed.inputs)
    of_pixels = subject[0] == "neuron"
    if summed.activation == "softmax":
        squash = words.softmax(summed.together)
    else:
        squash = words.squash(summed.activation)
    return SumView(
        subject,
        summed,
        view.shown,
        digits.shape if of_pixels else None,
        view.neurons.pixels,
        digits.inked,
        own_limit(summed.weights, digits.inked) if of_pixels else 1.0,
        titles,
        "" if of_pixels or inputs <= MOST_BARS else words.some_of(MOST_BARS, inputs),
        squash,
        value,
        words.HIDDEN
        if value == words.UNKNOWN
        else words.told(titles[-1], *summed.added(), summed.bias, summed.sum, value),
    )
