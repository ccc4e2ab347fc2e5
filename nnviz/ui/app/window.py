"""The window: bars round a page, kept in step with the session."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QMimeData, QSettings, QSize, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow

from nnviz.ui.app.application import BAR_ZOOM, GRID, LECTURE_ZOOM, MENU_TEXT, SCALES, SMALLEST
from nnviz.ui.kit.preferences import preference

if TYPE_CHECKING:  # nothing more than the opening picture needs is imported before it
    from PySide6.QtGui import QAction

    from nnviz.session.session import Session
    from nnviz.session.state import State
    from nnviz.ui.app.parts import Parts
    from nnviz.ui.app.start_here import StartHere
    from nnviz.ui.app.what_is_this import WhatIsThis
    from nnviz.ui.kit.theme import Theme
    from nnviz.ui.pages.page import Page

MENU_STYLE = """QMenuBar::item:selected {
    background: palette(highlight);
    color: palette(highlighted-text);
}"""
"""Fusion shows the menu that the keys are at only while it is open."""
DRAWN_ON = "draw", "pad"
"""The page and the view that pictures of digits are read on."""


class Window(QMainWindow):
    """Shows a session. `theme` and `scale` (0.8..2) are the user's choice.

    Without a session it is empty until `fill`, and can show a picture meanwhile.
    """

    new_look = QtCore.Signal()
    """Theme or size of the text have changed."""
    keeps_look = False
    """Whether closing keeps size, theme and text scale for the next start."""
    filled = False
    session: "Session"
    parts: "Parts"
    asking: "WhatIsThis | None" = None
    """*What is this?*, once it was asked."""
    start_here: "StartHere | None" = None
    """The page for newcomers, once it was shown."""
    actions_by_text: "dict[str, QAction]"
    _theme: "Theme"
    _dressed: "Theme"
    """What the bars have, which have none in lecture mode."""

    def __init__(
        self, session: "Session | None" = None, theme: str = "dark", scale: float = 1.0
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("nnviz")
        self.setMinimumSize(QSize(*SMALLEST))
        self.resize(*GRID)
        self.theme_name = theme
        self._scale = scale
        self._shows_settings = False
        self._leaving = False
        self._undecided = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._draw_again)
        if session is not None:
            self.fill(session)

    def fill(self, session: "Session") -> None:
        """Puts bars, pages and menus into the empty window."""
        # only now: the opening picture needs none of it
        from nnviz.ui.app.actions import add_actions
        from nnviz.ui.app.parts import fill
        from nnviz.ui.kit.theme import Theme

        self.session = session
        self._theme = self._dressed = Theme(self.theme_name, self._fit * self._scale)
        self._dress()
        # before anybody listens to the window, which tells of each
        self.actions_by_text = add_actions(self, lambda do: do(self))
        self.parts = fill(
            self,
            session,
            self._bar_theme,
            theme=lambda: self._theme,
            page=lambda: self.page,
            ask_settings=self.ask_settings,
            show_settings=self.show_settings,
            rescale=self.rescale,
            settle=self.draw_once_settled,
            view_turned=self._write_rail,
            step=self.step_page,
            leave=self._leave,
        )
        menus = self.menuBar()
        menus.insertMenu(menus.actions()[1], self.parts.networks_menu)
        menus.insertMenu(menus.actions()[4], self.parts.lectures_menu)
        self.setAcceptDrops(True)
        self.menuBar().setFont(self._bar_theme.font(MENU_TEXT))
        self.menuBar().setStyleSheet(MENU_STYLE)
        self.filled = True
        self.parts.clock.slow.connect(self._slow_tick)
        session.watch(self._changed)
        self.show_settings(self._shows_settings)
        self.page.setFocus()
        self._changed(session.state, frozenset({"page", "notice"}))

    @property
    def page(self) -> "Page":
        """The page on screen."""
        return self.parts.pages[self.session.state.page]

    # ---- the state -------------------------------------------------------------------

    def _changed(self, state: "State", fields: frozenset[str]) -> None:
        if "digits" in fields:
            # only now, as in `fill`
            from nnviz.ui.kit.telling import retell

            retell(self)
        if "page" in fields:
            if not self.parts.lecture.rescales:  # then it gets its theme once
                self._dress_page()
            self.parts.stack.turn_to(state)
            self._write_rail()
        if fields & {"notice", "download"}:
            self.parts.banner.show_state(state)
        if fields & {"operations", "answers"}:
            self.parts.altered.show_state(state)
        if fields & {"running", "awaiting"}:
            self.parts.top_bar.show_running(state)
        # while it runs, words wait for the slow tick: nobody reads them at 30 Hz; but where a
        # page may write what many places say, all of them do
        learned = fields == {"verdict"} or self.session.store.is_snapshot(fields)
        if not (state.running and learned):
            self._write(state)

    def _write(self, state: "State") -> None:
        self._write_learned(state)
        self.parts.footer.show_state(state)

    def _write_learned(self, state: "State") -> None:
        """Writes what may be said otherwise of a network that learns."""
        self.parts.top_bar.show_state(state)
        self.parts.altered.show_state(state)
        self._write_rail()
        if self.settings_shown:
            self.parts.settings.show_state(state)
        if self.film_shown:
            self.parts.timeline.show_state(state)

    def _write_rail(self) -> None:
        state = self.session.state
        if self.page.asks_first(state):
            state = replace(state, answer_hidden=True)
        held_back = self.page.holds_back(state)
        self.parts.rail.show_state(state, held_back)
        self.parts.lecture.show_state(state, held_back, self.page.tells_of_digit(state))

    def _slow_tick(self) -> None:
        self.parts.fetching.refresh()
        if not self.session.state.running:
            return
        # all that is said of the digit, and of how good the network is, in one turn: nowhere
        # does one part of the window tell of another moment than the next
        self.session.store.judge()
        state = self.session.state
        self._write_learned(state)
        self.page.slow_tick(state)
        self.page.curves_tick(state)

    def load_late(self) -> None:
        """Loads what the first picture did not need."""
        self.parts.stack.load_late()

    def ask_settings(self, changes: Mapping[str, Any]) -> None:
        """Changes settings, after asking if that would end a run that no file holds."""
        if not self.session.controls.starts_new_run(**changes):
            self.session.controls.set(**changes)
            return
        self.parts.files.unless_new_run(
            lambda: self.session.controls.set(**changes),
            lambda: self._write(self.session.state),
        )

    def step_or_pause(self, size: str) -> None:
        """One step; while it runs, only a pause."""
        if self.session.state.running:
            self.session.runs.pause()
        else:
            self.session.runs.step(size)

    def step_page(self, direction: int) -> None:
        """Next (1) or back (-1): in a lecture as it goes on, else as the page on screen does."""
        if self.parts.lecture.blank.lies:  # nobody may step unseen
            self.parts.lecture.blank.hide()
            return
        player = self.parts.player
        if player.lecture is not None:
            (player.next if direction > 0 else player.back)()
            return
        self.page.step(direction)

    # ---- look ------------------------------------------------------------------------

    @property
    def theme(self) -> "Theme":
        return self._theme

    @property
    def scale(self) -> float:
        """The user's text scale; 1 is 100 %."""
        return self._scale

    def other_theme(self) -> None:
        self.use_theme("light" if self.theme_name == "dark" else "dark")

    def use_theme(self, name: str) -> None:
        self.theme_name = name
        self._apply(replace(self._theme, name=name))

    def zoom(self, direction: int) -> None:
        """Larger (1), smaller (-1) or usual (0) text."""
        if direction:
            rungs = [s for s in SCALES if (s - self._scale) * direction > 1e-6]
            self._scale = min(rungs, key=lambda s: abs(s - self._scale), default=self._scale)
        else:
            self._scale = 1.0
        self.rescale()

    def rescale(self) -> None:
        """Fits the type to the window: a projector with more pixels gets larger letters."""
        scale = self._fit * self._scale * (LECTURE_ZOOM if self.parts.lecture.on else 1)
        if scale != self._theme.scale:
            self._apply(replace(self._theme, scale=scale))
        else:
            self._dress_page()

    @property
    def _fit(self) -> float:
        """How much larger than the design grid the window is."""
        fit = min(self.width() / GRID[0], self.height() / GRID[1])
        return round(min(max(fit, 0.8), 4.0) * 20) / 20

    def _apply(self, theme: "Theme") -> None:
        self.draw_once_settled()
        self._theme = theme
        self._dress()
        self.parts.lecture.use_theme(theme)
        self.parts.speaker.follow_theme()
        if not self.parts.lecture.on:  # there are none
            self._dress_bars()
        self._dress_page()
        self.new_look.emit()

    def _dress_bars(self) -> None:
        """Gives what stands round the page the theme, unless it has it still, as after lecture
        mode."""
        if self._dressed == self._theme:
            return
        self._dressed, parts = self._theme, self.parts
        self.menuBar().setFont(self._bar_theme.font(MENU_TEXT))
        bars = parts.head, parts.top_bar, parts.timeline, parts.footer, parts.altered, parts.banner
        for bar in bars:
            bar.use_theme(self._bar_theme)
        for part in (parts.rail, parts.settings):
            part.use_theme(self._theme)

    def draw_once_settled(self) -> None:
        """Draws nothing until all parts have their new sizes: once instead of several times."""
        # not of the window itself: it would never draw again after a change to full screen
        self.parts.body.setUpdatesEnabled(False)
        self._settled.start()

    def _draw_again(self) -> None:
        self.parts.body.setUpdatesEnabled(True)

    def _dress(self) -> None:
        """Palette and font for all that has none of its own."""
        QApplication.setPalette(self._theme.palette())
        QApplication.setFont(self._theme.font())

    def _dress_page(self) -> None:
        """Gives the page on screen the theme; the others take it when their turn comes."""
        if self.page.theme != self._theme:
            self.page.use_theme(self._theme)

    @property
    def _bar_theme(self) -> "Theme":
        return self._theme.at_most(self._fit * BAR_ZOOM)

    def show_settings(self, shown: bool) -> None:
        self._shows_settings = shown
        if not self.filled:
            return
        self.parts.settings.setVisible(shown)
        if shown:
            self.parts.settings.show_state(self.session.state)
        else:
            self.page.setFocus()  # space runs and pauses again
        self.parts.footer.settings.setChecked(shown)

    @property
    def settings_shown(self) -> bool:
        if not self.filled:
            return self._shows_settings
        # only now, as in `fill`
        from nnviz.ui.kit.in_lectures import wanted

        return wanted(self.parts.settings)

    def show_film(self, shown: bool) -> None:
        """Shows the timeline; without it, the present."""
        self.parts.timeline.setVisible(shown)
        if shown:
            self.parts.timeline.show_state(self.session.state)
        else:
            self.session.change(moment=None)
            self.page.setFocus()

    @property
    def film_shown(self) -> bool:
        # only now, as in `fill`
        from nnviz.ui.kit.in_lectures import wanted

        return wanted(self.parts.timeline)

    def play_film(self) -> None:
        """Plays the film, or stops it."""
        self.show_film(True)
        self.parts.timeline.play.click()

    def show_help(self, page: str = "", anchor: str = "") -> None:
        """Shows a page of the help, at a heading; without a name, what it says of the page on
        screen."""
        # only now: no start needs it
        from nnviz.ui.app.help import show_help
        from nnviz.ui.app.help_keys import keys_of
        from nnviz.ui.app.help_pages import PAGES, anchor_of
        from nnviz.ui.app.page_stack import KINDS
        from nnviz.ui.app.what_learns import what_learns

        if not page:
            anchor = anchor_of(KINDS[self.session.state.page].title)
        actions = [*self.actions_by_text.values(), *self.parts.networks_menu.actions()]
        keys = partial(keys_of, actions)
        learns = partial(what_learns, self.session)
        theme = lambda: self._bar_theme  # noqa: E731 - that of the moment
        show_help(self, theme, self.new_look, keys, learns, page or PAGES, anchor)

    def ask_what(self) -> None:
        """*What is this?*: of what has the focus if a key asks, else of what is clicked next."""
        if self.asking is None:
            # only now, as the help
            from nnviz.ui.app.what_is_this import WhatIsThis

            self.asking = WhatIsThis(
                self, lambda: self._bar_theme, lambda: self.session.state, self.show_help
            )
        shift = QtCore.Qt.KeyboardModifier.ShiftModifier
        self.asking.ask(by_key=bool(QApplication.keyboardModifiers() & shift))

    def show_start(self) -> None:
        """Lays the page for newcomers over the page on screen."""
        if self.start_here is None:
            # only now: hardly any start needs it
            from nnviz.ui.app.page_stack import KINDS
            from nnviz.ui.app.start_here import StartHere

            parts = self.parts
            here = self.start_here = StartHere(
                parts.stack,
                self.session,
                lambda: self._theme,
                parts.player.open,
                lambda: self.page.setFocus(),
            )
            parts.rail.page_chosen.connect(here.put_away)
            for kind in KINDS.values():
                self.actions_by_text[kind.title].triggered.connect(here.put_away)
            self.new_look.connect(here.use_theme)
        self.start_here.lay()

    # ---- Qt's own events -------------------------------------------------------------

    def focusNextPrevChild(self, next: bool) -> bool:
        if self.filled:
            self.parts.lecture.reveal()
        if not self.filled:
            return super().focusNextPrevChild(next)
        with self.page.without_proxies():
            return super().focusNextPrevChild(next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.filled:
            return
        self.rescale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.filled:
            return
        key, keys = event.key(), QtCore.Qt.Key
        if key == keys.Key_Space:
            self.parts.top_bar.toggle()
        elif key == keys.Key_Escape:
            self._leave()
        elif key == keys.Key_A and not event.modifiers():
            self.parts.player.toggle_answer()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        """Takes away what lies over the page, leaves the lecture or lecture mode, puts a message
        away, or takes back what is selected."""
        if self.parts.lecture.put_away():
            return
        if self.start_here is not None and self.start_here.put_away():
            return
        if self.parts.player.on:
            self.parts.player.leave()
        elif self.parts.lecture.on:
            self.parts.lecture.leave()
        elif self.session.state.notice is not None:
            self.session.change(notice=None)
        else:
            self.page.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.filled:
            self.parts.take_home.show_menu(event)

    def open_picture(self) -> None:
        """Asks for a picture of a digit, on the page that reads one."""
        self._show_pad()
        self.page.open_picture()

    def _show_pad(self) -> None:
        """Shows the page that pictures of digits are read on, and its first view."""
        from nnviz.ui.pages.page import choose_view_of  # a page, which the first paint needs not

        self.session.designs.open_page(DRAWN_ON[0])
        choose_view_of(self.session, *DRAWN_ON)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # numpy: the first paint does without
        from nnviz.ui.pages.picture_source import is_picture

        dragged = event.mimeData()
        if self.filled and (
            lecture_in(dragged)
            or self.parts.files.open_dragged(dragged, False)
            or data_set_in(dragged)
            or is_picture(dragged)
        ):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = lecture_in(event.mimeData())
        data_set = data_set_in(event.mimeData())
        if path is not None:
            self.parts.player.open(path)
        elif self.parts.files.open_dragged(event.mimeData(), True):
            return
        elif data_set is not None:
            self.parts.files.open_dropped(data_set)
        else:
            self._show_pad()
            self.page.take_dropped(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.filled:
            return
        self.parts.player.leave()
        lost = any(work.would_be_lost for work in self.session.state.works)
        if lost and not self._leaving:
            # only now: the opening picture needs no words
            from nnviz.ui.app.unsaved_words import CLOSE_ALL

            event.ignore()
            self.parts.files.unless_lost(
                self.session.state.works, CLOSE_ALL, lambda _given_up: self.leave()
            )
            return
        if self.keeps_look:
            self.remember()
        self.parts.clock.stop()
        self.parts.fetching.stop()
        self.parts.film_export.stop()
        self.parts.digits_export.stop()
        self.session.stop(give_up=not self._undecided)
        event.accept()

    def leave(self, undecided: bool = False) -> None:
        """Closes without asking; a run that nobody has decided about is offered at the next
        start."""
        self._leaving, self._undecided = True, undecided
        self.close()

    def remember(self) -> None:
        """Keeps size, theme and text scale for the next start."""
        self.parts.lecture.leave()
        kept = QSettings()
        kept.setValue("geometry", self.saveGeometry())
        kept.setValue("theme", self.theme_name)
        kept.setValue("scale", self._scale)
        kept.setValue("settings-shown", self.settings_shown)

    def recall(self) -> None:
        """Takes up the size and the panel of the last time, and keeps them at the end."""
        self.keeps_look = True
        geometry = preference("geometry", QByteArray())
        # the frame and title bar come on top
        room = self.screen().availableSize() - QSize(8, 40)
        if not (geometry and self.restoreGeometry(geometry) and self._is_in_sight()):
            self.resize(QSize(*GRID).boundedTo(room))
        self.show_settings(preference("settings-shown", False))

    def _is_in_sight(self) -> bool:
        """Whether the user sees enough of it on one of the screens to take hold of it."""
        frame, least = self.frameGeometry(), QSize(*SMALLEST) / 4
        screens = [each.availableGeometry() for each in QApplication.screens()]
        seen = [screen.intersected(frame) for screen in screens]
        return any(
            each.width() >= least.width() and each.height() >= least.height() for each in seen
        )


def lecture_in(dragged: QMimeData) -> Path | None:
    """The file of a lecture that is dragged, if it is one."""
    path = _file_in(dragged)
    return path if path is not None and path.suffix.lower() in (".md", ".markdown") else None


def data_set_in(dragged: QMimeData) -> Path | None:
    """The folder or the file that is dragged, if it may hold a data set."""
    # only now: the opening picture needs nothing of it
    from nnviz.data.forms.names import may_hold_digits

    path = _file_in(dragged)
    return path if path is not None and (path.is_dir() or may_hold_digits(path.name)) else None


def _file_in(dragged: QMimeData) -> Path | None:
    urls = dragged.urls() if dragged.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
