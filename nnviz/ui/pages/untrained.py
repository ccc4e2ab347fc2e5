"""What a page shows of a design that has learned nothing yet."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from nnviz.networks.designs import DESIGNS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.layout import column, dress, row, sized
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.words import tr


class UntrainedSeen(Protocol):
    """What is said of a design that has learned nothing."""

    @property
    def design(self) -> str: ...
    @property
    def engine(self) -> str: ...


class Untrained(QWidget):
    """A sentence and the button that starts learning."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("untrained")
        self.train = button(
            tr("Train this design"),
            tr("Start learning (Ctrl+R)."),
            session.runs.run,
            "train-design",
        )
        self.sentence = sentence_and_button(self, "", self.train)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)

    def show_state(self, state: UntrainedSeen) -> None:
        label = DESIGNS[state.design].label
        self.sentence.setText(
            tr("{design}: nothing learned yet. Train this design first.", design=label)
        )
        self.train.setEnabled(state.engine != "dead")


def sentence_and_button(widget: QWidget, words: str, made: QPushButton) -> QLabel:
    """Fills a widget with a sentence in large type and the button that helps."""
    sentence = sized(QLabel(words), text=BACK_ROW)
    sentence.setWordWrap(True)
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column(2, sentence, row(1, made, 1), 3, spacing=24, of=widget)
    return sentence


def is_untrained(state: State) -> bool:
    """Whether there is nothing to see but a random start."""
    return not state.work.learned and not state.learns


def is_broken(state: State) -> bool:
    """Whether the weights that see every error are no longer numbers."""
    network = state.seen.network
    if network.front is not None:
        return not network.finite()  # to work all activities out would take some frames
    return not (
        np.isfinite(network.output_weights).all() and np.isfinite(state.sure_verdict.activity).all()
    )


class OnceLearnedSeen(UntrainedSeen, Protocol):
    """The same of a view that has something to show once it has learned."""

    @property
    def untrained(self) -> bool: ...


class OnceLearned(QStackedWidget):
    """Fills a view with what can be seen only of a network that has learned, scrolling where
    there is little room if it `scrolls`; before that with the offer to train."""

    def __init__(
        self, session: Session, theme: Theme, view: QWidget, inside: QWidget, scrolls: bool = True
    ) -> None:
        super().__init__()
        self._view = view
        self.untrained = Untrained(session, theme)
        self._parts = (Scrolled(inside) if scrolls else inside, self.untrained)
        for part in self._parts:
            self.addWidget(part)
        column(self, of=view)
        self._show_part(0)

    def hides(self, view: OnceLearnedSeen) -> bool:
        """Shows what there is to show, in which the keys go on working; -> whether it is only the
        offer to train."""
        if view.untrained:
            self.untrained.show_state(view)
        if self.currentIndex() != int(view.untrained):
            focus = QApplication.focusWidget()
            inside = focus is not None and self._parts[self.currentIndex()].isAncestorOf(focus)
            self._show_part(int(view.untrained))
            if inside:
                (self.untrained.train if view.untrained else self._view).setFocus()
        return view.untrained

    def _show_part(self, shown: int) -> None:
        """What is hidden asks for no room."""
        for place, part in enumerate(self._parts):
            policy = QSizePolicy.Policy.Preferred if place == shown else QSizePolicy.Policy.Ignored
            part.setSizePolicy(policy, policy)
        self.setCurrentIndex(shown)
