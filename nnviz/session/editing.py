"""What is made by hand, with undo: the drawing, the row of digits, the table of codes."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY
from nnviz.data.drawing import NOTHING_DRAWN, Drawing, Points
from nnviz.data.row_cuts import RowTooLong, row_of
from nnviz.data.row_making import GAPS, random_row, spelled_row
from nnviz.data.written_row import NOTHING_WRITTEN, WrittenRow
from nnviz.networks.files import NetworkFileError, fitting, load
from nnviz.paths import READER
from nnviz.session.history import History, Turned
from nnviz.session.slices import Sheet, Words
from nnviz.session.store import Store
from nnviz.session.work import SHIPPED, work_of
from nnviz.words import tr


class DrawingPad:
    """Changes the drawing; each stroke can be undone."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def draw(
        self, points: Points, radius: float, erasing: bool = False, goes_on: bool = False
    ) -> None:
        """Draws a line through points (points, 2), see `Drawing.stroked`.

        A line that goes on from the one before is undone together with it.
        """
        drawing = self._store.state.pad.drawing.stroked(points, radius, erasing)
        if goes_on:
            self._store.choose("pad", drawing=drawing, shown=True)
        else:
            self._put(drawing, tr("the last stroke"))

    def put_picture(self, picture: Bytes) -> None:
        """Puts light ink on black, (height, width) 0..255, in the place of the drawing."""
        self._put(Drawing.of_picture(picture), tr("the picture"))

    def put_drawing(self, drawing: Drawing) -> None:
        """Puts another drawing in the place of the one on the pad."""
        self._put(drawing, tr("the drawing put here"))

    def put_shown_digit(self) -> None:
        """Puts the test digit in the place of the drawing, pixel for pixel. It stays what is
        looked at, with its label, until the drawing is changed."""
        digits = self._store.state.digits
        if digits.shape == GREY:
            pixels = digits.images[self._store.state.image]
            drawing = Drawing.of_picture(pixels.reshape(GREY[:2]))
            self._put(drawing, tr("the test digit"), shown=False)

    def clear(self) -> None:
        """An empty square; undo brings the ink back."""
        if not self._store.state.pad.drawing.empty:
            self._put(NOTHING_DRAWN, tr("emptying the pad"))

    def undo(self) -> None:
        """Takes back the last stroke, or whatever else was done to the drawing."""
        self._turn(History.back)

    def redo(self) -> None:
        """Does again what was undone last."""
        self._turn(History.forth)

    def show(self, shown: bool) -> None:
        """Looks at the drawing on every page, or at the test digit again."""
        pad = replace(self._store.state.pad, shown=shown)
        self._store.change(pad=pad, output=None, step=None)

    def _put(self, drawing: Drawing, what: str, shown: bool = True) -> None:
        pad = self._store.state.pad
        history = pad.history.after(pad.drawing, what)
        self._store.choose("pad", drawing=drawing, history=history, shown=shown)

    def _turn(self, turned: Turned[Drawing]) -> None:
        pad = self._store.state.pad
        drawing, history = turned(pad.history, pad.drawing)
        if history is not pad.history:
            self._store.choose("pad", drawing=drawing, history=history, shown=True)


LONGEST = 12
"""Digits of a row that is composed, at most."""

Cuts = tuple[int, ...] | None


