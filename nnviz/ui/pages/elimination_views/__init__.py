"""The views of the Elimination page: one file and one entry each."""

from nnviz.ui.pages.elimination_views.departures import DeparturesOfAll
from nnviz.ui.pages.elimination_views.savings import SavingsOfVariants
from nnviz.ui.pages.elimination_views.tree import TreeOfWalks
from nnviz.ui.pages.elimination_views.walk import WalkView
from nnviz.ui.pages.page import Page

VIEWS: tuple[type[Page], ...] = (WalkView, TreeOfWalks, DeparturesOfAll, SavingsOfVariants)
