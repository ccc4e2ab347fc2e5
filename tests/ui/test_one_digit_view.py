"""One digit: the evidence adds up on screen, whichever design, and leads on to other pages."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.data.digits import bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.questions.neighbours import FindNeighbours
from nnviz.questions.piecemeal import at_once
from nnviz.ui.mistakes.digit_words import lead_in_words
from nnviz.ui.mistakes.lead import classes_compared, rows_that_add_up
from nnviz.ui.mistakes.one_digit import OneDigit
from nnviz.verdicts.leads import Lead, lead_of, pixel_shares
from tests.ui.conftest import MISREAD, Opened
from tests.ui.mistakes_window import Show, told_by, view_of


def one_digit(
    show: Show, design: str = "elimination", image: int = MISREAD, **how: object
) -> tuple[Opened, OneDigit]:
    opened = show(trained=True, **how)
    session = opened.session
    opened.load_all()
    session.designs.choose(design)
    session.change(image=image)
    return opened, view_of(opened, OneDigit)


def number(words: str) -> float:
    return float(words.replace("−", "-"))


def test_what_is_on_screen_adds_up_to_the_lead(show: Show) -> None:
    opened, view = one_digit(show)
    for design in DESIGNS:
        opened.session.designs.choose(design)
        state, shown = opened.session.state, view.pushes.view
        first, second = classes_compared(view.see(state))
        image = state.digits.images[state.image]
        lead = lead_of(state.work.network, state.layout, image, first, second)
        terms = [number(row.words) for row in (*shown.neurons, *shown.others)]
        assert sum(terms) == pytest.approx(number(shown.total.words), abs=1e-9)
        assert number(shown.total.words) == pytest.approx(lead.total, abs=0.0051)
        strongest = [abs(row.amount) for row in shown.neurons]
        assert strongest == sorted(strongest, reverse=True)
        assert strongest[0] == pytest.approx(np.abs(lead.pushes).max())
        pixels = pixel_shares(state.work.network, lead, image)
        ink, empty = (number(each.split()[-1]) for each in view.pixels.view.title.split(","))
        assert ink + empty == pytest.approx(lead.total, abs=0.011)
        assert ink == pytest.approx(pixels.pixels.sum(), abs=0.0051)


def test_every_design_says_what_its_network_says(show: Show) -> None:
    opened, view = one_digit(show)
    state = opened.session.state
    told = []
    for design, row in zip(DESIGNS, view.answers.view.rows, strict=True):
        verdict = state.representatives[design].look(state.digits.images[MISREAD], 10)
        right = verdict.answer == 8
        answer = str(verdict.answer) if verdict.answer >= 0 else "none"
        mark = "right" if right else "wrong"
        assert row.key == design
        assert row.words.startswith(f"{DESIGNS[design].label} says {answer}, {mark}, ")
        told.append(right)
    assert view.right.text() == f"{sum(told)} of 8 designs right"
    assert view.answers.view.selected == "elimination"


def test_a_misread_digit_is_compared_with_its_label_a_right_one_with_the_next(show: Show) -> None:
    opened, view = one_digit(show)
    assert classes_compared(view.see(opened.session.state)) == (6, 8)
    assert view.headline.text.startswith("Label 8, read as 6: 6 leads 8 by 0.04")
    assert view.rival.currentText() == "8, its label"
    opened.session.designs.choose("ten-outputs")
    verdict = opened.session.state.sure_verdict
    assert classes_compared(view.see(opened.session.state)) == (8, verdict.runner_up)


def test_another_rival_can_be_chosen(show: Show) -> None:
    opened, view = one_digit(show)
    index = view.rival.findData(3)
    view.rival.setCurrentIndex(index)
    view.rival.activated.emit(index)
    assert opened.session.state.pair == (6, 3)
    assert "6 leads 3" in view.headline.text
    assert "head of 6 and 3" in view.basis.text()


def test_keys_go_through_the_designs_and_a_click_chooses_one(show: Show) -> None:
    opened, view = one_digit(show, "four-bits")
    opened.bot.keyClick(view.answers, Qt.Key.Key_Up)
    opened.bot.keyClick(view.answers, Qt.Key.Key_Return)
    assert opened.session.state.design == "ten-outputs"
    opened.click(view.answers, view.answers.region("all-pairs").place)
    assert opened.session.state.design == "all-pairs"
    assert view.basis.text() == "The network for 8 or 5: its weighted sum."


def test_neighbours_come_with_their_labels_counted(show: Show) -> None:
    opened, view = one_digit(show)
    opened.ticks_until(lambda: opened.session.neighbours.found is not None)
    whole, state = bundled_digits(), opened.session.state
    asked = FindNeighbours(state.work.asked(), state.digits.images[MISREAD].tobytes())
    expected = at_once(asked.work(whole, {}))
    for row, nearest in (
        (view.by_pixels, expected.by_pixels),
        (view.by_activity, expected.by_activity),
    ):
        assert row.view.labels == tuple(str(label) for label in nearest.labels.tolist())
        same = int((nearest.labels == state.sure_verdict.answer).sum())
        assert f"{same} of 10 " in row.view.title
        assert row.view.frames.count("solid") == same
        assert row.view.frames.count("dashed") == int((nearest.labels == 8).sum())
        assert row.place(9).right() <= row.width()
    opened.bot.keyClick(view.by_pixels, Qt.Key.Key_Right)
    assert f"{expected.by_pixels.distances[1]:.2f} away" in told_by(view.by_pixels)


def test_a_neuron_is_selected_and_opened(show: Show) -> None:
    opened, view = one_digit(show)
    wanted = view._neurons[1]
    opened.click(view.pushes, view.pushes.places()[1])
    state = opened.session.state
    assert (state.member, state.neuron) == wanted
    assert view.pushes.view.selected == wanted
    opened.bot.keyClick(view.pushes, Qt.Key.Key_Return)
    assert opened.session.state.page == "detectors"


def test_votes_and_walk_lead_to_their_pages(show: Show) -> None:
    opened, view = one_digit(show)
    assert view.votes.text() == "Votes: 6 has 9 of 9"
    walk = opened.session.state.sure_verdict
    gone = " ".join(str(step.leaving[0]) for step in walk.steps)
    assert view.walk.text() == f"Walk: {gone} → 6"
    opened.click(view.walk)
    assert opened.session.state.page == "elimination"
    opened.session.designs.choose("four-bits")
    opened.session.change(page="mistakes")
    assert not view.walk.isVisible()
    assert view.votes.text().startswith("Pairs: ")


def test_weights_follow_a_run_and_all_that_is_said_waits_for_the_slow_tick(show: Show) -> None:
    opened, view = one_digit(show, "ten-outputs")
    session = opened.session
    session.controls.set(epochs=0)  # it does not end before it has been looked at
    session.runs.run()
    opened.ticks_until(lambda: session.state.running and session.state.work.position.steps > 0)
    verdict = None
    while session.state.verdict is not verdict:  # an answer that came in between judges anew
        session.store.judge()
        view.slow_tick(session.state)
        shown, words = view.pushes.view, view.headline.text
        verdict, steps = session.state.verdict, session.state.work.position.steps
        while session.state.work.position.steps == steps:
            session.refresh()
    moved = view.pushes.view
    amounts = [[row.amount for row in each.neurons] for each in (shown, moved)]
    assert amounts[0] == amounts[1]
    assert [row.words for row in shown.neurons] == [row.words for row in moved.neurons]
    assert view.headline.text == words
    session.store.judge()
    view.slow_tick(session.state)
    assert view.headline.text != words


def test_numbers_that_are_rounded_still_add_up() -> None:
    assert rows_that_add_up([0.004, 0.004, 0.004], 2) == ("0.00", "0.00", "+0.01", "+0.01")
    assert rows_that_add_up([1.0, -3.0, 0.5], 1) == ("+1.00", "−3.00", "+0.50", "−1.50")


@pytest.mark.parametrize(
    ("total", "likely", "told"),
    [
        (0.2, True, "A leads B by 0.20, 1.22 times as likely."),
        (-30, True, "B leads A here by 30.00, more than a million times as likely."),
        (-3, False, "B leads A here by 3.00."),
        (0.004, True, "A and B are even."),
    ],
)
def test_who_leads_by_how_much(total: float, likely: bool, told: str) -> None:
    none = np.zeros((1, 1))
    lead = Lead(0, 1, np.zeros(0, np.intp), none, none, total)
    assert lead_in_words(lead, "AB", likely) == told


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_push_for_the_first_class_is_orange_to_the_right(show: Show, theme: str) -> None:
    opened, view = one_digit(show, theme=theme)
    shown = view.pushes.view
    image = view.pushes.grab().toImage()
    for row, place in zip(shown.neurons, view.pushes.places(), strict=False):
        centre = (place.x() + 192 + place.right() - 86) / 2  # where the bars begin
        x = int(centre + (4 if row.amount > 0 else -4))
        colour = image.pixelColor(x, int(place.center().y()))
        wanted = opened.window.theme.colour("positive" if row.amount > 0 else "negative")
        assert (colour.red(), colour.green()) == (wanted.red(), wanted.green())


@pytest.mark.parametrize(("image", "read", "wrong"), [(453, "0000", [3]), (111, "1001", [3])])
def test_the_bit_layer_says_which_bit_was_read_wrong_and_why(
    show: Show, image: int, read: str, wrong: list[int]
) -> None:
    opened, view = one_digit(show, "bit-layer", image)
    state = opened.session.state
    verdict, label = state.sure_verdict, state.shown_label
    assert label is not None
    said = f"Label {label}, read as {verdict.answer}: "
    said += f"the bits are {read}; {label} is {label:04b}."
    assert view.headline.text == said
    assert int(read, 2) == verdict.answer
    assert [n for n in range(4) if read[n] != f"{label:04b}"[n]] == wrong
    bit = 3 - wrong[0]
    on = [each for each in range(10) if each >> bit & 1]
    off = [each for each in range(10) if each not in on]
    assert f"add up to {verdict.outputs[on].sum():.2f}, " in view.basis.text()
    assert f"the others to {verdict.outputs[off].sum():.2f}." in view.basis.text()
    assert view.basis.text().startswith("Bit 1 is wrong: outputs 1, 3, 5, 7 and 9 ")


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.5])
def test_nothing_is_cut_off_to_the_right_whatever_the_size_of_the_type(
    show: Show, scale: float
) -> None:
    opened, view = one_digit(show, "ten-outputs", 259, scale=scale)
    opened.window.parts.lecture.enter(full_screen=False)
    opened.window.resize(1280, 720)
    area = opened.window.parts.stack.currentWidget()
    opened.bot.waitUntil(lambda: area.width() > 1200)
    assert area.horizontalScrollBar().maximum() == 0  # type: ignore[attr-defined]
    place = view.place.mapTo(area, view.place.rect().bottomRight())
    assert place.x() <= area.width()


def test_the_rows_of_neurons_take_no_more_room_than_there_is(show: Show) -> None:
    opened = show(trained=True, size=(1280, 720))
    opened.session.change(image=35)
    view = view_of(opened, OneDigit)
    pushes = view.pushes
    least = pushes.minimumSizeHint().height()
    pushes.resize(pushes.width(), 1000)
    view._show(view.see(opened.session.state))
    assert len(pushes.view.neurons) > 8
    assert pushes.minimumSizeHint().height() == least
