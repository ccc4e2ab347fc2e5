"""Everything the menus and keys can do, declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from nnviz.networks.designs import DESIGNS, GROUPS
from nnviz.session.session import Session
from nnviz.ui.app import words
from nnviz.ui.app.design_switch import members
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.parts import Parts
from nnviz.ui.kit.tooltips import explain
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
    def show_keys(self) -> None: ...
    def show_about(self) -> None: ...
    def close(self) -> bool: ...


Do = Callable[[Commanded], object]
Keys = QKeySequence.StandardKey


@dataclass(frozen=True)
class Entry:
    """One thing to do: where it stands, its words, its keys."""

    menu: str
    text: str
    help: str
    do: Do
    keys: tuple[QKeySequence.StandardKey | str, ...] = ()
    about: Callable[[Commanded], str] | None = None
    """What the menu says at the moment, in place of `text`"""


QUIT = tr("Quit")
MENUS = {
    "File": tr("&File"),
    "Run": tr("&Run"),
    "Design": tr("&Design"),
    "Digit": tr("&Digit"),
    "View": tr("&View"),
    "Help": tr("&Help"),
}
"""Menu -> its words, in the order of the bar."""

ACTIONS: tuple[Entry, ...] = (
    Entry(
        "File",
        tr("Open network…"),
        tr("Show a saved network."),
        lambda w: w.parts.files.choose_network(),
        (Keys.Open,),
    ),
    Entry(
        "File",
        tr("Save network as…"),
        tr("Save the network on screen with its settings and curves."),
        lambda w: w.parts.files.choose_save(),
        (Keys.Save,),
    ),
    Entry(
        "File",
        tr("Show the trained network"),
        tr("The network that comes with the program."),
        lambda w: w.parts.files.open_shipped(),
        ("Ctrl+T",),
    ),
    Entry(
        "File",
        tr("Save picture…"),
        tr("Save the page on screen as PNG."),
        lambda w: w.parts.files.choose_picture(),
        ("Ctrl+Shift+S",),
    ),
    Entry(
        "File",
        tr("Save film as GIF…"),
        tr("Save how the weight images became what they are as an animated picture."),
        lambda w: w.parts.film_export.choose(),
    ),
    Entry(
        "File",
        tr("Save digits…"),
        tr(
            "Save the digits of the Mistakes page, ticked or all listed, as a table or contact "
            "sheet."
        ),
        lambda w: w.parts.digits_export.choose(),
    ),
    Entry(
        "File",
        tr("Copy settings as a line"),
        tr(
            "All settings and the seed as one line of text, for nnviz train --line or another "
            "window."
        ),
        lambda w: w.parts.files.copy_line(),
        ("Ctrl+Shift+C",),
    ),
    Entry(
        "File",
        tr("Paste settings from a line"),
        tr("Start a new run with the settings of a line on the clipboard."),
        lambda w: w.parts.files.paste_line(),
        ("Ctrl+Shift+V",),
    ),
    Entry("File", QUIT, tr("Close nnviz."), lambda w: w.close(), ("Ctrl+Q",)),
    Entry(
        "Run",
        tr("Run / pause"),
        tr("Learn, or pause."),
        lambda w: w.parts.top_bar.toggle(),
        ("Ctrl+R",),
    ),
    Entry(
        "Run",
        tr("One batch"),
        tr("Learn one batch and pause; while it runs, just pause."),
        lambda w: w.step_or_pause("batch"),
        ("Ctrl+.",),
    ),
    Entry(
        "Run",
        tr("100 batches"),
        tr("Learn 100 batches and pause."),
        lambda w: w.step_or_pause("hundred"),
        ("Ctrl+Shift+.",),
    ),
    Entry(
        "Run",
        tr("One epoch"),
        tr("Learn to the end of the epoch and pause."),
        lambda w: w.step_or_pause("epoch"),
        ("Ctrl+E",),
    ),
    Entry(
        "Run",
        tr("Reset"),
        tr("Back to the random start of the same seed."),
        lambda w: w.session.controls.reset(),
        ("Ctrl+Backspace",),
    ),
    Entry(
        "Run",
        tr("Undo"),
        tr(
            "Take back the last operation on a neuron, else bring back what the last reset took "
            "away."
        ),
        lambda w: w.session.undo(),
        (Keys.Undo,),
        lambda w: words.undo(w.session.undoes),
    ),
    Entry(
        "Run",
        tr("New seed"),
        tr("Another random start."),
        lambda w: w.session.controls.new_seed(),
        ("Ctrl+N",),
    ),
    Entry(
        "Run",
        tr("Train this network further"),
        tr("Go on training the network file on screen."),
        lambda w: w.session.files.train_further(),
        ("Ctrl+Shift+R",),
    ),
    Entry(
        "Digit", tr("Next step"), tr("The next test digit."), lambda w: w.step_page(1), ("PgDown",)
    ),
    Entry(
        "Digit",
        tr("Step back"),
        tr("The previous test digit."),
        lambda w: w.step_page(-1),
        ("PgUp",),
    ),
    Entry(
        "Digit",
        tr("Random digit"),
        tr("Any test digit."),
        lambda w: w.session.picking.pick("random"),
        ("Ctrl+J",),
    ),
    Entry(
        "Digit",
        tr("Random mistake"),
        tr("A test digit that the network misreads now."),
        lambda w: w.session.picking.pick("mistake"),
        ("Ctrl+M",),
    ),
    Entry(
        "View",
        tr("Settings"),
        tr("Show or hide the settings."),
        lambda w: w.show_settings(not w.settings_shown),
        ("Ctrl+,",),
    ),
    Entry(
        "View",
        tr("All weight images"),
        tr("Show every hidden neuron, without the lines."),
        lambda w: w.session.change(dense=not w.session.state.dense),
        ("Ctrl+G",),
    ),
    Entry(
        "View",
        tr("Film"),
        tr("Show or hide the timeline: look back at how the weights became what they are."),
        lambda w: w.show_film(not w.film_shown),
        ("Ctrl+F",),
    ),
    Entry(
        "View",
        tr("Play the film"),
        tr("Watch detectors appear out of noise; again to stop."),
        lambda w: w.play_film(),
        ("Ctrl+Shift+F",),
    ),
    Entry(
        "View", tr("Dark or light"), tr("The other theme."), lambda w: w.other_theme(), ("Ctrl+D",)
    ),
    Entry(
        "View",
        tr("Larger text"),
        tr("Up to 200 %."),
        lambda w: w.zoom(1),
        (Keys.ZoomIn, "Ctrl+="),
    ),
    Entry("View", tr("Smaller text"), tr("Down to 80 %."), lambda w: w.zoom(-1), (Keys.ZoomOut,)),
    Entry("View", tr("Text at 100 %"), tr("The usual size."), lambda w: w.zoom(0), ("Ctrl+0",)),
    Entry(
        "View",
        tr("Lecture mode"),
        tr("Full screen, larger type, only the picture; Esc comes back."),
        lambda w: w.parts.lecture.toggle(),
        ("F5", "F11"),
    ),
    Entry("Help", tr("Keys"), tr("All keys."), lambda w: w.show_keys(), ("F1",)),
    Entry(
        "Help", tr("About nnviz"), tr("Version, credits and licences."), lambda w: w.show_about()
    ),
)


def add_actions(window: QMainWindow, let: Callable[[Do], object]) -> dict[str, QAction]:
    """Makes the menus of a window; -> text -> action. `let` has the window do something."""
    bar = window.menuBar()
    menus = {name: bar.addMenu(told) for name, told in MENUS.items()}
    actions: dict[str, QAction] = {}
    for menu in menus.values():
        menu.setToolTipsVisible(True)
    entries = [*ACTIONS, *_design_entries(), *_page_entries()]
    for entry in entries:
        action = QAction(entry.text, window)
        explain(action, entry.help)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.triggered.connect(lambda _=False, do=entry.do: let(do))
        if entry.text == QUIT:
            action.setMenuRole(QAction.MenuRole.QuitRole)
        if entry.about is not None:
            menus[entry.menu].aboutToShow.connect(partial(let, partial(_name, action, entry)))
        menus[entry.menu].addAction(action)
        window.addAction(action)  # keys work while the menu bar is hidden
        actions[entry.text] = action
    return actions


def _name(action: QAction, entry: Entry, window: Commanded) -> None:
    """Says in the menu what an action is about at the moment."""
    if entry.about is not None:
        action.setText(entry.about(window))


def _page_entries() -> list[Entry]:
    return [
        Entry("View", page.title, page.question, _shows(page.id), (f"Ctrl+{number}",))
        for number, page in enumerate(PAGES, start=1)
    ]


def _shows(page: str) -> Do:
    return lambda w: w.session.change(page=page)


def _design_entries() -> list[Entry]:
    groups = [
        Entry(
            "Design",
            tr("{group}: next", group=label) if len(members(group)) > 1 else label,
            tr("Show this group of designs, and again the next one of it."),
            _next_of(group),
            (f"Alt+{number}",),
        )
        for number, (group, label) in enumerate(GROUPS.items(), start=1)
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
