"""Choosing a part of the digits in the window, and networks of some classes only."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.data.digits import Source, bundled_digits
from nnviz.paths import TRAINED
from nnviz.ui.app.digits_menu import DigitsMenu
from nnviz.ui.app.part_dialog import PartDialog
from nnviz.ui.kit.theme import Theme
from tests.ui.conftest import Show


@pytest.fixture
def chosen() -> list[Source]:
    return []


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget, chosen: list[Source]) -> PartDialog:
    return PartDialog(parent, Theme(), bundled_digits().to_look_at(), chosen.append)


def test_a_part_is_chosen_and_counted_before_it_is_opened(
    dialog: PartDialog, chosen: list[Source]
) -> None:
    assert "4,000 training digits" in dialog.told.text()
    dialog.first.click()
    dialog.every.setValue(10)
    dialog.share.setValue(25)
    part = Source(classes=("0", "1", "2", "3", "4"), every=10, share=0.25)
    digits = bundled_digits().only("01234").thinned(10, 0.25)
    assert dialog.told.text().startswith(f"{len(digits.train_labels)} training digits")
    dialog.take.click()
    assert chosen == [part]


@pytest.mark.parametrize(("percent", "share"), [(12.3, 0.123), (7.0, 0.07)])
def test_a_share_is_the_one_that_a_command_would_be_given(
    parent: QWidget, chosen: list[Source], percent: float, share: float
) -> None:
    digits = bundled_digits().thinned(1, share).to_look_at()
    again = PartDialog(parent, Theme(), digits, chosen.append)
    assert again.share.value() == percent
    assert again.wanted == Source(share=share)


def test_too_little_cannot_be_opened(dialog: PartDialog, chosen: list[Source]) -> None:
    for name in "012345678":
        dialog.classes[name].setChecked(False)
    assert "at least two" in dialog.told.text()
    assert not dialog.take.isEnabled()
    dialog.everyone.click()
    assert dialog.take.isEnabled()
    dialog.every.setValue(1000)
    assert "leaves none of some class" in dialog.told.text()
    assert not dialog.take.isEnabled()
    dialog.every.setValue(1)
    dialog.take.click()  # all of them are in use already
    assert chosen == []


def test_a_network_of_two_classes_opens_with_their_digits_and_the_menu_leads_back(
    show: Show,
) -> None:
    opened = show()
    files, session = opened.window.parts.files, opened.session
    files.open_network(TRAINED / "naive" / "six-or-nine.safetensors")
    opened.ticks_until(lambda: session.state.digits.classes == 2)
    assert session.state.work.opened is not None
    menu = opened.window.findChild(DigitsMenu)
    menu.fill()
    whole = next(each for each in menu.actions() if each.objectName() == "digits-whole")
    whole.trigger()
    opened.ticks_until(lambda: session.state.digits.classes == 10)
    menu.fill()
    assert "digits-whole" not in [each.objectName() for each in menu.actions()]


def test_five_classes_have_five_by_five_votes_and_four_steps(show: Show) -> None:
    opened = show()
    session = opened.session
    session.digits.open(Source(classes=("0", "1", "2", "3", "4"), every=10))
    opened.ticks_until(lambda: session.state.digits.classes == 5)
    assert session.state.digits.train_count == len(
        bundled_digits().only("01234").train_labels[::10]
    )
    session.designs.choose("all-pairs")
    session.change(page="votes")
    opened.learn(20)
    opened.ticks_until(lambda: len(opened.window.page.matrix.view.names) == 5)
    session.designs.choose("elimination")
    session.change(page="elimination")
    opened.learn(5)
    assert session.state.shown_reading == "walk"
    assert len(session.state.sure_verdict.steps) == 4
    assert session.state.digits.source == replace(Source(), classes=tuple("01234"), every=10)
