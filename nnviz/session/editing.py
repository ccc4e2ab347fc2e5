"""What is made by hand, with undo: the drawing, the row of digits, the table of codes."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY
from nnviz.data.drawing import NOTHING_DRAWN, Drawing, Points
from nnviz.data.ink import Ink
from nnviz.data.normalising import Box
from nnviz.data.opened_picture import OpenedPicture, ReadPicture
from nnviz.data.row_cuts import RowTooLong, row_of
from nnviz.data.row_making import GAPS, random_row, spelled_row
from nnviz.data.row_marks import signs_of
from nnviz.data.written_row import NOTHING_WRITTEN, WrittenRow
from nnviz.networks.files import NetworkFileError, fitting, load
from nnviz.paths import READER
from nnviz.session.background import Background
from nnviz.session.history import History, Turned
from nnviz.session.slices import Sheet, Words
from nnviz.session.store import Store
from nnviz.session.work import SHIPPED, work_of
from nnviz.words import tr


class DrawingPad:
    """Changes the drawing; each stroke can be undone, and each choice of what of a picture is
    read. A picture is read anew beside the window, which may take a while."""

    def __init__(self, store: Store, beside: Background, clock: Callable[[], float]) -> None:
        self._store, self._beside, self._clock = store, beside, clock
        self._wanted: OpenedPicture | None = None
        """What is being read"""
        self._since = 0.0
        self._refused: Drawing | None = None

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
        if not self._store.state.pad.drawing.blank:
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

    # ---- a picture -------------------------------------------------------------------

    def put_picture(self, drawing: Drawing, as_ink: bool = False) -> None:
        """Puts what was read of a picture in the place of the drawing. One that shows no ink is
        told of and changes nothing; it can be put there all the same."""
        source = drawing.source
        if source is None or not drawing.empty:
            self._put(drawing, tr("the picture"), as_ink=as_ink)
            return
        self._refused = drawing
        self._store.say(
            "error",
            no_ink(source.opened.name),
            action="pad.put_refused",
            action_label=tr("Show it"),
        )

    def put_refused(self) -> None:
        """Puts the picture that showed no ink there: its paper may be the ink, or a part of it
        may show some."""
        refused, self._refused = self._refused, None
        if refused is not None:
            self._store.change(notice=None)
            self._put(refused, tr("the picture"), as_ink=False)

    def look(self) -> None:
        """Says that a picture is being read where that takes long."""
        if self._wanted is not None and self._clock() - self._since > PATIENCE:
            self._since = inf
            sentence = tr("Reading {name}.", name=self._wanted.name)
            self._store.say("wait", sentence, about=PICTURE)

    @property
    def reads(self) -> bool:
        """Whether a picture is being read anew."""
        return self._wanted is not None

    def turn_picture(self, quarters: int) -> None:
        """Turns the picture by so many quarters to the right."""
        self._read(lambda opened: opened.turn(quarters), tr("the turn"))

    def crop(self, part: Box | None) -> None:
        """Looks only at a part of the picture, turned as it is; None for all of it."""
        self._read(lambda opened: opened.cut(part), tr("the crop"))

    def swap(self) -> None:
        """Takes the paper of the picture for ink, and its ink for paper."""
        self._read(OpenedPicture.swap, tr("the exchange of ink and paper"))

    def read_as_found(self) -> None:
        """The picture as it was opened, and what is found in it by itself."""
        self._read(lambda opened: opened.anew, tr("the way back to what was found"))

    def bring_back(self, read: Callable[[], Drawing], name: str) -> None:
        """Shows the picture that the drawing was made from, as soon as it has been read beside
        the window, if what is read of it is just the drawing."""
        drawing = self._store.state.pad.drawing

        def take(found: Drawing) -> None:
            if self._store.state.pad.drawing is not drawing:
                return
            if found.ink.tobytes() == drawing.ink.tobytes():
                self._store.choose("pad", drawing=found)
            else:
                other = tr("{name} is not what it was; its ink of then is shown.", name=name)
                self._store.say("passing", other)

        def refused(_: str) -> None:
            if self._store.state.pad.drawing is drawing:
                gone = tr("{name} cannot be read here; its ink is shown.", name=name)
                self._store.say("passing", gone)

        self._beside.do(BROUGHT_BACK, read, take, refused)

    def take_piece(self, piece: int, alone: bool = False) -> None:
        """Takes a piece of the picture, or leaves it out again; `alone`: it and no other."""
        source = self._store.state.pad.drawing.source
        wanted = self._wanted
        if source is None or not 0 <= piece < len(source.pieces):
            return
        if wanted is not None and replace(wanted, taken=source.opened.taken) != source.opened:
            return  # its pieces are not known yet
        taken = None if wanted is None else wanted.taken
        if taken is None:
            taken = frozenset(at for at, each in enumerate(source.pieces) if each.taken)
        chosen = frozenset({piece}) if alone else taken ^ {piece}
        self._read(lambda opened: opened.taking(chosen), tr("the choice of pieces"))

    def _read(self, change: Callable[[OpenedPicture], OpenedPicture], what: str) -> None:
        """Reads the picture after a change of what is wanted of it, beside the window."""
        drawing = self._store.state.pad.drawing
        source = drawing.source
        if source is None:
            return
        now = self._wanted or source.opened
        wanted = change(now)
        if wanted == now and not drawing.by_hand:
            return
        self._wanted, self._since = wanted, self._clock()
        self._beside.do(
            PICTURE,
            partial(Drawing.of_opened, wanted),
            lambda drawing: self._take(drawing, source, what),
            lambda sentence: self._store.say("error", sentence),
        )

    def _take(self, drawing: Drawing, source: ReadPicture, what: str) -> None:
        """Takes what was read, unless another drawing has come meanwhile."""
        if self._store.state.pad.drawing.source is source:
            self._put(drawing, what)
        else:
            self._forget()

    # ---- all of it -------------------------------------------------------------------

    def _put(self, drawing: Drawing, what: str, shown: bool = True, **more: Any) -> None:
        self._forget()
        pad = self._store.state.pad
        history = pad.history.after(pad.drawing, what)
        now = {"cropping": False, **more}
        self._store.choose("pad", drawing=drawing, history=history, shown=shown, **now)

    def _turn(self, turned: Turned[Drawing]) -> None:
        if self.reads:  # what was asked for last has changed nothing yet
            self._forget()
            return
        pad = self._store.state.pad
        drawing, history = turned(pad.history, pad.drawing)
        if history is not pad.history:
            self._store.choose("pad", drawing=drawing, history=history, shown=True, cropping=False)

    def _forget(self) -> None:
        """What is being read is no longer wanted."""
        if self._wanted is not None:
            self._wanted = None
            self._beside.forget(PICTURE)
            self._store.end_wait(PICTURE)


def no_ink(name: str) -> str:
    """That a picture shows no ink, and what can be done."""
    return tr(
        "{name} shows no ink: nothing stands out from the paper. Write darker or larger, give it "
        "more light, or cut the picture to the digit.",
        name=name,
    )


PICTURE, ROW, BROUGHT_BACK = "picture", "row", "brought-back"
"""What is read beside the window: a digit, a row, or the picture of a line"""
PATIENCE = 0.4
"""Seconds after which it is said that a picture is being read."""
LONGEST = 12
"""Digits of a row that is composed, at most."""

Cuts = tuple[int, ...] | None


class RowSheet:
    """Changes the row; everything done to it or to its cuts can be undone."""

    def __init__(self, store: Store, beside: Background) -> None:
        self._store, self._beside = store, beside
        self._seed = store.state.settings.seed
        self.reads = False
        """Whether a picture is being read."""

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
            self.choose(written=row, cuts=None, left_out=None, way=0)
        else:
            self._write(row, tr("the last stroke"))

    def put_picture(self, ink: Bytes) -> None:
        """Puts light ink on black, (height, width) 0..255, in the place of the row, without lines
        and boxes of the paper and without dust.

        One that is too long is told of and changes nothing.
        """
        signs = signs_of(ink)
        try:
            if signs is not None:
                row_of(signs.without(signs.marks), signs.height)
        except RowTooLong as error:
            self._store.say("error", str(error))
        else:
            clean = ink if signs is None else signs.without(frozenset())
            self._write(WrittenRow(clean), tr("the picture"))

    def read_picture(self, opened: OpenedPicture) -> None:
        """Puts what can be a row in a picture in the place of the row, as it is turned and cut;
        read beside the window."""

        def take(ink: Ink | None) -> None:
            self.reads = False
            if ink is None:
                self._store.say("error", no_ink(opened.name))
            else:
                self.put_picture(ink.all_ink)

        self.reads = True
        self._beside.do(
            ROW, partial(opened.read, "row"), take, lambda said: self._store.say("error", said)
        )

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

    def leave_out(self, signs: frozenset[int] | None, what: str) -> None:
        """Reads the row without these signs, by their numbers (None: without the marks that are
        found); `what` undo takes back, in words."""
        if signs != self._store.state.row.left_out:
            self._change(what, left_out=signs, cuts=None, way=0)

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
        self._change(what, written=row, cuts=None, left_out=None, way=0)

    def _change(self, what: str, **changes: Any) -> None:
        """Changes the row or its cuts so that it can be undone."""
        row = self._store.state.row
        sheet = row.written, row.cuts, row.left_out
        self.choose(history=row.history.after(sheet, what), **changes)

    def _turn(self, turned: Turned[Sheet]) -> None:
        row = self._store.state.row
        sheet, history = turned(row.history, (row.written, row.cuts, row.left_out))
        if history is not row.history:
            written, cuts, left_out = sheet
            self.choose(written=written, cuts=cuts, left_out=left_out, way=0, history=history)


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
