"""Looking changes nothing: whatever is pressed on whatever page changes what its words name, and
a digit has one confidence wherever it is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QWidget

from nnviz.data.digits import bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import SHOWN, Listing
from nnviz.session.state import OWN_DESIGNS
from nnviz.ui.app import action_words
from nnviz.ui.app.actions import entries
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from nnviz.ui.kit.picture import Picture
from nnviz.verdicts.answers import Options
from nnviz.words import percent

HARD = 5
"""A test digit of which no network is quite sure."""
FEW = 24
"""Test digits: everything that a page asks about them is answered at once."""
CHOSEN = ("settings", "design", "reading", "options", "operations", "baseline", "race", "dense")
SELECTED = ("own_scales", "image", "label", "output", "neuron", "member", "pair", "step", "moment")
KEPT = (*CHOSEN, *SELECTED, "page", "shelf", "running")
"""What stays as it is whatever is pressed, unless the words on it name it."""
COMES_ON_SCREEN = frozenset(
    {"settings", "design", "operations", "output", "neuron", "member", "shelf", "moment"}
)
"""What belongs to a network that comes on screen."""
LEARNS = frozenset({"settings", "running", "shelf", "moment"})
BESIDE = frozenset({"running", "shelf"})
"""Of an experiment: its networks are on the shelf."""
NEURON = frozenset({"neuron", "member"})
DIGIT = frozenset({"image", "output", "step"})
NAMED: Mapping[str, frozenset[str]] = {
    "designs": COMES_ON_SCREEN,
    "run": LEARNS,
    "reset": LEARNS,
    "new-seed": LEARNS,
    "page": frozenset({"page"}),
    "page-votes": frozenset({"page", "step"}),  # before the first step of a network of its kind
    "page-elimination": frozenset({"page", "step"}),
    "pick": DIGIT,
    "DigitSheet": DIGIT,
    "TwoHeaps": DIGIT,
    "label-filter": DIGIT | {"label"},
    "own-scales": frozenset({"own_scales"}),
    "neuron": NEURON,
    "summed": NEURON | {"output"},
    "off": NEURON | {"operations"},
    "hold-at-its-mean": NEURON | {"operations"},
    "start-setups": BESIDE,
    "start-the-race": COMES_ON_SCREEN | {"running", "race"},
    "bit-weights": LEARNS,
    "bit-exercise": frozenset({"step"}),
    "train-code": BESIDE,
    "rule": frozenset({"reading"}),
    "player": DIGIT,
    "pair": frozenset({"pair"}),
    "rival": frozenset({"pair"}),
    "elimination-variant": frozenset({"options"}),
    "true-class": DIGIT | {"label"},
    "to": frozenset({"page"}),
    # pictures: what a click on one of their parts names
    "DigitPicture": DIGIT,
    "NetworkPicture": NEURON | DIGIT,
    "Mosaic": NEURON,
    "SignedBars": NEURON | DIGIT,
    "Strip": NEURON | DIGIT,
    "BitLayerPicture": frozenset({"output", "member"}),
    "TemplateImages": COMES_ON_SCREEN,
    "VoteMatrix": frozenset({"pair"}),
    "RankedBars": frozenset({"pair"}),
    "PairPicture": NEURON | DIGIT,
    "StepGrid": frozenset({"step", "pair"}),
    "StepCard": frozenset({"step", "pair"}),
    "PushRows": NEURON,
    "MorphLanes": COMES_ON_SCREEN,
    # tables, by their names
    "table-of-designs": COMES_ON_SCREEN | {"running"},
    "race-lanes": COMES_ON_SCREEN,
    "result-list": BESIDE,
    "savings": frozenset({"options"}),
    "answer-rows": COMES_ON_SCREEN,
}
"""Beginning of the name of a control, or kind of a picture -> what its words name."""
ASKS_FIRST = {
    "open-image",
    "paste-image",
    "save-digits",
    "table",
    "settings",
    "digits",
    "film-play",
    "study-open",
    "study-save",
    "study-fetch",
    "study-save-table",
    "study-save-report",
    "study-save-figures",
}
"""They open a dialog, a menu or a panel and change nothing before that is answered."""
RUN_BESIDE = {"study-start", "study-run"}
"""They have other processes work, which is tested where the study is."""


@pytest.fixture(scope="module")
def window(application: QApplication) -> Iterator[Window]:
    digits = bundled_digits()
    digits = replace(
        digits,
        train_images=digits.train_images[:200],
        train_labels=digits.train_labels[:200],
        test_images=digits.test_images[:FEW],
        test_labels=digits.test_labels[:FEW],
    )
    shown = digits.to_look_at()
    session = make_session(StillEngine(shown, digits), shown)
    session.process.start()
    opened = Window(session, "dark", 1.0)
    opened.resize(1280, 720)
    opened.show()
    opened.load_late()
    while session.designs.load_next():
        pass
    for page in PAGES:  # each is made when it is shown first
        session.change(page=page.id)
        for view in page.views:
            opened.page.choose_view(view)
    answer(opened)
    yield opened
    opened.leave()
    opened.deleteLater()


def answer(window: Window) -> None:
    """Has what is asked answered."""
    for _ in range(2):
        window.session.refresh()
        QApplication.processEvents()


def named(name: str) -> frozenset[str]:
    """What the words of a control name."""
    found = [each for each in NAMED if name == each or name.startswith(f"{each}-")]
    return NAMED[max(found, key=len)] if found else frozenset()


def kept(window: Window) -> dict[str, Any]:
    state = window.session.state
    found = {name: getattr(state, name) for name in KEPT if name != "shelf"}
    return found | {"shelf": tuple(work.key for work in state.works)}


def controls(part: QWidget) -> Iterator[tuple[str, QWidget]]:
    """What can be pressed on a part of the window that is on screen, by its name."""
    for widget in part.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled():
            continue
        if isinstance(widget, QAbstractButton | QComboBox):
            yield widget.objectName(), widget
        elif isinstance(widget, Picture) and widget.view is not None:
            own = widget.objectName() if type(widget).__name__ == "Table" else ""
            yield own or type(widget).__name__, widget


def press(widget: QWidget) -> None:
    """A click; in a box the next entry; on a picture one on its last and on its first part."""
    match widget:
        case QComboBox():
            widget.activated.emit((widget.currentIndex() + 1) % widget.count())
        case QAbstractButton():
            widget.click()
        case Picture():
            regions = list(widget.regions(widget.view))
            for region in {regions[-1].key: 0, regions[0].key: 0} if regions else ():
                widget.choose(region)


def put_back(window: Window, before: Any) -> None:
    """All as it was before something was pressed."""
    session = window.session
    if session.state.running:
        session.runs.pause()
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    while popup := QApplication.activePopupWidget():
        popup.close()
    names = (*CHOSEN[2:4], *CHOSEN[5:], *SELECTED, "page", "work", "shelf", "place", "beside")
    now = session.state
    others = {name: getattr(before, name) for name in names}
    others = {name: value for name, value in others.items() if value is not getattr(now, name)}
    if now is not before:
        session.change(**others, notice=None)


def test_whatever_is_pressed_changes_only_what_its_words_name(window: Window) -> None:
    session, pressed, wrong = window.session, set[tuple[str, str]](), list[str]()
    for page in PAGES:
        for view in page.views or ("",):
            session.change(page=page.id)
            if view:
                window.page.choose_view(view)
            answer(window)
            before, stood = session.state, kept(window)
            for name, widget in list(controls(window)):
                where = (page.id if window.page.isAncestorOf(widget) else "", name)
                if where in pressed or name in ASKS_FIRST | RUN_BESIDE:
                    continue
                pressed.add(where)
                press(widget)
                now = kept(window)
                changed = {each for each in KEPT if now[each] != stood[each]}
                if changed - named(name):
                    wrong.append(f"{where}: {sorted(changed - named(name))}")
                put_back(window, before)
                assert kept(window) == stood
                if view and name.startswith("view-"):
                    window.page.choose_view(view)
    assert not wrong
    assert len(pressed) > 100


LOOKING = {"view": frozenset(), "digit": DIGIT | {"label"}, "design": COMES_ON_SCREEN}
"""Menus of which nothing learns -> what their entries name."""
ENTRIES = {
    ("view", action_words.ALL_IMAGES[0]): {"dense"},
    ("view", action_words.PLAY_FILM[0]): {"moment"},
    **{("view", page.title): {"page"} for page in PAGES},
}
"""The same of single entries."""


def test_whatever_menus_offer_changes_only_what_their_words_name(window: Window) -> None:
    session, wrong = window.session, list[str]()
    session.change(page="train")
    answer(window)
    before, stood = session.state, kept(window)
    steps = {page.title for page in PAGES if page.id in OWN_DESIGNS}
    offered = [entry for entry in entries() if entry.menu in LOOKING]
    assert len(offered) > 25
    for entry in offered:
        entry.do(window)
        now, names = kept(window), ENTRIES.get((entry.menu, entry.text), LOOKING[entry.menu])
        changed = {each for each in KEPT if now[each] != stood[each]}
        if changed - names - ({"step"} if entry.text in steps else set()):
            wrong.append(f"{entry.text}: {sorted(changed - names)}")
        if entry.menu == "view" and changed <= {"moment"}:
            entry.do(window)  # panels, bars, themes and lectures come and go
        put_back(window, before)
        assert kept(window) == stood
    assert not wrong


# ---- one digit has one confidence ----------------------------------------------------

PLACES = (
    ("train", ""),
    ("designs", "compare"),
    ("mistakes", "digit"),
    ("mistakes", "confusion"),
    ("draw", "pad"),
)
"""Pages that write how sure a network is of the digit on screen."""


def sure(window: Window, place: str) -> dict[str, str]:
    """Design -> how sure its network is of the digit on screen, as a page writes it."""
    page, state = window.page, window.session.state
    shown = page.shown[place] if place else page
    if place in ("compare", "pad"):
        return {row.design: row.confidence for row in shown.rows if row.answer}
    if place == "digit":
        rows = shown.answers.view.rows
        return {row.key: row.cells[4].text for row in rows if len(row.cells) > 4}
    if place == "confusion":
        grid, whose = shown.digits.grid.view, state.mistakes.listing.whose
        return {} if grid is None else {whose: grid.words(state.image)}
    said = next(
        each for each in page.findChildren(Picture) if type(each).__name__ == "NetworkPicture"
    )
    return {state.design: re.findall(r"[0-9]+ %", said.words(said.view))[0]}


@pytest.mark.parametrize(
    ("design", "chosen"),
    [
        ("ten-outputs", {}),
        ("ten-outputs", {"reading": "votes"}),
        ("ten-outputs", {"options": Options(drop=3)}),
        ("elimination", {"options": Options(drop=3)}),
        ("all-pairs", {"reading": "duels"}),
        ("four-bits", {"reading": "literal-bits"}),
    ],
)
def test_a_digit_has_one_confidence_wherever_it_is_written(
    window: Window, design: str, chosen: dict[str, Any]
) -> None:
    session = window.session
    session.designs.choose(design)
    session.change(reading="", options=Options(), page="train", image=HARD)
    session.change(**chosen)
    session.pad.put_shown_digit()
    own = percent(session.state.sure_verdict.confidence, 0)
    found: dict[str, set[str]] = {}
    for page, view in PLACES:
        session.change(page=page)
        if view:
            window.page.choose_view(view)
        for whose in DESIGNS if view == "confusion" else (SHOWN,):
            session.choose("mistakes", listing=Listing("all", whose=whose))
            answer(window)
            for each, told in sure(window, view).items():
                found.setdefault(each, set()).add(told)
    assert found[design] == {own}
    assert {each: told for each, told in found.items() if len(told) > 1} == {}
    assert found.keys() == DESIGNS.keys()
