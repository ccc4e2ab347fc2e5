"""What the networks that come with the program say of the bundled digits: all that lectures claim
of them is worked out from here, each network asked once."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Indices
from nnviz.data.digits import Digits, bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork, load
from nnviz.networks.layouts import Layout, layout_of
from nnviz.paths import TRAINED
from nnviz.verdicts.answers import Options
from nnviz.verdicts.branches import Ends, rule
from nnviz.verdicts.evidence import Evidence, evidence_of
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.verdict import Verdict, look

EIGHT = tuple(DESIGNS)
"""The designs, whose networks a comparison shows"""
BESIDE = ("clear", "wide", "ten-small", "balanced")
"""Networks that lectures compare them with"""
CLASSES = 10
YES = 0.5
"""Above it an output says yes."""
TESTED = 1_000
"""Test digits; the others are those that learning here begins with."""


@cache
def digits() -> Digits:
    """The 5,000 bundled digits, of which no network that comes with the program has learned."""
    return bundled_digits()


@cache
def images() -> Bytes:
    """(5000, inputs): the 1,000 test digits, then the others"""
    return np.concatenate([digits().test_images, digits().train_images])


@cache
def labels() -> Bytes:
    """(5000,)"""
    return np.concatenate([digits().test_labels, digits().train_labels])


def test_labels() -> Bytes:
    """(1000,)"""
    return digits().test_labels


@cache
def trained(name: str) -> TrainedNetwork:
    """A network that comes with the program: that of a design, or one that lectures bring."""
    folder = TRAINED / "lectures" if name in BESIDE else TRAINED
    return load(folder / f"{name}.safetensors")


@cache
def layout(name: str) -> Layout:
    """What its outputs mean."""
    return layout_of(trained(name).settings, CLASSES)


@cache
def said(name: str) -> Evidence:
    """What a network says of all 5,000."""
    return evidence_of(trained(name).network, layout(name), images())


@cache
def answers(name: str, reading: str = "", options: Options = Options()) -> Indices:
    """(5000,): its answers, by the usual reading or another one."""
    used = reading or DESIGNS[trained(name).settings.design].readings[0]
    return READINGS[used].read(said(name), options).classes


def right(name: str, reading: str = "") -> Bools:
    """(5000,): which it reads rightly"""
    return np.asarray(answers(name, reading) == labels())


def verdict(name: str, image: int, reading: str = "") -> Verdict:
    """The verdict on one test digit."""
    used = reading or DESIGNS[trained(name).settings.design].readings[0]
    return look(trained(name).network, layout(name), digits().test_images[image], used)


def without(name: str, neuron: int) -> Evidence:
    """What a network says of the test digits with one hidden neuron off."""
    fired = said(name).activity[:TESTED].copy()
    fired[:, 0, neuron] = 0
    return Evidence(trained(name).network, layout(name), fired)


def answers_without(name: str, neuron: int) -> Indices:
    """(1000,): its answers then"""
    used = READINGS[DESIGNS[trained(name).settings.design].readings[0]]
    return used.read(without(name, neuron), Options()).classes


@cache
def ends(image: int) -> dict[tuple[int, int], int]:
    """(step from 1, class that leaves there instead) -> the end of the walk of a test digit."""
    found = verdict("elimination", image)
    where = Ends(rule(found.evidence, "walk", Options()))
    return {
        (number, gone): end
        for number, step in enumerate(found.steps, 1)
        for gone, end in where.beside(step).items()
    }


def bits_apart(first: Iterable[int], second: Iterable[int]) -> Indices:
    """How many bits differ between each two digits."""
    return np.array([(a ^ b).bit_count() for a, b in zip(first, second, strict=True)], np.intp)


def better_worse(first: Bools, second: Bools) -> tuple[int, int]:
    """Digits that only the first reads, and only the second."""
    return int((first & ~second).sum()), int((second & ~first).sum())
