"""The axes of the curves say what the curves are, whatever happens to the window."""

from collections.abc import Callable

from nnviz.ui.pages.train import TrainPage
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
