"""Digits worth showing: of each kind those that show it best come first.

A kind is one entry in `KINDS`; its function looks at the 1,000 bundled test digits.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from nnviz.data.arrays import Bools, Doubles, Indices
from nnviz.networks.bit_layer import bit_layer
from nnviz.questions.votes import RULES
from nnviz.verdicts.branches import lost
from nnviz.verdicts.pairwise import won
from tests.lectures.facts import (
    CLASSES,
    EIGHT,
    TESTED,
    YES,
    answers,
    ends,
    right,
    said,
    test_labels,
    verdict,
    without,
)

PLACES = (8, 4, 2, 1)
"""What the bits count, in their order"""
TEN, BITS, WALK, PAIRS, REST = "ten-outputs", "four-bits", "elimination", "all-pairs", "one-vs-rest"


@dataclass(frozen=True)
class Find:
    """A digit, by its number among the test digits."""

    image: int
    label: int
    worth: float
    """The larger, the better it shows what is looked for"""
    says: str


@dataclass(frozen=True)
class KindOfFind:
    """What is looked for."""

    shows: str
    search: Callable[[], Iterator[Find]]


@cache
def ranked(kind: str) -> tuple[Find, ...]:
    """All digits of a kind, the best first."""
    return tuple(sorted(KINDS[kind].search(), key=lambda each: (-each.worth, each.image)))


def word(name: str = BITS) -> Indices:
    """(tested,): the numbers that the bits of the test digits write, 0 to 15"""
    return np.asarray((said(name).bits[:TESTED] > YES) @ np.array(PLACES))


def others_right(name: str) -> Indices:
    """(tested,): how many of the other designs read each test digit"""
    return np.sum([right(each)[:TESTED] for each in EIGHT if each != name], axis=0, dtype=np.intp)


def own_share(name: str) -> Doubles:
    """(tested,): how much speaks for the label"""
    return said(name).scores[np.arange(TESTED), test_labels()]


def _numbers(which: Bools) -> list[int]:
    return np.flatnonzero(which[:TESTED]).tolist()


def _find(image: int, worth: float, says: str) -> Find:
    return Find(image, int(test_labels()[image]), float(worth), says)


# ---- bits ----------------------------------------------------------------------------


def _misses_by_a_bit() -> Iterator[Find]:
    labels, written, bits = test_labels(), word(), said(BITS).bits
    sure, others = own_share(TEN), others_right(BITS)
    for image in _numbers(right(TEN) & ~right(BITS)):
        if (written[image] ^ labels[image]).bit_count() == 1 and written[image] < CLASSES:
            says = (
                f"{labels[image]:04b} read as {written[image]:04b}, ten outputs {sure[image]:.2f}"
            )
            failing = [
                place for place in range(4) if (written[image] ^ labels[image]) & PLACES[place]
            ]
            says += f", that bit at {bits[image, failing[0]]:.2f}, others right {others[image]}"
            yield _find(image, others[image] + sure[image], says)


def _impossible() -> Iterator[Find]:
    written, nearest, bits = word(), answers(BITS), said(BITS).bits
    for image in _numbers(written >= CLASSES):
        hits = nearest[image] == test_labels()[image]
        spelled = " ".join(f"{each:.2f}" for each in bits[image])
        worth = hits + own_share(TEN)[image]
        yield _find(image, worth, f"{written[image]}, nearest {nearest[image]}: {spelled}")


def layer_reads(kind: str, images: int = TESTED) -> Indices:
    """(images,): the number that the fixed layer on real outputs writes"""
    outputs = said("bit-layer").outputs[:images]
    return np.asarray((bit_layer(kind, CLASSES).sums(outputs) > 0) @ np.array(PLACES))


def _textbook_fails() -> Iterator[Find]:
    labels, exact, textbook = test_labels(), layer_reads("plus-minus"), layer_reads("zero-one")
    outputs = said("bit-layer").outputs
    for image in _numbers((exact == labels) & (textbook != labels)):
        first, second = np.argsort(-outputs[image])[:2].tolist()
        says = f"0/1 writes {textbook[image]}: {first} at {outputs[image, first]:.2f}"
        says += f", {second} at {outputs[image, second]:.2f}"
        yield _find(image, outputs[image, first] + (outputs[image, second] > YES), says)


# ---- elimination ---------------------------------------------------------------------


def first_head() -> Doubles:
    """(tested, classes): what the head of all ten says"""
    return said(WALK).head(tuple(range(CLASSES)), np.arange(TESTED))


def _turned(before: bool, after: bool) -> Iterator[Find]:
    labels, head, end = test_labels(), first_head(), answers(WALK)[:TESTED]
    start = head.argmax(axis=1)
    changed = start != end
    for image in _numbers(changed & ((start == labels) == before) & ((end == labels) == after)):
        last = verdict(WALK, image).steps[-1]
        share = last.scores[last.in_play.index(int(end[image]))]
        says = f"first {start[image]} {head[image, start[image]]:.2f}"
        says += f", {end[image]} {head[image, end[image]]:.2f}; in the end {end[image]} {share:.2f}"
        yield _find(image, share - head[image, end[image]], says)


def falls_at(image: int) -> int:
    """The step of the walk at which the true class leaves; 0 if it is the answer."""
    return lost(verdict(WALK, image).steps, int(test_labels()[image]))


def _falls_early() -> Iterator[Find]:
    for image in _numbers(~right(WALK)):
        step = falls_at(image)
        yield _find(image, -step, f"falls in step {step}, the end is {answers(WALK)[image]}")


def other_ends(image: int) -> dict[tuple[int, int], int]:
    """(step, class that leaves instead) -> another end, although the winner stays in"""
    own = int(answers(WALK)[image])
    return {
        (step, gone): end for (step, gone), end in ends(image).items() if own not in (gone, end)
    }


def _another_end() -> Iterator[Find]:
    # whoever is sure of the answer ends with it whoever leaves
    for image in _numbers(first_head().max(axis=1) < 0.95):
        other = other_ends(image)
        if other:
            told = ", ".join(f"step {step}: {gone} -> {end}" for (step, gone), end in other.items())
            yield _find(image, len(other), f"{answers(WALK)[image]} wins; {told}")


# ---- votes ---------------------------------------------------------------------------


def rules_say() -> Indices:
    """(tested, rules): the answer of each rule to the same pairs"""
    return np.stack([answers(PAIRS, rule)[:TESTED] for rule in RULES], axis=1)


def votes_of(image: int) -> Doubles:
    """(classes,): how many duels each wins"""
    return np.asarray(won(said(PAIRS).pairs[image]).sum(axis=1))


def _counting_against_adding(adding_right: bool) -> Iterator[Find]:
    rules, labels, sums = rules_say(), test_labels(), said(PAIRS).pair_sums
    hit = rules[:, RULES.index("summed" if adding_right else "votes")] == labels
    for image in _numbers(hit & (rules[:, 0] != rules[:, 1])):
        added, counted = rules[image, :2].tolist()
        votes = votes_of(image)
        says = f"adding {added} ({sums[image, added]:.2f} against {sums[image, counted]:.2f})"
        says += f", counting {counted} ({votes[counted]:g} against {votes[added]:g})"
        yield _find(
            image,
            votes[counted] - votes[added] + abs(np.subtract(*sums[image, [added, counted]])),
            says,
        )


def tied() -> Indices:
    """(tested,): how many classes have the most votes"""
    counts = won(said(PAIRS).pairs[:TESTED]).sum(axis=2)
    return np.asarray((counts == counts.max(axis=1, keepdims=True)).sum(axis=1))


def _ties() -> Iterator[Find]:
    several, sums = tied(), said(PAIRS).pair_sums
    for image in _numbers(several > 1):
        votes = votes_of(image)
        best = np.flatnonzero(votes == votes.max()).tolist()
        told = ", ".join(f"{each} (sum {sums[image, each]:.2f})" for each in best)
        yield _find(image, several[image], f"{votes.max():g} votes each: {told}")


def _rules_differ() -> Iterator[Find]:
    for image, said_by_rules in enumerate(rules_say().tolist()):
        if len(set(said_by_rules)) > 1:
            told = ", ".join(
                f"{rule} {each}" for rule, each in zip(RULES, said_by_rules, strict=True)
            )
            yield _find(image, len(set(said_by_rules)), told)


# ---- several designs -----------------------------------------------------------------


def yeses(name: str = REST, images: int = TESTED) -> Indices:
    """(images,): how many outputs say yes"""
    return np.asarray((said(name).outputs[:images] > YES).sum(axis=1))


def _said_yes(wanted: Callable[[Indices], Bools], least: float) -> Iterator[Find]:
    outputs = said(REST).outputs
    for image in _numbers(wanted(yeses())):
        first, second = np.argsort(-outputs[image])[:2].tolist()
        says = f"{first} at {outputs[image, first]:.2f}, {second} at {outputs[image, second]:.2f}"
        yield _find(image, least * outputs[image, second if least > 0 else first], says)


def _missed_by_all() -> Iterator[Find]:
    for image in _numbers(~np.any([right(name) for name in EIGHT], axis=0)):
        given = [int(answers(name)[image]) for name in EIGHT]
        share = said(TEN).scores[image].max()
        worth = max(map(given.count, given)) + share
        yield _find(image, worth, f"they say {given}, ten outputs {share:.3f}")


def _most_divided() -> Iterator[Find]:
    for image in range(TESTED):
        given = [int(answers(name)[image]) for name in EIGHT]
        if len(set(given)) > 3:
            yield _find(image, len(set(given)), f"they say {given}")


def _four_or_nine() -> Iterator[Find]:
    share = said(TEN).scores
    for image in _numbers(np.isin(test_labels(), (4, 9))):
        given = [int(answers(name)[image]) for name in EIGHT]
        count = min(given.count(4), given.count(9))
        if count and given.count(4) + given.count(9) == len(given):
            says = f"{given.count(4)} say 4, {given.count(9)} say 9; ten outputs 4 at "
            says += f"{share[image, 4]:.2f}, 9 at {share[image, 9]:.2f}; {yeses()[image]} say yes"
            yield _find(image, count + (yeses()[image] == 0), says)


# ---- single neurons ------------------------------------------------------------------


def _one_neuron_turns() -> Iterator[Find]:
    sure, network = own_share(TEN), 30
    whole = answers(TEN)[:TESTED]
    for neuron in range(network):
        scores = without(TEN, neuron).scores
        turned = scores.argmax(axis=1)
        for image in _numbers((whole == test_labels()) & (turned != whole) & (sure > 0.9)):
            says = f"without neuron {neuron}: {turned[image]} at {scores[image, turned[image]]:.2f}"
            says += f"; with it {whole[image]} at {sure[image]:.3f}"
            yield _find(image, sure[image] + scores[image, turned[image]], says)


KINDS: Mapping[str, KindOfFind] = {
    "a bit": KindOfFind("a clean digit that four bits miss by one bit", _misses_by_a_bit),
    "impossible": KindOfFind("four bits that are no digit", _impossible),
    "textbook": KindOfFind("the bit layer of 0 and 1 fails, +1 and -1 works", _textbook_fails),
    "neuron": KindOfFind("the loss of one neuron turns a sure answer", _one_neuron_turns),
    "rescue": KindOfFind("elimination rescues it", lambda: _turned(False, True)),
    "loss": KindOfFind("elimination loses it", lambda: _turned(True, False)),
    "wrong to wrong": KindOfFind("wrong before and after", lambda: _turned(False, False)),
    "falls early": KindOfFind("the true class leaves before the last steps", _falls_early),
    "another end": KindOfFind("another end had another one left", _another_end),
    "adding": KindOfFind(
        "adding is right, counting is not", lambda: _counting_against_adding(True)
    ),
    "counting": KindOfFind(
        "counting is right, adding is not", lambda: _counting_against_adding(False)
    ),
    "tie": KindOfFind("several have the most votes", _ties),
    "rules": KindOfFind("four rules, several answers", _rules_differ),
    "nobody": KindOfFind("none of ten networks says yes", lambda: _said_yes(lambda n: n == 0, -1)),
    "several": KindOfFind("several of ten say yes", lambda: _said_yes(lambda n: n > 1, 1)),
    "missed by all": KindOfFind("all designs misread it", _missed_by_all),
    "divided": KindOfFind("the designs are most divided", _most_divided),
    "four or nine": KindOfFind("some say 4, some say 9", _four_or_nine),
}
