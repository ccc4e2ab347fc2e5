"""The pages of the window: one file and one entry each."""

from nnviz.ui.pages.designs import DesignsPage
from nnviz.ui.pages.detectors import DetectorsPage
from nnviz.ui.pages.draw import DrawPage
from nnviz.ui.pages.elimination import EliminationPage
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.train import TrainPage
from nnviz.ui.pages.votes import VotesPage

PAGES: tuple[type[Page], ...] = (
    TrainPage,
    DetectorsPage,
    DesignsPage,
    VotesPage,
    EliminationPage,
    DrawPage,
)
