"""What learns where something is missing: one sentence, and nothing lost."""

import re
import subprocess
import sys
from dataclasses import dataclass, replace

from nnviz.networks.files import load
from nnviz.networks.learned_by import BEFORE, COMPILED, TORCH, of_this_machine
from nnviz.paths import TRAINED
from nnviz.session.session import Session
from nnviz.session.state import Notice
from nnviz.training import engines
from nnviz.training.compiled import building, warming
from nnviz.training.messages import Noted, Prepared
from nnviz.ui.app.what_learns import what_learns
from tests.in_process import InProcess
from tests.patience import patience
from tests.program import ROOT, ran_here, records
from tests.sessions import USUAL, killed, learned, shown, taken_up, until


@dataclass(frozen=True)
class Ended:
    """How a command line ended, and what it said on standard error."""

    status: int
    sentences: list[str]


TRAIN = ("train", "--epochs", "1", "--images", "40", "--out")


def ran_without(packages: str, *lines: tuple[str, ...]) -> list[Ended]:
    """Command lines, one after the other, as on a machine without some packages."""
    words = [word for line in lines for word in ("+", *line)][1:]
    process = subprocess.run(
        [sys.executable, "-m", "tests.hiding", packages, *words],
        capture_output=True,
        encoding="utf-8",
        timeout=patience(),
        cwd=ROOT,
        check=True,
    )
    *parts, rest = re.split(r"^status (\d+)\n", process.stderr, flags=re.MULTILINE)
    assert not rest
    return [
        Ended(int(status), sentences(said))
        for said, status in zip(parts[::2], parts[1::2], strict=True)
    ]


def sentences(said: str) -> list[str]:
    return [line.removeprefix("nnviz: ") for line in said.splitlines()]


def test_without_numba_torch_learns_and_one_sentence_says_so(path):
    (done,) = ran_without("numba", (*TRAIN, str(path)))
    assert done.status == 0
    why, saved = done.sentences
    assert why == (
        "torch learns in the place of numba, which would be faster and cannot be used here (numba "
        "is not installed: uv sync installs it)."
    )
    assert saved.startswith("saved ")
    assert load(path).learned_by == (of_this_machine(TORCH),)


def test_without_torch_every_design_is_learned_without_a_word_and_a_device_is_refused(tmp_path):
    files = {design: tmp_path / design for design in ("all-pairs", "elimination")}
    lines = [(*TRAIN, str(file), "--design", design) for design, file in files.items()]
    *trained, refused = ran_without("torch", *lines, (*TRAIN, "none", "--device", "cuda"))
    assert [done.status for done in trained] == [0, 0]
    for done, file in zip(trained, files.values(), strict=True):
        (saved,) = done.sentences
        assert saved.startswith("saved ")
        assert load(file).learned_by == (of_this_machine(COMPILED),)
    assert refused.status == 1
    assert refused.sentences == [
        "The device cuda needs torch, which cannot be used here (torch is not installed: uv sync "
        "installs it): choose the device cpu."
    ]


def test_without_either_one_sentence_names_what_to_install(path):
    (done,) = ran_without("torch,numba", (*TRAIN, str(path)))
    assert done.status == 1
    (why,) = done.sentences
    assert why.startswith("Learning needs numba or torch")
    assert "numba is not installed: uv sync installs it" in why
    assert not path.exists()


def test_where_machine_code_cannot_be_kept_torch_learns(path, tmp_path, monkeypatch):
    no_folder = tmp_path / "file"
    no_folder.touch()
    with monkeypatch.context() as here:
        here.setenv("NUMBA_CACHE_DIR", str(no_folder))
        place = building._place()
    # as in a process that starts there, but that all kernels here are kept, and numba sees nothing
    assert warming.RUNS
    monkeypatch.setattr(building, "KEPT_IN", place)
    monkeypatch.setattr(engines, "_KNOWN", {})
    done = ran_here(*TRAIN, str(path))
    assert done.status == 0
    assert "there is no folder where its machine code can be kept" in sentences(done.err)[0]
    assert load(path).learned_by == (of_this_machine(TORCH),)


def test_the_command_system_says_what_learns_here_and_what_learned_a_file():
    shipped = TRAINED / "ten-outputs.safetensors"
    here, file = records("system", str(shipped))
    assert [engine["package"] for engine in here["engines"]] == ["numba", "torch"]
    assert all(engine["learns"] and "cpu" in engine["devices"] for engine in here["engines"])
    assert file["engines"] == [by.word for by in load(shipped).learned_by]
    words = ran_here("system").out
    assert f"numba {of_this_machine(COMPILED).version} learns on: processor." in words


# ---- in the window -------------------------------------------------------------------


def test_a_run_on_a_device_that_is_not_there_is_not_begun_and_nothing_is_lost(session: Session):
    before = learned(session, "batch")
    session.controls.set(device="cuda")
    session.runs.run()
    until(session, lambda state: state.notice is not None and state.notice.kind == "error")
    assert "no device cuda here" in session.state.notice.sentence
    assert not session.state.running
    assert session.state.work.position.steps == 0
    # the run before is what Undo brings back, and goes on
    session.undo()
    assert session.state.work.network is before.network
    again = learned(session, "batch")
    assert again.position.steps == before.position.steps + 1
    assert again.learned_by == (of_this_machine(COMPILED),)


def test_what_is_done_otherwise_than_expected_is_said_in_the_window():
    engine = InProcess()
    session = Session(engine, shown(), USUAL)
    engine.tell(Prepared("there is no compiler"))
    engine.tell(Noted("torch learns."))
    session.refresh()
    assert session.state.notice == Notice("info", "torch learns.")
    told = what_learns(session)
    assert f"learns with **{of_this_machine(TORCH).words}**" in told
    assert "not used here: there is no compiler." in told


def test_the_help_says_what_learned_the_network_on_screen(session: Session):
    assert "has learned nothing yet" in what_learns(session)
    learned(session, "batch")
    numba = of_this_machine(COMPILED).words
    assert f"now learns with **{numba}**" in what_learns(session)
    assert f"was learned by **{numba}**" in what_learns(session)


def test_the_help_promises_nothing_that_cannot_learn(session: Session, monkeypatch):
    here = {"numba": "1.2", "torch": ""}
    monkeypatch.setattr("nnviz.networks.learned_by.version_of", here.get)
    # the table gives it to torch
    session.controls.set(design="plain-ensemble", hidden=8)
    session.change(digits=replace(session.state.digits, ink=0.5))
    assert "now learns with **numba 1.2**" in what_learns(session)
    here["numba"] = ""
    session.change(no_kernels="numba is not installed")
    told = what_learns(session)
    assert "now learns with" not in told
    assert "so nothing can learn" in told


def test_a_run_of_a_killed_program_goes_on_with_what_learned_it(start):
    first = start()
    # as of a program that had only torch
    first.runs.renew(replace(first.state.work, learned_by=BEFORE))
    assert learned(first).learned_by == (*BEFORE, of_this_machine(TORCH))
    killed(first)
    second = taken_up(start)
    assert learned(second, "batch").learned_by == (*BEFORE, of_this_machine(TORCH))
