"""The Designs page: all designs on one digit, and the table that compares them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea

from nnviz.networks.designs import DESIGNS
from nnviz.questions.comparison import interval, mcnemar
from nnviz.ui.designs.compare import CompareView
from nnviz.ui.designs.numbers import NUMBERS
from nnviz.ui.kit.design_table import DesignRow
from tests.ui.conftest import Opened
from tests.ui.designs_window import Show, keys, opened_at

PARTS = ("name", "verdict", "outputs", *NUMBERS)
"""Columns of the table."""
DISPUTED = 351
"""A bundled test digit, a 2, on which the shipped networks give five different answers."""


def compare_view(show: Show, **how: object) -> tuple[Opened, CompareView]:
    """The view with all shipped networks, measured and compared, and all its columns."""
    opened, view = opened_at(show, "compare", loaded=True, **how)
    view.more.setChecked(True)
    session = opened.session
    opened.ticks_until(
        lambda: (
            session.state.comparison is not None
            and len(session.state.comparison.intervals) == len(DESIGNS)
            and all(work.judging_seconds for work in session.state.representatives.values())
        )
    )
    return opened, view


def row_of(view: CompareView, design: str) -> DesignRow:
    return next(row for row in view.rows if row.design == design)


def place_of(view: CompareView, design: str, part: str) -> QRectF:
    number = [row.design for row in view.rows].index(design)
    return view.table.cell_place(number, PARTS.index(part), view.table.view)


def heading(view: CompareView, part: str) -> QRectF:
    return view.table.cell_place(-1, PARTS.index(part), view.table.view)


def test_the_networks_that_come_with_the_program_are_loaded_one_by_one(show: Show) -> None:
    opened, _ = opened_at(show, "compare")
    state = opened.session.state
    assert set(state.representatives) == {state.design}
    opened.bot.waitUntil(lambda: set(opened.session.state.representatives) == set(DESIGNS))


def test_each_row_says_what_its_network_says_of_the_digit(show: Show) -> None:
    opened, view = compare_view(show)
    opened.session.change(image=DISPUTED)
    state = opened.session.state
    pixels = state.digits.images[DISPUTED]
    assert [row.design for row in view.rows] == list(DESIGNS)
    base = state.representatives[state.baseline].look(pixels, 10).answer
    for row, values in zip(view.rows, view.values(), strict=True):
        verdict = state.representatives[row.design].look(pixels, 10)
        assert row.answer == state.named(verdict.answer)
        assert row.right == (verdict.answer == 2)
        assert row.differs == (verdict.answer != base)
        assert row.bits == verdict.evidence.layout.has_bits
        np.testing.assert_allclose(values, verdict.bits if row.bits else verdict.scores)
    assert len({row.answer for row in view.rows}) == 4
    assert view.summary.text.startswith("Label 2: 5 of 8 designs are right; ")


def test_wrong_bits_are_marked(show: Show) -> None:
    opened, view = compare_view(show)
    opened.session.change(image=DISPUTED)
    row, number = row_of(view, "four-bits"), list(DESIGNS).index("four-bits")
    read = [value > 0.5 for value in view.values()[number]]
    assert row.answer == "0"
    assert not any(read)  # 0 instead of 2
    assert row.marks == (True, True, False, True)


def test_bits_that_no_digit_has_are_not_a_digit_and_wrong(show: Show) -> None:
    opened, view = compare_view(show)
    session = opened.session
    session.designs.choose("four-bits")
    session.change(reading="literal-bits")
    work, digits = session.state.work, session.state.digits
    image = next(
        number
        for number, pixels in enumerate(digits.images)
        if work.look(pixels, 10, "literal-bits").answer < 0
    )
    session.change(image=image)
    row = row_of(view, "four-bits")
    assert (row.answer, row.right, row.bits) == ("not a digit", False, True)
    assert "not a digit" in view.summary.text


def test_the_numbers_are_those_of_the_networks(show: Show) -> None:
    opened, view = compare_view(show)
    state = opened.session.state
    row, work = row_of(view, "elimination"), state.representatives["elimination"]
    cells = dict(zip(NUMBERS, row.cells, strict=True))
    labels, answers = state.digits.labels, work.measured.answers
    low, high = interval(int((answers == labels).sum()), len(labels))
    accuracy = 100 * float(np.mean(answers == labels))
    assert cells["accuracy"] == f"{accuracy:.1f} %\n{100 * low:.1f}–{100 * high:.1f}"
    assert cells["parameters"] == "181,960\n30"
    assert cells["storage"] == "728 kB\nO(2ᵏ)"
    assert cells["work"] == "25,140\n9 heads"
    others = {each: dict(zip(NUMBERS, row_of(view, each).cells, strict=True)) for each in DESIGNS}
    assert others["all-pairs"]["storage"] == "1.13 MB\nO(k²)"
    assert others["one-vs-rest"]["work"] == "235,500\n10 passes"
    assert others["ten-outputs"]["work"] == "23,820\n1 pass"
    tip = view.table.tip_at(place_of(view, "elimination", "name").center()).replace("\n", " ")
    for words in (
        "1,013 separate networks take 96.1 MB, O(2ᵏ); as heads on one trunk 728 kB.",
        "Of 1,024 sets of classes 1,013 need a head, 9 are asked: 1 forward pass.",
        "shipped, MNIST: 6 against 30 epochs.",
    ):
        assert words in tip
    assert cells["training"].endswith("\n+ trunk")
    assert cells["judging"].endswith(("µs", "ms"))
    base = state.representatives["ten-outputs"].measured
    found = mcnemar(answers, base.answers, labels)
    assert cells["difference"].startswith(f"{100 * found.accuracy:+.1f} pp\n".replace("-", "−"))
    assert row.origin == "6, not 30 epochs"
    assert row_of(view, "all-pairs").origin == "shipped, MNIST"
    assert "55,000 MNIST digits, none of these" in view.origins.text


def test_networks_of_other_digits_are_grey_and_can_learn_alike(show: Show) -> None:
    opened, view = compare_view(show)
    session = opened.session
    assert not view.alike.isVisible()
    session.designs.choose("four-bits")
    session.runs.start_over(session.state.settings)
    opened.learn()
    opened.ticks_until(lambda: len(session.state.comparison.differences) == len(DESIGNS) - 1)
    row = row_of(view, "four-bits")
    assert [each.design for each in view.rows if each.grey] == ["four-bits"]
    assert row.cells[-1] == "4,000 digits\nnot 55,000"
    said = "learned from 4,000 bundled digits, 0 epochs, 10 outputs from 55,000 MNIST digits, 30"
    assert said in row.in_words
    assert not row.differs
    assert "1 more learned from other digits." in view.summary.text
    assert " pp\n" in row_of(view, "all-pairs").cells[-1]
    opened.click(view.table, place_of(view, "four-bits", "difference"))
    assert [each.design for each in view.rows if not each.grey] == ["four-bits"]
    area = opened.window.page.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == 0  # with the offer there, too
    opened.click(view.alike)
    racing = [work.design for work in session.state.racing]
    assert racing == [each for each in DESIGNS if each not in ("four-bits", "elimination")]


def test_what_is_not_known_yet_is_said_in_words(show: Show) -> None:
    opened, view = opened_at(show, "compare")
    opened.bot.waitUntil(lambda: len(opened.session.state.representatives) == len(DESIGNS))
    assert row_of(view, "all-pairs").cells[0] == "not yet\nknown"


def test_a_click_on_a_design_shows_it_and_keeps_the_digit(show: Show) -> None:
    opened, view = compare_view(show)
    opened.session.change(image=7)
    opened.click(view.table, place_of(view, "all-pairs", "verdict"))
    state = opened.session.state
    assert (state.design, state.image, state.page) == ("all-pairs", 7, "designs")
    assert [row.design for row in view.rows if row.shown] == ["all-pairs"]


def test_a_click_on_a_difference_chooses_the_baseline(show: Show) -> None:
    opened, view = compare_view(show)
    opened.click(view.table, place_of(view, "four-bits", "difference"))
    session = opened.session
    assert session.state.baseline == "four-bits"
    assert row_of(view, "ten-outputs").cells[-1] == "not yet\nknown"
    opened.ticks_until(lambda: session.state.comparison is not None)
    assert row_of(view, "four-bits").cells[-1] == "baseline"
    assert row_of(view, "ten-outputs").cells[-1].startswith("+")


def test_a_click_on_a_heading_sorts_and_again_turns_the_order(show: Show) -> None:
    opened, view = compare_view(show)
    work = heading(view, "work")

    def costs() -> list[int]:
        return [
            int(dict(zip(NUMBERS, row.cells, strict=True))["work"].split("\n")[0].replace(",", ""))
            for row in view.rows
        ]

    opened.click(view.table, work)
    assert costs() == sorted(costs())
    shown = [row.design for row in view.rows if row.shown]
    opened.click(view.table, work)
    assert costs() == sorted(costs(), reverse=True)
    assert [row.design for row in view.rows if row.shown] == shown
    opened.click(view.table, heading(view, "name"))
    assert [row.design for row in view.rows] == list(DESIGNS)


def test_arrows_and_return_do_what_clicks_do(show: Show) -> None:
    opened, view = compare_view(show)
    keys(opened, view.table, Qt.Key.Key_Down)
    assert view.table.here.words.startswith("4 bits says ")
    keys(opened, view.table, Qt.Key.Key_Return)
    assert opened.session.state.design == "four-bits"
    keys(opened, view.table, *[Qt.Key.Key_Right] * len(NUMBERS), Qt.Key.Key_Return)
    assert opened.session.state.baseline == "four-bits"


def test_a_design_without_a_network_offers_to_train_one(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.session.designs.TRAINED", Path("no such folder"))
    opened, view = opened_at(show, "compare")
    row = row_of(view, "four-bits")
    assert (row.answer, row.origin) == ("", "no network yet")
    opened.click(view.table, place_of(view, "four-bits", "outputs"))
    assert opened.session.state.design == "four-bits"
    assert opened.session.state.running
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 0)


def test_a_run_of_this_window_stands_for_its_design_and_is_timed(show: Show) -> None:
    opened, view = compare_view(show)
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 3)
    opened.session.runs.pause()
    opened.ticks_until(lambda: bool(opened.session.state.work.judging_seconds))
    row = row_of(view, "ten-outputs")
    assert row.origin.startswith("run 1, epoch 0.")
    assert dict(zip(NUMBERS, row.cells, strict=True))["judging"].endswith(("µs", "ms"))


def test_bars_and_words_are_of_one_moment_while_it_learns(show: Show) -> None:
    opened, view = compare_view(show)
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 3)
    for _ in range(8):
        opened.window.parts.clock.tick()
        verdict = opened.session.state.sure_verdict
        np.testing.assert_allclose(view.values()[0], verdict.scores)
        row = row_of(view, "ten-outputs")
        assert row.answer == opened.session.state.named(verdict.answer)
        assert row.confidence == f"{100 * verdict.confidence:.0f} %"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_bar_of_the_answer_is_high_and_in_its_colour(show: Show, theme: str) -> None:
    opened, view = compare_view(show, theme=theme)
    outputs = place_of(view, "ten-outputs", "outputs")
    answer = opened.session.state.sure_verdict.answer
    image: QImage = view.table.grab().toImage()
    x = int(outputs.x() + (answer + 0.5) * outputs.width() / 10)
    middle = QPoint(x, int(outputs.center().y()))
    assert image.pixelColor(middle) == opened.window.theme.digit(answer)
    other = QPoint(int(x - outputs.width() / 10), int(outputs.center().y()))
    assert image.pixelColor(other) == opened.window.theme.colour("track")


def test_the_tooltip_of_a_row_tells_what_its_outputs_learn_from(show: Show) -> None:
    opened, view = compare_view(show)
    tip = view.table.tip_at(place_of(view, "one-vs-rest", "name").center())
    assert all(
        f"{name}: about 1 yes : " in tip.replace("\n", " ")
        for name in opened.session.state.digits.class_names
    )
    plain = view.table.tip_at(place_of(view, "ten-outputs", "name").center())
    assert "yes" not in plain


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_the_table_fits_without_scroll_bars_from_the_first_visit_on(
    show: Show, size: tuple[int, int]
) -> None:
    opened, view = opened_at(show, "compare", size=size)
    area = opened.window.page.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    QApplication.processEvents()
    for bar in (area.horizontalScrollBar(), area.verticalScrollBar()):
        assert not bar.isVisible()
    last = view.table.row_place(len(view.rows) - 1, view.table.view)
    assert last.bottom() <= view.table.height()


def test_one_network_alone_is_told_in_the_singular(show: Show) -> None:
    opened, view = opened_at(show, "compare")
    opened.session.change(trained={})
    label = opened.session.state.digits.class_names[opened.session.state.shown_label]
    assert view.summary.text == f"Label {label}: the only design is right."
    wrong = next(
        image
        for image in range(1000)
        if opened.session.state.work.look(opened.session.state.digits.images[image], 10).answer
        != opened.session.state.digits.labels[image]
    )
    opened.session.change(image=wrong, trained={})
    assert ": 0 of 1 designs is right; " not in view.summary.text
    assert "the only design is wrong" in view.summary.text
