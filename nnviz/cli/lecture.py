"""`nnviz lecture`: gives a lecture, checks its file, or draws it for paper."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nnviz.cli.progress import progress, tell
from nnviz.cli.system import check_qt, open_window
from nnviz.networks.settings import SettingError
from nnviz.words import tr, tr_n

if TYPE_CHECKING:  # what reads Markdown takes a tenth of a second
    from nnviz.lectures.faults import Fault
    from nnviz.lectures.lecture import Lecture


def lecture(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help=tr("A file, or the name of a lecture; without one: their list.")
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help=tr("Only try all scenes, and name line and fault.")),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help=tr("Draw all scenes: into a folder of pictures, a .html or a .pdf file."),
        ),
    ] = None,
    size: Annotated[
        str, typer.Option(metavar="WxH", help=tr("Pixels of each picture."))
    ] = "1280x720",
    theme: Annotated[str, typer.Option(metavar="dark|light")] = "light",
) -> None:
    """Give a lecture in the window, check it, or draw it for paper."""
    if file is None:
        if check or out is not None:
            raise SettingError("Name a lecture: nnviz lecture lists those at hand.")
        _list()
        return
    # what reads Markdown: `--help` does without
    from nnviz.lectures.collection import find_lecture
    from nnviz.lectures.files import read_lecture

    if check and out is not None:
        raise SettingError("--check writes nothing, so it does not go with --out.")
    path = find_lecture(file)
    if check:
        raise typer.Exit(_check(path))
    read, faults = read_lecture(path)
    if out is None:
        raise typer.Exit(open_window(lecture=path))
    _draw(read, faults, out, size, theme)


def _list() -> None:
    # as above
    from nnviz.lectures.collection import lectures_at_hand

    found = lectures_at_hand()
    width = max((len(each.name) for each in found), default=0)
    for each in found:
        print(f"{each.name:{width}}  {each.title}")


def _check(path: Path) -> int:
    """Prints every fault; -> exit status."""
    # as above
    from nnviz.lectures.checking import check
    from nnviz.lectures.faults import Fault, LectureError
    from nnviz.lectures.files import read_lecture

    try:
        read, faults = read_lecture(path)
    except LectureError as error:
        print(Fault(path, error.line, str(error)).placed)
        return 1
    _without_display()
    # Qt, which may not be there
    from nnviz.ui.app.lecture_stage import Stage
    from nnviz.ui.app.page_stack import KINDS

    with progress(tr("scenes"), len(read.scenes), "count") as bar:
        found = check(read, faults, Stage(read).put, KINDS, bar.reach)
    for fault in found:
        print(fault.placed)
    if found:
        return 1
    print(tr_n("{count} scene, no fault.", "{count} scenes, no fault.", len(read.scenes)))
    return 0


def _draw(
    lecture: "Lecture", faults: "tuple[Fault, ...]", out: Path, size: str, theme: str
) -> None:
    _without_display()
    # Qt, which may not be there
    from nnviz.ui.app.lecture_handout import make_handout
    from nnviz.ui.app.lecture_pictures import SceneLook

    look = SceneLook(size, theme)
    with progress(tr("scenes"), len(lecture.scenes), "count") as bar:
        found = make_handout(lecture, out, look, bar.reach)
    for fault in sorted((*faults, *found), key=lambda fault: fault.line):
        tell(fault.placed)
    tell(tr("saved {file}.", file=out))


def _without_display() -> None:
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    check_qt()
