"""Which test digit or specimen to look at next."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnviz.session.state import State
from nnviz.session.store import Store
from nnviz.words import tr

MOST_TRIED = 200
"""Digits looked at while searching for one that the present weights still misread."""


class Picking:
    """Shows one test digit, or specimen, after another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._chance = random.Random(store.state.settings.seed)

    def pick(self, way: str) -> None:
        """Shows another test digit: the next, previous or a random one, or
        a random mistake, among those with the chosen label."""
        state = self._store.state.here
        image = pick(way, state, self._chance)
        if image is None:
            self._store.say("passing", _none_misread(state))
        else:
            self._store.change(image=image, output=None)

    def pick_label(self, label: int | None) -> None:
        """From now on picks only digits of this class (None: all), and shows one."""
        self._store.change(label=label)
        if label is not None and self._store.state.shown_label != label:
            self.pick("next")

    def look_at_specimen(self, **changes: Any) -> None:
        """Changes fields of `State.strange`; whatever is chosen takes the place of the drawing."""
        if "measure" not in changes:
            changes = {"drawn": False} | changes
        self._store.choose("strange", **changes)


def pick(way: str, state: State, chance: random.Random) -> int | None:
    """The number of the digit to show, among those with the chosen label; None for none."""
    labels = state.digits.labels
    wanted = np.ones(len(labels), bool) if state.label is None else labels == state.label
    candidates = np.flatnonzero(wanted)
    if way == "next":
        later = candidates[candidates > state.image]
        return int(later[0] if len(later) else candidates[0])
    if way == "previous":
        earlier = candidates[candidates < state.image]
        return int(earlier[-1] if len(earlier) else candidates[-1])
    if way == "random":
        others = candidates[candidates != state.image]
        return chance.choice(others.tolist()) if len(others) else state.image
    return next(_misread(state, candidates, chance), None)


def _none_misread(state: State) -> str:
    if state.label is None:
        return tr("No test digit is misread now.")
    label = state.named(state.label)
    return tr("No test digit with the label {label} is misread now.", label=label)


def _misread(state: State, candidates: np.ndarray, chance: random.Random) -> Iterator[int]:
    """Digits that the weights on screen get wrong, in random order.

    The last measurement can be older than those weights, so each digit is asked again.
    """
    work, digits = state.seen, state.digits
    if work.measured is not None and work.measured.answers is not None:
        wrong = work.measured.answers[candidates] != digits.labels[candidates]
        candidates = candidates[wrong]
    others = [int(image) for image in candidates if image != state.image]
    chance.shuffle(others)
    for image in others[:MOST_TRIED]:
        verdict = work.look(digits.images[image], digits.classes, state.reading, state.options)
        if verdict.answer != digits.labels[image]:
            yield image
