"""One picture of a page without a window on any screen and without training."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nnviz.data.digits import DigitSet
from nnviz.errors import Refusal
from nnviz.lectures.line import Said, read_words
from nnviz.lectures.looking import look
from nnviz.lectures.opened import Pictured
from nnviz.networks.settings import SettingError
from nnviz.session.editing import no_ink
from nnviz.session.session import Session
from nnviz.ui.app.application import SCALES, make_application
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.app.window import Window
from nnviz.ui.kit.colours import THEMES, WHITE
from nnviz.ui.kit.export import KINDS as KINDS_OF_FILES
from nnviz.ui.kit.export import painting_of, save
from nnviz.words import commas, number, tr

SIZES = range(320, 8001)
PIXELS = range(1, 5)


@dataclass(frozen=True)
class Picture:
    """A picture of a page, as ordered on the command line."""

    out: Path
    words: Mapping[str, str] = field(default_factory=lambda: {"page": "train"})
    """What is looked at, as the words of a line by their keys"""
    said: Said = str
    """What a key is called where it is wrong"""
    drawing: Path | None = None
    size: str = "1280x720"
    theme: str = "dark"
    scale: float = 1.0
    lecture: bool = False
    pixels: int = 1
    """Of a PNG, for each of the size"""
    white: bool = False
    """Whether it is drawn for paper, whatever the theme"""


def draw(wanted: Picture, digits: DigitSet) -> None:
    """Draws a page into a file. Raises Refusal, for a wrong option SettingError."""
    width, height = size_of(wanted.size)
    _check_file(wanted)
    check_theme(wanted.theme)
    if not SCALES[0] <= wanted.scale <= SCALES[-1]:
        raise SettingError(
            tr(
                "--scale must be between {least} and {most}.",
                least=number(SCALES[0], 1),
                most=number(SCALES[-1]),
            )
        )
    looked = read_words(wanted.words, KINDS, wanted.said)
    application = make_application()
    shown = digits.to_look_at()
    engine = StillEngine(shown, digits)
    session = make_session(engine, shown)
    refuse_trouble(session)
    session.process.start()
    while session.designs.load_next():
        pass
    hear_all(session, engine)
    pictured = looked.picture
    if wanted.drawing is not None:
        looked = replace(looked, picture=None)
    look(session, looked, KINDS, wanted.said)
    hear_all(session, engine)
    refuse_trouble(session)
    if wanted.drawing is not None:
        _put_on_pads(session, pictured or Pictured(str(wanted.drawing)))
    window = Window(session, WHITE if wanted.white else wanted.theme, wanted.scale)
    window.setMinimumSize(SIZES.start, SIZES.start)
    window.resize(width, height)
    if looked.moment is not None:
        window.show_film(True)
    if wanted.lecture:
        window.parts.lecture.enter(full_screen=False)
    window.show()
    window.load_late()
    hear_all(session, engine)
    window.setFocus()  # nobody presses a key on a picture
    settle(application)
    try:
        with painting_of(window, window.theme) as painting:
            save(wanted.out, painting, wanted.pixels)
    finally:
        window.close()
        window.deleteLater()


def _check_file(wanted: Picture) -> None:
    """Raises SettingError."""
    if wanted.out.suffix.lower().removeprefix(".") not in KINDS_OF_FILES:
        raise SettingError(
            tr(
                "--out must name a file that ends in .png, .svg or .pdf, not {file}.",
                file=repr(wanted.out.name),
            )
        )
    if wanted.pixels not in PIXELS:
        raise SettingError(
            tr("--pixels must be between {least} and {most}.", least=PIXELS[0], most=PIXELS[-1])
        )


def _put_on_pads(session: Session, pictured: Pictured) -> None:
    """Draws what a picture file shows, as a digit and as a row. Raises Refusal."""
    # Pillow is imported only where there is a picture to read
    from nnviz.data.picture_files import PictureError

    drawing = pictured.drawing()
    assert drawing.source is not None
    row = drawing.source.opened.read("row")
    if row is None or drawing.empty:
        raise PictureError(no_ink(pictured.file))
    session.pad.put_picture(drawing, session.state.pad.as_ink)
    session.row.put_picture(row.all_ink)


def hear_all(session: Session, engine: StillEngine) -> None:
    """Waits for all that the session has asked."""
    while not engine.silent or session.studies.busy or session.reads:
        session.refresh()


def settle(application: QApplication) -> None:
    """Lets layouts and plots reach their final size."""
    for _ in range(3):
        application.processEvents()


def refuse_trouble(session: Session) -> None:
    """Raises Refusal where the session says that something failed."""
    notice = session.state.notice
    if notice is not None and notice.kind == "error":
        raise Refusal(notice.sentence)
    session.change(notice=None)


def check_theme(name: str) -> None:
    """Raises SettingError."""
    if name not in THEMES:
        raise SettingError(
            tr(
                "--theme must be one of {themes}, not {theme}.",
                themes=commas(THEMES),
                theme=repr(name),
            )
        )


def size_of(words: str) -> tuple[int, int]:
    """Width and height, of 1280x720. Raises SettingError."""
    match = re.fullmatch(r"(\d+)x(\d+)", words)
    sizes = tuple(int(number) for number in match.groups()) if match else ()
    if len(sizes) != 2 or any(size not in SIZES for size in sizes):
        raise SettingError(
            tr(
                "--size must be WIDTHxHEIGHT, each from {least} to {most}, not {size}.",
                least=str(SIZES.start),
                most=str(SIZES.stop - 1),
                size=repr(words),
            )
        )
    return sizes
