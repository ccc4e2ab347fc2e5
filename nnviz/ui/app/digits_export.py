"""Saving the digits listed on the Mistakes page: as a table, or as a contact sheet."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QFileDialog, QWidget

from nnviz.questions.judged import answers_csv
from nnviz.questions.listing import ORDERS, AllSaid, listed
from nnviz.session.session import Session
from nnviz.ui.app.background_save import BackgroundSave, Told
from nnviz.ui.app.contact_sheet import MOST, contact_sheet
from nnviz.ui.kit.digit_tiles import GridView
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes.words import (
    count_in_words,
    list_in_words,
    saved_in_words,
    short_names,
)
from nnviz.ui.pages.questions import ask_which
from nnviz.writing import write

FORMATS = "Table of every design's answers (*.csv);;Contact sheet (*.png)"


class DigitsExport(BackgroundSave):
    """Saves the digits that are ticked or, where none is or the user wants so, all listed."""

    def __init__(self, session: Session, window: QWidget, theme: Callable[[], Theme]) -> None:
        super().__init__(session, window, "digits")
        self._theme = theme

    def choose(self) -> None:
        """Asks for a file, and before that which digits, where some that are ticked are not
        listed."""
        said, ticked = self._session.judgements.said, self._session.state.mistakes.ticked
        if self._nothing() or said is None:
            return
        shown = self._listed()
        unseen = len(ticked) - np.count_nonzero(np.isin(list(ticked), shown))
        if not unseen:
            self._choose_file(bool(ticked))
            return
        count = "1 digit is" if len(ticked) == 1 else f"{len(ticked):,} digits are"
        where = "not" if unseen == len(ticked) else f"{unseen:,} of them not"
        listed_too = {saved_in_words(False, len(shown)): False} if len(shown) else {}
        choices = {saved_in_words(True, len(ticked)): True, **listed_too}
        ask_which(
            self._window,
            f"{count} ticked, {where} among the {len(shown):,} listed. Which are to be saved?",
            {f"Save {words}": partial(self._choose_file, each) for words, each in choices.items()},
            lambda: None,
        )

    def _choose_file(self, ticked: bool) -> None:
        """Asks for a file; its ending says what is saved."""
        said = self._session.judgements.said
        if said is None:
            return
        words = saved_in_words(ticked, len(self._images(said, ticked)))
        name, chosen = QFileDialog.getSaveFileName(
            self._window, f"Save {words}", "digits.csv", FORMATS
        )
        if name:
            path, ending = Path(name), ".png" if "png" in chosen else ".csv"
            self.save(path if path.suffix else path.with_suffix(ending), ticked)

    def save(self, path: Path, ticked: bool) -> None:
        """Saves the digits that are ticked, or those listed, as the ending of the name asks;
        what went wrong is said on the banner."""
        said, state = self._session.judgements.said, self._session.state
        if self._nothing() or said is None:
            return
        images = self._images(said, ticked)
        work: Callable[[Told], bytes | None]
        if path.suffix.lower() == ".csv":
            digits, wanted = state.digits, images.tolist()
            work = lambda _: answers_csv(  # noqa: E731
                wanted, digits.labels, digits.class_names, said.everyone, digits.files
            )
        elif path.suffix.lower() != ".png":
            self._session.say("error", f"{path.name} must end in .csv or .png.")
            return
        elif len(images) > MOST:
            self._session.say(
                "error",
                f"A contact sheet holds {MOST:,} digits at most, and these are {len(images):,}: "
                "list or tick fewer of them, or save them as .csv.",
            )
            return
        else:
            words = ORDERS[state.mistakes.listing.order].words
            view = GridView(
                state.digits,
                images,
                said.own.answers,
                short_names(state.digits.class_names),
                lambda image: words(said, image),
                shown=-1,
                ticked=frozenset(),
            )
            title, theme = self._title(said, images, ticked), Theme(self._theme().name)
            work = lambda told: contact_sheet(view, title, theme, told)  # noqa: E731
        done = f"Saved {saved_in_words(ticked, len(images))} as {path.name}."
        self.start(path.name, len(images), lambda told: _write(path, work(told)), done)

    def _listed(self) -> NDArray[np.intp]:
        found = self._session.mistakes.listed()
        return np.zeros(0, np.intp) if found is None else found

    def _title(self, said: AllSaid, images: NDArray[np.intp], ticked: bool) -> str:
        """What stands above a contact sheet."""
        state = self._session.state
        what = list_in_words(state)
        if not ticked and not what:
            return count_in_words(state.mistakes.listing, said, len(images))
        words = saved_in_words(ticked, len(images))
        return words if ticked else f"{words}: {what}"

    def _images(self, said: AllSaid, ticked: bool) -> NDArray[np.intp]:
        """The numbers of the digits to save, in the order of the list."""
        state = self._session.state
        if not ticked:
            return self._listed()
        everyone = replace(state.mistakes.listing, kind="all", label=None, answer=None)
        order = listed(everyone, said)
        return order[np.isin(order, list(state.mistakes.ticked))]

    def _nothing(self) -> bool:
        """Says why there is nothing to save now, if so."""
        said = self._session.judgements.said
        if self.running:
            self._session.say("info", "Digits are being saved already.")
        elif said is None:
            self._session.say("info", "The test digits are not judged yet; try again in a moment.")
        elif not len(self._images(said, bool(self._session.state.mistakes.ticked))):
            self._session.say("info", "No digit is listed, so there is nothing to save.")
        else:
            return False
        return True


def _write(path: Path, content: bytes | None) -> None:
    if content is not None:  # else nobody wants it any more
        write(path, content)
