"""The clock of the speaker: how long the lecture runs, and how that goes with the plan."""

import time
from collections.abc import Callable

from PySide6.QtCore import QLocale, QTime, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.session.slices import LectureShown
from nnviz.ui.app.lecture import speaker_words as words
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import dress, muted, row, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme

SECOND = 1000
"""Milliseconds."""


def behind(lecture: LectureShown, seconds: float) -> float:
    """How many seconds the scene on screen is later than planned, less than 0 where it is earlier:
    each scene has the same part of the time."""
    each = 60 * lecture.minutes / max(1, lecture.scenes)
    first, last = each * lecture.scene, each * (lecture.scene + 1)
    return seconds - min(max(seconds, first), last)


class TimePanel(QWidget):
    """Counts from when the lecture began; one that goes on counts on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lecture: LectureShown | None = None
        self._title, self._began = "", clock()
        self.now = sized(QLabel(), text=BACK_ROW, bold=True)
        self.elapsed = sized(QLabel(), text=BACK_ROW)
        self.pace = muted(sized(QLabel(), text=TEXT))
        for label, name, tip in (
            (self.now, "speaker-clock", words.CLOCK_TIP),
            (self.elapsed, "speaker-elapsed", words.CLOCK_TIP),
            (self.pace, "speaker-pace", words.PACE_TIP),
        ):
            label.setObjectName(name)
            explain(label, tip)
        self.again = button(words.AGAIN, words.AGAIN_TIP, self.start_again, "speaker-again")
        self.setLayout(row(self.now, self.elapsed, self.pace, 1, self.again, spacing=18))
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND)
        self._timer.timeout.connect(self.tell)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)

    def follow(self, lecture: LectureShown | None) -> None:
        """Another scene, another lecture, or none."""
        if lecture is not None and lecture.title != self._title:
            self._title, self._began = lecture.title, self._clock()
        self._lecture = lecture
        self.tell()

    def start_again(self) -> None:
        """Counts from now on."""
        self._began = self._clock()
        self.tell()

    def tell(self) -> None:
        """Writes what time it is."""
        seconds, lecture = self._clock() - self._began, self._lecture
        self.now.setText(QLocale().toString(QTime.currentTime(), "HH:mm"))
        planned = None if lecture is None or lecture.by_itself else lecture.minutes
        self.elapsed.setText(words.elapsed(seconds, planned))
        told = lecture is not None and planned is not None
        self.pace.setText(words.pace(behind(lecture, seconds)) if lecture and told else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tell()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
