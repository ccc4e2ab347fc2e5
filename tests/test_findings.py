"""The scripts in `findings/` have one form, and the help lists each with what the program does."""

import os
import re
from pathlib import Path

import pytest

from tests.documents import HELP, ROOT

SCRIPTS = sorted((ROOT / "findings").iterdir())
PAGE = (HELP / "findings.md").read_text("utf-8")
ITEM = re.compile(r"^- \*\*(?P<name>[\w-]+)\*\* (?P<rest>.+?)(?=\n- |\n\n|\Z)", re.M | re.S)
HEAD = ("# What: ", "# Why it surprises: ", "# What nnviz does: ")


def items() -> dict[str, str]:
    """Name -> what the page says of it, in one line."""
    return {found["name"]: " ".join(found["rest"].split()) for found in ITEM.finditer(PAGE)}


def pins(script: str) -> list[str]:
    found = re.search(r"^packages=\((.+)\)$", script, re.M)
    return found[1].split() if found else []


def faults(script: str) -> list[str]:
    """What is missing of the form of a script."""
    head = script.partition("set -euo pipefail\n")[0]
    needed = {
        "shebang": script.startswith("#!/usr/bin/env bash\n"),
        "stops at errors": "\nset -euo pipefail\n" in script,
        "comments": all(line in head for line in HEAD),
        "temporary folder": "folder=$(mktemp -d)\n" in script,
        "removed": "trap 'rm -rf \"$folder\"' EXIT\n" in script,
        "pinned": bool(pins(script))
        and all(re.fullmatch(r"[\w.-]+==[\d.]+", pin) for pin in pins(script)),
        "both installers": "uv pip install" in script and "-m pip install" in script,
        "fails when changed": "raise SystemExit(" in script,
        "without nnviz": not re.search(r"\b(import|from|-m) nnviz\b", script),
    }
    return [name for name, kept in needed.items() if not kept]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_has_the_form(path: Path) -> None:
    assert path.suffix == ".sh"
    assert not faults(path.read_text("utf-8"))
    assert os.name != "posix" or os.access(path, os.X_OK)


@pytest.mark.parametrize(
    ("cut", "fault"),
    [
        ("==", "pinned"),
        ("trap ", "removed"),
        ("# Why it surprises: ", "comments"),
        ("raise SystemExit(", "fails when changed"),
        ("set -euo pipefail\n", "stops at errors"),
    ],
)
def test_a_script_without_it_is_noticed(cut: str, fault: str) -> None:
    assert fault in faults(SCRIPTS[0].read_text("utf-8").replace(cut, ""))
    assert faults(SCRIPTS[0].read_text("utf-8") + "\nimport nnviz\n") == ["without nnviz"]


def test_the_page_lists_every_script_once() -> None:
    assert sorted(items()) == [path.stem for path in SCRIPTS]
    assert len(ITEM.findall(PAGE)) == len(SCRIPTS)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_page_tells_versions_and_what_the_program_does(path: Path) -> None:
    told = items()[path.stem]
    said, _, here = told.partition("*Here:* ")
    assert f"(`findings/{path.name}`; " in said
    versions = re.findall(r"`([\w.-]+) ([\d.]+)`", said.partition(")")[0])
    assert [f"{name}=={version}" for name, version in versions] == pins(path.read_text("utf-8"))
    named = re.findall(r"`((?:nnviz|tests)/[\w/]+\.py)`", here)
    assert named
    assert all((ROOT / each).is_file() for each in named)
