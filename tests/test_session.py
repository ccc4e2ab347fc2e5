"""The session: one state, changed in one place, in step with the training loop."""

import dataclasses
import shutil
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits import DigitSet, Source, bundled_digits
from nnviz.networks.curves import SAMPLE
from nnviz.networks.files import load
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import measured
from nnviz.session.files import left_out
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.training.messages import Broken
from nnviz.training.trainer import Trainer
from tests.idx_files import write_folder
from tests.in_process import InProcess
from tests.sessions import learned, settled, shown, steps, until


@pytest.fixture
def engine(session: Session) -> InProcess:
    return session.process._engine


def test_a_change_tells_every_watcher_once_with_the_names_of_its_fields(session: Session) -> None:
    heard: list[frozenset[str]] = []
    session.watch(lambda state, fields: heard.append(fields))
    session.change(neuron=3, dense=False)
    session.change(neuron=3)
    session.change(image=7)
    assert heard == [{"neuron"}, {"image", "verdict"}]


def test_a_watcher_that_changes_more_leaves_nobody_behind(session: Session) -> None:
    def change_more(_: State, fields: frozenset[str]) -> None:
        if "page" in fields:
            session.change(image=3)

    seen = []
    session.watch(change_more)
    session.watch(lambda state, fields: seen.append(state))
    session.change(page="draw")
    assert len(seen) == 2
    assert all(state is session.state for state in seen)


def test_the_verdict_always_belongs_to_the_weights_and_the_digit(session: Session) -> None:
    session.runs.run()
    until(session, steps(30))
    for image in (0, 5):
        session.change(image=image)
        session.store.judge()
        state, network = session.state, session.state.work.network
        inputs = state.digits.images[image].astype(np.float64) / 255
        hidden = 1 / (1 + np.exp(-(network.hidden_weights[0] @ inputs + network.hidden_biases[0])))
        sums = network.output_weights @ hidden + network.output_biases
        expected = np.exp(sums - sums.max()) / np.exp(sums - sums.max()).sum()
        np.testing.assert_allclose(state.sure_verdict.outputs, expected, atol=1e-5)
        assert state.sure_verdict.answer == expected.argmax()


def test_snapshots_alone_leave_the_verdict_until_it_is_asked_for_or_all_is_written_anew(
    session: Session,
) -> None:
    session.runs.run()
    until(session, steps(5))
    heard: list[frozenset[str]] = []
    session.watch(lambda state, fields: heard.append(fields))
    before = session.state.sure_verdict
    until(session, steps(session.state.work.position.steps + 5))
    assert session.state.sure_verdict is before
    assert not any("verdict" in fields for fields in heard)
    session.change(image=session.state.image)  # changes nothing
    assert session.state.sure_verdict is before
    for ask in (lambda: session.change(page="draw"), session.store.judge, session.runs.pause):
        until(session, steps(session.state.work.position.steps + 1))
        ask()
        assert session.state.sure_verdict.evidence.network is session.state.work.network
    assert session.state.sure_verdict is not before


@pytest.mark.parametrize(("size", "expected"), [("batch", 1), ("hundred", 100), ("epoch", 20)])
def test_a_step_learns_exactly_its_batches(session: Session, size: str, expected: int) -> None:
    session.runs.step(size)
    state = until(session, settled)
    assert state.work.position.steps == expected


def test_reset_gives_the_same_start_and_the_same_run_bit_for_bit(session: Session) -> None:
    first = session.state.work.network
    once = learned(session, "epoch").network
    session.controls.reset()
    again = session.state.work.network
    np.testing.assert_array_equal(again.hidden_weights, first.hidden_weights)
    relearned = learned(session, "epoch").network
    np.testing.assert_array_equal(relearned.hidden_weights, once.hidden_weights)
    np.testing.assert_array_equal(relearned.output_weights, once.output_weights)


def test_undo_brings_a_reset_run_back_and_it_goes_on_as_if_nothing_had_been(
    session: Session,
) -> None:
    before = learned(session)
    session.controls.reset()
    assert session.state.work.position.steps == 0
    assert session.state.notice.action == "controls.undo_reset"
    session.controls.undo_reset()
    assert session.state.work.network is before.network
    assert session.state.work.position == before.position
    went_on = learned(session)
    session.controls.reset()
    straight = learned(session, times=2)
    np.testing.assert_array_equal(went_on.network.hidden_weights, straight.network.hidden_weights)


