"""Runs that survive: every run that no file holds is kept in one of its own while it learns.

Every program has a lock beside its files that the system lets go of when the program dies,
however it dies. Files without a living owner are offered at the next start, those of all programs,
and stay until somebody decides about them. A program that ends of its own accord, or opens other
digits, puts those aside that nobody has decided about: their names say that nothing was
interrupted.

When a run learned last stands in its file, as files that are copied or restored have other times.
Of two programs one after the other the second has the later moment, even where the clock was set
back in between.
"""

import re
import threading
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nnviz.data.locks import Busy, hold, let_go
from nnviz.networks.curves import Position
from nnviz.networks.files import NetworkFileError, TrainedNetwork, load, save
from nnviz.networks.film import Film
from nnviz.networks.film_file import FilmFile, read_film
from nnviz.words import tr, tr_n
from nnviz.writing import NotSaved, move, second_name, sweep

if TYPE_CHECKING:  # imported with the first run to keep or to offer
    from filelock import FileLock

FLOAT = 4
"""Bytes of a weight."""
ROOM_FOR_STORY = 100_000
"""Bytes that a network file may take besides its weights."""
TICK = 1e-3
"""Least seconds between two moments, whatever the clock says."""
ASIDE = "aside"
"""In the name of the file of a run that was put aside, between its owner and its number."""

SPARE = ".spare"
"""Ending of the second name of a film while its run changes its owner."""
OURS = (".safetensors", ".film", SPARE, ".lock")


@dataclass(frozen=True, eq=False)
class LeftBehind:
    """A run of a program that has ended."""

    path: Path
    owner: str
    """Which program it was of."""
    when: float
    """Seconds since 1970 when it learned last."""
    trained: TrainedNetwork

    @property
    def interrupted(self) -> bool:
        """Whether its program died with it, rather than put it aside."""
        return ASIDE not in self.path.stem.split("-")

    @property
    def key(self) -> int:
        """Number of the run in its program, 0 if its file has none."""
        number = self.path.stem.rpartition("-")[2]
        return int(number) if number.isdecimal() else 0

    def film(self) -> Film:
        """As much of its film as is whole; read only when somebody goes on with it."""
        found = read_film(film_path(self.path))
        return found.fitting(self.trained.network, self.trained.points)

    def forget(self) -> None:
        """Takes its files away."""
        for path in (self.path, film_path(self.path)):
            path.unlink(missing_ok=True)


