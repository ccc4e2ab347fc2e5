"""The bar above every page: which design, run and pause, how far, how good."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.design_switch import DesignSwitch
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import dress, flowing, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme


class TopBar(QFrame):
    """Design switch, run, step, reset; epoch, digits seen and test accuracy."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        self.setAutoFillBackground(True)
        self._session = session
        self.designs = DesignSwitch(session)
        self.run = sized(button(words.RUN, words.RUN_TIP, self.toggle, "run"), least_width=104)
        self.step = button(words.STEP, words.STEP_TIP, name="step")
        menu = QMenu(self.step)
        menu.setToolTipsVisible(True)
        self._steps = {size: menu.addAction(text) for size, (text, _) in words.STEPS.items()}
        for size, action in self._steps.items():
            action.triggered.connect(lambda _=False, size=size: session.runs.step(size))
        self.step.setMenu(menu)
        self.reset = button(words.RESET, words.RESET_TIP, session.controls.reset, "reset")
        self.progress, self.accuracy = QLabel(), QLabel()
        for label, name, tip in (
            (self.progress, "progress", words.PROGRESS_TIP),
            (self.accuracy, "accuracy", words.ACCURACY_TIP),
        ):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.RichText)
            explain(label, tip)
        self._row = flowing(
            self,
            *self.designs.buttons.values(),
            *(self.run, self.step, self.reset, self.progress, self.accuracy),
            spacing=8,
            margins=(10, 4, 14, 4),
            spring_before=self.progress,
        )
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        self.show_state(self._session.state)

    def toggle(self) -> None:
        """Runs, or pauses."""
        if self._session.state.running or self._session.state.awaiting:
            self._session.runs.pause()
        else:
            self._session.runs.run()

    def show_state(self, state: State) -> None:
        """Writes everything anew; called at a speed that can be read."""
        self.designs.show_state(state)
        self.show_running(state)
        several = len(state.racing) > 1
        for step, action in self._steps.items():
            explain(action, words.step_tip(step, several))
        muted, size = self._theme.colours.muted, self._theme.px(34)
        first, second = words.progress(state)
        self.progress.setText(
            f'<div style="color:{muted}" align="right"><b>{first}</b><br>{second}</div>'
        )
        which, accuracy = words.measured(state)
        self.accuracy.setText(
            f'<span style="color:{muted}">{which}</span> '
            f'<span style="font-size:{size}px; font-weight:600">{accuracy}</span>'
        )
        self._row.invalidate()

    def show_running(self, state: State) -> None:
        """The words on the run button, which may not wait."""
        runs = state.running or state.awaiting
        self.run.setText(words.PAUSE_SIGN if runs else words.RUN_SIGN)
        self.run.setAccessibleName(words.PAUSE if runs else words.RUN)
        self.step.setEnabled(not state.running)
