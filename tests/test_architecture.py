"""The rules that no single module can see: who may import whom, sizes, names, docstrings."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnviz.learning.designs import DESIGNS
from nnviz.ui.pages import PAGES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "nnviz"
LINES = 400
VAGUE = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}

# contract -> module, and an import that it forbids there
VIOLATIONS = [
    ("layers", "session.py", "import nnviz.ui.theme"),
    ("layers", "engine.py", "from nnviz.session import Session"),
    ("layers", "ui/theme.py", "from nnviz import commands"),
    ("layers", "forgotten.py", "import nnviz.state"),
    ("no-qt", "learning/network.py", "import PySide6"),
    ("no-qt", "state.py", "from PySide6.QtCore import QObject"),
    ("no-qt", "session.py", "import pyqtgraph"),
    ("no-qt-in-commands", "commands.py", "from PySide6 import QtWidgets"),
    ("torch-in-one-place", "ui/theme.py", "import torch"),
    ("torch-in-one-place", "learning/digits.py", "import torchvision"),
    ("no-torch-in-the-window", "ui/theme.py", "def later():\n    import torch"),
    ("no-torch-in-the-window", "session.py", "from nnviz.learning.training import Trainer"),
    ("learning-alone", "learning/verdicts.py", "from nnviz.state import State"),
    ("learning-alone", "learning/training_process.py", "import nnviz.engine"),
]


def lint_imports(folder: Path) -> dict[str, bool]:
    """Runs import-linter on the project in a folder; -> contract id: kept."""
    program = shutil.which("lint-imports", path=Path(sys.executable).parent)
    assert program, "import-linter is not installed"
    ran = subprocess.run(
        [program, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b.*$", ran.stdout, re.MULTILINE))
    assert verdicts.keys() == set(CONTRACTS.values()), ran.stdout + ran.stderr
    assert (ran.returncode == 0) == ("BROKEN" not in verdicts.values())
    return {contract: verdicts[name] == "KEPT" for contract, name in CONTRACTS.items()}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the project that may be spoilt; -> its package."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    without = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "nnviz", ignore=without))


def test_the_import_contracts_are_kept() -> None:
    assert all(lint_imports(ROOT).values())


@pytest.mark.parametrize(("contract", "module", "planted"), VIOLATIONS)
def test_a_planted_import_breaks_its_contract(
    copied: Path, contract: str, module: str, planted: str
) -> None:
    with (copied / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")
    assert not lint_imports(copied.parent)[contract]


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract for contract, _, _ in VIOLATIONS} == CONTRACTS.keys()


def test_the_window_is_imported_without_torch() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
        if path.is_relative_to(PACKAGE / "ui") or path.stem in {"session", "engine", "cli"}
    ]
    assert "nnviz.ui.theme" in modules
    check = f"import sys, {', '.join(modules)}; sys.exit('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr or "torch was imported"


def test_files_are_short_and_named_by_what_they_hold() -> None:
    files = [path for folder in ("nnviz", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert PACKAGE / "session.py" in files
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    assert not {path: lines for path, lines in lengths.items() if lines > LINES}
    assert not [path for path in files if VAGUE & set(path.stem.split("_"))]


def quoted(path: Path) -> Iterator[str]:
    """The strings of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_window_knows_no_design_by_name() -> None:
    names = DESIGNS.keys() | {design.label for design in DESIGNS.values()}
    # a page or a view of it may share one
    for page in PAGES:
        names -= {page.id, page.title, *page.views, *page.views.values()}
    found = {
        (str(path.relative_to(ROOT)), string)
        for path in (PACKAGE / "ui").rglob("*.py")
        for string in quoted(path)
        if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", string) for name in names)
    }
    assert not found


def test_everything_public_in_learning_says_what_it_means() -> None:
    silent = [
        f"{path.stem}.{node.name}"
        for path in sorted((PACKAGE / "learning").rglob("*.py"))
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent
