"""Measures the start of the window and how soon the Mistakes page shows something.

Each round starts the whole program, of one revision and then of the other.
"""

from pathlib import Path
from statistics import median

import psutil

from nnviz.networks.designs import DESIGNS
from tests.speed.children import processor_time
from tests.speed.digit_folders import folder_of
from tests.speed.revisions import Revision
from tests.speed.rounds import ratios
from tests.speed.row import Row
from tests.speed.sides import PRESENT, Failed, in_turn
from tests.speed.window_sides import homes, open_window, revisions

FILLED = 0.7
"""Of the other revision's processor time."""
JUDGED = 0.5
"""Seconds of processor time for all designs."""
FIRST = 0.2
"""Seconds until the first design is judged."""
Found = dict[str, list[float]]


def opening_rows(home: Path, rounds: int, against: Revision | None) -> list[Row]:
    """Starts, each followed by a visit of the Mistakes page."""
    sides = revisions(against)
    mnist = folder_of("mnist", home)
    found: dict[str, Found] = {name: {} for name in sides}
    failed: dict[str, str] = {}
    with homes(against) as folders:
        for turn in range(rounds + 1):  # the first one compiles what is imported
            for name in in_turn([name for name in sides if name not in failed], turn):
                try:
                    taken = _visit(sides[name], folders[name], mnist)
                except Failed as error:
                    failed[name] = str(error)
                    continue
                for what, value in taken.items() if turn else ():
                    found[name].setdefault(what, []).append(value)
    return _rows(found, failed, "10,000 MNIST digits" if mnist else "the 1,000 bundled digits")


def _visit(revision: Revision, home: Path, mnist: str | None) -> dict[str, float]:
    words = ["--data", mnist] if mnist else []
    child, opened = open_window(revision, home, *words)
    with child:
        child.ask("ready")
        pids = child.ask("networks")["pids"]
        processes = [psutil.Process(pid) for pid in pids]
        used = processor_time(processes)
        before = child.ask("report")["moment"]
        first = child.ask("mistakes")["moment"] - before
        child.ask("judged")
        judged = processor_time(processes) - used
    return opened | {"judged": judged, "first": first}


def _rows(found: dict[str, Found], failed: dict[str, str], digits: str) -> list[Row]:
    ours = found[PRESENT]
    judged = f"{digits} judged by all {len(DESIGNS)} designs after the Mistakes page opens"
    rows = [
        _opened(found, failed, "filled", "the window is filled", FILLED),
        _opened(found, failed, "curves", "its curves are there too", None),
    ]
    for name, measured, unit, limit in (
        ("judged", f"{judged}: processor time of all processes", "s", JUDGED),
        ("first", f"{judged}: until the first design is judged, by the clock", "s", FIRST),
    ):
        notes = [f"{other}: {median(each[name]):.2f} s" for other, each in found.items() if each]
        rows.append(
            Row(f"opening-{name}", measured, "-", unit, ours[name], limit, note="; ".join(notes))
        )
    return rows


def _opened(
    found: dict[str, Found], failed: dict[str, str], name: str, until: str, limit: float | None
) -> Row:
    ours = found[PRESENT][name]
    measured = f"start of the program until {until}: processor time of the window"
    for other, each in found.items():
        if other != PRESENT and each:
            theirs = each[name]
            note = f"{median(ours):.2f} against {median(theirs):.2f} s"
            return Row(name, measured, other, "x", ratios(ours, theirs), limit, note=note)
    return Row(name, measured, "-", "s", ours, note="; ".join(failed.values()))
