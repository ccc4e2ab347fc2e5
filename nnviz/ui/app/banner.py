"""One sentence above the page, with at most one thing to do about it."""

import sys
import traceback
from operator import attrgetter
from types import TracebackType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMessageBox, QSizePolicy

from nnviz.session.session import Session
from nnviz.session.state import Notice, State
from nnviz.ui.app import words
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import dress, row, sized
from nnviz.ui.kit.theme import Theme

SIGNS = {"info": "i", "passing": "i", "wait": "…", "error": "!"}


class Banner(QFrame):
    """A row above the page: it takes a little of its height, and covers nothing.

    A download under way is shown while there is nothing else to say, until it is put away.
    """

    download_cancelled = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._session = session
        self._progress = self._put_away = False
        self._sign = sized(QLabel(), bold=True)
        self.sentence = QLabel()
        self.sentence.setObjectName("banner-sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = button("", words.OFFER_TIP, self._act, "banner-action")
        self.action.setAccessibleName(words.OFFER)
        self.details = button(
            words.DETAILS, words.DETAILS_TIP, self._show_details, "banner-details"
        )
        self.close_button = button("×", words.CLOSE_TIP, self._close, "banner-close")
        parts = ((self.sentence, 1), self.action, self.details, self.close_button)
        self.setLayout(row(self._sign, *parts, margins=(16, 8, 8, 8)))
        self.use_theme(theme)
        self.hide()

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._progress = False  # draws anew
        dress(self, theme)
        self.show_state(self._session.state)

    def show_state(self, state: State) -> None:
        notice = state.notice
        if state.download is None:
            self._put_away = False
        elif notice is None and not self._put_away:
            download = words.downloading(state.download)
            notice = Notice("wait", download, "cancel", words.CANCEL)
            if self._progress and self.isVisible():
                self.sentence.setText(notice.sentence)
                return
        self._progress = notice is not state.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        colours = self._theme.colours
        edge = colours.wrong if notice.kind == "error" else colours.negative
        width, round_by = self._theme.px(2), self._theme.px(8)
        self.setStyleSheet(
            f"#banner {{ background: {colours.panel}; border: {width}px solid {edge};"
            f" border-radius: {round_by}px; }}"
        )
        self._sign.setText(SIGNS[notice.kind])
        self.sentence.setText(notice.sentence)
        self.setAccessibleName(notice.sentence)
        self.action.setVisible(bool(notice.action))
        self.action.setText(notice.action_label)
        self.action.setAccessibleName(notice.action_label)
        self.details.setVisible(bool(notice.details))

    def _act(self) -> None:
        notice = self._session.state.notice
        if self._progress:
            self.download_cancelled.emit()
        elif notice is not None and notice.action:
            attrgetter(notice.action)(self._session)()

    def _close(self) -> None:
        if self._progress:
            self._put_away = True
            self.hide()
        self._session.change(notice=None)

    def _show_details(self) -> None:
        notice = self._session.state.notice
        if notice is None:
            return
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(notice.sentence)
        box.setDetailedText(notice.details)
        box.open()


class ErrorReport:
    """Puts an error on the banner, and pauses learning; for `sys.excepthook`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if self._session.state.running:
            self._session.runs.pause()
        self._session.say(
            "error",
            words.inner_error(kind.__name__),
            details=details,
        )
