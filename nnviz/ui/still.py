"""One picture of a page without a window on any screen and without training."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nnviz.engine import Died
from nnviz.learning.digits import DigitSet, ShownDigits
from nnviz.learning.messages import Asked, Measure, NetworkMeasured, Told
from nnviz.learning.mistakes import measured
from nnviz.learning.refusal import Refusal
from nnviz.learning.settings import SettingError
from nnviz.session import Session
from nnviz.ui.application import make_application
from nnviz.ui.capture import grab
from nnviz.ui.colours import THEMES
from nnviz.ui.first_session import make_session
from nnviz.ui.sizes import SCALES
from nnviz.ui.window import Window

SIZES = range(320, 8001)


@dataclass(frozen=True)
class Picture:
    """A picture of a page, as ordered on the command line."""

    out: Path
    page: str = "train"
    image: int = 1
    """Number of the test digit, counted from 1 as everything on screen is"""
    network: Path | None = None
    neuron: int | None = None
    """Number of the selected hidden neuron, counted from 1"""
    size: str = "1280x720"
    theme: str = "dark"
    scale: float = 1.0
    lecture: bool = False


class StillEngine:
    """An engine that trains nothing; it only measures the network on screen."""

    def __init__(self, digits: ShownDigits) -> None:
        self._digits = digits
        self._told: list[Told | Died] = []

    def start(self) -> None:
        """There is nothing to start."""

    def stop(self) -> None:
        """There is nothing to stop."""

    def ask(self, asked: Asked) -> None:
        if isinstance(asked, Measure):
            digits = self._digits
            result = measured(
                asked.network,
                asked.design,
                digits.classes,
                asked.examples,
                digits.images,
                digits.labels,
            )
            self._told.append(NetworkMeasured(asked.run, result))

    def heard(self) -> Sequence[Told | Died]:
        told, self._told = self._told, []
        return told


def draw(wanted: Picture, digits: DigitSet) -> None:
    """Draws a page into a file. Raises Refusal, for a wrong option SettingError."""
    width, height = _size(wanted.size)
    if wanted.out.suffix.lower() != ".png":
        raise SettingError(f"--out must name a file that ends in .png, not {wanted.out.name!r}.")
    if wanted.theme not in THEMES:
        raise SettingError(f"--theme must be one of {', '.join(THEMES)}, not {wanted.theme!r}.")
    if not SCALES[0] <= wanted.scale <= SCALES[-1]:
        raise SettingError(f"--scale must be between {SCALES[0]} and {SCALES[-1]:g}.")
    application = make_application()
    shown = digits.to_look_at()
    session = make_session(StillEngine(shown), shown, wanted.network)
    _refuse_trouble(session)
    _look_at(session, wanted)
    window = Window(session, wanted.theme, wanted.scale)
    if wanted.page not in window.pages:
        raise SettingError(f"--page must be one of {', '.join(window.pages)}, not {wanted.page!r}.")
    session.change(page=wanted.page)
    window.setMinimumSize(SIZES.start, SIZES.start)
    window.resize(width, height)
    if wanted.lecture:
        window.lecture.enter(full_screen=False)
    window.show()
    window.load_late()
    session.refresh()
    _settle(application)
    try:
        grab(window, wanted.out)
    finally:
        window.close()


def _settle(application: QApplication) -> None:
    """Lets layouts and plots reach their final size."""
    for _ in range(3):
        application.processEvents()


def _refuse_trouble(session: Session) -> None:
    notice = session.state.notice
    if notice is not None:
        raise Refusal(notice.sentence)


def _look_at(session: Session, wanted: Picture) -> None:
    state = session.state
    images, hidden = len(state.digits.labels), state.work.network.hidden
    if not 1 <= wanted.image <= images:
        raise SettingError(f"--image must be between 1 and {images}, not {wanted.image}.")
    if wanted.neuron is not None and not 1 <= wanted.neuron <= hidden:
        raise SettingError(f"--neuron must be between 1 and {hidden}, not {wanted.neuron}.")
    neuron = None if wanted.neuron is None else wanted.neuron - 1
    session.change(image=wanted.image - 1, neuron=neuron)


def _size(words: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)x(\d+)", words)
    sizes = tuple(int(number) for number in match.groups()) if match else ()
    if len(sizes) != 2 or any(size not in SIZES for size in sizes):
        raise SettingError(
            f"--size must be WIDTHxHEIGHT, each from {SIZES.start} to {SIZES.stop - 1}, "
            f"not {words!r}."
        )
    return sizes
