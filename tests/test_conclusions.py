"""What pages conclude over all test digits, against the same counted out from the networks."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.results import result
from nnviz.networks.designs import DESIGNS
from nnviz.questions.accuracy import judge
from nnviz.questions.comparison import mcnemar
from nnviz.questions.detectors.shapes import MeasureShapes
from nnviz.questions.lessons import read_out, sizes
from nnviz.questions.piecemeal import at_once
from nnviz.questions.readers import EVEN
from nnviz.questions.strangeness import JudgeSpecimens
from nnviz.session.asking import readers_of
from nnviz.session.session import Session
from nnviz.ui.designs.conclusion import conclude as of_designs
from nnviz.ui.detectors.conclusion import conclude as of_detectors
from nnviz.ui.draw.conclusion import conclude as of_strange
from nnviz.ui.elimination.page import conclude as of_elimination
from nnviz.ui.mistakes.conclusion import conclude as of_mistakes
from nnviz.ui.pages.against_one import UNLIKE
from nnviz.ui.pages.conclusion import ASKING, RANDOM_START, Conclude
from nnviz.ui.votes.page import conclude as of_votes
from nnviz.words import percent
from tests.sessions import begun, learned, until

NAMES = ("ten-outputs", "four-bits", "one-vs-rest", "all-pairs", "elimination")
PAGES = (of_designs, of_detectors, of_elimination, of_mistakes, of_votes)


@pytest.fixture(scope="module")
def session() -> Session:
    """With the shipped networks of some designs."""
    found = begun()
    for name in NAMES:
        found.designs.load(name)
    return found


def said(session: Session, conclude: Conclude) -> str:
    """What a page says once all that it asks for is known."""
    for question in conclude(session, session.state).wanted:
        session.answers.get(question)
        until(session, lambda _, question=question: session.answers.known(question) is not None)
    return conclude(session, session.state).sentence


def answers(session: Session, design: str, reading: str = "") -> np.ndarray:
    work, digits = session.state.representatives[design], session.state.digits
    read = reading or DESIGNS[design].readings[0]
    layout = work.layout(digits.classes)
    return judge(work.network, layout, digits.test_images, read).classes


@pytest.mark.parametrize(
    ("conclude", "design", "reading"),
    [
        (of_elimination, "elimination", "walk"),
        (of_votes, "all-pairs", "votes"),
        (of_votes, "four-bits", "summed"),
    ],
)
def test_a_rule_says_how_many_answers_it_changes_and_how_many_for_the_better(
    session: Session, conclude: Conclude, design: str, reading: str
) -> None:
    session.designs.choose(design)
    session.change(reading=reading)
    labels = session.state.digits.labels
    ours, theirs = answers(session, design, reading), answers(session, "ten-outputs")
    found = mcnemar(ours, theirs, labels)
    sentence = said(session, conclude)
    changed = np.count_nonzero(ours != theirs)
    assert sentence.startswith(f"{changed} of 1,000 answers differ from one network's: ")
    assert f": {found.fixed} become right, {found.broken} wrong, " in sentence
    assert ("wrong, as by chance" in sentence) == (found.p > 0.05)


def test_one_network_can_change_nothing_by_a_rule(session: Session) -> None:
    session.designs.choose("ten-outputs")
    session.change(reading="votes")
    for conclude in (of_votes, of_elimination):
        assert "no rule changes any of 1,000 answers" in said(session, conclude)


def test_detectors_of_strokes_are_counted_with_bits_and_without(session: Session) -> None:
    counts = {}
    for design in ("ten-outputs", "four-bits"):
        work = session.state.representatives[design]
        shapes = at_once(MeasureShapes(work.asked()).work(session.state.digits, {}))
        counts[design] = f"{shapes.stroke_like} of {shapes.neurons}"
    session.designs.choose("ten-outputs")
    session.change(reading="")
    sentence = said(session, of_detectors)
    assert sentence.startswith(f"Stroke detectors? Half true: {counts['ten-outputs']} neurons")
    assert f"With 4 bits {counts['four-bits']} do" in sentence
    assert sentence.endswith("Without negative weights arcs and bars appear.")


def test_designs_tell_the_gain_over_bits_and_where_it_lies(session: Session) -> None:
    session.designs.choose("four-bits")
    session.change(reading="")
    until(session, lambda state: all(work.measured for work in state.representatives.values()))
    labels = session.state.digits.labels
    found = mcnemar(answers(session, "ten-outputs"), answers(session, "four-bits"), labels)
    assert "most significant bit has no shape" in said(session, of_designs)
    assert session.state.baseline == "ten-outputs"
    session.designs.choose("ten-outputs")
    ten, bits = result("ten-outputs").mean, result("four-bits").mean
    swapped = result("ten-outputs/on-four-bits").mean
    assert read_out().share == pytest.approx((swapped - bits) / (ten - bits))
    assert 0.55 < read_out().share < 0.75  # about two thirds
    sentence = of_designs(session, session.state).sentence
    points = f"+{100 * found.accuracy:.1f} points on 1,000 test digits"
    assert sentence.startswith(f"10 outputs against 4 bits: {points} (p < 0.001).")
    assert f"{percent(read_out().share, 0)} of {100 * (ten - bits):.1f} points" in sentence


def test_many_networks_win_as_they_are_larger_and_lose_at_equal_parameters(
    session: Session,
) -> None:
    session.designs.choose("one-vs-rest")
    session.change(reading="")
    until(session, lambda state: all(work.measured for work in state.representatives.values()))
    found = sizes()
    assert found.small < found.one < found.many
    assert found.many - found.as_large < 0.005
    for name, other in (("one-vs-rest/30", "ten-outputs/297"), ("one-vs-rest/3", "ten-outputs")):
        many, one = (result(each).figures["parameters"] for each in (name, other))
        assert many == pytest.approx(one, rel=0.02)
    sentence = of_designs(session, session.state).sentence
    assert sentence.startswith("One-vs-rest against one network, with 9.9 times its parameters: ")
    for share in (found.many, found.as_large, found.small, found.one):
        assert percent(share) in sentence


def test_mistakes_and_confidence_are_those_of_both_kinds_of_networks(session: Session) -> None:
    session.designs.choose("ten-outputs")
    session.change(reading="")
    assert of_mistakes(session, session.state).sentence == ASKING
    session.judgements.ask()
    until(session, lambda _: not session.judgements.missing)
    wrong = np.count_nonzero(answers(session, "ten-outputs") != session.state.digits.labels)
    sentence = of_mistakes(session, session.state).sentence
    assert sentence.startswith(f"10 outputs misreads {wrong} of 1,000 test digits, most often ")
    assert "Its confidence is off by" in sentence
    assert "That of One-vs-rest is off by" in sentence


def test_who_keeps_silent_at_no_digit_is_counted(session: Session) -> None:
    session.designs.choose("ten-outputs")
    assert of_strange(session, session.state).sentence == ASKING
    taken = {}
    for reader in readers_of(session.state, naive=True):
        if reader.name in ("ten-outputs", "one-vs-rest", "only-six"):
            question = JudgeSpecimens(reader, seed=session.state.strange.seed)
            session.answers.get(question)
            until(session, lambda _, each=question: session.answers.known(each) is not None)
            taken[reader.name] = session.answers.result(question)
    many, one = (
        percent(float((taken[name]["ten"].strongest < EVEN).mean()), 0)
        for name in ("one-vs-rest", "ten-outputs")
    )
    sentence = of_strange(session, session.state).sentence
    assert "a network shown one digit only (100 % sixes)" in sentence
    assert sentence.endswith(f"are silent at {many} of “10”, one network at {one}.")


@pytest.mark.parametrize("conclude", [of_designs, of_elimination, of_votes])
def test_no_difference_is_told_between_networks_of_other_digits(
    session: Session, conclude: Callable[..., object]
) -> None:
    session.designs.choose("elimination")
    session.change(reading="")
    trained = session.state.trained
    other = replace(
        trained["ten-outputs"],
        opened=replace(
            trained["ten-outputs"].opened, handed=session.state.digits.handed(400), before=None
        ),
    )
    session.change(trained={**trained, "ten-outputs": other})
    shelf = session.state.shelf
    session.store.change(shelf=tuple(work for work in shelf if work.design != "ten-outputs"))
    sentence = said(session, conclude)
    session.change(trained=trained)
    session.store.change(shelf=shelf)
    assert "no difference is told" in sentence
    assert conclude is of_designs or sentence == UNLIKE
    assert "become right" not in sentence
    assert "(p " not in sentence


def test_a_random_start_concludes_nothing() -> None:
    fresh = begun()
    fresh.designs.load("four-bits")
    for conclude in PAGES:
        assert conclude(fresh, fresh.state).sentence in (RANDOM_START, ASKING)


def test_designs_say_which_network_is_missing_and_promise_nothing() -> None:
    fresh = begun()
    assert of_designs(fresh, fresh.state).sentence == RANDOM_START
    learned(fresh)
    assert of_designs(fresh, fresh.state).sentence == ASKING
    fresh.change(trained={})
    fresh.designs._tried.update(DESIGNS)  # none of them reads such digits
    assert of_designs(fresh, fresh.state).sentence == (
        "No network of 4 bits is there to compare it with: train one."
    )
