"""README and help as tests look at them: links, tables, and the commands that stand in them."""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from typer import Context, TyperException
from typer.main import get_command

from nnviz.cli.app import commands
from nnviz.ui.app.help_pages import FOLDER as HELP
from nnviz.ui.app.help_pages import page_of

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
DOCUMENTS = [README, *sorted(HELP.glob("*.md"))]
COMMAND = re.compile(r"^(?:uv run )?(?:nnviz|main\.py|python -m [\w.]+|pytest|lint-imports)\b")
NUMBER = re.compile(r"(?<!Ctrl\+)(?<!Alt\+)(?<!F)\d")
"""A figure that is no name of a key"""
A_VALUE = {"...", "FOLDER", "FILE", "COMMAND", "NAME"}


class Table(NamedTuple):
    """A table of a document."""

    place: str
    """The file and the heading it stands under"""
    before: str
    """What stands between that heading and the table"""
    lines: list[str]

    @property
    def is_measured(self) -> bool:
        """Whether it has numbers: at least every fourth cell has a figure."""
        cells = [cell for line in self.lines[2:] for cell in line.split("|")[1:-1]]
        return sum(bool(NUMBER.search(cell)) for cell in cells) >= len(cells) / 4


def tables(document: Path) -> Iterator[Table]:
    """All tables of a document."""
    heading, before, lines, coded = "", "", list[str](), False
    for line in [*document.read_text("utf-8").splitlines(), ""]:
        if line.startswith("|"):
            lines.append(line)
            continue
        if lines:
            yield Table(f"{document.name}: {heading}", before, lines)
            lines = []
        coded ^= line.startswith("```")
        if line.startswith("#") and not coded:
            heading, before = line.strip("# "), ""
        before += f"{line}\n"


def code_in(text: str) -> list[str]:
    """Lines of code blocks and what stands between backticks, without remarks behind #."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", rest)]
    lines = [re.split(r"\s+#", line)[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in (*lines, *spans) if line]


def commands_in(text: str) -> list[str]:
    """The commands that a text names."""
    return [line for line in code_in(text) if COMMAND.match(line)]


def complaint(line: str) -> str:
    """What is wrong with a command, as far as its words tell; empty if nothing is."""
    words = shlex.split(line.removeprefix("uv run "))
    if words[:2] == ["python", "-m"]:
        return "" if words[2] == "nnviz" or _is_program(words[2]) else f"no program {words[2]}"
    if words[0] != "nnviz":
        return ""
    return _complaint_of("nnviz", get_command(commands()), words[1:])


def _is_program(module: str) -> bool:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.submodule_search_locations is None:
        return spec is not None
    return importlib.util.find_spec(f"{module}.__main__") is not None


def _complaint_of(name: str, command: Any, words: list[str]) -> str:
    inner = getattr(command, "commands", {})
    if inner and words and not words[0].startswith("-"):
        if words[0] in inner:
            return _complaint_of(f"{name} {words[0]}", inner[words[0]], words[1:])
        return "" if words[0] in A_VALUE or "[" in words[0] else f"no command {words[0]}"
    context = Context(command, info_name=name)
    # brackets and braces stand for what one writes there
    plain = [word for word in words if not re.match(r"[\[{]|COMMAND$", word)]
    try:
        command.make_parser(context).parse_args(plain)
    except TyperException as error:
        return error.format_message()
    return ""


def anchors(document: Path) -> set[str]:
    """What links to it may write after #."""
    text = document.read_text("utf-8")
    return {section.anchor for section in page_of(document.name, text).sections}


def links(document: Path) -> list[str]:
    """Where its links and pictures lead."""
    text = re.sub(r"^```.*?^```", "", document.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"\]\(([^)\s]+)\)", text)


def broken(document: Path) -> list[str]:
    """The links that lead nowhere, of those into the repository."""
    wrong = []
    for link in links(document):
        path, _, anchor = link.partition("#")
        if path.startswith(("http:", "https:")):
            continue
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            wrong.append(link)
    return wrong
