"""The README names files, tables and commands that there are."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def found(pattern: str) -> list[str]:
    """What a pattern captures, once each; a line may break where it has a blank."""
    return sorted(set(re.findall(pattern, " ".join(README.split()))))


@pytest.mark.parametrize(
    "path", found(r"(?<![\w/.-])((?:nnviz|tests|resources|trained|\.ci)/[\w./-]*[\w/])")
)
def test_a_path_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("module", found(r"python -m (tests\.\w+)"))
def test_a_program_of_the_tests_is_there(module: str) -> None:
    spec = importlib.util.find_spec(module)
    if spec.submodule_search_locations is not None:
        assert importlib.util.find_spec(f"{module}.__main__") is not None


@pytest.mark.parametrize(("table", "path"), found(r"`([A-Z_]{2,})` in `(nnviz/[\w/]+\.py)`"))
def test_a_table_that_grows_is_where_it_is_said_to_be(table: str, path: str) -> None:
    assert re.search(rf"^{table}\b.* = ", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_something_is_found() -> None:
    assert "nnviz/networks/designs.py" in README
    assert "nnviz/networks/designs.py" in found(r"(nnviz/networks/\w+\.py)")
    assert "tests.frozen" in found(r"python -m (tests\.\w+)")
    assert ("PAGES", "nnviz/ui/app/pages.py") in found(r"`([A-Z_]{2,})` in `(nnviz/[\w/]+\.py)`")
