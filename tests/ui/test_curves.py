"""The axes of the curves say what the curves are, whatever happens to the window."""

from collections.abc import Callable

from nnviz.ui.train.curves import FEW
from nnviz.ui.train.page import TrainPage
from tests.ui.conftest import Opened


def test_axes_are_never_divided_by_a_thousand(show: Callable[..., Opened]) -> None:
    opened = show(trained=True)
    page = opened.window.page
    assert isinstance(page, TrainPage)
    page.load_late()
    opened.window.other_theme()
    opened.window.zoom(1)
    opened.window.resize(1100, 700)
    for plot in page.curves._plots:
        for side in ("left", "bottom"):
            axis = plot.widget.getPlotItem().getAxis(side)
            assert axis.autoSIPrefixScale == 1.0
            assert axis.labelUnitPrefix == ""


def test_the_points_of_a_short_run_are_marked(show: Callable[..., Opened]) -> None:
    opened = show(trained=True)
    page = opened.window.page
    assert isinstance(page, TrainPage)
    page.load_late()
    points = opened.session.state.work.points
    for count, marked in ((2, True), (FEW - 1, True), (FEW, False), (len(points), False)):
        page.curves.show_points(points[:count], 4000)
        for plot in page.curves._plots:
            for curve in (plot._train, plot._test):
                assert (curve.opts["symbol"] is not None) is marked
        if marked:
            (_, _), (_, top) = page.curves._plots[1].widget.viewRange()
            assert top > points[0].test_cost
