"""Pages of the help without a window: reading, languages, headings, words found."""

from pathlib import Path

import pytest

from nnviz import words
from nnviz.ui.app import help_pages
from nnviz.ui.app.help_pages import HelpError, contents, page_of, read_page, search, text_of

PAGE = """# Two networks

First words with `code` and *more*.

## A test, exact

McNemar asks
how likely that is.

| key | what |
|---|---|
| a | the second table word |

## A test, exact

```sh
uv run nnviz train   # the last
```
"""


def test_a_page_has_sections_with_the_anchors_of_forges() -> None:
    page = page_of("two.md", PAGE)
    assert page.title == "Two networks"
    assert [(each.level, each.anchor) for each in page.sections] == [
        (1, "two-networks"),
        (2, "a-test-exact"),
        (2, "a-test-exact-1"),
    ]
    assert page.sections[0].text == "First words with code and more."
    assert (
        page.sections[1].text == "McNemar asks how likely that is. key what a the second table word"
    )
    assert '<h2><a name="a-test-exact-1"></a>A test, exact</h2>' in page.html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("mcnemar", ["a-test-exact"]),
        ("LIKELY asks", ["a-test-exact"]),
        ("exact", ["a-test-exact", "a-test-exact-1"]),
        ("words", ["two-networks"]),
        ("word", ["two-networks", "a-test-exact"]),
        ("train", ["a-test-exact-1"]),
        ("two exact", []),
        ("networks", ["two-networks"]),
        ("  ", []),
    ],
)
def test_a_search_finds_sections_with_all_words(asked: str, found: list[str]) -> None:
    hits = search([page_of("two.md", PAGE)], asked)
    assert [hit.section.anchor for hit in hits] == found


def test_headings_come_before_text() -> None:
    first = page_of("a.md", "# One\n\nvotes and votes\n")
    second = page_of("b.md", "# Votes\n\nnothing\n")
    assert [hit.section.page for hit in search([first, second], "votes")] == ["b.md", "a.md"]


def test_a_hit_shows_the_words_around_it() -> None:
    long = " ".join(f"word{number}" for number in range(100))
    hit = search([page_of("a.md", f"# One\n\n{long}\n")], "word50")[0]
    assert hit.around.startswith("… ")
    assert hit.around.endswith(" …")
    assert "word50" in hit.around[:30]
    assert search([page_of("a.md", "# One\n\nshort\n")], "short")[0].around == "short"


def test_marks_of_what_is_made_are_not_shown() -> None:
    page = page_of("a.md", "# One\n\n<!-- made: settings -->\nkept\n<!-- made -->\n")
    assert "made" not in page.html
    assert "kept" in page.html


def test_the_columns_of_a_table_share_the_width_by_what_they_say() -> None:
    html = page_of(
        "a.md", "# A\n\n| k | what |\n|---|---|\n| b | a long sentence of words |\n"
    ).html
    assert '<th width="6%">k</th>' in html
    assert '<th width="93%">what</th>' in html


def test_the_keys_shown_are_those_of_the_system() -> None:
    keys = [("key", "does"), ("⌘O", "Open a | network"), ("*", "Star")]
    page = read_page("keys.md", [("All", keys)])
    assert "⌘O" in page.html
    assert "Open a | network" in page.html
    assert "<td>*</td>" in page.html
    assert "Ctrl+O" in read_page("keys.md").html
    assert "Ctrl+O" not in page.html


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A help of two pages, one of them in German too."""
    made = tmp_path / "resources" / "help"
    (made / "de").mkdir(parents=True)
    (made / "index.md").write_text("# Help\n\n- [One](one.md): first.\n- [Two](two.md): 2.\n")
    (made / "one.md").write_text("# One\n", "utf-8")
    (made / "two.md").write_text("# Two\n", "utf-8")
    (made / "de" / "one.md").write_text("# Eins\n", "utf-8")
    return made


def test_a_translated_page_is_shown_where_there_is_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_page("one.md", folder=folder).title == "One"
    monkeypatch.setattr(words, "LANGUAGE", "de")
    assert read_page("one.md", folder=folder).title == "Eins"
    assert read_page("two.md", folder=folder).title == "Two"
    assert [each.title for each in contents(folder)] == ["One", "Two"]


@pytest.mark.parametrize("name", ["gone.md", "broken.md", "../../secret.md", "de"])
def test_a_page_that_cannot_be_read_gives_a_sentence(folder: Path, name: str) -> None:
    (folder / "broken.md").write_bytes(b"# \xff\xfe\n")
    (folder.parent.parent / "secret.md").write_text("# Secret\n", "utf-8")
    with pytest.raises(HelpError) as refused:
        text_of(name, folder)
    assert str(refused.value).endswith(".")
    assert name in str(refused.value)


def test_the_licences_beside_the_help_are_a_page_of_it() -> None:
    assert read_page("../LICENSES.md").title.startswith("Licences")


def test_the_contents_need_no_parser() -> None:
    assert len(contents()) > 10
    assert not hasattr(help_pages, "MarkdownIt")
