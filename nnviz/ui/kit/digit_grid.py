"""Any number of digits, each with its label and its answer; only what is seen is painted."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.digit_tiles import GAP, LINE, SIDE, WIDE, DigitTiles, GridView
from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.folding import ScrollPlace
from nnviz.ui.kit.picture import BY_KEYS, ENTER
from nnviz.ui.kit.telling import Teller, explain, wrapped
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.words import sentences, tr, tr_n

Key, Modifier = Qt.Key, Qt.KeyboardModifier
TYPED_TOGETHER = 1000
"""Milliseconds between two figures of one number."""


class DigitGrid(QAbstractScrollArea):
    """Scrolls by rows; one digit can be chosen, several can be ticked."""

    chosen = Signal(int)
    """Number of a digit."""
    ticking = Signal(object)
    """All numbers that are to be ticked."""
    missed = Signal(int)
    """A number was typed whose digit is not listed."""
    opened = Signal()
    """The digit on screen is wanted by itself: Return, or a double click."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("digit-grid")
        self.setAccessibleName(tr("Digits listed"))
        explain(
            self,
            tr(
                "Label, and what it is read as. Click a digit, or use the arrow keys, Home and "
                "End, to look at it on every page; type its number to jump there; Shift+PageDown "
                "turns a screenful; Return or a double click opens it under One digit. Ctrl+click, "
                "Space or T ticks a digit, Shift+click a range, Ctrl+A all of them: what is "
                "ticked is saved."
            ),
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._view: GridView | None = None
        self._why = ""
        self._tiles = DigitTiles(theme)
        self._places: dict[int, int] = {}
        self._kept = ScrollPlace(self.verticalScrollBar())
        self._fresh = True  # is just appearing
        self._whole = self._making_room = False
        self._anchor: int | None = None
        self.begins_at_first = False
        """Whether the first list that comes is seen from its beginning, wherever in it the digit
        on screen is."""
        self._by_keys = False
        self._teller = Teller(self, self._told)
        self._typed = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPED_TOGETHER)
        self._typing.timeout.connect(self._end_typing)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._tiles.use_theme(theme)
        self._fit()

    def show_view(self, view: GridView) -> None:
        """Draws this from now on; the digit on screen comes into sight when it changes, or the
        grid appears."""
        old, self._view = self._view, view
        if old is None or old.images is not view.images:
            self._places = {}
        self._lay_out()
        if old is not None and old.what != view.what:
            self.verticalScrollBar().setValue(0)
        anew, self.begins_at_first = old is None and self.begins_at_first, False
        if not anew and (old is None or old.shown != view.shown or self._fresh):
            self._show_tile(self.tile_of(view.shown))
        self._appeared()
        self._teller.changed()
        self.viewport().update()

    def show_nothing(self, why: str) -> None:
        """No digits but a sentence; the focus stays."""
        self._view, self._places, self._why = None, {}, why
        self._lay_out()
        self._teller.changed()
        self.viewport().update()

    @property
    def view(self) -> GridView | None:
        return self._view

    def tell(self) -> None:
        """Says at once what is shown."""
        self._teller.tell()

    def _told(self) -> str:
        """What a person would say of the digit on screen, or why there is none."""
        view = self._view
        if view is None:
            return self._why
        told = [tr_n("{count} digit listed.", "{count} digits listed.", len(view.images))]
        if view.ticked:
            told.append(tr_n("{count} is ticked.", "{count} are ticked.", len(view.ticked)))
        if self.tile_of(view.shown) is not None:
            told.append(
                tr(
                    "Digit {image}: label {label}, read as {answer}, {words}.",
                    image=str(view.shown),
                    label=view.digits.class_names[view.digits.labels[view.shown]],
                    answer=view.said(int(view.answers[view.shown])),
                    words=view.words(view.shown),
                )
            )
        return sentences(*told)

    # ---- places ----------------------------------------------------------------------

    def tile_of(self, image: int) -> int | None:
        """The tile that shows a digit, if it is listed."""
        if self._view is None:
            return None
        if not self._places:
            listed = self._view.images.tolist()
            self._places = dict(zip(listed, range(len(listed)), strict=True))
        return self._places.get(image)

    def show_whole(self, whole: bool) -> None:
        """Whether rows are seen whole or not at all, without a scroll bar: for who looks on while
        another one turns the pages."""
        if whole != self._whole:
            self._whole = whole
            policies = Qt.ScrollBarPolicy
            shown = policies.ScrollBarAlwaysOff if whole else policies.ScrollBarAsNeeded
            self.setVerticalScrollBarPolicy(shown)
            self._fit()

    def _lay_out(self) -> None:
        self.pitch = self._theme.px(SIDE + 2 * LINE + GAP)
        below = self.height() % self.pitch if self._whole and self._view is not None else 0
        if self.viewportMargins().bottom() != below:
            self._making_room = True  # the resize that follows at once is part of this
            self.setViewportMargins(0, 0, 0, below)
            self._making_room = False
        px, view = self._theme.px, self._view
        words = view is not None and are_words(view.digits.class_names, self._theme)
        tiles = len(view.images) if view is not None else 0
        least = px(WIDE if words else SIDE) + px(GAP)
        width, height = self.viewport().width(), self.viewport().height()
        self.columns = max(1, width // least)
        self._across = width / self.columns
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, -(-tiles // self.columns) * self.pitch - height))
        bar.setPageStep(max(self.pitch, height // self.pitch * self.pitch))
        bar.setSingleStep(max(1, self.pitch if self._whole else self.pitch // 2))

    def _fit(self) -> None:
        """Other room or type: the digit on screen stays in sight if it was, and so does the place
        in the list."""
        shown = None if self._view is None else self.tile_of(self._view.shown)
        in_sight = self._fresh or (shown is not None and shown in self.seen)
        with self._kept.kept():
            self._lay_out()
            self._kept.restore()
            if in_sight:
                self._show_tile(shown)
            if self._whole:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() // self.pitch * self.pitch)

    def tile_place(self, tile: int) -> QRectF:
        """Where a tile lies in the viewport, whole or in part."""
        row, column = divmod(tile, self.columns)
        y = row * self.pitch - self.verticalScrollBar().value()
        return QRectF(column * self._across, y, self._across, self.pitch)

    def tile_at(self, point: QPointF) -> int | None:
        """The tile under a point of the viewport."""
        if self._view is None or point.x() < 0:
            return None
        row = int(point.y() + self.verticalScrollBar().value()) // self.pitch
        column = int(point.x() / self._across)
        tile = row * self.columns + column
        return tile if column < self.columns and 0 <= tile < len(self._view.images) else None

    @property
    def seen(self) -> range:
        """The tiles in sight, whole or in part."""
        if self._view is None:
            return range(0)
        top = self.verticalScrollBar().value()
        last = -(-(top + self.viewport().height()) // self.pitch)
        return range(
            top // self.pitch * self.columns, min(len(self._view.images), last * self.columns)
        )

    def _show_tile(self, tile: int | None) -> None:
        if tile is None:
            return
        bar, top = self.verticalScrollBar(), tile // self.columns * self.pitch
        value = min(top, max(bar.value(), top + self.pitch - self.viewport().height()))
        bar.setValue(-(-value // self.pitch) * self.pitch if self._whole else value)

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, room = self._view, QRectF(self.viewport().rect())
        with Canvas(self.viewport(), self._theme) as canvas:
            canvas.setRenderHint(Canvas.RenderHint.Antialiasing, False)
            canvas.fillRect(room, canvas.ink("panel"))
            if view is not None:
                seen = self.seen
                places = [self.tile_place(tile) for tile in seen]
                self._tiles.draw(canvas, view, view.images[seen.start : seen.stop], places)
            else:
                margin = canvas.px(12)
                place = room.adjusted(margin, margin, -margin, -margin)
                canvas.paragraph(place, self._why, size=BACK_ROW)
            if self._by_keys and self.hasFocus():
                canvas.ring(room)

    # ---- pointer and keys ------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._by_keys = event.reason() in BY_KEYS  # type: ignore[attr-defined]
            self.viewport().update()
        elif kind == QEvent.Type.KeyPress:
            self._by_keys = True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tile, view = self.tile_at(QPointF(event.pos())), self._view
            if tile is not None and view is not None and view.facts is not None:
                words = view.facts(int(view.images[tile]))
                QToolTip.showText(event.globalPos(), wrapped(words), self)
                return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tile = self.tile_at(event.position())
        if tile is None or self._view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._by_keys = False
        modifiers = event.modifiers()
        if modifiers & Modifier.ControlModifier:
            self._anchor = tile
            self._tick([tile], turn=True)
        elif modifiers & Modifier.ShiftModifier:
            self._tick_to(tile)
        else:
            self._anchor = tile
            self._choose(tile)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if event.modifiers() != Modifier.NoModifier:
            self.mousePressEvent(event)  # ticks, as a click does
        elif self.tile_at(event.position()) is not None:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view, key = self._view, Key(event.key())
        if view is None or not len(view.images):
            if key != Key.Key_Space:  # which starts a run elsewhere
                event.ignore()
            return
        here, modifiers = self.tile_of(view.shown), event.modifiers()
        to = self._moved(key, here, len(view.images))
        if to is not None:
            page = key in (Key.Key_PageUp, Key.Key_PageDown)
            if modifiers & Modifier.ShiftModifier and not page:
                self._anchor = self._anchor if self._anchor is not None else here
                self._tick_to(to)
            else:
                self._anchor = to
            self._choose(to)
        elif modifiers & Modifier.ControlModifier and key == Key.Key_A:
            self._tick(range(len(view.images)))
        elif modifiers & Modifier.ControlModifier:
            event.ignore()
        elif key in (Key.Key_T, Key.Key_Space, *ENTER):
            self._use(here, opens=key in ENTER)
        elif event.text().isdecimal():
            self._type(event.text())
        else:
            event.ignore()

    def _moved(self, key: Qt.Key, here: int | None, tiles: int) -> int | None:
        """Where a key leads from a tile, or from none; None: it leads nowhere."""
        screenful = self.columns * max(1, self.viewport().height() // self.pitch)
        by = {
            Key.Key_Left: -1,
            Key.Key_Right: 1,
            Key.Key_Up: -self.columns,
            Key.Key_Down: self.columns,
            Key.Key_PageUp: -screenful,
            Key.Key_PageDown: screenful,
            Key.Key_Home: -tiles,
            Key.Key_End: tiles,
        }.get(key)
        if by is None:
            return None
        to = (tiles - 1 if by == tiles else 0) if here is None else here + by
        if key in (Key.Key_Up, Key.Key_Down) and not 0 <= to < tiles:
            return here or 0
        return min(tiles - 1, max(0, to))

    def _use(self, tile: int | None, opens: bool) -> None:
        """Opens the digit on screen, or ticks it; the first one comes on screen where it is not
        listed."""
        if tile is None:
            self._choose(0)
        elif opens:
            self.opened.emit()
        else:
            self._tick([tile], turn=True)

    def _type(self, figure: str) -> None:
        """Goes to the digit with the number typed so far, if it is listed."""
        self._typed = (self._typed + figure)[-9:]
        self._typing.start()
        tile = self.tile_of(int(self._typed))
        if tile is not None:
            self._choose(tile)

    def _end_typing(self) -> None:
        number, self._typed = int(self._typed), ""
        if self.tile_of(number) is None:
            self.missed.emit(number)

    def _choose(self, tile: int) -> None:
        assert self._view is not None
        self.chosen.emit(int(self._view.images[tile]))
        self._show_tile(tile)

    def _tick(self, tiles: Sequence[int], turn: bool = False) -> None:
        """Ticks tiles; `turn` unticks those that were."""
        assert self._view is not None
        images = frozenset(self._view.images[list(tiles)].tolist())
        ticked = self._view.ticked
        self.ticking.emit(ticked ^ images if turn else ticked | images)

    def _tick_to(self, tile: int) -> None:
        """Ticks all from the last one chosen or ticked to this one."""
        start = self._anchor if self._anchor is not None else tile
        self._tick(range(min(start, tile), max(start, tile) + 1))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self._making_room:
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._fresh = True
            self._fit()
            QTimer.singleShot(0, self, self._appeared)

    def _appeared(self) -> None:
        self._fresh = False

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(4 * (SIDE + GAP) + 20), px(1.85 * (SIDE + 2 * LINE + GAP)))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
