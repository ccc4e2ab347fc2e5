"""The picture of the help that shows how the program is put together: two processes, ten layers,
and what flows.

Layers come from the import contracts, arrows and libraries from the imports themselves. What was
drawn is kept in the file of the picture, so that a test can compare it with what there is.
"""

import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import grimp
from PIL import Image, PngImagePlugin
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from nnviz.training import messages
from nnviz.ui.app.application import make_application
from nnviz.ui.kit.capture import encoded
from nnviz.ui.kit.theme import Theme

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
PICTURES = {"light": "architecture.png", "dark": "architecture-dark.png"}
DRAWN = "drawn"
"""Where the file of a picture says what it shows."""
START = "nnviz.training.process"
"""What the training process runs; `nnviz.ui` is what the window does."""
SAYS: Mapping[str, str] = {
    "ui": "pages, pictures, menus, keys",
    "cli": "commands",
    "lectures": "scenes, and the line of what is looked at",
    "session": "what is looked at, and what can be done",
    "study": "one question, many trainings, statistics",
    "training": "what learns: engines, loop, messages",
    "questions": "everything asked of many digits",
    "verdicts": "from outputs to a class, and why",
    "networks": "settings, designs, weights, files",
    "data": "digits, photographs, rows, results",
    "writing": "files",
    "errors": "refusals",
    "words": "sentences",
    "paths": "folders",
}
"""Every package -> what it holds."""
LIBRARIES: Mapping[str, str] = {
    "PySide6": "Qt",
    "typer": "Typer",
    "sqlite3": "SQLite",
    "torch": "torch",
    "numba": "numba",
    "safetensors": "safetensors",
    "PIL": "Pillow",
    "torchvision": "torchvision",
}
"""Those that tell most of where they are used -> how they are called."""
ASKED: Mapping[str, Sequence[str]] = {
    "runs, steps, settings": ("BeginRun", "Go", "Change"),
    "questions": ("Ask",),
}
TOLD: Mapping[str, Sequence[str]] = {
    "the newest snapshot": ("Snapshot",),
    "answers": ("Answered",),
}
"""What flows between the processes -> its messages."""


# ---- what there is -------------------------------------------------------------------


@cache
def graph() -> grimp.ImportGraph:
    """Who imports whom."""
    return grimp.build_graph("nnviz", include_external_packages=True)


def layers() -> list[list[str]]:
    """The layers of the contract, from above, without the ways to start."""
    contracts = tomllib.loads(PROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each["id"] == "layers")
    named = (layer.split(" : ") for layer in contract["layers"])
    return [[name for name in layer if name != "__main__"] for layer in named]


def imports(packages: Iterable[str]) -> set[tuple[str, str]]:
    """(who, whom) of the packages that import one another."""
    names = list(packages)
    return {
        (who, whom)
        for who in names
        for whom in names
        if who != whom
        and graph().direct_import_exists(
            importer=f"nnviz.{who}", imported=f"nnviz.{whom}", as_packages=True
        )
    }


