"""`nnviz train` and `nnviz evaluate` as a user runs them, and all that is refused."""

import dataclasses
import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

import nnviz
from nnviz.cli.app import commands
from nnviz.cli.digits import app as digits_commands
from nnviz.cli.options import whole_number
from nnviz.data.digits import PARTS, DigitSet, bundled_digits
from nnviz.networks.files import load
from nnviz.networks.settings import PRESETS, SETTINGS, Settings
from tests.idx_files import write_folder
from tests.patience import patience
from tests.program import END, NNVIZ, ROOT, Done, ran_here, shipped, with_imports

SHIPPED, FOUR, HEADS, MANY, ANY = map(
    shipped, ("ten-outputs", "four-bits", "elimination", "one-vs-rest", "any-code")
)
MODULE = [sys.executable, "-m", "nnviz"]


def option(setting: str) -> str:
    return f"--{setting.replace('_', '-')}"


OTHER = {
    "design": "ten-outputs",
    "hidden": 7,
    "members": 3,
    "trunk": "scratch",
    "trunk_from": "four-bits",
    "balance": "equal",
    "code": "gray",
    "bit_weights": "zero-one",
    "activation": "tanh",
    "cost": "quadratic",
    "rate": 0.5,
    "batch": 6,
    "decay": 0.25,
    "nonnegative": True,
    "initial": "tiny",
    "epochs": 2,
    "images": 40,
    "device": "cpu",
    "seed": 9,
    "speed": 5000,
}
"""Another value than the default for every setting."""

WORKED = {
    "train": "train --epochs 2 --images 300 --json --out new.safetensors",
    "train with every option": (
        "train --data two --leave-out-bundled --out new.safetensors "
        + " ".join(
            option(name) if value is True else f"{option(name)} {value}"
            for name, value in OTHER.items()
        )
    ),
    "evaluate test": f"evaluate {SHIPPED} --json",
    "evaluate all": f"evaluate {SHIPPED} --part all --json",
    "evaluate train": f"evaluate {SHIPPED} --part train --json",
    "evaluate in words": f"evaluate {SHIPPED}",
    "evaluate as mnist": f"evaluate {SHIPPED} --digits mnist --data ten --json",
    "version": "--version",
}

