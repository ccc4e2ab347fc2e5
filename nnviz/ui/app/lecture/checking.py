"""What is wrong with a lecture, as far as its file alone tells."""

from pathlib import Path

from nnviz.errors import Refusal
from nnviz.lectures.faults import Fault
from nnviz.lectures.lecture import Lecture
from nnviz.lectures.staging import scene_looked
from nnviz.ui.app.page_stack import KINDS

CHECKED = 200
"""Scenes whose lines are read beforehand; faults of later ones are found when they come."""


def faults_in(path: Path) -> tuple[Lecture, tuple[Fault, ...]]:
    """A lecture, and what is wrong with its file. Raises LectureError."""
    # only now: no start needs Markdown
    from nnviz.lectures.files import read_lecture

    lecture, found = read_lecture(path)
    faults = list(found)
    for scene in lecture.scenes[:CHECKED]:
        try:
            scene_looked(lecture, scene, KINDS)
        except Refusal as error:
            faults.append(Fault(path, scene.shows_line, str(error)))
    return lecture, tuple(sorted(faults, key=lambda fault: fault.line))
