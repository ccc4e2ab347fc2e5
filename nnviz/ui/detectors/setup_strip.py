"""One of the runs that are compared: its settings, weight images, accuracy and measures."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.networks.experiments import SETUPS
from nnviz.networks.settings import Settings
from nnviz.questions.detectors.shapes import Shapes
from nnviz.session.state import Work
from nnviz.ui.detectors.mosaic import Mosaic
from nnviz.ui.detectors.mosaic_view import MosaicView
from nnviz.ui.detectors.neurons_shown import signed
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import shared_limit

SMALLEST = 56
"""Side of an image on the design grid; of more than have room the rest is scrolled to."""
STARTS: Mapping[str, str] = {
    "normal": "N(0, 1)",
    "scaled": "N(0, 1/n)",
    "tiny": "N(0, 1/n) / 100",
    "zero": "N(0, 1/n), 0",
}
"""Initial weights in short, n inputs of each neuron."""


class SetupStrip(QWidget):
    """Draws a network that learns beside others."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self.setObjectName(f"setup-{number}")
        self.name = Headline(theme, TEXT + 1)
        self.settings = Headline(theme, TEXT, bold=False)
        self.mosaic = Mosaic(theme, smallest=SMALLEST, captions=False)
        self.mosaic.setAccessibleName(f"Weights of run {number + 1}")
        self.accuracy = QLabel()
        self.accuracy.setToolTip("Test digits answered right.")
        self.progress = QLabel()
        self.progress.setToolTip("Epochs behind it.")
        self.shapes = Headline(theme, TEXT, bold=False)
        self.strokes = Headline(theme, TEXT, bold=False)
        self._row = QHBoxLayout()
        self._row.addWidget(self.accuracy)
        self._row.addWidget(self.progress, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.name, self.settings):
            self._column.addWidget(part)
        self._column.addWidget(self.mosaic, 1)
        self._column.addLayout(self._row)
        for part in (self.shapes, self.strokes):
            self._column.addWidget(part)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(2))
        self._row.setSpacing(theme.px(10))
        for line in (self.name, self.settings, self.shapes, self.strokes):
            line.use_theme(theme)
        self.accuracy.setFont(theme.font(34, bold=True))
        self.progress.setFont(theme.font())
        self.mosaic.use_theme(theme)

    def write(
        self, digits: ShownDigits, work: Work, waiting: bool, measured: Shapes | None
    ) -> None:
        """Name, settings, accuracy, progress and the means of its measures."""
        self.name.say(work.name)
        self.settings.say(_settings_in_short(work.settings))
        self.settings.setToolTip(
            "Initial weights, n inputs for each neuron; the weight decay λ; W ≥ 0 where no weight "
            "into a hidden neuron may be negative."
        )
        helps = {setup.label: setup.help for setup in SETUPS.values()}
        self.name.setToolTip(helps.get(work.name, work.title))
        accuracy = accuracy_of(work)
        self.accuracy.setText("– %" if accuracy is None else f"{100 * accuracy:.1f} %")
        epochs = work.position.examples / work.epoch_length(digits)
        self.progress.setText(
            "random start" if waiting else f"epoch {epochs:.{2 if epochs < 2 else 1}f}"
        )
        moran = excess = "–" if waiting else "…"
        if measured is not None:
            moran = f"{round(measured.moran, 2) + 0:.2f}".replace("-", "−")
            excess = signed(measured.stroke_excess, 2)
        self.shapes.say(f"Moran's I {moran}")
        self.strokes.say(f"stroke fit above chance {excess}")
        self.strokes.setToolTip(
            "How much more of a weight image its best straight bar explains than of a random "
            "image as smooth; mean over the neurons, as Moran's I. Measured at every pause."
        )
        said = f"{work.name}: {self.accuracy.text()}, {self.progress.text()}"
        self.mosaic.setAccessibleDescription(f"{said}; {self.shapes.text}, {self.strokes.text}")

    def show_work(
        self, digits: ShownDigits, work: Work, selected: int | None, running: bool
    ) -> None:
        """Its weight images."""
        weights = np.nan_to_num(work.network.hidden_weights[0])
        count = len(weights)
        self.mosaic.show_view(
            MosaicView(
                weights,
                shared_limit(weights, digits.inked),
                digits.inked,
                digits.shape,
                np.zeros(count, np.float32),
                tuple(str(number) for number in range(count)),
                ("",) * count,
                (0,) * count,
                tuple(f"neuron {number}" for number in range(count)),
                selected,
            ),
            only_moving=running,
        )


def accuracy_of(work: Work) -> float | None:
    """Of a network, or of a moment of its film."""
    if work.measured is not None:
        return work.measured.accuracy
    points = work.points
    here = points and points[-1].examples == work.position.examples
    return points[-1].test_accuracy if here else None


def _settings_in_short(settings: Settings) -> str:
    only = "W ≥ 0, " if settings.nonnegative else ""
    return f"{only}{STARTS[settings.initial]}, λ = {settings.decay:g}"
