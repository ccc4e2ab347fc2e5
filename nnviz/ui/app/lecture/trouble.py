"""One short line below the page in lecture mode, where something goes wrong."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from nnviz.session.state import Notice, State
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme

STAYS = 12_000
"""Milliseconds: a room need not read it for ever; the banner tells it again afterwards."""
SIZE = 16


class Trouble(QLabel):
    """Tells errors alone, and none where the speaker has a window of his own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("lecture-trouble")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.elsewhere = False
        """Whether it is told in the speaker's window."""
        self._told: Notice | None = None
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.setInterval(STAYS)
        self._ends.timeout.connect(self.hide)
        self.hide()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFont(theme.font(SIZE))
        self.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(2))
        self._write()

    def show_state(self, state: State) -> None:
        """Tells what has gone wrong, if it is not told yet."""
        notice = state.notice
        error = notice is not None and notice.kind == "error"
        if not (error and state.lecturing) or self.elsewhere:
            self._told = None
            self.hide()
        elif notice is not self._told:
            self._told = notice
            self._write()
            self.show()
            self._ends.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        said = "" if self._told is None else f"! {self._told.sentence}"
        room = self.width() - 2 * self._theme.px(12)
        dots = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(said, dots, room))
        explain(self, said)
