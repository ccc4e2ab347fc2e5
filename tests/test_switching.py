"""The design switch of the session: digit, page and networks stay."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits import Source, bundled_digits
from nnviz.networks.curves import Position
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork, save
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.networks.settings_line import from_line
from nnviz.questions.accuracy import judge
from nnviz.session.session import Session
from nnviz.verdicts.answers import NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS
from tests.idx_files import write_folder
from tests.sessions import learned, steps, until


@pytest.mark.parametrize("name", [name for name in DESIGNS if name != "ten-outputs"])
def test_a_design_shows_its_trained_network_on_the_same_digit(session: Session, name: str) -> None:
    session.change(image=17, page="train", neuron=2)
    session.designs.choose(name)
    state = session.state
    assert (state.design, state.image, state.page, state.neuron) == (name, 17, "train", 2)
    assert state.work.opened is not None
    network = state.work.network
    (expected,) = judge(
        network, state.layout, state.digits.images[17:18], DESIGNS[name].readings[0]
    ).classes
    assert state.sure_verdict.answer == expected


def test_a_run_waits_under_another_design_and_goes_on(session: Session) -> None:
    session.runs.run()
    before = until(session, steps(3)).work
    session.designs.choose("four-bits")
    assert not session.state.running
    session.designs.choose("ten-outputs")
    assert session.state.work.key == before.key
    assert session.state.work.position.steps >= before.position.steps
    learned(session, "batch")
    assert not session.state.notice


def test_a_reset_waits_under_another_design_with_its_settings_and_its_undo(
    session: Session,
) -> None:
    session.designs.choose("any-code")
    session.controls.set(code="error-correcting")
    before = learned(session, "batch")
    session.controls.reset()
    session.designs.choose("ten-outputs")
    assert session.state.notice is None
    session.designs.choose("any-code")
    work = session.state.work
    assert (work.opened, work.position.steps) == (None, 0)
    assert work.settings == before.settings
    notice = session.state.notice
    assert notice.action == "controls.undo_reset"
    session.controls.undo_reset()
    assert session.state.work.network is before.network
    assert session.state.work.position == before.position


@pytest.mark.parametrize("changes", [{"balance": "equal"}, {"seed": 7}, {"rate": 0.5}])
def test_a_chosen_setting_waits_under_another_design(
    session: Session, changes: dict[str, object]
) -> None:
    session.designs.choose("one-vs-rest")
    session.controls.set(**changes)
    chosen = session.state.work
    session.designs.choose("ten-outputs")
    session.designs.choose("one-vs-rest")
    assert session.state.work.key == chosen.key
    assert session.state.settings == chosen.settings
    assert session.state.work.network is chosen.network


def test_settings_of_another_design_begin_a_run_beside_what_is_on_screen(session: Session) -> None:
    before = learned(session, "batch")
    line = from_line("nnviz design=four-bits hidden=12 seed=5")[0]
    session.controls.set(**dataclasses.asdict(line))
    work = session.state.work
    assert (work.settings, work.position.steps) == (line, 0)
    assert work.key != before.key
    session.designs.choose("ten-outputs")
    assert session.state.work.network is before.network
    session.designs.choose("four-bits")
    assert session.state.work.network is work.network


def test_a_start_that_nobody_touched_makes_way(session: Session) -> None:
    session.designs.choose("one-vs-rest")
    session.controls.set(speed=50)
    session.designs.choose("four-bits")
    assert [work.design for work in session.state.works] == ["four-bits"]
    assert session.state.settings.speed == 50


def test_every_design_learns_when_run_is_pressed(session: Session) -> None:
    for name in DESIGNS:
        session.designs.choose(name)
        session.runs.step("batch")
        work = until(session, lambda state: state.work.position.steps >= 1).work
        assert (work.design, work.opened) == (name, None)


def test_a_frozen_trunk_is_the_network_that_stands_for_its_design(session: Session) -> None:
    session.controls.set(hidden=12)
    trunk = learned(session).network
    session.designs.choose("elimination")
    session.runs.step("batch")
    work = until(session, lambda state: state.work.position.steps >= 1).work
    assert work.settings.hidden == 12
    np.testing.assert_array_equal(work.network.hidden_weights, trunk.hidden_weights)


def test_without_a_trunk_elimination_begins_from_scratch(session: Session, tmp_path: Path) -> None:
    open_two_classes(session, tmp_path)
    session.designs.choose("elimination")
    assert session.state.work.settings.trunk == "scratch"
    assert session.state.work.opened is None
    assert session.state.design == "elimination"


def test_two_classes_go_through_every_design(session: Session, tmp_path: Path) -> None:
    open_two_classes(session, tmp_path)
    for name in DESIGNS:
        session.designs.choose(name)
        session.runs.step("batch")
        state = until(session, lambda state: state.work.position.steps >= 1)
        assert state.sure_verdict.answer in (0, 1, NOT_A_DIGIT)
        assert len(state.sure_verdict.rows(state.digits.class_names)) in (2, 4)


def test_a_code_of_too_few_words_is_said_and_changes_nothing(session: Session) -> None:
    session.designs.choose("any-code")
    before = session.state.work
    session.controls.set(code="0000,0001,0010")
    assert "3 words" in session.state.notice.sentence
    assert session.state.work is before


def test_the_reading_of_bits_says_not_a_digit_in_words(session: Session) -> None:
    session.designs.choose("four-bits")
    session.change(reading="literal-bits")
    layout = layout_of(session.state.work.judged_by, 10)
    network, digits = session.state.work.network, session.state.digits
    answers = judge(network, layout, digits.images, "literal-bits").classes
    (refused,) = np.flatnonzero(answers == NOT_A_DIGIT)[:1]
    session.change(image=int(refused))
    assert session.state.sure_verdict.answer == NOT_A_DIGIT
    assert session.state.named(NOT_A_DIGIT) == NOT_A_DIGIT_IN_WORDS


def test_a_network_of_other_digits_is_shown_once_they_are_open(
    session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "two.safetensors"
    settings = Settings(hidden=7)
    network = initial_network(settings, 784, 2)
    save(TrainedNetwork(network, settings, ("0", "1"), "two", 60, 200, "", Position(), ()), file)
    session.digits.open_network_then(file)
    session.digits.open(two_classes(tmp_path))
    until(session, lambda state: state.work.opened is not None and state.digits.classes == 2)
    assert session.state.work.network.hidden == 7
    assert session.state.work.file == "two.safetensors"


def two_classes(folder: Path) -> Source:
    """Zeros and ones."""
    digits = bundled_digits()
    train, test = (labels < 2 for labels in (digits.train_labels, digits.test_labels))
    few = dataclasses.replace(
        digits,
        class_names=("0", "1"),
        train_images=digits.train_images[train][:60],
        train_labels=digits.train_labels[train][:60],
        test_images=digits.test_images[test],
        test_labels=digits.test_labels[test],
    )
    return Source("folder", str(write_folder(folder / "two", few)))


def open_two_classes(session: Session, folder: Path) -> None:
    session.digits.open(two_classes(folder))
    until(session, lambda state: state.digits.name == "two")
