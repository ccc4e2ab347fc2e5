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


NO_X = {"DISPLAY": None}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-9"}
MACHINES = {
    "a complete one": ({}, ()),
    "without a display": (NO_X, ("no display", "xvfb")),
    "drawn elsewhere": (
        {**NO_X, "QT_QPA_PLATFORM": "offscreen", "missing": set(X11_LIBRARIES)},
        (),
    ),
    "with Wayland alone": ({**NO_X, **WAYLAND, "missing": set(X11_LIBRARIES)}, ()),
    "with a display out of reach": (
        {"DISPLAY": ":87", "QT_QPA_PLATFORM": "", "reachable": ()},
        ("DISPLAY=:87) cannot be reached",),
    ),
    "with a display out of reach that is asked for": (
        {"DISPLAY": ":87", "QT_QPA_PLATFORM": "xcb", "reachable": ()},
        ("DISPLAY=:87) cannot be reached",),
    ),
    "with Wayland out of reach, which leaves X": ({**WAYLAND, "reachable": ("DISPLAY",)}, ()),
    "the same without a library of X": (
        {**WAYLAND, "reachable": ("DISPLAY",), "missing": {"libxcb-cursor.so.0"}},
        ("libxcb-cursor0",),
    ),
    "with both out of reach": (
        {**WAYLAND, "reachable": ()},
        ("(DISPLAY=:0 or WAYLAND_DISPLAY=wayland-9)",),
    ),
    "with Wayland out of reach that is asked for": (
        {**WAYLAND, "QT_QPA_PLATFORM": "wayland", "reachable": ("DISPLAY",)},
        ("cannot be reached",),
    ),
    **{
        f"without {library}": ({"missing": {library}}, (f"apt install {package_of(library)} ",))
        for library in QT_LIBRARIES + X11_LIBRARIES
    },
    "without two libraries": (
        {"missing": {"libEGL.so.1", "libxcb-cursor.so.0"}},
        ("apt install libegl1 libxcb-cursor0 ",),
    ),
    "another system": ({**NO_X, "platform": "darwin", "missing": set(QT_LIBRARIES)}, ()),
    "PySide 6.12 on Python 3.11": ({"version": "6.12.0"}, ("PySide6-Essentials<6.12",)),
    "PySide 6.10.1": ({"version": "6.10.1"}, ("6.10.1",)),
    "PySide 6.10.1 on Python 3.13": ({"version": "6.10.1", "python": (3, 13, 0)}, ("6.10.1",)),
    "without PySide": ({"version": None}, ("PySide6 is not installed",)),
    "PySide 6.12 on Python 3.12": ({"version": "6.12.0", "python": (3, 12, 0)}, ()),
}
"""What is otherwise than on a Linux machine with everything, and the words of the complaint."""


@pytest.mark.parametrize(("changes", "words"), MACHINES.values(), ids=MACHINES)
def test_what_a_machine_lacks_is_said_in_one_sentence(monkeypatch, changes, words):
    usual = {
        "DISPLAY": ":0",
        "XDG_RUNTIME_DIR": "/run/user/1000",
        "QT_QPA_PLATFORM": None,
        "WAYLAND_DISPLAY": None,
        "platform": "linux",
        "version": "6.11.3",
        "python": (3, 11, 7),
        "missing": (),
        "reachable": ("DISPLAY", "WAYLAND_DISPLAY"),
    }
    machine = usual | changes

    def load(library):
        if library in machine["missing"]:
            raise OSError(f"{library}: cannot open shared object file")
        display = "WAYLAND_DISPLAY" if "wayland" in library else "DISPLAY"
        return Library(display in machine["reachable"])

    monkeypatch.setattr(sys, "platform", machine["platform"])
    monkeypatch.setattr(sys, "version_info", machine["python"])
    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setattr(system, "_version_of_pyside", lambda: machine["version"])
    for variable in filter(str.isupper, usual):
        monkeypatch.delenv(variable, raising=False)
        if machine[variable] is not None:
            monkeypatch.setenv(variable, machine[variable])
    if not words:
        check_qt()
        return
    with pytest.raises(SystemLacks, match=r"^[^\n]*\.$") as refused:
        check_qt()
    assert all(word in str(refused.value) for word in words)


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


def test_the_version_is_the_one_that_is_installed():
    assert system._version_of_pyside() == importlib.metadata.version("PySide6-Essentials")
