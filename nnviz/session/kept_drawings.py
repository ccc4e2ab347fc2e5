"""The shelf of drawings: kept in a folder of the user's, so that they are there again next time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nnviz.data.kept_drawings import KeptDrawing, new_name, read_kept, rename_kept, write_kept
from nnviz.errors import reason_in_words
from nnviz.paths import user_data
from nnviz.session.slices import KeptChoice
from nnviz.session.state import State
from nnviz.session.store import Store
from nnviz.words import tr
from nnviz.writing import NotSaved

FOLDER = "drawings"
UNDO = "kept.undo"
PAGE = "draw"


class KeptDrawings:
    """Keeps the drawing on the pad, says what kept ones are, puts them back, takes them away."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._forgotten: KeptDrawing | None = None
        self._loaded = False
        store.watch(self._look)

    @property
    def folder(self) -> Path:
        """Where they lie, a picture file each."""
        return user_data() / FOLDER

    def _look(self, state: State, fields: frozenset[str]) -> None:
        """Reads them once the page is looked at that shows them."""
        if "page" in fields and state.page == PAGE:
            self.load()

    def load(self) -> None:
        """Reads them, unless that was done."""
        if not self._loaded:
            self._loaded = True
            found = read_kept(self.folder)
            if found:
                self._put(found)

    def keep(self, class_name: str = "") -> None:
        """Keeps what is on the pad; `class_name`: what it is, as far as that is known."""
        drawing = self._store.state.pad.drawing
        if drawing.empty:
            self._store.say("passing", tr("There is no drawing to keep: the pad is empty."))
            return
        self.load()
        kept = KeptDrawing(new_name(class_name), drawing)
        if self._written(lambda: write_kept(self.folder, kept)):
            self._put((*self._choice.drawings, kept), chosen=kept.name)
            self._store.say("passing", tr("The drawing is kept; it stands under Kept drawings."))

    def say_what(self, name: str, class_name: str) -> None:
        """Says what a kept drawing is; "" for nothing."""
        found = self.found(name)
        if found is None:
            return
        renamed = KeptDrawing(new_name(class_name, found.name), found.drawing)
        if not self._written(lambda: rename_kept(self.folder, found, renamed)):
            return
        drawings = [renamed if each is found else each for each in self._choice.drawings]
        self._put(tuple(drawings), chosen=renamed.name)
        morph = self._store.state.morph
        first, second = (
            renamed.name if end == name else end for end in (morph.first_kept, morph.second_kept)
        )
        self._store.change(morph=replace(morph, first_kept=first, second_kept=second))

    def take_away(self, name: str) -> None:
        """Takes a drawing off the shelf; its file goes, and Undo brings it back."""
        found = self.found(name)
        if found is None:
            return
        if not self._written((self.folder / f"{name}.png").unlink):
            return
        self._forgotten = found
        left = tuple(each for each in self._choice.drawings if each is not found)
        self._put(left, chosen=left[-1].name if left else "")
        taken = tr("The drawing was taken away.")
        self._store.say("info", taken, action=UNDO, action_label=tr("Undo"))

    def undo(self) -> None:
        """Brings back the drawing that was taken away last."""
        found, self._forgotten = self._forgotten, None
        if found is None:
            return
        if self._written(lambda: write_kept(self.folder, found)):
            self._put((*self._choice.drawings, found), chosen=found.name)
            self._store.change(notice=None)
        else:
            self._forgotten = found

    def choose(self, name: str) -> None:
        """Selects a kept drawing."""
        self._put(self._choice.drawings, chosen=name)

    def found(self, name: str) -> KeptDrawing | None:
        """The drawing of a name."""
        return kept_in(self._store.state, name)

    @property
    def _choice(self) -> KeptChoice:
        return self._store.state.kept

    def _put(self, drawings: tuple[KeptDrawing, ...], **changes: object) -> None:
        self._store.choose("kept", drawings=drawings, **changes)

    def _written(self, do: Callable[[], object]) -> bool:
        """Does something with files; -> whether it worked. What went wrong is said."""
        try:
            do()
        except NotSaved as error:
            self._store.say("error", str(error))
        except FileNotFoundError:
            return True  # somebody took it away already
        except OSError as error:
            reason = reason_in_words(error)
            told = tr("{folder} cannot be written: {reason}.", folder=self.folder, reason=reason)
            self._store.say("error", told)
        else:
            return True
        return False


def kept_in(state: State, name: str) -> KeptDrawing | None:
    """The kept drawing of a name, as far as the shelf was read."""
    return next((each for each in state.kept.drawings if each.name == name), None)
