"""The table of answers, read back by Python's own reader."""

import csv
import io

import numpy as np

from nnviz.questions.judged import Judged, answers_csv
from nnviz.verdicts.answers import NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS


def judged(answers):
    images = len(answers)
    confidence = np.linspace(0, 1, images).astype(np.float32)
    shares = np.full((images, 2), 0.5, np.float32)
    given = np.array(answers, np.int8)
    return Judged(given, confidence, shares, None)


def test_a_line_holds_what_every_network_says():
    labels = np.array([1, 0, 1, 0], np.uint8)
    names = ('a "cat", or so', "dog")
    said = {"one": judged([0, 1, 1, NOT_A_DIGIT]), "two": judged([1, 1, 0, 0])}
    content = answers_csv([3, 1], labels, names, said).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["index"] for row in rows] == ["3", "1"]
    assert [row["label"] for row in rows] == [names[0], names[0]]
    assert [row["one"] for row in rows] == [NOT_A_DIGIT_IN_WORDS, "dog"]
    assert [row["two"] for row in rows] == [names[0], "dog"]
    assert float(rows[0]["one confidence"]) == 1
    assert abs(float(rows[1]["two confidence"]) - 1 / 3) < 1e-4


def test_the_picture_of_a_digit_is_named():
    labels, said = np.array([1, 0], np.uint8), {"one": judged([0, 1])}
    content = answers_csv([1, 0], labels, ("cat", "dog"), said, ("7/a.png", "b, c.png")).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["index"], row["file"]) for row in rows] == [("1", "b, c.png"), ("0", "7/a.png")]
    without = answers_csv([1], labels, ("cat", "dog"), said).decode()
    assert without.splitlines()[0] == "index,label,one,one confidence"
