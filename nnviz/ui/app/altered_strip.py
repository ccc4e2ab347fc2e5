"""Says on every page that neurons of the network on screen have been operated on."""

from PySide6.QtWidgets import QLabel, QSizePolicy

from nnviz.networks.operations import Operation
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.bar import Bar
from nnviz.ui.kit.buttons import button, name_undo
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.layout import shaped, sized
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import explain
from nnviz.ui.pages.output_words import member_in_words
from nnviz.verdicts.readings import READINGS


class AlteredStrip(Bar):
    """What is done, what it does to the test accuracy, and the ways out."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("altered-strip", session, theme)
        self.setAutoFillBackground(False)
        self._flow = shaped(FlowLayout(self), 10, (12, 3, 10, 3))
        self.sentence = sized(QLabel(), bold=True)
        self.sentence.setObjectName("altered-sentence")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.accuracy = sized(QLabel(), bold=True)
        self.accuracy.setObjectName("altered-accuracy")
        explain(self.accuracy, words.ALTERED_TIP)
        does = session.operations
        self.undo = button(words.UNDO, words.UNDO_TIP, does.undo, "undo-operation")
        self.end = button(words.AS_IT_WAS, words.AS_IT_WAS_TIP, does.end, "as-it-was")
        self.keep = button(words.KEEP, words.KEEP_TIP, does.keep, "keep-as-new")
        for label in (self.sentence, self.accuracy):
            self._flow.addWidget(label)
        self._flow.add_spring()
        for choice in (self.undo, self.end, self.keep):
            self._flow.addWidget(choice)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        edge = f"{theme.px(3)}px dashed {theme.colours.focus}"
        self.setStyleSheet(f"QFrame#altered-strip {{ border: {edge}; }}")
        super().use_theme(theme)

    def show_state(self, state: State) -> None:
        work = state.work
        self.setVisible(bool(work.operations or work.history.before))
        done = [_in_words(state, place, each) for place, each in work.operations]
        named = 2 if work.network.networks == 1 else 1
        told = words.altered(done[:named], len(done[named:])) if done else words.NOT_ALTERED
        self.sentence.setText(told)
        explain(self.sentence, words.operations(done))
        self.accuracy.setText(_accuracy(state))
        name_undo(self.undo, work.history)
        for way_out in (self.end, self.keep):
            way_out.setEnabled(bool(work.operations))
        self._flow.invalidate()


def _in_words(state: State, place: tuple[int, int], each: Operation) -> str:
    member, neuron = place
    which = member_in_words(state.layout, state.digits.class_names, member).strip()
    done = words.operation(each.off, each.held, each.scale, each.shift)
    return words.operated(neuron, which, done)


def _accuracy(state: State) -> str:
    """With the operations and without, at which epoch if that has passed, how the outputs are
    read if not as usual."""
    if not state.operations:
        return ""
    known, seen = state.known_operated, state.seen
    if known is None:
        return words.OPERATED_UNKNOWN
    passed = known.examples != seen.position.examples
    epochs = known.examples / max(1, seen.epoch_length(state.digits)) if passed else None
    usual = state.shown_reading == seen.readings[0]
    reading = "" if usual else READINGS[state.shown_reading].label.lower()
    return words.operated_accuracy(known.result.accuracy, known.result.before, epochs, reading)
