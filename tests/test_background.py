"""Work in the thread beside the window: told in its turn, and only what is still wanted."""

import threading
from collections.abc import Iterator

import pytest

from nnviz.errors import Refusal
from nnviz.session.background import Background


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.stop()


def told(background: Background) -> None:
    """Looks until all is told."""
    while background.busy:
        background.look()


def test_what_is_found_is_told_where_one_looks(background: Background) -> None:
    found, here = [], threading.current_thread()
    background.do("who", threading.current_thread, found.append, pytest.fail)
    assert found == []
    told(background)
    assert found[0] is not here


def test_of_one_name_only_the_newest_counts(background: Background) -> None:
    found, begun, go = [], threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go.wait()
        return "old"

    background.do("a", slow, found.append, pytest.fail)
    begun.wait()
    background.do("a", lambda: "new", found.append, pytest.fail)
    background.do("b", lambda: "other", found.append, pytest.fail)
    background.look()
    assert found == []
    go.set()
    told(background)
    assert found == ["new", "other"]


def test_a_refusal_is_told_and_an_error_is_raised(background: Background) -> None:
    refused = []

    def refuse() -> None:
        raise Refusal("No.")

    background.do("a", refuse, pytest.fail, refused.append)
    background.do("b", lambda: 1 // 0, pytest.fail, pytest.fail)
    with pytest.raises(ZeroDivisionError):
        told(background)
    assert refused == ["No."]
    assert not background.busy


def test_what_nobody_wants_any_more_is_not_told(background: Background) -> None:
    background.do("a", lambda: 1, pytest.fail, pytest.fail)
    background.forget("a")
    assert not background.busy
    background.do("b", lambda: 1, pytest.fail, pytest.fail)
    background.stop()
    background.look()
