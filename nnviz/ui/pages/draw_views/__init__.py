"""The views of the Draw page: one file and one entry each."""

from nnviz.ui.pages.draw_views.morph import MorphView
from nnviz.ui.pages.draw_views.rows import RowsOfDigits
from nnviz.ui.pages.draw_views.strange import StrangeView
from nnviz.ui.pages.draw_views.your_digit import YourDigit
from nnviz.ui.pages.page import Page

VIEWS: tuple[type[Page], ...] = (YourDigit, MorphView, StrangeView, RowsOfDigits)
