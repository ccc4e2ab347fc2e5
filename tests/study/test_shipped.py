"""The rows that come with the program: whose they are, and that they say what was measured."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nnviz.study.files import digest_of_study, load_study, presets, toml_of
from nnviz.study.rows import Place, Row
from nnviz.study.shipped import FOUND, rows_in, shipped_rows
from nnviz.study.table import table_of
from tests.program import ran_here
from tests.studies.__main__ import adds, lines_of
from tests.study.tiny_work import FEW, row

SHIPPED = {path.stem: load_study(presets()[path.stem]) for path in sorted(FOUND.glob("*.jsonl"))}
"""Word -> the preset that a file is of"""


@pytest.fixture(params=SHIPPED)
def word(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_file_is_of_the_preset_that_it_is_named_after(word: str) -> None:
    study, path = SHIPPED[word], FOUND / f"{word}.jsonl"
    with path.open(encoding="utf-8") as file:
        head = json.loads(file.readline())
    assert head == {"name": study.name, "digest": digest_of_study(study)}
    rows = shipped_rows(study)
    assert rows == rows_in(path)
    assert lines_of(study, rows) == path.read_bytes()
    # what decides no number finds them as well, and all else does not
    assert shipped_rows(replace(study, name="mine", trials=3)) == rows
    assert shipped_rows(replace(study, seed=study.seed + 1)) == ()


def test_its_trials_are_comparable(word: str) -> None:
    study = SHIPPED[word]
    rows = shipped_rows(study)
    conditions = {each.word for each in study.conditions}
    names = [entry.name for entry in study.schemes]
    assert len({(each.condition, each.trial) for each in rows}) == len(rows)
    assert len({each.engine for each in rows}) == 1
    assert len({each.digest.partition("-")[2] for each in rows}) == 1, "the same test images"
    for each in rows:
        assert each.condition in conditions
        assert not each.kept
        assert [name for name in names if name in each.outcomes] == list(each.outcomes)
        for found in each.outcomes.values():
            if study.measure == "accuracy":
                wrong = ~found.right_images
                assert wrong.sum() == sum(found.errors)
                assert found.accuracy == pytest.approx(1 - wrong.mean(), abs=1e-12)
    assert table_of(study, rows).sentence


def test_the_same_images_of_a_trial_have_one_digest_in_all_files() -> None:
    found: dict[object, set[str]] = {}
    for study in SHIPPED.values():
        for each in shipped_rows(study):
            digits = replace(study.digits, shares=(), counts=())
            found.setdefault((digits, study.seed, each.condition, each.trial), set()).add(
                each.digest
            )
    assert found
    assert all(len(digests) == 1 for digests in found.values())


def test_rows_of_other_images_are_not_joined() -> None:
    first, other = FEW.schemes
    here, there = replace(FEW, schemes=(first,), plan=()), replace(FEW, schemes=(other,), plan=())
    place = Place(0, 1)
    found: dict[tuple[str, int], Row] = {}
    assert adds(FEW, here, [row(place, here)], found)
    alien = replace(row(place, there), digest="f" * 16)
    with pytest.raises(AssertionError, match="other images"):
        adds(FEW, there, [alien], found)
    assert adds(FEW, there, [row(place, there)], found)
    (joined,) = found.values()
    assert list(joined.outcomes) == [first.name, other.name]
    assert not adds(replace(FEW, seed=2), here, [row(place, here)], {})


def test_the_command_shows_them_and_runs_nothing() -> None:
    word, study = next(iter(SHIPPED.items()))
    table = table_of(study, shipped_rows(study))
    done = ran_here("study", word, "--shipped")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == table.sentence
    last = json.loads(ran_here("study", word, "--shipped", "--json").out.splitlines()[-1])
    assert (last["line"], last["sentence"]) == ("result", table.sentence)
    assert last["trials"] == len(shipped_rows(study))
    assert "file" not in last


def test_before_it_starts_it_says_what_was_measured() -> None:
    word, study = next(
        (word, study) for word, study in SHIPPED.items() if study.digits.data != "bundled"
    )
    done = ran_here("study", word)  # its images are not here
    said = done.err.splitlines()
    assert done.status == 1
    assert table_of(study, shipped_rows(study)).sentence in said[0]
    assert "--shipped" in said[0]


def test_a_study_that_nobody_has_run_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "few.toml"
    file.write_text(toml_of(FEW), "utf-8")
    done = ran_here("study", str(file), "--shipped")
    assert (done.status, done.out) == (1, "")
    assert "“Few”" in done.err
