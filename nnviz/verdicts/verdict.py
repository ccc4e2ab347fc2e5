"""What a network says of one image, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.networks.codes import Codes, code_table
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.answers import NOT_A_DIGIT, Options, Step
from nnviz.verdicts.evidence import Evidence, evidence_of
from nnviz.verdicts.readings import READINGS
from nnviz.words import tr

MOST_ROWS = 16


@dataclass(frozen=True)
class Row:
    """One of the few lines that stand for all outputs on a page."""

    name: str
    value: float
    """0..1"""
    output: int
    """The output whose hidden neurons explain the row."""
    sign: int = 1
    """-1 where that output prefers another class to the row's."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """The answer to one image and the numbers that led to it, worked out when asked for."""

    evidence: Evidence
    """Of this image alone."""
    reading: str
    """One of READINGS."""
    options: Options

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The way to the answer."""
        return READINGS[self.reading].steps(self.evidence, self.options)

    @cached_property
    def answer(self) -> int:
        """The class, 0..classes-1, or NOT_A_DIGIT."""
        staying = self.steps[-1].staying
        return staying[0] if staying else NOT_A_DIGIT

    @cached_property
    def confidence(self) -> float:
        """0..1: how much of what the last step says speaks for the answer.

        Its share of the scores; its probability by coupling and by literal bits (of no
        digit's word, for NOT_A_DIGIT); the share of rivals beaten where pairs are counted;
        what the last head or the last duel says where classes leave one by one.
        """
        return READINGS[self.reading].confidence(self.steps[-1], self.answer)

    @cached_property
    def runner_up(self) -> int:
        """The class that the last step puts next to the answer."""
        last = self.steps[-1]
        scores = dict(zip(last.in_play, last.scores, strict=True))
        return max(last.leaving, key=lambda each: scores[each])

    @property
    def activity(self) -> Floats:
        """(networks, hidden): how strongly each hidden neuron fires"""
        return np.asarray(self.evidence.activity[0])

    @property
    def outputs(self) -> Floats:
        """(outputs,) in 0..1"""
        return np.asarray(self.evidence.outputs[0])

    @property
    def bits(self) -> Floats:
        """(bits,) in 0..1: of the fixed layer where there is one, else the outputs"""
        return np.asarray(self.evidence.bits[0])

    @property
    def scores(self) -> Doubles:
        """(classes,), see `Evidence.scores`"""
        return np.asarray(self.evidence.scores[0])

    @property
    def pairs(self) -> Doubles:
        """(classes, classes), see `Evidence.pairs`"""
        return np.asarray(self.evidence.pairs[0])

    def contributions_of(self, output: int) -> Floats:
        """(hidden,): weight x activity, what each hidden neuron adds to one output"""
        network = self.evidence.network
        member = int(network.output_networks[output])
        read = self.evidence.activity_of([member])[0, member]
        return np.asarray(network.output_weights[output] * read)

    def strongest(self, output: int, count: int) -> Indices:
        """The neurons that push the output most, up or down; strongest first."""
        sizes = np.abs(self.contributions_of(output))
        return np.argsort(-sizes, kind="stable")[:count]

    def rows(
        self, class_names: Sequence[str], member: int = 0, pair: tuple[int, int] | None = None
    ) -> tuple[Row, ...]:
        """The outputs in at most MOST_ROWS lines: one for each class, or for each bit.

        `member` is the network that explains a class for which several fire. A row of a class
        whose pairs have outputs is explained by the output for it and its strongest rival; the
        two classes of `pair` by that for each other.
        """
        layout, scores = self.evidence.layout, self.scores
        everyone = range(layout.classes)
        if layout.heads:
            explaining = [(output, 1) for output in layout.heads[tuple(everyone)].tolist()]
        elif layout.one_hot:
            firing = [np.flatnonzero(layout.table[:, each] > 0).tolist() for each in everyone]
            explaining = [(outputs[min(member, len(outputs) - 1)], 1) for outputs in firing]
        elif layout.has_pairs:
            rivals = dict([pair, pair[::-1]]) if pair else {}
            explaining = [
                self._against(each, rivals.get(each, self._strongest_rival(each)))
                for each in everyone
            ]
        else:
            outputs = self.outputs[:MOST_ROWS].tolist()
            names = bit_names(layout.table)
            return tuple(Row(names[i], value, i) for i, value in enumerate(outputs))
        return tuple(
            Row(name, value, *found)
            for name, value, found in zip(class_names, scores.tolist(), explaining, strict=True)
        )

    def _strongest_rival(self, own: int) -> int:
        others = self.scores.copy()
        others[own] = -1
        return int(others.argmax())

    def _against(self, own: int, rival: int) -> tuple[int, int]:
        """-> output, sign"""
        asked = self.evidence.layout.pair_outputs
        if asked[own, rival] >= 0:
            return int(asked[own, rival]), 1
        return int(asked[rival, own]), -1


def look(
    network: Network, layout: Layout, image: Bytes, reading: str, options: Options = Options()
) -> Verdict:
    """The verdict on one image, pixels (inputs,) 0..255."""
    return Verdict(evidence_of(network, layout, image[None]), reading, options)


def bit_names(words: Codes) -> list[str]:
    """Of code words (bits, classes): by what each bit counts in a number, else by their places."""
    count, classes = words.shape
    if np.array_equal(words, code_table("natural", classes)):
        return [tr("bit {place}", place=2**place) for place in reversed(range(count))]
    return [tr("bit {place}", place=place) for place in range(1, count + 1)]
