"""The rules that no single module can see: who may import whom, sizes, names, docstrings."""

import ast
import gc
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import nnviz
from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import SettingError
from nnviz.ui.app.pages import PAGES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "nnviz"
LINES = 600
SHORTEST = 40
VAGUE = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
TALLER = ("nnviz.errors.", "nnviz.ui.kit.")
"""Where two classes of the program may stand above a class; elsewhere one."""
BESIDE = {"typing.Protocol", "typing.Generic", "typing.NamedTuple", "enum.Enum", "abc.ABC"}
"""What the standard library wants beside another class."""
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}

# contract -> module, and an import that it forbids there
VIOLATIONS = [
    ("layers", "session/session.py", "import nnviz.ui.kit.theme"),
    ("layers", "training/engine.py", "import nnviz.session.session"),
    ("layers", "questions/judged.py", "import nnviz.training.engine"),
    ("layers", "verdicts/verdict.py", "import nnviz.questions.judged"),
    ("layers", "networks/network.py", "import nnviz.verdicts.verdict"),
    ("layers", "data/digits.py", "import nnviz.networks.codes"),
    ("layers", "writing.py", "import nnviz.data.digits"),
    ("layers", "forgotten.py", "import nnviz.session.state"),
    ("ui-below-cli", "ui/kit/theme.py", "import nnviz.cli.app"),
    ("window", "ui/votes/matrix.py", "import nnviz.ui.elimination.words"),
    ("window", "ui/kit/canvas.py", "import nnviz.ui.pages.page"),
    ("no-circles", "session/work.py", "import nnviz.session.state"),
    ("no-circles", "ui/app/parts.py", "if TYPE_CHECKING:\n    import nnviz.ui.app.window"),
    ("no-circles", "ui/app/actions.py", "def later():\n    import nnviz.ui.app.window"),
    ("no-qt", "networks/network.py", "import PySide6"),
    ("no-qt", "session/state.py", "import PySide6"),
    ("no-qt", "session/session.py", "import pyqtgraph"),
    ("no-qt", "cli/app.py", "import PySide6"),
    ("torch-in-one-place", "ui/kit/theme.py", "import torch"),
    ("torch-in-one-place", "training/trainer.py", "def later():\n    import torch"),
    ("torch-in-one-place", "data/digits.py", "import torchvision"),
    ("numba-in-one-place", "data/digits.py", "import numba"),
    ("no-torch-in-the-window", "ui/kit/theme.py", "def later():\n    import torch"),
    ("no-torch-in-the-window", "session/session.py", "import nnviz.training.trainer"),
    ("no-torch-in-the-window", "cli/mistakes.py", "import nnviz.training.with_torch.gradient"),
]