class RowSheet:
    """Changes the row; everything done to it or to its cuts can be undone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seed = store.state.settings.seed

    @cached_property
    def _chance(self) -> "np.random.Generator":
        """Made with the first row: importing it takes long at a start."""
        return np.random.default_rng(self._seed)

    def choose(self, **changes: Any) -> None:
        """Changes how rows are made and read: fields of `slices.Row`."""
        self._store.choose("row", **changes)

    def compose(self) -> None:
        """A row of test digits chosen at random, as long and as wide apart as is set."""
        state = self._store.state
        digits = state.digits
        if digits.shape == GREY:
            gaps, chance = GAPS[state.row.gaps], self._chance
            made = random_row(digits.images, digits.labels, state.row.length, gaps, chance)
            self._write(WrittenRow(made.picture, made.labels), tr("the new row"))

    def spell(self, text: str) -> None:
        """A row of test digits that says what was typed; other signs are told of."""
        digits = self._store.state.digits
        typed = "".join(text.split())
        known = {name: label for label, name in enumerate(digits.class_names)}
        strange = [sign for sign in typed if sign not in known]
        if digits.shape != GREY or not typed or strange or len(typed) > LONGEST:
            names = [name for name in known if len(name) == 1]
            self._store.say("error", _untypable(names, text))
            return
        wanted = [known[sign] for sign in typed]
        missing = [name for name in typed if not (digits.labels == known[name]).any()]
        if missing:
            self._store.say(
                "error",
                tr("There is no test digit {name} to compose the row of.", name=missing[0]),
            )
            return
        gaps = GAPS[self._store.state.row.gaps]
        made = spelled_row(digits.images, digits.labels, wanted, gaps, self._chance)
        self.choose(length=len(wanted))
        self._write(WrittenRow(made.picture, made.labels), tr("the row typed"))

    def draw(
        self, points: Points, radius: float, erasing: bool = False, goes_on: bool = False
    ) -> None:
        """Draws a line, see `WrittenRow.stroked`; one that goes on is undone with its start."""
        row = self._store.state.row.written.stroked(points, radius, erasing)
        if goes_on:
            self.choose(written=row, cuts=None, way=0)
        else:
            self._write(row, tr("the last stroke"))

    def put_picture(self, ink: Bytes) -> None:
        """Puts light ink on black, (height, width) 0..255, in the place of the row.

        One that is too long is told of and changes nothing.
        """
        try:
            row_of(ink)
        except RowTooLong as error:
            self._store.say("error", str(error))
        else:
            self._write(WrittenRow(ink), tr("the picture"))

    def clear(self) -> None:
        """An empty sheet; undo brings the row back."""
        if not self._store.state.row.written.empty:
            self._write(NOTHING_WRITTEN, tr("emptying the sheet"))

    def cut(self, cuts: Cuts, goes_on: bool = False) -> None:
        """Cuts the row at these columns (None: where it is best); a cut that is still being
        dragged is undone together with the beginning of that."""
        if cuts != self._store.state.row.cuts:
            if goes_on:
                self.choose(cuts=cuts)
            else:
                self._change(tr("the last cut"), cuts=cuts)
        if cuts is None:
            self.choose(way=0)

    def undo(self) -> None:
        """Takes back the last stroke, or whatever else was done."""
        self._turn(History.back)

    def redo(self) -> None:
        """Does again what was undone last."""
        self._turn(History.forth)

    def load_reader(self, path: Path = READER) -> None:
        """Loads the network that knows non-digits, where it suits the digits in use."""
        if self._store.state.row.reader is not None:
            return
        try:
            trained = fitting(load(path), path, self._store.state.digits)
        except NetworkFileError:
            return
        reader = work_of(trained, SHIPPED)
        if reader.meant_for(self._store.state.digits):
            self.choose(reader=reader)

    def _write(self, row: WrittenRow, what: str) -> None:
        self._change(what, written=row, cuts=None, way=0)

    def _change(self, what: str, **changes: Any) -> None:
        """Changes the row or its cuts so that it can be undone."""
        row = self._store.state.row
        self.choose(history=row.history.after((row.written, row.cuts), what), **changes)

    def _turn(self, turned: Turned[Sheet]) -> None:
        row = self._store.state.row
        (written, cuts), history = turned(row.history, (row.written, row.cuts))
        if history is not row.history:
            self.choose(written=written, cuts=cuts, way=0, history=history)


def _untypable(names: list[str], text: str) -> str:
    """What a row can be typed from: the signs that are names of classes."""
    if not names:
        return tr(
            "A row is typed as 1 to {most} signs from digits, not “{text}”.",
            most=LONGEST,
            text=text,
        )
    return tr(
        "A row is typed as 1 to {most} signs from {first} to {last}, not “{text}”.",
        most=LONGEST,
        first=names[0],
        last=names[-1],
        text=text,
    )


MOST_CHANGES = 200
"""Changes of the table that can be undone."""


class CodeTable:
    """Changes the code words on the table."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, words: Words, shown: Words) -> None:
        """Puts code words on the table, in the place of those that are shown on it."""
        if words != shown:
            history = self._store.state.codes.history.after(
                shown, tr("the last change of the code"), MOST_CHANGES
            )
            self._store.choose("codes", words=words, history=history)

    def undo(self) -> None:
        """The table before the last change."""
        codes = self._store.state.codes
        if codes.history.before:
            words, history = codes.history.back(codes.words)
            self._store.choose("codes", words=words, history=history)
