"""The last layer of a step: from hidden activity to errors and back, in place.

Where there is one softmax for each of many sets of classes, all are in one matrix. The columns
are ordered by the size of their head, and within a size slot by slot: all first outputs, then all
second ones. So the sums of all heads of a size are the sum over the rows of a matrix. Targets are
never subtracted from the shares of a batch: they are further rows below them, one per class,
which the products with the shares take along.
"""

from collections.abc import Callable, Mapping

import numpy as np
import torch
from torch import Tensor

from nnviz.networks.layouts import Layout, heads_asked


class ReadOut:
    """Sigmoid outputs, or softmax groups of one size whose outputs lie side by side.

    `columns` (units, outputs) are the weights; the first `neurons` rows shrink. A label that
    an output is not asked about is no error.
    """

    def __init__(
        self, columns: Tensor, neurons: int, cost: str, layout: Layout, block: int
    ) -> None:
        outputs = columns.shape[1]
        self.columns = columns
        self._columns_turned = columns.t()
        self._weights = columns[:neurons]
        self._to_errors = TO_ERRORS[cost]
        self._sharing = group_size(layout) if cost == "softmax" else outputs
        self._fires = torch.from_numpy(layout.taught > 0).to(columns)
        self._targets = columns.new_zeros(block, outputs)
        self._asks = None if layout.asks_all else torch.from_numpy(layout.taught != 0).to(columns)
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
        self._errors = self.columns.new_empty(batch, outputs)
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


CACHE_LINE = 16
LARGEST_SUM = 60.0
"""Up to here, neither the powers of weighted sums nor their totals leave float32."""


class SubsetHeads:
    """The read-out of softmax heads of any sizes; `ReadOut` describes its methods.

    A head is asked about a label if one of its outputs fires for it.
    """

    def __init__(self, columns: Tensor, neurons: int, layout: Layout, block: int) -> None:
        order, self._sizes = _slot_by_slot(layout.groups)
        device, in_order = columns.device, torch.from_numpy(order).to(columns.device)
        self._places = torch.from_numpy(np.argsort(order)).to(device)
        units, outputs = columns.shape
        self.columns = _aligned(units, outputs, columns)
        self.columns.copy_(columns[:, in_order])
        self._columns_turned = self.columns.t()
        self._weights = self.columns[:neurons]
        self._own = None
        if layout.network_count > 1:
            self._own = own_neurons(columns, neurons, layout)[:, in_order]
        self._share_back = 1 / heads_asked(layout)
        self._fires = torch.from_numpy(layout.table.T[:, order] > 0).to(columns)
        self._asks = torch.cat([fires.sum(1) for fires in self._by_slot(self._fires)], 1)
        self._labels = torch.zeros(block, dtype=torch.int64, device=device)
        self._one_hot = columns.new_zeros(block, layout.classes)
        self.resize(1)

    def load(self, labels: Tensor) -> None:
        count = len(labels)
        self._labels[:count] = labels
        self._one_hot[:count].zero_().scatter_(1, labels[:, None], 1)

    def resize(self, batch: int) -> None:
        units, outputs = self.columns.shape
        classes, heads = self._asks.shape
        new = self.columns.new_empty
        # rows: the batch, then one per class
        self._shares = _aligned(batch + classes, outputs, self.columns)
        self._shares[batch:] = self._fires
        self._sums = self._shares[:batch]
        self._activity = new(batch + classes, units)
        self._activity_turned = self._activity.t()
        self._batch_activity = self._activity[:batch]
        self._class_activity = self._activity[batch:]
        self._back = new(batch + classes, units)
        self._batch_back, self._class_back = self._back[:batch], self._back[batch:]
        self._scale = new(batch, heads)
        self._asked = new(batch, heads)
        scales = self._scale.split_with_sizes([heads for _, heads in self._sizes], 1)
        self._by_size = [
            (powers, scale, scale.unsqueeze(1))
            for powers, scale in zip(self._by_slot(self._sums), scales, strict=True)
        ]

    def batch_at(self, start: int, batch: int) -> tuple[Tensor, ...]:
        rows = slice(start, start + batch)
        return self._labels[rows], self._one_hot[rows], self._one_hot[rows].t()

    def judge(self, activity: Tensor, batch: tuple[Tensor, ...]) -> None:
        labels, self._one_hot_now, one_hot_turned = batch
        self._batch_activity.copy_(activity)
        # minus the summed activity of each class: what the rows of targets are multiplied by
        torch.addmm(
            self._class_activity,
            one_hot_turned,
            activity,
            beta=0,
            alpha=-1,
            out=self._class_activity,
        )
        torch.mm(activity, self.columns, out=self._sums)
        # amin and amax take half as long as aminmax
        if self._sums.amin() < -LARGEST_SUM or self._sums.amax() > LARGEST_SUM:
            for sums, _, _ in self._by_size:
                sums.sub_(sums.amax(1, keepdim=True))
        self._sums.exp_()
        for powers, scale, _ in self._by_size:
            torch.sum(powers, 1, out=scale)
        torch.index_select(self._asks, 0, labels, out=self._asked)
        torch.div(self._asked, self._scale, out=self._scale)
        for powers, _, scale in self._by_size:
            powers.mul_(scale)

    def send_back(self, hidden_errors: Tensor) -> None:
        torch.mm(self._shares, self._columns_turned, out=self._back)
        torch.addmm(
            self._batch_back,
            self._one_hot_now,
            self._class_back,
            beta=self._share_back,
            alpha=-self._share_back,
            out=hidden_errors,
        )

    def follow(self, _activity_turned: Tensor, shrink: float, rate: float) -> None:
        if shrink != 1:
            self._weights.mul_(shrink)
        self.columns.addmm_(self._activity_turned, self._shares, alpha=-rate)
        if self._own is not None:
            self.columns.mul_(self._own)

    def in_order(self) -> Tensor:
        return self.columns[:, self._places]

    def _by_slot(self, rows: Tensor) -> list[Tensor]:
        """(rows, outputs) -> views (rows, size, heads of that size), one per size."""
        pieces = rows.split_with_sizes([size * heads for size, heads in self._sizes], 1)
        return [
            piece.view(len(rows), size, heads)
            for piece, (size, heads) in zip(pieces, self._sizes, strict=True)
        ]


def _aligned(rows: int, columns: int, like: Tensor) -> Tensor:
    """An empty matrix whose rows begin on cache lines, of another one's kind and device."""
    # one line more: 5,120 numbers are whole pages, and rows pages apart share cache sets
    width = -(-columns // CACHE_LINE) * CACHE_LINE + CACHE_LINE
    return like.new_empty(rows, width)[:, :columns]


def _slot_by_slot(groups: np.ndarray) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """-> the outputs by size of their group, slot and group; (size, groups) of each size."""
    members: dict[int, list[int]] = {}
    for output, group in enumerate(groups.tolist()):
        members.setdefault(group, []).append(output)
    order: list[int] = []
    sizes = []
    for size in sorted({len(outputs) for outputs in members.values()}):
        alike = [outputs for outputs in members.values() if len(outputs) == size]
        order += [outputs[slot] for slot in range(size) for outputs in alike]
        sizes.append((size, len(alike)))
    return np.array(order, np.intp), sizes
