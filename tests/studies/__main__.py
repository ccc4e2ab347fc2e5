"""Keeps what trials found here as the rows that come with the program.

`nnviz study the-blog --results blog.sqlite`, then `python -m tests.studies blog.sqlite`; then
`python -m tests.help --picture` writes the pages that quote them. A study that has only some of
a preset's schemes or conditions adds to its rows: the same seeds give the same networks, whatever
else is asked. What is kept already is replaced only with `--anew`.
"""

import argparse
import base64
import dataclasses
import json
import sys
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nnviz.study.files import digest_of_study, load_study, presets, study_from
from nnviz.study.plan import SchemeEntry, Study
from nnviz.study.rows import Outcome, Row
from nnviz.study.shipped import FOUND, rows_in
from nnviz.study.store import create_or_open, study_in
from nnviz.study.table import table_of
from nnviz.writing import write


def main() -> int:
    """Keeps the rows of each file, and prints what they say; -> 1 where a file adds to none."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies", description=__doc__)
    parser.add_argument("results", type=Path, nargs="+", help="files of `nnviz study --results`")
    parser.add_argument("--anew", action="store_true", help="forgets the rows kept before")
    asked = parser.parse_args()
    stores = [_opened(path) for path in asked.results]
    idle = set(asked.results)
    for word, path in presets().items():
        study, target = load_study(path), FOUND / f"{word}.jsonl"
        kept = rows_in(target) if target.exists() and not asked.anew else ()
        found = {(row.condition, row.trial): row for row in kept}
        for name, (own, rows) in zip(asked.results, stores, strict=True):
            if adds(study, own, rows, found):
                idle.discard(name)
        if found and tuple(found.values()) != kept:
            write(target, lines_of(study, found.values()))
            print(f"{word}: {len(found)} rows. {table_of(study, list(found.values())).sentence}")
    for name in sorted(idle):
        print(f"{name} adds to no preset", file=sys.stderr)
    return int(bool(idle))


def adds(study: Study, own: Study, rows: Iterable[Row], found: dict[tuple[str, int], Row]) -> bool:
    """Whether rows of another study hold schemes that this one asks as well; adds them."""
    shared = same_schemes(study, own)
    conditions = {each.word for each in study.conditions}
    added = False
    for row in rows:
        outcomes = {name: row.outcomes[its] for name, its in shared.items() if its in row.outcomes}
        if row.condition in conditions and outcomes:
            place = row.condition, row.trial
            found[place] = _joined(study, found.get(place), row, outcomes)
            added = True
    return added


def same_schemes(study: Study, own: Study) -> Mapping[str, str]:
    """Name of a scheme of one study -> that of the scheme of the other one which is the same."""
    if _ground(study) != _ground(own):
        return {}
    known = {_decided(own, each): each.name for each in own.schemes}
    return {
        each.name: known[_decided(study, each)]
        for each in study.schemes
        if _decided(study, each) in known
    }


def _ground(study: Study) -> object:
    """What all schemes of a study share."""
    digits = dataclasses.replace(study.digits, folder="", shares=(), counts=())
    return digits, study.network, study.seed, study.measure, set(study.called), study.device


def _decided(study: Study, entry: SchemeEntry) -> object:
    """What decides the numbers of a scheme besides."""
    base = (study.hidden, study.learning) if entry.trunk != "scratch" else None
    first = study.schemes[0] if entry.equal_parameters else None
    hidden = entry.hidden or study.hidden
    plain = dataclasses.replace(entry, name="", hidden=hidden, learning=())
    return plain, study.learning_of(entry), base, first


def _joined(study: Study, kept: Row | None, row: Row, outcomes: Mapping[str, Outcome]) -> Row:
    if kept is None:
        return dataclasses.replace(row, outcomes=_ordered(study, outcomes), kept={})
    assert (kept.digest, kept.engine) == (row.digest, row.engine), "other images, or other engines"
    return dataclasses.replace(kept, outcomes=_ordered(study, {**outcomes, **kept.outcomes}))


def _ordered(study: Study, outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    return {each.name: outcomes[each.name] for each in study.schemes if each.name in outcomes}


def lines_of(study: Study, rows: Iterable[Row]) -> bytes:
    """What stands in the file of a study."""
    ordered = sorted(rows, key=lambda row: (row.condition, row.trial))
    head = {"name": study.name, "digest": digest_of_study(study)}
    return "".join(json.dumps(each) + "\n" for each in [head, *map(_record, ordered)]).encode()


def _record(row: Row) -> dict[str, Any]:
    record = dataclasses.asdict(row) | {"kept": {}}
    for outcome in record["outcomes"].values():
        # most bits are ones: packed, it is a third
        outcome["right"] = base64.b64encode(zlib.compress(outcome["right"], 9)).decode()
    return record


def _opened(path: Path) -> tuple[Study, list[Row]]:
    own = study_from(study_in(path))
    return own, create_or_open(own, path).rows()


if __name__ == "__main__":
    sys.exit(main())
