"""The README is short, and names files, tables, pages and commands that there are."""

import re
import struct
from pathlib import Path

import pytest

from nnviz.ui.app.pages import PAGES
from tests.documents import DOCUMENTS, HELP, README, ROOT, commands_in, complaint

TEXT = README.read_text("utf-8")
MOST_BYTES = 10_000
PICTURE, MOST_OF_PICTURE = HELP / "pictures" / "nnviz.png", 200_000


def found(pattern: str) -> list[tuple[str, ...]]:
    """What a pattern captures in README and help, once each; a line may break at a blank."""
    everything = " ".join(" ".join(document.read_text("utf-8").split()) for document in DOCUMENTS)
    return sorted(set(re.findall(pattern, everything)))


def test_it_is_short() -> None:
    assert len(TEXT.encode()) <= MOST_BYTES


def test_it_has_one_picture_of_the_program_and_the_command_that_makes_it() -> None:
    assert re.findall(r"\]\((\S+\.png)\)", TEXT) == [str(PICTURE.relative_to(ROOT))]
    content = PICTURE.read_bytes()
    assert struct.unpack(">II", content[16:24]) == (1280, 720)
    assert len(content) < MOST_OF_PICTURE
    assert "`uv run python -m tests.help --picture`" in TEXT


def test_two_commands_start_and_test_the_program() -> None:
    start = TEXT.split("## Start")[1].split("```")[1]
    commands = [line.partition("#")[0].strip() for line in start.splitlines()[1:] if line]
    assert commands == ["uv run main.py", "uv run pytest"]


def test_it_has_a_line_for_each_page() -> None:
    named = re.findall(r"^(\d)\. \*\*(.+?)\*\*: .+", TEXT, re.MULTILINE)
    assert named == [(str(number), page.title) for number, page in enumerate(PAGES, start=1)]


def test_it_has_six_examples_of_commands() -> None:
    examples = TEXT.split("## Without a window")[1].split("```")[1]
    assert len(commands_in(f"```{examples}```")) == 6


def tree() -> str:
    return TEXT.split("\nnnviz/\n")[1].split("```")[0]


@pytest.mark.parametrize("folder", ["nnviz", "nnviz/ui"])
def test_the_tree_shows_what_there_is(folder: str) -> None:
    depth = 2 * len(folder.split("/"))
    shown = {
        name.rstrip("/")
        for line in tree().splitlines()
        if re.match(rf" {{{depth}}}\S", line)
        for name in re.findall(r"[\w.]+/|\w+\.py", line.split("  ")[depth // 2])
    }
    inside = {
        path.name
        for path in (ROOT / folder).iterdir()
        if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("__")
    }
    assert shown == inside


@pytest.mark.parametrize(
    "path", found(r"(?<![\w/.-])((?:nnviz|tests|resources|trained|\.ci)/[\w./-]*[\w/])")
)
def test_a_path_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("table", "path"), found(r"`([A-Z_]{2,})` in `(nnviz/[\w/]+\.py)`"))
def test_a_table_that_grows_is_where_it_is_said_to_be(table: str, path: str) -> None:
    assert re.search(rf"^{table}\b.* = ", (ROOT / path).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_is_one(document: Path) -> None:
    named = commands_in(document.read_text("utf-8"))
    assert not {line: why for line in named if (why := complaint(line))}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("uv run nnviz train --epochs 5", ""),
        ("nnviz train --epochs", "--epochs"),
        ("uv run nnviz tarin", "tarin"),
        ("uv run nnviz train --epoch-count 5", "--epoch-count"),
        ("nnviz digits fetch mnist", ""),
        ("nnviz digits fetch mnist --mirrors X", "--mirrors"),
        ("uv run python -m tests.speed --only designs", ""),
        ("uv run python -m tests.sped", "tests.sped"),
    ],
)
def test_a_command_that_is_none_is_noticed(line: str, wrong: str) -> None:
    found = complaint(line)
    assert wrong in found if wrong else not found


def test_something_is_found() -> None:
    assert "nnviz/networks/designs.py" in found(r"(nnviz/networks/\w+\.py)")
    assert ("PAGES", "nnviz/ui/app/pages.py") in found(r"`([A-Z_]{2,})` in `(nnviz/[\w/]+\.py)`")
    assert "uv run main.py" in commands_in(TEXT)
