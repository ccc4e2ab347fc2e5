"""One sentence above the page, with at most one thing to do about it."""

from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMessageBox, QSizePolicy

from nnviz.data.catalogue import DATA_SETS, megabytes
from nnviz.session.session import Session
from nnviz.session.state import Notice, State, Transfer
from nnviz.ui.app import words
from nnviz.ui.app.bar import Bar
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.layout import row, sized
from nnviz.ui.kit.theme import Theme

SIGNS = {"info": "i", "wait": "…", "error": "!"}


class Banner(Bar):
    """A row above the page: it takes a little of its height, and covers nothing.

    A download under way is shown while there is nothing else to say, until it is put away.
    """

    download_cancelled = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("banner", session, theme)
        self._progress = self._put_away = False
        self._sign = sized(QLabel(), bold=True)
        self.sentence = QLabel()
        self.sentence.setObjectName("banner-sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = button("", words.ACTION_TIP, self._act, "banner-action")
        self.action.setAccessibleName(words.ACTION)
        details = self._show_details
        self.details = button(words.DETAILS, words.DETAILS_TIP, details, "banner-details")
        self.close_button = button(words.CLOSE, words.CLOSE_TIP, self._close, "banner-close")
        buttons = (self.action, self.details, self.close_button)
        self.setLayout(row(self._sign, (self.sentence, 1), *buttons, margins=(16, 8, 8, 8)))
        self.use_theme(theme)
        self.hide()

    def use_theme(self, theme: Theme) -> None:
        self._progress = False  # draws anew
        super().use_theme(theme)

    def show_state(self, state: State) -> None:
        notice = state.notice
        if state.download is None:
            self._put_away = False
        elif notice is None and not self._put_away:
            notice = _progress(state.download)
            if self._progress and self.isVisible():
                self.sentence.setText(notice.sentence)
                return
        self._progress = notice is not state.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        colours, px = self.theme.colours, self.theme.px
        edge = colours.wrong if notice.kind == "error" else colours.negative
        self.setStyleSheet(
            f"#banner {{ background: {colours.panel}; border: {px(2)}px solid {edge};"
            f" border-radius: {px(8)}px; }}"
        )
        self._sign.setText(SIGNS[notice.kind])
        self.sentence.setText(notice.sentence)
        self.setAccessibleName(notice.sentence)
        self.action.setVisible(bool(notice.action))
        self.action.setText(notice.action_label)
        self.action.setAccessibleName(notice.action_label)
        self.details.setVisible(bool(notice.details))

    def _act(self) -> None:
        notice = self.session.state.notice
        if self._progress:
            self.download_cancelled.emit()
        elif notice is not None and notice.action:
            attrgetter(notice.action)(self.session)()

    def _close(self) -> None:
        if self._progress:
            self._put_away = True
            self.hide()
        self.session.change(notice=None)

    def _show_details(self) -> None:
        notice = self.session.state.notice
        if notice is None:
            return
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(notice.sentence)
        box.setDetailedText(notice.details)
        box.open()


def _progress(transfer: Transfer) -> Notice:
    """How far a download is."""
    data_set = DATA_SETS[transfer.name]
    received = megabytes(transfer.received) if transfer.received else ""
    told = words.downloading(data_set.label, received, data_set.megabytes)
    return Notice("wait", told, "cancel", words.CANCEL)
