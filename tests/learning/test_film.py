"""Films: which moments are kept, and that they are those of the run."""

import dataclasses
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.digits import DigitSet
from nnviz.networks import film as film_module
from nnviz.networks.curves import Point, Position
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork, load, save
from nnviz.networks.film import BUDGET, BYTES, OPENING, Film, Moment, kept, moment_of
from nnviz.networks.film_file import FilmFile, read_film
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import measured
from nnviz.questions.question import Subject
from nnviz.training.trainer import Trainer
from nnviz.writing import NotSaved
from tests.full_disk import small_files
from tests.learning.network_files import example, parts, with_story
from tests.learning.runs import bits, learn, new_network, new_trainer, taken_up

SETTINGS = Settings(hidden=4, epochs=0)


def filmed(few: DigitSet, steps: int, settings: Settings = SETTINGS) -> Trainer:
    """A run with its film, after so many steps."""
    trainer = new_trainer(settings, few)
    trainer.film = Film()
    return learn(trainer, steps)


def made_up(numbers: range, size: int = 400) -> Film:
    moments = [
        Moment(each, Position(examples=10 * each, seconds=0.5), np.full(size, each, np.float16))
        for each in numbers
    ]
    return Film(tuple(moments))


# ---- the rule ------------------------------------------------------------------------


def test_every_point_of_a_short_run_is_a_moment(few: DigitSet) -> None:
    trainer = filmed(few, 100)
    film = trainer.film
    assert [each.number for each in film.moments] == list(range(len(trainer.points)))
    assert [each.position.examples for each in film.moments] == [
        point.examples for point in trainer.points
    ]


