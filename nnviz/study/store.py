"""The rows of a study in one SQLite file: each finished trial is written at once, and stays.

Whatever is killed leaves all rows or one less; several programs may write into one file, and the
second row of a trial is dropped. Each call opens the file and closes it again: nothing is held
between two of them, so that threads and programs need not know of each other.
"""

import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnviz.errors import Refusal, reason_in_words
from nnviz.paths import user_data
from nnviz.study.files import digest_of_study, toml_of
from nnviz.study.plan import Study
from nnviz.study.rows import Outcome, Place, Row
from nnviz.study.stored_rows import rows_from
from nnviz.words import Value
from nnviz.writing import NotSaved, check_writable, write

FORMAT = 1
"""Version of the file; a newer one is refused."""
APPLICATION = int.from_bytes(b"nnzs", "big")
"""What SQLite notes of whose a file is."""
BUSY = 60.0
"""Seconds to wait for another program that writes."""
LONGEST_SLUG = 40
TABLES = (
    "CREATE TABLE study (digest TEXT NOT NULL, name TEXT NOT NULL, toml TEXT NOT NULL)",
    "CREATE TABLE trials (condition TEXT NOT NULL, trial INTEGER NOT NULL,"
    " finished TEXT NOT NULL, learned INTEGER NOT NULL, digest TEXT NOT NULL,"
    " thinned INTEGER NOT NULL, engine TEXT NOT NULL, processor TEXT NOT NULL,"
    " device TEXT NOT NULL, seconds REAL NOT NULL, versions TEXT NOT NULL,"
    " kept TEXT NOT NULL, outcomes TEXT NOT NULL, PRIMARY KEY (condition, trial))",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {FORMAT}",
)
COLUMNS = (
    "condition, trial, finished, learned, digest, thinned, engine, processor, device, seconds,"
    " versions, kept, outcomes"
)


class StoreError(Refusal):
    """Results cannot be read or written; the message is one sentence for the user."""


@dataclass(frozen=True)
class Store:
    """The file of a study's rows, which is there (see `create_or_open`)."""

    path: Path
    digest: str
    """Of the study (see `digest_of_study`)"""
    keeps: bool = True
    """Whether networks are kept beside it: in the study's own folder, not beside other files"""

    @property
    def folder(self) -> Path:
        """Where it lies; the names of kept networks are relative to that."""
        return self.path.parent

    def add(self, row: Row) -> bool:
        """Writes a row; whether it was the first of its trial. Raises StoreError, and then the
        file is as it was."""
        values = _values(row)
        marks = ", ".join("?" * len(values))
        with self._opened(writes=True) as database:
            done = database.execute(
                f"INSERT INTO trials ({COLUMNS}) VALUES ({marks})"
                " ON CONFLICT (condition, trial) DO NOTHING",
                values,
            )
            return done.rowcount == 1

    def rows(self) -> list[Row]:
        """All rows, by trial, and those of a trial as they finished. Raises StoreError."""
        with self._opened() as database:
            found = database.execute(f"SELECT {COLUMNS} FROM trials ORDER BY trial, rowid")
            try:
                names = COLUMNS.split(", ")
                return rows_from([dict(zip(names, row, strict=True)) for row in found.fetchall()])
            # RecursionError: lists in lists without end
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise _damaged(self.path) from error

    def places(self, study: Study) -> set[Place]:
        """Which trials of a study have a row. Raises StoreError."""
        numbers = {condition.word: n for n, condition in enumerate(study.conditions)}
        with self._opened() as database:
            found = database.execute("SELECT condition, trial FROM trials").fetchall()
        return {Place(numbers[word], trial) for word, trial in found if word in numbers}

    def check_writable(self) -> None:
        """Finds out before long work whether its rows can be written. Raises StoreError."""
        try:
            check_writable(self.path)
        except NotSaved as error:
            raise StoreError(str(error)) from error
        with self._opened(writes=True):
            pass

    @contextmanager
    def _opened(self, writes: bool = False) -> Iterator[sqlite3.Connection]:
        """In one transaction, a file that is this study's."""
        with _database(self.path) as database:
            database.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            _check(database, self.path, self.digest)
            yield database
            database.execute("COMMIT")


def folder_of(study: Study) -> Path:
    """Where the results of a study lie unless a file is named (not created here)."""
    plain = unicodedata.normalize("NFKD", study.name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:LONGEST_SLUG].strip("-") or "study"
    return user_data() / "studies" / f"{slug}-{digest_of_study(study)}"


def file_of(study: Study, path: Path | None = None) -> Path:
    """Where its rows lie or will lie: the file that is named, or that in its own folder."""
    return path or folder_of(study) / "rows.sqlite"


