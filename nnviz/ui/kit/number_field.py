"""The one control for numbers that are typed: what is typed is kept or refused in words, and
entered before anything else is pressed."""

import math
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QWidget

from nnviz.ui.kit.typed_numbers import NoNumber, Signs, TwoNumbers, as_typed, number_in
from nnviz.words import tr

STEPS = (1, 2, 5)
"""One press of an arrow goes 1, 2, 5, 10, 20 .. on a logarithmic scale."""
DECIMALS = 30
"""More than any number in a field has, so that Qt rounds none."""
LONGEST = 40
"""Letters of a text that are said again when it is refused."""


class NumberField(QDoubleSpinBox):
    """A number between two ends; 0 may stand for words. No key that is typed is lost: a text is
    judged as a whole when it is entered."""

    refused = Signal(str)
    """Says what is wrong with a text that was entered, and what the value stays."""

    def __init__(
        self,
        label: str,
        low: float,
        high: float,
        whole: bool = True,
        zero: str = "",
        log: bool = False,
    ) -> None:
        """`zero`: what the value 0 means, where it is allowed below `low`; `log`: the arrows
        move on a logarithmic scale."""
        super().__init__()
        self._low, self._high, self._whole = low, high, whole
        self._label, self._zero, self._log = label, zero, log
        self.setAccessibleName(label)
        self.setDecimals(DECIMALS)
        self.setRange(0 if zero else low, high)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        TypingEnds(self)
        # Enter gives the keys back to the window
        self.lineEdit().returnPressed.connect(self.clearFocus)

    def textFromValue(self, value: float) -> str:
        return self._zero if value == 0 and self._zero else as_typed(value, self._signs)

    def valueFromText(self, text: str) -> float:
        found = self._read(text)
        return self.value() if isinstance(found, str) else found

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        fits = not isinstance(self._read(text), str)
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate
        return state, text, position

    def fixup(self, text: str) -> str:
        """The value as it was; says why the text is not taken."""
        found = self._read(text)
        if isinstance(found, str):
            self.refused.emit(found)
        return f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}"

    def stepBy(self, steps: int) -> None:
        """Goes on from what is typed."""
        found = self._read(self.text())
        if isinstance(found, str):
            self.interpretText()
        elif self._log:
            self.setValue(self._after(found, steps))
        else:
            super().stepBy(steps)

    def _after(self, value: float, steps: int) -> float:
        """The next value of the series 1, 2, 5, 10 .. in either direction."""
        powers = range(math.floor(math.log10(self._low)), math.ceil(math.log10(self._high)) + 1)
        ladder = [float(f"{factor}e{power}") for power in powers for factor in STEPS]
        rungs = [rung for rung in ladder if self._low <= rung <= self._high]
        rungs = sorted({*rungs, float(self._high), *([0.0] if self._zero else [])})
        if steps > 0:
            above = [rung for rung in rungs if rung > value * (1 + 1e-9)]
            return above[min(steps, len(above)) - 1] if above else value
        below = [rung for rung in rungs if rung < value * (1 - 1e-9)]
        return below[-min(-steps, len(below))] if below else value

    # ---- what is typed ---------------------------------------------------------------

    @property
    def _signs(self) -> Signs:
        return Signs.of(self.locale())

    def _read(self, text: str) -> float | str:
        """The value that a text means, or what is wrong with it."""
        typed = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()
        if self._zero and typed.casefold() == self._zero.casefold():
            return 0.0
        try:
            found = number_in(typed, self._signs, self._whole)
        except NoNumber:
            return self._allowed(typed)
        except TwoNumbers as error:
            return self._ambiguous(typed, error)
        low, high = Decimal(repr(self._low)), Decimal(repr(self._high))
        fits = low <= found <= high or (self._zero and found == 0)
        if not fits or (self._whole and found != found.to_integral_value()):
            return self._allowed(typed)
        return abs(float(found)) if found == 0 else float(found)

    def _allowed(self, typed: str) -> str:
        """What the field takes, and that this is something else."""
        fields = {
            "label": self._label,
            "low": as_typed(self._low, self._signs),
            "high": as_typed(self._high, self._signs),
            "typed": _shortened(typed),
            "value": self.textFromValue(self.value()),
        }
        if self._zero and self._whole:
            return tr(
                "{label} must be a whole number from {low} to {high}, or “{zero}”, not “{typed}”: "
                "it stays {value}.",
                zero=self._zero,
                **fields,
            )
        if self._zero:
            return tr(
                "{label} must be a number from {low} to {high}, or “{zero}”, not “{typed}”: it "
                "stays {value}.",
                zero=self._zero,
                **fields,
            )
        if self._whole:
            return tr(
                "{label} must be a whole number from {low} to {high}, not “{typed}”: it stays "
                "{value}.",
                **fields,
            )
        return tr(
            "{label} must be a number from {low} to {high}, not “{typed}”: it stays {value}.",
            **fields,
        )

    def _ambiguous(self, typed: str, found: TwoNumbers) -> str:
        one, other = (as_typed(float(each), self._signs) for each in (found.one, found.other))
        return tr(
            "{label}: “{typed}” can be read as {one} and as {other}: it stays {value}.",
            label=self._label,
            typed=typed,
            one=one,
            other=other,
            value=self.textFromValue(self.value()),
        )


def _shortened(typed: str) -> str:
    return typed if len(typed) <= LONGEST else f"{typed[:LONGEST]}…"


class TypingEnds(QObject):
    """Has a field enter its text before anything else in its window is pressed, which would act
    on another value than the field shows."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind, field, program = event.type(), self._field, QApplication.instance()
        assert program is not None
        if watched is field and kind == QEvent.Type.FocusIn:
            program.installEventFilter(self)
        elif watched is field and kind == QEvent.Type.FocusOut:
            program.removeEventFilter(self)
        elif kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is field or field.isAncestorOf(watched)
            if watched.window() is field.window() and not inside:
                field.clearFocus()
                # nothing is pressed where that asks whether a run may be lost
                return QApplication.activeModalWidget() not in (None, field.window())
        return False
