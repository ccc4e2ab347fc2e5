"""What chooses and sorts the digits listed: whose mistakes, which of them, in which order."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import ANY, EVERY, KINDS, ORDERS, SHOWN, Listing
from nnviz.ui.kit.controls import Items, button, combo_box, keep_box_width, offer
from nnviz.ui.kit.layout import column, dress, flow
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.seen import JudgedSeen
from nnviz.verdicts.answers import NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS


class ListingBar(QWidget):
    """One combo box for each field of a Listing; tells the listing that is asked for."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("listing-bar")
        self._listing = Listing()
        self.boxes = {name: self._box(name, *said) for name, said in words.BOXES.items()}
        self.backwards = button("↑", words.BACKWARDS[1], self._turn, "backwards")
        self.backwards.setAccessibleName(words.BACKWARDS[0])
        self.backwards.setCheckable(True)
        column(flow(*self.boxes.values(), self.backwards), of=self)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        whose = map(words.by_whom, (SHOWN, ANY, EVERY, *DESIGNS))
        keep_box_width(self.boxes["whose"], whose)

    def _box(self, field: str, name: str, tip: str) -> QComboBox:
        box = combo_box(f"listing-{field}", name, tip, lambda value: self._ask(**{field: value}))
        return box

    def show_view(self, view: JudgedSeen) -> None:
        """Offers what there is to choose, and shows what is chosen."""
        listing = self._listing = view.mistakes.listing
        shown = replace(listing, whose=view.whose)
        for field, items in _items(view).items():
            tips = [order.help for order in ORDERS.values()] if field == "order" else ()
            offer(self.boxes[field], items, getattr(shown, field), tips)
        explain(self.boxes["order"], words.order_tip(listing))
        self.backwards.setChecked(listing.backwards)
        falls = ORDERS[listing.order].falls != listing.backwards
        self.backwards.setText("↓" if falls else "↑")

    def _ask(self, **changes: Any) -> None:
        self.asked.emit(replace(self._listing, **changes))

    def _turn(self) -> None:
        self._ask(backwards=not self._listing.backwards)


def _items(view: JudgedSeen) -> Mapping[str, Items]:
    names = view.digits.class_names
    answers = [*enumerate(names), (NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS)]
    return {
        "kind": [(label, kind) for kind, (label, _) in KINDS.items()],
        "whose": [
            (words.by_whom(whose, view.labels), whose)
            for whose in (SHOWN, ANY, EVERY, *view.designs)
        ],
        "label": [
            (words.of_class(None), None),
            *((words.of_class(name), at) for at, name in enumerate(names)),
        ],
        "answer": [
            (words.read_as(None), None),
            *((words.read_as(name), at) for at, name in answers),
        ],
        "order": [(order.label, name) for name, order in ORDERS.items()],
    }
