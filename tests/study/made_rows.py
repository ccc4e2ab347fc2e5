"""Rows of a study that nobody worked out: accuracies are given, all else is drawn to fit."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nnviz.study.plan import SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Outcome, Row, packed

TESTED = (40, 30, 30)
"""Test images of each class"""
LABELS = np.repeat(np.arange(3), TESTED)


def made_study(*names: str, shares: tuple[float, ...] = (1.0,), **fields: Any) -> Study:
    """A study of schemes with these names."""
    entries = tuple(SchemeEntry(name, "ten-outputs") for name in names)
    digits = StudyDigits(classes=("0", "1", "2"), shares=shares)
    return Study(**{"name": "made", "question": "?", "schemes": entries, "digits": digits} | fields)


def made_outcome(right: int, chance: np.random.Generator, **fields: Any) -> Outcome:
    """So many of the test images, drawn, are answered rightly."""
    hits = np.zeros(len(LABELS), bool)
    hits[chance.permutation(len(LABELS))[:right]] = True
    errors = np.bincount(LABELS[~hits], minlength=len(TESTED))
    usual: dict[str, Any] = {
        "accuracy": right / len(LABELS),
        "tested": TESTED,
        "errors": tuple(errors.tolist()),
        "right": packed(hits),
        "seconds": 1.5,
        "updates": 12,
        "sub_updates": 0,
        "models": 1,
        "parameters": 1000,
        "multiply_adds": 2000.0,
    }
    return Outcome(**usual | fields)


def made_rows(
    right: Mapping[str, Sequence[int]], condition: str = "1", seed: int = 0, **fields: Any
) -> list[Row]:
    """Of one condition: name of each scheme -> how many images were right, trial by trial."""
    chance = np.random.default_rng(seed)
    usual: dict[str, Any] = {
        "learned": 30,
        "digest": "train-test",
        "thinned": True,
        "engine": "numba 0.68.1",
        "processor": "a processor",
        "device": "cpu",
        "versions": {"nnviz": "0.1.0", "numpy": "2.4.6"},
        "seconds": 3.0,
        "finished": "2026-11-30T12:00:00Z",
    }
    return [
        Row(
            condition=condition,
            trial=trial,
            outcomes={
                name: made_outcome(count, chance) for name, count in zip(right, counts, strict=True)
            },
            **usual | fields,
        )
        for trial, counts in enumerate(zip(*right.values(), strict=True), 1)
    ]
