"""The help in the program: contents and search on the left, the page on the right."""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import Qt, QTimer, QUrl, SignalInstance
from PySide6.QtGui import (
    QDesktopServices,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.app.help_contents import Contents
from nnviz.ui.app.help_keys import HEADS, Group
from nnviz.ui.app.help_pages import (
    ABOUT,
    FOLDER,
    KEYS,
    HelpError,
    HelpPage,
    Listed,
    contents,
    read_page,
    search,
)
from nnviz.ui.kit.controls import button, style_buttons
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.words import tr

CODE, SMALL = TEXT - 3, TEXT - 2
"""Sizes of code and of tables."""
SIZE = (1080, 680)
CONTENTS = 340
"""Width of the contents."""
PICTURE = 640
"""Width of a picture in a page. All in pixels of the design grid."""
Keys = Callable[[], Sequence[Group]]


def show_help(
    parent: QWidget,
    theme: Callable[[], Theme],
    new_look: SignalInstance,
    keys: Keys,
    learns: Callable[[], str],
    page: str,
    anchor: str = "",
) -> None:
    """Shows a page of the help, in the window of it that is open already if one is. `new_look` is
    sent when `theme` has changed."""
    opened = parent.findChild(HelpWindow)
    if opened is None:
        opened = HelpWindow(parent, theme, keys, learns)
        new_look.connect(opened.use_theme)
    opened.show()
    opened.go(page, anchor)
    opened.raise_()
    opened.activateWindow()


class HelpWindow(QDialog):
    """Stays beside the window, so that one can read and do. `theme` is that of the moment; `keys`
    are all keys, and `learns` says what learns here, both read when their pages are shown."""

    def __init__(
        self, parent: QWidget, theme: Callable[[], Theme], keys: Keys, learns: Callable[[], str]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._keys, self._learns = theme, keys, learns
        self._read: dict[str, HelpPage] = {}
        self._visited: list[tuple[str, str]] = []
        self._at = -1
        self.field = self._search_field()
        self.contents = Contents()
        self.contents.place_chosen.connect(self.go)
        self.text = QTextBrowser()
        self.text.setObjectName("help-page")
        self.text.setAccessibleName(tr("Page of the help"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setWordWrapMode(QTextOption.WrapMode.WordWrap)  # words stay whole in tables
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.back = button(tr("‹ Back"), tr("The page before (Alt+Left)"), self._back, "help-back")
        self.forward = button(
            tr("Forward ›"), tr("The page after (Alt+Right)"), self._forward, "help-forward"
        )
        self._left = QWidget()
        self._lay_out(parent)
        for key, does in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._to_search),
            (QKeySequence("Alt+Left"), self._back),
            (QKeySequence("Alt+Right"), self._forward),
        ):
            QShortcut(key, self, does)
        self._listed = _listed()
        self._unread = iter(self._listed)
        self._reading = QTimer(self)
        self._reading.timeout.connect(self._read_next)
        self._reading.start()
        self.contents.show_pages(self._listed, self._read)
        self._dress()
        self.text.setFocus()

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("help-search")
        field.setPlaceholderText(tr("Search (Ctrl+F)"))
        field.setAccessibleName(tr("Search all pages"))
        explain(field, tr("Finds the places that have all these words; Return shows the next one."))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._searched)
        field.returnPressed.connect(lambda: self.contents.next_hit())
        return field

    def _lay_out(self, parent: QWidget) -> None:
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.field)
        left.addWidget(self.contents)
        across = QHBoxLayout()
        across.addWidget(self._left)
        across.addWidget(self.text, 1)
        below = QHBoxLayout()
        below.addWidget(self.back)
        below.addWidget(self.forward)
        below.addStretch(1)
        below.addWidget(
            button(tr("Close"), tr("Put the help away (Esc)"), self.close, "help-close")
        )
        column = QVBoxLayout(self)
        column.addLayout(across, 1)
        column.addLayout(below)
        width, height = (self._theme().px(side) for side in SIZE)
        self.resize(min(width, parent.width() - 40), min(height, parent.height() - 40))

    # ---- pages -----------------------------------------------------------------------

    def go(self, page: str, anchor: str = "") -> None:
        """Shows a page, from a heading on."""
        if self._at < 0 or (page, anchor) != self._visited[self._at]:
            del self._visited[self._at + 1 :]
            self._visited.append((page, anchor))
            self._at += 1
        self._show()

    def _back(self) -> None:
        self._at = max(0, self._at - 1)
        self._show()

    def _forward(self) -> None:
        self._at = min(len(self._visited) - 1, self._at + 1)
        self._show()

    def _show(self) -> None:
        name, anchor = self._visited[self._at]
        try:
            if name == ABOUT:
                self._read.pop(name, None)  # what learns here may have changed
            page = self._page(name)
            html, title = page.html, page.title
        except HelpError as error:
            html, title = f"<p>{error}</p>", tr("Help")
        self.setWindowTitle(title)
        width = min(self._theme().px(PICTURE), max(self.text.viewport().width() - 40, 100))
        html = in_theme(html, self._theme().name)
        self.text.setHtml(html.replace("<img ", f'<img width="{width}" '))
        self._mark()
        self.contents.mark(name, anchor)
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < len(self._visited) - 1)
        self._scroll_to(anchor)

    def _page(self, name: str) -> HelpPage:
        """Raises HelpError."""
        if name not in self._read:
            groups = self._keys() if name == KEYS else ()
            keys = [(title, [HEADS, *rows]) for title, rows in groups]
            learns = self._learns() if name == ABOUT else ""
            self._read[name] = read_page(name, keys, learns=learns)
        return self._read[name]

    def _follow(self, link: QUrl) -> None:
        if link.scheme():
            QDesktopServices.openUrl(link)
            return
        here = self._visited[self._at][0]
        page = PurePosixPath(here).parent / link.path() if link.path() else here
        self.go(str(page), link.fragment())

    def _read_next(self) -> None:
        """Reads one more page for contents and search, between two events."""
        listed = next(self._unread, None)
        if listed is None:
            self._reading.stop()
            return
        try:
            self._page(listed.name)
        except HelpError:
            return  # whoever opens it is told
        self._searched()

    # ---- search ----------------------------------------------------------------------

    def _searched(self) -> None:
        """Shows what is found of the words in the field; without words, the contents."""
        asked = self.field.text().strip()
        if asked:
            pages = [self._read[each.name] for each in self._listed if each.name in self._read]
            self.contents.show_hits(search(pages, asked), {each.name: each.title for each in pages})
        else:
            self.contents.show_pages(self._listed, self._read)
            if self._visited:
                self.contents.mark(*self._visited[self._at])
        self._mark()

    def _to_search(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _mark(self) -> None:
        """Marks the words looked for on the page."""
        theme, document, marks = self._theme(), self.text.document(), []
        for word in self.field.text().split():
            cursor = document.find(word)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(theme.colour("focus"))
                mark.format.setForeground(theme.colour("on_accent"))
                marks.append(mark)
                cursor = document.find(word, cursor)
        self.text.setExtraSelections(marks)

    def _scroll_to(self, anchor: str) -> None:
        """Brings a heading to the top, and the first word looked for below it into sight."""
        document, bar = self.text.document(), self.text.verticalScrollBar()
        bar.setValue(0)
        cursor = QTextCursor(document)
        if anchor:
            cursor.setPosition(_place_of(document, anchor))
            bar.setValue(self.text.cursorRect(cursor).top())
        words = self.field.text().split()
        found = document.find(words[0], cursor.position()) if words else QTextCursor()
        if not found.isNull():
            cursor.setPosition(found.selectionEnd())
            self.text.setTextCursor(cursor)

    # ---- look ------------------------------------------------------------------------

    def _dress(self) -> None:
        """Takes colours and sizes of the program's theme."""
        theme = self._theme()
        for part in (self, self.field, self.contents, self.text):
            part.setFont(theme.font())
        self._left.setFixedWidth(min(theme.px(CONTENTS), self.width() * 2 // 5))
        self.contents.setIndentation(theme.px(18))
        style_buttons(self, theme)
        document = self.text.document()
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(theme.px(12))
        document.setDefaultStyleSheet(style(theme))
        document.setBaseUrl(QUrl.fromLocalFile(f"{FOLDER}/"))

    def use_theme(self) -> None:
        """Draws with the theme of the moment."""
        self._dress()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the search first, then the help."""
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        else:
            super().keyPressEvent(event)


def in_theme(html: str, theme: str) -> str:
    """A page with those of its pictures that were drawn for a theme, too: beside `NAME.png` lies
    `NAME-dark.png`."""

    def other(found: re.Match[str]) -> str:
        name = f"{found[1]}-{theme}.png"
        return f'src="{name}"' if (FOLDER / name).is_file() else found[0]

    return re.sub(r'src="([\w/-]+)\.png"', other, html)


def _listed() -> tuple[Listed, ...]:
    try:
        return contents()
    except HelpError:
        return ()  # the page of the contents says so


def _place_of(document: QTextDocument, anchor: str) -> int:
    """Where a heading starts; 0 if there is none."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if anchor in fragment.charFormat().anchorNames():
                return fragment.position()
            pieces += 1
        block = block.next()
    return 0


def style(theme: Theme) -> str:
    """How pages of the help look in a theme."""
    c, px = theme.colours, theme.px
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    return f"""
    h1 {{ font-size: {px(TEXT + 10)}px; font-weight: 600; margin-bottom: {px(8)}px; }}
    h2 {{ font-size: {px(TEXT + 5)}px; font-weight: 600;
        margin-top: {px(18)}px; margin-bottom: {px(6)}px; }}
    h3 {{ font-size: {px(TEXT + 1)}px; font-weight: 600; margin-top: {px(14)}px; }}
    p, li {{ line-height: 125%; margin-bottom: {px(8)}px; }}
    a {{ color: {c.negative}; }}
    code {{ font-family: '{fixed}'; font-size: {px(CODE)}px; background-color: {c.raised}; }}
    pre {{ white-space: pre-wrap; background-color: {c.raised}; margin: {px(6)}px; }}
    table {{ margin-top: {px(4)}px; margin-bottom: {px(12)}px; border-collapse: collapse; }}
    th, td {{ padding: {px(4)}px {px(8)}px; border: 1px solid {c.line};
        font-size: {px(SMALL)}px; }}
    th {{ background-color: {c.raised}; font-weight: 600; text-align: left; }}
    """
