"""Any two open networks are compared, also two of one design; those that come along stay."""

from pathlib import Path

import numpy as np

from nnviz.data.digits import Source
from nnviz.networks.files import save
from nnviz.paths import TRAINED
from nnviz.session.entrants import LONGEST, design_of, own_names
from nnviz.session.session import Session
from nnviz.session.state import State
from tests.sessions import until
from tests.swapped import FOUR, NINE, said_by, swapped_file

SHIPPED = TRAINED / "ten-outputs.safetensors"


def called(state: State) -> list[str]:
    """What the networks of the design on screen are called, that on screen first."""
    return [name for each, name in state.own_names.items() if design_of(each) == state.design]


def test_two_of_one_design_stay_compared_whichever_is_on_screen(
    session: Session, tmp_path: Path
) -> None:
    session.files.open(swapped_file(tmp_path))
    assert list(session.state.entrants) == ["ten-outputs"]
    session.designs.compare_shipped("ten-outputs")
    state = session.state
    assert called(state) == ["swapped", "shipped"]
    assert state.labels["ten-outputs"] == "10 outputs, swapped"
    shipped = state.keeping(list(state.entrants)[1])
    mine = state.keeping("ten-outputs")
    session.comparisons.choose_baseline(shipped)
    session.designs.choose(shipped)
    assert session.state.work.shipped
    assert called(session.state) == ["shipped", "swapped"]
    assert session.state.base == "ten-outputs"
    session.designs.choose(mine)
    assert (session.state.work.file, session.state.base) == ("swapped.safetensors", shipped)

    until(session, lambda state: all(work.measured for work in state.entrants.values()))
    session.comparisons.compare()
    known = until(session, lambda state: bool(state.comparison and state.comparison.differences))
    (work, other), digits = known.entrants.values(), known.digits
    ours, theirs = (said_by(each.network, digits.images) for each in (work, other))
    order = np.arange(10)
    order[[FOUR, NINE]] = NINE, FOUR
    np.testing.assert_array_equal(ours, order[theirs])
    found = known.comparison.differences["ten-outputs"]
    right = ours == digits.labels, theirs == digits.labels
    assert found.fixed == np.count_nonzero(right[0] & ~right[1])
    assert found.broken == np.count_nonzero(right[1] & ~right[0]) > 100

    session.shelf.close()
    assert session.state.besides.keys == (session.state.work.key,)
    assert list(session.state.entrants) == ["ten-outputs"]


def test_what_is_compared_no_longer_is_open_still_unless_it_comes_along(
    session: Session, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        session.files.open(swapped_file(tmp_path, f"{name}.safetensors"))
    one, two = session.state.works  # no file makes way for another one
    session.shelf.compare(one.key)
    session.designs.compare_shipped("ten-outputs")
    assert called(session.state) == ["two", "one", "shipped"]
    session.shelf.compare_none()
    assert called(session.state) == []
    assert [work.key for work in session.state.works] == [one.key, two.key]
    session.files.open(tmp_path / "one.safetensors")
    assert [work.title for work in session.state.works] == ["one.safetensors", "two.safetensors"]

    session.designs.show_shipped("four-bits")
    assert session.state.work.shipped
    session.shelf.back()
    assert session.state.work.key == one.key


def test_a_race_of_one_design_has_a_run_for_each_size(session: Session) -> None:
    settings = [session.state.settings.change(hidden=hidden, epochs=1) for hidden in (3, 5)]
    session.race.begin_of(settings)
    assert called(session.state) == ["3 hidden", "5 hidden"]
    session.runs.run()
    done = until(session, lambda state: all(work.position.epoch == 1 for work in state.racing))
    hidden = [work.network.hidden for work in done.entrants.values()]
    assert hidden == [3, 5]
    session.race.end()
    assert called(session.state) == []


def test_a_name_tells_networks_apart_in_a_few_signs(session: Session, tmp_path: Path) -> None:
    trained = session.files.story_of(session.state.work)
    long = "a network that somebody has taught for a whole week"
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        save(trained, tmp_path / folder / f"{long}.safetensors")
        session.files.open(tmp_path / folder / f"{long}.safetensors")
    first, second = session.state.works[-2:]
    names = own_names({"ten-outputs": first, "ten-outputs+9": second})
    assert len(set(names.values())) == 2
    assert all(len(name) <= LONGEST + len(" (10)") for name in names.values())


def test_what_learned_from_other_digits_is_told_no_difference_of(session: Session) -> None:
    session.runs.step("batch")
    until(session, lambda state: state.work.learned and not state.running)
    session.designs.compare_shipped("ten-outputs")
    state = session.state
    assert len(state.entrants) == 2
    assert state.alike_to("ten-outputs") == ("ten-outputs",)
    assert len(state.unlike) == 1


def test_with_other_digits_those_stay_compared_that_learned_from_such(
    session: Session, tmp_path: Path
) -> None:
    def opened(**part: object) -> State:
        before = session.state.digits
        session.digits.open(Source(**part))
        return until(session, lambda state: state.digits is not before)

    for _ in range(2):
        session.shelf.add()
        session.runs.step("batch")
        until(session, lambda state: state.work.learned and not state.running)
        session.shelf.compare(session.state.work.key)
    *_, unsaved, mine = session.state.works
    assert session.files.save(tmp_path / "mine.safetensors")
    session.shelf.compare(unsaved.key)
    session.designs.compare_shipped("ten-outputs")
    session.files.open(swapped_file(tmp_path))
    session.shelf.compare(session.state.work.key)
    keys = {work.key for work in session.state.works}
    assert called(session.state) == ["swapped", f"run {unsaved.key}", "mine", "shipped"]

    state = opened(every=2)
    assert called(state) == ["swapped", "mine", "shipped"]
    assert {work.key for work in state.entrants.values()} <= keys
    assert mine.key in state.besides.keys
    (saved,) = (work for work in state.works if work.key == mine.key)
    assert saved.taught(state.digits).handed.every == 1
    assert state.notice.sentence == (
        f"Compared no longer, since other digits are in use: 10 outputs, run {unsaved.key}."
    )
    state = opened(classes=("4", "9"))
    assert state.besides.keys == ()
    assert called(state) == []
    assert "10 outputs, swapped" in state.notice.sentence
