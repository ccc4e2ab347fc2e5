"""Everything the menus and keys can do, declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from nnviz.networks.designs import DESIGNS, GROUPS
from nnviz.session.session import Session
from nnviz.ui.app.design_switch import members
from nnviz.ui.app.help_pages import KEYS, HelpError, contents
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.parts import Parts
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
    def close(self) -> bool: ...


Do = Callable[[Commanded], object]
Keys = QKeySequence.StandardKey


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
    """What it is about at the moment, in words that follow `text` in the menu"""


MENUS = ("File", "Run", "Design", "Digit", "View", "Help")
"""In the order of the bar."""

ACTIONS: tuple[Entry, ...] = (
    Entry(
        "File",
        "Open network…",
        "Show a saved network.",
        lambda w: w.parts.files.choose_network(),
        (Keys.Open,),
    ),
    Entry(
        "File",
        "Save network as…",
        "Save the network on screen with its settings and curves.",
        lambda w: w.parts.files.choose_save(),
        (Keys.Save,),
    ),
    Entry(
        "File",
        "Show the trained network",
        "The network that comes with the program.",
        lambda w: w.parts.files.open_shipped(),
        ("Ctrl+T",),
    ),
    Entry(
        "File",
        "Save picture…",
        "Save the page on screen as PNG.",
        lambda w: w.parts.files.choose_picture(),
        ("Ctrl+Shift+S",),
    ),
    Entry(
        "File",
        "Save film as GIF…",
        "Save how the weight images became what they are as an animated picture.",
        lambda w: w.parts.film_export.choose(),
    ),
    Entry(
        "File",
        "Save digits…",
        "Save the digits of the Mistakes page, ticked or all listed, as a table or contact sheet.",
        lambda w: w.parts.digits_export.choose(),
    ),
    Entry(
        "File",
        "Copy settings as a line",
        "All settings and the seed as one line of text, for nnviz train --line or another window.",
        lambda w: w.parts.files.copy_line(),
        ("Ctrl+Shift+C",),
    ),
    Entry(
        "File",
        "Paste settings from a line",
        "Start a new run with the settings of a line on the clipboard.",
        lambda w: w.parts.files.paste_line(),
        ("Ctrl+Shift+V",),
    ),
    Entry("File", "Quit", "Close nnviz.", lambda w: w.close(), ("Ctrl+Q",)),
    Entry(
        "Run", "Run / pause", "Learn, or pause.", lambda w: w.parts.top_bar.toggle(), ("Ctrl+R",)
    ),
    Entry(
        "Run",
        "One batch",
        "Learn one batch and pause; while it runs, just pause.",
        lambda w: w.step_or_pause("batch"),
        ("Ctrl+.",),
    ),
    Entry(
        "Run",
        "100 batches",
        "Learn 100 batches and pause.",
        lambda w: w.step_or_pause("hundred"),
        ("Ctrl+Shift+.",),
    ),
    Entry(
        "Run",
        "One epoch",
        "Learn to the end of the epoch and pause.",
        lambda w: w.step_or_pause("epoch"),
        ("Ctrl+E",),
    ),
    Entry(
        "Run",
        "Reset",
        "Back to the random start of the same seed.",
        lambda w: w.session.controls.reset(),
        ("Ctrl+Backspace",),
    ),
    Entry(
        "Run",
        "Undo",
        "Take back the last operation on a neuron, else bring back what the last reset took away.",
        lambda w: w.session.undo(),
        (Keys.Undo,),
        lambda w: w.session.undoes,
    ),
    Entry(
        "Run",
        "New seed",
        "Another random start.",
        lambda w: w.session.controls.new_seed(),
        ("Ctrl+N",),
    ),
    Entry(
        "Run",
        "Train this network further",
        "Go on training the network file on screen.",
        lambda w: w.session.files.train_further(),
        ("Ctrl+Shift+R",),
    ),
    Entry("Digit", "Next step", "The next test digit.", lambda w: w.step_page(1), ("PgDown",)),
    Entry("Digit", "Step back", "The previous test digit.", lambda w: w.step_page(-1), ("PgUp",)),
    Entry(
        "Digit",
        "Random digit",
        "Any test digit.",
        lambda w: w.session.picking.pick("random"),
        ("Ctrl+J",),
    ),
    Entry(
        "Digit",
        "Random mistake",
        "A test digit that the network misreads now.",
        lambda w: w.session.picking.pick("mistake"),
        ("Ctrl+M",),
    ),
    Entry(
        "View",
        "Settings",
        "Show or hide the settings.",
        lambda w: w.show_settings(not w.settings_shown),
        ("Ctrl+,",),
    ),
    Entry(
        "View",
        "All weight images",
        "Show every hidden neuron, without the lines.",
        lambda w: w.session.change(dense=not w.session.state.dense),
        ("Ctrl+G",),
    ),
    Entry(
        "View",
        "Film",
        "Show or hide the timeline: look back at how the weights became what they are.",
        lambda w: w.show_film(not w.film_shown),
        ("Ctrl+F",),
    ),
    Entry(
        "View",
        "Play the film",
        "Watch detectors appear out of noise; again to stop.",
        lambda w: w.play_film(),
        ("Ctrl+Shift+F",),
    ),
    Entry("View", "Dark or light", "The other theme.", lambda w: w.other_theme(), ("Ctrl+D",)),
    Entry(
        "View",
        "Larger text",
        "Up to 200 %.",
        lambda w: w.zoom(1),
        (Keys.ZoomIn, "Ctrl+="),
    ),
    Entry("View", "Smaller text", "Down to 80 %.", lambda w: w.zoom(-1), (Keys.ZoomOut,)),
    Entry("View", "Text at 100 %", "The usual size.", lambda w: w.zoom(0), ("Ctrl+0",)),
    Entry(
        "View",
        "Lecture mode",
        "Full screen, larger type, only the picture; Esc comes back.",
        lambda w: w.parts.lecture.toggle(),
        ("F5", "F11"),
    ),
    Entry(
        "Help",
        tr("This page"),
        tr("What the page on screen shows, and what can be done there."),
        lambda w: w.show_help(),
        ("Shift+F1",),
    ),
)


def add_actions(window: QMainWindow, let: Callable[[Do], object]) -> dict[str, QAction]:
    """Makes the menus of a window; -> text -> action. `let` has the window do something."""
    bar = window.menuBar()
    menus = {name: bar.addMenu(f"&{name}") for name in MENUS}
    actions: dict[str, QAction] = {}
    for menu in menus.values():
        menu.setToolTipsVisible(True)
    for entry in entries():
        action = QAction(entry.text, window)
        action.setToolTip(entry.help)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.triggered.connect(lambda _=False, do=entry.do: let(do))
        if entry.text == "Quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        if entry.about is not None:
            menus[entry.menu].aboutToShow.connect(partial(let, partial(_name, action, entry)))
        menus[entry.menu].addAction(action)
        window.addAction(action)  # keys work while the menu bar is hidden
        actions[entry.text] = action
    return actions


def entries() -> list[Entry]:
    """All that the menus offer."""
    return [*ACTIONS, *_design_entries(), *_page_entries(), *_help_entries()]


def _name(action: QAction, entry: Entry, window: Commanded) -> None:
    """Says in the menu what an action is about at the moment."""
    about = entry.about(window) if entry.about is not None else ""
    action.setText(f"{entry.text} {about}".rstrip())


def _page_entries() -> list[Entry]:
    return [
        Entry("View", page.title, page.question, _shows(page.id), (f"Ctrl+{number}",))
        for number, page in enumerate(PAGES, start=1)
    ]


def _help_entries() -> list[Entry]:
    try:
        listed = contents()
    except HelpError:
        return []  # the help says so when it is opened
    return [
        Entry("Help", each.title, each.about, _helps(each.name), KEYS_OF_HELP.get(each.name, ()))
        for each in listed
    ]


def _helps(page: str) -> Do:
    return lambda w: w.show_help(page)


def _shows(page: str) -> Do:
    return lambda w: w.session.change(page=page)


def _design_entries() -> list[Entry]:
    groups = [
        Entry(
            "Design",
            f"{words}: next" if len(members(group)) > 1 else words,
            "Show this group of designs, and again the next one of it.",
            _next_of(group),
            (f"Alt+{number}",),
        )
        for number, (group, words) in enumerate(GROUPS.items(), start=1)
    ]
    several = [
        Entry("Design", design.label, design.help, _chooses(name))
        for name, design in DESIGNS.items()
        if len(members(design.group)) > 1
    ]
    return groups + several


def _next_of(group: str) -> Do:
    return lambda w: w.parts.top_bar.designs.next_of(group)


def _chooses(design: str) -> Do:
    return lambda w: w.parts.top_bar.designs.choose(design)
