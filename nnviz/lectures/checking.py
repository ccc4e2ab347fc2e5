"""Tries every scene of a lecture, and names file and line of all that cannot be shown."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from nnviz.errors import Refusal
from nnviz.lectures.faults import Fault, Faults
from nnviz.lectures.lecture import Lecture, PlayFilm, Scene, Train, Walk
from nnviz.lectures.line import Pages
from nnviz.lectures.markdown import pictures_in
from nnviz.session.state import State
from nnviz.words import tr, tr_n

Put = Callable[[Scene], State]
"""Puts a scene on screen; -> what is looked at then. Raises Refusal."""
Told = Callable[[int], None]
"""Hears how many scenes are done."""


def check(
    lecture: Lecture, faults: Sequence[Fault], put: Put, pages: Pages, told: Told
) -> tuple[Fault, ...]:
    """All that is wrong with a lecture: what reading its file has found, and what shows only
    where each scene is tried."""
    assert lecture.path is not None
    found = Faults(lecture.path, list(faults))
    before: Scene | None = None
    for number, scene in enumerate(lecture.scenes, 1):
        if before is not None and _same(before, scene):
            found.add(scene.line, tr("This scene shows and says the same as the one before it."))
        _check_notes(scene, lecture.path.parent, found)
        if scene.shows:
            _try(scene, put, pages, found)
        before = scene
        told(number)
    return found.in_order()


def _try(scene: Scene, put: Put, pages: Pages, found: Faults) -> None:
    try:
        state = put(scene)
    except Refusal as refusal:
        found.add(scene.shows_line, str(refusal))
        return
    sentence = _cannot(scene, state, pages)
    if sentence:
        found.add(scene.action_line, sentence)


def _cannot(scene: Scene, state: State, pages: Pages) -> str:
    """Why the action of a scene cannot be; "" where it can, as far as is known beforehand."""
    action = scene.action
    if isinstance(action, Train):
        return _cannot_train(action, state)
    if isinstance(action, PlayFilm):
        return _cannot_play(action, state)
    if isinstance(action, Walk) and pages[state.page].count_steps(state) < 2:
        return tr("There is nothing to walk through: this page shows no steps here.")
    return ""


def _cannot_train(action: Train, state: State) -> str:
    learned = state.work.position.epoch
    if learned < action.epoch:
        return ""
    return tr(
        "There is nothing to learn to the end of epoch {epoch}: this network has learned "
        "{learned} already.",
        epoch=action.epoch,
        learned=learned,
    )


def _cannot_play(action: PlayFilm, state: State) -> str:
    moments = len(state.work.film)
    if not moments:
        return tr("This network carries no film.")
    if action.last < moments:
        return ""
    return tr_n(
        "The film ends before moment {moment}: it has {count} moment, the first being 0.",
        "The film ends before moment {moment}: it has {count} moments, the first being 0.",
        moments,
        moment=str(action.last),
    )


def _check_notes(scene: Scene, folder: Path, found: Faults) -> None:
    for picture in pictures_in(scene.words.notes):
        remote = "://" in picture or picture.startswith("data:")
        if not remote and not os.path.isfile(folder / unquote(picture)):
            sentence = tr("The notes show a picture that is not there: {picture}.", picture=picture)
            found.add(scene.line, sentence)


def _same(before: Scene, scene: Scene) -> bool:
    return scene == replace(
        before,
        line=scene.line,
        shows_line=scene.shows_line,
        action_line=scene.action_line,
    )
