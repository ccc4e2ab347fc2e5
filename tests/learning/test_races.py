"""A race in the training loop: several runs that keep in step by the digits they have seen."""

from pathlib import Path

import pytest

from nnviz.data.digits import DigitSet, Source
from nnviz.networks.curves import Position
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.training.loop import TrainingLoop
from nnviz.training.messages import BeginRace, BeginRun, Go, Look, OpenDigits, Pause, Snapshot, Told
from nnviz.training.trainer import LIVE_SAMPLE
from tests.idx_files import write_folder
from tests.learning.runs import bits, learn, new_network, new_trainer

DESIGNS = ("ten-outputs", "four-bits", "one-vs-rest", "all-pairs", "elimination")


def settings_of(design: str, **changes: object) -> Settings:
    usual = {"trunk": "scratch"} if design == "elimination" else {}
    return Settings().change(design=design, hidden=3, epochs=0, **usual | changes)


class Race:
    """A loop with a race, worked one slice at a time."""

    def __init__(self, folder: Path, digits: DigitSet, runs: list[Settings]) -> None:
        self._told: list[Told] = []
        self.loop = TrainingLoop(self._told.append)
        self.loop.hear(OpenDigits(Source("folder", str(folder))))
        begun = [
            BeginRun(number, settings, new_network(settings, digits), Position(), ())
            for number, settings in enumerate(runs, start=1)
        ]
        self.numbers = [run.run for run in begun]
        self.loop.hear(BeginRace(tuple(begun)))

    def look(self, run: int) -> Snapshot:
        self.loop.hear(Look(0, 0, run))
        snapshot = self._told.pop()
        assert isinstance(snapshot, Snapshot)
        return snapshot

    @property
    def seen(self) -> list[int]:
        return [self.look(run).position.examples for run in self.numbers]

    def settle(self) -> None:
        for _ in range(50_000):
            if self.loop.work() is None:
                return
        raise AssertionError(f"never at rest, stands at {self.seen}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, few: DigitSet) -> Path:
    return write_folder(tmp_path_factory.mktemp("data") / "few", few)


def only_the_one_behind_learns(race: Race, until: int) -> None:
    """Works until all have seen so many digits, and looks after every slice."""
    before = race.seen
    while min(before) < until:
        race.loop.work()
        now = race.seen
        for was, stands in zip(before, now, strict=True):
            assert was == stands or was == min(before)
        before = now


def test_the_one_ahead_waits_for_the_others(folder: Path, few: DigitSet) -> None:
    race = Race(folder, few, [settings_of(design) for design in DESIGNS])
    race.loop.hear(Go())
    only_the_one_behind_learns(race, 600)


def test_large_batches_wait_for_the_pace_of_small_ones(folder: Path, few: DigitSet) -> None:
    runs = [settings_of("ten-outputs", batch=batch, speed=40) for batch in (10, 100)]
    race = Race(folder, few, runs)
    race.loop.hear(Go())
    only_the_one_behind_learns(race, 300)


def test_a_step_brings_all_to_the_same_digits(folder: Path, few: DigitSet) -> None:
    runs = [settings_of("ten-outputs"), settings_of("elimination", batch=100)]
    race = Race(folder, few, runs)
    for steps, expected in ((1, 100), (1, 200), (1, 300), (2, 500)):
        race.loop.hear(Go(steps=steps))
        race.settle()
        assert race.seen == [expected, expected]


def test_designs_that_take_other_digits_stand_within_a_step_of_each_other(
    folder: Path, few: DigitSet
) -> None:
    race = Race(folder, few, [settings_of(design) for design in DESIGNS])
    race.loop.hear(Go(steps=3))
    race.settle()
    largest = 10 * 300 / 60  # ten digits of each pair are fifty of all
    assert max(race.seen) - min(race.seen) < largest
    assert min(race.seen) > 0


def test_an_epoch_is_an_epoch_for_all(folder: Path, few: DigitSet) -> None:
    race = Race(folder, few, [settings_of(design) for design in DESIGNS])
    race.loop.hear(Go(to_epoch_end=True))
    race.settle()
    assert race.seen == [300] * len(DESIGNS)
    assert all(race.look(run).settled for run in race.numbers)


def test_pause_stops_all(folder: Path, few: DigitSet) -> None:
    race = Race(folder, few, [settings_of(design) for design in DESIGNS])
    race.loop.hear(Go())
    while min(race.seen) == 0:
        race.loop.work()
    race.loop.hear(Pause())
    stands = race.seen
    race.settle()
    assert race.seen == stands


def test_each_learns_bit_for_bit_what_it_would_learn_alone(folder: Path, few: DigitSet) -> None:
    runs = [settings_of("ten-outputs"), settings_of("four-bits"), settings_of("one-vs-rest")]
    race = Race(folder, few, runs)
    race.loop.hear(Go(to_epoch_end=True))
    race.settle()
    for run, settings in zip(race.numbers, runs, strict=True):
        alone = learn(new_trainer(settings, few, sample=LIVE_SAMPLE), 30)
        assert bits(race.look(run).network) == bits(alone.network())
        assert list(race.look(run).new_points) == alone.points


def test_a_frozen_trunk_races_too(folder: Path, few: DigitSet) -> None:
    base = settings_of("ten-outputs")
    trunk = new_network(base, few)
    frozen = base.change(design="elimination", trunk="frozen", hidden=3)
    network = initial_network(frozen, few.inputs, few.classes, trunk)
    race = Race(folder, few, [base])
    first = BeginRun(1, base, trunk, Position(), ())
    race.numbers = [1, 2]
    race.loop.hear(BeginRace((first, BeginRun(2, frozen, network, Position(), ()))))
    race.loop.hear(Go(steps=1))
    race.settle()
    layout = layout_of(frozen, few.classes)
    assert race.look(2).network.output_biases.shape == (len(layout.table),)
    assert (race.look(2).network.hidden_weights == trunk.hidden_weights).all()
    assert (race.look(1).network.hidden_weights != trunk.hidden_weights).any()
