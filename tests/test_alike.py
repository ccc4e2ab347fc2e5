"""Training designs alike: what is offered, what learns, and what is on screen in the end."""

from nnviz.networks.taught import alike
from nnviz.session.session import Session
from nnviz.session.state import State
from tests.sessions import learned, until


def measured(state: State) -> bool:
    return not state.running and all(work.measured for work in state.representatives.values())


def all_alike(session: Session) -> bool:
    """Whether the networks that stand for the designs learned from the same digits and as long."""
    taught = session.state.taught.values()
    first = next(iter(taught))
    return all(alike(first, each) and each.epochs == first.epochs for each in taught)


def test_others_learn_what_the_baseline_was_handed(session: Session) -> None:
    for design in ("four-bits", "elimination"):
        session.designs.load(design)
    assert session.alike.offered == ("four-bits", "elimination")
    session.controls.set(seed=7, speed=0)
    own = learned(session, "epoch", times=2)
    settings = session.state.settings
    assert session.alike.train()
    assert session.state.running
    assert session.alike.offered == ()
    until(session, lambda state: state.work.key == own.key and measured(state))
    state = session.state
    assert (state.settings, state.work.network) == (settings, own.network)
    assert all_alike(session)
    assert {work.judged_by.seed for work in state.representatives.values()} == {7}
    assert state.unlike == frozenset()
    session.comparisons.compare()
    told = until(session, lambda state: state.comparison is not None).comparison
    assert set(told.differences) == {"ten-outputs", "four-bits", "elimination"}


def test_a_baseline_whose_digits_are_not_at_hand_learns_too_and_a_trunk_first(
    session: Session,
) -> None:
    session.designs.load("ten-outputs")
    session.designs.load("elimination")
    session.designs.choose("four-bits")
    session.runs.start_over(session.state.settings.change(images=200))
    learned(session, "epoch")
    session.designs.choose("ten-outputs")
    assert session.state.work.shipped
    assert session.alike.offered == ("ten-outputs", "elimination")
    assert session.alike.train()
    assert [work.design for work in session.state.racing] == ["ten-outputs"]
    until(session, lambda state: {work.design for work in state.racing} == {"elimination"})
    until(session, lambda state: state.design == "ten-outputs" and session.runs.settled)
    assert all_alike(session)


def test_another_run_ends_it_and_networks_stay_open(session: Session) -> None:
    session.designs.load("elimination")
    session.designs.load("ten-outputs")
    session.designs.choose("four-bits")
    session.runs.start_over(session.state.settings.change(images=200))
    learned(session, "epoch")
    session.alike.train()
    until(session, lambda state: state.racing[0].position.steps > 0)
    session.race.end()
    session.designs.choose("four-bits")
    session.runs.step("batch")
    until(session, lambda state: not state.running)
    assert session.state.race == ()
    assert len(session.state.works) == 2
