"""Keeps the rows of studies that were run here as those that come with the program.

`nnviz study the-blog --results blog.sqlite`, then `python -m tests.studies blog.sqlite`; then
`python -m tests.help` writes the pages that quote them. Rows of trials that are there already are
replaced only with `--anew`.
"""

import argparse
import sys
from pathlib import Path

from nnviz.study.files import digest_of_study, load_study, presets, study_from
from nnviz.study.shipped import FOUND, lines_of, rows_in
from nnviz.study.store import create_or_open, study_in
from nnviz.study.table import table_of
from nnviz.writing import write


def main() -> int:
    """Keeps the rows of each file, and prints what they say; -> 1 where a file is of no preset."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies", description=__doc__)
    parser.add_argument("results", type=Path, nargs="+", help="files of `nnviz study --results`")
    parser.add_argument("--anew", action="store_true", help="forgets the rows kept before")
    asked = parser.parse_args()
    kept = [keep(path, asked.anew) for path in asked.results]
    return 0 if all(kept) else 1


def keep(path: Path, anew: bool) -> bool:
    """Whether the rows of a file belong to a preset, and are kept."""
    own = study_from(study_in(path))
    known = {digest_of_study(load_study(file)): word for word, file in presets().items()}
    word = known.get(digest_of_study(own))
    if word is None:
        print(f"{path}: {own.name} decides other numbers than any preset", file=sys.stderr)
        return False
    study, target = load_study(presets()[word]), FOUND / f"{word}.jsonl"
    before = rows_in(target) if target.exists() and not anew else ()
    rows = {(row.condition, row.trial): row for row in create_or_open(own, path).rows()}
    rows |= {(row.condition, row.trial): row for row in before}
    write(target, lines_of(study, rows.values()))
    print(f"{word}: {len(rows)} rows. {table_of(study, list(rows.values())).sentence}")
    return True


if __name__ == "__main__":
    sys.exit(main())
