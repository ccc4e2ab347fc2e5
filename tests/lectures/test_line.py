"""The line of what is looked at: there and back, what it refuses, and what it leaves alone."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from nnviz.data.digits import bundled_digits
from nnviz.data.drawing import Drawing
from nnviz.data.normalising import Box
from nnviz.lectures.codecs import quoted
from nnviz.lectures.key import put
from nnviz.lectures.keys import KEYS
from nnviz.lectures.line import line_of, looked_at, settings_of_line
from nnviz.lectures.looking import look, needs_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.operations import NO_OPERATIONS
from nnviz.networks.settings import Settings
from nnviz.questions.listing import CELLS, ORDERS
from nnviz.questions.morphs import BLENDS
from nnviz.session.session import Session
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.page_stack import KINDS
from nnviz.verdicts.answers import Options
from tests.patience import until


def new_session() -> Session:
    digits = bundled_digits().to_look_at()
    return make_session(StillEngine(digits), digits)


@pytest.fixture(scope="module")
def session() -> Session:
    return new_session()


@pytest.fixture(scope="module")
def other() -> Session:
    return new_session()


def show(session: Session, line: str) -> None:
    look(session, looked_at(line, KINDS), KINDS)


def looks(session: Session) -> dict[str, Any]:
    """All that a line is to hold of a state, by key."""
    state = session.state
    own = {name: key.text(state) for name, key in KEYS.items()}
    return own | {
        "page": state.page,
        "view": state.views.get(state.page),
        "weights": state.work.network.hidden_weights.tobytes(),
        "operations": state.operations,
        "moment": state.moment,
        "settings": replace(state.work.judged_by, speed=0),
    }


digit, label = st.integers(0, 999), st.integers(0, 9)
maybe = st.one_of
CHANGES = {
    "image": digit,
    "label": maybe(st.none(), label),
    "neuron": maybe(st.none(), st.integers(0, 2)),
    "pair": maybe(st.none(), st.permutations(range(10)).map(lambda found: tuple(found[:2]))),
    "dense": st.booleans(),
    "own_scales": st.booleans(),
    "answer_hidden": st.booleans(),
    "options.below": maybe(st.none(), st.floats(0.001, 0.999)),
    "elimination.branch": st.lists(st.tuples(st.integers(1, 8), label), max_size=2).map(tuple),
    "detectors.zero.threshold": st.floats(0, 1),
    "detectors.zero.right": st.integers(-8, 8),
    "mistakes.listing.answer": maybe(st.none(), st.integers(-1, 9)),
    "mistakes.listing.order": st.sampled_from(list(ORDERS)),
    "mistakes.ticked": st.frozensets(digit, max_size=4),
    "mistakes.disagreement.cell": st.sampled_from(list(CELLS)),
    "mistakes.trust.others": st.lists(st.sampled_from(list(DESIGNS)), max_size=3).map(tuple),
    "morph.first": maybe(st.none(), digit),
    "morph.blend": st.sampled_from(list(BLENDS)),
    "strange.number": st.integers(0, 999),
    "codes.words": st.sampled_from([(), ("0001", "0010")]),
}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_line_shows_exactly_what_was_looked_at(
    session: Session, other: Session, data: st.DataObject
) -> None:
    design = data.draw(st.sampled_from(["ten-outputs", "four-bits", "elimination"]))
    fresh = data.draw(st.booleans())
    page = data.draw(st.sampled_from([name for name in KINDS if name != "study"]))
    views = tuple(KINDS[page].views)
    view = data.draw(st.sampled_from(views)) if views else ""
    start = f"page={page} design={design}" + (f" view={view}" if view else "")
    show(session, f"{start} hidden=5 seed={data.draw(label)}" if fresh else start)
    for path, values in CHANGES.items():
        first = path.partition(".")[0]
        value = put(session.state, path, data.draw(values))
        session.change(**{first: getattr(value, first)})
    if page != "elimination" and session.state.shown_reading != "walk":
        session.change(options=Options())
    if not fresh:
        session.operations.change(0, data.draw(st.integers(0, 4)), off=True)
        session.operations.change(0, 5, scale=data.draw(st.floats(-3, 3)), shift=0.25)
    ink = np.zeros((280, 280), np.uint8)
    ink[data.draw(label) :, 7] = data.draw(st.integers(0, 255))
    session.choose("pad", drawing=Drawing(ink), shown=data.draw(st.booleans()))
    if session.state.operations and fresh:
        session.change(work=replace(session.state.work, operations=NO_OPERATIONS))
    line = line_of(session.state)
    show(other, line)
    assert looks(other) == looks(session)
    assert line_of(other.state) == line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "empty"),
        ("page", "'page'"),
        ("page=cake", "page must be one of train, "),
        ("page=train view=cake", "no views"),
        ("page=train imgae=3", "is image= meant?"),
        ("page=train image=3 image=4", "image twice"),
        ("page=train image=1000", "image must be between 0 and 999, not 1000"),
        ("page=train image=²", "whole number"),
        ("page=train neuron=30", "neuron must be between 0 and 29"),
        ("page=train off=30", "no neuron 30"),
        ("page=train off=-1", "off names no neuron"),
        ("page=train scaled=3:99", "scaled by"),
        ("page=train pair=4,4", "two different classes"),
        ("page=train moment=71", "moment must be between 0 and 70"),
        ("page=votes step=99", "step must be between 0 and 10"),
        ("page=train drop=2", "shows no walk"),
        ("page=elimination drop=2 below=0.1", "two ways"),
        ("page=train network=cake", "one of all-pairs"),
        ("page=train network=nothing.safetensors", "nothing.safetensors"),
        ("page=train digits=cake", "digits must be one of bundled"),
        ("page=train network=%00", "network holds a zero byte"),
        ("page=train hidden=0", "idden"),
        ("page=draw ink=280x280:AAAA", "ink must be"),
        ("page=draw ink=9999999x9999999:AAAA", "ink must be"),
        ("page=mistakes ticked=3,1000", "numbers from 0 to 999"),
        ("page=mistakes view=guess guessed=5,10", "guessed must be the number of a digit and a cl"),
        ("page=designs view=codes words=0001,002", "words must be words of 0 and 1"),
        ("page=votes view=rules compared=summed", "two different words"),
        ("page=votes view=rules compared=summed,votes,duels", "two different words"),
        ("page=votes view=rules compared=votes,votes", "two different words"),
        ("page=study study=cake", "no study 'cake'"),
        ("page=draw turns=1", "turns goes with picture"),
        ("page=draw picture=none.png turns=4", "turns must be 0, 1, 2 or 3, not '4'"),
        ("page=draw picture=none.png crop=10,0,10,5", "crop must be four numbers of pixels"),
        ("page=draw picture=none.png", "none.png"),
    ],
)
def test_a_wrong_line_is_one_sentence_and_changes_nothing(
    session: Session, line: str, said: str
) -> None:
    before = session.state
    with pytest.raises(Exception, match=said.replace("?", r"\?")) as caught:
        show(session, line)
    assert session.state.work is before.work
    assert session.state.page == before.page
    assert str(caught.value).endswith((".", "?"))


def test_a_line_of_settings_alone_still_works(session: Session) -> None:
    line = "nnviz hidden=7 seed=4 engine=numba-0.68.1 digits=bundled"
    assert settings_of_line(line) == (Settings(hidden=7, seed=4), "bundled")
    assert looked_at(line, KINDS).page == ""
    show(session, line)
    assert session.state.work.network.hidden == 7
    whole = line_of(session.state)
    assert settings_of_line(whole)[0] == replace(session.state.settings, speed=0)


def test_what_was_drawn_comes_back_with_undo(session: Session) -> None:
    drawing = Drawing(np.full((280, 280), 9, np.uint8))
    session.choose("pad", drawing=drawing)
    show(session, "page=train image=3")
    assert session.state.pad.drawing.empty
    session.pad.undo()
    assert session.state.pad.drawing is drawing


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Two digits and a dash, dark on light, lying on their side."""
    digits = bundled_digits()
    images = [digits.test_images[digits.test_labels == each][0].reshape(28, 28) for each in (4, 9)]
    ink = np.hstack([np.pad(image, 6) for image in images]).repeat(6, 0).repeat(6, 1)
    ink[20:26, 200:260] = 255
    path = tmp_path / "on its side.png"
    Image.fromarray((230 - 0.8 * np.rot90(ink)).astype(np.uint8)).save(path)
    return path


