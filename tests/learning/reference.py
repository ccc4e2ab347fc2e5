"""Networks of any layout out of plain torch operations, with the gradient from autograd."""

import torch
from torch import Tensor, nn

from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.training.with_torch.read_out import heads_asked

ACTIVATE = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}


class Reference:
    """The same weights in float64, in the shapes of `Network`."""

    def __init__(self, network: Network, cost: str, layout: Layout, frozen: bool = False) -> None:
        self.cost_name, self.layout = cost, layout
        self.weights = [
            torch.tensor(array, dtype=torch.float64, requires_grad=True)
            for array in network.weights().values()
        ]
        self.learned = self.weights[2:] if frozen else self.weights
        table = torch.tensor(layout.table.T)
        self.targets, self.asked = (table > 0).double(), (table != 0).double()
        self.networks = torch.tensor(layout.networks)
        self.groups = torch.tensor(layout.groups)
        self.members = members(layout.groups.tolist())
        self.activate = ACTIVATE[network.activation]

    def cost(self, inputs: Tensor, labels: Tensor) -> Tensor:
        """Summed cost: inputs (images, inputs), or (networks, images, inputs) of their own."""
        hidden_weights, hidden_biases, output_weights, output_biases = self.weights
        given = inputs.expand(len(hidden_weights), *inputs.shape[-2:])
        activity = self.activate(torch.baddbmm(hidden_biases[:, None], given, hidden_weights.mT))
        share = 1 / heads_asked(self.layout)
        if share != 1:
            activity = activity * share + (activity * (1 - share)).detach()
        read = activity[self.networks]
        outputs = torch.bmm(read, output_weights[:, :, None])[:, :, 0].T + output_biases
        return self.output_cost(outputs, labels)

    def output_cost(self, sums: Tensor, labels: Tensor) -> Tensor:
        """Summed cost of the weighted sums (images, outputs) of the outputs that are asked."""
        targets, asked = self.targets[labels], self.asked[labels]
        if self.cost_name == "softmax":
            spare = torch.full((len(sums), 1), -torch.inf, dtype=sums.dtype)
            wholes = torch.cat([sums, spare], 1)[:, self.members].logsumexp(2)
            return -((sums - wholes[:, self.groups]) * targets).sum()
        if self.cost_name == "cross-entropy":
            costs = nn.functional.binary_cross_entropy(sums.sigmoid(), targets, reduction="none")
        else:
            costs = (sums.sigmoid() - targets) ** 2 / 2
        return (costs * asked).sum()

    def step(
        self, inputs: Tensor, labels: Tensor, rate: float, shrink: float, nonnegative: bool
    ) -> None:
        """Follows the mean gradient of a batch."""
        gradients = torch.autograd.grad(self.cost(inputs, labels) / len(labels), self.learned)
        with torch.no_grad():
            for weights, gradient in zip(self.learned, gradients, strict=True):
                if weights is not self.weights[1] and weights is not self.weights[3]:
                    weights.mul_(shrink)  # biases do not decay
                weights.sub_(rate * gradient)
            if nonnegative and len(self.learned) == len(self.weights):
                self.weights[0].clamp_(min=0)

    def difference(self, weights: tuple[Tensor, ...]) -> float:
        """The largest difference of any weight or bias."""
        return max(
            float((own.detach() - other.double()).abs().max())
            for own, other in zip(self.weights, weights, strict=True)
        )


def members(groups: list[int]) -> Tensor:
    """The outputs of each softmax (softmaxes, outputs of the largest), -1 behind those of smaller
    ones."""
    found: list[list[int]] = [[] for _ in range(max(groups) + 1)]
    for output, group in enumerate(groups):
        found[group].append(output)
    most = max(map(len, found))
    return torch.tensor([each + [-1] * (most - len(each)) for each in found])
