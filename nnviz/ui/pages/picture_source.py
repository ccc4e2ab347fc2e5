"""What is read of picture files, the clipboard, and what is dropped; read in a thread.

Pillow is imported with the first picture, not at the start.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from nnviz.data.opened_picture import OpenedPicture
from nnviz.errors import Refusal
from nnviz.session.editing import no_ink
from nnviz.session.session import Session
from nnviz.ui.kit.capture import encoded
from nnviz.ui.kit.file_dialogs import ask_open
from nnviz.words import sentences, tr

if TYPE_CHECKING:  # Pillow is not imported before there is a picture to read
    from nnviz.data.picture_files import Picture

    Read = Callable[[], Picture]

PATIENCE = 400
"""Milliseconds after which it is said that something is being read."""
LOOKED_AT = 15
"""Milliseconds between two looks at the thread."""
CLIPBOARD = tr("The image on the clipboard")
DROPPED = tr("The image that was dropped")


class PictureSource(QObject):
    """Reads one picture at a time, the newest wanted; what is wrong is said on the banner."""

    found = Signal(object, str)
    """What was made of it, and sentences about what was left out or changed (may be empty)"""

    def __init__(
        self, session: Session, parent: QWidget, make: Callable[[OpenedPicture], object]
    ) -> None:
        """`make`: what is wanted of a picture, in the thread; None: it shows no ink."""
        super().__init__(parent)
        self._session = session
        self._parent = parent
        self._make = make
        self._thread: threading.Thread | None = None
        self._result: tuple[Picture, object] | Refusal | None = None
        self._next: tuple[Read, str, str] | None = None
        self._name = ""
        self._waited = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKED_AT)
        self._timer.timeout.connect(self._look)

    @property
    def _waiting(self) -> str:
        return tr("Reading {name}.", name=self._name)

    @property
    def reading(self) -> bool:
        return self._thread is not None

    def choose(self) -> None:
        """Asks for a file."""
        from nnviz.data.picture_kinds import SUFFIXES

        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = tr("Pictures ({endings})", endings=endings)
        path = ask_open(self._parent, "pictures", tr("Open image"), kinds)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Reads a picture file."""
        self._read(lambda: _picture_in(path), path.name or str(path), str(path.resolve()))

    def paste(self) -> None:
        """Reads what is on the clipboard."""
        # there is none at all on an empty clipboard, whatever PySide's types say
        data = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
        if data is None or not data.formats():
            self._refuse(tr("The clipboard is empty: copy an image first."))
        else:
            self.take(data, CLIPBOARD)

    def take(self, data: QMimeData, name: str = DROPPED) -> None:
        """Reads what was dropped or pasted: a file, or an image."""
        files = [url for url in data.urls() if url.isLocalFile()]
        if files:
            if len(files) > 1:
                told = tr("Of {count} files only the first one is read.", count=len(files))
                self._session.say("passing", told)
            self.read_file(Path(files[0].toLocalFile()))
        elif data.hasImage():
            image = QImage(data.imageData())
            self._read(lambda: _picture_of(image, name), name)
        else:
            self._refuse(_no_image(data.urls(), data.text()))

    def _refuse(self, sentence: str) -> None:
        self._session.say("error", sentence, about="picture")

    # ---- the thread ------------------------------------------------------------------

    def _read(self, read: "Read", name: str, path: str = "") -> None:
        if self._thread is not None:
            self._next = (read, name, path)
            return
        self._result, self._name, self._waited = None, name, 0

        def work() -> None:
            try:
                picture = read()
                self._result = picture, self._make(OpenedPicture(picture, name, path))
            except Refusal as error:
                self._result = error
            except Exception as error:  # noqa: BLE001 - the window must hear of it
                self._result = Refusal(
                    "{name} cannot be read: {error}.", name=name, error=repr(error)
                )

        self._thread = threading.Thread(target=work, name="picture", daemon=True)
        self._thread.start()
        self._timer.start()

    def _look(self) -> None:
        assert self._thread is not None
        if self._thread.is_alive():
            self._waited += LOOKED_AT
            if self._waited == LOOKED_AT * (PATIENCE // LOOKED_AT):
                self._session.say("wait", self._waiting, about="picture")
            return
        self._timer.stop()
        self._thread.join()
        self._thread = None
        self._session.store.end_wait("picture")
        if self._next is not None:
            wanted, self._next = self._next, None
            self._read(*wanted)
        else:
            self._tell()

    def _tell(self) -> None:
        result = self._result
        assert result is not None
        if isinstance(result, Refusal):
            self._refuse(str(result))
            return
        picture, made = result
        if made is None:
            self._refuse(no_ink(self._name))
            return
        self._session.store.end(about="picture")  # why another one could not be read
        self.found.emit(made, sentences(*picture.notes))


def _picture_in(path: Path) -> "Picture":
    from nnviz.data.picture_files import read_picture

    picture = read_picture(path)
    notes = tuple(note.replace(str(path), path.name) for note in picture.notes)
    return replace(picture, notes=notes)


def _picture_of(image: QImage, name: str) -> "Picture":
    from nnviz.data.picture_files import MOST_PIXELS, picture_of

    if image.isNull():
        raise Refusal("{name} cannot be read.", name=name)
    if image.width() * image.height() > MOST_PIXELS:
        raise Refusal(
            "{name} has {width} x {height} pixels; nnviz reads up to {most} million.",
            name=name,
            width=image.width(),
            height=image.height(),
            most=MOST_PIXELS // 1_000_000,
        )
    return picture_of(encoded(image), name)


def _no_image(urls: Sequence[QUrl], text: str) -> str:
    """Why nothing can be read, and what to do."""
    if urls:
        where = urls[0].host() or urls[0].toString()[:60]
        return tr(
            "It lies on {place}, not on this computer: save the image and open the file.",
            place=where,
        )
    if text:
        return tr("That is text, not an image: open, paste or drop a picture.")
    return tr("There is no image in it: open, paste or drop a picture.")


def is_picture(dragged: QMimeData) -> bool:
    """Whether what is dragged may be a picture: an image, or a file that is called like one."""
    from nnviz.data.picture_kinds import SUFFIXES

    files = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
    if files:
        return files[0].suffix.lower() in SUFFIXES
    return dragged.hasImage()
