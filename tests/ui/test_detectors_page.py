"""The Detectors page: all neurons, one of them, a hand on it, the book's zero, settings."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip

from nnviz.networks.book_zero import Trial, counted, mean_zero, zero_detector
from nnviz.networks.experiments import SETUPS
from nnviz.networks.neuron_order import class_weights
from nnviz.questions.detectors.inputs import activity_of, firing_most
from nnviz.ui.detectors.all_neurons import AllNeurons
from nnviz.ui.detectors.mosaic import EVEN_COST, ROW_GAPS, Needs, lay_out
from nnviz.ui.detectors.neurons_shown import see_neurons
from nnviz.ui.detectors.one_neuron import OneNeuron
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tile_rows import BAR, FRAME, GAPS, TileParts, TileRows
from tests.ui.detectors_window import Show, all_neurons, compared, one_neuron, opened_at

# ---- all neurons ---------------------------------------------------------------------


@pytest.mark.parametrize("room", [(790, 560), (1072, 421), (1252, 487), (1720, 800)])
@pytest.mark.parametrize("tiles", [1, 5, 15, 30, 100, 300, 500])
def test_no_other_columns_gap_or_place_of_the_bar_make_images_larger(
    tiles: int, room: tuple[int, int]
) -> None:
    needs = Needs((28, 28, 1), BAR, smallest=64, line=26, longest=75, gaps=ROW_GAPS)
    places = lay_out(tiles, needs, room)

    def fit(side: int) -> bool:
        """Whether images so large have room in any number of columns with the least gaps."""
        pixel, rest = side / 28, 2 * FRAME + min(GAPS)
        return any(
            columns * (side + (rest + BAR * (not below)) * pixel) <= room[0]
            and -(-tiles // columns) * (high + lines * 26 + min(ROW_GAPS)) <= room[1]
            for below in (False, True)
            for high in [side + (2 * FRAME + BAR * below) * pixel]
            for lines in (1, 2)
            if lines == 2 or side + (FRAME + BAR * (not below)) * pixel >= 75
            for columns in range(1, tiles + 1)
        )

    side = places.side
    assert fit(64) == (not places.overflow)
    if not places.overflow:
        assert fit(side)
        even = EVEN_COST if side % 28 == 0 else 0  # for pixels of one size
        assert not any(fit(side + more) for more in range(even + 1, even + 4))
        assert side % 28 == 0 or side % 28 > EVEN_COST or side - side % 28 < 64
    else:  # it scrolls, and one column more would make them too small
        assert side >= 64
    assert places.columns * side * places.wide <= room[0]
    assert places.words_width >= 75 or places.caption == 2 * 26


@pytest.mark.parametrize("below", [False, True])
def test_the_bar_is_as_long_as_the_neuron_fires(qapp: QApplication, below: bool) -> None:
    rows, theme, parts = TileRows(), Theme(), TileParts(BAR, below, min(GAPS))
    activity = np.array([0.5, -0.25, 1], np.float32)
    weights, inked = np.zeros((3, 64), np.float32), np.ones(64, np.bool_)
    rows.colour(weights, activity, inked, 1.0, theme, (8, 8, 1), 2, parts)
    wide, high = 8 + parts.across, 8 + parts.down
    image = QImage(2 * wide, 2 * high, QImage.Format.Format_RGB32)
    with Canvas(image, theme) as canvas:
        for row in range(2):
            rows.draw_row(canvas, row, QRectF(0, row * high, 2 * wide, high))
    for tile, (ink, length) in enumerate((("text", 4), ("negative", 2), ("text", 8))):
        x, y = tile % 2 * wide + FRAME, tile // 2 * high + FRAME
        across = 8 + FRAME
        along = [(x + i, y + across) if below else (x + across, y + 7 - i) for i in range(8)]
        found = [image.pixelColor(*place).name() for place in along]
        colours = [theme.colour(ink).name()] * length + [theme.colour("raised").name()] * 8
        assert found == colours[:8]


def test_thirty_images_fill_the_page_without_scrolling(show: Show) -> None:
    _, view = all_neurons(show)
    shown = view.mosaic.view
    assert len(shown.names) == 30
    assert view.mosaic.places.side >= 64
    assert view.mosaic.bar.maximum() == 0


def test_sorting_by_effect_puts_the_strongest_push_first(show: Show) -> None:
    opened, view = all_neurons(show)
    opened.session.choose("detectors", order="answer")
    state, shown = opened.session.state, view.mosaic.view
    verdict = state.sure_verdict
    pushes = verdict.contributions_of(verdict.answer)
    expected = np.argsort(-np.abs(pushes), kind="stable")
    assert [int(name) for name in shown.names] == expected.tolist()
    assert shown.captions[0] == f"{pushes[expected[0]]:+.1f}".replace("-", "−")
    assert shown.signs[0] == np.sign(pushes[expected[0]])


def test_sorting_by_similarity_puts_alike_images_side_by_side(show: Show) -> None:
    opened, view = all_neurons(show)

    def likeness() -> float:
        shown = view.mosaic.view
        inside = shown.weights[:, shown.inked]
        both = np.corrcoef(inside)
        return float(np.mean([both[i, i + 1] for i in range(len(both) - 1)]))

    before = likeness()
    opened.session.choose("detectors", order="similarity")
    assert likeness() > before + 0.1


def test_shape_measures_can_sort_once_they_are_known(show: Show) -> None:
    opened, view = all_neurons(show)
    opened.session.choose("detectors", order="moran")
    shown = view.mosaic.view
    assert set(shown.captions) == {"…"}
    assert [int(name) for name in shown.names] == list(range(30))
    opened.ticks_until(lambda: opened.session.measures.neurons_measured is not None)
    shown = view.mosaic.view
    values = [float(words) for words in shown.captions]
    assert values == sorted(values, reverse=True)


def test_the_caption_names_the_class_with_the_largest_weight(show: Show) -> None:
    opened, view = all_neurons(show)
    state, shown = opened.session.state, view.mosaic.view
    weights = class_weights(state.work.network, state.layout)[0]
    np.testing.assert_array_equal(weights, state.work.network.output_weights.T)
    assert shown.captions[4] == f"for {weights[4].argmax()}"


def test_a_click_opens_the_neuron_alone(show: Show) -> None:
    opened, view = all_neurons(show)
    opened.click(view.mosaic, view.mosaic.place(7))
    assert opened.session.state.neuron == 7
    page = opened.window.page
    assert isinstance(page.view, OneNeuron)
    assert page.view.headline.text.startswith("Neuron 7")
    opened.bot.keyClick(page.view, Qt.Key.Key_Escape)
    assert isinstance(page.view, AllNeurons)


def test_arrows_select_and_return_opens(show: Show) -> None:
    opened, view = all_neurons(show)
    for key, expected in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + view.mosaic.places.columns),
    ):
        opened.bot.keyClick(view.mosaic, key)
        assert opened.session.state.neuron == expected
    view.mosaic.tell()
    assert "Selected: neuron" in view.mosaic.accessibleDescription()
    opened.bot.keyClick(view.mosaic, Qt.Key.Key_Return)
    page = opened.window.page
    assert page.view.id == "neuron"


def test_of_many_networks_one_is_shown_or_all(show: Show) -> None:
    opened, view = all_neurons(show)
    session = opened.session
    session.designs.choose("all-pairs")
    shown = view.mosaic.view
    assert len(shown.names) == session.state.work.network.hidden
    assert view.which.text() == "network 0 or 1"
    opened.click(view.next)
    assert (session.state.member, view.which.text()) == (1, "network 0 or 2")
    opened.click(view.everyone)
    shown = view.mosaic.view
    assert len(shown.names) == session.state.work.network.hidden_biases.size
    assert view.mosaic.bar.maximum() > 0
    last = len(shown.names) - 1
    view.mosaic.walked.emit(last)
    assert session.state.member == 44
    assert view.mosaic.place(last).bottom() <= view.mosaic.height()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_strong_weight_has_its_colour_and_blank_pixels_none(show: Show, theme: str) -> None:
    opened, view = all_neurons(show, theme=theme)
    opened.session.change(own_scales=True)
    shown = view.mosaic.view
    image = view.mosaic.grab().toImage()
    weights = np.where(shown.inked, shown.weights[2], 0)
    place = view.mosaic.place(2)

    def colour_at(pixel: int) -> tuple[int, int, int]:
        row, column = divmod(pixel, 28)
        x = place.x() + (column + 0.5) / 28 * place.width()
        y = place.y() + (row + 0.5) / 28 * place.height()
        found = image.pixelColor(QPoint(int(x), int(y)))
        return found.red(), found.green(), found.blue()

    red, _, blue = colour_at(int(weights.argmax()))
    assert red > blue + 60
    red, _, blue = colour_at(int(weights.argmin()))
    assert blue > red + 20
    zero = opened.window.theme.colour("zero")
    assert colour_at(0) == (zero.red(), zero.green(), zero.blue())


@pytest.mark.parametrize("design", ["all-pairs", "plain-ensemble"])
def test_no_caption_is_cut_off(show: Show, design: str) -> None:
    opened, view = all_neurons(show, scale=1.4)
    session = opened.session
    session.designs.choose(design)
    mosaic, theme = view.mosaic, opened.window.theme
    bold, plain = QFontMetricsF(theme.font(bold=True)), QFontMetricsF(theme.font())
    for order in ("answer", "stroke_fit", "class"):
        session.choose("detectors", order=order, all_members=True)
        opened.ticks_until(lambda: session.measures.neurons_measured is not None)
        shown = mosaic.view
        assert len(shown.captions) == session.state.work.network.hidden_biases.size
        room = mosaic.places.words_width
        for name, caption in zip(shown.names, shown.captions, strict=True):
            wide = bold.horizontalAdvance(f"{name} "), plain.horizontalAdvance(caption)
            assert (
                sum(wide) if mosaic.places.caption == theme.px(26) else max(wide)
            ) <= room + 1, order


def test_no_tooltip_lies_across_the_large_image(show: Show) -> None:
    opened, view = all_neurons(show)
    mosaic = view.mosaic
    centre = mosaic.place(7).center().toPoint()
    opened.bot.mouseMove(mosaic, centre)
    opened.bot.waitUntil(lambda: mosaic.hovered == 7)
    where = mosaic.mapToGlobal(centre)
    QApplication.sendEvent(mosaic, QHelpEvent(QEvent.Type.ToolTip, centre, where))
    assert not QToolTip.isVisible()


def test_a_single_neuron_has_its_caption_below_it(show: Show) -> None:
    opened, view = all_neurons(show)
    opened.session.controls.set(hidden=1)
    mosaic = view.mosaic
    assert mosaic.place(0).height() > 250
    image, viewport = mosaic.grab().toImage(), mosaic
    row = mosaic.places.row_place(0, 0)
    ink = opened.window.theme.colour("text").rgb()
    below = range(int(row.bottom()) + 1, viewport.height())
    inked = [y for y in below if any(image.pixel(int(row.x()) + x, y) == ink for x in range(90))]
    assert len(inked) >= 10  # the whole height of the digit 0, below the frame


# ---- one neuron ----------------------------------------------------------------------


def test_a_view_that_was_chosen_stays_whichever_neuron_is_selected(show: Show) -> None:
    opened = show()
    opened.session.change(neuron=3, views={"detectors": "zero"}, page="detectors")
    assert opened.window.page.view.id == "zero"


def test_the_digits_listed_are_those_that_fire_it_most_and_least(show: Show) -> None:
    opened, view = one_neuron(show)
    opened.session.change(neuron=5)
    state = opened.session.state
    inputs = state.digits.images / np.float32(255)
    activity = activity_of(state.work.network, 0, 5, inputs.astype(np.float32))
    network = state.work.network
    sums = inputs @ network.hidden_weights[0, 5] + network.hidden_biases[0, 5]
    most, least = (
        [each.key for each in strip.view.images] for strip in (view.digits.most, view.digits.least)
    )
    np.testing.assert_allclose(sums[most], np.sort(sums)[::-1][: len(most)], rtol=1e-5)
    np.testing.assert_allclose(sums[least], np.sort(sums)[: len(least)], rtol=1e-5)
    label = state.shown_label
    mean = float(activity[state.digits.labels == label].mean())
    assert view.by_class.view.bars[label].amount == pytest.approx(mean, abs=1e-4)


def test_a_click_on_a_listed_digit_shows_it(show: Show) -> None:
    opened, view = one_neuron(show)
    shown, least = view.headline.text, view.digits.least
    wanted = least.view.images[1].key
    opened.click(least, least.place(1))
    assert opened.session.state.image == wanted
    assert view.headline.text == shown  # still the same neuron


def test_another_digit_and_a_hand_on_the_neuron_leave_the_neuron(show: Show) -> None:
    opened, view = one_neuron(show)
    session, window = opened.session, opened.window
    neuron, shown = view.see(session.state).neuron, view.headline.text
    strongest = set()
    for _ in range(6):
        window.step_page(1)
        assert view.headline.text == shown
        strongest.add(see_neurons(session, session.state).selected)
    assert len(strongest) > 1
    opened.click(view.operate.off)
    assert [place for place, _ in session.state.operations] == [(0, neuron)]
    assert view.headline.text == shown
    session.operations.end()
    session.change(neuron=None)
    window.page.choose_view("all")
    window.page.choose_view("neuron")  # chosen anew for who comes again
    assert view.see(session.state).neuron == see_neurons(session, session.state).selected[1]


def test_no_other_ink_of_that_amount_fires_it_more(show: Show) -> None:
    opened, _ = one_neuron(show)
    digits = opened.session.state.digits
    weights = opened.session.state.work.network.hidden_weights[0, 3]
    best = firing_most(weights, digits.inked, 80.5)
    assert best.sum() == pytest.approx(80.5)
    assert best.min() >= 0
    assert best.max() <= 1
    assert (best[~digits.inked] == 0).all()
    generator = np.random.default_rng(1)
    for _ in range(50):
        other = np.where(digits.inked, generator.random(784), 0)
        other *= 80.5 / other.sum()
        assert weights @ np.minimum(other, 1) < weights @ best


def test_the_outgoing_weights_are_those_of_the_network(show: Show) -> None:
    opened, view = one_neuron(show)
    opened.session.change(neuron=9)
    amounts = [bar.amount for bar in view.outgoing.view.bars]
    np.testing.assert_allclose(amounts, opened.session.state.work.network.output_weights[:, 9])


def test_its_shape_is_said_in_words(show: Show) -> None:
    _, view = one_neuron(show)
    assert ": " in view.headline.text
    assert view.facts.text().startswith("A straight bar explains ")
    assert "(selectivity " in view.facts.text()
    assert view.legend.isVisible()


def test_a_neuron_that_never_fires_says_so(show: Show) -> None:
    opened, view = opened_at(show, "neuron")
    session = opened.session
    session.controls.set(activation="relu")
    work = session.state.work
    biases = work.network.hidden_biases.copy()
    biases[0, 3] = -1000
    session.change(
        work=replace(work, network=replace(work.network, hidden_biases=biases)), neuron=3
    )
    assert not view.digits.most.view.images
    view.digits.most.tell()
    assert view.digits.most.accessibleDescription().startswith("It never fires")
    session.change(neuron=4)
    assert view.digits.most.view.images


# ---- the book's zero -----------------------------------------------------------------


def test_the_counts_are_those_of_all_test_digits(show: Show) -> None:
    opened, view = opened_at(show, "zero")
    digits = opened.session.state.digits
    found = counted(zero_detector(mean_zero(), Trial()), digits.images, digits.labels, 0)
    assert f"right {100 * found.accuracy:.1f} %" in view.measured.text()
    view.controls.threshold.slider.setValue(80)
    assert opened.session.state.detectors.zero.threshold == 0.8
    assert f"right {100 * found.accuracy:.1f} %" not in view.measured.text()


def test_arrows_move_the_zero_and_the_arcs_lose_it(show: Show) -> None:
    opened, view = opened_at(show, "zero")
    real, _, moved = (row.view for row in view.rows)
    assert moved.activity != real.activity  # it begins moved
    assert moved.verdict == "says: no 0"
    for _ in range(9):
        opened.bot.keyClick(view, Qt.Key.Key_Right)
    assert opened.session.state.detectors.zero.right == 6
    real, _, moved = (row.view for row in view.rows)
    assert moved.verdict == "says: no 0"
    assert not moved.right
    assert max(moved.activity) < max(real.activity)


# ---- settings compared ---------------------------------------------------------------


def test_one_button_starts_four_runs_from_one_seed(show: Show) -> None:
    opened, view = opened_at(show, "settings")
    assert [strip.name.text for strip in view.strips] == [s.label for s in SETUPS.values()]
    stood = opened.session.state.work
    opened.click(view.start)

    racing = compared(opened.session)
    assert opened.session.state.running
    assert opened.session.state.work is stood
    assert len({work.settings.seed for work in racing}) == 1
    assert [work.settings.initial for work in racing] == ["normal", "faint", "faint", "scaled"]
    assert [work.settings.nonnegative for work in racing] == [False, False, False, True]
    assert [work.settings.decay > 0 for work in racing] == [False, False, True, True]
    opened.ticks_until(lambda: all(work.position.steps > 0 for work in compared(opened.session)))
    view.slow_tick(opened.session.state)
    assert all("epoch" in strip.progress.text() for strip in view.strips)
    shown = view.strips[2].mosaic.view
    np.testing.assert_array_equal(
        shown.weights, compared(opened.session)[2].network.hidden_weights[0]
    )
    assert view.going.text() == "Pause"
    opened.click(view.going)
    opened.ticks_until(lambda: opened.session.runs.settled)
    assert view.going.text() == "Go on"
    steps = compared(opened.session)[0].position.steps
    opened.click(view.going)
    opened.ticks_until(lambda: compared(opened.session)[0].position.steps > steps)
    assert opened.session.state.work.network is stood.network


# ---- all views -----------------------------------------------------------------------


def test_a_neuron_selected_elsewhere_is_shown_first(show: Show) -> None:
    opened = show(trained=True)
    opened.session.change(neuron=4)
    opened.session.change(page="detectors")
    page = opened.window.page
    assert page.view.id == "neuron"
