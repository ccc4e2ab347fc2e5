"""The help tells of everything there is, and of nothing that there is not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

import nnviz
from nnviz.data.catalogue import DATA_SETS
from nnviz.data.specimens import KINDS as SPECIMENS
from nnviz.networks.codes import CODE_PRESETS
from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import PRESETS, SETTINGS
from nnviz.questions.listing import ORDERS
from nnviz.questions.morphs import BLENDS
from nnviz.questions.rows import SCORES
from nnviz.study.files import presets
from nnviz.study.schemes import SCHEMES
from nnviz.ui.app.actions import entries
from nnviz.ui.app.application import make_application
from nnviz.ui.app.help_keys import portable_keys
from nnviz.ui.app.help_pages import contents, page_of
from nnviz.ui.app.pages import PAGES
from nnviz.verdicts.readings import READINGS
from tests.documents import DOCUMENTS, HELP, ROOT, Table, broken, code_in, tables
from tests.help import all_commands, up_to_date
from tests.help_study_plan import KINDS as STUDY_KINDS

TEXTS = {document.name: document.read_text("utf-8") for document in DOCUMENTS}
SAME_KEY = {
    "Enter": "Return",
    "Left": "Arrows",
    "Right": "Arrows",
    "Up": "Arrows",
    "Down": "Arrows",
    "Escape": "Esc",
    "Period": ".",
    "Comma": ",",
    "Plus": "+",
    "A": "Ctrl+A",
    "Y": "Ctrl+Y",
}
"""Qt's name of a key -> how the help calls it, where that is something else."""


def options() -> Iterator[tuple[str, str]]:
    """(command, option) of all that the command line takes."""
    for name, command in all_commands():
        for each in command.params:
            hidden = getattr(each, "hidden", False)
            yield from ((name, word) for word in each.opts if word.startswith("-") and not hidden)


def keys_of_pictures() -> set[str]:
    """The keys that the code of pages and pictures looks for."""
    sources = (path.read_text("utf-8") for path in (ROOT / "nnviz" / "ui").rglob("*.py"))
    return {key for source in sources for key in re.findall(r"\bKey_(\w+)", source)}


