"""All keys by subject: those of the actions, and those that single pictures answer."""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction, QKeySequence

from nnviz.ui.app import words
from nnviz.ui.app.actions import GROUP, entries
from nnviz.ui.app.networks_menu import KEYS as NETWORK_KEYS
from nnviz.words import one_of_them, tr

Row = tuple[str, str, str]
"""The keys, where they work or what they are called in the menu, what they do"""

Group = tuple[str, list[Row]]
"""A subject, and all keys of it"""

GROUPS = {
    "everywhere": tr("Everywhere"),
    "lecture": tr("Lectures"),
    "page": tr("Pages"),
    "run": tr("Run"),
    "digit": tr("Digits"),
    "mistakes": tr("Mistakes"),
    "pictures": tr("Pictures"),
    "view": tr("View"),
    "design": tr("Designs"),
    "network": tr("Networks"),
    "file": tr("Files"),
    "help": tr("Help"),
}
"""In their order: the menu that an action stands in, or else what it is about."""
HEADS: Row = (tr("key"), tr("name or place"), tr("what it does"))
OTHER_KEYS: Mapping[str, tuple[Row, ...]] = {
    "everywhere": (
        (tr("Space"), tr("Everywhere"), tr("Run or pause, when no field has the focus.")),
        (
            tr("Esc"),
            tr("Everywhere"),
            tr("Leave lecture mode; put a message away; select nothing."),
        ),
        (tr("Ctrl+Return"), tr("Everywhere"), tr("Do what a message offers.")),
        (
            tr("Tab"),
            tr("Everywhere"),
            tr("The next field, button or picture; Shift+Tab: the one before."),
        ),
        (
            tr("A"),
            tr("Everywhere"),
            tr("Hide the answer and show it again, when no field has the focus."),
        ),
    ),
    "lecture": (
        (
            tr("PageDown, Right or Space"),
            tr("Lecture mode"),
            tr("Next: the answer, the next step or the next scene, wherever the focus is."),
        ),
        (tr("PageUp or Left"), tr("Lecture mode"), tr("Back, the same way.")),
        (tr("B or ."), tr("Lecture mode"), tr("Black screen; PageDown shows the picture again.")),
        (tr("W"), tr("Lecture mode"), tr("White screen.")),
        (
            tr("L, Z"),
            tr("Lecture mode"),
            tr("Light what is under the mouse; enlarge that picture."),
        ),
        (tr("Home, End"), tr("In a lecture"), tr("The first and the last scene.")),
        (tr("0 to 9, Return"), tr("In a lecture"), tr("Go to the scene of that number.")),
        (
            tr("Tab"),
            tr("Lecture mode"),
            tr("Into a picture, whose arrows, Home, End, Space and Return work then; Esc: back."),
        ),
        (tr("F5, Esc"), tr("In a lecture"), tr("Esc leaves it; F5 goes on where it was left.")),
    ),
    "help": (
        (tr("Ctrl+F"), tr("Help"), tr("Search; Return shows the next place, Esc ends the search.")),
        (tr("Alt+Left, Alt+Right"), tr("Help"), tr("The page before and after.")),
    ),
    "mistakes": (
        (
            tr("Arrows"),
            tr("Mistakes, on the matrix"),
            tr("The digits of the next cell, row or column; Home: all digits again."),
        ),
        (
            tr("Ctrl+Arrows, Space"),
            tr("Mistakes, on the matrix"),
            tr("Move without choosing; add the cell, or take it away, as Ctrl+click does."),
        ),
        (tr("Return"), tr("Mistakes, on the matrix"), tr("Go to the digits listed.")),
        (
            tr("Return"),
            tr("Mistakes, in a list"),
            tr("Open the digit under One digit; Esc goes back."),
        ),
        (
            tr("T or Space"),
            tr("Mistakes, in a list"),
            tr("Tick the digit; Ctrl+A ticks all, Shift+Arrows those passed."),
        ),
        (tr("0 to 9"), tr("Mistakes, in a list"), tr("Go to the digit of that number.")),
        (
            tr("PageDown, PageUp"),
            tr("Mistakes"),
            tr("The next and the previous one of the digits listed, also on One digit."),
        ),
        (
            tr("Left, Right"),
            tr("Mistakes, One digit"),
            tr("The previous and the next one of the digits listed."),
        ),
    ),
    "pictures": (
        (tr("Arrows, Return"), tr("In a picture"), tr("Move to its next part; choose it.")),
        (
            tr("Arrows"),
            tr("Timeline of the film"),
            tr("The moment before and after; Home, End: start and present."),
        ),
        (tr("Arrows"), tr("Train"), tr("Select a hidden neuron; with Shift, an output.")),
        (
            tr("Return"),
            tr("Detectors, All neurons"),
            tr("The selected neuron alone; Esc or Backspace: all again."),
        ),
        (tr("Left, Right"), tr("Detectors, One neuron"), tr("The neuron before and after.")),
        (tr("Arrows"), tr("Detectors, The book's zero"), tr("Move the zero by a pixel.")),
        (tr("Arrows, Space"), tr("Designs, Codes"), tr("Another bit of the table; turn it over.")),
        (
            tr("D"),
            tr("Votes, Elimination"),
            tr("A network of the page's own kind, or that of the design chosen."),
        ),
        (tr("Home, End"), tr("Votes"), tr("Before the first step, or all of them.")),
        (tr("T"), tr("Votes"), tr("The numbers as a table, or the picture again.")),
        (tr("Up, Down"), tr("Elimination"), tr("One step back or on; Home and End: none or all.")),
        (tr("Left, Right"), tr("Elimination"), tr("Choose a class; Return: what if it had left?")),
        (
            tr("Left, Right"),
            tr("Draw, Morph"),
            tr("One step of the way; Up, Down: ten; Home, End: both ends."),
        ),
        (
            tr("Arrows, Return"),
            tr("Draw, on a pad"),
            tr("Move the pen, lower and lift it; Delete or Backspace: clear."),
        ),
        (
            tr("Arrows, Space"),
            tr("Draw, on an opened picture"),
            tr("The next piece; read it or leave it out. With Shift: it alone."),
        ),
        (
            tr("Arrows, Return"),
            tr("Draw, while cropping"),
            tr("Move what is cut out; cut. Shift+Arrows: its size; Esc: leave it."),
        ),
        (
            tr("PageDown, PageUp"),
            tr("Study"),
            tr("Plan, plots, tables and trials one after the other."),
        ),
        (
            tr("Ctrl+Z, Ctrl+Y, Ctrl+V"),
            tr("Draw"),
            tr("Undo and redo (also Ctrl+Shift+Z), paste an image."),
        ),
        (
            tr("Up, Down"),
            tr("Draw, Rows of digits"),
            tr("The next and the previous cut; Left, Right: move it by a column."),
        ),
        (
            tr("+ or Insert"),
            tr("Draw, Rows of digits"),
            tr("Another cut; Delete or Backspace: take the cut away."),
        ),
        (
            tr("Comma, full stop"),
            tr("Draw, Rows of digits"),
            tr("The previous and the next piece that was tried."),
        ),
        (
            tr("S, X"),
            tr("Draw, Rows of digits"),
            tr("The next sign (Shift+S: the one before); leave it out, or take it back in."),
        ),
    ),
}
"""Group -> the keys in it that are no action of the window."""


