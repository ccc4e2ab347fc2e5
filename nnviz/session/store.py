"""Holds the state, sees to what follows from a change of it, and tells watchers what changed.

What follows: the verdict, the past that is looked at, and what starts anew on other digits.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

from nnviz.session.slices import anew
from nnviz.session.state import CHOICES, FIELDS, Notice, StandIn, State, Work
from nnviz.session.work import as_it_was

LOOKED_AT = frozenset({"image", "digits", "pad"})
"""Fields that the digit on screen follows from."""
JUDGED = frozenset({"work", "reading", "options"}) | LOOKED_AT
"""Fields that the verdict is made from."""
PICTURED = frozenset({"work", "moment"})
"""Fields that `past` is made from."""
BRANCHED = frozenset({"reading", "options"}) | LOOKED_AT
"""Fields whose change ends a branch."""
SNAPSHOT = frozenset({"work", "shelf"})
"""Fields that change 30 times a second while networks learn."""
OF_A_DIGIT = frozenset({"image", "label", "output", "pair"})
"""Fields that belong to one set of digits; `CHOICES` start anew with them."""
FIRST = {item.name: item.default for item in fields(State)}


def derive(state: State, **changes: Any) -> State:
    """The state after changes, with the past and the verdict that belong to it."""
    if "digits" in changes:
        first = {name: FIRST[name] for name in OF_A_DIGIT}
        first |= {name: anew(getattr(state, name), FIRST[name]) for name in CHOICES}
        changes = first | changes
    elif "image" in changes and state.pad.shown:
        changes = {"pad": replace(state.pad, shown=False)} | changes
    if PICTURED & changes.keys():
        work, moment = (changes.get(name, getattr(state, name)) for name in ("work", "moment"))
        past = _past(work, moment, state.past)
        if past is not state.past:
            changes["past"] = past
    if state.verdict is None or _judged_anew(state, changes):
        changed = replace(state, **changes)
        changes["verdict"] = changed.seen.look(
            changed.pixels,
            changed.digits.classes,
            changed.reading,
            changed.options,
            changed.operated_network,
        )
    said = state.notice
    passing = said is not None and said.kind == "passing"
    if passing and "page" in changes and "notice" not in changes:
        changes["notice"] = None
    if BRANCHED & changes.keys() and state.elimination.branch:
        changes = {"elimination": replace(state.elimination, branch=())} | changes
    return _with_stand_in(replace(state, **changes), state, changes)


def _with_stand_in(state: State, before: State, changes: Mapping[str, Any]) -> State:
    """With the network that the page shows in the place of the one chosen; without it as soon as
    the page is left, or anything is done to the one chosen, which then is in sight."""
    if not state.own_kind:
        return state if state.stand_in is None else replace(state, stand_in=None)
    if "own_kind" not in changes and _goes_over(state, before):
        return replace(state, own_kind=False, stand_in=None)
    work, known = state.of_own_kind(state.page), before.stand_in
    if work is None:
        return replace(state, stand_in=None)
    if known is not None and known.work is work and not (JUDGED - {"work"}) & changes.keys():
        return state
    classes, own = state.digits.classes, replace(state, work=work, moment=None, past=None)
    said = work.look(state.pixels, classes, state.reading, state.options, own.operated_network)
    return replace(state, stand_in=StandIn(work, said))


def _goes_over(state: State, before: State) -> bool:
    """Whether the network chosen is to be seen again."""
    return (
        state.page != before.page
        or state.digits is not before.digits
        or state.work.network is not before.work.network
        or state.design != before.design
        or state.moment is not None
        or state.learns
        or state.awaiting
    )


def _judged_anew(state: State, changes: Mapping[str, Any]) -> bool:
    """Whether the verdict must be made again. A run that goes on changes none of the past; what
    it has learned counts as soon as anything else changes, or somebody asks (see `Store.judge`)."""
    work = changes.get("work", state.work)
    if work.operations != state.operations or "verdict" in changes:
        return True
    if state.running and not changes.get("running", True):
        return True  # it pauses
    if "answers" in changes and any(each.held for _, each in work.operations):
        return True  # perhaps with the means at which neurons are held
    in_the_past = state.past is not None and "past" not in changes
    if in_the_past:
        return bool((JUDGED - {"work"}) & changes.keys())
    same = work.run == state.work.run and work.judged_by == state.work.judged_by
    if state.running and same:
        return not {name for name in changes if _differs(state, changes, name)} <= SNAPSHOT
    return bool((JUDGED | {"past"}) & changes.keys())


def _differs(state: State, changes: Mapping[str, Any], name: str) -> bool:
    before, now = getattr(state, name), changes[name]
    return before is not now and bool(before != now)


def _past(work: Work, moment: int | None, before: Work | None) -> Work | None:
    """The network as it was at a moment of its film; `before` again if it is the same."""
    found = None if moment is None else work.film.at(moment)
    if found is None:
        return None
    same = before is not None and (before.run, before.judged_by) == (work.run, work.judged_by)
    if before is not None and same and before.position == found.position:
        return before
    return as_it_was(work, found.number)


Watcher = Callable[[State, frozenset[str]], None]


class Store:
    """One state, replaced as a whole; the only way to change it is `change`."""

    def __init__(self, state: State) -> None:
        self.state = derive(state)
        self._watchers: list[Watcher] = []
        self._before: State | None = None  # where several changes count as one

    def watch(self, watcher: Watcher) -> None:
        """Calls the watcher after every change with the newest state and its fields' names."""
        self._watchers.append(watcher)

    def change(self, **changes: Any) -> None:
        """Replaces fields of the state and tells every watcher once."""
        old = self.state
        self.state = derive(old, **changes)
        if self._before is None:
            self._tell(old)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Has watchers hear of several changes as of one, and of nothing in between."""
        if self._before is not None:
            yield
            return
        self._before = self.state
        try:
            yield
        finally:
            old, self._before = self._before, None
            self._tell(old)

    def _tell(self, old: State) -> None:
        new = self.state
        were, are = vars(old), vars(new)
        names = {
            name
            for name in FIELDS
            if (before := were[name]) is not (now := are[name]) and before != now
        }
        if new.past is not old.past:
            names.add("work")  # whoever draws it draws another one now
        if new.shown_drawing is not old.shown_drawing:
            names.add("image")  # another digit is on screen, whatever its number
        here, before = new.work, old.work
        if (here.operations, here.history) != (before.operations, before.history):
            names.add("operations")
        if names:
            for watcher in self._watchers:
                watcher(self.state, frozenset(names))  # one before may have changed more

    @staticmethod
    def is_snapshot(fields: frozenset[str]) -> bool:
        """Whether nothing has changed but what networks learn."""
        return fields <= SNAPSHOT

    def judge(self) -> None:
        """Has the verdict follow the run that goes on. Snapshots alone leave it as it is, so that
        all that is said of the digit, anywhere, is of one moment."""
        verdict, network = self.state.verdict, self.state.operated_network
        if verdict is None or verdict.evidence.network is not network:
            self.change(verdict=None)

    def choose(self, choice: str, **changes: Any) -> None:
        """Replaces fields of one of `state.CHOICES`."""
        self.change(**{choice: replace(getattr(self.state, choice), **changes)})

    def say(self, kind: str, sentence: str, **more: str) -> None:
        """Puts a notice on the banner."""
        self.change(notice=Notice(kind, sentence, **more))

    def end_wait(self, about: str) -> None:
        """Takes the notice away that waits for this: it has come, or will not come any more."""
        said = self.state.notice
        if said is not None and said.kind == "wait" and said.about == about:
            self.change(notice=None)

    def end(self, about: str) -> None:
        """Takes any notice about this away: what it says is no longer so."""
        said = self.state.notice
        if said is not None and said.about == about:
            self.change(notice=None)


PASSES_AFTER = 8.0
"""Seconds that a passing notice stays on one page."""


class Passing:
    """Ends notices that nobody has to put away."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._said: Notice | None = None
        self._since = 0.0

    def look(self) -> None:
        """Takes the notice away if it is a passing one that has been there long enough."""
        said, now = self._store.state.notice, self._clock()
        if said is not self._said:
            self._said, self._since = said, now
        elif said is not None and said.passes and now - self._since >= PASSES_AFTER:
            self._store.change(notice=None)
