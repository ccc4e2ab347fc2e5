"""What `python -m tests.frozen` takes for a difference."""

import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from PIL import Image
from rich.console import Console

from tests.frozen.__main__ import table_of
from tests.frozen.comparing import MASKS, Difference, differences, mask_of
from tests.frozen.freezing import MADE, Made, clear, made_in, stages_of
from tests.frozen.orders import Order, questions, training, trainings

SIZE = (20, 40)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    folder = tmp_path / "before"
    folder.mkdir()
    save_picture(folder / "page.png")
    save_numbers(folder / "numbers.jsonl")
    (folder / "table.csv").write_text("digit,confidence\n3,0.25\n", "utf-8")
    save_network(folder / "net.safetensors")
    return folder


@pytest.fixture
def now(before: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "now"
    folder.mkdir()
    for path in before.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def save_picture(path: Path, brighter: int = 0, width: int = SIZE[1]) -> None:
    levels = np.full((SIZE[0], width, 3), 100, np.uint8)
    levels[4, 7, 1] += brighter
    Image.fromarray(levels).save(path)


def save_numbers(path: Path, **changes: object) -> None:
    record = {"accuracy": 0.9, "mistakes": 3, "seconds": 1.5, "confusion": [[5, 1], [0, 4]]}
    lines = [{"status": 0, "said": []}, record | changes]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def save_network(path: Path, weight: float = 1.0, seconds: float = 2.0) -> None:
    weights = np.array([weight, np.nan], np.float32)
    story = {"position": {"steps": 4, "seconds": seconds}}
    safetensors.numpy.save_file({"weights": weights}, path, {"nnviz": json.dumps(story)})


def compare(before: Path, now: Path, *only: str) -> list[Difference]:
    return differences(before, now, now.parent / "differing", only)


def test_the_same_files_do_not_differ(before, now):
    assert compare(before, now) == []
    assert not (now.parent / "differing").exists()


def test_one_level_of_a_pixel_and_clock_times_may_differ(before, now):
    save_picture(now / "page.png", brighter=1)
    save_numbers(now / "numbers.jsonl", seconds=9.0, accuracy=0.9 * (1 + 1e-10))
    save_network(now / "net.safetensors", seconds=7.0)
    (now / MADE).write_text("{}", "utf-8")
    assert compare(before, now) == []


def test_one_pixel_differs_and_is_shown(before, now):
    save_picture(now / "page.png", brighter=9)
    pixels = SIZE[0] * SIZE[1]
    assert compare(before, now) == [Difference("page.png", "looks different", 1 / pixels, 9)]
    with Image.open(now.parent / "differing" / "page.png") as beside:
        assert beside.size == (3 * SIZE[1], SIZE[0])
        assert beside.getpixel((7, 4)) == (100, 100, 100)
        assert beside.getpixel((SIZE[1] + 7, 4)) == (100, 109, 100)
        where = np.asarray(beside)[:, 2 * SIZE[1] :, 0]
    assert np.argwhere(where).tolist() == [[4, 7]]


def test_a_picture_of_another_size_differs(before, now):
    save_picture(now / "page.png", width=41)
    assert compare(before, now) == [Difference("page.png", "has another size")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"accuracy": 0.9 * (1 + 2e-9)}, "[1].accuracy: 0.9 is now 0.9000000018"),
        ({"mistakes": 4}, "[1].mistakes: 3 is now 4"),
        ({"mistakes": 3.0}, "[1].mistakes: 3 is now 3.0"),
        ({"confusion": [[5, 1], [1, 4]]}, "[1].confusion[1][0]: 0 is now 1"),
        ({"confusion": [[5, 1]]}, "[1].confusion: [[5, 1], [0, 4]] is now [[5, 1]]"),
        ({"ties": 1}, "[1].ties: nothing is now 1"),
    ],
)
def test_a_number_differs(before, now, changes, said):
    save_numbers(now / "numbers.jsonl", **changes)
    assert compare(before, now) == [Difference("numbers.jsonl", said)]


