"""The entry in a desktop's menu: written whole, valid, leading to the program, and gone again."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from nnviz.cli import desktop
from nnviz.paths import RESOURCES

ODD = "/opt/a b/50%/\"$n`n\\v'is"


def entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, "utf-8")
    return parser["Desktop Entry"]


def run(line: str) -> list[str]:
    """The words that a desktop makes of Exec: the text of an entry, then quotes, then fields."""
    text = line.replace("\\\\", "\\")
    told = subprocess.run(["sh", "-c", f"printf '%s\\0' {text}"], capture_output=True, text=True)
    return [word.replace("%%", "%") for word in told.stdout.split("\0")[:-1]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(desktop, "_data_folder", lambda: tmp_path / "share")
    monkeypatch.setattr(desktop.sys, "platform", "linux")
    return tmp_path / "share"


def test_a_command_of_any_name_comes_out_as_it_went_in() -> None:
    assert run(" ".join(map(desktop.quoted, [ODD, "-m", "nnviz"]))) == [ODD, "-m", "nnviz"]


def test_the_entry_is_written_and_taken_out_again(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [str(place.parent / "no such" / "main.py")])
    desktop.desktop()
    written = [path for path, _ in desktop.entry_files(place, [""])]
    assert all(path.is_file() for path in written)
    found = entry(place / "applications" / "nnviz.desktop")
    assert run(found["Exec"]) == [sys.executable, sys.argv[0]]
    assert found["TryExec"] == sys.executable
    of_files = entry(place / "applications" / "nnviz-network.desktop")
    assert run(of_files["Exec"])[-2:] == ["--network", "%f"]
    validate = shutil.which("desktop-file-validate")
    for path in (place / "applications").glob("*.desktop") if validate else ():
        said = subprocess.run([str(validate), str(path)], capture_output=True, text=True)
        assert (said.returncode, said.stdout) == (0, "")
    for _ in range(2):
        desktop.desktop(remove=True)
    assert not [path for path in written if path.exists()]
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in said] == ["is", "is", "was"]


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_it_says_what_to_do(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # a file of Python, so that nothing of that system is looked for along its path
    monkeypatch.setattr(sys, "argv", ["main.py"])
    monkeypatch.setattr(desktop.sys, "platform", platform)
    with pytest.raises(desktop.NoDesktop, match="is made on Linux; on "):
        desktop.desktop()


def test_nothing_leads_to_a_cache(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_CACHE_DIR", str(Path(sys.executable).parent))
    monkeypatch.setattr(sys, "argv", ["main.py"])
    with pytest.raises(desktop.NoDesktop, match="lies in a cache"):
        desktop.desktop()
    assert not place.exists()


def test_the_icon_comes_in_the_sizes_of_desktops() -> None:
    for size in desktop.SIZES:
        with Image.open(RESOURCES / "desktop" / f"nnviz-{size}.png") as image:
            assert (image.size, image.mode) == ((size, size), "RGBA")
            assert image.getpixel((0, 0))[3] < 128 <= image.getpixel((size // 2, size // 2))[3]
