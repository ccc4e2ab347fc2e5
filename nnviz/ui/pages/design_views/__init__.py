"""The views of the Designs page: one file and one entry each."""

from nnviz.ui.pages.design_views.bit_layer import BitLayerPage
from nnviz.ui.pages.design_views.codes import CodesPage
from nnviz.ui.pages.design_views.compare import CompareView
from nnviz.ui.pages.design_views.race import RaceView
from nnviz.ui.pages.design_views.templates import TemplatesView
from nnviz.ui.pages.page import Page

VIEWS: tuple[type[Page], ...] = (CompareView, RaceView, TemplatesView, BitLayerPage, CodesPage)
