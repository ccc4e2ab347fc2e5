"""What chooses and sorts the digits listed: whose mistakes, which of them, in which order."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import confusion
from nnviz.questions.listing import ANY, EVERY, KINDS, ORDERS, SHOWN, Listing, MatrixCells
from nnviz.ui.kit.controls import Items, button, combo_box, keep_box_width, offer
from nnviz.ui.kit.layout import column, dress, flow
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.cells_words import TOGETHER, cells_offered
from nnviz.ui.mistakes.seen import JudgedSeen
from nnviz.verdicts.answers import NOT_A_DIGIT, NOT_A_DIGIT_IN_WORDS


class ListingBar(QWidget):
    """One combo box for each field of a Listing; tells the listing that is asked for."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("listing-bar")
        self._listing = Listing()
        self._cells: Mapping[str, MatrixCells] = {}
        self.together = combo_box("listing-cells", *TOGETHER, self._mix)
        self.boxes = {name: self._box(name, *said) for name, said in words.BOXES.items()}
        self.backwards = button("↑", words.BACKWARDS[1], self._turn, "backwards")
        self.backwards.setAccessibleName(words.BACKWARDS[0])
        self.backwards.setCheckable(True)
        column(flow(*self.boxes.values(), self.backwards, self.together), of=self)

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
        self._cells = offer_cells(self.together, view)
        explain(self.boxes["order"], words.order_tip(listing))
        self.backwards.setChecked(listing.backwards)
        falls = ORDERS[listing.order].falls != listing.backwards
        self.backwards.setText("↓" if falls else "↑")

    def _mix(self, told: str) -> None:
        self.asked.emit(self._listing.with_cells(self._cells[told]))

    def _ask(self, **changes: Any) -> None:
        if {"label", "answer"} & set(changes):
            changes = {"cells": ()} | changes
        self.asked.emit(replace(self._listing, **changes))

    def _turn(self) -> None:
        self._ask(backwards=not self._listing.backwards)


def offer_cells(box: QComboBox, view: JudgedSeen) -> Mapping[str, MatrixCells]:
    """Has a box offer which mistakes are looked at alone. -> its entries and their cells"""
    names, said, chosen = view.digits.class_names, view.said, view.mistakes.listing.cells
    counts = None
    if said is not None and not view.hidden:
        counts = confusion(said.own.answers, said.labels, len(names))
    cells = cells_offered(counts, chosen, names)
    shown = next(told for told, each in cells.items() if each == chosen)
    offer(box, [(told, told) for told in cells], shown)
    return cells


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
