"""The real torchvision against a server of this machine, and what is said when it fails."""

import hashlib
import socket
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import Source, open_digits, read_folder
from nnviz.data.part_folder import Busy, abandon, part_folder, sweep
from nnviz.data.torchvision_sets import DownloadError, download
from nnviz.training.trainer import Trainer
from tests.full_disk import small_files
from tests.idx_files import colour_batches, mnist_folder
from tests.learning.runs import learn, new_trainer
from tests.loopback import HALF, mirror
from tests.patience import patience

Fail = Callable[..., str]


@pytest.fixture
def part(tmp_path: Path) -> Path:
    folder = tmp_path / ".part"
    folder.mkdir()
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "mnist"


def left(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def refusal(address: str, part: Path, name: str = "mnist", silence: float | None = None) -> str:
    with pytest.raises(DownloadError) as caught:
        download(name, part, address, silence or patience(), lambda _: None)
    sentence = str(caught.value)
    label = DATA_SETS[name].label
    assert sentence.startswith(f"{label} was not downloaded: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence.removeprefix(f"{label} was not downloaded: ")


def test_mnist_arrives_as_the_files_that_were_served(part):
    received: list[int] = []
    with mirror({"mnist": mnist_folder()}) as server:
        ready = download("mnist", part, server.address, patience(), received.append)
    assert sorted(path.name for path in ready.iterdir()) == sorted(
        path.name for path in mnist_folder().iterdir()
    )
    for path in ready.iterdir():
        assert path.read_bytes() == (mnist_folder() / path.name).read_bytes()
    assert received == sorted(received)
    assert received[-1] == DATA_SETS["mnist"].size
    digits = read_folder(ready, Source("mnist"), "mnist")
    assert (len(digits.train_labels), len(digits.test_labels)) == (60_000, 10_000)
    assert digits.class_names == tuple("0123456789")


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("cut", "the connection to 127.0.0.1 ended in the middle of train-images-idx3-ubyte.gz."),
        (
            "damaged",
            "train-images-idx3-ubyte.gz of 127.0.0.1 has a wrong checksum, "
            "so it is not what it should be.",
        ),
        ("silent", "127.0.0.1 sent nothing for 0.4 seconds."),
    ],
)
def test_a_server_that_serves_badly_is_given_up(part, way, told):
    with mirror({"mnist": mnist_folder()}, way) as server:
        silence = 0.4 if way == "silent" else None
        assert refusal(server.address, part, silence=silence) == told


def test_a_server_that_takes_the_call_and_never_answers_is_given_up(part):
    with socket.create_server(("127.0.0.1", 0)) as server:
        told = refusal(f"http://127.0.0.1:{server.getsockname()[1]}", part, silence=0.4)
    assert told == "127.0.0.1 sent nothing for 0.4 seconds."


@pytest.mark.parametrize("name", DATA_SETS)
def test_where_nobody_answers_the_reason_is_said(part, name):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    told = refusal(f"http://127.0.0.1:{port}", part, name)
    assert told == "127.0.0.1 cannot be reached (Connection refused)."


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_server_without_the_files_is_refused(part, name):
    with mirror({}) as server:
        assert refusal(server.address, part, name) == "127.0.0.1 answers 404 (Not Found)."
    assert server.asked[0].startswith(f"/{name}/")


def test_a_folder_that_cannot_be_written_is_refused(part):
    part.rmdir()
    with mirror({"mnist": mnist_folder()}) as server:
        told = refusal(server.address, part)
    assert told == f"{part.parent} cannot be written (there is no such file)."


def test_a_full_disk_is_said_and_nothing_is_left(target):
    with (
        mirror({"mnist": mnist_folder()}) as server,
        small_files(2_000_000),
        pytest.raises(DownloadError) as caught,
        part_folder(target) as part,
    ):
        download("mnist", part, server.address, patience(), lambda _: None)
    assert str(caught.value) == (
        f"MNIST was not downloaded: there is no room for it on the disk of {target.parent}."
    )
    assert left(target) == []


# ---- colour --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def colour_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CIFAR-10's archive with fewer images; -> its folder."""
    batches = colour_batches(tmp_path_factory.mktemp("batches"))
    folder = tmp_path_factory.mktemp("archive")
    with tarfile.open(folder / "cifar-10-python.tar.gz", "w:gz", compresslevel=1) as archive:
        archive.add(batches, batches.name)
    return folder