@given(points=st.integers(1, 5000), parameters=st.integers(1, BUDGET // 2 // BYTES))
def test_a_film_stays_within_its_budget(points: int, parameters: int) -> None:
    count = sum(kept(number, points, parameters) for number in range(points))
    assert count >= 1
    assert count * parameters * BYTES <= BUDGET
    assert kept(0, points, parameters)


@given(
    number=st.integers(0, 3000),
    later=st.integers(1, 3000),
    more=st.integers(1, 3000),
    parameters=st.integers(1, BUDGET // 2 // BYTES),
)
def test_what_was_dropped_never_comes_back(
    number: int, later: int, more: int, parameters: int
) -> None:
    points = number + later
    if kept(number, points + more, parameters):
        assert kept(number, points, parameters)


@given(points=st.integers(OPENING + 1, 100_000), parameters=st.integers(1, BUDGET // 8))
def test_the_start_is_never_coarser_than_the_rest(points: int, parameters: int) -> None:
    kinds = [
        [each for each in numbers if kept(each, points, parameters)]
        for numbers in (range(OPENING), range(OPENING, min(points, 20 * OPENING)))
    ]
    opening, rest = ([b - a for a, b in pairwise(each)] for each in kinds)
    if opening and rest and points > 2 * OPENING:
        assert max(opening) <= max(rest)


def test_half_a_budget_is_the_largest_network_with_a_film() -> None:
    most = BUDGET // 2 // BYTES
    assert kept(0, 1, most)
    assert not kept(0, 1, most + 1)


@given(cuts=st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_the_film_does_not_depend_on_how_often_somebody_looks(cuts: list[int]) -> None:
    whole = made_up(range(sum(cuts)), 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(film_module, "BUDGET", 24 * 5 * BYTES)
        straight = Film().grown(whole.moments, sum(cuts))
        pieces, seen = Film(), 0
        for cut in cuts:
            new = whole.moments[seen : seen + cut]
            seen += cut
            pieces = pieces.grown(new, seen)
            size = sum(moment.weights.nbytes for moment in pieces.moments)
            assert size <= film_module.BUDGET
    assert pieces == straight


# ---- the moments ---------------------------------------------------------------------


def test_the_same_seed_gives_the_same_film_which_changes_nothing_of_the_run(few: DigitSet) -> None:
    one, other = (filmed(few, 100) for _ in range(2))
    assert one.film == other.film != filmed(few, 100, SETTINGS.change(seed=9)).film
    plain = learn(new_trainer(SETTINGS, few), 100)
    assert bits(one.network()) == bits(plain.network())


@pytest.mark.parametrize("steps", [1, 17, 30, 90])
def test_a_run_taken_up_has_the_film_of_one_that_never_stopped(few: DigitSet, steps: int) -> None:
    first = filmed(few, steps)
    second = taken_up(first)
    second.film = Film()
    learn(second, 120)
    joined = first.film.grown(second.film.moments, len(second.points))
    assert joined == filmed(few, 120).film


@pytest.mark.parametrize("design", DESIGNS)
def test_a_moment_holds_the_weights_of_its_time(few: DigitSet, design: str) -> None:
    settings = Settings(hidden=3, epochs=0).change(design=design, trunk="scratch")
    trainer = filmed(few, 5, settings)
    seen = {0: new_network(settings, few), len(trainer.points) - 1: trainer.network()}
    for number, expected in seen.items():
        found = trainer.film.at(number).network(trainer.network())
        for name, array in expected.weights().items():
            np.testing.assert_allclose(found.weights()[name], array, rtol=2**-11, atol=1e-7)


def test_weights_too_large_for_a_moment_stay_numbers() -> None:
    network = example().network
    huge = dataclasses.replace(network, output_weights=network.output_weights * np.float32(1e9))
    assert moment_of(huge, 0, Position()).network(huge).finite()


def test_looking_for_a_moment_finds_the_last_one_before() -> None:
    film = made_up(range(0, 12, 4))
    found = [film.at(number) for number in (0, 3, 4, 11, 99)]
    assert [each.number for each in found if each] == [0, 0, 4, 8, 8]
    assert Film().at(3) is None


# ---- network files -------------------------------------------------------------------


def with_film(film: Film | None = None) -> TrainedNetwork:
    plain = example()
    made = film or made_up(range(4), plain.network.parameters)
    points = (*(Point(each, 1.0, 1.0, 0.5, 0.5) for each in range(0, 40, 10)), plain.points[-1])
    return dataclasses.replace(plain, film=made, points=points)


def at(examples: int) -> dict[str, float]:
    """Where a run stands, as a file tells it."""
    return dataclasses.asdict(Position(examples=examples))


@pytest.fixture
def network_file(tmp_path: Path) -> Path:
    """A network with its film."""
    save(with_film(), tmp_path / "network.safetensors")
    return tmp_path / "network.safetensors"


def test_a_network_file_carries_a_film_and_a_program_that_knows_none_reads_the_rest(
    network_file: Path,
) -> None:
    assert load(network_file).film == with_film().film
    header, _ = parts(network_file.read_bytes())
    assert set(header) == {"__metadata__", "film", *example().network.weights()}
    assert bits(load(network_file).network) == bits(example().network)


@pytest.mark.parametrize(
    "moments",
    [
        [],
        "film",
        [{"number": 0}] * 4,
        [{"number": each, "position": {"epoch": -1}} for each in range(4)],
        [{"number": 3 - each, "position": dataclasses.asdict(Position())} for each in range(4)],
        [{"number": each, "position": dataclasses.asdict(Position())} for each in range(3)],
        [{"number": each, "position": at(10 * each + (each == 3))} for each in range(4)],
        [{"number": each + (each == 3), "position": at(10 * each)} for each in range(4)],
        [{"number": each, "position": at(10 * each) | {"steps": True}} for each in range(4)],
    ],
)
def test_a_damaged_film_leaves_the_network_as_it_is(network_file: Path, moments: object) -> None:
    network_file.write_bytes(with_story(network_file.read_bytes(), film=moments))
    found = load(network_file)
    assert bits(found.network) == bits(example().network)
    assert found.film_trouble.startswith("The film in network.safetensors is damaged and ")
    assert len(found.film) < 4


def test_a_film_is_kept_up_to_weights_that_are_no_numbers(tmp_path: Path) -> None:
    path, moments = tmp_path / "network.safetensors", list(with_film().film.moments)
    damaged = moments[2].weights.copy()
    damaged[5] = np.nan
    moments[2] = dataclasses.replace(moments[2], weights=damaged)
    save(with_film(Film(tuple(moments))), path)
    found = load(path)
    assert found.film.moments == tuple(moments[:2])
    assert found.film_trouble.endswith("is damaged and ends after 2 moments.")


# ---- shipped films -------------------------------------------------------------------

SHIPPED = ("ten-outputs", "four-bits")


def test_the_shipped_films_take_less_than_10_megabytes() -> None:
    sizes = [(TRAINED / f"{name}.safetensors").stat().st_size for name in SHIPPED]
    assert sum(sizes) <= 10_000_000


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_film_leads_from_noise_to_the_shipped_network(name: str) -> None:
    trained = load(TRAINED / f"{name}.safetensors")
    moments = trained.film.moments
    assert len(moments) >= 60
    noise = initial_network(trained.settings, 784, 10)
    for moment, network in ((moments[0], noise), (moments[-1], trained.network)):
        expected = moment_of(network, moment.number, moment.position)
        np.testing.assert_array_equal(moment.weights, expected.weights)
    assert moments[-1].position.examples == trained.position.examples
    assert sum(each.position.epoch == 0 for each in moments) > len(moments) / 2


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_film_answers_as_its_curve_says(name: str, digits: DigitSet) -> None:
    trained = load(TRAINED / f"{name}.safetensors")
    for moment in trained.film.moments[::10]:
        subject = Subject(moment.network(trained.network), trained.settings)
        images, labels = digits.train_images, digits.train_labels
        found = measured(subject, images, labels, 10).accuracy
        expected = trained.points[moment.number].test_accuracy
        assert found == pytest.approx(expected, abs=0.035)


# ---- on disk while a run goes on -----------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.film"


def test_what_is_kept_piece_by_piece_is_read_as_a_whole(path: Path) -> None:
    file = FilmFile(path)
    for count in (1, 2, 2, 5):
        file.keep(made_up(range(count)))
        assert read_film(path) == made_up(range(count))


def test_only_what_is_new_is_written(path: Path) -> None:
    file = FilmFile(path)
    file.keep(made_up(range(3)))
    node, size = path.stat().st_ino, path.stat().st_size
    file.keep(made_up(range(4)))
    assert (path.stat().st_ino, path.stat().st_size) == (node, size * 4 // 3)


def test_a_film_that_has_thinned_out_is_written_anew(path: Path) -> None:
    file = FilmFile(path)
    file.keep(made_up(range(6)))
    before = path.stat().st_size
    file.keep(made_up(range(0, 8, 2)))
    assert read_film(path) == made_up(range(0, 8, 2))
    assert path.stat().st_size < before


@given(place=st.integers(0, 100_000), flip=st.integers(0, 255))
def test_a_film_is_read_up_to_the_first_damage_or_its_last_whole_moment(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.film"
    path.unlink(missing_ok=True)
    FilmFile(path).keep(made_up(range(5)))
    content = bytearray(path.read_bytes())
    place, size = place % len(content), len(content)
    if flip:
        content[place] ^= flip
    else:
        del content[place:]
    path.write_bytes(content)
    assert read_film(path) == made_up(range(5 * place // size))


@given(content=st.binary(max_size=200))
def test_a_file_that_is_no_film_is_none(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "foreign.film"
    path.write_bytes(content)
    assert read_film(path) == Film()


def test_where_there_is_no_file_there_is_no_film(path: Path) -> None:
    assert read_film(path) == Film()
    path.mkdir()
    assert read_film(path) == Film()


def test_a_disk_that_is_full_leaves_whole_moments(path: Path) -> None:
    file = FilmFile(path)
    file.keep(made_up(range(3), 100_000))
    before = path.stat().st_size
    with small_files(before + 50_000), pytest.raises(NotSaved, match="there is no room for it"):
        file.keep(made_up(range(4), 100_000))
    assert path.stat().st_size == before
    assert read_film(path) == made_up(range(3), 100_000)
    file.keep(made_up(range(4), 100_000))  # there is room again
    assert read_film(path) == made_up(range(4), 100_000)


def test_the_last_moments_give_way_to_what_matters_more(path: Path) -> None:
    file = FilmFile(path)
    assert not file.make_room(1)
    file.keep(made_up(range(6)))
    size = path.stat().st_size // 6
    assert file.make_room(size + 1)
    assert read_film(path) == made_up(range(4))
    file.keep(made_up(range(7)))
    assert read_film(path) == made_up(range(7))


def test_a_film_taken_over_goes_on_after_its_last_whole_moment(path: Path) -> None:
    old = path.with_name("old.film")
    FilmFile(old).keep(made_up(range(5)))
    with old.open("ab") as file:
        file.write(b"half a moment")
    taken = FilmFile(path)
    taken.take_over(old, made_up(range(4)))
    assert not old.exists()
    taken.keep(made_up(range(6)))
    assert read_film(path) == made_up(range(6))
