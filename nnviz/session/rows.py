"""Writing, composing and cutting a row of digits, with undo."""

from pathlib import Path

import numpy as np

from nnviz.arrays import Bytes
from nnviz.data.digits import GREY
from nnviz.data.drawing import Points
from nnviz.data.row_cuts import RowTooLong, row_of
from nnviz.data.row_making import GAPS, random_row, spelled_row
from nnviz.data.written_row import NOTHING_WRITTEN, WrittenRow
from nnviz.networks.files import NetworkFileError, fitting, load
from nnviz.paths import TRAINED
from nnviz.session.drawings import MOST_UNDONE, Drawings
from nnviz.session.state import SHIPPED, State, Work
from nnviz.training.engine import Engine

READER = TRAINED / "row-reader.safetensors"
LONGEST = 12
"""Digits of a row that is composed, at most."""

Cuts = tuple[int, ...] | None


class Rows(Drawings):
    """Changes the row; everything done to it or to its cuts can be undone."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._row_chance = np.random.default_rng(state.settings.seed)

    def compose_row(self) -> None:
        """A row of test digits chosen at random, as long and as wide apart as is set."""
        state = self._state
        digits = state.digits
        if digits.shape == GREY:
            gaps, chance = GAPS[state.row_gaps], self._row_chance
            made = random_row(digits.images, digits.labels, state.row_length, gaps, chance)
            self._write(WrittenRow(made.picture, made.labels))

    def spell_row(self, text: str) -> None:
        """A row of test digits that says what was typed; other signs are told of."""
        digits = self._state.digits
        typed = "".join(text.split())
        known = {name: label for label, name in enumerate(digits.class_names)}
        strange = [sign for sign in typed if sign not in known]
        if digits.shape != GREY or not typed or strange or len(typed) > LONGEST:
            names = [name for name in known if len(name) == 1]
            told = f"{names[0]} to {names[-1]}" if names else "digits"
            self.say("error", f"A row is typed as 1 to {LONGEST} signs from {told}, not “{text}”.")
            return
        wanted = [known[sign] for sign in typed]
        missing = [name for name in typed if not (digits.labels == known[name]).any()]
        if missing:
            self.say("error", f"There is no test digit {missing[0]} to compose the row of.")
            return
        gaps = GAPS[self._state.row_gaps]
        made = spelled_row(digits.images, digits.labels, wanted, gaps, self._row_chance)
        self.change(row_length=len(wanted))
        self._write(WrittenRow(made.picture, made.labels))

    def draw_on_row(
        self, points: Points, radius: float, erasing: bool = False, goes_on: bool = False
    ) -> None:
        """Draws a line, see `WrittenRow.stroked`; one that goes on is undone with its start."""
        row = self._state.row.stroked(points, radius, erasing)
        if goes_on:
            self.change(row=row, row_cuts=None, row_way=0)
        else:
            self._write(row)

    def write_picture(self, ink: Bytes) -> None:
        """Puts light ink on black, (height, width) 0..255, in the place of the row.

        One that is too long is told of and changes nothing.
        """
        try:
            row_of(ink)
        except RowTooLong as error:
            self.say("error", str(error))
        else:
            self._write(WrittenRow(ink))

    def clear_row(self) -> None:
        """An empty sheet; undo brings the row back."""
        if not self._state.row.empty:
            self._write(NOTHING_WRITTEN)

    def cut_row(self, cuts: Cuts, goes_on: bool = False) -> None:
        """Cuts the row at these columns (None: where it is best); a cut that is still being
        dragged is undone together with the beginning of that."""
        if cuts != self._state.row_cuts:
            if not goes_on:
                self._keep_for_undo()
            self.change(row_cuts=cuts)
        if cuts is None:
            self.change(row_way=0)

    def undo_row(self) -> None:
        """Takes back the last stroke, or whatever else was done."""
        state = self._state
        if state.rows_before:
            row, cuts = state.rows_before[-1]
            self.change(
                row=row,
                row_cuts=cuts,
                row_way=0,
                rows_before=state.rows_before[:-1],
                rows_undone=(*state.rows_undone, (state.row, state.row_cuts)),
            )

    def redo_row(self) -> None:
        """Does again what was undone last."""
        state = self._state
        if state.rows_undone:
            row, cuts = state.rows_undone[-1]
            self.change(
                row=row,
                row_cuts=cuts,
                row_way=0,
                rows_before=(*state.rows_before, (state.row, state.row_cuts)),
                rows_undone=state.rows_undone[:-1],
            )

    def load_row_reader(self, path: Path = READER) -> None:
        """Loads the network that knows non-digits, where it suits the digits in use."""
        if self._state.row_reader is not None:
            return
        try:
            trained = fitting(load(path), path, self._state.digits)
        except NetworkFileError:
            return
        work = Work(
            trained.settings, trained.network, trained.position, opened=trained, file=SHIPPED
        )
        self.change(row_reader=work)

    def _write(self, row: WrittenRow) -> None:
        self._keep_for_undo()
        self.change(row=row, row_cuts=None, row_way=0)

    def _keep_for_undo(self) -> None:
        state = self._state
        now = (state.row, state.row_cuts)
        self.change(rows_before=(*state.rows_before, now)[-MOST_UNDONE:], rows_undone=())
