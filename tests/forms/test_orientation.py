"""Digits that lie or are mirrored: measured, said, and turned everywhere alike."""

import re
from pathlib import Path

import numpy as np
import pytest

from nnviz.cli.options import digits_of
from nnviz.data.digits import DigitSet, Source, bundled_digits, open_digits
from nnviz.data.forms.turning import INVERTED, WAYS, turned
from nnviz.data.idx import DigitsError
from nnviz.data.own_digits import opening
from nnviz.lectures.line import source_of, words_of
from nnviz.networks.settings import SettingError
from nnviz.questions.orientation import Upright, upright
from nnviz.questions.piecemeal import at_once
from tests.forms.written import Digits, few, keras, plain_csv
from tests.sessions import begun, until

BACK = {"left": "right", "right": "left"}
"""Ways that another one takes back; all others take themselves back"""


def lying(folder: Path, *ways: str) -> Path:
    """A data set that needs these ways of turning."""
    images = few()
    for way in ways:
        back = BACK.get(way, way)
        images = images.as_others_have_them(lambda some, back=back: turned(some, (back,)))  # type: ignore[misc]
    return keras(folder, images)


def measured(source: Source) -> tuple[DigitSet, Upright | None]:
    found, _ = at_once(opening(source))
    return found, upright(found)


@pytest.mark.parametrize("ways", [*((way,) for way in WAYS), (INVERTED,), (INVERTED, "left")])
def test_the_way_that_was_needed_is_found(tmp_path, ways):
    path = lying(tmp_path, *ways)
    _, better = measured(Source("folder", str(path)))
    assert better.ways == ways
    assert better.after > 0.9 > 0.5 > better.before
    assert better.option == f"--turned {','.join(ways)}"
    found, none = measured(better.source)
    assert none is None
    np.testing.assert_array_equal(found.train_images.reshape(-1, 28, 28), few().train)


def test_your_own_test_digits_are_measured_and_turned_alone(tmp_path):
    path = lying(tmp_path, "transposed")
    _, better = measured(Source(tests=str(path)))
    assert better.of_tests
    assert better.option == "--images-turned transposed"
    assert f"{better.before:.1%}".replace("%", " %") in better.sentence
    upright_ones, _ = measured(better.source)
    np.testing.assert_array_equal(upright_ones.test_images.reshape(-1, 28, 28), few().test)
    assert upright_ones.train_images is bundled_digits().train_images


def test_upright_digits_clothes_and_few_digits_are_left_as_they_are(tmp_path):
    assert measured(Source())[1] is None
    assert measured(Source("folder", str(plain_csv(tmp_path, few()))))[1] is None
    chance = np.random.default_rng(1).integers(0, 10, len(few().train)), few().test_labels
    (tmp_path / "noise").mkdir()
    noise = keras(tmp_path / "noise", Digits(few().train, chance[0], few().test, chance[1]))
    assert measured(Source("folder", str(noise)))[1] is None
    (tmp_path / "ten").mkdir()
    made = turned(few().train[:20], ("left",))
    labels = few().train_labels[:20]
    tiny = keras(tmp_path / "ten", Digits(made, labels, made, labels))
    assert measured(Source("folder", str(tiny)))[1] is None


def test_a_session_offers_to_turn_them_and_learns_from_what_it_shows(tmp_path):
    path = lying(tmp_path, "transposed")
    session = begun()
    session.digits.open(Source("folder", str(path)))
    state = until(session, lambda state: state.digits.source.folder is not None)
    assert state.notice.action == "digits.turn"
    assert "rows and columns exchanged" in state.notice.sentence
    session.digits.turn()
    state = until(session, lambda state: bool(state.digits.source.turned))
    np.testing.assert_array_equal(state.digits.images.reshape(-1, 28, 28), few().test)
    assert session.digits.upright is None
    assert session.digits.as_stored == Source("folder", str(path))
    np.testing.assert_array_equal(
        open_digits(state.digits.source).train_images.reshape(-1, 28, 28), few().train
    )


def test_a_line_says_how_digits_are_turned():
    line = "page=train data=a.npz turned=transposed tests=b.csv tests-turned=inverted,left"
    source = source_of(words_of(line))
    assert source == Source(
        "folder", "a.npz", "b.csv", turned=("transposed",), tests_turned=(INVERTED, "left")
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("page=train data=a.npz turned=upside", "Images can be turned so: transposed"),
        ("page=train data=a.npz turned=left,right", "one way at a time"),
        ("page=train turned=left digits=bundled", "turned goes with data"),
    ],
)
def test_a_line_of_other_ways_is_refused(line, told):
    with pytest.raises(ValueError, match=told):
        source_of(words_of(line))


def test_what_takes_long_tells_how_far_it_is_and_can_be_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr("nnviz.training.loop.READ_FOR", 0)
    monkeypatch.setattr("nnviz.training.loop.TOLD_EVERY", 0)
    rows = [",".join(map(str, [n % 10, *[n % 7] * 64])) for n in range(6_000)]
    (tmp_path / "long.csv").write_text("\n".join(rows))
    session = begun()
    before, source = session.state.digits, Source("folder", str(tmp_path / "long.csv"))
    session.digits.open(source)
    state = until(session, lambda state: state.notice.action == "digits.stop_opening")
    assert re.match(r"Reading pictures: [24],000 of \d,\d\d\d\.", state.notice.sentence)
    session.digits.stop_opening()
    session.runs.step("batch")
    state = until(session, lambda state: state.work.position.steps > 0 and not state.running)
    assert state.digits is before
    session.digits.open(source)
    assert until(session, lambda state: state.digits is not before).digits.classes == 10


def test_commands_say_what_turns_them_and_do_so(tmp_path, capsys):
    path = str(lying(tmp_path, "transposed"))
    digits_of(None, path)
    told = capsys.readouterr().err
    assert "with rows and columns exchanged. --turned transposed turns them." in told
    found = digits_of(None, path, turned="transposed")
    np.testing.assert_array_equal(found.test_images.reshape(-1, 28, 28), few().test)
    assert "turns them" not in capsys.readouterr().err
    with pytest.raises(SettingError, match="--images-turned goes with --images"):
        digits_of(None, path, images_turned="left")
    with pytest.raises(DigitsError, match="can be turned so"):
        digits_of(None, path, turned="around")
