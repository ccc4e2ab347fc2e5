"""The way through a lecture: "back" undoes "next", wherever one is."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from nnviz.lectures.lecture import Scene, Walk
from nnviz.lectures.walking import Place, Route
from nnviz.session.slices import SceneWords

LECTURES = some.lists(some.tuples(some.booleans(), some.none() | some.integers(0, 3)), min_size=1)
"""Of each scene, whether it asks and how many steps it walks, if it does."""


def route_of(kinds: list[tuple[bool, int | None]]) -> Route:
    scenes = [
        Scene(
            SceneWords("A scene", question="Which one?" if asks else ""),
            action=None if steps is None else Walk(),
        )
        for asks, steps in kinds
    ]
    return Route(scenes, lambda scene: kinds[scene][1] or 0)


def all_places(route: Route) -> list[Place]:
    places = [route.first_of(0)]
    while (after := route.after(places[-1])) != places[-1]:
        places.append(after)
    return places


@settings(max_examples=40)
@given(LECTURES)
def test_next_comes_past_every_place_once_and_back_returns_the_same_way(
    kinds: list[tuple[bool, int | None]],
) -> None:
    route = route_of(kinds)
    places = all_places(route)
    assert len(set(places)) == len(places) == sum(1 + asks + (n or 0) for asks, n in kinds)
    for here, there in pairwise(places):
        assert route.before(there) == here
        assert (there.scene, there.revealed, there.step) > (here.scene, here.revealed, here.step)
    assert route.before(places[0]) == places[0]


@settings(max_examples=40)
@given(LECTURES, some.integers(-3, 99))
def test_a_jump_leads_to_the_beginning_of_a_scene_before_any_answer(
    kinds: list[tuple[bool, int | None]], number: int
) -> None:
    route = route_of(kinds)
    place = route.first_of(number)
    assert place.scene == min(max(number, 0), len(kinds) - 1)
    assert place == next(each for each in all_places(route) if each.scene == place.scene)
    assert route.end == route.first_of(len(kinds) - 1)


def test_the_answer_comes_before_the_steps_and_these_before_the_next_scene() -> None:
    route = route_of([(True, 2), (False, None)])
    assert all_places(route) == [
        Place(0, revealed=False),
        Place(0),
        Place(0, step=1),
        Place(0, step=2),
        Place(1),
    ]
