"""Every page and view of one window, in every size, theme and mode in turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from tests.gallery.collecting import A_SCENE, settle
from tests.legibility.rules import GRID

SIZES = ("1024x768", "1280x720", "1366x768", "1920x1080")
SCALES, LECTURE_SCALES = (1.0, 1.5, 2.0), (1.0, 1.5)
ONCE = "1280x720"
"""The size at which the second theme is seen, too: all but its colours is as in the first."""
DESIGNS = {
    "train": ("ten-outputs", "four-bits", "bit-layer"),
    "votes": ("all-pairs",),
    "elimination": ("elimination",),
    "mistakes": ("ten-outputs", "four-bits"),
}
"""Page -> designs of which it shows something else; of the others the first is enough."""
USUAL = ("ten-outputs",)
STEPPED = {("votes", "digit"): 20, ("elimination", "walk"): 5}
"""Page and view -> a step on the way, which is seen besides the end."""


@dataclass(frozen=True)
class Mode:
    """How a window is looked at."""

    size: str
    scale: float = 1.0
    theme: str = "dark"
    lecture: bool = False
    scene: bool = False

    @property
    def wide(self) -> int:
        return int(self.size.split("x")[0])

    @property
    def high(self) -> int:
        return int(self.size.split("x")[1])

    @property
    def fit(self) -> float:
        """How much larger than 1280 x 720 it is."""
        return min(self.wide / GRID[0], self.high / GRID[1])

    @property
    def kind(self) -> str:
        """Of modes that are counted together."""
        return "scene" if self.scene else "lecture" if self.lecture else "window"

    @property
    def name(self) -> str:
        return f"{self.kind} {self.size} {self.scale:.0%} {self.theme}"


@dataclass(frozen=True)
class Visit:
    """What is on screen."""

    mode: Mode
    page: str
    view: str


def modes(sizes: Sequence[str], quick: bool) -> Iterator[Mode]:
    """All that are to be walked; `quick`: the type of a user's usual size alone."""
    for size in sizes:
        for theme in ("dark", "light") if size == ONCE else ("dark",):
            for scale in SCALES[:1] if quick else SCALES:
                yield Mode(size, scale, theme)
            for scale in LECTURE_SCALES[:1] if quick else LECTURE_SCALES:
                yield Mode(size, scale, theme, lecture=True)
                yield Mode(size, scale, theme, lecture=True, scene=True)


def put(window: Window, mode: Mode) -> None:
    """Has the window look so."""
    if window.theme_name != mode.theme:
        window.use_theme(mode.theme)
    window.zoom(0)
    while window.scale < mode.scale:
        window.zoom(1)
    window.resize(mode.wide, mode.high)
    lecture = window.parts.lecture
    if mode.lecture:
        lecture.enter(full_screen=False)
    else:
        lecture.leave()
    words = replace(A_SCENE.words, choices=A_SCENE.words.choices)
    window.session.change(lecture=replace(A_SCENE, words=words) if mode.scene else None)
    settle(window)


def visits(window: Window, mode: Mode, pages: Sequence[str]) -> Iterator[Visit]:
    """Shows what there is in this mode, one after the other."""
    put(window, mode)
    session = window.session
    for kind in PAGES:
        if pages and kind.id not in pages:
            continue
        for design in DESIGNS.get(kind.id, USUAL):
            session.designs.choose(design)
            session.change(page=kind.id)
            for view in kind.views or ("",):
                if view:
                    window.page.choose_view(view)
                session.change(step=STEPPED.get((kind.id, view)))
                settle(window)
                yield Visit(mode, kind.id, view)
                if (kind.id, view) in STEPPED:
                    session.change(step=kind.count_steps(session.state))
                    settle(window)
                    yield Visit(mode, kind.id, view)
