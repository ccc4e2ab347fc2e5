"""Plots of pyqtgraph that look like the rest of the window and do nothing by themselves."""

from typing import Any

from PySide6.QtCore import Qt

from nnviz.ui.kit.theme import TEXT, Theme

NO_PREFIX = ((0.0, 0.0),)
"""Numbers on an axis are never divided by a thousand."""
Ticks = list[tuple[float, str]]


def plain_plot(name: str, words: str, tooltip: str) -> Any:
    """An empty PlotWidget without menu, zoom and buttons; the first call imports pyqtgraph."""
    import pyqtgraph

    pyqtgraph.setConfigOptions(antialias=True)
    plot = pyqtgraph.PlotWidget(enableMenu=False)
    plot.setObjectName(name)
    plot.setAccessibleName(words)
    plot.setToolTip(tooltip)
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    item = plot.getPlotItem()
    item.ctrlMenu.setParent(plot, item.ctrlMenu.windowFlags())  # made all the same, owned by nobody
    item.showGrid(x=True, y=True, alpha=0.3)
    return plot


def dress_plot(plot: Any, theme: Theme, left: str, bottom: str, wide: float = 78) -> None:
    """Gives a plot the theme's colours and sizes and labelled axes."""
    plot.setBackground(theme.colour("panel"))
    item = plot.getPlotItem()
    for side, label in (("left", left), ("bottom", bottom)):
        axis = item.getAxis(side)
        axis.setPen(theme.colour("line"))
        axis.setTextPen(theme.colour("text"))
        axis.setTickFont(theme.font())
        axis.setLabel(
            label,
            siPrefixEnableRanges=NO_PREFIX,
            **{"font-size": f"{theme.px(TEXT)}px", "color": theme.colours.text},
        )
        axis.setStyle(
            tickTextOffset=theme.px(4),
            maxTickLevel=0,
            showValues=side == "left" or bool(bottom),
        )
    item.getAxis("left").setWidth(theme.px(wide))
    item.getAxis("bottom").setHeight(theme.px(54 if bottom else 8))
    item.layout.setContentsMargins(0, theme.px(8), theme.px(24), 0)


def set_ticks(plot: Any, side: str, ticks: Ticks) -> None:
    """Numbers of an axis where they are wanted."""
    plot.getPlotItem().getAxis(side).setTicks([ticks])
