"""What the machine must have: the right PySide6, Qt's libraries, a display."""

import ctypes
import importlib.metadata
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject, Signal

from nnviz.cli import system
from nnviz.cli.system import QT_LIBRARIES, X11_LIBRARIES, SystemLacks, check_qt, package_of

ROOT = Path(__file__).resolve().parent.parent


def allows(version: str, python: str) -> bool:
    """Whether pyproject.toml lets this PySide6 be installed on this Python."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(text) for text in project["dependencies"]]
    return all(
        requirement.specifier.contains(version)
        for requirement in wanted
        if requirement.name == "PySide6-Essentials"
        and (not requirement.marker or requirement.marker.evaluate({"python_version": python}))
    )


@pytest.mark.parametrize(
    ("version", "python", "allowed"),
    [
        ("6.10.1", "3.11", False),
        ("6.10.1", "3.12", False),
        ("6.10.3", "3.11", True),
        ("6.11.3", "3.11", True),
        ("6.12.0", "3.11", False),
        ("6.12.1", "3.11", False),
        ("6.12.0", "3.12", True),
        ("6.12.0", "3.13", True),
    ],
)
def test_only_versions_of_pyside_that_work_can_be_installed(version, python, allowed):
    assert allows(version, python) is allowed


class Bell(QObject):
    rings = Signal(bool)


def test_signals_do_not_use_up_true(qapp):
    bell, heard = Bell(), []
    bell.rings.connect(heard.append)
    bell.rings.emit(False)
    before = sys.getrefcount(True)
    for _ in range(5000):
        bell.rings.emit(False)
    assert abs(sys.getrefcount(True) - before) < 20
    assert len(heard) == 5001


class Library:
    """Enough of libxcb and libwayland-client to reach a display, or not."""

    def __init__(self, reaches):
        self.xcb_connect = lambda _name, _screen: 1
        self.xcb_connection_has_error = lambda _connection: 0 if reaches else 1
        self.xcb_disconnect = lambda _connection: None
        self.wl_display_connect = lambda _name: 1 if reaches else None
        self.wl_display_disconnect = lambda _display: None


@pytest.fixture
def machine(monkeypatch):
    """A Linux machine with everything, which each test takes something away from."""

    class Machine:
        def __init__(self):
            self.missing: set[str] = set()
            self.version: str | None = "6.11.3"
            self.reachable = {"DISPLAY", "WAYLAND_DISPLAY"}

        def load(self, library):
            if library in self.missing:
                raise OSError(f"{library}: cannot open shared object file")
            display = "WAYLAND_DISPLAY" if "wayland" in library else "DISPLAY"
            return Library(display in self.reachable)

    machine = Machine()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", machine.load)
    monkeypatch.setattr(system, "_version_of_pyside", lambda: machine.version)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    for variable in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    return machine


def complaint() -> str:
    """What `check_qt` refuses with: one sentence."""
    with pytest.raises(SystemLacks) as refused:
        check_qt()
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_complete_machine_is_accepted(machine):
    check_qt()


def test_without_a_display_it_says_what_to_do(machine, monkeypatch):
    monkeypatch.delenv("DISPLAY")
    assert "no display" in complaint()
    assert "xvfb" in complaint()


@pytest.mark.parametrize(
    ("variable", "value"), [("QT_QPA_PLATFORM", "offscreen"), ("WAYLAND_DISPLAY", "wayland-0")]
)
def test_another_way_to_draw_needs_no_x_display(machine, monkeypatch, variable, value):
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv(variable, value)
    machine.missing = set(X11_LIBRARIES)
    check_qt()


@pytest.mark.parametrize("platform", ["", "xcb"])
def test_a_display_that_cannot_be_reached_is_named(machine, monkeypatch, platform):
    monkeypatch.setenv("DISPLAY", ":87")
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    machine.reachable.remove("DISPLAY")
    assert "DISPLAY=:87) cannot be reached" in complaint()


def test_a_wayland_display_that_cannot_be_reached_leaves_x(machine, monkeypatch):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    machine.reachable.remove("WAYLAND_DISPLAY")
    check_qt()
    machine.missing = {"libxcb-cursor.so.0"}
    assert "libxcb-cursor0" in complaint()


def test_both_displays_are_named_when_neither_can_be_reached(machine, monkeypatch):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    machine.reachable.clear()
    assert "(DISPLAY=:0 or WAYLAND_DISPLAY=wayland-9)" in complaint()


def test_wayland_alone_must_be_reached_where_it_is_asked_for(machine, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    machine.reachable.remove("WAYLAND_DISPLAY")
    assert "cannot be reached" in complaint()


@pytest.mark.parametrize("library", QT_LIBRARIES + X11_LIBRARIES)
def test_a_missing_library_is_named_by_its_package(machine, library):
    machine.missing = {library}
    assert f"apt install {package_of(library)} " in complaint()


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libGL.so.1", "libgl1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ],
)
def test_a_package_is_called_as_its_library(library, package):
    assert package_of(library) == package


def test_all_missing_libraries_are_named_at_once(machine):
    machine.missing = {"libEGL.so.1", "libxcb-cursor.so.0"}
    assert "apt install libegl1 libxcb-cursor0 " in complaint()


def test_other_systems_need_none_of_them(machine, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.delenv("DISPLAY")
    machine.missing = set(QT_LIBRARIES)
    check_qt()


@pytest.mark.parametrize(
    ("version", "python", "word"),
    [
        ("6.12.0", (3, 11, 7), "PySide6-Essentials<6.12"),
        ("6.10.1", (3, 11, 7), "6.10.1"),
        ("6.10.1", (3, 13, 0), "6.10.1"),
        (None, (3, 11, 7), "PySide6 is not installed"),
    ],
)
def test_a_pyside_that_crashes_is_refused(machine, monkeypatch, version, python, word):
    machine.version = version
    monkeypatch.setattr(sys, "version_info", python)
    assert word in complaint()


def test_the_version_is_the_one_that_is_installed():
    assert system._version_of_pyside() == importlib.metadata.version("PySide6-Essentials")


def test_the_newest_pyside_is_accepted_where_it_works(machine, monkeypatch):
    machine.version = "6.12.0"
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    check_qt()
