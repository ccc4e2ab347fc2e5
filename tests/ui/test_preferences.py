"""Preferences: whatever stands in their file, the program starts, and says once what was lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication

from nnviz.ui.app.files import _recent
from nnviz.ui.app.start import preferred_scale, preferred_theme
from nnviz.ui.kit.preferences import ASIDE, preference, put_aside_unreadable
from tests.ui.conftest import Show

SOUND = b"[General]\ntheme=light\nscale=1.25\nrecent=/a/b, /c\n\n[more]\ncodes=true\n"


@pytest.fixture
def file(application: QApplication, own_folders: Path) -> Path:
    path = Path(QSettings().fileName())
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def kept() -> tuple[str, float, list[str], bool]:
    return (
        preferred_theme(),
        preferred_scale(),
        preference("recent", []),
        preference("more/codes", False),
    )


def test_what_is_sound_is_left_alone(file: Path) -> None:
    file.write_bytes(SOUND)
    assert put_aside_unreadable() == ""
    assert file.read_bytes() == SOUND
    assert kept() == ("light", 1.25, ["/a/b", "/c"], True)


@pytest.mark.parametrize(
    "line",
    [
        *("garbled", "[General", "scale", "scale=wide", "scale=1e999", "scale=", "geometry=12"),
        *("geometry=@Point(1 2)", "recent=@Variant(\\0\\0\\0)", "settings-shown=perhaps"),
        *("picture-kind=two", "x=\0", "more/a=@Invalid()", "scale=1, 2", "theme=@Size(1 a)"),
    ],
)
def test_a_garbled_line_costs_itself_is_said_once_and_kept_beside(file: Path, line: str) -> None:
    key = line.encode().partition(b"=")[0] + b"="
    sound = b"".join(each for each in SOUND.splitlines(True) if not each.startswith(key))
    content = sound.replace(b"recent", line.encode() + b"\nrecent", 1)
    content = content if line.encode() in content else content + line.encode()
    file.write_bytes(content)
    said = put_aside_unreadable()
    assert file.name + ASIDE in said
    assert file.with_name(file.name + ASIDE).read_bytes() == content
    assert preferred_theme() == ("dark" if line.startswith("theme") else "light")
    assert put_aside_unreadable() == ""


def a_folder(file: Path) -> None:
    file.mkdir()
    (file / "x").write_text("theirs")


def two_folders(file: Path) -> None:
    a_folder(file)
    file.with_name(file.name + ASIDE).mkdir()


PLACES: dict[str, Callable[[Path], object]] = {
    "a folder": a_folder,
    "and its place taken": two_folders,
    "huge": lambda file: file.write_bytes(SOUND * 100_000),
    "binary": lambda file: file.write_bytes(bytes(range(256)) * 9),
    "UTF-16": lambda file: file.write_bytes(SOUND.decode().encode("utf-16")),
    "a link to nothing": lambda file: file.symlink_to(file.with_name("none")),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_such_file_is_put_aside(file: Path, place: str) -> None:
    PLACES[place](file)
    assert put_aside_unreadable()
    assert kept()[1:3] == (1.0, [])
    QSettings().setValue("theme", "light")
    assert put_aside_unreadable() == ""
    assert preferred_theme() == "light"


@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from([*SOUND.split(), b"@", b"\xff"])).map(b"\n".join)
)
def test_no_file_keeps_the_program_from_starting(content: bytes) -> None:
    file = Path(QSettings().fileName())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    put_aside_unreadable()
    kept()
    assert put_aside_unreadable() == ""


def test_a_window_comes_up_in_sight_whatever_its_geometry(show: Show, file: Path) -> None:
    window = show().window
    window.setGeometry(40_000, 40_000, 1000, 700)
    for geometry in (window.saveGeometry(), QByteArray(b"\x01\xd9\xd0\xcb" + b"\x7f" * 60)):
        QSettings().setValue("geometry", geometry)
        window.recall()
        assert window.screen().geometry().intersects(window.frameGeometry())
    window.keeps_look = False


def test_recent_files_that_no_system_has_are_passed_by(file: Path, show: Show) -> None:
    QSettings().setValue("recent", ["x" * 5000, "\0", "/none"])
    assert len(_recent("recent")) == 3
    assert show().window.parts.files.recent() == []
