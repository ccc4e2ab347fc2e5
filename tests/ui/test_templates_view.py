"""What each output looks for: shapes of digits beside shapes of bits."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from nnviz.networks.templates import LINEARISATIONS, templates
from nnviz.ui.designs.templates import TemplatesView
from tests.ui.conftest import Opened
from tests.ui.designs_window import Show, keys, opened_at


def templates_view(show: Show) -> tuple[Opened, TemplatesView]:
    return opened_at(show, "templates", loaded=True)


def designs(view: TemplatesView) -> list[str]:
    return [panel.design for panel in view.images.view.panels]


def test_digits_stand_beside_bits(show: Show) -> None:
    opened, view = templates_view(show)
    assert designs(view) == ["ten-outputs", "four-bits"]
    ten, bits = view.images.view.panels
    assert ten.names == tuple("0123456789")
    assert bits.names == ("8", "4", "2", "1")
    for design in ("all-pairs", "elimination", "one-vs-rest", "plain-ensemble", "bit-layer"):
        opened.session.designs.choose(design)
        assert designs(view) == [design, "four-bits"]
        assert [len(each) for each in view.images.view.templates] == [10, 4]
    for design in ("four-bits", "any-code"):
        opened.session.designs.choose(design)
        assert designs(view) == ["ten-outputs", design]


@pytest.mark.parametrize("line", list(LINEARISATIONS))
def test_the_images_are_the_templates_of_the_chosen_line(show: Show, line: str) -> None:
    opened, view = templates_view(show)
    opened.session.change(image=5)
    view.choose_line(line)
    state = opened.session.state
    network, digits = state.work.network, state.digits.images
    slopes = LINEARISATIONS[line].slopes(network, digits[5], digits)
    expected = templates(network, slopes, np.arange(10))
    np.testing.assert_allclose(view.images.view.templates[0], expected, rtol=1e-5)
    assert view.words.text() == LINEARISATIONS[line].help
    assert view.choices[line].isChecked()


def test_a_pair_that_prefers_the_other_class_is_turned_round(show: Show) -> None:
    opened, view = templates_view(show)
    opened.session.designs.choose("all-pairs")
    state = opened.session.state
    rows = state.sure_verdict.rows(state.digits.class_names)
    network = state.work.network
    slopes = LINEARISATIONS["mean"].slopes(network, state.digits.images[0], state.digits.images)
    for number, row in enumerate(rows):
        expected = row.sign * templates(network, slopes, np.array([row.output]))[0]
        np.testing.assert_allclose(view.images.view.templates[0][number], expected, rtol=1e-4)
        first, rival = view.images.view.panels[0].names[number].split(" | ")
        asked = state.layout.table[row.output] * row.sign
        assert (asked[int(first)], asked[int(rival)]) == (1, -1)
    assert {row.sign for row in rows} == {1, -1}


def test_wrong_bits_and_the_answer_are_marked(show: Show) -> None:
    opened, view = templates_view(show)
    opened.session.change(image=928)  # a 0 that ten outputs read as 7, and four bits as 3
    ten, bits = view.images.view.panels
    assert {place: mark for place, mark in enumerate(ten.marks) if mark is not None} == {
        0: True,
        7: False,
    }
    assert bits.marks == (True, True, False, False)


def test_a_click_on_an_image_chooses_its_output_also_of_the_other_design(show: Show) -> None:
    opened, view = templates_view(show)
    opened.click(view.images, view.images.image_place(0, 7))
    assert opened.session.state.output == 7
    assert view.images.view.panels[0].chosen == 7
    opened.click(view.images, view.images.image_place(1, 2))
    assert (opened.session.state.design, opened.session.state.output) == ("four-bits", 2)


def test_arrows_name_the_outputs_and_return_chooses(show: Show) -> None:
    opened, view = templates_view(show)
    keys(opened, view.images, *[Qt.Key.Key_Right] * 3)
    assert "output 3, " in view.images.here.words
    keys(opened, view.images, Qt.Key.Key_Return)
    assert opened.session.state.output == 3


def test_pixels_that_never_carry_ink_show_as_zero(show: Show) -> None:
    opened, view = templates_view(show)
    image = view.images.grab().toImage()
    corner = view.images.image_place(0, 6).topLeft().toPoint()
    found = image.pixelColor(corner.x() + 5, corner.y() + 5)
    assert found == QColor(opened.window.theme.colours.zero)


def test_images_follow_while_it_learns(show: Show) -> None:
    opened, view = templates_view(show)
    view.choose_line("constant")
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 3)
    network = opened.session.state.work.network
    expected = network.output_weights @ network.hidden_weights[0]
    np.testing.assert_allclose(view.images.view.templates[0], expected, rtol=1e-4, atol=1e-6)
