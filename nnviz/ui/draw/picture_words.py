"""What stands on the Draw page of a picture that was opened."""

from collections import Counter
from collections.abc import Sequence

from nnviz.data.drawing import Drawing
from nnviz.data.ink_pieces import Piece, lines_of
from nnviz.data.opened_picture import ReadPicture
from nnviz.words import listed, number, sentences, tr, tr_n

BOARD = tr("The picture that was opened")
BOARD_TIP = tr(
    "Solid frames: what is read. Dashed, with a cross: what is left out.\n"
    "Click a piece to read it or leave it out; double-click or Shift+click: it alone."
)
CROP_TIP = tr(
    "Drag a rectangle: only what lies in it is looked at. Keys: arrows move it, Shift+arrows "
    "change its size, Return cuts, Esc leaves all as it is."
)
SHOWS = {
    "picture": (tr("Picture"), tr("The picture, with frames round what of it is read")),
    "ink": (tr("Ink"), tr("The ink that is read of the picture, to draw on")),
}
LEFT = tr("↺"), tr("Turn the picture to the left"), tr("Turn left")
RIGHT = tr("↻"), tr("Turn the picture to the right"), tr("Turn right")
CROP = tr("Crop"), tr("Look only at a part of the picture: drag a rectangle")
INVERT = tr("Invert"), tr("Take the ink for paper, and the paper for ink")
AS_FOUND = (
    tr("As found"),
    tr("The whole picture as it was opened, and what is found in it by itself"),
)
AS_ROW = tr("Read as a row"), tr("Bring the picture to the view Rows of digits, which reads them")
READ_WRONG = (
    tr("Read wrong?"),
    tr("How the digits of each class were written that networks know, and how yours differs"),
)
WRITERS = tr("How they were written")
WRITERS_TIP = tr(
    "The first test digits of each class, as they come. Networks know digits only as such hands "
    "write them."
)
WRITERS_HEADINGS = tr("class"), tr("how thick its lines are, in pixels")
TEN_DIGITS = tuple("0123456789")
CROP_HINT, CROP_KEYS = tr("Drag a rectangle"), tr("Arrows, then Return")
HEADINGS = (
    tr("piece"),
    tr("what it is"),
    tr("read"),
    tr("left"),
    tr("top"),
    tr("width"),
    tr("height"),
)
YES, NO = tr("yes"), tr("no")
NONE = tr("Nothing in this picture stands out from its paper: turn it, crop it or invert it.")
NOTHING_READ = tr("Nothing of the picture is read: click what is to be read.")
KINDS = {
    "digit": tr("digit"),
    "line": tr("line"),
    "frame": tr("frame"),
    "edge": tr("edge"),
    "mark": tr("mark"),
    "speck": tr("speck"),
}


def kind_of(piece: Piece) -> str:
    """What a piece is taken for."""
    return KINDS.get(piece.kind, tr("piece"))


def _so_many(kind: str, count: int) -> str:
    """Pieces of a kind."""
    said = {
        "digit": tr_n("{count} digit", "{count} digits", count),
        "line": tr_n("{count} line", "{count} lines", count),
        "frame": tr_n("{count} frame", "{count} frames", count),
        "edge": tr_n("{count} edge", "{count} edges", count),
        "mark": tr_n("{count} mark", "{count} marks", count),
        "speck": tr_n("{count} speck", "{count} specks", count),
    }
    return said.get(kind) or tr_n("{count} piece", "{count} pieces", count)


def piece_told(place: int, piece: Piece) -> str:
    """A piece that the keys are on."""
    if piece.taken:
        return tr("Piece {place}, a {kind}, is read.", place=place + 1, kind=kind_of(piece))
    return tr("Piece {place}, a {kind}, is left out.", place=place + 1, kind=kind_of(piece))


def piece_tip(piece: Piece) -> str:
    """What a click on it does."""
    if piece.taken:
        return tr("It is read: click to leave it out, double-click to read it alone.")
    return tr("It is left out: click to read it too, double-click to read it alone.")


