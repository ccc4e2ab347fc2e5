"""The command that measures what can be read finds faults that are planted for it."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import Theme
from tests.legibility import painted, rules


class Faulty(Picture[str]):
    """Paints one fault, or none."""

    def paint(self, canvas: Canvas, view: str) -> None:
        place = QRectF(10, 10, 180, 30)
        canvas.fillRect(self.room, canvas.ink("panel"))
        wide = place.adjusted(0, 0, -160, 0) if view == "clipped" else place
        ink = "line" if view == "contrast" else "text"
        canvas.text(wide, "Words to read", LEFT, ink, 9 if view == "small" else 20)
        if view == "overlap":
            canvas.text(place.translated(20, 0), "over them", LEFT)
        if view == "struck":
            canvas.line(QPointF(0, 25), QPointF(190, 25), "text", 4)
        if view == "sign":
            canvas.fillRect(QRectF(0, 50, 40, 40), canvas.ink("right"))
            canvas.mark(QRectF(0, 50, 40, 40), True)


@pytest.mark.parametrize("kind", ["", "clipped", "overlap", "struck", "small", "contrast", "sign"])
def test_a_planted_fault_is_found_and_no_other(qtbot: QtBot, kind: str) -> None:
    picture = Faulty(Theme("dark"), kind)
    qtbot.addWidget(picture)
    picture.resize(200, 100)
    found = painted.painted(picture)
    faults = [*found.faults, *painted.overlaps([(each.words, each.place) for each in found.texts])]
    for text in found.texts:
        faults += painted.faults_of(text, 12, rules.least_contrast(True, text.pixels))
    besides = {"struck", "contrast"} if kind == "overlap" else set()
    kinds = {each.kind for each in faults} - besides
    assert kinds == ({kind} if kind else set())


def test_everybody_tells_digits_and_signs_apart() -> None:
    assert list(rules.told_apart()) == []
    grey_and_green = list(rules._alike("", "#B08040", "#80A040"))
    assert {each.kind for each in grey_and_green} == {"alike"}