def keys_of(actions: Iterable[QAction]) -> list[Group]:
    """All keys, as this system names them."""
    native = QKeySequence.SequenceFormat.NativeText
    own = (
        (
            action.property(GROUP) or "network",
            [key.toString(native) for key in action.shortcuts()],
            action.text(),
            _in_one_line(action.toolTip()),
        )
        for action in actions
    )
    return _with_others(own)


def portable_keys() -> list[Group]:
    """All keys, as no system in particular names them; needs a Qt application."""
    of_actions = [
        (each.group, [_portable(key) for key in each.keys], each.text, each.help)
        for each in entries()
    ]
    of_networks = [
        ("network", [key], *words.NETWORK_COMMANDS[name]) for name, key in NETWORK_KEYS.items()
    ]
    return _with_others([*of_actions, *of_networks])


def _portable(key: QKeySequence.StandardKey | str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _with_others(of_actions: Iterable[tuple[str, list[str], str, str]]) -> list[Group]:
    own = [(group, (one_of_them(keys), *said)) for group, keys, *said in of_actions if keys]
    groups = []
    for name, title in GROUPS.items():
        rows = [(key, text, help) for group, (key, text, help) in own if group == name]
        groups.append((title, [*rows, *OTHER_KEYS.get(name, ())]))
    return groups


def _in_one_line(tooltip: str) -> str:
    return " ".join(tooltip.split())
