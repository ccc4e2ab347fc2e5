"""The controls above a row: what is written, and who reads it by which score."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from nnviz.data.row_making import GAPS
from nnviz.questions.rows import SCORES
from nnviz.session.editing import LONGEST
from nnviz.session.session import Session
from nnviz.session.slices import ROW_READER
from nnviz.session.state import TYPED
from nnviz.ui.draw import words
from nnviz.ui.draw.row_answers import RowSeen
from nnviz.ui.draw.sheet import Sheet
from nnviz.ui.kit.controls import button, combo_box, offer
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, flow, sized
from nnviz.ui.kit.number_field import NumberField
from nnviz.ui.kit.telling import explain
from nnviz.ui.pages.setting_controls import guard_wheel


class RowControls(QWidget):
    """Two bars; what concerns the pad is left to the view."""

    def __init__(self, session: Session, sheet: Sheet) -> None:
        super().__init__()
        self.session, self._sheet = session, sheet
        self.gaps = _choice(
            "row-gaps",
            words.GAPS_NAME,
            words.GAPS_TIP,
            {name: each.label for name, each in GAPS.items()},
            self._set_gaps,
        )
        self.length = NumberField(words.LENGTH, 1, LONGEST)
        self.length.setObjectName("row-length")
        before, _, after = words.LENGTH_SHOWN
        self.length.setPrefix(before)
        self.length.setSuffix(after)
        explain(self.length, words.LENGTH)
        self.length.refused.connect(partial(session.say, "error", about=TYPED))
        self.length.valueChanged.connect(lambda length: self._set_length(round(length)))
        guard_wheel(self.length)
        self.new = button(*words.NEW_ROW, session.row.compose, "new-row")
        self.typed = sized(QLineEdit(), width=150)
        self.typed.setObjectName("row-text")
        self.typed.setPlaceholderText(words.TYPED_HINT)
        self.typed.setAccessibleName(words.TYPED)
        explain(self.typed, words.TYPED_TIP)
        self.typed.returnPressed.connect(lambda: session.row.spell(self.typed.text()))
        self.draw = button(*words.DRAW_ROW, name="draw")
        self.draw.setCheckable(True)
        self.network = _choice(
            "row-network", words.READER_NAME, words.READER_TIP, {}, self._read_by
        )
        self.score = _choice(
            "row-score",
            words.SCORE_NAME,
            words.SCORE_TIP,
            {name: score.label for name, score in SCORES.items()},
            lambda name: session.choose("row", score=name, way=0),
        )
        self.best = button(*words.BEST_CUTS, lambda: session.row.cut(None), "best-cuts")
        for_operator(*sheet.buttons[3:], self.gaps, self.length, self.typed, self.network)
        for_picture(self.new, self.draw, *sheet.buttons[:3])
        reads, by = QLabel(words.READ_BY), QLabel(words.BEST_IS)
        for_operator(reads, by, self.score, self.best)
        column(
            flow(self.gaps, self.length, self.new, self.typed, self.draw, *sheet.buttons),
            flow(reads, self.network, by, self.score, self.best),
            spacing=5,
            of=self,
        )

    def show_view(self, view: RowSeen) -> None:
        """What is chosen, and what can be done."""
        row = view.row
        items = [(words.READER, ROW_READER)]
        items += [(view.labels[name], name) for name in view.networks]
        items += [(title, name) for name, title in view.more.items() if not view.lecturing]
        offer(self.network, items, view.network)
        chosen = ((self.gaps, row.gaps), (self.score, row.score))
        for box, value in chosen:
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
        with QSignalBlocker(self.draw):
            self.draw.setChecked(row.writing)
        with QSignalBlocker(self.length):
            self.length.setValue(row.length)
        self._sheet.show_history(row.history, row.written.empty)
        self.best.setEnabled(row.cuts is not None or row.way > 0)
        for part in (self.new, self.typed, self.draw):
            part.setEnabled(view.fits)

    def _read_by(self, name: str) -> None:
        """An entrant, or a network that is made one."""
        state = self.session.state
        more = name in state.more_entrants
        kept = self.session.designs.compare(name) if more else state.keeping(name)
        self.session.choose("row", network=kept, way=0)

    def _set_gaps(self, gaps: str) -> None:
        self.session.choose("row", gaps=gaps)
        self.session.row.compose()

    def _set_length(self, length: int) -> None:
        self.session.choose("row", length=length)
        self.session.row.compose()


def _choice(
    id: str, name: str, tip: str, labels: Mapping[str, str], chosen: Callable[[str], object]
) -> QComboBox:
    """A list of choices, value -> label; `chosen` is told the value."""
    box = combo_box(id, name, tip, chosen)
    offer(box, [(label, value) for value, label in labels.items()], None)
    guard_wheel(box)
    return box
