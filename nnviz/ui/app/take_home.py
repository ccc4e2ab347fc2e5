"""What is on screen, to be taken along: pictures and their tables, as files and to the clipboard.

The same for the whole page and for each picture on it, which has a menu of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.errors import Refusal
from nnviz.session.session import Session
from nnviz.ui.app import take_home_words as words
from nnviz.ui.app.take_home_dialogs import PLAIN, How, PictureDialog
from nnviz.ui.kit.colours import WHITE
from nnviz.ui.kit.controls import Menu
from nnviz.ui.kit.file_dialogs import ask_save
from nnviz.ui.kit.file_names import picture_name
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin
from nnviz.writing import saved, write

if TYPE_CHECKING:  # what writes SVG and PDF is loaded with the first picture
    from nnviz.ui.kit.export import Painting

Shown = Picture[Any] | Plot[Any]
ENDINGS = (".png", ".svg", ".pdf")
COPIED = 2
"""Pixels of a copied picture for each of the screen."""


class TakeHome:
    """Saves and copies; what came of it is said on the banner."""

    def __init__(
        self,
        session: Session,
        window: QWidget,
        page: Callable[[], QWidget],
        theme: Callable[[], Theme],
    ) -> None:
        """`page` and `theme` are those of the moment."""
        self._session, self._window = session, window
        self._page, self._theme = page, theme

    # ---- which picture ---------------------------------------------------------------

    def show_menu(self, event: QContextMenuEvent) -> None:
        """Opens the menu of the picture under the mouse or, asked for by a key, of the one with
        the focus; nothing anywhere else."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        inside = QApplication.focusWidget() if by_key else self._window.childAt(event.pos())
        shown = shown_by(inside)
        if shown is None or shown.view is None:
            event.ignore()
            return
        event.accept()
        at = shown.mapToGlobal(shown.rect().center()) if by_key else event.globalPos()
        self.menu_of(shown).popup(at)

    def menu_of(self, shown: Shown) -> Menu:
        """What can be done with a picture; gone once it is closed."""
        menu = Menu(self._window)
        menu.setObjectName("picture-menu")
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        for (text, tip), do in (
            (words.SAVE_PICTURE, self.choose_picture),
            (words.COPY_PICTURE, self.copy_picture),
            (words.SHOW_TABLE, self.show_table),
            (words.COPY_TABLE, self.copy_table),
            (words.SAVE_TABLE, self.choose_table),
        ):
            action = menu.addAction(text)
            explain(action, tip)
            action.triggered.connect(partial(_do, do, shown))
        return menu

    @property
    def subject(self) -> Shown | None:
        """Whose table the menu of the window means: the picture with the focus; else the one under
        the mouse; else the largest of the page that has numbers."""
        page = self._page()
        under = QApplication.widgetAt(self._window.cursor().pos())
        for inside in (QApplication.focusWidget(), under):
            shown = shown_by(inside)
            if shown is not None and shown.twin is not None and page.isAncestorOf(shown):
                return shown
        found = [each for each in page.findChildren(QWidget) if isinstance(each, Picture | Plot)]
        found = [each for each in found if each.isVisible() and each.twin is not None]
        return max(found, key=_worth, default=None)

    # ---- pictures --------------------------------------------------------------------

    def choose_picture(self, shown: Shown | None = None) -> None:
        """Asks as what, and then for the file; without a picture it is the whole page."""
        PictureDialog(self._window, self._theme(), partial(self._choose_file, shown)).open()

    def _choose_file(self, shown: Shown | None, how: How) -> None:
        proposed = f"{self.name_of(shown)}.{how.ending}"
        title, kinds = words.SAVE_PICTURE[0].rstrip("…"), words.files_of(how.ending)
        path, _ = ask_save(self._window, "exports", title, proposed, kinds)
        if path is not None:
            path = path if path.suffix else path.with_suffix(f".{how.ending}")
            self.save_picture(path, shown, how)

    def name_of(self, shown: Shown | None = None) -> str:
        """What a file of it is called, without an ending."""
        return picture_name(self._session.state, "" if shown is None else shown.objectName())

    def save_picture(self, path: Path, shown: Shown | None = None, how: How = PLAIN) -> None:
        """Saves a picture, or the page on screen without the bars, as what the name of the file
        says."""
        from nnviz.ui.kit.export import save  # with the first one

        def painted() -> None:
            with self.painting(shown, how.white) as painting:
                save(path, painting, how.pixels)

        if path.suffix.lower() not in ENDINGS:
            self._session.say("error", words.unknown_kind(path))
        else:
            self._try(painted, saved(path))

    def copy_picture(self, shown: Shown | None = None) -> None:
        """Puts a picture, or the page on screen, on the clipboard."""
        from nnviz.ui.kit.export import pixels  # as above

        with self.painting(shown) as painting:
            QGuiApplication.clipboard().setImage(pixels(painting, COPIED))
        self._session.say("passing", words.PICTURE_COPIED)

    @contextmanager
    def painting(self, shown: Shown | None = None, white: bool = False) -> "Iterator[Painting]":
        """A picture, or the page on screen, as it can be painted on any paper: in the colours of
        the window, or for white paper."""
        from nnviz.ui.kit.export import painting_of  # as above

        theme = self._theme()
        ink = Theme(WHITE, theme.scale) if white else theme
        if shown is not None:
            with painting_of(shown, ink) as painting:
                yield painting
            return
        with on_paper(self._page(), theme, ink), painting_of(self._page(), ink) as painting:
            yield painting

    # ---- tables ----------------------------------------------------------------------

    def copy_table(self, shown: Shown | None = None) -> None:
        """Puts what a picture shows on the clipboard, for spreadsheets and for texts."""
        twin = self._twin(shown)
        if twin is None:
            return
        data = QMimeData()
        data.setText(twin.tabbed())
        data.setHtml(twin.html())
        QGuiApplication.clipboard().setMimeData(data)
        self._session.say("passing", words.table_copied(len(twin.rows)))

    def show_table(self, shown: Shown | None = None) -> None:
        """Opens what a picture shows as a table."""
        from nnviz.ui.app.take_home_dialogs import show_twin  # with the first one

        shown = shown or self.subject
        twin = self._twin(shown)
        if twin is not None and shown is not None:
            title = words.table_of(shown.accessibleName())
            show_twin(self._window, self._theme(), title, twin, shown.words(shown.view))

    def choose_table(self, shown: Shown | None = None) -> None:
        """Asks for the file of a table."""
        shown = shown or self.subject
        if self._twin(shown) is None:
            return
        proposed = f"{self.name_of(shown)}.csv"
        title, kinds = words.SAVE_TABLE_AS, words.CSV_FILES
        path, _ = ask_save(self._window, "exports", title, proposed, kinds)
        if path is not None:
            self.save_table(path if path.suffix else path.with_suffix(".csv"), shown)

    def save_table(self, path: Path, shown: Shown | None = None) -> None:
        """Saves what a picture shows as CSV."""
        twin = self._twin(shown)
        if twin is not None:
            self._try(lambda: write(path, twin.csv()), saved(path))

    def _twin(self, shown: Shown | None) -> Twin | None:
        """The table of a picture or of the one that is meant; says so where there is none."""
        shown = shown or self.subject
        twin = None if shown is None else shown.twin
        if twin is None:
            self._session.say("passing", words.NO_TABLE)
        return twin

    def _try(self, do: Callable[[], object], done: str) -> None:
        try:
            do()
        except Refusal as error:
            self._session.say("error", str(error))
        else:
            self._session.say("passing", done)


@contextmanager
def on_paper(page: QWidget, theme: Theme, ink: Theme) -> Iterator[None]:
    """Has a page wear other colours for a moment that nobody sees: until the window paints again
    it has its own."""
    use_theme = getattr(page, "use_theme", None)
    if use_theme is None or ink == theme:
        yield
        return
    owns = page.testAttribute(Qt.WidgetAttribute.WA_SetPalette)
    before = page.palette() if owns else QPalette()  # this one is that of what is round it
    page.setPalette(ink.palette())
    use_theme(ink)
    try:
        yield
    finally:
        page.setPalette(before)
        use_theme(theme)


def shown_by(inside: QWidget | None) -> Shown | None:
    """The picture that a widget is, or is a part of."""
    while inside is not None:
        if isinstance(inside, Picture | Plot):
            return inside
        inside = inside.parentWidget()
    return None


def _worth(shown: Shown) -> tuple[bool, int]:
    """Numbers before words, large ones before small ones."""
    twin, size = shown.twin, shown.size()
    return twin is not None and len(twin.headings) > 1, size.width() * size.height()


def _do(do: Callable[[Shown | None], None], shown: Shown, _checked: bool = False) -> None:
    do(shown)