def test_a_cell_of_a_table_and_a_weight_of_a_network_differ(before, now):
    (now / "table.csv").write_text("digit,confidence\n3,0.26\n", "utf-8")
    save_network(now / "net.safetensors", weight=1.001)
    network, table = compare(before, now)
    assert (network.name, network.what.partition(":")[0]) == ("net.safetensors", "weights")
    assert table == Difference("table.csv", "[0].confidence: 0.25 is now 0.26")


def test_many_differing_fields_are_counted(before, now):
    save_numbers(now / "numbers.jsonl", confusion=[[0, 0], [1, 1]], mistakes=9)
    (found,) = compare(before, now)
    assert found.what.splitlines()[-1] == "and 2 more"


def test_missing_and_new_files_differ(before, now):
    (now / "page.png").rename(now / "pages.png")
    assert compare(before, now) == [
        Difference("page.png", "is missing"),
        Difference("pages.png", "is new"),
    ]
    (now / "pages.png").unlink()
    assert compare(before, now, "number*") == []


def test_masked_parts_may_differ(before, now, monkeypatch):
    monkeypatch.setattr("tests.frozen.comparing.MASKS", (("page*", (7, 4, 8, 5)),))
    save_picture(now / "page.png", brighter=99)
    assert compare(before, now) == []
    monkeypatch.setattr("tests.frozen.comparing.MASKS", (("page*", (7, 5, 8, 6)),))
    assert [each.name for each in compare(before, now)] == ["page.png"]


def test_every_mask_is_of_a_picture_that_is_made():
    names = {order.name for order in questions({"designs": ("compare",)})}
    assert {mask_of(name) for name in names} >= {box for _, box in MASKS}


def test_names_are_unique_and_a_network_is_made_before_it_is_asked():
    orders = (*trainings(), *questions({"train": (), "draw": ("pad", "rows")}))
    stages = stages_of(orders)
    names = [order.name for stage in stages for order in stage]
    assert len(set(names)) == len(names) == len(orders)
    assert {"page-train-dark", "page-draw-rows-lecture"} <= set(names)
    before: set[str] = set()
    for stage in stages:
        assert all(before.issuperset(order.needs) for order in stage)
        before.update(order.name for order in stage)


def test_a_pattern_chooses_and_brings_what_is_needed():
    orders = (*trainings(), *questions({"train": ()}))
    only = ["detectors-in-*", "frozen-file"]
    stages = [[order.name for order in stage] for stage in stages_of(orders, only)]
    assert stages == [["filmed"], ["frozen-file", "detectors-in-words"]]


def test_a_result_depends_on_the_networks_that_it_asks():
    asked = Order("x", "evaluate frozen-file.safetensors trained/four-bits.safetensors")
    assert asked.needs == ("frozen-file",)
    assert training("filmed").words in asked.key


def test_what_a_folder_holds_is_kept_and_forgotten(tmp_path):
    made = Made("abc", "inputs", {"train": []}, {"page": "picture", "pages": "picture"})
    made.write(tmp_path)
    assert made_in(tmp_path) == made
    for name in ("page.png", "pages.png"):
        save_picture(tmp_path / name)
    made.forget_all_but({"pages": "picture"}, tmp_path)
    assert made.keys == {"pages": "picture"}
    assert {path.name for path in tmp_path.iterdir()} == {MADE, "pages.png"}
    assert made_in(tmp_path / "nowhere") == Made()


def test_a_folder_of_something_else_is_not_cleared(tmp_path):
    kept = tmp_path / "mine.txt"
    kept.write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        clear(tmp_path)
    assert kept.is_file()


def test_the_table_shows_words_as_they_are():
    words = "[0].line: '[/x]' is now '[red]'"
    console = Console(width=100)
    with console.capture() as shown:
        console.print(table_of([Difference("a.jsonl", words), Difference("b.png", "x", 0.5, 9)]))
    assert words in shown.get()
