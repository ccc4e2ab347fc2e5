"""*What is this?*: what is clicked next, or has the focus, is told of by what the help says."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from nnviz.session.state import State
from nnviz.ui.app.help_excerpts import Place
from nnviz.ui.app.what_is_said import Said, thing_at, told_of
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page

Kind = QEvent.Type


class WhatIsThis(QObject):
    """Has Qt's own mode with the question mark ask it."""

    def __init__(
        self,
        window: QWidget,
        theme: Callable[[], Theme],
        state: Callable[[], State],
        show_help: Callable[[str, str], object],
    ) -> None:
        """`theme` and `state` are those of the moment; `show_help` opens the help at a heading."""
        super().__init__(window)
        self._window, self._theme, self._show_help = window, theme, show_help
        self._state = state

    def ask(self, by_key: bool) -> None:
        """Asked by its key, tells of the control or picture that has the focus; if none has, or
        from the menu, of what is clicked next."""
        focused = QApplication.focusWidget() if by_key else None
        thing = None if focused is None else thing_at(focused)
        if thing is None or isinstance(thing, Page):
            self.enter()
            return
        here = thing.here if isinstance(thing, Picture) else None
        middle = thing.rect().center()
        self.tell(thing, middle if here is None else here.place.center().toPoint())

    def enter(self) -> None:
        """The pointer asks: what is clicked next is told of; Esc ends that."""
        application = QApplication.instance()
        if application is not None and not QWhatsThis.inWhatsThisMode():
            # only meanwhile: every event of the program comes here
            application.installEventFilter(self)
            QWhatsThis.enterWhatsThisMode()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == Kind.LeaveWhatsThisMode:
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
        elif kind in (Kind.QueryWhatsThis, Kind.WhatsThis) and isinstance(watched, QWidget):
            thing = thing_at(watched)
            event.setAccepted(thing is not None)
            if thing is not None and kind == Kind.WhatsThis and isinstance(event, QHelpEvent):
                QWhatsThis.leaveWhatsThisMode()
                self.tell(thing, thing.mapFromGlobal(event.globalPos()))
            return True
        return False

    def tell(self, thing: QWidget, point: QPoint) -> None:
        """Says what a control or a picture is, and what its part at this point is."""
        said = Said(self._window, self._theme(), told_of(thing, QPointF(point), self._state()))
        said.read_on.connect(self._read_on)
        said.another.connect(self.enter)
        said.open_at(thing.mapToGlobal(point))

    def _read_on(self, place: Place) -> None:
        self._show_help(place.page, place.anchor)
