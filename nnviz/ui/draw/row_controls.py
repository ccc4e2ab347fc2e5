"""The controls above a row: what is written, and who reads it by which score."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from nnviz.data.digits import GREY
from nnviz.data.row_making import GAPS
from nnviz.networks.designs import DESIGNS
from nnviz.questions.rows import SCORES
from nnviz.session.editing import LONGEST
from nnviz.session.session import Session
from nnviz.session.slices import ROW_READER
from nnviz.ui.draw.row_answers import RowSeen
from nnviz.ui.draw.row_words import NO_PICTURES
from nnviz.ui.kit.buttons import button, name_undo, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.pages.picture_source import PictureSource
from nnviz.ui.pages.setting_controls import guard_wheel

READER_HELP = (
    "Which network reads. The row reader has learned what is no digit, from pieces of rows; "
    "the others are sure of anything."
)


class RowControls(QWidget):
    """Two bars; what concerns the pad is left to the view."""

    def __init__(self, session: Session, source: PictureSource) -> None:
        super().__init__()
        self.session = session
        gaps = {name: each.label for name, each in GAPS.items()}
        help = "\n".join(f"{each.label}: {each.help}" for each in GAPS.values())
        self.gaps = self._choice(
            "gaps", "How far apart the digits are.\n" + help, gaps, self._set_gaps
        )
        self.length = QSpinBox()
        self.length.setObjectName("row-length")
        self.length.setRange(1, LONGEST)
        self.length.setSuffix(" digits")
        self.length.setToolTip("Digits of a new row")
        self.length.setAccessibleName("Digits of a new row")
        self.length.valueChanged.connect(self._set_length)
        guard_wheel(self.length)
        self.new = button("New row", "Compose another row of test digits", session.row.compose)
        self.typed = QLineEdit()
        self.typed.setObjectName("row-text")
        self.typed.setPlaceholderText("type, e.g. 2026")
        self.typed.setToolTip("Type digits and press Enter: test digits are put side by side")
        self.typed.setAccessibleName("Digits to compose")
        self.typed.returnPressed.connect(self._spell)
        self.draw = button("Draw", "Write a row by mouse, pen or finger; Undo brings this one back")
        self.draw.setCheckable(True)
        self.undo = button("Undo", "Take back what was done last (Ctrl+Z)")
        self.redo = button("Redo", "Do again what was undone (Ctrl+Shift+Z)", session.row.redo)
        self.clear = button("Clear", "An empty sheet; Undo brings the row back")
        self.open = button("Open…", "A picture of a row of digits", self.if_pictures(source.choose))
        self.paste = button(
            "Paste", "The image on the clipboard (Ctrl+V)", self.if_pictures(source.paste)
        )
        readers = {ROW_READER: "row reader (knows non-digits)"}
        readers |= {name: design.label for name, design in DESIGNS.items()}
        self.network = self._choice("network", READER_HELP, readers, self._set_network)
        scores = {name: score.label for name, score in SCORES.items()}
        help = "\n".join(f"{each.label}: {each.help}" for each in SCORES.values())
        self.score = self._choice(
            "score", "What is made as large as can be.\n" + help, scores, self._set
        )
        self.best = button("Best cuts", "Cut where it is best again", lambda: session.row.cut(None))
        self.reads, self.by = QLabel("read by"), QLabel("best is the largest")
        written: tuple[QWidget, ...] = (self.gaps, self.length, self.new, self.typed)
        changed = (self.draw, self.undo, self.redo, self.clear, self.open, self.paste)
        reading = (self.reads, self.network, self.by, self.score, self.best)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._flows = []
        for parts in ((*written, *changed), reading):
            bar = QWidget()
            flow = FlowLayout(bar)
            flow.setContentsMargins(0, 0, 0, 0)
            for part in parts:
                flow.addWidget(part)
            self._flows.append(flow)
            self._column.addWidget(bar)

    def _choice(
        self, name: str, tooltip: str, words: Mapping[str, str], chosen: Callable[[str], None]
    ) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"row-{name}")
        for value, label in words.items():
            box.addItem(label, value)
        box.setToolTip(wrapped(tooltip))
        box.setAccessibleName(tooltip.partition(".")[0])
        box.activated.connect(lambda place: chosen(box.itemData(place)))
        guard_wheel(box)
        return box

    def use_theme(self, theme: Theme) -> None:
        """Draws with another theme from now on."""
        self._column.setSpacing(theme.px(5))
        for flow in self._flows:
            flow.setSpacing(theme.px(6))
        words = (self.gaps, self.length, self.typed, self.network, self.score, self.reads, self.by)
        for control in words:
            control.setFont(theme.font())
        self.typed.setFixedWidth(theme.px(150))
        style_buttons(self, theme)

    def show_view(self, view: RowSeen) -> None:
        """What is chosen, and what can be done."""
        chosen: tuple[tuple[QComboBox, str], ...] = (
            (self.gaps, view.row.gaps),
            (self.network, view.row.network),
            (self.score, view.row.score),
        )
        for box, value in chosen:
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
        with QSignalBlocker(self.length):
            self.length.setValue(view.row.length)
        name_undo(self.undo, view.row.history, self.redo)
        self.clear.setEnabled(not view.row.written.empty)
        self.best.setEnabled(view.row.cuts is not None or view.row.way > 0)
        for part in (self.new, self.typed, self.draw):
            part.setEnabled(view.fits)

    def if_pictures(self, do: Callable[[], Any]) -> Callable[[], None]:
        """Does something with pictures, or says why there can be none."""

        def done() -> None:
            if self.session.state.digits.shape == GREY:
                do()
            else:
                self.session.say("error", NO_PICTURES)

        return done

    def _set(self, score: str) -> None:
        self.session.choose("row", score=score, way=0)

    def _set_network(self, name: str) -> None:
        self.session.choose("row", network=name, way=0)

    def _set_gaps(self, gaps: str) -> None:
        self.session.choose("row", gaps=gaps)
        self.session.row.compose()

    def _set_length(self, length: int) -> None:
        self.session.choose("row", length=length)
        self.session.row.compose()

    def _spell(self) -> None:
        self.session.row.spell(self.typed.text())
