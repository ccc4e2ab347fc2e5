"""A window on the Elimination page, as its tests look at it and click."""

from typing import TypeVar

from nnviz.ui.elimination.page import EliminationPage
from nnviz.ui.elimination.walk import WalkView
from nnviz.ui.elimination.walk_steps import Walk
from nnviz.ui.kit.steps import StepGrid
from nnviz.ui.pages.page import Page
from tests.ui.conftest import Opened

Kind = TypeVar("Kind", bound=Page)


def page_of(opened: Opened) -> EliminationPage:
    page = opened.window.parts.pages["elimination"]
    assert isinstance(page, EliminationPage)
    return page


def view_of(opened: Opened, kind: type[Kind]) -> Kind:
    """A view of the page, put on screen."""
    page_of(opened).choose_view(kind.id)
    view = page_of(opened).view
    assert isinstance(view, kind)
    return view


def walk_of(opened: Opened) -> WalkView:
    view = page_of(opened).shown["walk"]
    assert isinstance(view, WalkView)
    return view


def steps_of(opened: Opened) -> Walk:
    """What stands in the table of steps."""
    steps = walk_of(opened).table.view.steps
    assert isinstance(steps, Walk)
    return steps


def click_step(opened: Opened, grid: StepGrid, row: int, one: int) -> None:
    """Clicks a class in a row."""
    opened.click(grid, grid.places.cell(row, one))
