"""Downloads as processes: killed ones, busy ones, and the commands of `nnviz digits`."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from nnviz.cli.digits import folder_of, list_sets
from nnviz.data.catalogue import DATA_SETS, fetched_folder
from nnviz.data.download import Download
from nnviz.data.download_process import Failed, Fetched, Report
from nnviz.data.part_folder import part_folder
from nnviz.paths import user_data
from tests.idx_files import mnist_folder
from tests.loopback import mirror
from tests.patience import patience, until
from tests.program import NNVIZ, ROOT, ran_alone, ran_here


def end_of(download: Download) -> Report:
    """The last word of a download."""
    deadline = time.monotonic() + patience()
    while time.monotonic() < deadline:
        for report in download.heard(0.1):
            if isinstance(report, Fetched | Failed):
                return report
    raise AssertionError("no end")


def left() -> list[str]:
    """What lies in the user's data folder."""
    return sorted(path.name for path in user_data().iterdir()) if user_data().exists() else []


def test_a_killed_download_is_reported_and_leaves_nothing():
    with mirror({"mnist": mnist_folder()}, "silent") as server:
        download = Download("mnist", server.address)
        until(lambda: ".mnist.part" in left())
        assert download.pid is not None
        os.kill(download.pid, signal.SIGKILL)
        told = end_of(download)
    assert told == Failed("MNIST was not downloaded: its process ended by signal 9.")
    assert left() == []


def test_one_set_is_downloaded_by_one_nnviz_at_a_time():
    with part_folder(fetched_folder("mnist")):
        told = end_of(Download("mnist", "http://127.0.0.1:9"))
        assert told == Failed("MNIST is being downloaded by another nnviz at this moment.")
        assert left() == [".mnist.lock", ".mnist.part"]


def test_what_killed_downloads_left_is_swept_by_the_next_one():
    (user_data() / ".cifar-10.part" / "raw").mkdir(parents=True)
    with part_folder(fetched_folder("mnist")):
        end_of(Download("mnist", "http://127.0.0.1:9"))
    assert left() == []


# ---- the commands --------------------------------------------------------------------


@contextmanager
def fetching(address: str) -> Iterator["subprocess.Popen[str]"]:
    """`nnviz digits fetch mnist` in a terminal session of its own."""
    with subprocess.Popen(
        [*NNVIZ, "digits", "fetch", "mnist", "--mirror", address],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        yield process


def test_list_names_every_set_and_path_its_folder(capsys):
    fetched_folder("fashion-mnist").mkdir(parents=True)
    listed = ran_here("digits", "list", "--json")
    records = {record["name"]: record for record in map(json.loads, listed.out.splitlines())}
    assert list(records) == ["bundled", *DATA_SETS]
    assert records["fashion-mnist"]["folder"] == str(fetched_folder("fashion-mnist"))
    assert records["cifar-10"]["folder"] is None
    assert records["cifar-10"]["bytes"] == 170_498_071
    assert all(record["credit"] and record["licence"] for record in records.values())

    list_sets(as_json=False)
    assert "nnviz digits fetch mnist (11.6 MB)" in capsys.readouterr().out
    assert folder_of(None) == str(user_data())
    assert folder_of("fashion-mnist") == str(user_data() / "fashion-mnist")
    assert folder_of("bundled") == str(ROOT / "resources" / "digits")


def test_a_torchvision_that_cannot_be_imported_is_said(tmp_path):
    # what works without it imports nothing of it: see test_command_line
    (tmp_path / "torchvision").mkdir()
    (tmp_path / "torchvision" / "__init__.py").write_text(
        'raise RuntimeError("operator torchvision::nms does not exist\\nmore")'
    )
    broken = {"PYTHONPATH": str(tmp_path)}
    refused = ran_alone("digits", "fetch", "mnist", **broken)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        "nnviz: MNIST was not downloaded because torchvision cannot be imported (operator "
        "torchvision::nms does not exist); bundled digits and local folders work without it.\n"
    )
    assert left() == []


def test_ctrl_c_ends_a_download_and_leaves_nothing():
    with mirror({"mnist": mnist_folder()}, "silent") as server, fetching(server.address) as run:
        # it is under way; the first byte would come seconds later, with torchvision
        until(lambda: ".mnist.part" in left())
        child = psutil.Process(run.pid).children()[-1]
        os.killpg(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=patience())
        assert (run.returncode, out, err) == (130, "", "nnviz: Interrupted.\n")
        until(lambda: not child.is_running())
    assert left() == []


def test_a_download_ends_by_itself_when_its_asker_is_killed():
    with mirror({"mnist": mnist_folder()}, "silent") as server, fetching(server.address) as run:
        until(server.half_sent.is_set)
        children = psutil.Process(run.pid).children(recursive=True)
        assert children
        run.kill()
        run.wait()
        until(lambda: not any(_alive(child) for child in children))
    assert left() == []


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
