"""Reads damaged files one after the other, watched; run by `tests.fuzz`.

Arguments: reader, first number, how many, seed, a folder of its own. Each file is a line of JSON:
its number, and what went wrong where something did.
"""

import json
import os
import random
import shutil
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnviz.errors import Refusal
from tests.fuzz.inside import damaged_anyhow
from tests.fuzz.readers import READERS, Files

MOST_SECONDS = 5.0
"""Of processor time for a file"""
MOST_MEMORY = 400_000_000
"""Bytes above what the process held before its first damaged file"""
CHANGES = (
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod"),
    *("os.truncate", "shutil.rmtree", "subprocess.Popen", "os.system", "os.exec", "os.fork"),
    *("socket.connect", "socket.bind", "pickle.find_class", "ctypes.dlopen"),
)


class Watch:
    """Notes what is written outside a folder, started, or unpickled."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder)
        self.on = False
        self.found: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, _, flags = given
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes and isinstance(path, str | bytes) and not self._inside(os.fsdecode(path)):
                self.found.append(f"open for writing: {os.fsdecode(path)}")
        elif event in CHANGES:
            places = [os.fsdecode(each) for each in given if isinstance(each, str | bytes)]
            if not (event.startswith("os.") and places and all(map(self._inside, places))):
                self.found.append(f"{event}: {given}")

    def _inside(self, path: str) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(self._folder) or path == os.devnull


def memory() -> int:
    """Bytes that this process has held at most."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def spoilt(files: Files, chance: random.Random) -> Mapping[str, bytes]:
    """The files, one of them damaged, or left out, or in the place of another."""
    made = dict(files)
    name = chance.choice(list(made))
    what = chance.random()
    if len(made) > 1 and what < 0.02:
        del made[name]
    elif len(made) > 1 and what < 0.05:
        made[name] = made[chance.choice(list(made))]
    else:
        made[name] = damaged_anyhow(made[name], chance)
    return made


def put(files: Mapping[str, bytes], folder: Path) -> Path:
    """Writes them into an empty folder; -> what is read: the only file, or the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / next(iter(files)) if len(files) == 1 else folder


def main() -> None:
    name, first, count, seed, place = sys.argv[1:]
    reader, home = READERS[name], Path(place)
    sound = home / "sound"
    sound.mkdir(exist_ok=True)
    files = reader.files(sound)
    with_sound = put(files, home / "case")
    reader.read(with_sound)  # imports what it needs, and shows that the files are sound
    watch, held = Watch(home), memory()
    for number in range(int(first), int(first) + int(count)):
        at = put(spoilt(files, random.Random(f"{seed}/{name}/{number}")), home / "case")
        sys.stdout.write(json.dumps({"begins": number}) + "\n")
        sys.stdout.flush()
        wrong, refused, began = "", False, time.process_time()
        watch.on = True
        try:
            reader.read(at)
        except Refusal as error:
            refused = True
            if not str(error).strip().endswith((".", "?")):
                wrong = f"no sentence: {error}"
        except BaseException:  # noqa: BLE001 - whatever it is must be told
            wrong = traceback.format_exc()
        watch.on = False
        spent = time.process_time() - began
        if spent > MOST_SECONDS:
            wrong = f"it took {spent:.1f} s of processor time"
        if memory() - held > MOST_MEMORY:
            wrong, held = f"{memory() - held:,} bytes more of memory", memory()
        if watch.found:
            wrong = "; ".join(watch.found)
            watch.found.clear()
        told = {"number": number, "wrong": wrong, "refused": refused, "spent": round(spent, 4)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
