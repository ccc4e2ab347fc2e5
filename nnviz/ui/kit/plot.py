"""Curves on axes, drawn by pyqtgraph and dressed in one place like the rest of the window."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnviz.ui.kit.layout import NONE, column
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.telling import Teller, explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.twin import Twin, in_words

View = TypeVar("View")
Values = NDArray[np.float64]
Ticks = Sequence[tuple[float, str]]
NO_PREFIX = ((0.0, 0.0),)
"""Numbers on an axis are never divided by a thousand."""


class Axes:
    """One plot widget of pyqtgraph with its curves; the first one made imports pyqtgraph."""

    def __init__(self, id: str, title: str, tip: str, left: str = "", bottom: str = "") -> None:
        # late: it takes longer than all the rest of the start
        import pyqtgraph

        from nnviz.ui.kit.number_axis import NumberAxis

        pyqtgraph.setConfigOptions(antialias=True)
        self.left, self.bottom = left, bottom
        self.widget = pyqtgraph.PlotWidget(
            enableMenu=False, axisItems={side: NumberAxis(side) for side in ("left", "bottom")}
        )
        self.widget.setObjectName(id)
        self.widget.setAccessibleName(title)
        explain(self.widget, tip)
        self.widget.setMouseEnabled(x=False, y=False)
        self.widget.hideButtons()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.item = self.widget.getPlotItem()
        menu = self.item.ctrlMenu  # made all the same, and owned by nobody
        menu.setParent(self.widget, menu.windowFlags())
        for part in menu.findChildren(QWidget):
            explain(part, part.toolTip())
        self.item.showGrid(x=True, y=True, alpha=0.3)
        self._curves: dict[Any, Any] = {}

    def dress(self, theme: Theme, wide: float = 78) -> None:
        """Colours, type and room for the numbers; `wide`: of the left axis."""
        self.widget.setBackground(theme.colour("panel"))
        for side, label in (("left", self.left), ("bottom", self.bottom)):
            axis = self.item.getAxis(side)
            axis.setPen(theme.colour("line"))
            axis.setTextPen(theme.colour("text"))
            axis.setTickFont(theme.font())
            axis.setLabel(
                label,
                siPrefixEnableRanges=NO_PREFIX,
                **{"font-size": f"{theme.px(TEXT)}px", "color": theme.colours.text},
            )
            axis.setStyle(
                tickTextOffset=theme.px(4), maxTickLevel=0, showValues=side == "left" or bool(label)
            )
        self.item.getAxis("left").setWidth(theme.px(wide))
        self.item.getAxis("bottom").setHeight(theme.px(54 if self.bottom else 8))
        self.item.layout.setContentsMargins(0, theme.px(10), theme.px(20), 0)

    def curve(
        self,
        key: Any,
        x: Values,
        y: Values,
        pen: QPen | None,
        symbol: QPainterPath | str | None = None,
        symbol_size: float = 0,
        symbol_colour: QColor | None = None,
    ) -> None:
        """Draws the curve with this key, or draws it anew; `symbol_size` in pixels."""
        if key not in self._curves:
            self._curves[key] = self.item.plot()
        colour = symbol_colour if symbol_colour is not None or pen is None else pen.color()
        how = {"symbol": symbol, "symbolSize": symbol_size, "symbolPen": None}
        self._curves[key].setData(x, y, pen=pen, symbolBrush=colour, **how)

    def keep(self, keys: Sequence[Any]) -> None:
        """Empties the curves with other keys."""
        for key, curve in self._curves.items():
            if key not in keys:
                curve.setData([], [])

    def keep_no_pixels(self, once: bool = True) -> None:
        """Draws ground and symbols themselves from now on, as a file of lines needs them; or no
        longer."""
        flag = self.widget.CacheModeFlag
        self.widget.setCacheMode(flag.CacheNone if once else flag.CacheBackground)
        for item in self.widget.scene().items():
            if hasattr(item, "setExportMode"):
                item.setExportMode(once, {"antialias": True, "resolutionScale": 1.0})

    def ticks(self, side: str, ticks: Ticks) -> None:
        """Numbers of an axis where they are wanted."""
        self.item.getAxis(side).setTicks([list(ticks)])

    def bounds(
        self, x: tuple[float, float], y: tuple[float, float], padding: tuple[float, float]
    ) -> None:
        """What the axes reach over."""
        self.widget.setXRange(*x, padding=padding[0])
        self.widget.setYRange(*y, padding=padding[1])


def line_pen(theme: Theme, ink: str | QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    """A pen of this width on the design grid, as wide whatever the axes reach over."""
    made = QPen(theme.colour(ink) if isinstance(ink, str) else ink, theme.px(width))
    made.setCosmetic(True)
    if dashes:
        made.setDashPattern(list(dashes))
    return made


class Plot(QWidget, Generic[View]):
    """Shows a view as curves. Empty until `load`, because the plot library takes its time."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    least: ClassVar[tuple[float, float]] = (300, 220)
    """Sizes on the design grid."""
    wanted: ClassVar[tuple[float, float]] = (460, 300)

    def __init__(self, theme: Theme, view: View | None = None) -> None:
        super().__init__()
        self.theme = theme
        self.view: Any = view
        self.axes: tuple[Axes, ...] = ()
        self.setObjectName(self.id)
        self.setAccessibleName(self.title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._teller = Teller(self, lambda: "" if self.view is None else self.words(self.view))
        self._column: QVBoxLayout = column(spacing=0, margins=NONE, of=self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def make(self) -> Sequence[tuple[Axes, int]]:
        """Makes the axes, from above, with the part of the height that each takes."""
        raise NotImplementedError

    def draw(self, view: View) -> None:
        """Draws the view on the axes."""
        raise NotImplementedError

    def dress(self, theme: Theme) -> None:
        """Gives the axes the theme."""
        for each in self.axes:
            each.dress(theme)

    def words(self, view: View) -> str:
        """What the curves show, as a sentence."""
        return ""

    def table(self, view: View) -> Twin | None:
        """The points of the curves; else what they say."""
        return in_words([self.words(view)])

    @property
    def twin(self) -> Twin | None:
        """What is shown as a table."""
        return None if self.view is None else self.table(self.view)

    def load(self) -> None:
        """Imports the plot library and makes the axes. May be called twice."""
        if not self.axes:
            made = self.make()
            self.axes = tuple(axes for axes, _ in made)
            for axes, stretch in made:
                self._column.addWidget(axes.widget, stretch)
            self.use_theme(self.theme)

    def use_theme(self, theme: Theme) -> None:
        """Draws with another theme from now on."""
        self.theme = theme
        self.updateGeometry()
        if self.axes:
            self.dress(theme)
            if self.view is not None:
                self.draw(self.view)

    def show_view(self, view: View) -> None:
        """Draws this from now on."""
        if self.view is not None and alike(self.view, view):
            return
        self.view = view
        self._teller.changed()
        if self.axes:
            self.draw(view)

    def alone(self) -> "Plot[View]":
        """Another plot of the same view, without a page around it."""
        made = type(self)(self.theme, self.view)
        made.resize(self.size())
        made.load()
        return made

    def minimumSizeHint(self) -> QSize:
        return QSize(*(self.theme.px(size) for size in self.least))

    def sizeHint(self) -> QSize:
        return QSize(*(self.theme.px(size) for size in self.wanted))
