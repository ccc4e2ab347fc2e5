"""The Train page: digit, hidden neurons and outputs as one picture, and the curves."""

from nnviz.ui.pages.page import PageKind
from nnviz.ui.train.page import TrainPage

PAGE = PageKind(
    "train",
    "Train",
    "How does the network learn, and why does it give this answer?",
    TrainPage,
)
