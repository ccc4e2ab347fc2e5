"""The question how the file of a network that others trained is to be read."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QWidget

from nnviz.networks.adopted import ORDERS, OUTPUTS, Adopted, Said
from nnviz.networks.foreign.scalings import SCALINGS
from nnviz.networks.settings import ALL_ACTIVATIONS
from nnviz.ui.kit.controls import button, combo_box, offer, paragraph
from nnviz.ui.kit.layout import column, dress, flow, row, sized
from nnviz.ui.kit.theme import Theme
from nnviz.words import tr

GUESS = tr("guess")
FIELDS: Mapping[str, tuple[str, str]] = {
    "activation": (
        tr("Hidden activation:"),
        tr("What a hidden neuron did with its weighted sum, where it was trained."),
    ),
    "output": (
        tr("Outputs:"),
        tr("What the outputs did with theirs. The answers do not depend on it, the shares do."),
    ),
    "scaling": (
        tr("Pixels from black to white:"),
        tr("What pixels were for it: from black to white, or 0..1 with a mean and deviation."),
    ),
    "order": (
        tr("Order of the pixels:"),
        tr("Whether its pixels followed each other by rows or by columns."),
    ),
}
"""What is asked, by the fields of `Said`: its label and its tip."""


class HowRead(QDialog):
    """Tells `chosen` what the user says of a network."""

    def __init__(
        self, parent: QWidget, theme: Theme, adopted: Adopted, chosen: Callable[[Said], object]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("how-read")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("How its file is read"))
        self._chosen = chosen
        scalings = dict.fromkeys((*SCALINGS, adopted.way.scaling))
        now = {
            "activation": (dict(ALL_ACTIVATIONS), adopted.way.activation),
            "output": (dict(OUTPUTS), adopted.output),
            "scaling": ({each: each for each in scalings}, adopted.way.scaling),
            "order": (dict(ORDERS), adopted.way.order),
        }
        self.boxes = {
            name: self._box(name, choices, "" if name in adopted.guessed else value)
            for name, (choices, value) in now.items()
        }
        self.told = paragraph("how-read-now", text=adopted.words)
        self.take = button(
            tr("Read it so"), tr("Reads the file anew."), self._take, "how-read-take"
        )
        self.take.setAutoDefault(True)
        self.cancel = button(
            tr("Cancel"), tr("All stays as it is."), self.reject, "how-read-cancel"
        )
        column(
            (self.told, 1),
            *(self._line(name, box) for name, box in self.boxes.items()),
            row(1, self.take, self.cancel),
            spacing=14,
            margins=(20, 16, 20, 16),
            of=self,
        )
        dress(self, theme)
        layout, width = self.layout(), theme.px(620)
        assert layout is not None
        self.setMinimumSize(width, layout.totalHeightForWidth(width))

    @property
    def said(self) -> Said:
        """What is chosen; "" is to be guessed."""
        return Said(**{name: str(box.currentData()) for name, box in self.boxes.items()})

    def _box(self, name: str, choices: Mapping[str, str], value: str) -> QComboBox:
        label, tip = FIELDS[name]
        box = combo_box(f"how-read-{name}", label, tip, lambda _: None)
        offer(box, [(GUESS, ""), *((words, each) for each, words in choices.items())], value)
        return box

    def _line(self, name: str, box: QComboBox) -> QWidget:
        label = QLabel(FIELDS[name][0])
        label.setBuddy(box)
        return flow(sized(label, least_width=280), box)

    def _take(self) -> None:
        said = self.said
        self.accept()
        self._chosen(said)
