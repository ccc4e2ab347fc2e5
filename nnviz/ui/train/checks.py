"""What goes wrong with learning, in a line below the curves: only while it does."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from nnviz.questions.checks.table import Finding
from nnviz.questions.checks.trying import Try
from nnviz.ui.kit.controls import Menu, button
from nnviz.ui.kit.layout import dress, low, row, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.train import words

MOST = 2
"""Checks that are shown; others stand in a menu."""
GAP = 8
"""Between two of them."""


class OneCheck(QFrame):
    """One check that holds: what it says, and a button for what to try."""

    def __init__(
        self, place: int, tell: Callable[[Finding], object], try_out: Callable[[Try], object]
    ) -> None:
        super().__init__()
        self.setObjectName(f"check-{place}")
        self._finding: Finding | None = None
        self._tell, self._try_out = tell, try_out
        self._sign = sized(QLabel(words.SIGN), bold=True)
        self.title = low(button(words.CHECK, words.CHECK_TIP, self._told, f"check-title-{place}"))
        self.trying = low(button(words.TRY, words.TRY_TIP, self._tried, f"check-try-{place}"))
        self.setLayout(row(self._sign, self.title, self.trying, spacing=6, margins=(10, 2, 2, 2)))

    def show_finding(self, finding: Finding | None) -> None:
        """Says another one, or nothing."""
        self._finding = finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        for each, text in ((self.title, finding.title), (self.trying, finding.tried.label)):
            each.setText(text)
            each.setAccessibleName(text)
        explain(self.title, finding.explained)
        explain(self.trying, words.try_tip(finding.tried))

    def use_theme(self, theme: Theme) -> None:
        colours, edge = theme.colours, theme.px(2)
        self.setStyleSheet(
            f"#{self.objectName()} {{ background: {colours.panel}; border: {edge}px solid"
            f" {colours.wrong}; border-radius: {theme.px(7)}px; }}"
        )
        dress(self, theme)
        # it reads like words, not like something to do
        flat = "QPushButton { background: transparent; border-color: transparent; }"
        self.title.setStyleSheet(theme.button_style(low=True) + flat)

    def _told(self) -> None:
        if self._finding is not None:
            self._tell(self._finding)

    def _tried(self) -> None:
        if self._finding is not None:
            self._try_out(self._finding.tried)


class Checks(QWidget):
    """The worst ones side by side, and how many more there are."""

    def __init__(
        self, theme: Theme, tell: Callable[[Finding], object], try_out: Callable[[Try], object]
    ) -> None:
        super().__init__()
        self.setObjectName("checks")
        self.setAccessibleName(words.CHECKS)
        self._tell, self._try_out = tell, try_out
        self.findings: tuple[Finding, ...] = ()
        """All that hold, the worst first."""
        self._checks = [OneCheck(place, tell, try_out) for place in range(MOST)]
        self.more: QPushButton = low(
            button(words.CHECKS, words.MORE_TIP, self._open, "more-checks")
        )
        self.setLayout(row(*self._checks, self.more, 1, spacing=GAP))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.use_theme(theme)
        self._fill()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Says what holds now; without anything, takes no room."""
        if findings != self.findings:
            self.findings = findings
            self._fill()

    def use_theme(self, theme: Theme) -> None:
        self._gap = theme.px(GAP)
        dress(self, theme)
        self._make_room()

    @property
    def shown(self) -> list[OneCheck]:
        """Those that are on screen."""
        return [each for each in self._checks if not each.isHidden()]

    @property
    def others(self) -> tuple[Finding, ...]:
        """Findings that there is no room for."""
        return self.findings[len(self.shown) :]

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def menu(self) -> Menu:
        """The others, each with what to try."""
        made = Menu(self)
        made.setToolTipsVisible(True)
        for at, each in enumerate(self.others):
            told = made.addAction(each.title, partial(self._tell, each))
            told.setObjectName(f"other-check-{at}")
            explain(told, each.explained)
            tried = made.addAction(each.tried.label, partial(self._try_out, each.tried))
            tried.setObjectName(f"other-try-{at}")
            explain(tried, words.try_tip(each.tried))
            made.addSeparator()
        return made

    def _fill(self) -> None:
        padded = (*self.findings[:MOST], *(None,) * MOST)
        for check, finding in zip(self._checks, padded, strict=False):
            check.show_finding(finding)
        self.setVisible(bool(self.findings))
        self._make_room()

    def _make_room(self) -> None:
        """As many as have room side by side, and a button for the others."""
        count = min(MOST, len(self.findings))
        while count > 1 and self._needed(count) > self.width():
            count -= 1
        for at, check in enumerate(self._checks):
            check.setVisible(at < count)
        self._name_more(len(self.findings) - count)

    def _needed(self, count: int) -> int:
        """The width of so many, with the button for the others."""
        self._name_more(len(self.findings) - count)
        parts = [*self._checks[:count], *([self.more] if len(self.findings) > count else [])]
        return sum(each.sizeHint().width() + self._gap for each in parts)

    def _name_more(self, count: int) -> None:
        self.more.setVisible(count > 0)
        text = words.and_more(count)
        self.more.setText(text)
        self.more.setAccessibleName(text)

    def _open(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
