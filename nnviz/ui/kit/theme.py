"""Colours, fonts and sizes as the widgets use them; one object, passed to every widget."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFont, QPalette

from nnviz.ui.kit.colours import DIGITS, LOOKS, Colours
from nnviz.ui.kit.weight_colours import grey_colours, weight_colours

FAMILY = "Inter"
TEXT = 20
BACK_ROW = 30


@dataclass(frozen=True)
class Theme:
    """A theme at one scale (1 is 1280 x 720 with text of 20 pixels)."""

    name: str = "dark"
    scale: float = 1.0

    @property
    def colours(self) -> Colours:
        return LOOKS[self.name]

    def at_most(self, scale: float) -> "Theme":
        """The same theme, not larger than a scale."""
        return self if self.scale <= scale else Theme(self.name, scale)

    def px(self, size: float) -> int:
        """A size of the design grid in pixels."""
        return max(1, round(size * self.scale))

    def font(self, size: float = TEXT, bold: bool = False) -> QFont:
        """A font of so many pixels of the design grid; digits all have the same width."""
        return _font(self.px(size), bold)

    def colour(self, name: str) -> QColor:
        """A colour of the theme by its name in Colours."""
        return QColor(getattr(self.colours, name))

    def judged(self, right: bool | None) -> QColor:
        """The colour of what is right, wrong, or neither because nobody knows."""
        return self.colour("text" if right is None else "right" if right else "wrong")

    def digit(self, label: int) -> QColor:
        """The colour of a digit; never the only sign of which one it is."""
        return QColor(DIGITS[label % len(DIGITS)])

    @property
    def weight_colours(self) -> NDArray[np.uint32]:
        return weight_colours(self.colours)

    @property
    def grey_colours(self) -> NDArray[np.uint32]:
        return grey_colours()

    def palette(self) -> QPalette:
        """The palette for the whole application."""
        role, colour = QPalette.ColorRole, self.colour
        palette = QPalette(colour("panel"))
        for roles, name in (
            ((role.Window, role.ToolTipBase, role.AlternateBase), "panel"),
            ((role.Base,), "background"),
            ((role.Button, role.Midlight), "raised"),
            ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), "text"),
            ((role.BrightText,), "wrong"),
            ((role.Highlight, role.Accent, role.Link), "negative"),
            ((role.HighlightedText,), "on_accent"),
            ((role.PlaceholderText,), "muted"),
            ((role.Mid, role.Dark), "line"),
        ):
            for one in roles:
                palette.setColor(one, colour(name))
        disabled = QPalette.ColorGroup.Disabled
        for one in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(disabled, one, colour("line"))
        return palette

    def button_style(
        self,
        align: str = "center",
        narrow: bool = False,
        low: bool = False,
        checkable: bool = False,
        main: bool = False,
    ) -> str:
        """Style sheet of one button; set on the button itself, because a style sheet on a
        container takes the fonts of everything in it into its own hands."""
        return _button_style(self, align, narrow, low, checkable, main)


@lru_cache(maxsize=128)
def _button_style(
    theme: Theme, align: str, narrow: bool, low: bool, checkable: bool, main: bool
) -> str:
    """No rules but those that the button needs: Qt reads the sheet of each anew."""
    c, px = theme.colours, theme.px
    above = 0 if low else px(3 if align == "left" else 5)
    beside = px(1 if narrow else 12)
    rules = f"""
        QPushButton {{ background: {c.raised}; color: {c.text}; border: {px(2)}px solid {c.raised};
            border-radius: {px(7)}px; padding: {above}px {beside}px;
            font-family: {FAMILY}; font-size: {px(TEXT)}px; text-align: {align}; }}
        QPushButton:hover {{ border-color: {c.muted}; }}
        QPushButton:focus {{ border-color: {c.focus}; }}
        QPushButton:disabled {{ color: {c.line}; }}
        QPushButton::menu-indicator {{ width: 0; }}
        """
    if checkable:
        rules += f"""
        QPushButton:checked {{ background: {c.text}; color: {c.background};
            border-color: {c.text}; font-weight: 600; }}
        QPushButton:checked:focus {{ border-color: {c.focus}; }}
        QPushButton:checked:disabled {{ color: {c.line}; }}
        """
    if main:
        rules += f"""
        QPushButton#run, QPushButton[main="true"]:enabled {{ background: {c.right};
            color: {c.on_accent}; font-weight: 600; }}
        QPushButton#run {{ border-color: {c.right}; }}
        QPushButton#run:focus, QPushButton#run:hover {{ border-color: {c.focus}; }}
        """
    return rules


@lru_cache(maxsize=128)
def _font(pixels: int, bold: bool) -> QFont:
    """Made once, since every text asks for one; Qt copies it where it is used."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