@pytest.fixture
def other_checksums(colour_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has torchvision expect what this archive holds."""
    from torchvision.datasets import CIFAR10

    def checksum(content: bytes) -> str:
        return hashlib.md5(content, usedforsecurity=False).hexdigest()

    archive = colour_archive / "cifar-10-python.tar.gz"
    with tarfile.open(archive) as opened:
        files = {
            Path(member.name).name: checksum(opened.extractfile(member).read())
            for member in opened
            if member.isfile()
        }
    monkeypatch.setattr(CIFAR10, "tgz_md5", checksum(archive.read_bytes()))
    for names in ("train_list", "test_list"):
        expected = [[name, files[name]] for name, _ in getattr(CIFAR10, names)]
        monkeypatch.setattr(CIFAR10, names, expected)
    monkeypatch.setattr(CIFAR10, "meta", CIFAR10.meta | {"md5": files["batches.meta"]})


@pytest.mark.usefixtures("other_checksums")
def test_colour_images_arrive_as_torchvision_reads_them_and_train(
    part, colour_archive, tmp_path, monkeypatch
):
    from torchvision.datasets import CIFAR10

    with mirror({"cifar-10": colour_archive}) as server:
        ready = download("cifar-10", part, server.address, patience(), lambda _: None)
    assert [path.name for path in part.iterdir()] == ["ready"]
    ready.rename(tmp_path / "colour")
    digits = open_digits(Source("folder", str(tmp_path / "colour")))
    assert digits.class_names == DATA_SETS["cifar-10"].class_names
    assert digits.shape == (32, 32, 3)

    with tarfile.open(colour_archive / "cifar-10-python.tar.gz") as archive:
        archive.extractall(tmp_path / "raw", filter="data")
    theirs = CIFAR10(str(tmp_path / "raw"), train=False)
    assert tuple(theirs.classes) == digits.class_names
    np.testing.assert_array_equal(digits.test_images.reshape(-1, 32, 32, 3), theirs.data)
    np.testing.assert_array_equal(digits.test_labels, theirs.targets)

    trainer = _trained(digits)
    before, after = trainer.points[0], trainer.measure_now()
    assert trainer.network().inputs == 3072
    assert after.test_accuracy > before.test_accuracy + 0.1


def _trained(digits) -> Trainer:
    from nnviz.networks.settings import Settings

    settings = Settings(hidden=20, rate=0.05, batch=20, cost="softmax", epochs=2)
    return learn(new_trainer(settings, digits), 2 * len(digits.train_labels) // 20)


def test_a_cut_archive_of_colour_images_is_refused(part, colour_archive):
    with mirror({"cifar-10": colour_archive}, "cut") as server:
        assert (colour_archive / "cifar-10-python.tar.gz").stat().st_size > HALF
        told = refusal(server.address, part, "cifar-10")
    assert told == "the connection to 127.0.0.1 ended in the middle of cifar-10-python.tar.gz."


# ---- where a download grows ----------------------------------------------------------


def test_the_folder_is_there_for_a_while_and_nothing_stays(target):
    with part_folder(target) as part:
        (part / "half").write_text("of it")
        assert part.parent == target.parent
    assert left(target) == []


def test_what_is_moved_out_of_it_stays(target):
    with part_folder(target) as part:
        (part / "ready").mkdir()
        (part / "ready").rename(target)
    assert left(target) == ["mnist"]


def test_an_error_leaves_nothing(target):
    with pytest.raises(ZeroDivisionError), part_folder(target) as part:
        (part / "half").write_text(str(1 / 0))
    assert left(target) == []


def test_only_one_at_a_time_fills_it(target):
    with part_folder(target) as part:
        (part / "half").write_text("of it")
        with pytest.raises(Busy), part_folder(target):
            pass
        sweep(target)
        assert (part / "half").read_text() == "of it"


@pytest.fixture
def killed(target: Path) -> Path:
    """What a killed download has left."""
    part = target.parent / ".mnist.part"
    part.mkdir(parents=True)
    (part / "half").write_text("of it")
    (target.parent / ".mnist.lock").write_text("")
    return part


def test_what_a_killed_download_left_is_swept_and_not_taken_for_ones_own(target, killed):
    with part_folder(target) as part:
        assert list(part.iterdir()) == []
    killed.mkdir()
    sweep(target)
    assert left(target) == []


def test_only_the_one_who_fills_it_can_abandon_it(target, killed):
    abandon(target)
    assert killed.exists()
    with part_folder(target):
        abandon(target)
        assert left(target) == []
