"""What a scene shows, whatever was shown before it."""

import os
from dataclasses import replace
from pathlib import Path

from nnviz.data.digits import Source
from nnviz.lectures.lecture import Lecture, Scene
from nnviz.lectures.line import Looked, Pages, looked_at


def scene_looked(lecture: Lecture, scene: Scene, pages: Pages) -> Looked | None:
    """What the line of a scene says; None where it has no line.

    Files are looked for beside that of the lecture, and a line that names no digits means the
    bundled ones: no scene depends on what was in use before. Raises Refusal.
    """
    if not scene.shows:
        return None
    looked = looked_at(scene.shows, pages)
    source = looked.source or (Source() if looked.page else None)
    if lecture.path is None:
        return replace(looked, source=source)
    folder = lecture.path.parent
    if source is not None:
        source = replace(
            source, folder=_beside(folder, source.folder), tests=_beside(folder, source.tests)
        )
    return replace(
        looked,
        source=source,
        network=_beside(folder, looked.network) or "",
        study=_beside(folder, looked.study) or "",
    )


def _beside(folder: Path, name: str | None) -> str | None:
    """A file or folder beside the lecture, where there is one of that name."""
    path = folder / name if name else None
    return str(path) if path is not None and os.path.exists(path) else name
