"""The bar above every page: which design, run and pause, how far, how good."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu

from nnviz.data.catalogue import DATA_SETS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app.design_switch import DesignSwitch
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme

STEP_WORDS = {"batch": "One batch", "hundred": "100 batches", "epoch": "One epoch"}
OWN = "test"
IN_A_RACE = " All networks take in the same digits, as many as the largest batch asks for."


class TopBar(QFrame):
    """Design switch, run, step, reset; epoch, digits seen and test accuracy."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        self.setAutoFillBackground(True)
        self._session = session
        self._row = FlowLayout(self)
        self.designs = DesignSwitch(session)
        for choice in self.designs.buttons.values():
            self._row.addWidget(choice)
        self.run = button("Run", "Learn, or pause (Ctrl+R or space)", self.toggle, "run")
        self.step = button("Step ▾", "Learn one batch, 100 batches or one epoch", name="step")
        menu = QMenu(self.step)
        menu.setToolTipsVisible(True)
        for size, words in STEP_WORDS.items():
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, size=size: session.runs.step(size))
        self.step.setMenu(menu)
        self.reset = button(
            "Reset",
            "Back to the random start of the same seed; Undo brings the run back.",
            session.controls.reset,
        )
        for widget in (self.run, self.step, self.reset):
            self._row.addWidget(widget)
        self._row.add_spring()
        self.progress = QLabel()
        self.progress.setObjectName("progress")
        self.progress.setToolTip("Complete epochs and training digits seen so far.")
        self.accuracy = QLabel()
        self.accuracy.setObjectName("accuracy")
        self.accuracy.setToolTip("Test digits answered right, of all test digits.")
        for label in (self.progress, self.accuracy):
            label.setTextFormat(Qt.TextFormat.RichText)
            self._row.addWidget(label)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._row.setContentsMargins(theme.px(10), theme.px(4), theme.px(14), theme.px(4))
        self._row.setSpacing(theme.px(8))
        style_buttons(self, theme)
        for label in (self.progress, self.accuracy):
            label.setFont(theme.font())
        self.run.setMinimumWidth(theme.px(104))
        self.show_state(self._session.state)

    def toggle(self) -> None:
        """Runs, or pauses."""
        if self._session.state.running:
            self._session.runs.pause()
        else:
            self._session.runs.run()

    def show_state(self, state: State) -> None:
        """Writes everything anew; called at a speed that can be read."""
        self.designs.show_state(state)
        self.show_running(state)
        several = len(state.racing) > 1
        for action in self.step.menu().actions():
            alike = IN_A_RACE if several and "batch" in action.text() else ""
            action.setToolTip(f"Learn {action.text().lower()} and pause.{alike}")
        self.progress.setText(_progress(state, self._theme))
        self.accuracy.setText(_accuracy(state, self._theme))
        self._row.invalidate()

    def show_running(self, state: State) -> None:
        """The words on the run button, which may not wait."""
        self.run.setText("Ⅱ  Pause" if state.running else "▶  Run")
        self.run.setAccessibleName("Pause" if state.running else "Run")
        self.step.setEnabled(not state.running)


def _progress(state: State, theme: Theme) -> str:
    work = state.seen
    muted = theme.colours.muted
    if work.opened is not None and state.past is None:
        first, second = "trained network", work.file
        if not work.file:  # kept with operations on its neurons
            epochs = work.position.examples / work.epoch_length(state.digits)
            first, second = work.title, f"from epoch {epochs:.{2 if epochs < 2 else 1}f}"
    else:
        epochs = work.position.examples / work.epoch_length(state.digits)
        several = f"{work.title}, " if state.shelf or work.name else ""
        if state.past is not None:
            several = "film, "
        first, second = (
            f"{several}epoch {epochs:.{2 if state.past and epochs < 2 else 1}f}",
            f"{work.position.examples:,} digits seen",
        )
    return f'<div style="color:{muted}" align="right"><b>{first}</b><br>{second}</div>'


def _accuracy(state: State, theme: Theme) -> str:
    accuracy, words = _measured(state)
    value = "– %" if accuracy is None else f"{100 * accuracy:.1f} %"
    size, muted = theme.px(34), theme.colours.muted
    return (
        f'<span style="color:{muted}">{words}</span> '
        f'<span style="font-size:{size}px; font-weight:600">{value}</span>'
    )


def _measured(state: State) -> tuple[float | None, str]:
    """Accuracy of what is shown, and on which digits."""
    past, work = state.past, state.work
    if state.operations:
        known = state.known_operated
        return (None if known is None else known.result.accuracy), "altered"
    if past is None:
        return (work.measured.accuracy if work.measured else None), "test accuracy"
    words = tested_on(state)
    if words == OWN:
        words = "test accuracy"
    return (past.points[-1].test_accuracy if past.points else None), words


def tested_on(state: State) -> str:
    """Which digits the points of the curves of the network on screen were measured on."""
    opened = state.work.opened
    if opened is None or opened.digits == state.digits.name:
        return OWN
    known = DATA_SETS.get(opened.digits)
    return f"{opened.digits if known is None else known.label} {OWN}"