def create_or_open(study: Study, path: Path | None = None) -> Store:
    """The store of a study: its own folder, or a file that is named and keeps no networks.

    A file that is there must be this study's; an empty one becomes it. Raises StoreError, and
    then nothing was changed.
    """
    digest, toml = digest_of_study(study), toml_of(study)
    folder = folder_of(study)
    file = file_of(study, path)
    if not _has_something(file):
        try:
            if path is None:
                _made(folder)
                write(folder / "study.toml", toml.encode())
            check_writable(file)
        except NotSaved as error:
            raise StoreError(str(error)) from error
        _create(file, digest, study.name, toml)
    store = Store(file, digest, keeps=path is None)
    store.places(study)
    return store


def study_in(path: Path) -> str:
    """The study of a file of results, as TOML. Raises StoreError."""
    with _database(path) as database:
        _check(database, path, None)
        (toml,) = database.execute("SELECT toml FROM study").fetchone()
        return str(toml)


def _has_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "The folder {folder} cannot be made: {reason}.",
            folder=folder,
            reason=reason_in_words(error),
        ) from error


def _create(path: Path, digest: str, name: str, toml: str) -> None:
    """Makes the tables, unless another program was quicker."""
    with _database(path, "rwc") as database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            for table in TABLES:
                database.execute(table)
            database.execute("INSERT INTO study VALUES (?, ?, ?)", (digest, name, toml))
        database.execute("COMMIT")


@contextmanager
def _database(path: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    """A connection that is closed, and has changed nothing, where something goes wrong.

    Also who only reads may have to undo what a killed program left half written, so the mode is
    not "ro"; where nothing may be written SQLite reads all the same.
    """
    if path.is_dir():
        raise StoreError("{path} is a folder; name a file of results.", path=path)
    address = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        with closing(
            sqlite3.connect(address, uri=True, timeout=BUSY, isolation_level=None)
        ) as database:
            database.execute("PRAGMA synchronous = FULL")
            yield database
    except sqlite3.Error as error:
        raise _refused(path, error) from error
    except UnicodeError as error:  # what SQLite says of a damaged file names what is in it
        raise _damaged(path) from error


def _check(database: sqlite3.Connection, path: Path, digest: str | None) -> None:
    """Raises StoreError where a file is not this study's, or no study's."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise StoreError("{path} holds no results of a study.", path=path)
    if version > FORMAT:
        raise StoreError(
            "{path} was written by a newer version of the program: it has format {version}, and "
            "this one knows {known}.",
            path=path,
            version=version,
            known=FORMAT,
        )
    found = database.execute("SELECT digest, name FROM study").fetchone()
    if found is None:
        raise _damaged(path)
    if digest is not None and found[0] != digest:
        raise StoreError(
            "{path} holds the results of another study ({name}), or of this one with other "
            "settings; name another file.",
            path=path,
            name=str(found[1]),
        )


def _damaged(path: Path) -> StoreError:
    return StoreError("{path} is damaged, or no results of a study.", path=path)


def _refused(path: Path, error: sqlite3.Error) -> StoreError:
    """What SQLite's complaint means."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    fields: Mapping[str, Value] = {"path": path, "folder": path.parent}
    match primary:
        case sqlite3.SQLITE_FULL:
            return StoreError(
                "{path} has no room for another trial: the disk of {folder} is full; what is in "
                "it is kept.",
                **fields,
            )
        case sqlite3.SQLITE_IOERR:
            return StoreError(
                "{path} cannot be written or read: the disk of {folder} is full or fails; what is "
                "in it is kept.",
                **fields,
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError("{path} is in use by another program that holds it.", **fields)
        case sqlite3.SQLITE_CANTOPEN if not os.path.exists(path):
            return StoreError("There is no file {path} any more.", **fields)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_ERROR:
            return _damaged(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return StoreError("Nothing may be written in {path}; it is as it was.", **fields)
        case sqlite3.SQLITE_CANTOPEN:
            return StoreError("Nothing may be written in {folder}.", **fields)
    return StoreError(
        "{path} cannot be used: {reason}; what is in it is kept.",
        **fields,
        reason=str(error),
    )


# ---- rows as SQLite has them ---------------------------------------------------------


def _values(row: Row) -> tuple[str | int | float, ...]:
    """In the order of COLUMNS; numbers of numpy would become BLOBs."""
    outcomes = {name: _outcome_as_json(each) for name, each in row.outcomes.items()}
    return (
        str(row.condition),
        int(row.trial),
        str(row.finished),
        int(row.learned),
        str(row.digest),
        int(row.thinned),
        str(row.engine),
        str(row.processor),
        str(row.device),
        float(row.seconds),
        json.dumps(dict(row.versions)),
        json.dumps(dict(row.kept)),
        json.dumps(outcomes),
    )


def _outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "accuracy": float(outcome.accuracy),
        "tested": [int(count) for count in outcome.tested],
        "errors": [int(count) for count in outcome.errors],
        "right": bytes(outcome.right).hex(),
        "seconds": float(outcome.seconds),
        "updates": int(outcome.updates),
        "sub_updates": int(outcome.sub_updates),
        "models": int(outcome.models),
        "parameters": int(outcome.parameters),
        "multiply_adds": float(outcome.multiply_adds),
        "figures": {str(name): float(value) for name, value in outcome.figures.items()},
    }
