"""What a process does that works out trials for others."""

from collections.abc import Callable
from functools import lru_cache

from threadpoolctl import threadpool_limits

from nnviz.study.digits import StudyImages, open_study_digits
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.study.trials import Task, run_trial


def work(task: Task, tick: Callable[[float], None] = lambda _: None) -> Row:
    """One finished trial. Executors call this, in whatever process.

    The images of a study are opened once a process. Raises DigitsError, StudyError, EngineMissing,
    and what `tick` raises.
    """
    digits = _digits_of(task.study)
    with threadpool_limits(1, "blas"):  # trials share the cores
        return run_trial(task, digits, tick)


def _digits_of(study: Study) -> StudyImages:
    return _opened(Study("", "", study.schemes, study.digits, called=study.called))


@lru_cache(maxsize=2)
def _opened(study: Study) -> StudyImages:
    return open_study_digits(study)
