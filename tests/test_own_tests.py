"""Your own test digits in a session: open networks stay, and are asked anew."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnviz.data.digits import Source, bundled_digits
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import judge
from nnviz.session.session import Session
from nnviz.session.state import State
from tests.in_process import InProcess
from tests.sessions import learned, shown, until


@pytest.fixture
def session(session: Session) -> Session:
    session.designs.load("four-bits")
    until(session, lambda state: state.trained["four-bits"].measured is not None)
    return session


def opened(session: Session, folder: Path) -> State:
    """After the pictures of a folder have become the test digits."""
    before = session.state.digits
    session.digits.open_tests(folder)
    return until(session, lambda state: state.digits is not before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """60 training digits as pictures, and one file that is none."""
    digits = bundled_digits()
    for number in range(60):
        label = digits.train_labels[number]
        image = Image.fromarray(digits.train_images[number].reshape(28, 28))
        image.save(tmp_path / f"{label}-{number:02}.png")
    (tmp_path / "3-broken.png").write_text("no picture")
    return tmp_path


def test_a_single_picture_is_told_of_as_one(session: Session, folder: Path) -> None:
    (one, *others) = sorted(folder.iterdir(), key=lambda path: path.name == "3-broken.png")
    for other in others:
        other.unlink()
    state = opened(session, folder)
    assert state.notice.sentence == f"1 digit from {folder} is the only test digit now."
    assert state.digits.files == (one.name,)


def test_open_networks_stay_and_are_measured_on_them(session: Session, folder: Path) -> None:
    learned(session)
    before = session.state.work
    session.change(image=700)
    state = opened(session, folder)
    assert len(state.digits.labels) == 60
    assert state.image == 0
    assert state.work.network is before.network
    assert state.work.position == before.position
    notice = state.notice
    assert notice.sentence.endswith("are the test digits now; 1 was left out.")
    assert "3-broken.png is not a picture" in notice.details
    state = until(
        session,
        lambda state: bool(state.work.measured and state.trained["four-bits"].measured),
    )
    for work in (state.work, state.trained["four-bits"]):
        expected = judge(work.network, work.layout(10), state.digits.images, work.readings[0])
        np.testing.assert_array_equal(work.measured.answers, expected.classes)


def test_the_run_goes_on_afterwards_and_the_old_test_digits_come_back(
    session: Session, folder: Path
) -> None:
    learned(session)
    opened(session, folder)
    steps = session.state.work.position.steps
    learned(session)
    assert session.state.work.position.steps >= steps + 100
    session.digits.open_tests(None)
    state = until(session, lambda state: len(state.digits.labels) == 1000)
    assert state.digits.source == Source()
    assert state.work.position.steps >= steps + 100


def test_they_are_judged_anew(session: Session, folder: Path) -> None:
    session.designs.choose("four-bits")
    session.judgements.ask()
    until(session, lambda _: session.judgements.of("four-bits") is not None)
    opened(session, folder)
    assert session.judgements.of("four-bits") is None
    session.judgements.ask()
    until(session, lambda _: session.judgements.of("four-bits") is not None)
    judged = session.judgements.of("four-bits")
    assert len(judged.answers) == 60


def test_the_same_set_again_stops_the_run_which_then_goes_on(session: Session) -> None:
    session.runs.run()
    until(session, lambda state: state.work.position.steps > 0)
    session.digits.open(Source())
    until(session, lambda state: not state.running)
    steps = session.state.work.position.steps
    learned(session)
    assert session.state.work.position.steps > steps


def test_what_waits_for_an_answer_hears_when_the_same_set_is_opened_again(
    session: Session,
) -> None:
    def ask_when_ready(_: State, fields: frozenset[str]) -> None:
        if "engine" in fields:
            session.judgements.ask()

    session.watch(ask_when_ready)
    session.judgements.ask()
    session.digits.open(Source())
    until(session, lambda _: not session.judgements.missing)


def test_a_folder_read_again_brings_what_it_holds_now(session: Session, folder: Path) -> None:
    opened(session, folder)
    next(folder.glob("*-59.png")).unlink()
    state = opened(session, folder)
    assert len(state.digits.labels) == 59
    assert state.notice.sentence.startswith("59 digits from ")


def test_reading_says_how_far_it_is_and_can_be_given_up(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.training.loop.TOLD_EVERY", 0.0)
    monkeypatch.setattr("nnviz.training.loop.READ_FOR", 0.0)
    session.digits.open_tests(folder)
    state = until(
        session,
        lambda state: bool(state.notice and state.notice.sentence.startswith("Reading pictures")),
    )
    assert state.notice.sentence.endswith("of 61.")
    assert (state.notice.action, state.notice.action_label) == ("digits.stop_opening", "Cancel")
    session.digits.stop_opening()
    for _ in range(100):
        session.refresh()
    assert len(session.state.digits.labels) == 1000
    assert session.state.notice is None


def test_what_cannot_be_used_changes_nothing(session: Session, tmp_path: Path) -> None:
    learned(session)
    before = session.state.work
    session.digits.open_tests(tmp_path / "none")
    state = until(session, lambda state: bool(state.notice and state.notice.kind == "error"))
    assert state.notice.sentence.startswith("There is no folder or file")
    assert state.work is before
    assert len(state.digits.labels) == 1000


def test_given_up_while_the_process_starts_the_set_is_there_all_the_same(folder: Path) -> None:
    session = Session(InProcess(), shown(), Settings())
    session.process.start()
    session.digits.open_tests(folder)
    session.digits.stop_opening()
    until(session, lambda state: state.engine == "ready")
    assert session.state.digits.source == Source()


def test_a_folder_that_is_gone_at_a_restart_gives_way_to_the_set(
    session: Session, folder: Path
) -> None:
    opened(session, folder)
    for path in folder.iterdir():
        path.unlink()
    session.process.start()
    state = until(session, lambda state: state.engine == "ready")
    assert state.digits.source == Source()
    assert len(state.digits.labels) == 1000
    assert "holds no picture" in state.notice.sentence


def test_numbers_that_may_only_count_are_asked_about(session: Session, tmp_path: Path) -> None:
    digits = bundled_digits()
    for number in range(1, 13):
        image = Image.fromarray(digits.train_images[number].reshape(28, 28))
        image.save(tmp_path / f"{number}.png")
    session.digits.open_tests(tmp_path)
    state = until(session, lambda state: bool(state.notice and state.notice.kind == "error"))
    assert (state.notice.action, state.notice.action_label) == (
        "digits.take_numbers",
        "They are labels",
    )
    assert state.notice.details.count("its number may only count") == 12
    session.digits.take_numbers()
    state = until(session, lambda state: len(state.digits.labels) == 9)
    assert state.notice.sentence.endswith("are the test digits now; 3 were left out.")
    assert "1.png: 1" in state.notice.details
    assert not state.notice.action


def test_where_some_have_labels_the_others_are_still_asked_about(
    session: Session, folder: Path
) -> None:
    for number in range(1, 4):
        shutil.copy(next(folder.glob("*-00.png")), folder / f"IMG_{number:04}.png")
    state = opened(session, folder)
    assert len(state.digits.labels) == 60
    assert state.notice.action == "digits.take_numbers"
    before = state.digits
    session.digits.take_numbers()
    state = until(session, lambda state: state.digits is not before)
    assert len(state.digits.labels) == 63


def test_folders_of_pictures_are_a_data_set(session: Session, folder: Path) -> None:
    for path in list(folder.iterdir()):
        for part in ("training", "testing"):
            into = folder / part / path.name[0]
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, into / path.name)
        path.unlink()
    session.digits.open(Source("folder", str(folder)))
    state = until(session, lambda state: len(state.digits.labels) == 60)
    assert state.digits.train_count == 60
    assert state.notice.sentence == "2 of its pictures or files were left out."
    assert state.notice.details.count("3-broken.png is not a picture") == 2
    assert state.digits.files[0].startswith("testing/0/0-")
