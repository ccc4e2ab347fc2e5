"""What designs store, in bytes and as an order of growth, and how much of it one answer asks."""

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.storage import growth, on_one_trunk, separate
from nnviz.words import number, raised, tr, tr_n


def bytes_in_words(count: float) -> str:
    """Three digits at least: 95.4 kB, 24.0 MB."""
    if count >= 1e8:
        return tr("{count} MB", count=number(count / 1e6))
    if count >= 1e6:
        return tr("{count} MB", count=number(count / 1e6, 1 if count >= 1e7 else 2))
    return tr("{count} kB", count=number(count / 1e3, 1 if count < 1e5 else 0))


def order_of(power: int | None) -> str:
    """How a number grows with k classes; None: as the number of sets of classes."""
    if power is None:
        return "O(2ᵏ)"
    return {0: "O(1)", 1: "O(k)"}.get(power) or f"O({raised('k', power)})"


def both_ways(design: str, layout: Layout, network: Network) -> str:
    """What a design takes as separate networks and as heads on one trunk, each hidden layer as
    large as that of its network."""
    front = network.front
    before = 0 if front is None else front.parameters // front.count
    sizes = network.hidden_weights.shape[2], network.hidden, before
    apart, together = separate(layout, *sizes), on_one_trunk(layout, *sizes)
    shares = "frozen" in DESIGNS[design].trunks
    trunk = together.bytes if shares else None
    return stored(apart.parts, apart.bytes, growth(design), trunk)


def stored(parts: int, separate: int, power: int | None, trunk: int | None) -> str:
    """What a design takes as so many separate networks, and as heads on one trunk (None: it has no
    trunk of its own to share)."""
    if parts == 1:
        return tr("One network takes {bytes}.", bytes=bytes_in_words(separate))
    fields = {"order": order_of(power), "bytes": bytes_in_words(separate)}
    if trunk is None:
        return tr("{count} separate networks take {bytes}.", count=parts, bytes=fields["bytes"])
    return tr(
        "{count} separate networks take {bytes}, {order}; as heads on one trunk {trunk}.",
        count=parts,
        trunk=bytes_in_words(trunk),
        **fields,
    )


def asked(exist: int, heads: int, forward: int, sets: int) -> str:
    """How many of the networks or heads that exist one answer asks; `sets` of classes that there
    are, where each that needs one has a head (else 0)."""
    if exist == 1:
        return ""
    if sets:
        return tr_n(
            "Of {sets} sets of classes {exist} need a head, {heads} are asked: {count} forward "
            "pass.",
            "Of {sets} sets of classes {exist} need a head, {heads} are asked: {count} forward "
            "passes.",
            forward,
            sets=sets,
            exist=exist,
            heads=heads,
        )
    return tr_n(
        "{heads} of {exist} are asked: {count} forward pass.",
        "{heads} of {exist} are asked: {count} forward passes.",
        forward,
        heads=heads,
        exist=exist,
    )
