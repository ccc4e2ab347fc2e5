"""Rows from what stands in a file of results, which anybody may have damaged or written: whatever
the table, the figures and the reports take for granted is looked at here."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from nnviz.study.rows import Outcome, Row

LARGEST = 2**53
"""Up to here whole numbers are exact as float64"""
WHOLE = ("updates", "sub_updates", "models", "parameters")
TEXTS = ("condition", "finished", "digest", "engine", "processor", "device")


def rows_from(found: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Rows by the names of the columns. Raises ValueError, TypeError, KeyError, AttributeError or
    RecursionError where one is none, or where they are not of one study."""
    rows = [_row(each) for each in found]
    # trials of one study ask about the same classes
    if len({len(each.tested) for row in rows for each in row.outcomes.values()}) > 1:
        raise ValueError("several numbers of classes")
    return rows


def _row(named: Mapping[str, Any]) -> Row:
    outcomes = {str(name): _outcome(each) for name, each in _table(named["outcomes"]).items()}
    if len({each.tested for each in outcomes.values()}) > 1:
        raise ValueError("schemes that were asked about different images")
    return Row(
        **{name: _text(named[name]) for name in TEXTS},
        trial=_whole(named["trial"]),
        learned=_whole(named["learned"]),
        thinned=bool(_whole(named["thinned"])),
        seconds=_number(named["seconds"]),
        versions=_texts(named["versions"]),
        kept=_texts(named["kept"]),
        outcomes=outcomes,
    )


def _outcome(found: Mapping[str, Any]) -> Outcome:
    if set(found) != {each.name for each in fields(Outcome)}:
        raise ValueError("an outcome with other parts")
    tested = tuple(map(_whole, found["tested"]))
    errors = tuple(map(_whole, found["errors"]))
    right = bytes.fromhex(found["right"])
    if not tested or len(errors) != len(tested) or len(right) != -(-sum(tested) // 8):
        raise ValueError("an outcome whose parts do not fit together")
    accuracy = _number(found["accuracy"])
    if not 0 <= accuracy <= 1 or any(map(int.__gt__, errors, tested)):
        raise ValueError("shares above one")
    return Outcome(
        accuracy=accuracy,
        tested=tested,
        errors=errors,
        right=right,
        seconds=_number(found["seconds"]),
        multiply_adds=_number(found["multiply_adds"]),
        figures={str(name): _number(each) for name, each in found["figures"].items()},
        **{name: _whole(found[name]) for name in WHOLE},
    )


def _table(text: object) -> dict[str, Any]:
    return dict(json.loads(_text(text)))


def _texts(text: object) -> dict[str, str]:
    return {name: _text(each) for name, each in _table(text).items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode()  # half a pair of UTF-16 can be written nowhere
    return value


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise TypeError("no whole number")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError("no number")
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError("a number beyond all that is measured")
    return float(value)
