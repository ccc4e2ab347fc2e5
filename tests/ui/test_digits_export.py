"""Taking the digits listed home: the table, the contact sheet, and what can go wrong."""

import csv
import errno
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nnviz.questions.listing import Listing, listed
from nnviz.ui.app.contact_sheet import HEAD, LEAST_COLUMNS, MARGIN
from nnviz.ui.app.digits_export import DigitsExport
from nnviz.ui.kit.digit_tiles import GAP, LINE, SIDE
from nnviz.ui.pages.views_page import ViewsPage
from tests.ui.conftest import Opened, Show


@pytest.fixture
def opened(show: Show) -> Opened:
    """The page with two designs judged."""
    made = show(trained=True)
    made.session.designs.load("four-bits")
    made.session.change(page="mistakes")
    made.ticks_until(
        lambda: len(made.session.judgements.known) == 2 and not made.session.judgements.missing
    )
    return made


def saved(opened: Opened, path: Path, ticked: bool = False) -> str:
    """What the banner says once it is saved."""
    export = opened.window.parts.digits_export
    opened.session.change(notice=None)
    export.save(path, ticked)
    opened.bot.waitUntil(lambda: not export.running)
    return opened.said


def test_the_table_holds_all_digits_listed(opened: Opened, tmp_path: Path) -> None:
    told = saved(opened, tmp_path / "digits.csv")
    with (tmp_path / "digits.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    session, said = opened.session, opened.session.judgements.said
    assert said is not None
    assert [int(row["index"]) for row in rows] == listed(Listing(), said).tolist()
    assert told == f"Saved {len(rows)} listed digits as digits.csv in {tmp_path}."
    for row in rows:
        image = int(row["index"])
        assert row["label"] == str(session.state.digits.labels[image])
        for design in ("ten-outputs", "four-bits"):
            judged = session.judgements.of(design)
            assert row[design] == str(judged.answers[image])
            assert abs(float(row[f"{design} confidence"]) - judged.confidence[image]) < 1e-4


def test_ticked_digits_alone_whatever_is_listed(opened: Opened, tmp_path: Path) -> None:
    opened.session.choose(
        "mistakes", ticked=frozenset({900, 7, 31}), listing=Listing(order="number")
    )
    told = saved(opened, tmp_path / "ticked.csv", True)
    assert told == f"Saved 3 ticked digits as ticked.csv in {tmp_path}."
    with (tmp_path / "ticked.csv").open(newline="", encoding="utf-8") as file:
        assert [row["index"] for row in csv.DictReader(file)] == ["7", "31", "900"]


def test_the_contact_sheet_shows_the_very_pixels(opened: Opened, tmp_path: Path) -> None:
    assert saved(opened, tmp_path / "digits.png").endswith(
        f"listed digits as digits.png in {tmp_path}."
    )
    said, digits = opened.session.judgements.said, opened.session.state.digits
    assert said is not None
    images = listed(Listing(), said)
    with Image.open(tmp_path / "digits.png") as picture:
        pixels = np.asarray(picture.convert("L"))
    across, down = SIDE + GAP, SIDE + 2 * LINE + GAP
    assert pixels.shape[1] == LEAST_COLUMNS * across + 2 * MARGIN
    assert pixels.shape[0] == -(-len(images) // LEAST_COLUMNS) * down + HEAD + MARGIN
    for place in (0, len(images) - 1):
        row, column = divmod(place, LEAST_COLUMNS)
        x, y = MARGIN + column * across + GAP // 2, HEAD + row * down + 4
        shown = pixels[y : y + SIDE, x : x + SIDE]
        image = digits.images[images[place]].reshape(28, 28)
        ink = [(r, c) for r, c in np.argwhere(image > 250).tolist() if r > 11 or c < 17]
        assert ink
        for r, c in ink:
            assert shown[int((r + 0.5) * SIDE / 28), int((c + 0.5) * SIDE / 28)] > 200


def test_a_sheet_of_too_many_digits_is_refused(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.ui.app.digits_export.MOST", 20)
    opened.window.parts.digits_export.save(tmp_path / "digits.png", False)
    assert "A contact sheet holds 20 digits at most" in opened.said
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_saved_is_said(opened: Opened, tmp_path: Path) -> None:
    told = saved(opened, tmp_path / "none" / "digits.csv")
    assert f"cannot be saved: there is no folder {tmp_path / 'none'}; nothing was changed." in told
    opened.window.parts.digits_export.save(tmp_path / "digits.txt", False)
    assert opened.said == "digits.txt must end in .csv or .png."


def test_a_full_disk_leaves_the_old_file(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "digits.csv"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert "there is no room for it on the disk" in saved(opened, path)
    assert [each.name for each in tmp_path.iterdir()] == ["digits.csv"]
    assert path.read_text() == "old"


def test_cancelling_leaves_nothing(opened: Opened, tmp_path: Path) -> None:
    export = opened.window.parts.digits_export
    opened.session.choose("mistakes", listing=Listing("all"))
    opened.session.change(notice=None)
    export.save(tmp_path / "digits.png", False)
    export.cancel()
    opened.bot.waitUntil(lambda: not export.running)
    assert not list(tmp_path.iterdir())
    assert opened.session.state.notice is None


def test_the_button_asks_for_a_file(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, export = opened.window.page, opened.window.parts.digits_export
    assert isinstance(page, ViewsPage)
    answer = str(tmp_path / "sheet"), "Contact sheet (*.png)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    opened.click(page.view.digits.save)
    assert isinstance(export, DigitsExport)
    opened.bot.waitUntil(lambda: not export.running)
    assert (tmp_path / "sheet.png").is_file()


def test_nothing_listed_is_said(opened: Opened, tmp_path: Path) -> None:
    opened.session.choose("mistakes", listing=Listing(label=1, answer=9))
    opened.window.parts.digits_export.save(tmp_path / "digits.csv", False)
    assert opened.said == "No digit is listed, so there is nothing to save."


@pytest.mark.parametrize(("answer", "rows"), [("ticked", ["900"]), ("listed", None)])
def test_ticks_that_are_not_listed_are_asked_about(
    opened: Opened,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    rows: list[str] | None,
) -> None:
    opened.session.choose("mistakes", ticked=frozenset({900}), listing=Listing(label=7))
    page, said = opened.window.page, opened.session.judgements.said
    assert isinstance(page, ViewsPage)
    assert said is not None
    shown = [str(each) for each in listed(Listing(label=7), said)]
    assert "900" not in shown
    view = page.view
    assert view.digits.untick.text() == "Untick 1 (1 not listed)"  # type: ignore[attr-defined]
    assert view.digits.save.text() == "Save 1 ticked…"  # type: ignore[attr-defined]
    titles: list[str] = []

    def name(_: object, title: str, *__: object) -> tuple[str, str]:
        titles.append(title)
        return str(tmp_path / "digits.csv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    opened.click(view.digits.save)
    box = opened.window.findChild(QMessageBox, "question")
    assert box.text().startswith("1 digit is ticked, not among the ")
    assert not titles
    choice = next(each for each in box.buttons() if answer in each.text())
    opened.click(choice)
    export = opened.window.parts.digits_export
    opened.bot.waitUntil(lambda: not export.running)
    assert answer in titles[0]
    with (tmp_path / "digits.csv").open(newline="", encoding="utf-8") as file:
        assert [row["index"] for row in csv.DictReader(file)] == (rows or shown)


def test_the_button_says_what_would_be_saved(opened: Opened) -> None:
    page, said = opened.window.page, opened.session.judgements.said
    assert isinstance(page, ViewsPage)
    assert said is not None
    count = len(listed(Listing(), said))
    assert page.view.digits.save.text() == f"Save {count} listed…"  # type: ignore[attr-defined]
