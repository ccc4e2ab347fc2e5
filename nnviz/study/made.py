"""The networks of a scheme once they have learned, ready to be asked and kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nnviz.data.arrays import Bytes, joined
from nnviz.networks.layouts import Layout
from nnviz.networks.learned_by import LearnedBy
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.study.learning import Learned, Progress, Teachable, with_starts
from nnviz.verdicts.answers import Answers, Options
from nnviz.verdicts.evidence import Evidence, Later, evidence_of
from nnviz.verdicts.readings import READINGS

MOST_ACTIVITY = 64_000_000
"""Bytes of hidden activity that are in memory at once."""
MOST_IMAGES = 10_000
FEWEST_IMAGES = 250


@dataclass(frozen=True, eq=False)
class Taken:
    """What it took to teach the networks of a scheme, also where another shares them."""

    seconds: float
    """Processor seconds"""
    updates: int
    """Of the base network, or of the only one"""
    sub_updates: int
    """Of all others together"""
    models: int
    diverged: int
    """Models whose weights left all bounds"""
    steps: int
    """Of each of its own networks"""
    learned_by: tuple[LearnedBy, ...]
    """What learned its own networks, and before that what they began on"""

    @classmethod
    def of(cls, models: Sequence[Teachable], learned: Mapping[Teachable, Learned]) -> "Taken":
        """Of the models of a scheme and of what they begin on."""
        everyone = with_starts(models)
        before = [each for each in everyone if each not in models]
        networks = sum(each.networks for each in everyone)
        own = sum(each.updates for each in models)
        updates = sum(each.updates for each in before)
        if networks == 1:
            updates, own = own, 0
        by = dict.fromkeys(one for each in models for one in learned[each].by)
        return cls(
            sum(learned[each].seconds for each in everyone),
            updates,
            own,
            networks,
            sum(not learned[each].finite for each in everyone),
            models[-1].steps,
            tuple(by),
        )


@dataclass(frozen=True, eq=False)
class Made:
    """The networks of a scheme."""

    asked: tuple[int, ...]
    """The classes that it answers, as numbers among those of the study"""
    settings: Settings
    """As a file of all its networks has them"""
    layout: Layout
    network: Network
    """All of them side by side. Of LeNets only the read-out and the sizes are true, see `whole`"""
    fired: Callable[[Bytes, slice, Callable[[], None]], Evidence]
    """What its networks say of some of the images (images, inputs) 0..255; the function is called
    several times a second"""
    whole: Callable[[], Network]
    """The network with all its weights"""
    taken: Taken
    base: Teachable | None
    """What its networks began on"""

    @property
    def work(self) -> float:
        """About the multiply-adds of asking all of it about one image."""
        return float(self.network.multiply_adds)

    def answers(self, images: Bytes, reading: str, options: Options, progress: Progress) -> Answers:
        """The answers to images (images, inputs) 0..255, as numbers among `asked`."""
        read = READINGS[reading].read
        return joined([read(each, options) for each in self.evidence(images, progress)])

    def evidence(self, images: Bytes, progress: Progress) -> Iterator[Evidence]:
        """What is said of the images, a block after the other."""
        activity = 4 * self.network.networks * self.network.hidden
        block = max(FEWEST_IMAGES, min(MOST_IMAGES, MOST_ACTIVITY // activity))
        for start in range(0, len(images), block):
            some = slice(start, min(start + block, len(images)))
            yield self.fired(images, some, progress.tell)
            progress.add(self.work * (some.stop - start))


def evidence_in_numpy(network: Network, layout: Layout) -> Callable[..., Evidence]:
    """How three-layer networks are asked (see `Made.fired`): where a walk asks few of many, each
    only about the images that come to it."""

    def fired(images: Bytes, some: slice, tick: Callable[[], None]) -> Evidence:
        tick()
        if layout.heads and network.networks > 1:
            return Evidence(network, layout, Later(network, images[some]))
        return evidence_of(network, layout, images[some])

    return fired
