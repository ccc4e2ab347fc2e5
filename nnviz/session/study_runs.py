"""The trials of a study: they run beside everything else, and their rows are looked at.

What works on studies is imported when the page is first looked at: no start of the window needs it.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nnviz.errors import Refusal
from nnviz.paths import user_data
from nnviz.session.background import Background
from nnviz.session.slices import Begun
from nnviz.session.store import Store
from nnviz.session.study_plan import StudyPlan
from nnviz.words import tr

if TYPE_CHECKING:  # as above
    from nnviz.study.plan import Study
    from nnviz.study.rows import Row
    from nnviz.study.running import Running
    from nnviz.study.table import Table

LOOKS_EVERY = 0.25
"""Seconds between two looks at a study that runs."""
ENDS_WITHIN = 2.0
"""Seconds that closing the window waits for a study."""


@dataclass(frozen=True)
class Found:
    """The rows of a study, and what they say; `shipped`: they came with the program."""

    rows: "tuple[Row, ...]" = ()
    table: "Table | None" = None
    shipped: bool = False


class StudyRuns:
    """Runs one study at a time, and looks at the rows of that on the form."""

    def __init__(
        self,
        store: Store,
        background: Background,
        plan: StudyPlan,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._background = background
        self._plan = plan
        self._clock = clock
        self._running: Running | None = None
        self._looked_at = -LOOKS_EVERY
        self._digest = ""
        self._offered = False
        plan.changed.append(self._look_at_plan)

    # ---- rows ------------------------------------------------------------------------

    def find_begun(self) -> None:
        """Looks for studies that this computer has rows of."""
        self._background.do("begun", begun_here, self._list, self._say_error)

    def _list(self, begun: tuple[Begun, ...]) -> None:
        """The first time, offers to go on with the one that was interrupted last."""
        self._store.choose("studies", begun=begun)
        left = next((each for each in begun if each.interrupted), None)
        free = self._running is None and self._store.state.notice is None
        if left is not None and free and not self._offered:
            self._store.say(
                "info",
                tr(
                    "The study “{name}” stopped after {done} of {wanted} trials.",
                    name=left.name,
                    done=left.done,
                    wanted=left.wanted,
                ),
                action="studies.runs.take_up",
                action_label=tr("Go on with it"),
            )
        self._offered = True

    def take_up(self) -> None:
        """Goes on with the study that was interrupted last."""
        begun = self._store.state.studies.begun
        left = next((each for each in begun if each.interrupted), None)
        if left is not None and self._plan.open(Path(left.file)):
            self._store.change(notice=None)
            self.start()

    def _look_at_plan(self) -> None:
        """The plan is another one, or has more rows: what they say is worked out."""
        from nnviz.study.files import digest_of_study

        study = self._plan.study
        if study is None:
            return
        digest = digest_of_study(study)
        if digest != self._digest:
            self._digest = digest
            self._take(Found())
            self._store.choose("studies", condition="", trial=None)
        started = self._running is not None and digest_of_study(self._running.study) == digest
        self._background.do("rows", lambda: rows_of(study, started), self._take, self._say_error)

    def _take(self, found: Found) -> None:
        self._store.choose("studies", rows=found.rows, table=found.table, shipped=found.shipped)

    def _say_error(self, sentence: str) -> None:
        self._store.say("error", sentence)

    # ---- running ---------------------------------------------------------------------

    def start(self) -> None:
        """Runs the study on the form, or goes on with it where it stopped."""
        from nnviz.study.running import Running
        from nnviz.study.store import create_or_open

        study = self._plan.study
        if study is None or self._running is not None:
            return
        try:
            self._running = Running(study, create_or_open(study))
        except Refusal as error:
            self._store.say("error", str(error))
            return
        self._running.start()
        self._store.choose("studies", running=study)
        self._look_at_plan()
        self._look(self._running)

    def pause(self) -> None:
        """Lets the trials that are under way finish, and begins no others."""
        if self._running is not None:
            self._running.pause()

    def go_on(self) -> None:
        """Goes on after a pause, or takes it back."""
        if self._running is not None:
            self._running.start()
            self._look(self._running)

    def cancel(self) -> None:
        """Ends the study that runs or pauses; the rows that it has are kept."""
        running = self._running
        if running is None:
            return
        running.cancel()
        if not running.progress.active:
            self._end(running)

    def refresh(self) -> None:
        """Takes in how far the study is. Called with every picture."""
        now, running = self._clock(), self._running
        if running is not None and now - self._looked_at >= LOOKS_EVERY:
            self._looked_at = now
            self._look(running)

    def stop(self) -> None:
        """Ends what runs; what is finished is kept. May be called twice."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            running.wait(ENDS_WITHIN)

    def _look(self, running: "Running") -> None:
        heard = running.heard()
        progress, before = running.progress, self._store.state.studies.progress
        if progress != before:
            self._store.choose("studies", progress=progress)
        if heard:
            self._look_at_plan()
        if progress.state in ("done", "stopped", "failed"):
            self._end(running)

    def _end(self, running: "Running") -> None:
        self._running = None
        progress = running.progress
        self._store.choose("studies", running=None, progress=progress)
        self._look_at_plan()
        self.find_begun()
        if progress.state == "failed":
            self._store.say("error", progress.sentence)
        elif progress.state == "done":
            name = running.study.name
            self._store.say("passing", tr("All trials of “{name}” are finished.", name=name))


def rows_of(study: "Study", started: bool) -> Found:
    """The rows of a study so far; where there are none and it has not been started either, those
    that came with the program. Raises Refusal."""
    from nnviz.study.files import digest_of_study
    from nnviz.study.shipped import shipped_rows
    from nnviz.study.store import Store as Rows
    from nnviz.study.store import folder_of
    from nnviz.study.table import table_of

    file = folder_of(study) / "rows.sqlite"
    own = tuple(Rows(file, digest_of_study(study)).rows()) if os.path.exists(file) else ()
    rows = own if own or started else shipped_rows(study)
    return Found(rows, table_of(study, rows) if rows else None, bool(rows) and rows is not own)


def begun_here() -> tuple[Begun, ...]:
    """The studies that this computer has rows of, the newest first; a folder that is damaged is
    none."""
    newest: list[Path] = []
    with suppress(OSError):  # nobody may look there
        files = (user_data() / "studies").glob("*/rows.sqlite")
        newest = sorted(files, key=os.path.getmtime, reverse=True)
    found = (_begun(file) for file in newest)
    return tuple(each for each in found if each is not None)


def _begun(file: Path) -> Begun | None:
    """What a folder of results is the beginning of; imports as above."""
    from nnviz.study.files import digest_of_study, study_from
    from nnviz.study.store import Store as Rows
    from nnviz.study.store import study_in

    try:
        study = study_from(study_in(file))
        done = len(Rows(file, digest_of_study(study)).places(study))
    except Refusal:
        return None
    wanted = study.trials * len(study.conditions)
    return Begun(study.name, str(file.parent / "study.toml"), done, wanted) if done else None
