"""`nnviz lecture`: the list, the check, and what is taken home."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from nnviz.cli.app import commands
from nnviz.lectures.collection import lectures_at_hand
from nnviz.lectures.files import lecture_from, read_lecture
from nnviz.networks.settings import SettingError
from nnviz.ui.app.lecture_handout import file_name, pdf

LECTURE = """---
title: Bits & <signs>
author: me
---
## A four?
Look & see.

What is it?

- [x] a <b>4</b>
- [ ] a 9

By the label.

> *Notes* with a <script>alert(1)</script> and ![a picture](there.png).

~~~nnviz
page=train image=4
~~~
## This cannot be shown
~~~nnviz
page=nowhere
~~~
"""
Call = Callable[..., tuple[int, str, str]]
VOID = {"meta", "img", "br", "hr"}


class Balanced(HTMLParser):
    """Reads a page, whose elements must all be closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.all: list[str] = []
        self.pictures: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append(tag)
        self.pictures += [value or "" for name, value in attrs if name == "src"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    """Calls the command; -> status, standard output and standard error."""

    def called(*words: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = commands()(["lecture", *words], standalone_mode=False) or 0
        return (status, *capfd.readouterr())

    return called


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "mine.md"
    file.write_text(LECTURE, "utf-8")
    (tmp_path / "there.png").write_bytes(b"")
    return file


def test_without_a_name_the_lectures_are_listed(call: Call) -> None:
    status, out, _ = call()
    assert (status, len(out.splitlines())) == (0, len(lectures_at_hand()))
    assert all(each.name in out and each.title in out for each in lectures_at_hand())


def test_a_check_prints_file_and_line(call: Call, path: Path) -> None:
    status, out, _ = call(str(path), "--check")
    line = 1 + LECTURE.splitlines().index("page=nowhere")
    (said,) = out.splitlines()
    assert (status, said.startswith(f"{path}:{line}: page must be one of ")) == (1, True)
    path.write_text(LECTURE.replace("nowhere", "draw"), "utf-8")
    assert call(str(path), "--check")[:2] == (0, "2 scenes, no fault.\n")
    path.write_bytes(b"## a\n\n\xe4")
    status, out, _ = call(str(path), "--check")
    assert (status, out.startswith(f"{path}:3: ")) == (1, True)


def test_options_that_cannot_be_are_refused_before_anything_is_made(
    call: Call, path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    wrong = (("--check",), ("--theme", "pink"), ("--size", "1x1"))
    for words in wrong:
        with pytest.raises(SettingError):
            call(str(path), "--out", str(folder), *words)
    assert not folder.exists()


def test_a_handout_holds_pictures_words_and_notes(call: Call, path: Path, tmp_path: Path) -> None:
    words = {"Bits & <signs>", "1. A four?", "Look & see.", "a <b>4</b>", "Answer: a <b>4</b>"}
    page, folder = tmp_path / "a.html", tmp_path / "new" / "folder"
    for out in (page, folder):
        status, _, said = call(str(path), "--out", str(out), "--size", "640x360")
        assert (status, "page must be one of" in said) == (0, True)
        html = Balanced((out / "index.html" if out is folder else out).read_text("utf-8"))
        assert html.open == []
        assert words <= set(html.words)
        assert "script" not in html.all
        if out is page:
            (data,) = html.pictures
            assert data.startswith("data:image/png;base64,iVBOR")
    assert html.pictures == ["01-a-four.png", "02-this-cannot-be-shown.png"]
    drawn = [QImage(str(folder / name)) for name in html.pictures]
    assert {(each.width(), each.height()) for each in drawn} == {(640, 360)}
    paper = pypdfium2.PdfDocument(pdf(read_lecture(path)[0], drawn))
    text = " ".join(each.get_textpage().get_text_bounded() for each in paper)
    assert not [each for each in (*words, "Notes with a <script>") if each not in text]


def test_on_paper_a_scene_is_split_only_where_it_fits_on_no_page(qapp: QApplication) -> None:
    """Heights in lines: what follows a long scene begins a page of its own."""
    notes = [f"> line {number}\n>\n" for number in range(100)]
    parts = [
        "# t\n",
        *("## short\n\nwords\n\n" for _ in range(3)),
        "## long\n",
        *notes,
        "\n## end\n",
    ]
    lecture, _ = lecture_from("".join(parts), Path("a.md"))
    paper = pypdfium2.PdfDocument(pdf(lecture, [None] * len(lecture.scenes)))
    pages = [each.get_textpage().get_text_bounded() for each in paper]
    assert [page.count("short") for page in pages] == [3, *[0] * (len(pages) - 1)]
    assert ("4. long" in pages[1], "5. end" in pages[-1], len(pages) > 3) == (True, True, True)
    assert sum(page.count("line ") for page in pages) == len(notes)


def test_a_wrong_order_writes_nothing(call: Call, path: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    for words in (
        ("--out", "a.docx"),
        ("--out", str(tmp_path / "a.pdf"), "--size", "1x1"),
        ("--out", str(tmp_path / "a.pdf"), "--theme", "blue"),
        ("--out", str(tmp_path / "absent" / "a.pdf")),
    ):
        with pytest.raises(ValueError, match=r"--out|--size|--theme|no folder"):
            call(str(path), *words)
    with pytest.raises(ValueError, match="Name a lecture"):
        call("--check")
    assert sorted(tmp_path.iterdir()) == before


def test_names_of_pictures_suit_every_disk() -> None:
    assert file_name(7, "Wie geht's: 4/9?") == "07-wie-geht-s-4-9.png"
    assert file_name(12, "数字") == "12.png"
    assert len(file_name(1, "a" * 500)) < 80
