"""Writing: a file as a whole or not at all, over what it may replace."""

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.errors import shortened
from nnviz.paths import user_data
from nnviz.writing import (
    MACHINE,
    NotSaved,
    append,
    check_writable,
    saved,
    sweep,
    sweep_noted,
    write,
)
from tests.full_disk import small_files

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
UNPRIVILEGED = pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write everywhere"
)

Attempt = Callable[[Path], None]
Tree = dict[str, tuple[int, bytes | None]]


@pytest.fixture(params=[check_writable, lambda path: write(path, b"new")], ids=["check", "write"])
def attempt(request: pytest.FixtureRequest) -> Attempt:
    return request.param


def tree(folder: Path) -> Tree:
    """Names, modes and contents of all that lies in a folder."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.read_bytes() if path.is_file() else None,
        )
        for path in folder.rglob("*")
    }


def left(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


# ---- targets -------------------------------------------------------------------------


def made(place: Path, what: str) -> Path:
    """Makes what stands before the last word of `what`, which is the target: folder/ file, pipe|,
    link>where."""
    *things, target = what.split()
    for thing in things:
        path = place / thing.rstrip("/|").partition(">")[0]
        if thing.endswith("/"):
            path.mkdir()
        elif thing.endswith("|"):
            os.mkfifo(path)
        elif ">" in thing:
            path.symlink_to(thing.partition(">")[2])
        else:
            path.write_bytes(b"kept")
    return place / target


NO_FILE = "{path} is not a regular file; nothing can be saved there."
A_FOLDER = "{path} is a folder; name a file to save in."
CANNOT = "{path} cannot be saved: %s; nothing was changed."


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("ten/ ten", A_FOLDER),
        ("none/file", CANNOT % "there is no folder {folder}"),
        ("plain plain/file", CANNOT % "{folder} is not a folder"),
        ("a" * 300, CANNOT % "its name is too long"),
        *(
            pytest.param(*each, marks=POSIX)
            for each in (
                ("pipe| pipe", NO_FILE),
                ("ten/ link>ten link", A_FOLDER),
                ("pipe| link>pipe link", NO_FILE),
                (f"link>{os.devnull} link", NO_FILE),
                ("link>none/file link", CANNOT % "there is no folder {folder}/none"),
                ("link>link link", CANNOT % "its links lead in a circle"),
            )
        ),
    ],
)
def test_a_target_that_cannot_be_is_refused_beforehand_and_at_the_end(
    tmp_path: Path, attempt: Attempt, what: str, sentence: str
) -> None:
    target = made(tmp_path, what)
    before = tree(tmp_path)
    with pytest.raises(NotSaved) as caught:
        attempt(target)
    assert str(caught.value) == shortened(sentence.format(path=target, folder=target.parent))
    assert caught.value.reason
    assert tree(tmp_path) == before


@UNPRIVILEGED
@pytest.mark.parametrize(
    ("protected", "mode", "reason"),
    [
        ("file", 0o444, "it is write-protected"),
        ("ten", 0o555, "nothing may be written in {folder}"),
    ],
)
def test_what_is_protected_is_refused(
    tmp_path: Path, attempt: Attempt, protected: str, mode: int, reason: str
) -> None:
    target = made(tmp_path, "file file" if protected == "file" else "ten/ ten/file")
    (tmp_path / protected).chmod(mode)
    before = tree(tmp_path)
    with pytest.raises(NotSaved) as caught:
        attempt(target)
    assert str(caught.value) == (CANNOT % reason).format(path=target, folder=target.parent)
    assert tree(tmp_path) == before


def test_a_write_protected_file_is_refused(
    path: Path, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"kept")
    before = tree(path.parent)
    monkeypatch.setattr(os, "access", lambda _, wanted: wanted != os.W_OK)
    with pytest.raises(NotSaved, match="it is write-protected"):
        attempt(path)
    assert tree(path.parent) == before


LINKED = (
    "file link>file link",
    "ten/ ten/file ten/second>file link>ten/second link",
    "ten/ link>ten/file link",
)


@pytest.mark.parametrize(
    "what", ["file file", "file", *(pytest.param(each, marks=POSIX) for each in LINKED)]
)
def test_what_a_path_leads_to_is_written_and_links_stay(tmp_path: Path, what: str) -> None:
    target = made(tmp_path, what)
    before = tree(tmp_path)
    check_writable(target)
    assert tree(tmp_path) == before
    write(target, b"new")
    assert target.read_bytes() == b"new"
    changed = {name for name, found in tree(tmp_path).items() if before.get(name) != found}
    file = "ten/file" if (tmp_path / "ten").exists() else "file"
    links = {name for name, (mode, _) in before.items() if stat.S_ISLNK(mode)}
    assert changed <= links | {file}
    assert all((tmp_path / link).is_symlink() for link in links)
    assert left(tmp_path) == sorted({*before, file} & set(os.listdir(tmp_path)))


@given(
    name=st.text(
        st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=63
    ).filter(lambda name: name not in {".", ".."}),
    content=st.binary(max_size=100),
)
@POSIX
def test_any_content_under_any_name_is_what_was_given(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        for each in (content, content[::-1]):
            write(Path(place, name), each)
            assert Path(place, name).read_bytes() == each
            assert os.listdir(place) == [name]


@POSIX
def test_a_new_file_has_the_mode_of_any_new_file_and_an_old_one_keeps_its_own(path: Path) -> None:
    usual = os.umask(0o027)
    try:
        write(path, b"new")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o604)
        write(path, b"newer")
    finally:
        os.umask(usual)
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


# ---- trouble on the way --------------------------------------------------------------


def test_a_full_disk_keeps_the_old_file_and_leaves_no_other(path: Path) -> None:
    path.write_bytes(b"old")
    with small_files(50_000), pytest.raises(NotSaved) as caught:
        write(path, b"new" * 50_000)
    reason = f"there is no room for it on the disk of {path.parent}"
    assert str(caught.value) == (CANNOT % reason).format(path=path)
    assert (left(path.parent), path.read_bytes()) == ([path.name], b"old")


@pytest.mark.parametrize("broken", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (errno.ENOSPC, "there is no room for it on the disk of {folder}"),
        (errno.EDQUOT, "there is no room for it on the disk of {folder}"),
        (errno.EACCES, "nothing may be written in {folder}"),
        (errno.EROFS, "nothing may be written in {folder}"),
        (errno.EIO, "the disk does not answer as it should"),
        (0, ""),  # an interruption
    ],
)
def test_trouble_keeps_the_old_file_and_leaves_no_other(
    path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, error: int, reason: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(error, os.strerror(error)) if error else KeyboardInterrupt

    path.write_bytes(b"old")
    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(NotSaved if error else KeyboardInterrupt) as caught:
        write(path, b"new")
    if error:
        assert caught.value.reason == reason.format(folder=path.parent)
        assert str(caught.value) == (CANNOT % caught.value.reason).format(path=path)
    assert (left(path.parent), path.read_bytes()) == ([path.name], b"old")


def test_what_is_appended_goes_behind_what_is_whole_or_not_at_all(path: Path) -> None:
    with pytest.raises(NotSaved, match="cannot be saved"):
        append(path, 0, b"new")
    path.write_bytes(b"whole, and half of")
    append(path, 5, b" again")
    assert path.read_bytes() == b"whole again"
    with small_files(50_000), pytest.raises(NotSaved, match="there is no room for it"):
        append(path, 11, b"more" * 50_000)
    assert path.read_bytes() == b"whole again"
    append(path, 5, b"")
    assert path.read_bytes() == b"whole"


# ---- what killed programs left -------------------------------------------------------


ROOT = Path(__file__).resolve().parent.parent

KILLED = """
import os, signal, sys
from pathlib import Path
from nnviz.paths import user_data
from nnviz.writing import write

