"""The film on disk while its run goes on: whole moments, whatever happens."""

import signal
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.networks.curves import Position
from nnviz.networks.film import Film, Moment
from nnviz.networks.film_file import FilmFile, read_film
from nnviz.writing import NotSaved


def made_up(numbers: range, size: int = 400) -> Film:
    moments = [
        Moment(each, Position(examples=10 * each, seconds=0.5), np.full(size, each, np.float16))
        for each in numbers
    ]
    return Film(tuple(moments))


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


@given(cut=st.integers(0, 100_000))
def test_a_film_cut_short_opens_up_to_its_last_whole_moment(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.film"
    path.unlink(missing_ok=True)
    FilmFile(path).keep(made_up(range(5)))
    content = path.read_bytes()
    cut %= len(content) + 1
    path.write_bytes(content[:cut])
    assert read_film(path) == made_up(range(5 * cut // len(content)))


@given(place=st.integers(0, 100_000), flip=st.integers(1, 255))
def test_a_film_is_read_up_to_the_first_damage(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.film"
    path.unlink(missing_ok=True)
    FilmFile(path).keep(made_up(range(5)))
    content = bytearray(path.read_bytes())
    place %= len(content)
    content[place] ^= flip
    path.write_bytes(content)
    assert read_film(path) == made_up(range(5 * place // len(content)))


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


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_disk_that_is_full_leaves_whole_moments(path: Path) -> None:
    import resource

    file = FilmFile(path)
    file.keep(made_up(range(3), size=100_000))
    before = path.stat().st_size
    usual = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (before + 50_000, limits[1]))
    try:
        with pytest.raises(NotSaved, match="there is no room for it"):
            file.keep(made_up(range(4), size=100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, usual)
    assert path.stat().st_size == before
    assert read_film(path) == made_up(range(3), size=100_000)
    file.keep(made_up(range(4), size=100_000))  # there is room again
    assert read_film(path) == made_up(range(4), size=100_000)


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
