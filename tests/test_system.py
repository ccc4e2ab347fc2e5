"""What the machine must have: the right PySide6, Qt's libraries, a display."""

import ctypes
import importlib.metadata
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject, Signal

from nnviz.system import QT_LIBRARIES, X11_LIBRARIES, SystemLacks, check_qt

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


@pytest.fixture
def machine(monkeypatch):
    """A Linux machine with everything, which each test takes something away from."""

    class Machine:
        def __init__(self):
            self.missing: set[str] = set()
            self.version: str | None = "6.11.3"

        def load(self, library):
            if library in self.missing:
                raise OSError(f"{library}: cannot open shared object file")

        def version_of(self, package):
            assert package == "PySide6-Essentials"
            if self.version is None:
                raise importlib.metadata.PackageNotFoundError(package)
            return self.version

    machine = Machine()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", machine.load)
    monkeypatch.setattr(importlib.metadata, "version", machine.version_of)
    monkeypatch.setenv("DISPLAY", ":0")
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


@pytest.mark.parametrize(("library", "package"), (QT_LIBRARIES | X11_LIBRARIES).items())
def test_a_missing_library_is_named_by_its_package(machine, library, package):
    machine.missing = {library}
    assert f"apt install {package} " in complaint()


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


def test_the_newest_pyside_is_accepted_where_it_works(machine, monkeypatch):
    machine.version = "6.12.0"
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    check_qt()
