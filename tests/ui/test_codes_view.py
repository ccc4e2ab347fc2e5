"""The codes view: the table edits, experiments run beside each other, findings are arithmetic."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from nnviz.data.results import result
from nnviz.networks.codes import CODE_PRESETS, code_of
from nnviz.networks.curves import Measured
from nnviz.networks.experiments import EXPERIMENTS
from nnviz.networks.settings import Settings
from nnviz.questions.bits import SurveyBits
from nnviz.session.runs import fresh_work
from nnviz.session.state import Work
from nnviz.ui.designs.codes import CodesPage, words_on_table
from nnviz.ui.designs.findings import finding, trunk_of
from nnviz.ui.kit.table import Row
from nnviz.words import percent
from tests.ui.conftest import Opened
from tests.ui.designs_window import Show, keys, opened_at

NATURAL = CODE_PRESETS["natural"].words


def codes(show: Show, design: str = "four-bits", **more: object) -> tuple[Opened, CodesPage]:
    opened, view = opened_at(show, "codes", **more)
    opened.session.designs.choose(design)
    opened.session.controls.set(epochs=1, images=300)
    if design == "any-code":
        opened.session.choose("codes", words=())
    return opened, view


def words(opened: Opened) -> tuple[str, ...]:
    return words_on_table(opened.session.state)


def press(page: CodesPage, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert found.isEnabled()
    found.click()


def row_of(page: CodesPage, name: str) -> Row:
    return page.results.view.rows[list(EXPERIMENTS).index(name)]


def choose(opened: Opened, page: CodesPage, name: str) -> Work:
    """Runs an experiment to its end; -> its network."""
    number = list(EXPERIMENTS).index(name)
    opened.click(page.results, page.results.row_place(number, page.results.view))
    to_the_end(opened)
    return network_of(opened, page, number)


def to_the_end(opened: Opened) -> None:
    opened.ticks_until(lambda: not opened.session.state.running and opened.session.runs.settled)


def network_of(opened: Opened, page: CodesPage, number: int) -> Work:
    """The network of a row."""
    work = page.tried[number].work
    assert work is not None
    return work


# ---- the table -----------------------------------------------------------------------


def test_the_table_begins_with_the_code_on_screen(show: Show) -> None:
    opened, page = codes(show)
    assert words(opened) == NATURAL
    view = page.table.view
    assert (view.words, view.bit_names) == (NATURAL, ("8", "4", "2", "1"))


def test_a_click_turns_a_bit_over_and_undo_turns_it_back(show: Show) -> None:
    opened, page = codes(show)
    run = opened.session.state.run
    opened.click(page.table, page.table.cell(6, 0))
    assert words(opened) == (*NATURAL[:6], "1110", *NATURAL[7:])
    assert opened.session.state.run == run
    press(page, "undo-edit")
    assert words(opened) == NATURAL
    assert not page.undo.isEnabled()


def test_keys_move_over_the_table_and_turn_bits_over(show: Show) -> None:
    opened, page = codes(show)
    key = Qt.Key
    pressed = (key.Key_Up, key.Key_Down, key.Key_Right, key.Key_Right, key.Key_Space)
    keys(opened, page.table, *pressed)
    assert page.table.at == (1, 2)
    assert words(opened)[1] == "0011"
    assert not opened.session.state.running
    assert page.table.here.words == "1 has the code word 0011; bit 3 is 1."


def test_equal_words_are_marked_and_refused_in_words(show: Show) -> None:
    opened, page = codes(show)
    page.table.choose((7, 3))
    view = page.table.view
    assert view.equal == {6, 7}
    assert "6 and 7 have the same code word 0110" in page.distance.text()
    assert not page.train.isEnabled()
    before = opened.session.state.work
    page.choose(list(EXPERIMENTS).index("neurons-60"))
    assert "The classes 6 and 7 have the same code word 0110." in opened.said
    assert opened.session.state.work is before
    page.table.choose((7, 3))
    assert page.train.isEnabled()


def test_bits_can_be_added_up_to_16_and_taken_away_down_to_4(show: Show) -> None:
    opened, page = codes(show)
    press(page, "more-bits")
    assert words(opened)[7] == "01111"
    assert "Smallest distance 2" in page.distance.text()
    for _ in range(11):
        press(page, "more-bits")
    assert len(words(opened)[0]) == 16
    assert not page.more.isEnabled()
    for _ in range(12):
        press(page, "fewer-bits")
    assert words(opened) == NATURAL
    assert not page.fewer.isEnabled()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("natural", "Smallest distance 1: one wrong bit can do harm. Closest: 0–1, 0–2, 0–4 and"),
        ("error-correcting", "Smallest distance 8: 3 wrong bits do no harm."),
    ],
)
def test_presets_come_on_the_table_with_their_distance(
    show: Show, name: str, sentence: str
) -> None:
    opened, page = codes(show, "any-code")
    press(page, f"code-{name}")
    assert words(opened) == CODE_PRESETS[name].words
    assert page.distance.text().startswith(sentence)


def test_how_often_each_bit_is_right_stands_below_it(show: Show) -> None:
    opened, page = codes(show)
    opened.session.designs.load("four-bits")
    opened.session.designs.choose("ten-outputs")
    opened.session.designs.choose("four-bits")
    work = opened.session.state.trained["four-bits"]
    opened.session.shelf.put(replace(work, key=0))
    opened.ticks_until(lambda: opened.session.surveys.found(SurveyBits) is not None)
    state, view = opened.session.state, page.table.view
    digits = state.digits
    looks = [work.look(digits.images[image], 10) for image in range(200)]
    assert len(view.accuracy) == 4
    fires = np.array([look.bits > 0.5 for look in looks])
    wanted = np.array([[bit == "1" for bit in NATURAL[digits.labels[i]]] for i in range(200)])
    np.testing.assert_allclose((fires == wanted).mean(axis=0), view.accuracy, atol=0.05)
    hardest = view.bit_names[view.accuracy.index(min(view.accuracy))]
    assert f"Hardest bit: {hardest}" in page.distance.text()
    page.table.choose((0, 0))
    assert page.table.view.accuracy == ()


# ---- the experiments -----------------------------------------------------------------


def wanted_of(name: str, code: str) -> Settings:
    """What an experiment learns with, where a code is on the table."""
    return Settings().change(**EXPERIMENTS[name].settings(code))


ON_A_TRUNK = [name for name in EXPERIMENTS if wanted_of(name, "natural").trunk == "frozen"]
AT_ONCE = [name for name in EXPERIMENTS if name not in ON_A_TRUNK]


@pytest.mark.parametrize("names", [AT_ONCE, *([name] for name in ON_A_TRUNK)])
def test_one_click_runs_an_experiment_beside_the_others(show: Show, names: list[str]) -> None:
    opened, page = codes(show)
    stood = opened.session.state.work
    for name in names:
        press(page, "code-gray")
        page.table.choose((8, 1))
        code = code_of(words(opened))
        work = choose(opened, page, name)
        assert opened.session.state.work.network is stood.network
        wanted = wanted_of(name, code)
        same = {"design", "hidden", "trunk", "trunk_from", "code"}
        assert all(getattr(work.settings, each) == getattr(wanted, each) for each in same)
        assert work.position.examples == 300
        if wanted.trunk == "frozen":
            source = trunk_of(page.see(opened.session.state), work)
            assert source.design == wanted.trunk_from
        row = row_of(page, name)
        assert row.cells[2].accuracy == work.measured.accuracy
        assert "after 300 digits" in row.words
        assert page.results.view.selected == row.key
        assert page.finding.text() == finding(page.see(opened.session.state), work)


def test_what_is_learning_goes_on_while_another_experiment_begins(show: Show) -> None:
    opened, page = codes(show)
    session = opened.session
    for name in ("gray", "separable", "natural"):
        page.choose(list(EXPERIMENTS).index(name))
    assert len(session.state.beside) == 3
    opened.ticks_until(lambda: not session.state.running and session.runs.settled)
    rows = page.results.view.rows
    ran = [row.cells[0].label for row in rows if "after 300 digits" in row.words]
    expected = [EXPERIMENTS[name].label for name in ("natural", "gray", "separable")]
    assert ran == expected


def test_an_experiment_that_is_complete_is_not_run_again(show: Show) -> None:
    opened, page = codes(show)
    first = choose(opened, page, "gray")
    choose(opened, page, "natural")
    again = choose(opened, page, "gray")
    assert again.key == first.key
    assert again.position == first.position
    assert words(opened) == CODE_PRESETS["gray"].words


def test_train_this_code_trains_the_code_on_the_table(show: Show) -> None:
    opened, page = codes(show)
    page.table.choose((9, 1))
    code = code_of(words(opened))
    press(page, "train-code")
    to_the_end(opened)
    work = network_of(opened, page, page.results.at)
    assert (work.design, work.settings.code) == ("any-code", code)
    assert work.position.examples == 300
    assert opened.session.state.design == "four-bits"
    press(page, "show-network")
    assert opened.session.state.work.key == work.key


def test_codes_tried_stay_in_the_list_and_come_back_with_a_click(show: Show) -> None:
    opened, page = codes(show)
    page.table.choose((9, 1))
    own = words(opened)
    press(page, "train-code")
    to_the_end(opened)
    key = network_of(opened, page, page.results.at).key
    page.table.choose((8, 1))
    rows = page.results.view.rows
    assert len(rows) == len(EXPERIMENTS) + 1
    assert "4 bits, 30 neurons" in rows[-1].cells[0].label
    choose(opened, page, "gray")
    page.choose(len(EXPERIMENTS))
    assert network_of(opened, page, page.results.at).key == key
    assert words(opened) == own


def test_keys_walk_through_the_experiments_and_run_them(show: Show) -> None:
    opened, page = codes(show)
    keys(opened, page.results, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    natural = EXPERIMENTS["natural"]
    assert page.finding.text() == f"{natural.help} {natural.found}"
    assert page.results.here.words.startswith("Natural binary: not run yet.")
    keys(opened, page.results, Qt.Key.Key_Space)
    assert opened.session.state.running
    opened.session.runs.pause()


def test_a_snapshot_of_a_run_draws_nothing_that_has_to_be_read(show: Show) -> None:
    opened, page = codes(show)
    session = opened.session
    session.controls.set(images=0)
    page.choose(list(EXPERIMENTS).index("natural"))
    for steps in (0, 300, 360):  # by then all that the session asked for has come
        before = page.results.view
        while session.state.works[-1].position.steps <= steps:
            session.refresh()
    assert session.state.running
    assert page.results.view is before
    page.slow_tick(session.state)
    assert row_of(page, "natural").cells[2] is not None
    session.runs.pause()


# ---- what it shows -------------------------------------------------------------------


def with_accuracy(opened: Opened, right: int, seen: int = 300, **changes: object) -> Work:
    """A finished run that reads so many of the 1,000 test digits right, the first ones."""
    session = opened.session
    work = fresh_work(session.state, Settings().change(images=300, **changes))
    labels = session.state.digits.labels.astype(np.int8)
    answers = np.where(np.arange(1000) < right, labels, (labels + 1) % 10).astype(np.int8)
    position = replace(work.position, steps=seen // 10, examples=seen, epoch=seen // 300)
    session.shelf.put(
        replace(work, position=position, measured=Measured(seen, right / 1000, answers))
    )
    return session.state.work


def test_findings_are_the_arithmetic_of_the_gap(show: Show) -> None:
    opened, page = codes(show)
    session = opened.session
    own = with_accuracy(opened, 946, design="any-code", code="separable")
    assert "Run ten outputs on the same digits" in finding(page.see(session.state), own)
    with_accuracy(opened, 964, design="ten-outputs")
    natural = with_accuracy(opened, 934, design="four-bits")
    assert finding(page.see(session.state), natural) == "3.0 points below ten outputs (p < 0.001)."
    assert finding(page.see(session.state), own) == (
        "1.2 points better than natural binary (p < 0.001): closes 40 % of the gap to ten outputs."
    )
    worse = with_accuracy(opened, 930, design="any-code", code="gray")
    assert finding(page.see(session.state), worse) == (
        "0.4 points worse than natural binary (p = 0.12, could be chance): "
        "the gap to ten outputs stays."
    )
    better = with_accuracy(opened, 970, design="any-code", code="natural", hidden=100)
    assert "as good as ten outputs with 30 neurons" in finding(page.see(session.state), better)


def test_a_trunk_swap_says_how_much_of_the_gap_is_the_read_out(show: Show) -> None:
    opened, page = codes(show)
    session = opened.session
    with_accuracy(opened, 967, design="ten-outputs")
    with_accuracy(opened, 935, design="four-bits")
    swapped = with_accuracy(
        opened, 956, design="ten-outputs", trunk="frozen", trunk_from="four-bits"
    )
    assert finding(page.see(session.state), swapped) == (
        "A hidden layer made for bits gives 93.5 % with them, and 95.6 % with ten outputs: "
        "66 % of the gap to ten outputs (96.7 %) is the read-out."
    )
    back = with_accuracy(opened, 794, design="four-bits", trunk="frozen", trunk_from="ten-outputs")
    assert finding(page.see(session.state), back).startswith(
        "79.4 % from a hidden layer that gives 96.7 % with its own outputs"
    )


def test_runs_of_unequal_length_are_not_compared(show: Show) -> None:
    opened, page = codes(show)
    session = opened.session
    natural = with_accuracy(opened, 820, design="four-bits")
    own = with_accuracy(opened, 948, 600, design="any-code", code="separable")
    goal = with_accuracy(opened, 964, 600, design="ten-outputs")
    assert finding(page.see(session.state), own) == (
        "1.6 points below ten outputs (p < 0.001). "
        "Natural binary has seen only 300 digits: train it to the end."
    )
    assert finding(page.see(session.state), natural) == (
        "This run has seen only 300 digits, ten outputs 600: train it to the end."
    )
    behind = [row.key for row in page.results.view.rows if row.cells[0].behind]
    assert behind == [list(EXPERIMENTS).index("natural")]
    page.go_to(list(EXPERIMENTS).index("natural"))
    assert "fewer than others have seen" in page.results.here.words
    page.choose(page.results.at)
    assert session.state.beside == (natural.key,)
    assert (session.state.running, session.state.work.key) == (True, goal.key)


def test_what_mnist_gave_is_told_only_about_ten_digits(show: Show) -> None:
    opened, page = codes(show)
    share = percent(result("ten-outputs").mean)
    assert (
        page.finding.text()
        == f"The mark that every code is measured against. {share} on all of MNIST."
    )
    digits = opened.session.state.digits
    opened.session.change(digits=replace(digits, class_names=tuple("ABCDEFGHIJ")))
    assert page.finding.text() == "The mark that every code is measured against."


@pytest.mark.parametrize("scale", [0.8, 1.5])
def test_the_view_folds_instead_of_growing_wider_than_its_window(show: Show, scale: float) -> None:
    opened, page = codes(show, "any-code", scale=scale)
    press(page, "code-error-correcting")
    for size in ((1280, 720), (1024, 768), (1920, 1080)):
        opened.window.resize(*size)
        room = opened.window.parts.stack
        opened.bot.waitUntil(lambda room=room: page.minimumSizeHint().width() <= room.width())
        last = page.table.cell(9, 14)
        assert last.right() <= page.table.width(), size


def test_a_trunk_of_other_digits_is_said_and_nothing_is_compared(show: Show) -> None:
    opened, page = codes(show)
    choose(opened, page, "bits-on-ten")
    said = page.finding.text()
    assert "learned from 300 bundled digits, 1 epoch, 10 outputs: trained network that" in said
    assert said.endswith("from 55,000 MNIST digits, 30 epochs, so they are not compared.")
