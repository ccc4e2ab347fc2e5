"""A LeNet from a file: every page shows what it can, and says what it cannot."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.networks.files import load, save
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import as_inputs
from nnviz.ui.app.pages import PAGES
from nnviz.ui.pages.output_words import member_in_short, named_network, network_label
from nnviz.ui.pages.weight_images_needed import NO_WEIGHT_IMAGES
from tests.lenets import settings_of, trained_lenets
from tests.ui.conftest import Opened, Show

LEARNS_ELSEWHERE = (
    "A LeNet learns in studies only; a change of a setting begins a three-layer network beside it."
)
IN_PLACE = {
    *(("detectors", view) for view in ("all", "neuron", "zero", "sum", "off", "beside")),
    ("designs", "templates"),
}
SLOW = {"morph", "strange"}
"""Views that ask many images, whatever network is on screen."""


@pytest.fixture(scope="module")
def lenet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lenet") / "lenet.safetensors"
    save(trained_lenets(settings_of("ten-outputs")), path)
    return path


@pytest.fixture
def opened(show: Show, lenet: Path) -> Opened:
    made = show()
    made.window.parts.files.open_network(lenet)
    assert made.session.state.work.file == "lenet.safetensors"
    return made


def test_every_view_of_weight_images_says_so_in_its_place(opened: Opened) -> None:
    session = opened.session
    session.change(page="train")
    assert opened.window.page.instead.sentence.text() == NO_WEIGHT_IMAGES
    assert opened.window.page.instead.isVisible()
    for page in PAGES:
        session.change(page=page.id)
        for view in set(page.views) - SLOW:
            opened.window.page.choose_view(view)
            opened.window.grab()
            views = getattr(opened.window.page, "views", None)
            if views is not None and hasattr(views, "instead"):
                missing = (page.id, view) in IN_PLACE
                assert views.instead.isVisible() is missing, (page.id, view)
    session.change(page="detectors")
    opened.window.page.choose_view("all")
    opened.click(opened.window.page.views.instead.to_filters)
    assert opened.window.page.view.id == "filters"


def test_what_would_learn_it_says_where_it_learns(opened: Opened) -> None:
    session, before = opened.session, opened.session.state.work
    for act in (
        session.runs.run,
        lambda: session.runs.step("batch"),
        session.controls.reset,
        session.files.train_further,
    ):
        session.change(notice=None)
        act()
        assert opened.said == LEARNS_ELSEWHERE
        assert session.state.work is before
        assert not session.state.running


def test_a_setting_begins_a_three_layer_network_beside_it(opened: Opened) -> None:
    session, before = opened.session, opened.session.state.work
    session.controls.set(rate=0.3)  # live: of the next run
    session.controls.set(hidden=12)
    work = session.state.work
    assert work.network.front is None
    assert (work.network.hidden, work.settings.activation) == (12, "sigmoid")
    assert [each.network for each in session.state.shelf] == [before.network]
    session.runs.step("batch")
    assert opened.session.state.running


def test_it_can_be_saved_and_compared(opened: Opened, tmp_path: Path) -> None:
    session = opened.session
    assert session.files.save(tmp_path / "again.safetensors")
    again = load(tmp_path / "again.safetensors").network
    assert np.array_equal(again.hidden_weights, session.state.work.network.hidden_weights)
    opened.load_all()
    assert session.state.representatives["ten-outputs"].network.front is not None
    assert session.race.settings(("ten-outputs", "four-bits"))[0].activation == "sigmoid"


def test_filters_and_their_maps_of_the_digit_on_screen(opened: Opened) -> None:
    session = opened.session
    session.change(page="detectors")
    view, front = opened.window.page.view, session.state.work.network.front
    assert view.id == "filters"  # what there is to see of it
    assert front is not None
    maps = front.first_maps(0, as_inputs(session.state.pixels[None]))
    grid = view.grid
    assert np.array_equal(grid.view.maps, maps[0].transpose(2, 0, 1))
    assert np.array_equal(grid.view.kernels[5, :, :, 0], front.first_weights[0, 5, 0])
    opened.click(grid, grid.region(5).place)
    opened.bot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.view.selected == 6
    assert view.one.view.title == "Filter 6"
    opened.click(view.layers["pooled"])
    (pooled,) = front.pooled(0, as_inputs(session.state.pixels[None]))
    assert np.array_equal(grid.view.maps.transpose(1, 2, 0).reshape(-1), pooled[0])
    assert np.array_equal(view.one.view.slices[:, :, :, 0], front.second_weights[0, 0])
    session.change(image=3)
    assert not np.array_equal(grid.view.maps.transpose(1, 2, 0).reshape(-1), pooled[0])
    assert all(tile.place.right() <= grid.width() for tile in grid.regions(grid.view))


def test_a_three_layer_network_has_no_filters(show: Show) -> None:
    opened = show(trained=True)
    opened.session.change(page="detectors")
    opened.window.page.choose_view("filters")
    view = opened.window.page.view
    assert view.nothing.isVisible()
    assert "has no filters" in view.nothing.text()
    assert not view.grid.isVisible()


def test_a_head_of_its_own_is_called_by_its_classes() -> None:
    layout = layout_of(settings_of("elimination", trunk="separate"), 4)
    assert network_label(layout, "0123", 0) == "network 0 or 1"
    assert network_label(layout, "0123", 10) == "network for 0, 1, 2, 3"
    assert named_network(layout, "0123", 6) == "the network for 0, 1, 2"
    assert member_in_short(layout, "0123", 7) == "0/1/3"
