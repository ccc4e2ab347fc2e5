"""scikit-learn's MLPClassifier, set to plain stochastic gradient descent."""

import numpy as np
from sklearn.neural_network import MLPClassifier

from nnviz.data.digits import DigitSet
from nnviz.networks.network import Network, as_inputs
from nnviz.networks.settings import Settings


class WithScikit:
    """One call of partial_fit is one pass over the digits it is given, in batches."""

    def __init__(self, digits: DigitSet, settings: Settings, _network: Network) -> None:
        self._inputs = as_inputs(digits.train_images)
        self._labels = digits.train_labels
        self._batch = settings.batch
        self._model = plain_descent(settings)
        self._classes = np.arange(digits.classes)

    def learn(self, steps: int) -> None:
        while steps:
            count = min(steps, len(self._inputs) // self._batch)
            rows = slice(0, count * self._batch)
            self._model.partial_fit(self._inputs[rows], self._labels[rows], classes=self._classes)
            steps -= count


def plain_descent(settings: Settings) -> MLPClassifier:
    return MLPClassifier(
        hidden_layer_sizes=(settings.hidden,),
        activation="logistic",
        solver="sgd",
        alpha=0,
        batch_size=settings.batch,
        learning_rate_init=settings.rate,
        momentum=0,
        nesterovs_momentum=False,
        random_state=settings.seed,
    )
