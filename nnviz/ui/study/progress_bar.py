"""How far a study is: a bar with the trials that are finished, and the time that is left."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.study import words

HEIGHT = 44
TRACK = 10
"""Height of the bar, on the design grid"""


@dataclass(frozen=True)
class ProgressView:
    """What is said of the trials, and how many of them there are."""

    said: str
    done: float
    """Trials, with those that run as far as they are"""
    wanted: int
    """0 where nothing is to be done: then there is no bar"""
    active: bool
    """Whether something goes on."""


class ProgressBar(Picture[ProgressView]):
    """The words stand above the bar."""

    id = "study-progress"
    title, tip = words.PROGRESS
    least = (240, HEIGHT)
    keys = False
    policy = (Policy.Expanding, Policy.Fixed)

    def words(self, view: ProgressView) -> str:
        return view.said

    def paint(self, canvas: Canvas, view: ProgressView) -> None:
        room, high = self.room, canvas.px(TRACK) if view.wanted else 0
        above = QRectF(room.x(), room.y(), room.width(), room.height() - high)
        canvas.text(above, view.said, LEFT, size=TEXT + 2, bold=view.active)
        if not view.wanted:
            return
        track = QRectF(room.x(), above.bottom(), room.width(), high)
        canvas.bar(track, view.done / view.wanted, "right" if view.active else "muted", edge="")
