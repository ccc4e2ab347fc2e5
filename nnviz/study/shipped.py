"""The rows that come with the program: what the presets found before anybody ran them here.

A file of JSON lines a study: what it is first, then a row a line. `python -m tests.studies`
writes them.
"""

import base64
import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from nnviz.paths import RESOURCES
from nnviz.study.files import digest_of_study
from nnviz.study.plan import Study
from nnviz.study.rows import Outcome, Row

FOUND = RESOURCES / "studies" / "found"


@cache
def shipped_rows(study: Study) -> tuple[Row, ...]:
    """The rows of trials that decide the same numbers as those of a study; none where nobody has
    run it."""
    wanted = digest_of_study(study)
    for path in sorted(FOUND.glob("*.jsonl")):
        if _head(path)["digest"] == wanted:
            return rows_in(path)
    return ()


def rows_in(path: Path) -> tuple[Row, ...]:
    """All rows of a file that comes with the program."""
    lines = path.read_text("utf-8").splitlines()
    return tuple(_row(json.loads(line)) for line in lines[1:])


def _head(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        return dict(json.loads(file.readline()))


def _row(record: dict[str, Any]) -> Row:
    outcomes = {
        name: Outcome(
            **found
            | {
                "tested": tuple(found["tested"]),
                "errors": tuple(found["errors"]),
                "right": zlib.decompress(base64.b64decode(found["right"])),
            }
        )
        for name, found in record["outcomes"].items()
    }
    return Row(**record | {"outcomes": outcomes})
