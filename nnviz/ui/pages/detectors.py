"""Detectors: what each hidden neuron looks for, in several views."""

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent

from nnviz.ui.pages.detector_views import VIEWS
from nnviz.ui.pages.views_page import ViewsPage


class DetectorsPage(ViewsPage):
    """All hidden neurons, one of them, and what the book says they look for."""

    id = "detectors"
    title = "Detectors"
    question = "What is each hidden neuron looking for?"
    views: Mapping[str, str] = {view.id: view.title for view in VIEWS}
    kinds = VIEWS
    _chosen = False

    def choose_view(self, view: str) -> None:
        self._chosen = True
        super().choose_view(view)

    def leave(self) -> bool:
        """From one neuron back to all of them."""
        if self.view.id != "neuron":
            return super().leave()
        self.choose_view("all")
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._chosen and self.session.state.neuron is not None:
            self.choose_view("neuron")  # what was selected elsewhere is what one wants to see