os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
write(Path(sys.argv[1]), b"new")
"""

STOPPED = """
import os, sys
from pathlib import Path
from nnviz.paths import user_data
from nnviz.writing import write

def wait(*paths):
    print("written", flush=True)
    sys.stdin.read()
    os.rename(*paths)

os.replace = wait
write(Path(sys.argv[1]), b"theirs")
"""


def kill_while_writing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not path.exists()


@POSIX
@pytest.mark.parametrize("name", ["network.safetensors", "[a*]?.png", "ä" * 120])
def test_what_a_killed_program_left_goes_when_the_file_is_written_again(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    kill_while_writing(path)
    write(path.with_name("other"), b"")
    assert len(left(tmp_path)) == 2
    write(path, b"newer")
    assert left(tmp_path) == sorted([name, "other"])


@POSIX
def test_a_sweep_takes_all_that_killed_programs_left_and_nothing_else(tmp_path: Path) -> None:
    foreign = [".x.part", ".film.mp4.part", "film.0123abcd-1-0123abcd.part", "file"]
    for name in foreign:
        (tmp_path / name).write_text("theirs")
        os.utime(tmp_path / name, (0, 0))
    kill_while_writing(tmp_path / "one")
    kill_while_writing(tmp_path / "two")
    assert len(left(tmp_path)) == len(foreign) + 2
    sweep(tmp_path)
    assert left(tmp_path) == sorted(foreign)
    sweep(tmp_path / "none")


@POSIX
def test_a_part_beside_a_file_of_the_user_goes_at_the_next_start(
    tmp_path: Path, own_folders: Path
) -> None:
    kill_while_writing(tmp_path / "mine.png")
    (note,) = (user_data() / "parts").iterdir()
    theirs = tmp_path / f".theirs.{note.name}.part.png"
    theirs.write_bytes(b"no part")
    others = note.with_name(f"{MACHINE}-{os.getpid()}-00000000")  # a program that lives
    others.write_bytes(os.fsencode(theirs))
    (garbled := note.with_name(note.name[:-8] + "0" * 8)).write_bytes(os.fsencode(theirs) + b"\0")
    sweep_noted()
    assert left(tmp_path) == sorted({theirs.name, *({"homes"} & set(left(tmp_path)))})
    assert left(user_data() / "parts") == [others.name]
    assert not garbled.exists()


@POSIX
def test_what_another_program_is_writing_stays(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as other:
        assert other.stdout.readline() == "written\n"
        sweep(path.parent)
        write(path, b"ours")
        assert path.read_bytes() == b"ours"
        other.communicate("")
    assert (left(path.parent), path.read_bytes()) == ([path.name], b"theirs")


@POSIX
@pytest.mark.parametrize(
    "owner",
    [f"{'f' * 8}-1-{'0' * 8}", "abcd_123"],
    ids=["another machine", "an older version"],
)
def test_a_part_of_unknown_owner_goes_when_it_is_old(path: Path, owner: str) -> None:
    part = path.with_name(f".{path.name}.{owner}.part")
    part.write_bytes(b"half")
    sweep(path.parent)
    assert left(path.parent) == [part.name]
    os.utime(part, (0, 0))
    sweep(path.parent)
    assert left(path.parent) == []


def test_what_was_saved_is_said_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    assert saved(Path("pic.png")) == "Saved pic.png in ~."
    assert saved(tmp_path / "Pictures" / "pic.png") == "Saved pic.png in ~/Pictures."
    assert saved(Path("/elsewhere/pic.png")) == "Saved pic.png in /elsewhere."
