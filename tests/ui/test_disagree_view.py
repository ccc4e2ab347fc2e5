"""Designs disagree: McNemar's table, how many designs miss a digit, and the digits behind it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from scipy.stats import binomtest

from nnviz.networks.designs import DESIGNS
from nnviz.questions.comparison import Difference
from nnviz.questions.listing import CELLS, Disagreement
from nnviz.session.judging import designs_compared
from nnviz.ui.mistakes.disagree import Disagree
from nnviz.ui.mistakes.words import LONE, chance_in_words, count_in_words, verdict_in_words
from tests.ui.conftest import Opened
from tests.ui.mistakes_window import Show, listed_in, looked_at, told_by, view_of


def disagree(show: Show, design: str = "four-bits", **how: object) -> tuple[Opened, Disagree]:
    return looked_at(show, Disagree, design, **how)


def right(opened: Opened, design: str) -> np.ndarray:
    state = opened.session.state
    work = state.representatives[design]
    answers = [work.look(image, 10).answer for image in state.digits.images[:300]]
    return np.array(answers) == state.digits.labels[:300]


def tiles(view: Disagree) -> list[int]:
    return listed_in(view.digits.grid)


def test_the_table_counts_what_each_design_gets_right(show: Show) -> None:
    opened, view = disagree(show)
    ours, theirs = right(opened, "four-bits"), right(opened, "ten-outputs")
    shown, session = view.table.view, opened.session
    assert (shown.first, shown.second) == ("4 bits", "10 outputs")
    assert sum(shown.counts) == len(session.state.digits.labels)
    for cell, count in zip(CELLS, shown.counts, strict=True):
        wanted = replace(session.state.mistakes.disagreement, cell=cell, missed=None)
        session.choose("mistakes", disagreement=wanted)
        first, second = CELLS[cell]
        expected = np.flatnonzero((ours == first) & (theirs == second))
        assert len(tiles(view)) == count
        assert [image for image in tiles(view) if image < 300] == expected.tolist()
        assert view.digits.heading.text().startswith(f"{count:,} digits: {shown.in_words(cell)}.")


def test_the_sentence_has_the_exact_p(show: Show) -> None:
    _, view = disagree(show)
    _, first, second, _ = view.table.view.counts
    p = binomtest(first, first + second).pvalue
    said = view.sentence.text()
    assert f"10 outputs gets {second - first} more right than 4 bits" in said
    assert f"{p:.1e}".replace("e-0", "e-") in said
    assert "is significant" in said


def test_a_click_lists_the_digits_of_a_cell_and_keys_go_on(show: Show) -> None:
    opened, view = disagree(show)
    wanted = lambda: opened.session.state.mistakes.disagreement  # noqa: E731
    opened.click(view.table, view.table.place("only-second"))
    assert wanted().cell == "only-second"
    opened.bot.keyClick(view.table, Qt.Key.Key_Right)
    assert wanted().cell == "neither"
    opened.bot.keyClick(view.table, Qt.Key.Key_Up)
    assert wanted().cell == "only-first"
    assert told_by(view.table).startswith(f"{len(tiles(view))} digits: only 4 bits right.")


def test_the_columns_count_how_many_designs_miss_each_digit(show: Show) -> None:
    opened, view = disagree(show)
    wrong = sum((~right(opened, design)).astype(int) for design in DESIGNS)
    counts = view.columns.view.counts
    assert len(counts) == len(DESIGNS) + 1
    assert sum(counts) == len(opened.session.state.digits.labels)
    opened.click(view.columns, view.columns.place(8))
    assert [image for image in tiles(view) if image < 300] == np.flatnonzero(wrong == 8).tolist()
    assert len(tiles(view)) == counts[8]
    assert view.digits.heading.text().startswith(f"{counts[8]} digits that no design gets right")
    opened.bot.keyClick(view.columns, Qt.Key.Key_Left)
    assert opened.session.state.mistakes.disagreement.missed == 7
    assert view.digits.heading.text().startswith(f"{counts[7]} digits missed by 7 of 8 designs")
    assert view.table.view.chosen == ""


def test_any_two_designs_can_be_compared(show: Show) -> None:
    opened, view = disagree(show)
    for box, design in ((view.first, "one-vs-rest"), (view.second, "all-pairs")):
        box.activated.emit(box.findData(design))
    assert designs_compared(opened.session.state) == ("one-vs-rest", "all-pairs")
    assert (view.table.view.first, view.table.view.second) == ("One-vs-rest", "All pairs")


def test_the_design_on_screen_stands_against_the_baseline_or_another_one(show: Show) -> None:
    opened, _ = disagree(show, "ten-outputs")
    first, second = designs_compared(opened.session.state)
    assert first == opened.session.state.baseline == "ten-outputs"
    assert second in set(DESIGNS) - {first}


def test_a_lone_network_is_told_what_is_missing(show: Show) -> None:
    opened = show(trained=True)
    view = view_of(opened, Disagree)
    opened.ticks_until(lambda: not opened.session.judgements.missing)
    if len(opened.session.state.representatives) == 1:
        assert view.sentence.text() == LONE
        assert view.table.view is None


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_cell_chosen_has_a_frame(show: Show, theme: str) -> None:
    opened, view = disagree(show, theme=theme)
    image, frame = view.table.grab().toImage(), opened.window.theme.colour("text").getRgb()
    place, other = view.table.place("only-first"), view.table.place("neither")
    edge = QPoint(int(place.x()), int(place.center().y()))
    assert image.pixelColor(edge).getRgb() == frame
    assert image.pixelColor(QPoint(int(other.x()) + 1, int(other.y() + 12))).getRgb() != frame


def test_p_in_words() -> None:
    assert chance_in_words(0.29) == "chance alone splits them so in 29 of 100 cases"
    assert chance_in_words(0.031) == "chance alone splits them so in 31 of 1,000 cases"
    assert chance_in_words(1 / 43_210) == "chance alone splits them so in 1 of 43,000 cases"
    assert "a million" in chance_in_words(1e-9)
    same = verdict_in_words(Difference(0, 0, 10, 1.0), "A", "B")
    assert same == "A and B get the same digits right."
    even = verdict_in_words(Difference(3, 3, 10, 1.0), "A", "B")
    assert even.startswith("A and B are equally good here")
    assert "not significant" in verdict_in_words(Difference(5, 3, 10, 0.73), "A", "B")


def test_designs_that_learned_from_other_digits_are_not_counted(show: Show) -> None:
    opened, view = disagree(show)
    session = opened.session
    assert "10 outputs" in view.sentence.text()
    assert len(session.judgements.said.everyone) == len(DESIGNS)
    session.runs.start_over(session.state.settings)
    opened.learn()
    opened.ticks_until(lambda: not session.judgements.missing)
    view.look(session.state, words=True)
    assert view.sentence.text() == (
        "4 bits learned from 4,000 bundled digits, 0 epochs, 10 outputs from 55,000 MNIST digits, "
        "30 epochs, so they are not compared."
    )
    assert len(view.columns.view.counts) == 2
    assert "7 of other digits left out" in view.columns.view.title
    assert list(session.judgements.said.everyone) == ["four-bits"]
    listing = replace(session.state.mistakes.listing, whose="any")
    told = count_in_words(listing, session.judgements.said, 0)
    assert "misread by this design, as no other was taught alike" in told
    session.choose("mistakes", disagreement=Disagreement(first="all-pairs"))
    assert designs_compared(session.state) == ("all-pairs", "ten-outputs")
    session.change(baseline="four-bits")
    assert designs_compared(session.state) == ("all-pairs", "ten-outputs")
    assert "more right than" in view.sentence.text()
    assert len(view.columns.view.counts) == len(DESIGNS)
