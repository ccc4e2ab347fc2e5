"""Labels of any kind as bytes, and what they mean: numbers, words, one column for each class."""

import string
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.catalogue import DATA_SETS
from nnviz.data.forms.content import Numbers
from nnviz.data.idx import DigitsError

HIGHEST = 255
QMNIST_COLUMNS = 8
"""Class, series of the writer, writer, number, and more of NIST's; the class comes first"""
_DIGITS_AND_LETTERS = (*string.digits, *string.ascii_uppercase, *string.ascii_lowercase)
_MERGED = (*string.digits, *string.ascii_uppercase, *"abdefghnqrt")

NAMES: Mapping[str, tuple[str, ...]] = {
    "emnist letters": ("", *string.ascii_lowercase),
    "emnist byclass": _DIGITS_AND_LETTERS,
    "emnist bymerge": _MERGED,
    "emnist balanced": _MERGED,
    "kmnist": ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
    "fashion": DATA_SETS["fashion-mnist"].class_names,
}
"""Words in the names of files and folders -> what the labels 0, 1, ... of that data set mean.
KMNIST's are those of torchvision."""
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NUMBER_WORDS = {word: number for number, word in enumerate(_WORDS)}
_FROM_ONE = {"usps": -1, "32x32": 0}
"""Data sets of digits whose labels go from 1 to 10 -> what is added; 10 becomes 0 (SVHN)"""


def names_for(words: str) -> tuple[str, ...]:
    """What labels mean, by the words in the names of the files; () where nothing is known."""
    told = set(words.split())
    return next((names for key, names in NAMES.items() if set(key.split()) <= told), ())


def alone(labels: Numbers, where: str) -> Numbers:
    """(images,) whole numbers or texts, of labels in one column or several. Raises DigitsError."""
    labels = np.asarray(labels)
    if labels.ndim == 2:
        labels = _of_columns(labels, where)
    if labels.ndim != 1:
        raise DigitsError(
            "{path} holds labels of {count} dimensions; nnviz reads one for each image.",
            path=where,
            count=labels.ndim,
        )
    if labels.dtype.kind in "OSU":
        labels = _of_texts(labels)
    if labels.dtype.kind == "b":
        return labels.astype(np.int64)
    if labels.dtype.kind == "f":
        if not (np.isfinite(labels).all() and np.array_equal(labels, np.rint(labels))):
            raise DigitsError("{path} holds labels that are no whole numbers.", path=where)
        return labels.astype(np.int64)
    return labels


def _of_columns(labels: Numbers, where: str) -> Numbers:
    columns = labels.shape[1]
    if columns == 1:
        return np.asarray(labels[:, 0])
    if labels.dtype.kind in "biuf":
        ones = np.count_nonzero(labels == 1, axis=1), np.count_nonzero(labels, axis=1)
        if (ones[0] == 1).all() and (ones[1] == 1).all():
            return np.asarray(labels.argmax(axis=1))
        if columns == QMNIST_COLUMNS and labels.dtype.kind in "iu":
            return np.asarray(labels[:, 0])
    raise DigitsError(
        "{path} holds {columns} columns of labels; nnviz reads one, or one of 0 and 1 for each "
        "class.",
        path=where,
        columns=columns,
    )


def _of_texts(labels: Numbers) -> Numbers:
    """Texts without blanks around them; numbers where all are whole numbers, such as 5 or 5.0."""
    texts = [
        each.decode("utf-8", "replace").strip() if isinstance(each, bytes) else str(each).strip()
        for each in labels.tolist()
    ]
    if {text.lower() for text in texts} <= NUMBER_WORDS.keys():
        return np.array([NUMBER_WORDS[text.lower()] for text in texts], np.int64)
    known: dict[str, int] = {}
    for text in set(texts):
        try:
            number = float(text)
        except ValueError:
            return np.array(texts)
        if not number.is_integer():
            return np.array(texts)
        known[text] = int(number)
    return np.array([known[text] for text in texts], np.int64)


def meant(
    parts: Sequence[Numbers], names: Sequence[str], words: str, where: str
) -> tuple[list[Bytes], tuple[str, ...]]:
    """The labels of all parts as bytes, and what 0, 1, ... mean; () where they mean themselves.

    `names`: what a file says they mean; `words`: those of the files' names. Raises DigitsError.
    """
    texts = any(part.dtype.kind == "U" for part in parts)
    if not texts:
        parts = _from_nought(parts, words)
    values: list[Any] = sorted({each for part in parts for each in _listed(part, texts)})
    as_bytes = not texts and values[0] >= 0 and values[-1] <= HIGHEST
    if as_bytes and not (names and values[-1] >= len(names)):
        told = tuple(names) or names_for(words)
        fits = values[-1] < len(told)
        return [part.astype(np.uint8) for part in parts], told if fits else ()
    if len(values) > HIGHEST:
        raise DigitsError(
            "{path} names {count} classes, which are too many.", path=where, count=len(values)
        )
    places = {value: place for place, value in enumerate(values)}
    found = [np.array([places[each] for each in _listed(part, texts)], np.uint8) for part in parts]
    return found, tuple(str(value) for value in values)


def _listed(labels: Numbers, texts: bool) -> list[Any]:
    return [str(each) for each in labels.tolist()] if texts else labels.tolist()


def _from_nought(parts: Sequence[Numbers], words: str) -> Sequence[Numbers]:
    """Digits 0 to 9 where a data set is known to count its classes from 1 to 10."""
    added = next((each for word, each in _FROM_ONE.items() if word in words.split()), None)
    if added is None or any(len(part) and (part.min() < 1 or part.max() > 10) for part in parts):
        return parts
    return [(part + added) % 10 for part in parts]
