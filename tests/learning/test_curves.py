"""When the curves of a run are measured."""

from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.networks.curves import next_epoch, next_point

EXAMPLES, LENGTHS = st.integers(0, 10**7), st.integers(1, 60_000)


@tries(max_examples=200, deadline=None, derandomize=True)
@given(examples=EXAMPLES, length=LENGTHS)
def test_the_next_epoch_is_the_next_multiple_of_its_length(examples, length):
    due = next_epoch(examples, length)
    assert due % length == 0
    assert examples < due <= examples + length


@tries(max_examples=200, deadline=None, derandomize=True)
@given(examples=EXAMPLES, length=LENGTHS)
def test_the_next_point_is_ahead_and_no_epoch_is_missed(examples, length):
    assert examples < next_point(examples, length) <= next_epoch(examples, length)


def test_points_are_dense_at_first_then_once_an_epoch():
    schedule = [0]
    while schedule[-1] < 600_000:
        schedule.append(next_point(schedule[-1], 60_000))
    assert schedule[:5] == [0, 10, 20, 30, 40]
    assert schedule[-7:] == list(range(240_000, 600_001, 60_000))
    assert {60_000, 120_000, 180_000} < set(schedule)
    assert 30 < len(schedule) < 60
