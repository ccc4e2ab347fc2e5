"""The Mistakes page in a window, with every design judged."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt

from nnviz.questions.judged import Judge
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.views_page import ViewsPage
from tests.ui.conftest import Opened
from tests.ui.known_answers import keep, recall

Show = Callable[..., Opened]


def first_view(opened: Opened) -> ConfusionAndDigits:
    page = opened.window.page
    assert isinstance(page, ViewsPage)
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
    """Opens a view of the page with every design judged. -> the view"""
    session = opened.session
    while session.designs.load_next():
        pass
    session.designs.choose(design)
    recall(session, Judge)
    session.change(page="mistakes")
    page = opened.window.page
    assert isinstance(page, ViewsPage)
    page.choose_view(view)
    opened.ticks_until(lambda: not session.judgements.missing and len(session.judgements.known) > 1)
    keep(session, Judge)
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
    place = view.matrix.matrix.place(row, column).center().toPoint()
    opened.bot.mouseClick(view.matrix, Qt.MouseButton.LeftButton, pos=place)


def tile_point(view: ConfusionAndDigits, tile: int) -> QPoint:
    return view.grid.tile_place(tile).center().toPoint()
