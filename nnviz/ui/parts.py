"""What the window is filled with: bars round a page, and the menus."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.digits import Source
from nnviz.session.fetching import Fetching
from nnviz.session.session import Session
from nnviz.ui.actions import add_actions
from nnviz.ui.altered_strip import AlteredStrip
from nnviz.ui.banner import Banner
from nnviz.ui.digits_export import DigitsExport
from nnviz.ui.digits_menu import DigitsMenu
from nnviz.ui.files import Files
from nnviz.ui.film_export import FilmExport
from nnviz.ui.footer import Footer
from nnviz.ui.frame_clock import FrameClock
from nnviz.ui.lecture import LectureMode
from nnviz.ui.networks_menu import NetworksMenu
from nnviz.ui.page_stack import Pages, PageStack
from nnviz.ui.pages.page import Page, PageKind
from nnviz.ui.rail import Rail
from nnviz.ui.settings_panel import SettingsPanel
from nnviz.ui.theme import Theme
from nnviz.ui.timeline import Timeline
from nnviz.ui.top_bar import TopBar

if TYPE_CHECKING:
    from nnviz.ui.window import Window


def fill(window: "Window", session: Session, theme: Theme, bar_theme: Theme) -> None:
    """Makes the parts of a window and puts each in its place."""
    window.clock = FrameClock(session, window)
    window.files = Files(session, window, lambda: window.page)
    window.film_export = FilmExport(session, window, lambda: window.theme)
    window.digits_export = DigitsExport(session, window, lambda: window.theme)
    window.top_bar = TopBar(session, bar_theme)
    window.timeline = Timeline(session, bar_theme)
    window.timeline.hide()
    window.altered = AlteredStrip(session, bar_theme)
    window.footer = Footer(session, bar_theme, window.ask_settings)
    window.fetching = Fetching(session, lambda name: window.files.open_digits(Source(name)))
    window.footer.set_digits_menu(DigitsMenu(window, window.files, window.fetching))
    window.footer.settings.clicked.connect(window.show_settings)
    window.rail = Rail(session, theme)
    window.rail.page_chosen.connect(lambda page: session.change(page=page))
    window.settings = SettingsPanel(session, theme, window.ask_settings)
    window.settings.hide()
    window.stack = PageStack(lambda kind: _page(window, kind))
    window.pages = Pages(window.stack)
    window.banner = Banner(session, theme)
    window.banner.download_cancelled.connect(window.fetching.cancel)
    window.body = _arranged(window)
    window.setCentralWidget(window.body)
    window.actions_by_text = add_actions(window)
    window.networks_menu = NetworksMenu(session, window, window.files)
    window.menuBar().insertMenu(window.menuBar().actions()[1], window.networks_menu)
    bars = (window.menuBar(), window.top_bar, window.footer, window.rail, window.settings)
    window.lecture = LectureMode(window, bars, window.rescale, window.draw_once_settled)


def _page(window: "Window", kind: PageKind) -> Page:
    """A page in the look of the window, told where it stands."""
    page = kind.make(window.session, window.theme)
    page.beside_digit(not window.rail.isHidden())
    window.rail.shown.connect(page.beside_digit)
    page.export_asked.connect(window.digits_export.choose)
    return page


def _arranged(window: "Window") -> QWidget:
    middle = QHBoxLayout()
    middle.setSpacing(0)
    page = QVBoxLayout()
    page.setSpacing(0)
    page.addWidget(window.banner)
    page.addWidget(window.stack, 1)
    middle.addWidget(window.rail)
    middle.addLayout(page, 1)
    middle.addWidget(window.settings)
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(window.top_bar)
    column.addWidget(window.altered)
    column.addLayout(middle, 1)
    column.addWidget(window.timeline)
    column.addWidget(window.footer)
    return body
