"""A window on a view of the Study page, and rows that trials could have left."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnviz.paths import user_data
from nnviz.study.files import toml_of
from nnviz.study.plan import SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Outcome, Row, packed
from nnviz.study.store import Store, create_or_open
from nnviz.ui.pages.views_page import ViewsPage
from tests.ui.conftest import Opened, Show

TESTED = (20, 20)
"""Test images of each class"""
STUDY = Study(
    "Two digits",
    "Do two schemes differ on two digits?",
    (SchemeEntry("one", "ten-outputs"), SchemeEntry("pairs", "all-pairs")),
    StudyDigits(classes=("3", "5"), shares=(0.05, 1.0), tested=20),
    hidden=2,
    trials=3,
)


def row_of(condition: str, trial: int, rights: Sequence[int], seconds: float = 2.0) -> Row:
    """A trial in which each scheme of STUDY answered the first so many test images rightly."""
    outcomes = {}
    for entry, count in zip(STUDY.schemes, rights, strict=True):
        right = np.arange(sum(TESTED)) < count
        wrong = tuple(int((~part).sum()) for part in np.split(right, len(TESTED)))
        accuracy = count / sum(TESTED)
        outcomes[entry.name] = Outcome(
            accuracy, TESTED, wrong, packed(right), 1.0, 100, 0, 1, 1574, 1568.0
        )
    return Row(
        condition,
        trial,
        40,
        "0" * 16,
        False,
        outcomes,
        "numba 0.61.0",
        "a processor",
        "cpu",
        {"nnviz": "0.1.0", "numpy": "2.0.0"},
        seconds,
        "2026-11-30T12:00:00Z",
    )


ROWS = tuple(
    row_of(word, trial, rights)
    for word, found in (
        ("0.05", ((24, 30), (26, 31), (25, 33))),
        ("1", ((37, 36), (38, 38), (36, 38))),
    )
    for trial, rights in enumerate(found, start=1)
)


def stored(rows: Sequence[Row] = ROWS, study: Study = STUDY) -> Store:
    """The store of a study with these rows, where the program looks for it."""
    store = create_or_open(study)
    for row in rows:
        store.add(row)
    return store


def opened_at(show: Show, view: str, **how: object) -> tuple[Opened, Any]:
    """A window with the trained network on a view of the page, all that it says worked out."""
    opened = show(trained=True, **how)
    opened.session.change(page="study")
    page = opened.window.page
    assert isinstance(page, ViewsPage)
    page.load_late()
    page.choose_view(view)
    worked_out(opened)
    return opened, page.view


def worked_out(opened: Opened) -> None:
    """Waits for what is worked out in the thread beside the window."""
    studies = opened.session.studies
    opened.bot.waitUntil(lambda: opened.session.refresh() or not studies.busy)


def shown_study(opened: Opened, study: Study = STUDY) -> None:
    """Puts a study on the form, and waits for what is said of it."""
    file = user_data() / "study.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(toml_of(study), "utf-8")
    assert opened.session.studies.plan.open(file)
    worked_out(opened)
