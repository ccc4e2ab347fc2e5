"""One sentence in the head of the window, with at most one thing to do about it."""

import sys
import traceback
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter, itemgetter
from types import TracebackType

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QMainWindow,
    QSizePolicy,
)

from nnviz.session.session import Session
from nnviz.session.state import Notice, State
from nnviz.ui.app import words
from nnviz.ui.app.details import show_details
from nnviz.ui.app.head_room import HeadRoom
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import dress, low, row, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme

SIGNS = {"info": "i", "passing": "i", "wait": "…", "error": "!"}
SPACING, MARGINS = 8, (8, 0, 2, 0)
WELL, SMALLEST = 17, 12
"""Sizes of the type on the design grid: with which a sentence rather stays in its first place,
and below which it is cut off."""
LEAST = 160
"""Width on the design grid below which no sentence can be read."""
OFFER_KEY = QKeySequence("Ctrl+Return")


@dataclass(frozen=True)
class Stand:
    """A way for a sentence to stand in the head of the window."""

    place: QRect
    below: bool
    """Whether its buttons stand below it, not beside it."""
    room: QRect
    """What is left for the sentence."""


class Banner(QFrame):
    """Lies in the head of the window, where it covers nothing to click on and moves nothing.

    A download under way is shown while there is nothing else to say, until it
    is put away.
    """

    download_cancelled = Signal()

    def __init__(
        self,
        session: Session,
        window: QMainWindow,
        head: HeadRoom,
        theme: Theme,
        taken: Callable[[], list[QRect]],
        asking: Mapping[str, Callable[[], object]],
    ) -> None:
        """`taken` tells what else stands in the head; `asking` are the actions of notices before
        which the user is asked something, by their paths."""
        super().__init__(window)
        self.hide()
        self.setObjectName("banner")
        self.setAutoFillBackground(True)
        self._session, self._head, self._taken = session, head, taken
        self._asking = asking
        self._progress = self._put_away = False
        self._said: Notice | None = None
        self._sign = sized(QLabel(), bold=True)
        self.sentence = QLabel()
        self.sentence.setObjectName("banner-sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.action = low(button("", words.OFFER_TIP, self._act, "banner-action"))
        self.action.setAccessibleName(words.OFFER)
        self.details = low(
            button(words.DETAILS, words.DETAILS_TIP, self._show_details, "banner-details")
        )
        self.close_button = low(button("×", words.CLOSE_TIP, self._close, "banner-close"))
        self._others = (self._sign, self.action, self.details, self.close_button)
        buttons = row(1, self.action, self.details, self.close_button, spacing=SPACING)
        said = row(self._sign, (self.sentence, 1), spacing=SPACING)
        self._parts = row((said, 1), buttons, spacing=SPACING, margins=MARGINS)
        self.setLayout(self._parts)
        head.changed.connect(self.place)
        self.use_theme(theme)

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
            if self._progress and not self.isHidden():
                self._said = notice
                self.place()
                return
        self._progress = notice is not state.notice
        self._said = notice
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
        self.setAccessibleName(notice.sentence)
        self.action.setVisible(bool(notice.action))
        self.action.setText(notice.action_label)
        self.action.setShortcut(OFFER_KEY)
        self.action.setAccessibleName(notice.action_label or words.OFFER)
        self.place()

    def place(self) -> None:
        """Goes where its sentence can be read best; what has no room at all ends in dots, and
        can be read whole in its details."""
        notice = self._said
        if notice is None or self.isHidden():
            return
        self.details.setVisible(bool(notice.details))
        found = [(self._size(notice.sentence, each.room), each) for each in self._stands()]
        best = max(found, key=itemgetter(0))
        size, stand = next((each for each in found if each[0] >= WELL), best)
        text = notice.sentence
        if not size:
            self.details.show()
            stand = max(self._stands(), key=lambda each: each.room.width() * each.room.height())
            text = self._cut(text, stand.room)
        self.sentence.setFont(self._theme.font(size or SMALLEST))
        self.sentence.setText(text)
        explain(self.sentence, "" if size else notice.sentence)
        directions = QBoxLayout.Direction
        self._parts.setDirection(directions.TopToBottom if stand.below else directions.LeftToRight)
        self.setGeometry(stand.place)

    def _stands(self) -> list[Stand]:
        """How the sentence could stand in the free places, and could be read beside or above its
        buttons."""
        least = self._theme.px(LEAST)
        every: list[Stand] = []
        for taken in (self._taken(), []):  # rather over what stands there than unreadable
            places = self._head.places(taken)
            every = [self._stand(place, below) for place in places for below in (False, True)]
            found = [stand for stand in every if stand.room.width() >= least]
            if found:
                return found
        return every

    def _stand(self, place: QRect, below: bool) -> Stand:
        px, frame = self._theme.px, 2 * self._theme.px(2)
        left, _, right, _ = map(px, MARGINS)
        wide, high = place.width() - left - right - frame, place.height() - frame
        sign, *buttons = (each.sizeHint() for each in self._others if not each.isHidden())
        wide -= sign.width() + px(SPACING)
        if below:
            high -= max(each.height() for each in buttons) + px(SPACING)
        else:
            wide -= sum(each.width() + px(SPACING) for each in buttons)
        return Stand(place, below, QRect(0, 0, wide, high))

    def _size(self, text: str, room: QRect) -> float:
        """The size of the type in which a text has room, 0 if there is none."""
        sizes = range(TEXT, SMALLEST - 1, -1)
        return next((size for size in sizes if self._fits(text, room, size)), 0)

    def _fits(self, text: str, room: QRect, size: float) -> bool:
        wide, high = _needed(text, max(1, room.width()), self._theme, size)
        return wide <= room.width() and high <= room.height()

    def _cut(self, text: str, room: QRect) -> str:
        """As much of a text as has room in the smallest type."""
        most = bisect_right(
            range(len(text)), 0, key=lambda end: not self._fits(f"{text[:end]}…", room, SMALLEST)
        )
        return f"{text[: most - 1].rstrip()}…"

    def _act(self) -> None:
        notice = self._session.state.notice
        if self._progress:
            self.download_cancelled.emit()
        elif notice is not None and notice.action:
            do = self._asking.get(notice.action) or attrgetter(notice.action)(self._session)
            do()

    def _close(self) -> None:
        if self._progress:
            self._put_away, self._said = True, None
            self.hide()
        self._session.change(notice=None)

    def _show_details(self) -> None:
        notice = self._said
        if notice is not None:
            show_details(self.window(), self._theme, notice.sentence, notice.details)


@lru_cache(maxsize=256)
def _needed(text: str, width: int, theme: Theme, size: float) -> tuple[int, int]:
    """Width and height in pixels of a text in lines of a width; kept, since a sentence is placed
    anew whenever something else in the head of the window changes."""
    metrics = QFontMetrics(theme.font(size))
    needed = metrics.boundingRect(QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap, text)
    return needed.width(), needed.height()


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
