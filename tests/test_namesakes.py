"""Another package whose module is called nnviz, too: said before anything goes wrong."""

import tomllib
from pathlib import Path

import pytest

import nnviz
from nnviz.session.namesakes import OURS, OWN_NAMES, Mixed, what_lies_among_ours

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Our folder as it is installed; -> it."""
    folder = tmp_path / "nnviz"
    folder.mkdir()
    for name in OWN_NAMES:
        (folder / name).touch() if name.endswith(".py") else (folder / name).mkdir()
    package(tmp_path, "nnviz_digits-0.1.0", "nnviz/__init__.py")
    package(tmp_path, "numpy-2.4.6", "numpy/__init__.py")
    return folder


def package(around: Path, name: str, *files: str) -> None:
    (around / f"{name}.dist-info").mkdir()
    (around / f"{name}.dist-info" / "RECORD").write_text("".join(f"{each},,\n" for each in files))
    for each in files:
        (around / each).parent.mkdir(exist_ok=True)
        (around / each).touch()


def test_its_name_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert OURS == nnviz.DISTRIBUTION == project["name"]
    names = {path.name for path in Path(nnviz.__file__).parent.iterdir()} - {"__pycache__"}
    assert names | {"resources", "trained"} == OWN_NAMES


def test_nothing_is_said_where_all_is_ours(installed: Path) -> None:
    assert what_lies_among_ours() == ""  # in this checkout
    assert what_lies_among_ours(str(installed)) == ""
    package(installed.parent, "nnviz_plugin-1.0", "nnviz_plugin/__init__.py")
    assert what_lies_among_ours(str(installed)) == ""


@pytest.mark.parametrize("name", ["nnviz-1.0.0", "nnviz_live-0.1.1", "other-3"])
def test_another_package_is_named(installed: Path, name: str) -> None:
    package(installed.parent, name, "nnviz/__init__.py", "nnviz/renderer.py")
    said = what_lies_among_ours(str(installed))
    assert f"({name.replace('_', '-').replace('-', ' ')})" in said.replace("-", " ")
    assert said.endswith("breaks the other.")


def test_what_nobody_claims_is_named_itself(installed: Path) -> None:
    (installed / "renderer.py").touch()
    assert "(renderer.py)" in what_lies_among_ours(str(installed))


def test_nothing_goes_on_where_ours_are_replaced_or_gone(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(nnviz, "DISTRIBUTION")
    with pytest.raises(Mixed, match=r"missing in .*: install nnviz-digits again"):
        what_lies_among_ours(str(installed))
    package(installed.parent, "nnviz-1.0.0", "nnviz/dataspec.py")
    with pytest.raises(Mixed, match=r"\(nnviz 1\.0\.0\) has replaced files"):
        what_lies_among_ours(str(installed))