def test_a_new_seed_gives_other_weights(session: Session) -> None:
    before = session.state.work.network.hidden_weights
    session.controls.new_seed()
    assert session.state.settings.seed == 2
    assert not np.array_equal(session.state.work.network.hidden_weights, before)


def test_live_settings_change_the_run_and_the_others_start_a_new_one(session: Session) -> None:
    session.runs.run()
    until(session, steps(5))
    assert not session.controls.starts_new_run(rate=0.5, batch=20, decay=1.0)
    run = session.state.run
    session.controls.set(rate=0.5)
    assert session.state.run == run
    assert session.state.running
    assert session.controls.starts_new_run(hidden=15)
    session.controls.set(hidden=15)
    assert session.state.run == run + 1
    assert session.state.work.network.hidden == 15
    assert session.state.work.position.steps == 0


def test_an_impossible_setting_is_refused_in_words_and_changes_nothing(session: Session) -> None:
    before = session.state.settings
    session.controls.set(hidden=0)
    assert session.state.settings == before
    assert "between 1 and 500" in session.state.notice.sentence


def test_the_snapshot_of_an_older_run_is_dropped(session: Session) -> None:
    session.runs.run()
    until(session, steps(5))
    session.refresh()  # a snapshot may be under way
    session.controls.reset()
    fresh = initial_network(session.state.settings, 784, 10)
    for _ in range(20):
        session.refresh()
    np.testing.assert_array_equal(session.state.work.network.hidden_weights, fresh.hidden_weights)
    assert session.state.work.position.steps == 0


def test_a_run_pauses_after_the_epochs_of_the_settings_and_says_so(session: Session) -> None:
    session.controls.set(epochs=2)
    session.runs.run()
    state = until(session, settled)
    assert state.work.position.epoch == 2
    assert state.notice.sentence == "2 epochs are complete; Run learns more."


def test_a_dead_process_is_said_and_the_run_goes_on_from_the_last_snapshot(
    session: Session, engine: InProcess
) -> None:
    before = learned(session)
    session.runs.run()
    engine.die()
    session.refresh()
    assert session.state.engine == "dead"
    assert not session.state.running
    notice = session.state.notice
    assert "signal 9" in notice.sentence
    assert notice.action_label == "Go on"
    assert session.state.work.position.steps >= before.position.steps
    attrgetter(notice.action)(session)()
    state = until(session, steps(before.position.steps + 50))
    assert engine.starts == 2
    assert state.work.points[: len(before.points)] == before.points


def test_networks_still_to_be_measured_when_the_process_dies_are_measured_all_the_same(
    session: Session, engine: InProcess
) -> None:
    session.designs.load("four-bits")
    engine.die()
    state = until(session, lambda state: state.trained["four-bits"].measured is not None)
    assert state.engine == "dead"


def test_the_last_words_of_a_broken_process_are_kept_as_details(
    session: Session, engine: InProcess
) -> None:
    engine.die("it ended with status 1")
    engine._told.insert(0, Broken("ImportError: no torch", "Traceback: all of it"))
    session.refresh()
    assert "ImportError: no torch" in session.state.notice.sentence
    assert session.state.notice.details == "Traceback: all of it"


def test_diverged_learning_is_said_and_the_picture_keeps_numbers(session: Session) -> None:
    session.controls.set(rate=100.0, decay=1000.0)
    session.runs.run()
    state = until(session, lambda state: state.notice is not None)
    assert "diverged" in state.notice.sentence
    assert state.notice.action == "controls.reset"
    assert not state.running
    assert state.work.network.finite()
    assert np.isfinite(state.sure_verdict.outputs).all()


def test_run_leaves_a_network_file_alone_and_starts_from_random_weights(session: Session) -> None:
    assert session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    opened = session.state.work
    assert opened.opened is not None
    assert opened.measured.accuracy > 0.95
    session.runs.step("batch")
    state = until(session, settled)
    assert state.work.opened is None
    assert state.settings == dataclasses.replace(opened.settings)
    assert state.work.position.steps == 1


def test_a_network_file_can_be_trained_further(session: Session) -> None:
    session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    session.controls.set(images=0)
    session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    session.files.train_further()
    session.runs.pause()
    state = until(session, settled)
    assert state.work.measured.accuracy > 0.9