REFUSED = {
    "train --digits mnist": "MNIST is not here yet: nnviz digits fetch mnist brings it (11.6 MB)",
    "train --data nowhere": "There is no folder nowhere.",
    "train --data short --out new": f"short/{PARTS['test'][0]} is cut short.",
    "train --out ten": "ten is a folder; name a file to save in.",
    "train --out nowhere/new": "nowhere/new cannot be saved: there is no folder nowhere",
    "train --rate 100 --decay 1000 --images 100 --out old": "Learning diverged at step",
    "train --trunk frozen --trunk-file nowhere": "nowhere cannot be opened",
    "train --design any-code --code 0000,0001": "has 2 words, but there are 10 classes.",
    "train --classes 6,11": "There is no class '11' among those of bundled: 0, 1",
    "train --classes ,": "There is no class '' among those of bundled",
    "train --classes 6": "at least two classes",
    "train --classes 6,6": "at least two classes",
    "evaluate nowhere": "nowhere cannot be opened: there is no such file.",
    "evaluate old": "old is damaged, or no network file",
    f"evaluate {SHIPPED} --data two": "but the two digits are 3, 8 with 784 inputs.",
    "detectors nowhere": "nowhere cannot be opened",
    f"detectors {SHIPPED} --against nowhere": "nowhere cannot be opened",
    f"mistakes {SHIPPED} --csv none/t.csv": "cannot be saved: there is no folder",
    f"mistakes {SHIPPED} --csv ten": "is a folder",
    f"film {FOUR} --out film.mp4": "film.mp4 must end in .gif or .html.",
    f"film {FOUR} --out none/film.gif": "none/film.gif cannot be saved: there is no folder none",
    f"film {ANY} --out film.gif": "This network carries no film.",
    "digits path mnist": "MNIST is not here yet: nnviz digits fetch mnist brings it (11.6 MB).",
}
"""What the data do not allow."""
MISUSED = {
    "frobnicate": "There is no command frobnicate; nnviz --help lists them all.",
    "picture --out x.png --pair 4": "--pair must be the numbers of two different classes, as in",
    "picture --out x.png --pair 4,4": "--pair must be the numbers of two different classes, as in",
    "picture --out x.png --pair 4,-9": "--pair must name numbers from 0 to 9.",
    "picture --out x.png --moment 999": "--moment must be between 0 and 70, not 999.",
    "train --hidden 0": "Hidden neurons (hidden) must be between 1 and 500, not 0.",
    "train --hidden 1" + 400 * "0": "Hidden neurons (hidden) must be between 1 and 500",
    "train --hidden ten": "--hidden: 'ten' is no whole number",
    "train --images 60.000": "--images: '60.000' is no whole number",
    "train --rate 0,00005": "--rate takes a number; nnviz train --help tells more.",
    "train --cost hinge": "must be one of softmax, cross-entropy, quadratic, not 'hinge'.",
    "train --epochs 0": "train needs a number of epochs of 1 or more (--epochs).",
    "train --preset fast": "--preset must be one of standard, book, clear, not 'fast'.",
    "train --colour 1": "nnviz train has no option --colour;",
    "train --digits bundled --data ten": "does not go with --digits bundled.",
    "train --leave-out-bundled --out new": "No training digit is left.",
    "train --design five-bits": "must be one of ten-outputs, four-bits",
    "train --design four-bits --cost softmax": "does not go with the cost softmax",
    "train --design plain-ensemble --trunk frozen": "does not go with the hidden layer",
    "train --trunk frozen --hidden 7": "has 30 hidden neurons, not 7: leave --hidden out.",
    f"train --trunk-file {FOUR}": "--trunk-file goes with --trunk frozen.",
    f"train --trunk frozen --trunk-file {MANY}": "holds 10 networks side by side",
    "evaluate": "nnviz evaluate needs FILE;",
    f"evaluate {SHIPPED} --part some": "--part must be one of test, train, all, not 'some'.",
    f"evaluate {SHIPPED} --images old --part all": "are test digits, so they go with --part test.",
    f"evaluate {FOUR} --reading coupling": "cannot be read by coupling; its readings are",
    f"evaluate {FOUR} --reading walk": "cannot be read by walk; its readings are",
    f"evaluate {FOUR} --reading none": "--reading must be one of best-match",
    f"evaluate {FOUR} --drop 2": "--drop and --below go with --reading walk.",
    f"evaluate {HEADS} --drop 2 --below 0.1": "two ways of elimination",
    f"evaluate {HEADS} --drop 0": "--drop must be between 1 and 9, not 0.",
    f"evaluate {HEADS} --below 1.5": "--below must be between 0 and 1, not 1.5.",
    f"evaluate {HEADS} --reading votes --drop 2": "go with --reading walk.",
    f"detectors {SHIPPED} --images -1": "--images must be 0 or more",
    f"detectors {SHIPPED} --seeds -1": "--seeds must be 0 or more",
    f"detectors {SHIPPED} {SHIPPED} --seeds 2": "--seeds trains networks like one FILE",
    f"film {FOUR} --out film.gif --size 320": "--size must be WIDTHxHEIGHT",
    f"film {FOUR} --out film.gif --size 320x9000": "--size must be WIDTHxHEIGHT",
    f"film {FOUR} --out film.gif --theme grey": "--theme must be one of dark, light, not 'grey'.",
    f"film {FOUR} --out film.gif --fps 0": "--fps must be between 1 and 50, not 0.",
    "read old --score best": "--score must be one of mean, ",
    "digits fetch bundled": "bundled",
}
"""Where the command line itself is at fault."""


