"""Where a download grows: for one process at a time, gone when it is over."""

from pathlib import Path

import pytest

from nnviz.data.part_folder import Busy, abandon, part_folder, sweep


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "mnist"


def left(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_the_folder_is_there_for_a_while_and_nothing_stays(target):
    with part_folder(target) as part:
        (part / "half").write_text("of it")
        assert part.parent == target.parent
    assert left(target) == []


def test_what_is_moved_out_of_it_stays(target):
    with part_folder(target) as part:
        (part / "ready").mkdir()
        (part / "ready").rename(target)
    assert left(target) == ["mnist"]


def test_an_error_leaves_nothing(target):
    with pytest.raises(ZeroDivisionError), part_folder(target) as part:
        (part / "half").write_text(str(1 / 0))
    assert left(target) == []


def test_only_one_at_a_time_fills_it(target):
    with part_folder(target) as part:
        (part / "half").write_text("of it")
        with pytest.raises(Busy), part_folder(target):
            pass
        sweep(target)
        assert (part / "half").read_text() == "of it"


def test_what_a_killed_download_left_is_swept(target):
    (target.parent / ".mnist.part").mkdir(parents=True)
    (target.parent / ".mnist.part" / "half").write_text("of it")
    (target.parent / ".mnist.lock").write_text("")
    sweep(target)
    assert left(target) == []


def test_what_a_killed_download_left_is_not_taken_for_ones_own(target):
    (target.parent / ".mnist.part").mkdir(parents=True)
    (target.parent / ".mnist.part" / "half").write_text("of it")
    with part_folder(target) as part:
        assert list(part.iterdir()) == []


def test_only_the_one_who_fills_it_can_abandon_it(target):
    (target.parent / ".mnist.part").mkdir(parents=True)
    abandon(target)
    assert left(target) == [".mnist.part"]
    with part_folder(target):
        abandon(target)
        assert left(target) == []
