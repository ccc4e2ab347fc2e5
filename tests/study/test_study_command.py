"""`nnviz study` where nothing has to be worked: what it lists, prints, saves and refuses.

How it works trials, is interrupted and goes on is tried in `tests/cluster`, with the cluster.
"""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from nnviz.study.files import load_study, presets, toml_of
from nnviz.study.rows import Place
from nnviz.study.store import create_or_open, folder_of
from tests.program import Done, ran_here
from tests.study.tiny_work import FEW, row

NAMES = {"usual", "pairs"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Of a study that is complete."""
    path = tmp_path / "few.toml"
    path.write_text(toml_of(FEW), "utf-8")
    store = create_or_open(FEW)
    for condition in range(2):
        for trial in range(1, 4):
            store.add(row(Place(condition, trial)))
    return path


def records(done: Done) -> list[dict[str, object]]:
    assert (done.status, done.err) == (0, "")
    return [json.loads(line) for line in done.out.splitlines()]


def test_without_a_study_those_that_come_along_are_listed() -> None:
    lines = ran_here("study").out.splitlines()
    assert [line.partition(":")[0] for line in lines[::2]] == list(presets())
    assert lines[1].strip() == load_study(presets()["the-blog"]).question
    assert lines == ran_here("study", "--list").out.splitlines()
    found = records(ran_here("study", "--json"))
    assert [each["study"] for each in found] == list(presets())
    assert found[0]["conditions"] == ["0.01", "1"]


def test_a_complete_study_only_prints_its_table(file: Path) -> None:
    done = ran_here("study", str(file))
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[-1] == f"6 trials are kept in {folder_of(FEW) / 'rows.sqlite'}."
    head, first = lines[lines.index("What each scheme reached, in percent") + 1 :][:2]
    assert head.startswith("scheme  images")
    assert first.startswith("usual   ")
    assert first[: head.index("trials") + len("trials")].endswith(" 3"), "numbers end alike"


def test_rows_are_printed_where_wanted(file: Path) -> None:
    lines = ran_here("study", str(file), "--rows").out.splitlines()[:6]
    share = row(Place(0, 1)).outcomes["usual"].accuracy
    wanted = f"Trial 1, 25 training images: usual {100 * share:.2f} %, pairs {100 * share:.2f} %"
    assert lines[0] == f"{wanted}; 0.5 s"
    assert [line.partition(",")[0] for line in lines] == [
        f"Trial {trial}" for trial in (1, 1, 2, 2, 3, 3)
    ]


def test_json_is_a_line_of_the_table_each(file: Path) -> None:
    found = records(ran_here("study", str(file), "--json"))
    kinds = [each["line"] for each in found]
    assert kinds == ["scheme"] * 4 + ["comparison"] * 2 + ["result"]
    assert {each["scheme"] for each in found[:4]} == NAMES
    assert (found[-1]["trials"], found[-1]["file"]) == (6, str(folder_of(FEW) / "rows.sqlite"))


def test_reports_are_saved(file: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"found{ending}" for ending in (".csv", ".md", ".html", ".pdf")]
    trials = tmp_path / "trials.csv"
    words = [word for path in paths for word in ("--report", str(path))]
    done = ran_here("study", str(file), *words, "--csv", str(trials))
    assert done.err.splitlines() == [f"nnviz: saved {path}." for path in (*paths, trials)]
    table = list(csv.DictReader(io.StringIO(paths[0].read_text("utf-8-sig"))))
    assert {line["scheme"] for line in table} == NAMES
    assert "| usual |" in paths[1].read_text("utf-8")
    page = paths[2].read_text("utf-8")
    assert "<h1>Few</h1>" in page
    assert page.count("<figure>") == 2
    assert paths[3].read_bytes().startswith(b"%PDF-")
    lines = list(csv.DictReader(io.StringIO(trials.read_text("utf-8-sig"))))
    assert [line["trial"] for line in lines[::2]] == ["1", "1", "2", "2", "3", "3"]


def test_what_cannot_be_done_is_one_sentence(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.sqlite"
    create_or_open(load_study(presets()["heads"]), other)
    monkeypatch.setitem(sys.modules, "distributed", None)  # as where it is not installed
    more = ("study", str(file), "--trials", "4")
    for words, said in (
        (("study", "the-blg"), "the-blg is no file and none of the studies that come along"),
        (("study", str(file), "--trials", "10001"), "trials must be between 1 and 10,000"),
        ((*more, "--results", str(tmp_path)), "is a folder; name a file of results."),
        ((*more, "--results", str(other)), "holds the results of another study"),
        ((*more, "--data", str(tmp_path)), "digits.folder does not go with the bundled digits."),
        (("study", "heads", "--data", str(tmp_path / "none")), "There is no folder"),
        (("study", str(file), "--report", str(tmp_path / "no" / "x.csv")), "there is no folder"),
        ((*more, "--cluster", "2"), "`uv sync --extra cluster` brings it"),
        ((*more, "--scheduler", "tcp://127.0.0.1:9"), "`uv sync --extra cluster` brings it"),
        ((*more, "--scheduler", "127.0.0.1"), "A scheduler has an address like tcp://"),
    ):
        done = ran_here(*words)
        assert (done.status, done.out) == (1, "")
        assert said in done.err.splitlines()[-1]
    told = ran_here(*more, "--scheduler", "tcp://127.0.0.1:9").err.splitlines()
    assert told[0].startswith("nnviz: A scheduler is trusted like a shell")


def test_what_cannot_begin_leaves_nothing_in_the_way(file: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.sqlite"
    lenets = tmp_path / "lenets.toml"
    text = file.read_text("utf-8").replace("all-pairs", "elimination")
    lenets.write_text(text.replace("trials =", 'network = "lenet"\ntrials ='), "utf-8")
    none = ("study", "heads", "--data", str(tmp_path / "none"))
    for words, said in (
        (none, "There is no folder"),
        (("study", str(lenets)), "would be 1,013 LeNets"),
        (("study", str(lenets), "--scheduler", "tcp://127.0.0.1:9"), "would be 1,013 LeNets"),
    ):
        done = ran_here(*words, "--results", str(rows))
        assert done.status == 1
        assert said in done.err.splitlines()[-1]
        assert not rows.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--trials 0", "--trials must be 1 or more, not 0."),
        ("--processes 0", "--processes must be 1 or more, not 0."),
        ("--cluster 2 --processes 2", "are three places to work: name one of them."),
        ("--device abacus", "--device must be one of cpu, "),
        ("--report found.doc", "found.doc must end in .html, .pdf, .csv, .md."),
    ],
)
def test_a_command_line_at_fault_has_status_2(file: Path, words: str, said: str) -> None:
    done = ran_here("study", str(file), *words.split())
    assert (done.status, done.out) == (2, "")
    assert said in done.err
