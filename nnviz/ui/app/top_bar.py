"""The bar above every page: which design, run and pause, how far, how good."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.design_switch import DesignSwitch
from nnviz.ui.kit.canvas import RIGHT, Canvas
from nnviz.ui.kit.controls import Menu, button, keep_width
from nnviz.ui.kit.layout import dress, flowing, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.words import clauses, sentences

PROGRESS = 200
"""Least width of the progress on the design grid."""


class Progress(QLabel):
    """Two lines, the first one bold. A label with HTML would lay out and paint its words twice at
    every change."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.theme = Theme()

    def needed(self, lines: tuple[str, str]) -> QSize:
        """The size that two lines need."""
        fonts = [self.theme.font(bold=bold) for bold in (True, False)]
        wide = max(
            QFontMetrics(font).horizontalAdvance(line)
            for font, line in zip(fonts, lines, strict=True)
        )
        return QSize(wide, sum(ceil(QFontMetricsF(font).height()) for font in fonts))

    def sizeHint(self) -> QSize:
        first, _, second = self.text().partition("\n")
        return self.needed((first, second))

    def paintEvent(self, event: QPaintEvent) -> None:
        with Canvas(self, self.theme) as canvas:
            place = QRectF(self.rect())
            place.setHeight(place.height() / 2)
            for number, line in enumerate(self.text().split("\n")):
                canvas.text(place, line, RIGHT, "muted", bold=not number)
                place.translate(0, place.height())


@lru_cache(maxsize=256)
def _width_in_html(text: str, theme: Theme) -> int:
    """How wide a label with HTML is; to lay one out takes long."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setFont(theme.font())
    return label.sizeHint().width()


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
        menu = Menu(self.step)
        menu.setToolTipsVisible(True)
        self._steps = {size: menu.addAction(text) for size, (text, _) in words.STEPS.items()}
        for size, action in self._steps.items():
            action.triggered.connect(lambda _=False, size=size: session.runs.step(size))
        self.step.setMenu(menu)
        self.reset = button(words.RESET, words.RESET_TIP, session.controls.reset, "reset")
        self.progress, self.accuracy = Progress(), QLabel()
        self.accuracy.setTextFormat(Qt.TextFormat.RichText)
        for label, name, tip in (
            (self.progress, "progress", words.PROGRESS_TIP),
            (self.accuracy, "accuracy", words.ACCURACY_TIP),
        ):
            label.setObjectName(name)
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
        self._shown = ("", "")
        self.accuracy.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = self.progress.theme = theme
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
        widest, measured = words.widest_measured(state), words.measured(state)
        anew = (widest, self.width()) != (self._widest, self._room)
        if anew:
            self._widest, self._room = widest, self.width()
            for self._in_two in (False, True, False):  # rather two lines of words than of the bar
                texts = (self._measured(*each) for each in widest)
                least = max(_width_in_html(text, self._theme) for text in texts)
                self.accuracy.setMinimumWidth(least)
                self._write_measured(measured)
                if self._beside_progress() + self._theme.px(PROGRESS) <= self._room:
                    break
        if anew or measured != self._shown:
            self._shown = measured
            self._write_measured(measured)
        self._show_progress(*words.progress(state), anew=anew)

    def _show_progress(self, first: str, second: str, anew: bool) -> None:
        """`anew`: in a bar of another width or type."""
        lines = first, second
        if anew or self.progress.needed(lines).width() > self.progress.maximumWidth():
            lines = self._fitted(first, second)
        # what stands there in full needs no second telling
        cut = "" if lines == (first, second) else clauses((first, second))
        explain(self.progress, sentences(words.PROGRESS_TIP, cut))
        self.progress.setText("\n".join(lines))
        needed = self.progress.needed(lines)
        if anew or needed.width() > self.progress.maximumWidth():
            # of a fixed size: other words in it do not have the window laid out anew
            self.progress.setFixedSize(needed.expandedTo(QSize(self._theme.px(PROGRESS), 0)))
            self._row.invalidate()

    def _write_measured(self, measured: tuple[str, str]) -> None:
        text = self._measured(*measured)
        if text != self.accuracy.text():  # else the same words would be laid out again
            self.accuracy.setText(text)

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
        least, most = self.progress.minimumSize(), self.progress.maximumSize()
        own = self.progress.sizeHint().expandedTo(least).boundedTo(most)
        return self._row.width_in_one_line() - own.width()

    def _fitted(self, first: str, second: str) -> tuple[str, str]:
        """The lines of the progress so that they need no second row of the bar, however long they
        are, unless any text would."""
        least, room = self._theme.px(PROGRESS), self.width() - self._beside_progress()
        wide = room if room >= least else self.width() // 2
        dots = Qt.TextElideMode.ElideMiddle
        bold, plain = (QFontMetrics(self._theme.font(bold=each)) for each in (True, False))
        return bold.elidedText(first, dots, wide), plain.elidedText(second, dots, wide)

    def show_running(self, state: State) -> None:
        """The words on the run button, which may not wait."""
        runs = state.running or state.awaiting
        self.run.setText(words.PAUSE_SIGN if runs else words.RUN_SIGN)
        self.run.setAccessibleName(words.PAUSE if runs else words.RUN)
        self.step.setEnabled(not state.running)
