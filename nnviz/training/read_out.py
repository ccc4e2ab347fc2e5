"""The last layer of a learner: from hidden activity to errors and back, in place."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from nnviz.networks.layouts import Layout


class ReadOut:
    """Sigmoid outputs, or softmax groups of one size whose outputs lie side by side.

    `columns` (units, outputs) are the weights; the first `neurons` rows shrink. A label that
    an output is not asked about is no error.
    """

    def __init__(
        self, columns: Tensor, neurons: int, cost: str, layout: Layout, block: int
    ) -> None:
        outputs, dtype = columns.shape[1], columns.dtype
        self.columns = columns
        self._columns_turned = columns.t()
        self._weights = columns[:neurons]
        self._to_errors = TO_ERRORS[cost]
        self._sharing = group_size(layout) if cost == "softmax" else outputs
        self._fires = torch.from_numpy(layout.taught > 0).to(dtype)
        self._targets = torch.zeros(block, outputs, dtype=dtype)
        self._asks = None if layout.asks_all else torch.from_numpy(layout.taught != 0).to(dtype)
        self._asked = self._targets if self._asks is None else torch.zeros_like(self._targets)
        self._own = own_neurons(columns, neurons, layout) if layout.network_count > 1 else None
        self._change = columns if self._own is None else torch.empty_like(columns)
        self.resize(1)

    def load(self, labels: Tensor) -> None:
        """Takes the labels (images,) of the images to come."""
        torch.index_select(self._fires, 0, labels, out=self._targets[: len(labels)])
        if self._asks is not None:
            torch.index_select(self._asks, 0, labels, out=self._asked[: len(labels)])

    def resize(self, batch: int) -> None:
        """Makes room for batches of so many images."""
        outputs = self.columns.shape[1]
        self._errors = torch.empty(batch, outputs, dtype=self.columns.dtype)
        self._scratch = torch.empty_like(self._errors)
        self._shared = self._errors
        if self._sharing < outputs:
            self._shared = self._errors.view(batch, -1, self._sharing)

    def batch_at(self, start: int, batch: int) -> tuple[Tensor, ...]:
        """What `judge` wants to know of the loaded images start..start+batch."""
        rows = slice(start, start + batch)
        return self._targets[rows], self._asked[rows]

    def judge(self, activity: Tensor, batch: tuple[Tensor, ...]) -> None:
        """Works out the errors: the gradient of the cost by the weighted sums."""
        targets, asked = batch
        torch.mm(activity, self.columns, out=self._errors)
        self._to_errors(self._shared, self._errors, targets, self._scratch)
        if self._asks is not None:
            self._errors.mul_(asked)

    def send_back(self, hidden_errors: Tensor) -> None:
        """Writes the gradient of the cost by the activity: (batch, units)."""
        torch.mm(self._errors, self._columns_turned, out=hidden_errors)

    def follow(self, activity_turned: Tensor, shrink: float, rate: float) -> None:
        """Shrinks the weights, then follows the summed gradient times `rate`."""
        if shrink != 1:
            self._weights.mul_(shrink)
        if self._own is None:
            self.columns.addmm_(activity_turned, self._errors, alpha=-rate)
        else:
            torch.mm(activity_turned, self._errors, out=self._change)
            self.columns.addcmul_(self._change, self._own, value=-rate)

    def in_order(self) -> Tensor:
        """The weights (units, outputs) in the order of the layout."""
        return self.columns


def group_size(layout: Layout) -> int:
    """Outputs per softmax group if all groups are alike, side by side and always asked; else 0."""
    groups = layout.groups
    size = int((groups == groups[0]).sum())
    alike = len(groups) % size == 0 and bool(
        (groups.reshape(-1, size) == groups[::size, None]).all()
    )
    distinct = len(set(groups.tolist())) * size == len(groups)
    return size if alike and distinct and layout.asks_all else 0


def own_neurons(columns: Tensor, neurons: int, layout: Layout) -> Tensor:
    """Like `columns`: 1 where an output reads its network or the constant unit, else 0."""
    hidden = neurons // layout.network_count
    own = torch.zeros_like(columns)
    for output, network in enumerate(layout.networks.tolist()):
        own[network * hidden : (network + 1) * hidden, output] = 1
    own[neurons] = 1
    return own


def _softmax_errors(shared: Tensor, sums: Tensor, targets: Tensor, _scratch: Tensor) -> None:
    torch.softmax(shared, -1, out=shared)
    sums.sub_(targets)


def _cross_entropy_errors(_shared: Tensor, sums: Tensor, targets: Tensor, _scratch: Tensor) -> None:
    sums.sigmoid_().sub_(targets)


def _quadratic_errors(_shared: Tensor, sums: Tensor, targets: Tensor, scratch: Tensor) -> None:
    sums.sigmoid_()
    torch.addcmul(sums, sums, sums, value=-1, out=scratch)
    sums.sub_(targets).mul_(scratch)


TO_ERRORS: Mapping[str, Callable[[Tensor, Tensor, Tensor, Tensor], None]] = {
    "softmax": _softmax_errors,
    "cross-entropy": _cross_entropy_errors,
    "quadratic": _quadratic_errors,
}
"""Cost -> (weighted sums as groups that share 1, weighted sums, targets, scratch): turns the sums
into the gradient of the cost by them, in place."""
