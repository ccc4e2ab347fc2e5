"""Saving the digits listed on the Mistakes page: as a table, or as a contact sheet.

The words of that page are imported when they are first needed, which no start of the window does.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from nnviz.questions.judged import answers_csv
from nnviz.questions.listing import ORDERS, AllSaid, listed
from nnviz.session.judging import whose_mistakes
from nnviz.session.session import Session
from nnviz.ui.app import words
from nnviz.ui.app.background_save import BackgroundSave, Told
from nnviz.ui.app.contact_sheet import MOST, contact_sheet
from nnviz.ui.kit.digit_tiles import GridView
from nnviz.ui.kit.file_dialogs import ask_save
from nnviz.ui.kit.file_names import digits_name
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.questions import ask_which
from nnviz.writing import write


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
        from nnviz.ui.mistakes.words import saved_in_words

        shown = self._listed()
        unseen = len(ticked) - np.count_nonzero(np.isin(list(ticked), shown))
        if not unseen:
            self._choose_file(bool(ticked))
            return
        choices = [(saved_in_words(True, len(ticked)), True)]
        if len(shown):
            choices.append((saved_in_words(False, len(shown)), False))
        ask_which(
            self._window,
            words.which_digits(len(ticked), int(unseen), len(shown)),
            {words.save_these(what): partial(self._choose_file, each) for what, each in choices},
            lambda: None,
        )

    def _choose_file(self, ticked: bool) -> None:
        """Asks for a file; its ending says what is saved."""
        said = self._session.judgements.said
        if said is None:
            return
        from nnviz.ui.mistakes.words import saved_in_words

        what = saved_in_words(ticked, len(self._images(said, ticked)))
        title, proposed = words.save_these(what), f"{digits_name(self._session.state)}.csv"
        path, chosen = ask_save(self._window, "exports", title, proposed, words.DIGIT_FILES)
        if path is not None:
            ending = ".png" if "png" in chosen else ".csv"
            self.save(path if path.suffix else path.with_suffix(ending), ticked)

    def save(self, path: Path, ticked: bool) -> None:
        """Saves the digits that are ticked, or those listed, as the ending of the name asks;
        what went wrong is said on the banner."""
        said, state = self._session.judgements.said, self._session.state
        if self._nothing() or said is None:
            return
        from nnviz.ui.mistakes.words import saved_in_words, short_names

        images = self._images(said, ticked)
        work: Callable[[Told], bytes | None]
        if path.suffix.lower() == ".csv":
            digits, wanted = state.digits, images.tolist()
            # of several networks of a design each by its own name
            everyone = {
                state.labels[name] if name in state.own_names else name: each
                for name, each in said.everyone.items()
            }
            work = lambda _: answers_csv(  # noqa: E731
                wanted, digits.labels, digits.class_names, everyone, digits.files
            )
        elif path.suffix.lower() != ".png":
            self._session.say("error", words.wrong_ending(path.name))
            return
        elif len(images) > MOST:
            self._session.say("error", words.too_many(MOST, len(images)))
            return
        else:
            below = ORDERS[state.mistakes.listing.order].words
            view = GridView(
                state.digits,
                images,
                said.own.answers,
                short_names(state.digits.class_names),
                lambda image: below(said, image),
                shown=-1,
                ticked=frozenset(),
            )
            title, theme = self._title(said, images, ticked), Theme(self._theme().name)
            work = lambda told: contact_sheet(view, title, theme, told)  # noqa: E731
        done = words.saved_these(saved_in_words(ticked, len(images)), path)
        self.start(path, len(images), lambda told: _write(path, work(told)), done)

    def _listed(self) -> NDArray[np.intp]:
        found = self._session.mistakes.listed()
        return np.zeros(0, np.intp) if found is None else found

    def _title(self, said: AllSaid, images: NDArray[np.intp], ticked: bool) -> str:
        """What stands above a contact sheet."""
        from nnviz.ui.mistakes.words import LIST_WORDS, count_in_words, saved_in_words

        state = self._session.state
        if not ticked and state.mistakes.list_shown not in LIST_WORDS:
            listing = replace(state.mistakes.listing, whose=whose_mistakes(state))
            return count_in_words(listing, said, len(images), state.labels)
        what = saved_in_words(ticked, len(images))
        if ticked:
            return what
        return words.sheet_title(what, LIST_WORDS[state.mistakes.list_shown](state))

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
            self._session.say("passing", words.DIGITS_BEING_SAVED)
        elif said is None:
            self._session.say("passing", words.NOT_JUDGED)
        elif not len(self._images(said, bool(self._session.state.mistakes.ticked))):
            self._session.say("passing", words.NONE_LISTED)
        else:
            return False
        return True


def _write(path: Path, content: bytes | None) -> None:
    if content is not None:  # else nobody wants it any more
        write(path, content)
