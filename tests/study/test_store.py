"""The file of a study's rows: exact, written at once, shared, and never harmed."""

import dataclasses
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.paths import user_data
from nnviz.study.files import find_study, study_from
from nnviz.study.plan import Study
from nnviz.study.rows import Outcome, Place, Row
from nnviz.study.store import Store, StoreError, create_or_open, folder_of, study_in
from tests.full_disk import small_files
from tests.study.tiny_work import FEW, row

NUMBERS = st.floats(-(2**53), 2**53)
COUNTS = st.integers(0, 2**53)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


@st.composite
def outcomes(draw: st.DrawFn) -> dict[str, Outcome]:
    """What some schemes reached at the same test images of three classes."""
    tested = draw(st.tuples(*[st.integers(0, 60)] * 3))
    size = -(-sum(tested) // 8)
    some = st.builds(
        Outcome,
        accuracy=st.floats(0, 1),
        tested=st.just(tested),
        errors=st.tuples(*(st.integers(0, count) for count in tested)),
        right=st.binary(min_size=size, max_size=size),
        seconds=NUMBERS,
        updates=COUNTS,
        sub_updates=COUNTS,
        models=COUNTS,
        parameters=COUNTS,
        multiply_adds=NUMBERS,
        figures=st.dictionaries(TEXTS, NUMBERS, max_size=3),
    )
    return draw(st.dictionaries(TEXTS, some, max_size=3))


ROWS = st.builds(
    Row,
    condition=st.sampled_from(["1", "0.5"]),
    trial=st.integers(1, 10**6),
    learned=COUNTS,
    digest=TEXTS,
    thinned=st.booleans(),
    outcomes=outcomes(),
    engine=TEXTS,
    processor=TEXTS,
    device=TEXTS,
    versions=st.dictionaries(TEXTS, TEXTS, max_size=3),
    seconds=NUMBERS,
    finished=TEXTS,
    kept=st.dictionaries(TEXTS, TEXTS, max_size=3),
)
OTHER = dataclasses.replace(FEW, name="Other", seed=2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.sqlite"


@pytest.fixture
def store(file: Path) -> Store:
    return create_or_open(FEW, file)


@settings(max_examples=12)
@given(rows=st.lists(ROWS, max_size=4, unique_by=lambda row: (row.condition, row.trial)))
def test_rows_come_back_exactly(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    store = create_or_open(FEW, tmp_path_factory.mktemp("rows") / "rows.sqlite")
    for each in rows:
        assert store.add(each)
    found = store.rows()
    assert found == sorted(rows, key=lambda row: row.trial)
    assert [list(row.outcomes) for row in found] == [
        list(row.outcomes) for row in sorted(rows, key=lambda row: row.trial)
    ]


def test_numbers_of_numpy_are_stored_as_numbers(store: Store) -> None:
    plain = row(Place(0, 3))
    changed = {
        name: dataclasses.replace(
            each,
            accuracy=np.float64(each.accuracy),
            tested=tuple(np.array(each.tested)),
            updates=np.int64(each.updates),
            figures={"heads": np.float32(2.0)},
        )
        for name, each in plain.outcomes.items()
    }
    assert store.add(
        dataclasses.replace(
            plain,
            trial=np.int64(3),
            learned=np.int32(25),
            thinned=np.bool_(True),
            seconds=np.float32(0.5),
            outcomes=changed,
        )
    )
    assert store.rows() == [plain]
    assert store.places(FEW) == {Place(0, 3)}
    with closing(sqlite3.connect(store.path)) as database:
        kinds = database.execute("SELECT typeof(trial), typeof(learned) FROM trials").fetchone()
    assert kinds == ("integer", "integer")


def test_the_second_row_of_a_trial_is_dropped(store: Store) -> None:
    first = row(Place(1, 1))
    assert store.add(first)
    assert not store.add(dataclasses.replace(first, engine="another"))
    assert store.rows() == [first]


def test_a_study_has_a_folder_that_says_what_it_is() -> None:
    study = dataclasses.replace(FEW, name="Für Klassen: 1 %/Fälle?")
    store = create_or_open(study)
    assert store.folder == folder_of(study)
    assert store.folder.parent == user_data() / "studies"
    assert store.folder.name.startswith("fur-klassen-1-falle-")
    assert study_from((store.folder / "study.toml").read_bytes()) == study
    assert study_from(study_in(store.path)) == study
    assert store.keeps
    store.add(row(Place(0, 1)))
    more = dataclasses.replace(study, trials=50)
    assert create_or_open(more).places(more) == {Place(0, 1)}


def test_networks_are_not_kept_beside_other_files(store: Store) -> None:
    assert not store.keeps


def test_conditions_in_another_order_are_the_same_places(store: Store, file: Path) -> None:
    store.add(row(Place(0, 1)))
    turned = dataclasses.replace(FEW, digits=dataclasses.replace(FEW.digits, shares=(0.5, 1.0)))
    assert create_or_open(turned, file).places(turned) == {Place(1, 1)}


def test_two_may_write_at_once(store: Store) -> None:
    mine = [create_or_open(FEW, store.path) for _ in range(4)]
    firsts: list[bool] = []

    def add(own: Store) -> None:
        firsts.extend(own.add(row(Place(0, trial))) for trial in range(1, 11))

    threads = [threading.Thread(target=add, args=(each,)) for each in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(firsts), sum(firsts)) == (40, 10)
    assert [row.trial for row in store.rows()] == list(range(1, 11))


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


SPOILT: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.write_bytes(b"something of the user's"), "is damaged, or no results"),
    (cut, "is damaged, or no results"),
    (lambda path: sql(path, "DROP TABLE trials"), "is damaged, or no results"),
    (lambda path: sql(path, "DELETE FROM study"), "is damaged, or no results"),
    (lambda path: sql(path, "PRAGMA application_id = 7"), "holds no results of a study."),
    (lambda path: sql(path, "PRAGMA user_version = 2"), "newer version of the program: it has"),
    (lambda path: sql(path, "UPDATE study SET digest = ''"), "of another study (Few)"),
]


@pytest.mark.parametrize(("spoil", "said"), SPOILT)
def test_what_is_no_store_of_this_study_is_refused_and_stays(
    store: Store, spoil: Callable[[Path], object], said: str
) -> None:
    store.add(row(Place(0, 1)))
    spoil(store.path)
    before = store.path.read_bytes()
    for use in (
        lambda: create_or_open(FEW, store.path),
        store.rows,
        lambda: store.add(row(Place(0, 2))),
    ):
        with pytest.raises(StoreError) as refused:
            use()
        assert said in str(refused.value)
    assert store.path.read_bytes() == before
    assert {path.name for path in store.path.parent.iterdir()} == {store.path.name}


def test_rows_that_make_no_sense_are_damage(store: Store) -> None:
    store.add(row(Place(0, 1)))
    for outcomes in ('{"usual"', '{"usual": {"accuracy": 1}}', '["usual"]', '{"usual": {"x": 1}}'):
        sql(store.path, f"UPDATE trials SET outcomes = '{outcomes}'")
        with pytest.raises(StoreError, match="is damaged, or no results"):
            store.rows()


def test_another_study_needs_another_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"another study \(Few\), or of this one with other set"):
        create_or_open(OTHER, store.path)
    assert create_or_open(OTHER, tmp_path / "other.sqlite").rows() == []


