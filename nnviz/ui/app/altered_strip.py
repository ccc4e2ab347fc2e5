"""Says on every page that neurons of the network on screen have been operated on."""

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from nnviz.networks.operations import Operation
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.buttons import button, name_undo, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.output_words import member_in_words
from nnviz.verdicts.readings import READINGS


class AlteredStrip(QFrame):
    """What is done, what it does to the test accuracy, and the ways out."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("altered-strip")
        self._flow = FlowLayout(self)
        self.sentence = QLabel()
        self.sentence.setObjectName("altered-sentence")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.accuracy = QLabel()
        self.accuracy.setObjectName("altered-accuracy")
        self.accuracy.setToolTip("Test digits answered right with the operations, and without.")
        self.undo = button("Undo", "Take back the last operation (Ctrl+Z)", session.operations.undo)
        self.undo.setObjectName("undo-operation")
        self.end = button(
            "As it was",
            "The network without any operation; Undo brings them back",
            session.operations.end,
        )
        self.keep = button(
            "Keep as new",
            "Open the altered network beside the one on screen, which stays as it is",
            session.operations.keep,
        )
        for part in (self.sentence, self.accuracy):
            self._flow.addWidget(part)
        self._flow.add_spring()
        for choice in (self.undo, self.end, self.keep):
            self._flow.addWidget(choice)
        self.use_theme(theme)
        self.show_state(session.state)

    def use_theme(self, theme: Theme) -> None:
        px = theme.px
        self._flow.setContentsMargins(px(12), px(3), px(10), px(3))
        self._flow.setSpacing(px(10))
        colour = theme.colours.focus
        self.setStyleSheet(f"QFrame#altered-strip {{ border: {px(3)}px dashed {colour}; }}")
        style_buttons(self, theme)
        for label in (self.sentence, self.accuracy):
            label.setFont(theme.font(bold=True))

    def show_state(self, state: State) -> None:
        work = state.work
        self.setVisible(bool(work.operations or work.history.before))
        done = [_in_words(state, place, each) for place, each in work.operations]
        named = 2 if work.network.networks == 1 else 1
        more = f" and {len(done) - named} more" if len(done) > named else ""
        words = f"Altered: {', '.join(done[:named])}{more}." if done else "As it was."
        self.sentence.setText(words)
        self.sentence.setToolTip("; ".join(done) or "No operation is in force.")
        self.accuracy.setText(_accuracy(state))
        name_undo(self.undo, work.history)
        self.end.setEnabled(bool(work.operations))
        self.keep.setEnabled(bool(work.operations))
        self._flow.invalidate()


def _in_words(state: State, place: tuple[int, int], operation: Operation) -> str:
    member, neuron = place
    done = []
    if operation.off:
        done.append("off")
    else:
        if operation.held:
            done.append("at its mean")
        if operation.scale != 1:
            done.append(f"× {operation.scale:.1f}")
        if operation.shift:
            done.append(f"bias {operation.shift:+.1f}")
    which = member_in_words(state.layout, state.digits.class_names, member)
    what = ", ".join(done).replace("-", "−")
    return f"neuron {neuron}{which} {what}"


def _accuracy(state: State) -> str:
    """With the operations and without, at which epoch if that has passed, how the outputs are
    read if not as usual."""
    if not state.operations:
        return ""
    known, seen = state.known_operated, state.seen
    if known is None:
        return "… % right"
    found = known.result
    told = f"{100 * found.accuracy:.1f} % right instead of {100 * found.before:.1f} %"
    if known.examples != seen.position.examples:
        told += f" at epoch {known.examples / max(1, seen.epoch_length(state.digits)):.1f}"
    if state.shown_reading != seen.readings[0]:
        told += f", read by {READINGS[state.shown_reading].label.lower()}"
    return told
