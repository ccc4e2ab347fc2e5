"""The session that the program opens with."""

from pathlib import Path

from nnviz.data.digits import ShownDigits, Source
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.session.autosave import Autosave
from nnviz.session.session import Session
from nnviz.training.engine import Engine

LECTURE_SPEED = 400
"""Batches per second at the start: about one epoch of the bundled digits."""


def make_session(
    engine: Engine,
    digits: ShownDigits,
    network: Path | None = None,
    autosave: Autosave | None = None,
) -> Session:
    """A session that shows a network file: the one named, else the one shipped."""
    session = Session(engine, digits, Settings(speed=LECTURE_SPEED), autosave)
    if network is not None and session.files.open(network):
        return session
    told = session.state.notice  # why the file named could not be opened
    shipped = TRAINED / f"{session.state.settings.design}.safetensors"
    if session.files.open_shipped(shipped) or digits.source != Source():
        session.change(notice=told)  # with other classes than its own there is nothing to report
    return session
