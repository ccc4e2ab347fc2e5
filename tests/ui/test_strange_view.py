"""Not a digit: an image, what all say of it, and a thousand of each kind."""

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.data.specimens import KINDS, kinds_for, material_of, specimen
from nnviz.questions.readers import NAIVE, support_of
from nnviz.questions.strangeness import MEASURES, JudgeSpecimens, fooled
from nnviz.ui.draw.strange import StrangeView
from tests.ui.conftest import SPECIMENS, Opened
from tests.ui.draw_window import Show, opened_view
from tests.ui.known_answers import keep, recall

SEPARATE = "one-vs-rest"


def strange(show: Show, designs: int = 8, **how: object) -> tuple[Opened, StrangeView]:
    """The view with so many designs loaded, once all have answered."""
    opened, view = opened_view(
        show, StrangeView, designs, lambda session: recall(session, JudgeSpecimens), **how
    )
    opened.ticks_until(lambda: len(answered(opened)) >= designs + len(NAIVE))
    keep(opened.session, JudgeSpecimens)
    return opened, view


def answered(opened: Opened) -> dict[str, object]:
    asking = partial(JudgeSpecimens, seed=opened.session.state.strange.seed)
    return {
        name: each.result
        for name, each in opened.session.inquiries.answers(asking, naive=True).items()
    }


def place_of(view: StrangeView, reader: str, kind: str) -> tuple[int, int]:
    row = [each.id for each in view.rows].index(reader)
    return row, [each.id for each in view.columns].index(kind)


def listed(view: StrangeView) -> list[int]:
    """Numbers of the images below the table."""
    return [each.key for each in view.strip.view.images]


def click(opened: Opened, view: StrangeView, row: int, column: int) -> None:
    opened.click(view.table, view.table.cell_place(row, 2 + column, view.table.view))


def test_rows_are_all_designs_and_the_naive_ones(show: Show) -> None:
    opened, view = strange(show)
    state = opened.session.state
    assert [row.id for row in view.rows] == [*state.representatives, *NAIVE]
    assert [column.id for column in view.columns] == list(kinds_for(material_of(state.digits)))


@pytest.mark.parametrize("measure", MEASURES)
def test_each_number_is_that_of_the_images(show: Show, measure: str) -> None:
    opened, view = strange(show, designs=2)
    view.measures[measure].click()
    for row in view.rows:
        taken = answered(opened)[row.id]
        for column, cell in zip(view.columns, row.cells, strict=True):
            if KINDS[column.id].count == 1 or column.id == "digits":
                continue
            value = MEASURES[measure].of(taken[column.id], taken["digits"])
            assert cell.words == f"{100 * value:.0f} %"


def test_it_fits_into_a_small_window_with_large_text(show: Show) -> None:
    opened, view = strange(show, designs=2, scale=1.5, size=(1280, 720))
    opened.bot.waitUntil(lambda: view.visibleRegion().boundingRect().width() == view.width())


def test_who_only_knows_six_is_sure_of_everything(show: Show) -> None:
    opened, view = strange(show, designs=1)
    row = next(row for row in view.rows if row.id == "only-six")
    assert {cell.words for cell in row.cells if cell} == {"100 %", "yes"}
    assert (row.answer, row.sure) == ("6", True)
    assert not any(cell.good for cell in row.cells if cell)
    whole = view.rows[0]
    assert [cell.good for cell in whole.cells if cell] == [
        column.id == "digits" for column in view.columns
    ]
    assert opened.session.state.digits.classes == 10


def test_a_click_on_a_cell_lists_those_that_fooled_it(show: Show) -> None:
    opened, view = strange(show)
    click(opened, view, *place_of(view, SEPARATE, "letters"))
    state = opened.session.state
    taken = answered(opened)[SEPARATE]["letters"]
    most = fooled(taken)
    assert (state.strange.reader, state.strange.kind) == (SEPARATE, "letters")
    assert state.strange.number == most[0]
    assert listed(view) == most[: len(listed(view))].tolist()
    assert view.strip.view.images[0].words == str(taken.answers[most[0]])
    share = 100 * np.mean(taken.strongest > 0.9)
    assert view.words.text.startswith(
        f"One-vs-rest: sure of an answer to {share:.0f} % of {SPECIMENS} letters"
    )
    row = next(row for row in view.rows if row.id == SEPARATE)
    assert row.sure
    opened.bot.keyClick(view.table, Qt.Key.Key_PageDown)
    assert opened.session.state.strange.number == most[1]


def test_a_heading_shows_images_of_the_kind(show: Show) -> None:
    opened, view = strange(show, designs=1)
    click(opened, view, *place_of(view, "only-six", "noise"))
    click(opened, view, -1, place_of(view, "only-six", "ten")[1])
    state = opened.session.state
    assert (state.strange.kind, state.strange.reader) == ("ten", None)
    assert listed(view)[:3] == [0, 1, 2]
    opened.click(view.strip, view.strip.place(2))
    assert opened.session.state.strange.number == 2
    assert view.image.view.title == "no. 2"


