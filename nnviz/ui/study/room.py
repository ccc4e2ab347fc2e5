"""One figure of a study, as large as a page: what a room can read of it."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from nnviz.study.plan import Condition
from nnviz.ui.kit.theme import Theme
from nnviz.ui.study import figure_words as words
from nnviz.ui.study.accuracy_figure import AccuracyFigure, AccuracyView
from nnviz.ui.study.figures import accuracy_view, called_view, difference_view, reached_view
from nnviz.ui.study.lanes_figure import BOTTOM, LINE, MORE, TOP, LanesFigure, LanesView

if TYPE_CHECKING:  # scipy, which the table is worked out with, takes its time
    from nnviz.study.table import Table

FIGURES = ("curves", "reached", "called", "differences")
"""What a figure shows: accuracy against what was learned from, accuracy of each scheme, what is
called so, and differences."""
LEAST = 460, 200
"""Width and height of a figure on the design grid, at least."""


class RoomLanes(LanesFigure):
    """Lanes in the room that there is: nothing scrolls, and those that have none are left out."""

    id = "room-lanes"
    _whole: LanesView | None = None

    def show_view(self, view: LanesView) -> None:
        self._whole = view
        super().show_view(self._fitting(view))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole is not None:
            super().show_view(self._fitting(self._whole))

    def _fitting(self, view: LanesView) -> LanesView:
        """As many lanes as there is room for, and how many there are."""
        room = self.height() - self.px(TOP) - self.px(BOTTOM)
        most = max(1, int(room / self.px(LINE + MORE)))
        if len(view.lanes) <= most:
            return view
        told = words.first_of(most, len(view.lanes))
        return replace(view, lanes=view.lanes[:most], title=told)

    def least_size(self, view: LanesView | None) -> tuple[float, float]:
        return LEAST


class RoomCurves(AccuracyFigure):
    """Curves in the room that there is."""

    id = "room-curves"

    def least_size(self, view: AccuracyView | None) -> tuple[float, float]:
        return LEAST


class RoomFigure(QStackedWidget):
    """Shows the figure that is asked for, else the first one that a study has."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("study-room")
        self.curves = RoomCurves(theme)
        self.lanes = RoomLanes(theme)
        self.addWidget(self.curves)
        self.addWidget(self.lanes)

    def use_theme(self, theme: Theme) -> None:
        self.curves.use_theme(theme)
        self.lanes.use_theme(theme)

    def show_table(
        self, table: "Table", figure: str, here: Condition, schemes: Collection[str]
    ) -> None:
        """`here`: the condition that lanes are about; `schemes`: the names of those shown, none:
        all."""
        found = view_of(table, figure, here)
        if isinstance(found, AccuracyView):
            curves = tuple(each for each in found.curves if not schemes or each.name in schemes)
            self.curves.show_view(replace(found, curves=curves))
            self.setCurrentWidget(self.curves)
            return
        shown = (each for each in found.lanes if not schemes or each.key[0] in schemes)
        self.lanes.show_view(replace(found, lanes=tuple(shown)))
        self.setCurrentWidget(self.lanes)


def view_of(table: "Table", figure: str, here: Condition) -> AccuracyView | LanesView:
    """The figure of a name, else the first one."""
    curves, called = accuracy_view(table), called_view(table, here)
    under = words.under(here) if len(table.conditions) > 1 else ""
    found: dict[str, AccuracyView | LanesView | None] = {
        "curves": curves,
        "called": called,
        "reached": reached_view(table, here, under),
        "differences": (
            replace(difference_view(table, here, effects=True), title=under)
            if table.comparisons
            else None
        ),
    }
    known = found.get(figure) or curves or found["reached"]
    assert known is not None
    return known
