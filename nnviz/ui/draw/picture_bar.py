"""What can be chosen of a picture that was opened: buttons that are there only with one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.session.session import Session
from nnviz.session.slices import Pad
from nnviz.ui.draw import picture_words as words
from nnviz.ui.kit.controls import button, choices
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import flowing


class PictureBar(QWidget):
    """Picture or ink, turn, crop, invert, as found; and a way to Rows where there are several."""

    as_row = Signal()
    """The picture is to be read as a row."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("picture-bar")
        self._session, pad = session, session.pad
        self.shows = choices(
            words.SHOWS, "show", lambda name: session.choose("pad", as_ink=name == "ink"), self
        )
        self.left = _named(words.LEFT, lambda: pad.turn_picture(-1), "turn-left")
        self.right = _named(words.RIGHT, lambda: pad.turn_picture(1), "turn-right")
        self.crop = button(
            *words.CROP,
            lambda: session.choose("pad", cropping=self.crop.isChecked(), as_ink=False),
            "crop-picture",
        )
        self.crop.setCheckable(True)
        self.invert = button(*words.INVERT, self._swap, "invert-picture")
        self.invert.setCheckable(True)
        self.found = button(*words.AS_FOUND, pad.read_as_found, "as-found")
        self.row = button(*words.AS_ROW, self.as_row.emit, "read-as-row")
        self.row.setProperty("main", True)
        choosing = (self.left, self.right, self.crop, self.invert, self.found)
        flowing(self, *self.shows.values(), *choosing, self.row)
        for_operator(*choosing, self.row)
        for_picture(*self.shows.values())
        self.hide()

    def _swap(self) -> None:
        """The button stays as it is until that has been read."""
        self._session.pad.swap()
        self.show_view(self._session.state.pad)

    def show_view(self, pad: Pad) -> None:
        """Shows what was chosen, where a picture is open."""
        source = pad.drawing.source
        self.setVisible(source is not None)
        if source is None:
            return
        self.shows["ink" if pad.as_ink else "picture"].setChecked(True)
        self.crop.setChecked(pad.cropping)
        self.invert.setChecked(source.opened.swapped)
        self.found.setEnabled(not source.opened.as_found or pad.drawing.by_hand)
        self.row.setVisible(source.digits > 1 and source.lines == 1)


def _named(said: tuple[str, str, str], clicked: object, name: str) -> QPushButton:
    """A button whose sign is read out as words."""
    made = button(*said[:2], clicked, name)  # type: ignore[arg-type]
    made.setAccessibleName(said[2])
    return made
