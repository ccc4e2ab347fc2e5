"""Undo and redo: whatever was done comes back in order, under its own words."""

from hypothesis import given
from hypothesis import strategies as st

from nnviz.session.history import MOST, History


@given(st.lists(st.sampled_from(["do", "back", "forth"]), max_size=120))
def test_undo_and_redo_walk_along_what_was_done(orders: list[str]) -> None:
    """Against a list with a place in it."""
    history, value = History[int](), 0
    done, place = [0], 0
    for number, order in enumerate(orders, start=1):
        if order == "do":
            history, value = history.after(value, f"step {number}"), number
            done, place = [*done[: place + 1], number][-MOST - 1 :], min(place + 1, MOST)
        elif order == "back":
            value, history = history.back(value)
            place = max(0, place - 1)
        else:
            value, history = history.forth(value)
            place = min(len(done) - 1, place + 1)
        assert value == done[place]
        assert history.undoes == (f"step {value}" if place else "")
        assert history.redoes == (f"step {done[place + 1]}" if place + 1 < len(done) else "")