class Autosave:
    """Writes in a thread, newest first; the window never waits for a disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owner = uuid.uuid4().hex
        self._own: FileLock | None = None
        self._offered: list[FileLock] = []
        self._pending: dict[int, TrainedNetwork] = {}
        self._trouble = ""
        self._films: dict[int, FilmFile] = {}
        self._full: set[int] = set()  # runs whose film has had no room on the disk
        self._newest = 0.0  # the latest moment that any run learned at, as far as is known
        self._learned: dict[int, tuple[Position, float]] = {}
        self._wake = threading.Condition()
        self._ending = False
        self._writing = False
        self._thread: threading.Thread | None = None

    def keep(self, key: int, trained: TrainedNetwork) -> None:
        """Has the newest moment of run number `key` written; returns at once."""
        with self._wake:
            self._pending[key] = replace(trained, learned_at=self._moment(key, trained.position))
            if self._thread is None:
                self._thread = threading.Thread(target=self._write, name="autosave", daemon=True)
                self._thread.start()
            self._wake.notify()

    def drop(self, key: int) -> None:
        """Forgets a run: it is in a file, or given up."""
        self.wait()
        self._forget(key)
        for path in (self._path(key), film_path(self._path(key))):
            with suppress(OSError):
                path.unlink()

    def put_aside(self, key: int) -> None:
        """Leaves the files of a run for the next program, though this one did not die with it."""
        self.wait()
        self._forget(key)
        path = self._path(key)
        aside = path.with_stem(f"{self._owner}-{ASIDE}-{key}")
        with suppress(OSError):  # then it is offered as one that was interrupted
            film, there = film_path(path), film_path(path).exists()
            twice = there and second_name(film, film_path(aside))
            if there and not twice:
                move(film, film_path(aside))
            if path.exists():
                move(path, aside)
            if twice:
                film.unlink()

    def adopt(self, run: LeftBehind, key: int) -> None:
        """Makes the files of a run of a dead program those of run number `key`, which needs no
        room on the disk. Raises OSError."""
        self._take_folder()
        path = self._path(key)
        film = film_path(run.path)
        kept = second_name(film, spare := film.with_suffix(SPARE)) if film.exists() else False
        if film.exists():
            self._films[key] = FilmFile(film_path(path))
            self._films[key].take_over(film, run.film())
        self._learned[key] = run.trained.position, run.when
        move(run.path, path)
        if kept:
            spare.unlink(missing_ok=True)

    def trouble(self) -> str:
        """One sentence about the last thing that went wrong, once."""
        said, self._trouble = self._trouble, ""
        return said

    def wait(self) -> None:
        """Returns when everything asked for is on disk."""
        with self._wake:
            self._wake.wait_for(lambda: not self._pending and not self._writing)

    def stop(self) -> None:
        """Writes what is left and lets go of the locks. May be called twice."""
        self.wait()
        with self._wake:
            self._ending = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        for lock in (self._own, *self._offered):
            if lock is not None:
                let_go(lock)

    def left_behind(self) -> list[LeftBehind]:
        """Runs of all programs that have ended, the newest first; nobody else is offered them
        meanwhile. What is of no use to anybody is taken away."""
        sweep(self._folder)
        found: list[LeftBehind] = []
        for owner in sorted(_owners(self._folder) - {self._owner}):
            try:
                lock = hold(self._folder / f"{owner}.lock")
            except (OSError, Busy):
                continue  # its program lives
            runs = [*self._folder.glob(f"{owner}-*.safetensors")]
            found.extend(run for path in runs if (run := self._read(path, owner)) is not None)
            _tidy(self._folder, owner)
            if runs:
                self._offered.append(lock)
            else:
                let_go(lock)
        found.sort(key=lambda run: -run.when)
        self._newest = max(self._newest, *(run.when for run in found), 0.0)
        return found

    def _read(self, path: Path, owner: str) -> LeftBehind | None:
        try:
            trained = load(path)
            # programs of before did not say it in the file
            return LeftBehind(path, owner, trained.learned_at or path.stat().st_mtime, trained)
        except NetworkFileError as error:
            self._trouble = str(error)  # it may be of a newer program: not ours to touch
        except OSError:
            pass  # gone meanwhile
        return None

    def _moment(self, key: int, position: Position) -> float:
        """When a run that stands there learned last."""
        before = self._learned.get(key)
        if before is None or before[0] != position:
            self._newest = max(time.time(), self._newest + TICK)
            self._learned[key] = before = position, self._newest
        return before[1]

    def _forget(self, key: int) -> None:
        self._films.pop(key, None)
        self._full.discard(key)
        self._learned.pop(key, None)

    def _path(self, key: int) -> Path:
        return self._folder / f"{self._owner}-{key}.safetensors"

    def _write(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._pending) or self._ending)
                if not self._pending:
                    return
                key, newest = self._pending.popitem()
                self._writing = True
            try:
                self._take_folder()
                self._keep_network(key, replace(newest, film=Film()))
                self._keep_film(key, newest.film)
            except (NotSaved, OSError, Busy) as error:
                self._trouble = tr(
                    "The run is not kept safe while it learns: {reason}", reason=str(error)
                )
            with self._wake:
                self._writing = False
                self._wake.notify_all()

    def _take_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._wake:  # the window adopts a run while the thread writes another
            if self._own is None or not self._own.is_locked:
                self._own = hold(self._folder / f"{self._owner}.lock")

    def _keep_network(self, key: int, newest: TrainedNetwork) -> None:
        """Saves the run itself; on a full disk its film makes room for it."""
        path = self._path(key)
        try:
            save(newest, path)
        except NotSaved:
            file, size = self._films.get(key), 2 * newest.network.parameters * FLOAT
            if file is None or not file.make_room(size + ROOM_FOR_STORY):
                raise
            save(newest, path)

    def _keep_film(self, key: int, film: Film) -> None:
        """Appends what is new; a disk that is full stops the film there, and nothing else."""
        path = film_path(self._path(key))
        file = self._films.setdefault(key, FilmFile(path))
        if not (film or path.exists()):
            return
        try:
            file.keep(film)
            self._full.discard(key)
        except NotSaved as error:
            if key not in self._full:
                self._full.add(key)
                self._trouble = tr(
                    "The film of this run is kept on disk no longer ({reason}); learning goes on, "
                    "and so does the film once there is room.",
                    reason=error.reason,
                )


def film_path(path: Path) -> Path:
    """The file of the film beside that of the run."""
    return path.with_suffix(".film")


def _owners(folder: Path) -> set[str]:
    """The programs that have left a file in a folder, as far as one may look into it."""
    with suppress(OSError):
        names = (path.name for path in folder.iterdir() if path.suffix in OURS)
        return {owner for name in names if (owner := re.split("[-.]", name)[0])}
    return set()


def _tidy(folder: Path, owner: str) -> None:
    """Brings the files of a dead program in order that was killed between two moves, and takes
    away the films that no run has."""
    with suppress(OSError):
        for spare in folder.glob(f"{owner}-*{SPARE}"):
            # a file is not moved over its own other name
            if spare.with_suffix(".safetensors").exists() and not film_path(spare).exists():
                move(spare, film_path(spare))
            else:
                spare.unlink()
        for film in folder.glob(f"{owner}-*.film"):
            if not film.with_suffix(".safetensors").exists():
                film.unlink()


def age_in_words(when: float) -> str:
    """How long ago a moment was, roughly."""
    minutes = max(0, int((time.time() - when) / 60))
    hours, days = minutes // 60, minutes // (60 * 24)
    if days:
        return tr_n("{count} day ago", "{count} days ago", days)
    if hours:
        return tr_n("{count} hour ago", "{count} hours ago", hours)
    if minutes:
        return tr_n("{count} minute ago", "{count} minutes ago", minutes)
    return tr("just now")
