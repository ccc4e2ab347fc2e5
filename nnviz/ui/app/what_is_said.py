"""What *What is this?* says of a thing, and the small window that says it."""

import html
from dataclasses import dataclass

from PySide6 import QtGui
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QTextBrowser, QVBoxLayout, QWidget

from nnviz.session.state import State
from nnviz.ui.app.help import style
from nnviz.ui.app.help_excerpts import Place, excerpt
from nnviz.ui.app.help_pages import HelpError
from nnviz.ui.app.help_topics import Topic, topic_of
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot
from nnviz.ui.kit.telling import TIP
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page
from nnviz.words import tr

WIDTH, HIGHEST, MARGIN = 640, 470, 12
"""Of the window, on the design grid."""
MORE, DETAILS, ANOTHER = "nnviz:more", "nnviz:details", "nnviz:another"
"""What its links do."""
READ_ON, SHOW_DETAILS = tr("More in the help"), tr("Details")
FEWER, ASK_ANOTHER = tr("Without details"), tr("Ask about something else")
NAME = tr("What this is")


@dataclass(frozen=True)
class Told:
    """What there is to say of a thing."""

    title: str
    part: str
    """Of the part that was pointed at."""
    tip: str
    shows: str
    """What a picture shows now."""
    topic: Topic


def thing_at(inside: QWidget) -> QWidget | None:
    """The control, the picture or the page that a widget is, or is a part of."""
    thing: QWidget | None = inside
    while thing is not None:
        if thing.property(TIP) or isinstance(thing, Picture | Plot | Page):
            return thing
        thing = thing.parentWidget()
    return None


def told_of(thing: QWidget, point: QPointF, state: State) -> Told:
    """What there is to say of a thing, and of its part at a point."""
    part = shows = ""
    if isinstance(thing, Picture | Plot) and thing.view is not None:
        shows = thing.words(thing.view)
    if isinstance(thing, Picture) and thing.view is not None:
        region = thing.region_at(point)
        part = "" if region is None else region.tip or region.words
    tip = str(thing.property(TIP) or "")
    if isinstance(thing, Page):
        kind = KINDS[state.page]
        return Told(kind.title, part, "", shows, topic_of(thing, state))
    return Told(_name_of(thing), part, "" if tip == part else tip, shows, topic_of(thing, state))


def _name_of(thing: QWidget) -> str:
    said = thing.accessibleName()
    if not said and isinstance(thing, QAbstractButton):
        said = thing.text()
    return said or tr("What it says")


class Said(QFrame):
    """A small window that goes away with the next click elsewhere, or Esc; Tab goes to its
    links."""

    read_on = Signal(object)
    """A Place of the help is to be opened."""
    another = Signal()

    def __init__(self, window: QWidget, theme: Theme, told: Told) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("what-is-this")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._window, self.told, self._theme = window, told, theme
        self._detailed = False
        self.text = QTextBrowser()
        self.text.setObjectName("what-is-this-text")
        self.text.setAccessibleName(NAME)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.setFont(theme.font())
        document = self.text.document()
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(theme.px(MARGIN))
        document.setDefaultStyleSheet(style(theme))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.text)
        self.setFocusProxy(self.text)

    def open_at(self, point: QPoint) -> None:
        """Opens near a point of the screen, inside the window it belongs to."""
        self._write()
        around = self._window
        corner = around.mapToGlobal(QPoint(0, 0))
        room = around.size() - self.size()
        x = min(max(point.x() + 12, corner.x()), corner.x() + max(0, room.width()))
        y = min(max(point.y() + 12, corner.y()), corner.y() + max(0, room.height()))
        self.move(x, y)
        self.show()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def _write(self) -> None:
        self.text.setHtml(said_in_html(self.told, self._detailed))
        px, around = self._theme.px, self._window
        width = min(px(WIDTH), around.width() - 16)
        document = self.text.document()
        document.setTextWidth(width - 2)
        height = min(int(document.size().height()) + 4, px(HIGHEST), around.height() - 16)
        self.resize(width, height)

    def _follow(self, link: QUrl) -> None:
        address = link.toString()
        if address == DETAILS:
            self._detailed = not self._detailed
            self._write()
            return
        self.close()
        if address == ANOTHER:
            self.another.emit()
        elif address == MORE:
            self.read_on.emit(self.told.topic.places[0])
        elif not link.scheme():
            self.read_on.emit(Place(link.path() or self.told.topic.places[0].page, link.fragment()))


def said_in_html(told: Told, detailed: bool = False) -> str:
    """All that is said; with its statistics only if it is wanted `detailed`."""
    parts = [f"<h3>{html.escape(told.title)}</h3>"]
    parts += [f"<p>{_in_html(each)}</p>" for each in (told.part, told.tip, told.shows) if each]
    parts += [f"<p>{said}</p>" for said in map(_excerpt, told.topic.places) if said]
    links = [_link(MORE, READ_ON)]
    if told.topic.details is not None:
        links.append(_link(DETAILS, FEWER if detailed else SHOW_DETAILS))
    links.append(_link(ANOTHER, ASK_ANOTHER))
    parts.append(f"<p>{''.join(links)}</p>")
    if detailed and told.topic.details is not None:
        parts.append(_excerpt(told.topic.details, whole=True))
    return "".join(parts)


def _excerpt(place: Place, whole: bool = False) -> str:
    try:
        return excerpt(place, whole)
    except HelpError as error:
        return html.escape(str(error))


def _link(address: str, words: str) -> str:
    return f'<a href="{address}">{html.escape(words)}</a> &nbsp; '


def _in_html(text: str) -> str:
    """As Qt takes the words of a tooltip: they can be HTML."""
    return text if QtGui.Qt.mightBeRichText(text) else html.escape(text).replace("\n", "<br>")
