"""The command that measures speed: what it refuses, and that adapters do what is asked of them.

Nothing here is timed.
"""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from nnviz.data.results import Result
from tests.speed import __main__ as program
from tests.speed import revisions
from tests.speed.adapters.serving import Serving
from tests.speed.report import cells, kept
from tests.speed.revisions import NotThere, Revision
from tests.speed.row import Row
from tests.speed.sides import adapter_of
from tests.speed.steps import STEPS


def test_a_revision_that_is_not_there_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["--against", "no-such-revision", "--cache", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "There is no revision no-such-revision in this repository.\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("tool", ["git", "uv"])
def test_a_tool_that_is_missing_is_named(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"git": "/bin/git", "uv": "/bin/uv", tool: None}
    monkeypatch.setattr(revisions.shutil, "which", found.get)
    with pytest.raises(NotThere, match=f"the program {tool} is needed"):
        revisions.built("HEAD", tmp_path)


def test_a_folder_within_the_repository_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions.shutil, "which", lambda tool: tool)
    monkeypatch.setattr(revisions, "_resolved", lambda name: "0" * 40)
    with pytest.raises(NotThere, match="lies within the repository"):
        revisions.built("HEAD", revisions.ROOT / "kept")


@pytest.mark.parametrize("words", [["--rounds", "0"], ["--only", "nothing"], ["--against"]])
def test_words_that_mean_nothing_are_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        program.main(words)
    assert "usage:" in capsys.readouterr().err


def test_a_revision_has_its_own_adapter_or_that_of_the_present() -> None:
    tree = Path()
    assert adapter_of(Revision("b6e358a05f61", tree, tree)) == "b6e358a"
    assert adapter_of(Revision("0" * 40, tree, tree)) == "present"
    assert adapter_of(Revision("", tree, tree)) == "present"


def test_an_adapter_that_does_not_suit_says_why() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.speed.adapters.serving", "b6e358a"],
        cwd=revisions.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nnviz.learning" in json.loads(done.stdout)["unfit"]


def test_what_cannot_be_done_is_an_answer() -> None:
    served = Serving(SimpleNamespace(steps=lambda settings: 1 / 0))
    made = {"do": "make", "name": "one"}
    assert served.answer({**made, "what": "points"}) == {"failed": "the adapter has no points"}
    failed = served.answer({**made, "what": "steps", "settings": {}})["failed"]
    assert failed.startswith("ZeroDivisionError")


def test_the_adapter_of_the_present_does_what_an_adapter_does() -> None:
    from tests.speed.adapters import present

    served = Serving(present)
    small = {"design": "ten-outputs", "hidden": 2, "images": 40, "batch": 10}
    for what in ("steps", "points"):
        given = {"name": what, "settings": small, "digits": "bundled"}
        assert served.answer({"do": "make", "what": what, **given}) == {}
        assert served.answer({"do": "learn", "name": what, "steps": 2}).keys() == {
            "processor",
            "wall",
        }
    made = {"do": "make", "name": "live", "what": "live", "settings": small, "digits": "bundled"}
    assert served.answer(made) == {}
    epoch = served.answer({"do": "ask", "name": "live", "word": "ten-outputs"})
    assert epoch["points"] >= 1
    assert 0 < epoch["learning"] < epoch["whole"]
    assert len(epoch["looks"]) > 1
    assert served.answer({"do": "drop", "name": "live"}) == {}


def test_steps_are_named_once() -> None:
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_what_was_not_measured_this_time_stays() -> None:
    new = Row("b", "b step", "-", "x", (2.0,), 1.0, at_least=True, table="peers")
    old = ("a step", "-", "9 µs", "-", "-", "")
    rows = (old, ("b step", "-", "1.00x", "", "", ""))
    before = {"speed/peers": Result("", "", rows=rows, conditions="a machine, load 0.1")}
    found = kept([new], (), {}, "", before)
    assert found.keys() == {"speed/peers"}
    assert found["speed/peers"]["rows"] == [old, cells(new)]
    assert found["speed/peers"]["conditions"].startswith("a machine, load 0.1; some lines again")
    assert cells(new) == ("b step", "-", "2.00x", "at least 1x", "yes", "")
