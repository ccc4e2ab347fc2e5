"""Whether networks from different seeds find the same hidden neurons.

Neurons are matched one to one by the absolute correlation of their activities (Li et al.,
"Convergent learning", ICLR 2016 workshop); a neuron that sees the opposite counts as the same.
"""

from dataclasses import dataclass

import numpy as np

from nnviz.arrays import Doubles, Floats, Indices


@dataclass(frozen=True, eq=False)
class Matching:
    """The neurons of two networks, paired one to one so that they agree most."""

    partners: Indices
    """(neurons of the first,): its neuron of the second, -1 where none is left"""
    agreement: Doubles
    """(neurons of the first,): |correlation| with the partner, 0 where there is none"""

    @property
    def stability(self) -> float:
        """The mean agreement of the pairs."""
        paired = self.partners >= 0
        return float(self.agreement[paired].mean()) if paired.any() else 0.0


def matched(first: Floats, second: Floats) -> Matching:
    """Pairs neurons by activities (images, neurons) for the same digits; needs scipy."""
    # imported here, because no window needs it
    from scipy.optimize import linear_sum_assignment

    agreement = np.abs(_standard(first).T @ _standard(second))
    rows, columns = linear_sum_assignment(agreement, maximize=True)
    partners = np.full(first.shape[1], -1, np.intp)
    partners[rows] = columns
    found = np.zeros(first.shape[1])
    found[rows] = np.minimum(agreement[rows, columns], 1)
    return Matching(partners, found)


def _standard(activity: Floats) -> Doubles:
    """Columns of mean 0 and length 1; 0 for neurons that never change."""
    centred = activity.astype(np.float64)
    centred -= centred.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=0)
    found: Doubles = np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 1e-9)
    return found
