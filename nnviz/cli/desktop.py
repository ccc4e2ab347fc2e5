"""`nnviz desktop`: the program in the menu of a Linux desktop, with its icon and its files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from nnviz.errors import Refusal
from nnviz.paths import RESOURCES
from nnviz.words import tr
from nnviz.writing import NotSaved, folder_in_words, reason_of, write

RESERVED = " \t\n\"'\\><~|&;$*?#()`"
"""What makes quotes necessary around a word of a command in an entry."""
SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Of the pictures of the icon, in pixels."""
REFRESHING = (
    ("update-mime-database", "mime"),
    ("update-desktop-database", "applications"),
)
"""What makes a desktop look anew, where it is installed, and into which folder."""
TEMPLATES = RESOURCES / "desktop"
"""Of the entries: one that is given no file, and one for Open with, which is given one."""


class NoDesktop(Refusal):
    """No entry can be made here; the message is one sentence for the user."""


def desktop(
    remove: Annotated[
        bool, typer.Option("--remove", help=tr("Take it out again, with its icon and its files."))
    ] = False,
) -> None:
    """Put nnviz into the menu of the desktop. Raises NoDesktop, NotSaved."""
    command = own_command()
    _check_desktop(command)
    folder = _data_folder()
    if remove:
        _remove(folder)
        return
    _check_lasting(command)
    for path, content in entry_files(folder, command):
        _write(path, content)
    _refresh(folder)
    print(
        tr(
            "nnviz is in the menu of your desktop, which starts {program}; nnviz desktop --remove "
            "takes it out again.",
            program=command[0],
        )
    )


def own_command() -> list[str]:
    """The words that start this program from anywhere, as it was started now."""
    started = os.path.abspath(sys.argv[0])
    if getattr(sys, "frozen", False):
        return [sys.executable]
    if os.path.basename(started) == "__main__.py":
        return [sys.executable, "-m", "nnviz"]
    if started.endswith(".py"):
        return [sys.executable, started]
    return [started if os.path.exists(started) else shutil.which("nnviz") or started]


def entry_files(folder: Path, command: list[str]) -> Iterator[tuple[Path, bytes]]:
    """What makes up the entry below a folder for data of programs: paths and contents."""
    words = {
        "generic": tr("A small neural network, opened up"),
        "comment": tr("See how a small neural network recognises digits"),
        "program": in_string(command[0]),
    }
    words["command"] = " ".join(map(quoted, command))
    for name in ("nnviz.desktop", "nnviz-network.desktop"):
        yield folder / "applications" / name, _filled(name, words)
    kind = {"comment": tr("Neural network of nnviz")}
    yield folder / "mime" / "packages" / "nnviz.xml", _filled("nnviz.xml", kind)
    icons = folder / "icons" / "hicolor"
    yield icons / "scalable" / "apps" / "nnviz.svg", (TEMPLATES / "nnviz.svg").read_bytes()
    for size in SIZES:
        picture = TEMPLATES / f"nnviz-{size}.png"
        yield icons / f"{size}x{size}" / "apps" / "nnviz.png", picture.read_bytes()


def _filled(name: str, words: Mapping[str, str]) -> bytes:
    return (TEMPLATES / name).read_text("utf-8").format_map(words).encode()


def quoted(word: str) -> str:
    """A word of a command as the line Exec of an entry wants it."""
    if any(sign in RESERVED for sign in word):
        # first the quotes of commands, then what every text of an entry needs
        word = word.replace("\\", "\\\\")
        for sign in '"`$':
            word = word.replace(sign, f"\\{sign}")
        word = f'"{word}"'
    return in_string(word.replace("%", "%%"))


def in_string(text: str) -> str:
    """A text as an entry of a desktop wants it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _check_desktop(command: list[str]) -> None:
    """Raises NoDesktop."""
    if sys.platform == "win32":
        raise NoDesktop(
            "An entry for the menu is made on Linux; on Windows make a shortcut to {program}.",
            program=command[0],
        )
    if sys.platform == "darwin":
        raise NoDesktop(
            "An entry for the menu is made on Linux; on macOS an alias of {program} in the folder "
            "Applications does the same.",
            program=command[0],
        )


def _check_lasting(command: list[str]) -> None:
    """An entry must not lead to a place that is cleared. Raises NoDesktop."""
    # only here is it needed
    import platformdirs

    caches = (os.environ.get("UV_CACHE_DIR"), platformdirs.user_cache_dir())
    if any(cache and Path(command[0]).is_relative_to(os.path.abspath(cache)) for cache in caches):
        raise NoDesktop(
            "This nnviz, {program}, lies in a cache, which is cleared at times: install it first "
            "(uv tool install), and then give this command.",
            program=command[0],
        )


def _data_folder() -> Path:
    # only here is it needed
    import platformdirs

    return Path(platformdirs.user_data_dir())


def _write(path: Path, content: bytes) -> None:
    """Raises NotSaved."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = reason_of(error, path.parent)
        raise NotSaved(
            tr("The folder {folder} cannot be made: {reason}.", folder=path.parent, reason=reason)
        ) from error
    write(path, content)


def _remove(folder: Path) -> None:
    """Raises NoDesktop."""
    there = [path for path, _ in entry_files(folder, [""]) if path.exists()]
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise NoDesktop(
                "{path} cannot be removed: {reason}.",
                path=path,
                reason=reason_of(error, path.parent),
            ) from error
    _refresh(folder)
    where = folder_in_words(folder)
    if there:
        print(tr("nnviz is out of the menu of your desktop ({folder}).", folder=where))
    else:
        print(tr("nnviz was not in the menu of your desktop ({folder}).", folder=where))


def _refresh(folder: Path) -> None:
    """Desktops that watch these folders need none of it."""
    for program, name in REFRESHING:
        found, place = shutil.which(program), folder / name
        if found and place.is_dir():
            subprocess.run([found, str(place)], capture_output=True, check=False)