def nearest(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those imports that no longer way over others implies."""

    def reach(who: str) -> set[str]:
        found, left = set[str](), [whom for first, whom in pairs if first == who]
        while left:
            each = left.pop()
            if each not in found:
                found.add(each)
                left += [whom for first, whom in pairs if first == each]
        return found

    return {
        (who, whom)
        for who, whom in pairs
        if not any(whom in reach(by) for first, by in pairs if first == who and by != whom)
    }


def run_by(module: str) -> set[str]:
    """The packages of which a process needs something that starts with a module."""
    whole = module.count(".") == 1
    needed = graph().find_upstream_modules(module, as_package=whole) | {module}
    return {name.split(".")[1] for name in needed if name.startswith("nnviz.")}


def structure(rows: Sequence[Sequence[str]] | None = None) -> dict[str, Any]:
    """All that the picture shows, in what JSON knows; `rows`: the layers, if not those of the
    contract. Raises KeyError where nobody has said what a package holds."""
    rows = layers() if rows is None else rows
    packages = [name for row in rows for name in row]
    used = {
        name: sorted(called for library, called in LIBRARIES.items() if _imports(name, library))
        for name in packages
    }
    return {
        "layers": rows,
        "says": {name: SAYS[name] for name in packages},
        "arrows": sorted(map(list, nearest(imports(packages)))),
        "libraries": used,
        "window": sorted(run_by("nnviz.ui")),
        "training": sorted(run_by(START)),
        "flows": [list(ASKED), list(TOLD)],
    }


def _imports(package: str, library: str) -> bool:
    users = graph().find_modules_that_directly_import(library)
    return any(f"{user}.".startswith(f"nnviz.{package}.") for user in users)


def unknown_messages() -> list[str]:
    """Names of messages of the picture that are none."""
    named = [name for flow in (ASKED, TOLD) for each in flow.values() for name in each]
    return [name for name in named if not hasattr(messages, name)]


def shown_in(file: Path) -> dict[str, Any]:
    """What a picture says that it shows."""
    with Image.open(file) as picture:
        found: dict[str, Any] = json.loads(picture.info[DRAWN])
    return found


# ---- how it looks --------------------------------------------------------------------

WIDTH, SHARP = 640, 2
"""Of the picture, as the help shows it; pixels for each of its points."""
HEADER, TOP = 132, 166
"""How high the processes are, and where the layers begin."""
ROW, GAP, INDENT = 40, 13, 46
"""A layer, the room below it, and the room beside all of them."""
BETWEEN = 24
"""From one package of a layer to the next."""
STRIPE = 10
NAME, SMALL = 18, 15
NARROW, TALL = 130, 54
"""A package that is not wider has two lines, and so much height."""
PROCESS = 226
"""The width of a process."""
ORDER = ("ui", "cli", "writing", "errors", "words", "paths")
"""Packages of one layer from left to right."""
PROCESSES = {
    "window": ("The window", "shows; never imports torch", "negative"),
    "training": ("The training process", "learns; never imports Qt", "positive"),
}
"""Name, what it does, colour."""


class Drawing:
    """Draws a structure in a theme."""

    def __init__(self, painter: QPainter, theme: Theme, shown: Mapping[str, Any]) -> None:
        self._painter, self._theme, self._shown = painter, theme, shown
        self._boxes = dict(self._places())

    def draw(self) -> None:
        self._processes()
        for layer in self._shown["layers"]:
            for name in layer:
                self._package(name)
            self._connected(layer)
        for who, whom in self._shown["arrows"]:
            self._arrow(who, whom)
        told = "An arrow: imports it, and whatever it likes of what is further down."
        last = TOP + len(self._shown["layers"]) * (ROW + GAP) + TALL - ROW
        self._text(QRectF(0, last, WIDTH, 24), told, SMALL, "muted", Qt.AlignmentFlag.AlignCenter)

    def _places(self) -> Iterable[tuple[str, QRectF]]:
        for row, layer in enumerate(self._shown["layers"]):
            room = WIDTH - 2 * INDENT - BETWEEN * (len(layer) - 1)
            top = TOP + row * (ROW + GAP)
            shares = [2.6 if name == "ui" else 1.0 for name in self._in_order(layer)]
            left = float(INDENT)
            for name, share in zip(self._in_order(layer), shares, strict=True):
                width = room * share / sum(shares)
                yield name, QRectF(left, top, width, ROW if width > NARROW else TALL)
                left += width + BETWEEN

    @staticmethod
    def _in_order(layer: Sequence[str]) -> list[str]:
        return sorted(layer, key=lambda name: ORDER.index(name) if name in ORDER else -1)

    def _processes(self) -> None:
        painter, theme = self._painter, self._theme
        last = max(box.center().y() for box in self._boxes.values()) + 1.5
        for name, (title, does, colour) in PROCESSES.items():
            left = 0 if name == "window" else WIDTH - PROCESS
            box = QRectF(left + 1, 1, PROCESS - 2, HEADER - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(colour))
            stripe = 0 if name == "window" else WIDTH - STRIPE
            painter.drawRect(QRectF(stripe + 1, HEADER - 20, STRIPE - 2, last - HEADER + 20))
            painter.setPen(QPen(theme.colour(colour), 2))
            painter.setBrush(theme.colour("panel"))
            painter.drawRoundedRect(box, 8, 8)
            middle = Qt.AlignmentFlag.AlignCenter
            self._text(box.adjusted(0, 34, 0, -64), title, NAME, "text", middle, bold=True)
            self._text(box.adjusted(0, 68, 0, -34), does, SMALL, "muted", middle)
        for flows, forth in zip(self._shown["flows"], (True, False), strict=True):
            self._flow(flows, forth)

    def _flow(self, flows: Sequence[str], forth: bool) -> None:
        left, right = PROCESS + 6, WIDTH - PROCESS - 6
        y = 48 if forth else 84
        start, end = QPointF(left, y), QPointF(right, y)
        self._line(*((start, end) if forth else (end, start)), 2)
        top = 4 if forth else 88
        for number, words in enumerate(flows):
            place = QRectF(left - 4, top + 20 * number, right - left + 8, 20)
            self._text(place, words, SMALL, "text", Qt.AlignmentFlag.AlignCenter)

    def _package(self, name: str) -> None:
        painter, theme, box = self._painter, self._theme, self._boxes[name]
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(12, 0, -12, 0)
        if box.width() <= NARROW:
            self._text(inner.adjusted(0, 4, 0, -24), name, NAME, "text", bold=True)
            self._text(inner.adjusted(0, 27, 0, -4), self._shown["says"][name], SMALL, "muted")
            return
        painter.setFont(theme.font(NAME, bold=True))
        named = painter.fontMetrics().horizontalAdvance(name)
        self._text(inner, name, NAME, "text", bold=True)
        column = 106 if box.width() > WIDTH / 2 and name != "ui" else named + 9
        says = inner.adjusted(column, 1, 0, 0)
        self._text(says, self._shown["says"][name], SMALL, "muted")
        right = inner.right()
        for library in self._shown["libraries"][name] if box.width() > WIDTH / 2 else ():
            right = self._pill(library, right, box) - 6

    def _pill(self, library: str, right: float, box: QRectF) -> float:
        painter, theme = self._painter, self._theme
        painter.setFont(theme.font(SMALL - 1))
        width = painter.fontMetrics().horizontalAdvance(library) + 14
        pill = QRectF(right - width, box.center().y() - 11, width, 22)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(pill, 11, 11)
        self._text(pill, library, SMALL - 1, "text", Qt.AlignmentFlag.AlignCenter)
        return pill.left()

    def _connected(self, layer: Sequence[str]) -> None:
        """What a process runs hangs on its stripe."""
        y = self._boxes[layer[0]].center().y()
        for process, (_, _, colour) in PROCESSES.items():
            run = [name for name in layer if name in self._shown[process]]
            if not run:
                continue
            boxes = [self._boxes[name] for name in run]
            left = process == "window"
            start = STRIPE if left else WIDTH - STRIPE
            end = min(box.left() for box in boxes) if left else max(box.right() for box in boxes)
            self._painter.setPen(QPen(self._theme.colour(colour), 3))
            self._painter.drawLine(QPointF(start, y), QPointF(end, y))

    def _arrow(self, who: str, whom: str) -> None:
        """Raises ValueError where two parts are not neighbours."""
        first, second = self._boxes[who], self._boxes[whom]
        if first.top() == second.top():
            y = first.center().y()
            gap = second.left() - first.right()
            back = first.left() - second.right()
            if BETWEEN not in (round(gap), round(back)):
                raise ValueError(f"{who} and {whom} do not stand side by side")
            start, end = (
                (first.right(), second.left()) if gap > 0 else (first.left(), second.right())
            )
            self._line(QPointF(start, y), QPointF(end, y), 1.5)
            return
        if round(second.top() - first.bottom()) != GAP:
            raise ValueError(f"{whom} is not right below {who}")
        x = INDENT + 60
        self._line(QPointF(x, first.bottom()), QPointF(x, second.top()), 1.5)

    def _line(self, start: QPointF, end: QPointF, width: float) -> None:
        """With a head, along one of the axes."""
        painter, ink = self._painter, self._theme.colour("text")
        painter.setPen(QPen(ink, width))
        way = end - start
        length = abs(way.x()) + abs(way.y())
        along = QPointF(way.x() / length, way.y() / length)
        across = QPointF(-along.y(), along.x())
        painter.drawLine(start, end - along * 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(
            QPolygonF([end, end - along * 8 + across * 5, end - along * 8 - across * 5])
        )

    def _text(
        self,
        place: QRectF,
        words: str,
        size: float,
        colour: str,
        how: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        bold: bool = False,
    ) -> None:
        painter = self._painter
        painter.setFont(self._theme.font(size, bold))
        painter.setPen(self._theme.colour(colour))
        if painter.fontMetrics().horizontalAdvance(words) > place.width() + 1:
            raise ValueError(f"{words} does not fit")
        painter.drawText(place, how | Qt.TextFlag.TextDontClip, words)


def image(theme: Theme, shown: Mapping[str, Any]) -> QImage:
    """The picture of a structure. Raises ValueError where an arrow cannot be drawn."""
    make_application()
    height = TOP + len(shown["layers"]) * (ROW + GAP) + TALL - ROW + 26
    found = QImage(WIDTH * SHARP, height * SHARP, QImage.Format.Format_RGB32)
    found.setDevicePixelRatio(SHARP)
    found.fill(QColor(theme.colours.background))
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        Drawing(painter, theme, shown).draw()
    finally:
        painter.end()
    return found


def draw(folder: Path) -> None:
    """Draws the picture in both themes."""
    shown = structure()
    for name, file in PICTURES.items():
        with Image.open(io.BytesIO(encoded(image(Theme(name), shown)))) as drawn:
            fewer = drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE)
        said = PngImagePlugin.PngInfo()
        said.add_text(DRAWN, json.dumps(shown))
        fewer.save(folder / file, "PNG", optimize=True, pnginfo=said)
