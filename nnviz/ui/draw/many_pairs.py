"""Many pairs: do separate networks turn elsewhere than one network?"""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.questions.morphs import Turns
from nnviz.questions.readers import Reader
from nnviz.session.session import Session
from nnviz.ui.draw import morph_words
from nnviz.ui.draw.morph_ends import MorphSeen
from nnviz.ui.draw.turn_table import TurnRow, TurnTable
from nnviz.ui.kit.theme import Theme


class ManyPairs(QWidget):
    """The table of all designs, one of which is compared with the baseline."""

    changed = Signal()
    """Another design is compared."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._compared = ""
        self.table = TurnTable(theme)
        self.table.chosen.connect(self._compare)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def use_theme(self, theme: Theme) -> None:
        self.table.use_theme(theme)

    def show_view(self, view: MorphSeen) -> tuple[str, str]:
        """Asks what is not known and shows what is; -> the answer, and what else to say."""
        first, second = view.labels
        names = view.digits.class_names
        if first == second:
            self.table.show_rows(())
            return f"Choose two different labels: both digits are {names[first]}.", ""
        self._session.inquiries.ask(view.question)
        readers = view.readers
        turns = {name: each.result for name, each in view.found.items()}
        one, base = self._one_and_base(view)
        self.table.show_rows(
            [
                _row(reader, turns[reader.name], one, base)
                for reader in readers
                if reader.name in turns
            ]
        )
        pairs = max((len(each.pairs) for each in turns.values()), default=0)
        waiting = [reader.label for reader in readers if reader.name not in turns]
        if one is None or base is None or one.name not in turns or base.name not in turns:
            return _asking(view, waiting, len(readers)), ""
        answer = morph_words.answer_of_many(one, base, turns)
        words = (
            f"{pairs} random pairs of a {names[first]} and a {names[second]}. "
            f"{morph_words.shares_of_many(one, base, turns)}"
        )
        if waiting:
            words = f"Still asking {', '.join(waiting)}. {words}"
        self.table.setAccessibleDescription(f"{answer} {words}")
        return answer, words

    def _one_and_base(self, view: MorphSeen) -> tuple[Reader | None, Reader | None]:
        """Who is compared with whom: at first separate networks, one for each class."""
        by_name = {reader.name: reader for reader in view.readers}
        base = by_name.get(view.baseline)
        one = by_name.get(self._compared)
        if one is None or one is base:
            others = [reader for reader in view.readers if reader is not base]
            separate = [
                reader
                for reader in others
                if reader.layout.one_hot and reader.layout.network_count == reader.layout.classes
            ]
            one = next(iter((*separate, *others)), None)
        return one, base

    def _compare(self, design: str) -> None:
        self._compared = design
        self.changed.emit()


def _row(reader: Reader, turns: Turns, one: Reader | None, base: Reader | None) -> TurnRow:
    read = turns.read
    quartiles = turns.quartiles() if read.any() else None
    reads = str(np.count_nonzero(read))
    numbers: tuple[str, ...] = (reads, "–", "–", "–")
    if quartiles is not None:
        shares = [100 * float(each[read].mean()) for each in (turns.third, turns.unsure)]
        numbers = (reads, f"{quartiles[1]:.0f} %", *(f"{share:.0f} %" for share in shares))
    return TurnRow(
        reader.name,
        reader.label,
        turns.places[read],
        quartiles,
        numbers,
        reader is one,
        reader is base,
    )


def _asking(view: MorphSeen, waiting: list[str], readers: int) -> str:
    if view.engine == "starting":
        return "The training process asks the designs, and is not there yet."
    if not readers:
        return "No network has learned yet."
    return f"Asking the designs: {readers - len(waiting)} of {readers} have answered…"
