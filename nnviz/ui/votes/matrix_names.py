"""The words round a matrix: what filled and outlined mean, the classes, right or wrong."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes.matrix_layout import MatrixLayout, MatrixView


def draw_names(painter: QPainter, layout: MatrixLayout, theme: Theme, view: MatrixView) -> None:
    """Everything round the cells."""
    _draw_caption(painter, layout, theme, view)
    centre = Qt.AlignmentFlag.AlignCenter
    for each, name in enumerate(view.names):
        strong = each in (view.first, view.second)
        painter.setPen(theme.colour("text" if strong else "muted"))
        draw_fitted(painter, layout.row_name(each), centre, name, theme, 26, bold=True)
        now = each == view.now
        painter.setPen(theme.colour("text" if now else "muted"))
        head = layout.column_name(each)
        if layout.upright:
            draw_fitted(painter, head, centre, name, theme, 24, bold=True)
            continue
        painter.save()
        painter.translate(head.center().x(), head.bottom())
        painter.rotate(-90)
        place = QRectF(0, -head.width() / 2, head.height(), head.width())
        draw_fitted(painter, place, Qt.AlignmentFlag.AlignVCenter, name, theme)
        painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for each, right in enumerate(view.marks):
        if right is not None:
            colour = theme.colour("right" if right else "wrong")
            draw_mark(painter, layout.mark(each), colour, theme.scale, right)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _draw_caption(painter: QPainter, layout: MatrixLayout, theme: Theme, view: MatrixView) -> None:
    place = layout.caption
    side = theme.px(18)
    x, middle = place.x(), place.center().y()
    painter.setFont(theme.font())
    needed = painter.fontMetrics().horizontalAdvance(f"row wins column wins {view.caption}")
    wins = " wins" if needed + theme.px(72) <= place.width() else ""
    for words, won in ((f"row{wins}", True), (f"column{wins}", False)):
        square = QRectF(x, middle - side / 2, side, side)
        if won:
            painter.fillRect(square, theme.colour("positive"))
        else:
            painter.setPen(QPen(theme.colour("negative"), theme.px(2)))
            painter.drawRect(square.adjusted(1, 1, -1, -1))
        x += side + theme.px(7)
        painter.setPen(theme.colour("muted"))
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(
            QRectF(x, place.y(), width + 2, place.height()),
            Qt.AlignmentFlag.AlignVCenter,
            words,
        )
        x += width + theme.px(16)
    rest = QRectF(x, place.y(), place.right() - x, place.height())
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    draw_fitted(painter, rest, align, view.caption, theme)