def test_a_saved_run_opens_again_as_it_was(session: Session, tmp_path: Path) -> None:
    before = learned(session, "epoch")
    path = tmp_path / "run.safetensors"
    assert before.would_be_lost
    assert session.files.save(path)
    assert not session.state.work.would_be_lost
    session.controls.reset()
    assert session.files.open(path)
    work = session.state.work
    np.testing.assert_array_equal(work.network.hidden_weights, before.network.hidden_weights)
    assert (work.position, work.points) == (before.position, before.points)
    assert load(path).settings == before.settings


def test_a_bad_network_file_changes_nothing(session: Session, tmp_path: Path) -> None:
    before = learned(session, "batch")
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"\x08" + bytes(20))
    assert not session.files.open(bad)
    assert session.state.work is before
    assert "bad.safetensors" in session.state.notice.sentence


def test_a_bad_folder_leaves_digits_and_run_alone(session: Session, tmp_path: Path) -> None:
    session.runs.step("batch")
    before = until(session, settled)
    session.digits.open(Source("folder", str(tmp_path)))
    state = until(
        session,
        lambda state: "holds no data set" in (state.notice.sentence if state.notice else ""),
    )
    assert state.digits is before.digits
    assert state.work is before.work
    assert learned(session, "batch").position.steps == 2


def idx_folder(folder: Path, classes: int, test: int) -> Path:
    """A data set of noise, with test digits of all classes in turn."""
    random, counts = np.random.default_rng(0), (100, test)
    images = [random.integers(0, 256, (count, 784), dtype=np.uint8) for count in counts]
    labels = [(np.arange(count) % classes).astype(np.uint8) for count in counts]
    parts = (part for pair in zip(images, labels, strict=True) for part in pair)
    names = tuple(map(str, range(classes)))
    return write_folder(folder, DigitSet(Source(), "noise", names, *parts))


def test_another_folder_brings_its_digits_and_a_fresh_run(session: Session, tmp_path: Path) -> None:
    session.change(image=999, output=9, label=9)
    folder = idx_folder(tmp_path / "five", classes=5, test=50)
    session.digits.open(Source("folder", str(folder)))
    state = until(session, lambda state: state.digits.name == "five")
    assert state.digits.class_names == ("0", "1", "2", "3", "4")
    assert (state.image, state.output, state.label) == (0, None, None)
    assert len(state.sure_verdict.outputs) == 5
    assert learned(session, "batch").position.steps == 1


def test_a_network_file_stays_on_screen_when_other_digits_of_its_kind_come(
    session: Session, tmp_path: Path
) -> None:
    session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    shown = session.state.work.network
    digits = bundled_digits()
    few = replace(
        digits.first(400),
        test_images=digits.train_images[:2500],
        test_labels=digits.train_labels[:2500],
    )
    folder = write_folder(tmp_path / "ten", few)
    session.digits.open(Source("folder", str(folder)))
    state = until(session, lambda state: state.digits.name == "ten")
    assert state.digits.kind == "mnist"
    assert state.work.network is shown
    # more test digits than are measured on the spot: the training process does it
    measured = until(session, lambda state: state.work.measured is not None).work.measured
    assert len(measured.answers) == 2500
    assert measured.accuracy > 0.9


def test_networks_are_not_asked_about_images_of_another_kind(
    session: Session, tmp_path: Path
) -> None:
    session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    folder = idx_folder(tmp_path / "ten", classes=10, test=50)
    session.digits.open(Source("folder", str(folder)))
    state = until(session, lambda state: state.digits.name == "ten")
    assert state.work.opened is None
    assert state.notice.sentence == left_out("ten")
    while session.designs.load_next():
        pass
    session.row.load_reader()
    assert not session.state.trained
    assert session.state.row.reader is None
    assert list(session.state.representatives) == ["ten-outputs"]
    session.change(notice=None)
    assert not session.files.open_shipped(TRAINED / "ten-outputs.safetensors")
    assert session.state.notice.sentence == left_out("ten")


def test_a_file_of_another_kind_can_be_looked_at_and_stands_for_no_design(
    session: Session, tmp_path: Path
) -> None:
    folder = idx_folder(tmp_path / "ten", classes=10, test=50)
    session.digits.open(Source("folder", str(folder)))
    until(session, lambda state: state.digits.name == "ten")
    path = Path(shutil.copy(TRAINED / "four-bits.safetensors", tmp_path / "mine.safetensors"))
    assert session.files.open(path)
    said = "mine.safetensors learned from MNIST and is asked about ten"
    assert said in session.state.notice.sentence
    assert not session.state.work.meant_for(session.state.digits)
    session.shelf.add()
    assert "four-bits" in {work.design for work in session.state.works}
    session.designs.choose("ten-outputs")
    assert "four-bits" not in session.state.representatives


