"""What is said of the trials of a study, and which buttons go with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnviz.session.slices import PlanShown
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.ui.study import words
from nnviz.ui.study.progress_bar import ProgressView

if TYPE_CHECKING:  # the window does not run trials
    from nnviz.study.running import Progress


@dataclass(frozen=True)
class Standing:
    """How far a study is, and what can be done about it."""

    bar: ProgressView
    action: str
    """start, go-on, pause or nothing: what the main button does"""
    cancels: bool
    """Whether there is something to end"""


def standing(
    plan: PlanShown | None,
    rows: tuple[Row, ...],
    running: Study | None,
    progress: "Progress | None",
    shipped: bool,
    ready: bool,
) -> Standing:
    """Of the study on the form, or of another one while that runs; `shipped`: the rows came with
    the program; `ready`: trials can begin."""
    if running is not None and progress is not None:
        return _of_running(running, progress, plan)
    if plan is None:
        return Standing(ProgressView("", 0, 0, False), "", False)
    study = plan.study
    wanted = study.trials * len(study.conditions)
    if shipped:
        return Standing(ProgressView(words.measured(rows, ready), 0, 0, False), "start", False)
    conditions = {each.word for each in study.conditions}
    done = sum(row.trial <= study.trials and row.condition in conditions for row in rows)
    if not done:
        said = words.not_started(wanted)
    elif done < wanted:
        said = words.stopped_after(done, wanted)
    else:
        said = words.all_finished(wanted)
    action = "" if done >= wanted else "go-on" if done else "start"
    return Standing(ProgressView(said, done, wanted, False), action, False)


def _of_running(running: Study, progress: "Progress", plan: PlanShown | None) -> Standing:
    done, wanted = progress.done, progress.wanted
    paused = progress.state in ("paused", "pausing")
    loading = progress.seconds_left is None and not progress.parts
    if progress.state == "starting" or (progress.state == "running" and loading):
        said = words.starting(done, wanted)
    elif progress.state == "pausing":
        said = words.pausing(progress.running)
    elif progress.state == "paused":
        said = words.paused_after(done, wanted)
    else:
        said = words.running(done, wanted, progress.seconds_left)
    if plan is not None and plan.study.name != running.name:
        said = words.of_another(running.name, said)
    view = ProgressView(said, done + progress.parts, wanted, progress.active)
    return Standing(view, "go-on" if paused else "pause", True)