def lint_imports(folder: Path) -> dict[str, str]:
    """Runs import-linter on the project in a folder; -> contract id: what it says of it."""
    program = shutil.which("lint-imports", path=Path(sys.executable).parent)
    assert program, "import-linter is not installed"
    ran = subprocess.run(
        [program, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b.*$", ran.stdout, re.MULTILINE))
    assert verdicts.keys() == set(CONTRACTS.values()), ran.stdout + ran.stderr
    assert (ran.returncode == 0) == ("BROKEN" not in verdicts.values())
    said = re.split(r"^(.+)\n-+\n", ran.stdout.partition("Broken contracts")[2], flags=re.MULTILINE)
    found = dict(zip(said[1::2], said[2::2], strict=True))
    return {contract: found.get(name, "") for contract, name in CONTRACTS.items()}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the contracts say of a copy of the project with every violation planted in it."""
    folder = tmp_path_factory.mktemp("spoilt")
    shutil.copy(ROOT / "pyproject.toml", folder)
    without = shutil.ignore_patterns("__pycache__")
    package = Path(shutil.copytree(PACKAGE, folder / "nnviz", ignore=without))
    for _, module, planted in VIOLATIONS:
        with (package / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{planted}\n")
    return lint_imports(folder)


def test_the_import_contracts_are_kept() -> None:
    assert not any(lint_imports(ROOT).values())


@pytest.mark.parametrize(("contract", "module", "planted"), VIOLATIONS)
def test_a_planted_import_breaks_its_contract(
    complaints: dict[str, str], contract: str, module: str, planted: str
) -> None:
    where = f"nnviz.{module.removesuffix('.py').replace('/', '.')}"
    imported = planted.rpartition(" ")[2]
    shown = {
        "forgotten.py": "- nnviz.forgotten",
        "session/work.py": "in nnviz.session.",
        "ui/app/parts.py": "- .parts -> .window",
        "ui/app/actions.py": "- .actions -> .window",
        "ui/kit/theme.py": where,  # which of its imports is shown depends on the chain
    }
    assert shown.get(module, f"{where} -> {imported}") in complaints[contract]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """All modules of the program, read once, and only by the process that looks at them."""
    read = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    gc.freeze()  # a million nodes: no collection between the tests need look at them
    return read


@pytest.fixture(scope="module")
def below(trees: dict[Path, ast.Module]) -> dict[Path, ast.Module]:
    """Modules below the window."""
    return {path: tree for path, tree in trees.items() if not path.is_relative_to(PACKAGE / "ui")}


@pytest.fixture(scope="module")
def nodes(trees: dict[Path, ast.Module]) -> dict[Path, list[ast.AST]]:
    """All that each module consists of, but for the ways in which names are used."""
    return {path: below_node(tree) for path, tree in trees.items()}


def below_node(top: ast.AST) -> list[ast.AST]:
    """What `ast.walk` gives, in a third of the time."""
    found = [top]
    for node in found:
        for name in node._fields:
            part = getattr(node, name, None)
            if type(part) is list:
                found += [each for each in part if isinstance(each, ast.AST)]
            elif isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
                found.append(part)
    return found


def test_an_import_that_is_not_at_the_top_says_why(trees: dict[Path, ast.Module]) -> None:
    """In a docstring around it, or in a comment on it or above it."""
    silent = []
    indented = re.compile(r"^\s+(import|from)\b", re.MULTILINE)
    for path, tree in trees.items():
        text = path.read_text("utf-8")
        lines = text.splitlines()
        for block in ast.walk(tree) if indented.search(text) else ():
            typing = isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
            if not typing and not isinstance(block, ast.FunctionDef):
                continue
            words = [] if typing else [ast.get_docstring(block), ast.get_docstring(tree)]
            late = [n for n in ast.walk(block) if isinstance(n, ast.Import | ast.ImportFrom)]
            if not late or any("import" in said for said in words if said):
                continue
            first = block.lineno if typing else late[0].lineno
            if not any("#" in line for line in lines[first - 2 : first]):
                silent.append(f"{path.relative_to(ROOT)}:{first}")
    assert not silent


def test_there_are_few_names_at_the_top() -> None:
    names = {path.stem for path in PACKAGE.iterdir()} - {"__init__", "__main__", "__pycache__"}
    assert len(names) <= 14


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract for contract, _, _ in VIOLATIONS} == CONTRACTS.keys()


def test_the_window_is_imported_without_torch() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
        if path.is_relative_to(PACKAGE / "ui") or path.parent.name == "session"
    ]
    assert "nnviz.ui.kit.theme" in modules
    check = f"import sys, {', '.join(modules)}; sys.exit('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr or "torch was imported"


def test_files_are_short_and_named_by_what_they_hold() -> None:
    files = [path for folder in ("nnviz", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert PACKAGE / "session" / "session.py" in files
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    assert not {path: lines for path, lines in lengths.items() if lines > LINES}
    assert not [path for path in files if VAGUE & set(path.stem.split("_"))]


def test_a_file_of_the_window_is_worth_its_name() -> None:
    """Tables and faces of packages may be as short as they like."""
    short = {
        path.relative_to(PACKAGE / "ui").as_posix()
        for path in (PACKAGE / "ui").rglob("*.py")
        if path.name != "__init__.py" and len(path.read_text("utf-8").splitlines()) < SHORTEST
    }
    assert short == {"app/pages.py", "kit/capture.py", "kit/more.py"}


def test_how_long_tests_wait_is_said_in_one_place() -> None:
    number = re.compile(r"\b(timeout|PATIENCE) ?= ?[\d.]|\.(wait|poll|join|get)\([\d.]+\)")
    files = [path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "speed"]
    assert not [path for path in files if number.search(path.read_text("utf-8"))]


def quoted(module: list[ast.AST]) -> list[str]:
    """The strings of a module."""
    constants = [node.value for node in module if isinstance(node, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def test_the_window_knows_no_design_by_name(
    nodes: dict[Path, list[ast.AST]], below: dict[Path, ast.Module]
) -> None:
    names = DESIGNS.keys() | {design.label for design in DESIGNS.values()}
    # a page or a view of it may share one
    for page in PAGES:
        names -= {page.id, page.title, *page.views, *page.views.values()}
    named = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, names))})(?![\w-])")
    assert named.search("ten-outputs")
    found = {
        (str(path.relative_to(ROOT)), string)
        for path in nodes.keys() - below.keys()
        for string in quoted(nodes[path])
        if named.search(string)
    }
    assert not found


def own_classes() -> set[type]:
    """The classes of the program that modules hold."""
    names = (each.name for each in pkgutil.walk_packages(nnviz.__path__, "nnviz."))
    modules = [import_module(name) for name in names if not name.endswith("__main__")]
    held = (value for module in modules for value in vars(module).values())
    return {each for each in held if isinstance(each, type) and "nnviz." in each.__module__}


def test_whoever_shows_a_difference_asks_whether_networks_learned_alike(
    nodes: dict[Path, list[ast.AST]],
) -> None:
    """The tests themselves know nothing of networks: only `questions` calls them."""
    tests = {"mcnemar", "sign_test", "welch", "compared_places", "compared_shares"}
    guarded = {
        "asked_words.py",  # of readers that `MorphSeen.alike_to_base` says can be compared
        "statistics.py",  # all schemes of a trial learn from the same images
    }
    told = {
        path.name
        for path, module in nodes.items()
        if "questions" not in path.parts
        for node in module
        if isinstance(node, ast.ImportFrom) and tests & {name.name for name in node.names}
    }
    assert told == guarded


def test_no_class_stands_on_many_others() -> None:
    classes = own_classes()

    def above(kind: type) -> int:
        return max((1 + above(base) for base in kind.__bases__ if base in classes), default=0)

    def bases(kind: type) -> set[str]:
        return {f"{base.__module__}.{base.__qualname__}" for base in kind.__bases__}

    assert above(SettingError) == 1
    most = {kind: 2 if f"{kind.__module__}.".startswith(TALLER) else 1 for kind in classes}
    assert not [kind for kind in classes if above(kind) > most[kind]]
    assert not [kind for kind in classes if len(bases(kind) - BESIDE) > 1]


def test_everything_public_below_the_window_says_what_it_means(
    below: dict[Path, ast.Module],
) -> None:
    silent = [
        f"{path.stem}.{node.name}"
        for path, tree in below.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_nothing_below_the_window_is_there_for_nobody(
    nodes: dict[Path, list[ast.AST]], below: dict[Path, ast.Module]
) -> None:
    """Whatever is only registered somewhere, as commands are, is used by its decorator."""
    used, made = set[str](), dict[str, Path]()
    for path, module in nodes.items():
        for node in module:
            if isinstance(node, ast.Name):
                used.add(node.id)
            elif isinstance(node, ast.Attribute):
                used.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                used |= set(node.value.split("."))  # a notice names its action so
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                registered = any("." in ast.unparse(each) for each in node.decorator_list)
                if not registered and path in below:
                    made[node.name] = path.relative_to(ROOT)
                if isinstance(node, ast.ClassDef) and any(
                    "." in ast.unparse(b) for b in node.bases
                ):
                    # a library calls what it has asked for
                    used |= {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    assert "take_up" in made
    assert not {name: path for name, path in made.items() if name not in used and name[:2] != "__"}
