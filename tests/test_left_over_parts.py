"""What programs that were killed while they wrote left behind, and who takes it away."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nnviz.writing import MACHINE, sweep, write

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")

KILLED = """
import os, signal, sys
from pathlib import Path
from nnviz.writing import write

os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
write(Path(sys.argv[1]), b"new")
"""

STOPPED = """
import os, sys
from pathlib import Path
from nnviz.writing import write

def wait(*paths):
    print("written", flush=True)
    sys.stdin.read()
    os.rename(*paths)

os.replace = wait
write(Path(sys.argv[1]), b"theirs")
"""


def left(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def kill_while_writing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not path.exists()


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


@pytest.mark.parametrize(
    "owner",
    [f"{'f' * 8}-1-{'0' * 8}", "abcd_123", f"{MACHINE}-{os.getpid()}-{'0' * 8}"],
    ids=["another machine", "an older version", "this process"],
)
def test_a_part_of_unknown_owner_goes_when_it_is_old(path: Path, owner: str) -> None:
    part = path.with_name(f".{path.name}.{owner}.part")
    part.write_bytes(b"half")
    sweep(path.parent)
    assert left(path.parent) == [part.name]
    os.utime(part, (0, 0))
    sweep(path.parent)
    assert left(path.parent) == []
