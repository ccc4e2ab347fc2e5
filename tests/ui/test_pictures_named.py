"""Where the images are no digits, no page calls them so; where they are again, all do."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from nnviz.data.digits import CLASS_NAMES, DigitSet, Source
from nnviz.networks.templates import LINEARISATIONS, MEAN_OF
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit import canvas
from nnviz.ui.kit.telling import TIP
from nnviz.ui.pages.views_page import ViewsPage
from nnviz.words import of_pictures, said_now, speak_of, tr, tr_n
from tests.idx_files import write_folder
from tests.ui.conftest import Opened, Show
from tests.words.templates import kept_templates

NAMES = ("boot", "coat", "bag", "shirt")
DIGIT = re.compile(r"\b[Dd]igits?\b")
OF_DIGITS = {
    "draw": "rows of digits and morphs are about digits",
    "detectors": "the book's zero is",
}


@pytest.fixture
def clothes(tmp_path: Path) -> Path:
    chance = np.random.default_rng(3)
    images = [chance.integers(0, 256, (count, 784)).astype(np.uint8) for count in (80, 40)]
    labels = [(np.arange(count) % 4).astype(np.uint8) for count in (80, 40)]
    parts = (part for pair in zip(images, labels, strict=True) for part in pair)
    numbered = tuple(map(str, range(len(NAMES))))
    folder = write_folder(tmp_path / "clothes", DigitSet(Source(), "clothes", numbered, *parts))
    (folder / CLASS_NAMES).write_text(json.dumps(NAMES))
    return folder


@pytest.fixture(autouse=True)
def of_digits_again() -> Iterator[None]:
    yield
    speak_of(pictures=False)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All texts that are painted from now on."""
    found: list[str] = []
    draw = canvas.draw_fitted

    def record(painter: object, place: object, align: object, text: str, *rest: object) -> None:
        found.append(text)
        draw(painter, place, align, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(canvas, "draw_fitted", record)
    return found


def told(window: QWidget) -> set[str]:
    """Every text and tooltip of the widgets and actions in sight."""
    found: set[str] = set()
    for thing in (*window.findChildren(QWidget), *window.findChildren(QAction)):
        if isinstance(thing, QLabel | QAbstractButton | QAction):
            found.add(thing.text())
        found.add(thing.property(TIP) or "")
    return found


def walked(opened: Opened) -> Iterator[str]:
    for kind in PAGES:
        opened.session.change(page=kind.id)
        page = opened.window.page
        for view in kind.views or ("",):
            if isinstance(page, ViewsPage):
                page.choose_view(view)
            opened.window.grab()
            yield kind.id


def test_clothes_are_pictures_on_every_page(show: Show, clothes: Path, painted: list[str]) -> None:
    opened = show()
    session = opened.session
    before = told(opened.window)
    session.digits.open(Source("folder", str(clothes)))
    opened.ticks_until(lambda: session.state.digits.class_names == NAMES)
    painted.clear()  # what was said while they were digits
    opened.learn(10)
    for page in walked(opened):
        if page not in OF_DIGITS:
            said = {text for text in (*told(opened.window.page), *painted) if DIGIT.search(text)}
            assert not {text for text in said if of_pictures(text) != text}, page
        painted.clear()
    session.digits.open(Source())
    opened.ticks_until(lambda: session.state.digits.source == Source())
    session.change(page="train")  # as before
    assert before <= told(opened.window)


def test_a_text_is_said_as_what_is_looked_at(painted: list[str]) -> None:
    one = tr("Test digits answered right.")
    speak_of(pictures=True)
    assert said_now(one) == tr("Test digits answered right.") == "Test pictures answered right."
    assert said_now("my digit") == "my digit"  # data is nobody's text
    assert tr_n("{count} digit seen", "{count} digits seen", 2) == "2 pictures seen"
    assert tr("70,000 handwritten digits") == "70,000 handwritten digits"
    speak_of(pictures=False)
    assert said_now("Test pictures answered right.") == one


def test_what_is_said_of_pictures_is_no_other_text() -> None:
    singular = {each.id if isinstance(each.id, str) else each.id[0] for each in kept_templates()}
    changed = {of_pictures(text) for text in singular if of_pictures(text) != text}
    assert len(changed) > 200
    assert not changed & singular


def test_a_number_in_a_fixed_text_is_the_one_in_force() -> None:
    assert f"first {MEAN_OF} test digits" in LINEARISATIONS["mean"].help
