"""What stands in the place of weight images where hidden neurons see no pixels."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from nnviz.session.state import State
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import dress
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.untrained import sentence_and_button
from nnviz.words import tr

NO_WEIGHT_IMAGES = tr(
    "A LeNet has no weight images: its hidden neurons read feature maps, not pixels."
)
TO_FILTERS = tr("Its filters")
TO_FILTERS_TIP = tr("Show the filters and feature maps on the Detectors page.")


def has_weight_images(state: State) -> bool:
    """Whether the hidden neurons on screen read the pixels themselves."""
    return state.seen.network.front is None


class InTheirPlace(QWidget):
    """A sentence and the way to what can be seen instead."""

    def __init__(self, theme: Theme, show_filters: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("no-weight-images")
        self.to_filters = button(TO_FILTERS, TO_FILTERS_TIP, show_filters, "to-filters")
        self.sentence = sentence_and_button(self, NO_WEIGHT_IMAGES, self.to_filters)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)


class PictureOrSentence(QStackedWidget):
    """A picture of weight images, or the sentence in its place."""

    def __init__(self, theme: Theme, picture: QWidget, show_filters: Callable[[], object]) -> None:
        super().__init__()
        self._picture = picture
        self.instead = InTheirPlace(theme, show_filters)
        self.addWidget(picture)
        self.addWidget(self.instead)

    def show_picture(self, shown: bool) -> QWidget:
        """Shows the one or the other; -> what the keys go to."""
        self.setCurrentWidget(self._picture if shown else self.instead)
        return self._picture if shown else self.instead.to_filters
