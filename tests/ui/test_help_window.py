"""The help in the window: contents, search, links, keys, and the look of the program."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from nnviz.ui.app import help_pages
from nnviz.ui.app.help import HelpWindow
from nnviz.ui.app.help_contents import PLACE
from nnviz.ui.app.help_pages import HelpError, contents
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.theme import TEXT
from tests.ui.conftest import Opened, Show

CTRL, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def opened_by(opened: Opened, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> HelpWindow:
    """Opens the help by a key of the window."""
    QTest.keyClick(opened.window, key, modifiers)
    return shown(opened)


def shown(opened: Opened) -> HelpWindow:
    """The help on screen, once it has read all its pages."""
    opened.bot.waitUntil(lambda: bool(opened.window.findChildren(HelpWindow)))
    found = opened.window.findChildren(HelpWindow)
    assert len(found) == 1
    opened.bot.waitUntil(lambda: not found[0]._reading.isActive())
    return found[0]


@pytest.fixture
def help_window(show: Show) -> HelpWindow:
    """The help, with its contents on screen."""
    opened = show()
    opened.window.show_help("index.md")
    return shown(opened)


def items(window: HelpWindow) -> list[str]:
    """What the list at the left says, top level."""
    tree = window.contents
    tops = (tree.topLevelItem(place) for place in range(tree.topLevelItemCount()))
    return [top.text(0) for top in tops if top]


def marked(window: HelpWindow) -> list[str]:
    """The words marked on the page."""
    return [each.cursor.selectedText() for each in window.text.extraSelections()]  # type: ignore[attr-defined]


def first_line(window: HelpWindow) -> str:
    """What stands at the top of the page as it is scrolled."""
    return window.text.cursorForPosition(QPoint(30, 5)).block().text()


def test_f1_lists_the_keys_of_every_action(show: Show) -> None:
    opened = show()
    opened.window.actions_by_text["Random digit"].setShortcut("Ctrl+Alt+9")  # on this system
    window = opened_by(opened, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    text = window.text.toPlainText()
    native = QKeySequence.SequenceFormat.NativeText
    networks = opened.window.parts.networks_menu.actions()
    for action in (*opened.window.actions_by_text.values(), *networks):
        for key in action.shortcuts():
            assert key.toString(native) in text
            assert " ".join(action.toolTip().split()) in text
    assert "Black screen" in text


def test_it_tells_of_the_page_on_screen_and_has_every_page_in_the_menu(show: Show) -> None:
    opened = show()
    for page in PAGES:
        opened.session.change(page=page.id)
        opened.window.actions_by_text["This page"].trigger()
        window = shown(opened)
        assert window.windowTitle() == "Pages and views"
        assert first_line(window) == page.title
    for listed in contents():
        opened.window.actions_by_text[listed.title].trigger()
        window = shown(opened)
        assert window.windowTitle() == listed.title
        assert listed.title in window.text.toPlainText()
        current = window.contents.currentItem()
        assert current
        assert current.text(0) == listed.title


def test_the_window_stays_usable_beside_the_help(show: Show) -> None:
    opened = show()
    window = opened_by(opened, Qt.Key.Key_F1)
    opened.session.change(page="votes")
    assert window.isVisible()
    assert not window.isModal()
    opened.window.actions_by_text["This page"].trigger()
    assert shown(opened) is window
    assert first_line(window) == "Votes"


def test_the_contents_list_pages_and_headings_and_lead_there(help_window: HelpWindow) -> None:
    assert items(help_window) == ["Contents", *(each.title for each in contents())]
    place = items(help_window).index("Statistics and formulas")
    top = help_window.contents.topLevelItem(place)
    assert top
    headings = [top.child(number) for number in range(top.childCount())]
    chosen = next(each for each in headings if each and each.text(0) == "Templates")
    help_window.contents.setCurrentItem(chosen)
    assert help_window.windowTitle() == "Statistics and formulas"
    assert first_line(help_window) == "Templates"


def test_a_search_finds_marks_and_jumps(help_window: HelpWindow) -> None:
    QTest.keyClick(help_window.text, Qt.Key.Key_F, CTRL)
    assert help_window.focusWidget() is help_window.field
    QTest.keyClicks(help_window.field, "moran smooth")
    assert any("Hidden neurons as detectors" in each for each in items(help_window))
    assert help_window.contents.accessibleName().endswith("found")
    seen = set()
    for _ in items(help_window):
        QTest.keyClick(help_window.field, Qt.Key.Key_Return)
        current = help_window.contents.currentItem()
        assert current
        page, anchor = current.data(0, PLACE)
        seen.add((page, anchor))
        assert {each.lower() for each in marked(help_window)} >= {"moran", "smooth"}
        cursor = help_window.text.textCursor()
        assert help_window.text.viewport().rect().contains(help_window.text.cursorRect(cursor))
    assert len(seen) == len(items(help_window))
    QTest.keyClick(help_window.field, Qt.Key.Key_Return)
    current = help_window.contents.currentItem()
    assert current is help_window.contents.topLevelItem(0)


def test_a_search_without_a_hit_says_so(help_window: HelpWindow) -> None:
    QTest.keyClicks(help_window.field, "zzzz")
    assert items(help_window) == ["No place has all these words."]
    before = help_window.text.toPlainText()
    QTest.keyClick(help_window.field, Qt.Key.Key_Return)
    assert help_window.text.toPlainText() == before


def test_esc_ends_the_search_and_then_the_help(show: Show) -> None:
    opened = show()
    window = opened_by(opened, Qt.Key.Key_F1)
    QTest.keyClicks(window.field, "votes")
    assert marked(window)
    QTest.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.field.text()
    assert not marked(window)
    assert items(window)[0] == "Contents"
    assert window.isVisible()
    QTest.keyClick(window.text, Qt.Key.Key_Escape)
    opened.bot.waitUntil(lambda: not opened.window.findChildren(HelpWindow))


def test_links_lead_on_and_back_by_keys(help_window: HelpWindow) -> None:
    help_window.text.setFocus()
    QTest.keyClick(help_window.text, Qt.Key.Key_Tab)
    QTest.keyClick(help_window.text, Qt.Key.Key_Return)
    assert help_window.windowTitle() == "Starting"
    help_window.text.anchorClicked.emit(QUrl("statistics.md#accuracy"))
    assert help_window.windowTitle() == "Statistics and formulas"
    assert first_line(help_window) == "Accuracy"
    help_window.text.anchorClicked.emit(QUrl("#templates"))
    assert first_line(help_window) == "Templates"
    for title in ("Statistics and formulas", "Starting", "Help", "Help"):
        QTest.keyClick(help_window.text, Qt.Key.Key_Left, ALT)
        assert help_window.windowTitle() == title
    assert not help_window.back.isEnabled()
    help_window.forward.click()
    assert help_window.windowTitle() == "Starting"
    help_window.text.anchorClicked.emit(QUrl("keys.md"))
    assert not help_window.forward.isEnabled()


def test_an_address_of_the_web_opens_outside(
    help_window: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    help_window.text.anchorClicked.emit(QUrl("https://docs.astral.sh/uv/"))
    assert asked == ["https://docs.astral.sh/uv/"]
    assert help_window.windowTitle() == "Help"


def test_a_page_that_cannot_be_read_gives_a_sentence(help_window: HelpWindow) -> None:
    help_window.text.anchorClicked.emit(QUrl("gone.md"))
    assert help_window.text.toPlainText() == "The page gone.md of the help cannot be read."
    help_window.back.click()
    assert "Starting" in help_window.text.toPlainText()


def test_a_help_without_its_files_says_so(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object, **__: object) -> str:
        raise HelpError("The page index.md of the help cannot be read.")

    monkeypatch.setattr(help_pages, "text_of", unreadable)
    opened = show()
    window = opened_by(opened, Qt.Key.Key_F1)
    assert window.text.toPlainText() == "The page index.md of the help cannot be read."


def size_of(window: HelpWindow, words: str) -> int:
    found = window.text.document().find(words)
    return found.charFormat().font().pixelSize()


def test_it_has_the_colours_and_sizes_of_the_program(show: Show) -> None:
    opened = show(scale=1.0)
    window = opened_by(opened, Qt.Key.Key_F1)
    link = window.text.document().find("weight times activity")
    assert link.charFormat().foreground().color() == opened.window.theme.colour("negative")
    assert size_of(window, "the outputs as one") == TEXT
    before = opened.window.theme
    opened.window.other_theme()
    opened.window.zoom(1)
    assert opened.window.theme.colours != before.colours
    link = window.text.document().find("weight times activity")
    assert link.charFormat().foreground().color() == opened.window.theme.colour("negative")
    assert size_of(window, "the outputs as one") == opened.window.theme.px(TEXT) > TEXT
    assert window.windowTitle() == "Pages and views"


def broken_words(window: HelpWindow) -> list[str]:
    """Paragraphs of a single word that stand in several lines."""
    found, block = [], window.text.document().begin()
    while block.isValid():
        if block.text().isalpha() and block.layout().lineCount() > 1:
            found.append(block.text())
        block = block.next()
    return found


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_word_is_broken_and_at_the_usual_size_nothing_scrolls_across(
    show: Show, scale: float
) -> None:
    opened = show(size=(1280, 720), scale=scale)
    window = opened_by(opened, Qt.Key.Key_F1)
    wide, broken = [], []
    for listed in contents():
        window.go(listed.name)
        QApplication.processEvents()
        broken += broken_words(window)
        if window.text.horizontalScrollBar().maximum() > 0:
            wide.append(listed.name)
    assert not broken
    assert scale > 1 or not wide  # where text is large, what is widest may scroll


def test_pictures_are_shown_and_fit(help_window: HelpWindow) -> None:
    cursor = help_window.text.document().find("\ufffc")
    picture = cursor.charFormat().toImageFormat()
    assert picture.isValid()
    assert 0 < picture.width() <= help_window.text.viewport().width()
    loaded = help_window.text.document().resource(2, QUrl(picture.name()))
    assert loaded is not None


def test_every_control_has_a_name_and_a_tooltip(help_window: HelpWindow) -> None:
    controls = [
        *(each for each in help_window.findChildren(QAbstractButton) if each.objectName()),
        help_window.field,
        help_window.contents,
    ]
    names = {each.objectName() for each in controls}
    assert names >= {"help-back", "help-forward", "help-close", "help-search", "help-contents"}
    own = [each for each in controls if each.objectName().startswith("help-")]
    assert [each.objectName() for each in own if not each.toolTip()] == []
    assert [each.objectName() for each in own if not each.accessibleName()] == []
    assert help_window.text.accessibleName()


def test_a_hit_on_the_page_on_screen_is_brought_into_sight(help_window: HelpWindow) -> None:
    QTest.keyClicks(help_window.field, "calibration")
    QTest.keyClick(help_window.field, Qt.Key.Key_Return)
    cursor = QTextCursor(help_window.text.textCursor())
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, 11)
    assert cursor.selectedText().lower() == "calibration"
    assert QApplication.activeModalWidget() is None
