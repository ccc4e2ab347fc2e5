"""Whether what outputs look for is a shape: how much of each template one straight bar explains.

A template is an output seen through the hidden layer (see `networks.templates`).
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnviz.data.arrays import Doubles, Indices, joined
from nnviz.data.digits import Digits, shape_of
from nnviz.networks.templates import LINEARISATIONS, templates
from nnviz.questions.detectors.shapes import RANDOM_IMAGES, fitted, weight_images
from nnviz.questions.question import Kept, Question, Subject, Working

SLOPES = LINEARISATIONS["mean"]
"""Of the hidden neurons: their mean over digits."""


@dataclass(frozen=True, eq=False)
class TemplateShapes:
    """The stroke fits of all outputs, (outputs,) each; see `shapes.StrokeFits`."""

    fit: Doubles
    null: Doubles
    beaten: Indices

    def has_shape(self, output: int) -> bool:
        """Whether a bar fits it better than every random image as smooth."""
        return bool(self.beaten[output] == RANDOM_IMAGES)


@dataclass(frozen=True)
class MeasureTemplates(Question[TemplateShapes]):
    """How shape-like is what each output looks for?"""

    beside: ClassVar[str] = "run"
    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[TemplateShapes]:
        network, images = self.subject.network, digits.test_images
        outputs = np.arange(len(network.output_weights))
        found = templates(network, SLOPES.slopes(network, images[0], images), outputs)
        shaped = weight_images(found, digits.inked, shape_of(network.inputs))
        parts = []
        for part in fitted(shaped, outputs):
            parts.append(part)
            yield
        fits = joined(parts)
        return TemplateShapes(fits.fit, fits.null, fits.beaten)
