"""In a language whose texts are two fifths longer every page still has room for all of them.

The language is fixed when a program starts, so the window runs in a process of its own: it visits
every view of every page at 1280x720 and tells what was cut off, and which words stayed English.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import bundled_digits
from nnviz.data.specimens import KINDS
from nnviz.study.files import load_study, presets
from nnviz.study.shipped import shipped_rows
from nnviz.ui.app.application import make_application
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.still import StillEngine
from nnviz.ui.app.window import Window
from nnviz.ui.kit import fitted_text
from tests.patience import OF_A_TEST, patience
from tests.program import ROOT
from tests.words.exceptions import NOT_YET
from tests.words.longer import made_up
from tests.words.templates import as_text, kept_templates

WIDTH, HEIGHT = 1280, 720
FEW = 100
"""Images of each kind that are no digits."""
EVERYWHERE = ("nnviz/ui/app", "nnviz/ui/kit", "nnviz/ui/pages")
"""What every page shows something of."""
VIEWS = [
    (page.id, view)
    for page in PAGES
    for view in (page.views or {"": ""})
    if not {*EVERYWHERE, f"nnviz/ui/{page.id}"} & set(NOT_YET)
]
"""The views whose texts all go through the catalogue."""
DESIGNS = ("ten-outputs", "four-bits", "all-pairs", "elimination")
"""Designs whose pages differ most in their texts."""
OTHERWISE = {
    "four-bits": {"train", "neuron", "off", "codes", "confusion", "digit", "confidence"},
    "all-pairs": {"train", "votes", "all", "neuron", "sum", "race", "templates", "disagree"},
    "elimination": {"train", "elimination", "beside", "race", "rules", "templates", "confidence"},
}
"""Design -> pages and views that say more of it than of the first one, beside its name."""
VISITS = [
    (page, view, design)
    for design in DESIGNS
    for page, view in VIEWS
    if design == DESIGNS[0] or {page, view} & OTHERWISE[design]
]
ENGLISH = re.compile(r"\b(?!nnviz\b|MNIST\b|mnist\b|bundled\b)[A-Za-z]{3,}\b")
"""A word without an accent: all letters of the made-up language wear one."""

STUDIES = [load_study(path) for path in presets().values()]
NAMES = sorted(
    {
        *("SGD", "Adadelta", "Keras", "torch", "LeNet", "bfloat16"),
        *(each.label for each in DATA_SETS.values()),
        *(words for study in STUDIES for words in (study.name, study.question)),
        *(entry.name for study in STUDIES for entry in study.schemes),
        *(row.processor for study in STUDIES for row in shipped_rows(study)),
    },
    key=len,
    reverse=True,
)
"""What is called the same in all languages, or stands so in a file; the longest first"""

# ---- in the process of its own -------------------------------------------------------


def needed(part: QWidget) -> tuple[int, int] | None:
    """How wide a part must be for its text, and how high at the width that it has; None where
    it shows none or scrolls."""
    hint = part.sizeHint()
    if isinstance(part, QLabel) and part.text():
        if part.wordWrap():
            return 0, part.heightForWidth(part.width())
        return hint.width(), hint.height()
    if isinstance(part, QComboBox):
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        field = part.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            part,
        )
        text = part.fontMetrics().horizontalAdvance(part.currentText())
        return part.width() + max(0, text - field.width()), 0
    if isinstance(part, QAbstractButton) and part.text():
        return hint.width(), 0
    return None


def words_of(part: QWidget) -> Iterator[str]:
    """What can be read or heard of a part."""
    yield from (part.toolTip(), part.accessibleName(), part.accessibleDescription())
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    if isinstance(part, QComboBox):
        yield from (part.itemText(place) for place in range(part.count()))


@cache
def is_english(words: str) -> bool:
    """Whether a text holds a word that was not translated; most stand on every view."""
    return bool(words and ENGLISH.search(re.sub("<[^>]*>", "", without_names(words))))


def without_names(words: str) -> str:
    """What is left of a text without the names in it; lines may break them, also at a hyphen."""
    left = words.replace("-\n", "-").replace("\n", " ")
    for name in NAMES:
        left = left.replace(name, "")
    return left


def visit() -> None:
    """Visits all views and writes down, as JSON, what is wrong with each."""
    told = []
    for name, kind in KINDS.items():  # to draw a thousand of each takes seconds
        KINDS[name] = replace(kind, count=min(kind.count, FEW))
    application = make_application()
    digits = bundled_digits()
    engine = StillEngine(digits.to_look_at(), digits)
    session = make_session(engine, digits.to_look_at())
    session.process.start()
    while session.designs.load_next():
        pass
    window = Window(session, "dark", 1.0)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.load_late()
    for page, view, design in VISITS:
        if session.state.design != design:
            session.designs.choose(design)
        session.change(page=page)
        if view:
            window.page.choose_view(view)
        while not engine.silent:
            session.refresh()
        for _ in range(20):  # layouts ask for one another; what is at rest costs nothing
            application.processEvents()
        fitted_text.cut_off = cut = []
        window.grab()
        fitted_text.cut_off = None  # what is drawn on the way to the next view is not seen
        found = {"place": f"{page} {view} {design}", "cut": cut}
        told.append(found | shown_by(window))
    window.close()
    QApplication.processEvents()
    json.dump(told, sys.stdout)


def shown_by(window: Window) -> dict[str, object]:
    """What is too large, too narrow or English in a window."""
    least = window.minimumSizeHint()
    narrow, english = [], set()
    for part in window.findChildren(QWidget):
        if not part.isVisible():
            continue
        wanted = needed(part)
        if wanted is not None and (wanted[0] > part.width() or wanted[1] > part.height()):
            text = part.currentText() if isinstance(part, QComboBox) else part.text()
            narrow.append((text, *wanted, part.width(), part.height()))
        english |= {words for words in words_of(part) if is_english(words)}
    return {
        "size": (max(least.width(), window.width()), max(least.height(), window.height())),
        "narrow": narrow,
        "english": sorted(english),
    }


# ---- in the test ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, list[object]]]:
    """What the window in the made-up language told of each view."""
    if not VIEWS:
        return []
    file = tmp_path_factory.mktemp("words") / "longer.po"
    file.write_text(as_text(made_up(kept_templates())), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from tests.ui.test_longer_words import visit; visit()"],
        cwd=ROOT,
        env=os.environ
        | {"NNVIZ_LANGUAGE": str(file), "PYTHONIOENCODING": "utf-8"}
        | {"XDG_DATA_HOME": str(file.parent)},  # without the studies of tests before
        capture_output=True,
        encoding="utf-8",
        timeout=OF_A_TEST * patience(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, list[object]]] = json.loads(done.stdout)
    return found


def told(seen: list[dict[str, list[object]]], what: str) -> list[str]:
    """Everything of one kind, with the view that it is on."""
    return [f"{view['place']}: {each}" for view in seen for each in view[what]]


def test_every_view_was_visited(seen: list[dict[str, list[object]]]) -> None:
    assert len(seen) == len(VISITS)


def test_the_window_stays_within_its_size(seen: list[dict[str, list[object]]]) -> None:
    sizes = {str(view["place"]): view["size"] for view in seen}
    assert not {place: size for place, size in sizes.items() if size != [WIDTH, HEIGHT]}


def test_no_painted_text_is_cut_off(seen: list[dict[str, list[object]]]) -> None:
    assert not (found := told(seen, "cut")), "\n" + "\n".join(found)


def test_no_widget_is_too_small_for_its_text(seen: list[dict[str, list[object]]]) -> None:
    assert not (found := told(seen, "narrow")), "\n" + "\n".join(found)


def test_no_word_stays_english(seen: list[dict[str, list[object]]]) -> None:
    assert not (found := told(seen, "english")), "\n" + "\n".join(found)
