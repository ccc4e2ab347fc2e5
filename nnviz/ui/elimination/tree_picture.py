"""The walk as a tree: at each level the class that left, and as ghosts those that could have."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.elimination.step_grid import StepGrid
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class Level:
    """The nodes below the one visited in the step before."""

    leaving: tuple[int, ...]
    """Who leaves: the node visited."""
    ghosts: dict[int, int]
    """Class that could have left instead -> the class that is left in the end."""
    forced: bool
    """Whether the rule would have gone another way."""
    usual: tuple[int, ...]
    """Who leaves at this level where the rule is kept from the beginning."""
    heads: str
    """How many heads this level has, in words."""


@dataclass(frozen=True, eq=False)
class TreeView:
    """What the tree shows."""

    names: tuple[str, ...]
    label: int | None
    """The true class, where it is known."""
    levels: tuple[Level, ...]
    shown: int
    """How many levels are unfolded."""
    end: int
    usual_end: int
    """The end where the rule is kept."""
    heads_title: str


class EliminationTree(StepGrid):
    """Draws a TreeView. A node stands in the column of the class that leaves."""

    view: TreeView | None = None

    def show_view(self, view: TreeView) -> None:
        self.view, self.classes, self.row = view, len(view.names), view.shown
        self.redraw()

    @property
    def columns(self) -> Sequence[int]:
        view = self.view
        if view is None or not view.shown:
            return ()
        level = view.levels[view.shown - 1]
        return sorted((*level.leaving, *level.ghosts))

    def node(self, row: int, one: int) -> QRectF:
        """The place of a node."""
        cell = self.cell(row, one)
        inset = cell.height() * 0.16
        return cell.adjusted(0, inset, 0, -inset)

    def draw_still(self, painter: QPainter) -> None:
        view = self.view
        if view is None:
            return
        self._draw_root(painter, view)
        above = [QPointF(self._root(view).center().x(), self._root(view).bottom())]
        for row, level in enumerate(view.levels[: view.shown], 1):
            self._draw_edges(painter, row, level, above)
            above = [_below(self.node(row, one)) for one in level.leaving]
        for row, level in enumerate(view.levels, 1):
            self._draw_number(painter, row, level, view)
            if row <= view.shown:
                self._draw_level(painter, row, level, view)
        self._draw_end(painter, view, above)

    def _root(self, view: TreeView) -> QRectF:
        first, last = self.cell(1, 0), self.cell(1, len(view.names) - 1)
        header = self.line(0)
        return QRectF(first.x(), header.y(), last.right() - first.x(), header.height() - 2)

    def _draw_root(self, painter: QPainter, view: TreeView) -> None:
        theme, place = self.theme, self._root(view)
        painter.setPen(QPen(theme.colour("text"), theme.px(2)))
        painter.setBrush(theme.colour("background"))
        painter.drawRoundedRect(place, theme.px(8), theme.px(8))
        painter.setPen(theme.colour("text"))
        for one, name in enumerate(view.names):
            column = self.cell(1, one)
            own = QRectF(column.x(), place.y(), column.width(), place.height())
            draw_fitted(painter, own, CENTRE, name, theme, TEXT + 2, bold=True)
        painter.setPen(theme.colour("muted"))
        draw_fitted(painter, self.words(0), LEFT, view.heads_title, theme)

    def _draw_edges(self, painter: QPainter, row: int, level: Level, above: list[QPointF]) -> None:
        theme = self.theme
        start = above[len(above) // 2]
        for ghost in level.ghosts:
            painter.setPen(QPen(theme.colour("line"), theme.px(1), Qt.PenStyle.DashLine))
            painter.drawLine(start, _above(self.node(row, ghost)))
        for one in level.leaving:
            painter.setPen(QPen(theme.colour("text"), theme.px(4)))
            painter.drawLine(start, _above(self.node(row, one)))

    def _draw_number(self, painter: QPainter, row: int, level: Level, view: TreeView) -> None:
        theme, current = self.theme, row == view.shown
        painter.setPen(theme.colour("text" if current else "muted"))
        draw_fitted(painter, self.number(row), CENTRE, str(row), theme, TEXT + 4, bold=current)
        painter.setPen(theme.colour("text" if row <= view.shown else "line"))
        draw_fitted(painter, self.words(row), LEFT, level.heads, theme)

    def _draw_level(self, painter: QPainter, row: int, level: Level, view: TreeView) -> None:
        theme, px = self.theme, self.theme.px
        for ghost, end in level.ghosts.items():
            node = self.node(row, ghost)
            differs = end != view.usual_end != ghost
            was_usual = level.forced and ghost in level.usual
            ink = theme.colour("text" if end != view.usual_end else "muted")
            style = Qt.PenStyle.SolidLine if was_usual else Qt.PenStyle.DashLine
            edge = theme.colour("focus" if differs else "line")
            painter.setPen(QPen(edge, px(3 if differs else 2), style))
            painter.setBrush(theme.colour("panel"))
            painter.drawRoundedRect(node, px(7), px(7))
            painter.setPen(ink)
            words = f"{view.names[ghost]} → {view.names[end]}"
            inside = node.adjusted(px(3), -px(3), -px(3), px(3))
            draw_fitted(painter, inside, CENTRE, words, theme, TEXT, bold=differs)
        for one in level.leaving:
            self._draw_visited(painter, row, one, level, view)
        if self.cursor_seen and row == view.shown and self.column in self.columns:
            painter.setPen(QPen(theme.colour("focus"), px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = self.node(row, self.column).adjusted(-px(2), -px(2), px(2), px(2))
            painter.drawRoundedRect(ring, px(8), px(8))

    def _draw_visited(
        self, painter: QPainter, row: int, one: int, level: Level, view: TreeView
    ) -> None:
        theme, px, node = self.theme, self.theme.px, self.node(row, one)
        falls = one == view.label
        style = Qt.PenStyle.DashLine if level.forced else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour("wrong"), px(3), style))
        painter.setBrush(theme.colour("wrong" if falls else "background"))
        painter.drawRoundedRect(node, px(7), px(7))
        ink = theme.colour("on_accent" if falls else "text")
        name, mark = QRectF(node), QRectF(node)
        name.setRight(node.x() + node.width() * 0.6)
        mark.setLeft(name.right() - px(4))
        painter.setPen(ink)
        words = name.adjusted(0, -px(4), 0, px(4))
        draw_fitted(painter, words, CENTRE, view.names[one], theme, TEXT + 8, bold=True)
        draw_mark(painter, mark, ink if falls else theme.colour("wrong"), theme.scale, right=False)

    def _draw_end(self, painter: QPainter, view: TreeView, above: list[QPointF]) -> None:
        if view.shown < len(view.levels):
            return
        theme, px, node = self.theme, self.theme.px, self.node(self.classes, view.end)
        right = None if view.label is None else view.end == view.label
        colour = theme.judged(right)
        painter.setPen(QPen(theme.colour("text"), px(4)))
        painter.drawLine(above[len(above) // 2], _above(node))
        painter.setPen(QPen(colour, px(3)))
        painter.setBrush(colour if right else theme.colour("background"))
        painter.drawRoundedRect(node, px(7), px(7))
        ink = theme.colour("on_accent") if right else colour
        name, mark = QRectF(node), QRectF(node)
        if right is not None:
            name.setRight(node.x() + node.width() * 0.6)
        mark.setLeft(name.right() - px(4))
        painter.setPen(ink)
        words = name.adjusted(0, -px(4), 0, px(4))
        draw_fitted(painter, words, CENTRE, view.names[view.end], theme, TEXT + 8, bold=True)
        if right is None:
            return
        draw_mark(painter, mark, ink, theme.scale, right)
        painter.setPen(colour)
        said = "right" if right else "wrong"
        draw_fitted(painter, self.words(self.classes), LEFT, said, theme, bold=True)


def _above(node: QRectF) -> QPointF:
    return QPointF(node.center().x(), node.top())


def _below(node: QRectF) -> QPointF:
    return QPointF(node.center().x(), node.bottom())
