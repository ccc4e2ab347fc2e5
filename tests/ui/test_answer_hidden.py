"""While a room is asked first, nothing on screen tells what any network says.

Two sets of networks see alike and answer otherwise: their last layers are turned round, so that
one of them is right and the other wrong. What differs between the two, and is not the same for
another digit, is told of the answer: in pixels, and in all that is said aloud.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.session.work import Work
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from nnviz.ui.kit.picture import Picture
from tests.gallery.collecting import opened_window
from tests.ui.seen_parts import seen_inside

OF_PAGE = {"votes": "all-pairs", "elimination": "elimination"}
"""Page -> the design that it is about; all others show ten outputs."""
BY_ITSELF = {"draw", "study"}
"""Pages that show no test digit."""
SHOWN, FRAME = ("frame", "shown"), ("frame", "hidden")
"""What stands round the pages while the answer is shown, and while it is hidden."""
TRIES = 3
AMONG_OTHERS = {("mistakes", "guess")}
"""What offers answers to choose from tells that some network gives each of them."""


@dataclass(frozen=True)
class Shown:
    """What a window shows and says."""

    pixels: np.ndarray
    """(rows, columns)"""
    said: frozenset[tuple[str, str]]
    """(name of the widget, text)"""


def shown_by(window: Window) -> Shown:
    """All that can be seen now."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32)
    pixels = flat.reshape(image.height(), image.bytesPerLine() // 4).copy()
    return Shown(pixels, frozenset(texts(window)))


def texts(window: Window) -> Iterator[tuple[str, str]]:
    yield "window", window.windowTitle()
    for part in seen_inside(window):
        for text in texts_of(part):
            for clause in re.split(r"[;.] ", text):  # of the digit here, of the network there
                yield part.objectName(), clause


def texts_of(part: QWidget) -> Iterator[str]:
    if isinstance(part, Picture):
        part.tell()
    yield part.accessibleName()
    yield part.accessibleDescription()
    yield part.toolTip()
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    if isinstance(part, QComboBox):
        yield part.currentText()
    if isinstance(part, Picture) and part.view is not None:
        for region in part.regions(part.view):
            yield region.tip
            yield region.words


def turned_round(work: Work) -> Work:
    """It sees the same, and says something else."""
    network = work.network
    other = replace(
        network, output_weights=-network.output_weights, output_biases=-network.output_biases
    )
    return replace(work, network=other)


def told_of_the_answer(here: Shown, there: Shown, otherwise: Shown) -> tuple[int, set[str]]:
    """How many pixels, and which texts; `there`: another digit, `otherwise`: other networks."""
    said = {text for _, text in here.said - there.said - otherwise.said if text}
    if not here.pixels.shape == there.pixels.shape == otherwise.pixels.shape:
        return -1, said
    differ = (here.pixels != there.pixels) & (here.pixels != otherwise.pixels)
    return int(np.count_nonzero(differ)), said


Answers = dict[tuple[str, str], tuple[int, set[str]]]
"""Page and view -> what is told there: pixels and texts."""


def look(window: Window, networks: dict[str, Work], digit: int) -> Shown:
    """What is seen on a page of a digit."""
    session = window.session
    shown = networks[OF_PAGE.get(session.state.page, "ten-outputs")]
    session.change(trained=networks, work=shown, image=digit)
    come_to_rest(window)
    return shown_by(window)


def come_to_rest(window: Window) -> None:
    """Has everything asked answered and laid out."""
    for _ in range(2):
        window.session.refresh()
        QApplication.processEvents()


@dataclass
class Asking:
    """Looks at the same place with networks that are right and with others that are wrong."""

    window: Window
    right: dict[str, Work]
    wrong: dict[str, Work]
    digits: tuple[int, int]

    def told(self) -> tuple[int, set[str]]:
        """What is told of the answer here, every time one looks: what is still being laid out or
        asked looks otherwise only once."""
        for _ in range(TRIES):
            come_to_rest(self.window)
            here, there = (look(self.window, self.right, digit) for digit in self.digits)
            otherwise = look(self.window, self.wrong, self.digits[0])
            found = told_of_the_answer(here, there, otherwise)
            if found == (0, set()):
                break
        return found

    def on_pages(self) -> Answers:
        """What every page and view tells."""
        found = {}
        for kind in PAGES:
            if kind.id not in BY_ITSELF:
                self.window.session.change(page=kind.id)
                for view in kind.views or ("",):
                    if view:
                        self.window.page.choose_view(view)
                    found[kind.id, view] = self.told()
        return found


def telling_digits(
    digits: ShownDigits, right: dict[str, Work], wrong: dict[str, Work]
) -> tuple[int, int]:
    """Two digits with labels of their own that the first networks read right and the others
    wrong."""
    found = {}
    for image, label in zip(range(60), digits.labels, strict=False):
        reads = [
            networks[name].look(digits.images[image], digits.classes).answer == label
            for networks in (right, wrong)
            for name in ("ten-outputs", *OF_PAGE.values())
        ]
        if reads == [True] * 3 + [False] * 3:
            found[int(label)] = image
    one, other, *_ = found.values()
    return one, other


@pytest.fixture(scope="module")
def told(application: QApplication) -> Iterator[Answers]:
    """What pages tell in lecture mode, and what stands round them without it."""
    window = opened_window()
    window.show_film(False)
    window.resize(1024, 600)
    session = window.session
    while session.designs.load_next():
        session.refresh()
    right = dict(session.state.trained)
    wrong = {name: turned_round(work) for name, work in right.items()}
    asking = Asking(window, right, wrong, telling_digits(session.state.digits, right, wrong))
    window.parts.lecture.enter(full_screen=False)
    session.change(answer_hidden=True)
    found = asking.on_pages()
    window.parts.lecture.leave()
    session.change(page="study")
    shown = asking.told()
    session.change(answer_hidden=True)
    yield found | {SHOWN: shown, FRAME: asking.told()}
    window.leave()
    window.deleteLater()


def test_no_page_tells_what_the_room_is_asked(told: Answers) -> None:
    tell = {
        f"{page} {view}: {pixels} pixels, {sorted(texts)[:5]}"
        for (page, view), (pixels, texts) in told.items()
        if (pixels or texts) and (page, view) not in {*AMONG_OTHERS, SHOWN, FRAME}
    }
    assert not tell


def test_nothing_round_the_page_tells_it(told: Answers) -> None:
    assert told[FRAME] == (0, set())
    pixels, texts = told[SHOWN]  # or nothing at all would be seen
    assert pixels
    assert [text for text in texts if " read as " in text or " says " in text]