def section(text: str, heading: str) -> str:
    """What stands below a heading, down to the next one of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)", text, re.M | re.S)
    return found[2] if found else ""


def missing_options(text: str) -> list[str]:
    return [
        f"{name} {option}"
        for name, option in options()
        if not re.search(rf"`[^`]*{re.escape(option)}\b", section3(text, name))
    ]


def section3(text: str, heading: str) -> str:
    found = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^#{{1,3}} |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def missing_commands(text: str) -> list[str]:
    return [name for name, _ in all_commands() if f"\n### {name}\n" not in text]


def missing_settings(text: str) -> list[str]:
    rows = {
        f"| {setting.label} | `--{name.replace('_', '-')}` |" for name, setting in SETTINGS.items()
    }
    presets = {f"| {preset.label} | `--preset {name}` |" for name, preset in PRESETS.items()}
    return sorted(row for row in rows | presets if row not in text)


def missing_views(text: str) -> list[str]:
    missing = []
    for page in PAGES:
        told = section(text, page.title)
        views = [f"- **{view}**: " for view in page.views.values()]
        missing += [
            f"{page.id}: {each}" for each in (f"*{page.question}", *views) if each not in told
        ]
    return missing


def missing_designs(text: str) -> list[str]:
    rows = [f"| {design.label}, `{name}` |" for name, design in DESIGNS.items()]
    for entries_of in (READINGS, CODE_PRESETS):
        rows += [f"| `{name}` | {each.label} |" for name, each in entries_of.items()]
    return [row for row in rows if row not in text]


def missing_keys(text: str) -> list[str]:
    make_application()
    rows = [f"| {' | '.join(row)} |" for _, rows in portable_keys() for row in rows]
    words = {SAME_KEY.get(key, key) for key in keys_of_pictures()}
    named = [row for row in text.splitlines() if row.startswith("| ")]
    unnamed = [
        word
        for word in sorted(words)
        if not any(re.search(rf"(?<![\w+]){re.escape(word)}(?!\w)", each) for each in named)
    ]
    return [row for row in rows if row not in text] + unnamed


def missing_of(entries_of: Mapping[str, object], text: str) -> list[str]:
    return [name for name in entries_of if f"| `{name}` |" not in text]


def missing_keys_of_studies(text: str) -> list[str]:
    keys = {field.name for kind in STUDY_KINDS for field in fields(kind)}
    return missing_of(dict.fromkeys(keys), text)


TOLD = {
    "commands": ("commands.md", missing_commands, "### nnviz film"),
    "options": ("commands.md", missing_options, "`--moment N`"),
    "settings": ("settings.md", missing_settings, "| `--rate` |"),
    "presets": ("settings.md", missing_settings, "`--preset book`"),
    "pages": ("pages.md", missing_views, "## Votes"),
    "views": ("pages.md", missing_views, "- **Morph**: "),
    "designs": ("designs.md", missing_designs, "`all-pairs` |"),
    "readings": ("designs.md", missing_designs, "| `duels` |"),
    "codes": ("designs.md", missing_designs, "| `gray` |"),
    "keys": ("keys.md", missing_keys, "| Ctrl+M |"),
    "keys of pictures": ("keys.md", missing_keys, "+ or Insert"),
    "orders": ("pages.md", lambda text: missing_of(ORDERS, text), "| `ambiguity` |"),
    "blends": ("pages.md", lambda text: missing_of(BLENDS, text), "| `fade` |"),
    "specimens": ("pages.md", lambda text: missing_of(SPECIMENS, text), "| `scribbles` |"),
    "scores": ("rows.md", lambda text: missing_of(SCORES, text), "| `mean-log` |"),
    "keys of a study": ("studies.md", missing_keys_of_studies, "| `least_updates` |"),
    "schemes": ("studies.md", lambda text: missing_of(SCHEMES, text), "| `all-pairs` |"),
    "studies": ("studies.md", lambda text: missing_of(presets(), text), "| `naive-child` |"),
    "data sets": ("data.md", lambda text: missing_of(DATA_SETS, text), "| `cifar-10` |"),
}
"""What is told -> where, what finds omissions, and some words that must not be left out."""


@pytest.mark.parametrize("what", TOLD)
def test_everything_is_told(what: str) -> None:
    page, missing, _ = TOLD[what]
    assert not missing(TEXTS[page])


@pytest.mark.parametrize("what", TOLD)
def test_an_omission_is_noticed(what: str) -> None:
    page, missing, words = TOLD[what]
    assert words in TEXTS[page]
    assert missing(TEXTS[page].replace(words, ""))


@pytest.mark.parametrize("page", sorted(HELP.glob("*.md")), ids=lambda path: path.stem)
def test_what_is_made_is_up_to_date(page: Path) -> None:
    text = page.read_text("utf-8")
    assert up_to_date(text) == text, "run: uv run python -m tests.help"


def test_what_is_made_follows_the_program() -> None:
    text = "# Settings\n\n<!-- made: settings -->\nold\n<!-- made -->\n\nkept\n"
    made = up_to_date(text)
    assert "| Learning rate η | `--rate` |" in made
    assert "old" not in made
    assert made.endswith("<!-- made -->\n\nkept\n")
    assert up_to_date(made) == made


def unnamed(table: Table) -> bool:
    """Whether a table of numbers names no command that makes it."""
    return table.is_measured and not any(
        re.match(r"(uv run|nnviz|bash) ", line)
        for line in code_in("\n".join([table.before, *table.lines]))
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_table_of_numbers_names_the_command_that_makes_it(document: Path) -> None:
    assert not [table.place for table in tables(document) if unnamed(table)]


def test_a_table_of_numbers_without_a_command_is_noticed() -> None:
    lines = ["| design | accuracy |", "|---|---|", "| 10 outputs | 96.7 % |", "| bits | 93.3 % |"]
    assert unnamed(Table("", "We measured `97 %`.", lines))
    assert not unnamed(Table("", "As `uv run python -m tests.accuracy FOLDER` makes it.", lines))
    assert not unnamed(Table("", "Words.", ["| a | b |", "|---|---|", "| word | meaning |"]))


def test_the_tables_measured_are_known() -> None:
    places = {
        table.place for document in DOCUMENTS for table in tables(document) if table.is_measured
    }
    assert places >= {
        "numbers.md: One network of ten outputs",
        "numbers.md: Designs",
        "numbers.md: Images that are no digits",
        "rows.md: How often rightly",
        "speed.md: The program",
        "speed.md: Against the build before",
        "speed.md: Against the usual ways",
        "speed.md: How far from the limits",
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_anchors_lead_somewhere(document: Path) -> None:
    assert not broken(document)


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Other\n\n## A part\n", "utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](other.md#a-part) [b](other.md#no-part) [c](gone.md) [d](#page)\n\n# Page\n"
    )
    assert broken(page) == ["other.md#no-part", "gone.md"]


def test_the_contents_list_every_page_by_its_title() -> None:
    listed = {each.name: each.title for each in contents()}
    pages = [page for page in HELP.glob("*.md") if page.name != "index.md"]
    assert listed == {
        page.name: page_of(page.name, page.read_text("utf-8")).title for page in pages
    }


def test_no_page_has_the_name_of_another_menu_entry() -> None:
    names = [entry.text for entry in entries()]
    assert [each.title for each in contents() if names.count(each.title) != 1] == []


def test_the_version_is_that_of_the_program() -> None:
    versions = re.findall(r"\b\d+\.\d+\.\d+\b", TEXTS["about.md"])
    assert versions
    assert set(versions) == {nnviz.__version__}


def test_terms_that_the_statistics_explain_stand_in_the_glossary() -> None:
    words = {row.split("|")[1].strip() for row in TEXTS["glossary.md"].splitlines() if "|" in row}
    several = {part.strip() for each in words for part in each.split(",")}
    assert {"Moran's I", "stroke fit", "selectivity", "ablation", "stability", "lead"} <= several
