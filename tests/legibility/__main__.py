"""Walks every page and view in every size, theme and mode, and tells what cannot be read.

`python -m tests.legibility` prints a table of faults by kind and examples; exit status 1 if there
are any. `--quick`: two sizes, without larger type.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QSettings
from rich.console import Console
from rich.table import Table

from nnviz.ui.app.application import make_application
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from tests.gallery.collecting import opened_window
from tests.legibility.measuring import faults
from tests.legibility.rules import KINDS, Fault, told_apart
from tests.legibility.walking import ONCE, SIZES, modes, visits

Place = tuple[str, str, str]
"""Page, view and kind of mode."""
Found = dict[Place, dict[Fault, list[str]]]
"""-> fault -> names of the modes that have it."""


def main() -> int:
    """Prints the table; -> 1 if there is a fault."""
    asked, begun = _asked(), time.process_time()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        make_application()
        QSettings.setPath(QSettings.defaultFormat(), QSettings.Scope.UserScope, folder)
        window = opened_window()
        window.show_film(False)
        found = walked(window, asked)
        window.close()
    alike = list(told_apart())
    seconds = time.process_time() - begun
    _print(found, alike, asked.examples)
    count = sum(len(each) for each in found.values()) + len(alike)
    Console().print(f"{count} faults; {seconds:.0f} s of processor")
    if asked.json is not None:
        asked.json.write_text(json.dumps(_plain(found), indent=1), encoding="utf-8")
    return 1 if count else 0


def walked(window: Window, asked: argparse.Namespace) -> Found:
    """What is found where."""
    found: Found = {}
    sizes = asked.sizes or ((ONCE, SIZES[0]) if asked.quick else SIZES)
    for mode in modes(sizes, asked.quick):
        if asked.modes and mode.kind not in asked.modes:
            continue
        for visit in visits(window, mode, asked.pages):
            here = found.setdefault((visit.page, visit.view, mode.kind), {})
            for fault in faults(window, mode):
                _note(here, fault, mode.name)
    return found


def _note(here: dict[Fault, list[str]], fault: Fault, mode: str) -> None:
    """The same text once, with what was measured first."""
    known = next(
        (each for each in here if (each.kind, each.text) == (fault.kind, fault.text)), fault
    )
    here.setdefault(known, []).append(mode)


def _print(found: Found, alike: list[Fault], examples: int) -> None:
    console = Console(width=150)
    table = Table(*("page", "view", "mode"), *KINDS)
    for place, faulty in found.items():
        counts = Counter(fault.kind for fault in faulty)
        if counts:
            table.add_row(*place, *(str(counts[kind] or "") for kind in KINDS))
    totals = Counter(fault.kind for faulty in found.values() for fault in faulty)
    table.add_row("all", "", "", *(str(totals[kind]) for kind in KINDS))
    console.print(table)
    for (page, view, kind), faulty in found.items():
        shown: Counter[str] = Counter()
        for fault, where in faulty.items():
            shown[fault.kind] += 1
            if shown[fault.kind] <= examples:
                line = f"{page} {view} {kind}: {fault.kind}: {fault.text[:70]!r}: {fault.found}"
                sys.stdout.write(f"{line} ({where[0]}; {len(where)} modes)\n")
    for fault in alike:
        sys.stdout.write(f"alike: {fault.text}: {fault.found}\n")


def _plain(found: Found) -> list[dict[str, object]]:
    return [
        {
            "page": page,
            "view": view,
            "mode": kind,
            "kind": fault.kind,
            "text": fault.text,
            "found": fault.found,
            "modes": where,
        }
        for (page, view, kind), faulty in found.items()
        for fault, where in faulty.items()
    ]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.legibility", description=__doc__)
    parser.add_argument("--sizes", nargs="+", metavar="WxH", default=())
    parser.add_argument("--pages", nargs="+", choices=[kind.id for kind in PAGES], default=())
    parser.add_argument("--modes", nargs="+", choices=("window", "lecture", "scene"), default=())
    parser.add_argument("--quick", action="store_true", help="Two sizes, type as large as usual.")
    parser.add_argument("--examples", type=int, default=3, metavar="N", help="Of each kind.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="All faults, and where.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
