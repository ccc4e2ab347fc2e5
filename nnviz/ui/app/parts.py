"""What the window is filled with: bars round a page, and the menus."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.digits import Source
from nnviz.session.fetching import Fetching
from nnviz.session.files import HOW_READ
from nnviz.session.session import Session
from nnviz.session.survival import CHOOSE, TAKE_UP
from nnviz.ui.app.altered_strip import AlteredStrip
from nnviz.ui.app.banner import Banner
from nnviz.ui.app.digits_export import DigitsExport
from nnviz.ui.app.digits_menu import DigitsMenu
from nnviz.ui.app.files import Files
from nnviz.ui.app.film_export import FilmExport
from nnviz.ui.app.footer import Footer
from nnviz.ui.app.frame_clock import FrameClock
from nnviz.ui.app.head_room import HeadRoom
from nnviz.ui.app.lecture.appending import Appending
from nnviz.ui.app.lecture.keeping import Keeping
from nnviz.ui.app.lecture.keys import LectureKeys
from nnviz.ui.app.lecture.menu import LecturesMenu
from nnviz.ui.app.lecture.mode import LectureMode
from nnviz.ui.app.lecture.playing import Player
from nnviz.ui.app.lecture.speaker import Speaker
from nnviz.ui.app.lines import Lines
from nnviz.ui.app.networks_menu import NetworksMenu
from nnviz.ui.app.page_stack import Pages, PageStack
from nnviz.ui.app.rail import Rail
from nnviz.ui.app.settings_panel import SettingsPanel
from nnviz.ui.app.take_home import TakeHome
from nnviz.ui.app.timeline import Timeline
from nnviz.ui.app.top_bar import TopBar
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page, PageKind


@dataclass(frozen=True)
class Parts:
    """What fills a window."""

    clock: FrameClock
    files: Files
    lines: Lines
    take_home: TakeHome
    film_export: FilmExport
    digits_export: DigitsExport
    fetching: Fetching
    top_bar: TopBar
    timeline: Timeline
    altered: AlteredStrip
    footer: Footer
    rail: Rail
    settings: SettingsPanel
    head: HeadRoom
    body: QWidget
    stack: PageStack
    pages: Pages
    banner: Banner
    networks_menu: NetworksMenu
    lecture: LectureMode
    player: Player
    speaker: Speaker
    keys: LectureKeys
    lectures_menu: LecturesMenu


def fill(
    window: QMainWindow,
    session: Session,
    bar_theme: Theme,
    *,
    theme: Callable[[], Theme],
    page: Callable[[], QWidget],
    ask_settings: Callable[[Mapping[str, Any]], None],
    show_settings: Callable[[bool], object],
    rescale: Callable[[], None],
    settle: Callable[[], None],
    view_turned: Callable[[], None],
    step: Callable[[int], object],
    leave: Callable[[], object],
) -> Parts:
    """Makes the parts of a window and puts each in its place.

    `theme` and `page` tell what is on screen now; the rest is what the parts ask the window for:
    see its methods.
    """
    files = Files(session, window, page, theme)
    digits_export = DigitsExport(session, window, theme)
    film_export = FilmExport(session, window, theme)
    clock = FrameClock(session, window)
    top_bar, timeline = TopBar(session, bar_theme), Timeline(session, bar_theme)
    timeline.hide()
    head = HeadRoom(window, top_bar, bar_theme)
    altered = AlteredStrip(session, window, head, bar_theme)
    footer = Footer(session, bar_theme, ask_settings)
    fetching = Fetching(session, lambda name: files.open_digits(Source(name)))
    digits_menu = DigitsMenu(window, files, fetching)
    footer.set_digits_menu(digits_menu)
    footer.settings.clicked.connect(show_settings)
    rail = Rail(session, theme())
    rail.page_chosen.connect(session.designs.open_page)
    settings = SettingsPanel(session, theme(), ask_settings)
    settings.hide()

    def made(kind: PageKind) -> Page:
        """A page in the look of the window, told where it stands."""
        page = kind.make(session, theme())
        page.view_turned.connect(view_turned)
        page.export_asked.connect(digits_export.choose)
        page.fetch_asked.connect(digits_menu.ask_fetch)
        page.digits_asked.connect(digits_menu.choose)
        return page

    stack = PageStack(made)
    asking = {
        HOW_READ: files.choose_how,
        TAKE_UP: files.take_up,
        CHOOSE: files.choose_left,
        "studies.trials.open_digits": files.open_digits_of_trial,
        "digits.turn": files.turn_digits,
    }
    banner = Banner(session, window, head, bar_theme, lambda: altered.taken, asking)
    banner.download_cancelled.connect(fetching.cancel)

    lecture = LectureMode(window, session, theme(), page, rescale, settle)
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(rail)
    middle.addWidget(stack, 1)
    middle.addWidget(settings)
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head.strip)
    column.addWidget(top_bar)
    column.addWidget(lecture.strip)
    column.addLayout(middle, 1)
    column.addWidget(lecture.trouble)
    column.addWidget(timeline)
    column.addWidget(footer)
    window.setCentralWidget(body)
    for above in (altered, banner):
        above.raise_()
    head.changed.emit()
    bars = (head.strip, top_bar, timeline, footer, rail, settings, altered, banner)
    for_operator(window.menuBar(), *bars)
    player = Player(session, lecture, Keeping(window, timeline), stack.page)
    keys = LectureKeys(window, lecture, player, theme, step=step, leave=leave)
    session.watch(keys.follow)
    return Parts(
        clock=clock,
        files=files,
        lines=Lines(session, files),
        take_home=TakeHome(session, window, page, theme),
        film_export=film_export,
        digits_export=digits_export,
        fetching=fetching,
        top_bar=top_bar,
        timeline=timeline,
        altered=altered,
        footer=footer,
        rail=rail,
        settings=settings,
        head=head,
        body=body,
        stack=stack,
        pages=Pages(stack),
        banner=banner,
        networks_menu=NetworksMenu(session, window, files),
        lecture=lecture,
        player=player,
        speaker=Speaker(window, session, lecture, player, step, lambda: theme().name),
        keys=keys,
        lectures_menu=LecturesMenu(session, window, player, Appending(session, window, theme)),
    )
