"""The table twin of a picture: what it shows as headings and rows, for screen readers, the
clipboard and files."""

import csv
import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnviz.words import tr

Value = str | int | float | None
"""What stands in a place; None: nothing is known."""
SHOWN = tr("what is shown")
"""Over what a picture says of its parts, where it has no numbers."""
NAME, DESIGN, DIGITS = tr("name"), tr("design"), tr("digits")
MEAN, LOW, HIGH, TRIALS = tr("mean"), tr("from"), tr("to"), tr("single trials")
DEVIATION, STARTS, PARAMETERS = tr("standard deviation"), tr("starts"), tr("parameters")
SAID, RIGHT, ACCURACY = tr("said"), tr("share right"), tr("accuracy")
ANSWERED = tr("share answered")
EPOCH, TEST, TRAINING = tr("epoch"), tr("test digits"), tr("training digits")
TRUE_CLASS = tr("true class")
STEP, ANSWER, SUPPORT = tr("step"), tr("answer"), tr("support")
BITS_APART, EVENLY = tr("bits apart"), tr("if spread evenly")
FIRES = tr("fires")
"""Headings that several tables have"""
TABLE = '<table border="1" cellspacing="0" cellpadding="3">{rows}</table>'


@dataclass(frozen=True)
class Twin:
    """Headings, and rows of as many values."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def lines(self) -> Iterable[tuple[str, ...]]:
        """All of it as texts, the headings first."""
        yield self.headings
        for row in self.rows:
            yield tuple(map(_text, row))

    def csv(self) -> bytes:
        """The content of a CSV file: numbers with a point, whatever the language."""
        content = io.StringIO()
        csv.writer(content, lineterminator="\n").writerows(self.lines())
        return content.getvalue().encode()

    def tabbed(self) -> str:
        """As a spreadsheet takes it from the clipboard."""
        return "\n".join("\t".join(map(_one_line, line)) for line in self.lines()) + "\n"

    def html(self) -> str:
        """As a text program takes it from the clipboard."""
        head, *rows = self.lines()
        lines = [_html_line("th", head), *(_html_line("td", row) for row in rows)]
        return TABLE.format(rows="".join(lines))


def twin_of(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Twin:
    """From any values, those of numpy among them."""
    return Twin(tuple(headings), tuple(tuple(map(_plain, row)) for row in rows))


def in_words(said: Iterable[str]) -> Twin | None:
    """Of a picture without numbers: what is read out of its parts; None of nothing."""
    rows = [(each,) for each in said if each]
    return twin_of((SHOWN,), rows) if rows else None


def points_of(curves: Iterable[tuple[str, Any, Any]], headings: Sequence[str]) -> Twin:
    """Of curves, each a name with the numbers across and up: a row for each point."""
    return twin_of(
        headings,
        ((name, x, y) for name, across, up in curves for x, y in zip(across, up, strict=True)),
    )


def _plain(value: Any) -> Value:
    found: Value = value.item() if isinstance(value, np.generic) else value
    return found


def _text(value: Value) -> str:
    if isinstance(value, float):
        return repr(value)
    return "" if value is None else str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _html_line(tag: str, line: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{html.escape(each)}</{tag}>' for each in line)}</tr>"
