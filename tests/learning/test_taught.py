"""What a network learned from: thinned digits, known data sets, trunks, and files of it."""

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits import CLASS_NAMES, DigitSet, Source, bundled_digits, open_digits
from nnviz.data.handed import KNOWN, Handed, digest_of
from nnviz.data.idx import DigitsError, idx_bytes, read_idx
from nnviz.networks.curves import Position
from nnviz.networks.files import TrainedNetwork, load, save
from nnviz.networks.film import Film
from nnviz.networks.taught import UNKNOWN, Taught, alike
from nnviz.paths import RESOURCES, TRAINED

ALL = Handed("mnist", ("0", "1"), 60_000)
FEW = dataclasses.replace(ALL, images=4_000)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Taught(ALL, 30), Taught(ALL, 2), True),
        (Taught(ALL, 30), Taught(FEW, 30), False),
        (Taught(ALL, 30), Taught(dataclasses.replace(ALL, left_out="bundled"), 30), False),
        (Taught(ALL, 30), Taught(dataclasses.replace(ALL, non_digits=9), 30), False),
        (Taught(ALL, 30), Taught(dataclasses.replace(ALL, every=10), 30), False),
        (Taught(FEW, 30), Taught(FEW, 30, Taught(ALL, 30)), False),
        (Taught(FEW, 30), Taught(FEW, 30, Taught(FEW, 5)), True),
        (Taught(FEW, 30, Taught(ALL, 1)), Taught(ALL, 3, Taught(FEW, 1)), True),
        (UNKNOWN, UNKNOWN, False),
        (Taught(FEW, 30, UNKNOWN), Taught(FEW, 30, UNKNOWN), False),
    ],
)
def test_networks_are_alike_that_learned_from_the_same_digits(
    first: Taught, second: Taught, same: bool
) -> None:
    assert alike(first, second) is alike(second, first) is same


def test_thinning_takes_every_so_many_th_digit_and_a_part_of_each_class() -> None:
    whole = bundled_digits()
    thinned = open_digits(Source(every=10, share=0.25))
    tenth = whole.train_labels[::10]
    for label in range(10):
        places = np.flatnonzero(whole.train_labels[::10] == label)
        expected = whole.train_images[::10][places[: max(1, round(len(places) / 4))]]
        found = thinned.train_images[thinned.train_labels == label]
        assert np.array_equal(found, expected)
    assert len(tenth) > len(thinned.train_labels)
    assert np.array_equal(thinned.test_labels, whole.test_labels)
    assert thinned.handed() == Handed(
        "bundled", whole.class_names, len(thinned.train_labels), 10, 0.25, kind="mnist"
    )
    assert thinned.handed() == thinned.to_look_at().handed(len(thinned.train_labels))


def test_a_share_leaves_one_digit_of_each_class_and_every_never_none() -> None:
    assert len(bundled_digits().thinned(share=1e-9).train_labels) == 10
    with pytest.raises(DigitsError, match="none of the class"):
        bundled_digits().thinned(every=1_000)


def test_classes_become_all_that_there_are_and_come_first() -> None:
    five = open_digits(Source(classes=("3", "1"), every=2))
    assert five.class_names == ("1", "3")
    assert five.source == Source(classes=("1", "3"), every=2)
    ones = bundled_digits().only(["1", "3"])
    assert np.array_equal(five.train_images, ones.train_images[::2])


def copy_of_bundled(folder: Path) -> Path:
    return Path(shutil.copytree(RESOURCES / "digits", folder))


def test_a_known_data_set_is_known_by_its_content(tmp_path: Path) -> None:
    digits = open_digits(Source("folder", str(copy_of_bundled(tmp_path / "mine"))))
    assert (digits.name, digits.data) == ("bundled", "bundled")
    assert digits.handed() == bundled_digits().handed()
    whole = bundled_digits()
    assert KNOWN["bundled"][0] == digest_of(whole.train_images, whole.train_labels)


def test_other_digits_are_known_by_their_digest(tmp_path: Path) -> None:
    folder = copy_of_bundled(tmp_path / "mine")
    for part in ("train", "t10k"):
        (path,) = folder.glob(f"{part}-labels*")
        labels = read_idx(path, 1)
        labels[0] = (labels[0] + 1) % 10
        path.write_bytes(idx_bytes(labels))
        digits = open_digits(Source("folder", str(folder)))
        assert digits.name == "mine"
        assert digits.data == digest_of(digits.train_images, digits.train_labels)


def test_tests_of_ones_own_leave_known_training_digits_known(tmp_path: Path) -> None:
    folder = copy_of_bundled(tmp_path / "mine")
    (path,) = folder.glob("t10k-labels*")
    path.write_bytes(idx_bytes((read_idx(path, 1) + 1) % 10))
    digits = open_digits(Source("folder", str(folder)))
    assert (digits.name, digits.data) == ("mine", "bundled")


def test_a_folder_keeps_names_of_its_own(tmp_path: Path) -> None:
    folder = copy_of_bundled(tmp_path / "mine")
    names = [f"class {label}" for label in range(10)]
    (folder / CLASS_NAMES).write_text(json.dumps(names))
    assert open_digits(Source("folder", str(folder))).class_names == tuple(names)


@pytest.fixture(scope="module")
def ten_outputs() -> TrainedNetwork:
    return load(TRAINED / "ten-outputs.safetensors")


def test_shipped_networks_learned_from_the_same_digits(ten_outputs: TrainedNetwork) -> None:
    for path in sorted(TRAINED.glob("*.safetensors")):
        if path.stem != "row-reader":  # it was shown what is no digit, too
            assert alike(load(path).taught, ten_outputs.taught), path
    assert not alike(load(TRAINED / "row-reader.safetensors").taught, ten_outputs.taught)


def test_a_file_keeps_all_that_its_network_learned_from(
    tmp_path: Path, ten_outputs: TrainedNetwork
) -> None:
    before = Taught(bundled_digits().handed(), 2.5, Taught(FEW, 1.0))
    handed = bundled_digits().thinned(2, 0.5).handed("mnist")
    told = dataclasses.replace(
        ten_outputs,
        handed=handed,
        before=before,
        trained_on=handed.images,
        position=Position(),
        points=(),
        film=Film(),
    )
    save(told, tmp_path / "x.safetensors")
    assert load(tmp_path / "x.safetensors").taught == told.taught


def test_a_file_of_an_older_program_names_its_digits_but_not_its_trunk() -> None:
    folder = Path(__file__).parents[1] / "data"
    assert load(folder / "ten-outputs.safetensors").taught.handed.known
    frozen = load(folder / "frozen-trunk.safetensors")
    assert frozen.taught.before == UNKNOWN
    assert not alike(frozen.taught, frozen.taught)


def test_a_set_made_by_hand_goes_by_its_name() -> None:
    made = DigitSet(
        Source(),
        "made",
        ("a", "b"),
        *[np.zeros((2, 784), np.uint8), np.arange(2, dtype=np.uint8)] * 2,
    )
    assert made.handed().data == "made"
