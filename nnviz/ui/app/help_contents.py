"""The list at the left of the help: all pages with their headings, or what a search found."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem

from nnviz.ui.app.help_pages import INDEX, HelpPage, Hit, Listed
from nnviz.ui.kit.telling import explain, wrapped
from nnviz.words import tr, tr_n

HEADINGS = 2
"""Headings down to this level stand in the contents."""
PLACE = Qt.ItemDataRole.UserRole
"""Where an item keeps its (page, anchor)."""
NOWHERE = ("", "")


class Contents(QTreeWidget):
    """Pages, or hits; says what was chosen."""

    place_chosen = Signal(str, str)
    """page, anchor"""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help-contents")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._tops: list[QTreeWidgetItem] = []
        self._searched = False
        self.currentItemChanged.connect(self._say)

    def show_pages(self, listed: Sequence[Listed], read: Mapping[str, HelpPage]) -> None:
        """All pages, with the headings of those that have been read."""
        self._searched = False
        self.setAccessibleName(tr("Contents"))
        explain(self, tr("The pages of the help and what stands on them."))
        items = []
        for each in (Listed(INDEX, tr("Contents"), tr("All pages, a line each.")), *listed):
            item = _item(each.title, (each.name, ""), each.about)
            page = read.get(each.name)
            for section in page.sections if page is not None else ():
                if 1 < section.level <= HEADINGS:
                    item.addChild(_item(section.heading, (each.name, section.anchor)))
            items.append(item)
        self._fill(items)

    def show_hits(self, hits: Sequence[Hit], titles: Mapping[str, str]) -> None:
        """What was found; `titles` are those of the pages."""
        self._searched = True
        self.setAccessibleName(tr_n("{count} place found", "{count} places found", len(hits)))
        explain(self, tr("What was found; Return in the search shows the next one."))
        items = []
        for hit in hits:
            section = hit.section
            place, title = (section.page, section.anchor), titles[section.page]
            if section.level > 1:
                title = tr("{heading} ({page})", page=title, heading=section.heading)
            item = _item(title, place, hit.around)
            item.addChild(_item(hit.around, place))
            items.append(item)
        self._fill(items or [_item(tr("No place has all these words."), NOWHERE)])
        self.expandAll()

    def mark(self, page: str, anchor: str) -> None:
        """Marks the page on screen; hits are left as they are."""
        if self._searched:
            return
        for top in self._tops:
            own = top.data(0, PLACE)[0] == page
            top.setExpanded(own)
            if own:
                inner = (top.child(number) for number in range(top.childCount()))
                here = [item for item in inner if item and item.data(0, PLACE) == (page, anchor)]
                self.blockSignals(True)
                self.setCurrentItem(here[0] if here else top)
                self.blockSignals(False)

    def next_hit(self) -> None:
        """Chooses the first hit, after a hit the next one, after the last one the first."""
        item = self.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        number = self._tops.index(item) + 1 if item in self._tops else 0
        self.setCurrentItem(self._tops[number % len(self._tops)])

    def _fill(self, items: Iterable[QTreeWidgetItem]) -> None:
        self.blockSignals(True)
        self.clear()
        self._tops = list(items)
        self.addTopLevelItems(self._tops)
        self.blockSignals(False)

    def _say(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, PLACE) != NOWHERE:
            self.place_chosen.emit(*item.data(0, PLACE))


def _item(text: str, place: tuple[str, str], tooltip: str = "") -> QTreeWidgetItem:
    made = QTreeWidgetItem([text])
    made.setData(0, PLACE, place)
    made.setToolTip(0, wrapped(tooltip or text))
    return made
