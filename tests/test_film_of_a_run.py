"""The film in the session: kept while learning, looked back at, alive after a crash."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnviz.networks.film import Film, moment_of
from nnviz.networks.film_file import FilmFile, read_film
from nnviz.session.session import Session
from nnviz.writing import NotSaved
from tests.sessions import killed, learned, steps, taken_up, until

Start = Callable[[], Session]


# ---- looking back --------------------------------------------------------------------


def test_every_run_has_a_film_that_begins_at_its_start(start: Start) -> None:
    session = start()
    first = session.state.work.network
    learned(session)
    state = session.state
    film = state.work.film
    assert [each.number for each in film.moments] == list(range(len(state.work.points)))
    expected = moment_of(first, 0, film.moments[0].position)
    np.testing.assert_array_equal(film.moments[0].weights, expected.weights)


def test_a_moment_shows_weights_curves_and_verdict_as_they_were(start: Start) -> None:
    session = start()
    learned(session)
    moment = session.state.work.film.moments[3]
    told: list[frozenset[str]] = []
    session.watch(lambda _, fields: told.append(fields))
    session.change(moment=moment.number)
    state = session.state
    network = moment.network(state.work.network)
    for name, array in network.weights().items():
        np.testing.assert_array_equal(state.seen.network.weights()[name], array)
    assert state.seen.points == state.work.points[:4]
    assert state.seen.position == moment.position
    by_itself = replace(state.work, network=network).look(state.digits.images[0], 10)
    np.testing.assert_array_equal(state.sure_verdict.outputs, by_itself.outputs)
    assert told == [frozenset({"moment", "work", "verdict"})]
    session.change(moment=None)
    assert session.state.seen is session.state.work


def test_another_digit_is_judged_by_the_moment_shown(start: Start) -> None:
    session = start()
    learned(session)
    session.change(moment=2)
    session.change(image=7)
    state = session.state
    expected = state.seen.look(state.digits.images[7], 10)
    np.testing.assert_array_equal(state.sure_verdict.outputs, expected.outputs)
    session.picking.pick("mistake")
    state = session.state
    assert state.sure_verdict.answer != state.shown_label


def test_learning_goes_on_while_the_past_is_shown(start: Start) -> None:
    session = start()
    learned(session)
    session.runs.run()
    session.change(moment=1)
    before = session.state
    state = until(session, steps(before.work.position.steps + 60))
    assert state.running
    assert state.moment == 1
    assert state.seen is before.seen
    assert state.sure_verdict is before.sure_verdict
    assert len(state.work.points) > len(before.work.points)
    session.runs.pause()


@pytest.mark.parametrize(
    "go", [lambda session: session.runs.run(), lambda session: session.runs.step("batch")]
)
def test_run_and_step_come_back_to_the_present(start: Start, go: Callable[..., None]) -> None:
    session = start()
    learned(session)
    session.change(moment=1)
    go(session)
    assert session.state.moment is None
    assert session.state.seen is session.state.work


def test_a_new_start_and_another_network_show_the_present(start: Start) -> None:
    session = start()
    film = learned(session).film
    session.change(moment=1)
    session.controls.reset()
    assert (session.state.moment, session.state.work.film) == (None, Film())
    session.controls.undo_reset()
    assert session.state.work.film == film


def test_a_saved_network_keeps_its_film_and_can_be_trained_further(
    start: Start, tmp_path: Path
) -> None:
    session = start()
    film = learned(session).film
    session.change(moment=2)
    path = tmp_path / "network.safetensors"
    assert session.files.save(path)
    assert session.files.open(path)
    state = session.state
    assert state.work.film == film
    np.testing.assert_array_equal(
        state.work.network.hidden_weights, state.work.opened.network.hidden_weights
    )


# ---- on disk -------------------------------------------------------------------------


def test_the_film_of_a_killed_run_goes_on_bit_for_bit(start: Start) -> None:
    straight = start()
    expected = learned(straight, times=3).film
    straight.stop(give_up=True)
    first = start()
    learned(first)
    killed(first)
    second = taken_up(start)
    assert second.state.work.film == first.state.work.film
    assert learned(second, times=2).film == expected


def test_a_film_cut_short_by_the_crash_opens_up_to_its_last_whole_moment(
    start: Start, tmp_path: Path
) -> None:
    first = start()
    film = learned(first).film
    killed(first)
    path = next((tmp_path / "runs").glob("*.film"))
    path.write_bytes(path.read_bytes()[:-100])
    second = taken_up(start)
    assert second.state.work.film.moments == film.moments[:-1]
    learned(second)


def test_a_film_ahead_of_its_network_is_cut_to_it(start: Start, tmp_path: Path) -> None:
    first = start()
    learned(first)
    first.survival._autosave.wait()
    network = next((tmp_path / "runs").glob("*.safetensors"))
    older = network.read_bytes()
    points = len(first.state.work.points)
    learned(first, times=2)
    killed(first)
    network.write_bytes(older)
    second = taken_up(start)
    assert len(second.state.work.film) == points == len(second.state.work.points)


def test_a_run_given_up_leaves_no_film(start: Start, tmp_path: Path) -> None:
    session = start()
    learned(session)
    session.stop(give_up=True)
    assert not list((tmp_path / "runs").glob("*.film"))


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the moments of a film find no room, and nothing else."""

    def full(file: FilmFile, moments: object) -> None:
        raise NotSaved("", "there is no room for it")

    monkeypatch.setattr(FilmFile, "_append", full)


def test_a_full_disk_stops_the_film_and_not_the_run(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = start()
    learned(session)
    before = session.state
    session.survival._autosave.wait()
    with monkeypatch.context() as patch:
        full_disk(patch)
        learned(session)
        session.survival._autosave.wait()
        session.survival._keep_safe()
        notice = session.state.notice
        assert notice.sentence == (
            "The film of this run is kept on disk no longer (there is no room for it); "
            "learning goes on, and so does the film once there is room."
        )
        session.change(notice=None)
        learned(session)
        state = session.state
        session.survival._autosave.wait()
        session.survival._keep_safe()
        assert state.notice is None  # it is said once
        assert len(state.work.film) == len(state.work.points)
        path = next((tmp_path / "runs").glob("*.film"))
        assert read_film(path) == before.work.film
    learned(session)
    killed(session)
    second = taken_up(start)
    assert second.state.work.film == session.state.work.film


def test_a_run_goes_on_with_its_film_on_a_full_disk(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start()
    film = learned(first, times=2).film
    killed(first)
    full_disk(monkeypatch)
    second = taken_up(start)
    learned(second)
    killed(second)
    third = taken_up(start)
    assert third.state.work.film == film
    assert third.state.work.position == second.state.work.position


def test_the_film_of_another_start_is_never_taken_for_that_of_the_run(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = start()
    learned(session, times=2)
    session.survival._autosave.wait()
    session.controls.new_seed()
    full_disk(monkeypatch)
    learned(session)
    killed(session)
    second = taken_up(start)
    assert second.state.work.film == Film()
