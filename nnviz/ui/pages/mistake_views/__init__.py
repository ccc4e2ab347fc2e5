"""The views of the Mistakes page: one file and one entry each."""

from nnviz.ui.pages.mistake_views.confidence import Confidence
from nnviz.ui.pages.mistake_views.confusion import ConfusionAndDigits
from nnviz.ui.pages.mistake_views.disagree import Disagree
from nnviz.ui.pages.mistake_views.one_digit import OneDigit
from nnviz.ui.pages.mistake_views.unsure import Unsure
from nnviz.ui.pages.page import Page

VIEWS: tuple[type[Page], ...] = (ConfusionAndDigits, OneDigit, Disagree, Confidence, Unsure)
