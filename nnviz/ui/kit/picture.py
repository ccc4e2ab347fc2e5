"""A picture: a frozen view painted on a canvas, with regions to click, walk along and read out."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.telling import Teller, explain, wrapped
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, in_words
from nnviz.words import clauses

View = TypeVar("View")
Key = Qt.Key
Policy = QSizePolicy.Policy
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
MOVES = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
"""Arrow -> across and down."""
ENTER = (Key.Key_Return, Key.Key_Enter)


@dataclass(frozen=True)
class Region:
    """A part that can be chosen."""

    key: Any
    """What is told when it is chosen; None: it has only a tooltip."""
    place: QRectF
    tip: str = ""
    words: str = ""
    """What is read out when the keys come to it."""


class Picture(QWidget, Generic[View]):
    """Shows a view; subclasses paint it and name its regions, all else comes from here.

    The left button chooses a region; arrows go from region to region, and Return chooses the one
    that they are on (with `arrows_choose`, arrows choose at once). The ring round the region of
    the keys is seen only by who uses them.
    """

    chosen = Signal(object)
    """The key of a region."""
    pointed = Signal(object)
    """The key of the region under the pointer, or None; only with `hovers`."""
    walked = Signal(object)
    """The key of the region that the arrows have come to."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """Accessible name, if none is given."""
    tip: ClassVar[str] = ""
    """Tooltip where no region has its own, if none is given."""
    least: ClassVar[tuple[float, float]] = (150, 60)
    """Smallest size on the design grid, see `least_size`."""
    policy: ClassVar[tuple[Policy, Policy]] = (Policy.Expanding, Policy.Expanding)
    keys: ClassVar[bool] = True
    """Whether keys can come to it."""
    arrows_choose: ClassVar[bool] = False
    hovers: ClassVar[bool] = False

    def __init__(
        self,
        theme: Theme,
        view: View | None = None,
        *,
        title: str = "",
        tip: str = "",
        id: str = "",
    ) -> None:
        super().__init__()
        self.theme = theme
        self.view: Any = view
        """What is shown: a View, or None at first."""
        self.hovered: Any = None
        self.at: Any = None
        """The key of the region that the keys are on."""
        self.once = False
        """Whether it is being painted for a file: all of it itself, without the ring."""
        self._by_keys = False
        self._stills: dict[str, tuple[Any, QPixmap]] = {}
        self._teller = Teller(self, self._told)
        self.setObjectName(id or self.id)
        self.setAccessibleName(title or self.title)
        explain(self, tip or self.tip)
        self.setSizePolicy(*self.policy)
        self.setMouseTracking(self.hovers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.keys else Qt.FocusPolicy.NoFocus)

    # ---- what a picture is -----------------------------------------------------------

    def paint(self, canvas: Canvas, view: View) -> None:
        """Paints the view."""
        raise NotImplementedError

    def regions(self, view: View) -> Iterable[Region]:
        """The parts that can be chosen, at the present size."""
        return ()

    def words(self, view: View) -> str:
        """What the picture shows, as a sentence; else what its regions say."""
        return clauses(each.words for each in self.regions(view) if each.words)

    def table(self, view: View) -> Twin | None:
        """The numbers that the picture shows; else what its parts say; None if they say nothing."""
        said = [each.words for each in self.regions(view)]
        return in_words(said if any(said) else [self.words(view)])

    def least_size(self, view: View | None) -> tuple[float, float]:
        """Smallest width and height on the design grid."""
        return self.least

    def wanted_size(self, view: View | None) -> tuple[float, float]:
        """The size it asks for where there is room."""
        return self.least_size(view)

    def selected(self, view: View) -> Hashable:
        """The key of the region that arrows start from if the keys have not been used."""
        return None

    def changed(self, before: View, view: View) -> QRectF:
        """Where a view looks otherwise than the one before it."""
        return self.room

    # ---- showing ---------------------------------------------------------------------

    def use_theme(self, theme: Theme) -> None:
        """Paints with another theme from now on."""
        self.theme = theme
        self._stills = {}
        self.updateGeometry()
        self.update()

    def show_view(self, view: View) -> None:
        """Shows this from now on."""
        if self.view is not None and alike(self.view, view):
            return
        before, self.view = self.view, view
        if before is not None and self.selected(before) != self.selected(view):
            self.at = self.selected(view)  # the keys go on from what was chosen elsewhere
        if before is None or self.least_size(before) != self.least_size(view):
            self.updateGeometry()
        self._teller.changed()
        if before is None:
            self.update()
        else:
            self.update(self.changed(before, view).toAlignedRect())

    def alone(self) -> "Picture[View]":
        """Another picture of the same view, without a page around it."""
        made = type(self)(self.theme, self.view, title=self.accessibleName(), id=self.objectName())
        made.setToolTip(self.toolTip())
        made.resize(self.size())
        return made

    def show_nothing(self) -> None:
        """Paints nothing until there is a view again."""
        if self.view is not None:
            self.view = None
            self._teller.changed()
            self.updateGeometry()
            self.update()

    def px(self, size: float) -> int:
        """A size of the design grid in pixels."""
        return self.theme.px(size)

    @property
    def room(self) -> QRectF:
        """The whole picture."""
        return QRectF(0, 0, self.width(), self.height())

    def still(
        self,
        canvas: Canvas,
        parts: Any,
        paint: Callable[[Canvas], None],
        name: str = "",
        paper: str = "",
        place: QRectF | None = None,
    ) -> None:
        """Paints once what words and frames cost most, and again only when `parts`, the size or
        the theme have changed; the rest of the picture is painted above it every time. Several
        have names; one that lies in a part of the picture needs less there. On `paper`, the
        colour of a page, it is the fastest; without, what is below shines through. In a file it is
        painted like all else."""
        if canvas.once:
            self._paint_at_once(canvas, paint, paper, self.room if place is None else place)
            return
        ratio, where = self.devicePixelRatioF(), self.room if place is None else place
        key = (parts, where, ratio)
        known, pixmap = self._stills.get(name, (None, QPixmap()))
        if known is None or known[1:] != key[1:] or not alike(known[0], parts):
            pixmap = QPixmap((where.size() * ratio).toSize())
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(canvas.ink(paper) if paper else Qt.GlobalColor.transparent)
            with Canvas(pixmap, self.theme) as once:
                once.translate(-where.topLeft())
                paint(once)
            self._stills[name] = (key, pixmap)
        canvas.drawPixmap(where.topLeft(), pixmap)

    def _paint_at_once(
        self, canvas: Canvas, paint: Callable[[Canvas], None], paper: str, place: QRectF
    ) -> None:
        """As a canvas of its own would be: with its own pen and brush, and inside its place."""
        canvas.save()
        if place != self.room:
            canvas.setClipRect(place, Qt.ClipOperation.IntersectClip)
        canvas.sharp(False)
        canvas.outline()
        if paper:
            canvas.fillRect(place, canvas.ink(paper))
        paint(canvas)
        canvas.restore()

    @property
    def twin(self) -> Twin | None:
        """What is shown as a table."""
        return None if self.view is None else self.table(self.view)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.view is None:
            return
        with Canvas(self, self.theme, self.once) as canvas:
            self.paint(canvas, self.view)
            cursor = self.shows_cursor and not self.once
            ring = self.ring(self.view) if cursor else None
            if ring is not None:
                canvas.ring(ring)

    def ring(self, view: View) -> QRectF | None:
        """Where the ring of the keys goes: round their region, or round all of it."""
        here = self.here
        return self.room if here is None else here.place

    @property
    def shows_cursor(self) -> bool:
        """Whether the ring is drawn: it would only distract who uses the mouse."""
        return self._by_keys and self.hasFocus()

    # ---- choosing --------------------------------------------------------------------

    def region(self, key: Hashable) -> Region | None:
        """The region with a key."""
        return next((each for each in self._regions() if each.key == key), None)

    def region_at(self, point: QPointF) -> Region | None:
        """The topmost region under a point: later ones lie above earlier ones."""
        found = None
        for each in self._regions():
            if each.place.contains(point):
                found = each
        return found

    def _regions(self) -> Iterable[Region]:
        return () if self.view is None else self.regions(self.view)

    def choose(self, key: Hashable) -> None:
        """As a click on a region does."""
        self.chosen.emit(key)

    def move_to(self, key: Hashable) -> None:
        """Puts the keys on a region."""
        if key != self.at:
            self.at = key
            self._teller.changed()
            self.update()
            self.walked.emit(key)
        if self.arrows_choose:
            self.choose(key)

    def step(self, across: int, down: int) -> bool:
        """An arrow key: to the next region in that direction; -> whether there is any."""
        here = self.here
        if here is None:
            return False
        named = [each for each in self._regions() if each.key is not None]
        self.move_to(beside(named, here, (across, down)).key)
        return True

    @property
    def here(self) -> Region | None:
        """The region that the keys are on: where they came to last, else what is selected, else
        the first one."""
        named = [each for each in self._regions() if each.key is not None]
        regions = {each.key: each for each in reversed(named)}
        if not regions:
            return None
        for key in (self.at, self.selected(self.view)):
            if key is not None and key in regions:
                return regions[key]
        return list(regions.values())[-1]

    # ---- input -----------------------------------------------------------------------

    def press(self, point: QPointF) -> None:
        """The left button goes down."""
        found = self.region_at(point)
        if found is not None and found.key is not None:
            self.at = found.key
            self._teller.changed()
            self.choose(found.key)
            self.update()

    def press_again(self, point: QPointF) -> None:
        """The left button goes down a second time, as it does in a double click."""
        self.press(point)

    def drag(self, point: QPointF) -> None:
        """The pointer moves while the left button is down."""

    def release(self, point: QPointF) -> None:
        """The left button comes up."""

    def key(self, event: QKeyEvent) -> bool:
        """A key that is not an arrow or Return; -> whether it meant something."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        if event.button() == Qt.MouseButton.LeftButton and self.view is not None:
            self.press(event.position())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.view is not None:
            self._by_keys = False
            self.press_again(event.position())
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.view is not None:
            self.drag(event.position())
        if self.hovers:
            found = self.region_at(event.position())
            self._hover(None if found is None else found.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.view is not None:
            self.release(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, key: Hashable) -> None:
        if key != self.hovered:
            self.hovered = key
            self.pointed.emit(key)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, meant = Key(event.key()), False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.view is not None:
            meant = self.key(event)
            if not meant and plain and key in MOVES:
                meant = self.step(*MOVES[key])
            elif not meant and plain and key in ENTER:
                here = self.here
                if here is not None:
                    self.choose(here.key)
                    meant = True
        if not meant:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if kind == QEvent.Type.FocusIn:
            self._by_keys = event.reason() in BY_KEYS  # type: ignore[attr-defined]
            self.update()
        elif kind == QEvent.Type.FocusOut:
            self.update()
        elif kind == QEvent.Type.KeyPress and not self._by_keys:
            self._by_keys = True
            self.update()
        elif kind == QEvent.Type.Resize:
            self._stills = {}
        elif kind == QEvent.Type.Polish and self.view is not None:
            self._teller.changed()  # it was made with this view
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """The tooltip at a point, in lines short enough to read."""
        found = self.region_at(point)
        return wrapped(found.tip) if found is not None and found.tip else self.toolTip()

    def _told(self) -> str:
        """What a screen reader is told: where the keys are, and what the picture shows."""
        if self.view is None:
            return ""
        here = self.region(self.at) if self.at is not None else None
        parts = (here.words if here is not None else "", self.words(self.view))
        return " ".join(part for part in parts if part)

    def tell(self) -> None:
        """Says at once what is shown."""
        self._teller.tell()

    # ---- size ------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(*(self.px(size) for size in self.least_size(self.view)))

    def sizeHint(self) -> QSize:
        return QSize(*(self.px(size) for size in self.wanted_size(self.view)))


def beside(regions: Sequence[Region], here: Region, move: tuple[int, int]) -> Region:
    """The nearest region in a direction; at an edge the same one."""
    at = here.place.center()

    def far(each: Region) -> float:
        by = each.place.center() - at
        along = by.x() * move[0] + by.y() * move[1]
        across = abs(by.x() * move[1]) + abs(by.y() * move[0])
        return along + 3 * across if along > 1 else float("inf")

    best = min(regions, key=far)
    return best if far(best) < float("inf") else here
