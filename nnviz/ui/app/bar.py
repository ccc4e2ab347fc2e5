"""What the bars round every page have in common."""

from PySide6.QtWidgets import QFrame

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.layout import dress
from nnviz.ui.kit.theme import Theme


class Bar(QFrame):
    """Shows a part of the state, all of it anew in another theme."""

    def __init__(self, id: str, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(id)
        self.setAutoFillBackground(True)
        self.session, self.theme = session, theme

    def use_theme(self, theme: Theme) -> None:
        """Called once more at the end of its making."""
        self.theme = theme
        dress(self, theme)
        self.show_state(self.session.state)

    def show_state(self, state: State) -> None:
        """Writes everything anew; called at a speed that can be read."""
        raise NotImplementedError
