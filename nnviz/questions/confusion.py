"""The confusion matrix: how often each class is read as each other one."""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Counts


def confusion(answers: NDArray[np.int8], labels: Bytes, classes: int) -> Counts:
    """(classes, classes + 1): digits of the row's class that were read as the column's.

    answers (images,), labels (images,); the last column counts what is read as no class.
    """
    said = np.where(answers < 0, classes, answers).astype(np.intp)
    cells = labels.astype(np.intp) * (classes + 1) + said
    return np.bincount(cells, minlength=classes * (classes + 1)).reshape(classes, classes + 1)
