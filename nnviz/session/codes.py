"""The table of codes, edited with undo."""

from nnviz.session.slices import Words
from nnviz.session.store import Store

MOST = 200
"""Changes that can be undone."""


class CodeTable:
    """Changes the code words on the table."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, words: Words, shown: Words) -> None:
        """Puts code words on the table, in the place of those that are shown on it."""
        if words != shown:
            history = self._store.state.codes.history.after(
                shown, "the last change of the code", MOST
            )
            self._store.choose("codes", words=words, history=history)

    def undo(self) -> None:
        """The table before the last change."""
        codes = self._store.state.codes
        if codes.history.before:
            words, history = codes.history.back(codes.words)
            self._store.choose("codes", words=words, history=history)
