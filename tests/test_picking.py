"""Which digit is looked at next."""

import dataclasses

import numpy as np

from nnviz.paths import TRAINED
from nnviz.session.session import Session
from tests.sessions import learned


def test_digits_are_picked_by_order_chance_and_label(session: Session) -> None:
    labels = session.state.digits.labels
    session.picking.pick("next")
    assert session.state.image == 1
    session.picking.pick("previous")
    session.picking.pick("previous")
    assert session.state.image == len(labels) - 1
    session.picking.pick_label(4)
    seen = set()
    for way in ("next", "random", "previous", "random"):
        session.picking.pick(way)
        seen.add(session.state.image)
        assert session.state.shown_label == 4
    assert len(seen) > 1


def test_a_random_mistake_is_misread_by_the_weights_on_screen(session: Session) -> None:
    learned(session, "epoch")
    for _ in range(10):
        session.picking.pick("mistake")
        assert session.state.sure_verdict.answer != session.state.shown_label


def test_without_a_mistake_a_sentence_says_so(session: Session) -> None:
    session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    work = session.state.work
    assert work.measured is not None
    perfect = dataclasses.replace(
        work.measured, answers=session.state.digits.labels.astype(np.int8)
    )
    session.change(work=dataclasses.replace(work, measured=perfect))
    session.picking.pick("mistake")
    assert "No test digit is misread" in session.state.notice.sentence
