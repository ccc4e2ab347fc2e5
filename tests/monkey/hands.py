"""Random hands on whatever windows are open: mouse, wheel, keys, files dropped, sizes.

All of it goes the way of real events, through Qt's windows, so that focus, menus, dialogs and
shortcuts take part. What is chosen depends on the seed and on the widgets that are there.
"""

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    *(QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox),
    *(QLineEdit, QPlainTextEdit, QTabBar),
)
SIZES = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080), (700, 500), (2560, 1440))
TEXTS = ("0", "7", "-1", "0,5", "1e9", "abc", "five", "784", " ", "page=votes image=5", "9" * 40)
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz.,-+ "
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home),
    *(Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
    *(Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_F5),
    *(Qt.Key.Key_Backspace, Qt.Key.Key_Menu, Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_F10),
)
LONGEST_DIALOG = 25
"""Events after which a dialog or menu is left by Escape: nothing else may lead out of it."""

BESIDE = 0.2
"""Share of the events for the windows beside the program's own, such as that of the speaker."""
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Hands:
    """Does one thing after another, each told in one line."""

    def __init__(self, seed: str, main: QWidget, files: list[Path], folder: Path) -> None:
        self._chance = random.Random(seed)
        self._main, self._files, self._folder = main, files, folder
        self._inside = 0  # events since the dialog or menu on top came up
        self._ways: list[tuple[int, Callable[[QWidget], str]]] = [
            (34, self._click_control),
            (10, self._click_anywhere),
            (7, self._drag),
            (6, self._wheel),
            (14, self._press_key),
            (12, self._use_shortcut),
            (6, self._type),
            (4, self._hover),
            (3, self._context_menu),
            (2, self._drop),
            (2, self._resize),
        ]

    def act(self) -> str:
        """One event; -> what it was. May stay in a dialog that it opened for many others."""
        for box in _visible():
            if isinstance(box, QFileDialog):
                return self._answer(box)
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        self._inside = self._inside + 1 if over is not None else 0
        if over is not None and self._inside > LONGEST_DIALOG:
            self._inside = 0
            QTest.keyClick(over, Qt.Key.Key_Escape)
            return f"escape from {named(over)}"
        window = over or self._window()
        if isinstance(window, QMenu) and self._chance.random() < 0.7:
            return self._choose_in_menu(window)
        weights = [weight for weight, _ in self._ways]
        way = self._chance.choices(self._ways, weights)[0][1]
        return way(window)

    def _window(self) -> QWidget:
        """Mostly the program's own, at times one of the others that are open."""
        beside = [each for each in _visible() if each is not self._main]
        if beside and self._chance.random() < BESIDE:
            return self._chance.choice(beside)
        return self._main

    def _answer(self, box: QFileDialog) -> str:
        """A file dialog is never left to chance, which might delete what is not its own."""
        if self._chance.random() < 0.3:
            box.reject()
            return "file dialog rejected"
        if box.acceptMode() == QFileDialog.AcceptMode.AcceptSave:
            suffix = self._chance.choice(["", ".png", ".csv", ".safetensors", ".gif", ".md", ".x"])
            path = self._folder / f"saved{self._chance.randrange(9)}{suffix}"
        elif box.fileMode() == QFileDialog.FileMode.Directory:
            path = self._folder
        else:
            path = self._chance.choice(self._files)
        box.selectFile(str(path))
        box.done(QFileDialog.DialogCode.Accepted)
        return f"file dialog: {path.name}"

    def _choose_in_menu(self, menu: QMenu) -> str:
        actions = [each for each in menu.actions() if each.isVisible() and not each.isSeparator()]
        if not actions:
            return self._press_key(menu)
        action = self._chance.choice(actions)
        place = menu.actionGeometry(action).center()
        QTest.mouseMove(menu, place)
        QTest.mouseClick(menu, LEFT, pos=place)
        return f"menu: {action.text()}"

    def _click_control(self, window: QWidget) -> str:
        found = [each for each in window.findChildren(QWidget) if isinstance(each, CONTROLS)]
        found = [each for each in found if _is_seen(each) and each.isEnabled()]
        if not found:
            return self._click_anywhere(window)
        return self._click(self._chance.choice(found))

    def _click_anywhere(self, window: QWidget) -> str:
        return self._click(self._widget(window))

    def _click(self, widget: QWidget) -> str:
        place, name = self._place(widget), named(widget)
        if self._chance.random() < 0.1:
            QTest.mouseDClick(widget, LEFT, MODIFIERS[0], place)
            return f"double click {name} {place.toTuple()}"
        modifier = self._chance.choice(MODIFIERS) if self._chance.random() < 0.1 else MODIFIERS[0]
        QTest.mouseClick(widget, LEFT, modifier, place)
        return f"click {name} {place.toTuple()} {modifier.name}"

    def _drag(self, window: QWidget) -> str:
        widget = self._widget(window)
        name, path = named(widget), [self._place(widget) for _ in range(4)]
        QTest.mousePress(widget, LEFT, MODIFIERS[0], path[0])
        for place in path[1:]:
            if not _is_there(widget):
                return f"drag {name}, which went"
            QTest.mouseMove(widget, place)
        if _is_there(widget):
            QTest.mouseRelease(widget, LEFT, MODIFIERS[0], path[-1])
        return f"drag {name} {path[0].toTuple()} to {path[-1].toTuple()}"

    def _wheel(self, window: QWidget) -> str:
        widget, handle = self._widget(window), window.windowHandle()
        if handle is None:
            return self._hover(window)
        place = QPointF(widget.mapTo(window, self._place(widget)))
        turn = self._chance.choice([-120, 120, -30, 360])
        name = named(widget)
        QTest.wheelEvent(handle, place, QPoint(0, turn))
        return f"wheel {name} {turn}"

    def _press_key(self, window: QWidget) -> str:
        on = QApplication.focusWidget() or window
        key, modifier = self._chance.choice(KEYS), MODIFIERS[0]
        if self._chance.random() < 0.2:
            modifier = self._chance.choice(MODIFIERS)
        name = named(on)
        QTest.keyClick(on, key, modifier)
        return f"key {modifier.name}+{key.name} on {name}"

    def _use_shortcut(self, window: QWidget) -> str:
        found = sorted({k.toString() for each in self._main.actions() for k in each.shortcuts()})
        if not found:
            return self._press_key(window)
        keys = self._chance.choice(found)
        on = QApplication.focusWidget() or window
        QTest.keySequence(on, QKeySequence(keys))
        return f"shortcut {keys}"

    def _type(self, window: QWidget) -> str:
        fields = window.findChildren(QWidget)
        kinds = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
        fields = [each for each in fields if isinstance(each, kinds) and _is_seen(each)]
        on = self._chance.choice(fields) if fields else QApplication.focusWidget() or window
        if self._chance.random() < 0.5:
            text = self._chance.choice(TEXTS)
        else:
            text = "".join(self._chance.choices(LETTERS, k=self._chance.randint(1, 6)))
        name = named(on)
        if fields:
            on.setFocus()
        QTest.keyClicks(on, text)
        return f"type {text!r} in {name}"

    def _hover(self, window: QWidget) -> str:
        widget = self._widget(window)
        QTest.mouseMove(widget, self._place(widget))
        return f"hover {named(widget)}"

    def _context_menu(self, window: QWidget) -> str:
        widget = self._widget(window)
        name, place = named(widget), self._place(widget)
        QTest.mouseClick(widget, RIGHT, MODIFIERS[0], place)
        return f"right click {name} {place.toTuple()}"

    def _drop(self, window: QWidget) -> str:
        file = self._chance.choice(self._files)
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(file))])
        place, copy = QPoint(self._main.width() // 2, self._main.height() // 2), _COPY
        entering = QDragEnterEvent(place, copy, dropped, LEFT, MODIFIERS[0])
        QApplication.sendEvent(self._main, entering)
        if entering.isAccepted():
            moving = QDragMoveEvent(place, copy, dropped, LEFT, MODIFIERS[0])
            QApplication.sendEvent(self._main, moving)
            drop = QDropEvent(QPointF(place), copy, dropped, LEFT, MODIFIERS[0])
            QApplication.sendEvent(self._main, drop)
        return f"drop {file.name}"

    def _resize(self, window: QWidget) -> str:
        size = self._chance.choice(SIZES)
        window.resize(*size)
        return f"resize {named(window)} to {size}"

    def _widget(self, window: QWidget) -> QWidget:
        found = [each for each in window.findChildren(QWidget) if _is_seen(each)]
        return self._chance.choice(found) if found else window

    def _place(self, widget: QWidget) -> QPoint:
        """Somewhere in what is seen of a widget, which may be scrolled away in part."""
        seen = widget.visibleRegion().boundingRect()
        width, height = max(1, seen.width()), max(1, seen.height())
        inside = QPoint(self._chance.randrange(width), self._chance.randrange(height))
        return seen.topLeft() + inside


_COPY = Qt.DropAction.CopyAction


def _visible() -> list[QWidget]:
    """The windows on screen, in an order that does not depend on addresses."""
    found = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    found = [each for each in found if each.windowType() != Qt.WindowType.ToolTip]
    return sorted(found, key=named)


def _is_seen(widget: QWidget) -> bool:
    """Whether anything of a widget is on screen, rather than scrolled away."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _is_there(widget: QWidget) -> bool:
    try:
        return widget.isVisible()
    except RuntimeError:  # what it was has been deleted
        return False


def named(widget: QWidget) -> str:
    """What a widget is, and in what: names as tests know them."""
    names = []
    each: QWidget | None = widget
    while each is not None and len(names) < 4:
        names.append(each.objectName() or type(each).__name__)
        each = each.parentWidget()
    return " in ".join(names)