@dataclass(frozen=True)
class Ended(Done):
    """A command that has ended, and the folder it ran in."""

    folder: Path

    @property
    def records(self) -> list[dict[str, float]]:
        """The JSON objects on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """Folders of digits and a damaged network file, to copy for each command."""
    folder = tmp_path_factory.mktemp("data")
    digits = bundled_digits()
    write_folder(folder / "ten", small(digits, range(10)))
    two = small(digits, (3, 8))
    # ten of them keep the bundled digits as they are; the others lose a row of pixels
    changed = two.train_images.copy()
    changed[10:, 300:328] ^= 1
    write_folder(folder / "two", dataclasses.replace(two, train_images=changed), zipped=True)
    short = write_folder(folder / "short", small(digits, range(10))) / PARTS["test"][0]
    short.write_bytes(short.read_bytes()[:-1])
    (folder / "old").write_bytes(b"something of the user's")
    return folder


def small(digits: DigitSet, classes: range | tuple[int, ...]) -> DigitSet:
    """60 training and 20 test digits of some classes."""
    names = tuple(str(name) for name in classes)
    train = np.flatnonzero(np.isin(digits.train_labels, classes))[:60]
    test = np.flatnonzero(np.isin(digits.test_labels, classes))[:20]
    return dataclasses.replace(
        digits,
        class_names=names,
        train_images=digits.train_images[train],
        train_labels=np.searchsorted(classes, digits.train_labels[train]),
        test_images=digits.test_images[test],
        test_labels=np.searchsorted(classes, digits.test_labels[test]),
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory, data) -> dict[str, Ended]:
    """Every command, each run in a folder of its own."""
    home = tmp_path_factory.mktemp("runs")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_DATA_HOME"):
            patch.setenv(variable, str(home / "nobody"))

        def run(number: int, words: str) -> Ended:
            folder = home / str(number)
            shutil.copytree(data, folder)
            patch.chdir(folder)
            return Ended(**vars(ran_here(*words.split())), folder=folder)

        commands = dict.fromkeys(REFUSED | MISUSED) | WORKED
        return {
            name: run(number, words or name)
            for number, (name, words) in enumerate(commands.items())
        }


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# ---- what works ----------------------------------------------------------------------


@pytest.mark.parametrize("name", WORKED)
def test_a_command_that_works_has_status_0_and_no_complaint(done, name):
    assert done[name].status == 0
    lines = done[name].err.splitlines()
    told = ("nnviz: saved ", "nnviz: --")  # what was saved, and which option does nothing
    assert [line for line in lines if not line.startswith(told)] == []


def test_train_prints_one_json_object_an_epoch_and_nothing_else(done):
    records = done["train"].records
    keys = ["epoch", "examples", "cost", "train_accuracy", "test_accuracy", "seconds", "checks"]
    assert [list(record) for record in records] == [keys, keys]
    assert [record["checks"] for record in records] == [[], []]
    assert [record["epoch"] for record in records] == [1, 2]
    assert [record["examples"] for record in records] == [300, 600]
    assert 0 < records[0]["seconds"] < records[1]["seconds"]
    assert records[0]["cost"] > records[1]["cost"] > 0
    assert all(0.1 < record["test_accuracy"] < 1 for record in records)
    right = [record["train_accuracy"] * 300 for record in records]
    assert right == pytest.approx([round(each) for each in right])


def test_train_saves_what_it_learned(done):
    trained = load(done["train"].folder / "new.safetensors")
    last = done["train"].records[-1]
    assert trained.test_accuracy == last["test_accuracy"]
    assert (trained.position.epoch, trained.position.examples) == (2, 600)
    assert [point.examples for point in trained.points] == [0, 300, 600]
    assert trained.settings == Settings(epochs=2, images=300)
    assert (trained.digits, trained.trained_on, trained.tested_on) == ("bundled", 300, 1000)
    assert "nnviz: saved new.safetensors." in done["train"].err


def test_every_setting_is_an_option_and_does_what_it_says(done):
    assert OTHER.keys() == SETTINGS.keys()
    same = {name for name, value in OTHER.items() if getattr(Settings(), name) == value}
    assert same == {"design", "trunk", "device"}  # another device may not be there
    trained = load(done["train with every option"].folder / "new.safetensors")
    assert dataclasses.asdict(trained.settings) == OTHER
    assert trained.network.hidden == 7
    assert trained.network.hidden_weights.min() >= 0


def test_a_folder_of_two_classes_without_the_bundled_digits_is_learned(done):
    trained = load(done["train with every option"].folder / "new.safetensors")
    assert trained.class_names == ("3", "8")
    assert (trained.digits, trained.left_out) == ("two", "bundled")
    assert (trained.trained_on, trained.tested_on) == (40, 20)


def test_without_json_there_is_a_line_an_epoch(done):
    lines = done["train with every option"].out.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Epoch 2: ")
    assert " / 20 (" in lines[1]


@pytest.mark.parametrize(
    ("name", "images"),
    [
        ("evaluate test", 1000),
        ("evaluate all", 5000),
        ("evaluate train", 4000),
        ("evaluate as mnist", 20),
    ],
)
def test_evaluate_prints_one_json_object(done, name, images):
    (record,) = done[name].records
    assert list(record) == [
        "design",
        "digits",
        "test_accuracy",
        "mistakes",
        "images",
        "learned_from",
    ]
    assert record["learned_from"] == {
        "digits": "mnist",
        "images": 55000,
        "epochs": 30,
        "left_out": "bundled",
    }
    assert (record["design"], record["images"]) == ("ten-outputs", images)
    assert record["test_accuracy"] == pytest.approx(1 - record["mistakes"] / images)
    assert record["test_accuracy"] >= 0.9


def test_all_bundled_digits_are_those_of_training_and_those_of_the_test(done):
    parts = [done[name].records[0]["mistakes"] for name in ("evaluate test", "evaluate train")]
    assert done["evaluate all"].records[0]["mistakes"] == sum(parts) > 0


def test_evaluate_speaks_in_words_too(done):
    (record,) = done["evaluate test"].records
    assert done["evaluate in words"].out == (
        f"ten-outputs: {100 * record['test_accuracy']:.2f} % of 1,000 digits (bundled test), "
        f"{record['mistakes']} mistakes\n"
    )


def test_the_version_is_that_of_the_package(done):
    assert done["version"].out == f"nnviz {nnviz.__version__}\n"


# ---- what is refused -----------------------------------------------------------------


@pytest.mark.parametrize("name", REFUSED | MISUSED)
def test_a_mistake_is_one_sentence_and_changes_nothing(done, data, name):
    run = done[name]
    assert run.status == (2 if name in MISUSED else 1)
    (line,) = run.err.splitlines()
    assert line.startswith("nnviz: ")
    assert (REFUSED | MISUSED)[name] in line
    assert all(epoch.startswith("Epoch ") for epoch in run.out.splitlines())
    assert files(run.folder) == files(data)


def test_every_option_that_takes_a_whole_number_takes_nothing_else():
    annotations = [
        (name, get_args(parameter.annotation))
        for app in (commands(), digits_commands)
        for command in app.registered_commands
        for name, parameter in inspect.signature(command.callback).parameters.items()
    ]
    whole = {name: how for name, (kind, how) in annotations if kind in (int, int | None)}
    assert whole.keys() >= {"images", "hidden", "fps", "drop", "seeds"}
    assert all(how.parser is whole_number for how in whole.values())


# ---- help ----------------------------------------------------------------------------


def test_what_does_not_train_imports_neither_torch_nor_qt():
    lines = (
        ("--help",),
        ("train", "--help"),
        ("evaluate", SHIPPED),
        ("detectors", SHIPPED, "--json", "--images", "60"),
    )
    done, imported = with_imports(*lines)
    assert done.status == 0
    assert "typer" in imported
    assert imported.isdisjoint({"torch", "torchvision", "PySide6", "pyqtgraph"})
    every, train, evaluated, detectors = done.out.split(END)[:-1]
    assert {"train", "evaluate", "picture"} <= set(every.split())
    assert {option(name) for name in SETTINGS} <= set(train.split())
    assert {"--preset", "--digits", "--data", "--out", "--json"} <= set(train.split())
    assert "1,000 digits" in evaluated
    assert json.loads(detectors.splitlines()[0])


def test_python_m_nnviz_is_the_same_program():
    process = subprocess.run(
        [*MODULE, "--version"], cwd=ROOT, capture_output=True, text=True, timeout=patience()
    )
    assert (process.returncode, process.stdout) == (0, f"nnviz {nnviz.__version__}\n")


# ---- being stopped -------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C cannot be sent to one process there")
def test_ctrl_c_saves_what_was_learned_with_preset_and_options(tmp_path):
    words = "train --preset clear --hidden 5 --epochs 10000 --json --out new.safetensors"
    with subprocess.Popen(
        [*NNVIZ, *words.split()],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        first = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=patience())
    assert process.returncode == 130
    assert complaints.splitlines() == ["nnviz: saved new.safetensors.", "nnviz: Interrupted."]
    trained = load(tmp_path / "new.safetensors")
    assert first["epoch"] == 1
    assert trained.position.examples >= 4000
    assert trained.position.epoch < 10000
    assert trained.position.examples == 10 * trained.position.steps
    assert trained.test_accuracy is not None
    epochs = [first, *map(json.loads, rest.splitlines())]
    assert [record["epoch"] for record in epochs] == list(range(1, len(epochs) + 1))
    clear = Settings().change(**PRESETS["clear"].changes)
    assert trained.settings == clear.change(hidden=5, epochs=10000)


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
def test_a_reader_that_goes_away_is_no_reason_for_a_traceback():
    with subprocess.Popen(
        [*NNVIZ, "evaluate", SHIPPED],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        process.stdout.close()
        process.stdout = None
        _, complaints = process.communicate(timeout=patience())
    assert process.returncode == 1
    assert complaints == ""


def test_closed_outputs_and_names_that_are_no_text_are_no_reason_for_a_traceback() -> None:
    closed = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" >&- 2>&- <&-', *NNVIZ, "--version"],
        timeout=patience(),
        check=False,
    )
    assert closed.returncode == 0
    odd = subprocess.run(
        [*map(os.fsencode, NNVIZ), b"evaluate", b"n\xff.safetensors"],
        capture_output=True,
        timeout=patience(),
        check=False,
    )
    assert odd.returncode == 1
    assert odd.stderr == b"nnviz: n\\udcff.safetensors cannot be opened: there is no such file.\n"
