"""The training loop in this process: every message, slice by slice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits import Source
from nnviz.networks.curves import SAMPLE, Position
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import Measure, judge, measured
from nnviz.questions.question import Subject
from nnviz.training import loop
from nnviz.training import trainer as training
from nnviz.training.loop import TrainingLoop
from nnviz.training.messages import (
    Answered,
    Ask,
    BeginRace,
    BeginRun,
    Change,
    DigitsOpened,
    Go,
    Look,
    OpenDigits,
    Pause,
    Snapshot,
    Told,
    Trouble,
)
from tests.idx_files import write_folder
from tests.learning.runs import bits, learn, new_network, new_trainer


class Driven:
    """A loop with a data set, worked one slice at a time."""

    def __init__(self, folder: Path) -> None:
        self.source = Source("folder", str(folder))
        self.told: list[Told] = []
        self.loop = TrainingLoop(self.told.append)
        self.numbers = [0]
        """Of the runs; 0: the only one."""
        self.tell(OpenDigits(self.source))

    def tell(self, asked: object) -> None:
        self.loop.hear(asked)

    def begin(self, settings: Settings, digits, run: int = 1) -> None:
        self.tell(BeginRun(run, settings, new_network(settings, digits), Position(), ()))

    def race(self, digits, *runs: Settings) -> None:
        self.numbers = list(range(1, len(runs) + 1))
        begun = (
            BeginRun(number, settings, new_network(settings, digits), Position(), ())
            for number, settings in zip(self.numbers, runs, strict=True)
        )
        self.tell(BeginRace(tuple(begun)))

    @property
    def seen(self) -> list[int]:
        """Digits that each run has learned from."""
        return [self.look(run=run).position.examples for run in self.numbers]

    def learn(self, **how: object) -> Snapshot:
        """Goes on as an order says, until there is nothing more to do."""
        self.tell(Go(**how))
        return self.settle()

    def look(self, points: int = 0, order: int = 0, run: int = 0) -> Snapshot:
        self.tell(Look(points, order, run))
        snapshot = self.told.pop()
        assert isinstance(snapshot, Snapshot)
        return snapshot

    def work_until(self, reached: Callable[[Snapshot], bool]) -> Snapshot:
        for _ in range(50_000):
            if reached(snapshot := self.look()):
                return snapshot
            self.loop.work()
        raise AssertionError(f"never reached from {snapshot.position}")

    def settle(self) -> Snapshot:
        """Works until there is nothing more to do."""
        for _ in range(50_000):
            if self.loop.work() is None:
                return self.look(run=self.numbers[0])
        raise AssertionError(f"never at rest, stands at {self.seen}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, few) -> Path:
    return write_folder(tmp_path_factory.mktemp("data") / "few", few)


@pytest.fixture
def driven(folder) -> Iterator[Driven]:
    driven = Driven(folder)
    (opened,) = driven.told
    assert isinstance(opened, DigitsOpened)
    driven.told.clear()
    yield driven
    driven.tell(BeginRace(()))  # a run that is let go lets its threads go


# ---- learning ------------------------------------------------------------------------


def test_opened_digits_are_told_without_the_training_digits(folder, few):
    (opened,) = Driven(folder).told
    assert opened.digits.train_count == 300
    assert opened.digits.name == "few"
    np.testing.assert_array_equal(opened.digits.images, few.test_images)
    np.testing.assert_array_equal(opened.digits.labels, few.test_labels)
    np.testing.assert_array_equal(opened.digits.inked, few.inked)


def test_a_run_waits_at_its_beginning_and_is_measured_there(driven, few):
    driven.begin(Settings(), few)
    snapshot = driven.settle()
    assert snapshot.position == Position()
    assert bits(snapshot.network) == bits(new_network(Settings(), few))
    assert snapshot.measured.examples == 0
    assert snapshot.settled


@pytest.mark.parametrize("steps", [1, 100])
def test_so_many_steps_are_learned_and_no_more(driven, few, steps):
    driven.begin(Settings(), few)
    first = driven.learn(steps=steps)
    second = driven.learn(steps=steps)
    assert (first.position.steps, second.position.steps) == (steps, 2 * steps)
    assert first.settled
    assert second.settled
    expected = learn(new_trainer(Settings(), few, sample=SAMPLE, live=True), 2 * steps)
    assert bits(second.network) == bits(expected.network())
    assert list(second.new_points) == expected.points


def test_a_step_at_a_slow_pace_comes_at_once(driven, few):
    driven.begin(Settings(batch=1), few)
    driven.learn(steps=11)
    driven.tell(Change(Settings(batch=1, speed=1)))
    driven.tell(Go(steps=1))
    waits = []
    while driven.look().running:
        waits.append(driven.loop.work())
    assert set(waits) <= {0.0, None}
    assert driven.settle().position.steps == 12


def test_an_epoch_ends_with_the_epoch_and_its_point(driven, few):
    driven.begin(Settings(batch=7), few)
    snapshot = driven.learn(to_epoch_end=True)
    assert snapshot.new_points[-1].examples == 300
    assert snapshot.measured.accuracy == snapshot.new_points[-1].test_accuracy
    driven.learn(steps=5)
    second = driven.learn(to_epoch_end=True)
    for number, position in enumerate((snapshot.position, second.position), start=1):
        assert (position.epoch, position.offset, position.examples) == (number, 0, 300 * number)


def test_a_run_pauses_each_time_its_epochs_are_complete(driven, few):
    driven.begin(Settings(epochs=3), few)
    for epoch in (3, 6):
        position = driven.learn().position
        assert (position.epoch, position.offset) == (epoch, 0)


def test_a_run_that_never_pauses_goes_on(driven, few):
    driven.begin(Settings(epochs=0), few)
    driven.tell(Go())
    assert driven.work_until(lambda seen: seen.position.epoch >= 35).running


def test_pause_acts_in_the_middle_of_an_epoch_and_changes_nothing(driven, few):
    driven.begin(Settings(batch=1), few)
    driven.tell(Go())
    running = driven.work_until(lambda seen: seen.position.steps > 0)
    driven.tell(Pause())
    paused = driven.settle()
    assert running.running
    assert 0 < paused.position.offset < 300
    assert paused.position == running.position
    assert bits(paused.network) == bits(running.network)
    assert paused.settled
    went_on = driven.learn(steps=400 - paused.position.steps)
    expected = learn(new_trainer(Settings(batch=1), few), 400)
    assert bits(went_on.network) == bits(expected.network())


def test_a_live_change_is_in_force_from_the_next_step(driven, few):
    then = Settings(rate=1.5, batch=25, decay=4.0)
    driven.begin(Settings(), few)
    driven.learn(steps=20)
    driven.tell(Change(then))
    driven.tell(Go(steps=20))
    expected = learn(new_trainer(Settings(), few), 20)
    expected.change(then)
    learn(expected, 40)
    snapshot = driven.settle()
    assert snapshot.position.examples == expected.position.examples == 20 * 10 + 20 * 25
    assert bits(snapshot.network) == bits(expected.network())


def test_a_change_while_it_runs_does_not_stop_it(driven, few):
    driven.begin(Settings(), few)
    driven.tell(Go())
    before = driven.work_until(lambda seen: seen.position.steps > 0)
    driven.tell(Change(Settings(batch=100)))
    after = driven.work_until(lambda seen: seen.position.steps > before.position.steps + 1)
    assert after.running
    examples = after.position.examples - before.position.examples
    assert examples > 10 * (after.position.steps - before.position.steps)


def test_the_weights_of_a_lost_process_go_on_in_another(folder, few):
    first, second = Driven(folder), Driven(folder)
    first.begin(Settings(batch=11), few)
    last = first.learn(steps=40)
    second.tell(BeginRun(1, Settings(batch=11), last.network, last.position, last.new_points))
    went_on = second.learn(steps=40)
    expected = learn(new_trainer(Settings(batch=11), few, sample=SAMPLE, live=True), 80)
    assert bits(went_on.network) == bits(expected.network())
    assert list(went_on.new_points) == expected.points


# ---- looking -------------------------------------------------------------------------


def test_a_look_brings_only_the_points_not_yet_known(driven, few):
    driven.begin(Settings(), few)
    driven.learn(steps=10)
    known = driven.look().new_points
    driven.learn(steps=50)
    new = driven.look(points=len(known)).new_points
    assert known
    assert new
    assert known + new == driven.look().new_points
    assert driven.look(points=len(known) + len(new)).new_points == ()


def test_a_snapshot_names_its_run_and_the_order_it_answers(driven, few):
    driven.begin(Settings(), few, run=7)
    snapshot = driven.look(order=42)
    assert (snapshot.run, snapshot.order) == (7, 42)


def test_a_snapshot_stays_as_it_is_while_the_run_goes_on(driven, few):
    driven.begin(Settings(), few)
    snapshot = driven.look()
    before = bits(snapshot.network)
    driven.tell(Go(steps=20))
    assert bits(driven.settle().network) != before
    assert bits(snapshot.network) == before


def test_a_new_run_takes_the_place_of_the_old_one(driven, few):
    driven.begin(Settings(), few, run=1)
    driven.tell(Go())
    driven.work_until(lambda seen: seen.position.steps > 0)
    driven.begin(Settings(seed=9), few, run=2)
    snapshot = driven.settle()
    assert (snapshot.run, snapshot.position, snapshot.running) == (2, Position(), False)
    assert bits(snapshot.network) == bits(new_network(Settings(seed=9), few))


def test_what_was_measured_is_what_the_network_of_the_snapshot_answers(driven, few):
    driven.begin(Settings(), few)
    snapshot = driven.learn(steps=77)
    layout = layout_of(Settings(), 10)
    given = judge(snapshot.network, layout, few.test_images, "best-match").classes
    assert snapshot.measured.examples == 770
    assert snapshot.measured.accuracy == np.mean(snapshot.measured.answers == few.test_labels)
    assert np.count_nonzero(snapshot.measured.answers != given) <= 1


def test_a_long_run_is_measured_between_its_points_without_being_changed(driven, few, monkeypatch):
    monkeypatch.setattr(loop, "REMEASURE", 0.0)
    monkeypatch.setattr(training, "SLICE", 0.0)
    monkeypatch.setattr(training, "steps_at_once", lambda *_: 1)
    driven.begin(Settings(batch=1), few)
    driven.tell(Go(steps=160))
    points, measurements = set(), set()
    snapshot = driven.look()
    while snapshot.running:
        driven.loop.work()
        snapshot = driven.look()
        points |= {point.examples for point in snapshot.new_points}
        measurements |= {snapshot.measured.examples} if snapshot.measured else set()
    assert measurements > points
    assert bits(snapshot.network) == bits(learn(new_trainer(Settings(batch=1), few), 160).network())


def test_any_network_can_be_measured_beside_the_run(driven, few):
    driven.begin(Settings(), few, run=1)
    network = new_network(Settings(seed=3), few)
    driven.tell(Ask(5, Measure(Subject(network, Settings(seed=3), examples=123))))
    driven.settle()
    (answered,) = [told for told in driven.told if isinstance(told, Answered)]
    told = answered.result
    subject = Subject(network, Settings(), "best-match", examples=123)
    expected = measured(subject, few.test_images, few.test_labels, 10)
    assert (answered.number, told.measured.examples) == (5, 123)
    assert told.measured.accuracy == expected.accuracy
    np.testing.assert_array_equal(told.measured.answers, expected.answers)


# ---- trouble -------------------------------------------------------------------------


def test_digits_that_cannot_be_opened_are_told_and_leave_the_run_alone(driven, few, tmp_path):
    driven.begin(Settings(), few)
    driven.tell(Go())
    before = driven.work_until(lambda seen: seen.position.steps > 0)
    driven.tell(OpenDigits(Source("folder", str(tmp_path / "nowhere"))))
    (trouble,) = driven.told
    assert isinstance(trouble, Trouble)
    assert trouble.about == "digits"
    assert trouble.sentence == f"There is no folder {tmp_path / 'nowhere'}."
    driven.told.clear()
    after = driven.work_until(lambda seen: seen.position.steps > before.position.steps)
    assert after.running


def test_other_digits_end_the_run(driven, few):
    driven.begin(Settings(), few)
    driven.tell(Go())
    driven.tell(OpenDigits(driven.source))
    assert isinstance(driven.told.pop(), DigitsOpened)
    assert driven.loop.work() is None
    driven.tell(Look(0, 0))
    assert driven.told == []


def test_a_run_that_diverges_is_told_and_the_next_one_works(driven, few):
    driven.begin(Settings(rate=100.0, decay=1000.0, activation="relu"), few)
    driven.tell(Go())
    for _ in range(1000):
        if driven.loop.work() is None:
            break
    (trouble,) = driven.told
    assert isinstance(trouble, Trouble)
    assert trouble.about == "run"
    assert trouble.sentence.startswith("Learning diverged")
    driven.told.clear()
    driven.tell(Look(0, 0))
    assert driven.told == []
    driven.begin(Settings(), few, run=2)
    snapshot = driven.learn(steps=30)
    assert (snapshot.run, snapshot.position.steps) == (2, 30)
    assert snapshot.network.finite()


def test_without_digits_nothing_is_done_and_nothing_told(few):
    told: list[Told] = []
    loop = TrainingLoop(told.append)
    network = new_network(Settings(), few)
    for asked in (
        BeginRun(1, Settings(), network, Position(), ()),
        Go(),
        Change(Settings(rate=1.0)),
        Look(0, 0),
        Ask(1, Measure(Subject(network, Settings()))),
        Pause(),
    ):
        loop.hear(asked)
    assert loop.work() is None
    assert told == []


def test_a_message_that_nobody_knows_is_an_error(driven):
    with pytest.raises(TypeError, match="unknown message"):
        driven.tell("hello")


# ---- races ---------------------------------------------------------------------------

RACING = ("ten-outputs", "four-bits", "one-vs-rest", "all-pairs", "elimination")


def raced(design: str, **changes: object) -> Settings:
    usual = {"trunk": "scratch"} if design == "elimination" else {}
    return Settings().change(**{"design": design, "hidden": 3, "epochs": 0} | usual | changes)


@pytest.mark.parametrize(
    ("runs", "until"),
    [
        ([raced(design) for design in RACING], 600),
        # large batches wait for the pace of small ones
        ([raced("ten-outputs", batch=batch, speed=40) for batch in (10, 100)], 300),
    ],
)
def test_the_one_ahead_waits_for_the_others(driven, few, runs, until):
    driven.race(few, *runs)
    driven.tell(Go())
    before = driven.seen
    while min(before) < until:
        driven.loop.work()
        now = driven.seen
        for was, stands in zip(before, now, strict=True):
            assert was == stands or was == min(before)
        before = now


def test_a_step_brings_all_to_the_same_digits(driven, few):
    driven.race(few, raced("ten-outputs"), raced("elimination", batch=100))
    for steps, expected in ((1, 100), (1, 200), (1, 300), (2, 500)):
        driven.learn(steps=steps)
        assert driven.seen == [expected, expected]


def test_designs_that_take_other_digits_stand_within_a_step_of_each_other(driven, few):
    driven.race(few, *map(raced, RACING))
    driven.learn(steps=3)
    largest = 10 * 300 / 60  # ten digits of each pair are fifty of all
    assert max(driven.seen) - min(driven.seen) < largest
    assert min(driven.seen) > 0


def steps_of(driven) -> list[int]:
    return [driven.look(run=run).position.steps for run in driven.numbers]


def until_apart(driven) -> None:
    """Learns until the runs stand at different steps."""
    driven.tell(Go())
    while len(set(steps_of(driven))) == 1:
        driven.loop.work()


def test_pause_stops_all_at_the_step_of_the_furthest(driven, few):
    alike = [raced(design) for design in ("ten-outputs", "four-bits", "elimination")]
    driven.race(few, *alike, raced("ten-outputs", speed=1))
    for _ in range(3):
        until_apart(driven)
        furthest = max(steps_of(driven))
        driven.tell(Pause())
        driven.settle()
        assert steps_of(driven) == [furthest] * 4
        assert not any(driven.look(run=run).running for run in driven.numbers)


def test_pause_brings_designs_of_other_digits_within_a_step_of_the_furthest(driven, few):
    driven.race(few, *map(raced, RACING))
    driven.tell(Go())
    while min(driven.seen) == 0:
        driven.loop.work()
    driven.tell(Pause())
    driven.settle()
    furthest = driven.seen[0]
    assert all(abs(each - furthest) <= 25 for each in driven.seen)  # half a step of all pairs
    stands = driven.seen
    driven.tell(Pause())
    driven.settle()
    assert driven.seen == stands


def test_runs_taken_up_apart_end_together(driven, few):
    """As after the training process was killed, when each was last seen at another moment."""
    runs = [raced(design, epochs=1) for design in ("ten-outputs", "four-bits")]
    driven.race(few, *runs)
    driven.learn()
    ahead, behind = (driven.look(run=run) for run in driven.numbers)
    start = new_network(runs[1], few)
    for how, stands in (
        ({}, [600, 600]),
        ({"to_epoch_end": True}, [600, 600]),
        ({"steps": 1}, [310, 310]),
    ):
        first = BeginRun(1, runs[0], ahead.network, ahead.position, ())
        driven.tell(BeginRace((first, BeginRun(2, runs[1], start, Position(), ()))))
        driven.learn(**how)
        assert driven.seen == stands
    assert behind.position.examples == 300


def test_in_an_epoch_each_learns_bit_for_bit_what_it_would_learn_alone(driven, few):
    runs = list(map(raced, RACING))
    driven.race(few, *runs)
    driven.learn(to_epoch_end=True)
    assert driven.seen == [300] * len(runs)
    for run, settings in zip(driven.numbers, runs, strict=True):
        alone = new_trainer(settings, few, sample=SAMPLE, live=True)
        while alone.position.epoch < 1 or alone.point_due:
            learn(alone, alone.position.steps + 1)
        raced_alike = driven.look(run=run)
        assert raced_alike.settled
        assert bits(raced_alike.network) == bits(alone.network())
        assert list(raced_alike.new_points) == alone.points


def test_a_frozen_trunk_races_too(driven, few):
    base = raced("ten-outputs")
    trunk = new_network(base, few)
    frozen = base.change(design="elimination", trunk="frozen", hidden=3)
    network = initial_network(frozen, few.inputs, few.classes, trunk)
    first = BeginRun(1, base, trunk, Position(), ())
    driven.numbers = [1, 2]
    driven.tell(BeginRace((first, BeginRun(2, frozen, network, Position(), ()))))
    driven.learn(steps=1)
    own, heads = (driven.look(run=run).network for run in driven.numbers)
    assert heads.output_biases.shape == (len(layout_of(frozen, few.classes).table),)
    assert (heads.hidden_weights == trunk.hidden_weights).all()
    assert (own.hidden_weights != trunk.hidden_weights).any()
