"""Runs that survive: whatever dies, the next start goes on bit for bit."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits import Source
from nnviz.networks.files import load
from nnviz.networks.settings import Settings
from nnviz.session.autosave import Autosave, age_in_words
from nnviz.session.runs import fresh_work
from nnviz.session.session import Session
from nnviz.session.state import State
from tests.in_process import InProcess
from tests.learning.network_files import SOUND, with_story
from tests.sessions import begun, killed, learned, settled, shown, steps, taken_up, until

ROOT = Path(__file__).resolve().parents[1]
Start = Callable[[], Session]


def test_a_killed_run_is_offered_and_goes_on_bit_for_bit(start: Start) -> None:
    straight = start()
    expected = learned(straight, times=3)
    straight.stop(give_up=True)

    first = start()
    assert first.state.notice is None
    before = learned(first)
    killed(first)

    second = start()
    notice = second.state.notice
    assert notice.action == "survival.take_up"
    second.survival.take_up()
    work = second.state.work
    assert (work.position, work.points, work.settings) == (
        before.position,
        before.points,
        before.settings,
    )
    went_on = learned(second, times=2)
    np.testing.assert_array_equal(went_on.network.hidden_weights, expected.network.hidden_weights)
    np.testing.assert_array_equal(went_on.network.output_weights, expected.network.output_weights)
    assert went_on.points == expected.points


def test_a_run_killed_twice_is_still_there(start: Start) -> None:
    first = start()
    before = learned(first)
    killed(first)
    second = taken_up(start)
    killed(second)
    third = taken_up(start)
    np.testing.assert_array_equal(
        third.state.work.network.hidden_weights, before.network.hidden_weights
    )


def test_a_run_given_up_or_saved_is_not_offered(start: Start, tmp_path: Path) -> None:
    first = start()
    learned(first)
    first.stop(give_up=True)
    second = start()
    assert second.state.notice is None
    learned(second)
    second.files.save(tmp_path / "kept.safetensors")
    second.stop()
    assert start().state.notice is None


def test_a_living_program_keeps_its_run_to_itself(start: Start) -> None:
    first, second = start(), start()
    for session in (first, second):
        learned(session)
        session.survival._autosave.wait()
    assert start().state.notice is None
    killed(first)
    assert start().state.notice is not None
    assert second.state.work.position.steps == 100


def test_a_run_on_another_data_set_opens_it_again(start: Start, tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "resources" / "digits", tmp_path / "copy")
    first = start()
    first.digits.open(Source("folder", str(folder)))
    until(first, lambda state: state.digits.source.folder == str(folder))
    before = learned(first)
    killed(first)
    second = taken_up(start)
    state = until(second, lambda state: state.digits.source.folder == str(folder))
    np.testing.assert_array_equal(state.work.network.hidden_weights, before.network.hidden_weights)


def test_digits_that_are_gone_are_said_and_the_run_stays_offered(
    start: Start, tmp_path: Path
) -> None:
    first = start()
    learned(first)
    killed(first)
    kept = next((tmp_path / "runs").glob("*.safetensors"))
    second = start()
    second.change(digits=replace(second.state.digits, name="other"))
    second.survival.take_up()
    assert "no longer there" in second.state.notice.sentence
    assert kept.exists()


def test_a_damaged_left_over_is_passed_by_and_left_alone(start: Start, tmp_path: Path) -> None:
    bad = tmp_path / "runs" / "dead-1.safetensors"
    bad.parent.mkdir()
    bad.write_bytes(with_story(SOUND, trained_on=0))
    said = start().state.notice.sentence
    assert said.startswith(f"{bad} is damaged: trained_on must be a whole number between 1 and")
    assert bad.read_bytes() == with_story(SOUND, trained_on=0)


def test_the_runs_of_all_programs_are_offered_by_when_they_learned(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    for number in range(1, 4):
        session = start()
        session.change(notice=None)
        for _ in range(number):
            learned(session, "batch")
        killed(session)
        # the clock is set back by a day between two programs
        monkeypatch.setattr(time, "time", lambda number=number: now - 86_400 * number)
    for place, path in enumerate((tmp_path / "runs").glob("*.safetensors")):
        os.utime(path, (now + place, now - place * 999))  # as a copy or a backup has them
    last = start()
    assert [run.trained.position.steps for run in last.survival.left] == [3, 2, 1]
    assert last.state.notice.sentence.endswith("and 2 other runs.")
    assert last.state.notice.action == "survival.choose"
    middle = last.survival.left[1]
    last.survival.take_up(runs=[middle])
    assert last.state.work.position.steps == 2
    last.survival.forget(last.survival.left[1:])
    killed(last)
    # what was taken up and did not learn on is as old as it was
    again = start()
    assert [run.trained.position.steps for run in again.survival.left] == [3, 2]
    assert again.survival.left[1].when == middle.when


@pytest.mark.parametrize("moves", range(1, 6))
@pytest.mark.parametrize("does", ["put aside", "adopt"])
def test_a_program_killed_while_a_run_changes_its_name_loses_neither_run_nor_film(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, moves: int
) -> None:
    first = start()
    work = learned(first)
    first.survival._autosave.wait()
    if does == "adopt":
        killed(first)
        first = start()
    left = iter(range(moves, 0, -1))

    def until_killed(do: Callable[..., object]) -> Callable[..., object]:
        def one(*given: object, **how: object) -> object:
            if not next(left, 0):
                raise KeyboardInterrupt
            return do(*given, **how)

        return one

    autosave = first.survival._autosave
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        for name in ("replace", "link", "unlink"):
            patch.setattr(os, name, until_killed(getattr(os, name)))
        if does == "adopt":
            autosave.adopt(first.survival.left[0], 7)
        else:
            autosave.put_aside(work.key)
    killed(first)
    (run,) = start().survival.left
    assert run.trained.position == work.position
    assert run.film() == work.film


def test_what_is_of_no_use_goes_and_what_a_newer_program_wrote_stays(
    start: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    newer = with_story(SOUND, version=99)
    for name in ("dead.lock", "gone-1.film", "gone.lock", "lost-2.spare", ".x.abcd_123.part"):
        (folder / name).write_bytes(b"")
    for name, content in (("new-1.safetensors", newer), ("new-1.film", b"theirs")):
        (folder / name).write_bytes(content)
    os.utime(folder / ".x.abcd_123.part", (0, 0))
    start().stop()
    assert sorted(os.listdir(folder)) == ["new-1.film", "new-1.safetensors"]


def test_every_run_of_the_last_program_is_offered(start: Start) -> None:
    first = start()
    for seed in range(12):
        first.shelf.put(
            fresh_work(first.state, Settings(images=400, epochs=0, seed=seed, hidden=2))
        )
        learned(first, "batch")
    killed(first)
    second = taken_up(start)
    seeds = {work.settings.seed for work in second.state.works if work.learned}
    assert seeds == set(range(12))


def racing(count: int) -> Callable[[State], bool]:
    return lambda state: (
        not state.running and [work.position.steps for work in state.racing] == [count] * 2
    )


def test_a_killed_race_goes_on_as_a_race_bit_for_bit(start: Start) -> None:
    straight = start()
    straight.race.begin(["ten-outputs", "four-bits"])
    for count in (100, 200):
        straight.runs.step("hundred")
        expected = until(straight, racing(count)).racing
    straight.stop(give_up=True)

    first = start()
    learned(first, "batch")
    first.race.begin(["ten-outputs", "four-bits"])
    first.shelf.rename("mine")
    first.runs.step("hundred")
    until(first, racing(100))
    killed(first)

    second = start()
    assert second.state.notice.sentence.startswith("A race of 2 runs was interrupted")
    assert "and 1 other run" in second.state.notice.sentence
    second.survival.take_up()
    assert [work.design for work in second.state.racing] == ["ten-outputs", "four-bits"]
    assert second.state.racing[0].name == "mine"
    assert len([work for work in second.state.works if work.learned]) == 3
    assert second.race.on
    second.runs.step("hundred")
    went_on = until(second, racing(200)).racing
    for work, other in zip(went_on, expected, strict=True):
        np.testing.assert_array_equal(work.network.output_weights, other.network.output_weights)
        assert work.points == other.points
    killed(second)
    third = taken_up(start)
    assert [work.position.steps for work in third.state.racing] == [200, 200]


def test_a_lane_that_was_behind_at_its_start_is_part_of_the_race_that_goes_on(
    start: Start,
) -> None:
    first = start()
    first.race.begin(["ten-outputs", "four-bits"])
    first.runs.run()
    until(first, lambda state: state.work.position.steps > 0)
    ahead, behind = first.state.racing
    assert ahead.key == first.state.work.key
    unseen = fresh_work(first.state, behind.settings)
    shelf = (replace(unseen, key=behind.key, run=behind.run),)
    first.change(shelf=shelf, race=())  # its first snapshot is still to come
    first.change(race=(ahead.key, behind.key))
    killed(first)
    second = taken_up(start)
    killed(second)
    third = taken_up(start)
    assert [work.design for work in third.state.racing] == ["ten-outputs", "four-bits"]


def test_a_race_that_was_over_goes_on_as_runs_of_their_own(start: Start) -> None:
    first = start()
    first.race.begin(["ten-outputs", "four-bits"])
    first.runs.step("hundred")
    until(first, racing(100))
    first.race.end()
    killed(first)
    second = taken_up(start)
    assert sum(work.learned for work in second.state.works) == 2
    assert second.state.race == ()


def test_experiments_that_go_on_are_still_no_runs_of_the_user(start: Start) -> None:
    first = start()
    learned(first, "batch")
    own = first.state.settings
    plain = [own.change(hidden=2), own.change(hidden=3)]
    first.experiments.compare(plain, ("small", "large"))
    first.experiments.run(design="four-bits", hidden=4)
    keys = [work.key for work in first.state.works if work.experiment]
    until(first, lambda state: all(w.learned for w in state.works if w.key in keys))
    first.runs.pause()
    until(first, lambda state: not state.running and first.runs.settled)
    killed(first)
    state = taken_up(start).state
    assert sorted(work.experiment for work in state.shelf) == ["codes", "settings", "settings"]
    assert state.work.experiment == ""
    assert state.own_settings == own
    names = {work.key: work.name for work in state.works}
    assert [names[key] for key in state.detectors.compared] == ["small", "large"]
    assert "four-bits" not in state.representatives


def test_a_folder_that_cannot_be_written_is_said_and_learning_goes_on(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")
    session = begun(autosave=Autosave(tmp_path / "runs"))
    learned(session)
    session.survival._autosave.wait()
    session.runs.step("hundred")
    state = until(session, steps(200))
    assert "not kept safe" in state.notice.sentence
    session.stop(give_up=True)


def test_ages_are_said_roughly() -> None:
    now = time.time()
    assert age_in_words(now) == "just now"
    assert age_in_words(now - 61) == "1 minute ago"
    assert age_in_words(now - 3 * 3600) == "3 hours ago"
    assert age_in_words(now - 49 * 3600) == "2 days ago"


def test_the_offer_is_still_there_when_the_engine_is_ready(start: Start, tmp_path: Path) -> None:
    first = start()
    learned(first)
    killed(first)
    second = Session(InProcess(), shown(), Settings(images=400), Autosave(tmp_path / "runs"))
    second.process.start()
    second.survival.offer()
    state = until(second, lambda state: state.engine == "ready")
    assert state.notice.action == "survival.take_up"
    second.stop(give_up=True)


@pytest.mark.parametrize("turn", range(4))
def test_what_stands_on_screen_at_a_pause_is_what_is_kept(
    start: Start, tmp_path: Path, turn: int
) -> None:
    session = start()
    session.runs.run()
    goal = session.state.work.position.steps + 30 + 17 * turn
    until(session, steps(goal))
    session.runs.pause()
    paused = until(session, lambda state: settled(state) and session.runs.settled).work
    session.survival._autosave.wait()
    (file,) = (tmp_path / "runs").glob("*.safetensors")
    kept = load(file)
    assert kept.position == paused.position
    np.testing.assert_array_equal(kept.network.output_weights, paused.network.output_weights)


def test_a_run_that_goes_on_is_measured_at_once(start: Start) -> None:
    first = start()
    learned(first)
    killed(first)
    second = taken_up(start)
    found = until(second, lambda state: state.work.measured is not None).work
    assert found.position.steps == 100


# ---- what the user decides -----------------------------------------------------------


def offered(start: Start) -> str:
    """What the next program offers of this folder; it decides nothing itself."""
    session = start()
    said = session.state.notice
    session.stop()
    return "" if said is None else said.sentence


def test_what_is_given_up_is_never_offered_however_often_the_end_is_told(start: Start) -> None:
    first = start()
    learned(first)
    first.shelf.add()
    learned(first, "batch")
    first.stop(give_up=True)
    first.stop()  # the program does so once more, whatever ended its window
    assert offered(start) == ""


def test_what_nobody_decided_about_is_left_but_was_not_interrupted(start: Start) -> None:
    first = start()
    before = learned(first)
    first.shelf.add()
    learned(first, "batch")
    first.stop()
    for _ in range(2):  # and it stays so until somebody decides
        said = offered(start)
        assert said.startswith("A run was left unsaved just now, at epoch")
        assert said.endswith("and 1 other run.")
    second = taken_up(start)
    found = [work for work in second.state.works if work.position == before.position]
    np.testing.assert_array_equal(found[0].network.hidden_weights, before.network.hidden_weights)
    assert found[0].film == before.film
    killed(second)
    assert "was interrupted" in offered(start)


def test_a_run_in_a_file_is_not_offered_even_by_a_program_that_dies(
    start: Start, tmp_path: Path
) -> None:
    first = start()
    learned(first)
    first.shelf.add()
    learned(first, "batch")
    one, _ = first.state.works
    assert first.files.save(tmp_path / "first.safetensors", one)
    assert first.state.works[0].file == "first.safetensors"
    assert first.files.save(tmp_path / "kept.safetensors")
    assert not list((tmp_path / "runs").glob("*.safetensors"))
    learned(first, "batch")
    killed(first)
    assert offered(start).endswith("at epoch 0.1.")  # the one that went on, alone


def test_a_lane_in_a_file_is_kept_while_its_race_needs_it(start: Start, tmp_path: Path) -> None:
    first = start()
    first.race.begin(["ten-outputs", "four-bits"])
    first.runs.step("hundred")
    until(first, racing(100))
    one, other = first.state.racing
    first.files.save(tmp_path / "one.safetensors", one)
    assert len(list((tmp_path / "runs").glob("*.safetensors"))) == 2
    first.files.save(tmp_path / "other.safetensors", other)
    killed(first)
    assert offered(start) == ""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Source:
    """Other digits than the bundled ones, with the same pictures."""
    return Source("folder", str(shutil.copytree(ROOT / "resources" / "digits", tmp_path / "copy")))


def test_other_digits_drop_what_was_given_up_and_leave_the_rest(
    start: Start, elsewhere: Source, tmp_path: Path
) -> None:
    first = start()
    works = []
    for size in ("hundred", "batch", "batch"):
        works.append(learned(first, size))
        first.shelf.add()
    first.files.save(tmp_path / "kept.safetensors", works[1])
    first.digits.open(elsewhere, given_up=works[2:])
    until(first, lambda state: state.digits.source == elsewhere)
    (left,) = (tmp_path / "runs").glob("*.safetensors")
    assert load(left).position == works[0].position
    first.stop(give_up=True)
    assert offered(start).startswith("A run was left unsaved just now, at epoch 2")


def test_digits_that_cannot_be_opened_drop_nothing(start: Start, tmp_path: Path) -> None:
    first = start()
    run = learned(first)
    first.digits.open(Source("folder", str(tmp_path / "nowhere")), given_up=[run])
    until(first, lambda state: state.notice is not None and state.notice.kind == "error")
    assert first.state.work.position == run.position
    killed(first)
    assert "was interrupted" in offered(start)


def test_going_on_with_a_run_of_other_digits_drops_nothing(start: Start, elsewhere: Source) -> None:
    first = start()
    first.digits.open(elsewhere)
    until(first, lambda state: state.digits.source == elsewhere)
    learned(first)
    killed(first)
    second = start()
    learned(second)
    assert second.survival.other_digits() == elsewhere
    second.survival.take_up()
    until(second, lambda state: state.digits.source == elsewhere and state.work.learned)
    second.stop(give_up=True)
    assert offered(start).startswith("A run was left unsaved just now")