def test_a_folder_or_no_folder_is_refused(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "rows.sqlite", "there is no folder"),
    ):
        with pytest.raises(StoreError, match=said):
            create_or_open(FEW, path)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_store(file: Path) -> None:
    file.touch()  # what a program leaves that is killed as it begins
    assert create_or_open(FEW, file).rows() == []


def test_a_file_that_goes_away_is_not_begun_anew(store: Store) -> None:
    store.path.unlink()
    with pytest.raises(StoreError, match="There is no file"):
        store.add(row(Place(0, 1)))
    assert not store.path.exists()


def test_a_full_disk_keeps_what_there_is(store: Store, tmp_path: Path) -> None:
    store.add(row(Place(0, 1)))
    before = store.path.read_bytes()
    large = dataclasses.replace(row(Place(0, 2)), engine="x" * 50_000)
    with small_files(len(before)):
        with pytest.raises(StoreError, match="is kept"):
            store.add(large)
        new = tmp_path / "new.sqlite"
    assert store.rows() == [row(Place(0, 1))]
    with small_files(0), pytest.raises(StoreError, match="full or fails"):
        create_or_open(FEW, new)
    assert store.add(large)
    assert not new.exists() or new.stat().st_size == 0
    assert create_or_open(FEW, new).rows() == []


def test_a_half_written_row_is_undone(store: Store) -> None:
    """As after a kill between the journal and the file: SQLite finds the journal, and undoes."""
    store.add(row(Place(0, 1)))
    large = "x" * 100_000
    with closing(sqlite3.connect(store.path, isolation_level=None)) as database:
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE trials SET engine = ?", (large,))
        journal = Path(f"{store.path}-journal")
        copies = [(path, path.read_bytes()) for path in (store.path, journal)]
    for path, content in copies:
        path.write_bytes(content)
    assert store.rows() == [row(Place(0, 1))]


def test_a_study_of_its_own_conditions_has_its_own_places(tmp_path: Path) -> None:
    counts: Study = dataclasses.replace(
        FEW, digits=dataclasses.replace(FEW.digits, shares=(1.0,), counts=(5, 20))
    )
    store = create_or_open(counts, tmp_path / "counts.sqlite")
    store.add(row(Place(1, 2), counts))
    assert [each.condition for each in store.rows()] == ["n20"]
    assert store.places(counts) == {Place(1, 2)}


def test_a_file_whose_texts_are_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite"
    create_or_open(find_study("naive-child"), path)
    content = path.read_bytes()
    assert b"CREATE TABLE study" in content
    path.write_bytes(content.replace(b"CREATE TABLE study", b"CREATE \xce\xceBLE study"))
    with pytest.raises(StoreError, match=r"\.$"):
        study_in(path)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("learned", b"\xff"),
        ("trial", -1),
        ("seconds", float("inf")),
        ("versions", "[" * 100_000),
        ("outcomes", '{"one": {"accuracy": 1}}'),
        ("device", b"cpu"),
    ],
)
def test_a_row_of_other_things_is_refused(store: Store, column: str, value: object) -> None:
    assert store.add(row(Place(0, 3)))
    with closing(sqlite3.connect(store.path)) as database:
        database.execute(f"UPDATE trials SET {column} = ?", (value,))
        database.commit()
    with pytest.raises(StoreError, match="damaged"):
        store.rows()


@pytest.mark.parametrize(
    "changed",
    [{"tested": (1,)}, {"errors": (999,) * 2}, {"right": b""}, {"accuracy": 1.5}, {"models": -1}],
    ids=str,
)
def test_an_outcome_whose_parts_do_not_fit_is_refused(
    store: Store, changed: dict[str, Any]
) -> None:
    sound = row(Place(0, 3))
    broken = {name: dataclasses.replace(each, **changed) for name, each in sound.outcomes.items()}
    assert store.add(dataclasses.replace(sound, outcomes=broken))
    with pytest.raises(StoreError, match="damaged"):
        store.rows()
