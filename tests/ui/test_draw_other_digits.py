"""Morph and Not a digit beside digits that are none: colours, two classes, class names."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import Source, bundled_digits
from nnviz.questions.readers import NAIVE
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.views_page import ViewsPage
from tests.idx_files import write_colour_folder, write_folder
from tests.ui.conftest import Opened, Show

NAMES = DATA_SETS["cifar-10"].class_names


def opened_on(show: Show, folder: Path, view: str) -> tuple[Opened, Page]:
    opened = show()
    opened.session.change(page="draw")
    page = opened.window.page
    assert isinstance(page, ViewsPage)
    page.choose_view(view)
    before = opened.session.state.digits
    opened.session.digits.open(Source("folder", str(folder)))
    opened.ticks_until(lambda: opened.session.state.digits is not before)
    opened.learn(20)
    return opened, page.view


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    chance = np.random.default_rng(1)
    images = chance.integers(0, 256, (40, 32, 32, 3))
    return write_colour_folder(tmp_path / "colour", images, np.arange(40) % 10, NAMES)


@pytest.fixture
def two_classes(tmp_path: Path) -> Path:
    digits = bundled_digits().only(("3", "8"))
    few = dataclasses.replace(
        digits, train_images=digits.train_images[:200], train_labels=digits.train_labels[:200]
    )
    return write_folder(tmp_path / "two", few)


def test_colours_fade_but_their_ink_does_not_move(show: Show, colours: Path) -> None:
    opened, view = opened_on(show, colours, "morph")
    assert not view.blends["move"].isEnabled()
    opened.session.choose("morph", blend="move")
    assert view.blends["fade"].isChecked()
    assert view.headline.text.startswith("10 outputs: ")
    assert not view.lanes.grab().isNull()


def test_colours_have_their_kinds_and_no_naive_readers(show: Show, colours: Path) -> None:
    opened, view = opened_on(show, colours, "strange")
    opened.ticks_until(lambda: all(None not in row.cells for row in view.rows))
    assert [row.id for row in view.rows] == [opened.session.state.design]
    assert "letters" not in [column.id for column in view.columns]
    assert view.table.view.selected == "digits"
    assert not view.table.grab().isNull()


def test_two_classes_morph_into_each_other(show: Show, two_classes: Path) -> None:
    opened, view = opened_on(show, two_classes, "morph")
    (lane,) = view.lanes.view.lanes
    assert (lane.turn.first, lane.turn.second) == (0, 1)
    view.many.click()
    opened.ticks_until(lambda: bool(view.rows))
    assert "no pair" not in view.words.text()


def test_the_naive_keep_their_own_class_names(show: Show, two_classes: Path) -> None:
    opened, view = opened_on(show, two_classes, "strange")
    opened.ticks_until(lambda: all(None not in row.cells for row in view.rows))
    answers = {row.id: row.answer for row in view.rows}
    assert set(answers) == {opened.session.state.design, *NAIVE}
    assert answers["only-six"] == "6"
    assert answers["six-or-nine"] in ("6", "9")
    assert answers[opened.session.state.design] in ("3", "8")


def test_a_random_start_is_asked_nothing_until_it_learns(show: Show) -> None:
    opened = show()
    opened.session.change(page="draw")
    page = opened.window.page
    assert isinstance(page, ViewsPage)
    page.choose_view("morph")
    design = opened.session.state.design
    assert design not in [lane.id for lane in page.view.lanes.view.lanes]
    assert page.view.headline.text == "The network on screen has learned nothing yet: press Run."
    assert page.view.silent.text() == page.view.words.text() == ""
    opened.learn()
    assert design in [lane.id for lane in page.view.lanes.view.lanes]
    assert page.view.headline.text.startswith("10 outputs: ")
