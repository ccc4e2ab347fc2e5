"""The Mistakes page in a window, with every design judged."""

from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QPoint

from nnviz.questions.judged import Judge
from nnviz.session.session import Session
from nnviz.ui.kit.digit_grid import DigitGrid
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.views_page import ViewsPage
from tests.ui.conftest import Opened, Show
from tests.ui.known_answers import keep, recall

View = TypeVar("View", bound=Page)


def view_of(opened: Opened, kind: type[View]) -> View:
    """Shows a view of the page."""
    opened.session.change(page="mistakes")
    page = opened.window.page
    assert isinstance(page, ViewsPage)
    page.choose_view(kind.id)
    assert isinstance(page.view, kind)
    return page.view


def look(
    show: Show, design: str = "ten-outputs", **how: object
) -> tuple[Opened, ConfusionAndDigits]:
    """Opens the first view for a design with every design judged."""
    return looked_at(show, ConfusionAndDigits, design, **how)


def looked_at(
    show: Show, kind: type[View], design: str = "ten-outputs", **how: object
) -> tuple[Opened, View]:
    """Opens a view for a design with every design judged."""

    def before(session: Session) -> None:
        session.designs.load_all()
        session.designs.choose(design)
        recall(session, Judge)

    opened = show(**{"trained": True, "page": "mistakes", "view": kind.id, "before": before} | how)
    session, view = opened.session, view_of(opened, kind)
    opened.ticks_until(lambda: not session.judgements.missing and len(session.judgements.known) > 1)
    keep(session, Judge)
    opened.window.load_late()
    return opened, view


def listed_in(grid: DigitGrid) -> list[int]:
    """The numbers of the digits in a grid."""
    return [] if grid.view is None else grid.view.images.tolist()


def tiles(view: ConfusionAndDigits) -> list[int]:
    return listed_in(view.grid)


def labels_and_answers(opened: Opened) -> tuple[np.ndarray, np.ndarray]:
    judged = opened.session.judgements.of(opened.session.state.design)
    return opened.session.state.digits.labels, judged.answers


def click(opened: Opened, view: ConfusionAndDigits, row: int | None, column: int | None) -> None:
    opened.click(view.matrix, view.matrix.matrix.place(row, column))


def tile_point(view: ConfusionAndDigits, tile: int) -> QPoint:
    return view.grid.tile_place(tile).center().toPoint()


def told_by(picture: Any) -> str:
    """What a picture says, without the rest between two descriptions."""
    picture.tell()
    said: str = picture.accessibleDescription()
    return said
