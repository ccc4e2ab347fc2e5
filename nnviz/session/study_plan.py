"""The plan of the study that is looked at: chosen, edited, checked, saved.

What works on studies is imported when the page is first looked at: no start of the window needs it.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnviz.data.catalogue import DATA_SETS, is_fetched
from nnviz.errors import Refusal
from nnviz.paths import user_data
from nnviz.session.background import Background
from nnviz.session.history import History, Turned
from nnviz.session.slices import Expectation, PlanShown, StudyChoice
from nnviz.session.state import State
from nnviz.session.store import Store
from nnviz.words import tr
from nnviz.writing import saved, write

if TYPE_CHECKING:  # as above
    from nnviz.study.digits import StudyImages
    from nnviz.study.plan import Study, StudyDigits

DRAFT = Path("studies") / "draft.toml"
"""The plan on the form that no file holds, among the user's data."""
REFUSED = "study file"
"""What a notice is about that names the fault of a file."""


class StudyPlan:
    """The plan on the form: chosen, edited, saved; what is done to it can be undone."""

    def __init__(self, store: Store, background: Background) -> None:
        self._store = store
        self._background = background
        self.changed: list[Callable[[], None]] = []
        """Called when another study is looked at."""
        store.watch(self._watch_downloads)

    @property
    def choice(self) -> StudyChoice:
        """What is looked at."""
        return self._store.state.studies

    @property
    def study(self) -> "Study | None":
        """The study on the form."""
        plan = self.choice.plan
        return None if plan is None else plan.study

    @cached_property
    def presets(self) -> "Mapping[str, Study]":
        """Word -> the study that comes with the program."""
        from nnviz.study.files import load_study, presets

        return {word: load_study(path) for word, path in presets().items()}

    def begin(self) -> None:
        """Somebody looks: shows the plan that the last program left in no file, else the first
        study that has a result already, else that runs without a download, if none is shown."""
        from nnviz.study.shipped import shipped_rows  # as above

        draft = _draft() if self.choice.plan is None else None
        if draft is not None:
            self._put(PlanShown(draft), "")
        elif self.choice.plan is None:
            found = self.presets
            known = (word for word, study in found.items() if shipped_rows(study))
            here = (word for word, study in found.items() if _is_here(study))
            word = next(chain(known, here, found))
            self._put(PlanShown(found[word], word, found[word]), "")

    def choose(self, word: str) -> None:
        """Shows a study that comes with the program."""
        study = self.presets[word]
        self._put(PlanShown(study, word, study), tr("choosing “{name}”", name=study.name))

    def open(self, path: Path) -> bool:
        """Shows the study of a file; -> whether it could be read."""
        from nnviz.study.files import load_study

        try:
            study = load_study(path)
        except Refusal as error:
            self._store.say("error", str(error), about=REFUSED)
            return False
        self._put(PlanShown(study, str(path), study), tr("opening {file}", file=path.name))
        return True

    def save(self, path: Path) -> bool:
        """Writes the study to a file; -> whether it could be written."""
        from nnviz.study.files import toml_of

        plan = self.choice.plan
        if plan is None:
            return False
        try:
            write(path, toml_of(plan.study).encode())
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        self._store.choose("studies", plan=PlanShown(plan.study, str(path), plan.study))
        self._store.say("passing", saved(path))
        return True

    def edit(self, what: str, scheme: int | None = None, **changes: Any) -> None:
        """Changes fields of the study; `what` says in words what is done to it."""
        plan = self.choice.plan
        if plan is None:
            return
        study = replace(plan.study, **changes)
        if scheme is not None:
            self._store.choose("studies", scheme=scheme)
        if study != plan.study:
            self._put(replace(plan, study=study), what)

    def look_at(self, scheme: int) -> None:
        """The form shows this scheme."""
        self._store.choose("studies", scheme=scheme)

    def undo(self) -> None:
        """Takes back what was last done to the plan."""
        self._turn(History.back)

    def redo(self) -> None:
        """Does again what was undone last."""
        self._turn(History.forth)

    def look_again(self) -> None:
        """Checks the plan once more: what it needs may have come."""
        plan = self.choice.plan
        if plan is not None:
            self._check(plan)

    def end(self) -> None:
        """Keeps a plan that no file holds for the next start."""
        plan, file = self.choice.plan, user_data() / DRAFT
        with suppress(OSError, Refusal):
            if plan is not None and plan.edited:
                from nnviz.study.files import toml_of  # as above

                file.parent.mkdir(parents=True, exist_ok=True)
                write(file, toml_of(plan.study).encode())
            else:
                file.unlink(missing_ok=True)

    def _put(self, plan: PlanShown, what: str) -> None:
        before, history = self.choice.plan, self.choice.history
        if before is not None and what:
            history = history.after(before, what)
        said = self._store.state.notice
        if said is not None and said.about == REFUSED:  # another one is on the form now
            self._store.change(notice=None)
        self._show(plan, history)

    def _turn(self, turned: Turned[PlanShown]) -> None:
        plan, history = self.choice.plan, self.choice.history
        if plan is not None:
            plan, history = turned(history, plan)
            self._show(plan, history)

    def _show(self, plan: PlanShown, history: History[PlanShown]) -> None:
        scheme = max(0, min(self.choice.scheme, len(plan.study.schemes) - 1))
        self._store.choose("studies", plan=plan, history=history, scheme=scheme)
        self._check(plan)
        for watcher in self.changed:
            watcher()

    def _check(self, plan: PlanShown) -> None:
        from nnviz.study.checking import check

        try:
            check(plan.study)
        except Refusal as error:
            self._background.forget("expected")
            self._store.choose("studies", trouble=str(error), expected=None)
            return
        self._store.choose("studies", trouble="", expected=None)
        missing = plan.study.digits.data
        if missing in DATA_SETS and not is_fetched(missing):
            label = DATA_SETS[missing].label
            told = tr("{label} is not on this computer yet: fetch it first.", label=label)
            self._expect(Expectation(told, refused=True, missing=missing))
            return
        self._background.do(
            "expected",
            lambda: _expected(plan.study),
            self._expect,
            lambda sentence: self._expect(Expectation(sentence, refused=True)),
        )

    def _expect(self, told: Expectation) -> None:
        self._store.choose("studies", expected=told)

    def _watch_downloads(self, state: State, fields: frozenset[str]) -> None:
        told = state.studies.expected
        if "download" in fields and state.download is None and told is not None and told.missing:
            self.look_again()


def _draft() -> "Study | None":
    """The plan that was left in no file, if there is one that can be read."""
    from nnviz.study.files import load_study  # as above

    file = user_data() / DRAFT
    try:
        return load_study(file) if os.path.exists(file) else None
    except Refusal:
        return None


def _is_here(study: "Study") -> bool:
    """Whether its images need no download."""
    return study.digits.data not in DATA_SETS or is_fetched(study.digits.data)


def _expected(study: "Study") -> Expectation:
    """Raises Refusal for a hopeless plan."""
    from nnviz.study.expected import expected  # as above

    return Expectation(expected(study, _images_of(study.digits)).sentence)


@lru_cache(maxsize=1)
def _images_of(digits: "StudyDigits") -> "StudyImages":
    """The images of a study, opened once for all plans that want the same."""
    # as above
    from nnviz.study.digits import open_study_digits
    from nnviz.study.plan import Study

    return open_study_digits(Study("", "", (), digits))
