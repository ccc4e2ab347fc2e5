"""Measures the live loop: what of an epoch is measuring, and how soon commands are heard."""

import sys
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from tests.speed.digit_folders import folder_of
from tests.speed.revisions import Revision
from tests.speed.rounds import ratios
from tests.speed.row import Row
from tests.speed.sides import PRESENT, Failed, Side, adapter_of, in_turn

DESIGNS = {
    "ten-outputs": "ten outputs",
    "one-vs-rest": "one-vs-rest",
    "all-pairs": "45 pairs",
    "elimination": "elimination",
}
CHEAPER = {"ten-outputs": 2.0, "one-vs-rest": 2.5, "all-pairs": 2.5, "elimination": 8.0}
"""How many times cheaper a point of the curves must be than the other revision's."""
MOST_MEASURING = 30.0
"""Percent."""
FEWEST_POINTS = 4
LOOK = 10.0
"""Milliseconds between two looks for commands, for 99 of 100."""
LOOKED_AT = 3.0
"""Seconds of an epoch of the other revision above which one round of it must do: its share is
stated, and no limit depends on it."""
Live = dict[str, list[dict[str, Any]]]


def live_rows(home: Path, rounds: int, against: Revision | None) -> list[Row]:
    """Points, then epochs, each in turn with the other revision."""
    mnist = folder_of("mnist", home)
    if mnist is None:
        measured = "the live loop over 60,000 digits"
        return [Row("live", measured, "-", "%", (), note="NNVIZ_DATA/mnist is not there")]
    rows = []
    with _Sides(against) as sides:
        if against is not None:
            rows += [_point(design, sides, mnist, rounds) for design in DESIGNS]
        for design in DESIGNS:
            rows += _epochs(design, sides, mnist, rounds)
    return rows


class _Sides(dict[str, Side]):
    """The processes that are measured in turn."""

    def __init__(self, against: Revision | None) -> None:
        super().__init__({PRESENT: Side(PRESENT, "present")})
        if against is not None:
            self[against.short] = Side(against.short, adapter_of(against), against)

    def __enter__(self) -> "_Sides":
        return self

    def __exit__(self, *_: object) -> None:
        for side in self.values():
            side.close()


def _point(design: str, sides: _Sides, mnist: str, rounds: int) -> Row:
    today = next(name for name in sides if name != PRESENT)
    name, measured = f"point-{design}", f"a point of the curves over 15,000 digits, {design}"
    taken: dict[str, list[float]] = {name: [] for name in sides}
    try:
        for side in sides.values():
            side.make(name, "points", settings={"design": design}, digits=mnist)
        for turn in range(rounds + 1):
            for one in in_turn(list(sides), turn):
                seconds = sides[one].learn(name, 1)["processor"]
                if turn:
                    taken[one].append(1000 * seconds)
        for side in sides.values():
            side.drop(name)
    except Failed as error:
        return Row(name, measured, today, "x", (), CHEAPER[design], True, note=str(error))
    ours, theirs = median(taken[PRESENT]), median(taken[today])
    return Row(
        name,
        measured,
        today,
        "x",
        ratios(taken[today], taken[PRESENT]),
        CHEAPER[design],
        at_least=True,
        note=f"{ours:,.1f} against {theirs:,.1f} ms",
    )


def _epochs(design: str, sides: _Sides, mnist: str, rounds: int) -> list[Row]:
    found: Live = {name: [] for name in sides}
    failed: dict[str, str] = {}
    for name, side in sides.items():
        try:
            side.make("live", "live", settings={}, digits=mnist)
            if name == PRESENT:
                side.ask("live", design)  # what is compiled is compiled now
        except Failed as error:
            failed[name] = str(error)
    for turn in range(rounds):
        for name in in_turn([name for name in sides if name not in failed], turn):
            so_far = found[name]
            if name == PRESENT or not so_far or so_far[0]["whole"] < LOOKED_AT:
                so_far.append(sides[name].ask("live", design))
    for side in sides.values():
        side.drop("live")
    return _rows_of(design, found, failed)


def _rows_of(design: str, found: Live, failed: dict[str, str]) -> list[Row]:
    label = DESIGNS[design]
    told = f"a live first epoch of 60,000 digits at full speed, {label}"
    ours = found[PRESENT]
    points = min((each["points"] for each in ours), default=0)
    notes = [f"{points} points", *(f"{name}: {_share_in_words(found[name])}" for name in found)]
    notes += [f"{name}: {why}" for name, why in failed.items()]
    notes = [each for each in notes if not each.endswith(": ")]
    shares = [100 * (1 - each["learning"] / each["whole"]) for each in ours]
    if points < FEWEST_POINTS:
        notes.append(f"fewer than {FEWEST_POINTS} points")
    return [
        Row(
            f"share-{design}",
            f"measuring in {told}",
            "learning plus measuring",
            "%",
            shares,
            MOST_MEASURING if points >= FEWEST_POINTS else 0.0,
            note="; ".join(notes),
        ),
        Row(
            f"looks-{design}",
            f"processor time between two looks for commands, p99, in {told}",
            "-",
            "ms",
            [_p99(each["looks"]) for each in ours],
            LOOK,
            note="; ".join(
                f"{name}: p99 {_p99(looks):.1f}, longest {max(looks):.1f} ms"
                for name, each in found.items()
                if (looks := list(chain.from_iterable(one["looks"] for one in each)))
            ),
        ),
    ]


def _share_in_words(epochs: list[dict[str, Any]]) -> str:
    if not epochs:
        return ""
    learning = median(each["learning"] for each in epochs)
    whole = median(each["whole"] for each in epochs)
    share, points = 1 - learning / whole, epochs[0]["points"]
    rounds = "" if len(epochs) > 1 else ", one round"
    return f"{learning:.2f} of {whole:.2f} s, {share:.0%} measuring, {points} points{rounds}"


def _p99(looks: list[float]) -> float:
    return quantiles(looks, n=100, method="inclusive")[-1] if len(looks) > 1 else sys.float_info.max
