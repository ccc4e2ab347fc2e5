"""The Train page: digit, hidden neurons and outputs as one picture, and the curves."""

from nnviz.ui.pages.page import PageKind
from nnviz.ui.train.page import TrainPage
from nnviz.ui.train.words import QUESTION, TITLE

PAGE = PageKind("train", TITLE, QUESTION, TrainPage)