def counted(pieces: Sequence[Piece]) -> str:
    """How much of a picture is read, and what is left out."""
    if not pieces:
        return NONE
    taken = sum(piece.taken for piece in pieces)
    left = Counter(piece.kind for piece in pieces if not piece.taken)
    read = tr_n(
        "{count} piece of the picture is read.", "{count} pieces of the picture are read.", taken
    )
    if not left:
        return read
    kinds = listed(_so_many(kind, count) for kind, count in left.items())
    return sentences(read, tr("Left out: {kinds}.", kinds=kinds))


def told_of(drawing: Drawing, to_room: bool) -> str:
    """What the page says of the picture that a drawing was made from, in sentences; a room is not
    told what to press."""
    source = drawing.source
    if source is None or drawing.by_hand:
        return ""
    if not source.pieces:
        return NONE
    if drawing.empty:
        return NOTHING_READ
    return sentences(_several(source, to_room), *source.opened.picture.notes)


def _several(source: ReadPicture, to_room: bool) -> str:
    """That there is more than this page reads, or that too much of it is chosen."""
    if source.opened.taken is not None:
        return _together(source)
    if source.digits < 2:
        return ""
    if source.lines > 1:
        if to_room:
            return tr_n(
                "There is {count} line of digits.",
                "There are {count} lines of digits.",
                source.lines,
            )
        return tr_n(
            "There is {count} line of digits: crop the picture to one digit or one line.",
            "There are {count} lines of digits: crop the picture to one digit or one line.",
            source.lines,
        )
    if to_room:
        return tr_n("{count} digit stands apart.", "{count} digits stand apart.", source.digits)
    return tr_n(
        "{count} digit stands apart: double-click the one you mean.",
        "{count} digits stand apart: double-click the one you mean.",
        source.digits,
    )


def _together(source: ReadPicture) -> str:
    """That pieces chosen together stand apart as digits do."""
    signs = [each for each in source.pieces if each.kind in ("digit", "mark")]
    chosen = [each.box for each in signs if each.taken]
    apart = sum(lines_of(chosen))
    if apart < 2:
        return ""
    return tr_n(
        "{count} piece that stands apart is read as one digit.",
        "{count} pieces that stand apart are read as one digit.",
        apart,
    )


def piece_row(place: int, piece: Piece) -> tuple[object, ...]:
    """A line of the table."""
    box = piece.box
    read = YES if piece.taken else NO
    return (
        place + 1,
        kind_of(piece),
        read,
        box.left,
        box.top,
        box.width,
        box.height,
    )


def hands_told(names: Sequence[str]) -> str:
    """What networks that know such hands are likely to misread."""
    if tuple(names) != TEN_DIGITS:
        return tr("Networks know only what was written so.")
    return tr(
        "Networks know only digits written so: a 1 with an upstroke, a slashed 0, a crossed 7 "
        "and a thin pen are misread more often."
    )


def lines_told(own: float, low: float, high: float) -> str:
    """How thick the lines of a drawing are, beside those of the test digits, in pixels."""
    if not own:
        return ""
    usual = {"own": number(own, 1), "low": number(low, 1), "high": number(high, 1)}
    if own < low:
        return tr(
            "Your lines are {own} pixels thick, thinner than usual: nine of ten have {low} to "
            "{high}.",
            **usual,
        )
    if own > high:
        return tr(
            "Your lines are {own} pixels thick, thicker than usual: nine of ten have {low} to "
            "{high}.",
            **usual,
        )
    return tr("Your lines are {own} pixels thick; nine of ten have {low} to {high}.", **usual)


def thin_told(own: float, low: float, high: float) -> str:
    """That lines are thin, where they are thinner than those of nine of ten test digits."""
    if not 0 < own < low:
        return ""
    return tr(
        "Its lines are thin, {own} pixels (nine of ten test digits: {low} to {high}): such digits "
        "are misread more often.",
        own=number(own, 1),
        low=number(low, 1),
        high=number(high, 1),
    )
