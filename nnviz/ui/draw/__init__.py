"""The Draw page: the user's own digits; one file and one entry a view."""

from nnviz.ui.draw import words
from nnviz.ui.draw.conclusion import conclude
from nnviz.ui.draw.morph import MorphView
from nnviz.ui.draw.rows import RowsOfDigits
from nnviz.ui.draw.strange import StrangeView
from nnviz.ui.draw.your_digit import YourDigit
from nnviz.ui.pages.views_page import of_views

PAGE = of_views(
    "draw",
    *words.PAGE,
    (YourDigit, MorphView, StrangeView, RowsOfDigits),
    all_designs=True,
    conclude=conclude,
    concludes_on=("strange",),
)
