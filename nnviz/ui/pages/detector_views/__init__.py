"""The views of the Detectors page: one file and one entry each."""

from nnviz.ui.pages.detector_views.all_neurons import AllNeurons
from nnviz.ui.pages.detector_views.one_neuron import OneNeuron
from nnviz.ui.pages.detector_views.settings_compared import SettingsCompared
from nnviz.ui.pages.detector_views.zero_of_the_book import ZeroOfTheBook
from nnviz.ui.pages.page import Page

VIEWS: tuple[type[Page], ...] = (AllNeurons, OneNeuron, ZeroOfTheBook, SettingsCompared)
