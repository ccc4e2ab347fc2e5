"""The cost of digits, worked out as measuring does it."""

from nnviz.data.arrays import Bytes, Floats
from nnviz.networks.costs import by_heads, costs_by_heads, costs_of_sums, most_costed
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network, sums_of
from nnviz.questions.piecemeal import at_once


def costs_of(
    network: Network, layout: Layout, cost: str, activity: Floats, labels: Bytes
) -> Floats:
    """(images, networks, hidden), (images,) -> (images,); of wide layouts, of the first images."""
    count = most_costed(layout, len(labels))
    activity, labels = activity[:count], labels[:count]
    if by_heads(layout, cost):
        return at_once(costs_by_heads(network, layout, activity, labels))
    return costs_of_sums(sums_of(network, activity), layout, cost, labels)
