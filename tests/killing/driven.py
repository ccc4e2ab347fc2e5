"""The program that is killed: the real window, which begins by itself what it is killed at.

It says on its standard output where its training process is and which steps are safe on disk.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

import nnviz.session.survival
import nnviz.ui.app.start as start
from nnviz.session.autosave import Autosave
from nnviz.ui.app.window import Window

SETTINGS = {"images": 600, "epochs": 0, "batch": 7}
OFTEN = 0.1
"""Seconds of a run between two moments that are kept here, for more moments to be killed at"""


def tell(*words: object) -> None:
    print(*words, flush=True)


class Kept(Autosave):
    """Tells what is safe, once it is."""

    def _keep_network(self, key, newest):  # type: ignore[no-untyped-def]
        super()._keep_network(key, newest)
        tell("safe", newest.position.steps)


class Driven(start.Start):
    """Begins what it was asked for once the window is filled."""

    def _begin(self) -> None:
        super()._begin()
        tell("engine", self._window.session.process._engine.pid)
        DOES[os.environ["KILLED_AT"]](self._window)


def learn(window: Window) -> None:
    session = window.session
    session.survival.take_up(runs=session.survival.left[:1])
    if not session.state.work.learned:
        session.controls.set(**SETTINGS)
    session.runs.run()


def save(window: Window) -> None:
    learn(window)
    again = QTimer(window)
    target = Path(os.environ["KILLED_FILES"]) / "saved.safetensors"
    again.timeout.connect(lambda: window.session.files.save(target))
    again.start(10)


def film(window: Window) -> None:
    learn(window)
    window.show_film(True)


def download(window: Window) -> None:
    learn(window)
    window.parts.fetching.start("mnist", opens=False)
    tell("downloads")


def study(window: Window) -> None:
    session = window.session
    session.designs.open_page("study")
    session.studies.begin()
    session.studies.plan.open(Path(os.environ["KILLED_FILES"]) / "study.toml")
    session.studies.runs.start()


def orderly(window: Window) -> None:
    """Lets go of all that is offered, learns a little, and ends without keeping it."""
    session = window.session
    tell("offered", *(run.trained.position.steps for run in session.survival.left))
    session.survival.forget(session.survival.left)
    session.runs.step("batch")

    def end() -> None:
        if session.state.work.learned and session.runs.settled:
            learned.stop()
            window.leave()

    learned = QTimer(window)
    learned.timeout.connect(end)
    learned.start(50)


DOES = {
    "importing": lambda _: None,
    "training": learn,
    "saving": save,
    "filming": film,
    "downloading": download,
    "studying": study,
    "orderly": orderly,
}


def main() -> None:
    from nnviz.cli.app import main as program

    nnviz.session.survival.KEPT_EVERY = OFTEN
    nnviz.session.autosave.Autosave = Kept  # type: ignore[misc]
    start.Start = Driven  # type: ignore[misc]
    sys.argv = ["nnviz"]
    program()
