"""A design added here, as one entry of the table, works everywhere without another change."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from nnviz.cli.app import commands
from nnviz.networks.codes import Codes
from nnviz.networks.designs import DESIGNS, Design, Given
from nnviz.networks.files import load
from nnviz.ui.app.pages import PAGES
from tests.ui.conftest import Show


def _twice(given: Given) -> Codes:
    """Every digit has one output that knows it from the lower ones, and one from the higher."""
    classes = np.arange(given.classes)
    table = np.where(classes[:, None] == classes, 1, -1)
    lower = np.where(classes >= classes[:, None], table, 0)
    higher = np.where(classes <= classes[:, None], table, 0)
    return np.concatenate([lower, higher]).astype(np.int8)


@pytest.fixture
def new_design(monkeypatch: pytest.MonkeyPatch) -> str:
    entry = Design(
        label="Half the others",
        help="Two outputs for each digit: one against the lower digits, one against the higher.",
        group="ensemble",
        table=_twice,
        networks=lambda given: np.repeat([0, 1], given.classes),
        softmax_groups=lambda given: np.arange(2 * given.classes),
        costs={"cross-entropy": 0.2},
        readings=("nearest-code",),
    )
    monkeypatch.setitem(DESIGNS, "half-the-others", entry)  # type: ignore[arg-type]
    return "half-the-others"


def test_it_is_trained_saved_and_evaluated_from_the_command_line(
    new_design: str, tmp_path: Path
) -> None:
    file = tmp_path / "new.safetensors"
    words = ["train", "--design", new_design, "--epochs", "2", "--out", str(file), "--json"]
    trained = CliRunner().invoke(commands(), words, catch_exceptions=False)
    lines = [json.loads(line) for line in trained.stdout.splitlines()]
    assert [line["epoch"] for line in lines] == [1, 2]
    assert lines[-1]["test_accuracy"] > 0.6
    assert load(file).network.output_weights.shape == (20, 30)
    found = CliRunner().invoke(
        commands(), ["evaluate", str(file), "--json"], catch_exceptions=False
    )
    record = json.loads(found.stdout)
    assert record["design"] == new_design
    assert record["test_accuracy"] == pytest.approx(lines[-1]["test_accuracy"], abs=0.002)


def test_it_has_its_place_on_the_switch_and_learns_in_the_window(
    show: Show, new_design: str
) -> None:
    opened = show(trained=True)
    session, switch = opened.session, opened.window.parts.top_bar.designs
    assert switch.actions[new_design].text() == "Half the others"
    switch.actions[new_design].trigger()
    assert session.state.design == new_design
    opened.learn(100)
    work = session.state.work
    assert work.measured.accuracy > 0.3
    assert work.network.networks == 2


def test_every_page_shows_it(show: Show, new_design: str) -> None:
    opened = show(trained=True)
    opened.session.designs.choose(new_design)
    opened.learn(5)
    for page in PAGES:
        opened.session.change(page=page.id)
        for view in page.views or {"": ""}:
            if view:
                opened.window.page.choose_view(view)
            assert not opened.window.page.grab().isNull()


def test_it_races_and_is_compared(show: Show, new_design: str) -> None:
    opened = show(trained=True)
    session = opened.session
    session.race.begin(["ten-outputs", new_design])
    session.runs.run()
    opened.ticks_until(lambda: min(work.position.steps for work in session.state.racing) >= 20)
    session.runs.pause()
    opened.ticks_until(lambda: session.runs.settled)
    assert session.state.representatives[new_design].measured is not None
    session.comparisons.compare()
    opened.ticks_until(lambda: session.state.comparison is not None)
    comparison = session.state.comparison
    assert new_design in comparison.differences
