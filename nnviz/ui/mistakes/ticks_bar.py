"""Saving the digits of a list, and taking ticks away; both say how many."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QPushButton

from nnviz.session.session import Session
from nnviz.ui.kit.buttons import button
from nnviz.ui.mistakes.listing_words import saved_in_words
from nnviz.ui.pages.page import Page


class TicksBar:
    """The two buttons; a view puts them where it has room."""

    def __init__(self, session: Session, page: Page) -> None:
        self.untick = button(
            "Untick",
            "Untick all digits",
            lambda: session.choose("mistakes", ticked=frozenset()),
            "untick",
        )
        self.save = button(
            "Save digits…",
            "Save the digits ticked, else all listed: as a table (.csv) with every design's "
            "answers, or as a contact sheet (.png)",
            page.export_asked.emit,
            "save-digits",
        )

    @property
    def buttons(self) -> tuple[QPushButton, QPushButton]:
        return self.untick, self.save

    def count(self, chosen: Collection[int], listed: NDArray[np.intp]) -> None:
        """Says what would be saved of the digits ticked and listed (digits,), and which ticks are
        not among those."""
        ticked = len(chosen)
        unseen = ticked - np.count_nonzero(np.isin(list(chosen), listed))
        hidden = f" ({unseen:,} not listed)" if unseen else ""
        self.untick.setText(f"Untick {ticked:,}{hidden}" if ticked else "Untick")
        what = saved_in_words(bool(ticked), ticked or len(listed)).rsplit(" ", 1)[0]
        self.save.setText(f"Save {what}…")
        self.untick.setEnabled(bool(ticked))
        self.save.setEnabled(bool(ticked or len(listed)))
        for choice in self.buttons:
            choice.setAccessibleName(choice.text())
