"""What a page shows of a design that has learned nothing yet."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.networks.designs import DESIGNS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.layout import column
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.pages.scrolled import Scrolled


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
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.train = button(
            "Train this design", "Start learning (Ctrl+R).", session.runs.run, "train-design"
        )
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.sentence)
        column.addWidget(self.train, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._column = column
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self.sentence.setFont(theme.font(BACK_ROW))
        self.train.setStyleSheet(theme.button_style())
        self._column.setSpacing(theme.px(24))

    def show_state(self, state: UntrainedSeen) -> None:
        label = DESIGNS[state.design].label
        self.sentence.setText(f"{label}: nothing learned yet. Train this design first.")
        self.train.setEnabled(state.engine != "dead")


def is_untrained(state: State) -> bool:
    """Whether there is nothing to see but a random start."""
    return not state.work.learned and not state.running


def is_broken(state: State) -> bool:
    """Whether the weights that see every error are no longer numbers."""
    network = state.seen.network
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
