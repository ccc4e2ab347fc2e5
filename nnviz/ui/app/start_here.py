"""The page for newcomers: what to look at first, laid over the page on screen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSettings, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from nnviz.lectures.collection import SHIPPED
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import start_here_words as words
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.controls import button, paragraph
from nnviz.ui.kit.layout import column, dress, row
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import BACK_ROW, Theme

LEFT_BEFORE = "start-here-left"
"""Name of what is remembered."""
BY_ITSELF = frozenset(
    {"engine", "no_kernels", "answers", "work", "verdict", "notice", "download", "resting", "past"}
)
"""Fields of the state that change though nobody has done anything."""
HEIGHT, BADGE = 74, 54
"""Of a choice and of its number, on the design grid."""
LINE = 26
"""Of the words below a title, on the same."""
TITLE = BACK_ROW - 4
WRAPS = Qt.TextFlag.TextWordWrap
Key = Qt.Key
NUMBERS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5)


@dataclass(frozen=True)
class Choice:
    """One thing to look at first."""

    id: str
    title: str
    about: str
    do: Callable[[], object]


class StartHere(QScrollArea):
    """Lies over a page until something is chosen or done; Esc puts it away, too."""

    def __init__(
        self,
        over: QWidget,
        session: Session,
        theme: Callable[[], Theme],
        play: Callable[[Path], object],
        give_back: Callable[[], object],
    ) -> None:
        """`over`: what it covers; `play` opens a lecture; `give_back` gives the focus to the page
        below, of which `theme` is that of the moment."""
        super().__init__(over.parentWidget())
        self.setObjectName("start-here")
        self.setAccessibleName(words.HEADING)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoFillBackground(True)
        self._over, self._session, self._theme = over, session, theme
        self._give_back = give_back
        self._heading = QLabel(words.HEADING)
        self._heading.setObjectName("start-here-heading")
        explain(self._heading, words.HEADING_TIP)
        self._about = paragraph("start-here-about", words.HEADING_TIP, words.ABOUT, plain=True)
        self.choices = [_Button(number, each) for number, each in self._numbered(play)]
        for each in self.choices:
            each.clicked.connect(partial(self._choose, each.choice))
        self.close_it = button(*words.LEAVE, self.put_away, "start-here-leave")
        inside = QWidget()
        column(
            row((self._heading, 1), self.close_it),
            self._about,
            *self.choices,
            1,
            spacing=9,
            margins=(28, 12, 28, 12),
            of=inside,
        )
        self.setWidget(inside)
        self.hide()
        over.installEventFilter(self)
        session.watch(self._changed)

    def _numbered(self, play: Callable[[Path], object]) -> Sequence[tuple[int, Choice]]:
        lectures = [
            Choice(name, title, about, partial(play, SHIPPED / f"{name}.md"))
            for name, (title, about) in words.QUESTIONS.items()
        ]
        others = [
            Choice("watch", *words.WATCH, self._watch),
            Choice("draw", *words.DRAW, lambda: self._session.designs.open_page("draw")),
        ]
        return list(enumerate([*lectures, *others], start=1))

    # ---- coming and going ------------------------------------------------------------

    @property
    def lies(self) -> bool:
        """Whether it is there."""
        return not self.isHidden()

    def lay(self) -> None:
        """Covers the page, and takes the keys."""
        self.use_theme()
        self._fit()
        self.show()
        self.raise_()
        self.choices[0].setFocus(Qt.FocusReason.TabFocusReason)

    def put_away(self) -> bool:
        """Shows the page again, and never comes by itself from now on; -> whether it was there."""
        if not self.lies:
            return False
        self.hide()
        QSettings().setValue(LEFT_BEFORE, True)
        self._give_back()
        return True

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Is not there for a moment that nobody sees."""
        focused = self.focusWidget() if self.isActiveWindow() else None
        self.hide()
        yield
        self.show()
        if focused is not None:
            focused.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, choice: Choice) -> None:
        self.put_away()
        choice.do()

    def _watch(self) -> None:
        """A network that knows nothing begins to learn."""
        self._session.designs.open_page("train")
        self._session.controls.new_seed()
        self._session.runs.run()

    def _changed(self, _state: State, fields: frozenset[str]) -> None:
        if fields - BY_ITSELF:
            self.put_away()

    # ---- keys and look ---------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.setGeometry(self._over.geometry())

    def use_theme(self) -> None:
        """Draws with the theme of the moment."""
        theme = self._theme()
        dress(self, theme)
        for each in self.choices:
            each.use_theme(theme)
        self._heading.setFont(theme.font(BACK_ROW, bold=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Key(event.key())
        if key == Key.Key_Escape:
            self.put_away()
        elif plain and key in NUMBERS[: len(self.choices)]:
            self.choices[NUMBERS.index(key)].click()
        elif plain and key in (Key.Key_Return, Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
        else:
            event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab and the arrows go round: what lies below is not there meanwhile."""
        stops: list[QPushButton] = [*self.choices, self.close_it]
        at = next_at = 0
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and focused in stops:
            at = stops.index(focused)
            next_at = (at + (1 if next else -1)) % len(stops)
        stops[next_at].setFocus(
            Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        )
        self.ensureWidgetVisible(stops[next_at])
        return True


class _Button(QPushButton):
    """A number, a title, and a line about what one sees."""

    def __init__(self, number: int, choice: Choice) -> None:
        super().__init__(choice.title)
        self.choice, self._number, self._scaled = choice, number, Theme()
        self.setObjectName(f"start-here-{choice.id}")
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.about)
        explain(self, words.tip_of(choice.about, number))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def use_theme(self, theme: Theme) -> None:
        """Draws with another theme."""
        self._scaled = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._scaled.px(480), self._scaled.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._scaled.px(240), self._scaled.px(HEIGHT))

    def heightForWidth(self, width: int) -> int:
        px = self._scaled.px
        room = QRect(0, 0, width - px(BADGE + 14), 10_000)
        below = QFontMetrics(self._scaled.font()).boundingRect(room, WRAPS, self.choice.about)
        return px(HEIGHT - LINE) + max(px(LINE), below.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with Canvas(self, self._scaled) as canvas:
            px = canvas.px
            around = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            edge = "focus" if self.hasFocus() else "muted" if self.underMouse() else "raised"
            canvas.box(around, "raised", edge, 3, radius=8)
            badge = QRectF(around.x(), around.y(), px(BADGE), around.height())
            canvas.text(badge, str(self._number), ink="focus", size=BACK_ROW, bold=True)
            inside = around.adjusted(px(BADGE), px(6), -px(10), -px(6))
            above, below = QRectF(inside), QRectF(inside)
            above.setHeight(px(36))
            below.setTop(above.bottom())
            canvas.text(above, self.choice.title, LEFT, size=TITLE, bold=True)
            canvas.paragraph(below, self.choice.about, "muted")
