"""The Designs and Study pages before a room: numbers are the files', rows are those asked for, an
exercise is filled in step by step, and a hidden answer is nowhere."""

import re

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from nnviz.data.results import result
from nnviz.networks.bit_layer import bit_layer
from nnviz.questions.judged import Judge
from nnviz.questions.lessons import read_out
from nnviz.study.sizes import sized
from nnviz.ui.app.pages import PAGES
from nnviz.ui.designs.size import size_view
from nnviz.ui.kit import canvas
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot
from nnviz.words import number, percent
from tests.ui.conftest import Opened, Show
from tests.ui.designs_window import opened_at
from tests.ui.seen_parts import seen_inside
from tests.ui.study_window import worked_out

TELLS = re.compile(r"\d %|\d ± \d|[+−-]\d\.\d|\b(right|wrong)\b|\d → \d")
"""How an accuracy, a difference or an answer is written."""
FOUR = ("plain-ensemble", "ten-outputs", "one-vs-rest", "four-bits")


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All texts that are painted from now on."""
    found: list[str] = []
    draw = canvas.draw_fitted

    def record(painter: object, place: object, align: object, text: str, *rest: object) -> None:
        found.append(text)
        draw(painter, place, align, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(canvas, "draw_fitted", record)
    return found


def show_view(opened: Opened, page: str, view: str, **choices: object) -> None:
    """A view before a room."""
    views = {**opened.session.state.views, page: view}
    opened.session.change(page=page, views=views, lecturing=True, **choices)
    opened.window.page.load_late()


def told(opened: Opened, painted: list[str]) -> set[str]:
    """All that the page says now."""
    opened.window.page.grab()
    painted.clear()
    opened.window.page.grab()
    found = set(painted)
    for each in seen_inside(opened.window.page):
        found |= {each.text()} if isinstance(each, QLabel | QAbstractButton) else set()
        if isinstance(each, Picture | Plot):
            each._teller.tell()  # else up to a second later
        found.add(each.accessibleDescription())
    return {each for each in found if TELLS.search(each)}


def test_numbers_are_those_of_the_files_and_rows_those_asked_for(show: Show) -> None:
    opened, view = opened_at(show, "size", loaded=True)
    session = opened.session
    opened.ticks_until(lambda: all(w.measured for w in session.state.representatives.values()))
    dots = {each.key: each for each in size_view(view.see(session.state)).dots}
    assert {key: each.mean for key, each in dots.items() if not each.live} == {
        f"{each.design}/{each.hidden}": each.mean for each in sized()
    }
    works = session.state.representatives
    assert {each.design: (each.parameters, each.mean) for each in dots.values() if each.live} == {
        name: (work.network.parameters, work.measured.accuracy) for name, work in works.items()
    }
    session.choose("designs", confused=True)
    opened.ticks_until(lambda: all(each is not None for each in view.see(session.state).judged))
    labels, seen = session.state.digits.labels, view.see(session.state)
    assert [work.network.parameters for work in seen.compared] == sorted(
        {23590, 23860, 235810, 238510}
    )
    for row, work in zip(view.table.view.rows, seen.compared, strict=True):
        answers = session.answers.newest(Judge(work.asked())).result.answers
        wanted = [int(((labels == a) & (answers == b)).sum()) for a, b in ((4, 9), (9, 4))]
        assert [cell.count for cell in row.cells[2:]] == wanted

    show_view(opened, "designs", "tops")
    page = opened.window.page.view
    found = {(each.hidden, each.top): each.mean for each in page.picture.view.cells}
    assert found["four-bits", "ten-outputs"] == result("ten-outputs/on-four-bits").mean
    assert found["ten-outputs", "four-bits"] == result("four-bits/on-ten-outputs").mean
    assert page.told.text.startswith(f"{percent(read_out().share, 0)} of the gap")

    show_view(opened, "designs", "codes")
    session.choose("designs", results=True)
    rows = opened.window.page.view.results.view.rows
    means = [row.cells[1].result.mean for row in rows]
    assert means == sorted(means)
    assert {result("any-code/gray").mean, result("four-bits/100").mean} <= {*means}
    assert max(means) == result("ten-outputs").mean

    show_view(opened, "designs", "compare")
    session.choose("designs", rows=FOUR)
    page = opened.window.page.view
    assert tuple(row.design for row in page.rows) == FOUR
    assert page.rows[3].cells[0].startswith(percent(works["four-bits"].measured.accuracy))
    assert len(page.rows[0].cells) == 2


def test_wires_are_cut_and_the_exercise_filled_in_step_by_step(show: Show) -> None:
    opened, view = opened_at(show, "wires")
    session, kind = opened.session, next(page for page in PAGES if page.id == "designs")
    session.designs.load("one-vs-rest")
    session.change(step=0)
    layout = session.state.representatives["one-vs-rest"].layout(10)
    foreign = np.subtract.outer(np.repeat(np.arange(10), 30), layout.networks) != 0
    assert f"{number(foreign.size)} wires" in view.told.text
    assert (kind.count_steps(session.state), view.picture.view.cut) == (2, False)
    for cut in (False, True):
        opened.window.page.step(1)
        assert f"{number(int(foreign.sum()))} of {number(foreign.size)} wires" in view.told.text
        assert view.picture.view.cut is cut
    opened.window.page.step(-1)
    assert session.state.step == 1

    session.designs.choose("bit-layer")
    show_view(opened, "designs", "bit-layer", image=1)
    session.choose("designs", exercise=True)
    page, picture = opened.window.page.view, opened.window.page.view.picture
    right = session.state.shown_label
    for step in range(6):
        session.change(step=step)
        shown = picture.view
        assert (min(shown.filled, 4), shown.promises) == (min(step, 4), step == 5)
        bits = f"{right:04b}"[: min(step, 4)] + "?" * max(0, 4 - step)
        assert shown.so_far == " ".join(bits) + (f" → {right}" if step > 3 else "")
        assert ("Which weight" in shown.adds(3, 0)) == (step < 4)
    assert kind.count_steps(session.state) == 5
    weights = bit_layer("plus-minus", 10, 1.0).weights
    assert shown.adds(3, 1).count("+1" if weights[3, 1] > 0 else "−1") == 1
    opened.window.page.step(-1)
    assert (session.state.step, page.picture.view.promises) == (4, False)


def test_a_hidden_answer_is_nowhere_on_either_page(show: Show, painted: list[str]) -> None:
    opened = show(trained=True)
    session = opened.session
    opened.load_all()
    session.choose("designs", results=True)
    opened.ticks_until(lambda: all(w.measured for w in session.state.representatives.values()))
    for page in PAGES:
        if page.id not in ("designs", "study"):
            continue
        for view in page.views:
            show_view(opened, page.id, view, answer_hidden=False)
            if page.id == "study":
                worked_out(opened)
            shown = told(opened, painted)
            session.change(answer_hidden=True)
            hidden = told(opened, painted)
            if view in ("compare", "race", "size", "tops", "codes", "results", "trials"):
                assert shown, view
            assert not hidden, (view, hidden)


def test_a_room_sees_the_figure_and_the_schemes_that_are_asked_for(show: Show) -> None:
    opened = show(trained=True)
    show_view(opened, "study", "results")
    session, room = opened.session, opened.window.page.view.room
    session.studies.plan.choose("the-blog-matched")
    worked_out(opened)
    assert room.curves.view.curves[0].name == "One-vs-all"
    assert room.currentWidget() is room.curves
    session.choose("studies", figure="differences", condition="0.01", shown=(1, 3))
    table = session.state.studies.table
    line = next(each for each in table.comparisons if each.condition == "0.01")
    (lane,) = room.lanes.view.lanes
    assert lane.key == ("All pairs", "One-vs-all", "0.01")
    assert (lane.mean, lane.interval) == (line.paired.spread.mean, line.paired.spread.interval)
    assert f"d = {line.paired.d_pooled.d:+.1f}" in lane.beside[0]
    assert opened.window.page.view.saving.button.isEnabled()
