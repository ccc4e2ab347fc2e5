"""The networks of a trial: opened beside all others, or made again from the seed where they are
not kept."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from nnviz.data.digits import Source
from nnviz.paths import user_cache
from nnviz.session.digits import DigitsInUse
from nnviz.session.files import Files
from nnviz.session.slices import Remaking
from nnviz.session.store import Store
from nnviz.session.study_plan import StudyPlan
from nnviz.session.work import Work
from nnviz.words import listed, sentences, tr, tr_n

if TYPE_CHECKING:  # no start of the window works on a study
    from concurrent.futures import Future

    from nnviz.study.executors import Failed, Workers
    from nnviz.study.plan import Study
    from nnviz.study.rows import Row

NO_LIMIT = 1 << 40
"""Bytes of networks that one trial may leave"""


@dataclass(frozen=True)
class _Wanted:
    """The networks of a trial that somebody asked for."""

    study: "Study"
    condition: str
    trial: int
    files: tuple[tuple[str, Path], ...] = ()
    """Name of the scheme, and the file of its networks"""
    classes: tuple[str, ...] = ()
    """The classes that they tell apart, where these are fewer than those of the study"""


class StudyTrials:
    """Opens the networks of one trial at a time."""

    def __init__(
        self,
        store: Store,
        plan: StudyPlan,
        files: Files,
        digits: DigitsInUse,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._plan = plan
        self._files = files
        self._digits = digits
        self._clock = clock
        self._wanted: _Wanted | None = None
        self._hands: Workers | None = None
        self._row: Future[Row | Failed] | None = None
        self._folder = user_cache() / "trials"
        self._began = 0.0
        self._takes = 0.0
        digits.opened.append(self._go_on)

    def row(self, condition: str, trial: int) -> "Row | None":
        """The row of a trial under a condition, as far as it is known."""
        rows = self._store.state.studies.rows
        found = (each for each in rows if (each.condition, each.trial) == (condition, trial))
        return next(found, None)

    def kept(self, row: "Row") -> tuple[tuple[str, Path], ...]:
        """(name of the scheme, network file) of a trial, where all that open are still there."""
        from nnviz.study.store import folder_of  # as above

        study = self._plan.study
        if study is None or not row.kept:
            return ()
        files = _files(folder_of(study), row)
        # who was taught one class tells nothing apart, and has no file
        one = {each.name for each in study.schemes if len(each.taught) == 1}
        there = row.kept.keys() - one == row.outcomes.keys() - one
        return files if there and all(os.path.isfile(file) for _, file in files) else ()

    def open(self, condition: str, trial: int) -> None:
        """Shows the networks of a trial; where they are not kept, says how long it takes to make
        them again, and offers it."""
        from nnviz.study.expected import duration  # as above

        study, row = self._plan.study, self.row(condition, trial)
        if study is None or row is None or self._row is not None:
            return
        self._wanted = _Wanted(study, condition, trial, self.kept(row))
        self._store.choose("studies", condition=condition, trial=trial)
        if self._wanted.files:
            self._show()
            return
        self._store.say(
            "info",
            tr(
                "The networks of trial {trial} are not kept; to make them again takes about "
                "{time} of one processor.",
                trial=trial,
                time=duration(row.seconds),
            ),
            action="studies.trials.remake",
            action_label=tr("Make them again"),
        )

    def remake(self) -> None:
        """Learns the networks that were asked for once more, in a process of its own."""
        # as above
        from nnviz.study.processes import LocalProcesses
        from nnviz.study.rows import Place
        from nnviz.study.trials import Task
        from nnviz.study.worker import work

        wanted = self._wanted
        row = None if wanted is None else self.row(wanted.condition, wanted.trial)
        if wanted is None or row is None or self._row is not None:
            return
        words = [each.word for each in wanted.study.conditions]
        place = Place(words.index(wanted.condition), wanted.trial)
        with suppress(OSError):
            rmtree(self._folder)
        self._hands = LocalProcesses(1, 1)
        self._row = self._hands.submit(
            work, Task(wanted.study, place, 1, str(self._folder), NO_LIMIT)
        )
        self._began, self._takes = self._clock(), max(1.0, row.seconds)
        self._store.change(notice=None)
        self._tell()

    def cancel(self) -> None:
        """Gives up what is being made again."""
        hands, self._hands, self._row = self._hands, None, None
        if hands is not None:
            hands.stop()
            self._store.choose("studies", remaking=None)

    def stop(self) -> None:
        """The same, at the end. May be called twice."""
        self.cancel()

    def refresh(self) -> None:
        """Takes in how far it is. Called with every picture."""
        from nnviz.study.rows import Row  # as above

        future, wanted = self._row, self._wanted
        if future is None or wanted is None:
            return
        if not future.done():
            self._tell()
            return
        try:
            row = future.result()
        except Exception as error:  # noqa: BLE001 - its process was lost
            said = tr(
                "The networks were not made: their process ended ({error}).", error=str(error)
            )
            self.cancel()
            self._store.say("error", said)
            return
        self.cancel()
        if isinstance(row, Row):
            files = _files(self._folder, row)
            self._wanted = _Wanted(wanted.study, wanted.condition, wanted.trial, files)
            self._show()
        else:
            self._store.say("error", row.sentence)

    def _tell(self) -> None:
        wanted = self._wanted
        assert wanted is not None
        assert self._hands is not None
        passed = self._clock() - self._began
        told = max(self._hands.parts().values(), default=0.0)
        part = max(told, min(0.99, passed / self._takes))
        left = max(1.0, round(self._takes * (1 - part)))
        remaking = Remaking(wanted.condition, wanted.trial, left, round(part, 2))
        self._store.choose("studies", remaking=remaking)

    # ---- on screen -------------------------------------------------------------------

    @property
    def other_digits(self) -> Source | None:
        """The digits that must be opened for the networks asked for; None if these are in use."""
        wanted, here = self._wanted, self._store.state.digits
        if wanted is None:
            return None
        digits = wanted.study.digits
        classes = wanted.classes or digits.classes
        source = Source(digits.data or "folder", digits.folder or None, classes=classes)
        same = (source.digits, source.folder) == (here.source.digits, here.source.folder)
        names = classes or here.all_names or here.class_names
        return None if same and here.class_names == names else source

    def open_digits(self, given_up: Sequence[Work] = ()) -> None:
        """Opens the digits that they tell apart, and then the networks."""
        other = self.other_digits
        if other is not None:
            self._digits.open(other, given_up)

    def _go_on(self) -> None:
        """Other digits are in use: perhaps those that were waited for."""
        if self._wanted is not None and self._wanted.files and self.other_digits is None:
            self._show()

    def _show(self) -> None:
        wanted = self._wanted
        assert wanted is not None
        if self.other_digits is not None:
            self._store.say(
                "info",
                tr(
                    "The networks of trial {trial} are about other digits than those in use.",
                    trial=wanted.trial,
                ),
                action="studies.trials.open_digits",
                action_label=tr("Open these digits"),
            )
            return
        files, fewer = _parted(wanted)
        self._wanted = fewer
        for name, file in files:
            if not self._files.open(file):
                return  # why has been said
            # touched, as the next one would take the place of a file that is only looked at
            title = tr("{scheme}, trial {trial}", scheme=name, trial=wanted.trial)
            work = replace(self._store.state.work, name=title, touched=True)
            self._store.change(work=work)
        said = ""
        if files:
            said = tr_n(
                "{count} network of trial {trial} is open; the menu Networks shows it.",
                "{count} networks of trial {trial} are open; the menu Networks turns to each.",
                len(files),
                trial=wanted.trial,
            )
        if fewer is None:
            self._store.say("passing", said)
            return
        other = tr(
            "“{scheme}” knows only {classes}.",
            scheme=fewer.files[0][0],
            classes=listed(fewer.classes),
        )
        self._store.say(
            "info",
            sentences(said, other),
            action="studies.trials.open_digits",
            action_label=tr("Open {classes} alone", classes=listed(fewer.classes)),
        )


def _parted(wanted: _Wanted) -> tuple[tuple[tuple[str, Path], ...], _Wanted | None]:
    """The files of those that tell apart what is in use, and one of others, if there are any."""
    study = wanted.study
    taught = {each.name: each.taught for each in study.schemes}
    everyone = wanted.classes or study.digits.classes

    def differs(name: str) -> bool:
        return bool(taught[name]) and set(taught[name]) != set(everyone)

    others = [each for each in wanted.files if differs(each[0])]
    files = tuple(each for each in wanted.files if each not in others)
    if not others:
        return files, None
    first = others[0]
    return files, replace(wanted, files=(first,), classes=taught[first[0]])


def _files(folder: Path, row: "Row") -> tuple[tuple[str, Path], ...]:
    """Those of a trial that are relative to a folder."""
    return tuple((name, folder / file) for name, file in row.kept.items())
