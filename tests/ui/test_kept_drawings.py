"""The shelf of drawings in the window: kept, said what it is, used, taken away and brought back."""

import numpy as np
from PySide6.QtWidgets import QInputDialog

from nnviz.ui.draw.asked_words import LEARN_FIRST
from nnviz.ui.draw.kept import KeptDrawingsView
from nnviz.ui.draw.morph import MorphView
from tests.ui.conftest import Show
from tests.ui.draw_window import opened_view


def test_a_drawing_is_kept_used_and_brought_back(show: Show) -> None:
    opened, view = opened_view(show, KeptDrawingsView, 2)
    session = opened.session
    assert not view.keep.isEnabled()
    opened.window.page.choose_view("pad")
    keep = opened.window.page.view.keep
    assert not keep.isEnabled()
    session.pad.draw(np.array([[0.5, 0.2], [0.5, 0.8]]), 0.05)
    opened.click(keep)
    session.change(views={"draw": "kept"})
    assert view.keep.isEnabled()
    (kept,) = session.state.kept.drawings
    answer = session.state.representatives[session.state.design].look(kept.pixels, 10).answer
    assert str(answer) in view.table.view.rows[0].words
    session.pad.clear()
    opened.click(view.first)
    dialog = opened.window.findChild(QInputDialog, "what-is-drawn")
    dialog.setTextValue("1")
    dialog.accept()
    morph = opened.window.page.view
    assert isinstance(morph, MorphView)
    assert (morph.ends[0].view.pixels == kept.pixels).all()
    assert morph.ends[0].view.label == 1
    session.change(views={"draw": "kept"})
    opened.click(view.onto_pad)
    assert (session.state.pad.drawing.ink == kept.ink).all()
    session.change(views={"draw": "kept"})
    opened.click(view.strange)
    assert session.state.views["draw"] == "strange"
    assert session.state.strange.drawn
    session.kept.take_away(session.state.kept.chosen)
    assert not list(session.kept.folder.glob("*.png"))
    session.kept.undo()
    assert [each.label("0123456789") for each in session.state.kept.drawings] == [1]
    assert len(list(session.kept.folder.glob("1-*.png"))) == 1
    session.shelf.add()
    session.change(views={"draw": "kept"})
    assert view.headline.text == LEARN_FIRST
