"""One end of a morph: a test digit, and how to take another one."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image

SIDE = 40
"""Of the digit on the design grid."""


class MorphEnd(QWidget):
    """The digit, its label as a choice, the next one with that label, the digit on screen."""

    taken = Signal(int)
    """Number of the test digit that is wanted."""
    on_screen_taken = Signal()

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._digits: ShownDigits | None = None
        self.image = 0
        self._theme = theme
        self.picture = QLabel()
        self.picture.setAccessibleName(f"{words} digit of the morph")
        self.labels = QComboBox()
        self.labels.setObjectName(f"morph-{words}-label")
        self.labels.setAccessibleName(f"Label of the {words} digit")
        self.labels.setToolTip(f"The morph's {words} digit: any label.")
        self.labels.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.labels.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.labels.activated.connect(self._take_label)
        self.next = button(
            "›", f"Another {words} digit with this label", self._take_next, f"morph-{words}-next"
        )
        self.next.setAccessibleName(f"Next {words} digit")
        self.shown = button(
            "On screen",
            f"Take the test digit on screen as the {words} one; a drawing has no label to go by.",
            self.on_screen_taken.emit,
            f"morph-{words}-shown",
        )
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (self.picture, self.labels, self.next, self.shown):
            self._row.addWidget(part)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._row.setSpacing(theme.px(5))
        self.labels.setFont(theme.font())
        self._fit_labels()
        style_buttons(self, theme)
        self._draw()

    def show_digit(self, digits: ShownDigits, image: int) -> None:
        """The test digit at this end."""
        if digits is not self._digits:
            with QSignalBlocker(self.labels):
                self.labels.clear()
                self.labels.addItems(digits.class_names)
            self._fit_labels(digits)
        if digits is self._digits and image == self.image:
            return
        self._digits, self.image = digits, image
        label = int(digits.labels[image])
        with QSignalBlocker(self.labels):
            self.labels.setCurrentIndex(label)
        self.picture.setAccessibleDescription(f"{digits.class_names[label]}, test digit {image}")
        self.picture.setToolTip(f"Test digit {image}, label {digits.class_names[label]}")
        self._draw()

    def _fit_labels(self, digits: ShownDigits | None = None) -> None:
        """A name of one sign needs less room than a list of choices takes by itself."""
        digits = digits or self._digits
        short = digits is None or not are_words(digits.class_names, self._theme)
        self.labels.setMaximumWidth(self._theme.px(62 if short else 200))

    def _draw(self) -> None:
        if self._digits is None:
            return
        side, ratio = self._theme.px(SIDE), self.devicePixelRatio()
        digits = self._digits
        image = digit_image(digits.images[self.image], self._theme.grey_colours, digits.shape)
        pixmap = QPixmap.fromImage(image.scaled(round(side * ratio), round(side * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)

    def _take_label(self, label: int) -> None:
        assert self._digits is not None
        own = np.flatnonzero(self._digits.labels == label)
        if own.size:
            self.taken.emit(int(own[0]))

    def _take_next(self) -> None:
        assert self._digits is not None
        own = np.flatnonzero(self._digits.labels == self._digits.labels[self.image])
        later = own[own > self.image]
        self.taken.emit(int(later[0] if later.size else own[0]))
