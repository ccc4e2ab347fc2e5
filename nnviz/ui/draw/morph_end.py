"""One end of a morph: a test digit, and how to take another one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QInputDialog, QWidget

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.data.kept_drawings import KeptDrawing
from nnviz.session.session import Session
from nnviz.ui.draw import asked_words as words
from nnviz.ui.draw import kept_words
from nnviz.ui.draw.morph_seen import DrawnEnd
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.controls import button, combo_box, offer
from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.layout import dress, row
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image

SIDE = 40
"""Of the digit on the design grid."""
ENDS = ("first", "second")


@dataclass(frozen=True)
class EndView:
    """A digit and what it is."""

    digits: ShownDigits
    image: int
    """Number of the test digit."""
    drawn: DrawnEnd | None = None
    """The kept drawing in its place."""

    @property
    def label(self) -> int:
        return int(self.digits.labels[self.image]) if self.drawn is None else self.drawn.label

    @property
    def pixels(self) -> Bytes:
        """(inputs,)"""
        image: Bytes = self.digits.images[self.image]
        return image if self.drawn is None else self.drawn.kept.pixels

    @property
    def words(self) -> str:
        """What it is."""
        name = self.digits.class_names[self.label]
        if self.drawn is None:
            return words.end_tip(self.image, name)
        return kept_words.kept_end(name)


class EndDigit(Picture[EndView]):
    """The digit as it is."""

    keys = False
    policy = (Policy.Fixed, Policy.Preferred)
    least = (SIDE, SIDE)

    def words(self, view: EndView) -> str:
        return view.words

    def regions(self, view: EndView) -> Iterable[Region]:
        yield Region(view.image, self.room, self.words(view))

    def paint(self, canvas: Canvas, view: EndView) -> None:
        image = digit_image(view.pixels, self.theme.grey_colours, view.digits.shape)
        side = self.px(SIDE)
        canvas.image(QRectF(0, (self.height() - side) // 2, side, side), image, edge="")


class MorphEnd(QWidget):
    """The digit, its label as a choice, the next one with that label, the digit on screen."""

    def __init__(self, session: Session, theme: Theme, end: int) -> None:
        """`end`: 0 or 1."""
        super().__init__()
        self._session, self._theme, self._end = session, theme, ENDS[end]
        self.view: EndView | None = None
        self.picture = EndDigit(theme, title=words.END_NAMES[end])
        self.labels = combo_box(
            f"morph-{self._end}-label",
            words.LABEL_NAMES[end],
            words.LABEL_TIPS[end],
            self._take_label,
        )
        tip, name = words.NEXT_TIPS[end], f"morph-{self._end}-next"
        self.next = button("›", tip, self._take_next, name)
        self.next.setAccessibleName(words.NEXT_NAMES[end])
        self.shown = button(
            words.ON_SCREEN,
            words.ON_SCREEN_TIPS[end],
            lambda: self._take(session.state.image),
            f"morph-{self._end}-shown",
        )
        self.kept = combo_box(
            f"morph-{self._end}-kept",
            kept_words.END_NAMES[end],
            kept_words.END_TIP,
            self._take_kept,
        )
        self.kept.hide()
        self.setLayout(row(self.picture, self.labels, self.next, self.shown, self.kept, spacing=5))

    def use_theme(self, theme: Theme) -> None:
        """Shows it with another theme from now on."""
        self._theme = theme
        dress(self, theme)
        self._fit_labels()

    def show_view(self, view: EndView, kept: Sequence[KeptDrawing] = ()) -> None:
        """The test digit at this end, or a kept drawing; any of those `kept` is on offer."""
        items = [(kept_words.NO_DRAWING, "")]
        items += kept_words.offered(kept, view.digits.class_names)
        offer(self.kept, items, "" if view.drawn is None else view.drawn.kept.name)
        self.kept.setVisible(bool(kept))
        old, self.view = self.view, view
        names = view.digits.class_names
        offer(self.labels, [(name, label) for label, name in enumerate(names)], view.label)
        if old is None or old.digits is not view.digits:
            self._fit_labels()
        self.picture.show_view(view)

    def _fit_labels(self) -> None:
        """A name of one sign needs less room than a list of choices takes by itself."""
        names = () if self.view is None else self.view.digits.class_names
        self.labels.setMaximumWidth(self._theme.px(200 if are_words(names, self._theme) else 62))

    def _take(self, image: int) -> None:
        self._session.choose("morph", **{self._end: image, f"{self._end}_kept": ""})

    def _take_kept(self, name: str) -> None:
        """Takes a kept drawing, once it is known what it is."""
        place = f"{self._end}_kept"
        ask_label(
            self, self._session, name, lambda said: self._session.choose("morph", **{place: said})
        )

    def _take_label(self, label: int) -> None:
        assert self.view is not None
        own = np.flatnonzero(self.view.digits.labels == label)
        if own.size:
            self._take(int(own[0]))

    def _take_next(self) -> None:
        assert self.view is not None
        own = np.flatnonzero(self.view.digits.labels == self.view.label)
        if not own.size:
            return
        later = own[own > self.view.image]
        self._take(int(later[0] if later.size else own[0]))


def ask_label(parent: QWidget, session: Session, name: str, then: Callable[[str], object]) -> None:
    """Does something with the name of a kept drawing of which it is known what it is; asks first
    where it is not. "" for no drawing is passed on."""
    names, kept = session.state.digits.class_names, session.kept.found(name)
    if kept is None or kept.label(names) is not None:
        then(name)
        return
    dialog = QInputDialog(parent)
    dialog.setObjectName("what-is-drawn")
    dialog.setWindowTitle(kept_words.ASK_TITLE)
    dialog.setLabelText(kept_words.ASK)
    dialog.setComboBoxItems(names)

    def said(class_name: str) -> None:
        session.kept.say_what(name, class_name)
        then(session.state.kept.chosen)

    dialog.textValueSelected.connect(said)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
