"""Says on every page that neurons of the network on screen have been operated on."""

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.kit.controls import button, name_undo
from nnviz.ui.kit.layout import dress, flowing, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme


class AlteredStrip(QFrame):
    """What is done, what it does to the test accuracy, and the ways out."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("altered-strip")
        self.sentence, self.accuracy = (sized(QLabel(), bold=True) for _ in range(2))
        self.sentence.setObjectName("altered-sentence")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.accuracy.setObjectName("altered-accuracy")
        explain(self.accuracy, words.ALTERED_TIP)
        does = session.operations
        self.undo = button(words.UNDO, words.UNDO_TIP, does.undo, "undo-operation")
        self.end = button(words.AS_IT_WAS, words.AS_IT_WAS_TIP, does.end, "as-it-was")
        self.keep = button(words.KEEP, words.KEEP_TIP, does.keep, "keep-as-new")
        self._flow = flowing(
            self,
            *(self.sentence, self.accuracy, self.undo, self.end, self.keep),
            spacing=10,
            margins=(12, 3, 10, 3),
            spring_before=self.undo,
        )
        self.use_theme(theme)
        self.show_state(session.state)

    def use_theme(self, theme: Theme) -> None:
        width, colour = theme.px(3), theme.colours.focus
        self.setStyleSheet(f"QFrame#altered-strip {{ border: {width}px dashed {colour}; }}")
        dress(self, theme)

    def show_state(self, state: State) -> None:
        work = state.work
        self.setVisible(bool(work.operations or work.history.before))
        done = [words.operation(state, place, each) for place, each in work.operations]
        named = 2 if work.network.networks == 1 else 1
        self.sentence.setText(words.altered(done, named))
        explain(self.sentence, words.altered_tip(done))
        self.accuracy.setText(words.altered_accuracy(state))
        name_undo(self.undo, work.history)
        self.end.setEnabled(bool(work.operations))
        self.keep.setEnabled(bool(work.operations))
        self._flow.invalidate()
