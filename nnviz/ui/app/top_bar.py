"""The bar above every page: which design, run and pause, how far, how good."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from nnviz.data.catalogue import DATA_SETS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.bar import Bar
from nnviz.ui.app.design_switch import DesignSwitch
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.layout import shaped, sized
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import explain
from nnviz.words import percent, sentences


class TopBar(Bar):
    """Design switch, run, step, reset; epoch, digits seen and test accuracy."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("top-bar", session, theme)
        self._row = shaped(FlowLayout(self), 8, (10, 4, 14, 4))
        self.designs = DesignSwitch(session)
        self.run = sized(button(words.RUN, words.RUN_TIP, self.toggle, "run"), least_width=104)
        self.step = button(words.STEP, words.STEP_TIP, name="step")
        menu = QMenu(self.step)
        menu.setToolTipsVisible(True)
        for size, told in words.STEPS.items():
            action = menu.addAction(told)
            action.triggered.connect(lambda _=False, size=size: session.runs.step(size))
        self.step.setMenu(menu)
        self.reset = button(words.RESET, words.RESET_TIP, session.controls.reset, "reset")
        for choice in (*self.designs.buttons.values(), self.run, self.step, self.reset):
            self._row.addWidget(choice)
        self._row.add_spring()
        self.progress = self._label("progress", words.PROGRESS_TIP)
        self.accuracy = self._label("accuracy", words.ACCURACY_TIP)
        self.use_theme(theme)

    def _label(self, id: str, tip: str) -> QLabel:
        made = QLabel()
        made.setObjectName(id)
        explain(made, tip)
        made.setTextFormat(Qt.TextFormat.RichText)
        self._row.addWidget(made)
        return made

    def toggle(self) -> None:
        """Runs, or pauses."""
        if self.session.state.running:
            self.session.runs.pause()
        else:
            self.session.runs.run()

    def show_state(self, state: State) -> None:
        self.designs.show_state(state)
        self.show_running(state)
        alike = words.IN_A_RACE if len(state.racing) > 1 else ""
        for (size, tip), action in zip(
            words.STEP_TIPS.items(), self.step.menu().actions(), strict=True
        ):
            explain(action, tip if size == "epoch" else sentences(tip, alike))
        self.progress.setText(_progress(state, self.theme))
        self.accuracy.setText(_accuracy(state, self.theme))
        self._row.invalidate()

    def show_running(self, state: State) -> None:
        """The words on the run button, which may not wait."""
        self.run.setText(words.PAUSES if state.running else words.RUNS)
        self.run.setAccessibleName(words.PAUSE if state.running else words.RUN)
        self.step.setEnabled(not state.running)


def _progress(state: State, theme: Theme) -> str:
    """Two lines, in HTML."""
    work, film = state.seen, state.past is not None
    epochs = work.position.examples / work.epoch_length(state.digits)
    if work.opened is None or film:
        several = work.title if state.shelf or work.name else ""
        first = words.at_epoch(epochs, several, film)
        second = words.digits_seen(work.position.examples)
    elif work.file:
        first, second = words.TRAINED, work.file
    else:  # kept with operations on its neurons
        first, second = work.title, words.from_epoch(epochs)
    muted = theme.colours.muted
    return f'<div style="color:{muted}" align="right"><b>{first}</b><br>{second}</div>'


def _accuracy(state: State, theme: Theme) -> str:
    accuracy, heading = _measured(state)
    value = words.UNKNOWN if accuracy is None else percent(accuracy)
    size, muted = theme.px(34), theme.colours.muted
    return (
        f'<span style="color:{muted}">{heading}</span> '
        f'<span style="font-size:{size}px; font-weight:600">{value}</span>'
    )


def _measured(state: State) -> tuple[float | None, str]:
    """Accuracy of what is shown, and on which digits."""
    past, work = state.past, state.work
    if state.operations:
        known = state.known_operated
        return (None if known is None else known.result.accuracy), words.ALTERED
    if past is None:
        return (work.measured.accuracy if work.measured else None), words.TEST_ACCURACY
    accuracy = past.points[-1].test_accuracy if past.points else None
    return accuracy, words.tested_on(tested_elsewhere(state))


def tested_elsewhere(state: State) -> str:
    """The name of the digits that the points of the curves of the network on screen were
    measured on; nothing if they are those in use."""
    opened = state.work.opened
    if opened is None or opened.digits == state.digits.name:
        return ""
    known = DATA_SETS.get(opened.digits)
    return opened.digits if known is None else known.label
