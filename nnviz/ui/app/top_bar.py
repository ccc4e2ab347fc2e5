"""The bar above every page: which design, run and pause, how far, how good."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.design_switch import DesignSwitch
from nnviz.ui.kit.controls import button, keep_width
from nnviz.ui.kit.layout import dress, flowing, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.words import clauses, sentences

PROGRESS = 200
"""Least width of the progress on the design grid."""


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
        sized(self.progress, least_width=PROGRESS)
        self._widest: tuple[tuple[str, str], ...] = ()
        self._room, self._in_two = 0, False
        self.accuracy.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        self.designs.keep_widths()
        keep_width(self.run, (words.RUN_SIGN, words.PAUSE_SIGN))
        self._widest = ()
        self.show_state(self._session.state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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
        widest = words.widest_measured(state)
        if (widest, self.width()) != (self._widest, self._room):
            self._widest, self._room = widest, self.width()
            for self._in_two in (False, True, False):  # rather two lines of words than of the bar
                keep_width(self.accuracy, (self._measured(*each) for each in widest))
                self.accuracy.setText(self._measured(*words.measured(state)))
                if self._beside_progress() + self._theme.px(PROGRESS) <= self._room:
                    break
        self.accuracy.setText(self._measured(*words.measured(state)))
        muted, (first, second) = self._theme.colours.muted, words.progress(state)
        explain(self.progress, sentences(words.PROGRESS_TIP, clauses((first, second))))
        first, second = self._fitted(first, bold=True), self._fitted(second)
        self.progress.setText(
            f'<div style="color:{muted}" align="right"><b>{first}</b><br>{second}</div>'
        )
        self._row.invalidate()

    def _measured(self, which: str, accuracy: str) -> str:
        muted, size = self._theme.colours.muted, self._theme.px(34)
        share = f'<span style="font-size:{size}px; font-weight:600">{accuracy}</span>'
        wide = QFontMetrics(self._theme.font()).horizontalAdvance
        most = max((wide(name) for name, _ in self._widest), default=0)
        if wide(which) <= most and not self._in_two:
            return f'<span style="color:{muted}">{which}</span> {share}'
        parts = which.split()
        first, second = min(
            ((" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts) + 1)),
            key=lambda two: max(map(wide, two)),
        )
        cell = f'<td align="right" style="color:{muted}">{first}<br>{second}</td>'
        return (
            '<table cellspacing="0" cellpadding="0"><tr valign="middle">'
            f"{cell}<td>&nbsp;{share}</td></tr></table>"
        )

    def _beside_progress(self) -> int:
        """How wide all the others are side by side."""
        own = max(self.progress.sizeHint().width(), self.progress.minimumWidth())
        return self._row.width_in_one_line() - own

    def _fitted(self, text: str, bold: bool = False) -> str:
        """A line of the progress that needs no second row of the bar, however long it is, unless
        any text would."""
        least, room = self._theme.px(PROGRESS), self.width() - self._beside_progress()
        wide = room if room >= least else self.width() // 2
        metrics = QFontMetrics(self._theme.font(bold=bold))
        return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, wide)

    def show_running(self, state: State) -> None:
        """The words on the run button, which may not wait."""
        runs = state.running or state.awaiting
        self.run.setText(words.PAUSE_SIGN if runs else words.RUN_SIGN)
        self.run.setAccessibleName(words.PAUSE if runs else words.RUN)
        self.step.setEnabled(not state.running)