def test_a_network_of_some_classes_opens_with_their_digits(session: Session) -> None:
    path = TRAINED / "naive" / "six-or-nine.safetensors"
    whole = session.state.digits.source
    part = session.digits.part_for(path)
    assert part == replace(whole, classes=("6", "9"))
    session.digits.open_part(part, path)
    state = until(session, lambda state: state.work.opened is not None)
    assert state.digits.class_names == ("6", "9")
    assert state.digits.all_names == tuple("0123456789")
    assert "tells 2 classes apart" in state.notice.sentence
    assert session.digits.part_for(path) is None
    # one of all classes leads back to them
    ten = TRAINED / "ten-outputs.safetensors"
    assert session.digits.part_for(ten) == whole
    session.digits.open_part(whole, ten)
    state = until(session, lambda state: state.digits.classes == 10)
    assert state.work.opened is not None
    assert session.digits.part_for(TRAINED / "no such file") is None


def test_a_folder_that_fails_at_the_start_leaves_the_bundled_digits(tmp_path: Path) -> None:
    session = Session(InProcess(), shown(), Settings(images=200))
    session.process.start(Source("folder", str(tmp_path / "none")))
    state = until(session, lambda state: state.engine == "ready")
    assert state.digits is shown()
    assert "There is no folder" in state.notice.sentence


def test_run_before_the_engine_is_ready_begins_as_soon_as_it_is() -> None:
    session = Session(InProcess(), shown(), Settings(images=200))
    session.process.start()
    session.runs.run()
    assert not session.state.running
    assert until(session, steps(3)).running


# ---- which digit is looked at next ---------------------------------------------------


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


def left_in_mid_run(session: Session) -> Work:
    """A run whose window has seen it move on since it was measured last."""
    session.runs.run()
    state = until(
        session,
        lambda state: (
            state.work.measured is not None
            and state.work.measured.examples < state.work.position.examples
        ),
    )
    return state.work


def paused(session: Session, _: Path) -> None:
    session.runs.pause()


def left_behind(session: Session, _: Path) -> None:
    session.designs.choose("four-bits")
    session.designs.choose("ten-outputs")


def died(session: Session, _: Path) -> None:
    session.process._engine.die()
    session.refresh()


def opened_again(session: Session, path: Path) -> None:
    """From a file that was saved before it was measured."""
    assert session.files.save(path)
    session.runs.pause()
    assert session.files.open(path)


def undone(session: Session, _: Path) -> None:
    session.controls.reset()
    session.controls.undo_reset()


@pytest.mark.parametrize("come_to_rest", [paused, left_behind, died, opened_again, undone])
def test_at_rest_accuracy_curves_and_file_are_of_the_moment_shown(
    session: Session, path: Path, come_to_rest: Callable[[Session, Path], None]
) -> None:
    run = left_in_mid_run(session)
    come_to_rest(session, path)
    work = until(session, settled).work
    assert work.position.steps >= run.position.steps
    assert work.curve[-1].examples == work.measured.examples == work.position.examples
    assert work.curve[-1].test_accuracy == work.measured.accuracy
    right = measured(work.asked(), shown().images, shown().labels, 10)
    assert work.measured.accuracy == right.accuracy
    assert session.files.save(path)
    trained = load(path)
    if come_to_rest is not opened_again:
        assert trained.test_accuracy == work.measured.accuracy
        assert trained.curve == work.curve
        trainer = Trainer(
            work.settings, bundled_digits(), work.network, work.position, sample=SAMPLE, live=True
        )
        assert dataclasses.astuple(work.curve[-1]) == pytest.approx(
            dataclasses.astuple(trainer.measure_now())
        )


def test_measuring_at_a_pause_leaves_the_curves_of_a_run_as_they_are(session: Session) -> None:
    for _ in range(3):
        learned(session, "batch")
    learned(session, "epoch")
    pauses = session.state.work
    session.controls.reset()
    straight = learned(session, "epoch")
    assert pauses.points == straight.points
    assert pauses.curve == straight.curve
