"""The picture that opens the program: kept by one start, shown by the next."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from nnviz.paths import user_data
from nnviz.ui.app import opening
from nnviz.ui.app.opening import Look, OpeningKeeper
from nnviz.ui.app.start import OF_WINDOW
from tests.patience import patience
from tests.ui.conftest import Opened, Show

ROOT = Path(__file__).resolve().parents[2]
LOOK = Look(1280, 720, "dark", 1.0, False)


PROGRAM = """
import json, os, sys
sys.argv = ["nnviz"]
from PySide6.QtCore import QTimer
from nnviz.ui.app import opening
from nnviz.ui.app import start

painted = []
class Painted(opening.OpeningPicture):
    def paintEvent(self, event):
        super().paintEvent(event)
        painted.append("numpy" in sys.modules)
opening.OpeningPicture = Painted

class WithEnd(start.Start):
    def _keep_picture(self):
        file = f"{opening.folder()}/{opening.look_of(self._window).file}"
        if os.path.exists(file):
            os.unlink(file)
        super()._keep_picture()
        def look():
            if os.path.exists(file):
                timer.stop()
                print(json.dumps({"painted": painted, "file": file}), flush=True)
                self._window.leave()
        timer = QTimer(self)
        timer.timeout.connect(look)
        timer.start(20)
start.Start = WithEnd

if __name__ == "__main__":
    from nnviz.cli.system import open_window
    open_window()
"""


def run(text: str, program: Path, cache: Path) -> "subprocess.CompletedProcess[str]":
    program.write_text(text)
    return subprocess.run(
        [sys.executable, str(program)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)},
        timeout=patience(),
    )


def start(program: Path, cache: Path) -> tuple[dict[str, Any], bytes]:
    """-> what a start says once it has kept its picture, and the picture."""
    done = run(PROGRAM, program, cache)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    return said, Path(said["file"]).read_bytes()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], bytes, Path]:
    """A first start: what it says, its picture, and the cache that holds it."""
    folder = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(variable, str(folder / "home"))
        left_over = user_data() / ".mnist.part"
        left_over.mkdir(parents=True)
        started = start(folder / "program.py", folder / "cache")
        assert not left_over.exists()
        return *started, folder / "cache"


def test_a_start_opens_with_the_picture_that_the_start_before_it_kept(
    first: tuple[dict[str, Any], bytes, Path], tmp_path: Path
) -> None:
    said, picture, cache = first
    assert said["painted"] == []
    again, same = start(tmp_path / "program.py", cache)
    assert again["painted"][0] is False  # before numpy was imported
    assert same == picture  # and it was how the program looks


REFUSING = """
import sys
sys.argv = ["nnviz"]
from nnviz.errors import Refusal
from nnviz.ui.app import start

def refuse(self):
    raise Refusal("The digits are gone.")
start.Start._make_session = refuse

if __name__ == "__main__":
    from nnviz.cli.app import main
    main()
"""


@pytest.mark.parametrize("with_picture", [True, False])
def test_a_start_that_is_refused_ends_with_its_sentence(
    first: tuple[dict[str, Any], bytes, Path], tmp_path: Path, with_picture: bool
) -> None:
    cache = first[-1] if with_picture else tmp_path / "cache"
    done = run(REFUSING, tmp_path / "program.py", cache)
    assert (done.returncode, done.stderr) == (1, "nnviz: The digits are gone.\n")


def test_what_is_imported_in_a_thread_knows_nothing_of_qt() -> None:
    names = [*OF_WINDOW, "nnviz.training.engine"]
    program = f"import sys, {', '.join(names)}; print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("False\n", "")


def plain(colour: str) -> QImage:
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_a_picture_is_only_shown_where_it_fits_exactly() -> None:
    opening.keep(plain("#123456"), LOOK)
    found = opening.kept(LOOK)
    assert found.pixelColor(5, 5).name() == "#123456"
    others = [
        Look(1281, 720, "dark", 1.0, False),
        Look(1280, 720, "light", 1.0, False),
        Look(1280, 720, "dark", 1.1, False),
        Look(1280, 720, "dark", 1.0, True),
    ]
    assert [opening.kept(other) for other in others] == [None] * len(others)


def test_only_the_newest_picture_is_kept() -> None:
    light = Look(1280, 720, "light", 1.0, False)
    opening.keep(plain("black"), LOOK)
    opening.keep(plain("white"), light)
    assert [path.name for path in Path(opening.folder()).iterdir()] == [light.file]


def test_a_damaged_picture_is_no_picture() -> None:
    opening.keep(plain("black"), LOOK)
    Path(opening.folder(), LOOK.file).write_bytes(b"BM not a picture")
    assert opening.kept(LOOK) is None


def test_a_folder_that_cannot_be_written_only_means_no_picture(tmp_path: Path, monkeypatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(opening, "folder", lambda: f"{blocked}/opening")
    opening.keep(plain("black"), LOOK)
    assert opening.kept(LOOK) is None


@pytest.mark.parametrize(
    "touch",
    [
        lambda opened: opened.session.picking.pick("next"),
        lambda opened: opened.session.say("info", "Something happened."),
        lambda opened: opened.window.parts.lecture.enter(),
    ],
)
def test_a_window_that_was_touched_is_no_opening_picture(
    show: Show, monkeypatch: pytest.MonkeyPatch, touch: Callable[[Opened], object]
) -> None:
    opened = show(trained=True)
    taken: list[object] = []
    monkeypatch.setattr(opening, "keep", lambda picture, look: taken.append(look))
    keeper = OpeningKeeper(opened.window)
    touch(opened)
    keeper.start()
    keeper.look()
    assert not taken


def test_answers_that_come_by_themselves_are_no_touch(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = show(trained=True)
    taken: list[Look] = []
    monkeypatch.setattr(opening, "keep", lambda picture, look: taken.append(look))
    keeper = OpeningKeeper(opened.window)
    before = opened.session.state.answers
    opened.ticks_until(lambda: opened.session.state.answers is not before)
    keeper.look()
    for thread in threading.enumerate():
        if thread.name == "opening picture":
            thread.join()
    assert len(taken) == 1


def test_an_untouched_window_is_kept_once_the_pointer_shows_nothing_more(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = show(trained=True)
    taken: list[Look] = []
    monkeypatch.setattr(opening, "keep", lambda picture, look: taken.append(look))
    keeper = OpeningKeeper(opened.window)
    keeper.start()
    picture = opened.window.page.picture  # type: ignore[attr-defined]
    over = QMouseEvent(
        QEvent.Type.MouseMove,
        picture.places.tiles[0].center(),
        picture.mapToGlobal(picture.places.tiles[0].center()),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(picture, over)
    keeper.look()
    assert not taken
    QApplication.sendEvent(picture, QEvent(QEvent.Type.Leave))
    keeper.look()
    opened.bot.waitUntil(lambda: bool(taken))
    assert taken == [opening.look_of(opened.window)]
