"""The help in the program: contents and search on the left, the page on the right."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTextBrowser,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.app.help_pages import (
    FOLDER,
    INDEX,
    KEYS,
    HelpError,
    HelpPage,
    Listed,
    contents,
    read_page,
    search,
)
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.words import tr, tr_n

CODE, SMALL = TEXT - 3, TEXT - 2
PICTURE = 640
"""Width of a picture in a page, in pixels of the design grid."""
HEADINGS = 2
"""Headings down to this level stand in the contents."""
PLACE = Qt.ItemDataRole.UserRole
"""Where an item of the contents keeps its (page, anchor)."""
Place = tuple[str, str]


def show_help(
    parent: QWidget,
    theme: Callable[[], Theme],
    keys: Callable[[], Sequence[tuple[str, str]]],
    page: str,
    anchor: str = "",
) -> None:
    """Shows a page of the help, in the window of it that is open already if one is."""
    opened = parent.findChild(HelpWindow)
    if opened is None:
        opened = HelpWindow(parent, theme, keys)
    opened.go(page, anchor)
    opened.show()
    opened.raise_()
    opened.activateWindow()


class HelpWindow(QDialog):
    """Stays beside the window, so that one can read and do. `theme` is that of the moment; `keys`
    are all keys, read when their page is shown."""

    def __init__(
        self,
        parent: QWidget,
        theme: Callable[[], Theme],
        keys: Callable[[], Sequence[tuple[str, str]]],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._keys = theme, keys
        self._dressed: Theme | None = None
        self._read: dict[str, HelpPage] = {}
        self._visited: list[Place] = []
        self._at = -1
        self.field = QLineEdit()
        self.field.setObjectName("help-search")
        self.field.setPlaceholderText(tr("Search all pages (Ctrl+F)"))
        self.field.setAccessibleName(tr("Search all pages"))
        self.field.setToolTip(
            wrapped(tr("Finds the places that have all these words; Return shows the next one."))
        )
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._searched)
        self.field.returnPressed.connect(self._next_hit)
        self.tree = QTreeWidget()
        self.tree.setObjectName("help-contents")
        self.tree.setHeaderHidden(True)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.currentItemChanged.connect(self._chosen)
        self.text = QTextBrowser()
        self.text.setObjectName("help-page")
        self.text.setAccessibleName(tr("Page of the help"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.back = button(tr("‹ Back"), tr("The page before (Alt+Left)"), self._back, "help-back")
        self.forward = button(
            tr("Forward ›"), tr("The page after (Alt+Right)"), self._forward, "help-forward"
        )
        close = button(tr("Close"), tr("Put the help away (Esc)"), self.close, "help-close")
        self._lay_out(close)
        for keys_of_it, does in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._to_search),
            (QKeySequence("Alt+Left"), self._back),
            (QKeySequence("Alt+Right"), self._forward),
        ):
            QShortcut(keys_of_it, self, does)
        self._listed = self._contents()
        self._show_contents()
        self._unread = iter([each.name for each in self._listed])
        self._reading = QTimer(self)
        self._reading.timeout.connect(self._read_next)
        self._reading.start()
        self._dress()

    def _lay_out(self, close: QWidget) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.field)
        left.addWidget(self.tree)
        across = QHBoxLayout()
        across.addWidget(self._left)
        across.addWidget(self.text, 1)
        below = QHBoxLayout()
        below.addWidget(self.back)
        below.addWidget(self.forward)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.addLayout(across, 1)
        column.addLayout(below)
        theme, parent = self._theme(), self.parentWidget()
        self.resize(
            min(theme.px(1080), max(parent.width() - 40, 320)),
            min(theme.px(680), max(parent.height() - 40, 240)),
        )

    # ---- pages -----------------------------------------------------------------------

    def go(self, page: str, anchor: str = "") -> None:
        """Shows a page, from a heading on."""
        if (page, anchor) != self._place:
            del self._visited[self._at + 1 :]
            self._visited.append((page, anchor))
            self._at += 1
        self._show()

    @property
    def _place(self) -> Place:
        return self._visited[self._at] if self._visited else ("", "")

    def _back(self) -> None:
        self._at = max(0, self._at - 1)
        self._show()

    def _forward(self) -> None:
        self._at = min(len(self._visited) - 1, self._at + 1)
        self._show()

    def _show(self) -> None:
        name, anchor = self._place
        try:
            page = self._page(name)
            html, title = page.html, page.title
        except HelpError as error:
            html, title = f"<p>{error}</p>", tr("Help")
        self.setWindowTitle(title)
        width = min(self._theme().px(PICTURE), max(self.text.viewport().width() - 40, 200))
        self.text.setHtml(html.replace("<img ", f'<img width="{width}" '))
        self._mark()
        self._select(name, anchor)
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < len(self._visited) - 1)
        self._scroll_to(anchor)

    def _page(self, name: str) -> HelpPage:
        """Raises HelpError."""
        if name not in self._read:
            self._read[name] = read_page(name, self._keys() if name == KEYS else ())
        return self._read[name]

    def _follow(self, link: QUrl) -> None:
        if link.scheme():
            QDesktopServices.openUrl(link)
            return
        page = PurePosixPath(self._place[0]).parent / link.path() if link.path() else self._place[0]
        self.go(str(page), link.fragment())

    def _read_next(self) -> None:
        """Reads one more page for contents and search, between two events."""
        name = next(self._unread, None)
        if name is None:
            self._reading.stop()
            return
        try:
            self._page(name)
        except HelpError:
            return  # whoever opens it is told
        if self.field.text():
            self._searched()
        else:
            self._show_contents()

    # ---- contents and search ---------------------------------------------------------

    def _contents(self) -> tuple[Listed, ...]:
        try:
            return contents()
        except HelpError:
            return ()  # the page of the contents says so

    def _show_contents(self) -> None:
        self.tree.setAccessibleName(tr("Contents"))
        self.tree.setToolTip(wrapped(tr("The pages of the help and what stands on them")))
        self._fill(self._items_of_contents())
        self._select(*self._place)

    def _items_of_contents(self) -> Iterator[QTreeWidgetItem]:
        start = Listed(INDEX, tr("Contents"), tr("All pages, a line each."))
        for each in (start, *self._listed):
            item = _item(each.title, (each.name, ""), each.about)
            page = self._read.get(each.name)
            for section in page.sections if page is not None else ():
                if 1 < section.level <= HEADINGS:
                    item.addChild(_item(section.heading, (each.name, section.anchor)))
            yield item

    def _searched(self) -> None:
        asked = self.field.text()
        if not asked.strip():
            self._show_contents()
        else:
            pages = [self._read[each.name] for each in self._listed if each.name in self._read]
            hits = search(pages, asked)
            titles = {page.name: page.title for page in pages}
            found = tr_n("{count} place", "{count} places", len(hits))
            self.tree.setAccessibleName(found)
            self.tree.setToolTip(wrapped(tr("What was found; Return shows the next one.")))
            items = []
            for hit in hits:
                section = hit.section
                item = _item(section.heading, (section.page, section.anchor), hit.around)
                if section.level > 1:
                    page = titles[section.page]
                    item.setText(0, tr("{page} › {heading}", page=page, heading=section.heading))
                item.addChild(_item(hit.around, (section.page, section.anchor)))
                items.append(item)
            self._fill(items or [_item(tr("No page has all these words."), ("", ""))])
            self.tree.expandAll()
        self._mark()

    def _fill(self, items: Sequence[QTreeWidgetItem] | Iterator[QTreeWidgetItem]) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        self.tree.addTopLevelItems(list(items))
        self.tree.blockSignals(False)

    def _select(self, name: str, anchor: str) -> None:
        """Marks the page on screen in the contents; hits are left as they are."""
        if self.field.text().strip():
            return
        tops = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        for top in tops:
            inner = [top.child(place) for place in range(top.childCount())]
            here = [item for item in (top, *inner) if item.data(0, PLACE) == (name, anchor)]
            top.setExpanded(top.data(0, PLACE)[0] == name)
            if here or top.data(0, PLACE)[0] == name:
                self.tree.blockSignals(True)
                self.tree.setCurrentItem(here[0] if here else top)
                self.tree.blockSignals(False)

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        page, anchor = item.data(0, PLACE)
        if page:
            self.go(page, anchor)

    def _next_hit(self) -> None:
        """Goes to the first hit, from a hit to the next one, from the last one to the first."""
        count = self.tree.topLevelItemCount()
        item = self.tree.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        place = self.tree.indexOfTopLevelItem(item) + 1 if item is not None else 0
        if count:
            self.tree.setCurrentItem(self.tree.topLevelItem(place % count))

    def _to_search(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _mark(self) -> None:
        """Marks the words looked for on the page."""
        marks = []
        for word in self.field.text().split():
            cursor = self.text.document().find(word)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor  # type: ignore[attr-defined]
                mark.format.setBackground(self._theme().colour("focus"))  # type: ignore[attr-defined]
                mark.format.setForeground(self._theme().colour("on_accent"))  # type: ignore[attr-defined]
                marks.append(mark)
                cursor = self.text.document().find(word, cursor)
        self.text.setExtraSelections(marks)

    def _scroll_to(self, anchor: str) -> None:
        """Brings a heading to the top; of a hit its first word into sight."""
        document = self.text.document()
        start = _place_of(document, anchor) if anchor else 0
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self._top(document, start) if anchor else 0)
        words = self.field.text().split()
        if words:
            found = document.find(words[0], start)
            if not found.isNull():
                shown = QTextCursor(document)
                shown.setPosition(found.selectionEnd())
                self.text.setTextCursor(shown)
                self.text.ensureCursorVisible()

    def _top(self, document: QTextDocument, place: int) -> int:
        cursor = QTextCursor(document)
        cursor.setPosition(place)
        return self.text.cursorRect(cursor).top()

    # ---- look ------------------------------------------------------------------------

    def _dress(self) -> None:
        """Takes colours and sizes of the program's theme."""
        theme = self._dressed = self._theme()
        for part in (self, self.field, self.tree, self.text):
            part.setFont(theme.font())
        self._left.setFixedWidth(min(theme.px(330), self.width() * 2 // 5))
        style_buttons(self, theme)
        document = self.text.document()
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(theme.px(12))
        document.setDefaultStyleSheet(_style(theme))
        document.setBaseUrl(QUrl.fromLocalFile(f"{FOLDER}/"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        looks = (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ApplicationFontChange)
        if event.type() in looks and self._dressed != self._theme():
            self._dress()
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the search first, then the help."""
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        else:
            super().keyPressEvent(event)


def _item(text: str, place: Place, tooltip: str = "") -> QTreeWidgetItem:
    made = QTreeWidgetItem([text])
    made.setData(0, PLACE, place)
    made.setToolTip(0, wrapped(tooltip or text))
    return made


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


def _style(theme: Theme) -> str:
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
