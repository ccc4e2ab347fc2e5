"""Which network a page shows that is about one kind of them, and the way to the one chosen."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import dress, row
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.words import tr

KEY = Qt.Key.Key_D


@dataclass(frozen=True)
class OwnKindSeen:
    """What it says: the design that the page is about, that chosen, and which of them is shown."""

    own: str
    chosen: str
    shown: bool
    """Whether the page shows its own."""


def see_own_kind(state: State) -> OwnKindSeen | None:
    """Of the page on screen; None where there is no choice."""
    found = state.of_own_kind(state.page)
    if found is None:
        return None
    return OwnKindSeen(found.design, state.design, state.stand_in is not None)


class OwnKind(QWidget):
    """One sentence, and the button that shows the other network; a key of `page` does, too."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("own-kind")
        self._session = session
        self.sentence = QLabel()
        self.other = button("", "", self.toggle, "other-network")
        self.setLayout(row((self.sentence, 1), self.other))
        keys = QShortcut(QKeySequence(KEY), page)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.toggle)
        self.hide()
        for_operator(self)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)

    def toggle(self) -> None:
        """Shows the other one of the two."""
        self._session.designs.show_own(self._session.state.stand_in is None)

    def show_view(self, view: OwnKindSeen | None) -> None:
        """Says which is shown."""
        self.setVisible(view is not None)
        if view is None:
            return
        own, chosen = DESIGNS[view.own].label, DESIGNS[view.chosen].label
        fields = {"own": own, "chosen": chosen}
        if view.shown:
            said = tr("{own}, on this page only; the design chosen is {chosen}.", **fields)
            tip = tr(
                "The design chosen stays {chosen}: D shows it here, too, and whatever is done to "
                "it (Run, Reset, a setting) does.",
                **fields,
            )
        else:
            said = tr("{chosen}, the design chosen.", **fields)
            tip = tr("Shows a trained network of {own} on this page only (D).", **fields)
        self.sentence.setText(said)
        self.other.setText(tr("Show {design}", design=chosen if view.shown else own))
        self.other.setAccessibleName(self.other.text())
        explain(self.other, tip)