def test_keys_choose_a_cell_and_a_click_on_a_name_its_design(show: Show) -> None:
    opened, view = strange(show, designs=3)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        opened.bot.keyClick(view.table, key)
    chosen = opened.session.state.strange
    assert (chosen.reader, chosen.kind) == (view.rows[1].id, view.columns[2].id)
    assert view.table.view.selected == (chosen.reader, chosen.kind)
    click(opened, view, 2, -2)
    assert opened.session.state.design == view.rows[2].id


def test_the_second_column_is_about_the_image_on_screen(show: Show) -> None:
    opened, view = strange(show)
    session = opened.session
    session.picking.look_at_specimen(kind="scribbles", number=12)
    state = session.state
    image = specimen("scribbles", 12, 1, material_of(state.digits))
    for row in view.rows[: len(state.representatives)]:
        work = state.representatives[row.id]
        answer = work.look(image, 10).answer
        assert row.answer == (str(answer) if answer >= 0 else "")
        support = support_of(work.look(image, 10).evidence)
        assert row.support == f"{support.max():.2f}"
    sure = sum(row.sure for row in view.rows)
    assert view.headline.text.startswith(f"{sure or 'None'} of 10 ")


def test_other_images_are_asked_about_anew(show: Show) -> None:
    opened, view = strange(show, designs=1)
    before = [row.cells for row in view.rows]
    view.others.click()
    assert opened.session.state.strange.seed == 2
    assert all(cell is None for row in view.rows for cell in row.cells)
    assert "0 of 3 have answered" in view.words.text
    opened.ticks_until(lambda: len(answered(opened)) == 3)
    assert [row.cells for row in view.rows] != before


def test_a_network_that_has_learned_is_asked_again(show: Show) -> None:
    opened, view = strange(show, designs=2)
    design = opened.session.state.design
    before = {row.id: row.cells for row in view.rows}
    opened.session.controls.reset()
    opened.learn(100)
    opened.ticks_until(
        lambda: (
            {row.id: row.cells for row in view.rows}.get(design) not in (None, before[design])
            and None not in next(row.cells for row in view.rows if row.id == design)
        )
    )
    after = {row.id: row.cells for row in view.rows}
    assert all(after[name] == before[name] for name in before if name != design)


def test_without_the_training_process_this_image_is_asked_about_at_once(show: Show) -> None:
    opened, view = strange(show, designs=1)
    opened.session.change(engine="starting")
    opened.session.picking.look_at_specimen(seed=9)
    assert "training process" in view.words.text
    assert all(0 <= float(row.support) <= 1 for row in view.rows)
    opened.engine.die()
    opened.session.refresh()
    opened.session.picking.look_at_specimen(seed=10)
    assert "0 of 3 have answered" in view.words.text
    assert all(0 <= float(row.support) <= 1 for row in view.rows)
    opened.ticks_until(lambda: len(answered(opened)) == 1 + len(NAIVE))
    assert all(None not in row.cells for row in view.rows)


def test_a_drawing_can_be_asked_about_too(show: Show) -> None:
    opened, view = strange(show, designs=2)
    session = opened.session
    assert not view.drawing.isEnabled()
    session.pad.draw(np.array([(0.5, 0.1), (0.5, 0.9)]), 0.05)
    view.drawing.click()
    drawn = session.state.drawn
    assert drawn is not None
    assert view.image.view.title == "yours"
    for row in view.rows[:2]:
        assert row.answer == str(session.state.representatives[row.id].look(drawn, 10).answer)
    assert view.rows[2].answer == "6"  # who only knows six
    opened.bot.keyClick(view.table, Qt.Key.Key_PageDown)
    assert view.image.view.title == "no. 1"
    assert not view.drawing.isChecked()


def test_bars_say_to_which_digits_who_knows_two_says_the_first(show: Show) -> None:
    opened, view = strange(show, designs=1)
    assert not view.likeness.isVisible()
    opened.session.picking.look_at_specimen(kind="digits", reader="six-or-nine")
    shown, labels = view.likeness.view, opened.session.state.digits.labels[:SPECIMENS]
    answers = answered(opened)["six-or-nine"]["digits"].answers
    assert shown.shares == tuple((answers[labels == each] == 0).mean() for each in range(10))
    assert shown.shares[6] > 0.9 > 0.1 > shown.shares[9]
    assert (shown.classes, view.strip.isVisible()) == ((6, 9), False)
    opened.session.picking.look_at_specimen(reader="only-six")
    assert not view.likeness.isVisible()


def test_a_room_gets_few_cells_and_none_of_a_hidden_answer(show: Show) -> None:
    opened, view = strange(show, designs=5)
    opened.session.change(lecturing=True)
    assert [row.id for row in view.rows] == ["only-six", "six-or-nine", "ten-outputs", SEPARATE]
    assert [column.id for column in view.columns] == ["digits", "letters", "ten"]
    before = view.rows
    opened.session.change(answer_hidden=True)
    assert {row.answer for row in view.rows} == {"?"}
    assert {cell for row in view.rows for cell in row.cells} == {None}
    assert view.headline.text == "The answer is hidden."
    opened.session.change(answer_hidden=False)
    assert view.rows == before
    opened.session.picking.look_at_specimen(kind="noise")
    assert [column.id for column in view.columns] == ["digits", "noise", "ten"]
