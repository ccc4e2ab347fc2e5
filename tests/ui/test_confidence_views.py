"""Confidence and I don't know: curves, single outputs, the threshold and what it leaves."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from sklearn.calibration import calibration_curve

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import Judge
from nnviz.questions.reliability import Selected, reliability
from nnviz.ui.mistakes.confidence import Confidence
from nnviz.ui.mistakes.trust import surely_off
from nnviz.ui.mistakes.trust_words import selected_in_words, threshold_in_words
from nnviz.ui.mistakes.unsure import STEPS, Unsure
from nnviz.ui.pages.page import Page
from nnviz.words import listed
from tests.ui.conftest import Opened
from tests.ui.mistakes_window import all_judged

Show = Callable[..., Opened]


def opened_at(show: Show, view: str, design: str) -> tuple[Opened, Page]:
    opened = show(trained=True)
    found = all_judged(opened, design, view)
    opened.window.load_late()
    return opened, found


def confidence(show: Show, design: str = "one-vs-rest") -> tuple[Opened, Confidence]:
    opened, view = opened_at(show, "confidence", design)
    assert isinstance(view, Confidence)
    return opened, view


def unsure(show: Show, design: str = "ten-outputs") -> tuple[Opened, Unsure]:
    opened, view = opened_at(show, "unsure", design)
    assert isinstance(view, Unsure)
    return opened, view


def outputs_of(opened: Opened, design: str) -> np.ndarray:
    state = opened.session.state
    work = state.representatives[design]
    evidence = [work.look(image, 10).outputs for image in state.digits.images]
    return np.array(evidence, np.float64)


# ---- confidence ----------------------------------------------------------------------


def test_the_curve_is_that_of_scikit_learn_said_and_as_shares(show: Show) -> None:
    opened, view = confidence(show)
    outputs, labels = outputs_of(opened, "one-vs-rest"), opened.session.state.digits.labels
    right = outputs.argmax(axis=1) == labels
    said = outputs.max(axis=1)
    errors = []
    for choice, expected in ((view.said, said), (view.shares, said / outputs.sum(axis=1))):
        opened.bot.mouseClick(choice, Qt.MouseButton.LeftButton)
        (curve,) = view.plot.view.curves
        true, mean = calibration_curve(right, expected, n_bins=15)
        np.testing.assert_allclose(curve.found.said, mean, atol=1e-5)
        np.testing.assert_allclose(curve.found.true, true, atol=1e-9)
        errors.append(curve.found.error)
        assert f"off by {100 * curve.found.error:.1f} %" in view.headline.text
    assert errors[0] != errors[1]


def test_other_designs_are_shown_on_request(show: Show) -> None:
    opened, view = confidence(show)
    assert [row.name for row in view.key.view.rows] == [entry.label for entry in DESIGNS.values()]
    assert [row.shown for row in view.key.view.rows].count(True) == 1
    place = view.key.place(0).center().toPoint()
    opened.bot.mouseClick(view.key, Qt.MouseButton.LeftButton, pos=place)
    assert [curve.name for curve in view.plot.view.curves] == ["One-vs-rest", "10 outputs"]
    opened.bot.keyClick(view.key, Qt.Key.Key_Down)
    opened.bot.keyClick(view.key, Qt.Key.Key_Space)
    assert opened.session.state.mistakes.trust.others == ("ten-outputs", "four-bits")
    opened.bot.mouseClick(view.key, Qt.MouseButton.LeftButton, pos=place)
    assert opened.session.state.mistakes.trust.others == ("four-bits",)
    own = view.key.place(tuple(DESIGNS).index("one-vs-rest")).center().toPoint()
    opened.bot.mouseClick(view.key, Qt.MouseButton.LeftButton, pos=own)
    assert view.plot.view.curves[0].name == "One-vs-rest"


def test_each_output_has_a_curve_of_its_own(show: Show) -> None:
    opened, view = confidence(show)
    opened.bot.mouseClick(view.outputs, Qt.MouseButton.LeftButton)
    outputs, labels = outputs_of(opened, "one-vs-rest"), opened.session.state.digits.labels
    assert [curve.name for curve in view.grid.view.curves] == [str(each) for each in range(10)]
    for each in (0, 4, 9):
        true, said = calibration_curve(labels == each, outputs[:, each], n_bins=5)
        found = view.grid.view.curves[each].found
        np.testing.assert_allclose(found.true, true, atol=1e-9)
        np.testing.assert_allclose(found.said, said, atol=1e-5)
    assert view.grid.isVisible()
    assert not view.said.isVisible()


@pytest.mark.parametrize(
    ("design", "first", "count"), [("four-bits", "8", 4), ("elimination", "0", 10)]
)
def test_outputs_that_are_no_classes_are_surveyed(
    show: Show, design: str, first: str, count: int
) -> None:
    opened, view = confidence(show, design)
    opened.bot.mouseClick(view.outputs, Qt.MouseButton.LeftButton)
    opened.ticks_until(lambda: view.grid.view is not None and bool(view.grid.view.curves))
    assert len(view.grid.view.curves) == count
    assert view.grid.view.curves[0].name == first


def test_of_many_outputs_the_furthest_off_are_shown(show: Show) -> None:
    opened, view = confidence(show, "all-pairs")
    opened.bot.mouseClick(view.outputs, Qt.MouseButton.LeftButton)
    opened.ticks_until(lambda: view.grid.view is not None and bool(view.grid.view.curves))
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
    opened, view = unsure(show)
    outputs, labels = outputs_of(opened, "ten-outputs"), opened.session.state.digits.labels
    sure, answers = outputs.max(axis=1), outputs.argmax(axis=1)
    view.slider.setValue(90)
    assert opened.session.state.mistakes.trust.threshold == 0.9
    answered = sure >= 0.9
    wrong = answered & (answers != labels)
    images = len(labels)
    assert f"answers {100 * answered.sum() / images:.1f} % of the digits" in view.sentence.text()
    share = 100 * (1 - wrong.sum() / answered.sum())
    assert f"{share:.2f} % of them right. {wrong.sum()} mistakes stay" in view.sentence.text()
    shown = view.digits.grid.view
    assert shown is not None
    assert set(shown.images.tolist()) == set(np.flatnonzero(wrong).tolist())
    opened.bot.mouseClick(view.refused, Qt.MouseButton.LeftButton)
    shown = view.digits.grid.view
    assert shown is not None
    assert set(shown.images.tolist()) == set(np.flatnonzero(~answered).tolist())
    assert view.refused.text() == f"Refused: {(~answered).sum()}"
    at = view.plot.view.at
    assert at is not None
    assert (at.answered, at.wrong) == (answered.sum(), wrong.sum())


def test_the_slider_is_finer_where_most_answers_are(show: Show) -> None:
    opened, view = unsure(show)
    assert list(STEPS) == sorted(set(STEPS))
    opened.bot.keyClick(view.slider, Qt.Key.Key_Home)
    assert view.value.text() == "0 %"
    assert view.sentence.text().startswith("It answers every digit")
    opened.bot.keyClick(view.slider, Qt.Key.Key_End)
    assert view.value.text() == "99.99 %"
    assert threshold_in_words(0.99) == "99 %"
    assert threshold_in_words(STEPS[101]) == "99.2 %"


def test_words_that_are_not_a_digit_are_refused_at_any_threshold(show: Show) -> None:
    opened, view = unsure(show, "four-bits")
    trust = replace(opened.session.state.mistakes.trust, threshold=0.0)
    opened.session.choose("mistakes", trust=trust)
    opened.session.change(reading="literal-bits")
    opened.ticks_until(lambda: opened.session.judgements.of("four-bits") is not None)
    judged = opened.session.judgements.of("four-bits")
    assert judged is not None
    none = int((judged.answers == -1).sum())
    assert none > 0
    assert view.refused.text() == f"Refused: {none}"


def test_curves_of_the_designs_shown_stand_side_by_side(show: Show) -> None:
    opened, view = unsure(show)
    opened.session.choose(
        "mistakes", trust=replace(opened.session.state.mistakes.trust, others=("one-vs-rest",))
    )
    assert {curve.name for curve in view.plot.view.curves} == {"10 outputs", "One-vs-rest"}
    for curve in view.plot.view.curves:
        assert curve.coverage[-1] == pytest.approx(1)


def test_the_curve_can_be_looked_at_where_most_of_it_happens(show: Show) -> None:
    opened, view = unsure(show)
    axes = view.plot.axes[0].item
    assert axes.viewRange()[0][0] < 0
    opened.bot.mouseClick(view.zoom, Qt.MouseButton.LeftButton)
    assert opened.session.state.mistakes.trust.zoomed
    low, high = axes.viewRange()[0]
    assert 75 < low < 80 < 100 < high
    drawn = axes.listDataItems()[-1].getData()[0]
    assert drawn.min() >= 80
    opened.bot.mouseClick(view.zoom, Qt.MouseButton.LeftButton)
    assert axes.listDataItems()[-1].getData()[0].min() < 10


def test_outputs_off_by_more_than_chance_are_marked(show: Show) -> None:
    opened, view = confidence(show)
    opened.bot.mouseClick(view.outputs, Qt.MouseButton.LeftButton)
    marked = [curve for curve in view.grid.view.curves if curve.off]
    assert 0 < len(marked) < 10
    assert marked == [curve for curve in view.grid.view.curves if surely_off(curve.fine)]
    assert (
        f" {len(marked)} of 10 outputs {'is' if len(marked) == 1 else 'are'} off"
        in view.headline.text
    )
    view.grid.tell()
    names = listed(curve.name for curve in marked)
    assert view.grid.accessibleDescription().endswith(f"Off by more than chance: {names}.")


def test_sentences_of_a_threshold() -> None:
    assert selected_in_words(Selected(100, 93, 1, 4), 0.8) == (
        "Below 80 %: I don't know. It answers 93.0 % of the digits, 98.92 % of them right. "
        "1 mistake stays; 3 are refused, with 4 right answers."
    )
    assert "every digit" in selected_in_words(Selected(100, 0, 0, 4), 0.9999)


@pytest.mark.parametrize("view", ["confidence", "unsure", "disagree"])
def test_a_run_is_judged_again_while_it_learns(show: Show, view: str) -> None:
    opened, _ = opened_at(show, view, "ten-outputs")
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