def test_a_line_shows_the_picture_as_it_was_turned_cut_and_chosen(
    picture: Path,
) -> None:
    session, other = new_session(), new_session()
    show(session, f"page=draw picture={quoted(str(picture))} turns=1")
    pad = session.pad
    (height, width), count = (240, 480), len(session.state.pad.drawing.source.pieces)
    assert count >= 2
    pad.take_piece(0, alone=True)
    until(lambda: session.refresh() or not session.reads)
    pad.take_piece(1)
    until(lambda: session.refresh() or not session.reads)
    pad.crop(Box(0, 10, height - 4, width))
    until(lambda: session.refresh() or not session.reads)
    pad.take_piece(0, alone=True)
    until(lambda: session.refresh() or not session.reads)
    line = line_of(session.state)
    assert "turns=1 crop=0,10,236,480 pieces=0" in line

    show(other, line)
    assert other.state.pad.drawing.source is None  # the ink alone, until the picture is read
    assert looks(other) == looks(session)
    until(lambda: other.refresh() or not other.reads)
    here, there = session.state.pad.drawing, other.state.pad.drawing
    np.testing.assert_array_equal(there.ink, here.ink)
    assert there.frames == here.frames
    taken, wanted = ([(p.box, p.taken) for p in each.source.pieces] for each in (there, here))
    assert taken == wanted
    np.testing.assert_array_equal(there.source.opened.looked_at, here.source.opened.looked_at)
    assert line_of(other.state) == line
    show(other, line)
    assert other.state.pad.drawing is there

    # a line by hand has no ink; one whose picture has gone or is another one shows its ink
    by_hand = " ".join(each for each in line.split() if not each.startswith("ink="))
    show(other, "page=draw")
    show(other, by_hand)
    np.testing.assert_array_equal(other.state.pad.drawing.ink, here.ink)
    pad.draw(np.array([[0.1, 0.1]]), 0.05)
    assert "picture=" not in line_of(session.state)
    for change in (lambda: Image.new("L", (90, 90), 200).save(picture), picture.unlink):
        change()
        show(other, "page=draw")
        show(other, line)
        until(lambda: other.refresh() or not other.reads)
        assert other.state.pad.drawing.source is None
        np.testing.assert_array_equal(other.state.pad.drawing.ink, here.ink)
        assert "its ink" in other.state.notice.sentence
    session.stop()
    other.stop()


def test_a_network_that_learned_stays_open(session: Session) -> None:
    show(session, "page=train hidden=6 seed=2")
    work = replace(session.state.work, touched=True)
    session.change(work=work)
    show(session, "page=train design=four-bits")
    assert work.key in [each.key for each in session.state.works]
    assert not needs_digits(session.state, looked_at("page=train", KINDS))
    assert needs_digits(session.state, looked_at("page=train digits=mnist", KINDS))


def test_the_condition_of_a_study_is_that_of_the_line() -> None:
    made, before = new_session(), threading.active_count()
    show(made, "page=study study=the-blog condition=1")
    studies = made.state.studies
    assert (studies.plan.origin, studies.condition) == ("the-blog", "1")
    made.stop()
    until(lambda: threading.active_count() <= before)


def test_a_line_sets_the_bit_layer_of_a_network_that_is_open(session: Session) -> None:
    for words, answer in ((" bit_weights=zero-one", 7), (" bit_weights=plus-minus", 5), ("", 5)):
        show(session, f"page=designs design=bit-layer image=582{words}")
        assert session.state.sure_verdict.answer == answer
