"""Races in the session: several designs at once, and no run that no file holds is dropped."""

import numpy as np
import pytest

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.training.messages import Snapshot
from tests import patience
from tests.sessions import until


def all_learned(steps: int):
    return lambda state: min(work.position.steps for work in state.racing) >= steps


def at_rest(state: State) -> bool:
    return not state.running and all(
        work.measured is not None and work.measured.examples == work.position.examples
        for work in state.racing
    )


def seen(session: Session) -> dict[str, int]:
    return {work.design: work.position.examples for work in session.state.racing}


@pytest.fixture
def race(session: Session) -> None:
    """Two lanes at their start."""
    session.race.begin(["ten-outputs", "four-bits"])


def test_a_race_begins_at_random_starts_of_one_seed(session: Session) -> None:
    session.controls.set(seed=5)
    assert session.race.begin(["ten-outputs", "four-bits", "all-pairs"])
    racing = session.state.racing
    assert [work.design for work in racing] == ["ten-outputs", "four-bits", "all-pairs"]
    assert {work.settings.seed for work in racing} == {5}
    assert {work.settings.images for work in racing} == {200}
    assert seen(session) == {"ten-outputs": 0, "four-bits": 0, "all-pairs": 0}
    assert session.state.design == "ten-outputs"


def test_run_pause_and_step_go_for_all(session: Session, race) -> None:
    session.runs.step("epoch")
    until(session, at_rest)
    assert seen(session) == {"ten-outputs": 200, "four-bits": 200}
    session.runs.run()
    until(session, all_learned(25))
    session.runs.pause()
    until(session, at_rest)
    assert all(len(work.points) > 2 for work in session.state.racing)


def test_switching_the_design_shows_another_lane_and_the_race_goes_on(
    session: Session, race: None
) -> None:
    session.designs.choose("four-bits")  # before the first step too
    assert session.state.work.key in session.state.race
    session.runs.run()
    until(session, all_learned(3))
    session.designs.choose("ten-outputs")
    assert session.state.running
    assert session.state.work.key in session.state.race
    stood = seen(session)
    until(session, lambda _: all(now > stood[name] for name, now in seen(session).items()))


