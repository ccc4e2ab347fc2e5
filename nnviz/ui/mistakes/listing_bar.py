"""What chooses and sorts the digits listed: whose mistakes, which of them, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import ANY, EVERY, KINDS, ORDERS, SHOWN, Listing
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes.judged_seen import JudgedSeen
from nnviz.verdicts.answers import NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS

Items = Sequence[tuple[str, Any]]


class ListingBar(QWidget):
    """One combo box for each field of a Listing; tells the listing that is asked for."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("listing-bar")
        self._listing = Listing()
        self.boxes = {name: self._box(name, *words) for name, words in _BOXES.items()}
        self.backwards = button(
            "↑",
            "The other way round. ↑: the smallest first; ↓: the largest first.",
            self._turn,
            "backwards",
        )
        self.backwards.setAccessibleName("The other way round")
        self.backwards.setCheckable(True)
        row = self._row = FlowLayout(self)
        for box in self.boxes.values():
            row.addWidget(box)
        row.addWidget(self.backwards)
        self.use_theme(theme)

    def _box(self, field: str, name: str, tooltip: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"listing-{field}")
        box.setAccessibleName(name)
        box.setToolTip(tooltip)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(lambda index: self._ask(**{field: box.itemData(index)}))
        return box

    def use_theme(self, theme: Theme) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        self.backwards.setStyleSheet(theme.button_style())
        for box in self.boxes.values():
            box.setFont(theme.font())

    def show_view(self, view: JudgedSeen) -> None:
        """Offers what there is to choose, and shows what is chosen."""
        self._listing = view.mistakes.listing
        for field, items in _items(view).items():
            box = self.boxes[field]
            if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] != list(items):
                box.clear()
                for words, value in items:
                    box.addItem(words, value)
                if field == "order":
                    for at, order in enumerate(ORDERS.values()):
                        box.setItemData(at, order.help, Qt.ItemDataRole.ToolTipRole)
            values = [value for _, value in items]
            value = getattr(view.mistakes.listing, field)
            box.setCurrentIndex(values.index(value) if value in values else 0)
        self.boxes["order"].setToolTip(f"How the digits are sorted. {_help(view.mistakes.listing)}")
        self.backwards.setChecked(view.mistakes.listing.backwards)
        falls = ORDERS[view.mistakes.listing.order].falls != view.mistakes.listing.backwards
        self.backwards.setText("↓" if falls else "↑")

    def _ask(self, **changes: Any) -> None:
        self.asked.emit(replace(self._listing, **changes))

    def _turn(self) -> None:
        self._ask(backwards=not self._listing.backwards)


def _help(listing: Listing) -> str:
    words = ORDERS[listing.order].help
    return f"{words} Now the other way round." if listing.backwards else words


_BOXES = {
    "kind": ("Which digits", "Digits that are misread, digits that are read right, or both."),
    "whose": ("Whose mistakes", "The design whose answers count."),
    "label": ("True class", "Only digits of this class."),
    "answer": ("Answer", "Only digits that are read as this class."),
    "order": ("Sort by", "The order of the digits."),
}
"""Field of a Listing -> accessible name and tooltip."""


def _items(view: JudgedSeen) -> Mapping[str, Items]:
    names = view.digits.class_names
    answers = [*enumerate(names), (NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS)]
    return {
        "kind": [(words, kind) for kind, (words, _) in KINDS.items()],
        "whose": [
            ("by this design", SHOWN),
            ("by any design", ANY),
            ("by every design", EVERY),
            *((f"by {DESIGNS[design].label}", design) for design in view.designs),
        ],
        "label": [("any class", None), *((f"true {name}", at) for at, name in enumerate(names))],
        "answer": [("any answer", None), *((f"read as {name}", at) for at, name in answers)],
        "order": [(order.label, name) for name, order in ORDERS.items()],
    }
