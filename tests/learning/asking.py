"""Asking made digits, at once."""

import numpy as np

from nnviz.data.digits import Digits, DigitSet, ShownDigits, Source, shape_of
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Found, Question


def answer_to(question: Question[Found], digits: Digits) -> Found:
    """What a question finds."""
    return at_once(question.work(digits, {}))


def names(classes: int) -> tuple[str, ...]:
    return tuple(map(str, range(classes)))


def made_tests(images: np.ndarray, labels: np.ndarray, classes: int = 10) -> ShownDigits:
    """Images (images, inputs) as test digits; every pixel counts as carrying ink."""
    inked = np.ones(images.shape[1], np.bool_)
    shape = shape_of(images.shape[1])
    return ShownDigits(Source(), "made", names(classes), images, labels, inked, labels, shape)


def made_training(images: np.ndarray, labels: np.ndarray) -> DigitSet:
    """Images (images, inputs) to train with, and none to test."""
    return DigitSet(Source(), "made", names(10), images, labels, images[:0], labels[:0])
