"""What stands on the Draw page, of a drawing and of rows; see `asked_words` for its other views."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from nnviz.data.digits import GREY
from nnviz.data.row_making import GAPS
from nnviz.questions.row_doubts import Doubt
from nnviz.questions.row_signs import lines_told, marks_told
from nnviz.questions.rows import SCORES, JudgedPieces
from nnviz.session.slices import ROW_READER
from nnviz.ui.draw.drawn_answers import PadSeen
from nnviz.ui.draw.row_answers import Mark, RowAnswer, RowSeen
from nnviz.words import listed, number, percent, sentences, tr, tr_n

HIDDEN, UNKNOWN = tr("The answer is hidden."), "?"
YOUR_DIGIT = tr("Your digit"), tr("Draw or open a digit: what does each design say of it?")
ROWS = tr("Rows of digits"), tr("Where does one digit end and the next begin?")

# ---- what one writes on --------------------------------------------------------------

UNDO = tr("Undo"), tr("Take back the last stroke (Ctrl+Z)")
REDO = tr("Redo"), tr("Do again what was undone (Ctrl+Shift+Z)")
OPEN, CLEAR = tr("Open…"), tr("Clear")
PASTE = tr("Paste"), tr("The image on the clipboard (Ctrl+V)")
PAD = tr("Drawing pad")
PAD_HINT, ROW_HINT = tr("Draw a digit here"), tr("Write a row of digits here")
PAD_WAYS = tr("by mouse, pen or finger;\nor open, paste or drop an image.")
PAD_KEYS = tr("Keys: arrows move the pen, Return lowers and lifts it, Delete clears.")
PAD_TIP = tr("The right button and the other end of a pen erase.")

# ---- a drawing -----------------------------------------------------------------------

CLEAR_PAD = tr("Empty the pad (Delete); Undo brings it back")
OPEN_DIGIT = tr("A picture of a digit, of any size, dark on light or light on dark")
TEST_DIGIT = tr("Test digit"), tr("Put the test digit on screen onto the pad, pixel for pixel")
EVERY_PAGE = (
    tr("Every page"),
    tr("Look at the drawing on every page instead of the test digit"),
)
NORMALISE = (
    tr("normalise"),
    tr(
        "Crop, scale and centre the ink as MNIST's digits were;\n"
        "without it, networks get the whole pad."
    ),
)
EMPTY_PAD = tr("Draw a digit: every design answers while you draw.")
NO_PAD = tr(
    "The pad is for digits of 28 × 28 grey pixels; these networks want 32 × 32 in colour. "
    "Choose other digits below."
)
SEEN = tr("What the networks see")
SEEN_TITLE = tr("what networks see")
SEEN_TIP = tr("The 28 × 28 pixels that every network gets.")
SEEN_FRAME = tr(
    "Dashed: the box of the ink, its longer side 20 pixels. Cross: its centre of mass, at row 14, "
    "column 14."
)
ANSWER = tr("Answer of the design on screen")
ANSWER_TIP = tr(
    "What the design on screen says, and how sure it is of it: its confidence, which of ten "
    "outputs is the answer's share of their sum. It can be sure with a weak output where all "
    "others are weaker: below stands what the strongest output says, as under Not a digit."
)
NO_ANSWER = tr("no ink,\nno answer").splitlines()
NO_NETWORK = tr("no network yet")
NO_INK, NO_INK_SEEN = "–", tr("There is no ink.")
TABLE, TABLE_HEADING = tr("Table of all designs"), tr("answer, how sure\n≠ differs")
UNLIKE = tr("Its answer differs from that of the design on screen.")


def done_to_ink(view: PadSeen) -> tuple[str, ...]:
    """What was done to a drawing with ink, in two short lines."""
    drawing = view.pad.drawing
    done = drawing.normalised if view.pad.normalising else None
    if done is None:
        return tuple(tr("the whole pad,\nmade smaller").splitlines())
    before, after = done.ink, done.placed
    pixel = len(drawing.ink) / GREY[0]
    if (before, 1) == (after, pixel):
        return tuple(tr("as it was: no pixel\nhas changed").splitlines())
    right = (after.left + after.right) / 2 - (before.left + before.right) / 2 / pixel
    down = (after.top + after.bottom) / 2 - (before.top + before.bottom) / 2 / pixel
    return (
        f"{before.width}×{before.height} → {after.width}×{after.height}",
        _moved(round(right), round(down)),
    )


def _moved(right: int, down: int) -> str:
    """How far the middle of the ink was moved, in pixels of what the networks see."""
    ways = ((right, "→" if right > 0 else "←"), (down, "↓" if down > 0 else "↑"))
    far = " ".join(f"{abs(pixels)} {arrow}" for pixels, arrow in ways if pixels)
    return tr("moved {far}", far=far) if far else tr("not moved")


def sure(confidence: float) -> str:
    """How sure an answer is."""
    return tr("{share} sure", share=percent(confidence, 0))


def output(support: float) -> str:
    """What the strongest output says, as it is."""
    return tr("output {strength}", strength=number(support, 2))


def then(runner_up: str) -> str:
    """What comes next."""
    return tr("then {answer}", answer=runner_up)


def answer_told(
    label: str, answer: str, confidence: float, runner_up: str, support: float = 0.0
) -> str:
    """The answer of a design, called so, as a sentence; without one there is no ink."""
    if not answer:
        return tr("{design}: no ink, no answer.", design=label)
    return tr(
        "{design}: {answer}, {share} sure, by an output of {strength}; then {next}.",
        design=label,
        answer=answer,
        share=percent(confidence, 0),
        next=runner_up,
        strength=number(support, 2),
    )


# ---- rows ----------------------------------------------------------------------------

CLEAR_ROW = tr("An empty sheet; Undo brings the row back")
OPEN_ROW = tr("A picture of a row of digits")
GAPS_NAME, GAPS_TIP = (
    tr("How far apart the digits are"),
    "\n".join(
        (
            tr("How far apart the digits are."),
            *(tr("{name}: {help}", name=each.label, help=each.help) for each in GAPS.values()),
        )
    ),
)
LENGTH = tr("Digits of a new row")
LENGTH_SHOWN = tr("{count} digits", count="\0").partition("\0")
"""What stands before and after the number in its box."""
NEW_ROW = tr("New row"), tr("Compose another row of test digits")
TYPED = tr("Digits to compose")
TYPED_HINT = tr("type, e.g. 2026")
TYPED_TIP = tr("Type digits and press Enter: test digits are put side by side")
DRAW_ROW = tr("Draw"), tr("Write a row by mouse, pen or finger; Undo brings this one back")
READER = tr("row reader (knows non-digits)")
READ_BY, BEST_IS = tr("read by"), tr("best is the largest")
READER_NAME, READER_TIP = (
    tr("Which network reads"),
    tr(
        "Which network reads. The row reader has learned what is no digit, from pieces of rows; "
        "the others are sure of anything."
    ),
)
SCORE_NAME, SCORE_TIP = (
    tr("What is made as large as can be"),
    "\n".join(
        (
            tr("What is made as large as can be."),
            *(tr("{name}: {help}", name=each.label, help=each.help) for each in SCORES.values()),
        )
    ),
)
BEST_CUTS = tr("Best cuts"), tr("Cut where it is best again")
BOARD = tr("The row and its pieces")
BOARD_TIP = tr(
    "Framed in orange: pieces that it is sure of, above 90 %.\n"
    "Drag a cut to move it, double-click to add one, right-click one to take it away.\n"
    "Dashed and crossed: signs that are left out. Click one to read it; right-click a sign to "
    "leave it out.\n"
    "Keys: Up and Down choose a cut, Left and Right move it, + adds one after it,\n"
    "Delete takes it away; comma and full stop go through the pieces tried,\n"
    "S goes through the signs, X leaves one out or takes it back in."
)
WAYS = tr("The best ways to cut the row")
WAYS_TIP = tr(
    "The best ways to cut the row, each another string, with what it scores.\n"
    "Click or press the arrow keys to see one."
)
BLANKS_ONLY = tr("split at blank columns only")
BY_HAND, AS_GOOD = tr("by hand"), tr("by hand: as good as the best")
EMPTY_ROW = tr("No row yet.")
ROW_BEGINS = "\n".join(
    (
        tr("New row composes one of test digits."),
        tr("Type digits and press Enter: they are put side by side."),
        tr("Draw gives a sheet to write on."),
        tr("Open, paste or drop a picture of a row."),
    )
)
NO_ROW, NO_WAY_YET = tr("No row yet."), tr("No way yet.")
NO_ROWS = tr(
    "Rows are made of digits of 28 × 28 grey pixels; these networks want 32 × 32 in colour. "
    "Choose other digits below."
)
NO_READER = tr("The row reader knows digits 0 to 9 only: choose another network to read these.")
NO_WAY = tr("No way to cut this row gives pieces that could be digits.")
LONGEST = 12
"""Signs of a string in the list of ways."""
BEFORE = 3
"""Signs before the first one that differs."""


def string_of(view: RowSeen, digits: Sequence[int]) -> str:
    """Classes as one word."""
    names = [view.digits.class_names[digit] for digit in digits]
    return ("" if all(len(name) == 1 for name in names) else " ").join(names)


def row_headline(view: RowSeen, answer: RowAnswer | None) -> str:
    """The row as a sentence, or a few."""
    if answer is None:
        if view.row.written.empty or view.row.written.signs is None:
            return EMPTY_ROW
        if view.work is None and view.row.network == ROW_READER:
            return NO_READER
        return NO_WAY
    said = string_of(view, answer.way.digits)
    if len(said) > 2 * LONGEST:
        said = f"{said[:LONGEST]}…"
    marks = [answer.signs.signs[number].kind for number in sorted(answer.left_out)]
    return sentences(
        _reads(view, answer, said),
        "" if view.lecturing else marks_told(marks),  # a room sees them crossed
        lines_told(answer.signs.lines),
        not_sure(answer.doubts[:1] if view.lecturing else answer.doubts),
        _why(view, answer),
    )


def not_sure(doubts: Sequence[Doubt]) -> str:
    """That a row may have been read wrongly, and what most speaks against it; "" if nothing."""
    if not doubts:
        return ""
    if len(doubts) == 1:
        return tr("It is not sure: {doubt}.", doubt=doubts[0].told())
    return tr(
        "It is not sure: {doubt}, and {count} more.",
        doubt=doubts[0].told(),
        count=len(doubts) - 1,
    )


KINDS_OF_MARKS: Mapping[str, str] = {
    "dash": tr("dash"),
    "point": tr("point or comma"),
    "plus": tr("plus"),
    "stroke": tr("stroke"),
    "label": tr("letter"),
    "line": tr("sign of another line"),
    "digit": tr("other sign"),
}
"""Kind of a sign -> how one that is left out is called."""
LEFT_OUT, TAKEN_IN = tr("leaving a sign out"), tr("taking a sign back in")


def sign_told(mark: Mark) -> str:
    """A sign of the row, and whether it is read."""
    start, end = round(mark.left), round(mark.right)
    if not mark.left_out:
        return tr("Columns {start} to {end}: a sign that is read.", start=start, end=end)
    kind = KINDS_OF_MARKS[mark.kind]
    return tr("Columns {start} to {end}, left out: {kind}.", start=start, end=end, kind=kind)


def mark_tip(mark: Mark) -> str:
    """What a sign that is left out is, and how to read it."""
    kind = KINDS_OF_MARKS[mark.kind]
    if mark.kind == "line":
        return tr("Left out: {kind}. Click to read that line.", kind=kind)
    return tr("Left out: {kind}. Click to read it as a digit.", kind=kind)


def _reads(view: RowSeen, answer: RowAnswer, said: str) -> str:
    """What is read, and whether it is right where that is known."""
    labels, count = view.row.written.labels, len(answer.way.digits)
    if labels is not None and answer.way.digits != labels:
        row = string_of(view, labels)
        if answer.by_hand:
            return tr("Cut by hand: {said} ✗ wrong: the row says {row}.", said=said, row=row)
        return tr("Reads {said} ✗ wrong: the row says {row}.", said=said, row=row)
    if labels is None and answer.by_hand:
        return tr_n(
            "Cut by hand: {said}, {count} piece.",
            "Cut by hand: {said}, {count} pieces.",
            count,
            said=said,
        )
    if labels is None:
        return tr_n(
            "Reads {said}, {count} piece.", "Reads {said}, {count} pieces.", count, said=said
        )
    if answer.by_hand:
        return tr_n(
            "Cut by hand: {said} ✓ right, {count} piece.",
            "Cut by hand: {said} ✓ right, {count} pieces.",
            count,
            said=said,
        )
    return tr_n(
        "Reads {said} ✓ right, {count} piece.",
        "Reads {said} ✓ right, {count} pieces.",
        count,
        said=said,
    )


def _why(view: RowSeen, answer: RowAnswer) -> str:
    """Why a score has cut a row wrongly."""
    tends, labels = answer.read.score.tends, view.row.written.labels
    if not tends or answer.by_hand or labels is None or answer.way.digits == labels:
        return ""
    return tr_n(
        "It cuts {count} piece, as {tends}.",
        "It cuts {count} pieces, as {tends}.",
        len(answer.way.digits),
        tends=tends,
    )


def best_by(view: RowSeen) -> str:
    """The title of the best ways."""
    return tr("best by {score}", score=SCORES[view.row.score].label)


def ways_told(title: str, ways: Sequence[tuple[str, str]], others: Sequence[str]) -> str:
    """The list of ways as sentences: string and score of each, and the others with theirs."""
    if not ways:
        return NO_WAY_YET
    return sentences(
        tr("{title}:", title=title),
        *(tr("{way} scores {score}.", way=way, score=score) for way, score in ways),
        *(tr("{other}.", other=other) for other in others),
    )


def other_told(heading: str, way: str, score: str) -> str:
    """A way that is listed to compare."""
    return tr("{heading}: {way} {score}", heading=heading, way=way, score=score).rstrip()


def short(
    view: RowSeen, digits: Sequence[int], best: Sequence[int], above: Sequence[str] = ()
) -> str:
    """A string that can still be read from afar: of a long one, where it leaves the best, or
    where it is another than those `above` it, which are short."""
    string, other = string_of(view, digits), string_of(view, best)
    if len(string) <= LONGEST:
        return string
    differing = [
        place
        for place, (own, its) in enumerate(zip_longest(string, other))
        if own != its and string != other
    ]
    tries = [_around(string, place) for place in differing] or [_around(string, 0)]
    return next((each for each in tries if each not in above), tries[0])


def _around(string: str, place: int) -> str:
    """A part of a long string."""
    start = max(0, min(place - BEFORE, len(string) - LONGEST + 1))
    end = start + LONGEST - 1 - (start > 0)
    if len(string) - end <= 1:
        end = len(string)
    return f"{'…' if start else ''}{string[start:end]}{'…' if end < len(string) else ''}"


def score_of(total: float) -> str:
    """What a way scores."""
    return number(total, 3 if abs(total) < 10 else 1)


def all_tried(count: int) -> str:
    """The title over all pieces that were tried."""
    return tr_n(
        "all {count} piece tried, more orange: surer; framed: those above",
        "all {count} pieces tried, more orange: surer; framed: those above",
        count,
    )


def tried_hidden(count: int) -> str:
    """The same while the answer is hidden."""
    return tr_n("{count} piece tried", "{count} pieces tried", count)


def piece_told(tried: JudgedPieces, names: Sequence[str], piece: int) -> str:
    """A piece that was tried, and its score."""
    start, end = tried.pieces.spans[piece].tolist()
    return tr(
        "columns {start} to {end}: {name}, {share}",
        start=start,
        end=end - 1,
        name=names[int(tried.digits[piece])],
        share=percent(float(tried.confidences[piece]), 0),
    )


def cut_told(column: int) -> str:
    """A cut that the keys are on."""
    return tr("Cut at column {column}.", column=column)


def row_told(columns: Sequence[int], shown: JudgedPieces, names: Sequence[str], tried: int) -> str:
    """Where a row is cut, and into which pieces."""
    digits, shares = shown.digits.tolist(), shown.confidences.tolist()
    pieces = listed(
        tr("{name} {share}", name=names[digit], share=percent(share, 0))
        for digit, share in zip(digits, shares, strict=True)
    )
    where = tr("The row is not cut; its pieces: {pieces}.", pieces=pieces)
    if columns:
        where = tr(
            "The row is cut at columns {columns}; its pieces: {pieces}.",
            columns=listed(map(str, columns)),
            pieces=pieces,
        )
    return sentences(where, tr_n("{count} was tried.", "{count} were tried.", tried))
