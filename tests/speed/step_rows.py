"""Measures learning steps: of the working tree, of another revision, and of the usual ways."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from nnviz.data.digits import bundled_digits
from tests.speed.digit_folders import folder_of
from tests.speed.revisions import NotThere, Revision, python_of
from tests.speed.rounds import Timings, ratios
from tests.speed.row import Row
from tests.speed.sides import PRESENT, Failed, Side, adapter_of, in_turn
from tests.speed.steps import HEADS, STEPS, TWO_THREADS, Peer, Step

PEER_PACKAGE = "neural-network-digits==1.2.2"
MINE = "measured"
"""Name under which a side keeps what it is measured with."""


@dataclass(frozen=True)
class Measured:
    """How long a step of each side took, round by round, in microseconds of processor time."""

    step: Step
    taken: Timings
    failed: Mapping[str, str] = field(default_factory=dict)
    """Side -> why it was not measured"""


def step_rows(
    home: Path, rounds: int, cache: Path, against: Revision | None
) -> tuple[list[Row], list[Measured]]:
    """All kinds of steps, one after the other; within one all sides in turn."""
    with ExitStack() as open_sides:
        sides = {PRESENT: open_sides.enter_context(Side(PRESENT, "present"))}
        if against is not None:
            then = Side(against.short, adapter_of(against), against)
            sides[against.short] = open_sides.enter_context(then)
        peers = _Peers(open_sides, home, cache)
        found = [_measured(step, sides, peers, home, rounds) for step in STEPS]
        rows = [_two_threads(step, sides[PRESENT], rounds) for step in STEPS if step.threads]
    for each in found:
        if against is not None:
            today = _against_today(each, against.short)
            rows.append(replace(today, table="another revision"))
        elif not each.step.peers:
            rows.append(_alone(each))
    for each in found:
        peers_rows = [_against_peer(each, peer) for peer in each.step.peers]
        rows += [replace(row, table="peers") for row in peers_rows]
    return rows, found


class _Peers:
    """The processes of peers, begun when they are first needed."""

    def __init__(self, open_sides: ExitStack, home: Path, cache: Path) -> None:
        self._open_sides, self._home, self._cache = open_sides, home, cache
        self._sides: dict[str, Side | str] = {}

    def side(self, peer: Peer) -> Side:
        """The process of a peer. Raises Failed."""
        adapter = "nn_digits" if peer.way == "train_step" else "peers"
        if adapter not in self._sides:
            self._sides[adapter] = self._begun(adapter)
        side = self._sides[adapter]
        if isinstance(side, str):
            raise Failed(side)
        return side

    def _begun(self, adapter: str) -> Side | str:
        """Its process, or why there is none."""
        try:
            python = _peer_python(self._cache) if adapter == "nn_digits" else None
            return self._open_sides.enter_context(Side(adapter, adapter, python=python))
        except (NotThere, Failed) as error:
            return str(error)

    def digits(self, peer: Peer, step: Step) -> str:
        """What it is given: a package that is not ours reads no folder of ours."""
        if peer.way != "train_step":
            return step.digits
        file = self._home / "bundled.npz"
        if not file.exists():
            digits = bundled_digits()
            np.savez(file, images=digits.train_images, labels=digits.train_labels)
        return str(file)


def _peer_python(cache: Path) -> Path:
    """An interpreter that has neural-network-digits. Raises NotThere."""
    environment = cache / PEER_PACKAGE.replace("==", "-")
    python = python_of(environment)
    if not (environment / "complete").is_file():
        install = ["uv", "pip", "install", "--quiet", "--python", str(python), PEER_PACKAGE]
        for words in (["uv", "venv", "--quiet", "--clear", str(environment)], install):
            try:
                subprocess.run(words, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError):
                raise NotThere(f"{PEER_PACKAGE} is not at hand") from None
        (environment / "complete").touch()
    return python


def _measured(
    step: Step, sides: Mapping[str, Side], peers: _Peers, home: Path, rounds: int
) -> Measured:
    failed: dict[str, str] = {}
    turns: dict[str, tuple[Side, str, int]] = {}
    folder = folder_of(step.digits, home)
    if folder is None:
        return Measured(step, {}, {PRESENT: f"the digits {step.digits} are not at hand"})
    with _made(turns):
        for name, side in sides.items():
            try:
                side.make(MINE, "steps", settings=step.settings, digits=folder, cores=1)
                turns[name] = (side, MINE, step.steps)
            except Failed as error:
                failed[name] = str(error)
        for peer in step.peers:
            try:
                side = peers.side(peer)
                given: dict[str, Any] = {"settings": step.settings}
                side.make(peer.way, peer.way, digits=peers.digits(peer, step), **given)
                turns[peer.way] = (side, peer.way, peer.steps)
            except Failed as error:
                failed[peer.way] = str(error)
        taken: Timings = {name: [] for name in turns}
        for turn in range(rounds + 1):  # the first one warms up
            for name in in_turn(list(turns), turn):
                side, made, steps = turns[name]
                seconds = side.learn(made, steps)["processor"]
                if turn:
                    taken[name].append(1e6 * seconds / steps)
    return Measured(step, taken, failed)


@contextmanager
def _made(turns: Mapping[str, tuple[Side, str, int]]) -> Iterator[None]:
    """Lets go at the end what was made."""
    try:
        yield
    finally:
        for side, made, _ in turns.values():
            side.drop(made)


def _against_today(found: Measured, today: str) -> Row:
    step, measured = found.step, f"a step {found.step.told}"
    if why := _why(found, today):
        return Row(f"{step.name}-today", measured, today, "x", (), step.today, True, note=why)
    taken = found.taken
    return Row(
        f"{step.name}-today",
        measured,
        today,
        "x",
        ratios(taken[today], taken[PRESENT]),
        step.today,
        at_least=True,
        note=_both(taken[PRESENT], taken[today]),
    )


def _against_peer(found: Measured, peer: Peer) -> Row:
    name, measured = f"{found.step.name}-{peer.way}", f"a step {found.step.told}"
    limit = peer.limit if peer.at_most is None else peer.at_most
    at_least = peer.at_most is None
    if why := _why(found, peer.way):
        return Row(name, measured, peer.told, "x", (), limit, at_least, note=why)
    ours = found.taken[PRESENT]
    parts = HEADS / peer.share if peer.share > 1 else 1
    theirs = [micro * parts for micro in found.taken[peer.way]]
    values = ratios(theirs, ours) if at_least else ratios(ours, theirs)
    return Row(name, measured, peer.told, "x", values, limit, at_least, note=_both(ours, theirs))


def _alone(found: Measured) -> Row:
    why = found.failed.get(PRESENT, "")
    taken = found.taken.get(PRESENT, ())
    return Row(found.step.name, f"a step {found.step.told}", "-", "µs", taken, note=why)


def _two_threads(step: Step, side: Side, rounds: int) -> Row:
    """By the clock: both do the same, so that their processor time would be the same."""
    name, measured = f"{step.name}-threads", f"a step {step.told}: two threads, by the clock"
    cores = {"one": 1, "two": 2}
    taken: Timings = {name: [] for name in cores}
    try:
        for made, count in cores.items():
            side.make(made, "steps", settings=step.settings, digits=step.digits, cores=count)
        for turn in range(rounds + 1):
            for made in in_turn(list(cores), turn):
                seconds = side.learn(made, step.steps)["wall"]
                if turn:
                    taken[made].append(1e6 * seconds / step.steps)
        for made in cores:
            side.drop(made)
    except Failed as error:
        return Row(name, measured, "one thread", "x", (), TWO_THREADS, True, note=str(error))
    values = ratios(taken["one"], taken["two"])
    note = f"{_both(taken['two'], taken['one'])}; load {os.getloadavg()[0]:.1f}"
    return Row(name, measured, "one thread", "x", values, TWO_THREADS, True, note=note)


def _why(found: Measured, other: str) -> str:
    """Why there is nothing to compare; "" where there is."""
    return next((found.failed[name] for name in (PRESENT, other) if name in found.failed), "")


def _both(ours: list[float], theirs: list[float]) -> str:
    return f"{median(ours):,.1f} against {median(theirs):,.1f} µs"
