"""Whether a network that another package has trained answers here as it does there.

Each `of_....py` beside this file trains 784-30-10 with the real package, saves it as the help says
(the lines between `# recipe` and `# end` stand there), and compares. They are not part of the
suite; their first lines say how they are run.
"""

import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import load
from nnviz.networks.network import as_inputs, hidden_activity, outputs_of

DIGITS = bundled_digits()


def in_new_folder() -> None:
    """What a recipe writes stays out of the checkout."""
    os.chdir(tempfile.mkdtemp())


def compare(file: str, package: str, own: NDArray[np.generic], activation: str) -> None:
    """Prints how often the package's own shares (test digits, 10) and those of the adopted network
    are right. Raises AssertionError where they answer otherwise, or the guess is wrong."""
    trained = load(Path(file))
    assert trained.adopted is not None
    activity = hidden_activity(trained.network, as_inputs(DIGITS.test_images))
    here = outputs_of(trained.network, activity)
    own = np.asarray(own)
    right = [np.mean(each.argmax(axis=1) == DIGITS.test_labels) for each in (own, here)]
    print(
        f"{package}: {right[0]:.4f} there, {right[1]:.4f} here, shares differ by at most "
        f"{np.abs(own - here).max():.1e}; {trained.adopted.words}"
    )
    assert (own.argmax(axis=1) == here.argmax(axis=1)).all()
    assert np.abs(own - here).max() < 1e-4
    assert trained.adopted.way.activation == activation
