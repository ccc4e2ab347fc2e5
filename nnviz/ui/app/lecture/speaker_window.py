"""The speaker's window: this scene, the next one, notes, time, hands, and all controls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from nnviz.lectures.lecture import Lecture
from nnviz.session.slices import LectureShown
from nnviz.session.state import State
from nnviz.ui.app.application import GRID
from nnviz.ui.app.lecture import speaker_words as words
from nnviz.ui.app.lecture.hands import Hands
from nnviz.ui.app.lecture.notes import Notes
from nnviz.ui.app.lecture.room_copy import RoomCopy
from nnviz.ui.app.lecture.speaker_time import TimePanel
from nnviz.ui.kit.controls import button, combo_box, offer, paragraph
from nnviz.ui.kit.layout import column, dress, flow, row, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme

SMALLEST = (640, 480)


class Played(Protocol):
    """What plays the lecture."""

    @property
    def lecture(self) -> Lecture | None: ...
    def jump(self, scene: int) -> None: ...
    def toggle_answer(self) -> None: ...
    def count_hands(self, scene: int, choice: int, hands: int | None) -> None: ...


@dataclass(frozen=True)
class Controls:
    """What the speaker can do with the room's window."""

    step: Callable[[int], object]
    """On (1) and back (-1)"""
    black: Callable[[], object]
    white: Callable[[], object]
    spotlight: Callable[[], object]
    zoom: Callable[[], object]
    point: Callable[[QPoint], object]
    """Moves the spotlight to a place of the room's window"""
    swap: Callable[[], object]


class SpeakerWindow(QWidget):
    """Shows what the state says of the lecture; without one what the room sees, and the time."""

    put_away = Signal()
    """The speaker has closed it."""

    def __init__(self, window: QWidget, theme: str, player: Played, controls: Controls) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setObjectName("speaker-window")
        self.setWindowTitle(words.TITLE)
        self.setMinimumSize(*SMALLEST)
        self.setAutoFillBackground(True)
        self._player, self._theme = player, Theme(theme)
        self._offered: Lecture | None = None
        self.time = TimePanel()
        self.copy = RoomCopy(window)
        self.copy.pointed.connect(controls.point)
        self.answer = button("", words.ANSWER_TIP, player.toggle_answer, "speaker-answer")
        step = controls.step
        self.next = button(*words.NEXT, lambda: step(1), "speaker-next")
        self.next.setProperty("main", True)
        self.jump = combo_box("speaker-jump", words.JUMP, words.JUMP_TIP, player.jump)
        self.swap = button(*words.SWAP, controls.swap, "speaker-swap")
        buttons = flow(
            button(*words.BACK, lambda: step(-1), "speaker-back"),
            self.next,
            self.answer,
            button(*words.BLACK, controls.black, "speaker-black"),
            button(*words.WHITE, controls.white, "speaker-white"),
            button(*words.SPOTLIGHT, controls.spotlight, "speaker-spotlight"),
            button(*words.ZOOM, controls.zoom, "speaker-zoom"),
            self.swap,
        )
        self.scene = sized(paragraph("speaker-scene", words.COPY_TIP, plain=True), bold=True)
        self.trouble = paragraph("speaker-trouble", plain=True)
        self.trouble.hide()
        self.upcoming = paragraph("speaker-upcoming", words.NOTES_TIP, plain=True)
        self.hands = Hands(player.count_hands)
        self.notes = Notes()
        left = column((self.copy, 1), self.hands, self.trouble, buttons, spacing=8)
        right = column(self.scene, self.jump, (self.notes, 1), _line(), self.upcoming, spacing=8)
        column(
            self.time,
            (row((left, 11), (right, 9), spacing=14), 1),
            spacing=10,
            margins=(14, 10, 14, 12),
            of=self,
        )

    def use_theme(self, name: str) -> None:
        """Takes the colours of the room's window."""
        self._dress(Theme(name, self._theme.scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit = min(self.width() / GRID[0], self.height() / GRID[1])
        scale = round(min(max(fit, 0.7), 4.0) * 20) / 20
        if scale != self._theme.scale or event.oldSize().width() <= 0:
            self._dress(Theme(self._theme.name, scale))

    def _dress(self, theme: Theme) -> None:
        self._theme = theme
        self.setPalette(theme.palette())
        dress(self, theme)

    def show_state(self, state: State, two_screens: bool) -> None:
        """Writes everything anew that is said otherwise."""
        lecture = state.lecture
        self.time.follow(lecture)
        self.answer.setText(words.SHOW_ANSWER if state.answer_hidden else words.HIDE_ANSWER)
        self.answer.setAccessibleName(self.answer.text())
        self.scene.setText(words.NO_LECTURE if lecture is None else words.scene(lecture))
        self.upcoming.setText("" if lecture is None else words.upcoming(lecture))
        self.notes.say(_notes(lecture))
        self.hands.follow(lecture)
        self._offer_scenes(lecture)
        for part in (self.notes, self.jump, self.upcoming):
            part.setVisible(lecture is not None)
        self.swap.setVisible(two_screens)
        notice = state.notice
        wrong = notice.sentence if notice is not None and notice.kind == "error" else ""
        self.trouble.setText(wrong)
        explain(self.trouble, wrong)
        self.trouble.setVisible(bool(wrong))

    def _offer_scenes(self, lecture: LectureShown | None) -> None:
        played = self._player.lecture
        if played is None or lecture is None:
            return
        if played is not self._offered:
            self._offered = played
            scenes = enumerate(played.scenes)
            offer(
                self.jump,
                [(words.listed_scene(place, each.words.heading), place) for place, each in scenes],
                lecture.scene,
            )
        self.jump.setCurrentIndex(lecture.scene)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.put_away.emit()


def _notes(lecture: LectureShown | None) -> str:
    if lecture is None:
        return ""
    return lecture.words.notes or words.NO_NOTES


def _line() -> QFrame:
    made = QFrame()
    made.setFrameShape(QFrame.Shape.HLine)
    return made
