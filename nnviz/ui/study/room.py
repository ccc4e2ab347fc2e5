"""One figure of a study, as large as a page: what a room can read of it."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from nnviz.study.plan import Condition
from nnviz.ui.kit.theme import Theme
from nnviz.ui.study import figure_words as words
from nnviz.ui.study.accuracy_figure import AccuracyFigure, AccuracyView
from nnviz.ui.study.figures import accuracy_view, called_view, difference_view, reached_view
from nnviz.ui.study.lanes_figure import LanesFigure, LanesView

if TYPE_CHECKING:  # scipy, which the table is worked out with, takes its time
    from nnviz.study.table import Table


class RoomFigure(QStackedWidget):
    """Shows the figure that is asked for, else the first one that a study has."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("study-room")
        self.curves = AccuracyFigure(theme, id="room-curves")
        self.lanes = LanesFigure(theme, id="room-lanes")
        self.curves.fits = self.lanes.fits = True
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
        # the key of a difference begins with both schemes, any other with one
        both = 2 if found.points else 1
        shown = tuple(
            each for each in found.lanes if not schemes or {*each.key[:both]} <= {*schemes}
        )
        self.lanes.show_view(replace(found, lanes=shown))
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
