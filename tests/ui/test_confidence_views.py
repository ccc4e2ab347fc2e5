"""Confidence and I don't know: curves, single outputs, the threshold and what it leaves."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from sklearn.calibration import calibration_curve

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import Judge
from nnviz.questions.reliability import Selected, reliability
from nnviz.ui.mistakes.confidence import Confidence
from nnviz.ui.mistakes.disagree import Disagree
from nnviz.ui.mistakes.trust import surely_off
from nnviz.ui.mistakes.trust_words import selected_in_words, threshold_in_words
from nnviz.ui.mistakes.unsure import STEPS, Unsure
from nnviz.ui.pages.page import Page
from nnviz.words import listed
from tests.ui.conftest import Opened
from tests.ui.mistakes_window import Show, listed_in, looked_at, told_by


def outputs_of(opened: Opened, design: str) -> np.ndarray:
    state = opened.session.state
    work = state.representatives[design]
    evidence = [work.look(image, 10).outputs for image in state.digits.images]
    return np.array(evidence, np.float64)


# ---- confidence ----------------------------------------------------------------------


def test_the_curve_is_that_of_scikit_learn_said_and_as_shares(show: Show) -> None:
    opened, view = looked_at(show, Confidence, "one-vs-rest")
    outputs, labels = outputs_of(opened, "one-vs-rest"), opened.session.state.digits.labels
    right, said = outputs.argmax(axis=1) == labels, outputs.max(axis=1)
    errors = []
    for choice, expected in ((view.said, said), (view.shares, said / outputs.sum(axis=1))):
        opened.click(choice)
        (curve,) = view.plot.view.curves
        true, mean = calibration_curve(right, expected, n_bins=15)
        np.testing.assert_allclose(curve.found.said, mean, atol=1e-5)
        np.testing.assert_allclose(curve.found.true, true, atol=1e-9)
        errors.append(curve.found.error)
        assert f"off by {100 * curve.found.error:.1f} %" in view.headline.text
    assert errors[0] != errors[1]


def test_other_designs_are_shown_on_request(show: Show) -> None:
    opened, view = looked_at(show, Confidence, "one-vs-rest")
    trust, rows = lambda: opened.session.state.mistakes.trust, view.key.view.rows
    assert [row.key for row in rows] == list(DESIGNS)
    assert [row.cells[0] is not None for row in rows].count(True) == 1  # has a sample
    first, own = (view.key.region(design).place for design in ("ten-outputs", "one-vs-rest"))
    opened.click(view.key, first)
    assert [curve.name for curve in view.plot.view.curves] == ["One-vs-rest", "10 outputs"]
    opened.bot.keyClick(view.key, Qt.Key.Key_Down)
    opened.bot.keyClick(view.key, Qt.Key.Key_Return)
    assert trust().others == ("ten-outputs", "four-bits")
    opened.click(view.key, first)
    assert trust().others == ("four-bits",)
    opened.click(view.key, own)
    assert view.plot.view.curves[0].name == "One-vs-rest"


def test_each_output_has_a_curve_of_its_own_and_those_surely_off_are_marked(show: Show) -> None:
    opened, view = looked_at(show, Confidence, "one-vs-rest")
    opened.click(view.outputs)
    outputs, labels = outputs_of(opened, "one-vs-rest"), opened.session.state.digits.labels
    curves = view.grid.view.curves
    assert [curve.name for curve in curves] == [str(each) for each in range(10)]
    for each in (0, 4, 9):
        true, said = calibration_curve(labels == each, outputs[:, each], n_bins=5)
        np.testing.assert_allclose(curves[each].found.true, true, atol=1e-9)
        np.testing.assert_allclose(curves[each].found.said, said, atol=1e-5)
    assert view.grid.isVisible()
    assert not view.said.isVisible()
    marked = [curve for curve in curves if curve.off]
    assert 0 < len(marked) < 10
    assert marked == [curve for curve in curves if surely_off(curve.fine)]
    verb = "is" if len(marked) == 1 else "are"
    assert f" {len(marked)} of 10 outputs {verb} off" in view.headline.text
    names = listed(curve.name for curve in marked)
    assert told_by(view.grid).endswith(f"Off by more than chance: {names}.")


@pytest.mark.parametrize(
    ("design", "first", "count"), [("four-bits", "bit 8", 4), ("elimination", "0", 10)]
)
def test_outputs_that_are_no_classes_are_surveyed(
    show: Show, design: str, first: str, count: int
) -> None:
    opened, view = looked_at(show, Confidence, design)
    opened.click(view.outputs)
    opened.ticks_until(lambda: bool(view.grid.view.curves))
    assert len(view.grid.view.curves) == count
    assert view.grid.view.curves[0].name == first


def test_of_many_outputs_the_furthest_off_are_shown(show: Show) -> None:
    opened, view = looked_at(show, Confidence, "all-pairs")
    opened.click(view.outputs)
    opened.ticks_until(lambda: bool(view.grid.view.curves))
    errors = [curve.fine.error for curve in view.grid.view.curves]
    assert len(errors) == 10
    assert errors == sorted(errors, reverse=True)
    assert view.headline.text.startswith("The 10 of 45 furthest off.")
    assert " | " in view.grid.view.curves[0].name


def test_off_by_more_than_chance() -> None:
    said = np.full(200, 0.5)
    assert surely_off(reliability(said, np.arange(200) < 20))
    assert not surely_off(reliability(said, np.arange(200) < 98))
    assert not surely_off(reliability(said[:4], np.zeros(4, bool)))


# ---- I don't know --------------------------------------------------------------------


def test_the_threshold_leaves_what_counting_says(show: Show) -> None:
    opened, view = looked_at(show, Unsure)
    outputs, labels = outputs_of(opened, "ten-outputs"), opened.session.state.digits.labels
    sure, answers = outputs.max(axis=1), outputs.argmax(axis=1)
    view.slider.setValue(90)
    assert opened.session.state.mistakes.trust.threshold == 0.9
    answered = sure >= 0.9
    wrong, said = answered & (answers != labels), view.sentence.text()
    assert f"answers {100 * answered.sum() / len(labels):.1f} % of the digits" in said
    share = 100 * (1 - wrong.sum() / answered.sum())
    assert f"{share:.2f} % of them right. {wrong.sum()} mistakes stay" in said
    assert sorted(listed_in(view.digits.grid)) == np.flatnonzero(wrong).tolist()
    opened.click(view.refused)
    assert sorted(listed_in(view.digits.grid)) == np.flatnonzero(~answered).tolist()
    assert view.refused.text() == f"Refused: {(~answered).sum()}"
    at = view.plot.view.at
    assert (at.answered, at.wrong) == (answered.sum(), wrong.sum())


def test_it_refuses_by_the_outputs_themselves_unless_shares_are_chosen(show: Show) -> None:
    opened, view = looked_at(show, Unsure, "one-vs-rest")
    strongest = outputs_of(opened, "one-vs-rest").max(axis=1)
    silent = int((strongest < 0.5).sum())
    assert silent == 17  # no output is above .5
    assert view.by_outputs.isChecked()
    assert view.refused.text() == f"Refused: {silent}"
    opened.click(view.refused)
    assert sorted(listed_in(view.digits.grid)) == np.flatnonzero(strongest < 0.5).tolist()
    opened.click(view.by_shares)
    shares = opened.session.judgements.of("one-vs-rest").chances
    assert view.refused.text() == f"Refused: {(shares < 0.5).sum()}" == "Refused: 5"
    assert opened.session.state.mistakes.trust.shares  # Confidence is looked at as before


def test_the_slider_is_finer_where_most_answers_are(show: Show) -> None:
    opened, view = looked_at(show, Unsure)
    assert list(STEPS) == sorted(set(STEPS))
    opened.bot.keyClick(view.slider, Qt.Key.Key_Home)
    assert view.value.text() == "0 %"
    assert view.sentence.text().startswith("It answers every digit")
    opened.bot.keyClick(view.slider, Qt.Key.Key_End)
    assert view.value.text() == "99.99 %"
    assert threshold_in_words(0.99) == "99 %"
    assert threshold_in_words(STEPS[101]) == "99.2 %"


def test_words_that_are_not_a_digit_are_refused_at_any_threshold(show: Show) -> None:
    opened, view = looked_at(show, Unsure, "four-bits")
    session = opened.session
    session.choose("mistakes", trust=replace(session.state.mistakes.trust, threshold=0.0))
    session.change(reading="literal-bits")
    opened.ticks_until(lambda: session.judgements.of("four-bits") is not None)
    judged = session.judgements.of("four-bits")
    none = int((judged.answers == -1).sum())
    assert none > 0
    assert view.refused.text() == f"Refused: {none}"


def test_curves_of_the_designs_shown_stand_side_by_side(show: Show) -> None:
    opened, view = looked_at(show, Unsure)
    trust = replace(opened.session.state.mistakes.trust, others=("one-vs-rest",))
    opened.session.choose("mistakes", trust=trust)
    assert {curve.name for curve in view.plot.view.curves} == {"10 outputs", "One-vs-rest"}
    for curve in view.plot.view.curves:
        assert curve.coverage[-1] == pytest.approx(1)


def test_the_curve_can_be_looked_at_where_most_of_it_happens(show: Show) -> None:
    opened, view = looked_at(show, Unsure)
    axes = view.plot.axes[0].item
    assert axes.viewRange()[0][0] < 0
    opened.click(view.zoom)
    assert opened.session.state.mistakes.trust.zoomed
    low, high = axes.viewRange()[0]
    assert 75 < low < 80 < 100 < high
    assert axes.listDataItems()[-1].getData()[0].min() >= 80
    opened.click(view.zoom)
    assert axes.listDataItems()[-1].getData()[0].min() < 10


def test_sentences_of_a_threshold() -> None:
    assert selected_in_words(Selected(100, 93, 1, 4), 0.8) == (
        "Below 80 %: I don't know. It answers 93.0 % of the digits, 98.92 % of them right. "
        "1 mistake stays; 3 are refused, with 4 right answers."
    )
    assert "every digit" in selected_in_words(Selected(100, 0, 0, 4), 0.9999)


@pytest.mark.parametrize("kind", [Confidence, Unsure, Disagree])
def test_a_run_is_judged_again_while_it_learns(show: Show, kind: type[Page]) -> None:
    opened, _ = looked_at(show, kind)
    session = opened.session
    now = [0.0]
    session.answers.clock = lambda: now[0]
    session.runs.run()
    opened.ticks_until(lambda: session.state.running and session.state.work.position.steps > 0)
    first = session.judgements.of("ten-outputs")

    def newer() -> bool:
        now[0] += 0.05
        told = session.judgements.of("ten-outputs")
        known = session.answers.newest(Judge(session.state.asked(session.state.shown_reading)))
        newest = known is not None and known.result is told and known.examples > 0
        return told is not None and told is not first and newest

    opened.ticks_until(newer)


def test_a_point_and_a_bar_list_the_digits_of_their_bin(show: Show) -> None:
    opened, view = looked_at(show, Confidence)
    judged, labels = (
        opened.session.judgements.known["ten-outputs"],
        opened.session.state.digits.labels,
    )
    curve = view.plot.view.curves[0]
    for place, bin in enumerate(curve.bins()):
        low, high = bin.first / 15, (bin.last + 1) / 15
        sure = judged.sureness(True)
        expected = np.flatnonzero((sure > low) & (sure <= high))
        view.plot.press_bar((low + high) / 2)
        grid = view.digits.grid.view
        assert sorted(grid.images.tolist()) == expected.tolist()
        assert len(expected) == curve.found.counts[curve.found.filled[place]]
        assert view.bin.currentText().endswith(
            f"{(judged.answers == labels)[expected].sum()} right"
        )
    view.plot.press_bar((low + high) / 2)
    assert view.digits.isHidden()
    opened.click(view.outputs)
    bin = next(iter(view.grid.view.curves[4].bins()))
    opened.click(view.grid, view.grid.region(bin).place)
    said = judged.outputs[:, bin.output]
    found = view.digits.grid.view.images
    assert sorted(found.tolist()) == np.flatnonzero(said <= (bin.last + 1) / 15).tolist()
    assert opened.session.mistakes.listed().tolist() == found.tolist()
