"""Finds every picture in the window, on every page and view, with what it shows there."""

import importlib
import pkgutil
from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QApplication

import nnviz.ui
from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.data.drawing import Drawing
from nnviz.data.opened_picture import OpenedPicture
from nnviz.data.picture_files import Picture as PictureFile
from nnviz.questions.reliability import Trust
from nnviz.session.session import Session
from nnviz.session.slices import Expectation, LectureShown, PlanShown, SceneWords
from nnviz.study.table import table_of
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot
from tests.lenets import settings_of, trained_lenets
from tests.study.made_rows import made_rows, made_study
from tests.ui.seen_parts import seen_inside

FEW = 100
"""Test digits: enough for examples, and everything is answered at once."""
DESIGNS = ("ten-outputs", "four-bits", "bit-layer", "all-pairs", "elimination")
"""What a page shows of a network depends on its design; the last one stays."""
ONCE = {"study"}
"""Pages that look alike for all designs."""
TWICE = {"draw", "designs"}
"""Pages that look nearly alike: the first and the last design will do."""
OWN = {"votes": "all-pairs", "elimination": "elimination"}
"""Pages of one design: among those between the first and the last only that one has more."""
MORE = {"morph": {"many": True}, "pad": {"writers": True, "as_ink": True}}
"""View -> what it also shows, if that is chosen."""
A_SCENE = LectureShown(
    "Why ten outputs and not four?",
    45,
    2,
    14,
    SceneWords(
        "The same three, asked in bits",
        "A clean 3.",
        "Which lamp will fail?",
        ("bit 8", "bit 4", "bit 2", "bit 1"),
        2,
        "The lamp for 2 stays dark, and 3 becomes 1.",
    ),
    hands=(1, 22, 3, 5),
)
SIZE = (1960, 1000)
Shown = Picture | Plot


def every_kind() -> dict[str, type[Shown]]:
    """All kinds of pictures and plots by name, also those that no page shows."""
    for module in pkgutil.walk_packages(nnviz.ui.__path__, "nnviz.ui."):
        importlib.import_module(module.name)
    kinds, waiting = [], [Picture, Plot]
    while waiting:
        below = waiting.pop().__subclasses__()
        kinds += below
        waiting += below
    own = [kind for kind in kinds if kind.__module__.startswith("nnviz.")]  # not those of tests
    return {kind.__name__: kind for kind in sorted(own, key=lambda kind: kind.__name__)}


def few_digits() -> DigitSet:
    """The bundled digits with few of the test digits."""
    digits = bundled_digits()
    return replace(
        digits, test_images=digits.test_images[:FEW], test_labels=digits.test_labels[:FEW]
    )


def opened_window(theme: str = "dark", scale: float = 1.0, size: tuple[int, int] = SIZE) -> Window:
    """A window with shipped networks in which every question is answered at once."""
    digits = few_digits()
    shown = digits.to_look_at()
    session = make_session(StillEngine(shown, digits), shown)
    session.process.start()
    put_study(session)
    put_opened(session)
    window = Window(session, theme, scale)
    window.resize(*size)
    window.show()
    window.load_late()
    window.show_film(True)
    settle(window)
    return window


def put_study(session: Session) -> None:
    """A study of which some trials have ended, on the Study page."""
    names = ("One network", "All pairs")
    study = made_study(*names, shares=(0.05, 1.0), trials=4)
    few, many = ((70, 74, 73), (80, 79, 84)), ((95, 93, 94), (94, 96, 95))
    rows = (
        *made_rows(dict(zip(names, few, strict=True)), "0.05"),
        *made_rows(dict(zip(names, many, strict=True)), "1"),
    )
    session.choose(
        "studies",
        plan=PlanShown(study),
        expected=Expectation("8 trials take about 4 minutes."),
        rows=rows,
        table=table_of(study, rows),
    )


def put_opened(session: Session) -> None:
    """A picture on the pad, of a digit with a speck beside it; test digits are looked at."""
    levels = np.full((100, 120), 240, np.uint8)
    levels[20:76, 30:86] -= (
        session.state.digits.images[3].reshape(28, 28).repeat(2, 0).repeat(2, 1) // 2
    )
    levels[90:93, 110:113] = 100
    opened = OpenedPicture(PictureFile(levels, 120, 100), "eight.png")
    session.pad.put_picture(Drawing.of_opened(opened))
    session.pad.show(False)


def settle(window: Window) -> None:
    """Has everything asked answered and drawn; an answer may have the page ask for another."""
    for turn in range(4):
        before = window.session.state
        window.parts.clock.tick()
        window.session.refresh()
        QApplication.processEvents()
        if turn and window.session.state is before:
            return


def visits(window: Window) -> Iterator[str]:
    """Shows every page and view in turn, for every design that it depends on and in lecture mode;
    yields what is shown now."""
    for design in DESIGNS:
        window.session.designs.choose(design)
        yield from _pages(window, design, _known(design))
        # single outputs, the curves of all designs, the digits that are kept, and what one who
        # knows two digits says of each, are what a click adds
        session = window.session
        session.choose("strange", kind="digits", reader="six-or-nine")
        by_yes = "none" if design == "four-bits" else ""  # seen under the next one
        trust = Trust(each_output=True, others=DESIGNS, by_yes=by_yes)
        session.choose("mistakes", trust=trust)
        session.choose("elimination", departure=(session.state.asked_class, 0))
    yield from _lenet(window)
    window.parts.lecture.enter(full_screen=False)
    try:
        window.session.change(lecture=A_SCENE)
        settle(window)
        yield "lecture scene"
        window.session.change(lecture=None)
        yield from _pages(window, "lecture")
    finally:
        window.parts.lecture.leave()


def _known(design: str) -> set[str]:
    """Pages that show nothing else of a design than of another one that is visited."""
    if design == DESIGNS[0]:
        return set()
    if design == DESIGNS[-1]:
        return ONCE
    return ONCE | TWICE | {page for page, own in OWN.items() if own != design}


def _lenet(window: Window) -> Iterator[str]:
    """What there is of a LeNet alone; then the design that was on screen again."""
    session, design = window.session, window.session.state.design
    session.files.show(trained_lenets(settings_of("ten-outputs")), "lenet.safetensors", None)
    session.change(page="detectors")
    window.page.choose_view("filters")
    settle(window)
    yield "lenet detectors filters"
    session.designs.choose(design)


def _pages(window: Window, mode: str, without: Collection[str] = ()) -> Iterator[str]:
    for kind in [page for page in PAGES if page.id not in without]:
        window.session.change(page=kind.id)
        for view in kind.views or ("",):
            if view:
                window.page.choose_view(view)
            settle(window)
            yield f"{mode} {kind.id} {view}"
            if view in MORE:
                window.session.choose(view, **MORE[view])
                settle(window)
                yield f"{mode} {kind.id} {view}, {', '.join(MORE[view])}"
                window.session.choose(view, **dict.fromkeys(MORE[view], False))


def every_picture(window: Window) -> dict[str, Shown]:
    """The first one of each kind that shows something, by name."""
    found: dict[str, Shown] = {}
    kinds = every_kind()
    for _ in visits(window):
        note_pictures(window, found)
        if kinds.keys() <= found.keys():
            break
    return dict(sorted(found.items()))


def note_pictures(window: Window, found: dict[str, Shown]) -> None:
    """Adds what the window shows now and is not there yet."""
    for widget in seen_inside(window):
        if isinstance(widget, Picture | Plot) and widget.view is not None:
            found.setdefault(type(widget).__name__, widget)
