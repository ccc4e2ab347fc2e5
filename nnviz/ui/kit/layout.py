"""Rows and columns of widgets in units of the design grid, dressed by one function.

Sizes are kept beside each layout and widget, so that `dress` can give all of them the theme and
the scale at once and nothing has to be listed by hand.
"""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import TEXT, Theme

Part = QWidget | QLayout | int | tuple[QWidget | QLayout, int] | None
"""What a row holds: a widget or a layout, alone or with its stretch; a spring; nothing."""
Margins = tuple[float, float, float, float]
NONE: Margins = (0, 0, 0, 0)
Box = TypeVar("Box", bound=QBoxLayout)
Shaped = TypeVar("Shaped", bound=QLayout)
HOLDERS = (QScrollArea, QStackedWidget, QSplitter)
"""Widgets that hold others without a layout; what is inside combo boxes and the like is Qt's."""
Widget = TypeVar("Widget", bound=QWidget)


def row(*parts: Part, spacing: float = 8, margins: Margins = NONE) -> QHBoxLayout:
    """Parts side by side."""
    return _filled(shaped(QHBoxLayout(), spacing, margins), parts)


def column(
    *parts: Part, spacing: float = 8, margins: Margins = NONE, of: QWidget | None = None
) -> QVBoxLayout:
    """Parts below each other; `of`: the widget whose layout it is."""
    made = QVBoxLayout(of) if of is not None else QVBoxLayout()
    return _filled(shaped(made, spacing, margins), parts)


def flow(
    *widgets: QWidget | None, spacing: float = 6, spring_before: QWidget | None = None
) -> QWidget:
    """A widget with others side by side, see `flowing`."""
    holder = QWidget()
    flowing(holder, *widgets, spacing=spacing, spring_before=spring_before)
    return holder


def flowing(
    of: QWidget,
    *widgets: QWidget | None,
    spacing: float = 6,
    margins: Margins = NONE,
    spring_before: QWidget | None = None,
) -> FlowLayout:
    """The layout of a widget that has others side by side, which go on in the next line when it
    is narrow; from `spring_before` on they stand at the right end while all fit in one line."""
    made = shaped(FlowLayout(of), spacing, margins)
    for widget in widgets:
        if widget is not None:
            if widget is spring_before:
                made.add_spring()
            made.addWidget(widget)
    return made


def shaped(layout: Shaped, spacing: float, margins: Margins = NONE) -> Shaped:
    """A layout whose gaps follow the scale."""
    layout.setProperty("shape", (spacing, margins))
    if margins == NONE:  # at once: what is not seen yet counts in what a page needs, too
        layout.setContentsMargins(0, 0, 0, 0)
    return layout


def sized(
    widget: Widget,
    *,
    width: float | None = None,
    height: float | None = None,
    least_width: float | None = None,
    least_height: float | None = None,
    text: float = TEXT,
    bold: bool = False,
) -> Widget:
    """A widget with fixed or least sizes and type in units of the design grid."""
    widget.setProperty("sized", (width, height, least_width, least_height, text, bold))
    return widget


def placed(widget: Widget) -> Widget:
    """A widget whose place stays free while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
    return widget


def low(button: QPushButton) -> QPushButton:
    """A button with hardly anything above and below its words."""
    button.setProperty("low", True)
    return button


def muted(label: QLabel) -> QLabel:
    """Words of less weight."""
    label.setProperty("muted", True)
    return label


def dress(widget: QWidget, theme: Theme) -> None:
    """Gives everything inside a widget the colours, type and scale of a theme: pictures and
    pages by their `use_theme`, all else here."""
    for layout in _layouts(widget):
        shape = layout.property("shape")
        if shape is not None:
            spacing, margins = shape
            layout.setSpacing(theme.px(spacing) if spacing else 0)
            layout.setContentsMargins(*(theme.px(each) if each else 0 for each in margins))
    inside = [widget.widget()] if isinstance(widget, QScrollArea) else widget.children()
    for child in inside:
        if isinstance(child, QWidget) and not child.isWindow():
            _dress_one(child, theme)


def _dress_one(child: QWidget, theme: Theme) -> None:
    use_theme = getattr(child, "use_theme", None)
    if use_theme is not None:
        use_theme(theme)
        size(child, theme)
        return
    if isinstance(child, QPushButton):
        style(child, theme)
    elif not isinstance(child, QScrollArea):
        _set_font(child, theme)
    if child.property("muted"):
        palette = child.palette()
        palette.setColor(child.foregroundRole(), theme.colour("muted"))
        child.setPalette(palette)
    size(child, theme)
    if isinstance(child, HOLDERS) or child.layout() is not None:
        dress(child, theme)


def style(button: QAbstractButton, theme: Theme) -> None:
    """Gives one button its look."""
    align = "left" if button.property("in-list") else "center"
    narrow, low, main = (bool(button.property(name)) for name in ("narrow", "low", "main"))
    main = main or button.objectName() == "run"
    button.setStyleSheet(theme.button_style(align, narrow, low, button.isCheckable(), main))


def size(widget: QWidget, theme: Theme) -> None:
    """Gives one widget the sizes that `sized` has noted."""
    noted = widget.property("sized")
    if noted is None:
        return
    for length, setting in zip(
        noted[:4],
        (
            widget.setFixedWidth,
            widget.setFixedHeight,
            widget.setMinimumWidth,
            widget.setMinimumHeight,
        ),
        strict=True,
    ):
        if length is not None:
            setting(theme.px(length))


def _set_font(widget: QWidget, theme: Theme) -> None:
    noted = widget.property("sized")
    widget.setFont(theme.font(*(noted[4:] if noted is not None else (TEXT, False))))


def _layouts(widget: QWidget) -> list[QLayout]:
    """The layout of a widget and those inside it, without those of other widgets."""
    found: list[QLayout] = []
    waiting: list[QObject | None] = [widget.layout()]
    while waiting:
        layout = waiting.pop()
        if isinstance(layout, QLayout):
            found.append(layout)
            waiting.extend(layout.children())
    return found


def _filled(layout: Box, parts: Sequence[Part]) -> Box:
    for part in parts:
        thing, stretch = part if isinstance(part, tuple) else (part, 0)
        if isinstance(thing, int):
            layout.addStretch(thing)
        elif isinstance(thing, QLayout):
            layout.addLayout(thing, stretch)
        elif thing is not None:
            layout.addWidget(thing, stretch)
    return layout
