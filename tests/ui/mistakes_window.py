"""The Mistakes page in a window, with every design judged."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, Qt

from nnviz.questions.judged import Judged
from nnviz.ui.pages.mistake_views.confusion import ConfusionAndDigits
from nnviz.ui.pages.mistakes import MistakesPage
from nnviz.ui.pages.page import Page
from tests.ui.conftest import Opened

Show = Callable[..., Opened]
JUDGED: dict[str, Judged] = {}
"""What the networks that come with the program say of the bundled digits, once it is known."""


def first_view(opened: Opened) -> ConfusionAndDigits:
    page = opened.window.page
    assert isinstance(page, MistakesPage)
    view = page.view
    assert isinstance(view, ConfusionAndDigits)
    return view


def look(
    show: Show, design: str = "ten-outputs", **how: object
) -> tuple[Opened, ConfusionAndDigits]:
    """Opens the view of a design with every design judged."""
    opened = show(trained=True, **how)
    all_judged(opened, design)
    return opened, first_view(opened)


def all_judged(opened: Opened, design: str, view: str = "confusion") -> Page:
    """Opens a view of the page with every design judged; it is worked out for the first test and
    known to the others. -> the view"""
    session = opened.session
    while session.designs.load_next():
        pass
    session.designs.choose(design)
    runs = {name: session.judgements.work(name).run for name in JUDGED}
    session.change(judged={run: replace(JUDGED[name], run=run) for name, run in runs.items()})
    session.change(page="mistakes")
    page = opened.window.page
    assert isinstance(page, MistakesPage)
    page.choose_view(view)
    opened.ticks_until(lambda: not session.judgements.missing and len(session.state.judged) > 1)
    for name in session.state.representatives:
        judged = session.judgements.of(name)
        assert judged is not None
        JUDGED.setdefault(name, judged)
    return page.view


def tiles(view: ConfusionAndDigits) -> list[int]:
    shown = view.grid.view
    if shown is None:
        return []
    return [int(image) for image in shown.images]


def labels_and_answers(opened: Opened) -> tuple[np.ndarray, np.ndarray]:
    judged = opened.session.judgements.of(opened.session.state.design)
    assert judged is not None
    return opened.session.state.digits.labels, judged.answers


def click(opened: Opened, view: ConfusionAndDigits, row: int | None, column: int | None) -> None:
    place = view.matrix.layout_now.place(row, column).center().toPoint()
    opened.bot.mouseClick(view.matrix, Qt.MouseButton.LeftButton, pos=place)


def tile_point(view: ConfusionAndDigits, tile: int) -> QPoint:
    return view.grid.tile_place(tile).center().toPoint()
