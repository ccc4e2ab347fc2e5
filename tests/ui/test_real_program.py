"""The real program with its real training process: live, killed, closed, drawn offscreen."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.cli.system import X11_LIBRARIES, package_of
from nnviz.data.digits import ShownDigits
from nnviz.networks.settings import Settings
from nnviz.session.session import Session
from nnviz.training.engine import TrainingProcess
from nnviz.ui.app.window import Window
from tests.program import ROOT, ran_alone, ran_here


@pytest.fixture
def live(
    application: QApplication, qtbot: QtBot, digits: ShownDigits
) -> Iterator[tuple[Window, TrainingProcess]]:
    engine = TrainingProcess()
    window = Window(Session(engine, digits, Settings(epochs=0, speed=400)))
    window.show()
    qtbot.waitExposed(window)
    window.session.process.start()
    window.parts.clock.start()
    yield window, engine
    window.leave()
    window.deleteLater()


def test_a_live_run_survives_the_death_of_its_process_and_closing_ends_it(
    live: tuple[Window, TrainingProcess], qtbot: QtBot
) -> None:
    window, engine = live
    session = window.session
    first = session.state.work.network.hidden_weights
    session.runs.run()  # before the process is ready: begins as soon as it is
    qtbot.waitUntil(lambda: session.state.work.position.steps > 100)
    assert not np.array_equal(session.state.work.network.hidden_weights, first)
    assert window.parts.top_bar.run.accessibleName() == "Pause"

    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: session.state.engine == "dead")
    kept = session.state.work
    assert kept.position.steps > 100
    assert "signal 9" in window.parts.banner.sentence.text()
    assert window.parts.banner.action.text() == "Go on"
    window.parts.banner.action.click()
    qtbot.waitUntil(lambda: session.state.work.position.steps > kept.position.steps + 50)
    assert session.state.work.points[: len(kept.points)] == kept.points

    session.runs.pause()
    qtbot.waitUntil(lambda: session.runs.settled)
    process = psutil.Process(engine.pid)
    window.leave()
    qtbot.waitUntil(lambda: not process.is_running())


STAY = """
import sys
sys.argv = ["nnviz"]
from PySide6.QtCore import QTimer
import nnviz.ui.app.start as start
original = start.Start
class Reporting(original):
    def _begin(self):
        super()._begin()
        print(self._window.session.process._engine.pid, *sys.modules, flush=True)
start.Start = Reporting
if __name__ == "__main__":
    from nnviz.cli.system import open_window
    open_window()
"""


UNNEEDED = {
    *("PIL", "cuda", "filelock", "llvmlite", "numba", "pyqtgraph", "rich", "scipy", "torch"),
    *("typer", "nnviz.ui.app.help", "nnviz.ui.designs.compare", "nnviz.ui.mistakes.confusion"),
}
"""What a window that shows its first page has not imported."""


def test_a_window_imports_what_it_shows_and_the_training_process_ends_when_it_is_killed(
    tmp_path: Path, qtbot: QtBot
) -> None:
    program = tmp_path / "stay.py"
    program.write_text(STAY)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, text=True, env=environment
    ) as window:
        pid, *imported = window.stdout.readline().split()
        child = psutil.Process(int(pid))
        assert child.is_running()
        window.kill()
    assert not UNNEEDED & set(imported)
    qtbot.waitUntil(lambda: not _alive(child))


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_the_smoke_run_opens_trains_visits_every_page_and_ends_well_whatever_the_folder(
    tmp_path: Path,
) -> None:
    """One that is not there does not keep the window from opening; `.ci/run` does without."""
    done = ran_alone("--smoke", "--data", str(tmp_path / "none"))
    assert (done.status, done.err) == (0, "")


PICTURES = {
    "1280x720": ["--theme", "dark"],
    "1920x1080": ["--theme", "light", "--image", "999", "--neuron", "29"],
    "1024x768": ["--theme", "dark", "--scale", "2"],
    "640x480": ["--theme", "light", "--lecture", "--scale", "0.8"],
}


PROCESS = "1024x768"
"""That a process of its own draws, too."""


def drawn_here(size: str, out: Path) -> QImage:
    done = ran_here("picture", "--size", size, *PICTURES[size], "--out", str(out))
    assert (done.status, done.err) == (0, "")
    return QImage(str(out))


@pytest.mark.parametrize("size", [size for size in PICTURES if size != PROCESS])
def test_a_picture_has_the_size_asked_for(tmp_path: Path, size: str) -> None:
    drawn = drawn_here(size, tmp_path / "a.png")
    assert size == f"{drawn.width()}x{drawn.height()}"


def test_a_process_draws_the_same_picture_again_and_needs_no_torch_no_display_and_no_settings(
    tmp_path: Path, own_folders: Path
) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "torch.py").write_text("raise ImportError('torch was imported')")
    out = tmp_path / "p.png"
    done = ran_alone(
        *("picture", "--size", PROCESS, *PICTURES[PROCESS], "--out", str(out)),
        PYTHONPATH=str(trap),
        QT_QPA_PLATFORM="",
        DISPLAY="",
        WAYLAND_DISPLAY="",
    )
    assert (done.status, done.err) == (0, "")
    assert out.read_bytes()[:4] == b"\x89PNG"
    assert not [path for path in own_folders.rglob("*") if path.suffix in (".ini", ".conf")]
    drawn = QImage(str(out))
    assert f"{drawn.width()}x{drawn.height()}" == PROCESS
    assert drawn == drawn_here(PROCESS, tmp_path / "here.png")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--size", "10x10"], "--size"),
        (["--size", "wide"], "--size"),
        (["--theme", "pink"], "--theme"),
        (["--scale", "5"], "--scale"),
        (["--page", "nowhere"], "nowhere"),
        (["--image", "1000"], "--image"),
        (["--image", "-1"], "--image"),
        (["--neuron", "30"], "--neuron"),
        (["--neuron", "-1"], "--neuron"),
        (["--out", "picture.bmp"], ".png"),
        (["--network", "nothing.safetensors"], "nothing.safetensors"),
        (["--out", "no/such/folder/p.png"], "no/such/folder"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused_in_one_sentence(
    tmp_path: Path, words: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = [] if "--out" in words else ["--out", "p.png"]
    done = ran_here("picture", *out, *words)
    works_as_an_option = words[-1] in ("nothing.safetensors", "no/such/folder/p.png")
    assert done.status == (1 if works_as_an_option else 2)
    assert done.err.startswith("nnviz: ")
    assert len(done.err.splitlines()) == 1
    assert expected in done.err
    assert not list(tmp_path.iterdir())


def is_missing(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has displays that go away")
@pytest.mark.parametrize(
    "display", [{"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "gone"}, {"DISPLAY": "nonsense"}]
)
def test_a_display_that_is_gone_is_one_sentence(display: dict[str, str]) -> None:
    done = ran_alone(**{"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""} | display)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    if "DISPLAY" in display and (missing := [*filter(is_missing, X11_LIBRARIES)]):
        assert package_of(missing[0]) in done.err
    else:
        assert done.err.startswith("nnviz: The display (")
        assert "cannot be reached" in done.err


def test_without_a_display_the_window_says_what_to_do() -> None:
    done = ran_alone(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    if sys.platform != "linux":
        pytest.skip("only Linux can be without a display")
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert "no display" in done.err