def test_lanes_that_move_at_once_are_told_at_once(
    session: Session, race: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.runs.run()
    until(session, all_learned(3))
    engine, came = session.process._engine, list[Snapshot]()
    steps = {work.run: work.position.steps for work in session.state.racing}

    def both_moved() -> bool:
        session.runs.look()
        came.extend(each for each in engine.heard() if isinstance(each, Snapshot))
        moved = {each.run for each in came if each.position.steps > steps[each.run]}
        if not moved:
            came.clear()
        session.runs._looking.clear()  # what came is taken in later: it may be asked again
        return len(moved) == 2

    patience.until(both_moved)
    told: list[frozenset[str]] = []
    session.watch(lambda _, fields: told.append(fields))
    before = seen(session)
    monkeypatch.setattr(engine, "heard", lambda: came)
    session.refresh()
    assert all(now > before[name] for name, now in seen(session).items())
    assert len([fields for fields in told if "shelf" in fields]) == 1


def test_an_older_run_of_a_design_does_not_take_the_place_of_its_lane(session: Session) -> None:
    session.runs.step("batch")
    until(session, lambda state: not state.running and state.work.position.steps == 1)
    session.race.begin(["ten-outputs", "four-bits"])
    session.designs.choose("four-bits")
    session.designs.choose("ten-outputs")
    assert session.state.work.key in session.state.race
    assert len(session.state.works) == 3


def test_a_design_outside_the_race_leaves_its_lanes_alone(session: Session, race) -> None:
    keys = session.state.race
    session.designs.choose("all-pairs")
    assert tuple(work.key for work in session.state.racing) == keys
    assert not session.state.running


def test_a_fair_race_gives_the_baseline_as_many_parameters(session: Session) -> None:
    session.race.begin(["ten-outputs", "one-vs-rest"], fair=True)
    base, other = session.state.racing
    assert other.network.parameters == 235_810
    assert base.network.hidden == 297
    assert abs(base.network.parameters - other.network.parameters) < 795


def test_a_reset_begins_all_again_from_the_same_weights_and_can_be_undone(session: Session) -> None:
    session.designs.load("ten-outputs")
    session.race.begin(["ten-outputs", "four-bits", "elimination"])
    first = [work.network for work in session.state.racing]
    assert session.state.racing[2].settings.trunk == "frozen"
    session.runs.run()
    until(session, all_learned(2))
    session.runs.pause()
    until(session, at_rest)
    learned = [work.network for work in session.state.racing]
    session.controls.reset()
    assert set(seen(session).values()) == {0}
    assert session.state.notice.action == "controls.undo_reset"
    for before, after in zip(first, session.state.racing, strict=True):
        np.testing.assert_array_equal(before.hidden_weights, after.network.hidden_weights)
        np.testing.assert_array_equal(before.output_weights, after.network.output_weights)
    session.controls.undo_reset()
    for before, after in zip(learned, session.state.racing, strict=True):
        np.testing.assert_array_equal(before.output_weights, after.network.output_weights)
    session.runs.run()
    until(session, all_learned(4))


def apart(state: State) -> bool:
    """Lanes seen at different moments, the one behind last."""
    return state.running and len({work.position.examples for work in state.racing}) > 1


def test_all_lanes_stand_at_one_step_after_pause_reset_and_kill(session: Session, race) -> None:
    def learn_apart() -> None:
        session.runs.run()
        until(session, apart)

    def stand_together() -> None:
        until(session, at_rest)
        (examples,) = set(seen(session).values())
        assert examples > 0

    learn_apart()
    session.runs.pause()
    stand_together()
    learn_apart()
    session.controls.reset()
    session.controls.undo_reset()
    stand_together()
    learn_apart()
    session.process._engine.die()
    until(session, lambda state: state.engine == "dead")
    session.process.start()
    until(session, lambda state: state.engine == "ready")
    stand_together()


def test_the_reset_of_a_race_can_be_undone_from_another_lane(session: Session, race) -> None:
    session.runs.step("batch")
    until(session, at_rest)
    session.controls.reset()
    session.designs.choose("four-bits")
    assert session.state.notice.sentence == "The race starts again."
    session.controls.undo_reset()
    assert set(seen(session).values()) == {10}


def test_seed_and_speed_go_for_all(session: Session, race) -> None:
    session.runs.run()
    until(session, all_learned(1))
    session.controls.set(speed=7)
    assert session.state.running
    assert {work.settings.speed for work in session.state.racing} == {7}
    seed = session.state.settings.seed
    session.controls.new_seed()
    assert {work.settings.seed for work in session.state.racing} == {seed + 1}
    assert set(seen(session).values()) == {0}


def test_ending_the_race_keeps_its_networks_and_another_race_too(
    session: Session, race: None
) -> None:
    session.runs.run()
    until(session, all_learned(2))
    session.race.end()
    until(session, lambda state: not state.running)
    assert session.state.race == ()
    keys = {work.key for work in session.state.works if work.would_be_lost}
    assert len(keys) == 2
    session.race.begin(["four-bits", "all-pairs"])
    assert keys < {work.key for work in session.state.works}
    assert len(session.state.racing) == 2


def test_a_race_leaves_the_trunk_of_an_experiment_behind(session: Session) -> None:
    session.designs.load("four-bits")
    session.experiments.run(design="ten-outputs", trunk="frozen", trunk_from="four-bits")
    session.runs.pause()
    until(session, lambda _: session.runs.settled)
    session.race.begin(["ten-outputs", "any-code", "elimination"])
    trunks = [work.settings.trunk for work in session.state.racing]
    assert trunks == ["scratch", "scratch", "frozen"]
    own = session.state.own_settings
    assert session.state.racing[0].settings == own.change(design="ten-outputs")


def test_a_race_takes_over_the_settings_that_were_chosen(session: Session) -> None:
    session.designs.choose("one-vs-rest")
    session.controls.set(balance="equal", hidden=12)
    session.designs.choose("four-bits")
    session.race.begin(["four-bits", "one-vs-rest"])
    chosen = session.state.racing[1].settings
    assert (chosen.balance, chosen.hidden) == ("equal", 12)


def test_a_run_that_no_file_holds_stays_open(session: Session) -> None:
    session.runs.step("batch")
    kept = until(session, lambda state: state.work.position.steps == 1).work
    session.race.begin(["ten-outputs", "four-bits"])
    assert kept.key in {work.key for work in session.state.works}
    session.race.end()
    assert kept.key in {work.key for work in session.state.works}


def test_an_untouched_run_that_was_just_told_to_learn_stays_open(session: Session) -> None:
    session.runs.run()  # no step of it has been seen
    key = session.state.work.key
    session.race.begin(["ten-outputs", "four-bits"])
    assert key in {work.key for work in session.state.works}


def test_what_the_last_reset_took_away_comes_back_after_a_race(session: Session) -> None:
    session.runs.step("batch")
    learned = until(session, lambda state: state.work.position.steps == 1).work
    session.controls.reset()
    session.race.begin(["ten-outputs", "four-bits"])
    session.race.end()
    places = [work.key for work in session.state.works]
    session.shelf.switch(places.index(learned.key))
    session.controls.undo_reset()
    assert session.state.work.network is learned.network


def test_a_run_outside_the_race_ends_it(session: Session, race) -> None:
    session.designs.choose("one-vs-rest")
    session.runs.step("batch")
    until(session, lambda state: state.work.position.steps == 1)
    assert session.state.race == ()


def test_a_lane_that_diverges_is_said_and_pauses_the_others(session: Session) -> None:
    session.controls.set(rate=100.0, decay=1000.0)
    session.race.begin(["ten-outputs", "four-bits"])
    session.runs.run()
    state = until(session, lambda state: state.notice is not None)
    assert "diverged" in state.notice.sentence
    assert not state.running


def test_lanes_of_other_batches_rest_at_one_step_too(session: Session) -> None:
    session.designs.load("ten-outputs")
    session.controls.set(images=430)  # which no batch divides
    session.race.begin(["ten-outputs", "elimination"])
    assert [work.settings.batch for work in session.state.racing] == [10, 100]
    for steps in (3, 37, 61):
        session.runs.run()
        until(session, lambda state, steps=steps: state.racing[0].position.steps >= steps)
        session.runs.pause()
        until(session, at_rest)
        assert len(set(seen(session).values())) == 1
