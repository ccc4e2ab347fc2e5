"""The window: bars round a page, kept in step with the session."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.fetching import Fetching
from nnviz.learning.digits import Source
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.actions import add_actions
from nnviz.ui.altered_strip import AlteredStrip
from nnviz.ui.banner import Banner
from nnviz.ui.digits_menu import DigitsMenu
from nnviz.ui.files import Files
from nnviz.ui.footer import Footer
from nnviz.ui.frame_clock import FrameClock
from nnviz.ui.help import show_about, show_keys
from nnviz.ui.lecture import ZOOM, LectureMode
from nnviz.ui.networks_menu import NetworksMenu
from nnviz.ui.pages import PAGES
from nnviz.ui.pages.page import Page
from nnviz.ui.rail import Rail
from nnviz.ui.settings_panel import SettingsPanel
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.top_bar import TopBar

SMALLEST = QSize(800, 560)
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)

BAR_ZOOM = 1.3
"""How much the text of the bars grows at most, so that they leave room for the page."""


def _scrolling(page: Page) -> QScrollArea:
    """A page that scrolls once the window is too small for it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


class Window(QMainWindow):
    """Shows a session. `theme` and `scale` (0.8..2) are the user's choice."""

    keeps_look = False
    """Whether closing keeps size, theme and text scale for the next start."""
    session: Session
    files: Files
    top_bar: TopBar
    lecture: LectureMode

    def __init__(self, session: Session, theme: str = "dark", scale: float = 1.0) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("nnviz")
        self.setMinimumSize(SMALLEST)
        self.session = session
        self._scale = scale
        self._leaving = False
        self._interrupted = False
        self._theme = Theme(theme, 1.0)
        QApplication.setPalette(self._theme.palette())
        self.clock = FrameClock(session, self)
        self.files = Files(session, self, lambda: self.page)
        self.top_bar = TopBar(session, self._theme)
        self.footer = Footer(session, self._theme, self.ask_settings)
        self.fetching = Fetching(session, lambda name: self.files.open_digits(Source(name)))
        self.footer.set_digits_menu(DigitsMenu(self, self.files, self.fetching))
        self.footer.settings.clicked.connect(self.show_settings)
        self.rail = Rail(session, self._theme)
        self.rail.page_chosen.connect(lambda page: session.change(page=page))
        self.settings = SettingsPanel(session, self._theme, self.ask_settings)
        self.settings.hide()
        self.stack = QStackedWidget()
        self.pages: dict[str, Page] = {}
        for kind in PAGES:
            self.pages[kind.id] = kind(session, self._theme)
            self.stack.addWidget(_scrolling(self.pages[kind.id]))
        self.banner = Banner(session, self._theme, self.stack)
        self.banner.download_cancelled.connect(self.fetching.cancel)
        self.altered = AlteredStrip(session, self._theme)
        self._arrange()
        self.actions_by_text = add_actions(self)
        self.networks_menu = NetworksMenu(session, self, self.files)
        self.menuBar().insertMenu(self.menuBar().actions()[1], self.networks_menu)
        bars = (self.menuBar(), self.top_bar, self.footer, self.rail, self.settings)
        self.lecture = LectureMode(self, bars, self._rescale)
        self.clock.slow.connect(self._slow_tick)
        session.watch(self._changed)
        self.resize(*GRID)
        self._rescale()
        self.page.setFocus()
        self._changed(session.state, frozenset({"page"}))

    def _arrange(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for widget, stretch in ((self.rail, 0), (self.stack, 1), (self.settings, 0)):
            middle.addWidget(widget, stretch)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.altered)
        column.addLayout(middle, 1)
        column.addWidget(self.footer)
        self.setCentralWidget(body)

    @property
    def page(self) -> Page:
        """The page on screen."""
        return self.pages[self.session.state.page]

    # ---- the state -------------------------------------------------------------------

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if "page" in fields:
            self.stack.setCurrentIndex(list(self.pages).index(state.page))
            self.rail.show_state(state)
        if fields & {"notice", "download"}:
            self.banner.show_state(state)
        if fields & {"operations", "operations_before", "operated"}:
            self.altered.show_state(state)
        if "running" in fields:
            self.top_bar.show_running(state)
        # while it runs, words wait for the slow tick: nobody reads them at 30 Hz
        if not state.running or fields & {"image", "digits", "label"}:
            self._write(state)

    def _write(self, state: State) -> None:
        self.top_bar.show_state(state)
        self.rail.show_state(state)
        self.footer.show_state(state)
        self.settings.show_state(state)

    def _slow_tick(self) -> None:
        self.fetching.refresh()
        state = self.session.state
        if state.running:
            self._write(state)
            self.page.slow_tick(state)

    def load_late(self) -> None:
        """Loads what the first picture did not need."""
        for page in self.pages.values():
            page.load_late()

    def ask_settings(self, changes: Mapping[str, Any]) -> None:
        """Changes settings, after asking if that would end a run that no file holds."""
        if not self.session.starts_new_run(**changes):
            self.session.set(**changes)
            return
        self.files.unless_lost(
            "Start a new run",
            lambda: self.session.set(**changes),
            lambda: self._write(self.session.state),
        )

    def step_or_pause(self, size: str) -> None:
        """One step; while it runs, only a pause."""
        if self.session.state.running:
            self.session.pause()
        else:
            self.session.step(size)

    def step_page(self, direction: int) -> None:
        self.page.step(direction)

    # ---- look ------------------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def scale(self) -> float:
        """The user's text scale; 1 is 100 %."""
        return self._scale

    def other_theme(self) -> None:
        self.use_theme("light" if self._theme.name == "dark" else "dark")

    def use_theme(self, name: str) -> None:
        self._theme = Theme(name, self._theme.scale)
        self._apply()

    def zoom(self, direction: int) -> None:
        """Larger (1), smaller (-1) or usual (0) text."""
        if direction:
            rungs = [s for s in SCALES if (s - self._scale) * direction > 1e-6]
            self._scale = min(rungs, key=lambda s: abs(s - self._scale), default=self._scale)
        else:
            self._scale = 1.0
        self._rescale()

    def _rescale(self) -> None:
        """Fits the type to the window: a projector with more pixels gets larger letters."""
        fit = min(self.width() / GRID[0], self.height() / GRID[1])
        self._fit = round(min(max(fit, 0.8), 4.0) * 20) / 20
        scale = self._fit * self._scale * (ZOOM if self.lecture.on else 1)
        if scale != self._theme.scale or not self._applied:
            self._theme = Theme(self._theme.name, scale)
            self._apply()

    _applied = False
    _fit = 1.0

    def _apply(self) -> None:
        self._applied = True
        theme = self._theme
        QApplication.setPalette(theme.palette())
        QApplication.setFont(theme.font())
        self.setFont(theme.font())
        self.menuBar().setFont(theme.at_most(self._fit * BAR_ZOOM).font(17))
        for bar in (self.top_bar, self.footer):
            bar.use_theme(theme.at_most(self._fit * BAR_ZOOM))
        self.altered.use_theme(theme.at_most(self._fit * BAR_ZOOM))
        for part in (self.rail, self.settings, self.banner):
            part.use_theme(theme)
        for page in self.pages.values():
            page.use_theme(theme)

    def show_settings(self, shown: bool) -> None:
        self.settings.setVisible(shown)
        if not shown:
            self.page.setFocus()  # space runs and pauses again
        self.footer.settings.setChecked(shown)

    @property
    def settings_shown(self) -> bool:
        return not self.settings.isHidden()

    def show_keys(self) -> None:
        show_keys(self, self._theme.at_most(self._fit * BAR_ZOOM), self.actions_by_text.values())

    def show_about(self) -> None:
        show_about(self, self._theme.at_most(self._fit * BAR_ZOOM))

    # ---- Qt's own events -------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()
        self.banner.place()
        self.lecture.blank.setGeometry(self.rect())
        QTimer.singleShot(0, self.banner.place)  # once the page has its new size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), Qt.Key
        if key == keys.Key_Space:
            self.top_bar.toggle()
        elif key == keys.Key_Escape and self.lecture.on:
            self.lecture.leave()
        elif key == keys.Key_Escape:
            self.session.change(notice=None)
        elif key in (keys.Key_B, keys.Key_Period) and self.lecture.on:
            self.lecture.toggle_blank()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        lost = any(work.would_be_lost for work in self.session.state.works)
        if lost and not self._leaving:
            event.ignore()
            self.files.unless_any_lost("Close without saving", self.leave)
            return
        if self.keeps_look:
            self.remember()
        self.clock.stop()
        self.fetching.stop()
        self.session.stop(give_up=not self._interrupted)
        event.accept()

    def leave(self, interrupted: bool = False) -> None:
        """Closes without asking; an interrupted run is offered at the next start."""
        self._leaving, self._interrupted = True, interrupted
        self.close()

    def remember(self) -> None:
        """Keeps size, theme and text scale for the next start."""
        self.lecture.leave()
        kept = QSettings()
        kept.setValue("geometry", self.saveGeometry())
        kept.setValue("theme", self._theme.name)
        kept.setValue("scale", self._scale)
        kept.setValue("settings-shown", self.settings_shown)

    def recall(self) -> None:
        """Takes up the size and the panel of the last time, and keeps them at the end."""
        self.keeps_look = True
        kept = QSettings()
        geometry = kept.value("geometry")
        # the frame and title bar come on top
        room = self.screen().availableSize() - QSize(8, 40)
        if not (geometry and self.restoreGeometry(geometry)):
            self.resize(QSize(*GRID).boundedTo(room))
        self.show_settings(bool(kept.value("settings-shown", False, bool)))
