"""Everything the menus and keys can do, declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QMainWindow

from nnviz.networks.designs import DESIGNS, GROUPS
from nnviz.session.session import Session
from nnviz.ui.app import action_words as words
from nnviz.ui.app.design_switch import members
from nnviz.ui.app.help_pages import KEYS, HelpError, contents
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.parts import Parts
from nnviz.ui.kit.telling import explain
from nnviz.words import tr


class Commanded(Protocol):
    """What the actions ask of a window."""

    session: Session
    parts: Parts

    @property
    def settings_shown(self) -> bool: ...
    @property
    def film_shown(self) -> bool: ...
    def show_settings(self, shown: bool) -> None: ...
    def show_film(self, shown: bool) -> None: ...
    def play_film(self) -> None: ...
    def step_or_pause(self, size: str) -> None: ...
    def step_page(self, direction: int) -> None: ...
    def other_theme(self) -> None: ...
    def zoom(self, direction: int) -> None: ...
    def show_help(self, page: str = ...) -> None: ...
    def show_start(self) -> None: ...
    def ask_what(self) -> None: ...
    def open_picture(self) -> None: ...
    def close(self) -> bool: ...


Do = Callable[[Commanded], object]
Keys = QKeySequence.StandardKey


GROUP = "keys-group"
"""Property of an action: see Entry.group."""
KEYS_OF_HELP = {KEYS: ("F1",)}
"""Page of the help -> its keys."""


@dataclass(frozen=True)
class Entry:
    """One thing to do: where it stands, its words, its keys."""

    menu: str
    text: str
    help: str
    do: Do
    keys: tuple[QKeySequence.StandardKey | str, ...] = ()
    about: Callable[[Commanded], str] | None = None
    """What it is called while it is about something, or nothing"""
    subject: str = ""
    """What it is about, where the menu does not say it"""

    @property
    def group(self) -> str:
        """The subject that its keys are listed under."""
        return self.subject or self.menu


def _undoes(window: "Commanded") -> str:
    what = window.session.undoes
    return tr("Undo {what}", what=what) if what else ""


def _shows_answer(window: "Commanded") -> str:
    return tr("Show the answer") if window.session.state.answer_hidden else ""


MENUS = {
    "file": tr("&File"),
    "run": tr("&Run"),
    "design": tr("&Design"),
    "digit": tr("&Digit"),
    "view": tr("&View"),
    "help": tr("&Help"),
}
"""In the order of the bar; the letter after & opens the menu."""

ACTIONS: tuple[Entry, ...] = (
    Entry("file", *words.OPEN, lambda w: w.parts.files.choose_network(), (Keys.Open,)),
    Entry("file", *words.OPEN_PICTURE, lambda w: w.open_picture(), ("Ctrl+Shift+O",)),
    Entry("file", *words.HOW_READ, lambda w: w.parts.files.choose_how()),
    Entry("file", *words.SAVE, lambda w: w.parts.files.choose_save(), (Keys.Save,)),
    Entry("file", *words.LEFT_RUNS, lambda w: w.parts.files.choose_left()),
    Entry("file", *words.SHOW_TRAINED, lambda w: w.parts.files.open_shipped(), ("Ctrl+T",)),
    Entry("file", *words.PICTURE, lambda w: w.parts.take_home.choose_picture(), ("Ctrl+Shift+S",)),
    Entry("file", *words.COPY_PICTURE, lambda w: w.parts.take_home.copy_picture()),
    Entry("file", *words.TABLE, lambda w: w.parts.take_home.show_table()),
    Entry("file", *words.COPY_TABLE, lambda w: w.parts.take_home.copy_table()),
    Entry("file", *words.CSV, lambda w: w.parts.take_home.choose_table()),
    Entry("file", *words.GIF, lambda w: w.parts.film_export.choose()),
    Entry("file", *words.DIGITS_SAVED, lambda w: w.parts.digits_export.choose()),
    Entry("file", *words.COPY, lambda w: w.parts.lines.copy(), ("Ctrl+Shift+C",)),
    Entry("file", *words.PASTE, lambda w: w.parts.lines.paste(), ("Ctrl+Shift+V",)),
    Entry("file", *words.QUIT, lambda w: w.close(), ("Ctrl+Q",)),
    Entry("run", *words.RUN_OR_PAUSE, lambda w: w.parts.top_bar.toggle(), ("Ctrl+R",)),
    Entry("run", *words.ONE_BATCH, lambda w: w.step_or_pause("batch"), ("Ctrl+.",)),
    Entry("run", *words.HUNDRED, lambda w: w.step_or_pause("hundred"), ("Ctrl+Shift+.",)),
    Entry("run", *words.ONE_EPOCH, lambda w: w.step_or_pause("epoch"), ("Ctrl+E",)),
    Entry("run", *words.START_AGAIN, lambda w: w.session.controls.reset(), ("Ctrl+Backspace",)),
    Entry("run", *words.TAKE_BACK, lambda w: w.session.undo(), (Keys.Undo,), _undoes),
    Entry("run", *words.OTHER_SEED, lambda w: w.session.controls.new_seed(), ("Ctrl+N",)),
    Entry("run", *words.FURTHER, lambda w: w.session.files.train_further(), ("Ctrl+Shift+R",)),
    Entry("digit", *words.NEXT_STEP, lambda w: w.step_page(1), ("PgDown",)),
    Entry("digit", *words.STEP_BACK, lambda w: w.step_page(-1), ("PgUp",)),
    Entry("digit", *words.RANDOM, lambda w: w.session.picking.pick("random"), ("Ctrl+J",)),
    Entry("digit", *words.MISTAKE, lambda w: w.session.picking.pick("mistake"), ("Ctrl+M",)),
    Entry("digit", *words.KEEP_DRAWING, lambda w: w.session.kept.keep(), ("Ctrl+K",)),
    Entry(
        "view", *words.SHOW_SETTINGS, lambda w: w.show_settings(not w.settings_shown), ("Ctrl+,",)
    ),
    Entry(
        "view",
        *words.ALL_IMAGES,
        lambda w: w.session.change(dense=not w.session.state.dense),
        ("Ctrl+G",),
    ),
    Entry("view", *words.FILM, lambda w: w.show_film(not w.film_shown), ("Ctrl+F",)),
    Entry("view", *words.PLAY_FILM, lambda w: w.play_film(), ("Ctrl+Shift+F",)),
    Entry("view", *words.THEME, lambda w: w.other_theme(), ("Ctrl+D",)),
    Entry("view", *words.LARGER, lambda w: w.zoom(1), (Keys.ZoomIn, "Ctrl+=")),
    Entry("view", *words.SMALLER, lambda w: w.zoom(-1), (Keys.ZoomOut,)),
    Entry("view", *words.USUAL_TEXT, lambda w: w.zoom(0), ("Ctrl+0",)),
    Entry(
        "view",
        *words.ANSWER,
        lambda w: w.parts.player.toggle_answer(),
        ("Ctrl+Shift+A",),
        _shows_answer,
        "lecture",
    ),
    Entry(
        "view", *words.LECTURE, lambda w: w.parts.player.toggle(), ("F5", "F11"), subject="lecture"
    ),
    Entry("view", *words.SPEAKER, lambda w: w.parts.speaker.toggle()),
    Entry("help", *words.START_HERE, lambda w: w.show_start()),
    Entry("help", *words.WHAT_IS_THIS, lambda w: w.ask_what(), ("Shift+F1",)),
    Entry("help", *words.THIS_PAGE, lambda w: w.show_help(), ("Ctrl+F1",)),
)


def add_actions(window: QMainWindow, let: Callable[[Do], object]) -> dict[str, QAction]:
    """Makes the menus of a window; -> text -> action. `let` has the window do something."""
    bar = window.menuBar()
    menus = {name: bar.addMenu(title) for name, title in MENUS.items()}
    actions: dict[str, QAction] = {}
    for menu in menus.values():
        menu.setToolTipsVisible(True)
    for entry in entries():
        do = entry.do if entry.text == words.QUIT[0] else partial(_once_entered, entry.do)
        action = QAction(entry.text, window)
        explain(action, entry.help)
        action.setProperty(GROUP, entry.group)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.triggered.connect(lambda _=False, do=do: let(do))
        if entry.keys == ("Ctrl+Q",):
            action.setMenuRole(QAction.MenuRole.QuitRole)
        if entry.about is not None:
            menus[entry.menu].aboutToShow.connect(partial(let, partial(_name, action, entry)))
        menus[entry.menu].addAction(action)
        if entry.keys:
            window.addAction(action)  # keys work while the menu bar is hidden
        actions[entry.text] = action
    return actions


def _once_entered(do: Do, window: Commanded) -> None:
    """Does something with what a field shows: a text being typed is entered first. Nothing is
    done where that asks whether a run may be lost."""
    field = QApplication.focusWidget()
    typed = isinstance(field, QAbstractSpinBox) or (
        isinstance(field, QComboBox) and field.isEditable()
    )
    if field is not None and typed:
        field.clearFocus()
    if not typed or QApplication.activeModalWidget() is None:
        do(window)


def entries() -> list[Entry]:
    """All that the menus offer."""
    return [*ACTIONS, *_design_entries(), *_page_entries(), *_help_entries()]


def _name(action: QAction, entry: Entry, window: Commanded) -> None:
    """Says in the menu what an action is about at the moment."""
    about = entry.about(window) if entry.about is not None else ""
    action.setText(about or entry.text)


def _page_entries() -> list[Entry]:
    return [
        Entry(
            "view",
            page.title,
            page.question,
            _shows(page.id),
            (f"Ctrl+{number}",),
            subject="page",
        )
        for number, page in enumerate(PAGES, start=1)
    ]


def _help_entries() -> list[Entry]:
    try:
        listed = contents()
    except HelpError:
        return []  # the help says so when it is opened
    return [
        Entry("help", each.title, each.about, _helps(each.name), KEYS_OF_HELP.get(each.name, ()))
        for each in listed
    ]


def _helps(page: str) -> Do:
    return lambda w: w.show_help(page)


def _shows(page: str) -> Do:
    return lambda w: w.session.designs.open_page(page)


def _design_entries() -> list[Entry]:
    groups = [
        Entry(
            "design",
            tr("{group}: next", group=label) if len(members(group)) > 1 else label,
            tr("Show this group of designs, and again the next one of it."),
            _next_of(group),
            (f"Alt+{number}",),
        )
        for number, (group, label) in enumerate(GROUPS.items(), start=1)
    ]
    several = [
        Entry("design", design.label, design.help, _chooses(name))
        for name, design in DESIGNS.items()
        if len(members(design.group)) > 1
    ]
    return groups + several


def _next_of(group: str) -> Do:
    return lambda w: w.parts.top_bar.designs.next_of(group)


def _chooses(design: str) -> Do:
    return lambda w: w.parts.top_bar.designs.choose(design)
