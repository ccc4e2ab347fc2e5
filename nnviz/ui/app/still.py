"""One picture of a page without a window on any screen and without training."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nnviz.data.digits import DigitSet
from nnviz.data.ink import find_ink
from nnviz.errors import Refusal
from nnviz.networks.settings import SettingError
from nnviz.session.session import Session
from nnviz.ui.app.application import SCALES, make_application
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from nnviz.ui.kit.capture import grab
from nnviz.ui.kit.colours import THEMES
from nnviz.ui.pages.page import PageKind
from nnviz.verdicts.answers import Options
from nnviz.words import commas, number, tr

SIZES = range(320, 8001)


@dataclass(frozen=True)
class Picture:
    """A picture of a page, as ordered on the command line."""

    out: Path
    page: str = "train"
    image: int = 0
    network: Path | None = None
    neuron: int | None = None
    pair: tuple[int, int] | None = None
    design: str | None = None
    reading: str | None = None
    options: Options = Options()
    step: int | None = None
    moment: int | None = None
    view: str | None = None
    drawing: Path | None = None
    size: str = "1280x720"
    theme: str = "dark"
    scale: float = 1.0
    lecture: bool = False


def draw(wanted: Picture, digits: DigitSet) -> None:
    """Draws a page into a file. Raises Refusal, for a wrong option SettingError."""
    width, height = _size(wanted.size)
    if wanted.out.suffix.lower() != ".png":
        raise SettingError(
            tr("--out must name a file that ends in .png, not {file}.", file=repr(wanted.out.name))
        )
    if wanted.theme not in THEMES:
        raise SettingError(
            tr(
                "--theme must be one of {themes}, not {theme}.",
                themes=commas(THEMES),
                theme=repr(wanted.theme),
            )
        )
    if not SCALES[0] <= wanted.scale <= SCALES[-1]:
        raise SettingError(
            tr(
                "--scale must be between {least} and {most}.",
                least=number(SCALES[0], 1),
                most=number(SCALES[-1]),
            )
        )
    _check_page(wanted)
    application = make_application()
    shown = digits.to_look_at()
    engine = StillEngine(shown, digits)
    session = make_session(engine, shown, wanted.network)
    _refuse_trouble(session)
    session.process.start()
    while session.designs.load_next():
        pass
    _hear_all(session, engine)
    _look_at(session, wanted)
    if wanted.drawing is not None:
        _put_on_pads(session, wanted.drawing)
    window = Window(session, wanted.theme, wanted.scale)
    session.change(page=wanted.page)
    if wanted.view is not None:
        window.page.choose_view(wanted.view)
    window.setMinimumSize(SIZES.start, SIZES.start)
    window.resize(width, height)
    if wanted.moment is not None:
        window.show_film(True)
    if wanted.lecture:
        window.parts.lecture.enter(full_screen=False)
    window.show()
    window.load_late()
    _hear_all(session, engine)
    window.setFocus()  # nobody presses a key on a picture
    _settle(application)
    try:
        grab(window, wanted.out)
    finally:
        window.close()
        window.deleteLater()


def _put_on_pads(session: Session, path: Path) -> None:
    """Draws what a picture file shows, as a digit and as a row. Raises Refusal."""
    # Pillow is imported only where there is a picture to read
    from nnviz.data.picture_files import PictureError, read_picture

    ink = find_ink(read_picture(path).levels)
    if ink is None:
        raise PictureError(
            tr("{file} shows no ink: nothing stands out from the paper.", file=str(path))
        )
    session.pad.put_picture(ink.picture)
    session.row.put_picture(ink.picture)


def _hear_all(session: Session, engine: StillEngine) -> None:
    while not engine.silent or session.studies.busy:
        session.refresh()


def _settle(application: QApplication) -> None:
    """Lets layouts and plots reach their final size."""
    for _ in range(3):
        application.processEvents()


def _refuse_trouble(session: Session) -> None:
    notice = session.state.notice
    if notice is not None and notice.kind == "error":
        raise Refusal(notice.sentence)
    session.change(notice=None)


def _look_at(session: Session, wanted: Picture) -> None:
    _choose_design(session, wanted)
    state = session.state
    images, hidden = len(state.digits.labels), state.work.network.hidden
    if not 0 <= wanted.image < images:
        raise SettingError(
            tr(
                "--image must be between 0 and {last}, not {image}.",
                last=str(images - 1),
                image=str(wanted.image),
            )
        )
    if wanted.neuron is not None and not 0 <= wanted.neuron < hidden:
        raise SettingError(
            tr(
                "--neuron must be between 0 and {last}, not {neuron}.",
                last=hidden - 1,
                neuron=wanted.neuron,
            )
        )
    classes = state.digits.classes
    if wanted.pair is not None and max(wanted.pair) >= classes:
        raise SettingError(tr("--pair must name two classes from 0 to {last}.", last=classes - 1))
    session.change(image=wanted.image, neuron=wanted.neuron, pair=wanted.pair)
    page = next(page for page in PAGES if page.id == wanted.page)
    readings = tuple(dict.fromkeys((*session.state.here.work.readings, *page.inside.readings)))
    if wanted.reading is not None and wanted.reading not in readings:
        raise SettingError(
            tr(
                "The design {design} cannot be read by {reading}; its readings are {readings}.",
                design=session.state.design,
                reading=wanted.reading,
                readings=commas(readings),
            )
        )
    session.change(reading=wanted.reading or "", options=wanted.options)
    walks = session.state.here.shown_reading == "walk" or "walk" in page.inside.readings
    if wanted.options != Options() and not walks:
        raise SettingError(
            tr(
                "--drop and --below go with --reading walk or --page elimination; the page {page} "
                "shows no walk here.",
                page=wanted.page,
            )
        )
    _go_to_step(session, page, wanted.step)
    moments = len(session.state.work.film)
    if wanted.moment is not None:
        if not moments:
            raise Refusal(tr("This network carries no film."))
        if not 0 <= wanted.moment < moments:
            raise SettingError(
                tr(
                    "--moment must be between 0 and {last}, not {moment}.",
                    last=moments - 1,
                    moment=wanted.moment,
                )
            )
        session.change(moment=session.state.work.film.moments[wanted.moment].number)


def _go_to_step(session: Session, page: PageKind, step: int | None) -> None:
    """Shows so many steps; if none is named all of them, or as many as the page opens with."""
    steps = page.count_steps(session.state)
    if step is not None and not 0 <= step <= steps:
        raise SettingError(
            tr("--step must be between 0 and {last}, not {step}.", last=steps, step=step)
        )
    if step is not None or session.state.stand_in is None:
        session.change(step=step)


def _choose_design(session: Session, wanted: Picture) -> None:
    if wanted.design is None:
        if wanted.network is None:  # as the window shows the page
            session.designs.open_page(wanted.page)
        return
    shown = session.state.design
    if wanted.network is not None and wanted.design != shown:
        raise SettingError(
            tr(
                "{file} is a network of the design {shown}, not {wanted}.",
                file=wanted.network.name,
                shown=shown,
                wanted=wanted.design,
            )
        )
    session.designs.choose(wanted.design)
    _refuse_trouble(session)


def _check_page(wanted: Picture) -> None:
    pages = {page.id: page for page in PAGES}
    if wanted.page not in pages:
        raise SettingError(
            tr(
                "--page must be one of {pages}, not {page}.",
                pages=commas(pages),
                page=repr(wanted.page),
            )
        )
    views = pages[wanted.page].views
    if wanted.view is None or wanted.view in views:
        return
    if not views:
        raise SettingError(tr("The page {page} has no views.", page=wanted.page))
    raise SettingError(
        tr(
            "The page {page} has no view {view}; its views are {views}.",
            page=wanted.page,
            view=repr(wanted.view),
            views=commas(views),
        )
    )


def _size(words: str) -> tuple[int, int]:
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
